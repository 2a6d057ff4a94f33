"""``pamit undo``: take back the last change of a case."""

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

    def undo(case: str, version: int | None, now: datetime | None, as_json: bool) -> None:
        from pamit.surfaces.cli.source import now as present

        moment = now or present()
        with opened() as pamit:
            print_dossier(pamit, pamit.undo(case, moment, version=version), words, moment, as_json=as_json)

    return click.Command(
        "undo",
        callback=undo,
        help=words("help.undo"),
        params=[options.case(), options.version_seen(), options.now(), options.json(), options.language()],
    )
