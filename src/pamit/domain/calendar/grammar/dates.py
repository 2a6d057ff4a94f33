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
from pamit.domain.calendar.grammar.relative import read_counted
from pamit.domain.calendar.grammar.scan import Scan, scan
from pamit.domain.calendar.grammar.words import BLOCKED_BEFORE_WEEKDAY, ENGLISH_SHORT_WEEKDAYS
from pamit.domain.calendar.grammar.written import Written, read_written, spelled_gap

__all__ = ["find_dates"]

_MOST = 400
"""No text names more days than this; the rest of what does is noise."""

_STARTERS = frozenset({
    "figures", "number", "ordinal", "month", "date_label", "day_word", "tonight", "day", "soon", "earlier", "part",
    "this", "one_week", "week", "weekday", "short_weekday", "sunday_or_week", "next",
})  # fmt: skip
_JOIN = re.compile(r"[\s,|/:*_()=·•>~.\[-]*(?:the )?")
_SPAN_JOIN = re.compile(
    r"[\s*_]*(?:-|s/d|sd|s\.d\.?|sampai(?: dengan)?|hingga|to|until|till|through|thru)[\s*_]*(?:hari|tanggal|tgl)?[\s.]*"
)
_DATE_SHAPE = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2,4}|[0-9]{1,2}/[0-9]{1,2}")
_MOVED = re.compile(r"\b(?:mov|resched|chang|postpon|push|shift|delay|diundur|dipindah|pindah|diubah|digeser|geser|dimajukan|majukan|undur)")
_CLOSE_BEFORE = re.compile(r"\b(?:hari|hr|on|this|next|last|by|until|till|before|coming|every|jadwal|pada|sampai) $")


class _Found(NamedTuple):
    """A mention with the index of the token after it."""

    mention: DateMention
    next_index: int


class _WeekdayPhrase(NamedTuple):
    """A weekday with what modifies it: "Rabu minggu depan", "next Friday"."""

    begin: int
    end: int
    next_index: int
    weekday: int
    reading: Reading
    modified: bool


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
    index = 0
    tokens = ready.tokens
    count = len(tokens)
    while index < count and len(found) < _MOST:
        if tokens[index].kind in _STARTERS:
            one = _read(ready, index, today)
            if one and (not found or one.mention.begin >= found[-1].end):
                found.append(_closed(ready, one.mention))
                index = max(one.next_index, index + 1)
                continue
        index += 1
    return tuple(_joined_spans(ready, found, today))


def _closed(ready: Scan, mention: DateMention) -> DateMention:
    """The mention with the bracket that closes it."""
    inside = ready.folded[mention.begin : mention.end]
    if "(" in inside and ")" not in inside and ready.folded[mention.end : mention.end + 1] == ")":
        return replace(mention, end=mention.end + 1)
    return mention


def _read(ready: Scan, index: int, today: date) -> _Found | None:
    kind = ready.tokens[index].kind
    if kind in ("weekday", "short_weekday", "sunday_or_week", "next", "this"):
        phrase = _weekday_phrase(ready, index, today)
        if phrase:
            return _weekday(ready, phrase, today)
        if kind != "this":
            return _week_then_weekday(ready, index, today)
    if kind in ("week", "sunday_or_week"):
        return _week_then_weekday(ready, index, today) or _counted(ready, index, today)
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
    """A written date with its weekday, which may also follow it in brackets."""
    end, following = written.end, written.next_index
    if weekday is None:
        trailing = _trailing_weekday(ready, following, end)
        if trailing is not None:
            weekday = ready.at(following).value
            end, following = trailing, following + 1
    reading = _resolve(written, weekday, today)
    if reading is None:
        return None
    until = None
    if written.last_day and reading.day:
        until = days.valid_date(reading.day.year, reading.day.month, written.last_day)
        if until is None:
            return None
    mention = DateMention(
        begin, end, reading.day, weekday, written.form, reading.candidates, reading.contradicts, until
    )
    return _Found(mention, following)


