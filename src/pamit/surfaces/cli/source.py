"""Reading what the person names: a file or standard input, within limits, with a clear word on what is wrong."""

from __future__ import annotations

import stat
import sys
from datetime import datetime
from gettext import gettext
from pathlib import Path

import click

from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.cli.words import Words

__all__ = ["MAX_SOURCE", "LastMoment", "Moment", "now", "read_bytes", "read_words"]

MAX_SOURCE = 25 * 1024 * 1024
"""The largest file that is read, in bytes (protocol limit of a message)."""


class Moment(click.ParamType[datetime]):
    """An ISO 8601 moment; one without an offset is in the machine's own zone."""

    name = "moment"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(gettext("{value!r} is not a moment like 2026-11-26T09:00+07:00.").format(value=value), param, ctx)
        return moment if moment.utcoffset() is not None else moment.astimezone()


class LastMoment(Moment):
    """A moment up to which something counts; a bare day is meant to its end."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, str) and len(value.strip()) == len("2026-11-26"):
            value = f"{value.strip()}T23:59:59"
        return super().convert(value, param, ctx)


def now() -> datetime:
    """The present moment in the machine's own zone."""
    return datetime.now().astimezone()


def read_bytes(name: str, words: Words) -> bytes:
    """The bytes of a file, or of standard input for ``-``.

    Raises:
        PamitError: where there is no such file, it is a folder, it cannot be read, or it is too large.
    """
    if name == "-":
        if sys.stdin.isatty():
            click.echo(words("hint.paste"), err=True)
        data = sys.stdin.buffer.read(MAX_SOURCE + 1)
        return _within(data, "-", len(data))
    path = Path(name)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise PamitError(ErrorKind.INVALID, "is-a-folder", f"{name} is a folder, not a file.", file=name)
        if status.st_size > MAX_SOURCE:
            return _within(b"", name, status.st_size)
        with path.open("rb") as file:
            data = file.read(MAX_SOURCE + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise PamitError(ErrorKind.MISSING, "no-such-file", f"{name}: {reason}.", file=name, reason=reason) from error
    return _within(data, name, len(data))


def _within(data: bytes, name: str, size: int) -> bytes:
    if size > MAX_SOURCE:
        raise PamitError(
            ErrorKind.REFUSED,
            "file-too-large",
            f"{name} is larger than {MAX_SOURCE // 2**20} MiB.",
            file=name,
            limit=MAX_SOURCE // 2**20,
        )
    return data


def read_words(name: str, words: Words) -> str:
    """The words of a draft: UTF-8 text.

    Raises:
        PamitError: as :func:`read_bytes`; ``empty``; ``not-text`` with the byte at which the text ends.
    """
    data = read_bytes(name, words)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{name} is not UTF-8 text (byte {error.start})."
        raise PamitError(ErrorKind.INVALID, "not-utf-8", message, file=name, byte=error.start) from error
    if "\x00" in text:
        position = text.index("\x00")
        raise PamitError(ErrorKind.INVALID, "not-utf-8", f"{name} is not text (byte {position}).", file=name, byte=position)
    if not text.strip():
        raise PamitError(ErrorKind.INVALID, "empty", f"{name} is empty.", name=name)
    return text.replace("\r\n", "\n")
