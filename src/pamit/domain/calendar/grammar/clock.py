"""One clock time at a token: its figures or words, what stands behind it (part of the day, a.m., zone), its hour."""

from __future__ import annotations

import re
from datetime import time
from typing import NamedTuple

from pamit.domain.calendar.grammar.clock_zone import read_glued_offset, read_place, read_zone
from pamit.domain.calendar.grammar.scan import Scan
from pamit.domain.calendar.grammar.words import AFTERNOON, EVENING, MORNING, NOON

__all__ = ["Clock", "hour_of_day", "read_clock"]

_CLOCK = re.compile(r"([0-9]{1,2})(?:([.:])([0-9]{2})(?::[0-9]{2})?)?(?:-([0-9]{1,2})(?:([.:])([0-9]{2})(?::[0-9]{2})?)?)?")
_SUFFIX_GAP = frozenset({
    "", " ", " (", "(", ") ", "  ", " in the ", " di ", " tengah ", " *", "* ", "_", ") (", " at ", ", ", "* (", ".", ". ",
})  # fmt: skip


class Clock(NamedTuple):
    """A clock time as written, with the end of a span that is glued to it."""

    begin: int
    end: int
    next_index: int
    hour: int
    minute: int
    until_hour: int | None
    until_minute: int
    bare: bool
    """Written without minutes."""
    padded: bool
    """Two figures before the minutes, or a hour above twelve: the 24-hour clock as written."""
    separator: str
    named: int = -1
    """The hour that was named, where it differs ("setengah dua" names two, and is half past one)."""
    part: int = 0
    meridiem: int = -1
    zone: str | None = None
    fixed: bool = False
    """Noon and midnight: nothing to interpret."""


def hour_of_day(hour: int, minute: int, named: int, part: int, meridiem: int, *, padded: bool) -> time | None:
    """The time on the 24-hour clock.

    Without a part of the day an hour from 1 to 6 that is not written with two figures is taken as the afternoon
    (13–18) and 7 to 12 as it stands: the hours in which interviews are held. "24.00" is the last minute of its day.

    >>> hour_of_day(2, 0, 2, NOON, -1, padded=False)
    datetime.time(14, 0)
    """
    if hour == 24:
        return time(23, 59) if minute == 0 else None
    if hour > 24 or minute > 59:
        return None
    if meridiem >= 0:
        if not 1 <= hour <= 12:
            return time(hour, minute) if hour > 12 and meridiem == 12 else None
        return time(hour % 12 + meridiem, minute)
    if hour > 12 or hour == 0:
        return time(hour, minute)
    if part:
        return time(_with_part(hour, named, part), minute)
    if not padded and 1 <= named <= 6:
        return time(hour % 12 + 12, minute)
    return time(hour, minute)


def _with_part(hour: int, named: int, part: int) -> int:
    if part == MORNING:
        return hour
    if part == NOON:
        return hour + 12 if named <= 6 and hour < 12 else hour
    if part == AFTERNOON:
        return hour + 12 if named <= 9 and hour < 12 else hour
    # Night: six to twelve are before midnight, one to four after it.
    if named == 12 and hour == 12:
        return 0
    if named == 1 and hour == 12:
        return 0
    if named >= 5:
        return hour + 12 if hour < 12 else hour
    return hour


def read_clock(scan: Scan, index: int, *, led: bool) -> Clock | None:
    """The clock time that begins at a token, with what stands behind it.

    Args:
        scan: the text.
        index: of the first token.
        led: whether a word like "jam", "pukul" or "at" stands before it.
    """
    clock = _minutes_past(scan, index) or _figures(scan, index, led=led) or _words(scan, index, led=led)
    return _with_suffixes(scan, clock) if clock else None


def _minutes_past(scan: Scan, index: int) -> Clock | None:
    """ "ten past nine", "10 past 9"."""
    if scan.at(index + 1).word != "past":
        return None
    token = scan.at(index)
    minutes = token.value if token.kind == "number" else int(token.word) if re.fullmatch(r"[0-9]{1,2}", token.word) else 0
    hour = _hour_value(scan, index + 2)
    if not 1 <= minutes <= 29 or hour is None or scan.gap(index) != " " or scan.gap(index + 1) != " ":
        return None
    return Clock(token.begin, scan.at(index + 2).end, index + 3, hour, minutes, None, 0, False, False, "", hour)


