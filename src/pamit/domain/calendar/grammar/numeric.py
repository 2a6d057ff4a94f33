"""Dates in figures alone: "2026-11-26", "26/11/2026", "24-3-27"; day first, never month first."""

from __future__ import annotations

import re
from typing import NamedTuple

from pamit.domain.calendar.grammar.mentions import DateForm
from pamit.domain.calendar.grammar.scan import Scan, Token, spelled_gap
from pamit.domain.calendar.grammar.words import BLOCKED_AFTER_NUMBER, BLOCKED_BEFORE_NUMBER

__all__ = ["SPAN_WORDS", "YEAR", "Written", "figures_value", "possible_day", "read_figures"]

_YEAR_FIRST = re.compile(r"((?:19|20)[0-9]{2})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2((?:19|20)[0-9]{2}|[0-9]{2})")
_DAY_MONTH = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})")
_STREET = re.compile(r"\b(?:jl|jln|jalan|gg|gang|blok|no|nomor|rt|rw|kav)\b[^\n;|]{0,40}$")
YEAR = re.compile(r"((?:19|20)[0-9]{2})(?![0-9])")
SPAN_WORDS = frozenset({
    "-", "s/d", "sd", "s.d.", "s.d", "sampai", "sampai dengan", "hingga", "to", "until", "till", "through", "thru",
})  # fmt: skip
"""What stands between the first and the last day of a span, without layout."""


class Written(NamedTuple):
    """The parts of a written date; ``month`` 0 where only the day of the month is given."""

    begin: int
    end: int
    next_index: int
    day: int
    month: int
    year: int | None
    last_day: int | None
    form: DateForm
    month_shift: int | None = None


def figures_value(token: Token) -> int | None:
    """The plain number of a token, in figures or words."""
    if token.kind == "number":
        return token.value
    return int(token.word) if token.kind == "figures" and token.word.isdigit() and len(token.word) <= 4 else None


def possible_day(day: int, month: int, last: int | None) -> bool:
    """Whether the month has the day, and the last day of the span after it."""
    longest = 29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    return 1 <= day <= longest and (last is None or day < last <= longest)


def read_figures(scan: Scan, index: int, century_year: int, *, backed: bool) -> Written | None:
    """ "2026-11-26", "26/11/2026", "24-3-27", "26.11.2026"; day first, never month first; "29/12" with some evidence."""
    token = scan.at(index)
    if not scan.ends_clean(index) and scan.folded[token.end : token.end + 1] != "t":
        return None
    if not backed and scan.word_before(token.begin) in BLOCKED_BEFORE_NUMBER:
        return None
    match = _YEAR_FIRST.fullmatch(token.word)
    if match:
        year, month, day = int(match[1]), int(match[3]), int(match[4])
    else:
        match = _DAY_FIRST.fullmatch(token.word)
        if not match:
            return _spaced_figures(scan, index) or _day_and_month(scan, index, backed=backed)
        day, month, year = int(match[1]), int(match[3]), int(match[4])
        if year < 100:
            year += 2000
            if abs(year - century_year) > 5 or (match[2] == "." and not backed and abs(year - century_year) > 1):
                return None
    if not 1 <= month <= 12 or not possible_day(day, month, None):
        return None
    return Written(token.begin, token.end, index + 1, day, month, year, None, "numeric")


def _spaced_figures(scan: Scan, index: int) -> Written | None:
    """ "26 - 11 - 2026", "26 / 11 / 2026"."""
    day, month, year = scan.at(index), scan.at(index + 1), scan.at(index + 2)
    gap = scan.gap(index)
    if gap not in (" - ", " / ", " . ", "/ ", "- ") or scan.gap(index + 1) != gap or not scan.ends_clean(index + 2):
        return None
    if len(day.word) > 2 or len(month.word) > 2 or month.kind != "figures" or not YEAR.fullmatch(year.word):
        return None
    if not (1 <= int(month.word) <= 12 and possible_day(int(day.word), int(month.word), None)):
        return None
    return Written(day.begin, year.end, index + 3, int(day.word), int(month.word), int(year.word), None, "numeric")


def _day_and_month(scan: Scan, index: int, *, backed: bool) -> Written | None:
    token = scan.at(index)
    match = _DAY_MONTH.fullmatch(token.word)
    if not match:
        return None
    day, month = int(match[1]), int(match[3])
    if not 1 <= month <= 12 or not possible_day(day, month, None):
        return None
    if match[2] == "." and not (backed and scan.at(index - 1).kind == "date_label"):
        return None  # an hour
    if match[2] == "-" and not (backed and month < day and scan.at(index - 1).kind in ("weekday", "date_label")):
        return None  # a span of days or hours
    if scan.at(index + 1).kind == "month" or scan.word_after(token.end) in BLOCKED_AFTER_NUMBER:
        return None
    if not backed:
        if scan.word_before(token.begin) in BLOCKED_BEFORE_NUMBER or token.word == "24/7":
            return None
        if _STREET.search(scan.folded[max(0, token.begin - 30) : token.begin]):
            return None
        if day <= 12 and not _hour_follows(scan, index) and not _ends_span(scan, index):
            return None
    return Written(token.begin, token.end, index + 1, day, month, None, None, "numeric")


def _hour_follows(scan: Scan, index: int) -> bool:
    """Whether an hour stands right behind, which makes "3/12" a date and no fraction."""
    follower = scan.at(index + 1)
    if len(scan.gap(index)) > 4 or "\0" in scan.gap(index):
        return False
    if follower.kind in ("clock", "at"):
        return True
    if follower.kind != "figures":
        return False
    if scan.at(index + 2).kind in ("meridiem", "part", "zone") and scan.gap(index + 1) in ("", " "):
        return True
    return re.match(r"[0-9]{2}[.:][0-9]{2}(?![0-9])", follower.word) is not None


def _ends_span(scan: Scan, index: int) -> bool:
    """Whether another day and month with a dash stand right before: "30/11 - 1/12"."""
    before = scan.at(index - 1)
    if before.kind != "figures" or spelled_gap(scan.gap(index - 1)) not in SPAN_WORDS:
        return False
    match = _DAY_MONTH.fullmatch(before.word)
    return match is not None and match[2] == "/" and int(match[1]) > 12
