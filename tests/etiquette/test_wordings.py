"""Many wordings of one thing, each in a message that is otherwise right: what is found in it, and which move it makes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pamit.domain.terms import Move, Severity

from .conftest import Check

FRAMES = tomllib.loads((Path(__file__).parent / "data" / "wordings.toml").read_text("utf-8"))["frame"]


def _wordings(*names: str) -> Iterator[Any]:
    """For each wording of the lists that are named: its frame, the wording, and what is expected of it."""
    for frame in FRAMES:
        for name in names:
            lists = frame.get(name, {})
            for expected, wordings in lists.items() if isinstance(lists, dict) else [(name, lists)]:
                for wording in wordings:
                    yield pytest.param(frame, wording, expected, id=f"{frame['language']}-{frame['purpose']}-{wording[:50]}")


def _report(check: Check, frame: dict[str, Any], wording: str) -> Any:
    text, subject = frame["text"], frame.get("subject")
    if frame.get("of") == "subject":
        subject = wording
    else:
        text = text.replace("{}", wording)
    return check(frame["purpose"], text, frame["language"], frame["channel"], subject, **frame.get("facts", {}))


@pytest.mark.parametrize(("frame", "wording", "expected"), [*_wordings("clean", "found")])
def test_wording_has_its_fault_or_none(check: Check, frame: dict[str, Any], wording: str, expected: str) -> None:
    """One fault is found in a faulty wording, none in a good one."""
    report = _report(check, frame, wording)
    found = {finding.rule for finding in report.findings if finding.severity is not Severity.HINT}
    assert found - {"uninformative-subject"} == {expected} - {"clean", "uninformative-subject"}
    assert ("uninformative-subject" in found) is (expected == "uninformative-subject") or expected == "unclear-decision"


@pytest.mark.parametrize(("frame", "wording", "expected"), [*_wordings("made", "not_made")])
def test_wording_makes_its_move_or_not(check: Check, frame: dict[str, Any], wording: str, expected: str) -> None:
    """A move is told from what only sounds like it."""
    assert _report(check, frame, wording).moves[Move(frame["move"])] is (expected == "made")
