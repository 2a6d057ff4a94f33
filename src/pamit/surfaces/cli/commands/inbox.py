"""``pamit inbox``: what mails that came in propose, and the person's yes or no."""

from __future__ import annotations

from datetime import datetime

import click

from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.cli.inbox import print_proposal
from pamit.surfaces.cli.memory import opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def list_(as_json: bool) -> None:
        with opened() as pamit:
            found = pamit.proposals()
        if as_json:
            from pamit.surfaces.cli.output import print_json
            from pamit.surfaces.mail_records import proposal_record

            print_json({"proposals": [proposal_record(one, words.language) for one in found]})
            return
        if not found:
            click.echo(words("inbox.none"))
        for one in found:
            print_proposal(one, words)
        if found:
            click.echo(words("inbox.how"))

    def accept(proposals: tuple[str, ...], every: bool, now: datetime | None) -> None:
        from pamit.surfaces.cli.source import now as present

        moment = now or present()
        if not proposals and not every:
            raise PamitError(ErrorKind.MISSING, "say-which", "Name a proposal, or say --all.")
        with opened() as pamit:
            waiting = [one for one in pamit.proposals() if not one.asks] if every else []
            for name in dict.fromkeys((*proposals, *(one.id for one in waiting))):
                done = pamit.accept(name, moment)
                click.echo(words("inbox.accepted", id=done.id, case=done.case or ""))
            left = [one for one in pamit.proposals() if one.asks] if every else []
        for one in left:
            print_proposal(one, words)

    def reject(proposals: tuple[str, ...]) -> None:
        with opened() as pamit:
            for name in proposals:
                done = pamit.reject(name)
                click.echo(words("inbox.rejected", id=done.id))

    names = click.Argument(["proposals"], metavar="[PROPOSAL]...", nargs=-1)
    group = click.Group("inbox", help=words("help.inbox"), params=[options.language()], invoke_without_command=True)
    group.add_command(
        click.Command("list", callback=list_, help=words("help.inbox_list"), params=[options.json(), options.language()])
    )
    group.add_command(
        click.Command(
            "accept",
            callback=accept,
            help=words("help.inbox_accept"),
            params=[
                names,
                options.option("--all", "every", key="accept_all", is_flag=True),
                options.now(),
                options.language(),
            ],
        )
    )
    required = click.Argument(["proposals"], metavar="PROPOSAL...", nargs=-1, required=True)
    group.add_command(
        click.Command("reject", callback=reject, help=words("help.inbox_reject"), params=[required, options.language()])
    )

    def bare() -> None:
        if click.get_current_context().invoked_subcommand is None:
            list_(False)

    group.callback = bare
    return group
