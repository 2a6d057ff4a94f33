"""Weekdays with the words that move them by weeks: "Rabu minggu depan", "next Friday", "Senin ini", "last Thursday"."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from pamit.domain.calendar.grammar import days
from pamit.domain.calendar.grammar.days import Reading
from pamit.domain.calendar.grammar.numeric import figures_value
from pamit.domain.calendar.grammar.scan import Scan, spelled_gap
from pamit.domain.calendar.grammar.words import BLOCKED_BEFORE_WEEKDAY, ENGLISH_SHORT_WEEKDAYS
from pamit.domain.calendar.grammar.written import read_written

__all__ = ["JOIN", "SPAN_JOIN", "WEEKDAY_KINDS", "WeekdayPhrase", "read_week_then_weekday", "read_weekday"]

WEEKDAY_KINDS = frozenset({"weekday", "short_weekday", "sunday_or_week"})
JOIN = re.compile(r"[\s,|/:*_()=·•>.\[-]*(?:the )?")
"""Layout between a weekday and its date."""
SPAN_JOIN = re.compile(
    r"[\s*_]{0,80}(?:-|s/d|sd|s\.d\.?|sampai(?: dengan)?|hingga|to|until|till|through|thru)[\s*_]{0,80}(?:hari"
    r"|tanggal|tgl|the)?[\s.]{0,80}"
)
"""What joins the first and the last day of a span."""

_CLOSE_BEFORE = re.compile(r"\b(?:hari|hr|on|this|next|last|by|until|till|before|coming|jadwal|pada|sampai) $")
_SHIFTED_BEFORE = re.compile(r"\b(?:weeks? (?:from|on|after)|every|first|second|third|fourth) $")
_NTH_AFTER = re.compile(
    r" (?:pertama|kedua|ketiga|keempat|terakhir|ke-?[1-5]|fortnight|week\b"
    r"|of (?:each|every|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
)
"""What makes a weekday another one than the coming: "the first Monday of December", "Friday week"."""
_LIST_GAPS = frozenset({"/", "dan", "atau", "&", ",", "or", "and", ", atau", ", dan", ", or"})
_PAIR_GAPS = frozenset({"-", "/", "dan", "atau", "s/d", "sampai", "&", "hingga", ",", "sd", "s.d."})


class WeekdayPhrase(NamedTuple):
    """A weekday with what modifies it."""

    begin: int
    end: int
    next_index: int
    weekday: int
    reading: Reading


def weekday_value(ready: Scan, index: int) -> int:
    """The weekday of a token, Monday = 0."""
    token = ready.at(index)
    return 6 if token.kind == "sunday_or_week" else token.value


def read_weekday(ready: Scan, index: int, today: date, *, backed: bool = False) -> WeekdayPhrase | None:
    """The weekday at a token with the words before and after it that move it by weeks.

    Args:
        ready: the text.
        index: of the weekday, or of "next" or "this" before it.
        today: the day of writing.
        backed: whether what stands before leaves no doubt that a weekday is meant, so that a short form will do.
    """
    first = ready.at(index)
    position, leading = index, ""
    if first.kind in ("next", "this"):
        if first.word not in ("next", "this"):
            return None
        leading, position = first.word, index + 1
        if ready.at(position).kind == "coming" and ready.gap(index) == " ":
            leading, position = "this", position + 1
        if ready.gap(position - 1) != " ":
            return None
    token = ready.at(position)
    if token.kind not in WEEKDAY_KINDS or (token.kind == "sunday_or_week" and leading):
        return None
    begin = first.begin
    before = ready.at(position - 1)
    if not leading and before.word in ("last", "coming", "upcoming") and ready.gap(position - 1) == " ":
        begin, leading = before.begin, "last" if before.word == "last" else "this"
    if not backed and not _stands(ready, position, today, leading):
        return None
    reading, end, following = _modified(ready, position, today, leading)
    return WeekdayPhrase(begin, end, following, weekday_value(ready, position), reading)


def _stands(ready: Scan, index: int, today: date, leading: str) -> bool:
    """Whether the word is a weekday that names one day; not a name, not "setiap Senin", not "the first Monday of"."""
    token = ready.at(index)
    before = ready.folded[token.begin - 1] if token.begin else " "
    after = ready.folded[token.end : token.end + 1]
    if before.isalnum() or before in "@#\x01" or (after and (after.isalnum() or after in "@_\x01")):
        return False
    leader = ready.at(index - 2) if ready.at(index - 1).kind == "day" else ready.at(index - 1)
    if leader.kind == "every" and token.begin - leader.end <= 6:
        return False
    if ready.word_before(token.begin) in BLOCKED_BEFORE_WEEKDAY:
        return False
    tail = ready.folded[max(0, token.begin - 14) : token.begin]
    if _NTH_AFTER.match(ready.folded, token.end):
        return False
    if leading != "this" and _SHIFTED_BEFORE.search(tail):
        return False
    if token.kind == "weekday" or leading:
        return True
    if token.kind == "sunday_or_week":
        return _minggu_is_sunday(ready, index, today)
    return _short_stands(ready, index, today)


# "by 5pm Wed", "10.30 am on Thu"
_HOUR_BEFORE = re.compile(r"\d ?[ap]\.?m\.?,? (?:on )?$")


_DAY_OF = ("hari", "hr", "dinten", "dina")


def _short_stands(ready: Scan, index: int, today: date) -> bool:
    """Whether a short form is the weekday: a date, an hour or a word like "hari" must stand with it."""
    token, before, follower = ready.at(index), ready.at(index - 1), ready.at(index + 1)
    gap = ready.gap(index)
    if before.kind == "day" and before.word in _DAY_OF and spelled_gap(ready.gap(index - 1)) in ("", ":"):
        return True
    if before.kind in ("figures", "number") and token.word == "min" and ready.gap(index - 1) in (" ", "", "-"):
        return False
    if follower.kind in ("figures", "date_label", "month", "number") and len(gap) <= 20 and JOIN.fullmatch(gap):
        written = read_written(ready, index + 1, today.year, backed=True)
        if written and written.month:
            return True
    if follower.kind == "clock" and gap in (" ", ", ") and token.word != "min":
        return True
    moved = follower.word in ("depan", "ini", "lalu") or (
        follower.kind == "sunday_or_week" and week_shift(ready, index + 1) is not None
    )
    if moved and len(token.word) >= 4 and spelled_gap(gap) == "":
        return True  # "senen depan", "rebo minggu depan"
    if (follower.kind in WEEKDAY_KINDS and SPAN_JOIN.fullmatch(gap) is not None) or (
        before.kind in WEEKDAY_KINDS and SPAN_JOIN.fullmatch(ready.gap(index - 1)) is not None
    ):
        return True
    if token.word not in ENGLISH_SHORT_WEEKDAYS:
        return False
    if not ready.text[token.begin].isupper() and token.word not in ("tue", "tues", "thu", "thur", "thurs", "fri"):
        return False
    return (
        (follower.kind == "at" and gap == " ")
        or _HOUR_BEFORE.search(ready.folded[max(0, token.begin - 9) : token.begin]) is not None
        or (follower.kind == "figures" and gap in (" ", ", "))
        or (follower.kind == "part" and gap == " ")
        or _CLOSE_BEFORE.search(ready.folded[max(0, token.begin - 9) : token.begin]) is not None
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
    if (follower.kind in ("part", "clock", "soon") and gap in ("", ",")) or (follower.kind == "day_word" and gap == ""):
        return True
    if before.kind == "day_word" and gap_before in ("", ",", "("):
        return True
    if follower.kind == "pasaran":
        return True
    if follower.kind in ("figures", "date_label", "number") and JOIN.fullmatch(ready.gap(index)):
        written = read_written(ready, index + 1, today.year, backed=True)
        if written is not None and (written.month > 0 or follower.kind == "date_label"):
            return True
    if before.kind == "weekday" and gap_before in _PAIR_GAPS:
        return True
    # A capital inside a sentence marks the day's name: "sebelum Minggu".
    inside = re.search(r"[a-z,] $", ready.text[max(0, token.begin - 2) : token.begin])
    return ready.text[token.begin : token.begin + 2] == "Mi" and inside is not None


def _modified(ready: Scan, position: int, today: date, leading: str) -> tuple[Reading, int, int]:
    """The weekday's reading with the words around it, its end, and the token after it."""
    token = ready.at(position)
    weekday = weekday_value(ready, position)
    if leading == "last":
        follower = ready.at(position + 1)
        if follower.kind != "week":
            return days.last_weekday(weekday, today), token.end, position + 1
    shift = _weeks_behind(ready, position)
    if not shift and not leading:
        shared = _shared_words(ready, position, weekday, today)
        if shared:
            return shared, token.end, position + 1
    if shift:
        return Reading(days.weekday_in_week(weekday, today, shift[0])), shift[1], shift[2]
    reading = _moved_behind(ready, position, weekday, today)
    if reading:
        return reading, ready.at(position + 1).end, position + 2
    if leading == "next":
        return days.next_weekday(weekday, today), token.end, position + 1
    return days.plain_weekday(weekday, today), token.end, position + 1


