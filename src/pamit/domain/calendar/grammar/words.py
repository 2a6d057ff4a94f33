"""The lexicon: every word that means something to the grammar, with its role and value."""

from __future__ import annotations

from typing import Any

from pamit.domain.calendar.zones import ZONE_ABBREVIATIONS, zone_of_place
from pamit.tables import read_table

__all__ = [
    "AFTERNOON",
    "BLOCKED_AFTER_NUMBER",
    "BLOCKED_BEFORE_BARE",
    "BLOCKED_BEFORE_DATE",
    "BLOCKED_BEFORE_NUMBER",
    "BLOCKED_BEFORE_SHORT_DATE",
    "BLOCKED_BEFORE_WEEKDAY",
    "ENGLISH_MONTHS",
    "ENGLISH_SHORT_WEEKDAYS",
    "EVENING",
    "HALF_HOUR_ZONES",
    "LEXICON",
    "MORNING",
    "NIGHT",
    "NOON",
    "named_zone",
]

_DATA: dict[str, Any] = read_table("pamit.domain.calendar.grammar", "words.toml")

MORNING, NOON, AFTERNOON, EVENING, NIGHT = 1, 2, 3, 4, 5
"""Parts of the day; EVENING is "malam" and "evening", NIGHT the English "at night"."""

_PARTS = {"morning": MORNING, "noon": NOON, "afternoon": AFTERNOON, "evening": EVENING, "night": NIGHT}


def _lexicon() -> dict[str, tuple[str, int]]:
    words: dict[str, tuple[str, int]] = {name.lower(): ("zone", 0) for name in ZONE_ABBREVIATIONS}
    for role, value in (("month", "months"), ("weekday", "weekdays"), ("short_weekday", "short_weekdays"),
                        ("number", "numbers"), ("ordinal", "ordinals"), ("day_word", "day_words")):  # fmt: skip
        for number, names in _DATA[value].items():
            words |= dict.fromkeys(names.split(), (role, int(number)))
    for part, names in _DATA["parts"].items():
        words |= dict.fromkeys(names.split(), ("part", _PARTS[part]))
    words |= dict.fromkeys(_DATA["pasaran"]["names"].split(), ("pasaran", 0))
    for role, names in _DATA["plain"].items():
        words |= dict.fromkeys(names.split(), (role, 0))
    words["pm"] = ("meridiem", 12)
    words["am"] = ("meridiem", 0)
    return words


LEXICON = _lexicon()
"""Folded word to its role and value (month 1–12, weekday 0–6, number, days from today, part of the day 1–5)."""

ENGLISH_MONTHS = frozenset(_DATA["english_months"]["names"].split())
ENGLISH_SHORT_WEEKDAYS = frozenset(_DATA["english_short_weekdays"]["names"].split())
BLOCKED_BEFORE_NUMBER = frozenset(_DATA["blocked"]["before_number"].split())
BLOCKED_BEFORE_BARE = BLOCKED_BEFORE_NUMBER | frozenset(_DATA["blocked"]["before_bare"].split())
BLOCKED_BEFORE_SHORT_DATE = frozenset(_DATA["blocked"]["before_short_date"].split())
BLOCKED_BEFORE_DATE = frozenset(_DATA["blocked"]["before_date"].split())
BLOCKED_BEFORE_WEEKDAY = frozenset(_DATA["blocked"]["before_weekday"].split())
BLOCKED_AFTER_NUMBER = frozenset(_DATA["blocked"]["after_number"].split())

HALF_HOUR_ZONES = {int(minutes): name for minutes, name in _DATA["half_hour_zones"].items()}
"""Zones whose offset is no whole hour, by minutes east of Greenwich."""

_ZONE_PLACES = {place: zone for zone, places in _DATA["zone_places"].items() for place in places}


def named_zone(words: str) -> str | None:
    """The zone that a place, a people or a region names: "jakarta", "irish", "indonesia barat".

    >>> named_zone("irish")
    'Europe/Dublin'
    """
    return _ZONE_PLACES.get(words) or zone_of_place(words)
