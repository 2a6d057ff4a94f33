"""``pamit show``: one case."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from pamit.surfaces.cli.memory import about, opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words
from pamit.surfaces.log_words import entry_words

if TYPE_CHECKING:
    from pamit.domain.log import Dossier
    from pamit.services.ports import SourceRef
    from pamit.surfaces.cli.show import Printer

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def show(case: str, source: int | None, now: datetime | None, as_json: bool) -> None:
        from pamit.surfaces.cli.show import Printer
        from pamit.surfaces.cli.source import now as present

        moment = now or present()
        with opened() as pamit:
            dossier, sources = pamit.case(case), pamit.sources(case)
            if source is not None:
                sys.stdout.buffer.write(pamit.source(_numbered(sources, source, case).digest))
                return
            plan = pamit.plan(case, moment)
        if as_json:
            from pamit.surfaces.cli.output import print_json
            from pamit.surfaces.memory_records import dossier_record

            print_json(dossier_record(dossier, plan, words.language, sources))
            return
        printer = Printer(words, dossier.case.interview.timezone)
        click.secho(f"{dossier.id}  {about(dossier.case.interview, words)}", bold=True)
        _facts(printer, words, dossier)
        _timeline(printer, words, dossier)
        _sources(printer, words, sources)
        printer.plan(plan)

    return click.Command(
        "show",
        callback=show,
        help=words("help.show"),
        params=[
            options.case(),
            options.option("--source", key="show_source", type=click.IntRange(min=1)),
            options.now(),
            options.json(),
            options.language(),
        ],
    )


def _numbered(sources: tuple[SourceRef, ...], number: int, case: str) -> SourceRef:
    from pamit.errors import ErrorKind, PamitError

    if number > len(sources):
        raise PamitError(
            ErrorKind.MISSING, "no-such-source", f"The case {case} has {len(sources)} messages.", case=case, count=len(sources)
        )
    return sources[number - 1]


def _facts(printer: Printer, words: Words, dossier: Dossier) -> None:
    printer.section("facts")
    for name, value in dossier.facts.items():
        printer.row(words(f"field.{name}"), _fact(printer, words, name, value))


def _fact(printer: Printer, words: Words, name: str, value: object) -> str:
    if name in ("start", "end", "received", "reply_by", "decision_expected"):
        return printer.moment(datetime.fromisoformat(str(value)))
    groups = {"mode": "mode", "kind": "kind", "invited_via": "channel", "language": "language"}
    if name in groups:
        return words(f"{groups[name]}.{value}")
    return words("memory.yes") if value is True else str(value)


def _timeline(printer: Printer, words: Words, dossier: Dossier) -> None:
    printer.section("timeline")
    standing = {entry.number for entry in dossier.standing}
    for entry in dossier.entries:
        undone = entry.undoes is None and entry.number not in standing
        line = f"{entry.number}. {printer.moment(entry.at)}: {entry_words(entry, words)}"
        click.secho(f"{line} {words('memory.undone')}" if undone else line, dim=undone)
        for name, change in entry.changes.items():
            if entry.number > 1:
                before, after = (
                    words("memory.unknown") if one is None else _fact(printer, words, name, one)
                    for one in (change.before, change.after)
                )
                printer.bullet(f"{words(f'field.{name}')}: {before} → {after}", indent=3, mark="·")
        if entry.note:
            printer.bullet(f"“{entry.note}”", indent=3, mark="·")


def _sources(printer: Printer, words: Words, sources: tuple[SourceRef, ...]) -> None:
    printer.section("sources")
    for number, ref in enumerate(sources, 1):
        click.echo(f"{number}. {ref.name or words('memory.pasted')} ({words('memory.bytes', size=ref.size)})")
