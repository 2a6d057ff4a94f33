"""The stable records of the bulk interface and of ``--json``: rows in, rows out (docs/reference/batch.md)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, cast

import msgspec

from pamit.domain.calendar.zones import DEFAULT_ZONE, zone
from pamit.domain.interview import Agency, Candidate, Case, Contact, Event, Intent, Interview
from pamit.domain.invitation import FIELDS, Invitation
from pamit.domain.message import CheckContext, Draft, Finding, PreviousMessage, Report
from pamit.domain.plan import Plan
from pamit.domain.terms import Channel, EventKind, Language, Mode, Move, Purpose, Reason, Register
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.shapes import CheckShape, DraftShape, FindingShape, InvitationShape, MendedShape, PlanShape

if TYPE_CHECKING:
    from pamit.services.mending import Mended

__all__ = [
    "CHECKED_MOVES", "CheckRow", "Id", "MessageRow", "PlanRow", "ReadRow", "WriteRow", "aware", "candidate_from", "case_from",
    "check_record", "context_from", "draft_record", "finding_record", "intent_from", "invitation_record", "mended_record",
    "moment_or_day", "plan_record",
]  # fmt: skip

CHECKED_MOVES = (
    Move.SALUTATION, Move.THANKS, Move.POSITION_NAMED, Move.COMPANY_NAMED, Move.DATETIME_NAMED, Move.DECISION_CLEAR,
    Move.REASON_GIVEN, Move.APOLOGY, Move.DOOR_OPEN, Move.CONFIRMATION_REQUESTED, Move.ENTHUSIASM, Move.CLOSING,
    Move.SIGNATURE, Move.CONTACT_INFO,
)  # fmt: skip
"""The fourteen moves that a check reports."""

Id = str | int | None

# A deadline on a day runs to its end; a result promised for a day may be asked for from its beginning.
_DAY_ENDS, _DAY_BEGINS = time(23, 59), time()


class MessageRow(msgspec.Struct):
    """A message from an employer."""

    id: Id = None
    subject: str | None = None
    sender: str | None = msgspec.field(default=None, name="from")
    received: datetime | None = None
    text: str | None = None
    channel: str | None = None


class ReadRow(MessageRow):
    """The same, or the path of the file in which it stands."""

    path: str | None = None


class ContactRow(msgspec.Struct):
    """The person to answer."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None


class AgencyRow(msgspec.Struct):
    """The agency between."""

    name: str | None = None
    email: str | None = None


class InterviewRow(msgspec.Struct):
    """The facts of an interview."""

    company: str | None = None
    position: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    timezone: str | None = None
    mode: Mode | None = None
    location: str | None = None
    meeting_url: str | None = None
    round: int | None = None
    received: datetime | None = None
    reply_by: str | None = None
    decision_expected: str | None = None
    invited_via: Channel | None = None
    contact: ContactRow | None = None
    agency: AgencyRow | None = None
    works_saturday: bool | None = None


class EventRow(msgspec.Struct):
    """Something that happened."""

    at: datetime
    kind: EventKind
    purpose: Purpose | None = None
    channel: Channel | None = None


class IntentRow(msgspec.Struct):
    """What the candidate wants."""

    purpose: Purpose
    reason: Reason | None = None
    decided_at: datetime | None = None


class PlanRow(msgspec.Struct):
    """A case and a moment."""

    now: datetime
    interview: InterviewRow
    id: Id = None
    events: list[EventRow] | None = None
    intent: IntentRow | None = None


class CandidateRow(msgspec.Struct):
    """The person who writes."""

    name: str
    email: str | None = None
    phone: str | None = None
    city: str | None = None


class WriteRow(msgspec.Struct):
    """A message to be written."""

    purpose: Purpose
    interview: InterviewRow
    candidate: CandidateRow
    now: datetime
    id: Id = None
    lang: Language | None = None
    channel: Channel | None = None
    reason: Reason | None = None
    variant: int | None = None
    register: Register | None = None
    alternatives: list[datetime] | None = None
    note: str | None = None
    events: list[EventRow] | None = None


