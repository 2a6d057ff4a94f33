"""The rulebook: every rule of etiquette once, with its id, source and explanation, and the table of moves per purpose.

The words and the table are data (``rulebook.toml``, ``moves.toml``); planner, composer, checker and pages read them here.
"""

from __future__ import annotations

from pamit.domain.rulebook.entries import Entry, Group, Part, Seed, Source, entries, entry, groups, seeds
from pamit.domain.rulebook.moves import (
    Particular,
    Requirement,
    entry_of_move,
    leading,
    move_of_entry,
    particulars,
    requirement,
)

__all__ = [
    "Entry",
    "Group",
    "Part",
    "Particular",
    "Requirement",
    "Seed",
    "Source",
    "entries",
    "entry",
    "entry_of_move",
    "groups",
    "leading",
    "move_of_entry",
    "particulars",
    "requirement",
    "seeds",
]
