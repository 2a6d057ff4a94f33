"""Built distributions, and clean environments that hold what they declare and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PathDistribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Built:
    """What is handed out.

    Attributes:
        wheel: made from the tree.
        sdist: made from the tree.
        unpacked: the sdist's folder.
        wheel_of_sdist: made from that folder.
    """

    wheel: Path
    sdist: Path
    unpacked: Path
    wheel_of_sdist: Path


def build(source: Path, target: Path, kind: str) -> Path:
    """Build one distribution with the build back end alone, off the network."""
    before = set(target.glob("*"))
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(target)], cwd=source, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    (made,) = set(target.glob("*")) - before
    return made


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Wheel and sdist of this tree, and a wheel of that sdist."""
    folder = tmp_path_factory.mktemp("built")
    wheel, sdist = build(ROOT, folder, "wheel"), build(ROOT, folder, "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "source", filter="data")
    (unpacked,) = (folder / "source").iterdir()
    (folder / "again").mkdir()
    return Built(wheel, sdist, unpacked, build(unpacked, folder / "again", "wheel"))


@dataclass(frozen=True)
class Clean:
    """An environment without this repository.

    Attributes:
        folder: the virtual environment.
        home: an empty folder to work in; Pamit's memory lies there too.
        packages: the names of everything that was put into it, Pamit aside.
    """

    folder: Path
    home: Path
    packages: frozenset[str]

    @property
    def environment(self) -> dict[str, str]:
        """Of a person without settings; nothing is found but what lies in the environment."""
        here = {"PATH": str(self.folder / "bin"), "HOME": str(self.home), "PAMIT_HOME": str(self.home / "pamit")}
        return {**here, "LANG": "C.UTF-8", "PAMIT_LANGUAGE": "en", "PAMIT_TIMEZONE": "Asia/Jakarta"}

    def run(self, *arguments: str, given: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        """Run the installed ``pamit``."""
        return self._run([str(self.folder / "bin" / "pamit"), *arguments], given, settings)

    def python(self, code: str) -> subprocess.CompletedProcess[str]:
        """Run Python, isolated from folder and environment."""
        return self._run([str(self.folder / "bin" / "python"), "-I", "-c", code], "", {})

    def _run(self, command: list[str], given: str, settings: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.home, env=self.environment | settings, input=given, capture_output=True, text=True, timeout=120
        )


def closure(requirements: Iterable[Requirement], extra_of_root: str) -> dict[str, Distribution]:
    """The distributions that requirements name, and those that these name, as they stand in the environment of the tests."""
    found: dict[str, Distribution] = {}
    done: set[tuple[str, str]] = set()
    waiting = [(one, extra_of_root) for one in requirements]
    while waiting:
        one, extra = waiting.pop()
        if one.marker is not None and not one.marker.evaluate({"extra": extra}):
            continue
        known = distribution(one.name)
        found[known.name] = known
        for wanted in ("", *one.extras):
            if (known.name, wanted) not in done:
                done.add((known.name, wanted))
                waiting += [(Requirement(text), wanted) for text in known.requires or ()]
    return found


def clean_environment(wheel: Path, folder: Path, extra: str = "") -> Clean:
    """A virtual environment with a wheel, installed by pip, and exactly what it requires.

    The requirements are linked from the environment of the tests, which is installed by hashes: no network, and a package that
    is not declared cannot be imported.
    """
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    python = folder / "venv" / "bin" / "python"
    (site,) = (folder / "venv" / "lib").glob("python*/site-packages")
    # This pip reads no settings, so no list of hosts either.
    installer = [sys.executable, "-m", "pip", "--isolated", "--python", str(python), "install", "--quiet"]
    subprocess.run([*installer, "--no-index", "--no-deps", "--no-compile", str(wheel)], check=True, timeout=120)
    (info,) = site.glob("pamit-*.dist-info")
    own = PathDistribution(info)
    needed = closure((Requirement(text) for text in own.requires or ()), extra)
    for one in needed.values():
        for file in one.files or ():
            if ".." not in file.parts:
                link = site / file
                link.parent.mkdir(parents=True, exist_ok=True)
                if not link.exists():
                    os.symlink(Path(str(file.locate())).resolve(), link)
    (folder / "home").mkdir()
    return Clean(folder / "venv", folder / "home", frozenset(needed))


@pytest.fixture(scope="session")
def bare(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Clean:
    """``pip install pamit``, from the wheel that was built from the sdist."""
    return clean_environment(built.wheel_of_sdist, tmp_path_factory.mktemp("bare"))


def contents(wheel: Path) -> dict[str, bytes]:
    """File name to content."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
