"""``pamit remind``: what will be reminded of, or one round of reminding for cron."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from pamit.surfaces.cli.memory import opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.words import Words

if TYPE_CHECKING:
    from pamit.services.pamit import Pamit
    from pamit.services.ports import Notice

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def remind(once: bool, notify: str, limit: int, now: datetime | None, as_json: bool) -> None:
        from pamit.surfaces.cli.source import now as present

        moment = now or present()
        with opened() as pamit:
            if once:
                _give(pamit, words, notify, moment)
            else:
                _list(pamit, words, limit, moment, as_json=as_json)

    return click.Command(
        "remind",
        callback=remind,
        help=words("help.remind"),
        params=[
            options.option("--once", key="once", is_flag=True),
            options.notify(),
            options.option("--limit", key="reminder_limit", type=click.IntRange(min=1), default=20, show_default=True),
            options.now(),
            options.json(),
            options.language(),
        ],
    )


def _give(pamit: Pamit, words: Words, notify: str, now: datetime) -> None:
    """All that is due now, then the end: for cron, which starts again soon enough."""
    from pamit.bootstrap import here, make_notifier, worker_name
    from pamit.errors import ErrorKind, PamitError

    notifier, place, owner = make_notifier(notify, words.language, sys.stdout), here(), worker_name()
    failed = 0
    while True:
        done = pamit.give_reminders(notifier, place, now, owner=owner)
        failed += done.failed
        if not done.given or done.next_at is None or done.next_at > now:
            break
    if failed:
        raise PamitError(
            ErrorKind.UNAVAILABLE, "not-told", f"{failed} reminders reached nobody; they are tried again.", count=failed
        )


def _list(pamit: Pamit, words: Words, limit: int, now: datetime, *, as_json: bool) -> None:
    from pamit.bootstrap import here

    found = pamit.reminders(here(), now, limit)
    if as_json:
        from pamit.surfaces.cli.output import print_json

        print_json({"reminders": [_record(notice) for notice in found]})
        return
    if not found:
        click.echo(words("remind.none"))
    for notice in found:
        _show(notice, words, now)


def _record(notice: Notice) -> dict[str, object]:
    reminder = notice.reminder
    return {
        "at": reminder.at.astimezone(notice.here).isoformat(),
        "case": notice.case,
        "company": notice.company,
        "position": notice.position,
        "do": str(reminder.step.do),
        "cue": str(reminder.cue),
        "urgent": reminder.urgent,
        "due": (reminder.step.overdue_since or reminder.step.due).isoformat(),
    }


def _show(notice: Notice, words: Words, now: datetime) -> None:
    from pamit.services.notice_words import body, headline

    local = notice.reminder.at.astimezone(notice.here)
    when = words("remind.now") if notice.reminder.at <= now else f"{local:%Y-%m-%d %H.%M}"
    click.secho(f"{when}  ", dim=True, nl=False)
    click.secho(headline(notice, words.language), bold=True)
    click.echo(f"  {body(notice, words.language)}")
