"""One instant written twice, in a zone abroad and in the candidate's own: "12 noon UAE time, so 3 pm for you"."""

from __future__ import annotations

import re

from pamit.domain.calendar.grammar import TimeMention
from pamit.domain.calendar.grammar.words import named_zone
from pamit.domain.calendar.zones import ZONE_ABBREVIATIONS
from pamit.reading.moment import Moment

__all__ = ["abroad_before", "own_zone", "restated"]

_HOURS = r"[ \t]{0,30}(?:hrs?\.?|hours|o'clock)?[ \t]{0,30}"
_LETTERS = (
    r"(?:IST|P[SD]?T|E[SD]T|C[SD]T|M[SD]T|GST|AST|PHT|PHST|ICT|MYT|HKT|JST|KST|BST|CES?T|EES?T|WES?T|MSK|PKT|NZ[SD]T|AE[SD]T"
    r"|AWST|AC[SD]T|TRT|SGT|GMT|UTC)"
)
# Letters or a name that can only be a zone which the calendar doesn't know; "WIB" and its like are read by the grammar.
_ABROAD = re.compile(
    rf"{_HOURS}[(]?(?:{_LETTERS}\b(?:[ ]time\b)?|[A-Z]{{2,5}}[ ]time\b"
    r"|(?:[A-Z][A-Za-z]+[ ]){1,2}time\b|waktu[ ][A-Z][A-Za-z]+\b"
    r"|(?:Pacific|Eastern|Central|Mountain|India|Gulf)\b|(?:our|my|their|head office) time\b)[)]?"
    r"(?:[/=(,;|. \t]++|\b(?:or|which|that|is|it|so|this|means|atau|yaitu|yakni|alias|artinya|berarti|sama|dengan|jadi"
    r"|i\.?e\.?|that's|equals|equivalent|jam|pukul|pkl)\b|'s\b)*+"
)
_OWN = re.compile(
    r"[ \t]{0,80}(?:hrs?\.?|hours)?[ \t]{0,80}[(]?(?:(?:in )?your (?:local )?time\b(?: in (?P<where>[A-Z][a-z]{1,80}))?"
    r"|for you\b(?: in (?P<there>[A-Z][a-z]{1,80}))?|your end\b"
    r"|waktu (?:anda|kakak|saudara|setempat|kita|sini|[A-Z][a-z]{1,80})\b|(?:in )?(?P<place>[A-Z][a-z]{1,80})(?: time)?\b"
    r"|(?P<letters>WIB|WITA|WIT)\b)"
)
_UNNAMED = "Asia/Jakarta"
_MARKED = re.compile(r"[^\n]{0,24}?[ \t(]*(?:that's|that is|which is|i\.e\.|=|yaitu|yakni|berarti|artinya)[ \t(]")


def abroad_before(bare: str, last: TimeMention, clock: TimeMention) -> str | None:
    """The zone of the second hour where the first is that hour abroad; "your time" unnamed is that of Jakarta."""
    if last.zone is not None or _ABROAD.fullmatch(bare, last.end, clock.begin) is None:
        return None
    return own_zone(bare, clock)


def own_zone(bare: str, clock: TimeMention) -> str | None:
    """The zone of an hour that is called the candidate's; "your time" unnamed is that of Jakarta."""
    if clock.zone is not None:
        return clock.zone
    own = _OWN.match(bare, clock.end)
    if own is None:
        return None
    if own.group("letters"):
        return ZONE_ABBREVIATIONS[own.group("letters")]
    if own.group("place"):
        return named_zone(own.group("place").lower())
    there = own.group("there") or own.group("where")
    return (named_zone(there.lower()) if there else None) or _UNNAMED


def restated(bare: str, one: Moment, other: Moment) -> bool:
    """Whether a day and hour abroad is said again as the candidate's ("Mon 7:30pm Pacific (that's Tue 9:30am your time)")."""
    if one.day is None or one.clock is None or other.day is None or other.clock is None or one.clock.zone is not None:
        return False
    if one.date is None or other.date is None or abs((other.date - one.date).days) > 1:
        return False
    gap = bare[one.end : other.begin]
    if len(gap) > 40 or "\n" in gap or _MARKED.match(gap) is None:
        return False
    return own_zone(bare, other.clock) is not None
