"""What the grammar finds in a text: one day, one clock time, one length."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

__all__ = ["DateForm", "DateMention", "DurationMention", "TimeMention"]

DateForm = Literal["absolute", "no_year", "numeric", "relative", "weekday"]
"""How a day is written: in full, without its year, in figures, counted from today, or by its weekday alone."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """One day, or a span of days, named in a text."""

    begin: int
    end: int
    """Characters of the text: ``text[begin:end]``."""
    day: date | None
    """The day meant; None where it cannot be settled (a contradiction, two readings)."""
    stated_weekday: int | None
    """The weekday written with it, Monday = 0."""
    form: DateForm
    candidates: tuple[date, ...] = ()
    """The possible days where ``day`` is None; of a contradiction the stated date first, then the nearest day with the
    stated weekday."""
    contradicts: bool = False
    """The weekday and the date, or two ways to name the day, contradict each other."""
    until: date | None = None
    """The last day of a span of days."""


@dataclass(frozen=True, slots=True)
class TimeMention:
    """One clock time, or a span of hours, named in a text."""

    begin: int
    end: int
    start: time
    until: time | None
    """The end of a span."""
    open_end: bool
    """Written with an end that is left open: "s/d selesai"."""
    zone: str | None
    """IANA name, where a zone is written with it."""


@dataclass(frozen=True, slots=True)
class DurationMention:
    """One length of time named in a text."""

    begin: int
    end: int
    minutes: int | None
    """None for a range of lengths ("30–45 menit")."""
