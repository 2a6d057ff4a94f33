"""``pamit worker``: do what is due, as long as it runs."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pamit.surfaces.cli.mail_round import carry_mail, soonest
from pamit.surfaces.cli.memory import opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.renewal import renew
from pamit.surfaces.cli.words import Words

if TYPE_CHECKING:
    from pamit.errors import PamitError

__all__ = ["build"]


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def worker(notify: str, feed: Path | None) -> None:
        from pamit.bootstrap import here, make_engine, make_notifier, worker_name

        notifier, owner = make_notifier(notify, words.language, sys.stdout), worker_name()

        def trouble(error: PamitError) -> None:
            click.echo(words("remind.trouble", code=error.code), err=True)

        with opened() as pamit:

            def work(now: datetime) -> datetime | None:
                place = here()
                done = pamit.give_reminders(notifier, place, now, owner=owner)
                if done.failed:
                    click.echo(words("remind.failed", count=done.failed), err=True)
                if feed is not None:
                    renew(feed, pamit.feed(place, now, words.language))
                return soonest(done.next_at, carry_mail(pamit, words, now, owner))

            click.echo(words("remind.working"), err=True)
            make_engine(trouble).run(work)
        click.echo(words("remind.stopped"), err=True)

    return click.Command(
        "worker",
        callback=worker,
        help=words("help.worker"),
        params=[
            options.notify(),
            options.option("--feed", key="worker_feed", type=click.Path(path_type=Path, dir_okay=False)),
            options.language(),
        ],
    )
