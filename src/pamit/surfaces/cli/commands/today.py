"""``pamit today``: what is overdue or due within 24 hours."""

from __future__ import annotations

from datetime import datetime

import click

from pamit.surfaces.cli.agenda import print_agenda
from pamit.surfaces.cli.failures import EXIT_OVERDUE
from pamit.surfaces.cli.memory import opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def today(limit: int, now: datetime | None, as_json: bool) -> int:
        from pamit.surfaces.cli.source import now as present

        with opened() as pamit:
            agenda = pamit.today(now or present(), limit)
        print_agenda(agenda, words, as_json=as_json)
        return EXIT_OVERDUE if agenda.overdue else 0

    return click.Command(
        "today",
        callback=today,
        help=words("help.today"),
        params=[options.agenda_limit(), options.now(), options.json(), options.language()],
    )
