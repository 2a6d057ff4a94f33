"""Find the clock times and spans of hours that a text names, in Indonesian and English."""

from __future__ import annotations

import re
from datetime import time
from typing import NamedTuple

from pamit.domain.calendar.grammar.clock import Clock, hour_of_day, read_clock
from pamit.domain.calendar.grammar.clock_zone import label_zone
from pamit.domain.calendar.grammar.mentions import TimeMention
from pamit.domain.calendar.grammar.scan import Scan, scan, spelled_gap
from pamit.domain.calendar.grammar.words import (
    BLOCKED_AFTER_NUMBER,
    BLOCKED_BEFORE_BARE,
    BLOCKED_BEFORE_NUMBER,
    EVENING,
    MORNING,
)

__all__ = ["find_times"]

_MOST = 400
"""No text names more hours than this; the rest of what does is noise."""

_SPAN = re.compile(
    r"[ *_)]{0,3}(?:-|s/d|sd|s\.d\.?|sampai(?: dengan)?|sampe|smp|hingga|to|until|till|til|through|and|dan)[ *_(]{0,3}"
    r"(?:(?:sekitar|sekira|kira-kira|kurleb|kurang lebih|around|about|roughly|approximately|approx\.?)[ ]{1,2}(?:jam |"
    r"pukul |pkl\.? )?|[±~] ?)?"
)
_LEAD_GAP = re.compile(
    r"[\s.:=|*_()~-]{0,24}"
    r"(?:(?:sekitar|kira-kira|kurleb|kurang lebih|around|about|approximately|approx\.?|exactly|tepat)[ :]+)?"
)
_AFTER_WORDS = re.compile(
    r" *(?:$|[.,;:!?)\n(*-]|(?:o'clock|in the|sharp|on|tomorrow|today|this|if|and|or|for|please|wib|wita|wit|hrs"
    r"|before|works|would|suits?|at|with|via|is|ya|yaa?|kak|pak|bu|mas|mbak|bisa|aja|saja)\b)"
)
_BETWEEN = re.compile(r"\b(?:between|antara)(?: jam| pukul)? $")


class _Found(NamedTuple):
    mention: TimeMention
    next_index: int


def find_times(text: str) -> tuple[TimeMention, ...]:
    """The clock times named in a text, in order, without overlap.

    A bare hour from 1 to 6 without a part of the day is taken as the afternoon, 7 to 12 as it stands; figures with two
    digits before the minutes ("03.00") are the 24-hour clock. A part of the day may also stand before: "besok siang jam 2".
    Lengths ("2 jam"), decimals, amounts, addresses and dates are no times.

    >>> find_times("jam 2 siang WIB")[0].start
    datetime.time(14, 0)
    """
    ready = scan(text)
    tokens = ready.tokens
    found: list[TimeMention] = []
    index, count, last_end = 0, len(tokens), 0
    while index < count and len(found) < _MOST:
        one = _read(ready, index) if tokens[index].kind in _READERS else None
        if one and one.mention.begin >= last_end:
            found.append(one.mention)
            last_end = one.mention.end
            index = max(one.next_index, index + 1)
        else:
            index += 1
    return tuple(found)


def _read(ready: Scan, index: int) -> _Found | None:
    token = ready.tokens[index]
    if token.kind in ("clock", "at", "time_label"):
        return _led(ready, index)
    clock = read_clock(ready, index, led=False)
    if clock is None or not _stands(ready, index, clock):
        return None
    return _finished(ready, index, clock, clock.begin, led=False)


_READERS = frozenset({"clock", "at", "time_label", "figures", "number", "half", "quarter", "noon", "midnight"})


