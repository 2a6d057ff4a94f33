"""The worker's round of mail: what is due goes out, copies are filed, now and then the mailboxes are looked into."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from pamit.errors import PamitError
from pamit.surfaces.cli.words import Words

if TYPE_CHECKING:
    from pamit.services.pamit import Pamit

__all__ = ["carry_mail", "soonest"]

_LOOK_EVERY = timedelta(minutes=5)


def soonest(*moments: datetime | None) -> datetime | None:
    """The first of several moments; None where there is none."""
    return min((moment for moment in moments if moment is not None), default=None)


class _Looked:
    """When the mailboxes were last looked into by this process; it may forget that at any moment."""

    at: datetime | None = None


def carry_mail(pamit: Pamit, words: Words, now: datetime, owner: str) -> datetime | None:
    """One round; when there is more to do."""
    accounts = pamit.accounts()
    if not accounts:
        return None
    from pamit.bootstrap import make_transport

    done = pamit.deliver(make_transport(), now, owner=owner)
    # What a worker says ends in the system's log: no addresses, no subjects, no words of anybody's.
    for message in (*done.settled, *done.doubtful):
        state, trouble = words(f"send_state.{message.state}"), words(f"trouble.{message.trouble}") if message.trouble else ""
        click.echo(f"{message.id}  {state}  {message.case}  {trouble}".rstrip())
    if not any(one.imap is not None for one in accounts):
        return done.next_at
    if done.settled or done.doubtful or _Looked.at is None or not timedelta(0) <= now - _Looked.at < _LOOK_EVERY:
        _Looked.at = now
        _look(pamit, words, now)
    return soonest(done.next_at, _Looked.at + _LOOK_EVERY)


def _look(pamit: Pamit, words: Words, now: datetime) -> None:
    from secrets import token_bytes

    from pamit.bootstrap import make_mailbox

    mailbox = make_mailbox()
    with suppress(PamitError):
        pamit.settle_copies(mailbox, now)
    found = pamit.sync(mailbox, now, random=token_bytes)
    for one in found.proposals:
        click.echo(f"{one.id}  {words(f'meaning.{one.meaning}')}  → {one.case or words('inbox.new_case')}")
    for address, code in found.failed:
        click.echo(words("error.sync-failed", address=address, trouble=code), err=True)
