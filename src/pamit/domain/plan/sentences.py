"""The sentences of a plan, from the table beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from pamit.domain.plan.values import PlanWarning
from pamit.domain.terms import Bilingual, StepKind

__all__ = ["step_sentence", "step_title", "warning"]


@cache
def _table(name: str) -> dict[str, Bilingual]:
    data = tomllib.loads(files("pamit.domain.plan").joinpath("sentences.toml").read_text("utf-8"))
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
