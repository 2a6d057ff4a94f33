"""The hostile set: whatever is built to exhaust a reader ends in words or in a named refusal, within 512 MiB."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "hostile.py"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_hostile_set_is_read_or_refused_within_its_memory() -> None:
    """T3–T8 and T19 by their counts: no message takes its process down, and none runs until the processor's limit ends it."""
    run = subprocess.run([sys.executable, str(TOOL), "--json"], capture_output=True, text=True, check=False)
    found = {one["name"]: one["how"] for one in json.loads(run.stdout)}
    broken = {name: how for name, how in found.items() if how != "read" and not how.startswith("refused: ")}
    assert (broken, len(found) >= 50, run.returncode) == ({}, True, 0)
