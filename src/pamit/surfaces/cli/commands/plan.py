"""``pamit plan``: what to do about an invitation."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from pamit.surfaces.cli.options import Options, event_of, intent_of, own_days_of
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def plan(
        file: str,
        received: datetime | None,
        channel_in: str | None,
        subject: str | None,
        sender: str | None,
        decision: str | None,
        reason: str | None,
        events: tuple[str, ...],
        days: Path | None,
        now: datetime | None,
        as_json: bool,
    ) -> None:
        from pamit.domain.plan import make_plan
        from pamit.surfaces.cli.intake import take_in
        from pamit.surfaces.cli.show import Printer

        happened = tuple(event_of(event) for event in events)
        own_days = own_days_of(days, words)
        taken = take_in(file, words, received=received, channel_in=channel_in, subject=subject, sender=sender, now=now)
        case = replace(taken.case, events=(*taken.case.events, *happened))
        found = make_plan(case, taken.now, intent_of(decision, reason), own_days or taken.own_days)
        if as_json:
            from pamit.surfaces.cli.output import print_json
            from pamit.surfaces.records import plan_record

            print_json(plan_record(found, words.language))
            return
        printer = Printer(words, case.interview.timezone)
        if taken.assumed_receipt:
            click.secho(words("show.received_now", received=printer.moment(taken.assumed_receipt)), dim=True)
        if taken.invitation.channel_guessed:
            click.secho(words(f"show.guessed_{taken.invitation.channel}"), dim=True)
        printer.plan(found)

    return click.Command(
        "plan",
        callback=plan,
        help=words("help.plan"),
        params=[
            options.file(),
            *options.source(),
            *options.intent(),
            *options.history(),
            options.now(),
            options.json(),
            options.language(),
        ],
    )
