"""``pamit import``: take in what was exported."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from pamit.surfaces.cli.memory import opened, reading_file
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def import_archive(file: Path, now: datetime | None, as_json: bool) -> None:
        from pamit.surfaces.cli.source import now as present

        with reading_file(file) as archive, opened() as pamit:
            imported = pamit.import_(archive, now or present())
        if as_json:
            from pamit.surfaces.cli.output import print_json
            from pamit.surfaces.memory_records import imported_record

            print_json(imported_record(imported))
        else:
            click.echo(words("memory.imported", **vars(imported)))

    return click.Command(
        "import",
        callback=import_archive,
        help=words("help.import"),
        params=[options.path(), options.now(), options.json(), options.language()],
    )
