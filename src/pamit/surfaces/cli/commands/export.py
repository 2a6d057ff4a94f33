"""``pamit export``: everything as one file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from pamit.surfaces.cli.memory import opened, written_file
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def export(file: Path, force: bool, now: datetime | None, as_json: bool) -> None:
        from pamit.surfaces.cli.source import now as present

        with opened() as pamit, written_file(file, force=force) as out:
            count = pamit.export(out, now or present())
        if as_json:
            from pamit.surfaces.cli.output import print_json

            print_json({"file": str(file), "cases": count})
        else:
            click.echo(words("memory.exported", file=file, count=count))

    return click.Command(
        "export",
        callback=export,
        help=words("help.export"),
        params=[options.path(), options.force(), options.now(), options.json(), options.language()],
    )
