"""One browser for all that is shown in one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .web.browser import launch


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """One Chromium for all tests; each works in contexts of its own."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as engine:
        started = launch(engine)
        yield started
        started.close()
