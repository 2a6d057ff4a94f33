"""Whether two names of positions mean two positions, although they share a word: "Data Scientist" and "Data Engineer"."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import lru_cache

__all__ = ["are_two_positions"]

_SHARED_BEGINNING = 4
"""Words of the two languages that begin alike so far are one word: "produksi" and "production"."""
_LONG_ENOUGH = 3


def are_two_positions(told: AbstractSet[str], wanted: AbstractSet[str], synonyms: frozenset[str]) -> bool:
    """Whether each name has a word of its own that is nowhere, in no other form and no other language, in the other.

    Args:
        told, wanted: the words of the two names in small letters.
        synonyms: groups of words for one thing, each joined by slashes.

    >>> are_two_positions({"guru", "jepang"}, {"guru", "inggris"}, frozenset())
    True
    >>> are_two_positions({"digital", "marketing"}, {"pemasaran", "digital"}, frozenset({"pemasaran/marketing"}))
    False
    """
    groups = _groups(synonyms)
    return _has_own(told, wanted, groups) and _has_own(wanted, told, groups)


def _has_own(words: AbstractSet[str], others: AbstractSet[str], groups: dict[str, int]) -> bool:
    return any(
        len(word) >= _LONG_ENOUGH and word not in others and not any(_is_same(word, other, groups) for other in others)
        for word in words
    )


def _is_same(one: str, other: str, groups: dict[str, int]) -> bool:
    if one[:_SHARED_BEGINNING] == other[:_SHARED_BEGINNING]:
        return True
    return one in groups and groups[one] == groups.get(other)


@lru_cache(maxsize=4)
def _groups(synonyms: frozenset[str]) -> dict[str, int]:
    """For each word the number of its group."""
    return {word: number for number, group in enumerate(sorted(synonyms)) for word in group.split("/")}
