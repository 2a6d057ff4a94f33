"""Errors as an assistant gets them: code, kind, sentence and facts; and the log, which holds no contents at all."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pamit.errors import ErrorKind, PamitError

__all__ = ["INTERNAL", "NO_SUCH_TOOL", "bad_arguments", "failure_record", "log_to_stderr"]

INTERNAL = PamitError(ErrorKind.UNAVAILABLE, "internal-error", "A fault in Pamit itself; please report it.")
"""What is said of a fault of ours."""

NO_SUCH_TOOL = PamitError(ErrorKind.MISSING, "no-such-tool", "There is no such tool.")
"""The only thing that the protocol's package itself finds wrong with a call whose arguments fit."""


def failure_record(error: PamitError) -> dict[str, Any]:
    """An error as batch rows give it, with its kind and its facts besides."""
    return {"error": {"code": error.code, "kind": str(error.kind), "message": error.message, "facts": error.facts}}


def bad_arguments(tool: str, error: ValidationError) -> PamitError:
    """Arguments that do not fit: which and why, without what they hold."""
    wrong = [
        f"{'.'.join(map(str, one['loc']))}: {one['type']}"
        for one in error.errors(include_input=False, include_url=False, include_context=False)
    ]
    fields = "; ".join(wrong)
    return PamitError(ErrorKind.INVALID, "bad-arguments", f"The arguments of {tool} do not fit: {fields}.", fields=fields)


class _Bare(logging.Formatter):
    """Where something was logged, what kind of error it was and where: messages may quote what others wrote."""

    def format(self, record: logging.LogRecord) -> str:
        said = f"{record.levelname} {record.name}:{record.lineno}"
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return said
        frames = traceback.extract_tb(error.__traceback__)
        where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        return f"{said} {type(error).__name__}{where}"


def log_to_stderr() -> None:
    """Log warnings and errors to standard error: standard output belongs to the protocol."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Bare())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
