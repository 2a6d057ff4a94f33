"""The one face of the memory: a method for each thing a person can do, each a call of one service."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any, BinaryIO

from pamit.domain.calendar.quiet import DEFAULT_QUIET, QuietHours
from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.interview import Candidate, Event
from pamit.domain.invitation import Invitation
from pamit.domain.log import Dossier
from pamit.domain.plan import Plan, Step
from pamit.domain.reminder import Person
from pamit.domain.search import MOST_FOUND, PassageKind
from pamit.domain.terms import Language, StepKind
from pamit.services import adding, agenda, calendar, editing, reminding, viewing
from pamit.services.adding import Added, Match
from pamit.services.agenda import Agenda
from pamit.services.calendar import Calendar
from pamit.services.ports import Archive, IndexRow, Listing, Notice, Notifier, Seal, Source, SourceRef, Store
from pamit.services.reminding import Round

if TYPE_CHECKING:
    from pamit.domain.account import Account
    from pamit.domain.message import Draft
    from pamit.domain.outbox import Outgoing, SendState
    from pamit.services.delivering import DeliveryRound
    from pamit.services.erasing import Erased
    from pamit.services.farewell import OwedFarewell
    from pamit.services.health import Health
    from pamit.services.insight import Stats
    from pamit.services.mail_ports import Mailbox, Proposal, Transport
    from pamit.services.origin import Given
    from pamit.services.portability import Imported
    from pamit.services.program_ports import Scope, Token
    from pamit.services.receiving import Synced
    from pamit.services.scan_adding import AddedScanned
    from pamit.services.scan_ports import Archive as MailArchive
    from pamit.services.scan_ports import Journal, ScanEngine
    from pamit.services.scanning import Scan, Scanned, ScanProgress
    from pamit.services.searching import Found
    from pamit.services.sending import Preview
    from pamit.services.trial import Trial

__all__ = ["Pamit"]


class Pamit:
    """Everything a person can do with their cases.

    A facade without logic; :func:`pamit.bootstrap.open_pamit` makes one. Every ``now`` is the aware present moment.
    Use it as a context manager, or call :meth:`close`.

    Args:
        own_days: free or worked days beside the decreed ones.
        quiet: when not to disturb the person.
        trial: where what strangers sent is tried out before it is read here; None where there is no such place.
    """

    def __init__(
        self,
        store: Store,
        archive: Archive,
        seal: Seal,
        own_days: OwnDays | None = None,
        *,
        quiet: QuietHours = DEFAULT_QUIET,
        trial: Trial | None = None,
    ) -> None:
        self.store = store
        self.archive = archive
        self.seal = seal
        self.own_days = own_days or OwnDays()
        self.quiet = quiet
        self.trial = trial

    def __enter__(self) -> Pamit:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of files, connections and processes."""
        if self.trial is not None:
            self.trial.close()
        self.store.close()

    # -- taking in ------------------------------------------------------------------------------------------------

    def read(self, source: str | bytes, given: Given, now: datetime, *, dated: bool = True) -> Invitation:
        """Read what was handed over, tried out first; see :func:`pamit.services.trial.read_tried`."""
        from pamit.services import trial

        return trial.read_tried(self.trial, source, given, now, dated=dated)

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

    def count(self) -> int:
        """How many cases there are; see :func:`pamit.services.viewing.count_cases`."""
        return viewing.count_cases(self.store)

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

    def calendar(self, first: date, last: date, now: datetime) -> Calendar:
        """Interviews and steps day by day, and what clashes; see :func:`pamit.services.calendar.calendar`."""
        return calendar.calendar(self.store, self.own_days, first, last, now)

    def today(self, now: datetime, limit: int | None = None) -> Agenda:
        """What is due within the next 24 hours; see :func:`pamit.services.agenda.today`."""
        return agenda.today(self.store, self.own_days, now, limit)

    def farewells(self, accepted: str, candidate: Candidate, now: datetime) -> Sequence[OwedFarewell]:
        """What is owed to all others once an offer is accepted; see :func:`pamit.services.farewell.farewells`."""
        from pamit.services import farewell

        return farewell.farewells(self.store, self.own_days, accepted, candidate, now)

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

    def delete(self, case: str, *, version: int | None = None) -> None:
        """Remove a case for good; see :func:`pamit.services.editing.delete`."""
        editing.delete(self.store, case, version=version)

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
        # Calendar formats take longer to import than most of what is done without them.
        from pamit.services import feed

        person = Person(here, self.quiet)
        return feed.calendar_feed(self.store, self.own_days, person, now, language, with_links=with_links)

    def feed_state(self, here: tzinfo, now: datetime, language: Language, *, with_links: bool = False) -> str:
        """Whether that calendar may have changed; see :func:`pamit.services.feed.feed_state`."""
        from pamit.services import feed

        person = Person(here, self.quiet)
        return feed.feed_state(self.store, self.own_days, person, now, language, with_links=with_links)

    # -- sending --------------------------------------------------------------------------------------------------
    # These services take mails apart, which most commands never do: they are imported where they are used.

    def prepare(self, case: str, draft: Draft, candidate: Candidate, now: datetime, **settings: Any) -> Preview:
        """Make a message ready and show all of it; see :func:`pamit.services.sending.prepare`."""
        from pamit.services import sending

        return sending.prepare(self.store, case, draft, candidate, now, **settings)

    def approve(
        self,
        message: str,
        digest: str,
        now: datetime,
        *,
        at: datetime | None = None,
        override: str | None = None,
        again: bool = False,
    ) -> Outgoing:
        """Say yes to the exact bytes of a message; see :func:`pamit.services.sending.approve`."""
        from pamit.services import sending

        return sending.approve(self.store, message, digest, now, at=at, override=override, again=again)

    def deliver(self, transport: Transport, now: datetime, *, owner: str, only: str | None = None) -> DeliveryRound:
        """Hand over what is due; see :func:`pamit.services.delivering.deliver_due`."""
        from pamit.services import delivering

        return delivering.deliver_due(self.store, self.own_days, transport, now, owner=owner, only=only)

    def settle_copies(self, mailbox: Mailbox, now: datetime) -> Sequence[Outgoing]:
        """Look for doubtful mails among the sent ones, and file copies; see :mod:`pamit.services.delivering`."""
        from pamit.services import delivering

        found = delivering.look_for_unknown(self.store, self.own_days, mailbox, now)
        return [*found, *delivering.file_copies(self.store, mailbox, now)]

    def calendar_file(
        self, case: str, draft: Draft, addresses: Sequence[str], now: datetime, proposed: datetime | None = None
    ) -> bytes | None:
        """The calendar answer that a message means; see :func:`pamit.services.sending.calendar_file`."""
        from pamit.services import sending

        part = sending.calendar_file(self.store, case, draft, addresses, now, proposed).part
        return part.data if part is not None else None

    def outbox(self, states: tuple[SendState, ...] = ()) -> Sequence[Outgoing]:
        """The person's own messages; see :func:`pamit.services.mailing.outgoing`."""
        from pamit.services import mailing

        return mailing.outgoing(self.store, states)

    def outgoing(self, message: str) -> tuple[Outgoing, bytes]:
        """One of them with its exact bytes; see :func:`pamit.services.mailing.one_outgoing`."""
        from pamit.services import mailing

        return mailing.one_outgoing(self.store, message)

    def cancel_message(self, message: str) -> Outgoing:
        """Take a message back before it goes; see :func:`pamit.services.sending.cancel`."""
        from pamit.services import sending

        return sending.cancel(self.store, message)

    def retry_message(self, message: str, now: datetime) -> Outgoing:
        """Try again at once; see :func:`pamit.services.sending.retry`."""
        from pamit.services import sending

        return sending.retry(self.store, message, now)

    def resolve_message(self, message: str, now: datetime, *, sent: bool) -> Outgoing:
        """Say whether a doubtful message went; see :func:`pamit.services.sending.resolve`."""
        from pamit.services import sending

        return sending.resolve(self.store, self.own_days, message, now, sent=sent)

    def hand_over(
        self, case: str, draft: Draft, via: str, data: bytes, now: datetime, random: Callable[[int], bytes]
    ) -> Outgoing:
        """Put down that a message was given to another program; see :func:`pamit.services.handing_over.hand_over`."""
        from pamit.services import handing_over

        return handing_over.hand_over(self.store, case, draft, via, data, now, random)

    # -- accounts and incoming mail -------------------------------------------------------------------------------

    def accounts(self) -> Sequence[Account]:
        """The mail accounts; see :func:`pamit.services.mailing.accounts`."""
        from pamit.services import mailing

        return mailing.accounts(self.store)

    def account(self, address: str) -> Account:
        """An account by its address; see :func:`pamit.services.mailing.account_of`."""
        from pamit.services import mailing

        return mailing.account_of(self.store, address)

    def put_account(self, account: Account) -> None:
        """Keep an account; see :func:`pamit.services.mailing.put_account`."""
        from pamit.services import mailing

        mailing.put_account(self.store, account)

    def drop_account(self, address: str) -> bool:
        """Forget an account; see :func:`pamit.services.mailing.drop_account`."""
        from pamit.services import mailing

        return mailing.drop_account(self.store, address)

    def sync(self, mailbox: Mailbox, now: datetime, *, random: Callable[[int], bytes]) -> Synced:
        """Look for new mails and propose what they change; see :func:`pamit.services.receiving.sync`."""
        from pamit.services import receiving

        return receiving.sync(self.store, mailbox, now, random=random, trial=self.trial)

    def proposals(self) -> Sequence[Proposal]:
        """What waits for the person's word; see :func:`pamit.services.mailing.open_proposals`."""
        from pamit.services import mailing

        return mailing.open_proposals(self.store)

    def accept(self, proposal: str, now: datetime) -> Proposal:
        """Apply what a mail proposes; see :func:`pamit.services.receiving.accept`."""
        from pamit.services import receiving

        return receiving.accept(self.store, self.own_days, proposal, now)

    def reject(self, proposal: str) -> Proposal:
        """Put a proposal aside; see :func:`pamit.services.receiving.reject`."""
        from pamit.services import receiving

        return receiving.reject(self.store, proposal)

    @staticmethod
    def scan(
        archive: MailArchive,
        engine: ScanEngine,
        journal: Journal,
        own: Sequence[str],
        now: datetime,
        *,
        thorough: bool = False,
        on_progress: Callable[[ScanProgress], None] | None = None,
    ) -> Scan:
        """Find the interviews in an archive of mail; see :func:`pamit.services.scanning.scan`."""
        from pamit.services import scanning

        return scanning.scan(archive, engine, journal, own, now, thorough=thorough, on_progress=on_progress)

    def add_scanned(self, archive: MailArchive, chosen: Sequence[Scanned], now: datetime) -> Sequence[AddedScanned]:
        """Keep invitations that a scan found; see :func:`pamit.services.scan_adding.add_scanned`."""
        from pamit.services import scan_adding

        return scan_adding.add_scanned(self.store, self.own_days, archive, chosen, now)

    # -- looking back ---------------------------------------------------------------------------------------------

    def stats(self, now: datetime) -> Stats:
        """Figures over all cases; see :func:`pamit.services.insight.stats`."""
        from pamit.services import insight

        return insight.stats(self.store, self.own_days, now)

    def search(self, written: str, language: Language, *, kind: PassageKind | None = None, limit: int = MOST_FOUND) -> Found:
        """Look for words everywhere; see :func:`pamit.services.searching.search`."""
        from pamit.services import searching

        return searching.search(self.store, written, language, kind=kind, limit=limit)

    # -- programs -------------------------------------------------------------------------------------------------

    def tokens(self) -> Sequence[Token]:
        """The tokens by which programs may ask; see :func:`pamit.services.programs.tokens`."""
        from pamit.services import programs

        return programs.tokens(self.store)

    def add_token(self, name: str, scope: Scope, now: datetime, random: Callable[[int], bytes]) -> tuple[Token, str]:
        """Make a token, which is shown this once; see :func:`pamit.services.programs.add_token`."""
        from pamit.services import programs

        return programs.add_token(self.store, name, scope, now, random)

    def revoke_token(self, token: str) -> Token:
        """Take a token back; see :func:`pamit.services.programs.revoke_token`."""
        from pamit.services import programs

        return programs.revoke_token(self.store, token)

    # -- keeping --------------------------------------------------------------------------------------------------

    def export(self, out: BinaryIO, now: datetime) -> int:
        """Write everything as an archive; see :func:`pamit.services.portability.export_all`."""
        from pamit.services import portability

        return portability.export_all(self.store, self.archive, out, now)

    def import_(self, file: BinaryIO, now: datetime) -> Imported:
        """Take in an archive; see :func:`pamit.services.portability.import_all`."""
        from pamit.services import portability

        return portability.import_all(self.store, self.own_days, self.archive, file, now)

    def backup(self, out: BinaryIO, passphrase: str, now: datetime) -> int:
        """Write everything, encrypted; see :func:`pamit.services.portability.backup`."""
        from pamit.services import portability

        return portability.backup(self.store, self.archive, self.seal, out, passphrase, now)

    def restore(self, file: BinaryIO, passphrase: str, now: datetime) -> Imported:
        """Take in a backup; see :func:`pamit.services.portability.restore`."""
        from pamit.services import portability

        return portability.restore(self.store, self.own_days, self.archive, self.seal, file, passphrase, now)

    def delete_all(self, forget: Callable[[str], None]) -> Erased:
        """Remove everything for good; see :func:`pamit.services.erasing.delete_all`."""
        from pamit.services import erasing

        return erasing.delete_all(self.store, forget)

    def examine(self, now: datetime, *, mend: bool = False) -> Health:
        """Examine the store; see :func:`pamit.services.health.examine`."""
        from pamit.services import health

        return health.examine(self.store, self.own_days, now, mend=mend)
