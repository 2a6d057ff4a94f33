"""``pamit note``: put down what happened."""

from __future__ import annotations

from datetime import datetime

import click

from pamit.surfaces.cli.memory import assignments, opened, print_dossier
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.source import Moment
from pamit.surfaces.cli.words import Words

__all__ = ["build"]

# What is no event of the plan's: words alone, a call that settled nothing, the day for which a result was promised.
_OWN_KINDS = ("words", "called", "promised")


def build(words: Words) -> click.Command:
    """The command in one language."""
    from pamit.domain.terms import Channel, EventKind, Purpose

    options = Options(words)
    kinds = [str(kind) for kind in EventKind if kind not in (EventKind.CLOSED, EventKind.REOPENED)]

    def note(
        case: str,
        kind: str,
        text: str | None,
        at: datetime | None,
        purpose: str | None,
        channel: str | None,
        facts: tuple[str, ...],
        version: int | None,
        now: datetime | None,
        as_json: bool,
    ) -> None:
        from pamit.domain.interview import Event
        from pamit.surfaces.cli.source import now as present

        moment = now or present()
        changed = assignments(facts)
        event, said = None, text
        if kind == "promised":
            changed, said = {"decision_expected": text or "", **changed}, None
        elif kind == "called":
            said = ": ".join(part for part in (words("event.called"), text) if part)
        elif kind != "words":
            way = Channel(channel) if channel else None
            event = Event(at or moment, EventKind(kind), Purpose(purpose) if purpose else None, way)
        with opened() as pamit:
            dossier = pamit.note(case, moment, event=event, words=said, facts=changed, at=at, version=version)
            print_dossier(pamit, dossier, words, moment, as_json=as_json)

    return click.Command(
        "note",
        callback=note,
        help=words("help.note"),
        params=[
            options.case(),
            click.Argument(["kind"], type=click.Choice([*kinds, *_OWN_KINDS]), metavar="KIND"),
            click.Argument(["text"], required=False, metavar="[TEXT]"),
            options.option("--at", key="at", type=Moment()),
            options.option("--purpose", key="note_purpose", type=click.Choice([str(purpose) for purpose in Purpose])),
            options.option("--channel", key="note_channel", type=click.Choice([str(channel) for channel in Channel])),
            options.option("--set", "facts", key="note_set", multiple=True, metavar="FACT=VALUE"),
            options.version_seen(),
            options.now(),
            options.json(),
            options.language(),
        ],
    )
