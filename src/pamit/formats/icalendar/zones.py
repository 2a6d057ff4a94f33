"""Which offset a time zone name means, resolved anew for every object (F3: a shared cache once moved meetings by hours).

Order (protocols.md §1.7): IANA name, IANA name behind a vendor's prefix, the object's own VTIMEZONE, Windows name (CLDR),
letters such as WIB, "(UTC+07:00) …" and "GMT+0700"; else unknown, and a person is asked.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Final, Literal

from pamit.domain.calendar.zones import ZONE_ABBREVIATIONS, zone
from pamit.errors import PamitError
from pamit.formats.icalendar.lines import Component, ContentLine

__all__ = ["ResolvedZone", "ZoneDefinition", "ZoneFound", "Zones"]

ZoneFound = Literal[
    "utc", "iana", "prefix", "vtimezone", "windows", "letters", "offset", "x-wr-timezone", "none", "floating", "unknown"
]
"""How the zone of a time was found: ``none`` for a date without a clock time, ``floating`` for a time without any zone,
``unknown`` for a zone name that means nothing here."""

_FIRST: Final = datetime(1, 1, 1)  # noqa: DTZ001 - local time
_LAST: Final = datetime(9999, 12, 31)  # noqa: DTZ001 - local time
_DEFINING_LIMIT: Final = 50
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,3}")
_OFFSET_NAME = re.compile(
    r"\(?\s*(?:(?:UTC|GMT|Z)\s*([+-−])?\s*(\d{1,2})?[:.]?(\d{2})?|([+-−])(\d{1,2}):?(\d{2})?)\s*\)?(?![a-z])", re.IGNORECASE
)
_UTC_NAMES: Final = frozenset(("UTC", "Z", "GMT", "ZULU", "ETC/UTC", "ETC/GMT", "UCT", "COORDINATED UNIVERSAL TIME"))
_WEEKDAYS: Final = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UTC_OFFSET = re.compile(r"\s*([+-])?(\d\d):?(\d\d)(?::?(\d\d))?\s*")
_LOCAL = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d)(\d\d)(\d\d)?)?")


@dataclass(frozen=True)
class _Observance:
    """One STANDARD or DAYLIGHT rule: from when on it holds, and its offset."""

    since: datetime
    offset: timedelta
    before: timedelta
    rule: tuple[tuple[str, str], ...]
    extra: tuple[datetime, ...]

    def latest_onset(self, wall: datetime) -> datetime | None:
        """The last local moment at or before *wall* at which the rule set in; None where it did not yet."""
        onsets = [moment for moment in (self.since, *self.extra) if moment <= wall]
        rule = dict(self.rule)
        if rule and self.since <= wall and rule.get("FREQ") == "YEARLY":
            until = _local(rule.get("UNTIL", "")) or _LAST
            count = rule.get("COUNT", "")
            counted = self.since.year + int(count) - 1 if count.isdecimal() and len(count) < 5 else wall.year
            year = min(wall.year, until.year, counted)
            for candidate in (year, year - 1):
                onset = _onset_in(candidate, rule, self.since)
                # UNTIL is in UTC, onsets are local: compared by the day, which no two onsets share.
                if onset is not None and self.since <= onset <= wall and onset.date() <= until.date():
                    onsets.append(onset)
        return max(onsets, default=None)


@dataclass(frozen=True)
class ZoneDefinition:
    """A VTIMEZONE.

    Attributes:
        tzid: its name, as written.
        raw: its bytes, to be repeated in an answer.
    """

    tzid: str
    raw: bytes
    _observances: tuple[_Observance, ...]

    def offset_at(self, wall: datetime) -> timedelta | None:
        """The offset from UTC at a local time; None where the definition says nothing.

        Before the first rule sets in, the offset from which it changes holds.
        """
        best: tuple[datetime, _Observance] | None = None
        for observance in self._observances:
            onset = observance.latest_onset(wall)
            if onset is not None and (best is None or onset > best[0]):
                best = (onset, observance)
        if best is not None:
            return best[1].offset
        first = min(self._observances, key=lambda observance: observance.since, default=None)
        return first.before if first is not None else None


def define_zone(component: Component) -> ZoneDefinition | None:
    """The definition of a VTIMEZONE; None where it has no name."""
    name = component.line("TZID")
    if name is None:
        return None
    observances = [_observance(child) for child in component.children if child.name in ("STANDARD", "DAYLIGHT")]
    known = sorted((one for one in observances if one is not None), key=lambda one: one.since)
    # Only the rules around today matter; a full history of a zone can have hundreds.
    return ZoneDefinition(name.value.strip(), component.raw, tuple(known[-_DEFINING_LIMIT:]))


def _observance(component: Component) -> _Observance | None:
    start, to, before = component.line("DTSTART"), component.line("TZOFFSETTO"), component.line("TZOFFSETFROM")
    offset = _offset(to.value) if to else None
    since = _local(start.value) if start else None
    if offset is None:
        return None
    rule_line: ContentLine | None = component.line("RRULE")
    rule = tuple(
        (name.strip().upper(), value.strip().upper())
        for name, _, value in (part.partition("=") for part in (rule_line.value if rule_line else "").split(";"))
        if value
    )
    extra = tuple(
        moment
        for line in component.all_lines("RDATE")[:_DEFINING_LIMIT]
        for text in line.value.split(",")[:_DEFINING_LIMIT]
        if (moment := _local(text)) is not None
    )
    earlier = _offset(before.value) if before else None
    return _Observance(since or _FIRST, offset, offset if earlier is None else earlier, rule, extra)


def _offset(value: str) -> timedelta | None:
    found = _UTC_OFFSET.fullmatch(value)
    if found is None:
        return None
    size = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    if size >= timedelta(hours=24):
        return None
    return -size if found[1] == "-" else size


def _local(value: str) -> datetime | None:
    found = _LOCAL.match(value)
    if found is None:
        return None
    try:
        return datetime(*(int(part or 0) for part in found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001 - local on purpose
    except ValueError:
        return None


def _onset_in(year: int, rule: dict[str, str], since: datetime) -> datetime | None:
    """The local moment of a yearly rule in one year: by month and weekday, by month and day, or on the same date."""
    interval = rule.get("INTERVAL", "1")
    if interval.isdecimal() and len(interval) < 5 and int(interval) > 1 and (year - since.year) % int(interval):
        return None
    month_text = rule.get("BYMONTH", str(since.month)).partition(",")[0]
    if not (month_text.isdecimal() and len(month_text) < 3 and 1 <= int(month_text) <= 12 and 1 <= year <= 9999):
        return None
    day = _day_in(year, int(month_text), rule, since)
    return None if day is None else datetime.combine(day, since.time())


def _day_in(year: int, month: int, rule: dict[str, str], since: datetime) -> date | None:
    length = calendar.monthrange(year, month)[1]
    days = [int(text) for text in rule.get("BYMONTHDAY", "").split(",") if re.fullmatch(r"-?\d{1,2}", text)]
    days = [day if day > 0 else length + 1 + day for day in days]
    by_day = _BY_DAY.fullmatch(rule.get("BYDAY", "").partition(",")[0])
    if by_day is None:
        wanted = days[0] if days else since.day
        return date(year, month, wanted) if 1 <= wanted <= length else None
    matching = [day for day in range(1, length + 1) if date(year, month, day).weekday() == _WEEKDAYS[by_day[2]]]
    if days:
        matching = [day for day in matching if day in days]
    ordinal = int(by_day[1] or rule.get("BYSETPOS", "1").partition(",")[0] or 1) if not days else 1
    index = ordinal - 1 if ordinal > 0 else ordinal
    try:
        return date(year, month, matching[index])
    except IndexError:
        return None


@dataclass(frozen=True)
class ResolvedZone:
    """What a zone name means at one local time.

    Attributes:
        zone: for aware datetimes; None where the name is unknown.
        name: the IANA name, where there is one.
        other_offset: a second reading, where the object's own VTIMEZONE and the name disagree at that moment.
    """

    zone: tzinfo | None
    name: str | None
    found: ZoneFound
    other_offset: timedelta | None = None


class Zones:
    """The zones of one calendar object."""

    def __init__(self, definitions: tuple[ZoneDefinition, ...], default_name: str | None) -> None:
        self._definitions = {_key(definition.tzid): definition for definition in reversed(definitions)}
        self._only = definitions[0] if len(definitions) == 1 else None
        self._default = default_name

    def resolve(self, tzid: str | None, wall: datetime) -> ResolvedZone:
        """What a TZID means at a local time; without a TZID the calendar's own zone (X-WR-TIMEZONE), if it names one."""
        if tzid is None:
            name = _iana(self._default) if self._default else None
            if self._default and name is None:
                name = _windows(self._default)
            if name is None:
                return ResolvedZone(None, None, "floating")
            return ResolvedZone(zone(name), name, "x-wr-timezone")
        definition = self._definitions.get(_key(tzid))
        defined = definition.offset_at(wall) if definition else None
        name, found = _named(tzid)
        if found in ("iana", "prefix") or (found is not None and defined is None):
            return _with_doubt(_zone_of(name, tzid), name, found, defined, wall)
        if defined is not None:
            windows = name if found == "windows" else None
            if windows is not None and _offset_in(zone(windows), wall) == defined:
                return ResolvedZone(zone(windows), windows, "vtimezone")
            other = _offset_in(_zone_of(name, tzid), wall) if found is not None else None
            return ResolvedZone(timezone(defined), None, "vtimezone", other if other != defined else None)
        if self._only is not None and definition is None:
            # A definition under another name than the one used (nextcloud/server#48598): it can only mean this one.
            stray = self._only.offset_at(wall)
            if stray is not None:
                return ResolvedZone(timezone(stray), None, "vtimezone")
        return ResolvedZone(None, None, "unknown")


