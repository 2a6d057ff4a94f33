"""The reader: takes a message apart, asks each module for its facts, and puts the invitation together."""

from __future__ import annotations

from datetime import datetime, timedelta

from pamit.domain.calendar.zones import zone
from pamit.domain.invitation import Fact, Field, Invitation, Option
from pamit.domain.language import detect_language
from pamit.domain.terms import Bilingual
from pamit.domain.terms import InvitationKind as Kind
from pamit.reading.addressee import find_addressee
from pamit.reading.company import find_company, part_names
from pamit.reading.deadline import find_deadline
from pamit.reading.gaps import find_doubts
from pamit.reading.kind import read_kind
from pamit.reading.letter import open_letter
from pamit.reading.people import find_contacts
from pamit.reading.place import find_place
from pamit.reading.position import find_position
from pamit.reading.round import find_round
from pamit.reading.safety import find_warnings
from pamit.reading.when import Schedule, read_schedule, settled_move, span_length
from pamit.reading.zone import find_zone, is_stated

__all__ = ["read_text"]

_TIMED = (Kind.INVITATION, Kind.RESCHEDULE_BY_EMPLOYER, Kind.SCAM)
# So many characters tell the language of a message.
_ENOUGH = 2000
_NO_YEAR = Bilingual(
    "Tahunnya tidak ditulis; diambil tanggal terdekat ke depan.",
    "The year is not written; the nearest such date ahead is taken.",
)
_RELATIVE = Bilingual("Dihitung dari saat pesan diterima.", "Counted from the moment of receipt.")
_FROM_LENGTH = Bilingual("Dihitung dari lama yang disebutkan.", "Counted from the stated length.")
_REGIONS = {
    "Asia/Singapore": "SG",
    "Asia/Kuala_Lumpur": "MY",
    "Europe/London": "GB",
    "Europe/Berlin": "DE",
    "Australia/Perth": "AU",
    "Australia/Sydney": "AU",
    "America/New_York": "US",
    "America/Los_Angeles": "US",
    "America/Chicago": "US",
    "Asia/Tokyo": "JP",
    "Europe/Amsterdam": "NL",
    "Asia/Hong_Kong": "HK",
}


