"""Invented letters are read as they were meant, and the labelled data, where present, as well as promised."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pamit.domain.invitation import FIELDS, Invitation
from pamit.domain.names import bare_name, same_company
from pamit.reading import read_text

LETTERS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "letters.toml").read_text("utf-8"))["letter"]
ASKED = {"invitation", "availability_request", "reschedule_by_employer"}


def read(letter: dict[str, Any]) -> Invitation:
    return read_text(
        letter["text"].strip("\n"),
        subject=letter.get("subject"),
        sender=letter.get("from"),
        received=datetime.fromisoformat(letter["received"]),
        channel=letter.get("channel"),
    )


NEAR = {"company": 0.8, "position": 0.75, "location": 0.6}


def overlap(one: str, other: str) -> float:
    """How far two places share their words, 0 to 1: how much of an address is copied is a matter of taste."""
    a, b = (Counter(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def agrees(field: str, expected: object, value: object) -> bool:
    if expected is None or value is None:
        return expected is value
    if field in ("start", "end", "reply_by"):
        return isinstance(value, datetime) and datetime.fromisoformat(str(expected)) == value
    if field == "company" and same_company(str(expected), str(value)):
        return True
    if field == "contact_name":
        return bare_name(str(expected)).casefold() == bare_name(str(value)).casefold()
    if field in NEAR:
        return overlap(str(expected), str(value)) >= NEAR[field]
    return str(expected).casefold() == str(value).casefold()


@pytest.mark.parametrize("letter", LETTERS, ids=[letter["id"] for letter in LETTERS])
def test_letter_is_read_as_meant(letter: dict[str, Any]) -> None:
    """Kind and facts of an invented letter are those that a person reads in it."""
    invitation = read(letter)
    assert invitation.kind == letter["kind"]
    asked = FIELDS if letter["kind"] in ASKED else ("company", "position", "start")
    wrong = {}
    for field in asked:
        right = [letter.get(field), *(other or None for other in letter.get("any", {}).get(field, []))]
        value = invitation.value(field)
        if not any(agrees(field, one, value) for one in right):
            wrong[field] = (right, value)
    assert wrong == {}
    assert len(invitation.options) == letter.get("options", len(invitation.options))


FLOORS = {
    "company": 0.93,
    "position": 0.93,
    "start": 0.97,
    "end": 0.95,
    "timezone": 0.95,
    "mode": 0.95,
    "location": 0.93,
    "meeting_url": 0.95,
    "contact_name": 0.93,
    "contact_email": 0.95,
    "contact_phone": 0.95,
    "reply_by": 0.95,
    "ALL": 0.95,
}


def test_labelled_data_is_read_above_the_floors(shared: Path, tmp_path: Path) -> None:
    """The labelled invitations are read above every floor, and no start is wrong."""
    gold = shared / "data" / "invitations.jsonl"
    scorer = shared / "eval" / "score.py"
    if not gold.exists() or not scorer.exists():
        pytest.skip("the labelled data is not present")
    from pamit.formats.html import html_to_text, looks_like_html

    out = tmp_path / "out.jsonl"
    with out.open("w", encoding="utf-8") as lines:
        for row in map(json.loads, gold.read_text("utf-8").splitlines()):
            if looks_like_html(row["text"]):
                row["text"] = html_to_text(row["text"])
            invitation = read(row)
            answer: dict[str, Any] = {"id": row["id"], "kind": str(invitation.kind)}
            for field in FIELDS:
                value = invitation.value(field)
                answer[field] = value.isoformat() if isinstance(value, datetime) else value
            lines.write(json.dumps(answer) + "\n")
    table = subprocess.run(
        [sys.executable, str(scorer), "read", str(gold), str(out)], capture_output=True, text=True, check=True
    ).stdout
    scores = {line.split()[0]: float(line.split()[3]) for line in table.splitlines() if line.split()[0] in FLOORS}
    assert {field: scores[field] for field, floor in FLOORS.items() if scores[field] < floor} == {}
    verdict = table.splitlines()[-1]
    assert "wrong start times 0" in verdict
    assert float(verdict.split()[2]) >= 0.95
