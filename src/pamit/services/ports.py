"""What the services ask of the outside: the store, archives and seals. The adapters fulfil it; only bootstrap joins the two.

A store gives out units. Everything read within one unit belongs to one moment; a writing unit holds the only right to write
until it ends, and it is kept whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import BinaryIO, Protocol

from pamit.domain.insight import History
from pamit.domain.log import Dossier, Entry
from pamit.domain.reminder import Mark, Reminder
from pamit.domain.search import Passage, PassageKind, Query
from pamit.domain.terms import Stage
from pamit.services.mail_ports import KeptAccounts, KeptInbox, KeptOutbox
from pamit.services.program_ports import KeptPrograms

__all__ = [
    "Archive", "Bundle", "Engine", "Flaw", "IndexRow", "KeptGleanings", "KeptReminders", "Listing", "Notice", "Notifier",
    "Reading", "Seal", "Source", "SourceRef", "Store", "Writing",
]  # fmt: skip


@dataclass(frozen=True)
class IndexRow:
    """What is derived of one case and kept beside it, so that questions about all cases need not read them all.

    Attributes:
        due_at: the soonest moment at which a step is due (of an overdue one: was due); None where nothing is to be done.
        opens_at: the soonest moment at which a step may be done.
        changes_at: the next moment at which the plan is no longer as it is; None where only an event can change it.
        derived_at: the moment for which it was derived; it holds from then until ``changes_at``.
        company_key, position_key: folded for comparison; ``search`` holds both names, folded, to look for a part of them.
        start_at, end_at: of the interview; an end that is not stated is assumed.
    """

    case: str
    stage: Stage
    derived_at: datetime
    company: str | None = None
    position: str | None = None
    company_key: str | None = None
    position_key: str | None = None
    search: str = ""
    start_at: datetime | None = None
    end_at: datetime | None = None
    due_at: datetime | None = None
    opens_at: datetime | None = None
    changes_at: datetime | None = None


@dataclass(frozen=True)
class SourceRef:
    """A message as it came, without its bytes.

    Attributes:
        digest: SHA-256 of the bytes, in hexadecimal.
        received, subject, sender, channel: as the person gave them beside the file; needed to read it again.
        message_id: of a mail, with its brackets.
        uid, recurrence, revision: of the calendar object it carries: byte for byte; the instance of a series as an instant
            in ISO 8601; SEQUENCE or its like.
        author: the mail address of sender or organizer, folded.
    """

    digest: str
    size: int
    name: str | None = None
    received: datetime | None = None
    subject: str | None = None
    sender: str | None = None
    channel: str | None = None
    message_id: str | None = None
    uid: str | None = None
    recurrence: str | None = None
    revision: int | None = None
    author: str | None = None


@dataclass(frozen=True)
class Source:
    """A message as it came, byte for byte."""

    ref: SourceRef
    data: bytes


@dataclass(frozen=True)
class Bundle:
    """A case with everything that belongs to it, as it travels in an archive."""

    dossier: Dossier
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Listing:
    """Which cases to list.

    Attributes:
        stages: empty for every stage.
        text: a part of company or position, folded before comparison.
        due_from, due_until: only cases whose soonest step is due (or was due) within these bounds.
        overlaps: only interviews that overlap this span of time.
        limit: how many at most.
        order: ``due`` (soonest first, those without anything due last), ``start``, ``company``, or ``id``, which no change
            disturbs; ``after``: only cases of a later id.
    """

    stages: frozenset[Stage] = frozenset()
    text: str | None = None
    due_from: datetime | None = None
    due_until: datetime | None = None
    overlaps: tuple[datetime, datetime] | None = None
    company_key: str | None = None
    limit: int | None = None
    order: str = "due"
    after: str | None = None


@dataclass(frozen=True)
class Flaw:
    """Something in the store that is not as it should be.

    Attributes:
        code: kebab-case: ``damaged-file``, ``broken-reference``, ``source-changed``, ``log-gap``, ``index-differs`` …
        case: the case concerned.
    """

    code: str
    case: str | None = None
    detail: str | None = None


class KeptReminders(Protocol):
    """What is kept of reminders: they are derived from the plan, only that they were given or put off is not.

    Every case has a moment at which it is to be looked at next; a change of its index makes that now.
    """

    def marks(self, cases: Sequence[str]) -> Mapping[str, Mapping[str, Mark]]:
        """What is kept of the reminders of these cases, by case and key."""

    def waiting(self, now: datetime, limit: int) -> list[str]:
        """The cases to be looked at by now, those that have waited longest first."""

    def next_look(self) -> datetime | None:
        """The soonest moment at which a case is to be looked at or its plan changes."""

    def basis(self) -> str | None:
        """What the next looks were reckoned with: another place or other quiet hours mean that all are to be looked at."""

    def put(self, case: str, key: str, mark: Mark) -> None:
        """Keep a mark in place of the one under the same key."""

    def drop(self, case: str, key: str) -> None:
        """Forget a mark."""

    def look_at(self, case: str, moment: datetime | None) -> None:
        """Set when a case is to be looked at next; None for not before something changes."""

    def look_at_all(self, moment: datetime, basis: str) -> None:
        """Have every case with something ahead looked at, and remember with what the looks are reckoned from now on."""


class KeptGleanings(Protocol):
    """What is gleaned from the log and the messages of a case: its words, to be found, and its history, to look back upon.

    It is derived from them alone, at leisure: a change of either drops it, and whoever asks for it next derives it anew.
    """

    def waiting(self, limit: int) -> list[str]:
        """Cases of which nothing is kept, the newest first."""

    def count_waiting(self) -> int:
        """How many there are."""

    def put(self, case: str, passages: Sequence[Passage], history: History) -> None:
        """Keep what was gleaned of a case, in place of what was kept."""

    def drop_all(self) -> None:
        """Forget what was gleaned of all cases."""

    def find(self, kind: PassageKind, query: Query, limit: int) -> list[Passage]:
        """The passages that answer a question, those gleaned last first."""

    def holds(self, case: str) -> bool:
        """Whether what is kept of a case holds."""

    def passages(self, case: str) -> list[Passage]:
        """The passages of a case, in order."""

    def histories(self) -> Iterator[tuple[str, History]]:
        """The history of every case of which it is kept."""


class Reading(Protocol):
    """The right to read, all of it as of one moment."""

    def cases(self) -> Iterator[str]:
        """The ids of all cases, in order of their beginning."""

    def count(self) -> int:
        """How many cases there are."""

    def dossier(self, case: str) -> Dossier:
        """A case with its log.

        Raises:
            PamitError: MISSING ``no-such-case``.
        """

    def dossiers(self, cases: Sequence[str]) -> list[Dossier]:
        """Several cases with their logs, in the order asked for; unknown ids are left out."""

    def case_of_uid(self, uid: str) -> str | None:
        """The id of the case with that worldwide name."""

    def sources(self, case: str) -> tuple[SourceRef, ...]:
        """The messages of a case, in the order in which they came."""

    def source(self, digest: str) -> bytes:
        """The bytes of a message.

        Raises:
            PamitError: MISSING ``no-such-source``.
        """

    def by_digest(self, digest: str) -> list[str]:
        """The cases to which a message of that digest belongs."""

    def by_message_id(self, ids: Sequence[str]) -> list[str]:
        """The cases to which mails of these ids belong."""

    def by_uid(self, uid: str) -> list[tuple[str, SourceRef]]:
        """The cases to which calendar objects of that UID belong, with the message that carried it; oldest first."""

    def index(self, case: str) -> IndexRow | None:
        """What is kept of a case."""

    def listing(self, wanted: Listing) -> list[IndexRow]:
        """What is kept of the cases that match, in the order asked for."""

    def tally(self, wanted: Listing) -> int:
        """How many cases match, whatever the limit."""

    def outdated(self, now: datetime, limit: int) -> list[str]:
        """Cases whose index does not hold now: the plan has changed since, or the clock was set back."""

    def pulse(self) -> str:
        """A short text that any change of any case makes another; the same text means that nothing has changed."""

    def index_basis(self) -> str | None:
        """What the index was derived with; another basis means that it must be derived anew."""

    @property
    def reminders(self) -> KeptReminders:
        """What is kept of reminders; it can be changed only in a unit for writing."""

    @property
    def gleanings(self) -> KeptGleanings:
        """What is gleaned from cases; the same holds."""

    @property
    def accounts(self) -> KeptAccounts:
        """The mail accounts; the same holds."""

    @property
    def outbox(self) -> KeptOutbox:
        """The messages of the person's own; the same holds."""

    @property
    def inbox(self) -> KeptInbox:
        """What mails that came in propose; the same holds."""

    @property
    def programs(self) -> KeptPrograms:
        """What is kept of programs that ask; the same holds."""

    def flaws(self) -> Iterator[Flaw]:
        """What is damaged in the store itself: the file, references, gaps in logs, bytes that do not give their digest."""


