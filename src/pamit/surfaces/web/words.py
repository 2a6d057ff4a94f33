"""The words of the pages in the person's language, from the tables beside this module."""

from __future__ import annotations

from functools import cache
from typing import Any

from pamit.domain.terms import Language
from pamit.tables import read_table

__all__ = ["VOCABULARY", "Words", "words_in"]

VOCABULARY = (
    "field", "kind", "mode", "stage", "channel", "to", "do", "caution", "severity", "tier", "language", "event", "entry",
    "answered", "outcome", "picture", "meaning", "flaw",
)  # fmt: skip
"""Names of things, which are the same wherever the person meets them: they stand in the table of the command line."""


class Words:
    """The words in one language; a missing word is an error, never an empty place.

    >>> words_in(Language.EN)("nav.today")
    'Today'
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        named = _table("pamit.surfaces.cli", language)
        self.table: dict[str, Any] = {**{name: named[name] for name in VOCABULARY}, **_table("pamit.surfaces.web", language)}

    def __call__(self, key: str, **values: object) -> str:
        """The words of a dotted key, with its places filled."""
        found: Any = self.table
        for part in key.split("."):
            found = found[part]
        text: str = found
        return text.format_map(values) if values else text

    def has(self, key: str) -> bool:
        """Whether there are words for a dotted key."""
        found: Any = self.table
        for part in key.split("."):
            if not isinstance(found, dict) or part not in found:
                return False
            found = found[part]
        return isinstance(found, str)


@cache
def words_in(language: Language) -> Words:
    """The words in that language, read once."""
    return Words(language)


def _table(package: str, language: Language) -> dict[str, Any]:
    return read_table(package, "words", f"{language}.toml")
