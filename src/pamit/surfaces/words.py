"""Words of a surface in one language, asked for by dotted keys."""

from __future__ import annotations

from typing import Any

from pamit.domain.terms import Language

__all__ = ["Words"]


class Words:
    """A table of words; a missing word is an error, never an empty place.

    >>> Words(Language.EN, {"nav": {"today": "Today"}})("nav.today")
    'Today'
    """

    def __init__(self, language: Language, table: dict[str, Any]) -> None:
        self.language = language
        self.table = table

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key, with their places filled.

        Raises:
            KeyError: there are no such words, or a place has no value.
        """
        found: Any = self.table
        for part in key.split("."):
            found = found[part]
        text: str = found
        return text.format_map(values) if values else text

    def has(self, key: str) -> bool:
        """Whether there are words for a key."""
        found: Any = self.table
        for part in key.split("."):
            if not isinstance(found, dict) or part not in found:
                return False
            found = found[part]
        return isinstance(found, str)
