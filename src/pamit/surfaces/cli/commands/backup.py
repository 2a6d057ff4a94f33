"""``pamit backup``: everything as one encrypted file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from pamit.surfaces.cli.memory import opened, passphrase_of, written_file
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def backup(file: Path, passphrase_file: Path | None, force: bool, now: datetime | None, as_json: bool) -> None:
        from pamit.surfaces.cli.source import now as present

        passphrase = passphrase_of(passphrase_file, words, twice=True)
        with opened() as pamit, written_file(file, force=force) as out:
            count = pamit.backup(out, passphrase, now or present())
        if as_json:
            from pamit.surfaces.cli.output import print_json

            print_json({"file": str(file), "cases": count})
        else:
            click.echo(words("memory.backed_up", file=file, count=count))

    return click.Command(
        "backup",
        callback=backup,
        help=words("help.backup"),
        params=[
            options.path(), options.passphrase_file(), options.force(), options.now(), options.json(), options.language(),
        ],
    )  # fmt: skip
