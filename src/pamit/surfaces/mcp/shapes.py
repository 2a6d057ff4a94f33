"""The shapes of the tools' results: the records that every surface gives, with the words of others set apart.

A field that a record has and its shape has not is an error, so that neither changes without the other.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "AgendaResult", "CaseResult", "CasesResult", "CheckResult", "DraftResult", "HandedResult", "KeptResult", "MendedResult",
    "MessageResult", "MessagesResult", "PlanResult", "PreviewResult", "ReadResult",
]  # fmt: skip


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Noted(_Strict):
    """Carries the note on the words of others."""

    untrusted_note: str


class FencedText(_Strict):
    """Running text between two marks that it cannot hold."""

    begin: str
    text: str
    end: str


class Words(_Strict):
    """A sentence of Pamit's that may quote others."""

    message: str


class Question(Words):
    """The same, with the question to ask."""

    question: str | None


class Name(_Strict):
    """Which employer and which position."""

    company: str | None
    position: str | None


# -- reading ----------------------------------------------------------------------------------------------------------


class Doubt(_Strict):
    """Something that is unclear; spans count characters of the text."""

    field: str
    code: str
    spans: list[tuple[int, int]]
    untrusted_text: Question


class Mark(_Strict):
    """A mark of a fake interview, or with the tier `note` a fact to know of the addresses."""

    rule: str
    code: str
    tier: str
    untrusted_text: Words


class Slot(_Strict):
    """A time that is offered."""

    start: str
    end: str | None


class ReadWords(Name):
    """The facts in the sender's words, and the whole text."""

    location: str | None
    meeting_url: str | None
    contact_name: str | None
    contact_email: str | None
    contact_phone: str | None
    plain: FencedText


class ReadResult(_Noted):
    """What was read; nothing is kept of it."""

    kind: str
    lang: str
    start: str | None
    end: str | None
    timezone: str | None
    mode: str | None
    reply_by: str | None
    round: int | None
    evidence: dict[str, tuple[int, int]]
    confidence: dict[str, float]
    notes: dict[str, str]
    options: list[Slot]
    doubts: list[Doubt]
    warnings: list[Mark]
    untrusted_text: ReadWords


# -- plans and cases --------------------------------------------------------------------------------------------------


class Step(_Strict):
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


class PlanWarning(_Strict):
    """What to beware of."""

    rule: str
    message: str


class Plan(_Strict):
    """What is open in a case."""

    stage: str
    steps: list[Step]
    warnings: list[PlanWarning]


class PlanResult(Plan, _Noted):
    """What is open in a case."""


class AgendaStep(Step):
    """One step of one case."""

    case: str
    untrusted_text: Name


class AgendaResult(_Noted):
    """What is due, soonest first; `more` counts further cases."""

    until: str
    overdue: bool
    more: int
    steps: list[AgendaStep]


class Row(_Strict):
    """A case as lists show it."""

    case: str
    stage: str
    start: str | None
    due: str | None
    untrusted_text: Name


class CasesResult(_Noted):
    """Cases."""

    cases: list[Row]


class Happened(_Strict):
    """An event."""

    at: str
    kind: str
    purpose: str | None
    channel: str | None


class EntryWords(_Strict):
    """What an entry says in words, and the facts it changed: before and after."""

    changes: dict[str, tuple[str | int | bool | None, str | int | bool | None]]
    note: str | None


class Entry(_Strict):
    """An entry of the log."""

    number: int
    at: str
    recorded_at: str
    kind: str
    event: Happened | None
    source: str | None
    undoes: int | None
    untrusted_text: EntryWords


class SourceWords(_Strict):
    """What a message that is kept says of itself, and its words where they were asked for."""

    name: str | None
    message_id: str | None
    uid: str | None
    plain: FencedText | None


class Source(_Strict):
    """A message that is kept."""

    digest: str
    size: int
    untrusted_text: SourceWords