def _led(ready: Scan, index: int) -> _Found | None:
    """A time behind "jam", "pukul", "at", "Waktu :"."""
    token = ready.tokens[index]
    follower = ready.at(index + 1)
    if follower.kind == "oclock" and follower.word == "tepat":
        index, follower = index + 1, ready.at(index + 2)
    named = label_zone(ready, index + 1) if follower.kind == "zone" and token.kind != "at" else None
    if named:
        index, follower = index + 1, ready.at(index + 2)
    gap = ready.gap(index)
    if follower.kind in ("stop", "clock", "at") or gap == "-" or not _LEAD_GAP.fullmatch(gap) or gap.count("\n") > 1:
        return None
    if token.begin and ready.folded[token.begin - 1].isalnum() and token.kind != "clock":
        return None
    before = ready.at(index - 1)
    if token.word == "jam" and before.kind in ("figures", "number", "half") and ready.gap(index - 1) in ("", " ", "-"):
        # "2 jam 30 menit" is a length; "tgl 28 jam 3 sore" is not.
        if ready.at(index + 2).kind == "minute" and ready.gap(index + 1) in ("", " "):
            return None
        if before.kind == "half":
            return None
    clock = read_clock(ready, index + 1, led=token.kind != "time_label" or gap.strip() != "")
    if clock is None:
        return None
    if "\n" in gap and clock.bare and not (_has_suffix(clock) or ":" in gap or clock.until_hour is not None):
        return None  # the heading of a table, and the number of its first row
    if token.kind == "at" and not _at_stands(ready, clock, token.end):
        return None
    labelled = ":" in gap or "=" in gap
    if token.kind == "time_label" and clock.bare and not (_has_suffix(clock) or clock.until_hour is not None or labelled):
        return None
    if ready.at(clock.next_index).kind == "minute" and spelled_gap(ready.gap(clock.next_index - 1)) == "" and clock.bare:
        return None
    if token.word == "pk" and clock.bare and not _has_suffix(clock) and not gap.startswith((".", ":", " :")):
        return None  # "PK 08" may be a code
    if named and clock.zone is None:
        clock = clock._replace(zone=named)
    begin = token.begin if token.kind == "clock" and gap.strip(" .") == "" and not named else clock.begin
    return _finished(ready, index, clock, begin, led=True)


def _at_stands(ready: Scan, clock: Clock, end: int) -> bool:
    """Whether "at 3" names an hour: "at 3 Jalan Melati" and "at one of our offices" do not."""
    if "\n" in ready.folded[end : clock.begin]:
        return False
    if _has_suffix(clock) or clock.fixed or (not clock.bare and clock.hour <= 23):
        return True
    if clock.until_hour is not None or clock.hour > 12:
        return False
    after = ready.folded[clock.end : clock.end + 24]
    follower = ready.at(clock.next_index)
    if follower.kind in ("weekday", "day_word", "zone") and ready.gap(clock.next_index - 1) == " ":
        return True
    return _AFTER_WORDS.match(after) is not None or _second(ready, clock, led=False) is not None


def _has_suffix(clock: Clock) -> bool:
    return clock.meridiem >= 0 or clock.part > 0 or clock.zone is not None


def _stands(ready: Scan, index: int, clock: Clock) -> bool:
    """Whether a time without a leading word is one: by its suffix, its shape, or the span that it opens."""
    token = ready.tokens[index]
    before = ready.word_before(clock.begin)
    if clock.fixed:
        return token.word != "noon" or before != "selamat"
    if token.kind in ("half", "quarter"):
        return (
            ready.at(index + 1).word == "past"
            or token.word == "quarter"
            or clock.part > 0
            or _lead_part(ready, index, clock.begin) > 0
            or clock.zone is not None
            or ready.at(index - 1).kind == "day_word"
        )
    dated = ready.at(index - 1).kind == "date_label" and _LEAD_GAP.fullmatch(ready.gap(index - 1)) is not None
    if dated and (clock.bare or clock.separator == "."):
        return False  # "tgl 26.11"
    blocked = before in (BLOCKED_BEFORE_BARE if clock.bare else BLOCKED_BEFORE_NUMBER)
    if clock.bare and clock.part and ready.at(index - 1).kind == "day" and ready.gap(index - 1) == " ":
        return False  # "3 hari 2 malam"
    if _has_suffix(clock):
        return not blocked or clock.meridiem >= 0 or clock.zone is not None
    if ready.at(clock.next_index - 1).kind == "oclock":
        return True
    if ready.at(index + 1).word == "past" and not clock.bare:
        return True
    if token.kind == "number" or blocked:
        return False
    if clock.bare:
        return _bare_span_stands(ready, clock) or _is_choice(ready, index, clock)
    if ready.word_after(clock.end) in BLOCKED_AFTER_NUMBER:
        return False
    tail = ready.folded[max(0, clock.begin - 2) : clock.begin].strip()
    if tail[-1:] in "$€£" and tail:
        return False
    if clock.separator == ":" or not clock.separator:
        return True
    if clock.hour > 24 or not _round(clock.minute) or (clock.until_hour is not None and not _round(clock.until_minute)):
        return False
    last = ready.at(index - 1)
    if last.kind in ("month", "weekday", "day_word", "this") or (last.kind == "figures" and "/" in last.word):
        return True
    return clock.padded or _in_span(ready, clock)


