"""``pamit doctor``: whether the memory is sound."""

from __future__ import annotations

from datetime import datetime

import click

from pamit.surfaces.cli.failures import EXIT_FINDINGS
from pamit.surfaces.cli.memory import opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def doctor(mend: bool, now: datetime | None, as_json: bool) -> int:
        from pamit.surfaces.cli.source import now as present

        with opened() as pamit:
            health = pamit.examine(now or present(), mend=mend)
        if as_json:
            from pamit.surfaces.cli.output import print_json
            from pamit.surfaces.memory_records import health_record

            print_json(health_record(health))
            return EXIT_FINDINGS if health.flaws else 0
        for flaw in health.flaws:
            where = ", ".join(part for part in (flaw.case, flaw.detail) if part)
            click.secho(f"{words(f'flaw.{flaw.code}')} [{flaw.code}] {where}".rstrip(), fg="red")
        if health.mended:
            click.echo(words("memory.mended", count=health.mended))
        if not health.flaws:
            click.secho(words("memory.healthy", count=health.cases), fg="green")
        return EXIT_FINDINGS if health.flaws else 0

    return click.Command(
        "doctor",
        callback=doctor,
        help=words("help.doctor"),
        params=[options.option("--mend", key="mend", is_flag=True), options.now(), options.json(), options.language()],
    )
