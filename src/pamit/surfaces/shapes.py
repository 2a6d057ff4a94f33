"""The shapes of the stable records: what ``--json``, batch rows and the HTTP interface give.

The functions that make a record are checked against them by types; the schemas of the HTTP interface are derived from them.
Moments are ISO 8601 with their offset, spans are begin and end in characters of the plain text.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from pamit.domain.facts import FactText
from pamit.domain.search import PassageKind

__all__ = [
    "AddedShape", "AgendaShape", "BookShape", "CalendarItemShape", "CalendarShape", "CheckShape", "DossierShape",
    "DraftShape", "EntryShape", "FindingShape", "FoundShape",
    "InvitationShape", "LinksShape", "MendedShape", "MessageShape", "PlanShape", "PreviewShape", "ProposalShape",
    "RowShape", "RuleShape", "RulebookEntryShape", "SourceShape", "StatsShape", "StepShape", "SyncShape", "TokenShape",
]  # fmt: skip


# -- reading ----------------------------------------------------------------------------------------------------------


class OptionShape(TypedDict):
    """A time that is offered."""

    start: str
    end: str | None


class DoubtShape(TypedDict):
    """Something that is unclear, with the question to ask."""

    field: str
    code: str
    spans: list[list[int]]
    message: str
    question: str | None


class MarkShape(TypedDict):
    """A mark of a fake interview, or with the tier ``note`` a fact to know of the addresses."""

    rule: str
    code: str
    tier: str
    message: str


class InvitationShape(TypedDict):
    """What was read. ``plain`` is there where it is not the text that was given."""

    kind: str
    lang: str
    company: str | None
    position: str | None
    start: str | None
    end: str | None
    timezone: str | None
    mode: str | None
    location: str | None
    meeting_url: str | None
    contact_name: str | None
    contact_email: str | None
    contact_phone: str | None
    reply_by: str | None
    round: int | None
    evidence: dict[str, list[int]]
    confidence: dict[str, float]
    notes: dict[str, str]
    options: list[OptionShape]
    doubts: list[DoubtShape]
    warnings: list[MarkShape]
    plain: NotRequired[str]


# -- plans and cases --------------------------------------------------------------------------------------------------


class StepShape(TypedDict):
    """One step of a plan."""

    do: str
    channel: str | None
    to: list[str]
    earliest: str | None
    due: str
    latest: str | None
    overdue_since: str | None
    rules: list[str]
    text: str


class PlanWarningShape(TypedDict):
    """What to beware of."""

    rule: str
    message: str


class PlanShape(TypedDict):
    """What is open in a case."""

    stage: str
    steps: list[StepShape]
    warnings: list[PlanWarningShape]


class AgendaStepShape(StepShape):
    """One step of one case."""

    case: str
    company: str | None
    position: str | None


class AgendaShape(TypedDict):
    """What is due, soonest first; ``more`` counts further cases."""

    until: str
    overdue: bool
    more: int
    steps: list[AgendaStepShape]


class RowShape(TypedDict):
    """A case as lists show it."""

    case: str
    stage: str
    company: str | None
    position: str | None
    start: str | None
    due: str | None


class EventShape(TypedDict):
    """What happened, as the plan counts it."""

    at: str
    kind: str
    purpose: str | None
    channel: str | None


class EntryShape(TypedDict):
    """An entry of a log; ``changes`` are facts before and after."""

    number: int
    at: str
    recorded_at: str
    kind: str
    event: EventShape | None
    changes: dict[str, list[FactText]]
    source: str | None
    note: str | None
    undoes: int | None


class SourceShape(TypedDict):
    """A message that is kept, without its bytes."""

    digest: str
    size: int
    name: str | None
    message_id: str | None
    uid: str | None


class DossierShape(TypedDict):
    """A case with its facts, its log and its plan."""

    case: str
    uid: str
    version: int
    facts: dict[str, FactText]
    log: list[EntryShape]
    plan: PlanShape
    sources: NotRequired[list[SourceShape]]


class AddedShape(DossierShape):
    """What became of a message: ``new``, or how it belongs to the case; ``clashes`` are other interviews then."""

    outcome: Literal["new", "known", "repeat", "update", "round", "news"]
    sure: bool
    clashes: list[RowShape]


class CalendarItemShape(TypedDict):
    """An interview, or a step that is due; ``agreed`` and ``past`` are of interviews."""

    case: str
    company: str | None
    position: str | None
    stage: str
    at: str
    end: str | None
    timezone: str
    mode: str | None
    do: str | None
    text: str | None
    agreed: bool
    past: bool
    overdue: bool


class CalendarDayShape(TypedDict):
    """A day, and what stands on it."""

    day: str
    workday: bool
    holiday: str | None
    items: list[CalendarItemShape]


class ClashShape(TypedDict):
    """Two interviews that can hardly both be kept; the minutes between them are below zero where they overlap."""

    cases: list[str]
    first: str
    second: str
    minutes_between: int
    assumed: bool


class CalendarShape(TypedDict):
    """A span of days; ``cut`` where it holds more than was looked into."""

    days: list[CalendarDayShape]
    clashes: list[ClashShape]
    cut: bool


class StatsShape(TypedDict):
    """Figures over all cases."""

    cases: int
    invitations: int
    answers: dict[str, int]
    never_answered: int
    median_answer_seconds: float | None
    outcomes: dict[str, int]
    stages: dict[str, int]


class PassageShape(TypedDict):
    """Words that were found, and where they stand."""

    kind: PassageKind
    case: str
    ref: str | None
    at: str
    title: str | None
    excerpt: str


class FoundRuleShape(TypedDict):
    """A rule that was found."""

    id: str
    text: str


class FoundShape(TypedDict):
    """What answers a question; ``more`` names the kinds of which there are further passages."""

    found: list[PassageShape]
    more: list[PassageKind]
    proposals: list[str]
    rules: list[FoundRuleShape]
    pending: int


# -- messages ---------------------------------------------------------------------------------------------------------


class FindingShape(TypedDict):
    """One thing that a check found, and the words that would mend it."""

    rule: str
    severity: str
    begin: int | None
    end: int | None
    message: str
    fix: str | None


class CheckShape(TypedDict):
    """What a check says of a message."""

    lang: str
    purpose: str | None
    moves: dict[str, bool]
    findings: list[FindingShape]


class MendedShape(TypedDict):
    """A message after its safe fixes; ``suggested`` has those applied too that need a look first."""

    text: str
    suggested: str
    applied: int
    report: CheckShape


class MovePartShape(TypedDict):
    """The part of a text that does one job."""

    move: str
    begin: int
    end: int


class DraftShape(TypedDict):
    """A message as it was written, and what its check found."""

    subject: str | None
    text: str
    moves: list[MovePartShape]
    findings: list[FindingShape]


class LinksShape(TypedDict):
    """Links that open a message as a draft."""

    whatsapp: str | None
    sms: str | None
    mailto: str | None


class ResultShape(TypedDict):
    """What became of a message for one recipient."""

    email: str
    verdict: str
    code: int | None
    said: str


class MessageShape(TypedDict):
    """A message of the person's own; in the state ``draft`` it waits for their yes to its ``digest``."""

    id: str
    case: str
    state: str
    purpose: str
    channel: str
    account: str | None
    digest: str
    message_id: str
    recipients: list[str]
    created_at: str
    approved_at: str | None
    due_at: str | None
    expires_at: str | None
    attempts: int
    trouble: str | None
    said: str | None
    override: str | None
    via: str | None
    filed: str | None
    results: list[ResultShape]


