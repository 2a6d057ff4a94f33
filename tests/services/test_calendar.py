"""Interviews and steps day by day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from pamit.adapters.archive import ZipArchive
from pamit.adapters.seal import AgeSeal
from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.interview import Event
from pamit.domain.terms import Channel, EventKind, Purpose, StepKind
from pamit.services import calendar as service
from pamit.services.adding import Added
from pamit.services.calendar import Calendar, CalendarDay
from pamit.services.pamit import Pamit

from .conftest import NOW, WIB, invitation

MAIL = {"contact_email": "hr@toko.example", "contact_name": "Ibu Ratna"}
Add = Callable[..., Added]
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
START = datetime(2026, 11, 27, 10, tzinfo=WIB)


def month(pamit: Pamit, now: datetime = NOW) -> Calendar:
    return pamit.calendar(FIRST, LAST, now)


def on(found: Calendar, day: int) -> CalendarDay:
    """A day of November."""
    return found.days[day - 1]


def sent(pamit: Pamit, case: str, purpose: Purpose, at: datetime = NOW) -> None:
    pamit.note(case, at, event=Event(at, EventKind.MESSAGE_SENT, purpose, Channel.EMAIL))


def test_interview_and_answer_stand_on_their_days(pamit: Pamit, added: Add) -> None:
    """Each with its case; days without anything stay empty."""
    case = added(invitation(start=START, end=START + timedelta(hours=1), mode="video", **MAIL)).dossier.id
    found = month(pamit)
    (interview,), (answer,) = on(found, 27).items, on(found, 25).items
    assert (interview.case, interview.at, interview.end, interview.step, interview.agreed) == (
        case, START, START + timedelta(hours=1), None, False,
    )  # fmt: skip
    assert answer.step is not None
    assert (answer.case, answer.step.do, answer.at, answer.is_overdue) == (
        case, StepKind.ANSWER, NOW + timedelta(hours=24), False,
    )  # fmt: skip
    assert [day.day.day for day in found.days if day.items] == [25, 27]
    assert (len(found.days), found.is_empty, found.is_cut) == (30, False, False)
    assert on(found, 27).interviews + on(found, 27).steps == (interview,)


def test_day_is_that_of_the_employer(pamit: Pamit, added: Add) -> None:
    """What begins at half past midnight in Jayapura begins there on the next day."""
    late = datetime(2026, 11, 26, 22, 30, tzinfo=WIB)
    added(invitation(start=late, timezone="Asia/Jayapura"))
    assert [one.timezone for one in on(month(pamit), 27).interviews] == ["Asia/Jayapura"]
    assert on(month(pamit), 26).interviews == ()


def test_overdue_step_stands_on_the_present_day(pamit: Pamit, added: Add) -> None:
    """First of all, with the time at which it was due; in a span without this day it does not stand at all."""
    added(invitation(start=START, **MAIL))
    now = START - timedelta(hours=20)
    (answer,) = on(month(pamit, now), now.day).steps
    assert (answer.is_overdue, answer.at) == (True, NOW + timedelta(hours=24))
    assert [day for day in pamit.calendar(date(2026, 11, 1), date(2026, 11, 25), now).days if day.items] == []


def test_interview_called_off_is_none_and_one_held_stays(pamit: Pamit, added: Add) -> None:
    """Whether the case is closed or not."""
    declined = added(invitation(start=START)).dossier.id
    held = added(invitation(company="PT Lain", start=NOW + timedelta(hours=3))).dossier.id
    sent(pamit, declined, Purpose.DECLINE)
    sent(pamit, held, Purpose.CONFIRM)
    pamit.close_case(held, NOW + timedelta(days=1))
    found = month(pamit, NOW + timedelta(days=1))
    assert [(one.case, one.is_past, one.agreed) for day in found.days for one in day.interviews] == [(held, True, True)]


def test_two_at_the_same_time_clash(pamit: Pamit, added: Add) -> None:
    """On their day and for the whole span, whether they were confirmed or not."""
    one = added(invitation(start=START, end=START + timedelta(hours=1))).dossier.id
    two = added(invitation(company="PT Lain", start=START + timedelta(minutes=30))).dossier.id
    (clash,) = month(pamit).clashes
    assert (clash.first.case, clash.second.case, clash.overlaps, clash.between) == (one, two, True, timedelta(minutes=-30))
    assert [day.day.day for day in month(pamit).days if day.clashes] == [27]


@pytest.mark.parametrize(("mode", "count"), [("video", 0), ("onsite", 1), (None, 1)])
def test_way_to_the_place_counts(pamit: Pamit, added: Add, mode: str | None, count: int) -> None:
    """Half an hour is enough from one call to the next, not from a call to a place."""
    added(invitation(start=START, end=START + timedelta(minutes=30), mode="phone"))
    added(invitation(company="PT Lain", start=START + timedelta(hours=1), mode=mode))
    assert len(month(pamit).clashes) == count


def test_what_is_over_or_called_off_clashes_no_more(pamit: Pamit, added: Add) -> None:
    """There is nothing left to be done about it."""
    added(invitation(start=START))
    other = added(invitation(company="PT Lain", start=START)).dossier.id
    assert month(pamit, START + timedelta(hours=3)).clashes == ()
    sent(pamit, other, Purpose.DECLINE)
    assert month(pamit, NOW + timedelta(minutes=1)).clashes == ()


def test_free_days_are_told(pamit: Pamit) -> None:
    """Those that were decreed, and the person's own; a Sunday has no name."""
    own = Pamit(pamit.store, ZipArchive(), AgeSeal(), OwnDays({date(2026, 12, 2): "Libur daerah"}))
    days = {day.day.day: day for day in own.calendar(date(2026, 12, 1), date(2026, 12, 31), NOW).days}
    assert [(days[day].is_workday, days[day].holiday is None) for day in (1, 2, 6, 25)] == [
        (True, True), (False, False), (False, True), (False, False),
    ]  # fmt: skip
    assert days[2].holiday == "Libur daerah"


def test_more_than_can_be_read_is_told(pamit: Pamit, added: Add, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left out in silence."""
    monkeypatch.setattr(service, "_LOOKED_INTO", 2)
    for hour in range(6):
        added(invitation(company=f"PT Nomor {hour}", start=START + timedelta(hours=3 * hour)))
    found = month(pamit)
    assert (sum(len(day.interviews) for day in found.days) < 6, found.is_cut) == (True, True)


def test_clash_outside_of_the_span_is_not_told(pamit: Pamit, added: Add) -> None:
    """A calendar speaks of the days it shows."""
    added(invitation(start=START))
    added(invitation(company="PT Lain", start=START))
    assert pamit.calendar(date(2026, 12, 1), date(2026, 12, 31), NOW).clashes == ()


def test_empty_memory_has_only_days(pamit: Pamit) -> None:
    """Nothing else."""
    found: Any = month(pamit)
    assert (found.is_empty, len(found.days), found.clashes) == (True, 30, ())
