"""The catalogue of rules: every rule once, in the order of the families."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType, ModuleType

from pamit.errors import ErrorKind, PamitError
from pamit.etiquette import facts, privacy, register, structure, timing, tone
from pamit.etiquette.rule import Rule

__all__ = ["FAMILIES", "RULES", "find_rule"]

FAMILIES: tuple[ModuleType, ...] = (structure, facts, tone, register, privacy, timing)


def _gather() -> Mapping[str, Rule]:
    rules: dict[str, Rule] = {}
    for family in FAMILIES:
        for entry in vars(family).values():
            if isinstance(entry, Rule):
                rules[entry.name] = entry
    return MappingProxyType(rules)


RULES: Mapping[str, Rule] = _gather()
"""All rules by name; it cannot be changed."""


def find_rule(name: str) -> Rule:
    """The rule of a name.

    Raises:
        PamitError: ``unknown-rule``.
    """
    try:
        return RULES[name]
    except KeyError:
        raise PamitError(ErrorKind.MISSING, "unknown-rule", f"There is no rule {name[:60]!r}.") from None
