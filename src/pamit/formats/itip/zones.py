"""Times of an answer and the VTIMEZONE that goes with each of them.

Exchange turns an answer whose TZID has no VTIMEZONE into an unreadable file (F6), so each TZID written brings one: that of
the request, line by line, or one made from the zone database where the request has none. A time that cannot be written
safely in its zone is written in UTC.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from pamit.domain.calendar.zones import zone
from pamit.formats.icalendar import CalendarObject, CalendarTime, ContentLine, ZoneDefinition
from pamit.formats.icalendar.lines import Component, read_components, unescape_text
from pamit.formats.icalendar.write import content_line, escape_text, utc_time
from pamit.formats.icalendar.zones import Zones
from pamit.formats.itip.lines import folded, has_controls, parameter, plain_text, unfolded
from pamit.formats.limits import DEFAULT_LIMITS

__all__ = ["TimeWriter", "definition_lines", "definition_of"]

_SOUND = re.compile(
    r"(?:;TZID=(?:\"[^\"\x00-\x1f\x7f]+\"|[^\",;:\x00-\x1f\x7f]+)|;VALUE=DATE(?:-TIME)?|;RANGE=THISANDFUTURE)*"
    r":\d{8}(?:T\d{6}Z?)?"
)
_ZONE_LINE = re.compile(r"[A-Z][A-Z0-9-]*(?:;[A-Za-z0-9-]+=[^\x00-\x1f\x7f:]+)?:[^\x00-\x08\x0a-\x1f\x7f]*")
_LIST = r"[+-]?\d{1,3}(?:,[+-]?\d{1,3})*"
# What programs of other houses refuse to read in a definition, at the price of the whole answer.
_VALUES: Final = {
    "DTSTART": re.compile(r"\d{8}T\d{6}"),
    "TZOFFSETFROM": re.compile(r"[+-]\d{4}(?:\d\d)?"),
    "TZOFFSETTO": re.compile(r"[+-]\d{4}(?:\d\d)?"),
    "RDATE": re.compile(r"\d{8}T\d{6}(?:,\d{8}T\d{6})*"),
    "RRULE": re.compile(
        r"FREQ=(?:YEARLY|MONTHLY|WEEKLY|DAILY)(?:;(?:UNTIL=\d{8}(?:T\d{6}Z?)?|(?:COUNT|INTERVAL)=\d{1,4}|WKST=(?:SU|MO)"
        r"|BYDAY=[+-]?\d{0,2}(?:SU|MO|TU|WE|TH|FR|SA)(?:,[+-]?\d{0,2}(?:SU|MO|TU|WE|TH|FR|SA))*"
        rf"|BY(?:MONTH|MONTHDAY|YEARDAY|HOUR|MINUTE|SECOND|SETPOS|WEEKNO)={_LIST}))*"
    ),
}
_RULE_NAMES: Final = frozenset((*_VALUES, "TZNAME", "COMMENT"))
_ZONED_DAY = timedelta(days=1)
_AROUND: Final = timedelta(days=400)
"""How far before and after the times of an answer a made definition reaches: at least one change of the clocks each way."""


def definition_lines(raw: bytes) -> list[str] | None:
    """The unfolded lines of a VTIMEZONE, in order; None where it is not sound enough to be repeated.

    Sound is a definition that is closed, holds nothing but its rules, and whose rules each say since when they hold and
    from which offset to which. Repeating anything else would let a request put components of its own into our answer.
    """
    trees = read_components(raw, DEFAULT_LIMITS).components
    found = trees[0].children[0] if trees and trees[0].children else None
    if found is None or found.name != "VTIMEZONE" or found.line("TZID") is None or not found.children:
        return None
    if not all(map(_is_rule, found.children)) or any(not _belongs(line) for line in found.lines):
        return None
    lines = [unfolded(line) for line in _logical(raw)]
    try:
        written = [line.decode("utf-8").rstrip(" ") for line in lines if line.strip()]
    except UnicodeDecodeError:
        return None
    if any(map(has_controls, written)):
        return None
    sound = all(map(_ZONE_LINE.fullmatch, written)) and written[0] == "BEGIN:VTIMEZONE" and written[-1] == "END:VTIMEZONE"
    return written if sound and len(written) == _expected(found) else None


def _belongs(line: ContentLine) -> bool:
    return line.name in ("TZID", "LAST-MODIFIED", "TZURL") or line.name.startswith("X-")


def _is_rule(component: Component) -> bool:
    lines = component.lines
    return (
        component.name in ("STANDARD", "DAYLIGHT")
        and not component.children
        and all(len(component.all_lines(name)) == 1 for name in ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"))
        and all(line.name in _RULE_NAMES or line.name.startswith("X-") for line in lines)
        and all(_VALUES[line.name].fullmatch(line.value.rstrip(" ")) for line in lines if line.name in _VALUES)
        and not any(line.parameters for line in lines if line.name in _VALUES)
    )


def _expected(component: Component) -> int:
    return len(component.lines) + 2 + sum(map(_expected, component.children))


def _logical(raw: bytes) -> Iterable[bytes]:
    pending = b""
    for physical in raw.splitlines(keepends=True):
        if physical[:1] in (b" ", b"\t") and pending:
            pending += physical
        else:
            if pending:
                yield pending
            pending = physical
    if pending:
        yield pending


def definition_of(request: CalendarObject, tzid: str) -> ZoneDefinition | None:
    """The request's definition of a zone; quotes, case and escapes in its name do not count."""
    wanted = _key(tzid)
    return next((one for one in request.zones if _key(one.tzid) == wanted), None)


