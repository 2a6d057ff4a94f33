"""Kalender: a month or four weeks of interviews and steps, with free days and what gets into each other's way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from pamit.domain.calendar.wording import MONTHS, WEEKDAYS, write_clock, write_day, write_time
from pamit.services.calendar import CalendarClash, CalendarDay, CalendarItem
from pamit.surfaces.web.desk import AtDesk, Desk, in_span
from pamit.surfaces.web.steps import about

router = APIRouter()

_WEEK = timedelta(days=7)
_AGENDA_DAYS = timedelta(days=28)
_YEARS = range(2000, 2100)
_IN_A_CELL = 3
_DOTS = 3


@dataclass(frozen=True)
class _Item:
    """An interview or a step as it is written.

    Attributes:
        hour: the time alone, for a cell of the month.
        time: the time with its zone.
        here: the time where the person is, where that is another one.
        kind: ``interview``, ``step`` or ``overdue``.
    """

    item: CalendarItem
    about: str
    title: str
    hour: str
    time: str
    here: str | None
    kind: str
    clashes: bool


@dataclass(frozen=True)
class _Day:
    """A day as it is written.

    Attributes:
        said: all that stands on it in words, for those who do not see the dots.
        is_within: whether it belongs to the month that is shown.
    """

    day: date
    name: str
    said: str
    holiday: str | None
    is_workday: bool
    is_today: bool
    is_within: bool
    items: tuple[_Item, ...]
    has_clash: bool

    @property
    def cell(self) -> tuple[_Item, ...]:
        """What a cell of the month has room for."""
        return self.items[:_IN_A_CELL]

    @property
    def dots(self) -> tuple[str, ...]:
        """One for each, as many as fit on the narrowest phone; the rest is counted."""
        room = len(self.items) if len(self.items) <= _DOTS else _DOTS - 1
        return tuple(one.kind for one in self.items[:room])

    @property
    def hidden(self) -> int:
        """How many a cell has no room for."""
        return len(self.items) - len(self.cell)


@router.get("/calendar")
def calendar(desk: AtDesk, request: Request, view: str = "", day: str = "") -> Response:
    """The page. Without a word in the address a phone gets the agenda, everything else the month."""
    today = desk.now.date()
    chosen = _day_of(day) or today
    is_phone = "Mobi" in request.headers.get("user-agent", "")
    shown = view if view in ("month", "agenda") else "agenda" if is_phone else "month"
    return _agenda(desk, chosen, today) if shown == "agenda" else _month(desk, chosen, today)


def _month(desk: Desk, chosen: date, today: date) -> Response:
    begin = chosen.replace(day=1)
    after = (begin + timedelta(days=31)).replace(day=1)
    first = begin - timedelta(days=begin.weekday())
    last = after + timedelta(days=(7 - after.weekday()) % 7 - 1)
    found = desk.site.pamit.calendar(first, last, desk.now)
    days = [_shown_day(desk, one, today, within=begin <= one.day < after) for one in found.days]
    return desk.show(
        "calendar.html",
        view="month",
        title=f"{MONTHS[desk.language][begin.month - 1]} {begin.year}",
        chosen=chosen,
        before=(begin - timedelta(days=1)).replace(day=1),
        after=after,
        weekdays=WEEKDAYS[desk.language],
        weeks=[days[start : start + 7] for start in range(0, len(days), 7)],
        days=[one for one in days if one.day == chosen],
        holidays=[one for one in days if one.holiday and one.is_within],
        clashes=_clashes(desk, found.clashes),
        found=found,
    )


def _agenda(desk: Desk, chosen: date, today: date) -> Response:
    last = chosen + _AGENDA_DAYS - timedelta(days=1)
    found = desk.site.pamit.calendar(chosen, last, desk.now)
    days = [_shown_day(desk, one, today, within=True) for one in found.days]
    return desk.show(
        "calendar.html",
        view="agenda",
        title=desk.say("calendar.span", first=_short(desk, chosen), last=_short(desk, last)),
        chosen=chosen,
        before=chosen - _AGENDA_DAYS,
        after=chosen + _AGENDA_DAYS,
        days=[one for one in days if one.items or one.holiday or (one.is_today and not found.is_empty)],
        clashes=_clashes(desk, found.clashes),
        found=found,
    )


def _day_of(text: str) -> date | None:
    """The day in an address; None for what is none, or too far away for any calendar."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def _short(desk: Desk, day: date) -> str:
    return write_day(day, desk.language, weekday=False)


def _shown_day(desk: Desk, one: CalendarDay, today: date, *, within: bool) -> _Day:
    clashing = {item.case for clash in one.clashes for item in (clash.first, clash.second)}
    return _Day(
        one.day,
        write_day(one.day, desk.language),
        _said(desk, one),
        one.holiday,
        one.is_workday,
        one.day == today,
        within,
        tuple(_shown_item(desk, item, clashing) for item in one.items),
        bool(one.clashes),
    )


def _said(desk: Desk, one: CalendarDay) -> str:
    counted = (
        ("clash", len(one.clashes)),
        ("interview", len(one.interviews)),
        ("step", len(one.steps)),
    )
    parts = [desk.say(f"calendar.{name}_{'one' if count == 1 else 'many'}", count=count) for name, count in counted if count]
    return ", ".join(parts)


def _shown_item(desk: Desk, item: CalendarItem, clashing: set[str]) -> _Item:
    is_interview = item.step is None
    return _Item(
        item,
        about(item.company, item.position, desk.say),
        desk.say("case.interview") if item.step is None else desk.say(f"do.{item.step.do}"),
        write_clock(item.at, desk.language),
        write_time(item.at, item.timezone, desk.language, item.end),
        _where_one_is(desk, item.at),
        "interview" if is_interview else "overdue" if item.is_overdue else "step",
        is_interview and item.case in clashing,
    )


def _where_one_is(desk: Desk, at: datetime) -> str | None:
    here = at.astimezone(desk.now.tzinfo)
    if here.utcoffset() == at.utcoffset():
        return None
    key = "calendar.here" if here.date() == at.date() else "calendar.here_day"
    return desk.say(key, time=write_clock(here, desk.language), day=_short(desk, here.date()))


def _clashes(desk: Desk, found: Sequence[CalendarClash]) -> list[tuple[CalendarClash, str, tuple[_Item, _Item]]]:
    shown = []
    for clash in found:
        if clash.is_assumed:
            key = "calendar.overlap_maybe" if clash.overlaps else "calendar.close_maybe"
        else:
            key = "calendar.overlap" if clash.overlaps else "calendar.close" if clash.between else "calendar.touch"
        both = _shown_item(desk, clash.first, set()), _shown_item(desk, clash.second, set())
        shown.append((clash, desk.say(key, span=in_span(abs(clash.between), desk.say)), both))
    return shown
