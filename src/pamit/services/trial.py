"""Trying a message out before it is let in: what a stranger sent is first read whole where nothing is lost if it breaks.

Reading is bounded by limits already (:mod:`pamit.formats.limits`); this is for what nobody thought of. Nothing comes back
from a trial but a word, so nothing that was read there has to be believed: a message that passed is read again by whoever
wants its facts.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol

from pamit.errors import ErrorKind, PamitError

if TYPE_CHECKING:
    from pamit.domain.invitation import Invitation
    from pamit.services.origin import Given

__all__ = ["Trial", "needs_trial", "read_tried", "read_whole", "unreadable"]

_LONGEST_PLAIN: Final = 64 * 1024


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
    from pamit.services.origin import Given, source_of
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


def needs_trial(source: str | bytes, name: str | None) -> bool:
    """Whether a source is to be taken apart, as mails, calendars and pages are, or is longer than messages are.

    Plain words are only matched with patterns of our own, each of which is held to grow with its text alone; a trial would
    cost them more than reading them.
    """
    from pamit.formats.html import looks_like_html
    from pamit.services.intake import form_of, recognise_form

    if len(source) > _LONGEST_PLAIN or (isinstance(source, bytes) and b"\0" in source):
        return True
    if (form_of(source, name) if isinstance(source, bytes) else recognise_form(source, name)) != "text":
        return True
    return looks_like_html(source.decode("latin-1") if isinstance(source, bytes) else source)


def read_tried(trial: Trial | None, source: str | bytes, given: Given, now: datetime, *, dated: bool = True) -> Invitation:
    """Read a message that was handed over, once it has passed its trial where it needs one.

    Args:
        trial: None where there is no other place, as within a browser.
        given: what the person says of it.
        dated: whether words without a moment of receipt count as received now.

    Raises:
        PamitError: as :meth:`Trial.attempt` and :func:`pamit.services.intake.read_source`.
    """
    from pamit.services.intake import read_source

    if trial is not None and needs_trial(source, given.name):
        trial.attempt(source if isinstance(source, bytes) else source.encode("utf-8", "replace"), given.name, now)
    return read_source(
        source,
        name=given.name,
        subject=given.subject,
        sender=given.sender,
        received=given.received,
        channel=given.channel,
        now=now if dated else None,
    )
