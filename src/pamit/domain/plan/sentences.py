"""The sentences of a plan, from the table beside this module."""

from __future__ import annotations

from functools import cache

from pamit.domain.plan.values import PlanWarning
from pamit.domain.terms import Bilingual, StepKind
from pamit.tables import read_table

__all__ = ["step_sentence", "step_title", "warning"]


@cache
def _table(name: str) -> dict[str, Bilingual]:
    data = read_table("pamit.domain.plan", "sentences.toml")
    return {key: Bilingual(**texts) for key, texts in data[name].items()}


def step_sentence(key: str) -> Bilingual:
    """Why a step is due; of ``step:case`` the step's own sentence where the case has none."""
    table = _table("steps")
    return table.get(key) or table[key.partition(":")[0]]


def step_title(do: StepKind) -> Bilingual:
    """What a step is called, in a list or a heading."""
    return _table("titles")[do]


def warning(rule: str, case: str | None = None) -> PlanWarning:
    """The warning that a rule gives, worded for a case where it has its own words."""
    table = _table("warnings")
    key = f"{rule}:{case}" if case else rule
    return PlanWarning(rule, table[key])
