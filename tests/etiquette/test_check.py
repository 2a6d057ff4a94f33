"""Checking as a whole: on any text, with and without a case, and on the labelled messages."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamit.domain.message import CheckContext, Draft, PreviousMessage
from pamit.domain.terms import Channel, Language, Move, Purpose, Severity
from pamit.etiquette import apply_fixes, check_draft

from .conftest import CASES

PIECES = st.sampled_from(
    [
        "Yth. Ibu Ratna,", "\n", "\n\n", "Terima kasih", "mohon maaf", "jam 10:00", "dimana", "!!!", "😊", "[nama]",
        "Hormat saya,", "ibu Ratna", "Kamis, 26 November 2026", "Senin 26/11", "pukul", "aku", "waktumu", "SANGAT",
        "PT Lain Jaya", "di karenakan", "gaji", "tidak", "jangan", "hubungi", "saya", "lagi", ".", "?", "XXX", "Dear Mr. X,",
        "I", "never", "contact", "me", "İstanbul", "ﬁ", "\u200d", "@", "0812-0000-1234", ":)",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map(" ".join))
DRAFTS = st.builds(
    Draft,
    channel=st.sampled_from(Channel),
    text=TEXTS,
    language=st.none() | st.sampled_from(Language),
    purpose=st.none() | st.sampled_from(Purpose),
    subject=st.none() | TEXTS,
)
CONTEXTS = st.sampled_from([CheckContext(), CASES[Language.ID], CASES[Language.EN], replace(CASES[Language.ID], now=None)])


@settings(max_examples=300, deadline=None)
@given(DRAFTS, CONTEXTS)
def test_check_of_any_text_raises_nothing_and_keeps_its_spans_inside(draft: Draft, context: CheckContext) -> None:
    """Whatever a text holds, a report comes back, and every span points into the text."""
    report = check_draft(draft, context)
    assert set(report.moves) == set(Move) - {Move.APPRECIATION, Move.ALTERNATIVES, Move.GOOD_WISHES}
    for finding in report.findings:
        if finding.begin is not None and finding.end is not None:
            assert 0 <= finding.begin < finding.end <= len(draft.text)
        if finding.fix is not None and finding.fix.at is not None:
            assert 0 <= finding.fix.at <= len(draft.text)


@settings(max_examples=300, deadline=None)
@given(DRAFTS, CONTEXTS)
def test_safe_fixes_applied_twice_change_nothing_more(draft: Draft, context: CheckContext) -> None:
    """Checking and fixing a fixed text leaves it as it is."""
    draft = replace(draft, language=Language.ID)
    once = apply_fixes(draft.text, check_draft(draft, context).findings)
    assert apply_fixes(once, check_draft(replace(draft, text=once), context).findings) == once


@settings(max_examples=100, deadline=None)
@given(DRAFTS, CONTEXTS)
def test_check_is_the_same_every_time(draft: Draft, context: CheckContext) -> None:
    """Same draft, same report."""
    assert check_draft(draft, context) == check_draft(draft, context)


@pytest.mark.parametrize(
    "piece",
    [
        "tidak ", "terima kasih ", "AAA ", "!", "[", "(nama ", "26/11 ", "PT Aa ", "jangan hubungi ", "\n", "a@", "1-", "aku. ",
        "di ", "ibu ", "wawancara 27 November ", "Aa ", "?!", "😊", "“", ": ", "jam 1 ",
    ],
)  # fmt: skip
def test_check_of_a_hostile_text_takes_linear_time(piece: str) -> None:
    """A hundred thousand characters of one piece over and over are checked in about the time of as many ordinary words."""
    draft = Draft(Channel.EMAIL, piece * (100_000 // len(piece)), Language.ID, Purpose.DECLINE, None)
    check_draft(draft, CASES[Language.ID])


def test_check_without_language_purpose_and_case_recognises_them() -> None:
    """Language and purpose come from the words; what only a case could tell is not reported."""
    text = (
        "Dear Ms. Taylor,\n\nThank you for the invitation. I am afraid I must decline the interview.\n\nKind regards,\nJo Lane"
    )
    report = check_draft(Draft(Channel.EMAIL, text, subject="Declining the interview – Jo Lane"))
    assert (report.language, report.purpose, report.findings) == (Language.EN, Purpose.DECLINE, ())


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _context(given: dict[str, Any]) -> CheckContext:
    facts = {name: given.get(name) for name in ("company", "position", "contact_name", "candidate", "round")}
    now = _moment(given.get("now"))
    expected = _moment(given.get("decision_expected"))
    if expected is not None and expected.tzinfo is None and now is not None:
        expected = expected.replace(tzinfo=now.tzinfo)
    previous = [
        PreviousMessage(datetime.fromisoformat(sent["at"]), Purpose(sent["purpose"])) for sent in given.get("previous") or ()
    ]
    return CheckContext(
        **facts,
        interview_start=_moment(given.get("interview_start")),
        now=now,
        received=_moment(given.get("received")),
        invited_via=Channel(given["invited_via"]) if given.get("invited_via") else None,
        previous=tuple(previous),
        decision_expected=expected,
    )


def test_labelled_messages_are_judged_as_their_labels_say(shared: Path) -> None:
    """Over the labelled messages: precision and recall of defects, false alarms on good ones, accuracy of moves."""
    tally: Counter[str] = Counter()
    for line in shared.joinpath("data", "messages.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        draft = Draft(Channel(row["channel"]), row["text"], Language(row["lang"]), Purpose(row["purpose"]), row["subject"])
        report = check_draft(draft, _context(row["context"]))
        found = {finding.rule.replace("-", "_") for finding in report.findings if finding.severity is not Severity.HINT}
        found -= set(row.get("tolerated", ()))
        wanted = set(row["defects"])
        tally["right"] += len(found & wanted)
        tally["found"] += len(found)
        tally["wanted"] += len(wanted)
        tally["good"] += not wanted
        tally["alarmed"] += bool(found and not wanted)
        tally["moves"] += len(row["moves"])
        tally["agreed"] += sum(report.moves[Move(name)] == made for name, made in row["moves"].items())
    assert tally["right"] / tally["found"] >= 0.95
    assert tally["right"] / tally["wanted"] >= 0.93
    assert tally["alarmed"] / tally["good"] <= 0.02
    assert tally["agreed"] / tally["moves"] >= 0.97
