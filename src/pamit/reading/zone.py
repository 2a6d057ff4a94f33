"""The interview's time zone: stated, else implied by the place, else by the moment of receipt, else western Indonesia."""

from __future__ import annotations

import re
from datetime import timedelta

from pamit.domain.calendar.grammar.words import named_zone
from pamit.domain.calendar.zones import DEFAULT_ZONE, GIVEN_NAMES, ZONE_ABBREVIATIONS, offset_zone, zone_of_place
from pamit.domain.terms import Bilingual
from pamit.errors import PamitError
from pamit.reading.letter import Letter
from pamit.reading.text import Page
from pamit.reading.when import Schedule

__all__ = ["find_zone", "is_stated"]

_LETTERS = re.compile(
    r"(?<![\w@./])(?:" + "|".join(sorted(ZONE_ABBREVIATIONS, key=len, reverse=True)) + r")(?![\w@/]|[ \t]?[+\u2212-]\d)"
)
_OWN_LETTERS = re.compile(r"(?<![\w@./])(?:wib|wita|wit)(?![\w@/])", re.I)
_OWN_LETTER_WORDS = frozenset(("wib", "wita", "wit"))
_LETTER_WORDS = frozenset(name.lower() for name in ZONE_ABBREVIATIONS)
_TIME_WORDS = frozenset(("time", "waktu"))
_IANA = re.compile(r"\b(?:Asia|Europe|America|Australia|Africa|Pacific|" r"Atlantic)/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?\b")
_OFFSET = re.compile(r"\b(?:GMT|UTC)[ \t]?(?P<sign>[+\u2212-])[ \t]?(?P<hours>\d{1,2})(?!\d)", re.I)
_NAMED = re.compile(
    r"\b(?:(?P<before>[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?: standard| daylight)?[ \t]+[Tt]ime\b|"
    r"[Ww]aktu[ \t]+(?P<after>(?:[Ii]ndonesia[ \t]+)?[A-Z]?[a-z]+))"
)
# A city is taken from running text only behind a word of place: "Bima" and "Palu" are people's names too.
_PLACE_NAMED = re.compile(
    r"(?:\b(?i:di|in|at|ke|dari|from|cabang|area|wilayah|kota|kab\.?|kabupaten|basis|site|"
    r"penempatan|domisili|kec\.?|near)|"
    r"[,(\u2013-])[ \t]+(?P<place>[A-Z][\w'-]+(?:[ \t]+[A-Z][\w'-]+){0,2})"
)
_STREET = re.compile(r"\b(?:jalan|jln?|gang|gg)\b", re.I)
# Streets are named after islands and towns ("Jl. Ambon 2, Bandung"); a "Jalan Raya Ubud" does lie there.
_STREET_NAME = re.compile(r"\b(?:jalan|jln?)\b\.?[ \t]+(?!raya\b)[A-Za-z]+(?=[ \t]*(?:,|\d|no\b))", re.I)
_INDONESIAN = {7: "Asia/Jakarta", 8: "Asia/Makassar", 9: "Asia/Jayapura"}

_IMPLIED = Bilingual(
    "Zona waktu tidak ditulis; disimpulkan dari tempatnya.", "No time zone is written; it follows from the place."
)
_RECEIPT = Bilingual(
    "Zona waktu tidak ditulis; diambil dari waktu pesan diterima.",
    "No time zone is written; taken from where the message was received.",
)
_DEFAULT = Bilingual("Zona waktu tidak ditulis; dianggap WIB.", "No time zone is written; western Indonesian time is assumed.")


def find_zone(
    letter: Letter, schedule: Schedule, place: str | None
) -> tuple[str, tuple[int, int] | None, float, Bilingual | None]:
    """The zone's IANA name with its place in the text, confidence and, where it is implied, a note."""
    stated = _stated(letter, schedule)
    if stated:
        return stated[0], stated[1], 0.97, None
    implied = _implied(letter, place)
    if implied:
        return implied, None, 0.85, _IMPLIED
    offset = letter.now.utcoffset() if letter.now else None
    own = _INDONESIAN.get(round(offset.total_seconds() / 3600)) if offset is not None else None
    if own and own != DEFAULT_ZONE:
        return own, None, 0.7, _RECEIPT
    return DEFAULT_ZONE, None, 0.75, _DEFAULT


def is_stated(letter: Letter) -> bool:
    """Whether the message writes a zone at all."""
    return _written(letter.page) is not None


