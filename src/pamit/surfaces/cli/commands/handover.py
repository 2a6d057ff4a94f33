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
        from pamit.services.handing_over import what_is_given
        from pamit.surfaces.cli.output import write_file
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
            data = what_is_given(pamit.store, dossier, draft, via, candidate, moment, token_bytes, to_agency=to_agency)
            if via == "draft":
                _put_draft(pamit, data)
            else:
                write_file(data, output, binary=False, force=force)
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


def _put_draft(pamit: Pamit, data: bytes) -> None:
    from pamit.bootstrap import make_mailbox

    account = next((one for one in pamit.accounts() if one.imap is not None), None)
    if account is None:
        raise PamitError(ErrorKind.MISSING, "no-account", "There is no mail account to put a draft into.")
    make_mailbox().put_draft(account, data)
