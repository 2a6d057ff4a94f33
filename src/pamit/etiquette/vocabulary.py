"""The word lists of the checker, read once per language from ``words/<language>/*.toml``.

A file holds ``[classes]`` (names for sets of words) and ``[phrases]`` (a tag with its phrases); what the phrases may
contain is told in :mod:`pamit.etiquette.phrases`. A tag that ends in ``!`` is a veto: where one of its phrases
overlaps a phrase of the same tag without the mark, the latter does not count.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pamit.domain.terms import Language
from pamit.etiquette.phrases import PhraseTable
from pamit.errors import ErrorKind, PamitError

__all__ = ["Vocabulary", "vocabulary"]


@dataclass(frozen=True)
class Vocabulary:
    """The phrases of one language, and its plain sets of words.

    Attributes:
        table: all phrases.
        sets: sets of words that rules look up one by one.
    """

    table: PhraseTable
    sets: dict[str, frozenset[str]]


@cache
def vocabulary(language: Language) -> Vocabulary:
    """The vocabulary of a language.

    Raises:
        PamitError: ``bad-word-list`` when two files give one tag or class, so that no list silently replaces another.
    """
    phrases: dict[str, list[str]] = {}
    classes: dict[str, list[str]] = {}
    sets: dict[str, frozenset[str]] = {}
    folder = files("pamit.etiquette").joinpath("words", language.value)
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        content = tomllib.loads(file.read_text("utf-8"))
        for name, words in content.get("sets", {}).items():
            _once(name, sets, file.name)
            sets[name] = frozenset(words.split())
        for section, target in (("phrases", phrases), ("classes", classes)):
            for name, entries in content.get(section, {}).items():
                _once(name, target, file.name)
                target[name] = entries.split() if isinstance(entries, str) else entries
    return Vocabulary(PhraseTable(phrases, classes), sets)


def _once(name: str, known: object, file: str) -> None:
    if isinstance(known, dict) and name in known:
        raise PamitError(ErrorKind.CONFLICT, "bad-word-list", f"{file} gives {name!r} a second time.")
