"""Mails that come in: which case each belongs to, what it proposes there, and the person's yes or no before it is applied.

What is forged, stale or doubtful is shown with its reasons and never accepted together with others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from pamit.domain.account import Account
from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.facts import check_facts
from pamit.domain.invitation import Invitation
from pamit.domain.log import Dossier, Entry, EntryKind, changes_between
from pamit.domain.outbox import Outgoing, SendState
from pamit.domain.scheduling import Envelope, Known, OwnAnswer, Trust, TrustLevel, decide, trust_of
from pamit.domain.terms import Bilingual, InvitationKind, Stage
from pamit.errors import ErrorKind, PamitError
from pamit.formats.email import EmailMessageParts, parse_email
from pamit.formats.email.report import read_delivery_report
from pamit.services.adding import add
from pamit.services.calendar_answer import calendars_of
from pamit.services.incoming import Meaning, ProposedChange, propose
from pamit.services.indexing import keep_index
from pamit.services.intake import read_source, recognise_form
from pamit.services.mail_ports import FolderMark, Incoming, Mailbox, Proposal
from pamit.services.matching import Candidate, CaseTrace, match_cases, trace_of_mail
from pamit.services.origin import Given, source_of
from pamit.services.ports import Listing, Reading, Store, Writing
from pamit.services.scheduling_input import envelope_of, messages_of
from pamit.services.trial import Trial, unreadable

__all__ = ["Synced", "accept", "reject", "sync", "take_in"]

_FIRST_LOOK: Final = timedelta(days=14)
"""How far back a mailbox is read for the first time."""

_LEAST: Final = 0.5
"""Below this a match without ids is no more than an accident."""

_QUOTE: Final = 160
_HEAD_READ: Final = 16_384
_SHOWN_FIELDS: Final = re.compile(rb"^(from|subject):([^\r\n]{0,200})", re.IGNORECASE | re.MULTILINE)
_NEW_CASES: Final = frozenset(
    {
        InvitationKind.INVITATION,
        InvitationKind.AVAILABILITY_REQUEST,
        InvitationKind.RESCHEDULE_BY_EMPLOYER,
        InvitationKind.ASSESSMENT,
    }
)
_OPEN: Final = frozenset(stage for stage in Stage if stage != Stage.CLOSED)
_TRUSTED: Final = Trust(TrustLevel.FIRST, Bilingual("", ""))


@dataclass(frozen=True)
class Synced:
    """What a look into the mailboxes brought.

    Attributes:
        looked: how many mails were looked at.
        proposals: what came of them.
        failed: the accounts that could not be read, with the reason's code.
    """

    looked: int = 0
    proposals: tuple[Proposal, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()


@dataclass
class _Tally:
    looked: int = 0
    proposals: list[Proposal] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)


def sync(
    store: Store, mailbox: Mailbox, now: datetime, *, random: Callable[[int], bytes], trial: Trial | None = None
) -> Synced:
    """Look for new mails in every account and keep what they propose. One that cannot be read is kept as just that.

    Args:
        random: gives that many random bytes.
        trial: where each mail is tried out first; None where there is no such place.
    """
    with store.reading() as view:
        accounts = view.accounts.all()
    tally = _Tally()
    for account in accounts:
        if account.imap is None:
            continue
        try:
            _look(store, mailbox, account, accounts, now, random, trial, tally)
        except PamitError as error:
            tally.failed.append((account.address, error.code))
    return Synced(tally.looked, tuple(tally.proposals), tuple(tally.failed))


def _look(
    store: Store,
    mailbox: Mailbox,
    account: Account,
    accounts: Sequence[Account],
    now: datetime,
    random: Callable[[int], bytes],
    trial: Trial | None,
    tally: _Tally,
) -> None:
    def mark(folder: str) -> FolderMark | None:
        with store.reading() as view:
            return view.accounts.mark(account.address, folder)

    own = tuple(one for each in accounts for one in each.addresses)
    for folder, reached, mail in mailbox.new_mail(account, mark, now - _FIRST_LOOK):
        proposal = None
        if mail is not None:
            tally.looked += 1
            proposal = _taken_in(store, mail, account, own, now, random, trial)
        with store.writing() as unit:
            unit.accounts.put_mark(account.address, folder, reached)
        if proposal is not None:
            tally.proposals.append(proposal)


def _taken_in(
    store: Store,
    mail: Incoming,
    account: Account,
    own: Sequence[str],
    now: datetime,
    random: Callable[[int], bytes],
    trial: Trial | None,
) -> Proposal | None:
    """What a mail proposes. One that cannot be read stops nobody (T3–T8): it is kept, and the person told."""
    try:
        if trial is not None:
            trial.attempt(mail.data, "mail.eml", now)
        return take_in(store, mail.data, own, now, random=random, account=account.address)
    except PamitError as error:
        if error.kind not in (ErrorKind.INVALID, ErrorKind.REFUSED):
            raise  # the store or the reader is away: the mail is looked at again next time
    except Exception:  # a mistake of ours in one mail must not close the mailbox
        pass
    return _keep_unread(store, mail.data, account.address, now, random(5).hex())


def _keep_unread(store: Store, data: bytes, account: str, now: datetime, name: str) -> Proposal | None:
    """Keep a mail that could not be read, with what its first lines say of it."""
    digest = sha256(data).hexdigest()
    head = data[:_HEAD_READ].split(b"\r\n\r\n" if b"\r\n\r\n" in data[:_HEAD_READ] else b"\n\n", 1)[0]
    fields = {found[1].lower(): found[2] for found in _SHOWN_FIELDS.finditer(head)}
    said = {key: value.decode("ascii", "replace").replace("\ufffd", "?").strip() for key, value in fields.items()}
    proposal = Proposal(
        id=name,
        digest=digest,
        account=account,
        case=None,
        meaning=str(Meaning.UNREADABLE),
        came_at=now,
        sender=said.get(b"from", ""),
        subject=said.get(b"subject", ""),
        reasons=(_UNREAD,),
        asks=True,
        applies=False,
    )
    with store.writing() as unit:
        if unit.inbox.knows(digest, None) or unit.by_digest(digest):
            return None
        unit.inbox.add(proposal, data)
    return proposal


def take_in(
    store: Store,
    data: bytes,
    own: Sequence[str],
    now: datetime,
    *,
    random: Callable[[int], bytes],
    account: str | None = None,
) -> Proposal | None:
    """Keep what one mail proposes; None where it concerns no case, or is known.

    Args:
        own: all addresses of the person.

    Raises:
        PamitError: the limits of :func:`pamit.formats.email.parse_email`.
    """
    mail = parse_email(data)
    digest = sha256(data).hexdigest()
    mine = {one.casefold() for one in own}
    if mail.sender is not None and mail.sender.email.casefold() in mine:
        return None
    with store.writing() as unit:
        if unit.inbox.knows(digest, mail.message_id) or unit.by_digest(digest):
            return None
        if mail.message_id is not None and unit.by_message_id([mail.message_id]):
            return None
        proposal = _proposal(unit, data, mail, digest, own, now, random(5).hex(), account)
        if proposal is not None:
            unit.inbox.add(proposal, data)
        return proposal


def _proposal(
    view: Reading,
    data: bytes,
    mail: EmailMessageParts,
    digest: str,
    own: Sequence[str],
    now: datetime,
    name: str,
    account: str | None,
) -> Proposal | None:
    invitation = _read(data, now)
    candidate = _candidate(view, data, mail, invitation)
    base = Proposal(
        id=name,
        digest=digest,
        account=account,
        case=None,
        meaning=Meaning.INVITATION,
        came_at=min(mail.received or mail.date or now, now),
        sender=str(mail.sender) if mail.sender is not None else "",
        subject=mail.subject or "",
        message_id=mail.message_id,
    )
    if candidate is None:
        if invitation is None or invitation.kind not in _NEW_CASES:
            return None
        return replace(base, reasons=(_NEW_CASE,), confidence=0.8, asks=any(one.is_mark for one in invitation.warnings))
    dossier = view.dossier(candidate.case)
    changes = _changes(view, dossier, data, mail, invitation, own, now)
    if not candidate.by_id and all(one.meaning == Meaning.OTHER for one in changes):
        return None  # a person at the same house writes of something else
    trust = _trust(view, dossier, data, mail, own)
    quote = _quote(invitation, changes)
    reasons = tuple(dict.fromkeys(reason for one in changes for reason in one.reasons))
    return replace(
        base,
        case=dossier.id,
        meaning=str(changes[0].meaning) if changes else str(Meaning.OTHER),
        reasons=(*reasons, *(() if trust.is_enough else (trust.reason,))),
        evidence=tuple(one.message for one in candidate.evidence),
        quote=quote,
        confidence=min([candidate.confidence, *(one.confidence for one in changes)]),
        asks=not candidate.by_id or not trust.is_enough or any(one.asks for one in changes),
        applies=any(_applies(one) for one in changes),
    )


_UNREAD: Final = Bilingual(
    "Surel ini tidak dapat dibaca: terlalu besar, rusak, atau dibuat untuk merusak. Bukalah di program surel Anda; bila isinya "
    "undangan, tempelkan kata-katanya.",
    "This mail could not be read: it is too large, broken, or made to break things. Open it in your mail program; if it is an "
    "invitation, paste its words.",
)
_NEW_CASE: Final = Bilingual("Undangan baru: menjadi lamaran baru.", "A new invitation: it begins a new case.")


def _applies(change: ProposedChange) -> bool:
    return change.event is not None or bool(change.facts) or bool(change.undelivered)


def _quote(invitation: Invitation | None, changes: Sequence[ProposedChange]) -> str | None:
    span = next((one.evidence for one in changes if one.evidence is not None), None)
    if invitation is None or span is None:
        return None
    return " ".join(invitation.text[span[0] : span[1]].split())[:_QUOTE]


def _read(data: bytes, now: datetime) -> Invitation | None:
    try:
        return read_source(data, name="mail.eml", now=now)
    except PamitError:
        return None


# -- which case -------------------------------------------------------------------------------------------------------


def _candidate(view: Reading, data: bytes, mail: EmailMessageParts, invitation: Invitation | None) -> Candidate | None:
    """The case a mail most likely belongs to."""
    calendars = calendars_of(data, "mail.eml")
    trace = trace_of_mail(mail, calendars, invitation)
    named = [*trace.answers, *trace.references]
    report = read_delivery_report(data)
    if report is not None:
        trace = replace(trace, answers=(*trace.answers, *report.message_ids))
        named += report.message_ids
    cases = dict.fromkeys(view.by_message_id(named)) if named else {}
    cases |= dict.fromkeys(case for uid in trace.uids for case, _ in view.by_uid(uid))
    cases |= dict.fromkeys(row.case for row in view.listing(Listing(stages=_OPEN)))
    found = match_cases(trace, (_trace(view, dossier) for dossier in view.dossiers(list(cases))))
    best = next(iter(found), None)
    if best is None or (not best.by_id and best.confidence < _LEAST):
        return None
    return best


def _trace(view: Reading, dossier: Dossier) -> CaseTrace:
    refs = view.sources(dossier.id)
    interview = dossier.case.interview
    own = view.outbox.of_case(dossier.id)
    addresses = {one.author for one in refs if one.author} | {one.casefold() for each in own for one in each.recipients}
    if interview.contact.email:
        addresses.add(interview.contact.email.casefold())
    return CaseTrace(
        case=dossier.id,
        uids=frozenset(one.uid for one in refs if one.uid),
        message_ids=frozenset([one.message_id for one in refs if one.message_id] + [one.message_id for one in own]),
        addresses=frozenset(addresses),
        subjects=tuple(one.subject for one in own if one.subject),
        company=interview.company,
        position=interview.position,
        start=interview.start,
    )


# -- what it means ----------------------------------------------------------------------------------------------------


def _changes(
    view: Reading,
    dossier: Dossier,
    data: bytes,
    mail: EmailMessageParts,
    invitation: Invitation | None,
    own: Sequence[str],
    now: datetime,
) -> tuple[ProposedChange, ...]:
    return propose(
        data,
        dossier.case,
        invitation,
        _trust(view, dossier, data, mail, own),
        now,
        own_addresses=own,
        sent=view.outbox.ids(dossier.id),
        known=_known(view, dossier.id, own),
    )


def _trust(view: Reading, dossier: Dossier, data: bytes, mail: EmailMessageParts, own: Sequence[str]) -> Trust:
    mine = {one.casefold() for one in own}
    thread: list[Envelope] = []
    for kept, name in _messages(view, dossier.id):
        if recognise_form(kept[:16_384].decode("latin-1"), name) != "mail":
            continue
        earlier = parse_email(kept)
        if earlier.sender is not None and earlier.sender.email.casefold() not in mine:
            thread.append(envelope_of(earlier, calendars_of(kept, name)))
    return trust_of(envelope_of(mail, calendars_of(data, "mail.eml")), thread)


def _messages(view: Reading, case: str) -> Iterable[tuple[bytes, str | None]]:
    return ((view.source(ref.digest), ref.name) for ref in view.sources(case))


def _known(view: Reading, case: str, own: Sequence[str]) -> dict[str, Known]:
    """What is known of a case's meetings: what was taken in, in order, and what was answered."""
    found: dict[str, Known] = {}
    for number, (data, name) in enumerate(_messages(view, case)):
        for calendar in calendars_of(data, name):
            for message in messages_of(calendar, own, str(number)):
                decision = decide(message, found.get(message.uid, Known(message.uid)), _TRUSTED)
                if decision.applies:
                    found[message.uid] = decision.known
    for one in view.outbox.of_case(case):
        answer = one.answer
        if answer is not None and one.state == SendState.ACCEPTED:
            known = found.get(answer.uid, Known(answer.uid))
            found[answer.uid] = known.with_answer(OwnAnswer(answer.partstat, answer.sequence, answer.stamp, start=answer.start))
    return found


