"""The words of the pages in the person's language, from the tables beside this module."""

from __future__ import annotations

from functools import cache
from typing import Any

from pamit.domain.terms import Language
from pamit.surfaces import words
from pamit.tables import read_table

__all__ = ["VOCABULARY", "Words", "words_in"]

VOCABULARY = (
    "field", "kind", "mode", "stage", "channel", "to", "do", "caution", "severity", "tier", "language", "event", "entry",
    "answered", "outcome", "picture", "meaning", "flaw",
)  # fmt: skip
"""Names of things, which are the same wherever the person meets them: they stand in the table of the command line."""


class Words(words.Words):
    """The words of the pages.

    >>> words_in(Language.EN)("nav.today")
    'Today'
    """

    def __init__(self, language: Language) -> None:
        named = _table("pamit.surfaces.cli", language)
        super().__init__(language, {**{name: named[name] for name in VOCABULARY}, **_table("pamit.surfaces.web", language)})


@cache
def words_in(language: Language) -> Words:
    """The words in that language, read once."""
    return Words(language)


def _table(package: str, language: Language) -> dict[str, Any]:
    return read_table(package, "words", f"{language}.toml")
