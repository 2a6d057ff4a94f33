"""``pamit check``: what is wrong with a draft, and how to mend it."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pamit.surfaces.cli.failures import EXIT_FINDINGS
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

if TYPE_CHECKING:
    from pamit.services.mending import Mended

__all__ = ["build", "split_subject"]

_SUBJECT = re.compile(r"\A\s{0,80}(?:subject|subjek|perihal surel)[ \t]{0,80}:(.*)\n+", re.IGNORECASE)


def split_subject(text: str) -> tuple[str | None, str]:
    """The subject in a first line "Subject: …", and the rest.

    >>> split_subject("Subjek: Pembatalan Wawancara\\n\\nYth. Ibu Sari,")
    ('Pembatalan Wawancara', 'Yth. Ibu Sari,')
    """
    found = _SUBJECT.match(text)
    return (found[1].strip(), text[found.end() :]) if found else (None, text)


def build(words: Words) -> click.Command:
    """The command in one language."""
    from pamit.domain.terms import Purpose

    options = Options(words)

    def check(
        file: str,
        channel: str,
        purpose: str | None,
        draft_language: str | None,
        subject: str | None,
        against: str | None,
        name: str | None,
        policy_file: Path | None,
        fix: bool,
        now: datetime | None,
        as_json: bool,
    ) -> int:
        from pamit.domain.message import CheckContext, Draft
        from pamit.domain.terms import Channel, Language
        from pamit.etiquette import DEFAULT_POLICY, Policy
        from pamit.services.checking import check_message, context_of
        from pamit.surfaces.cli.show import Printer
        from pamit.surfaces.cli.source import read_words

        stated, text = split_subject(read_words(file, words))
        context = CheckContext(candidate=name, now=now)
        if against:
            from pamit.domain.interview import Candidate
            from pamit.surfaces.cli.intake import take_in

            taken = take_in(str(against), words, received=None, channel_in=None, subject=None, sender=None, now=now)
            context = context_of(taken.case, Candidate(name or ""), taken.now)
        policy = Policy.from_toml(read_words(str(policy_file), words)) if policy_file else DEFAULT_POLICY
        draft = Draft(
            Channel(channel),
            text,
            Language(draft_language) if draft_language else None,
            Purpose(purpose) if purpose else None,
            subject or stated,
        )
        if fix:
            from pamit.services.mending import mend

            mended = mend(draft, context, policy)
            _show_mended(mended, words)
            return EXIT_FINDINGS if mended.report.blocks else 0
        report = check_message(draft, context, policy=policy)
        if as_json:
            from pamit.surfaces.cli.output import print_json
            from pamit.surfaces.records import check_record

            print_json(check_record(report, words.language))
        else:
            Printer(words).report(report, text)
        return EXIT_FINDINGS if report.blocks else 0

    return click.Command(
        "check",
        callback=check,
        help=words("help.check"),
        params=[
            options.file(),
            options.option(
                "--channel", key="channel_draft", type=click.Choice(["email", "letter", "text", "phone"]), default="email"
            ),
            options.option("--purpose", key="purpose", type=click.Choice([str(purpose) for purpose in Purpose])),
            options.option("--draft-language", key="draft_language", type=click.Choice(["id", "en"])),
            options.option("--subject", key="subject"),
            options.option("--against", key="against", type=click.Path(path_type=Path)),
            options.option("--name", key="name", envvar="PAMIT_NAME"),
            options.option("--policy", "policy_file", key="policy", type=click.Path(path_type=Path)),
            options.option("--fix", key="fix", is_flag=True),
            options.now(),
            options.json(),
            options.language(),
        ],
    )


def _show_mended(mended: Mended, words: Words) -> None:
    """The mended text on standard output; what is left to consider, as a diff, on standard error."""
    from difflib import unified_diff

    from pamit.surfaces.cli.show import Printer

    click.echo(mended.text.rstrip("\n"))
    click.echo(words("show.fixed", count=mended.applied), err=True)
    if mended.suggested != mended.text:
        click.echo(words("show.unapplied"), err=True)
        for line in unified_diff(mended.text.splitlines(), mended.suggested.splitlines(), lineterm="", n=1):
            if not line.startswith(("---", "+++")):
                colour = {"+": "green", "-": "red"}.get(line[:1])
                click.secho(line, fg=colour, err=True)
    Printer(words, to_stderr=True).report(mended.report, mended.text)
