"""``pamit reopen``: take a closed case up again."""

from __future__ import annotations

from datetime import datetime

import click

from pamit.surfaces.cli.memory import opened, print_dossier
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def reopen(case: str, text: str | None, now: datetime | None, as_json: bool) -> None:
        from pamit.surfaces.cli.source import now as present

        moment = now or present()
        with opened() as pamit:
            print_dossier(pamit, pamit.reopen(case, moment, text), words, moment, as_json=as_json)

    return click.Command(
        "reopen",
        callback=reopen,
        help=words("help.reopen"),
        params=[
            options.case(),
            click.Argument(["text"], required=False, metavar="[TEXT]"),
            options.now(),
            options.json(),
            options.language(),
        ],
    )
