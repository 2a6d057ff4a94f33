"""The zone beside a clock time: letters, an offset, a place, or the label of a form."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import NamedTuple

from pamit.domain.calendar.grammar.scan import Scan
from pamit.domain.calendar.grammar.words import HALF_HOUR_ZONES, named_zone
from pamit.domain.calendar.zones import ZONE_ABBREVIATIONS, offset_zone
from pamit.errors import PamitError

__all__ = ["ZoneBeside", "label_zone", "read_glued_offset", "read_place", "read_zone"]

_PLAIN_ZONES = frozenset({"WIB", "WITA", "WIT", "GMT", "UTC", "SGT"})
"""Zone letters that are no word in either language, and are read in small letters too."""
_OFFSET = re.compile(r" ?([+-]) ?([0-9]{1,2})(?:[:.]?([0-9]{2}))?(?![0-9])")
_GLUED_OFFSET = re.compile(r"\+([0-9]{2}):?([0-9]{2})(?![0-9])|z(?![a-z0-9])")
"""The offset of ISO 8601 right behind the time; with a minus it looks like a span, and is left alone."""
_PLACE_TIME = re.compile(r"[ (,]{1,3}(?:in )?([a-z]+(?: [a-z]+){0,2}?) (?:standard |local )?time\b")
_TIME_PLACE = re.compile(r"[ (,]{1,3}waktu ((?:indonesia (?:bagian )?)?[a-z]+)\b")
_BARE_PLACE = re.compile(r"[ (]{1,2}(?:in )?([a-z]+(?: kong| lumpur| york)?)(?= *(?:[/).,;\n]|$|= ))")


class ZoneBeside(NamedTuple):
    """A zone, where it ends, and the token after it."""

    zone: str
    end: int
    next_index: int


def read_zone(scan: Scan, index: int, *, loose: bool) -> ZoneBeside | None:
    """The zone whose letters are the token, with an offset behind GMT or UTC.

    Args:
        scan: the text.
        index: of the letters.
        loose: whether the time leaves no doubt ("10:00", "5 pm"), so that "ET" is a zone.
    """
    token = scan.at(index)
    name = token.word.upper()
    if scan.folded[token.end : token.end + 1].isalnum():
        return None
    if name not in _PLAIN_ZONES and scan.text[token.begin : token.end] != name:
        return None  # "est. 30 menit"
    if name == "ET" and not loose:
        return None
    match = _OFFSET.match(scan.folded, token.end) if name in ("GMT", "UTC") else None
    if match is None:
        return ZoneBeside(ZONE_ABBREVIATIONS[name], token.end, index + 1)
    zone = _offset((int(match[2]) * 60 + int(match[3] or 0)) * (-1 if match[1] == "-" else 1))
    if zone is None:
        return None
    return ZoneBeside(zone, match.end(), _token_after(scan, index + 1, match.end()))


def read_glued_offset(scan: Scan, end: int, index: int) -> ZoneBeside | None:
    """The zone of "2026-11-26T10:00:00+07:00" and of "10:00Z"."""
    match = _GLUED_OFFSET.match(scan.folded, end)
    if match is None:
        return None
    zone = _offset(int(match[1]) * 60 + int(match[2])) if match[1] else "Etc/UTC"
    return ZoneBeside(zone, match.end(), _token_after(scan, index, match.end())) if zone else None


def _offset(east: int) -> str | None:
    """The zone so many minutes east of Greenwich, if there is one."""
    try:
        return HALF_HOUR_ZONES.get(east) or offset_zone(timedelta(minutes=east))
    except PamitError:
        return None


def read_place(scan: Scan, end: int, index: int, *, bare: bool) -> ZoneBeside | None:
    """The zone of "Jakarta time", "waktu Indonesia Barat", and where ``bare`` of "5pm Jakarta", "16:00 in Jakarta".

    Args:
        scan: the text.
        end: of the time before.
        index: of the token after the time.
        bare: whether the place alone will do.
    """
    match = _TIME_PLACE.match(scan.folded, end) or _PLACE_TIME.match(scan.folded, end)
    if match is None and (bare or scan.folded.startswith(" in ", end)):
        match = _BARE_PLACE.match(scan.folded, end)
    zone = named_zone(match[1]) if match else None
    if match is None or zone is None:
        return None
    return ZoneBeside(zone, match.end(), _token_after(scan, index, match.end()))


def _token_after(scan: Scan, index: int, end: int) -> int:
    while scan.at(index).kind != "stop" and scan.at(index).begin < end:
        index += 1
    return index


def label_zone(scan: Scan, index: int) -> str | None:
    """The zone in the label of an hour: "Jam (WIB) : 09.00"."""
    token = scan.at(index)
    if token.kind != "zone" or scan.gap(index - 1).strip() not in ("", "(", "/"):
        return None
    return ZONE_ABBREVIATIONS[token.word.upper()]
