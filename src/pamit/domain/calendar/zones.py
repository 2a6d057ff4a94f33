"""Time zones: Indonesia's three by their letters, others by IANA name, and the zone that a place implies.

Sources: Indonesia's zones WIB, WITA and WIT (Presidential decree 41/1987); names of the IANA time zone database.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pamit.errors import ErrorKind, PamitError
from pamit.tables import read_table

__all__ = ["DEFAULT_ZONE", "GIVEN_NAMES", "ZONE_ABBREVIATIONS", "offset_zone", "zone", "zone_label", "zone_of_place"]

DEFAULT_ZONE = "Asia/Jakarta"
"""The zone where neither the words nor the place tell another: most employers stand in western Indonesia."""

_DATA = read_table("pamit.domain.calendar", "zones.toml")

ZONE_ABBREVIATIONS: dict[str, str] = _DATA["abbreviations"]
"""Zone letters in capitals, to IANA name."""

_PLACES: dict[str, str] = {place: name for name, places in _DATA["places"].items() for place in places}
_MANNER_BEFORE, _MANNER_AFTER = (frozenset(_DATA["manner"][key]) for key in ("before", "after"))
GIVEN_NAMES: frozenset[str] = frozenset(_DATA["manner"]["names"])
"""Places after which people are called too ("Bima Saputra"), in small letters."""
_AND = re.compile(r" ?[,/&+] ?| (?:dan|and|atau|or|serta) ")
_INDONESIAN = frozenset(("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"))
_LONGEST_PLACE = max(place.count(" ") + 1 for place in _PLACES)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_LABELS = {
    "Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT",
    "Asia/Singapore": "SGT", "Asia/Kuala_Lumpur": "MYT",
}  # fmt: skip


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name.

    Raises:
        PamitError: ``unknown-zone`` where the time zone database has no such name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise PamitError(ErrorKind.INVALID, "unknown-zone", f"There is no time zone {name[:60]!r}.") from error


def offset_zone(offset: timedelta) -> str:
    """An IANA name for a plain offset from UTC: Indonesia's own zones first, then the fixed zones ``Etc/GMT∓n``.

    >>> offset_zone(timedelta(hours=8))
    'Asia/Makassar'

    Raises:
        PamitError: ``unknown-zone`` for an offset that is no whole hour within a day's reach.
    """
    hours, rest = divmod(offset, timedelta(hours=1))
    if rest or not -12 <= hours <= 14:
        raise PamitError(ErrorKind.INVALID, "unknown-zone", f"There is no zone for the offset {offset}.")
    own = {7: "Asia/Jakarta", 8: "Asia/Makassar", 9: "Asia/Jayapura", 0: "Etc/GMT"}
    # POSIX turned the sign around: Etc/GMT-5 lies east of Greenwich.
    return own.get(hours) or f"Etc/GMT{-hours:+d}"


def zone_label(name: str, at: datetime) -> str:
    """How a zone is written beside an hour: WIB, WITA, WIT, CET, or ``GMT+8`` where it has no letters.

    >>> zone_label("Asia/Makassar", datetime(2026, 11, 26, 9))
    'WITA'
    """
    if name in _LABELS:
        return _LABELS[name]
    local = at.astimezone(zone(name)) if at.tzinfo else at.replace(tzinfo=zone(name))
    label = local.tzname() or ""
    if label.isalpha():
        return label
    minutes = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"GMT{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")


def zone_of_place(text: str) -> str | None:
    """The zone that the places named in a text imply; None where no listed place is named.

    Names are compared as whole words; the last place named wins, as addresses run from the street to the country. A language, a
    kitchen, a ware or a market is no place.

    >>> zone_of_place("Jl. Pantai No. 3, Canggu, Bali"), zone_of_place("Guru Bahasa Inggris dan Jepang")
    ('Asia/Makassar', None)
    """
    matches = list(_WORD.finditer(text))
    words = [match.group().casefold() for match in matches]
    found: str | None = None
    manner_end = -1  # where the last name stopped that told a manner
    begin = 0
    while begin < len(words):
        name, length = _place_at(words, begin)
        if name is None:
            begin += 1
            continue
        last = begin + length - 1
        gap = text[manner_end : matches[begin].start()] if 0 <= manner_end <= matches[begin].start() else ""
        if _is_manner(text, matches, words, begin, last) or (name not in _INDONESIAN and _AND.fullmatch(gap)):
            manner_end = matches[last].end()
        else:
            found = name
        begin = last + 1
    return found


def _place_at(words: list[str], begin: int) -> tuple[str | None, int]:
    """The zone of the longest place that begins at a word, and of how many words it is."""
    for length in range(min(_LONGEST_PLACE, len(words) - begin), 0, -1):
        name = _PLACES.get(" ".join(words[begin : begin + length]))
        if name:
            return name, length
    return None, 1


def _is_manner(text: str, matches: list[re.Match[str]], words: list[str], first: int, last: int) -> bool:
    """Whether the words beside a place make a language, a ware or a market of it."""
    if first:
        gap = text[matches[first - 1].end() : matches[first].start()]
        if gap.isspace() and "\n" not in gap and words[first - 1] in _MANNER_BEFORE:
            return True
        if gap.strip(" ") == "." and words[first - 1] in ("b", "bhs"):
            return True  # "guru B. Inggris"
    if last + 1 < len(words):
        gap = text[matches[last].end() : matches[last + 1].start()]
        return gap == " " and words[last + 1] in _MANNER_AFTER
    return False
