"""``pamit send``: show a message as it would go, and send it after the person's yes to exactly that."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.addresses import addresses_of
from pamit.surfaces.cli.mail import (
    Wording,
    compose_options,
    draft_of,
    known_digest,
    print_message,
    print_preview,
    status_of,
)
from pamit.surfaces.cli.memory import is_terminal, opened
from pamit.surfaces.cli.options import Options, candidate_of
from pamit.surfaces.cli.source import Moment
from pamit.surfaces.cli.words import Words
from pamit.surfaces.mail_records import message_record, preview_record

if TYPE_CHECKING:
    from pamit.domain.interview import Candidate
    from pamit.domain.outbox import Outgoing
    from pamit.services.pamit import Pamit
    from pamit.services.sending import Preview

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def send(
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
        sender: str | None,
        to: tuple[str, ...],
        cc: tuple[str, ...],
        quote: bool,
        no_calendar: bool,
        preview: bool,
        yes: bool,
        digest: str | None,
        later: datetime | None,
        override: str | None,
        again: bool,
        name: str | None,
        email: str | None,
        phone: str | None,
        city: str | None,
        now: datetime | None,
        as_json: bool,
    ) -> int:
        from pamit.bootstrap import here
        from pamit.surfaces.cli.source import now as present

        if yes and digest is None:
            raise PamitError(ErrorKind.INVALID, "no-digest", "--yes goes only with --digest.")
        moment, place = now or present(), here()
        wanted = Wording(purpose, reason, write_in, register, variant, alternatives, note, to_agency, text)
        with opened() as pamit:
            if yes and digest is not None and not preview:
                message = known_digest(pamit, case, digest)
            else:
                candidate = _candidate(pamit, name, email, phone, city)
                shown = _prepared(pamit, case, wanted, candidate, moment, words, sender, to, cc, quote, no_calendar)
                message = shown.message
                if as_json:
                    from pamit.surfaces.cli.output import print_json

                    print_json(preview_record(shown, words.language))
                    return 1 if shown.report.blocks else 0
                print_preview(shown, words, place)
                if preview or not is_terminal():
                    click.echo(words("send.how", case=case, purpose=purpose, digest=message.digest))
                    return 1 if shown.report.blocks else 0
                override, again = _asked(shown, words, override, again)
            approved = pamit.approve(message.id, message.digest, moment, at=later, override=override, again=again)
            done = _sent(pamit, approved, moment) if later is None else approved
        if as_json:
            from pamit.surfaces.cli.output import print_json

            print_json(message_record(done))
        else:
            print_message(done, words, place)
            if later is not None:
                click.echo(words("send.undo", id=done.id))
        return status_of(done)

    return click.Command(
        "send",
        callback=send,
        help=words("help.send"),
        params=[
            options.case(),
            *compose_options(options),
            options.option("--from", "sender", key="send_from"),
            options.option("--to", key="send_to", multiple=True),
            options.option("--cc", key="send_cc", multiple=True),
            options.option("--quote", key="quote", is_flag=True),
            options.option("--no-calendar", "no_calendar", key="no_calendar", is_flag=True),
            options.option("--preview", key="preview", is_flag=True),
            options.option("--yes", key="send_yes", is_flag=True),
            options.option("--digest", key="digest"),
            options.option("--later", key="later", type=Moment()),
            options.option("--override", key="override"),
            options.option("--again", key="again", is_flag=True),
            *options.candidate(),
            options.now(),
            options.json(),
            options.language(),
        ],
    )


def _candidate(pamit: Pamit, name: str | None, email: str | None, phone: str | None, city: str | None) -> Candidate:
    """The person: as told, else by the name of the account."""
    accounts = pamit.accounts()
    return candidate_of(name or next((one.name for one in accounts if one.name), None), email, phone, city)


def _prepared(
    pamit: Pamit,
    case: str,
    wanted: Wording,
    candidate: Candidate,
    now: datetime,
    words: Words,
    sender: str | None,
    to: tuple[str, ...],
    cc: tuple[str, ...],
    quote: bool,
    no_calendar: bool,
) -> Preview:
    from secrets import token_bytes

    from pamit.domain.terms import Channel

    draft = draft_of(pamit.case(case), wanted, candidate, Channel.EMAIL, now, words)
    return pamit.prepare(
        case,
        draft,
        candidate,
        now,
        random=token_bytes,
        address=sender,
        to=addresses_of(to),
        cc=addresses_of(cc),
        to_agency=wanted.to_agency,
        quote=quote,
        proposed=next(iter(wanted.alternatives), None),
        with_calendar=not no_calendar,
    )


def _asked(shown: Preview, words: Words, override: str | None, again: bool) -> tuple[str | None, bool]:
    """The person's yes, and what else it takes."""
    if shown.report.blocks and not override:
        override = click.prompt(words("send.prompt_override"), default="", show_default=False) or None
        if override is None:
            raise click.Abort
    if shown.repeats is not None and not again:
        again = click.confirm(words("send.prompt_again"), default=False)
        if not again:
            raise click.Abort
    click.confirm(words("send.prompt_send"), default=False, abort=True)
    return override, again


def _sent(pamit: Pamit, approved: Outgoing, now: datetime) -> Outgoing:
    """Hand it over at once; the copy among the sent mails is the worker's too, should it fail here."""
    from pamit.bootstrap import make_mailbox, make_transport, worker_name

    pamit.deliver(make_transport(), now, owner=worker_name(), only=approved.id)
    done, _ = pamit.outgoing(approved.id)
    accounts = {one.address: one for one in pamit.accounts()}
    account = accounts.get(done.account or "")
    if account is not None and account.imap is not None:
        with suppress(PamitError):
            pamit.settle_copies(make_mailbox(), now)
            done, _ = pamit.outgoing(approved.id)
    return done
