"""What an incoming mail means for a case: changes that a person accepts, each with its evidence. Nothing is applied here.

Reports of the mail system come first, since they quote everything else; then automatic replies; then the calendar object,
by the table of decisions; then the words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from pamit.domain.facts import FactText, facts_of
from pamit.domain.interview import Case, Event
from pamit.domain.invitation import Invitation, Span
from pamit.domain.plan.situation import FAREWELLS, Situation, situation
from pamit.domain.scheduling import Action, Decision, Known, SchedulingMessage, Trust, decide
from pamit.domain.scheduling.message import covers
from pamit.domain.terms import Bilingual, EventKind, InvitationKind, Purpose
from pamit.errors import PamitError
from pamit.formats.email import EmailMessageParts, parse_email
from pamit.formats.email.report import DeliveryReport, is_automatic_answer, read_delivery_report
from pamit.formats.icalendar import CalendarObject, parse_calendars
from pamit.reading.thread import split_thread
from pamit.services.cases import case_of
from pamit.services.scheduling_input import messages_of
from pamit.tables import read_table

__all__ = ["Meaning", "ProposedChange", "propose"]

_READ: Final = 1_500
"""How far into a message its answer is looked for; employers who only take note say so at once."""

_SHORT: Final = 200
_OF_THE_TALK: Final = ("start", "end", "timezone", "mode", "location", "meeting_url")
_NOTHING: Final[Mapping[str, FactText]] = MappingProxyType({})


class Meaning(StrEnum):
    """What a mail says."""

    CANCELLATION_CONFIRMED = "cancellation_confirmed"
    """The employer has noted the candidate's farewell: the loop is closed (rule L1)."""
    CONFIRMED = "confirmed"
    NEW_TIME = "new_time"
    NEXT_ROUND = "next_round"
    INVITATION = "invitation"
    UPDATED = "updated"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    OFFER = "offer"
    PROPOSAL_REFUSED = "proposal_refused"
    UNDELIVERED = "undelivered"
    DELAYED = "delayed"
    AUTOMATIC = "automatic"
    RECEIPT = "receipt"
    OTHER = "other"
    UNREADABLE = "unreadable"
    """It could not be taken apart; its bytes are kept."""


_EVENTS: Final = {
    Meaning.CANCELLATION_CONFIRMED: EventKind.CONFIRMATION_RECEIVED,
    Meaning.CONFIRMED: EventKind.CONFIRMATION_RECEIVED,
    Meaning.NEW_TIME: EventKind.RESCHEDULED_BY_EMPLOYER,
    Meaning.NEXT_ROUND: EventKind.NEXT_ROUND,
    Meaning.CANCELLED: EventKind.CANCELLED_BY_EMPLOYER,
    Meaning.REJECTED: EventKind.REJECTED,
    Meaning.OFFER: EventKind.OFFER_RECEIVED,
}
_KINDS: Final = {
    InvitationKind.REJECTION: Meaning.REJECTED,
    InvitationKind.OFFER: Meaning.OFFER,
    InvitationKind.APPLICATION_RECEIVED: Meaning.RECEIPT,
    InvitationKind.AVAILABILITY_REQUEST: Meaning.INVITATION,
    InvitationKind.ASSESSMENT: Meaning.INVITATION,
}
_ACTIONS: Final = {
    Action.NEW: Meaning.INVITATION,
    Action.STORE_INSTANCE: Meaning.INVITATION,
    Action.ATTACH_INSTANCE: Meaning.INVITATION,
    Action.ADD_INSTANCE: Meaning.INVITATION,
    Action.ASK_REFRESH: Meaning.INVITATION,
    Action.SEPARATE: Meaning.INVITATION,
    Action.MAJOR_UPDATE: Meaning.UPDATED,
    Action.MINOR_UPDATE: Meaning.UPDATED,
    Action.CANCEL: Meaning.CANCELLED,
    Action.CANCEL_INSTANCE: Meaning.CANCELLED,
    Action.CANCEL_FROM: Meaning.CANCELLED,
    Action.KEEP_UNKNOWN: Meaning.CANCELLED,
    Action.PROPOSAL_REFUSED: Meaning.PROPOSAL_REFUSED,
}


