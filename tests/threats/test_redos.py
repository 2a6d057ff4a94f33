"""No text makes a pattern of ours run away (T19)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "redos.py"


@pytest.mark.skipif(os.name != "posix", reason="attacks are ended by a timer that only POSIX has")
def test_no_pattern_grows_faster_than_its_text() -> None:
    """Every pattern against strings built from it: none has to be ended, though a square of their length would be."""
    run = subprocess.run([sys.executable, str(TOOL), "--brief"], capture_output=True, text=True, check=False)
    assert (run.stdout.strip(), run.returncode) == ("", 0), run.stderr
