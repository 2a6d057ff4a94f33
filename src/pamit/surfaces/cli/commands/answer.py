"""``pamit answer``: the main job from end to end."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pamit.surfaces.cli.options import Options, candidate_of, event_of, own_days_of
from pamit.surfaces.cli.words import Words

if TYPE_CHECKING:
    from pamit.domain.message import Draft, Report
    from pamit.domain.plan import Plan
    from pamit.domain.terms import InvitationKind, Purpose
    from pamit.surfaces.cli.show import Printer

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def answer(
        file: str,
        received: datetime | None,
        channel_in: str | None,
        subject: str | None,
        sender: str | None,
        decision: str | None,
        reason: str | None,
        events: tuple[str, ...],
        days: Path | None,
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
        from pamit.domain.interview import Intent
        from pamit.domain.plan import make_plan
        from pamit.domain.terms import Channel, InvitationKind, Language, Purpose, Reason, Register
        from pamit.services.checking import check_message, context_of
        from pamit.services.writing import write_message
        from pamit.surfaces.cli.intake import take_in
        from pamit.surfaces.cli.show import Printer

        candidate = candidate_of(name, email, phone, city)
        happened = tuple(event_of(event) for event in events)
        own_days = own_days_of(days, words)
        taken = take_in(file, words, received=received, channel_in=channel_in, subject=subject, sender=sender, now=now)
        invitation = taken.invitation
        case = replace(taken.case, events=(*taken.case.events, *happened))
        purpose = Purpose(decision) if decision else _usual_answer(invitation.kind)
        intent = Intent(purpose, Reason(reason) if reason else None) if purpose else None
        plan = make_plan(case, taken.now, intent, own_days or taken.own_days)
        draft = report = None
        if purpose is not None and not (invitation.kind == InvitationKind.SCAM and decision is None):
            planned = next((step.channel for step in plan.steps if str(step.do) == str(purpose)), None)
            draft = write_message(
                case,
                purpose,
                candidate=candidate,
                now=taken.now,
                language=Language(write_in) if write_in else invitation.language,
                channel=Channel(channel) if channel else planned or Channel.EMAIL,
                reason=Reason(reason) if reason else None,
                register=Register(register),
                variant=variant,
                alternatives=alternatives,
                note=note,
            )
            report = check_message(draft, context_of(case, candidate, taken.now))
        if as_json:
            from pamit.surfaces.cli.output import print_json
            from pamit.surfaces.records import draft_record, invitation_record, plan_record

            print_json(
                {
                    "invitation": invitation_record(invitation, words.language, with_text=True),
                    "plan": plan_record(plan, words.language),
                    "message": draft_record(draft, report, words.language) if draft and report else None,
                }
            )
            return
        printer = Printer(words, case.interview.timezone)
        printer.safety(invitation)
        printer.facts(invitation)
        if taken.assumed_receipt:
            click.secho(words("show.received_now", received=printer.moment(taken.assumed_receipt)), dim=True)
        if invitation.channel_guessed:
            click.secho(words(f"show.guessed_{invitation.channel}"), dim=True)
        printer.doubts(invitation)
        printer.plan(plan)
        if draft and report:
            printer.draft(draft)
            printer.report(report, draft.text)
            if draft.channel == Channel.TEXT:
                from pamit.services.outgoing import links_of

                printer.links(links_of(draft, case.interview), draft.text)
        printer.section("next")
        if purpose and not decision:
            printer.bullet(words("show.default_decision", decision=words(f"do.{purpose}")))
        if invitation.kind == InvitationKind.SCAM:
            printer.bullet(words("show.scam_no_message"))
        if any(doubt.question for doubt in invitation.doubts):
            printer.bullet(words("show.settle_doubts", file=file))
        _next_steps(printer, words, plan, draft, report)

    return click.Command(
        "answer",
        callback=answer,
        help=words("help.answer"),
        params=[
            options.file(),
            *options.source(),
            *options.intent(),
            *options.history(),
            *options.message(),
            *options.candidate(),
            options.now(),
            options.json(),
            options.language(),
        ],
    )


def _usual_answer(kind: InvitationKind) -> Purpose | None:
    """What one writes to such a message as long as nothing was decided; None where no answer is due."""
    from pamit.domain.terms import InvitationKind, Purpose

    return {
        InvitationKind.INVITATION: Purpose.CONFIRM,
        InvitationKind.AVAILABILITY_REQUEST: Purpose.CONFIRM,
        InvitationKind.RESCHEDULE_BY_EMPLOYER: Purpose.CONFIRM,
        InvitationKind.REJECTION: Purpose.ASK_FEEDBACK,
        InvitationKind.OFFER: Purpose.ACCEPT_OFFER,
        InvitationKind.CANCELLED_BY_EMPLOYER: Purpose.ACKNOWLEDGE,
        InvitationKind.ASSESSMENT: Purpose.ACKNOWLEDGE,
    }.get(kind)


def _next_steps(printer: Printer, words: Words, plan: Plan, draft: Draft | None, report: Report | None) -> None:
    """What the person does now, and what comes after."""
    from pamit.domain.terms import Channel

    if draft is None or report is None:
        printer.bullet(words("show.no_message"))
        return
    if report.blocks:
        printer.bullet(words("show.mend_first"))
    if draft.channel == Channel.PHONE:
        printer.bullet(words("show.say_aloud"))
    elif draft.channel == Channel.IN_PERSON:
        printer.bullet(words("show.send_in_person"))
    else:
        printer.bullet(words("show.not_sent", channel=words(f"channel.{draft.channel}")))
    after = [step for step in plan.steps if str(step.do) in {"written_record", "call_to_verify", "attend"}]
    for step in after:
        printer.bullet(words("show.then", step=words(f"do.{step.do}"), due=printer.when(step)))
