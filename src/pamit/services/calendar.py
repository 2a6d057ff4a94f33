"""Interviews and steps of all cases day by day, with free days and with what gets into each other's way.

The store is asked by its indexes of starts and of due times; only the cases that stand in the span are looked into, and no
more of them than a person can read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from pamit.domain.calendar.clashes import Booking, find_clashes
from pamit.domain.calendar.workdays import OwnDays, Workdays
from pamit.domain.calendar.zones import DEFAULT_ZONE, zone
from pamit.domain.log import Dossier
from pamit.domain.plan import Step, make_plan
from pamit.domain.plan.situation import ASSUMED_LENGTH, situation
from pamit.domain.terms import Mode, Purpose, Stage, StepKind
from pamit.services.indexing import refresh
from pamit.services.ports import Listing, Reading, Store

__all__ = ["Calendar", "CalendarClash", "CalendarDay", "CalendarItem", "calendar"]

_LOOKED_INTO = 50
"""How many cases of one kind are looked into for one span."""

_CLASHES = 20
_ZONES_APART = timedelta(hours=14)
"""No place on Earth is farther from UTC."""

_CLOSED = frozenset({Stage.CLOSED})
_OPEN = frozenset(Stage) - _CLOSED
_BY_CALL = frozenset({Mode.VIDEO, Mode.PHONE})


@dataclass(frozen=True)
class CalendarItem:
    """An interview, or a step that is due.

    Attributes:
        day: on which it stands, in the employer's zone; what is overdue stands on the present day.
        at: when the interview starts; when the step is due or was due.
        timezone: IANA name of the employer's zone.
        step: None for an interview.
        end, mode: of an interview, as far as stated.
        agreed: whether the interview was confirmed by the person.
        is_past: whether the interview is over.
    """

    case: str
    company: str | None
    position: str | None
    timezone: str
    stage: Stage
    day: date
    at: datetime
    step: Step | None = None
    end: datetime | None = None
    mode: Mode | None = None
    agreed: bool = False
    is_past: bool = False

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been done already."""
        return self.step is not None and self.step.overdue_since is not None


@dataclass(frozen=True)
class CalendarClash:
    """Two interviews that can hardly both be kept.

    Attributes:
        between: from the end of the first to the start of the second; below zero where they overlap. An end that was not
            stated is assumed.
    """

    first: CalendarItem
    second: CalendarItem
    between: timedelta

    @property
    def overlaps(self) -> bool:
        """Whether both take place at the same moment."""
        return self.between < timedelta()

    @property
    def is_assumed(self) -> bool:
        """Whether it depends on how long the first one takes, which nobody has said."""
        return self.first.end is None and self.second.at > self.first.at

    @property
    def days(self) -> frozenset[date]:
        """The days on which it is shown."""
        return frozenset({self.first.day, self.second.day})


@dataclass(frozen=True)
class CalendarDay:
    """One day.

    Attributes:
        holiday: its Indonesian name, or that of one of the person's own free days.
        items: in order of time.
        clashes: those of this day.
    """

    day: date
    is_workday: bool
    holiday: str | None = None
    items: tuple[CalendarItem, ...] = ()
    clashes: tuple[CalendarClash, ...] = ()

    @property
    def interviews(self) -> tuple[CalendarItem, ...]:
        """Its interviews."""
        return tuple(one for one in self.items if one.step is None)

    @property
    def steps(self) -> tuple[CalendarItem, ...]:
        """What is due on it."""
        return tuple(one for one in self.items if one.step is not None)


