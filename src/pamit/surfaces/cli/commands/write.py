"""``pamit write``: one message."""

from __future__ import annotations

from datetime import datetime

import click

from pamit.surfaces.cli.options import Options, candidate_of
from pamit.surfaces.cli.words import Words

__all__ = ["build"]


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
        name: str | None,
        email: str | None,
        phone: str | None,
        city: str | None,
        now: datetime | None,
        as_json: bool,
    ) -> None:
        from pamit.domain.plan import make_plan
        from pamit.domain.terms import Channel, Language, Reason, Register
        from pamit.services.cases import case_of
        from pamit.services.checking import check_message, context_of
        from pamit.services.writing import write_message
        from pamit.surfaces.cli.intake import take_in
        from pamit.surfaces.cli.options import intent_of
        from pamit.surfaces.cli.show import Printer

        candidate = candidate_of(name, email, phone, city)
        taken = take_in(file, words, received=received, channel_in=channel_in, subject=subject, sender=sender, now=now)
        case = case_of(taken.invitation)
        if channel is None:
            steps = make_plan(case, taken.now, intent_of(purpose, reason)).steps
            planned = next((step.channel for step in steps if step.do == purpose), None)
            channel = str(planned or Channel.EMAIL)
        draft = write_message(
            case,
            Purpose(purpose),
            candidate=candidate,
            now=taken.now,
            language=Language(write_in) if write_in else taken.invitation.language,
            channel=Channel(channel),
            reason=Reason(reason) if reason else None,
            register=Register(register),
            variant=variant,
            alternatives=alternatives,
            note=note,
        )
        report = check_message(draft, context_of(case, candidate, taken.now))
        if as_json:
            from pamit.surfaces.cli.output import print_json
            from pamit.surfaces.records import draft_record

            print_json(draft_record(draft, report, words.language))
            return
        printer = Printer(words, case.interview.timezone)
        printer.draft(draft)
        printer.report(report, draft.text)

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
            *options.candidate(),
            options.now(),
            options.json(),
            options.language(),
        ],
    )
