"""Find the lengths of time that a text names, in Indonesian and English."""

from __future__ import annotations

import re
from typing import NamedTuple

from pamit.domain.calendar.grammar.mentions import DurationMention
from pamit.domain.calendar.grammar.scan import Scan, scan

__all__ = ["find_durations"]

_MOST = 400
"""No text names more lengths than this; the rest of what does is noise."""

_NUMBER = re.compile(r"([0-9]{1,4})(?:\.([0-9]))?(?:-([0-9]{1,4})(?:\.([0-9]))?)?")
_SMALL = re.compile(r"[0-9]{1,3}(?:\.[0-9])?")
_RANGE = frozenset(
    {" - ", "-", " -", "- ", " to ", " sampai ", " s/d ", " hingga ", " until ", " or ", " atau ", " sd ", " s.d. "}
)
_LONGEST = 60 * 24 * 31
_STARTERS = frozenset({"figures", "number", "half", "one_hour", "hour", "clock", "quarter"})


class _Amount(NamedTuple):
    """A number of units; ``low`` is set for a range."""

    value: float
    next_index: int
    ranged: bool


class _Found(NamedTuple):
    mention: DurationMention
    next_index: int


def find_durations(text: str) -> tuple[DurationMention, ...]:
    """The lengths in minutes and hours named in a text, in order, without overlap.

    "about", "at most" and "±" change nothing; a range of lengths ("30–45 menit") has no one value and gives None.

    >>> find_durations("kurang lebih 1,5 jam")[0].minutes
    90
    """
    ready = scan(text)
    tokens = ready.tokens
    found: list[DurationMention] = []
    index, count = 0, len(tokens)
    while index < count and len(found) < _MOST:
        one = _read(ready, index) if tokens[index].kind in _STARTERS else None
        if one:
            found.append(one.mention)
            index = max(one.next_index, index + 1)
        else:
            index += 1
    return tuple(found)


def _read(ready: Scan, index: int) -> _Found | None:
    token = ready.tokens[index]
    if token.kind == "one_hour":
        return _Found(DurationMention(token.begin, token.end, 60), index + 1)
    if token.kind in ("hour", "clock"):
        return _article_hour(ready, index) if token.word == "hour" else None
    if token.kind in ("half", "quarter"):
        return _half_hour(ready, index)
    before = ready.at(index - 1)
    if (
        before.kind in ("past", "short_of")
        and ready.gap(index - 1) == " "
        and ready.at(index - 2).kind in ("figures", "number")
    ):
        return None  # the minutes of "pukul 15 lewat 20 menit"
    amount = _amount(ready, index)
    if amount is None:
        return None
    unit = ready.at(amount.next_index)
    scale = _scale(ready, amount.next_index)
    if scale is None:
        return None
    minutes: float | None = None if amount.ranged else amount.value * scale
    end, following = unit.end, amount.next_index + 1
    if scale == 60 and minutes is not None:
        more = _rest(ready, following)
        if more:
            minutes, end, following = minutes + more[0], more[1], more[2]
    if minutes is not None and not 0 < minutes <= _LONGEST:
        return None
    return _Found(DurationMention(token.begin, end, None if minutes is None else round(minutes)), following)


def _scale(ready: Scan, index: int) -> int | None:
    """The minutes of the unit at a token that stands right behind its number."""
    unit = ready.at(index)
    if ready.gap(index - 1) not in ("", " ", "-", "  ", ") ") or ready.folded[unit.end : unit.end + 1].isalnum():
        return None
    if unit.kind == "minute":
        return 1
    if unit.kind == "hour":
        return 60
    if unit.kind == "h" and ready.gap(index - 1) == "":
        return 60
    if unit.word == "jam":
        following = ready.at(index + 1)
        if following.kind == "working":
            return None
        hour = following.kind in ("figures", "number", "half") and ready.gap(index) in (" ", ": ", " : ", ".")
        # "tgl 28 jam 3 sore": the number belongs to the date, unless minutes follow.
        return None if hour and ready.at(index + 2).kind != "minute" else 60
    if unit.word in ("min",) and unit.kind == "short_weekday":
        return 1
    return None


