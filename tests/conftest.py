"""Fixtures that every test may use."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
# How long an example may take depends on the machine and on what else it does; no test asserts a time.
settings.register_profile("pamit", deadline=None)
settings.load_profile("pamit")

HANGS_AFTER = 300
"""Seconds of the processor's time after which a test is taken to hang; a guard, never a measure of speed."""


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared specifications and data beside the repository; skips where it is absent."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the shared data folder is not beside this checkout")
    return SHARED


@pytest.fixture(autouse=True)
def _never_hangs() -> Iterator[None]:
    """End a test that hostile input keeps busy for ever; every test thereby holds that its work is bounded."""

    def stop(*_: object) -> None:
        pytest.fail(f"still busy after {HANGS_AFTER} seconds of processor time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, HANGS_AFTER)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)