class Case(_Noted):
    """A case with its facts, its log and its plan; `version` is what a change may be made conditional on."""

    case: str
    uid: str
    version: int
    facts: dict[str, str | int | bool]
    log: list[Entry]
    plan: Plan
    untrusted_text: dict[str, str]


class CaseResult(Case):
    """A case, with the messages that are kept with it."""

    sources: list[Source]


class KeptResult(Case):
    """What became of a message: `outcome` is new, or how it belongs to the case; `clashes` are other interviews then."""

    outcome: str
    sure: bool
    clashes: list[Row]
    doubts: list[Doubt]
    warnings: list[Mark]


# -- messages ---------------------------------------------------------------------------------------------------------


class FindingWords(Words):
    """What was found, and the words that would mend it."""

    fix: str | None


class Finding(_Strict):
    """One thing that a check found; the span counts characters of the text."""

    rule: str
    severity: str
    begin: int | None
    end: int | None
    untrusted_text: FindingWords


class Report(_Strict):
    """What a check says of a message."""

    lang: str
    purpose: str | None
    moves: dict[str, bool]
    findings: list[Finding]


class CheckResult(Report, _Noted):
    """What a check says of a message."""


class MendedText(_Strict):
    """The mended text, and with the fixes applied that need a look first."""

    text: str
    suggested: str


class MendedResult(_Noted):
    """A message after its safe fixes."""

    applied: int
    report: Report
    untrusted_text: MendedText


class MovePart(_Strict):
    """The part of the text that does one job."""

    move: str
    begin: int
    end: int


class Links(_Strict):
    """Links that open the message as a draft."""

    whatsapp: str | None
    sms: str | None
    mailto: str | None


class DraftWords(_Strict):
    """A message that names what the employer wrote."""

    subject: str | None
    text: str
    links: Links


class DraftResult(_Noted):
    """A message as it was written; nothing is kept of it."""

    moves: list[MovePart]
    findings: list[Finding]
    untrusted_text: DraftWords


class Outcome(_Strict):
    """What became of a message for one recipient."""

    verdict: str
    code: int | None
    untrusted_text: dict[str, str]


class OutgoingWords(_Strict):
    """Whom a message is for, and what servers said."""

    recipients: list[str]
    said: str | None
    override: str | None


class ShownWords(OutgoingWords):
    """The same, and its text."""

    plain: FencedText


class _Standing(_Strict):
    """Where a message of the person's own stands; in the state `draft` it waits for their approval."""

    id: str
    case: str
    state: str
    purpose: str
    channel: str
    account: str | None
    digest: str
    message_id: str
    created_at: str
    approved_at: str | None
    due_at: str | None
    expires_at: str | None
    attempts: int
    trouble: str | None
    via: str | None
    filed: str | None
    results: list[Outcome]


class Outgoing(_Standing):
    """A message of the person's own; in the state `draft` it waits for their approval."""

    untrusted_text: OutgoingWords


class MessagesResult(_Noted):
    """Messages of the person's own."""

    messages: list[Outgoing]


class MessageResult(_Standing, _Noted):
    """One message of the person's own; in the state `draft` it waits for their approval."""

    untrusted_text: ShownWords


class PreviewWords(OutgoingWords):
    """The same, with everything that would go."""

    to: list[str]
    cc: list[str]
    subject: str | None
    text: str


class FoundRule(_Strict):
    """A rule that found something."""

    rule: str
    severity: str


class PreviewResult(_Standing, _Noted):
    """A message as it would go. It waits for the person's approval, which no tool gives; errors found bar it until then.

    `repeats` names an earlier message of the same purpose.
    """

    sender: str = Field(alias="from")
    interview: str | None
    timezone: str | None
    calendar: str | None
    notices: list[str]
    cautions: list[str]
    findings: list[FoundRule]
    blocks: bool
    repeats: str | None
    untrusted_text: PreviewWords


class HandedWords(OutgoingWords):
    """The same, and what was given."""

    given: str


class HandedResult(_Standing, _Noted):
    """A message given out for another program to send; the person sends it from there."""

    untrusted_text: HandedWords
