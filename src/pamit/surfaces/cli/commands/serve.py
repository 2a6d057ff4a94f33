"""``pamit serve``: the app in the browser of this machine."""

from __future__ import annotations

import click

from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def serve(port: int, browser: bool) -> None:
        try:
            import fastapi  # noqa: F401 - an optional package, named in the error
            import uvicorn  # noqa: F401
        except ImportError as error:
            raise PamitError(
                ErrorKind.MISSING, "web-not-installed", "The app in the browser needs the extra: pip install 'pamit[web]'."
            ) from error
        from pamit.surfaces.web.serving import serve as run

        def tell(link: str) -> None:
            click.echo(words("serve.open", link=link))

        click.echo(words("serve.private"), err=True)
        run(port, tell, open_browser=browser)

    return click.Command(
        "serve",
        callback=serve,
        help=words("help.serve"),
        params=[
            options.option("--port", key="port", type=click.IntRange(0, 65535), default=8477, show_default=True),
            options.option("--browser/--no-browser", key="browser", default=True),
            options.language(),
        ],
    )
