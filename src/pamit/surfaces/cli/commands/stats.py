"""``pamit stats``: looking back over all cases."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pamit.surfaces.cli.memory import opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.renewal import picture_bytes, renew
from pamit.surfaces.cli.words import Words

if TYPE_CHECKING:
    from pamit.services.insight import Stats

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def stats(picture: Path | None, now: datetime | None, as_json: bool) -> None:
        from pamit.surfaces.cli.source import now as present

        with opened() as pamit:
            found = pamit.stats(now or present())
        if picture is not None:
            from pamit.surfaces.pictures import stats_picture

            renew(picture, picture_bytes(stats_picture(found, words), picture))
        if as_json:
            from pamit.surfaces.cli.output import print_json
            from pamit.surfaces.memory_records import stats_record

            print_json(stats_record(found))
        else:
            _show(found, words)

    return click.Command(
        "stats",
        callback=stats,
        help=words("help.stats"),
        params=[
            options.option("--svg", "--png", "picture", key="picture", type=click.Path(path_type=Path, dir_okay=False)),
            options.now(),
            options.json(),
            options.language(),
        ],
    )


def _show(found: Stats, words: Words) -> None:
    from pamit.surfaces.cli.show import Printer
    from pamit.surfaces.pictures import answer_time

    printer = Printer(words)
    click.secho(words("picture.stats_title", cases=found.cases), bold=True)
    if found.median_answer is not None:
        click.echo(words("picture.median", time=answer_time(found.median_answer, words)))
    never = found.never_answered
    click.secho(words("picture.never", count=never), fg="red" if never else "green")
    sections = (
        ("answers", "answered", found.answers),
        ("outcomes", "outcome", found.outcomes),
        ("stages", "stage", found.stages),
    )
    for section, group, counts in sections:
        printer.section(section)
        for kind, count in counts.items():
            click.echo(f"{count:>6}  {words(f'{group}.{kind}')}")
