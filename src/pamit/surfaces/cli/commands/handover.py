"""``pamit handover``: give a message to another program to send it; whether it was sent is asked later."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.cli.failures import EXIT_FINDINGS
from pamit.surfaces.cli.mail import Wording, compose_options, draft_of, print_message
from pamit.surfaces.cli.memory import opened
from pamit.surfaces.cli.options import Options, candidate_of
from pamit.surfaces.cli.words import Words

if TYPE_CHECKING:
    from pamit.domain.interview import Candidate
    from pamit.domain.log import Dossier
    from pamit.domain.message import Draft
    from pamit.services.pamit import Pamit

__all__ = ["build"]

_WAYS = ("eml", "draft", "mailto", "whatsapp", "sms", "text")


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def handover(
        case: str,
        purpose: str,
        reason: str | None,
        write_in: str | None,
        register: str,
        variant: int,
        alternatives: tuple[datetime, ...],
        note: str | None,
        to_agency: bool,
        text: Path | None,
        via: str,
        output: Path | None,
        force: bool,
        override: str | None,
        name: str | None,
        email: str | None,
        phone: str | None,
        city: str | None,
        now: datetime | None,
    ) -> int:
        from secrets import token_bytes

        from pamit.bootstrap import here
        from pamit.domain.terms import Channel
        from pamit.services.checking import check_message, context_of
        from pamit.surfaces.cli.show import Printer
        from pamit.surfaces.cli.source import now as present

        moment = now or present()
        wanted = Wording(purpose, reason, write_in, register, variant, alternatives, note, to_agency, text)
        channel = Channel.TEXT if via in ("whatsapp", "sms") else Channel.EMAIL
        with opened() as pamit:
            dossier = pamit.case(case)
            candidate = candidate_of(name, email, phone, city)
            draft = draft_of(dossier, wanted, candidate, channel, moment, words)
            report = check_message(draft, context_of(dossier.case, candidate, moment))
            if report.findings:
                Printer(words, dossier.case.interview.timezone, to_stderr=True).report(report, draft.text)
            if report.blocks and not override:
                click.echo(words("handover.blocked"), err=True)
                return EXIT_FINDINGS
            data = _given(pamit, dossier, draft, via, candidate, moment, output, force=force, to_agency=to_agency)
            message = pamit.hand_over(case, draft, via, data, moment, token_bytes)
        print_message(message, words, here(), to_stderr=True)
        return 0

    return click.Command(
        "handover",
        callback=handover,
        help=words("help.handover"),
        params=[
            options.case(),
            *compose_options(options),
            options.option("--via", key="via", type=click.Choice(_WAYS), required=True),
            options.out_file(),
            options.force(),
            options.option("--override", key="override"),
            *options.candidate(),
            options.now(),
            options.language(),
        ],
    )


def _given(
    pamit: Pamit,
    dossier: Dossier,
    draft: Draft,
    via: str,
    candidate: Candidate,
    now: datetime,
    output: Path | None,
    *,
    force: bool,
    to_agency: bool,
) -> bytes:
    """Give the message out in the way asked for; the very bytes are kept."""
    from pamit.services.outgoing import links_of, text_file
    from pamit.surfaces.cli.output import write_file

    if via in ("eml", "draft"):
        data = _mail(pamit, dossier, draft, candidate, now, unsent=via == "eml", to_agency=to_agency)
        if via == "eml":
            write_file(data, output, binary=False, force=force)
        else:
            _put_draft(pamit, data)
        return data
    links = links_of(draft, dossier.case.interview, to_agency=to_agency)
    link = {"mailto": links.mailto, "whatsapp": links.whatsapp, "sms": links.sms}.get(via)
    if via != "text" and link is None:
        raise PamitError(ErrorKind.MISSING, "no-link", "There is no address to make such a link for.", via=via)
    data = (link + "\n" if link is not None else text_file(draft)).encode()
    write_file(data, output, binary=False, force=force)
    return data


def _mail(
    pamit: Pamit, dossier: Dossier, draft: Draft, candidate: Candidate, now: datetime, *, unsent: bool, to_agency: bool
) -> bytes:
    from dataclasses import replace
    from secrets import token_bytes

    from pamit.services.outgoing import mail_file
    from pamit.services.sending import thread_of

    accounts = pamit.accounts()
    email = candidate.email or next((one.address for one in accounts), None)
    own = tuple(one for each in accounts for one in each.addresses)
    with pamit.store.reading() as view:
        original = thread_of(view, dossier.id, own)
    return mail_file(
        draft,
        dossier.case.interview,
        replace(candidate, email=email),
        now=now,
        random=token_bytes(20),
        original=original,
        to_agency=to_agency,
        unsent=unsent,
    ).data


def _put_draft(pamit: Pamit, data: bytes) -> None:
    from pamit.bootstrap import make_mailbox

    account = next((one for one in pamit.accounts() if one.imap is not None), None)
    if account is None:
        raise PamitError(ErrorKind.MISSING, "no-account", "There is no mail account to put a draft into.")
    make_mailbox().put_draft(account, data)
