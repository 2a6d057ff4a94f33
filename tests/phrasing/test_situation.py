"""What the facts of a case mean for the wording."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from pamit.domain.interview import Case, Event, Interview
from pamit.domain.terms import Channel, EventKind, Purpose
from pamit.phrasing.situation import read_situation, zone_of

from .scenes import AHEAD, BEGUN, LATE, MISSED, NOW, SECOND, TODAY, UNDATED, YESTERDAY, upcoming


@pytest.mark.parametrize(
    ("case", "holds"),
    [
        (UNDATED, set()),
        (AHEAD, {"dated", "ahead"}),
        (LATE, {"dated", "ahead", "late"}),
        (SECOND, {"dated", "ahead", "second", "met"}),
        (TODAY, {"dated", "ahead", "today"}),
        (BEGUN, {"dated", "today"}),
        (YESTERDAY, {"dated", "over", "met"}),
        (MISSED, {"dated", "over"}),
    ],
)
def test_situation_is_told(case: Case, holds: set[str]) -> None:
    """Each situation has its marks and no others."""
    case = replace(case, interview=replace(case.interview, received=case.interview.received or NOW))
    situation = read_situation(case, Purpose.DECLINE, NOW)
    names = {"dated", "ahead", "today", "over", "met", "second", "late"}
    found = {name for name in names if getattr(situation, name)}
    assert found - ({"late"} if case in (YESTERDAY,) else set()) == holds


def test_answer_of_exactly_48_hours_is_in_time() -> None:
    """48 hours are the outer limit (T1)."""
    assert not read_situation(upcoming(received=NOW - timedelta(hours=48)), Purpose.DECLINE, NOW).late
    assert read_situation(upcoming(received=NOW - timedelta(hours=48, minutes=1)), Purpose.DECLINE, NOW).late


def test_answer_given_before_is_not_late() -> None:
    """Who has confirmed in time and now moves the interview owes no apology for lateness."""
    sent = Event(NOW - timedelta(days=3), EventKind.MESSAGE_SENT, Purpose.CONFIRM, Channel.EMAIL)
    case = replace(upcoming(received=NOW - timedelta(days=4)), events=(sent,))
    assert not read_situation(case, Purpose.RESCHEDULE, NOW).late


def test_time_changed_by_the_employer_counts_anew() -> None:
    """A changed time is a new invitation, counted from the change (T1)."""
    changed = Event(NOW - timedelta(hours=5), EventKind.RESCHEDULED_BY_EMPLOYER)
    assert not read_situation(replace(LATE, events=(changed,)), Purpose.DECLINE, NOW).late


def test_cancelling_is_never_a_late_answer() -> None:
    """Only purposes that answer an invitation can be late."""
    assert not read_situation(LATE, Purpose.CANCEL, NOW).late


@pytest.mark.parametrize(
    ("interview", "expected"),
    [
        (Interview(timezone="Asia/Jayapura"), "Asia/Jayapura"),
        (Interview(start=NOW), "Asia/Jakarta"),
        (Interview(start=datetime(2026, 11, 26, 9, tzinfo=timezone(timedelta(hours=8)))), "Asia/Makassar"),
        (Interview(start=datetime(2026, 11, 26, 9, tzinfo=timezone(timedelta(hours=5, minutes=30)))), "UTC"),
        (Interview(), "Asia/Jakarta"),
    ],
)
def test_zone_is_stated_or_follows_from_the_start(interview: Interview, expected: str) -> None:
    """The employer's zone: stated, else of the start, else western Indonesia."""
    assert zone_of(interview) == expected
