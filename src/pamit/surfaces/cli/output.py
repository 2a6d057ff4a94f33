"""What a command gives out besides words for people: JSON on standard output, files."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from pamit.errors import ErrorKind, PamitError

__all__ = ["print_json", "write_file"]


def print_json(record: Mapping[str, Any]) -> None:
    """Print one record, indented, as UTF-8."""
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(record), indent=2).decode())


def write_file(data: bytes, path: Path | None, *, binary: bool, force: bool = False) -> None:
    """Write what was made to a file, or to standard output where none is named.

    Args:
        binary: whether a terminal would show it as noise; it is then not written to one.
        force: whether a file that is there already may be replaced; it is replaced as a whole or not at all.

    Raises:
        PamitError: CONFLICT ``file-exists``; MISSING ``cannot-write``; INVALID ``binary-to-terminal``.
    """
    if path is None or str(path) == "-":
        if binary and sys.stdout.isatty():
            raise PamitError(ErrorKind.INVALID, "binary-to-terminal", "Name a file with -o: this form is not for a terminal.")
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    target = path.with_name(f".{path.name}.part") if force else path
    try:
        with target.open("wb" if force else "xb") as file:
            file.write(data)
        if force:
            target.replace(path)
    except FileExistsError as error:
        message = f"{path} exists already; --force replaces it."
        raise PamitError(ErrorKind.CONFLICT, "file-exists", message, file=str(path)) from error
    except (OSError, ValueError) as error:
        if force:
            with suppress(OSError):
                target.unlink(missing_ok=True)
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        message = f"{path} cannot be written: {reason}."
        raise PamitError(ErrorKind.MISSING, "cannot-write", message, file=str(path), reason=reason) from error
