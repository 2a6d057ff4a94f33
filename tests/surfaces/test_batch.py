"""The bulk interface: one line out for each line in, errors in place, the rest unharmed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamit.domain.terms import Language
from pamit.surfaces.batch import process_line, run_batch

CASE = {
    "id": "a",
    "now": "2026-11-23T12:00:00+07:00",
    "interview": {
        "company": "Toko Baru", "position": "Kasir", "received": "2026-11-23T10:00:00+07:00", "invited_via": "email",
        "start": "2026-11-27T09:00:00+07:00", "timezone": "Asia/Jakarta",
        "contact": {"name": "Ibu Sari", "email": "sari@tokobaru.example"},
    },
    "events": [],
    "intent": {"purpose": "decline", "reason": "other_offer"},
}  # fmt: skip


def run(verb: str, *rows: object, jobs: int = 1) -> list[dict[str, object]]:
    lines = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
    return [json.loads(record) for record in run_batch(lines, verb, Language.ID, jobs)]  # type: ignore[arg-type]


def test_plan_row_gives_stage_steps_and_warnings() -> None:
    """The fields of the plan record, and no others."""
    (found,) = run("plan", CASE)
    assert sorted(found) == ["id", "stage", "steps", "warnings"]
    assert found["id"] == "a"
    assert sorted(found["steps"][0]) == [  # type: ignore[index]
        "channel", "do", "due", "earliest", "latest", "overdue_since", "rules", "text", "to",
    ]  # fmt: skip


def test_write_row_gives_a_clean_message() -> None:
    """A message with its moves and what its check found."""
    (found,) = run(
        "write", {**CASE, "lang": "id", "channel": "email", "purpose": "decline", "candidate": {"name": "Rani Kusuma"}}
    )
    assert sorted(found) == ["findings", "id", "moves", "subject", "text"]
    assert [one for one in found["findings"] if one["severity"] != "hint"] == []  # type: ignore[attr-defined,index]


def test_check_row_gives_moves_and_findings() -> None:
    """The fourteen moves are always there."""
    (found,) = run("check", {"id": 7, "text": "Saya tidak jadi datang.", "channel": "email"})
    assert sorted(found) == ["findings", "id", "lang", "moves", "purpose"]
    assert len(found["moves"]) == 14  # type: ignore[arg-type]


def test_read_row_gives_every_field() -> None:
    """Facts that are not stated are null, not absent."""
    (found,) = run("read", {"id": "r", "text": "Halo", "received": "2026-11-23T10:00:00+07:00"})
    assert {"company", "start", "reply_by", "round", "evidence", "confidence", "options", "doubts", "warnings"} <= set(found)
    assert "plain" not in found


def test_html_row_gives_its_plain_text_back() -> None:
    """Evidence points into the text drawn from HTML, which is given back."""
    (found,) = run("read", {"id": "r", "text": "<p>Halo <b>Rani</b></p>"})
    assert found["plain"] == "Halo Rani"


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        (b"{not json", "not-json", "Line 1: not valid JSON"),
        (b"\xff\xfe{}", "not-json", "Line 1: not valid JSON"),
        (b"[]", "invalid-row", "Line 1: Expected `object`"),
        (b'{"id": 1}', "invalid-row", "missing required field `now`"),
        (json.dumps({**CASE, "now": "2026-02-30T10:00:00+07:00"}).encode(), "invalid-row", "$.now"),
        (json.dumps({**CASE, "now": "2026-11-23T12:00:00"}).encode(), "naive-time", "`now` has no offset"),
        (json.dumps({**CASE, "interview": {"reply_by": "2026-11-31"}}).encode(), "invalid-row", "$.interview.reply_by"),
        (json.dumps({**CASE, "intent": {"purpose": "flee"}}).encode(), "invalid-row", "$.intent.purpose"),
        (json.dumps({**CASE, "interview": {"timezone": "Asia/Bandung"}}).encode(), "unknown-zone", "Asia/Bandung"),
    ],
)
def test_bad_line_names_what_and_where(line: bytes, code: str, words: str) -> None:
    """An error record with its code, the line and the field."""
    (found,) = run("plan", line)
    assert found["error"]["code"] == code  # type: ignore[index]
    assert words in found["error"]["message"]  # type: ignore[index]


def test_bad_line_leaves_the_others_alone_and_in_order() -> None:
    """One answer a line, in order, blank lines passed over."""
    found = run("plan", CASE, b"{", b"  \n", {**CASE, "id": "z"})
    assert [one["id"] for one in found] == ["a", None, "z"]
    assert ["error" in one for one in found] == [False, True, False]


def test_failed_row_keeps_its_id() -> None:
    """A row that is valid JSON is named by its own id in the error."""
    (found,) = run("read", {"id": "mine", "path": "tidak/ada.eml"})
    assert (found["id"], found["error"]["code"]) == ("mine", "no-such-file")  # type: ignore[index]


def test_several_processes_give_the_same_in_the_same_order() -> None:
    """More workers change the speed, nothing else."""
    rows = [{**CASE, "id": number} for number in range(150)]
    assert run("plan", *rows, jobs=2) == run("plan", *rows)


def test_deadline_given_as_a_day_runs_to_its_end() -> None:
    """A day without a time is 23:59 at the employer's place."""
    facts = {**CASE["interview"], "timezone": "Asia/Makassar", "reply_by": "2026-11-23"}  # type: ignore[dict-item]
    (found,) = run("plan", {**CASE, "interview": facts, "intent": None})
    assert found["steps"][0]["latest"] == "2026-11-23T23:59:00+08:00"  # type: ignore[index]


def test_unknown_keys_are_ignored() -> None:
    """Rows may carry remarks of their own."""
    (found,) = run("plan", {**CASE, "note": "x", "gold": {"stage": "invited"}})
    assert "error" not in found


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["read", "plan", "write", "check"]))
def test_any_bytes_are_answered(line: bytes, verb: str) -> None:
    """Nothing that is sent in makes the batch fail."""
    record, _failed = process_line(line, 1, verb, Language.EN)  # type: ignore[arg-type]
    found = json.loads(record)
    assert "id" in found
    assert found.get("error", {}).get("code") != "internal-error"
