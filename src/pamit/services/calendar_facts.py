"""What a calendar object says of an interview, and how that joins with what its words say.

The object's own values (start, end, zone, place, join link) are facts; its words are read like any other text. Where the
two give different starts, neither is taken: a doubt names both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from pamit.domain.calendar.wording import write_moment
from pamit.domain.calendar.zones import DEFAULT_ZONE, offset_zone, zone, zone_of_place
from pamit.domain.hosts import ascii_link
from pamit.domain.invitation import Doubt, Fact, Field, Invitation, Span
from pamit.domain.language import detect_language
from pamit.domain.terms import Bilingual, InvitationKind, Language, Mode
from pamit.errors import PamitError
from pamit.formats.html import html_to_text, looks_like_html
from pamit.formats.icalendar import CalendarEvent, CalendarObject, CalendarTime
from pamit.services import calendar_doubts

__all__ = ["EventInHand", "choose_event", "event_words", "join_event", "organizer_as_sender"]

_ROBOT = re.compile(
    r"no-?reply|do-?not-?reply|@(?:group|resource)\.calendar\.google\.com|unknownorganizer|@imip\.me\.com", re.I
)
_URL = re.compile(r"https?://[^\s<>\"')]+")
_ONLINE = re.compile(
    r"\b(?:google meet|meet\.google|zoom|teams|webex|skype|hangouts?|online|daring|virtual|video ?call|telepon|telephone|phone"
    r"|whatsapp|tba|tbd)\b",
    re.IGNORECASE,
)
_INTERVIEW = re.compile(r"wawancara|interview|intervi[uw]|\btemu\b|hiring|rekrut|recruit", re.IGNORECASE)
_MOVED = re.compile(
    r"updated invitation|re-?schedul|new (?:time|date|slot)|moved to|undangan (?:yang )?(?:telah )?diperbarui"
    r"|jadwal (?:baru|ulang)|dijadwal(?:kan)? ulang|penjadwalan ulang"
    r"|(?:perubahan|pergantian|pemindahan) (?:jadwal|waktu)|diundur|dimajukan",
    re.IGNORECASE,
)
_CRITICAL = re.compile(
    r"\b(?:UID|METHOD|DTSTART|DTEND|DURATION|RECURRENCE-ID|SEQUENCE|ORGANIZER|ATTENDEE|STATUS)\b|end before start|unclosed"
)
_FLAGS = re.compile(r"floating|unknown zone|contradicts itself|empty|RRULE")
# Kinds of message in which a meeting request changes nothing of what the words say.
_KEPT_KINDS: Final = frozenset((InvitationKind.SCAM, InvitationKind.ASSESSMENT, InvitationKind.JOB_ALERT, InvitationKind.OFFER))
_OWN_STEPS: Final = frozenset(("REPLY", "REFRESH"))

_FROM_CALENDAR = Bilingual("Dari berkas kalender.", "From the calendar object.")
_FROM_CALENDAR_ZONE = Bilingual(
    "Berkas kalender menulis waktunya dalam UTC; zonanya diambil dari kata-kata, tempat, atau WIB.",
    "The calendar object gives the time in UTC; the zone is that of the words, of the place, or western Indonesia's.",
)


@dataclass(frozen=True)
class EventInHand:
    """The event that a message is about.

    Attributes:
        method: METHOD in upper case, or None.
        zone_name: X-WR-TIMEZONE where it is an IANA name.
        losses: what of it could not be read.
        rivals: other events with other starts, where the file holds several and none is plainly the interview.
    """

    event: CalendarEvent
    method: str | None
    zone_name: str | None
    losses: tuple[str, ...]
    rivals: tuple[CalendarEvent, ...] = ()


def choose_event(calendars: tuple[CalendarObject, ...], after: datetime | None) -> EventInHand | None:
    """The event that the message is about; None where there is none.

    Among several, those that speak of an interview; among those, the ones still ahead; instances of one series count once.

    Args:
        after: the aware moment from which on events are still ahead.
    """
    found = [(calendar, event) for calendar in calendars for event in calendar.events if event.component == "VEVENT"]
    if not found:
        return None
    spoken = [pair for pair in found if _INTERVIEW.search(f"{pair[1].summary or ''} {pair[1].description or ''}")]
    pool = spoken or found
    if after is not None and len(pool) > 1:
        ahead = [pair for pair in pool if (moment := _moment(pair[1].start)) is not None and moment >= after]
        pool = ahead or pool
    calendar, event = pool[0]
    rivals = tuple(other for _, other in pool[1:] if other.uid != event.uid and _moment(other.start) != _moment(event.start))
    name = calendar.timezone if calendar.timezone and _is_zone(calendar.timezone) else None
    critical = [loss for loss in calendar.losses if _CRITICAL.search(loss) and not _FLAGS.search(loss)]
    return EventInHand(event, calendar.method, name, tuple(critical), rivals)


def _moment(time: CalendarTime | None) -> datetime | None:
    return time.moment if time is not None else None


def _is_zone(name: str) -> bool:
    try:
        zone(name)
    except PamitError:
        return False
    return True


def event_words(event: CalendarEvent) -> str:
    """The words of an event as a letter would put them: what, where, and the description."""
    description = event.description or ""
    if looks_like_html(description):
        description = html_to_text(description)
    language = detect_language(f"{event.summary or ''}\n{description}")
    parts = [event.summary or ""]
    if event.location:
        label = "Tempat" if language == Language.ID else "Location"
        parts.append(f"{label}: {', '.join(line.strip(' ,') for line in event.location.splitlines() if line.strip())}")
    if description.strip():
        parts.append(f"\n{description.strip()}")
    return "\n".join(part for part in parts if part)


def organizer_as_sender(event: CalendarEvent) -> str | None:
    """The organizer in the form of a mail's sender; None for robots and calendar ids."""
    organizer = event.organizer
    if organizer is None:
        return None
    address = organizer.mail_parameter or organizer.email
    name = organizer.name if organizer.name and "@" not in organizer.name else None
    if address is None or _ROBOT.search(address):
        return name
    return f"{name} <{address}>" if name else address


