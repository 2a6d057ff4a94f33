"""``pamit delete``: remove a case for good, or everything."""

from __future__ import annotations

from dataclasses import asdict

import click

from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.cli.memory import about, is_terminal, opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def delete(case: str | None, all_: bool, settings: bool, yes: bool, as_json: bool) -> None:
        if all_ == (case is not None) or (settings and not all_):
            raise PamitError(ErrorKind.INVALID, "one-or-all", "Name one case, or --all.")
        if case is None:
            _everything(words, settings=settings, yes=yes, as_json=as_json)
        else:
            _one(case, words, yes=yes, as_json=as_json)

    return click.Command(
        "delete",
        callback=delete,
        help=words("help.delete"),
        params=[
            click.Argument(["case"], metavar="[CASE]", required=False),
            options.option("--all", "all_", key="delete_all", is_flag=True),
            options.option("--settings", key="delete_settings", is_flag=True),
            options.option("--yes", key="yes", is_flag=True),
            options.json(),
            options.language(),
        ],
    )


def _one(case: str, words: Words, *, yes: bool, as_json: bool) -> None:
    with opened() as pamit:
        named = about(pamit.case(case).case.interview, words)
        _asked(words("prompt.delete", case=case, about=named), yes=yes)
        pamit.delete(case)
    if as_json:
        from pamit.surfaces.cli.output import print_json

        print_json({"deleted": case})
    else:
        click.echo(words("memory.deleted", case=case, about=named))


def _everything(words: Words, *, settings: bool, yes: bool, as_json: bool) -> None:
    from pamit.bootstrap import delete_everything

    with opened() as pamit:
        _asked(words("prompt.delete_all"), yes=yes)
        erased = delete_everything(pamit, settings=settings)
    if as_json:
        from pamit.surfaces.cli.output import print_json

        print_json({"deleted": asdict(erased)})
    else:
        click.echo(words("memory.deleted_all", cases=erased.cases, accounts=erased.accounts))


def _asked(question: str, *, yes: bool) -> None:
    """The person's yes.

    Raises:
        PamitError: REFUSED ``not-confirmed`` where there is nobody to ask.
    """
    if not yes and not is_terminal():
        raise PamitError(ErrorKind.REFUSED, "not-confirmed", "Deleting is for good; confirm it with --yes.")
    if not yes:
        click.confirm(question, abort=True)
