"""Errors on the command line: one sentence on standard error and an exit status from one table.

The numbers are those of BSD's ``sysexits.h`` where it has a fitting one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import gettext

from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.cli.words import Words

__all__ = ["EXIT_FINDINGS", "EXIT_INTERRUPTED", "EXIT_OVERDUE", "EXIT_STATUS", "reported"]

EXIT_FINDINGS = 1
"""A check found an error in the draft, a batch had lines that failed, or the doctor found a flaw."""

EXIT_OVERDUE = 3
"""``today`` or ``due`` showed what they were asked for, and something is overdue: for cron and prompts."""

EXIT_INTERRUPTED = 130
"""Stopped by Ctrl-C (128 + SIGINT)."""

EXIT_STATUS: dict[ErrorKind, int] = {
    ErrorKind.INVALID: 65,
    ErrorKind.MISSING: 66,
    ErrorKind.UNAVAILABLE: 69,
    ErrorKind.CONFLICT: 75,
    ErrorKind.REFUSED: 77,
}


@contextmanager
def reported(words: Words) -> Iterator[None]:
    """Turn a :class:`PamitError` into its sentence and exit status."""
    try:
        yield
    except PamitError as error:
        key = f"error.{error.code}"
        facts = {"message": error.message, **error.facts}
        if isinstance(reason := facts.get("reason"), str) and reason:
            facts["reason"] = gettext(reason)  # What the system says is in English everywhere.
        sentence = words(key, **facts) if words.has(key) else error.message
        print(words("error.line", sentence=sentence, code=error.code), file=sys.stderr)  # noqa: T201
        sys.exit(EXIT_STATUS[error.kind])