def _shared_words(ready: Scan, position: int, weekday: int, today: date) -> Reading | None:
    """What moves another weekday of the same list moves this one too: "Kamis atau Jumat minggu depan"."""
    last = first = position
    while last - position < 4 and _listed(ready, last):
        last += 1
    while position - first < 4 and _listed(ready, first - 1):
        first -= 1
    if last > position:
        shift = _weeks_behind(ready, last)
        if shift:
            return Reading(days.weekday_in_week(weekday, today, shift[0]))
        moving = ready.at(last + 1)
        if moving.word in ("depan", "dpn", "lalu") and spelled_gap(ready.gap(last)) == "":
            return days.last_weekday(weekday, today) if moving.word == "lalu" else days.next_weekday(weekday, today)
    if first < position and ready.at(first - 1).word == "next" and ready.gap(first - 1) == " ":
        return days.next_weekday(weekday, today)
    return None


def _listed(ready: Scan, index: int) -> bool:
    """Whether this token and the next are two weekdays of a list."""
    if ready.at(index).kind not in WEEKDAY_KINDS or ready.at(index + 1).kind not in WEEKDAY_KINDS:
        return False
    return spelled_gap(ready.gap(index)) in _LIST_GAPS


_ENDS = frozenset((",", ".", ";", ")", "\n", "\0"))