def _when_line(event: CalendarEvent, zone_name: str, language: Language) -> str:
    """When an event is, in words: the line that shows what the calendar says."""
    label = "Waktu menurut kalender" if language == Language.ID else "Time in the calendar"
    if event.start is None or event.start.moment is None:
        return ""
    tz = zone(zone_name)
    end = event.end.moment.astimezone(tz) if event.end is not None and event.end.moment is not None else None
    return f"{label}: {write_moment(event.start.moment.astimezone(tz), zone_name, language, end)}"


def join_event(words: Invitation, hand: EventInHand, *, show: Callable[[str], str] | None = None) -> Invitation:
    """The invitation that words and calendar object give together.

    Args:
        words: what was read from the words.
        show: where the words are the object's own, a way to write the line of its time into their text.
    """
    kind = _kind(words, hand)
    facts = dict(words.facts)
    doubts = list(words.doubts)
    text = words.text
    if hand.losses:
        doubts.append(calendar_doubts.damaged(hand.losses))
    if kind == InvitationKind.CANCELLED_BY_EMPLOYER or hand.method in _OWN_STEPS or kind in _KEPT_KINDS:
        if kind == InvitationKind.CANCELLED_BY_EMPLOYER:
            for name in ("start", "end"):
                facts.pop(name, None)
        return replace(words, kind=kind, facts=facts, doubts=tuple(doubts))
    zone_name, implied = _zone_name(words, hand)
    span: Span | None = None
    line = _when_line(hand.event, zone_name, words.language)
    if show is not None and line:
        text = show(line)
        span = (len(text) - len(line), len(text))
    timing = _timing(words, hand, zone_name, implied, span)
    for name in timing.dropped:
        facts.pop(name, None)
    facts.update(timing.facts)
    facts.update(_place(hand.event, facts))
    settled: set[str] = set(timing.facts) | {"location", "meeting_url", "mode"} & set(facts)
    if "end" in settled:
        settled.add("duration")
    doubts = [doubt for doubt in doubts if doubt.field not in settled or "contradict" in doubt.code]
    doubts.extend(timing.doubts)
    doubts.extend(calendar_doubts.of_method(hand.method))
    return replace(words, text=text, kind=kind, facts=facts, doubts=tuple(doubts))


def _kind(words: Invitation, hand: EventInHand) -> InvitationKind:
    if words.kind in _KEPT_KINDS:
        return words.kind
    if hand.method == "CANCEL" or (hand.event.status == "CANCELLED" and hand.method not in _OWN_STEPS):
        if words.kind == InvitationKind.CANCELLATION_CONFIRMED:
            return words.kind
        return InvitationKind.CANCELLED_BY_EMPLOYER
    if hand.method in _OWN_STEPS:
        return InvitationKind.OTHER
    if hand.method == "COUNTER":
        return InvitationKind.RESCHEDULE_BY_EMPLOYER
    if words.kind == InvitationKind.RESCHEDULE_BY_EMPLOYER:
        return words.kind
    if hand.event.revision > 0 and _MOVED.search(f"{words.subject or ''}\n{words.text}"):
        return InvitationKind.RESCHEDULE_BY_EMPLOYER
    is_note = hand.method in (None, "PUBLISH") and not _INTERVIEW.search(f"{words.subject or ''} {words.text}")
    return words.kind if is_note else InvitationKind.INVITATION


