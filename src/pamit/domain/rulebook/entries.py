"""The entries of the rulebook, from ``rulebook.toml``: frozen values, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from pamit.domain.terms import Bilingual
from pamit.errors import ErrorKind, PamitError
from pamit.tables import read_table

__all__ = ["Entry", "Group", "Part", "Seed", "Source", "entries", "entry", "groups", "seeds"]


class Part(StrEnum):
    """A part of Pamit that acts on a rule."""

    READ = "read"
    PLAN = "plan"
    REMIND = "remind"
    COMPOSE = "compose"
    CHECK = "check"
    RECORD = "record"
    """The log of a case, which keeps what was said and received."""


@dataclass(frozen=True)
class Seed:
    """A document that rules come from.

    Attributes:
        number: its three digits, as sources cite it.
        file: its file name.
        about: what it treats, in a few words.
    """

    number: str
    file: str
    about: Bilingual


@dataclass(frozen=True)
class Source:
    """A place in a seed document: ``000 no. 3``.

    Attributes:
        seed: the number of the document.
        place: where in it ("no. 3", "etiquette A"); "part 2" counts the headings of a document without numbers.
    """

    seed: str
    place: str

    def __str__(self) -> str:
        return f"{self.seed} {self.place}"


@dataclass(frozen=True)
class Group:
    """A family of rules, named by the letter that its ids begin with."""

    letter: str
    heading: Bilingual


@dataclass(frozen=True)
class Entry:
    """One rule of etiquette.

    Attributes:
        id: its permanent id, such as ``T1``.
        group: the letter of its group.
        title: a few words.
        text: the explanation, two or three sentences as a rule, in one paragraph.
        sources: where the seed documents state it; empty for an addition.
        used_by: the parts that act on it.
        addition: the seed documents do not state it; it is best practice of the field.
    """

    id: str
    group: str
    title: Bilingual
    text: Bilingual
    sources: tuple[Source, ...]
    used_by: tuple[Part, ...]
    addition: bool


@cache
def _data() -> dict[str, Any]:
    return read_table("pamit.domain.rulebook", "rulebook.toml")


@cache
def seeds() -> Mapping[str, Seed]:
    """The seed documents by number."""
    return MappingProxyType(
        {number: Seed(number, row["file"], Bilingual(**row["about"])) for number, row in _data()["seeds"].items()},
    )


@cache
def groups() -> Mapping[str, Group]:
    """The groups by letter, in the order in which they are read.

    >>> groups()["N"].heading.en
    'Tone'
    """
    return MappingProxyType({letter: Group(letter, Bilingual(**texts)) for letter, texts in _data()["groups"].items()})


@cache
def entries() -> Mapping[str, Entry]:
    """All entries by id, group by group and in number order.

    >>> list(entries())[:3]
    ['T1', 'T2', 'T3']
    """
    return MappingProxyType({rule: _entry(rule, row) for rule, row in _data()["entries"].items()})


def entry(rule: str) -> Entry:
    """The entry with that id.

    Raises:
        PamitError: MISSING, ``no-such-rule``; the message names the ids that look alike.

    >>> str(entry("M3").sources[0])
    '000 no. 3'
    """
    found = entries().get(rule)
    if found is None:
        # At this cutoff "m3" and "M33" lead to M3, while T3, of the same number only, stays out.
        close = get_close_matches(rule.strip().upper(), entries(), n=3, cutoff=0.6)
        hint = f"; close to it: {', '.join(close)}" if close else ""
        raise PamitError(ErrorKind.MISSING, "no-such-rule", f"There is no rule {rule!r}{hint}.", rule=rule)
    return found


def _entry(rule: str, row: dict[str, Any]) -> Entry:
    return Entry(
        id=rule,
        group=rule[0],
        title=_one_line(row["title"]),
        text=_one_line(row["text"]),
        sources=tuple(_source(cited) for cited in row["sources"]),
        used_by=tuple(Part(name) for name in row["used_by"]),
        addition=row.get("addition", False),
    )


def _source(cited: str) -> Source:
    number, _, place = cited.partition(" ")
    return Source(seeds()[number].number, place)


def _one_line(texts: dict[str, str]) -> Bilingual:
    # Lines are broken in the table for the sake of whoever edits it; pages break them anew.
    return Bilingual(**{language: " ".join(text.split()) for language, text in texts.items()})
