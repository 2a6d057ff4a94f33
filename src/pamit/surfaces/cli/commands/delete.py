"""``pamit delete``: remove a case for good."""

from __future__ import annotations

import click

from pamit.surfaces.cli.memory import about, is_terminal, opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def delete(case: str, yes: bool, as_json: bool) -> None:
        from pamit.errors import ErrorKind, PamitError

        with opened() as pamit:
            named = about(pamit.case(case).case.interview, words)
            if not yes and not is_terminal():
                raise PamitError(ErrorKind.REFUSED, "not-confirmed", "Deleting is for good; confirm it with --yes.")
            if not yes:
                click.confirm(words("prompt.delete", case=case, about=named), abort=True)
            pamit.delete(case)
        if as_json:
            from pamit.surfaces.cli.output import print_json

            print_json({"deleted": case})
        else:
            click.echo(words("memory.deleted", case=case, about=named))

    return click.Command(
        "delete",
        callback=delete,
        help=words("help.delete"),
        params=[options.case(), options.option("--yes", key="yes", is_flag=True), options.json(), options.language()],
    )
