"""The doors, fed with mutations for a while: the same ones every time."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "fuzz.py"
ROUNDS = {"mail": 150, "calendar": 300, "text": 60, "html": 400, "dates": 400, "checker": 30, "phrasebook": 40, "rows": 500}


def load() -> ModuleType:
    found = importlib.util.spec_from_file_location("pamit_fuzz", TOOL)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[found.name] = module
    found.loader.exec_module(module)
    return module


fuzz = load()


def test_every_door_is_fed() -> None:
    """A new target has to be given its rounds."""
    assert set(ROUNDS) == set(fuzz.TARGETS)


@pytest.mark.parametrize("target", ROUNDS)
def test_mutations_break_nothing(target: str) -> None:
    """No exception but PamitError, every span within its text."""
    run = fuzz.feed_mutations(target, rounds=ROUNDS[target], seed=11)
    broken = {place: told for place, (_, told) in run.found.items() if place != "slow"}
    assert (broken, run.fed) == ({}, ROUNDS[target])


# -- what was found, kept ---------------------------------------------------------------------------------------------

FOUND = [
    # A slip of a company's name of which nothing was left.
    ("rows", b'\x00 {"id": "a", "lang": "en", "channel": "email", "received": "2027-02-05T05:01:00+07:00", "subject": '
     b'"An update from Lembah Interactive", "from": "Lembah Talent <no-reply@lemrequeeractive.test>", "text": "Hi Rani,'
     b'\\n\\nWe won\'t be scheduling an interview for Gameplay Programmer this time.\\n\\nLembah Interactive"}'),
    # Blanks between two hours that could be read in too many ways: 18 seconds for 6 kilobytes.
    ("text", b"Interview kamis jam 8 pagi" + (b"\n" + b" " * 40) * 60 + b"eh maaf, jam 10 pagi"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "data"), FOUND, ids=range(len(FOUND)))
def test_what_was_found_stays_mended(target: str, data: bytes) -> None:
    """Each finding of a longer run, in words of our own."""
    run = fuzz.Run(target)
    run.feed(data)
    assert run.found == {}