def _with_doubt(
    found_zone: tzinfo, name: str | None, found: ZoneFound, defined: timedelta | None, wall: datetime
) -> ResolvedZone:
    other = defined if defined is not None and defined != _offset_in(found_zone, wall) else None
    return ResolvedZone(found_zone, name, found, other)


def _offset_in(which: tzinfo, wall: datetime) -> timedelta | None:
    return wall.replace(tzinfo=which).utcoffset()


def _key(tzid: str) -> str:
    return tzid.strip(" \"'").casefold()


def _named(tzid: str) -> tuple[str | None, ZoneFound] | tuple[None, None]:
    """The zone a bare name means, and how it was found."""
    text = tzid.strip(" \"'\t")[:200]
    if text.upper() in _UTC_NAMES:
        return "Etc/UTC", "iana"
    name = _iana(text)
    if name is not None:
        return name, "iana"
    if "/" in text:
        parts = [part for part in text.replace(" ", "_").split("/") if part]
        for begin in range(max(len(parts) - 3, 0), len(parts)):
            tail = "/".join(parts[begin:])
            name = "Etc/UTC" if tail.upper() in _UTC_NAMES else _iana(tail)
            if name is not None:
                return name, "prefix"
    name = _windows(text)
    if name is not None:
        return name, "windows"
    name = ZONE_ABBREVIATIONS.get(text.upper())
    if name is not None:
        return name, "letters"
    if _OFFSET_NAME.match(text) and _written_offset(text) is not None:
        return _described(text), "offset"
    return None, None