_SETTING: Final = frozenset({Action.NEW, Action.STORE_INSTANCE, Action.ATTACH_INSTANCE, Action.MAJOR_UPDATE})
"""What sets the time of an interview, where it is another than the known one."""

_PLEAS: Final = frozenset({Purpose.RESCHEDULE, Purpose.RECONSIDER, Purpose.REQUEST_ONLINE})


@dataclass(frozen=True)
class ProposedChange:
    """A change that a mail proposes.

    Attributes:
        event: what would be put down in the case; None where nothing happens in it.
        facts: facts that would become different.
        reasons: what it means and why, in words; the first says the change.
        evidence: the words that say so, as a span of the mail's text.
        confidence: 0 to 1.
        asks: whether it must not be accepted together with others unseen: a doubtful sender or a broken object.
        undelivered: ids of own mails that did not arrive.
        known: what is known of the calendar's meeting once it is accepted.
    """

    meaning: Meaning
    event: Event | None
    reasons: tuple[Bilingual, ...]
    confidence: float
    facts: Mapping[str, FactText] = field(default_factory=dict)
    evidence: Span | None = None
    asks: bool = False
    undelivered: tuple[str, ...] = ()
    known: Known | None = None


def propose(
    data: bytes,
    case: Case,
    invitation: Invitation | None,
    trust: Trust,
    now: datetime,
    *,
    own_addresses: Collection[str] = (),
    sent: Collection[str] = (),
    known: Mapping[str, Known] = MappingProxyType({}),
) -> tuple[ProposedChange, ...]:
    """The changes that a mail proposes for a case; one that changes nothing is said to be that, never left out.

    Args:
        data: the mail as it came.
        case: the case it was matched to.
        invitation: the mail as it was read; None where it could not be.
        trust: of its sender in this case.
        now: the aware present moment.
        sent: the ids of the person's own mails, with brackets, the server's ids for them included.
        known: what is known of the case's calendar meetings, by UID.

    Raises:
        PamitError: the limits of :func:`pamit.formats.email.parse_email`.
    """
    mail = parse_email(data)
    at = min(mail.date or mail.received or now, now)
    report = read_delivery_report(data)
    if report is not None:
        return (_of_report(report, sent),)
    calendars = _calendars(mail)
    if is_automatic_answer(mail) and not calendars:
        return (_change(Meaning.AUTOMATIC, at, 0.9),)
    here = situation(case, now)
    changes = _of_calendars(calendars, own_addresses, mail.message_id or "", known, trust, here, at)
    if changes:
        return changes
    return (_of_words(invitation, here, trust, at),)


def _calendars(mail: EmailMessageParts) -> list[CalendarObject]:
    found: list[CalendarObject] = []
    for part in mail.calendars:
        try:
            found += parse_calendars(part.data, charset=part.charset)
        except PamitError:
            continue
    return found


def _of_report(report: DeliveryReport, sent: Collection[str]) -> ProposedChange:
    about = tuple(one for one in report.message_ids if one in sent)
    meaning = Meaning.UNDELIVERED if report.has_failed else Meaning.DELAYED
    # A report that names no mail of ours may be about a forgery in our name: it is shown, and asked about.
    return ProposedChange(meaning, None, (_sentence(meaning),), 0.97 if about else 0.4, undelivered=about, asks=not about)


def _of_calendars(
    calendars: Sequence[CalendarObject],
    own_addresses: Collection[str],
    source: str,
    known: Mapping[str, Known],
    trust: Trust,
    here: Situation,
    at: datetime,
) -> tuple[ProposedChange, ...]:
    """What the calendar objects of a mail propose, in order; each is decided in the light of those before it."""
    state = dict(known)
    changes: list[ProposedChange] = []
    for calendar in calendars:
        for message in messages_of(calendar, own_addresses, source):
            decision = decide(message, state.get(message.uid, Known(message.uid)), trust)
            if decision.applies:
                state[message.uid] = decision.known
            change = _of_decision(message, decision, here, at)
            if change is not None and change not in changes:
                changes.append(change)
    # A copy of the same object (the mail's own form and its attachment) says nothing beside the first.
    telling = [change for change in changes if change.meaning != Meaning.OTHER or change.asks]
    return tuple(telling or changes)