def _figures(scan: Scan, index: int, *, led: bool) -> Clock | None:
    token = scan.at(index)
    if token.kind != "figures" or len(token.word) > 17 or not scan.starts_clean(index):
        return None
    if token.word == "1/2" and led:
        named = scan.at(index + 1)
        if named.kind == "figures" and named.word.isdigit() and len(named.word) <= 2 and scan.gap(index) == " ":
            return _half_before(scan, token.begin, index + 1, int(named.word))
    match = _CLOCK.fullmatch(token.word)
    if not match:
        return _four_figures(scan, index, led=led)
    if len(token.word) <= 2 and scan.gap(index) in (",", ""):
        apart = _figures_apart(scan, index, led=led)
        if apart:
            return apart
    if not _glued_right(scan, index):
        return None
    hour, minute, separator = int(match[1]), int(match[3] or 0), match[2] or match[5] or ""
    end, following, bare = token.end, index + 1, match[3] is None
    until_hour, until_minute = (int(match[4]), int(match[6] or 0)) if match[4] else (None, 0)
    if bare and led and until_hour is None:
        late = _spaced_minutes(scan, index)
        if late:
            minute, end, following, bare, separator = *late, False, ":"
    if hour > 24 or minute > 59 or until_minute > 59 or (until_hour or 0) > 24:
        return None
    if bare and scan.at(following).kind == "month" and len(scan.gap(following - 1)) <= 3:
        return None  # the day of a date
    clock = Clock(token.begin, end, following, hour, minute, until_hour, until_minute, bare,
                  not bare and len(match[1]) == 2, separator, hour)  # fmt: skip
    return _with_minutes(scan, clock) if bare and led and until_hour is None else clock


def _figures_apart(scan: Scan, index: int, *, led: bool) -> Clock | None:
    """ "pukul 10,30" and "14h30"."""
    token = scan.at(index)
    if scan.gap(index) == ",":
        at = index + 1 if led else -1
    else:
        at = index + 2 if scan.at(index + 1).kind == "h" and scan.gap(index + 1) == "" else -1
    late = scan.at(at)
    if late.kind != "figures" or not re.fullmatch(r"[0-5][0-9]", late.word) or not scan.ends_clean(at):
        return None
    if int(token.word) > 24:
        return None
    return Clock(token.begin, late.end, at + 1, int(token.word), int(late.word), None, 0, False, len(token.word) == 2, ":",
                 int(token.word))  # fmt: skip


def _glued_right(scan: Scan, index: int) -> bool:
    """Whether nothing that makes the figures something else is glued to their end."""
    token = scan.at(index)
    follower = scan.at(index + 1)
    if follower.begin == token.end:
        return follower.kind in ("meridiem", "zone", "h", "part") or follower.word == "jam"
    after = scan.folded[token.end : token.end + 2]
    if not after or (after == "an" and not scan.folded[token.end + 2 : token.end + 3].isalnum()):
        return True  # "jam 9an"
    if after[0] in "+z" and ":" in token.word:
        return read_glued_offset(scan, token.end, index + 1) is not None
    if after[0].isalnum() or after[0] in "%_@+":
        return False
    if len(after) == 2 and after[0] in ",/" and after[1].isdigit():
        return after[0] == "/" and follower.begin == token.end + 1 and len(token.word) > 2
    return not (len(after) == 2 and after[0] == "/" and after[1].isalpha() and ":" not in token.word)


def _four_figures(scan: Scan, index: int, *, led: bool) -> Clock | None:
    """ "0900 hrs", "pukul 0900"."""
    token = scan.at(index)
    if len(token.word) != 4 or not token.word.isdigit():
        return None
    hour, minute = int(token.word[:2]), int(token.word[2:])
    follower = scan.at(index + 1)
    stands = led or ((follower.kind == "zone" or follower.word in ("hrs", "hours", "h", "lt")) and scan.gap(index) in (" ", ""))
    if not stands or hour > 23 or minute > 59 or (led and minute % 5):
        return None
    end, following = token.end, index + 1
    if follower.word in ("hrs", "hours", "h", "lt") and scan.gap(index) in (" ", ""):
        end, following = follower.end, index + 2
    return Clock(token.begin, end, following, hour, minute, None, 0, False, True, "", hour)


