"""A plan as a value: where the interview stands, what to do, and what to beware of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pamit.domain.terms import Bilingual, Channel, Stage, StepKind

__all__ = ["Addressee", "Plan", "PlanWarning", "Step"]

Addressee = Literal["contact", "agency"]


@dataclass(frozen=True)
class Step:
    """One thing to do.

    Attributes:
        do: what.
        channel: how; None where nothing is sent.
        to: whom; empty where nothing is sent.
        earliest: the first moment from now on at which it may be done.
        due: when it should be done.
        latest: when it must be done; None where no rule sets a limit.
        overdue_since: the rules' own due time where it could not be kept; the other times are then moved up.
        rules: ids of the rules that ask for it.
        text: why now, to the candidate.
        ruled_at: the rules' own due time, which neither the clock nor courteous hours move: with ``do`` it tells whether two
            plans of a case speak of the same step. None where a step only serves another.

    All times are aware, in the employer's zone; ``earliest <= due <= latest``.
    """

    do: StepKind
    channel: Channel | None
    to: tuple[Addressee, ...]
    earliest: datetime
    due: datetime
    latest: datetime | None
    overdue_since: datetime | None
    rules: tuple[str, ...]
    text: Bilingual
    ruled_at: datetime | None = None


@dataclass(frozen=True)
class PlanWarning:
    """Something to know before acting, with the rule it follows from."""

    rule: str
    message: Bilingual


@dataclass(frozen=True)
class Plan:
    """What is open now, soonest first."""

    stage: Stage
    steps: tuple[Step, ...] = ()
    warnings: tuple[PlanWarning, ...] = ()
