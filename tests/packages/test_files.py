"""The files beside the packages: completion, service files, container and workflow, as far as this machine can judge them."""

from __future__ import annotations

import os
import plistlib
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from .conftest import ROOT

PACKAGING = ROOT / "packaging"


def program(name: str, *, needed: bool = True) -> str:
    """Where a program of the system is; without it the test is skipped, and a needed one fails it where CI is set."""
    found = shutil.which(name)
    if found is None:
        if needed and os.environ.get("CI") == "true":
            pytest.fail(f"{name} is not installed; see requirements/debian.txt")
        pytest.skip(f"{name} is not installed")
    return found


def pamit(*arguments: str, **settings: str) -> str:
    """What the command line prints."""
    done = subprocess.run(
        [sys.executable, "-m", "pamit", *arguments], env=os.environ | settings, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script_is_one_of_its_shell(shell: str, tmp_path: Path) -> None:
    """The shell itself reads it without running it."""
    script = tmp_path / f"pamit.{shell}"
    script.write_text(pamit("completion", shell), "utf-8")
    done = subprocess.run([program(shell), "-n", str(script)], capture_output=True, text=True)
    assert (done.returncode, done.stderr, "_PAMIT_COMPLETE" in script.read_text("utf-8")) == (0, "", True)


def test_completion_in_bash_offers_the_commands_that_begin_so(tmp_path: Path) -> None:
    """The script, loaded by bash, asks the program and keeps its answers."""
    wrapper = tmp_path / "pamit"
    wrapper.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pamit "$@"\n', "utf-8")
    wrapper.chmod(0o755)
    (tmp_path / "script").write_text(pamit("completion", "bash"), "utf-8")
    line = 'source script; COMP_WORDS=(pamit re); COMP_CWORD=1; _pamit_completion pamit re pamit; echo "${COMPREPLY[@]}"'
    done = subprocess.run(
        [program("bash"), "--norc", "-c", line],
        cwd=tmp_path, env=os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["read", "reopen", "remind", "restore"]


@pytest.mark.parametrize("name", ["pamit.1", "id/pamit.1"])
def test_manual_has_no_mistakes(name: str) -> None:
    """As mandoc judges it; long source lines and a missing date are meant."""
    done = subprocess.run(
        [program("mandoc"), "-T", "lint", "-W", "warning", str(ROOT / "docs/man" / name)], capture_output=True, text=True
    )
    assert [line for line in done.stdout.splitlines() if "missing date" not in line] == []


def test_systemd_unit_is_accepted(tmp_path: Path) -> None:
    """By systemd's own check, with a program where the unit looks for one."""
    (tmp_path / ".local/bin").mkdir(parents=True)
    (tmp_path / ".local/bin/pamit").symlink_to(sys.executable)
    (tmp_path / "run").mkdir(mode=0o700)
    done = subprocess.run(
        [program("systemd-analyze", needed=False), "--user", "verify", str(PACKAGING / "systemd/pamit-worker.service")],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path / "run")},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_launchd_file_starts_the_same_command() -> None:
    """Apple's own check is not at hand; the format and the command are."""
    with (PACKAGING / "launchd/example.pamit.worker.plist").open("rb") as file:
        found = plistlib.load(file)
    unit = (PACKAGING / "systemd/pamit-worker.service").read_text("utf-8")
    (started,) = re.findall(r"^ExecStart=%h(/\S+ .+)$", unit, re.MULTILINE)
    path, _, rest = started.partition(" ")
    assert found["ProgramArguments"] == ["/bin/sh", "-c", f'exec "$HOME{path}" {rest}']
    assert (found["Label"], found["RunAtLoad"], found["KeepAlive"]) == ("example.pamit.worker", True, {"SuccessfulExit": False})
    assert oct(found["Umask"]) == "0o77"


def test_container_installs_by_hash_and_runs_as_nobody_special() -> None:
    """Every installation is of hashed locks or of what was built just now; the last user is not root."""
    text = re.sub(r"\\\n", " ", (PACKAGING / "Containerfile").read_text("utf-8"))
    installs = re.findall(r"pip install [^&\n]*", text)
    assert [line for line in installs if "--require-hashes" not in line and "--no-index" not in line] == []
    assert (len(installs), re.findall(r"^USER (\S+)", text, re.MULTILINE)) == (3, ["10001"])


def test_container_is_given_what_it_copies_and_nothing_else() -> None:
    """Neither the history nor a file of one's own lands in an image by mistake."""
    text = (PACKAGING / "Containerfile").read_text("utf-8")
    copied = {word for line in re.findall(r"^COPY (?!--from)(.*) \S+$", text, re.MULTILINE) for word in line.split()}
    ignore = (ROOT / ".containerignore").read_text("utf-8").splitlines()
    assert {line.removeprefix("!") for line in ignore if line.startswith("!")} == copied
    assert "*" in ignore


def test_workflow_tries_the_oldest_python_and_every_one_named() -> None:
    """The matrix begins where the project begins, and holds every version the metadata names."""
    text = (ROOT / ".github/workflows/ci.yml").read_text("utf-8")
    (matrix,) = re.findall(r"^\s+python: \[(.*)\]$", text, re.MULTILINE)
    tried = [version.strip('" ') for version in matrix.split(",")]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = [one.rpartition(" ")[2] for one in project["classifiers"] if re.search(r":: 3\.\d+$", one)]
    assert f">={tried[0]}" == project["requires-python"]
    assert set(named) <= set(tried)
    assert [one for one in re.findall(r"uses: (\S+)", text) if not re.fullmatch(r"actions/[\w-]+@v\d+", one)] == []
