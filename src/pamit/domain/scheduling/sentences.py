"""The sentences of decisions and of trust, from the table beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from pamit.domain.terms import Bilingual

__all__ = ["sentence"]


@cache
def _table() -> dict[str, dict[str, Bilingual]]:
    data = tomllib.loads(files("pamit.domain.scheduling").joinpath("sentences.toml").read_text("utf-8"))
    return {part: {key: Bilingual(**texts) for key, texts in entries.items()} for part, entries in data.items()}


def sentence(part: str, key: str) -> Bilingual:
    """A sentence by its part of the table and its name there."""
    return _table()[part][key]
