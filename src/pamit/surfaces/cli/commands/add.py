"""``pamit add``: keep a message in the memory."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pamit.surfaces.cli.memory import about, assignments, is_terminal, opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

if TYPE_CHECKING:
    from pamit.domain.invitation import Invitation
    from pamit.services.adding import Added, Match
    from pamit.surfaces.cli.show import Printer

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def add(
        file: str,
        received: datetime | None,
        channel_in: str | None,
        subject: str | None,
        sender: str | None,
        settled: tuple[str, ...],
        case: str | None,
        new: bool,
        now: datetime | None,
        as_json: bool,
    ) -> None:
        from pamit.domain.terms import InvitationKind
        from pamit.services.intake import read_source
        from pamit.services.origin import Given, source_of
        from pamit.surfaces.cli.show import Printer
        from pamit.surfaces.cli.source import now as present
        from pamit.surfaces.cli.source import read_bytes

        moment = now or present()
        facts = assignments(settled)
        data = read_bytes(file, words)
        name = None if file == "-" else Path(file).name
        invitation = read_source(
            data, name=name, subject=subject, sender=sender, received=received, channel=channel_in, now=moment
        )
        source = source_of(data, Given(name, invitation.received, subject, sender, channel_in))
        zone = invitation.value("timezone")
        printer = Printer(words, str(zone) if zone else None)
        asks = is_terminal() and file != "-" and not as_json
        if asks:
            printer.safety(invitation)
            printer.facts(invitation)
            facts = _settled_by_asking(printer, words, invitation, facts)
        with opened() as pamit:
            if asks and case is None and not new:
                found = pamit.recognise(invitation, source, moment)
                if found is not None and not found.sure:
                    case, new = _chosen(words, found)
                elif found is None and invitation.kind == InvitationKind.SCAM:
                    click.confirm(words("prompt.fake"), default=False, abort=True)
                    new = True
            added = pamit.add(invitation, source, moment, settled=facts, case=case, new=new)
            plan = pamit.plan(added.dossier.id, moment)
        if as_json:
            from pamit.surfaces.cli.output import print_json
            from pamit.surfaces.memory_records import added_record
            from pamit.surfaces.records import invitation_record

            read = invitation_record(invitation, words.language, with_text=False)
            kept = {"doubts": read["doubts"], "warnings": read["warnings"]}
            print_json({**added_record(added, plan, words.language), **kept})
            return
        _say(printer, words, added, invitation, facts, asked=asks)
        printer.plan(plan)

    return click.Command(
        "add",
        callback=add,
        help=words("help.add"),
        params=[
            options.file(),
            *options.source(),
            options.option("--set", "settled", key="set", multiple=True, metavar="FACT=VALUE"),
            options.option("--case", key="into_case", metavar="CASE"),
            options.option("--new", key="new", is_flag=True),
            options.now(),
            options.json(),
            options.language(),
        ],
    )


def _settled_by_asking(printer: Printer, words: Words, invitation: Invitation, facts: dict[str, str]) -> dict[str, str]:
    """Ask for each fact that is in doubt; an empty answer leaves it open."""
    from pamit.domain.facts import FACT_NAMES, parse_facts
    from pamit.errors import PamitError

    found = dict(facts)
    zone = str(invitation.value("timezone") or "")
    for doubt in invitation.doubts:
        if doubt.field not in FACT_NAMES or doubt.field in found:
            continue
        printer.bullet(doubt.message.in_language(words.language))
        while True:
            answer: str = click.prompt(words("prompt.fact", fact=words(f"field.{doubt.field}")), default="", show_default=False)
            if not answer.strip():
                break
            try:
                parse_facts({doubt.field: answer}, {"timezone": found.get("timezone") or zone or None})
            except PamitError:
                click.echo(words("prompt.not_that"))
                continue
            found[doubt.field] = answer
            break
    return found


def _chosen(words: Words, found: Match) -> tuple[str | None, bool]:
    """Whether a message goes into the case it resembles: the case, or that a new one begins."""
    if found.stranger:
        click.secho(words("memory.stranger", case=found.case), fg="yellow")
    joins = click.confirm(words(f"prompt.join_{found.kind}", case=found.case), default=not found.stranger)
    return (found.case, False) if joins else (None, True)


def _say(printer: Printer, words: Words, added: Added, invitation: Invitation, facts: dict[str, str], *, asked: bool) -> None:
    """What became of the message, and what to beware of."""
    case, what = added.dossier.id, about(added.dossier.case.interview, words)
    outcome = str(added.match.kind) if added.match else "new"
    click.secho(words(f"memory.{outcome}", case=case, about=what), bold=True)
    if added.match and outcome not in ("known", "repeat"):
        click.echo(words("memory.undo_hint", case=case))
    for row in added.clashes:
        named = ", ".join(part for part in (row.position, row.company) if part) or words("memory.unnamed")
        if row.start_at is not None:
            printer.bullet(words("memory.clash", case=row.case, about=named, at=printer.moment(row.start_at)), colour="red")
    if asked:
        return
    printer.safety(invitation)
    open_doubts = [doubt for doubt in invitation.doubts if doubt.field not in facts]
    if open_doubts and outcome == "new":
        printer.section("doubts")
        for doubt in open_doubts:
            printer.bullet(doubt.message.in_language(words.language))
        click.secho(words("memory.settle_hint", case=case), dim=True)