@dataclass(frozen=True)
class Calendar:
    """A span of days.

    Attributes:
        clashes: those ahead within the span, soonest first.
        is_cut: whether it holds more than was looked into.
    """

    days: tuple[CalendarDay, ...]
    clashes: tuple[CalendarClash, ...] = ()
    is_cut: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it but free days."""
        return not any(day.items for day in self.days)


def calendar(store: Store, own_days: OwnDays, first: date, last: date, now: datetime) -> Calendar:
    """What stands between two days, both included.

    Args:
        now: its zone is where the person is; its day is the one on which overdue steps stand.
    """
    refresh(store, own_days, now)
    begin = datetime.combine(first, time(), UTC) - _ZONES_APART
    end = datetime.combine(last + timedelta(days=1), time(), UTC) + _ZONES_APART
    with store.reading() as view:
        cases, is_cut = _cases_within(view, begin, end, now)
        dossiers = view.dossiers(cases)
    found = [item for one in dossiers for item in _items(one, own_days, now) if first <= item.day <= last]
    found.sort(key=lambda item: (item.day, not item.is_overdue, item.at, item.case))
    clashes = tuple(islice(_clashes(found), _CLASHES))
    by_day: dict[date, list[CalendarItem]] = {}
    for item in found:
        by_day.setdefault(item.day, []).append(item)
    return Calendar(tuple(_days(first, last, by_day, clashes, own_days)), clashes, is_cut)


def _cases_within(view: Reading, begin: datetime, end: datetime, now: datetime) -> tuple[list[str], bool]:
    """The cases with an interview or a step within the span, or with a step due before it; and whether some are left out."""
    found = [
        view.listing(wanted)
        for wanted in (
            Listing(stages=_OPEN, overlaps=(begin, end), order="start", limit=_LOOKED_INTO),
            # What lies ahead in a closed case was called off.
            Listing(stages=_CLOSED, overlaps=(begin, min(end, now)), order="start", limit=_LOOKED_INTO),
            Listing(due_from=begin, due_until=end, limit=_LOOKED_INTO),
            # Of these a later step may fall into the span, and what is overdue stands on the present day.
            Listing(due_until=begin, limit=_LOOKED_INTO),
        )
    ]
    cases = dict.fromkeys(row.case for rows in found for row in rows)
    return list(cases), any(len(rows) == _LOOKED_INTO for rows in found)


def _items(dossier: Dossier, own_days: OwnDays, now: datetime) -> Iterator[CalendarItem]:
    interview = dossier.case.interview
    stands = situation(dossier.case, now)
    plan = make_plan(dossier.case, now, own_days=own_days)
    timezone = interview.timezone or DEFAULT_ZONE
    there = zone(timezone)
    # An interview that was called off is none; one that was held stays.
    if stands.start is not None and not (stands.is_closed and stands.held_at is None):
        yield CalendarItem(
            dossier.id, interview.company, interview.position, timezone, plan.stage, stands.start.date(), stands.start,
            end=interview.end if interview.end and interview.end > stands.start else None,
            mode=interview.mode,
            agreed=stands.attended or (stands.decision is not None and stands.decision.purpose == Purpose.CONFIRM),
            is_past=(stands.end or stands.start) <= now,
        )  # fmt: skip
    for step in plan.steps:
        if step.do != StepKind.ATTEND:
            at = (step.overdue_since or step.due).astimezone(there)
            day = now.date() if step.overdue_since else at.date()
            yield CalendarItem(dossier.id, interview.company, interview.position, timezone, plan.stage, day, at, step)


def _clashes(items: Iterable[CalendarItem]) -> Iterator[CalendarClash]:
    ahead = {one.case: one for one in items if one.step is None and not one.is_past and one.stage != Stage.CLOSED}
    bookings = (Booking(one.case, one.at, one.end or one.at + ASSUMED_LENGTH, one.mode in _BY_CALL) for one in ahead.values())
    for clash in find_clashes(bookings):
        yield CalendarClash(ahead[clash.first.case], ahead[clash.second.case], clash.between)


def _days(
    first: date, last: date, by_day: Mapping[date, list[CalendarItem]], clashes: tuple[CalendarClash, ...], own_days: OwnDays
) -> Iterator[CalendarDay]:
    workdays = Workdays(own=own_days)
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        yield CalendarDay(
            day,
            workdays.is_workday(day),
            workdays.holiday(day),
            tuple(by_day.get(day, ())),
            tuple(clash for clash in clashes if day in clash.days),
        )
