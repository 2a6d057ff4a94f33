"""``pamit list``: which cases there are."""

from __future__ import annotations

from datetime import datetime

import click

from pamit.surfaces.cli.memory import opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    from pamit.domain.terms import Stage

    options = Options(words)

    def list_cases(
        text: str | None,
        stages: tuple[str, ...],
        everything: bool,
        order: str,
        limit: int | None,
        now: datetime | None,
        as_json: bool,
    ) -> None:
        from pamit.services.ports import Listing
        from pamit.surfaces.cli.show import Printer
        from pamit.surfaces.cli.source import now as present

        unfinished = [stage for stage in Stage if stage != Stage.CLOSED]
        chosen = frozenset(Stage(stage) for stage in stages) if stages else frozenset([] if everything else unfinished)
        moment = now or present()
        with opened() as pamit:
            rows = pamit.list(Listing(stages=chosen, text=text, order=order, limit=limit), moment)
        if as_json:
            from pamit.surfaces.cli.output import print_json
            from pamit.surfaces.memory_records import row_record

            print_json({"cases": [row_record(row) for row in rows]})
            return
        if not rows:
            click.echo(words("memory.none"))
        printer = Printer(words)
        for row in rows:
            named = ", ".join(part for part in (row.position, row.company) if part) or words("memory.unnamed")
            click.secho(f"{row.case}  ", bold=True, nl=False)
            click.echo(f"{named} — {words(f'stage.{row.stage}')}")
            if row.start_at is not None:
                click.secho(f"       {words('memory.interview', at=printer.moment(row.start_at))}", dim=True)
            if row.due_at is not None:
                overdue = row.due_at < moment
                key = "memory.overdue" if overdue else "memory.due"
                click.secho(f"       {words(key, at=printer.moment(row.due_at))}", fg="red" if overdue else None)

    return click.Command(
        "list",
        callback=list_cases,
        help=words("help.list"),
        params=[
            click.Argument(["text"], required=False, metavar="[TEXT]"),
            options.option("--stage", "stages", key="stage", multiple=True, type=click.Choice([str(stage) for stage in Stage])),
            options.option("--all", "everything", key="all", is_flag=True),
            options.option("--order", key="order", type=click.Choice(["due", "start", "company"]), default="due"),
            options.option("--limit", key="limit", type=click.IntRange(min=1)),
            options.now(),
            options.json(),
            options.language(),
        ],
    )
