"""``pamit outbox``: the person's own messages, where each stands, and what to do about them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

import click

from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.cli.mail import print_message
from pamit.surfaces.cli.memory import opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words
from pamit.surfaces.mail_records import message_record

if TYPE_CHECKING:
    from pamit.domain.outbox import Outgoing

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)
    message = click.Argument(["message"], metavar="MESSAGE")
    common: list[click.Parameter] = [options.now(), options.json(), options.language()]

    def list_(every: bool, now: datetime | None, as_json: bool) -> None:
        from pamit.bootstrap import here
        from pamit.domain.outbox import SendState

        hidden = set() if every else {SendState.DRAFT, SendState.CANCELLED}
        with opened() as pamit:
            found = [one for one in pamit.outbox() if one.state not in hidden]
        if as_json:
            _json({"messages": [message_record(one) for one in found]})
            return
        if not found:
            click.echo(words("outbox.none"))
        for one in found:
            print_message(one, words, here())

    def show(message: str, raw: bool, now: datetime | None, as_json: bool) -> None:
        from pamit.bootstrap import here

        with opened() as pamit:
            found, data = pamit.outgoing(message)
        if raw:
            sys.stdout.buffer.write(data)
            return
        if as_json:
            _json(message_record(found))
            return
        print_message(found, words, here())
        click.echo()
        click.echo(data.decode("utf-8", "replace"))

    def cancel(message: str, now: datetime | None, as_json: bool) -> None:
        with opened() as pamit:
            _say(pamit.cancel_message(message), words, as_json=as_json)

    def retry(message: str, now: datetime | None, as_json: bool) -> None:
        from pamit.bootstrap import make_transport, worker_name
        from pamit.surfaces.cli.source import now as present

        moment = now or present()
        with opened() as pamit:
            pamit.retry_message(message, moment)
            pamit.deliver(make_transport(), moment, owner=worker_name(), only=message)
            _say(pamit.outgoing(message)[0], words, as_json=as_json)

    def resolve(message: str, sent: bool | None, now: datetime | None, as_json: bool) -> None:
        from pamit.bootstrap import make_mailbox, make_transport, worker_name
        from pamit.domain.outbox import SendState
        from pamit.surfaces.cli.source import now as present

        moment = now or present()
        with opened() as pamit:
            # Whoever died while sending is recognised by a round of delivering that sends nothing else.
            pamit.deliver(make_transport(), moment, owner=worker_name(), only="")
            with suppress(PamitError):
                pamit.settle_copies(make_mailbox(), moment)
            found = pamit.outgoing(message)[0]
            if found.state in (SendState.UNKNOWN, SendState.HANDED_OVER):
                if sent is None:
                    raise PamitError(ErrorKind.MISSING, "say-whether-sent", "Say --sent or --not-sent.", id=message)
                found = pamit.resolve_message(message, moment, sent=sent)
                if found.state == SendState.QUEUED:
                    pamit.deliver(make_transport(), moment, owner=worker_name(), only=message)
                    found = pamit.outgoing(message)[0]
            _say(found, words, as_json=as_json)

    group = click.Group("outbox", help=words("help.outbox"), invoke_without_command=True)
    listing = [options.option("--all", "every", key="outbox_all", is_flag=True), *common]
    raw = options.option("--raw", key="raw", is_flag=True)
    sent = options.option("--sent/--not-sent", "sent", key="sent", default=None)
    group.add_command(click.Command("list", callback=list_, help=words("help.outbox_list"), params=listing))
    group.add_command(click.Command("show", callback=show, help=words("help.outbox_show"), params=[message, raw, *common]))
    group.add_command(click.Command("cancel", callback=cancel, help=words("help.outbox_cancel"), params=[message, *common]))
    group.add_command(click.Command("retry", callback=retry, help=words("help.outbox_retry"), params=[message, *common]))
    group.add_command(
        click.Command("resolve", callback=resolve, help=words("help.outbox_resolve"), params=[message, sent, *common])
    )

    def bare() -> None:
        if click.get_current_context().invoked_subcommand is None:
            list_(False, None, False)

    group.callback = bare
    group.params.append(options.language())
    return group


def _say(message: Outgoing, words: Words, *, as_json: bool) -> None:
    from pamit.bootstrap import here

    if as_json:
        _json(message_record(message))
    else:
        print_message(message, words, here())


def _json(record: Mapping[str, object]) -> None:
    from pamit.surfaces.cli.output import print_json

    print_json(record)
