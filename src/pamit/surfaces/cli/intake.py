"""From the options of a command to an invitation that has been read, or to a case that is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.caseid import is_case_id
from pamit.domain.interview import Case
from pamit.domain.invitation import Invitation
from pamit.surfaces.cli.source import now as present
from pamit.surfaces.cli.source import read_bytes
from pamit.surfaces.cli.words import Words

__all__ = ["Taken", "take_in"]


@dataclass(frozen=True)
class Taken:
    """An invitation and the moment it is looked at.

    Attributes:
        assumed_receipt: the moment of receipt that was assumed because nothing states one.
        data: the file as it is stored; of a case, its latest message.
        name: its name; None for standard input.
        stored: the case that was named instead of a file.
        own_days: the days of one's own that the settings name, where a case was opened.
    """

    invitation: Invitation
    now: datetime
    assumed_receipt: datetime | None
    data: bytes
    name: str | None
    stored: Case | None = None
    own_days: OwnDays | None = None

    @property
    def case(self) -> Case:
        """The case as it is kept, or a fresh one from the invitation."""
        from pamit.services.cases import case_of

        return self.stored or case_of(self.invitation)


def take_in(
    file: str,
    words: Words,
    *,
    received: datetime | None,
    channel_in: str | None,
    subject: str | None,
    sender: str | None,
    now: datetime | None = None,
) -> Taken:
    """Read the invitation in a file; where there is no such file, the case of that id.

    Raises:
        PamitError: as reading a file and an invitation do; ``no-such-case``.
    """
    from pamit.services.intake import read_source

    moment = now or present()
    if is_case_id(file) and not Path(file).exists():
        return _stored(file, moment)
    data = read_bytes(file, words)
    name = None if file == "-" else Path(file).name
    invitation = read_source(
        data,
        name=name,
        subject=subject,
        sender=sender,
        received=received,
        channel=channel_in,
        now=moment,
    )
    assumed = moment if received is None and invitation.received == moment else None
    return Taken(invitation, moment, assumed, data, name)


def _stored(case: str, now: datetime) -> Taken:
    from pamit.surfaces.cli.memory import opened

    with opened() as pamit:
        dossier, sources = pamit.case(case), pamit.sources(case)
        data = pamit.source(sources[-1].digest) if sources else b""
        name = sources[-1].name if sources else None
        return Taken(pamit.invitation(case), now, None, data, name, dossier.case, pamit.own_days)
