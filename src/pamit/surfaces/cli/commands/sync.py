"""``pamit sync``: look for new mails, and tell what they propose."""

from __future__ import annotations

from datetime import datetime

import click

from pamit.domain.outbox import SendState
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.cli.inbox import print_proposal
from pamit.surfaces.cli.mail import print_message
from pamit.surfaces.cli.memory import opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def sync(now: datetime | None, as_json: bool) -> None:
        from pamit.bootstrap import here, look_for_mail
        from pamit.surfaces.cli.source import now as present

        moment = now or present()
        with opened() as pamit:
            found, settled = look_for_mail(pamit, moment)
            asked = pamit.outbox((SendState.UNKNOWN, SendState.HANDED_OVER))
        if as_json:
            from pamit.surfaces.cli.output import print_json
            from pamit.surfaces.mail_records import sync_record

            print_json(sync_record(found, words.language))
            return
        click.echo(words("sync.done", looked=found.looked, count=len(found.proposals)))
        for one in found.proposals:
            print_proposal(one, words)
        for message in (*settled, *asked):
            print_message(message, words, here())
        if found.proposals:
            click.echo(words("inbox.how"))
        if found.failed:
            address, code = found.failed[0]
            raise PamitError(ErrorKind.UNAVAILABLE, "sync-failed", f"{address}: {code}.", address=address, trouble=code)

    return click.Command(
        "sync", callback=sync, help=words("help.sync"), params=[options.now(), options.json(), options.language()]
    )
