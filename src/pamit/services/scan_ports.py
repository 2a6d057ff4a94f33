"""What scanning an archive asks of its surroundings, and the values that go to and fro."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol

from pamit.domain.terms import InvitationKind

__all__ = ["Archive", "Chunk", "FoundMail", "Journal", "OwnMail", "Place", "RawMail", "ScanEngine", "Tally"]


@dataclass(frozen=True, order=True)
class Place:
    """Where a mail lies.

    Attributes:
        source: the file, or the folder of a mailbox, within the archive.
        offset, length: its bytes there; of a mailbox on a server the number of the mail.
    """

    source: str
    offset: int = 0
    length: int = 0


class RawMail(NamedTuple):
    """A mail as it lies in an archive.

    Attributes:
        is_own: it lies where only mails lie that the person sent.
    """

    place: Place
    data: bytes
    is_own: bool = False


@dataclass(frozen=True)
class FoundMail:
    """A mail that asks for an answer about an interview.

    Attributes:
        digest: SHA-256 of its bytes.
        thread: message ids of the mails it stands under.
        addresses: where an answer would go, in small letters.
        about: ``interview``, or ``meeting`` for a meeting request that does not speak of a candidacy.
        received_at: by its own header; None where that cannot be read.
        uids: of its calendar objects.
    """

    place: Place
    digest: str
    kind: InvitationKind
    about: Literal["interview", "meeting"]
    sender: str
    subject: str
    message_id: str | None = None
    thread: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    company: str | None = None
    position: str | None = None
    start: datetime | None = None
    received_at: datetime | None = None
    uids: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnMail:
    """A mail that the person sent, as far as matching needs it. Ids and addresses are kept as numbers made of them.

    Attributes:
        answers: the message ids it names; ``to``: whom it went to; ``subject``: without "Re:".
        uids: of the calendar objects it answers; ``partstat``: how.
    """

    place: Place
    sent_at: datetime | None
    answers: tuple[int, ...] = ()
    to: tuple[int, ...] = ()
    subject: int = 0
    uids: tuple[int, ...] = ()
    partstat: str | None = None


@dataclass(frozen=True)
class Tally:
    """What a part of an archive holds.

    Attributes:
        looked: mails looked at; ``skipped``: passed over as spam, thrown away or drafts; ``unreadable``: broken beyond reading.
        read: mails read in full.
        size: bytes of that part.
    """

    size: int = 0
    looked: int = 0
    skipped: int = 0
    unreadable: int = 0
    read: int = 0
    found: tuple[FoundMail, ...] = ()
    own: tuple[OwnMail, ...] = ()


class Chunk(Protocol):
    """A part of an archive that is worked on at once."""

    @property
    def key(self) -> str:
        """Its name, the same in every run over an unchanged archive."""

    @property
    def size(self) -> int:
        """Its bytes."""


class Archive(Protocol):
    """Mails that lie somewhere."""

    @property
    def size(self) -> int:
        """All its bytes (or mails, where bytes are not known), for telling how much is left; 0 where unknown."""

    @property
    def troubles(self) -> list[tuple[str, str]]:
        """What could not be read, and why, by its code."""

    def sample(self) -> bytes:
        """Some bytes from its beginning."""

    def chunks(self, done: Collection[str]) -> Iterator[Any]:
        """Its parts in order, those without that are done."""

    def mails(self, chunk: Any) -> Iterator[RawMail]:
        """The mails of a part."""

    def fetch(self, places: Collection[Place]) -> Iterator[tuple[Place, bytes]]:
        """Mails by their places, in any order."""


class Journal(Protocol):
    """What is kept of a scan while it goes on, so that one that is cut off goes on where it was."""

    def load(self) -> Mapping[str, Tally]:
        """What was done, by the chunks' names."""

    def put(self, key: str, tally: Tally) -> None:
        """Keep what a chunk held."""

    def drop(self) -> None:
        """Forget it all."""


class ScanEngine(Protocol):
    """What works through chunks, perhaps several at once."""

    def run(
        self, archive: Archive, done: Collection[str], work: Callable[[Iterable[RawMail]], Tally]
    ) -> Iterator[tuple[str, Tally]]:
        """What each chunk holds, in order."""
