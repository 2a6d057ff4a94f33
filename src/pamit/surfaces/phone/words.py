"""The words of Pamit on a phone: those around the app, and those of its pages that name a computer elsewhere."""

from __future__ import annotations

from functools import cache
from typing import Any

from pamit.domain.terms import Language
from pamit.surfaces.web.words import Words
from pamit.tables import read_table

__all__ = ["page_words", "shell_words"]


def shell_words(language: Language) -> dict[str, str]:
    """The words around the app by their keys: loading, storage, updates.

    >>> shell_words(Language.EN)["name"]
    'Pamit'
    """
    return {name: text for name, text in _table(language).items() if isinstance(text, str)}


class _PageWords(Words):
    """The words of the pages; some stand for others."""

    def __init__(self, language: Language) -> None:
        super().__init__(language)
        for group, texts in _table(language)["pages"].items():
            self.table[group] = {**self.table[group], **texts}


@cache
def page_words(language: Language) -> Words:
    """The words of the pages in that language, read once.

    >>> page_words(Language.EN)("welcome.private")
    'No account, no internet. Everything stays on this phone.'
    """
    return _PageWords(language)


def _table(language: Language) -> dict[str, Any]:
    return read_table("pamit.surfaces.phone", "words", f"{language}.toml")
