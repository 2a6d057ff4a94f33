"""The M table tells which part of a message belongs in which kind of message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pamit.domain.rulebook import (
    Requirement,
    entries,
    entry_of_move,
    leading,
    move_of_entry,
    particulars,
    requirement,
)
from pamit.domain.terms import Channel, Move, Purpose
from pamit.errors import ErrorKind, PamitError

_MOVE_IDS = [rule for rule in entries() if rule[0] == "M"]
_ROW = re.compile(r"^\| (M\d{1,2}) [^|]*\|(.*)\|[^|]*\|$", re.MULTILINE)
_MARKS = {"R": Requirement.REQUIRED, "w": Requirement.WRITTEN, "o": Requirement.OPTIONAL, "–": Requirement.OUT_OF_PLACE}


@pytest.mark.parametrize("purpose", Purpose)
def test_requirement_is_told_for_every_move_and_channel(purpose: Purpose) -> None:
    """No purpose, move or channel is left out."""
    told = [requirement(purpose, rule, channel) for rule in _MOVE_IDS for channel in Channel]
    assert len(told) == len(_MOVE_IDS) * len(Channel)


@pytest.mark.parametrize(
    ("purpose", "rule", "expected"),
    [
        (Purpose.CANCEL, "M8", Requirement.REQUIRED),
        (Purpose.DECLINE, "M8", Requirement.WRITTEN),
        (Purpose.CONFIRM, "M7", Requirement.OUT_OF_PLACE),
        (Purpose.CANCEL, "M11", Requirement.REQUIRED),
        (Purpose.WITHDRAW, "M5", Requirement.OPTIONAL),
        (Purpose.RESCHEDULE, "M12", Requirement.WRITTEN),
        (Purpose.RECONSIDER, "M10", Requirement.OUT_OF_PLACE),
        (Purpose.DECLINE_OFFER, "M18", Requirement.WRITTEN),
        (Purpose.ASK_DETAILS, "M5", Requirement.REQUIRED),
        (Purpose.RUNNING_LATE, "M2", Requirement.WRITTEN),
        (Purpose.RUNNING_LATE, "M8", Requirement.REQUIRED),
        (Purpose.APOLOGISE_ABSENCE, "M7", Requirement.WRITTEN),
        (Purpose.ACCEPT_OFFER, "M13", Requirement.REQUIRED),
        (Purpose.ACKNOWLEDGE, "M3", Requirement.WRITTEN),
        (Purpose.ACKNOWLEDGE, "M13", Requirement.OUT_OF_PLACE),
    ],
)
def test_requirement_of_a_known_case(purpose: Purpose, rule: str, expected: Requirement) -> None:
    """Cases that the rules name one by one."""
    assert requirement(purpose, rule) == expected


def test_requirement_of_a_move_equals_that_of_its_id() -> None:
    """A move may be named by its member or by its id."""
    assert all(requirement(purpose, move) == requirement(purpose, entry_of_move(move)) for purpose in Purpose for move in Move)


def test_requirement_of_contact_details_depends_on_the_channel() -> None:
    """A letter must have them, a mail has them, a text may; where one waits for the employer, one's number is a must."""
    told = {channel: requirement(Purpose.CONFIRM, Move.CONTACT_INFO, channel) for channel in Channel}
    assert told == {
        Channel.EMAIL: Requirement.WRITTEN,
        Channel.LETTER: Requirement.REQUIRED,
        Channel.PHONE: Requirement.OPTIONAL,
        Channel.TEXT: Requirement.OPTIONAL,
        Channel.IN_PERSON: Requirement.OPTIONAL,
    }
    assert requirement(Purpose.LINK_BROKEN, Move.CONTACT_INFO, Channel.TEXT) == Requirement.REQUIRED


def test_requirement_of_a_subject_is_for_mail() -> None:
    """Only a mail must have a subject."""
    required = [channel for channel in Channel if requirement(Purpose.CANCEL, "M17", channel) == Requirement.REQUIRED]
    assert required == [Channel.EMAIL]


@pytest.mark.parametrize(
    ("rule", "kind", "code"),
    [("T1", ErrorKind.INVALID, "not-a-move"), ("M99", ErrorKind.MISSING, "no-such-rule")],
)
def test_requirement_of_something_else_fails(rule: str, kind: ErrorKind, code: str) -> None:
    """An id that is no part of a message, or no rule at all, is told apart."""
    with pytest.raises(PamitError) as caught:
        requirement(Purpose.CONFIRM, rule)
    assert (caught.value.kind, caught.value.code) == (kind, code)


def test_moves_and_ids_answer_each_other() -> None:
    """Each move has one id, and every M rule but the subject has one move."""
    assert [move_of_entry(entry_of_move(move)) for move in Move] == list(Move)
    assert [rule for rule in _MOVE_IDS if move_of_entry(rule) is None] == ["M17"]


def test_leading_move_is_the_apology_when_late_absent_or_on_the_day() -> None:
    """An apology comes first where the person is late or was absent, and on the day for what upsets the appointment."""
    assert {purpose for purpose in Purpose if leading(purpose)} == {Purpose.RUNNING_LATE, Purpose.APOLOGISE_ABSENCE}
    on_the_day = {purpose: leading(purpose, on_the_day=True) for purpose in Purpose}
    assert {purpose for purpose, move in on_the_day.items() if move == Move.APOLOGY} == {
        Purpose.RUNNING_LATE,
        Purpose.APOLOGISE_ABSENCE,
        Purpose.RESCHEDULE,
        Purpose.DECLINE,
        Purpose.CANCEL,
        Purpose.WITHDRAW,
    }


def test_particulars_name_what_a_purpose_must_tell() -> None:
    """When one arrives, since when one waits and how to go on, the next step after an offer."""
    required = {
        purpose: [each.name for each in particulars(purpose) if each.requirement == Requirement.REQUIRED] for purpose in Purpose
    }
    assert {purpose: names for purpose, names in required.items() if names} == {
        Purpose.RUNNING_LATE: ["arrival"],
        Purpose.EMPLOYER_ABSENT: ["waiting_since", "how_to_go_on"],
        Purpose.LINK_BROKEN: ["waiting_since", "how_to_go_on"],
        Purpose.ACCEPT_OFFER: ["next_step"],
    }


def test_table_equals_that_of_the_rules(shared: Path) -> None:
    """Every cell of the M table is the one that the rules print."""
    file = shared / "spec" / "etiquette.md"
    if not file.is_file():
        pytest.skip("the table of rules is not beside this checkout")
    text = file.read_text("utf-8")
    header = next(line for line in text.splitlines() if line.startswith("| move | confirm"))
    purposes = [Purpose(cell.strip()) for cell in header.split("|")[2:-2]]
    compared = 0
    for rule, row in _ROW.findall(text):
        for purpose, cell in zip(purposes, row.split("|"), strict=True):
            if cell.strip():
                assert requirement(purpose, rule) == _MARKS[cell.strip()], (rule, purpose)
                compared += 1
    assert compared == 16 * len(purposes)
