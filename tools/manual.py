"""Writes the manual pages in docs/man, English and Indonesian, from the command line's own help and the table of settings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import click

from pamit import __version__
from pamit.config import SETTINGS
from pamit.domain.terms import Language
from pamit.surfaces.cli import build, speak
from pamit.surfaces.cli.words import Words

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "man"
NAMES = {Language.EN: "pamit.1", Language.ID: "id/pamit.1"}


class Headings(NamedTuple):
    """The words of a manual page, as manuals of that language have them."""

    name: str
    synopsis: str
    description: str
    commands: str
    options: str
    environment: str
    status: str
    about: str
    usage: str
    pages: str
    default: str
    statuses: tuple[tuple[str, str], ...]


HEADINGS = {
    Language.EN: Headings(
        "NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "ENVIRONMENT", "EXIT STATUS",
        "a job candidate's assistant for the messages around interviews",
        "[OPTION]... COMMAND [ARGUMENT]...",
        "Each command explains itself with --help.",
        "Default",
        (
            ("0", "It worked."),
            ("1", "The check found an error in the draft, a batch had lines that failed, or the doctor found a flaw."),
            ("2", "An option or argument is wrong."),
            ("3", "today or due did what they were asked, and something is overdue."),
            ("65", "The input breaks a stated form."),
            ("66", "A file, a case or a name is not there, or an optional part is not installed."),
            ("69", "The outside did not answer, or another process holds the memory; try again."),
            ("75", "The state has moved on since it was read."),
            ("77", "A limit or a rule forbids it."),
            ("130", "Stopped by Ctrl-C."),
        ),
    ),
    Language.ID: Headings(
        "NAMA", "RINGKASAN", "DESKRIPSI", "PERINTAH", "OPSI", "LINGKUNGAN", "STATUS KELUAR",
        "asisten pelamar untuk pesan-pesan seputar wawancara kerja",
        "[OPSI]... PERINTAH [ARGUMEN]...",
        "Setiap perintah menjelaskan dirinya dengan --help.",
        "Bawaan",
        (
            ("0", "Berhasil."),
            ("1", "Pemeriksaan menemukan kesalahan pada draf, ada baris batch yang gagal, atau doctor menemukan kerusakan."),
            ("2", "Ada opsi atau argumen yang keliru."),
            ("3", "today atau due berhasil, dan ada yang sudah terlambat."),
            ("65", "Masukan tidak sesuai dengan bentuk yang diminta."),
            ("66", "Berkas, lamaran, atau nama tidak ada, atau bagian tambahan belum dipasang."),
            ("69", "Pihak luar tidak menjawab, atau proses lain sedang memakai ingatan; coba lagi."),
            ("75", "Keadaannya sudah berubah sejak dibaca."),
            ("77", "Dilarang oleh suatu batas atau aturan."),
            ("130", "Dihentikan dengan Ctrl-C."),
        ),
    ),
}  # fmt: skip


def page(language: Language) -> str:
    """The whole manual page in one language, in the man macros of roff."""
    words, headings = Words(language), HEADINGS[language]
    speak(words)
    group = build(words)
    context = click.Context(group, info_name="pamit")
    lines = [
        ".\\\" Made by tools/manual.py from the command line's own help.",
        f'.TH PAMIT 1 "" "pamit {__version__}" "Pamit"',
        f".SH {headings.name}",
        f"pamit \\- {_text(headings.about)}",
        f".SH {headings.synopsis}",
        f".B pamit\n{_text(headings.usage)}",
        f".SH {headings.description}",
        *_prose(group.help or ""),
        ".PP",
        _text(headings.pages),
        f".SH {headings.options}",
        *_options(group, context),
        f".SH {headings.commands}",
        *_commands(group, context),
        f".SH {headings.environment}",
    ]
    for setting in SETTINGS:
        lines += [
            ".TP",
            f".B {_text(setting.variable)}",
            _text(f"{setting.meaning.in_language(language)} {headings.default}: {setting.default.in_language(language)}."),
        ]
    lines.append(f".SH {headings.status}")
    for number, meaning in headings.statuses:
        lines += [".TP", f".B {number}", _text(meaning)]
    return "\n".join(lines) + "\n"


def _commands(group: click.Group, context: click.Context) -> list[str]:
    lines: list[str] = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            continue
        inner = click.Context(command, info_name=name, parent=context)
        lines += [f".SS {_text(' '.join([inner.command_path, *command.collect_usage_pieces(inner)]))}"]
        lines += [*_prose(command.help or ""), *_options(command, inner)]
        if isinstance(command, click.Group):
            lines += _commands(command, inner)
    return lines


def _options(command: click.Command, context: click.Context) -> list[str]:
    lines: list[str] = []
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        # Help and the interface's language stand once, at the whole program; every command has them.
        if (
            record is None
            or not isinstance(parameter, click.Option)
            or (context.parent is not None and {"--help", "--language"} & set(parameter.opts))
        ):
            continue
        lines += [".TP", f".B {_text(record[0])}", _text(record[1])]
    return lines


def _prose(text: str) -> list[str]:
    """The paragraphs of a help text; those marked by ``\\b`` keep their lines."""
    lines: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        kept = paragraph.lstrip().startswith("\b")
        rows = [row.strip() for row in paragraph.replace("\b", "").strip().split("\n")]
        lines += [".PP"] if lines else []
        lines += [".nf", *map(_text, rows), ".fi"] if kept else [_text(" ".join(rows))]
    return lines


def _text(text: str) -> str:
    """As roff shows it unchanged: no escapes, no requests, and dashes that can be copied."""
    plain = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain


def pages() -> dict[str, str]:
    """File name to text."""
    return {name: page(language) for language, name in NAMES.items()}


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / name).write_text(text, "utf-8")
