"""``pamit search``: one question to everything that is kept, and to the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pamit.surfaces.cli.memory import opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

if TYPE_CHECKING:
    from pamit.domain.search import Passage
    from pamit.services.searching import Found

__all__ = ["build"]

_SHOWN = 10


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def search(asked: tuple[str, ...], limit: int, as_json: bool) -> None:
        # A shell takes quotation marks away: what comes as one argument with blanks was quoted.
        question = " ".join(f'"{one}"' if " " in one and len(asked) > 1 and '"' not in one else one for one in asked)
        with opened() as pamit:
            found = pamit.search(question, words.language, limit=limit)
        if as_json:
            from pamit.surfaces.cli.output import print_json
            from pamit.surfaces.memory_records import found_record

            print_json(found_record(found, words.language))
        else:
            _show(found, question, words)

    return click.Command(
        "search",
        callback=search,
        help=words("help.search"),
        params=[
            click.Argument(["asked"], nargs=-1, required=True, metavar="WORD..."),
            options.option("--limit", key="limit", type=click.IntRange(1, 50), default=_SHOWN),
            options.json(),
            options.language(),
        ],
    )


def _show(found: Found, question: str, words: Words) -> None:
    from pamit.domain.search import excerpt

    if found.is_empty:
        click.echo(words("search.none", query=question))
    for kind, group in found.groups.items():
        if not group.passages:
            continue
        click.secho(words(f"search.kind_{kind}"), bold=True)
        for passage in group.passages:
            click.secho(f"{passage.case}  ", bold=True, nl=False)
            click.echo(f"{_about(passage, found, words)} [{passage.at:%Y-%m-%d}]")
            pieces = excerpt(passage.text, found.query)
            click.echo("       " + "".join(click.style(one.text, underline=True) if one.found else one.text for one in pieces))
        if group.more:
            click.secho(f"       {words('search.more')}", dim=True)
    if found.proposals:
        click.secho(words("search.proposals"), bold=True)
        for proposal in found.proposals:
            click.echo(f"{proposal.id}  {proposal.subject} ({proposal.sender})")
    if found.rules:
        click.secho(words("search.rules"), bold=True)
        for rule in found.rules:
            click.echo(f"{rule.id}  {rule.text.in_language(words.language)}")
    if found.pending:
        click.echo(words("search.pending", count=found.pending))


def _about(passage: Passage, found: Found, words: Words) -> str:
    row = found.cases.get(passage.case)
    named = ", ".join(part for part in (row.position, row.company) if part) if row else ""
    return named or words("memory.unnamed")
