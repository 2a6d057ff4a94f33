"""Taking invitations that a scan found into the memory, with the answers that were given to them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.interview import Event
from pamit.domain.terms import Channel, EventKind
from pamit.errors import PamitError
from pamit.services.adding import MatchKind, add
from pamit.services.editing import note
from pamit.services.intake import read_source
from pamit.services.origin import Given, source_of
from pamit.services.ports import Store
from pamit.services.scan_ports import Archive
from pamit.services.scanning import Scanned

__all__ = ["AddedScanned", "add_scanned"]


@dataclass(frozen=True)
class AddedScanned:
    """What became of one of them.

    Attributes:
        case: the case it is in; None where it was refused.
        match: what it is to a case that was there before; None for a new one.
        trouble: the code of the error that refused it.
    """

    number: int
    case: str | None
    match: MatchKind | None = None
    trouble: str | None = None


def add_scanned(
    store: Store, own_days: OwnDays, archive: Archive, chosen: Sequence[Scanned], now: datetime
) -> tuple[AddedScanned, ...]:
    """Keep invitations as cases, the oldest first; one that is refused stops none of the others."""
    data = dict(archive.fetch([one.mail.place for one in chosen])) if chosen else {}
    ordered = sorted(chosen, key=lambda one: (one.mail.received_at or now, one.mail.place))
    added = [_added(store, own_days, one, data.get(one.mail.place), now) for one in ordered]
    return tuple(sorted(added, key=lambda one: one.number))


def _added(store: Store, own_days: OwnDays, one: Scanned, data: bytes | None, now: datetime) -> AddedScanned:
    if data is None:
        return AddedScanned(one.number, None, trouble="no-such-source")
    try:
        invitation = read_source(data, name="mail.eml", now=now)
        found = add(store, own_days, invitation, source_of(data, Given("mail.eml", invitation.received)), now)
    except PamitError as error:
        return AddedScanned(one.number, None, trouble=error.code)
    case = found.dossier.id
    answer = one.answer
    if found.match is None and answer is not None and answer.purpose is not None and answer.at is not None:
        event = Event(min(answer.at, now), EventKind.MESSAGE_SENT, answer.purpose, Channel.EMAIL)
        # An answer that the case cannot take stays out of it; the invitation is kept.
        with suppress(PamitError):
            note(store, own_days, case, now, event=event)
    return AddedScanned(one.number, case, found.match.kind if found.match else None)