def _trailing_weekday(ready: Scan, index: int, end: int) -> int | None:
    """Where a weekday behind a date ends: "14-10-2026 (rabu)", "26 Nov 2026, Kamis"."""
    token = ready.at(index)
    if token.kind not in ("weekday", "short_weekday", "sunday_or_week"):
        return None
    gap = ready.folded[end : token.begin]
    if gap.strip() == "(" and "\n" not in gap:
        closing = ready.folded[token.end : token.end + 1]
        return token.end + 1 if closing == ")" else None
    if gap in (", ", ",") and token.kind == "weekday":
        follower = ready.gap(index)
        if follower[:1] in ("\0", "\n", ".", ")") or ready.at(index + 1).kind in ("clock", "at"):
            return token.end
    return None


def _counted(ready: Scan, index: int, today: date) -> _Found | None:
    """ "besok", and what else is said of the same day beside it: "besok (Kamis, 26/11)"."""
    counted = read_counted(ready, index)
    if counted is None:
        return None
    day = days.shifted(today, counted.days)
    if day is None:
        return None
    plain = _Found(
        DateMention(counted.begin, counted.end, day, None, "relative"),
        counted.next_index,
    )
    beside = counted.next_index
    if ready.at(beside).kind == "this" or ready.at(beside).kind == "part":
        beside += 1
    if ready.at(beside).kind == "day" and ready.at(beside).word in ("hari", "hr"):
        beside += 1
    token = ready.at(beside)
    if token.kind not in ("weekday", "short_weekday", "sunday_or_week", "figures", "date_label"):
        return plain
    gap = ready.folded[counted.end : token.begin]
    if len(gap) > 14 or not _beside(gap):
        return plain
    if token.kind in ("figures", "date_label"):
        written = read_written(ready, beside, today.year, backed=True)
        second = _settled(ready, written, None, written.begin, today) if written else None
    else:
        second = _weekday_beside(ready, beside, today)
    if second is None:
        return plain
    if second.mention.form == "weekday" and "," in gap and second.mention.stated_weekday != day.weekday():
        return plain  # a list of days: "besok, Jumat atau Senin"
    return _agreed(counted.begin, day, second)


def _beside(gap: str) -> bool:
    """Whether nothing but signs, a part of the day or "hari" stands between two names of one day."""
    return spelled_gap(gap).strip(" ,(:/-") in ("", "hari", "hr", "ini", "pagi", "siang", "sore", "malam") and "\n" not in gap


def _weekday_beside(ready: Scan, index: int, today: date) -> _Found | None:
    phrase = _weekday_phrase(ready, index, today, backed=True)
    return _weekday(ready, phrase, today) if phrase else None


def _agreed(begin: int, day: date, second: _Found) -> _Found:
    """One mention of two names for a day; two candidates where they name different days."""
    other = second.mention
    form: DateForm = "relative" if other.form == "weekday" else other.form
    agrees = other.day == day or (other.day is None and not other.contradicts and day in other.candidates)
    if other.form == "weekday":
        agrees = other.stated_weekday == day.weekday()
    if agrees:
        return second._replace(mention=replace(other, begin=begin, day=day, form=form, candidates=()))
    candidates = tuple(dict.fromkeys((day, *([other.day] if other.day else other.candidates))))
    mention = replace(other, begin=begin, day=None, form=form, candidates=candidates, contradicts=True, until=None)
    return second._replace(mention=mention)


def _weekday(ready: Scan, phrase: _WeekdayPhrase, today: date) -> _Found | None:
    """A weekday phrase alone, or with the date that stands beside it, over layout and labels."""
    written = _date_beside(ready, phrase, today)
    if written:
        found = _settled(ready, written, phrase.weekday, phrase.begin, today)
        if found:
            return found
    if _broken_date_beside(ready, phrase):
        return None
    reading = phrase.reading
    mention = DateMention(
        phrase.begin, phrase.end, reading.day, phrase.weekday, "weekday", reading.candidates, reading.contradicts
    )
    return _Found(mention, phrase.next_index)


