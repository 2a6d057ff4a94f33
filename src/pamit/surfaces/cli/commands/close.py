"""``pamit close``: close a case."""

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

    def close(case: str, text: str | None, now: datetime | None, as_json: bool) -> None:
        from pamit.surfaces.cli.source import now as present

        moment = now or present()
        with opened() as pamit:
            print_dossier(pamit, pamit.close_case(case, moment, text), words, moment, as_json=as_json)

    return click.Command(
        "close",
        callback=close,
        help=words("help.close"),
        params=[
            options.case(),
            click.Argument(["text"], required=False, metavar="[TEXT]"),
            options.now(),
            options.json(),
            options.language(),
        ],
    )
