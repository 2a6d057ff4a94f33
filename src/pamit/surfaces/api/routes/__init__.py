"""The operations, one module for each noun."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from pamit.surfaces.api.operation import Operation

__all__ = ["OPERATIONS"]

_MODULES: Final = ("verbs", "rules", "cases", "case_changes", "steps", "messages", "own_messages", "proposals", "looking")

OPERATIONS: Final[tuple[Operation, ...]] = tuple(
    operation for name in _MODULES for operation in import_module(f"{__name__}.{name}").OPERATIONS
)
"""Every operation, in the order in which the reference lists them."""