def _broken_date_beside(ready: Scan, phrase: _WeekdayPhrase) -> bool:
    """Whether what stands beside the weekday is a date that the calendar does not have: "Kamis, 31 Februari"."""
    token = ready.at(phrase.next_index)
    gap = ready.folded[phrase.end : token.begin]
    if token.kind != "figures" or len(gap) > 12 or not _JOIN.fullmatch(gap):
        return False
    if token.word.isdigit() and len(token.word) <= 2:
        return ready.at(phrase.next_index + 1).kind == "month" and ready.gap(phrase.next_index) in (" ", "")
    return _DATE_SHAPE.fullmatch(token.word) is not None


def _date_beside(ready: Scan, phrase: _WeekdayPhrase, today: date) -> Written | None:
    index = phrase.next_index
    end = phrase.end
    newlines = 1
    if ready.at(index).kind == "pasaran":
        if not _JOIN.fullmatch(ready.folded[end : ready.at(index).begin]):
            return None
        end, index = ready.at(index).end, index + 1
    token = ready.at(index)
    if token.kind == "day" and token.word in ("hari", "day") and ready.at(index + 1).kind == "date_label":
        index, token = index + 1, ready.at(index + 1)
    if token.kind == "part" and spelled_gap(ready.folded[end : token.begin]) == "":
        end, index = token.end, index + 1
        token = ready.at(index)
    if token.kind == "date_label":
        newlines = 2
    gap = ready.folded[end : token.begin]
    if token.kind == "stop" or len(gap) > 60 or gap.count("\n") > newlines:
        return None
    if not _JOIN.fullmatch(gap) or re.search(r"[.:]\s*\n", gap) or (gap.startswith(". ") and phrase.end - phrase.begin > 5):
        return None
    return read_written(ready, index, today.year, backed=True)


def _weekday_phrase(ready: Scan, index: int, today: date, *, backed: bool = False) -> _WeekdayPhrase | None:
    """The weekday at a token with the words before and after it that move it by weeks."""
    first = ready.at(index)
    begin, position, leading = first.begin, index, ""
    if first.kind in ("next", "this"):
        if first.word not in ("next", "this"):
            return None
        leading, position = first.word, index + 1
        if ready.at(position).kind == "coming" and ready.gap(index) == " ":
            leading, position = "this", position + 1
        if ready.gap(position - 1) != " ":
            return None
    token = ready.at(position)
    if token.kind not in ("weekday", "short_weekday", "sunday_or_week"):
        return None
    begin = _leading_word(ready, begin, position) if not leading else begin
    if not leading and begin != first.begin:
        leading = "last" if ready.folded[begin : begin + 4] == "last" else "this"
    if ready.at(position - 1).kind == "every" and spelled_gap(ready.gap(position - 1)) in ("", "hari"):
        return None
    if token.kind != "weekday" and not backed and not leading and not _short_stands(ready, position, today):
        return None
    if token.kind == "sunday_or_week" and leading in ("next", "this"):
        return None
    if ready.word_before(token.begin) in BLOCKED_BEFORE_WEEKDAY or not _whole_word(ready, position):
        return None
    reading, end, following = _modified(ready, position, today, leading)
    return _WeekdayPhrase(begin, end, following, token.value if token.kind != "sunday_or_week" else 6, reading,
                          bool(leading) or end != token.end)  # fmt: skip


def _leading_word(ready: Scan, begin: int, position: int) -> int:
    """Where "last" or "coming" before a weekday begins, else the weekday itself."""
    before = ready.at(position - 1)
    if before.word in ("last", "coming", "upcoming") and ready.gap(position - 1) == " ":
        return before.begin
    return begin


def _whole_word(ready: Scan, index: int) -> bool:
    token = ready.at(index)
    before = ready.folded[token.begin - 1] if token.begin else " "
    after = ready.folded[token.end : token.end + 1]
    return not (before.isalnum() or before in "@#~") and not (after and (after.isalnum() or after in "@_"))


