"""Spans of days: "30 Nov – 2 Des", "Mon to Wed", "Kamis dan Jumat, 26 dan 27 November 2026"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from pamit.domain.calendar.grammar import days
from pamit.domain.calendar.grammar.mentions import DateMention
from pamit.domain.calendar.grammar.numeric import Written
from pamit.domain.calendar.grammar.scan import Scan, spelled_gap
from pamit.domain.calendar.grammar.weekdays import JOIN, SPAN_JOIN, WEEKDAY_KINDS, weekday_value
from pamit.domain.calendar.grammar.written import read_written

__all__ = ["join_spans", "read_weekday_pair"]

_LONGEST_DAYS = 62
_MOVED = re.compile(
    r"\b(?:mov|resched|chang|postpon|push|shift|delay|diundur|dipindah|pindah|diubah|digeser|geser|dimajukan|majukan|undur)"
)
_PAIR = frozenset({
    "-", "s/d", "sd", "s.d.", "s.d", "sampai", "sampai dengan", "hingga", "to", "until", "through",
    "dan", "and", "&", "/", ",", "atau", "or",
})  # fmt: skip


def join_spans(ready: Scan, found: list[DateMention]) -> list[DateMention]:
    """The mentions, two days with "to" between them as one span."""
    joined: list[DateMention] = []
    for mention in found:
        span = _span(ready, joined[-1], mention) if joined else None
        if span:
            joined[-1] = span
        else:
            joined.append(mention)
    return joined


def _span(ready: Scan, first: DateMention, second: DateMention) -> DateMention | None:
    if second.begin - first.end > 24 or first.until or second.until or not first.day:
        return None
    gap = ready.folded[first.end : second.begin]
    if not SPAN_JOIN.fullmatch(gap):
        return None
    last = second.day
    if second.form == "weekday" and second.stated_weekday is not None:
        last = days.coming_weekday(second.stated_weekday, first.day)
        if second.stated_weekday == first.day.weekday():
            return None
    if not last:
        return None
    begin = first.day
    if first.form == "no_year" and second.form in ("absolute", "numeric") and first.stated_weekday is None:
        years = (last.year, last.year - 1)
        earlier = [day for year in years if (day := days.valid_date(year, begin.month, begin.day)) and day < last]
        begin = earlier[0] if earlier else begin
    if not begin < last or (last - begin).days > _LONGEST_DAYS:
        return None
    if "to" in gap and _MOVED.search(ready.folded[max(0, first.begin - 80) : first.begin]):
        return None  # "moved from Monday to Wednesday"
    return replace(first, end=second.end, day=begin, until=last)


def read_weekday_pair(ready: Scan, index: int, today: date) -> tuple[DateMention, int] | None:
    """Two weekdays with the two dates they stand for: "Kamis-Jumat, 26-27 November 2026"; the token after it too."""
    second_index = index + 1
    if ready.at(second_index).kind == "day":
        second_index += 1
    token, second = ready.at(index), ready.at(second_index)
    if second.kind not in WEEKDAY_KINDS or second.begin - token.end > 24:
        return None
    if spelled_gap(ready.folded[token.end : second.begin]).removesuffix(" hari") not in _PAIR:
        return None
    gap = ready.gap(second_index)
    if len(gap) > 40 or not JOIN.fullmatch(gap):
        return None
    written = read_written(ready, second_index + 1, today.year, backed=True)
    if written is None or written.month == 0:
        return None
    last = _last_of_pair(ready, written, today)
    if last is None:
        return None
    last_day, end, following = last
    year = last_day.year - (1 if written.month > last_day.month else 0)
    first_day = days.valid_date(year, written.month, written.day)
    if first_day is None or not 0 < (last_day - first_day).days <= _LONGEST_DAYS:
        return None
    weekday = weekday_value(ready, index)
    fits = first_day.weekday() == weekday and last_day.weekday() == weekday_value(ready, second_index)
    reading = days.with_weekday(first_day, weekday, today)
    candidates = () if fits else tuple(dict.fromkeys((first_day, *reading.candidates)))
    mention = DateMention(
        token.begin, end, first_day if fits else None, weekday, written.form, candidates, not fits, last_day if fits else None
    )
    return mention, following


def _last_of_pair(ready: Scan, written: Written, today: date) -> tuple[date, int, int] | None:
    """The last of the two dates, its end and the token after it."""
    if written.last_day:
        month, year, day, end, following = (
            written.month, written.year, written.last_day, written.end, written.next_index
        )  # fmt: skip
    else:
        token = ready.at(written.next_index)
        if token.kind not in ("figures", "number") or spelled_gap(ready.folded[written.end : token.begin]) not in _PAIR:
            return None
        further = read_written(ready, written.next_index, today.year, backed=True)
        if further is None or further.month == 0 or further.last_day:
            return None
        month, year, day, end, following = (
            further.month, further.year, further.day, further.end, further.next_index
        )  # fmt: skip
    if year is None:
        reading = days.without_year(month, day, None, today)
        last = reading.day if reading else None
    else:
        last = days.valid_date(year, month, day)
    return (last, end, following) if last else None
