"""The examples of docs/api-examples.md are run as they stand, against the app on a free port."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pamit.services.ports import Listing

from .conftest import NOW
from .test_description import tool

PAGE = Path(__file__).resolve().parents[3] / "docs" / "api-examples.md"
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def test_what_curl_and_the_shell_do_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a token to a fact that was corrected, in the order of the page."""
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    monkeypatch.setenv("PAMIT_HOME", str(tmp_path / "home"))
    script = "set -euo pipefail\n" + "\n".join(text for kind, text in BLOCKS if kind == "sh" and "curl" in text)
    with tool("fuzz_api").served(tmp_path / "home") as (address, tokens, pamit):
        known = {**os.environ, "PAMIT_API": address, "PAMIT_TOKEN": tokens["read-write"]}
        done = subprocess.run(["bash", "-c", script], env=known, capture_output=True, text=True, timeout=120, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        noted = pamit.case(re.findall(r'"case":"([a-z0-9]+)","uid"', done.stdout)[0])
        assert (noted.version, noted.facts["location"]) == (3, "Jl. Melati No. 5, Bandung")
        assert '"purpose":"decline"' in done.stdout


def _node() -> str:
    """A Node that runs TypeScript as it stands: the one that comes with the browser's driver, or one of this machine."""
    from playwright._impl._driver import compute_driver_executable

    for one in (compute_driver_executable()[0], shutil.which("node")):
        version = subprocess.run([one, "--version"], capture_output=True, text=True, check=False).stdout if one else ""
        found = re.match(r"v(\d+)\.(\d+)\.", version)
        if one and found and (int(found[1]), int(found[2])) >= (22, 18):
            return one
    pytest.skip("no Node of 22.18 or newer is here")


@pytest.mark.parametrize("at_once", [100, 15])
def test_what_typescript_does_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    """Every case is named once, on one page or on several."""
    node = _node()
    (example,) = [text for kind, text in BLOCKS if kind == "ts"]
    assert "limit=100" in example
    script = tmp_path / "cases.mts"
    script.write_text(example.replace("limit=100", f"limit={at_once}"), "utf-8")
    monkeypatch.setenv("PAMIT_HOME", str(tmp_path / "home"))
    with tool("fuzz_api").served(tmp_path / "home") as (address, tokens, pamit):
        known = {**os.environ, "PAMIT_API": address, "PAMIT_TOKEN": tokens["read"]}
        done = subprocess.run([node, str(script)], env=known, capture_output=True, text=True, timeout=120, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        kept = sorted(row.case for row in pamit.list(Listing(), NOW))
    assert sorted(line.split()[0] for line in done.stdout.splitlines()) == kept
    assert len(kept) == 40


def test_the_commands_of_the_page_exist(tmp_path: Path) -> None:
    """Tokens by the command line."""
    lines = [line.partition("#")[0].strip() for kind, text in BLOCKS if kind == "sh" for line in text.splitlines()]
    commands = [line.removeprefix("pamit ") for line in lines if line.startswith("pamit ")]
    assert len(commands) == 2
    for command in commands:
        run = f"{sys.executable} -m pamit {command}"
        known = {**os.environ, "PAMIT_HOME": str(tmp_path)}
        done = subprocess.run(["sh", "-c", run], env=known, capture_output=True, text=True, timeout=120, check=False)
        assert re.fullmatch(r"pamit_[0-9a-f]{64}\n", done.stdout), done.stderr


@pytest.mark.parametrize("code", [text for kind, text in BLOCKS if kind == "python"])
def test_what_python_does_works(tmp_path: Path, code: str) -> None:
    """Without a server."""
    known = {**os.environ, "PAMIT_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=known, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