def _short_stands(ready: Scan, index: int, today: date) -> bool:
    """Whether a short form, or "minggu", is the weekday: a date, an hour or a word like "hari" must stand with it."""
    token = ready.at(index)
    before = ready.at(index - 1)
    if token.kind == "sunday_or_week":
        return _minggu_is_sunday(ready, index, today)
    if before.kind == "day" and before.word in ("hari", "hr") and spelled_gap(ready.gap(index - 1)) in ("", ":"):
        return True
    if before.kind in ("figures", "number") and token.word == "min" and ready.gap(index - 1) in (" ", "", "-"):
        return False
    follower, gap = ready.at(index + 1), ready.gap(index)
    if follower.kind in ("figures", "date_label", "month", "number") and len(gap) <= 20 and _JOIN.fullmatch(gap):
        written = read_written(ready, index + 1, today.year, backed=True)
        if written and written.month:
            return True
    if follower.kind in ("clock",) and gap in (" ", ", ") and token.word != "min":
        return True
    if token.word not in ENGLISH_SHORT_WEEKDAYS:
        return False
    capital = ready.text[token.begin].isupper()
    if (capital or token.word in ("tue", "tues", "thu", "thur", "thurs", "fri")) and (
        _CLOSE_BEFORE.search(ready.folded[max(0, token.begin - 9) : token.begin])
        or (follower.kind == "at" and gap == " ")
        or (follower.kind == "figures" and gap in (" ", ", "))
        or (follower.kind == "part" and gap == " ")
    ):
        return True
    others = ("weekday", "short_weekday")
    return (follower.kind in others and _SPAN_JOIN.fullmatch(gap) is not None) or (
        before.kind in others and _SPAN_JOIN.fullmatch(ready.gap(index - 1)) is not None
    )


def _minggu_is_sunday(ready: Scan, index: int, today: date) -> bool:
    """ "minggu" means a week where it is counted or moved, and Sunday where a day or an hour stands with it."""
    token, before, follower = ready.at(index), ready.at(index - 1), ready.at(index + 1)
    gap_before, gap = spelled_gap(ready.gap(index - 1)), spelled_gap(ready.gap(index))
    if before.kind in ("figures", "number") and gap_before == "":
        return False
    if before.kind == "day" and before.word in ("hari", "hr") and gap_before in ("", ":"):
        return True
    if follower.kind in ("next", "this", "last", "coming", "again") and gap in ("", "yang"):
        return False
    if follower.kind in ("part", "clock", "soon") and gap in ("", ","):
        return True
    if follower.kind == "day_word" and gap == "":
        return True
    if before.kind == "day_word" and gap_before in ("", ",", "("):
        return True
    if follower.kind in ("figures", "date_label", "number", "pasaran") and _JOIN.fullmatch(ready.gap(index)):
        if follower.kind == "pasaran":
            return True
        written = read_written(ready, index + 1, today.year, backed=True)
        if written is not None and (written.month > 0 or follower.kind == "date_label"):
            return True
    if before.kind == "weekday" and gap_before in ("-", "/", "dan", "atau", "s/d", "sampai", "&", "hingga", ","):
        return True
    # A capital inside a sentence marks the day's name: "sebelum Minggu".
    inside = re.search(r"[a-z,] $", ready.text[max(0, token.begin - 2) : token.begin])
    return ready.text[token.begin : token.begin + 2] == "Mi" and inside is not None


def _modified(ready: Scan, position: int, today: date, leading: str) -> tuple[Reading, int, int]:
    """The weekday's reading with the words around it, its end, and the token after it."""
    token = ready.at(position)
    weekday = 6 if token.kind == "sunday_or_week" else token.value
    follower, gap = ready.at(position + 1), spelled_gap(ready.gap(position))
    end, following = token.end, position + 2
    if leading == "last":
        return days.last_weekday(weekday, today), end, position + 1
    beyond = ready.at(position + 2)
    if follower.kind in ("sunday_or_week", "week") and gap in ("", "of"):
        week = _week_shift(ready, position + 1)
        if week is not None:
            return _in_week(weekday, today, week[0]), week[1], week[2]
    if follower.word in ("next", "this", "last") and beyond.kind == "week" and gap in ("", "of") and ready.gap(position + 1) == " ":
        weeks = {"next": 1, "this": 0, "last": -1}[follower.word]
        return _in_week(weekday, today, weeks), beyond.end, position + 3
    if gap in ("", "yang", "yg", "yang akan"):
        if follower.kind == "next":
            if follower.word != "next":
                return days.next_weekday(weekday, today), follower.end, following
        elif (follower.kind == "last" and follower.word != "last") or (follower.kind == "day_word" and follower.value == -1 and follower.word != "yesterday"):
            return days.last_weekday(weekday, today), follower.end, following
        elif follower.kind == "day_word" and follower.value == 1 and gap == "":
            coming = days.coming_weekday(weekday, today)
            return Reading(coming), follower.end, following
        elif follower.kind in ("coming", "soon") or (follower.kind == "this" and follower.word == "ini"):
            return days.plain_weekday(weekday, today), follower.end, following
    if leading == "next":
        return days.next_weekday(weekday, today), end, position + 1
    return days.plain_weekday(weekday, today), end, position + 1


