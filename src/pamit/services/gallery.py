"""The gallery's examples: one invented case at the stage at which one writes for each purpose, and its message."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pamit.domain.interview import Candidate, Case, Contact, Event, Interview
from pamit.domain.message import Draft
from pamit.domain.terms import Channel, EventKind, Language, Mode, Purpose, Reason, Register
from pamit.services.writing import write_message

__all__ = ["NOW", "WRITER", "ZONE", "case_for", "channels_for", "example"]

ZONE = "Asia/Jakarta"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo(ZONE))
WRITER = Candidate("Laras Anindita", "laras.anindita@surel.example", "0812-0000-7788", "Semarang")
AHEAD = Interview(
    company="PT Bahtera Samudra Raya",
    position="Analis Logistik",
    start=datetime(2026, 11, 27, 13, 30, tzinfo=ZoneInfo(ZONE)),
    end=datetime(2026, 11, 27, 14, 30, tzinfo=ZoneInfo(ZONE)),
    timezone=ZONE,
    mode=Mode.ONSITE,
    location="Jalan Pelabuhan No. 8, Semarang",
    received=NOW - timedelta(hours=20),
    invited_via=Channel.EMAIL,
    contact=Contact("Ibu Kartika Wardani", "kartika.wardani@bahtera.example", "+6281200005566"),
)


def _held(days: int, *events: Event) -> Case:
    """A case whose interview was held some days ago."""
    start = NOW - timedelta(days=days)
    interview = replace(AHEAD, start=start, end=start + timedelta(hours=1), received=start - timedelta(days=5))
    return Case(interview, (Event(start + timedelta(hours=1), EventKind.ATTENDED), *events))


def _today(minutes: int, *events: Event) -> Case:
    """A case whose interview begins, or began, on the day of writing."""
    start = NOW + timedelta(minutes=minutes)
    return Case(replace(AHEAD, start=start, end=start + timedelta(hours=1)), events)


def _missed(*events: Event) -> Case:
    """A case whose interview was on the day before, without the candidate."""
    start = NOW - timedelta(hours=20)
    interview = replace(AHEAD, start=start, end=start + timedelta(hours=1), received=start - timedelta(days=5))
    return Case(interview, (*events, Event(start + timedelta(hours=2), EventKind.ABSENT)))


def case_for(purpose: Purpose) -> Case:
    """The example case at the stage at which one writes for that purpose."""
    yesterday = NOW - timedelta(days=1)
    confirmed = Event(NOW - timedelta(hours=15), EventKind.MESSAGE_SENT, Purpose.CONFIRM, Channel.EMAIL)
    offered = _held(9, Event(yesterday, EventKind.OFFER_RECEIVED))
    cases = {
        Purpose.CANCEL: Case(AHEAD, (confirmed,)),
        Purpose.WITHDRAW: _held(6),
        Purpose.THANK_YOU: _held(1),
        Purpose.FOLLOW_UP: _held(8),
        Purpose.ASK_FEEDBACK: _held(9, Event(yesterday, EventKind.REJECTED)),
        Purpose.DECLINE_OFFER: offered,
        Purpose.ACCEPT_OFFER: offered,
        Purpose.ASK_DETAILS: Case(replace(AHEAD, start=None, end=None, mode=None, location=None)),
        Purpose.RUNNING_LATE: _today(40, confirmed),
        Purpose.APOLOGISE_ABSENCE: _missed(confirmed),
        Purpose.EMPLOYER_ABSENT: _today(-20, confirmed),
        Purpose.LINK_BROKEN: _today(-10, confirmed),
    }
    return cases.get(purpose, Case(AHEAD))


def channels_for(purpose: Purpose) -> tuple[Channel, ...]:
    """The channels by which one writes for that purpose: a letter is too slow for what cannot wait."""
    urgent = purpose in (Purpose.RUNNING_LATE, Purpose.EMPLOYER_ABSENT, Purpose.LINK_BROKEN)
    return tuple(channel for channel in Channel if not (urgent and channel == Channel.LETTER))


def example(purpose: Purpose, language: Language, channel: Channel, register: Register, reason: Reason | None = None) -> Draft:
    """The message that the gallery shows for a combination."""
    late = (NOW + timedelta(minutes=60),) if purpose == Purpose.RUNNING_LATE else ()
    return write_message(
        case_for(purpose),
        purpose,
        candidate=WRITER,
        now=NOW,
        language=language,
        channel=channel,
        register=register,
        reason=reason,
        alternatives=late,
    )
