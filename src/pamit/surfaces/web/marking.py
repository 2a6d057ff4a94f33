"""Texts with some of their words marked: facts in an invitation, parts of a message, findings in a draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Mark", "Piece", "pieces"]


@dataclass(frozen=True)
class Mark:
    """Words to mark; the end is exclusive.

    Attributes:
        label: what they are, in the person's language.
        kind: a class for the looks.
        target: the id of what on the page belongs to them.
    """

    begin: int
    end: int
    label: str
    kind: str
    target: str | None = None


@dataclass(frozen=True)
class Piece:
    """A part of the text; ``mark`` is None for what is not marked."""

    text: str
    mark: Mark | None = None


def pieces(text: str, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """The text in order, cut where marks begin and end; of marks that overlap, the one that begins first is shown.

    >>> [(piece.text, piece.mark and piece.mark.label) for piece in pieces("Senin pagi", [Mark(0, 5, "Hari", "fact")])]
    [('Senin', 'Hari'), (' pagi', None)]
    """
    found: list[Piece] = []
    here = 0
    for mark in sorted(marks, key=lambda one: (one.begin, -one.end)):
        if mark.begin < here or mark.end <= mark.begin or mark.end > len(text):
            continue
        if mark.begin > here:
            found.append(Piece(text[here : mark.begin]))
        found.append(Piece(text[mark.begin : mark.end], mark))
        here = mark.end
    if here < len(text):
        found.append(Piece(text[here:]))
    return tuple(found)
