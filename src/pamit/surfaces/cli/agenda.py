"""Showing what is due, over all cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pamit.surfaces.cli.memory import command_for
from pamit.surfaces.cli.words import Words

if TYPE_CHECKING:
    from pamit.services.agenda import Agenda

__all__ = ["print_agenda"]


def print_agenda(agenda: Agenda, words: Words, *, as_json: bool) -> None:
    """The steps, soonest first: what, for whom, when, why, and the command that does it."""
    from pamit.surfaces.cli.show import Printer

    if as_json:
        from pamit.surfaces.cli.output import print_json
        from pamit.surfaces.memory_records import agenda_record

        print_json(agenda_record(agenda, words.language))
        return
    if not agenda.items:
        click.echo(words("memory.nothing_due", until=Printer(words).moment(agenda.until)))
    for item in agenda.items:
        printer = Printer(words, item.timezone)
        named = ", ".join(part for part in (item.position, item.company) if part) or words("memory.unnamed")
        overdue = item.step.overdue_since is not None
        if overdue:
            click.secho(f"{words('memory.overdue_mark')} ", fg="red", bold=True, nl=False)
        click.secho(words(f"do.{item.step.do}"), bold=True, nl=False)
        click.echo(f" — {named} ({item.case})")
        click.secho(f"  {printer.when(item.step)}", fg="red" if overdue else None)
        printer.bullet(item.step.text.in_language(words.language), indent=1, mark=" ")
        click.secho(f"   $ {command_for(item.case, item.step)}", dim=True)
    if agenda.more:
        click.echo(words("memory.more", count=agenda.more))