def read_text(
    text: str,
    *,
    subject: str | None = None,
    sender: str | None = None,
    received: datetime | None = None,
    channel: str | None = None,
) -> Invitation:
    """Read an employer's message.

    Args:
        text: plain text; spans of the result point into it.
        subject: the mail's subject, decoded.
        sender: "Name <address or number>", as the message came.
        received: aware; relative days and missing years are counted from it. Without it only full dates are read.
        channel: ``email``, ``letter``, ``whatsapp`` or ``sms``, where known.

    Returns:
        The facts that the message states; what it leaves open is a doubt, never a guess.
    """
    letter = open_letter(text, subject=subject, sender=sender, now=received, channel=channel)
    addressee = find_addressee(letter)
    schedule = read_schedule(letter, addressee)
    warnings = find_warnings(letter)
    kind, _ = read_kind(letter, schedule, stop=any(warning.tier == "stop" for warning in warnings))
    if kind == Kind.RESCHEDULE_BY_EMPLOYER:
        schedule = settled_move(schedule)
    facts: dict[Field, Fact] = {}
    position = find_position(letter, addressee) if kind != Kind.JOB_ALERT else None
    timed = kind in (*_TIMED, Kind.AVAILABILITY_REQUEST)
    place = find_place(letter, schedule) if timed else None
    location = place.location.value if place and place.location else None
    zone_name, zone_span, zone_sure, zone_note = find_zone(letter, schedule, location)
    region = _REGIONS.get(zone_name, "ID") if not (schedule.chosen and schedule.chosen.also) else "ID"
    contacts = find_contacts(letter, addressee, region=region) if kind != Kind.JOB_ALERT else None
    named = contacts.name.value if contacts and contacts.name else None
    company = find_company(letter, addressee, position, named) if kind != Kind.JOB_ALERT else None
    if company and position:
        company, position = part_names(company, position)
    if company:
        facts["company"] = Fact(company.value, company.span, company.confidence)
    if position:
        facts["position"] = Fact(position.value, position.span, position.confidence)
    if kind in _TIMED:
        _add_times(facts, schedule, zone_name)
    if timed and (_has_clock(schedule) or is_stated(letter)):
        facts["timezone"] = Fact(zone_name, zone_span, zone_sure, zone_note)
    if place:
        if place.mode:
            facts["mode"] = Fact(str(place.mode), place.mode_span, 0.9)
        if place.location:
            facts["location"] = Fact(place.location.value, place.location.span, place.location.confidence)
        if place.link:
            facts["meeting_url"] = Fact(place.link.value, place.link.span, place.link.confidence)
    if contacts:
        if contacts.name:
            facts["contact_name"] = Fact(contacts.name.value, contacts.name.span, contacts.name.confidence)
        if contacts.mail:
            facts["contact_email"] = Fact(contacts.mail.value, contacts.mail.span, contacts.mail.confidence)
        if contacts.phone:
            facts["contact_phone"] = Fact(contacts.phone.value, contacts.phone.span, contacts.phone.confidence)
        deadline = find_deadline(letter, schedule, kind, zone_name)
        if deadline:
            facts["reply_by"] = Fact(deadline.value, deadline.span, deadline.confidence)
    if timed:
        ordinal = find_round(letter)
        if ordinal:
            facts["round"] = Fact(ordinal.value, ordinal.span, ordinal.confidence)
    options = _options(schedule, zone_name) if kind == Kind.AVAILABILITY_REQUEST else ()
    return Invitation(
        text=text,
        kind=kind,
        language=detect_language(letter.page.prose[:_ENOUGH] if letter.page.prose.strip() else text[:_ENOUGH]),
        facts=facts,
        options=options,
        doubts=find_doubts(letter, kind, facts, schedule),
        warnings=warnings,
        subject=subject,
        sender=sender,
        received=received,
        channel=channel,
    )


def _has_clock(schedule: Schedule) -> bool:
    return schedule.start is not None or any(moment.clock for moment in schedule.moments)


def _add_times(facts: dict[Field, Fact], schedule: Schedule, zone_name: str) -> None:
    chosen = schedule.chosen
    if schedule.day is None or schedule.start is None or chosen is None:
        return
    where = zone(zone_name)
    clock = chosen.clock
    # Of two zones for one instant the day is the one written with the first.
    start = datetime.combine(schedule.day, schedule.start, zone(clock.zone) if clock and clock.zone else where).astimezone(
        where
    )
    form = chosen.day.form if chosen.day else "absolute"
    note = {"no_year": _NO_YEAR, "relative": _RELATIVE, "weekday": _RELATIVE}.get(form)
    sure = {"absolute": 0.97, "numeric": 0.95, "no_year": 0.92, "relative": 0.9, "weekday": 0.88}[form]
    span = None if schedule.in_subject else (chosen.begin, chosen.end)
    facts["start"] = Fact(start, span, sure, note)
    if schedule.until is not None and schedule.last is not None:
        length = span_length(schedule.start, schedule.until)
        last = schedule.last
        facts["end"] = Fact(start + length, None if schedule.in_subject else (last.begin, last.end), sure, None)
    elif schedule.minutes and schedule.length is not None:
        facts["end"] = Fact(
            start + timedelta(minutes=schedule.minutes), (schedule.length.begin, schedule.length.end), 0.85, _FROM_LENGTH
        )


def _options(schedule: Schedule, zone_name: str) -> tuple[Option, ...]:
    """The slots offered; where days and hours are listed apart, every day with every hour."""
    where = zone(zone_name)
    found: list[Option] = []
    days = [moment for moment in schedule.slots if moment.date is not None]
    for moment in days:
        if moment.clock is None or moment.date is None:
            continue
        local = zone(moment.clock.zone) if moment.clock.zone else where
        start = datetime.combine(moment.date, moment.clock.start, local)
        end = start + span_length(moment.clock.start, moment.clock.until) if moment.clock.until else None
        found.append(Option(start, end, (moment.begin, moment.end)))
    return tuple(found)
