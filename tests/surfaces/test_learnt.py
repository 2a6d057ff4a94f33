"""Invitations and messages written apart from the code, which the rules have been learnt from since: nothing is forgotten.

What a new set would score is told in docs/accuracy.md; these floors only hold what was reached.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from pamit.domain.terms import Language
from pamit.surfaces.batch import Verb, run_batch

DATA = Path(__file__).parents[1] / "data"


def pairs(name: str, verb: Verb) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    lines = (DATA / name).read_bytes().splitlines()
    return [(json.loads(row), json.loads(found)) for row, found in zip(lines, run_batch(lines, verb, Language.ID), strict=True)]


def test_invitations_keep_their_kind_and_their_hour() -> None:
    """No interview time is wrong, and hardly any kind."""
    wrong_start, wrong_kind = [], []
    read = pairs("invitations.jsonl", "read")
    for row, found in read:
        accepted = row.get("accept") or {}
        starts = [row["gold"].get("start"), *accepted.get("start", [])]
        moments = [datetime.fromisoformat(start) for start in starts if start]
        if found["start"] and datetime.fromisoformat(found["start"]) not in moments:
            wrong_start.append(row["id"])
        if found["kind"] not in [row["kind"], *accepted.get("kind", [])]:
            wrong_kind.append(row["id"])
    assert wrong_start == []
    assert len(wrong_kind) <= len(read) * 0.01


def test_messages_keep_their_findings() -> None:
    """No good message is accused, and no more than one defect in a hundred is missed or made up."""
    alarms, missed, made_up, labelled = [], [], [], 0
    for row, found in pairs("messages.jsonl", "check"):
        wanted = set(row["defects"])
        got = {one["rule"].replace("-", "_") for one in found["findings"] if one["severity"] != "hint"}
        got -= set(row.get("tolerated") or [])
        labelled += len(wanted)
        missed += [row["id"] for _ in wanted - got]
        made_up += [row["id"] for _ in got - wanted]
        alarms += [row["id"]] if got and not wanted else []
    assert alarms == []
    assert len(missed) <= labelled * 0.01
    assert len(made_up) <= labelled * 0.01