# -- the person's word ------------------------------------------------------------------------------------------------


def accept(store: Store, own_days: OwnDays, proposal: str, now: datetime) -> Proposal:
    """Apply what a mail proposes, in the light of the case as it is now; the mail is kept with it. Said twice, it counts once.

    Raises:
        PamitError: MISSING ``no-such-proposal``; CONFLICT ``already-settled``; REFUSED ``could-not-be-read``;
            else as :func:`pamit.services.adding.add`.
    """
    with store.reading() as view:
        present = view.inbox.get(proposal)
        if present.state != "open":
            raise _settled(present)
        if present.meaning == Meaning.UNREADABLE:
            raise unreadable("kept")
        data = view.inbox.data(proposal)
        own = tuple(one for each in view.accounts.all() for one in each.addresses)
    if present.case is None:
        invitation = read_source(data, name="mail.eml", now=now)
        added = add(store, own_days, invitation, source_of(data, Given("mail.eml", invitation.received)), now)
        case = added.dossier.id
        with store.writing() as unit:
            unit.inbox.settle(proposal, "accepted", case)
    else:
        case = present.case
        with store.writing() as unit:
            if not unit.inbox.settle(proposal, "accepted", case):
                raise _settled(unit.inbox.get(proposal))
            _apply(unit, own_days, case, data, own, now)
    with store.reading() as view:
        return view.inbox.get(proposal)


