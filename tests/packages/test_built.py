"""What wheel and sdist hold."""

from __future__ import annotations

import re
import subprocess
import tomllib
from email import message_from_bytes

import pytest

from .conftest import ROOT, Built, contents

PLACES = re.compile(
    rb"(?<![\w.-])/(?:root|home/\w+|work|opt/pypi|Users/\w+)/|https?://(?:[\w.-]*\.)?(?:pypi\.org|npmjs\.org|pythonhosted\.org)"
)
"""Folders of a machine, and addresses that packages are fetched from."""


@pytest.fixture(scope="module")
def tracked() -> set[str]:
    """The files of the project as git knows them."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "src/pamit"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("this is no checkout")
    return {name.removeprefix("src/") for name in listed.stdout.split("\0") if name and (ROOT / name).exists()}


def test_wheel_holds_every_file_of_the_source_and_the_manuals(built: Built, tracked: set[str]) -> None:
    """Words, phrases, templates, pictures, migrations and catalogues too; beside them only what describes the package."""
    names = set(contents(built.wheel))
    inside = {name for name in names if name.startswith("pamit/")}
    untracked = subprocess.run(
        ["git", "ls-files", "-z", "--others", "--exclude-standard", "src/pamit"], cwd=ROOT, capture_output=True, text=True
    )
    new = {name.removeprefix("src/") for name in untracked.stdout.split("\0") if name}
    assert inside - new == tracked
    assert {re.sub(r"^pamit-[^/]+/", "", name) for name in names - inside} == {
        "METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE",
        "data/share/man/man1/pamit.1", "data/share/man/id/man1/pamit.1",
    }  # fmt: skip


def test_wheel_of_the_sdist_is_the_same(built: Built) -> None:
    """Byte for byte, so whoever builds it themselves has what others have."""
    assert contents(built.wheel) == contents(built.wheel_of_sdist)


def test_wheel_is_built_alike_twice(built: Built) -> None:
    """No moment and no name of a machine goes in."""
    assert built.wheel.read_bytes() == built.wheel_of_sdist.read_bytes()


def test_sdist_holds_the_folders_named_and_no_others(built: Built) -> None:
    """Nothing installed, nothing measured, nothing kept by tools."""
    assert {path.name for path in built.unpacked.iterdir()} == {
        "src", "tests", "tools", "examples", "docs", "packaging",
        "README.md", "README.id.md", "CHANGELOG.md", "LICENSE", "PKG-INFO", "pyproject.toml", ".gitignore",
    }  # fmt: skip
    unwanted = {"node_modules", "__pycache__", "shared", "dist", ".hypothesis", "pictures"}
    folders = {path.name for path in built.unpacked.rglob("*") if path.is_dir()}
    # The app's own pictures module is a file; a folder of that name holds screenshots.
    assert folders & unwanted == set()


def test_nothing_names_a_machine_or_a_registry(built: Built) -> None:
    """Where it was made and where its packages came from is nobody's business."""
    files = [path for path in built.unpacked.rglob("*") if path.is_file()]
    found = {str(path.relative_to(built.unpacked)): PLACES.findall(path.read_bytes()) for path in files}
    assert {name: hits for name, hits in found.items() if hits} == {}
    inside = {name: PLACES.findall(data) for name, data in contents(built.wheel).items()}
    assert {name: hits for name, hits in inside.items() if hits} == {}


def test_metadata_is_complete(built: Built) -> None:
    """What an index shows; addresses of a home page come when there is one."""
    files = contents(built.wheel)
    (text,) = [data for name, data in files.items() if name.endswith(".dist-info/METADATA")]
    found = message_from_bytes(text)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert (found["Name"], found["License-Expression"], found["License-File"]) == ("pamit", "Apache-2.0", "LICENSE")
    assert (found["Requires-Python"], found["Summary"]) == (project["requires-python"], project["description"])
    assert found["Version"] in built.wheel.name
    assert set(found.get_all("Provides-Extra", [])) == set(project["optional-dependencies"])
    assert found["Description-Content-Type"] == "text/markdown"


def test_lock_inputs_name_what_the_project_declares() -> None:
    """The lock files are made from these lists, the packages from the declaration: one must not drift from the other."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = declared["project"]["optional-dependencies"]
    whole = {one for name, group in extras.items() if name != "postgres" for one in group}
    assert _listed("run.in") == set(declared["project"]["dependencies"]) | {
        one for one in whole if not one.startswith("pamit[")
    }
    assert _listed("dev.in") == set(declared["dependency-groups"]["dev"])
    assert _listed("build.in") - {"editables>=0.5"} == set(declared["build-system"]["requires"])


def test_the_extra_of_everything_names_every_extra() -> None:
    """Whoever asks for all gets all."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert extras["all"] == [f"pamit[{','.join(sorted(set(extras) - {'all'}))}]"]


@pytest.mark.parametrize("name", ["build", "run", "dev", "bench", "ship", "lowest"])
def test_lock_pins_every_package_by_hash_and_names_no_address(name: str) -> None:
    """Whoever stands between here and the index cannot put in another package."""
    text = re.sub(r"\\\n", " ", (ROOT / "requirements" / f"{name}.txt").read_text("utf-8"))
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert [line for line in lines if not re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}", line)] == []
    assert re.findall(r"--(?:index|extra-index|find-links|trusted)\S*|https?://\S+", text) == []


def _listed(name: str) -> set[str]:
    lines = (ROOT / "requirements" / name).read_text("utf-8").splitlines()
    return {line for line in lines if line and not line.startswith(("#", "-"))}