def _of_decision(message: SchedulingMessage, decision: Decision, here: Situation, at: datetime) -> ProposedChange | None:
    if decision.action in (Action.SHOW, Action.NOTE):
        return None  # the words beside it may say more
    if decision.action == Action.NEEDS_PERSON:
        return ProposedChange(Meaning.OTHER, None, decision.reasons, 0.5, asks=True)
    # What is stale, known or about others is said to be that: its words must not do what its object may not.
    meaning = _ACTIONS.get(decision.action, Meaning.OTHER)
    facts: dict[str, FactText] = {}
    start = here.start
    if decision.action in _SETTING and isinstance(message.start, datetime) and message.start != start:
        meaning = _of_start(message.start, here)
        facts = {"start": message.start.isoformat(), "end": _iso(message.end)}
    elsewhere = message.instance is not None and meaning == Meaning.CANCELLED and (start is None or not covers(message, start))
    if meaning == Meaning.CANCELLED and not elsewhere and _asked(here, at) in FAREWELLS:
        # The organiser takes the meeting off the calendar because the candidate said no.
        meaning = Meaning.CANCELLATION_CONFIRMED
    return ProposedChange(
        meaning,
        None if elsewhere or decision.action == Action.KEEP_UNKNOWN else _event(meaning, at),
        decision.reasons,
        0.97 if decision.applies else 0.5,
        facts=facts,
        asks=not decision.applies or decision.action in (Action.SEPARATE, Action.KEEP_UNKNOWN),
        known=_taken(decision),
    )


def _of_start(start: datetime, here: Situation) -> Meaning:
    """What another beginning means: the date that was still open, a further round after one that was held, or a move."""
    if here.start is None:
        return Meaning.INVITATION
    return Meaning.NEXT_ROUND if here.held_at is not None and start > here.start else Meaning.NEW_TIME


def _asked(here: Situation, at: datetime) -> Purpose | None:
    """What the candidate wrote last before a mail, which it may answer."""
    sent = [event for event in here.events if event.kind == EventKind.MESSAGE_SENT and event.at <= at]
    return sent[-1].purpose if sent else None


def _taken(decision: Decision) -> Known | None:
    return decision.known if decision.known.messages else None


def _iso(moment: object) -> str | None:
    return moment.isoformat() if isinstance(moment, datetime) else None


def _of_words(invitation: Invitation | None, here: Situation, trust: Trust, at: datetime) -> ProposedChange:
    """What the words say, in the light of what the candidate wrote last."""
    if invitation is None:
        return _change(Meaning.OTHER, at, 0.3)
    asked = _asked(here, at)
    kind = invitation.kind
    asks = not trust.is_enough
    main = split_thread(invitation.text, invitation.subject).main.rstrip()
    if asked in FAREWELLS and kind in (InvitationKind.CANCELLATION_CONFIRMED, InvitationKind.CANCELLED_BY_EMPLOYER):
        # "We have cancelled your interview as you asked" is no cancellation by the employer.
        return _change(Meaning.CANCELLATION_CONFIRMED, at, 0.95, _found("noted", main))
    if kind in _KINDS:
        return _change(_KINDS[kind], at, 0.85, asks=asks)
    if kind == InvitationKind.CANCELLED_BY_EMPLOYER:
        return _change(Meaning.CANCELLED, at, 0.85, asks=asks)
    start = invitation.value("start")
    if isinstance(start, datetime) and kind in (InvitationKind.INVITATION, InvitationKind.RESCHEDULE_BY_EMPLOYER):
        return _of_stated_time(invitation, start, here, at, asked, asks=asks)
    return _of_short_answer(kind, main, at, asked)


