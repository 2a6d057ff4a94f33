"""Which command, route and tool does what a method of the facade does, or why there is none: one table, ``parity.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from pamit.tables import read_table

__all__ = ["SURFACES", "Parity", "Place", "parity"]

SURFACES: Final = ("command", "route", "tool")
"""The surfaces that are compared, by their names in the table."""


@dataclass(frozen=True)
class Place:
    """Where a surface does something.

    Attributes:
        names: of commands (with a blank before that of a subcommand), routes (method and path below ``/api/v1``) or tools.
        why_not: the reason where there are none.
    """

    names: tuple[str, ...] = ()
    why_not: str | None = None


@dataclass(frozen=True)
class Parity:
    """The table.

    Attributes:
        methods: of the facade, by name: a place for each surface.
        verbs: what is done without a memory.
        command_line: commands that belong to the command line alone, with the reason.
    """

    methods: Mapping[str, Mapping[str, Place]]
    verbs: Mapping[str, Mapping[str, Place]]
    command_line: Mapping[str, str]


@cache
def parity() -> Parity:
    """The table as it is kept.

    Raises:
        KeyError: where a row says neither where a surface does it nor why it does not.
    """
    table = read_table("pamit.surfaces", "parity.toml")
    reasons: dict[str, str] = table["reasons"]

    def place(row: dict[str, object], surface: str) -> Place:
        if surface in row:
            names = row[surface]
            assert isinstance(names, list)
            return Place(tuple(names))
        why = str(row[f"no_{surface}"])
        return Place(why_not=reasons.get(why, why))

    def places(rows: dict[str, dict[str, object]]) -> dict[str, dict[str, Place]]:
        return {name: {surface: place(row, surface) for surface in SURFACES} for name, row in rows.items()}

    return Parity(places(table["methods"]), places(table["verbs"]), table["command_line"])
