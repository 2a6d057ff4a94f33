"""``pamit completion``: the completion script of a shell."""

from __future__ import annotations

import click

from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""

    def completion(shell: str) -> None:
        from click.shell_completion import get_completion_class

        from pamit.surfaces.cli import build as build_all

        kind = get_completion_class(shell)
        if kind is not None:
            click.echo(kind(build_all(words), {}, "pamit", "_PAMIT_COMPLETE").source())

    return click.Command(
        "completion",
        callback=completion,
        help=words("help.completion"),
        params=[click.Argument(["shell"], type=click.Choice(["bash", "zsh", "fish"])), Options(words).language()],
    )