def _spaced_minutes(scan: Scan, index: int) -> tuple[int, int, int] | None:
    """The minutes of "10 : 00" and "10. 00"."""
    token = scan.at(index + 1)
    if scan.gap(index) not in (" : ", ": ", " :", ". ", " . ") or token.kind != "figures":
        return None
    if len(token.word) != 2 or not token.word.isdigit() or not scan.ends_clean(index + 1):
        return None
    if int(token.word) % 5 or scan.at(index + 2).kind == "month":
        return None
    return int(token.word), token.end, index + 2


def _words(scan: Scan, index: int, *, led: bool) -> Clock | None:
    token = scan.at(index)
    if token.kind in ("noon", "midnight"):
        hour = 12 if token.kind == "noon" else 0
        return Clock(token.begin, token.end, index + 1, hour, 0, None, 0, False, True, "", hour, fixed=True)
    if token.kind == "number" and 1 <= token.value <= 24:
        return _named_hour(scan, index)
    if token.kind == "half":
        return _half(scan, index)
    if token.kind == "quarter":
        return _quarter_first(scan, index)
    return None


def _named_hour(scan: Scan, index: int) -> Clock | None:
    """ "sepuluh", "delapan tiga puluh", "ten thirty", "sembilan lewat seperempat"."""
    token = scan.at(index)
    follower = scan.at(index + 1)
    if follower.kind == "month" and len(scan.gap(index)) <= 3:
        return None
    clock = Clock(token.begin, token.end, index + 1, token.value, 0, None, 0, True, False, "", token.value)
    if follower.kind == "number" and 5 <= follower.value <= 59 and scan.gap(index) in (" ", "-"):
        if scan.at(index + 2).kind not in ("minute", "hour"):
            return clock._replace(minute=follower.value, bare=False, end=follower.end, next_index=index + 2)
        return clock
    return _with_minutes(scan, clock)


def _with_minutes(scan: Scan, clock: Clock) -> Clock:
    """The minutes of "9 lewat 15 (menit)", "sepuluh kurang seperempat", "9 seperempat"."""
    index = clock.next_index
    token = scan.at(index)
    if scan.gap(index - 1) != " ":
        return clock
    if token.kind == "quarter":
        return clock._replace(minute=15, bare=False, end=token.end, next_index=index + 1)
    if token.kind not in ("past", "short_of") or token.word in ("past", "after") or scan.gap(index) != " ":
        return clock
    amount = scan.at(index + 1)
    if amount.kind == "quarter":
        minutes = 15
    elif amount.kind == "number":
        minutes = amount.value
    elif amount.kind == "figures" and amount.word.isdigit() and len(amount.word) <= 2:
        minutes = int(amount.word)
    else:
        return clock
    if not 0 < minutes < 60:
        return clock
    end, following = amount.end, index + 2
    if scan.at(following).kind == "minute" and scan.gap(following - 1) == " ":
        end, following = scan.at(following).end, following + 1
    if token.kind == "past":
        return clock._replace(minute=minutes, bare=False, end=end, next_index=following)
    return clock._replace(hour=(clock.hour - 1) % 24 or 12, minute=60 - minutes, bare=False, end=end, next_index=following)


def _half(scan: Scan, index: int) -> Clock | None:
    """ "setengah sepuluh" is 9.30; "half past nine" and "half nine" are 9.30 too."""
    token = scan.at(index)
    follower = scan.at(index + 1)
    if token.word == "half" and follower.kind == "past" and follower.word == "past" and scan.gap(index) == " ":
        hour = _hour_value(scan, index + 2)
        if hour is None or scan.gap(index + 1) != " ":
            return None
        last = scan.at(index + 2)
        return Clock(token.begin, last.end, index + 3, hour, 30, None, 0, False, False, "", hour)
    hour = _hour_value(scan, index + 1)
    if hour is None or scan.gap(index) != " ":
        return None
    if scan.at(index + 2).kind in ("hour", "minute") or (scan.at(index + 2).word == "jam" and scan.gap(index + 1) == " "):
        return None
    if token.word == "half":
        return Clock(token.begin, follower.end, index + 2, hour, 30, None, 0, False, False, "", hour)
    return _half_before(scan, token.begin, index + 1, hour)


