"""Which part of a message belongs in which kind of message: the M table, from ``moves.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from pamit.domain.rulebook.entries import entry
from pamit.domain.terms import Bilingual, Channel, Move, Purpose
from pamit.errors import ErrorKind, PamitError
from pamit.tables import read_table

__all__ = ["Particular", "Requirement", "entry_of_move", "leading", "move_of_entry", "particulars", "requirement"]


class Requirement(StrEnum):
    """How much a kind of message needs a part."""

    REQUIRED = "required"
    """The composer writes it and the checker reports its absence."""
    WRITTEN = "written"
    """The composer writes it; its absence is no fault."""
    OPTIONAL = "optional"
    OUT_OF_PLACE = "out_of_place"


@dataclass(frozen=True)
class Particular:
    """Something that one kind of message has to tell besides the moves.

    Attributes:
        name: its stable name, such as ``arrival``.
        requirement: how much it is needed.
        wording: what it is, as a phrase without a full stop.
    """

    name: str
    requirement: Requirement
    wording: Bilingual


_MARKS = {
    "R": Requirement.REQUIRED, "w": Requirement.WRITTEN, "o": Requirement.OPTIONAL, "-": Requirement.OUT_OF_PLACE,
}  # fmt: skip
_AS_THE_CHANNEL_ASKS = "c"


@cache
def _data() -> dict[str, Any]:
    return read_table("pamit.domain.rulebook", "moves.toml")


@cache
def _table() -> Mapping[tuple[Purpose, str, Channel], Requirement]:
    by_channel: dict[str, dict[str, str]] = _data()["channels"]
    table: dict[tuple[Purpose, str, Channel], Requirement] = {}
    for block in _data()["tables"]:
        purposes = [Purpose(name) for name in block["purposes"].split()]
        for rule, row in block.items():
            if rule == "purposes":
                continue
            for purpose, mark in zip(purposes, row.split(), strict=True):
                for channel in Channel:
                    own = by_channel[rule][channel] if mark == _AS_THE_CHANNEL_ASKS else mark
                    table[purpose, rule, channel] = _MARKS[own]
    return MappingProxyType(table)


def requirement(purpose: Purpose, move: Move | str, channel: Channel = Channel.EMAIL) -> Requirement:
    """How much a message of that purpose needs that move.

    Args:
        purpose: why the candidate writes.
        move: a move, or its id ``M1`` to ``M18`` (the subject, ``M17``, is no move of the text and has an id only).
        channel: decides contact details (M16) and the subject (M17) alone.

    Raises:
        PamitError: MISSING, ``no-such-rule``, for an id that the rulebook does not have; INVALID, ``not-a-move``, for the
            id of another group.

    >>> requirement(Purpose.CANCEL, Move.APOLOGY)
    <Requirement.REQUIRED: 'required'>
    """
    rule = entry_of_move(move) if isinstance(move, Move) else entry(move).id
    found = _table().get((purpose, rule, channel))
    if found is None:
        raise PamitError(ErrorKind.INVALID, "not-a-move", f"Rule {rule} is not about a part of a message.", rule=rule)
    return found


@cache
def _ids() -> Mapping[Move, str]:
    return MappingProxyType({Move(name): rule for rule, name in _data()["moves"].items()})


def entry_of_move(move: Move) -> str:
    """The id of the rule about a move.

    >>> entry_of_move(Move.DOOR_OPEN)
    'M10'
    """
    return _ids()[move]


def move_of_entry(rule: str) -> Move | None:
    """The move that a rule is about; None for the subject (M17) and for every rule of another group.

    Raises:
        PamitError: MISSING, ``no-such-rule``.
    """
    name = _data()["moves"].get(entry(rule).id)
    return None if name is None else Move(name)


def leading(purpose: Purpose, *, on_the_day: bool = False) -> Move | None:
    """The move that comes before all others, where one must (rules T3 and M8; 003 timing C).

    Args:
        purpose: why the candidate writes.
        on_the_day: whether the message goes on the interview's own day.
    """
    rule = _data()["leading"].get(purpose)
    if rule is None and on_the_day:
        rule = _data()["leading_on_the_day"].get(purpose)
    return None if rule is None else move_of_entry(rule)


@cache
def particulars(purpose: Purpose) -> tuple[Particular, ...]:
    """What a message of that purpose has to tell besides the moves.

    >>> [each.name for each in particulars(Purpose.RUNNING_LATE)]
    ['arrival']
    """
    rows: dict[str, dict[str, str]] = _data()["particulars"].get(purpose, {})
    return tuple(Particular(name, _MARKS[row["need"]], Bilingual(row["id"], row["en"])) for name, row in rows.items())