def _bare_span_stands(ready: Scan, clock: Clock) -> bool:
    """Whether two bare numbers are a span of hours: "2 - 3 pm", "between 3 and 4"; not "between 3 and 5 people"."""
    second = _second(ready, clock, led=False) if clock.until_hour is None else None
    if second is None:
        return False
    if second.meridiem >= 0 or second.zone is not None or (second.part > 0 and second.bare):
        return True
    if clock.hour > 12 or second.hour > 12:
        return False
    ahead = ready.folded[second.end : second.end + 24]
    return (
        _BETWEEN.search(ready.folded[max(0, clock.begin - 16) : clock.begin]) is not None
        and _AFTER_WORDS.match(ahead) is not None
    )


def _is_choice(ready: Scan, index: int, clock: Clock) -> bool:
    """Whether a bare number is the second of two hours to choose from: "jam 10 atau 11"."""
    if ready.at(index - 1).kind not in ("figures", "number") or ready.at(index - 2).kind not in ("clock", "at"):
        return False
    if ready.gap(index - 1) not in (" atau ", " or ") or ready.gap(index - 2) not in (" ", ". "):
        return False
    return _AFTER_WORDS.match(ready.folded[clock.end : clock.end + 24]) is not None


def _round(minute: int) -> bool:
    """Whether minutes are those that people set; 59 ends a day."""
    return minute % 5 == 0 or minute == 59


def _in_span(ready: Scan, clock: Clock) -> bool:
    if clock.until_hour is not None:
        return True
    second = _second(ready, clock, led=False)
    return second is not None and not second.bare


def _second(ready: Scan, clock: Clock, *, led: bool) -> Clock | None:
    """The end of a span behind a connector: "09.00 s/d 10.30", "2 until 3 pm"."""
    index = clock.next_index
    if clock.until_hour is not None:
        return None
    token = ready.at(index)
    gap = ready.folded[clock.end : token.begin] if 0 <= token.begin - clock.end <= 24 else "\0"
    if not _SPAN.fullmatch(gap):
        return None
    if gap.strip(" *_()") in ("and", "dan") and not _BETWEEN.search(ready.folded[max(0, clock.begin - 16) : clock.begin]):
        return None
    prefixed = token.kind == "clock" and ready.gap(index) in (" ", ". ", ".")
    second = read_clock(ready, index + 1 if prefixed else index, led=prefixed)
    if second is None or second.until_hour is not None:
        return None
    if second.bare and not (prefixed or led or clock.bare or _has_suffix(second)):
        return None
    counts = ready.at(second.next_index).kind in ("month", "minute", "hour", "day")
    if second.bare and counts and ready.gap(second.next_index - 1) in (" ", ""):
        return None
    return second