def _amount(ready: Scan, index: int) -> _Amount | None:
    """The number at a token: "45", "1,5", "1x24", "30-45", "satu setengah", "15 to 20"."""
    token = ready.tokens[index]
    following = index + 1
    ranged = False
    if token.kind == "number":
        value: float = token.value
        further = ready.at(following)
        if further.kind == "half" and ready.gap(index) in (" ", " and a "):
            value, following = value + 0.5, following + 1
    else:
        match = _NUMBER.fullmatch(token.word)
        if not match or not ready.starts_clean(index):
            return None
        value = int(match[1]) + int(match[2] or 0) / 10
        ranged = match[3] is not None
        if match[3] is not None and not int(match[1]) < int(match[3]) <= 600:
            return None
        further = ready.at(following)
        gap = ready.gap(index)
        if further.kind == "figures" and not ranged:
            if gap == "," and len(further.word) == 1:
                value, following = value + int(further.word) / 10, following + 1
            elif gap in ("x", " x ") and further.word == "24" and value <= 5:
                value, following = value * int(further.word), following + 1
        elif further.kind == "half" and gap in (" ", " and a "):
            value, following = value + 0.5, following + 1
        elif gap[:1] == "½":
            value += 0.5
    if not ranged and ready.gap(following - 1) in _RANGE:
        second = ready.at(following)
        if second.kind == "number" or (second.kind == "figures" and _SMALL.fullmatch(second.word)):
            further = ready.at(following + 1)
            decimal = further.kind == "figures" and ready.gap(following) == "," and len(further.word) == 1
            decimal = decimal or (further.kind == "half" and ready.gap(following) in (" ", " and a "))
            if _scale(ready, following + 2 if decimal else following + 1):
                return _Amount(value, following + 2 if decimal else following + 1, True)
            return None
    return _Amount(value, following, ranged)


def _rest(ready: Scan, index: int) -> tuple[float, int, int] | None:
    """What follows whole hours: "30 menit", "setengah", "and a half"."""
    gap = ready.gap(index - 1)
    token = ready.at(index)
    if token.kind == "half" and gap in (" ", " and a "):
        hour = ready.at(index + 1).kind in ("number", "figures") and ready.gap(index) == " "
        return None if hour else (30, token.end, index + 1)
    if token.kind not in ("number", "figures") or gap not in (" ", " and ", " dan ", ", "):
        return None
    value = token.value if token.kind == "number" else int(token.word) if token.word.isdigit() and len(token.word) <= 2 else 60
    unit = ready.at(index + 1)
    if unit.kind == "minute" and ready.gap(index) in (" ", "") and 0 < value < 60:
        return value, unit.end, index + 2
    return None


def _article_hour(ready: Scan, index: int) -> _Found | None:
    """ "an hour", "an hour and a half", "half an hour"."""
    token = ready.tokens[index]
    before = ready.folded[max(0, token.begin - 12) : token.begin]
    match = re.search(r"\b(?:an|one full|a full|a) $", before)
    if not match:
        return None
    if re.search(r"\b(?:half|quarter of|per) (?:an|a) $", before) or re.search(r"\b(?:times|once) an $", before):
        return None
    more = _rest(ready, index + 1)
    minutes, end, following = (60 + more[0], more[1], more[2]) if more else (60, token.end, index + 1)
    return _Found(DurationMention(token.begin - len(match[0]), end, round(minutes)), following)


def _half_hour(ready: Scan, index: int) -> _Found | None:
    """ "setengah jam", "half an hour", "half-hour", "seperempat jam", "a quarter of an hour"."""
    token, unit = ready.tokens[index], ready.at(index + 1)
    if unit.kind != "hour" and unit.word != "jam":
        return None
    if ready.gap(index) not in (" ", "-", " an ", " of an ", " a "):
        return None
    if ready.at(index - 1).kind in ("number", "figures") and ready.gap(index - 1) == " " and ready.starts_clean(index - 1):
        return None
    return _Found(DurationMention(token.begin, unit.end, 30 if token.kind == "half" else 15), index + 2)
