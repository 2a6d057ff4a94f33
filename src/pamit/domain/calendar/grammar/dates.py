"""Find the days that a text names, in Indonesian and English, and settle which day of the calendar each means.

What is only half read is refused: a date that the calendar does not have, a street or a school named after a day, a
number that belongs to an amount, an address, a letter's reference or a code gives no mention at all.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from pamit.domain.calendar.grammar import days
from pamit.domain.calendar.grammar.days import Reading
from pamit.domain.calendar.grammar.mentions import DateForm, DateMention
from pamit.domain.calendar.grammar.numeric import Written
from pamit.domain.calendar.grammar.relative import read_counted
from pamit.domain.calendar.grammar.scan import Scan, scan, spelled_gap
from pamit.domain.calendar.grammar.spans import join_spans, read_weekday_pair
from pamit.domain.calendar.grammar.weekdays import (
    JOIN,
    WEEKDAY_KINDS,
    WeekdayPhrase,
    read_week_then_weekday,
    read_weekday,
    weekday_value,
)
from pamit.domain.calendar.grammar.written import read_written

__all__ = ["find_dates"]

_MOST = 400
"""No text names more days than this; the rest of what does is noise."""

_STARTERS = frozenset({
    "figures", "number", "ordinal", "month", "date_label", "day_word", "tonight", "day", "soon", "earlier", "part",
    "this", "one_week", "week", "weekday", "short_weekday", "sunday_or_week", "next",
})  # fmt: skip
_DATE_SHAPE = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2,4}|[0-9]{1,2}/[0-9]{1,2}")
_DAY_DASH_MONTH = re.compile(r"([0-9]{1,2})-([0-9]{1,2})")


class _Found(NamedTuple):
    """A mention with the index of the token after it."""

    mention: DateMention
    next_index: int


def find_dates(text: str, now: datetime) -> tuple[DateMention, ...]:
    """The days named in a text, in order, without overlap.

    A date without a year is the one within the last ninety days, or the coming one; a weekday written with it decides.
    A weekday that contradicts its date leaves ``day`` None with both candidates. "Senin depan" and "next Monday" have two
    candidates where the coming Monday and the Monday of next week differ; so has a weekday alone on that very weekday.

    Args:
        text: plain text; offsets of the mentions are its characters.
        now: aware; the moment of writing, in the writer's zone.

    >>> from datetime import UTC
    >>> [mention.day for mention in find_dates("besok, Rabu 25 Nov", datetime(2026, 11, 24, 9, tzinfo=UTC))]
    [datetime.date(2026, 11, 25)]
    """
    ready = scan(text)
    today = now.date()
    found: list[DateMention] = []
    index, last_end = 0, 0
    tokens = ready.tokens
    count = len(tokens)
    while index < count and len(found) < _MOST:
        one = _read(ready, index, today) if tokens[index].kind in _STARTERS else None
        if one and one.mention.begin >= last_end:
            found.append(_closed(ready, one.mention))
            last_end = found[-1].end
            index = max(one.next_index, index + 1)
        else:
            index += 1
    return tuple(join_spans(ready, found)) if len(found) > 1 else tuple(found)


def _closed(ready: Scan, mention: DateMention) -> DateMention:
    """The mention with the bracket that closes it."""
    inside = ready.folded[mention.begin : mention.end]
    if "(" in inside and ")" not in inside and ready.folded[mention.end : mention.end + 1] == ")":
        return replace(mention, end=mention.end + 1)
    return mention


def _read(ready: Scan, index: int, today: date) -> _Found | None:
    kind = ready.tokens[index].kind
    if kind in ("weekday", "short_weekday"):
        pair = read_weekday_pair(ready, index, today)
        if pair:
            return _Found(*pair)
    if kind in WEEKDAY_KINDS or kind in ("next", "this"):
        phrase = read_weekday(ready, index, today)
        if phrase:
            return _weekday(ready, phrase, today)
    if kind in ("week", "sunday_or_week", "next", "this"):
        later = read_week_then_weekday(ready, index, today)
        if later:
            return _weekday(ready, later, today)
    if kind in ("weekday", "short_weekday", "next"):
        return None
    counted = _counted(ready, index, today)
    if counted:
        return counted
    written = read_written(ready, index, today.year, backed=False)
    return _settled(ready, written, None, written.begin, today) if written else None


def _resolve(written: Written, weekday: int | None, today: date) -> Reading | None:
    if written.month == 0:
        return days.day_of_month(written.day, weekday, today, written.month_shift)
    if written.year is None:
        return days.without_year(written.month, written.day, weekday, today)
    day = days.valid_date(written.year, written.month, written.day)
    return days.with_weekday(day, weekday, today) if day else None


def _settled(ready: Scan, written: Written, weekday: int | None, begin: int, today: date) -> _Found | None:
    """A written date with its weekday, which may also follow it."""
    end, following = written.end, written.next_index
    if weekday is None:
        trailing = _trailing_weekday(ready, following, end, today)
        if trailing:
            weekday, end, following = trailing
    reading = _resolve(written, weekday, today)
    if reading is None:
        return None
    until = None
    if written.last_day and reading.day:
        until = days.valid_date(reading.day.year, reading.day.month, written.last_day)
        if until is None:
            return None
    mention = DateMention(begin, end, reading.day, weekday, written.form, reading.candidates, reading.contradicts, until)
    return _Found(mention, following)


def _trailing_weekday(ready: Scan, index: int, end: int, today: date) -> tuple[int, int, int] | None:
    """A weekday behind its date, with its end and the token after it.

    "14-10-2026 (rabu)", "26 Nov 2026, Kamis", and a form that asks for the date first and the weekday below it.
    """
    labelled = ready.at(index).kind == "day" and ready.at(index).word in ("hari", "hr", "day")
    position = index + 1 if labelled else index
    token = ready.at(position)
    if token.kind not in WEEKDAY_KINDS or token.begin - end > 40:
        return None
    gap = ready.folded[end : token.begin]
    value = weekday_value(ready, position)
    if gap.strip() == "(" and "\n" not in gap:
        return (value, token.end + 1, position + 1) if ready.folded[token.end : token.end + 1] == ")" else None
    follower, after = ready.at(position + 1), ready.gap(position)
    if labelled:
        if not re.fullmatch(r"[\s|,*:=./-]*(?:hari|hr|day)[\s|*:=.]*", gap) or gap.count("\n") > 1:
            return None
    elif token.kind != "weekday" or gap not in (", ", ",", " - ", " | ", " / ", "/"):
        return None
    elif gap[0] == ",":
        ends = after[:1] in "\0\n.;)" or follower.kind in ("clock", "at") or _hour(follower.word)
        if not ends:
            return None
    if follower.kind in ("figures", "date_label", "month") and len(after) <= 12 and "\n" not in after and JOIN.fullmatch(after):
        own = read_written(ready, position + 1, today.year, backed=True)
        if own is not None:
            return None
    return value, token.end, position + 1


def _hour(word: str) -> bool:
    return re.fullmatch(r"[0-9]{1,2}[.:][0-9]{2}(?:-.*)?", word) is not None


# Javanese: "besuk Kemis" is the coming Thursday, whichever day that is; alone it is tomorrow.
_COMING_DAY = frozenset({"besuk", "mbesuk", "mbesok"})


def _counted(ready: Scan, index: int, today: date) -> _Found | None:
    """ "besok", and what else is said of the same day beside it: "besok (Kamis, 26/11)"."""
    counted = read_counted(ready, index)
    day = days.shifted(today, counted.days) if counted else None
    if counted is None or day is None:
        return None
    plain = _Found(DateMention(counted.begin, counted.end, day, None, "relative"), counted.next_index)
    beside = counted.next_index
    if ready.at(beside).kind in ("this", "part"):
        beside += 1
    if ready.at(beside).kind == "day" and ready.at(beside).word in ("hari", "hr"):
        beside += 1
    token = ready.at(beside)
    if token.kind not in WEEKDAY_KINDS and token.kind not in ("figures", "date_label"):
        return plain
    gap = ready.folded[counted.end : token.begin]
    if len(gap) > 14 or "\n" in gap or not _beside(gap):
        return plain
    second: _Found | None = None
    if token.kind in ("figures", "date_label"):
        written = read_written(ready, beside, today.year, backed=True)
        if written and written.month == 0 and written.day == day.day:
            mention = DateMention(counted.begin, written.end, day, None, "relative")
            return _Found(mention, written.next_index)  # "kemarin tgl 24"
        if written:
            second = _settled(ready, written, None, written.begin, today)
    else:
        phrase = read_weekday(ready, beside, today, backed=True)
        second = _weekday(ready, phrase, today) if phrase else None
    if second is None:
        return plain
    if token.kind in WEEKDAY_KINDS and ready.tokens[index].word in _COMING_DAY and second.mention.form == "weekday":
        return second._replace(mention=replace(second.mention, begin=counted.begin))
    if second.mention.form == "weekday" and "," in gap and second.mention.stated_weekday != day.weekday():
        return plain  # a list of days: "besok, Jumat atau Senin"
    return _agreed(counted.begin, day, second)


def _beside(gap: str) -> bool:
    """Whether nothing but signs, a part of the day or "hari" stands between two names of one day."""
    return spelled_gap(gap).replace(",", "").strip(" (:/-") in (
        "",
        "hari",
        "hr",
        "ini",
        "pagi",
        "siang",
        "sore",
        "malam",
        "the",
    )


def _agreed(begin: int, day: date, second: _Found) -> _Found:
    """One mention of two names for a day; two candidates where they name different days."""
    other = second.mention
    form: DateForm = "relative" if other.form == "weekday" else other.form
    if other.form == "weekday":
        agrees = other.stated_weekday == day.weekday()
    else:
        agrees = other.day == day
    if agrees:
        return second._replace(mention=replace(other, begin=begin, day=day, form=form, candidates=()))
    candidates = tuple(dict.fromkeys((day, *([other.day] if other.day else other.candidates))))
    mention = replace(other, begin=begin, day=None, form=form, candidates=candidates, contradicts=True, until=None)
    return second._replace(mention=mention)


def _weekday(ready: Scan, phrase: WeekdayPhrase, today: date) -> _Found | None:
    """A weekday phrase alone, or with the date that stands beside it, over layout and labels."""
    written = _date_beside(ready, phrase, today)
    if written:
        found = _settled(ready, written, phrase.weekday, phrase.begin, today)
        if found:
            return found
    if _broken_date_beside(ready, phrase):
        return None
    reading = phrase.reading
    if reading.day and _eve(ready, phrase):
        before = days.shifted(reading.day, -1)
        reading = Reading(None, (before, reading.day)) if before else reading
    mention = DateMention(
        phrase.begin, phrase.end, reading.day, phrase.weekday, "weekday", reading.candidates, reading.contradicts
    )
    return _Found(mention, phrase.next_index)


def _eve(ready: Scan, phrase: WeekdayPhrase) -> bool:
    """Whether "malam" stands before the weekday: "malam Jumat" is mostly the evening that leads into it."""
    if ready.folded[max(0, phrase.begin - 6) : phrase.begin] != "malam ":
        return False
    for back in (2, 3):
        token = ready.at(phrase.next_index - back - 1)
        if token.end > phrase.begin or token.kind == "part":
            continue
        return token.kind not in ("figures", "number", "soon", "day_word", "zone") or phrase.begin - token.end > 8
    return True


def _broken_date_beside(ready: Scan, phrase: WeekdayPhrase) -> bool:
    """Whether what stands beside the weekday is a date that the calendar does not have: "Kamis, 31 Februari"."""
    index, end = phrase.next_index, phrase.end
    if ready.at(index).kind == "date_label" and JOIN.fullmatch(ready.folded[end : ready.at(index).begin]):
        index, end = index + 1, ready.at(index).end
    token = ready.at(index)
    gap = ready.folded[end : token.begin]
    if token.kind != "figures" or len(gap) > 24 or not JOIN.fullmatch(gap) or gap.count("\n") > 1:
        return False
    if token.word.isdigit() and len(token.word) <= 2:
        return ready.at(index + 1).kind == "month" and ready.gap(index) in (" ", "")
    return _DATE_SHAPE.fullmatch(token.word) is not None


def _date_beside(ready: Scan, phrase: WeekdayPhrase, today: date) -> Written | None:
    """The date that a weekday stands with: "Rabu / 4 November", or in the next line or cell of a form."""
    index, end, newlines = phrase.next_index, phrase.end, 1
    if ready.at(index).kind == "pasaran":
        if not JOIN.fullmatch(ready.folded[end : ready.at(index).begin]):
            return None
        end, index = ready.at(index).end, index + 1
    if ready.at(index).kind == "part" and spelled_gap(ready.folded[end : ready.at(index).begin]) == "":
        end, index = ready.at(index).end, index + 1
    token = ready.at(index)
    if token.kind == "date_label":
        newlines = 2
    gap = ready.folded[end : token.begin]
    if token.kind == "stop" or len(gap) > 60 or gap.count("\n") > newlines or not JOIN.fullmatch(gap):
        return None
    if re.search(r"[.:]\s*\n", gap) or (gap.startswith(". ") and ready.at(phrase.next_index - 1).kind == "weekday"):
        return None  # the end of a sentence
    written = read_written(ready, index, today.year, backed=True)
    if written is None and token.kind == "figures":
        return _dashed(ready, index, phrase.weekday, today)
    return written


def _dashed(ready: Scan, index: int, weekday: int, today: date) -> Written | None:
    """ "Senin 7-12": the seventh of December if that is a Monday; otherwise a span of hours or days."""
    token = ready.at(index)
    match = _DAY_DASH_MONTH.fullmatch(token.word)
    if not match or not ready.ends_clean(index) or ready.at(index + 1).kind in ("month", "meridiem", "zone", "part"):
        return None
    day, month = int(match[1]), int(match[2])
    reading = days.without_year(month, day, None, today) if 1 <= month <= 12 else None
    if reading is None or reading.day is None or reading.day.weekday() != weekday:
        return None
    return Written(token.begin, token.end, index + 1, day, month, None, None, "numeric")
