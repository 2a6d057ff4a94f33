"""``pamit write``: one message, shown or written to a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.cli.failures import EXIT_FINDINGS
from pamit.surfaces.cli.options import Options, agency_of, candidate_of
from pamit.surfaces.cli.words import Words

if TYPE_CHECKING:
    from pamit.domain.interview import Candidate, Case
    from pamit.domain.message import Draft, Report
    from pamit.domain.terms import Channel
    from pamit.phrasing.cards import Card
    from pamit.services.outgoing import Links
    from pamit.surfaces.cli.intake import Taken

__all__ = ["build"]

_BY_SUFFIX = {".txt": "text", ".md": "md", ".eml": "eml", ".pdf": "pdf", ".docx": "docx"}
_CHANNEL_OF = {"eml": "email", "pdf": "letter", "docx": "letter"}
_BINARY = frozenset({"pdf", "docx"})


@dataclass(frozen=True)
class _Export:
    """In which form the message is given out.

    Attributes:
        form: ``text``, ``md``, ``eml``, ``pdf`` or ``docx``.
        path: None for standard output.
    """

    form: str
    path: Path | None
    force: bool
    quote: bool
    address: tuple[str, ...]
    enclosures: str | None
    copies: tuple[str, ...]
    signature: Path | None


def build(words: Words) -> click.Command:
    """The command in one language."""
    from pamit.domain.terms import Purpose

    options = Options(words)

    def write(
        purpose: str,
        file: str,
        received: datetime | None,
        channel_in: str | None,
        subject: str | None,
        sender: str | None,
        reason: str | None,
        channel: str | None,
        write_in: str | None,
        register: str,
        variant: int,
        alternatives: tuple[datetime, ...],
        note: str | None,
        agency: str | None,
        to_agency: bool,
        form: str | None,
        output: Path | None,
        force: bool,
        quote: bool,
        address: tuple[str, ...],
        enclosures: str | None,
        copies: tuple[str, ...],
        signature: Path | None,
        name: str | None,
        email: str | None,
        phone: str | None,
        city: str | None,
        now: datetime | None,
        as_json: bool,
    ) -> int:
        from pamit.domain.terms import Language, Reason, Register
        from pamit.services.checking import check_message, context_of
        from pamit.services.writing import write_spoken_or_sent
        from pamit.surfaces.cli.intake import take_in

        candidate = candidate_of(name, email, phone, city)
        form = form or (_BY_SUFFIX.get(output.suffix.lower()) if output else None) or ("text" if output else None)
        taken = take_in(file, words, received=received, channel_in=channel_in, subject=subject, sender=sender, now=now)
        case = taken.case
        between = agency_of(agency)
        if between is not None:
            case = replace(case, interview=replace(case.interview, agency=between))
        if to_agency and case.interview.agency is None:
            raise PamitError(ErrorKind.MISSING, "no-agency", "The agency is not known; name it with --agency.")
        draft, card = write_spoken_or_sent(
            case,
            Purpose(purpose),
            candidate=candidate,
            now=taken.now,
            language=Language(write_in) if write_in else taken.invitation.language,
            channel=_channel(channel, form, case, taken, purpose, reason),
            reason=Reason(reason) if reason else None,
            register=Register(register),
            variant=variant,
            alternatives=alternatives,
            note=note,
            to_agency=to_agency,
        )
        report = check_message(draft, context_of(case, candidate, taken.now))
        if form is not None:
            export = _Export(form, output, force, quote, address, enclosures, copies, signature)
            return _export(export, draft, report, card, case, candidate, taken, words, to_agency)
        from pamit.services.outgoing import links_of

        links = links_of(draft, case.interview, to_agency=to_agency)
        if as_json:
            _print_json(draft, report, links, words)
        else:
            # A link to a mail would leave the thread; -o answer.eml keeps it.
            links = replace(links, mailto=None) if _is_mail(taken) else links
            _show(draft, report, links, card.as_text() if card else None, case, words)
        return 0

    return click.Command(
        "write",
        callback=write,
        help=words("help.write"),
        params=[
            click.Argument(["purpose"], type=click.Choice([str(purpose) for purpose in Purpose]), metavar="PURPOSE"),
            options.file(),
            *options.source(),
            options.reason(),
            *options.message(),
            *options.agency(),
            *options.export(),
            *options.candidate(),
            options.now(),
            options.json(),
            options.language(),
        ],
    )


def _channel(wanted: str | None, form: str | None, case: Case, taken: Taken, purpose: str, reason: str | None) -> Channel:
    """The channel asked for, the one the form needs, or the one the plan names."""
    from pamit.domain.plan import make_plan
    from pamit.domain.terms import Channel
    from pamit.surfaces.cli.options import intent_of

    needed = _CHANNEL_OF.get(form or "")
    if needed is not None:
        if wanted not in (None, needed):
            message = f"The form {form} is for the channel {needed}, not {wanted}."
            raise PamitError(ErrorKind.INVALID, "format-for-channel", message, form=form, needed=needed)
        return Channel(needed)
    if wanted is not None:
        return Channel(wanted)
    steps = make_plan(case, taken.now, intent_of(purpose, reason)).steps
    return next((step.channel for step in steps if step.do == purpose), None) or Channel.EMAIL


def _is_mail(taken: Taken) -> bool:
    """Whether the invitation is a mail as it was stored."""
    from pamit.services.intake import recognise_form

    return recognise_form(taken.data[:16_384].decode("latin-1"), taken.name) == "mail"


def _print_json(draft: Draft, report: Report, links: Links, words: Words) -> None:
    from pamit.surfaces.cli.output import print_json
    from pamit.surfaces.mail_records import links_record
    from pamit.surfaces.records import draft_record

    print_json({**draft_record(draft, report, words.language), "links": links_record(links)})


def _show(draft: Draft, report: Report, links: Links, card: str | None, case: Case, words: Words) -> None:
    from pamit.surfaces.cli.show import Printer

    printer = Printer(words, case.interview.timezone)
    printer.draft(replace(draft, text=card) if card else draft)
    printer.report(report, draft.text)
    printer.links(links, draft.text)


def _export(
    export: _Export,
    draft: Draft,
    report: Report,
    card: Card | None,
    case: Case,
    candidate: Candidate,
    taken: Taken,
    words: Words,
    to_agency: bool,
) -> int:
    """Give the message out in the form asked for; what the check found goes to standard error."""
    from pamit.services.outgoing import letter_file, markdown_card, markdown_file, text_file
    from pamit.surfaces.cli.output import write_file
    from pamit.surfaces.cli.source import read_bytes

    if export.form == "eml":
        data = _mail(export, draft, case, candidate, taken, words, to_agency)
    elif export.form in _BINARY:
        data = letter_file(
            draft,
            export.form,
            created_on=taken.now.date(),
            address=export.address,
            enclosures=export.enclosures,
            copies=export.copies,
            signature=read_bytes(str(export.signature), words) if export.signature else None,
        )
    else:
        if export.form == "md":
            page = markdown_card(card) if card else markdown_file(draft)
        else:
            page = card.as_text() if card else text_file(draft)
        data = page.encode("utf-8")
    write_file(data, export.path, binary=export.form in _BINARY, force=export.force)
    if export.path is not None:
        click.echo(words("show.written", file=str(export.path)), err=True)
    for finding in report.findings:
        message = finding.message.in_language(words.language)
        said = words("show.finding", severity=words(f"severity.{finding.severity}"), message=message)
        click.echo(f"{said} ({finding.rule})", err=True)
    return EXIT_FINDINGS if report.blocks else 0


def _mail(
    export: _Export, draft: Draft, case: Case, candidate: Candidate, taken: Taken, words: Words, to_agency: bool
) -> bytes:
    """The message as a mail; its addressees and what to beware of are said."""
    from secrets import token_bytes

    from pamit.services.outgoing import mail_file

    mail = mail_file(
        draft,
        case.interview,
        candidate,
        now=taken.now,
        random=token_bytes(16),
        original=taken.data if _is_mail(taken) else None,
        to_agency=to_agency,
        quote_original=export.quote,
    )
    click.echo(words("show.addressed", to=", ".join(map(str, mail.to))), err=True)
    for caution in mail.cautions:
        click.echo(words(f"caution.{caution}"), err=True)
    return mail.data
