"""From what a person chose on the page of Tulis to a message: the same choices give the same message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from pamit.domain.calendar.zones import DEFAULT_ZONE, zone
from pamit.domain.interview import Candidate, Case, Intent
from pamit.domain.message import Draft
from pamit.domain.plan import Plan, make_plan
from pamit.domain.terms import Channel, Language, Purpose, Reason, Register, Stage, StepKind
from pamit.surfaces.web.posting import Posted

if TYPE_CHECKING:
    from pamit.phrasing.cards import Card


__all__ = ["GROUPS", "Choice", "Laid", "choice_of", "compose_choice", "slots_of", "suggested"]

E = TypeVar("E", bound=StrEnum)


GROUPS: tuple[tuple[str, tuple[Purpose, ...]], ...] = (
    ("answer", (Purpose.CONFIRM, Purpose.RESCHEDULE, Purpose.DECLINE, Purpose.ASK_DETAILS, Purpose.REQUEST_ONLINE)),
    ("before", (Purpose.CANCEL, Purpose.RUNNING_LATE, Purpose.LINK_BROKEN, Purpose.EMPLOYER_ABSENT, Purpose.APOLOGISE_ABSENCE)),
    ("after", (Purpose.THANK_YOU, Purpose.FOLLOW_UP, Purpose.ASK_FEEDBACK, Purpose.ACKNOWLEDGE)),
    ("candidacy", (Purpose.WITHDRAW, Purpose.RECONSIDER, Purpose.ACCEPT_OFFER, Purpose.DECLINE_OFFER)),
)
"""All purposes, as a person looks for them; each stands in one group."""

_LIKELY = {
    Stage.INVITED: (Purpose.CONFIRM, Purpose.RESCHEDULE, Purpose.DECLINE, Purpose.ASK_DETAILS),
    Stage.SCHEDULED: (Purpose.CONFIRM, Purpose.RESCHEDULE, Purpose.DECLINE, Purpose.ASK_DETAILS),
    Stage.TODAY: (Purpose.RUNNING_LATE, Purpose.CANCEL, Purpose.RESCHEDULE, Purpose.LINK_BROKEN),
    Stage.INTERVIEWED: (Purpose.THANK_YOU, Purpose.FOLLOW_UP, Purpose.WITHDRAW),
    Stage.CLOSED: (Purpose.ACKNOWLEDGE, Purpose.ASK_FEEDBACK, Purpose.RECONSIDER),
}
_SLOTS = 3
_NOTE = 600


@dataclass(frozen=True)
class Choice:
    """What the person chose.

    Attributes:
        channel: None for the one that the plan names.
        alternatives: as the form gives them, by the clock of the employer's place.
    """

    purpose: Purpose
    reason: Reason | None = None
    channel: Channel | None = None
    language: Language | None = None
    register: Register = Register.FORMAL
    variant: int = 0
    note: str | None = None
    alternatives: tuple[str, ...] = ()
    to_agency: bool = False

    def query(self, **other: str) -> str:
        """The choices as the query of an address."""
        found: list[tuple[str, str]] = [("purpose", self.purpose), ("register", self.register)]
        optional = {"reason": self.reason, "channel": self.channel, "language": self.language, "note": self.note}
        found += [(name, str(value)) for name, value in optional.items() if value]
        found += [("slot", slot) for slot in self.alternatives]
        found += [("to_agency", "1")] if self.to_agency else []
        found += [("variant", str(self.variant))] if self.variant else []
        return urlencode([pair for pair in found if pair[0] not in other] + list(other.items()))


@dataclass(frozen=True)
class Laid:
    """A message that was written but not given out.

    Attributes:
        case: the case it belongs to.
        case_version: as it was when it was written.
        choice: how it was made, so that it can be made anew.
        override: why it goes although the check found errors.
        handed: the row of the outbox that says that another program has it.
        proposed: the first of the other times that it names.
        after: the case whose accepted offer this farewell follows from; there the person goes on.
    """

    case: str
    case_version: int
    draft: Draft
    choice: Choice
    card: Card | None = None
    override: str | None = None
    handed: str | None = None
    proposed: datetime | None = None
    after: str | None = None


def choice_of(form: Posted) -> Choice | None:
    """The choices in a form or query; None as long as there is no purpose."""
    purpose = _one_of(Purpose, form.text("purpose"))
    if purpose is None:
        return None
    variant = form.text("variant")
    return Choice(
        purpose,
        _one_of(Reason, form.text("reason")),
        _one_of(Channel, form.text("channel")),
        _one_of(Language, form.text("language")),
        _one_of(Register, form.text("register")) or Register.FORMAL,
        int(variant) if variant.isascii() and variant.isdigit() and len(variant) < 4 else 0,
        " ".join(form.text("note").split())[:_NOTE] or None,
        form.texts("slot")[:_SLOTS],
        form.chosen("to_agency"),
    )


def _one_of(kind: type[E], written: str) -> E | None:
    return kind(written) if written in set(kind) else None


def suggested(plan: Plan) -> tuple[Purpose, ...]:
    """The purposes that fit now, those of the plan first."""
    planned = [Purpose(str(step.do)) for step in plan.steps if str(step.do) in set(Purpose)]
    answers = any(step.do == StepKind.ANSWER for step in plan.steps)
    return tuple(dict.fromkeys([*planned, *(_LIKELY[plan.stage] if answers or not planned else _LIKELY[plan.stage][1:])]))[:5]


def compose_choice(
    case: Case, choice: Choice, candidate: Candidate, language: Language, now: datetime
) -> tuple[Draft, Card | None]:
    """The message, and the card where it is to be spoken.

    Raises:
        PamitError: where the phrasebook has no such message.
    """
    from pamit.services.writing import write_spoken_or_sent

    steps = make_plan(case, now, Intent(choice.purpose, choice.reason)).steps
    planned = next((step.channel for step in steps if str(step.do) == str(choice.purpose)), None)
    channel = choice.channel or planned or case.interview.invited_via or Channel.EMAIL
    return write_spoken_or_sent(
        case,
        choice.purpose,
        candidate=candidate,
        now=now,
        language=choice.language or language,
        channel=channel,
        reason=choice.reason,
        register=choice.register,
        variant=choice.variant,
        alternatives=slots_of(case, choice),
        note=choice.note,
        to_agency=choice.to_agency and case.interview.agency is not None,
    )


def slots_of(case: Case, choice: Choice) -> tuple[datetime, ...]:
    """The other times that the person names, as aware moments."""
    place = zone(case.interview.timezone or DEFAULT_ZONE)
    slots = [datetime.fromisoformat(slot) for slot in choice.alternatives if _is_moment(slot)]
    return tuple(slot if slot.utcoffset() is not None else slot.replace(tzinfo=place) for slot in slots)


def _is_moment(written: str) -> bool:
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return False
    return True
