"""``pamit due``: what is due by a moment."""

from __future__ import annotations

from datetime import datetime, timedelta

import click

from pamit.surfaces.cli.agenda import print_agenda
from pamit.surfaces.cli.failures import EXIT_OVERDUE
from pamit.surfaces.cli.memory import opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.source import LastMoment
from pamit.surfaces.cli.words import Words

__all__ = ["build"]

_AHEAD = timedelta(days=7)


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def due(until: datetime | None, limit: int, now: datetime | None, as_json: bool) -> int:
        from pamit.surfaces.cli.source import now as present

        moment = now or present()
        with opened() as pamit:
            agenda = pamit.due(until or moment + _AHEAD, moment, limit)
        print_agenda(agenda, words, as_json=as_json)
        return EXIT_OVERDUE if agenda.overdue else 0

    return click.Command(
        "due",
        callback=due,
        help=words("help.due"),
        params=[
            options.option("--until", key="until", type=LastMoment()),
            options.agenda_limit(),
            options.now(),
            options.json(),
            options.language(),
        ],
    )