class PreviousRow(msgspec.Struct):
    """A message sent before."""

    at: datetime
    purpose: Purpose


class ContextRow(msgspec.Struct):
    """What is known about the case of a draft."""

    company: str | None = None
    position: str | None = None
    interview_start: datetime | None = None
    contact_name: str | None = None
    candidate: str | None = None
    now: datetime | None = None
    round: int | None = None
    previous: list[PreviousRow] | None = None
    received: datetime | None = None
    invited_via: Channel | None = None
    decision_expected: str | None = None


class CheckRow(msgspec.Struct):
    """A draft to be checked."""

    text: str
    id: Id = None
    lang: Language | None = None
    channel: Channel | None = None
    purpose: Purpose | None = None
    subject: str | None = None
    context: ContextRow | None = None


# -- from rows to values ----------------------------------------------------------------------------------------------


def aware(moment: datetime | None, field: str) -> datetime | None:
    """A moment that must carry an offset.

    Raises:
        PamitError: ``naive-time`` naming the field.
    """
    if moment is not None and moment.utcoffset() is None:
        raise PamitError(
            ErrorKind.INVALID, "naive-time", f"`{field}` has no offset from UTC: {moment.isoformat()}.", field=field
        )
    return moment


def moment_or_day(written: str | None, field: str, timezone: str | None, clock: time) -> datetime | None:
    """A moment, or a day with the clock time that stands for it, in the employer's zone.

    Raises:
        PamitError: ``invalid-row`` or ``naive-time`` naming the field.
    """
    if written is None:
        return None
    try:
        if len(written) == len("2026-11-26"):
            return datetime.combine(date.fromisoformat(written), clock, zone(timezone or DEFAULT_ZONE))
        return aware(datetime.fromisoformat(written), field)
    except ValueError as error:
        raise PamitError(
            ErrorKind.INVALID, "invalid-row", f"Not an ISO 8601 moment or day - at `$.{field}`.", field=field
        ) from error


def case_from(interview: InterviewRow, events: list[EventRow] | None) -> Case:
    """The case that a row describes.

    Raises:
        PamitError: ``naive-time`` naming the field.
    """
    row = interview
    contact, agency = row.contact or ContactRow(), row.agency
    facts = Interview(
        company=row.company,
        position=row.position,
        start=aware(row.start, "interview.start"),
        end=aware(row.end, "interview.end"),
        timezone=row.timezone,
        mode=row.mode,
        location=row.location,
        meeting_url=row.meeting_url,
        round=row.round,
        received=aware(row.received, "interview.received"),
        reply_by=moment_or_day(row.reply_by, "interview.reply_by", row.timezone, _DAY_ENDS),
        decision_expected=moment_or_day(row.decision_expected, "interview.decision_expected", row.timezone, _DAY_BEGINS),
        invited_via=row.invited_via,
        contact=Contact(contact.name, contact.email, contact.phone),
        agency=Agency(agency.name, agency.email) if agency else None,
        works_saturday=bool(row.works_saturday),
    )
    happened = []
    for number, event in enumerate(events or []):
        aware(event.at, f"events[{number}].at")
        happened.append(Event(event.at, event.kind, event.purpose, event.channel))
    return Case(facts, tuple(happened))


def intent_from(row: IntentRow | None) -> Intent | None:
    """The intent that a row describes."""
    return Intent(row.purpose, row.reason, aware(row.decided_at, "intent.decided_at")) if row else None


def candidate_from(row: CandidateRow) -> Candidate:
    """The candidate that a row describes."""
    return Candidate(row.name, row.email, row.phone, row.city)


def context_from(row: ContextRow | None) -> CheckContext:
    """The context that a row describes."""
    if row is None:
        return CheckContext()
    return CheckContext(
        company=row.company,
        position=row.position,
        interview_start=aware(row.interview_start, "context.interview_start"),
        contact_name=row.contact_name,
        candidate=row.candidate,
        now=aware(row.now, "context.now"),
        round=row.round,
        previous=tuple(PreviousMessage(item.at, item.purpose) for item in row.previous or []),
        received=aware(row.received, "context.received"),
        invited_via=row.invited_via,
        decision_expected=moment_or_day(row.decision_expected, "context.decision_expected", None, _DAY_BEGINS),
    )