def _finished(ready: Scan, index: int, clock: Clock, begin: int, *, led: bool) -> _Found | None:
    """The mention: the span's end, an open end, the part of the day that stood before."""
    second = _second(ready, clock, led=led)
    last = second or clock
    part = clock.part
    if not part and clock.meridiem < 0 and not clock.padded:
        part = (second.part if second else 0) or _lead_part(ready, index, begin)
    elif not part and clock.hour <= 6 and clock.meridiem < 0 and second is None:
        part = _lead_part(ready, index, begin)  # "besok siang, 02.00"
    until = _until(clock, second, part)
    start = _start(clock, second, part, until)
    if start is None:
        return None
    end, following = last.end, last.next_index
    opened = _open_end(ready, following, end) if until is None else None
    if opened:
        end, following = opened
    if "(" in ready.folded[begin:end] and ")" not in ready.folded[begin:end] and ready.folded[end : end + 1] == ")":
        end += 1
    zone = (second.zone if second else None) or clock.zone
    if opened and zone is None:
        zone = label_zone(ready, following)  # "09.00 - selesai WIB"
        if zone:
            end, following = ready.at(following).end, following + 1
    return _Found(TimeMention(begin, end, start, until, opened is not None, zone), following)


def _until(clock: Clock, second: Clock | None, part: int) -> time | None:
    if second:
        if second.fixed:
            return time(second.hour, second.minute)
        return hour_of_day(second.hour, second.minute, second.named, second.part or (part if second.meridiem < 0 else 0),
                           second.meridiem, padded=second.padded)  # fmt: skip
    if clock.until_hour is None:
        return None
    hour = clock.until_hour
    return hour_of_day(hour, clock.until_minute, hour, part, clock.meridiem, padded=clock.padded)


def _start(clock: Clock, second: Clock | None, part: int, until: time | None) -> time | None:
    """The start; of "2-3 pm" and "10–1 siang" it shares the end's half of the day where that keeps it before the end."""
    if clock.fixed:
        return time(clock.hour, clock.minute)
    meridiem = clock.meridiem
    shares = until is not None and not clock.part and (second is None or clock.meridiem < 0)
    if shares and second is not None and second.meridiem >= 0:
        meridiem = second.meridiem
    start = hour_of_day(clock.hour, clock.minute, clock.named, part, meridiem, padded=clock.padded)
    if start is None or until is None or not shares or start < until:
        return start
    for other_part, other_meridiem in ((0, 12 - meridiem if meridiem >= 0 else -1), (MORNING, -1)):
        other = hour_of_day(clock.hour, clock.minute, clock.named, other_part, other_meridiem, padded=True)
        if other and other < until:
            return other
    return start


def _open_end(ready: Scan, index: int, end: int) -> tuple[int, int] | None:
    """ "s/d selesai", "- Selesai", "onwards"."""
    token = ready.at(index)
    gap = ready.folded[end : token.begin] if 0 <= token.begin - end <= 24 else "\0"
    if token.kind == "end" and _SPAN.fullmatch(gap.replace("dg", "dengan")):
        return token.end, index + 1
    if token.kind == "onwards" and gap in (" ", ", "):
        return token.end, index + 1
    return None


def _lead_part(ready: Scan, index: int, begin: int) -> int:
    """The part of the day that stands before a time in the same breath: "besok siang jam 2", "tomorrow afternoon at 3".

    A greeting ("Selamat siang", "Sore mbak") is none: a word for the day must stand beside the part.
    """
    for back in range(1, 6):
        token = ready.at(index - back)
        if token.kind == "stop" or begin - token.end > 32:
            return 0
        between = ready.folded[token.end : begin]
        if any(sign in between for sign in ".;!?\n"):
            return 0
        if token.kind == "tonight":
            return EVENING
        if token.kind != "part":
            continue
        before, follower = ready.at(index - back - 1), ready.at(index - back + 1)
        beside = ready.folded[before.end : token.begin] if before.kind != "stop" else ""
        if follower.kind == "this" and follower.begin - token.end == 1:
            return token.value
        if before.kind in _DAY_KINDS and spelled_gap(beside).strip(" ,)") in ("", "di", "in the", "on", "pada"):
            return token.value
        return 0
    return 0


_DAY_KINDS = frozenset({
    "day_word", "weekday", "short_weekday", "sunday_or_week", "soon", "this", "figures", "month", "next", "suffix",
    "again", "coming",
})  # fmt: skip
