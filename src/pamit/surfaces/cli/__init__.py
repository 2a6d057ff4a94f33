"""The command line. Each command is imported when it is used; its words are in the person's language."""

from __future__ import annotations

import gettext
import os
import sys
from importlib import import_module
from keyword import iskeyword

import click

import pamit
from pamit.surfaces.cli.failures import EXIT_INTERRUPTED, reported
from pamit.surfaces.cli.words import Words, chosen_language

__all__ = ["build", "main", "speak"]

COMMANDS = (
    "answer", "read", "plan", "write", "check", "rule", "add", "list", "show", "today", "due", "edit", "note", "close",
    "reopen", "undo", "delete", "send", "outbox", "handover", "sync", "scan", "inbox", "account", "remind", "snooze", "worker",
    "feed", "stats", "timeline", "search", "export", "import", "backup", "restore", "doctor", "serve", "token", "mcp",
    "batch", "completion",
)  # fmt: skip
"""In the order in which help lists them."""


class _LazyGroup(click.Group):
    """A group whose commands are imported only when they are asked for."""

    def __init__(self, words: Words) -> None:
        super().__init__(
            "pamit",
            help=words("help.pamit"),
            params=[
                click.Option(
                    ["--language"], type=click.Choice(["id", "en"]), help=words("option.language"), expose_value=False
                ),
                click.Option(
                    ["--version"],
                    is_flag=True,
                    is_eager=True,
                    expose_value=False,
                    help=words("option.version"),
                    callback=_version,
                ),
            ],
            context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        )
        self.words = words

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = import_module(f"pamit.surfaces.cli.commands.{module}").build(self.words)
        # The list of commands shows the whole first paragraph; click would cut it in mid-sentence.
        command.short_help = " ".join((command.help or "").strip().partition("\n\n")[0].split())
        return command


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"pamit {pamit.__version__}")
        ctx.exit()


def build(words: Words) -> click.Group:
    """The whole command line in one language."""
    return _LazyGroup(words)


def speak(words: Words) -> None:
    """Let click's own words ("Usage", "No such option") be in the person's language too."""
    # Without pathlib, which would be a twentieth of what it takes to start.
    gettext.bindtextdomain(gettext.textdomain(), os.path.join(os.path.dirname(pamit.__file__), "locale"))
    os.environ["LANGUAGE"] = str(words.language)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with the status of the error table."""
    given = sys.argv[1:] if arguments is None else arguments
    words = Words(chosen_language(given))
    speak(words)
    try:
        with reported(words):
            status = build(words).main(given, prog_name="pamit", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("", err=True)
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has enough; closing standard output quietly avoids a second complaint at exit.
        sys.stderr.close()
        sys.exit(0)
    sys.exit(status if isinstance(status, int) else 0)
