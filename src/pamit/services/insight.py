"""Looking back over all cases: how soon invitations were answered, how cases ended, what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from pamit.domain.insight import Answered, Outcome, answers_of, outcome_of
from pamit.domain.plan.situation import situation
from pamit.domain.terms import Stage
from pamit.services.ports import Store

__all__ = ["Stats", "stats"]

_BATCH = 500


@dataclass(frozen=True)
class Stats:
    """Figures over all cases.

    Attributes:
        answers: how many invitations were answered how soon; every kind stands in it.
        outcomes: how many cases ended in which way, or are open.
        stages: how many cases stand where.
        median_answer: of those that were answered by a message; None where there are none.
    """

    cases: int
    invitations: int
    answers: Mapping[Answered, int] = field(default_factory=dict)
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    stages: Mapping[Stage, int] = field(default_factory=dict)
    median_answer: timedelta | None = None

    @property
    def never_answered(self) -> int:
        """How many invitations got no answer and can get none any more; it should be 0 (rule T10)."""
        return self.answers[Answered.NEVER]


def stats(store: Store, now: datetime) -> Stats:
    """Reckon the figures from the logs of all cases; nothing of them is kept."""
    answers: Counter[Answered] = Counter()
    outcomes: Counter[Outcome] = Counter()
    stages: Counter[Stage] = Counter()
    took: list[float] = []
    with store.reading() as view:
        cases = list(view.cases())
        for begin in range(0, len(cases), _BATCH):
            for dossier in view.dossiers(cases[begin : begin + _BATCH]):
                stages[situation(dossier.case, now).stage] += 1
                outcomes[outcome_of(dossier, now)] += 1
                for answer in answers_of(dossier, now):
                    answers[answer.answered] += 1
                    if answer.took is not None:
                        took.append(answer.took.total_seconds())
    return Stats(
        cases=len(cases),
        invitations=answers.total(),
        answers={kind: answers[kind] for kind in Answered},
        outcomes={kind: outcomes[kind] for kind in Outcome},
        stages={kind: stages[kind] for kind in Stage},
        median_answer=timedelta(seconds=round(median(took))) if took else None,
    )
