"""The commands of docs/how-to/install.md, as they stand, on the built wheel and an empty home."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from .conftest import ROOT, Built

PAGE = (ROOT / "docs" / "how-to" / "install.md").read_text("utf-8")


def block(heading: str) -> str:
    """The first block of commands below a heading."""
    found = re.search(rf"^## {re.escape(heading)}\n.*?^```sh\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def test_installing_with_pip_gives_command_manual_and_completion(built: Built, tmp_path: Path) -> None:
    """What the wheel requires comes from the environment of the tests: no network."""
    (tmp_path / "dist").mkdir()
    (tmp_path / "home").mkdir()
    shutil.copy(built.wheel, tmp_path / "dist")
    home = tmp_path / "home"
    known = {
        "HOME": str(home),
        "PATH": os.pathsep.join([str(home / ".local" / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]),
        "LANG": "C.UTF-8",
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1",
    }
    script = f"set -e\n{block('With pip')}\n{block('Manual and completion')}"
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=known, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"pamit \d+\.\d+\.\d+", done.stdout.splitlines()[-1])
    share = home / ".local" / "share"
    assert (share / "pamit-venv" / "share" / "man" / "man1" / "pamit.1").is_file()
    scripts = [
        share / "bash-completion" / "completions" / "pamit",
        home / ".zfunc" / "_pamit",
        home / ".config/fish/completions/pamit.fish",
    ]
    assert [script for script in scripts if "_PAMIT_COMPLETE" not in script.read_text("utf-8")] == []
