"""A value read from a message, before it becomes a fact."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Found"]


class Found(NamedTuple):
    """A value with its place; no span where it came from subject or sender."""

    value: str
    span: tuple[int, int] | None
    confidence: float
