"""``pamit batch``: the bulk interface on standard input or a file."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from io import BufferedReader
from typing import BinaryIO, cast

import click

from pamit.surfaces.batch import MAX_LINE, Verb, run_batch
from pamit.surfaces.cli.failures import EXIT_FINDINGS
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]

_VERBS: tuple[Verb, ...] = ("read", "plan", "write", "check")
_PROGRESS_EVERY = 0.2
_SNIFFED = 64 * 1024


def build(words: Words) -> click.Command:
    """The command with its four verbs, in one language."""
    group = click.Group("batch", help=words("help.batch"))
    for verb in _VERBS:
        group.add_command(_command(verb, words))
    return group


def _command(verb: Verb, words: Words) -> click.Command:
    options = Options(words)

    def batch(file: str, jobs: int, form: str | None) -> int:
        progress = _Progress(words)
        with _opened(file) as stream:
            for record in _records(stream, verb, words, jobs, progress, as_table=_is_table(form, file)):
                sys.stdout.buffer.write(record)
        sys.stdout.buffer.flush()
        progress.finish()
        return EXIT_FINDINGS if progress.failed else 0

    return click.Command(
        verb,
        callback=batch,
        help=words(f"help.batch_{verb}"),
        params=[
            click.Argument(["file"], default="-", metavar="[FILE]"),
            options.option("--jobs", key="jobs", type=click.IntRange(1, 64), default=1, show_default=True),
            options.option("--format", "form", key="batch_format", type=click.Choice(["jsonl", "csv"])),
            options.language(),
        ],
    )


def _is_table(form: str | None, file: str) -> bool:
    if form is not None:
        return form == "csv"
    from pamit.surfaces.batch_table import is_table

    return is_table(file)


def _records(
    stream: BufferedReader, verb: Verb, words: Words, jobs: int, progress: _Progress, *, as_table: bool
) -> Iterator[bytes]:
    """What comes out: lines of JSON, or a table in the form of the one that came in."""
    if not as_table:
        yield from run_batch(_lines(stream), verb, words.language, jobs, progress.advance)
        return
    from pamit.surfaces.batch_table import rows_of_table, table_form, table_of_records

    form = table_form(stream.peek(_SNIFFED)[:_SNIFFED])
    records = run_batch(rows_of_table(stream, form), verb, words.language, jobs, progress.advance)
    yield from table_of_records(records, verb, form)


def _opened(file: str) -> BufferedReader:
    from pamit.errors import ErrorKind, PamitError

    if file == "-":
        return cast("BufferedReader", sys.stdin.buffer)
    try:
        return open(file, "rb")
    except IsADirectoryError as error:
        raise PamitError(ErrorKind.INVALID, "is-a-folder", f"{file} is a folder, not a file.", file=file) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise PamitError(ErrorKind.MISSING, "no-such-file", f"{file}: {reason}.", file=file, reason=reason) from error


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; of one that is too long only as much as tells that it is, so that memory stays constant."""
    while line := stream.readline(MAX_LINE + 2):
        yield line
        while len(line) > MAX_LINE and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE + 2)
            if not line:
                return


class _Progress:
    """A counter on standard error, moving only where that is a terminal."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.done = self.failed = 0
        self._moving = sys.stderr.isatty()
        self._began = self._shown = time.monotonic()

    def advance(self, done: int, failed: int) -> None:
        """Take note of one more line."""
        self.done, self.failed = done, failed
        instant = time.monotonic()
        if self._moving and instant - self._shown >= _PROGRESS_EVERY:
            self._shown = instant
            rate = round(done / max(instant - self._began, 1e-9))
            click.echo("\r" + self.words("show.progress", done=done, rate=rate, failed=failed), err=True, nl=False)

    def finish(self) -> None:
        """Say how many lines failed."""
        if self._moving:
            click.echo("\r\033[K", err=True, nl=False)
        if self.failed:
            click.echo(self.words("show.failures", failed=self.failed, done=self.done), err=True)