class BrokenRuleShape(TypedDict):
    """A rule that found something."""

    rule: str
    severity: str


_From = TypedDict("_From", {"from": str})


class PreviewShape(MessageShape, _From):
    """A message as it would go, and what to know before it does."""

    to: list[str]
    cc: list[str]
    subject: str | None
    text: str
    interview: str | None
    timezone: str | None
    calendar: str | None
    notices: list[str]
    cautions: list[str]
    findings: list[BrokenRuleShape]
    blocks: bool
    repeats: str | None


class ProposalShape(_From):
    """What a mail that came in proposes; nothing of it is applied before somebody says so."""

    id: str
    case: str | None
    meaning: str
    came_at: str
    subject: str
    reasons: list[str]
    evidence: list[str]
    quote: str | None
    confidence: float
    asks: bool
    applies: bool
    state: str


class FailedAccountShape(TypedDict):
    """An account that could not be read."""

    address: str
    code: str


class SyncShape(TypedDict):
    """What looking for mails brought."""

    looked: int
    proposals: list[ProposalShape]
    failed: list[FailedAccountShape]


# -- rules and tokens -------------------------------------------------------------------------------------------------


class RulebookEntryShape(TypedDict):
    """An entry of the rulebook."""

    id: str
    title: str
    text: str
    sources: list[str]
    used_by: list[str]
    addition: bool


class RuleShape(TypedDict):
    """A rule of the checker."""

    name: str
    entry: str
    severity: str
    what: str
    why: str
    fix: str
    bad: list[str]
    good: list[str]
    source: str


class BookShape(TypedDict):
    """The whole rulebook."""

    entries: list[RulebookEntryShape]
    rules: list[RuleShape]


class TokenShape(TypedDict):
    """A program's right to ask; the token itself is not known."""

    id: str
    name: str
    scope: str
    created_at: str
    used_at: str | None
