"""Days counted from today: "besok", "nanti malam", "3 hari lagi", "in two days", "the day after tomorrow"."""

from __future__ import annotations

import re
from typing import NamedTuple

from pamit.domain.calendar.grammar.numeric import figures_value
from pamit.domain.calendar.grammar.scan import Scan, spelled_gap
from pamit.domain.calendar.grammar.words import EVENING

__all__ = ["Counted", "read_counted"]

_DAY_AFTER = re.compile(r"(?:the )?day after $")
_DAY_BEFORE = re.compile(r"(?:the )?day before $")
_COUNTING_BEFORE = re.compile(r"(?:\bin|\bdalam|\bdlm|\bwithin) (?:a |an )?$")
_AFTER_COUNT = re.compile(r"(?: from (?:now|today)|['’]? time\b)")
_DAY_KINDS = frozenset({"day_word", "weekday", "short_weekday", "sunday_or_week", "month", "figures"})
_FARTHEST = 370


class Counted(NamedTuple):
    """A day counted from today; ``days`` may be negative."""

    begin: int
    end: int
    next_index: int
    days: int


def read_counted(scan: Scan, index: int) -> Counted | None:
    """The day counted from today that begins at a token, or None."""
    token = scan.at(index)
    kind = token.kind
    if kind == "day_word":
        return _day_word(scan, index)
    if kind == "tonight":
        return Counted(token.begin, token.end, index + 1, 0)
    if kind == "day" and token.word in ("hari", "hr"):
        follower = scan.at(index + 1)
        if follower.word == "ini" and spelled_gap(scan.gap(index)) == "" and scan.at(index - 1).kind != "every":
            return Counted(token.begin, follower.end, index + 2, 0)
        return None
    if kind in ("soon", "earlier"):
        follower = scan.at(index + 1)
        before = scan.at(index - 1)
        if before.kind in _DAY_KINDS and token.begin - before.end <= 12:
            return None  # "tanggal 3 nanti jam 9" speaks of the third
        if spelled_gap(scan.gap(index)) == "" and (
            follower.kind == "part" or (kind == "soon" and follower.kind in ("clock", "half"))
        ):
            # "tadi malam" is the evening before.
            days = -1 if kind == "earlier" and follower.value == EVENING else 0
            return Counted(token.begin, token.end if follower.kind != "part" else follower.end, index + 1, days)
        return None
    if kind == "part":
        return _part_of_today(scan, index)
    if kind == "this":
        follower = scan.at(index + 1)
        if token.word == "this" and follower.kind == "part" and scan.gap(index) == " ":
            return Counted(token.begin, follower.end, index + 1, 0)
        return None
    if kind in ("figures", "number", "one_week", "day", "week"):
        return _count(scan, index)
    return None


def _day_word(scan: Scan, index: int) -> Counted:
    token = scan.at(index)
    days, begin, end, following = token.value, token.begin, token.end, index + 1
    if token.word.startswith("tom") or token.word in ("tmrw", "tmr", "tmw"):
        match = _DAY_AFTER.search(scan.folded[max(0, begin - 16) : begin])
        if match:
            days, begin = 2, begin - len(match[0])
    elif token.word == "yesterday":
        match = _DAY_BEFORE.search(scan.folded[max(0, begin - 16) : begin])
        if match:
            days, begin = -2, begin - len(match[0])
    if scan.folded[max(0, begin - 7) : begin] == "a week ":
        days, begin = days + 7, begin - 7  # "a week tomorrow"
    follower = scan.at(following)
    if follower.word == "lusa" and scan.gap(index) == " ":
        # "besok lusa" is the day after tomorrow, "kemarin lusa" the day before yesterday.
        days, end, following = (-2 if days < 0 else 2), follower.end, following + 1
    return Counted(begin, end, following, days)


def _part_of_today(scan: Scan, index: int) -> Counted | None:
    """ "malam ini", "pagi ini"; not "Senin pagi ini", which speaks of the Monday."""
    token, follower = scan.at(index), scan.at(index + 1)
    if follower.word != "ini" or scan.gap(index) != " ":
        return None
    if scan.at(index - 1).kind in ("weekday", "day_word", "soon") and spelled_gap(scan.gap(index - 1)) == "":
        return None
    return Counted(token.begin, follower.end, index + 1, 0)


def _count(scan: Scan, index: int) -> Counted | None:
    """ "3 hari lagi", "seminggu lagi", "dalam 2 hari", "in two days", "in a week", "dua hari yang lalu", "2 days ago"."""
    token = scan.at(index)
    if token.kind in ("figures", "number"):
        value = figures_value(token)
        unit = scan.at(index + 1)
        if value is None or scan.gap(index) not in (" ", "", "  ") or not scan.starts_clean(index):
            return None
        unit_index = index + 1
    else:
        value, unit, unit_index = 1, token, index
    if unit.kind == "day":
        scale = 1
    elif unit.kind in ("week", "one_week") or (unit.kind == "sunday_or_week" and unit_index > index):
        scale = 7
    else:
        return None
    follower = scan.at(unit_index + 1)
    gap = spelled_gap(scan.gap(unit_index))
    if follower.kind == "working" and gap == "":
        return None
    days = value * scale
    if not 0 < days <= _FARTHEST:
        return None
    if token.kind != "day" and follower.kind == "again" and gap in ("", "dari hari ini"):
        return Counted(token.begin, follower.end, unit_index + 2, days)
    if token.kind not in ("day", "week") and (
        (follower.kind == "last" and gap in ("", "yang", "yg")) or (follower.kind == "ago" and gap == "")
    ):
        return Counted(token.begin, follower.end, unit_index + 2, -days)
    before = scan.folded[max(0, token.begin - 20) : token.begin]
    match = _COUNTING_BEFORE.search(before)
    after = _AFTER_COUNT.match(scan.folded[unit.end : unit.end + 16])
    if after and (match or "from" in after[0]) and not (match and match[0].startswith("within")):
        return Counted(token.begin - (len(match[0]) if match else 0), unit.end + len(after[0]), unit_index + 1, days)
    if not match or match[0].startswith("within") or unit.kind == "one_week" or unit.word in ("minggu", "pekan"):
        return None
    if token.kind in ("day", "week") and not match[0].endswith(("a ", "an ")):
        return None
    return Counted(token.begin - len(match[0]), unit.end, unit_index + 1, days)
