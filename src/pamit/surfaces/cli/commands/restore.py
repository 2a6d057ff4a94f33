"""``pamit restore``: take in an encrypted backup."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from pamit.surfaces.cli.memory import opened, passphrase_of, reading_file
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def restore(file: Path, passphrase_file: Path | None, now: datetime | None, as_json: bool) -> None:
        from pamit.surfaces.cli.source import now as present

        with reading_file(file) as sealed:
            passphrase = passphrase_of(passphrase_file, words, twice=False)
            with opened() as pamit:
                imported = pamit.restore(sealed, passphrase, now or present())
        if as_json:
            from pamit.surfaces.cli.output import print_json
            from pamit.surfaces.memory_records import imported_record

            print_json(imported_record(imported))
        else:
            click.echo(words("memory.imported", **vars(imported)))

    return click.Command(
        "restore",
        callback=restore,
        help=words("help.restore"),
        params=[options.path(), options.passphrase_file(), options.now(), options.json(), options.language()],
    )
