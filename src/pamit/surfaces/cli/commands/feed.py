"""``pamit feed``: interviews and steps as a calendar."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from pamit.surfaces.cli.memory import opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.renewal import renew
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def feed(output: Path | None, with_links: bool, now: datetime | None) -> None:
        from pamit.bootstrap import here
        from pamit.surfaces.cli.source import now as present

        with opened() as pamit:
            data = pamit.feed(here(), now or present(), words.language, with_links=with_links)
        if output is None:
            sys.stdout.buffer.write(data)
            return
        renew(output, data)

    return click.Command(
        "feed",
        callback=feed,
        help=words("help.feed"),
        params=[
            options.out_file(),
            options.option("--with-links", key="with_links", is_flag=True),
            options.now(),
            options.language(),
        ],
    )
