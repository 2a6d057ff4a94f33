"""Heads of positions: whether a phrase names work ("staf gudang", "data analyst"), and where such phrases stand."""

from __future__ import annotations

import re

from pamit.reading.names import fold_word
from pamit.tables import read_table

__all__ = ["FIRST_HEADS", "HEADS", "LAST_HEADS", "WORK", "is_office"]

_DATA = read_table("pamit.reading", "words", "offices.toml")["heads"]
FIRST_HEADS = frozenset(_DATA["first"].split())
LAST_HEADS = frozenset(_DATA["last"].split())
HEADS = FIRST_HEADS | LAST_HEADS
WORK = frozenset(_DATA["work"].split())
WEAK = frozenset(_DATA["weak"].split())
# "Ground Staff Bandara"
_ANYWHERE = frozenset(("staff", "staf", "crew"))
_PARTS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def is_office(written: str) -> bool:
    """Whether a phrase has the head of a position where its language puts it: first in Indonesian, last in English."""
    words = [fold_word(word) for word in _PARTS.findall(written)]
    if not words:
        return False
    if len(words) == 1:
        return words[0] in HEADS
    if words[0] in FIRST_HEADS or words[-1] in LAST_HEADS:
        return True
    if "of" in words[1:-1] and words[words.index("of") - 1] in LAST_HEADS:
        return True
    # "Teacher of Visual Arts", "Sales Manager, East Java", "Nutrition Rep Indonesia"
    return any(word in HEADS and (word not in WEAK or word in _ANYWHERE) for word in words)
