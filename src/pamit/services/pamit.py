"""The one face of the memory: a method for each thing a person can do, each a call of one service."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import BinaryIO

from pamit.domain.calendar.quiet import DEFAULT_QUIET, QuietHours
from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.interview import Event
from pamit.domain.invitation import Invitation
from pamit.domain.log import Dossier
from pamit.domain.plan import Plan, Step
from pamit.domain.reminder import Person
from pamit.domain.terms import Language, StepKind
from pamit.services import adding, agenda, editing, feed, health, insight, portability, reminding, viewing
from pamit.services.adding import Added, Match
from pamit.services.agenda import Agenda
from pamit.services.health import Health
from pamit.services.insight import Stats
from pamit.services.portability import Imported
from pamit.services.ports import Archive, IndexRow, Listing, Notice, Notifier, Seal, Source, SourceRef, Store
from pamit.services.reminding import Round

__all__ = ["Pamit"]


class Pamit:
    """Everything a person can do with their cases.

    A facade without logic; :func:`pamit.bootstrap.open_pamit` makes one. Every ``now`` is the aware present moment.
    Use it as a context manager, or call :meth:`close`.

    Args:
        own_days: free or worked days beside the decreed ones.
        quiet: when not to disturb the person.
    """

    def __init__(
        self,
        store: Store,
        archive: Archive,
        seal: Seal,
        own_days: OwnDays | None = None,
        *,
        quiet: QuietHours = DEFAULT_QUIET,
    ) -> None:
        self.store = store
        self.archive = archive
        self.seal = seal
        self.own_days = own_days or OwnDays()
        self.quiet = quiet

    def __enter__(self) -> Pamit:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of files and connections."""
        self.store.close()

    # -- taking in ------------------------------------------------------------------------------------------------

    def recognise(self, invitation: Invitation, source: Source, now: datetime) -> Match | None:
        """The case that a message belongs to, and why; see :func:`pamit.services.adding.recognise`."""
        return adding.recognise(self.store, invitation, source, now)

    def add(
        self,
        invitation: Invitation,
        source: Source,
        now: datetime,
        *,
        settled: Mapping[str, str] | None = None,
        case: str | None = None,
        new: bool = False,
    ) -> Added:
        """Keep a message as a new case or within the one it belongs to; see :func:`pamit.services.adding.add`."""
        return adding.add(self.store, self.own_days, invitation, source, now, settled=settled, case=case, new=new)

    # -- looking --------------------------------------------------------------------------------------------------

    def list(self, wanted: Listing, now: datetime) -> list[IndexRow]:
        """The cases that match; see :func:`pamit.services.agenda.list_cases`."""
        return agenda.list_cases(self.store, self.own_days, wanted, now)

    def case(self, case: str) -> Dossier:
        """A case with its whole log; see :func:`pamit.services.viewing.open_case`."""
        return viewing.open_case(self.store, case)

    def sources(self, case: str) -> tuple[SourceRef, ...]:
        """The messages of a case; see :func:`pamit.services.viewing.sources_of`."""
        return viewing.sources_of(self.store, case)

    def source(self, digest: str) -> bytes:
        """The bytes of a message; see :func:`pamit.services.viewing.source_bytes`."""
        return viewing.source_bytes(self.store, digest)

    def invitation(self, case: str) -> Invitation:
        """A case as an invitation whose facts are settled; see :func:`pamit.services.viewing.invitation_of`."""
        return viewing.invitation_of(self.store, case)

    def plan(self, case: str, now: datetime) -> Plan:
        """What is open in a case; see :func:`pamit.services.viewing.plan_of`."""
        return viewing.plan_of(self.store, self.own_days, case, now)

    def due(self, until: datetime, now: datetime, limit: int | None = None) -> Agenda:
        """The steps of all cases due by a moment, soonest first; see :func:`pamit.services.agenda.due`."""
        return agenda.due(self.store, self.own_days, until, now, limit)

    def today(self, now: datetime, limit: int | None = None) -> Agenda:
        """What is due within the next 24 hours; see :func:`pamit.services.agenda.today`."""
        return agenda.today(self.store, self.own_days, now, limit)

    # -- putting down ---------------------------------------------------------------------------------------------

    def edit(self, case: str, written: Mapping[str, str], now: datetime, *, version: int | None = None) -> Dossier:
        """Correct facts; see :func:`pamit.services.editing.edit`."""
        return editing.edit(self.store, self.own_days, case, written, now, version=version)

    def note(
        self,
        case: str,
        now: datetime,
        *,
        event: Event | None = None,
        words: str | None = None,
        facts: Mapping[str, str] | None = None,
        at: datetime | None = None,
        version: int | None = None,
    ) -> Dossier:
        """Put down what happened; see :func:`pamit.services.editing.note`."""
        return editing.note(self.store, self.own_days, case, now, event=event, words=words, facts=facts, at=at, version=version)

    def close_case(self, case: str, now: datetime, words: str | None = None) -> Dossier:
        """Close a case; see :func:`pamit.services.editing.close_case`."""
        return editing.close_case(self.store, self.own_days, case, now, words)

    def reopen(self, case: str, now: datetime, words: str | None = None) -> Dossier:
        """Take a closed case up again; see :func:`pamit.services.editing.reopen`."""
        return editing.reopen(self.store, self.own_days, case, now, words)

    def undo(self, case: str, now: datetime, *, version: int | None = None) -> Dossier:
        """Take back the last change of a case; see :func:`pamit.services.editing.undo`."""
        return editing.undo(self.store, self.own_days, case, now, version=version)

    def delete(self, case: str) -> None:
        """Remove a case for good; see :func:`pamit.services.editing.delete`."""
        editing.delete(self.store, case)

    # -- reminding ------------------------------------------------------------------------------------------------

    def give_reminders(self, notifier: Notifier, here: tzinfo, now: datetime, *, owner: str) -> Round:
        """Give some of the reminders that are due; see :func:`pamit.services.reminding.give_due`."""
        return reminding.give_due(self.store, self.own_days, notifier, Person(here, self.quiet), now, owner=owner)

    def reminders(self, here: tzinfo, now: datetime, limit: int, until: datetime | None = None) -> tuple[Notice, ...]:
        """The reminders that come next; see :func:`pamit.services.reminding.upcoming`."""
        return reminding.upcoming(self.store, self.own_days, Person(here, self.quiet), now, limit, until)

    def snooze(self, case: str, until: datetime, now: datetime, do: StepKind | None = None) -> tuple[Step, ...]:
        """Put off the reminders of a case; see :func:`pamit.services.reminding.snooze`."""
        return reminding.snooze(self.store, self.own_days, case, until, now, do)

    def feed(self, here: tzinfo, now: datetime, language: Language, *, with_links: bool = False) -> bytes:
        """Everything open as a calendar; see :func:`pamit.services.feed.calendar_feed`."""
        person = Person(here, self.quiet)
        return feed.calendar_feed(self.store, self.own_days, person, now, language, with_links=with_links)

    # -- looking back ---------------------------------------------------------------------------------------------

    def stats(self, now: datetime) -> Stats:
        """Figures over all cases; see :func:`pamit.services.insight.stats`."""
        return insight.stats(self.store, now)

    # -- keeping --------------------------------------------------------------------------------------------------

    def export(self, out: BinaryIO, now: datetime) -> int:
        """Write everything as an archive; see :func:`pamit.services.portability.export_all`."""
        return portability.export_all(self.store, self.archive, out, now)

    def import_(self, file: BinaryIO, now: datetime) -> Imported:
        """Take in an archive; see :func:`pamit.services.portability.import_all`."""
        return portability.import_all(self.store, self.own_days, self.archive, file, now)

    def backup(self, out: BinaryIO, passphrase: str, now: datetime) -> int:
        """Write everything, encrypted; see :func:`pamit.services.portability.backup`."""
        return portability.backup(self.store, self.archive, self.seal, out, passphrase, now)

    def restore(self, file: BinaryIO, passphrase: str, now: datetime) -> Imported:
        """Take in a backup; see :func:`pamit.services.portability.restore`."""
        return portability.restore(self.store, self.own_days, self.archive, self.seal, file, passphrase, now)

    def examine(self, now: datetime, *, mend: bool = False) -> Health:
        """Examine the store; see :func:`pamit.services.health.examine`."""
        return health.examine(self.store, self.own_days, now, mend=mend)