def _zone_of(name: str | None, tzid: str) -> tzinfo:
    if name is not None:
        return zone(name)
    return timezone(_written_offset(tzid.strip(" \"'\t")[:200]) or timedelta())


def _iana(text: str) -> str | None:
    """The IANA name that a text is, whatever its case; only names of places, not "localtime"."""
    text = text.strip()
    if not _KEY.fullmatch(text) or (text.count("/") == 0 and len(text) < 4 and text.upper() not in ("GB", "NZ")):
        return None
    for candidate in (text, "/".join("_".join(w.capitalize() for w in part.split("_")) for part in text.split("/"))):
        if candidate.lower() in ("localtime", "factory", "posixrules"):
            return None
        try:
            return zone(candidate).key
        except PamitError:
            continue
    return None


@cache
def _windows_names() -> dict[str, str]:
    # The table of CLDR comes with the icalendar package; loading it costs 75 ms, so only Windows-like names ask for it.
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return {name.casefold(): place for name, place in WINDOWS_TO_OLSON.items()}


_WINDOWS_LIKE = re.compile(r"\b(?:time|fle|gtb|mexico|utc)\b", re.IGNORECASE)
_DAYLIGHT = re.compile(r"\b(?:daylight|summer)\b", re.IGNORECASE)
_TRAILING_NUMBER = re.compile(r"\s{1,80}+\d{1,2}$")


def _windows(text: str) -> str | None:
    """The place a Windows zone name stands for ("SE Asia Standard Time", "Eastern Standard Time 1", "FLE")."""
    if not _WINDOWS_LIKE.search(text):
        return None
    bare = _TRAILING_NUMBER.sub("", _DAYLIGHT.sub("Standard", text)).casefold()
    names = _windows_names()
    return names.get(bare) or names.get(f"{bare} standard time")


def _written_offset(text: str) -> timedelta | None:
    found = _OFFSET_NAME.match(text)
    if found is None:
        return None
    sign = found[1] or found[4]
    hours, minutes = int(found[2] or found[5] or 0), int(found[3] or found[6] or 0)
    if hours > 14 or minutes > 59 or (sign is None and hours):
        return None
    size = timedelta(hours=hours, minutes=minutes)
    return size if sign != "-" and sign != "−" else -size


def _described(text: str) -> str | None:
    """The place of "(UTC+01:00) Amsterdam, Berlin": the first city that is in the database at that offset."""
    offset = _written_offset(text)
    for part in text.partition(")")[2].split(",")[:6]:
        city = part.strip().replace(" ", "_")
        windows = _windows(f"{part.partition('(')[0].strip().removesuffix(' Time')} Standard Time") if "Time" in part else None
        names = [windows] if windows else [f"{area}/{city}" for area in _AREAS]
        for name in names:
            known = _iana(name)
            if known is not None and zone(known).utcoffset(datetime(2026, 1, 1)) == offset:  # noqa: DTZ001 - local time
                return known
    return None


_AREAS: Final = ("Asia", "Europe", "Australia", "America", "Africa", "Pacific", "Atlantic")
