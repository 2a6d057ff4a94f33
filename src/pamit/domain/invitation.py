"""What was read from an employer's message: facts with their evidence, doubts, warnings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pamit.domain.terms import Bilingual, InvitationKind, Language

__all__ = ["FIELDS", "Doubt", "Fact", "FactValue", "Field", "Invitation", "Option", "SafetyWarning", "Span"]

Span = tuple[int, int]
"""Begin and end in characters of the plain text; the end is exclusive."""

FactValue = str | int | datetime

Field = Literal[
    "company", "position", "start", "end", "timezone", "mode", "location", "meeting_url",
    "contact_name", "contact_email", "contact_phone", "reply_by", "round",
]  # fmt: skip

FIELDS: tuple[Field, ...] = (
    "company", "position", "start", "end", "timezone", "mode", "location", "meeting_url",
    "contact_name", "contact_email", "contact_phone", "reply_by", "round",
)  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One fact with the words it came from.

    Attributes:
        value: aware datetimes for moments, IANA names for zones, E.164 for phones, strings as written otherwise.
        span: where in the plain text; None when it came from the subject, the sender or the moment of receipt.
        confidence: 0 to 1.
        note: how the value was found when it was not simply written, such as a default year or an implied zone.
    """

    value: FactValue
    span: Span | None = None
    confidence: float = 1.0
    note: Bilingual | None = None


@dataclass(frozen=True)
class Doubt:
    """Something the invitation leaves out, contradicts, or says in a way that can be read twice.

    Attributes:
        field: the fact it is about; ``interviewer`` and ``duration`` besides the facts.
        code: a stable kebab-case name, such as ``weekday-contradicts-date``.
        spans: all the places concerned; none for a gap.
        message: what is unclear, as a sentence to the candidate.
        question: the same as a polite question to the employer, the seed of an ``ask_details`` message; None where
            asking makes no sense.
    """

    field: str
    code: str
    message: Bilingual
    spans: tuple[Span, ...] = ()
    question: Bilingual | None = None


@dataclass(frozen=True)
class SafetyWarning:
    """A mark of a fake interview (rule S1): explained, never blocking.

    Attributes:
        tier: ``stop``, ``high`` or ``medium``; ``note`` is no mark but a fact to know, such as two houses in one mail.
        span: the words found.
    """

    code: str
    tier: Literal["stop", "high", "medium", "note"]
    message: Bilingual
    span: Span | None = None
    rule: str = "S1"

    @property
    def is_mark(self) -> bool:
        """Whether it makes the message doubtful; a note does not."""
        return self.tier != "note"


@dataclass(frozen=True)
class Option:
    """A slot offered in an availability request."""

    start: datetime
    end: datetime | None = None
    span: Span | None = None


@dataclass(frozen=True)
class Invitation:
    """A message from an employer, read.

    Attributes:
        text: the plain text that every span points into.
        facts: only what was stated (or follows by a rule, then with a note); a field that is absent is unknown.
        channel_guessed: nobody said by which channel the words came; it was told by their form.
    """

    text: str
    kind: InvitationKind
    language: Language
    facts: Mapping[Field, Fact] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    warnings: tuple[SafetyWarning, ...] = ()
    subject: str | None = None
    sender: str | None = None
    received: datetime | None = None
    channel: str | None = None
    channel_guessed: bool = False

    def value(self, name: Field) -> FactValue | None:
        """The value of a fact, or None where it was not stated."""
        fact = self.facts.get(name)
        return fact.value if fact else None