def _key(tzid: str) -> str:
    return unescape_text(tzid).strip(" \"'").casefold()


class TimeWriter:
    """Writes the times of one answer and remembers the zones they need.

    Args:
        request: the object that is answered.
    """

    def __init__(self, request: CalendarObject) -> None:
        self._request = request
        self._zones = Zones(request.zones, request.timezone)
        self._needed: dict[str, list[str]] = {}
        self._made: dict[str, tuple[ZoneInfo, list[datetime]]] = {}

    def copy(self, name: str, line: ContentLine, time: CalendarTime) -> str | None:
        """A time of the request, unchanged, under a name; None where its zone means nothing anywhere."""
        if time.is_date:
            return content_line(f"{name};VALUE=DATE{_range(line)}", f"{time.day:%Y%m%d}")
        if time.found in ("utc", "offset") or time.tzid is None:
            if time.found == "offset" and time.moment is not None:
                return content_line(name + _range(line), utc_time(time.moment))
            zulu = "Z" if time.found == "utc" else ""
            return content_line(name + _range(line), f"{time.wall:%Y%m%dT%H%M%S}{zulu}")
        tzid = self._use(time.tzid, time)
        if tzid is None:
            return None
        value = f"{time.wall:%Y%m%dT%H%M%S}"
        written = self._as_written(name, line, tzid, value)
        return written or content_line(f"{name}{parameter('TZID', tzid)}{_range(line)}", value)

    def place(self, name: str, moment: datetime, like: CalendarTime | None) -> str:
        """A moment of our own, told in the zone of another time where that is safe, else in UTC.

        Args:
            moment: aware.
        """
        if like is not None and like.wall is not None and like.tzid is not None and like.found not in ("utc", "offset"):
            wall = self.wall(moment, like)
            tzid = self._use(like.tzid, like, moment) if wall is not None else None
            if tzid is not None:
                return content_line(name + parameter("TZID", tzid), f"{wall:%Y%m%dT%H%M%S}")
        return content_line(name, utc_time(moment))

    def definitions(self) -> list[str]:
        """The VTIMEZONE components for every TZID written so far, folded."""
        made = [_made_definition(tzid, *found) for tzid, found in self._made.items()]
        return [folded(line) for lines in (*self._needed.values(), *made) for line in lines]

    def _use(self, tzid: str, time: CalendarTime, moment: datetime | None = None) -> str | None:
        """The name under which a zone is written, its definition noted; None where there is none to be had."""
        definition = definition_of(self._request, tzid)
        lines = definition_lines(definition.raw) if definition is not None else None
        if definition is not None and lines is not None:
            name = unescape_text(definition.tzid)
            self._needed.setdefault(name, lines)
            return name
        if time.zone is None or time.moment is None:
            return None
        name = " ".join(plain_text(tzid).split())
        self._made.setdefault(name, (zone(time.zone), []))[1].append(moment or time.moment)
        return name

    def _as_written(self, name: str, line: ContentLine, tzid: str, value: str) -> str | None:
        """The line as it came, where it is well formed, says just this and names its zone exactly as the definition does."""
        if line.mended or line.parameter("TZID") != tzid:
            return None
        try:
            text = unfolded(line.raw).decode("utf-8").rstrip()
        except UnicodeDecodeError:
            return None
        tail = text[len(line.name) :]
        if text[: len(line.name)] != line.name or not _SOUND.fullmatch(tail) or not tail.endswith(f":{value}"):
            return None
        return folded(name + tail)

    def wall(self, moment: datetime, like: CalendarTime) -> datetime | None:
        """The local time of a moment where another time is told; None for a doubtful hour: skipped, doubled or disputed."""
        if like.moment is None or like.other_moment is not None:
            return None
        utc = moment.astimezone(UTC)
        if like.found in ("utc", "offset"):
            return utc.astimezone(like.moment.tzinfo).replace(tzinfo=None)
        offset = like.moment.utcoffset() or timedelta()
        for _ in range(3):
            wall = (utc + offset).replace(tzinfo=None)
            resolved = self._zones.resolve(like.tzid, wall)
            if resolved.zone is None or resolved.other_offset is not None:
                return None
            there = wall.replace(tzinfo=resolved.zone)
            found = there.utcoffset() or timedelta()
            if found == offset:
                return wall if there.replace(fold=1).utcoffset() == found else None
            offset = found
        return None


