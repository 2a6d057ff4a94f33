"""A message of the candidate's: its parts, and what a check found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pamit.domain.terms import Bilingual, Channel, Language, Move, Purpose, Severity

__all__ = ["Applicability", "CheckContext", "Draft", "Finding", "Fix", "MoveSpan", "PreviousMessage", "Report"]

Applicability = Literal["safe", "unsafe", "display"]
"""``safe``: may be applied unseen; ``unsafe``: changes the sense a little, shown first; ``display``: only ever shown."""


@dataclass(frozen=True)
class MoveSpan:
    """The part of a text that does one job; the end is exclusive."""

    move: Move
    begin: int
    end: int


@dataclass(frozen=True)
class Draft:
    """A message that is not sent yet.

    Attributes:
        subject: for mail (and the "Hal" line of a letter); None elsewhere.
        moves: where each part stands; empty for a draft that the person wrote.
    """

    channel: Channel
    text: str
    language: Language | None = None
    purpose: Purpose | None = None
    subject: str | None = None
    moves: tuple[MoveSpan, ...] = ()


@dataclass(frozen=True)
class PreviousMessage:
    """A message sent before in the same case."""

    at: datetime
    purpose: Purpose


@dataclass(frozen=True)
class CheckContext:
    """What is known about the case a draft belongs to. Whatever is None is taken from the text or not judged.

    Attributes:
        candidate: the name of the person who writes.
        now: the moment at which the draft would go out.
        received: when the invitation came.
        decision_expected: when the employer promised a result.
        signature: what stands under the person's mails; where the draft ends with it, it is not judged.
    """

    company: str | None = None
    position: str | None = None
    interview_start: datetime | None = None
    contact_name: str | None = None
    candidate: str | None = None
    now: datetime | None = None
    round: int | None = None
    previous: tuple[PreviousMessage, ...] = ()
    received: datetime | None = None
    invited_via: Channel | None = None
    decision_expected: datetime | None = None
    signature: str | None = None


@dataclass(frozen=True)
class Fix:
    """A mending of one finding.

    Attributes:
        replacement: the text that takes the place of the finding's span; "" deletes it. None where only a move is named.
        applicability: whether it may be applied unseen.
        insert: the move whose sentence is to be inserted, taken from the phrasebook by the services.
        at: where to insert it, in characters of the text.
    """

    replacement: str | None = None
    applicability: Applicability = "display"
    insert: Move | None = None
    at: int | None = None


@dataclass(frozen=True)
class Finding:
    """One thing a check found in a draft; the end is exclusive, both are None where something is missing."""

    rule: str
    severity: Severity
    message: Bilingual
    begin: int | None = None
    end: int | None = None
    fix: Fix | None = None


@dataclass(frozen=True)
class Report:
    """What a check says of a draft.

    Attributes:
        moves: for each move whether the draft makes it.
    """

    language: Language
    purpose: Purpose | None
    moves: Mapping[Move, bool] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing graver than a hint was found."""
        return all(finding.severity == Severity.HINT for finding in self.findings)

    @property
    def blocks(self) -> bool:
        """Whether an error was found, which bars sending."""
        return any(finding.severity == Severity.ERROR for finding in self.findings)
