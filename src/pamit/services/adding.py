"""Taking a message into the memory: a new case, or the one that it belongs to.

A message is recognised by its bytes, by the UID of its calendar object, by its Message-ID or the mail it answers, and at
last by company, position and time. Whatever it brings is one entry of the log, so one undo takes it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.facts import FactText, check_facts, facts_of, interview_of, parse_facts
from pamit.domain.interview import Event, Interview
from pamit.domain.invitation import Invitation
from pamit.domain.log import Dossier, Entry, EntryKind, changes_between
from pamit.domain.plan.situation import ASSUMED_LENGTH, situation
from pamit.domain.terms import EventKind, InvitationKind, Stage
from pamit.errors import ErrorKind, PamitError
from pamit.services.cases import case_of
from pamit.services.indexing import company_key, fold, keep_index
from pamit.services.ports import IndexRow, Listing, Reading, Source, Store, Writing

__all__ = ["Added", "Match", "MatchKind", "add", "clashes_of", "recognise"]


class MatchKind(StrEnum):
    """What a message is to a case that is there already."""

    KNOWN = "known"
    """These very bytes are kept already."""
    REPEAT = "repeat"
    """The same invitation again, in another wrapping; it may say more, nothing else."""
    UPDATE = "update"
    """The interview was set, moved or called off."""
    ROUND = "round"
    """A further round."""
    NEWS = "news"
    """A result, an offer, a receipt."""


@dataclass(frozen=True)
class Match:
    """The case that a message belongs to.

    Attributes:
        sure: known by an id from a sender known before; else it is a proposal that a person should see.
        stranger: the ids fit, but they come from a sender who never wrote in this case: it may be forged.
    """

    kind: MatchKind
    case: str
    sure: bool = True
    stranger: bool = False


@dataclass(frozen=True)
class Added:
    """What became of a message.

    Attributes:
        match: the case it was put into; None for a new case.
        clashes: own interviews of other cases at the same time.
    """

    dossier: Dossier
    match: Match | None
    clashes: tuple[IndexRow, ...] = ()


_RESULTS = {
    InvitationKind.REJECTION: EventKind.REJECTED,
    InvitationKind.OFFER: EventKind.OFFER_RECEIVED,
    InvitationKind.CANCELLATION_CONFIRMED: EventKind.CONFIRMATION_RECEIVED,
    InvitationKind.CANCELLED_BY_EMPLOYER: EventKind.CANCELLED_BY_EMPLOYER,
}
_NO_CASE_BY_THEMSELVES = frozenset({InvitationKind.JOB_ALERT, InvitationKind.APPLICATION_RECEIVED, InvitationKind.OTHER})
_CLASHES_SHOWN = 20

_OF_THE_TALK = ("start", "end", "timezone", "mode", "location", "meeting_url")
_OF_THE_EMPLOYER = ("contact_name", "contact_email", "contact_phone", "agency_name", "agency_email", "invited_via")


# -- recognising ------------------------------------------------------------------------------------------------------


def recognise(store: Store, invitation: Invitation, source: Source, now: datetime) -> Match | None:
    """The case that a message belongs to; None where it begins one."""
    with store.reading() as view:
        return _recognised(view, invitation, source, now)


def _recognised(view: Reading, invitation: Invitation, source: Source, now: datetime) -> Match | None:
    if known := view.by_digest(source.ref.digest):
        return Match(MatchKind.KNOWN, known[-1])
    if source.ref.message_id and (known := view.by_message_id([source.ref.message_id])):
        return Match(MatchKind.REPEAT, known[-1])
    if source.ref.uid and (found := _by_calendar(view, invitation, source, now)):
        return found
    # Taking mails apart needs all of reading; most commands of the memory never do.
    from pamit.services.origin import references_of

    answered = references_of(source.data, source.ref.name)
    if answered and (known := view.by_message_id(answered)):
        return Match(_kind_of_news(view.dossier(known[-1]), invitation, now), known[-1])
    return _by_content(view, invitation, now)


def _by_calendar(view: Reading, invitation: Invitation, source: Source, now: datetime) -> Match | None:
    ref = source.ref
    same = [(case, kept) for case, kept in view.by_uid(ref.uid or "") if kept.recurrence == ref.recurrence]
    if not same:
        return None
    case = same[-1][0]
    kept = [one for owner, one in same if owner == case]
    newest = max(one.revision or 0 for one in kept)
    authors = {one.author for one in kept if one.author}
    stranger = bool(authors) and ref.author not in authors
    dossier = view.dossier(case)
    if (ref.revision or 0) < newest:
        return Match(MatchKind.REPEAT, case, sure=not stranger, stranger=stranger)
    kind = _kind_of_news(dossier, invitation, now)
    return Match(
        kind, case, sure=not stranger and (kind == MatchKind.REPEAT or (ref.revision or 0) > newest), stranger=stranger
    )


def _by_content(view: Reading, invitation: Invitation, now: datetime) -> Match | None:
    facts = _facts_read(invitation)
    key = company_key(_text(facts.get("company")))
    if key is None or invitation.kind == InvitationKind.SCAM:
        return None
    position = fold(_text(facts.get("position")) or "") or None
    rows = [row for row in view.listing(Listing(company_key=key, order="start")) if _same_position(row.position_key, position)]
    exact = [row for row in rows if row.position_key == position]
    start = interview_of(facts).start
    twin = next((row for row in exact if start is not None and row.start_at == start), None)
    if twin is not None:
        return Match(_kind_of_news(view.dossier(twin.case), invitation, now), twin.case, sure=False)
    standing = [row for row in rows if row.stage != Stage.CLOSED or invitation.kind in _RESULTS]
    wanted = [row for row in standing if row in exact] or standing
    running = [row for row in wanted if row.stage != Stage.CLOSED] or wanted
    if len(running) != 1:
        return None
    return Match(_kind_of_news(view.dossier(running[0].case), invitation, now), running[0].case, sure=False)


def _same_position(kept: str | None, read: str | None) -> bool:
    return kept is None or read is None or kept == read or f" {read} " in f" {kept} " or f" {kept} " in f" {read} "


def _kind_of_news(dossier: Dossier, invitation: Invitation, now: datetime) -> MatchKind:
    """What a message brings to the case it belongs to."""
    if invitation.kind == InvitationKind.CANCELLED_BY_EMPLOYER:
        return MatchKind.UPDATE
    if invitation.kind in _RESULTS:
        return MatchKind.NEWS
    if invitation.kind in _NO_CASE_BY_THEMSELVES:
        return MatchKind.REPEAT
    old, new = dossier.case.interview, interview_of(_facts_read(invitation))
    if new.round is not None and new.round > (old.round or 1):
        return MatchKind.ROUND
    at = situation(dossier.case, now)
    held = at.held_at is not None
    if new.start is None:
        return MatchKind.ROUND if held and invitation.kind == InvitationKind.AVAILABILITY_REQUEST else MatchKind.REPEAT
    if old.start == new.start:
        return MatchKind.REPEAT
    if held and invitation.kind != InvitationKind.RESCHEDULE_BY_EMPLOYER and (old.start is None or new.start > old.start):
        return MatchKind.ROUND
    return MatchKind.UPDATE


# -- adding -----------------------------------------------------------------------------------------------------------


def add(
    store: Store,
    own_days: OwnDays,
    invitation: Invitation,
    source: Source,
    now: datetime,
    *,
    settled: Mapping[str, str] | None = None,
    case: str | None = None,
    new: bool = False,
) -> Added:
    """Keep a message.

    Args:
        settled: facts as the person writes them, where the message leaves a doubt or is wrong.
        case: put it into this case.
        new: begin a new case whatever it resembles.

    Returns:
        the case; of bytes that are known already, as it is.

    Raises:
        PamitError: MISSING ``no-such-case``; INVALID ``no-invitation``, ``bad-fact``; REFUSED ``looks-fake``; CONFLICT
            ``unknown-sender`` where the ids belong to a case in which this sender never wrote.
    """
    with store.writing() as unit:
        match = _destination(unit, invitation, source, now, case, new)
        if match is not None and match.kind == MatchKind.KNOWN and not settled:
            dossier = unit.dossier(match.case)
            return Added(dossier, match, tuple(clashes_of(unit, dossier)))
        dossier = _begin(unit, invitation, source, now, settled) if match is None else _join(
            unit, match, invitation, source, now, settled
        )  # fmt: skip
        keep_index(unit, [dossier], now, own_days)
        return Added(dossier, match, tuple(clashes_of(unit, dossier)))


def _destination(
    unit: Reading, invitation: Invitation, source: Source, now: datetime, case: str | None, new: bool
) -> Match | None:
    if case is not None:
        dossier = unit.dossier(case)
        kept = case in unit.by_digest(source.ref.digest)
        return Match(MatchKind.KNOWN if kept else _kind_of_news(dossier, invitation, now), case)
    if new:
        return None
    match = _recognised(unit, invitation, source, now)
    if match is not None and match.stranger:
        raise PamitError(
            ErrorKind.CONFLICT,
            "unknown-sender",
            f"This belongs to case {match.case}, but comes from a sender who never wrote in it.",
            case=match.case,
        )
    if match is None and invitation.kind == InvitationKind.SCAM:
        raise PamitError(ErrorKind.REFUSED, "looks-fake", "This message bears the marks of a fake invitation.")
    if match is None and invitation.kind in _NO_CASE_BY_THEMSELVES:
        raise PamitError(
            ErrorKind.INVALID,
            "no-invitation",
            "This message asks for nothing, so it begins no case.",
            what=str(invitation.kind),
        )
    return match


def _begin(unit: Writing, invitation: Invitation, source: Source, now: datetime, settled: Mapping[str, str] | None) -> Dossier:
    at = _came_at(invitation, now)
    facts = _settle(_facts_read(invitation), settled)
    facts.setdefault("received", at.isoformat())
    check_facts(facts)
    kind = _RESULTS.get(invitation.kind)
    entry = Entry(
        number=1,
        at=at,
        recorded_at=now,
        kind=EntryKind.ADDED,
        event=Event(at, kind) if kind else None,
        changes=changes_between({}, facts),
        source=source.ref.digest,
    )
    case, uid = unit.create()
    unit.append(case, [entry], after=0)
    unit.attach(case, source)
    return Dossier(case, uid, (entry,))


def _join(
    unit: Writing, match: Match, invitation: Invitation, source: Source, now: datetime, settled: Mapping[str, str] | None
) -> Dossier:
    dossier = unit.dossier(match.case)
    at = max(_came_at(invitation, now), dossier.entries[0].at)
    event, after = _news(match.kind, dossier, invitation, at)
    facts = {**dossier.facts, **after}
    after |= parse_facts(settled or {}, facts)
    check_facts({**facts, **after})
    changes = changes_between(dossier.facts, after)
    entry = Entry(
        number=dossier.version + 1,
        at=at,
        recorded_at=now,
        kind=EntryKind.UPDATED if event or changes else EntryKind.ATTACHED,
        event=event,
        changes=changes,
        source=source.ref.digest,
    )
    unit.append(match.case, [entry], after=dossier.version)
    unit.attach(match.case, source)
    return replace(dossier, entries=(*dossier.entries, entry))


def _news(kind: MatchKind, dossier: Dossier, invitation: Invitation, at: datetime) -> tuple[Event | None, dict[str, FactText]]:
    """The event and the facts that a message brings to a case."""
    read, old = _facts_read(invitation), dossier.facts
    stated = {name: value for name, value in read.items() if name in _OF_THE_TALK + _OF_THE_EMPLOYER}
    if kind in {MatchKind.KNOWN, MatchKind.REPEAT}:
        return None, {name: value for name, value in stated.items() if name not in old and (name not in ("start", "end"))}
    result = _RESULTS.get(invitation.kind)
    if result is not None:
        known = {"kind": str(invitation.kind)}
        return Event(at, result), known | ({"reply_by": read["reply_by"]} if "reply_by" in read else {})
    fresh: dict[str, FactText] = {
        "start": None, "end": None, "reply_by": read.get("reply_by"), "received": at.isoformat(), "kind": str(invitation.kind),
    }  # fmt: skip
    if kind == MatchKind.ROUND:
        number = read.get("round") or int(old.get("round") or 1) + 1
        gone: dict[str, FactText] = {"decision_expected": None, "location": None, "meeting_url": None, "mode": None}
        return Event(at, EventKind.NEXT_ROUND), {**fresh, **gone, **stated, "round": number}
    if old.get("start") is None:
        # The employer sets the date that was still open: the same invitation, completed.
        return None, {name: value for name, value in {**fresh, **stated}.items() if name != "received"}
    return Event(at, EventKind.RESCHEDULED_BY_EMPLOYER), {**fresh, **stated}


def _facts_read(invitation: Invitation) -> dict[str, FactText]:
    facts = facts_of(case_of(invitation).interview, invitation.language, invitation.kind)
    return {name: _kept(value) for name, value in facts.items()}


def _kept(value: FactText) -> FactText:
    """A fact as it can be kept: whatever a message holds, no NUL and no half characters."""
    return value.encode("utf-8", "replace").decode().replace("\x00", "") if isinstance(value, str) else value


def _settle(facts: dict[str, FactText], settled: Mapping[str, str] | None) -> dict[str, FactText]:
    known = {**facts, **parse_facts(settled or {}, facts)}
    return {name: value for name, value in known.items() if value is not None}


def _came_at(invitation: Invitation, now: datetime) -> datetime:
    """When a message came; a clock of the sender's that runs ahead does not reach into the future."""
    return min(invitation.received or now, now)


def _text(value: FactText) -> str | None:
    return None if value is None else str(value)


# -- clashes ----------------------------------------------------------------------------------------------------------


def clashes_of(view: Reading, dossier: Dossier) -> list[IndexRow]:
    """Own interviews of other cases that overlap this one's time; an end that is not stated is two hours after the start."""
    span = _span(dossier.case.interview)
    if span is None:
        return []
    stages = frozenset({Stage.SCHEDULED, Stage.TODAY})
    wanted = Listing(stages=stages, overlaps=span, order="start", limit=_CLASHES_SHOWN + 1)
    return [row for row in view.listing(wanted) if row.case != dossier.id][:_CLASHES_SHOWN]


def _span(interview: Interview) -> tuple[datetime, datetime] | None:
    if interview.start is None:
        return None
    end = interview.end if interview.end and interview.end > interview.start else interview.start + ASSUMED_LENGTH
    return interview.start, end
