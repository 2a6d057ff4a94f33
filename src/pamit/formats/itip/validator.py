"""A second opinion on an answer: its bytes are read again and held against the request (protocols.md §1.2–1.4, T14).

Nothing here builds anything, and nothing of the builder is used: lines, structure and parameters are read by a strict
grammar of its own, the values by the reader of :mod:`pamit.formats.icalendar`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pamit.errors import PamitError
from pamit.formats.icalendar import CalendarEvent, CalendarObject, CalendarTime, ContentLine, parse_calendars
from pamit.formats.icalendar.lines import unescape_text
from pamit.formats.itip.lines import plain_text, unfolded
from pamit.formats.itip.selection import Instance, damage_of, events_of, instance_key
from pamit.formats.itip.zones import definition_lines, definition_of

__all__ = ["Problem", "validate_answer"]

_MOST: Final = 75
_PARAMETER = r"[A-Z0-9-]+=(?:\"[^\"]*\"|[^\",;:]*)(?:,(?:\"[^\"]*\"|[^\",;:]*))*"
_LINE = re.compile(rf"([A-Z0-9-]+)((?:;{_PARAMETER})*):(.*)", re.DOTALL)
_ONE_PARAMETER = re.compile(r";([A-Z0-9-]+)=((?:\"[^\"]*\"|[^\",;:\"])*(?:,(?:\"[^\"]*\"|[^\",;:\"])*)*)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
_UTC = re.compile(r"\d{8}T\d{6}Z")
_TIME = re.compile(r"\d{8}(?:T\d{6}Z?)?")
_PARTSTATS: Final = frozenset(("ACCEPTED", "DECLINED", "TENTATIVE"))

_HEAD_NAMES: Final = frozenset(("PRODID", "VERSION", "METHOD", "CALSCALE"))
_TIME_NAMES: Final = frozenset(("DTSTART", "DTEND", "RECURRENCE-ID", "X-MS-OLK-ORIGINALSTART", "X-MS-OLK-ORIGINALEND"))
_TEXT_NAMES: Final = frozenset(("SUMMARY", "LOCATION", "COMMENT"))
_ONCE: Final = frozenset(("UID", "DTSTAMP", "SEQUENCE", "ORGANIZER", "ATTENDEE"))
_ALLOWED: Final = {
    "REPLY": _ONCE | {"RECURRENCE-ID", "DTSTART", "DTEND", "DURATION", "SUMMARY", "COMMENT", "REQUEST-STATUS"},
    "COUNTER": _ONCE | _TIME_NAMES | _TEXT_NAMES,
}
_REQUIRED: Final = {"REPLY": _ONCE, "COUNTER": _ONCE | (_TIME_NAMES - {"RECURRENCE-ID"}) | {"SUMMARY"}}
_PARAMETERS: Final = {
    "ORGANIZER": {"CN", "SENT-BY", "EMAIL"},
    "ATTENDEE": {"CN", "CUTYPE", "ROLE", "EMAIL", "PARTSTAT"},
    **{name: {"TZID", "VALUE"} for name in _TIME_NAMES},
    "RECURRENCE-ID": {"TZID", "VALUE", "RANGE"},
    **{name: {"LANGUAGE"} for name in _TEXT_NAMES},
}


@dataclass(frozen=True)
class Problem:
    """A rule that an answer breaks.

    Attributes:
        code: a stable kebab-case name.
        where: the property concerned, where there is one; never its value.
    """

    code: str
    where: str | None = None


@dataclass(frozen=True)
class _Line:
    name: str
    parameters: tuple[tuple[str, str], ...]
    value: str
    text: str

    def parameter(self, name: str) -> str | None:
        return next((value for known, value in self.parameters if known == name), None)


@dataclass(frozen=True)
class _Answer:
    """What the strict reader found."""

    head: tuple[_Line, ...]
    event: tuple[_Line, ...]
    zones: tuple[tuple[str, ...], ...]

    def all(self, name: str) -> list[_Line]:
        return [line for line in self.event if line.name == name]

    def one(self, name: str) -> _Line | None:
        return next((line for line in self.event if line.name == name), None)


def validate_answer(
    data: bytes,
    request: CalendarObject,
    *,
    previous: datetime | None = None,
    instance: Instance | None = None,
    uninvited: bool = False,
) -> tuple[Problem, ...]:
    """What is wrong with an answer; nothing means that it may be sent.

    Args:
        data: a REPLY or COUNTER, as it would go out.
        request: what it answers.
        previous: the DTSTAMP of the last answer to the same request.
        instance: the one instance of a series that was to be answered.
        uninvited: whether the one who answers may be missing among the invited.
    """
    problems = list(_byte_problems(data))
    if problems:
        return tuple(dict.fromkeys(problems))
    parsed = _structure(data)
    if isinstance(parsed, Problem):
        return (parsed,)
    method = next((line.value for line in parsed.head if line.name == "METHOD"), "")
    if method not in _ALLOWED:
        return (Problem("method", "METHOD"),)
    if request.method != "REQUEST" or damage_of(request):
        problems.append(Problem("not-a-request"))
    problems += _head_problems(parsed, request)
    problems += _grammar_problems(parsed, method)
    if problems:
        return tuple(dict.fromkeys(problems))
    try:
        (read,) = parse_calendars(data)
        (event,) = read.events
    except (PamitError, ValueError):
        return (Problem("unreadable"),)
    asked = _asked(event, request)
    if asked is None:
        return (Problem("answers-nothing", "RECURRENCE-ID"),)
    problems += _identity_problems(parsed, event, asked, previous, instance)
    problems += _people_problems(parsed, asked, method, uninvited=uninvited)
    problems += _word_problems(parsed, asked)
    problems += _zone_problems(parsed, request)
    problems += _time_problems(event, asked) if method == "REPLY" else _counter_problems(parsed, event, asked)
    return tuple(dict.fromkeys(problems))


# -- bytes, lines, structure ------------------------------------------------------------------------------------------


def _byte_problems(data: bytes) -> Iterator[Problem]:
    if data.startswith(b"\xef\xbb\xbf"):
        yield Problem("byte-order-mark")
    if not data.endswith(b"\r\n") or re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        yield Problem("line-ends")
    for physical in data.split(b"\r\n")[:-1]:
        if len(physical) > _MOST:
            yield Problem("line-too-long")
        if not physical.strip():
            yield Problem("blank-line")
        try:
            text = physical.decode("utf-8")
        except UnicodeDecodeError:
            yield Problem("fold-inside-letter")
        else:
            if _CONTROL.search(text):
                yield Problem("control-character")


def _structure(data: bytes) -> _Answer | Problem:
    """The parts of an answer: one VCALENDAR, time zones, then one VEVENT, nothing else."""
    lines = re.sub(rb"\r\n[ \t]", b"", data).decode("utf-8").split("\r\n")[:-1]
    if lines[:1] != ["BEGIN:VCALENDAR"] or lines[-1:] != ["END:VCALENDAR"]:
        return Problem("structure", "VCALENDAR")
    head: list[_Line] = []
    event: list[_Line] | None = None
    zones: list[tuple[str, ...]] = []
    position, last = 1, len(lines) - 1
    while position < last:
        text = lines[position]
        if text in ("BEGIN:VTIMEZONE", "BEGIN:VEVENT"):
            closing = text.replace("BEGIN", "END")
            if closing not in lines[position:last] or event is not None:
                return Problem("structure", text.partition(":")[2])
            end = lines.index(closing, position)
            inside = lines[position : end + 1]
            if text == "BEGIN:VTIMEZONE":
                zones.append(tuple(inside))
            else:
                read = [_line(one) for one in inside[1:-1]]
                if any(one is None or one.name in ("BEGIN", "END") for one in read):
                    return Problem("structure", "VEVENT")
                event = [one for one in read if one is not None]
            position = end + 1
            continue
        found = _line(text)
        if found is None or found.name not in _HEAD_NAMES:
            return Problem("structure", found.name if found else None)
        head.append(found)
        position += 1
    return _Answer(tuple(head), tuple(event), tuple(zones)) if event is not None else Problem("structure", "VEVENT")


def _line(text: str) -> _Line | None:
    found = _LINE.fullmatch(text)
    if found is None:
        return None
    parameters = tuple((one[1], one[2]) for one in _ONE_PARAMETER.finditer(found[2]))
    return _Line(found[1], parameters, found[3], text)


def _head_problems(parsed: _Answer, request: CalendarObject) -> Iterator[Problem]:
    values = {line.name: line.value for line in parsed.head}
    if len(values) != len(parsed.head) or not {"PRODID", "VERSION", "METHOD"} <= set(values):
        yield Problem("head")
    if values.get("VERSION") != "2.0" or values.get("CALSCALE", "GREGORIAN") != "GREGORIAN":
        yield Problem("head", "VERSION")
    prodid = values.get("PRODID", "")
    if not prodid.startswith("-//Pamit//") or prodid == request.prodid:
        yield Problem("not-our-product", "PRODID")


def _grammar_problems(parsed: _Answer, method: str) -> Iterator[Problem]:
    """Which properties and parameters there are, how often, and whether values have the form of their type."""
    counts = Counter(line.name for line in parsed.event)
    for name in counts:
        if name not in _ALLOWED[method]:
            yield Problem("forbidden-property", name)
        if counts[name] > 1 and name not in ("COMMENT", "REQUEST-STATUS"):
            yield Problem("doubled", name)
    for name in sorted(_REQUIRED[method]):
        if not counts[name]:
            yield Problem("missing", name)
    if counts["DTEND"] and counts["DURATION"]:
        yield Problem("doubled", "DTEND")
    for line in parsed.event:
        allowed = _PARAMETERS.get(line.name, set())
        if any(name not in allowed for name, _ in line.parameters) or len(dict(line.parameters)) != len(line.parameters):
            yield Problem("forbidden-parameter", line.name)
        if line.name in _TEXT_NAMES and not _TEXT.fullmatch(line.value):
            yield Problem("not-escaped", line.name)
        if line.name in _TIME_NAMES and not _is_time(line):
            yield Problem("time-form", line.name)
    stamp = parsed.one("DTSTAMP")
    if stamp is not None and not _UTC.fullmatch(stamp.value):
        yield Problem("time-form", "DTSTAMP")


def _is_time(line: _Line) -> bool:
    value, kind = line.value, line.parameter("VALUE")
    if not _TIME.fullmatch(value) or (kind == "DATE") != (len(value) == 8):
        return False
    return line.parameter("TZID") is None or (kind != "DATE" and not value.endswith("Z"))


# -- against the request ----------------------------------------------------------------------------------------------


def _asked(event: CalendarEvent, request: CalendarObject) -> CalendarEvent | None:
    """The event of the request that is answered: the one about the same instance, else the series that has it."""
    events = events_of(request)
    wanted = event.recurrence_id
    if wanted is None:
        return next((one for one in events if one.line("RECURRENCE-ID") is None), None)
    for one in events:
        if one.recurrence_id is not None and _same_time(one.recurrence_id, wanted):
            return one
    return next((one for one in events if one.line("RECURRENCE-ID") is None and one.rrule is not None), None)


def _identity_problems(
    parsed: _Answer, event: CalendarEvent, asked: CalendarEvent, previous: datetime | None, instance: Instance | None
) -> Iterator[Problem]:
    uid, sequence = parsed.one("UID"), parsed.one("SEQUENCE")
    if uid is None or asked.uid is None or uid.value.encode("utf-8") not in _spellings(asked.line("UID")):
        yield Problem("differs", "UID")
    if sequence is None or sequence.value != str(asked.sequence or 0):
        yield Problem("differs", "SEQUENCE")
    if instance is not None and (event.recurrence_id is None or instance_key(event.recurrence_id) != instance):
        yield Problem("differs", "RECURRENCE-ID")
    stamp = event.dtstamp.moment if event.dtstamp is not None else None
    if previous is not None and (stamp is None or stamp <= previous):
        yield Problem("not-later", "DTSTAMP")


def _spellings(line: ContentLine | None) -> tuple[bytes, ...]:
    """A value as its bytes stand in the request; one that was stated with parameters, as it was read."""
    if line is None:
        return ()
    return (unfolded(line.raw).partition(b":")[2],) if not line.parameters else (line.value.encode("utf-8"),)


def _people_problems(parsed: _Answer, asked: CalendarEvent, method: str, *, uninvited: bool) -> Iterator[Problem]:
    organizer, attendee = parsed.one("ORGANIZER"), parsed.one("ATTENDEE")
    if organizer is None or asked.organizer is None or organizer.value != asked.organizer.value:
        yield Problem("differs", "ORGANIZER")
    if attendee is None:
        return
    if not uninvited and attendee.value not in {user.value for user in asked.attendees}:
        yield Problem("not-invited", "ATTENDEE")
    answers = frozenset(("TENTATIVE",)) if method == "COUNTER" else _PARTSTATS
    if attendee.parameter("PARTSTAT") not in answers:
        yield Problem("partstat", "ATTENDEE")
    for line in (organizer, attendee):
        name = line.parameter("CN") if line is not None else None
        if line is not None and name is not None and "^n" in name.replace("^^", "").lower():
            yield Problem("control-character", line.name)


def _word_problems(parsed: _Answer, asked: CalendarEvent) -> Iterator[Problem]:
    for name, was in (("SUMMARY", asked.summary), ("LOCATION", asked.location)):
        line = parsed.one(name)
        if line is not None and unescape_text(line.value) != plain_text(was or ""):
            yield Problem("differs", name)


def _zone_problems(parsed: _Answer, request: CalendarObject) -> Iterator[Problem]:
    """Each TZID has its VTIMEZONE, that of the request word for word, and there is no other."""
    named = (line.parameter("TZID") for line in parsed.event)
    used = {tzid.strip('"').replace("^'", '"').replace("^^", "^") for tzid in named if tzid is not None}
    defined: dict[str, tuple[str, ...]] = {}
    for lines in parsed.zones:
        tzid = next((line.partition(":")[2] for line in lines if re.match(r"TZID[;:]", line)), "")
        if unescape_text(tzid) in defined:
            yield Problem("doubled", "VTIMEZONE")
        defined[unescape_text(tzid)] = lines
        if definition_lines("\r\n".join(lines).encode("utf-8")) is None:
            yield Problem("broken", "VTIMEZONE")
    if used != set(defined):
        yield Problem("zone-without-definition" if used - set(defined) else "definition-without-use", "VTIMEZONE")
    for tzid, lines in defined.items():
        was = definition_of(request, tzid)
        sound = definition_lines(was.raw) if was is not None else None
        if sound is not None and list(lines) != sound:
            yield Problem("differs", "VTIMEZONE")


def _time_problems(event: CalendarEvent, asked: CalendarEvent) -> Iterator[Problem]:
    """A REPLY leaves the times as they were or leaves them out."""
    start, end = event.start, event.end
    if start is None:
        if end is not None:
            yield Problem("missing", "DTSTART")
        return
    moved = _moved(event, asked)
    if moved is not None:
        if event.recurrence_id is None or not _same_time(start, event.recurrence_id):
            yield Problem("differs", "DTSTART")
        if end is not None and _length(start, end) != _length(asked.start, asked.end):
            yield Problem("differs", "DTEND")
        return
    if not _same_time(start, asked.start):
        yield Problem("differs", "DTSTART")
    if end is not None and not _same_time(end, asked.end):
        yield Problem("differs", "DTEND")


def _counter_problems(parsed: _Answer, event: CalendarEvent, asked: CalendarEvent) -> Iterator[Problem]:
    if asked.refuses_counter:
        yield Problem("counter-refused")
    start, end = event.start, event.end
    if start is None or end is None or start.moment is None or end.moment is None or end.moment <= start.moment:
        yield Problem("end-before-start", "DTEND")
    if start is not None and start.other_moment is not None:
        yield Problem("zone-disputed", "DTSTART")
    was_start = _original(parsed, "X-MS-OLK-ORIGINALSTART")
    was_end = _original(parsed, "X-MS-OLK-ORIGINALEND")
    if _moved(event, asked) is not None:
        if was_start is None or event.recurrence_id is None or not _same_time(was_start, event.recurrence_id):
            yield Problem("differs", "X-MS-OLK-ORIGINALSTART")
        return
    if not _same_time(was_start, asked.start):
        yield Problem("differs", "X-MS-OLK-ORIGINALSTART")
    expected = asked.end
    if expected is None and asked.start is not None:
        expected = asked.start.plus(timedelta(days=1)) if asked.start.is_date else asked.start
    if not _same_time(was_end, expected):
        yield Problem("differs", "X-MS-OLK-ORIGINALEND")


def _moved(event: CalendarEvent, asked: CalendarEvent) -> CalendarTime | None:
    """The instance, where the answer is to one of a series that the request describes as a whole."""
    return event.recurrence_id if asked.line("RECURRENCE-ID") is None else None


def _original(parsed: _Answer, name: str) -> CalendarTime | None:
    """One of the two properties that say when the meeting was to be, read as the reader reads DTSTART."""
    line = parsed.one(name)
    if line is None:
        return None
    inside = [text for zone in parsed.zones for text in zone]
    lines = ["BEGIN:VCALENDAR", *inside, "BEGIN:VEVENT", "DTSTART" + line.text[len(name) :], "END:VEVENT", "END:VCALENDAR"]
    (found,) = parse_calendars("\r\n".join(lines).encode("utf-8"))
    return found.events[0].start


def _same_time(one: CalendarTime | None, other: CalendarTime | None) -> bool:
    """Whether two times are one: as moments where both have one, else as they are told."""
    if one is None or other is None or one.is_date != other.is_date:
        return False
    if one.is_date:
        return one.day == other.day
    if one.moment is not None and other.moment is not None:
        return one.moment == other.moment
    return one.wall == other.wall and one.tzid == other.tzid


def _length(start: CalendarTime | None, end: CalendarTime | None) -> timedelta | None:
    if start is None or end is None:
        return None
    if start.moment is not None and end.moment is not None:
        return end.moment - start.moment
    if start.wall is not None and end.wall is not None:
        return end.wall - start.wall
    return end.day - start.day
