"""Trying a message out before it is let in: what a stranger sent is first read whole where nothing is lost if it breaks.

Reading is bounded by limits already (:mod:`pamit.formats.limits`); this is for what nobody thought of. Nothing comes back
from a trial but a word, so nothing that was read there has to be believed: a message that passed is read again by whoever
wants its facts.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from pamit.domain.invitation import Invitation
from pamit.errors import ErrorKind, PamitError
from pamit.services.origin import Given, source_of

__all__ = ["Trial", "read_tried", "read_whole", "unreadable"]


class Trial(Protocol):
    """Where messages are tried out: with so much memory and time, and no more."""

    def attempt(self, data: bytes, name: str | None, now: datetime) -> None:
        """Do with a message all that :func:`read_whole` does. Being refused by a limit is no failure; breaking is.

        Raises:
            PamitError: REFUSED ``could-not-be-read``, see :func:`unreadable`.
        """

    def close(self) -> None:
        """Let go of the place."""


def unreadable(reason: str) -> PamitError:
    """What is said of a message that broke its reader.

    Args:
        reason: ``time``, ``memory``, ``ended`` (the place of the trial was gone) or ``fault`` (a mistake of Pamit's own).
    """
    return PamitError(ErrorKind.REFUSED, "could-not-be-read", f"The message could not be read ({reason}).", reason=reason)


def read_whole(data: bytes, name: str | None, now: datetime) -> None:
    """Everything that Pamit ever does with a message on the way in: taken apart, read, searched, its ids and answers found."""
    # Imported here: only a place of trial needs all of them at once.
    from pamit.services.calendar_answer import calendars_of
    from pamit.services.intake import read_source
    from pamit.services.source_text import words_of_source

    source_of(data, Given(name))
    words_of_source(data, name)
    calendars_of(data, name)
    _report_in(data)
    try:
        read_source(data, name=name, now=now)
    except PamitError:
        return  # said again, in words, to whoever reads it


def _report_in(data: bytes) -> None:
    from pamit.formats.email.report import read_delivery_report

    try:
        read_delivery_report(data)
    except PamitError:
        return


def read_tried(trial: Trial | None, data: bytes, given: Given, now: datetime) -> Invitation:
    """Read a message that was handed over, once it has passed its trial.

    Args:
        trial: None where there is no other place, as within a browser.
        given: what the person says of it.

    Raises:
        PamitError: as :meth:`Trial.attempt` and :func:`pamit.services.intake.read_source`.
    """
    from pamit.services.intake import read_source

    if trial is not None:
        trial.attempt(data, given.name, now)
    return read_source(
        data,
        name=given.name,
        subject=given.subject,
        sender=given.sender,
        received=given.received,
        channel=given.channel,
        now=now,
    )