class Writing(Reading, Protocol):
    """The right to write, held by one at a time."""

    def create(self, wanted: str | None = None, uid: str | None = None) -> tuple[str, str]:
        """Begin a case.

        Args:
            wanted: an id to take if it is free; a fresh one otherwise.
            uid: the worldwide name of a case that was copied; a fresh one otherwise.

        Returns:
            id and uid.
        """

    def append(self, case: str, entries: Sequence[Entry], after: int) -> None:
        """Add to the log of a case, whose last entry must have the number ``after``.

        Raises:
            PamitError: CONFLICT ``case-moved-on`` where it has another; MISSING ``no-such-case``.
        """

    def attach(self, case: str, source: Source) -> None:
        """Keep a message with a case; the same bytes are kept once."""

    def put_index(self, row: IndexRow) -> None:
        """Keep what is derived of a case."""

    def set_index_basis(self, basis: str) -> None:
        """Remember what the index was derived with."""

    def delete(self, case: str) -> None:
        """Remove a case with everything that belongs to it alone.

        Raises:
            PamitError: MISSING ``no-such-case``.
        """


class Store(Protocol):
    """Where everything is kept."""

    def reading(self) -> AbstractContextManager[Reading]:
        """A unit for reading."""

    def writing(self) -> AbstractContextManager[Writing]:
        """A unit for writing; an exception inside it undoes all of it.

        Raises:
            PamitError: UNAVAILABLE ``store-busy`` where another holds the right for too long.
        """

    def erase(self) -> None:
        """Remove everything, so that nothing of it can be read from the files either.

        Raises:
            PamitError: UNAVAILABLE ``store-busy`` where another reads or writes for too long; it can be done again.
        """

    def close(self) -> None:
        """Let go of files and connections."""


