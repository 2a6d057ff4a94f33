"""``pamit snooze``: put the reminders of a case off."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from gettext import gettext

import click

from pamit.surfaces.cli.memory import opened
from pamit.surfaces.cli.options import Options
from pamit.surfaces.cli.source import Moment
from pamit.surfaces.cli.words import Words

__all__ = ["build"]

_WRITTEN = re.compile(r"(\d{1,4})\s*([mhdj])")
_UNITS = {"m": "minutes", "h": "hours", "j": "hours", "d": "days"}


class _Length(click.ParamType[timedelta]):
    """A length of time such as ``30m``, ``2h`` (or ``2j``, jam) or ``1d``."""

    name = "length"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        if isinstance(value, timedelta):
            return value
        found = _WRITTEN.fullmatch(str(value).strip().lower())
        if found is None:
            self.fail(gettext("{value!r} is not a length like 30m, 2h or 1d.").format(value=value), param, ctx)
        return timedelta(**{_UNITS[found[2]]: int(found[1])})


def build(words: Words) -> click.Command:
    """The command in one language."""
    options = Options(words)

    def snooze(case: str, length: timedelta, until: datetime | None, step: str | None, now: datetime | None) -> None:
        from pamit.bootstrap import here
        from pamit.domain.terms import StepKind
        from pamit.surfaces.cli.source import now as present

        moment = now or present()
        with opened() as pamit:
            again = until or moment + length
            put_off = pamit.snooze(case, again, moment, StepKind(step) if step else None)
        local = again.astimezone(here())
        for one in put_off:
            click.echo(words("remind.snoozed", step=words(f"do.{one.do}"), until=f"{local:%Y-%m-%d %H.%M}"))

    return click.Command(
        "snooze",
        callback=snooze,
        help=words("help.snooze"),
        params=[
            options.case(),
            options.option("--for", "length", key="snooze_for", type=_Length(), default="1h", show_default=True),
            options.option("--until", key="snooze_until", type=Moment()),
            options.steps(),
            options.now(),
            options.language(),
        ],
    )
