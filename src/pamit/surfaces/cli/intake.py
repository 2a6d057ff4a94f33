"""From the options of a command to an invitation that has been read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

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
        data: the file as it is stored.
        name: its name; None for standard input.
    """

    invitation: Invitation
    now: datetime
    assumed_receipt: datetime | None
    data: bytes
    name: str | None


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
    """Read the invitation in a file.

    Raises:
        PamitError: as reading a file and an invitation do.
    """
    from pamit.services.intake import read_source

    moment = now or present()
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