# -- from values to rows ----------------------------------------------------------------------------------------------


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def invitation_record(invitation: Invitation, language: Language, *, with_text: bool) -> InvitationShape:
    """What was read, as the batch row ``read`` gives it.

    Args:
        language: of the messages.
        with_text: whether to give the plain text back, which the evidence points into.
    """
    known = {name: invitation.value(name) for name in FIELDS}
    facts = {name: _iso(value) if isinstance(value, datetime) else value for name, value in known.items()}
    # The names of the facts are those of the domain, so types cannot see that they are the ones of the shape.
    record = cast(
        "InvitationShape",
        {
            "kind": str(invitation.kind),
            "lang": str(invitation.language),
            **facts,
            "evidence": {name: list(fact.span) for name, fact in invitation.facts.items() if fact.span},
            "confidence": {name: round(fact.confidence, 3) for name, fact in invitation.facts.items()},
            "notes": {name: fact.note.in_language(language) for name, fact in invitation.facts.items() if fact.note},
            "options": [{"start": _iso(option.start), "end": _iso(option.end)} for option in invitation.options],
            "doubts": [
                {
                    "field": doubt.field,
                    "code": doubt.code,
                    "spans": [list(span) for span in doubt.spans],
                    "message": doubt.message.in_language(language),
                    "question": doubt.question.in_language(language) if doubt.question else None,
                }
                for doubt in invitation.doubts
            ],
            "warnings": [
                {"rule": one.rule, "code": one.code, "tier": one.tier, "message": one.message.in_language(language)}
                for one in invitation.warnings
            ],
        },
    )
    if with_text:
        record["plain"] = invitation.text
    return record


def plan_record(plan: Plan, language: Language) -> PlanShape:
    """A plan, as the batch row ``plan`` gives it."""
    return {
        "stage": str(plan.stage),
        "steps": [
            {
                "do": str(step.do),
                "channel": str(step.channel) if step.channel else None,
                "to": list(step.to),
                "earliest": _iso(step.earliest),
                "due": step.due.isoformat(),
                "latest": _iso(step.latest),
                "overdue_since": _iso(step.overdue_since),
                "rules": list(step.rules),
                "text": step.text.in_language(language),
            }
            for step in plan.steps
        ],
        "warnings": [{"rule": one.rule, "message": one.message.in_language(language)} for one in plan.warnings],
    }


def finding_record(finding: Finding, language: Language) -> FindingShape:
    """A finding, as the batch row ``check`` gives it."""
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "begin": finding.begin,
        "end": finding.end,
        "message": finding.message.in_language(language),
        "fix": finding.fix.replacement if finding.fix else None,
    }


def check_record(report: Report, language: Language) -> CheckShape:
    """A report, as the batch row ``check`` gives it."""
    return {
        "lang": str(report.language),
        "purpose": str(report.purpose) if report.purpose else None,
        "moves": {str(move): bool(report.moves.get(move, False)) for move in CHECKED_MOVES},
        "findings": [finding_record(finding, language) for finding in report.findings],
    }


def mended_record(mended: Mended, language: Language) -> MendedShape:
    """A draft after its safe fixes; ``suggested`` has those applied too that need a look first."""
    return {
        "text": mended.text,
        "suggested": mended.suggested,
        "applied": mended.applied,
        "report": check_record(mended.report, language),
    }


def draft_record(draft: Draft, report: Report, language: Language) -> DraftShape:
    """A draft with what its check found, as the batch row ``write`` gives it."""
    return {
        "subject": draft.subject,
        "text": draft.text,
        "moves": [{"move": str(part.move), "begin": part.begin, "end": part.end} for part in draft.moves],
        "findings": [finding_record(finding, language) for finding in report.findings],
    }
