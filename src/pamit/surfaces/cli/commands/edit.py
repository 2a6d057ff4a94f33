"""``pamit edit``: correct facts of a case."""

from __future__ import annotations

from datetime import datetime

import click

from pamit.surfaces.cli.memory import assignments, opened, print_dossier
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    from pamit.domain.facts import FACT_NAMES

    options = Options(words)

    def edit(case: str, facts: tuple[str, ...], version: int | None, now: datetime | None, as_json: bool) -> None:
        from pamit.surfaces.cli.source import now as present

        moment = now or present()
        with opened() as pamit:
            dossier = pamit.edit(case, assignments(facts), moment, version=version)
            print_dossier(pamit, dossier, words, moment, as_json=as_json)

    return click.Command(
        "edit",
        callback=edit,
        help=words("help.edit", facts=", ".join(FACT_NAMES)),
        params=[
            options.case(),
            click.Argument(["facts"], nargs=-1, required=True, metavar="FACT=VALUE…"),
            options.version_seen(),
            options.now(),
            options.json(),
            options.language(),
        ],
    )