def _moved_behind(ready: Scan, position: int, weekday: int, today: date) -> Reading | None:
    """ "Senin depan", "Kamis lalu", "Jumat ini", "Senin kemarin", "Senin besok", "Senin mendatang"."""
    follower, gap = ready.at(position + 1), spelled_gap(ready.gap(position))
    if gap not in ("", "yang", "yg", "yang akan", "yg akan"):
        return None
    if follower.kind == "next" and follower.word != "next":
        return days.next_weekday(weekday, today)
    if (follower.kind == "last" and follower.word != "last") or (follower.kind == "day_word" and follower.value == -1):
        return days.last_weekday(weekday, today) if follower.word != "yesterday" else None
    if follower.word == "next" and ready.gap(position) == " " and ready.gap(position + 1)[:1] in _ENDS:
        return days.next_weekday(weekday, today)  # "on Tuesday next, the 24th"
    if follower.kind == "day_word" and follower.value == 1 and gap == "":
        return Reading(days.coming_weekday(weekday, today))
    if follower.kind in ("coming", "soon") or follower.word in ("ini", "datang"):
        return days.plain_weekday(weekday, today)
    return None


def _weeks_behind(ready: Scan, position: int) -> tuple[int, int, int] | None:
    """The weeks that stand behind a weekday: "minggu depan", "of next week", "dua minggu lagi"."""
    follower, beyond = ready.at(position + 1), ready.at(position + 2)
    gap = spelled_gap(ready.gap(position))
    if gap not in ("", "of", "di", "pada", ",", "("):
        return None
    if follower.kind in ("sunday_or_week", "week"):
        return week_shift(ready, position + 1)
    if follower.word in ("next", "this", "last") and beyond.kind == "week" and ready.gap(position + 1) == " ":
        return {"next": 1, "this": 0, "last": -1}[follower.word], beyond.end, position + 3
    if follower.kind in ("figures", "number") and beyond.kind in ("sunday_or_week", "week"):
        weeks, last = figures_value(follower), ready.at(position + 3)
        if weeks and weeks <= 9 and last.kind == "again" and ready.gap(position + 2) == " ":
            return weeks, last.end, position + 4
    return None


def week_shift(ready: Scan, index: int) -> tuple[int, int, int] | None:
    """ "minggu depan", "pekan ini", "next week": how many weeks from this one, the end, the token after it."""
    token, follower = ready.at(index), ready.at(index + 1)
    if token.word in ("next", "this") and follower.word == "week" and ready.gap(index) == " ":
        return (1 if token.word == "next" else 0), follower.end, index + 2
    if token.kind not in ("sunday_or_week", "week") or spelled_gap(ready.gap(index)) != "":
        return None
    weeks = {"depan": 1, "dpn": 1, "ini": 0, "lalu": -1}.get(follower.word)
    return None if weeks is None else (weeks, follower.end, index + 2)


def read_week_then_weekday(ready: Scan, index: int, today: date) -> WeekdayPhrase | None:
    """ "minggu depan hari Rabu", "next week, on Wednesday"."""
    week = week_shift(ready, index)
    if week is None:
        return None
    weeks, end, position = week
    if ready.at(position).kind == "day" and ready.at(position).word in ("hari", "hr"):
        position += 1
    token = ready.at(position)
    if token.kind != "weekday" and not (token.kind == "sunday_or_week" and ready.at(position - 1).kind == "day"):
        return None
    between = spelled_gap(ready.folded[end : token.begin]).strip(" ,(")
    if between not in ("", "hari", "hr", "on", "pada hari", "di hari", "tepatnya hari", "yaitu hari"):
        return None
    weekday = weekday_value(ready, position)
    reading = Reading(days.weekday_in_week(weekday, today, weeks))
    return WeekdayPhrase(ready.at(index).begin, token.end, position + 1, weekday, reading)