def _stated(letter: Letter, schedule: Schedule) -> tuple[str, tuple[int, int] | None] | None:
    chosen = schedule.chosen
    if chosen and chosen.clock:
        zones = [(clock.zone, (clock.begin, clock.end)) for clock in (chosen.clock, chosen.also) if clock and clock.zone]
        local = [entry for entry in zones if entry[0] in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")]
        # Two zones for one instant: the one the candidate lives by.
        pick = local[0] if local and len(zones) > 1 and zones[0][0] not in _INDONESIAN.values() else zones[0] if zones else None
        if pick and pick[0]:
            return pick[0], None if schedule.in_subject else pick[1]
        if schedule.last and schedule.last.clock and schedule.last.clock.zone:
            return schedule.last.clock.zone, (schedule.last.clock.begin, schedule.last.clock.end)
    for moment in schedule.slots:
        for clock in (moment.clock, moment.also):
            if clock and clock.zone:
                return clock.zone, (clock.begin, clock.end)
    written = _written(letter.page)
    if written:
        return written
    if letter.subject is not None:
        in_subject = _written(letter.subject)
        if in_subject:
            return in_subject[0], None
    return None


_HOUR_BEFORE = re.compile(
    r"(?:\d|\b[ap]\.?m\.?|\bnoon|\bmidnight|\btimes?|\bzones?|\btimezone|\bzona waktu|\bwaktu|\bjam|\ball)[ \t()\[:,=/-]{0,6}"
    r"(?:(?:is|are|in|given|shown|stated|listed)[ \t]{1,3}){0,3}$",
    re.I,
)
_TIME_AFTER = re.compile(r"[ \t)]{0,3}(?:time|zone|timezone)\b", re.I)


def _tells_time(bare: str, letters: re.Match[str]) -> bool:
    """Whether letters are a zone's by an hour or a word of time beside them: BST is a seaman's paper, ICT a subject too."""
    at = letters.start()
    return _HOUR_BEFORE.search(bare, max(0, at - 30), at) is not None or _TIME_AFTER.match(bare, letters.end()) is not None


def _written(page: Page) -> tuple[str, tuple[int, int]] | None:
    """A zone written anywhere in the text ("all times WIB", "(America/New_York)", "Perth time")."""
    bare = page.bare
    match = None
    if page.mentions(_OWN_LETTER_WORDS):
        match = _OWN_LETTERS.search(bare)
    if match is None and page.mentions(_LETTER_WORDS):
        match = next((found for found in _LETTERS.finditer(bare) if _tells_time(bare, found)), None)
    if match:
        return ZONE_ABBREVIATIONS[match.group().upper()], match.span()
    if "/" in bare:
        match = _IANA.search(bare)
        if match:
            return match.group(), match.span()
    match = _OFFSET.search(bare) if "gmt" in page.prose or "utc" in page.prose else None
    if match:
        hours = int(match.group("hours")) * (1 if match.group("sign") == "+" else -1)
        try:
            return offset_zone(timedelta(hours=hours)), match.span()
        except PamitError:
            return None
    if page.mentions(_TIME_WORDS):
        for match in _NAMED.finditer(bare):
            name = named_zone((match.group("before") or match.group("after")).lower())
            if name:
                return name, match.span()
    return None


def _implied(letter: Letter, place: str | None) -> str | None:
    """The zone of the place to go to, else of the places that letterhead, signature and text name.

    The western zone is the default: a place elsewhere tells more. An Indonesian street lies in an Indonesian zone, wherever
    the writer signs.
    """
    if place:
        found = zone_of_place(_STREET_NAME.sub(" ", place))
        if found:
            return found
    parts = [letter.page.clean[line.begin : line.end] for line in (*letter.head, *letter.signature)]
    parts.append(letter.sender.name or "")
    named = [_of_subject(letter.subject)] if letter.subject else []
    named += [zone_of_place(_STREET_NAME.sub(" ", part)) for part in reversed(parts) if not _is_person(part)]
    named += [zone_of_place(match.group("place")) for match in _PLACE_NAMED.finditer(letter.page.bare)]
    here = place is not None and _STREET.search(place) is not None
    zones = [found for found in named if found and not (here and found not in _INDONESIAN.values())]
    return next((found for found in zones if found != DEFAULT_ZONE), zones[0] if zones else None)


def _is_person(line: str) -> bool:
    """A line that is somebody's name: "Bima Saputra", "Sydney Halim, S.Psi."."""
    words = re.findall(r"[^\W\d_]+", line.partition(",")[0].casefold())
    return len(words) <= 3 and not GIVEN_NAMES.isdisjoint(words) and not any(sign.isdigit() for sign in line)


def _of_subject(subject: Page) -> str | None:
    """The zone of a place in the subject; a land abroad only behind a word of place: "Program Magang Jepang" is held here."""
    found = zone_of_place(_STREET_NAME.sub(" ", subject.clean))
    if found is None or found in _INDONESIAN.values():
        return found
    marked = [zone_of_place(match.group("place")) for match in _PLACE_NAMED.finditer(subject.bare)]
    return found if found in marked else None
