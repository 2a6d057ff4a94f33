"""The sentences of decisions and of trust, from the table beside this module."""

from __future__ import annotations

from functools import cache

from pamit.domain.terms import Bilingual
from pamit.tables import read_table

__all__ = ["sentence"]


@cache
def _table() -> dict[str, dict[str, Bilingual]]:
    data = read_table("pamit.domain.scheduling", "sentences.toml")
    return {part: {key: Bilingual(**texts) for key, texts in entries.items()} for part, entries in data.items()}


def sentence(part: str, key: str) -> Bilingual:
    """A sentence by its part of the table and its name there."""
    return _table()[part][key]