def _in_week(weekday: int, today: date, weeks: int) -> Reading:
    return Reading(days.weekday_in_week(weekday, today, weeks))


def _week_shift(ready: Scan, index: int) -> tuple[int, int, int] | None:
    """ "minggu depan", "pekan ini", "next week": how many weeks from this one, the end, the token after it."""
    token, follower = ready.at(index), ready.at(index + 1)
    if token.word == "next" and follower.word == "week" and ready.gap(index) == " ":
        return 1, follower.end, index + 2
    if token.word == "this" and follower.word == "week" and ready.gap(index) == " ":
        return 0, follower.end, index + 2
    if token.kind not in ("sunday_or_week", "week") or spelled_gap(ready.gap(index)) != "":
        return None
    if follower.word in ("depan", "dpn"):
        weeks = 1
    elif follower.word == "ini":
        weeks = 0
    elif follower.word == "lalu":
        weeks = -1
    else:
        return None
    return weeks, follower.end, index + 2


def _week_then_weekday(ready: Scan, index: int, today: date) -> _Found | None:
    """ "minggu depan hari Rabu", "next week, on Wednesday"."""
    week = _week_shift(ready, index)
    if week is None:
        return None
    weeks, end, position = week
    if ready.at(position).kind == "day" and ready.at(position).word in ("hari", "hr"):
        position += 1
    token = ready.at(position)
    if token.kind != "weekday" and not (token.kind == "sunday_or_week" and ready.at(position - 1).kind == "day"):
        return None
    if spelled_gap(ready.folded[end : token.begin]).strip(" ,") not in ("", "hari", "hr", "on", "pada hari", "di hari", "on the"):
        return None
    weekday = 6 if token.kind == "sunday_or_week" else token.value
    phrase = _WeekdayPhrase(ready.at(index).begin, token.end, position + 1, weekday, _in_week(weekday, today, weeks), True)
    return _weekday(ready, phrase, today)


def _joined_spans(ready: Scan, found: list[DateMention], today: date) -> list[DateMention]:
    """Two days with "to" between them as one span: "30 Nov – 2 Des", "Mon to Wed"."""
    joined: list[DateMention] = []
    for mention in found:
        last = joined[-1] if joined else None
        span = _span(ready, last, mention, today) if last else None
        if span:
            joined[-1] = span
        else:
            joined.append(mention)
    return joined


def _span(ready: Scan, first: DateMention, second: DateMention, today: date) -> DateMention | None:
    gap = ready.folded[first.end : second.begin]
    if len(gap) > 24 or first.until or second.until or not first.day or not _SPAN_JOIN.fullmatch(gap):
        return None
    last = second.day
    if second.form == "weekday" and second.stated_weekday is not None:
        last = days.coming_weekday(second.stated_weekday, first.day)
    if not last:
        return None
    begin = first.day
    if first.form == "no_year" and second.form in ("absolute", "numeric") and first.stated_weekday is None:
        earlier = [d for y in (last.year, last.year - 1) if (d := days.valid_date(y, begin.month, begin.day)) and d < last]
        begin = earlier[0] if earlier else begin
    if not begin < last or (last - begin).days > 62:
        return None
    if "to" in gap and _MOVED.search(ready.folded[max(0, first.begin - 80) : first.begin]):
        return None
    return replace(first, end=second.end, day=begin, until=last)