def _apply(unit: Writing, own_days: OwnDays, case: str, data: bytes, own: Sequence[str], now: datetime) -> None:
    dossier = unit.dossier(case)
    mail = parse_email(data)
    changes = _changes(unit, dossier, data, mail, _read(data, now), own, now)
    source = source_of(data, Given("mail.eml", mail.date or mail.received))
    at = max(min(mail.date or mail.received or now, now), dossier.entries[0].at)
    entries: list[Entry] = []
    facts = dict(dossier.facts)
    for change in changes:
        if change.undelivered:
            entries += _taken_back(unit, dossier, change.undelivered, len(entries), now)
        if change.event is None and not change.facts:
            continue
        after = dict(change.facts)
        check_facts({**facts, **after})
        number = dossier.version + len(entries) + 1
        event = replace(change.event, at=at) if change.event is not None else None
        entries.append(
            Entry(number, at, now, EntryKind.UPDATED, event, changes_between(facts, after), source=source.ref.digest)
        )
        facts |= after
    if not any(entry.source for entry in entries):
        number = dossier.version + len(entries) + 1
        entries.append(Entry(number, at, now, EntryKind.ATTACHED, source=source.ref.digest))
    unit.append(case, entries, after=dossier.version)
    unit.attach(case, source)
    keep_index(unit, [replace(dossier, entries=(*dossier.entries, *entries))], now, own_days)


