"""``pamit timeline``: the course of a case as a picture."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from pamit.surfaces.cli.memory import opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.renewal import picture_bytes, renew
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def timeline(case: str, output: Path | None, now: datetime | None) -> None:
        from pamit.surfaces.cli.source import now as present
        from pamit.surfaces.pictures import timeline_picture

        moment = now or present()
        with opened() as pamit:
            drawn = timeline_picture(pamit.case(case), pamit.plan(case, moment), moment, words, words.language)
        if output is None:
            sys.stdout.buffer.write(drawn.encode())
            return
        renew(output, picture_bytes(drawn, output))

    return click.Command(
        "timeline",
        callback=timeline,
        help=words("help.timeline"),
        params=[options.case(), options.out_file(), options.now(), options.language()],
    )
