"""``pamit mcp``: Pamit for AI assistants, over standard input and output."""

from __future__ import annotations

import gc

import click

from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def mcp() -> None:
        # The protocol's package makes thousands of classes; collecting between them costs a tenth of the start.
        gc.disable()
        try:
            from mcp.server import mcpserver  # noqa: F401 - an optional package, named in the error
        except ImportError as error:
            raise PamitError(
                ErrorKind.MISSING, "mcp-not-installed", "The server for assistants needs the extra: pip install 'pamit[mcp]'."
            ) from error
        from pamit.surfaces.mcp.server import serve

        serve(words.language)

    return click.Command("mcp", callback=mcp, help=words("help.mcp"), params=[options.language()])