def _range(line: ContentLine) -> str:
    wide = line.name == "RECURRENCE-ID" and (line.parameter("RANGE") or "").upper() == "THISANDFUTURE"
    return ";RANGE=THISANDFUTURE" if wide else ""


def _made_definition(tzid: str, tz: ZoneInfo, moments: list[datetime]) -> list[str]:
    """A VTIMEZONE from the zone database that holds around each of these moments."""
    known: timedelta | None = None
    seen = datetime.min.replace(tzinfo=UTC)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{escape_text(tzid)}"]
    for moment in sorted(moments):
        begin, end = moment.astimezone(UTC) - _AROUND, moment.astimezone(UTC) + _AROUND
        offset, summer = _state(tz, begin)
        if known is None:
            lines += _rule(datetime(1970, 1, 1), offset, offset, summer=summer)  # noqa: DTZ001 - local time
        elif begin > seen and offset != known:
            lines += _rule((begin + known).replace(tzinfo=None), known, offset, summer=summer)
        known = offset if begin > seen else known
        for change, before, after, into_summer in _changes(tz, max(begin, seen), end):
            lines += _rule((change + before).replace(tzinfo=None), before, after, summer=into_summer)
            known = after
        seen = max(seen, end)
    return [*lines, "END:VTIMEZONE"]


def _state(tz: ZoneInfo, moment: datetime) -> tuple[timedelta, bool]:
    there = moment.astimezone(tz)
    return there.utcoffset() or timedelta(), bool(there.dst())


def _changes(tz: ZoneInfo, begin: datetime, end: datetime) -> Iterable[tuple[datetime, timedelta, timedelta, bool]]:
    """The changes of the clocks within a span: the moment, the offset before and after, whether summer time begins."""
    at = begin
    offset = _state(tz, at)[0]
    while at < end:
        later = at + _ZONED_DAY
        if _state(tz, later)[0] != offset:
            low, high = at, later
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                low, high = (middle, high) if _state(tz, middle)[0] == offset else (low, middle)
            moment = high.replace(second=0, microsecond=0)
            after, summer = _state(tz, later)
            yield moment, offset, after, summer
            offset = after
        at = later


def _rule(since: datetime, before: timedelta, after: timedelta, *, summer: bool) -> list[str]:
    kind = "DAYLIGHT" if summer else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{since:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_offset(before)}",
        f"TZOFFSETTO:{_offset(after)}",
        f"END:{kind}",
    ]


def _offset(size: timedelta) -> str:
    minutes = round(abs(size).total_seconds()) // 60
    return f"{'-' if size < timedelta() else '+'}{minutes // 60:02}{minutes % 60:02}"
