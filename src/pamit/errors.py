"""What can go wrong, as one exception type with a kind and a stable code.

Each surface has one table from :class:`ErrorKind` to its own language (exit status, HTTP problem, tool error). Exceptions
carry typed facts, never the body of a message, an address or a reason.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["ErrorKind", "PamitError"]


class ErrorKind(StrEnum):
    """The five ways in which an operation fails."""

    INVALID = "invalid"
    """The input breaks a stated form: not text, not JSON, an impossible date."""
    MISSING = "missing"
    """Something needed is not there: a file, a fact, a rule of that name."""
    CONFLICT = "conflict"
    """The state has moved on since it was read."""
    REFUSED = "refused"
    """A rule or a limit forbids it: too large, not approved."""
    UNAVAILABLE = "unavailable"
    """The outside did not answer; trying again may help."""


class PamitError(Exception):
    """The only exception that Pamit raises on purpose.

    Args:
        kind: which of the five ways.
        code: a stable kebab-case name for programs, such as ``not-text``.
        message: one sentence for a person, naming what and where.
        facts: typed values of the case (line number, limit, field), never message content.
    """

    def __init__(self, kind: ErrorKind, code: str, message: str, **facts: str | int | float | None) -> None:
        super().__init__(message)
        self.kind = kind
        self.code = code
        self.message = message
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions with keyword-only facts do not survive pickling by themselves, and batch workers pickle them.
        return (_rebuild, (self.kind, self.code, self.message, self.facts))


def _rebuild(kind: ErrorKind, code: str, message: str, facts: dict[str, str | int | float | None]) -> PamitError:
    return PamitError(kind, code, message, **facts)