def _taken_back(unit: Writing, dossier: Dossier, ids: Sequence[str], offset: int, now: datetime) -> list[Entry]:
    """A mail that did not arrive was not sent: its entry no longer counts."""
    found: list[Entry] = []
    standing = {entry.number for entry in dossier.standing}
    for message in unit.outbox.by_message_id(ids):
        bounced: Outgoing = replace(message, state=SendState.REJECTED, trouble="bounced", due_at=None)
        if message.case != dossier.id or not unit.outbox.move(bounced, message):
            continue
        if message.entry is not None and message.entry in standing:
            number = dossier.version + offset + len(found) + 1
            found.append(Entry(number, now, now, EntryKind.UNDONE, undoes=message.entry))
    return found


def reject(store: Store, proposal: str) -> Proposal:
    """Put a proposal aside; its mail stays in the mailbox, as it was.

    Raises:
        PamitError: MISSING ``no-such-proposal``; CONFLICT ``already-settled``.
    """
    with store.writing() as unit:
        if not unit.inbox.settle(proposal, "rejected"):
            raise _settled(unit.inbox.get(proposal))
        return unit.inbox.get(proposal)


def _settled(proposal: Proposal) -> PamitError:
    return PamitError(
        ErrorKind.CONFLICT, "already-settled", f"The proposal {proposal.id} is {proposal.state} already.", id=proposal.id
    )
