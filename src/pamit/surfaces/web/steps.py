"""The steps of plans as the pages show them: each with the one tap that does it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pamit.domain.interview import Interview
from pamit.domain.plan import Plan, Step
from pamit.domain.terms import Purpose, StepKind
from pamit.services.agenda import AgendaItem
from pamit.surfaces.web.words import Words

__all__ = ["Action", "ShownStep", "about", "of_agenda", "of_plan"]

_SOON = timedelta(hours=4)
_PURPOSES = frozenset(str(purpose) for purpose in Purpose)


@dataclass(frozen=True)
class Action:
    """What a tap does.

    Attributes:
        href: where it leads; ``is_post``: whether it changes something by itself.
        label: a key of the words.
    """

    href: str
    label: str
    is_post: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ShownStep:
    """A step with its case and its action; ``tone`` is ``overdue``, ``soon`` or ``calm``."""

    case: str
    about: str
    timezone: str | None
    step: Step
    since: datetime
    action: Action
    tone: str


def about(company: str | None, position: str | None, say: Words) -> str:
    """What a case is about, in a few words."""
    return " · ".join(part for part in (position, company) if part) or say("case.unnamed")


def of_agenda(items: Iterable[AgendaItem], say: Words, now: datetime) -> list[ShownStep]:
    """The steps of all cases."""
    return [_shown(one.case, about(one.company, one.position, say), one.timezone, one.step, now) for one in items]


def of_plan(case: str, interview: Interview, plan: Plan, say: Words, now: datetime) -> list[ShownStep]:
    """The steps of one case."""
    name = about(interview.company, interview.position, say)
    return [_shown(case, name, interview.timezone, step, now) for step in plan.steps]


def _shown(case: str, name: str, timezone: str | None, step: Step, now: datetime) -> ShownStep:
    tone = "overdue" if step.overdue_since else "soon" if step.due - now <= _SOON else "calm"
    return ShownStep(case, name, timezone, step, step.overdue_since or step.due, _action(case, step, now), tone)


def _action(case: str, step: Step, now: datetime) -> Action:
    here, do = f"/cases/{case}", step.do
    if str(do) in _PURPOSES:
        return Action(f"{here}/write?purpose={do}", "step.write")
    if do == StepKind.ATTEND and step.due > now:
        return Action(here, "step.look")
    by_button = {
        StepKind.ATTEND: Action(f"{here}/note", "step.attended", True, {"kind": "attended"}),
        StepKind.CALL_TO_VERIFY: Action(f"{here}/note", "step.verified", True, {"kind": "confirmation_received"}),
        StepKind.CLOSE: Action(f"{here}/close", "step.close", True),
    }
    links = {
        StepKind.ANSWER: Action(f"{here}/write", "step.answer"),
        StepKind.CONSULT: Action(f"{here}/decide", "step.decide"),
        StepKind.PREPARE_ANSWER: Action(f"{here}/decide", "step.decide"),
        StepKind.FIND_CONTACT: Action(f"{here}/edit#f-contact_email", "step.contact"),
        StepKind.WRITTEN_RECORD: Action(f"{here}/write?record=1", "step.write"),
    }
    return by_button.get(do) or links.get(do) or Action(here, "step.look")
