"""Which day a written day means: years left out, weekdays, contradictions. All counted from *today*."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

__all__ = [
    "Reading", "coming_weekday", "day_of_month", "last_weekday", "nearest_weekday", "next_weekday", "plain_weekday", "shifted",
    "valid_date", "weekday_in_week", "with_weekday", "without_year",
]  # fmt: skip

_PAST_DAYS = 90
"""A date without a year lies at most this many days back, otherwise ahead: invitations speak of the weeks around them."""
_REACH = (-183, 305)
"""Within these days a stated weekday may choose another year than that."""


class Reading(NamedTuple):
    """A day, or the candidates where it cannot be settled."""

    day: date | None
    candidates: tuple[date, ...] = ()
    contradicts: bool = False


def valid_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none (31 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shifted(day: date, days: int) -> date | None:
    """The day so many days later; None beyond the calendar's ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def nearest_weekday(day: date, weekday: int) -> date | None:
    """The nearest day with that weekday; it is never more than three days away."""
    return shifted(day, (weekday - day.weekday() + 3) % 7 - 3)


def with_weekday(day: date, weekday: int | None, today: date) -> Reading:
    """A dated day with the weekday written beside it.

    Where they contradict each other: the stated date, the nearest day with that weekday, and, where the year looks like
    a slip (the date is past, and the weekday fits today's or the coming year), the same date of that year.
    """
    if weekday is None or day.weekday() == weekday:
        return Reading(day)
    candidates = [day]
    near = nearest_weekday(day, weekday)
    if near:
        candidates.append(near)
    if day < today:
        for year in (today.year, today.year + 1):
            other = valid_date(year, day.month, day.day)
            if other and other >= today and other.weekday() == weekday and (other - today).days <= _REACH[1]:
                candidates.append(other)
    return Reading(None, tuple(candidates), contradicts=True)


def without_year(month: int, day: int, weekday: int | None, today: date) -> Reading | None:
    """A date without its year: the one within ninety days back or the coming one; a weekday written with it decides.

    None where the calendar has no such date in the years around.

    >>> without_year(1, 3, None, date(2026, 12, 28)).day
    datetime.date(2027, 1, 3)
    """
    near = [other for year in (today.year - 1, today.year, today.year + 1) if (other := _date_near(year, month, day))]
    distances = {other: (other - today).days for other in near}
    usual = [other for other in near if -_PAST_DAYS <= distances[other] <= 366 - _PAST_DAYS]
    if not usual:
        return None
    chosen = usual[0]
    if weekday is None or chosen.weekday() == weekday:
        return Reading(chosen)
    fitting = [o for o in near if o.weekday() == weekday and _REACH[0] <= distances[o] <= _REACH[1]]
    if fitting:
        return Reading(min(fitting, key=lambda other: abs(distances[other])))
    return with_weekday(chosen, weekday, today)


def _date_near(year: int, month: int, day: int) -> date | None:
    return valid_date(year, month, day) if 1 <= year <= 9999 else None


def day_of_month(day: int, weekday: int | None, today: date, month_shift: int | None = None) -> Reading | None:
    """A day given by its number alone ("tanggal 14"): the coming one, in this month or the next that has it.

    A weekday that only fits the last past one within a month decides for it ("Senin tanggal 14 kemarin").
    """
    shifts = (0, 1, 2) if month_shift is None else (month_shift,)
    months = [other for shift in shifts if (other := _in_month(today, shift, day))]
    ahead = [other for other in months if month_shift is not None or other >= today]
    if not ahead:
        return None
    chosen = ahead[0]
    if weekday is None or chosen.weekday() == weekday:
        return Reading(chosen)
    if month_shift is None:
        for shift in (0, -1):
            past = _in_month(today, shift, day)
            if past and past < today and (today - past).days <= 31 and past.weekday() == weekday:
                return Reading(past)
    return with_weekday(chosen, weekday, today)


def _in_month(today: date, shift: int, day: int) -> date | None:
    months = today.year * 12 + today.month - 1 + shift
    return _date_near(months // 12, months % 12 + 1, day)


def coming_weekday(weekday: int, today: date) -> date | None:
    """The next day with that weekday, after today."""
    return shifted(today, (weekday - today.weekday() - 1) % 7 + 1)


def weekday_in_week(weekday: int, today: date, weeks: int) -> date | None:
    """The day with that weekday in the week so many weeks from this one; weeks begin on Monday."""
    return shifted(today, 7 * weeks + weekday - today.weekday())


def plain_weekday(weekday: int, today: date) -> Reading:
    """A weekday alone: the coming one. On that very weekday it may be today or a week from now: two candidates."""
    coming = coming_weekday(weekday, today)
    if coming is None:
        return Reading(None)
    if weekday == today.weekday():
        return Reading(None, (today, coming))
    return Reading(coming)


def next_weekday(weekday: int, today: date) -> Reading:
    """ "Senin depan", "next Monday": the coming one, or the one of next week; two candidates where these differ.

    A person who means tomorrow says so: written on the day before, the day a week after tomorrow is a candidate too.
    """
    coming = coming_weekday(weekday, today)
    if coming is None:
        return Reading(None)
    other = weekday_in_week(weekday, today, 1)
    if (coming - today).days == 1:
        other = shifted(coming, 7)
    if other is None or other == coming:
        return Reading(coming)
    return Reading(None, (coming, other))


def last_weekday(weekday: int, today: date) -> Reading:
    """ "last Thursday", "Kamis lalu": the latest one before today."""
    return Reading(shifted(today, -((today.weekday() - weekday - 1) % 7 + 1)))
