"""``pamit token``: the tokens by which programs may ask the HTTP interface."""

from __future__ import annotations

from datetime import datetime
from typing import cast

import click

from pamit.surfaces.cli.memory import opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def add(name: str, scope: str, now: datetime | None, as_json: bool) -> None:
        from secrets import token_bytes

        from pamit.services.program_ports import Scope
        from pamit.surfaces.cli.source import now as present

        with opened() as pamit:
            token, secret = pamit.add_token(name, cast("Scope", scope), now or present(), token_bytes)
        if as_json:
            from pamit.surfaces.cli.output import print_json
            from pamit.surfaces.memory_records import token_record

            print_json({**token_record(token), "token": secret})
            return
        click.echo(secret)
        click.echo(words("token.added", id=token.id), err=True)

    def list_(as_json: bool) -> None:
        with opened() as pamit:
            found = pamit.tokens()
        if as_json:
            from pamit.surfaces.cli.output import print_json
            from pamit.surfaces.memory_records import token_record

            print_json({"tokens": [token_record(one) for one in found]})
            return
        if not found:
            click.echo(words("token.none"))
        for one in found:
            used = f"{one.used_at.astimezone():%Y-%m-%d %H.%M}" if one.used_at else words("token.unused")
            click.echo(words("token.line", id=one.id, name=one.name, scope=words(f"token.{one.scope}"), used=used))

    def revoke(token: str) -> None:
        with opened() as pamit:
            gone = pamit.revoke_token(token)
        click.echo(words("token.revoked", id=gone.id, name=gone.name))

    group = click.Group("token", help=words("help.token"), params=[options.language()])
    group.add_command(
        click.Command(
            "add",
            callback=add,
            help=words("help.token_add"),
            params=[
                click.Argument(["name"], metavar="NAME"),
                options.option(
                    "--scope", key="scope", type=click.Choice(["read", "read-write"]), default="read", show_default=True
                ),
                options.now(),
                options.json(),
                options.language(),
            ],
        )
    )
    group.add_command(
        click.Command("list", callback=list_, help=words("help.token_list"), params=[options.json(), options.language()])
    )
    group.add_command(
        click.Command(
            "revoke",
            callback=revoke,
            help=words("help.token_revoke"),
            params=[click.Argument(["token"], metavar="TOKEN"), options.language()],
        )
    )
    return group