class Archive(Protocol):
    """Cases as one file that a person can keep, look into and carry elsewhere."""

    def write(self, out: BinaryIO, bundles: Iterable[Bundle], calendar: bytes) -> int:
        """Write an archive.

        Returns:
            how many cases it holds.
        """

    def read(self, file: BinaryIO) -> Iterator[Bundle]:
        """The cases in an archive.

        Raises:
            PamitError: INVALID ``not-an-archive``; REFUSED ``archive-too-large`` or ``archive-suspicious``.
        """


class Seal(Protocol):
    """Encryption by a passphrase."""

    def close(self, data: bytes, passphrase: str) -> bytes:
        """Encrypt."""

    def open(self, data: bytes, passphrase: str) -> bytes:
        """Decrypt.

        Raises:
            PamitError: REFUSED ``wrong-passphrase``; INVALID ``not-a-backup``.
        """


@dataclass(frozen=True)
class Notice:
    """A reminder as it reaches the person: facts only, no words of any message.

    Attributes:
        case: its id, to look at it.
        timezone: IANA name of the employer's zone.
        here: the zone in which the person is.
        key: the same for every delivery of the same reminder, so that a channel can replace rather than repeat it.
    """

    case: str
    key: str
    reminder: Reminder
    company: str | None
    position: str | None
    timezone: str
    here: tzinfo


class Notifier(Protocol):
    """A way to tell the person something."""

    def tell(self, notice: Notice) -> None:
        """Tell it, within a few seconds.

        Raises:
            PamitError: UNAVAILABLE ``not-told`` where it did not reach anybody.
        """


class Engine(Protocol):
    """What keeps work going: one person's loop, or a server's queue."""

    def run(self, work: Callable[[datetime], datetime | None]) -> None:
        """Have work done again and again until told to stop.

        Args:
            work: does what is due at a moment, in a short while, and says when there is more to do; it keeps nothing in
                memory, so any process can go on from wherever another was cut off.
        """