def _half_before(scan: Scan, begin: int, index: int, named: int) -> Clock | None:
    if not 1 <= named <= 12 or not _glued_right(scan, index):
        return None
    hour = named - 1 or 12
    return Clock(begin, scan.at(index).end, index + 1, hour, 30, None, 0, False, False, "", named)


def _hour_value(scan: Scan, index: int) -> int | None:
    token = scan.at(index)
    if token.kind == "number":
        value = token.value
    elif token.kind == "figures" and token.word.isdigit() and len(token.word) <= 2:
        value = int(token.word)
    else:
        return None
    return value if 1 <= value <= 12 else None


def _quarter_first(scan: Scan, index: int) -> Clock | None:
    """ "quarter past ten", "quarter to ten"."""
    token = scan.at(index)
    if scan.at(index + 1).word == "past" and scan.gap(index) == " " and scan.gap(index + 1) == " ":
        late, at = True, index + 2
    elif scan.gap(index) == " to ":
        late, at = False, index + 1
    else:
        return None
    hour = _hour_value(scan, at)
    if hour is None:
        return None
    end = scan.at(at).end
    if late:
        return Clock(token.begin, end, at + 1, hour, 15, None, 0, False, False, "", hour)
    return Clock(token.begin, end, at + 1, hour - 1 or 12, 45, None, 0, False, False, "", hour)


def _with_suffixes(scan: Scan, clock: Clock) -> Clock:
    """The part of the day, a.m. or p.m., the zone, in the order in which they were written."""
    if clock.separator == ":":
        glued = read_glued_offset(scan, clock.end, clock.next_index)
        if glued:
            return clock._replace(zone=glued.zone, end=glued.end, next_index=glued.next_index)
    for _ in range(4):
        index = clock.next_index
        token = scan.at(index)
        gap = scan.folded[clock.end : token.begin] if 0 <= token.begin - clock.end <= 8 else "\0"
        if gap in _SUFFIX_GAP:
            further = _suffix(scan, clock, index, gap)
            if further:
                clock = further
                continue
        break
    if clock.zone is None:
        bare = clock.meridiem >= 0 or clock.separator == ":"
        beside = read_place(scan, clock.end, clock.next_index, bare=bare)
        if beside:
            return clock._replace(zone=beside.zone, end=beside.end, next_index=beside.next_index)
    return clock


def _suffix(scan: Scan, clock: Clock, index: int, gap: str) -> Clock | None:
    token = scan.at(index)
    if token.kind == "meridiem" and clock.meridiem < 0 and not gap.startswith((",", ".")):
        if clock.hour == 0 or (clock.hour > 12 and token.value == 0) or scan.folded[token.end : token.end + 1].isalnum():
            return None
        return clock._replace(meridiem=token.value, end=token.end, next_index=index + 1)
    if token.kind == "part" and not clock.part and clock.meridiem < 0 and not gap.startswith((",", ".")):
        if token.word == "evening" and gap == " " and clock.bare is False and scan.at(index + 1).kind == "part":
            return None
        return clock._replace(part=token.value, end=token.end, next_index=index + 1)
    if token.kind == "tonight" and gap == " " and not clock.part and clock.meridiem < 0:
        return clock._replace(part=EVENING)  # "by 6 tonight"; the word itself names the day
    if token.word in ("hrs", "hours") and gap == " " and len(scan.at(clock.next_index - 1).word) == 5 and clock.padded:
        return clock._replace(end=token.end, next_index=index + 1)  # "10.00 hrs - 11.30 hrs"
    if token.kind in ("noon", "midnight") and clock.hour == 12 and clock.minute == 0 and gap in (" ", " ("):
        hour = 12 if token.kind == "noon" else 0
        return clock._replace(hour=hour, named=hour, bare=False, fixed=True, end=token.end, next_index=index + 1)
    if token.kind == "oclock" and gap in (" ", ""):
        return clock._replace(end=token.end, next_index=index + 1)
    if token.kind == "h" and gap == "" and not clock.bare:
        return clock._replace(end=token.end, next_index=index + 1)
    if token.kind == "zone" and clock.zone is None and not gap.startswith("."):
        beside = read_zone(scan, index, loose=clock.meridiem >= 0 or clock.separator == ":")
        return clock._replace(zone=beside.zone, end=beside.end, next_index=beside.next_index) if beside else None
    return None
