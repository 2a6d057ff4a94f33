"""``pamit read``: an invitation to facts."""

from __future__ import annotations

from datetime import datetime

import click

from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def read(
        file: str,
        received: datetime | None,
        channel_in: str | None,
        subject: str | None,
        sender: str | None,
        explain: bool,
        as_json: bool,
    ) -> None:
        from pamit.surfaces.cli.intake import take_in
        from pamit.surfaces.cli.show import Printer

        taken = take_in(file, words, received=received, channel_in=channel_in, subject=subject, sender=sender)
        invitation = taken.invitation
        if as_json:
            from pamit.surfaces.cli.output import print_json
            from pamit.surfaces.records import invitation_record

            print_json(invitation_record(invitation, words.language, with_text=True))
            return
        zone = invitation.value("timezone")
        printer = Printer(words, str(zone) if zone else None)
        printer.safety(invitation)
        printer.facts(invitation)
        if taken.assumed_receipt:
            click.secho(words("show.received_now", received=printer.moment(taken.assumed_receipt)), dim=True)
        if invitation.channel_guessed:
            click.secho(words(f"show.guessed_{invitation.channel}"), dim=True)
        printer.doubts(invitation)
        if explain:
            printer.marked(invitation)

    return click.Command(
        "read",
        callback=read,
        help=words("help.read"),
        params=[
            options.file(),
            *options.source(),
            options.option("--explain", key="explain", is_flag=True),
            options.json(),
            options.language(),
        ],
    )