def _of_stated_time(
    invitation: Invitation, start: datetime, here: Situation, at: datetime, asked: Purpose | None, *, asks: bool
) -> ProposedChange:
    """A mail that names a time for the interview."""
    if start == here.start:
        return _change(Meaning.CONFIRMED if asked is not None and asked not in FAREWELLS else Meaning.UPDATED, at, 0.8)
    meaning = _of_start(start, here)
    if invitation.kind == InvitationKind.RESCHEDULE_BY_EMPLOYER and meaning == Meaning.NEXT_ROUND:
        meaning = Meaning.NEW_TIME
    read = facts_of(case_of(invitation).interview)
    facts: dict[str, FactText] = {"end": None, **{name: read[name] for name in _OF_THE_TALK if name in read}}
    if meaning == Meaning.NEXT_ROUND:
        facts["round"] = read.get("round") or (here.interview.round or 1) + 1
    return _change(meaning, at, 0.85, invitation.facts["start"].span, facts=facts, asks=asks)


def _of_short_answer(kind: InvitationKind, main: str, at: datetime, asked: Purpose | None) -> ProposedChange:
    """A mail that names no time: "noted", "fine", "sorry, no"."""
    noted, agreed, refused = (_found(name, main) for name in ("noted", "agreed", "refused"))
    questions = "?" in main
    if kind == InvitationKind.CANCELLATION_CONFIRMED or (asked in FAREWELLS and noted is not None):
        doubtful = questions or kind == InvitationKind.RESCHEDULE_BY_EMPLOYER
        return _change(Meaning.CANCELLATION_CONFIRMED, at, 0.6 if doubtful else 0.9, noted)
    if asked == Purpose.RESCHEDULE and refused is not None:
        return _change(Meaning.PROPOSAL_REFUSED, at, 0.75, refused)
    if kind == InvitationKind.RESCHEDULE_BY_EMPLOYER:
        return _change(Meaning.INVITATION, at, 0.6)
    if asked == Purpose.CONFIRM and (agreed or noted) is not None:
        return _change(Meaning.CONFIRMED, at, 0.6 if questions else 0.85, agreed or noted)
    if asked in _PLEAS and agreed is not None:
        return _change(Meaning.CONFIRMED, at, 0.5 if questions else 0.75, agreed)
    # The subject of an answer still says "interview"; few words under it are no invitation.
    invites = kind == InvitationKind.INVITATION and len(main.strip()) > _SHORT
    return _change(Meaning.INVITATION if invites else Meaning.OTHER, at, 0.5)


def _change(
    meaning: Meaning,
    at: datetime,
    confidence: float,
    evidence: Span | None = None,
    *,
    facts: Mapping[str, FactText] = _NOTHING,
    asks: bool = False,
) -> ProposedChange:
    return ProposedChange(meaning, _event(meaning, at), (_sentence(meaning),), confidence, facts, evidence, asks)


def _event(meaning: Meaning, at: datetime) -> Event | None:
    kind = _EVENTS.get(meaning)
    return Event(at, kind) if kind is not None else None


@cache
def _table() -> dict[str, dict[str, object]]:
    return read_table("pamit.services", "answers.toml")


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    found = _table()["patterns"][name]
    return tuple(re.compile(str(one)) for one in found) if isinstance(found, list) else ()


def _found(name: str, text: str) -> Span | None:
    """Where the first of a list of patterns stands; what does not count is blanked out, so places hold in the whole text."""
    begin = len(text) - len(text.lstrip())
    head = text[begin : begin + _READ].lower().replace("’", "'")
    spans = (match.span() for one in _patterns(name) if (match := one.search(head)) is not None)
    first = min(spans, default=None)
    return (first[0] + begin, first[1] + begin) if first is not None else None


def _sentence(meaning: Meaning) -> Bilingual:
    words = _table()["sentences"][meaning.value]
    return Bilingual(**words) if isinstance(words, dict) else Bilingual("", "")
