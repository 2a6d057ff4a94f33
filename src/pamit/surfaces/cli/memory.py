"""Opening the memory for a command, and what several of its commands share."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.cli.words import Words

if TYPE_CHECKING:
    from pamit.domain.log import Dossier
    from pamit.domain.plan import Step
    from pamit.services.pamit import Pamit

__all__ = [
    "MIN_PASSPHRASE", "assignments", "command_for", "is_terminal", "opened", "passphrase_of", "print_dossier", "reading_file",
    "written_file",
]  # fmt: skip

MIN_PASSPHRASE = 8


@contextmanager
def opened() -> Iterator[Pamit]:
    """The memory, by the settings. Only here does a command pay for the database."""
    from pamit.bootstrap import open_pamit

    with open_pamit() as pamit:
        yield pamit


def is_terminal() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def assignments(written: Sequence[str]) -> dict[str, str]:
    """Facts written as ``name=value``.

    Raises:
        PamitError: ``bad-assignment``.
    """
    found: dict[str, str] = {}
    for one in written:
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            raise PamitError(ErrorKind.INVALID, "bad-assignment", f"{one!r} is not of the form name=value.", written=one)
        found[name.strip()] = value
    return found


def command_for(case: str, step: Step) -> str:
    """The command that does a step, or notes that it was done."""
    do = str(step.do)
    others = {
        "answer": f"pamit answer {case} --decision …",
        "consult": f"pamit plan {case}",
        "prepare_answer": f"pamit plan {case}",
        "find_contact": f"pamit edit {case} contact_email=…",
        "call_to_verify": f"pamit note {case} confirmation_received --channel phone",
        "written_record": f"pamit note {case} message_sent --channel email --purpose …",
        "attend": f"pamit note {case} attended",
        "close": f"pamit close {case}",
    }
    return others.get(do, f"pamit write {do} {case}")


def print_dossier(pamit: Pamit, dossier: Dossier, words: Words, now: datetime, *, as_json: bool) -> None:
    """A case after a change: one line and its plan, or its record."""
    from pamit.surfaces.cli.show import Printer

    plan = pamit.plan(dossier.id, now)
    if as_json:
        from pamit.surfaces.cli.output import print_json
        from pamit.surfaces.memory_records import dossier_record

        print_json(dossier_record(dossier, plan, words.language))
        return
    printer = Printer(words, dossier.case.interview.timezone)
    click.echo(words("memory.changed", case=dossier.id, about=about(dossier.case.interview, words)))
    printer.plan(plan)


def about(interview: object, words: Words) -> str:
    """What a case is about, in a few words."""
    parts = [part for part in (getattr(interview, "position", None), getattr(interview, "company", None)) if part]
    return ", ".join(parts) or words("memory.unnamed")


# -- files ------------------------------------------------------------------------------------------------------------


@contextmanager
def written_file(name: Path, *, force: bool) -> Iterator[BinaryIO]:
    """A file that appears when it is complete, readable by its owner alone.

    Raises:
        PamitError: ``file-exists``; ``cannot-write``.
    """
    if name.exists() and not force:
        raise PamitError(ErrorKind.REFUSED, "file-exists", f"{name} is there already.", file=str(name))
    unfinished = name.with_name(f".{name.name}.{os.getpid()}")
    try:
        descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, stat.S_IRUSR | stat.S_IWUSR)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, name)
    except OSError as error:
        raise PamitError(
            ErrorKind.UNAVAILABLE, "cannot-write", f"{name}: {error.strerror}.", file=str(name), reason=error.strerror
        ) from error
    finally:
        with suppress(OSError):
            unfinished.unlink()


@contextmanager
def reading_file(name: Path) -> Iterator[BinaryIO]:
    """A file that is read as bytes.

    Raises:
        PamitError: ``no-such-file``.
    """
    try:
        file = name.open("rb")
    except OSError as error:
        raise PamitError(
            ErrorKind.MISSING, "no-such-file", f"{name}: {error.strerror}.", file=str(name), reason=error.strerror
        ) from error
    with file:
        yield file


def passphrase_of(file: Path | None, words: Words, *, twice: bool) -> str:
    """The passphrase: from a file, from ``PAMIT_PASSPHRASE``, or asked for. It is never an argument, which others could see.

    Raises:
        PamitError: ``no-passphrase``; ``no-such-file``.
    """
    if file is not None:
        with reading_file(file) as opened_file:
            return opened_file.read(4_096).decode("utf-8", "replace").partition("\n")[0].rstrip("\r")
    if given := os.environ.get("PAMIT_PASSPHRASE"):
        return given
    if not is_terminal():
        raise PamitError(ErrorKind.MISSING, "no-passphrase", "There is no passphrase and nobody to ask.")
    again = words("prompt.again") if twice else False
    answer: str = click.prompt(words("prompt.passphrase"), hide_input=True, confirmation_prompt=again)
    return answer
