"""Writes docs/reference/commands.md and commands.id.md from the command line's own help."""

from __future__ import annotations

from pathlib import Path

import click

from pamit.domain.terms import Language
from pamit.surfaces.cli import build, speak
from pamit.surfaces.cli.words import Words

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
NAMES = {Language.EN: "commands.md", Language.ID: "commands.id.md"}
TITLES = {Language.EN: "# Commands", Language.ID: "# Perintah"}


def page(language: Language) -> str:
    """The help of every command in one language, as Markdown."""
    words = Words(language)
    speak(words)
    group = build(words)
    return "\n".join([TITLES[language], "", *_help(group, click.Context(group, info_name="pamit", max_content_width=100))])


def _help(command: click.Command, context: click.Context) -> list[str]:
    title = context.command_path
    lines = [f"## {title}", "", "```text", command.get_help(context).rstrip(), "```", ""]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None:
                lines += _help(found, click.Context(found, info_name=name, parent=context, max_content_width=100))
    return lines


def pages() -> dict[str, str]:
    """File name to text."""
    return {name: page(language) for language, name in NAMES.items()}


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")
