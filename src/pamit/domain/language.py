"""Which language a text is in: a score of function words, Indonesian against English.

Chat spelling counts too. A text with both is the language of most of its function words.
"""

from __future__ import annotations

import re

from pamit.domain.terms import Language
from pamit.tables import read_table

__all__ = ["detect_language", "language_scores"]

_WORD = re.compile(r"[^\W\d_]+")

_WORDS = read_table("pamit.domain", "language.toml")
_INDONESIAN = frozenset(_WORDS["indonesian"].split())
_ENGLISH = frozenset(_WORDS["english"].split())


def language_scores(text: str) -> tuple[int, int]:
    """How many function words of Indonesian and of English a text has."""
    indonesian = english = 0
    for word in _WORD.findall(text.lower()):
        if word in _INDONESIAN:
            indonesian += 1
        elif word in _ENGLISH:
            english += 1
    return indonesian, english


def detect_language(text: str) -> Language:
    """The main language of a text; Indonesian where nothing tells.

    >>> detect_language("Could we move the interview to Friday?")
    <Language.EN: 'en'>
    """
    indonesian, english = language_scores(text)
    return Language.EN if english > indonesian else Language.ID
