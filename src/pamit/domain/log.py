"""The log of a case: entries that are only ever added. Everything else about a case is derived from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from pamit.domain.facts import Facts, FactText, interview_of
from pamit.domain.interview import Case, Event
from pamit.domain.terms import Language

__all__ = ["Change", "Dossier", "Entry", "EntryKind", "changes_between", "standing"]


class EntryKind(StrEnum):
    """What an entry says, for people; what it does follows from its parts."""

    ADDED = "added"
    """The case began with this message."""
    ATTACHED = "attached"
    """The same message came again, or one that changes nothing."""
    UPDATED = "updated"
    """A message brought news: another time, a further round, a result."""
    HAPPENED = "happened"
    """The person noted an event."""
    EDITED = "facts_edited"
    """The person corrected facts."""
    NOTED = "noted"
    """Words of the person's own."""
    UNDONE = "undone"
    """An earlier entry no longer counts."""


@dataclass(frozen=True)
class Change:
    """One fact before and after; None is unknown."""

    before: FactText
    after: FactText


@dataclass(frozen=True)
class Entry:
    """One thing that was put down in a case, whole or not at all.

    Attributes:
        number: 1 for the first of its case, without gaps.
        at: the aware moment at which it happened.
        recorded_at: the aware moment at which it was put down.
        event: what happened, as the plan counts it.
        changes: facts that became different.
        source: SHA-256, in hexadecimal, of the message it came from.
        note: words of the person's own.
        undoes: the number of the entry that it takes back.
    """

    number: int
    at: datetime
    recorded_at: datetime
    kind: EntryKind
    event: Event | None = None
    changes: Mapping[str, Change] = field(default_factory=dict)
    source: str | None = None
    note: str | None = None
    undoes: int | None = None


def changes_between(before: Facts, after: Facts) -> dict[str, Change]:
    """The facts that differ between two states; a name that ``after`` leaves out stays as it is.

    >>> changes_between({"round": 1, "company": "Toko Baru"}, {"round": 2})
    {'round': Change(before=1, after=2)}
    """
    return {name: Change(before.get(name), value) for name, value in after.items() if before.get(name) != value}


@dataclass(frozen=True)
class Dossier:
    """A case with its whole log.

    Attributes:
        id: short, for people to type.
        uid: the same on every machine that the case was ever copied to.
        entries: oldest first; never empty.
    """

    id: str
    uid: str
    entries: tuple[Entry, ...]

    @property
    def version(self) -> int:
        """The number of the last entry: a change made on an older version is a conflict."""
        return self.entries[-1].number

    @cached_property
    def standing(self) -> tuple[Entry, ...]:
        """The entries that count: neither taken back nor taking back."""
        return standing(self.entries)

    @cached_property
    def facts(self) -> Facts:
        """The facts as they are now. The receipt is never unknown: without one it is the moment the case began."""
        found: dict[str, FactText] = {}
        for entry in self.standing:
            found.update((name, change.after) for name, change in entry.changes.items())
        if found.get("received") is None:
            found["received"] = self.entries[0].at.isoformat()
        return {name: value for name, value in found.items() if value is not None}

    @cached_property
    def case(self) -> Case:
        """The case as the plan sees it: the present interview and what has happened."""
        return Case(interview_of(self.facts), tuple(entry.event for entry in self.standing if entry.event))

    @property
    def language(self) -> Language:
        """The language in which the employer writes."""
        return Language(str(self.facts.get("language", Language.ID)))

    @property
    def last_change(self) -> Entry | None:
        """The entry that an undo would take back; None where only the beginning is left."""
        last = self.standing[-1] if self.standing else None
        return last if last is not None and last.number > 1 else None


def standing(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries that count: neither taken back nor taking back."""
    undone = {entry.undoes for entry in entries if entry.undoes is not None}
    return tuple(entry for entry in entries if entry.undoes is None and entry.number not in undone)