def _zone_name(words: Invitation, hand: EventInHand) -> tuple[str, bool]:
    """The zone to tell the hours in, and whether it had to be implied."""
    start = hand.event.start
    if start is not None and start.zone is not None and not start.zone.startswith("Etc/"):
        # Windows knows one zone for Bangkok, Hanoi and Jakarta and names it after the first.
        shared = start.zone == "Asia/Bangkok" and start.found in ("windows", "vtimezone", "offset")
        return (DEFAULT_ZONE if shared else start.zone), False
    if start is not None and start.moment is not None and start.found in ("vtimezone", "offset"):
        try:
            return offset_zone(start.moment.utcoffset() or timedelta()), False
        except PamitError:
            pass  # an offset without a name, such as +05:45: told in the zone that follows
    if hand.zone_name is not None:
        return hand.zone_name, False
    stated = words.facts.get("timezone")
    if stated is not None and isinstance(stated.value, str):
        return stated.value, stated.note is not None
    return zone_of_place(hand.event.location or "") or DEFAULT_ZONE, True


@dataclass(frozen=True)
class _Timing:
    facts: dict[Field, Fact]
    doubts: tuple[Doubt, ...] = ()
    dropped: tuple[Field, ...] = ()


def _timing(words: Invitation, hand: EventInHand, zone_name: str, implied: bool, span: Span | None) -> _Timing:
    """When the interview is, of the object and the words together."""
    start, end = hand.event.start, hand.event.end
    told = words.facts.get("start")
    if start is None or start.moment is None:
        if told is not None:
            return _Timing({})
        return _Timing({}, calendar_doubts.timeless(start))
    tz = zone(zone_name)
    moment = start.moment.astimezone(tz)
    if start.other_moment is not None:
        return _Timing({}, (calendar_doubts.two_zones(moment, start.other_moment, zone_name),), ("start", "end"))
    if any("doubled DTSTART" in loss for loss in hand.losses):
        return _Timing({}, (), ("start", "end"))
    if hand.rivals:
        return _Timing({}, (calendar_doubts.several_events([moment, *_moments(hand.rivals)], zone_name),), ("start", "end"))
    if told is not None and isinstance(told.value, datetime) and told.value != moment and not _same_clock(told, moment, words):
        return _Timing({}, (calendar_doubts.contradiction(told.value, told.span, moment, zone_name),), ("start", "end"))
    note = _FROM_CALENDAR_ZONE if implied else _FROM_CALENDAR
    kept = told.span if told is not None and span is None else span
    facts: dict[Field, Fact] = {"start": Fact(moment, kept, 1.0, _FROM_CALENDAR)}
    stated = words.facts.get("timezone")
    if stated is None or stated.value != zone_name:
        facts["timezone"] = Fact(zone_name, None, 0.8 if implied else 1.0, note)
    if end is not None and end.moment is not None and end.moment > start.moment:
        told_end = words.facts.get("end")
        facts["end"] = Fact(
            end.moment.astimezone(tz), told_end.span if told_end and span is None else span, 1.0, _FROM_CALENDAR
        )
    return _Timing(facts)


def _moments(events: tuple[CalendarEvent, ...]) -> list[datetime]:
    return [moment for event in events if (moment := _moment(event.start)) is not None]


def _same_clock(told: Fact, moment: datetime, words: Invitation) -> bool:
    """Whether the words name the same hour on the clock and leave the zone to be implied."""
    stated = words.facts.get("timezone")
    return (
        isinstance(told.value, datetime)
        and (stated is None or stated.note is not None)
        and told.value.replace(tzinfo=None) == moment.replace(tzinfo=None)
    )


def _place(event: CalendarEvent, facts: dict[Field, Fact]) -> dict[Field, Fact]:
    """Where the interview is, as far as the object's own properties say it."""
    found: dict[Field, Fact] = {}
    location = " ".join((event.location or "").split())
    link = _URL.search(location)
    is_place = bool(location) and link is None and not _ONLINE.search(location)
    if is_place:
        place = ", ".join(_lines(event.location or ""))
        known = facts.get("location")
        if known is None or len(str(known.value)) < len(place):  # "kantor kami" gives way to the address
            found["location"] = Fact(place, None, 1.0, _FROM_CALENDAR)
        if "mode" not in facts:
            found["mode"] = Fact(Mode.ONSITE.value, None, 0.9, _FROM_CALENDAR)
        return found
    address = next(iter(event.conference_links), None) or (link.group().rstrip(".,;") if link else None)
    if address is not None:
        address = ascii_link(address)
        known = facts.get("meeting_url")
        if known is None or known.value != address:
            found["meeting_url"] = Fact(address, None, 1.0, _FROM_CALENDAR)
        if "mode" not in facts:
            found["mode"] = Fact(Mode.VIDEO.value, None, 0.9, _FROM_CALENDAR)
    return found


def _lines(location: str) -> list[str]:
    return [line.strip(" ,") for line in location.splitlines() if line.strip(" ,")]
