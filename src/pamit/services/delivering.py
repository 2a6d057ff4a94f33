"""Handing over what was approved: each message once, whatever happens to the process, the network or the clock.

A message is claimed in the store (queued → sending, with a lease), handed to the server outside any transaction, and settled
in another one, together with the entry in its case. Whoever dies in between leaves a message whose lease runs out; it is then
unknown and never sent again by itself (protocols.md §2.3, §2.4).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from pamit.domain.account import Account
from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.outbox import LEASE, Outgoing, SendState, after_attempt, is_being_filed, is_lapsed
from pamit.errors import PamitError
from pamit.services.mail_ports import Mailbox, Transport
from pamit.services.ports import Store, Writing
from pamit.services.sending import record_sent

__all__ = ["DeliveryRound", "deliver_due", "file_copies", "look_for_unknown"]


@dataclass(frozen=True)
class DeliveryRound:
    """What a round did.

    Attributes:
        settled: the messages that were tried, as they stand now.
        doubtful: those whose sender died: nobody knows whether they went.
        next_at: when the next round has something to do.
    """

    settled: tuple[Outgoing, ...] = ()
    doubtful: tuple[Outgoing, ...] = ()
    next_at: datetime | None = None


def deliver_due(
    store: Store, own_days: OwnDays, transport: Transport, now: datetime, *, owner: str, only: str | None = None
) -> DeliveryRound:
    """Hand over the messages that are due.

    Args:
        owner: a name for whoever does it, kept with the claim.
        only: the id of the one message to hand over.
    """
    doubtful = _recover(store, now)
    with store.reading() as view:
        due = [one.id for one in view.outbox.due(now) if only in (None, one.id)]
    settled: list[Outgoing] = []
    try:
        for message in due:
            done = _deliver(store, own_days, transport, message, now, owner)
            if done is not None:
                settled.append(done)
    finally:
        transport.close()
    with store.reading() as view:
        return DeliveryRound(tuple(settled), tuple(doubtful), view.outbox.next_due())


def _recover(store: Store, now: datetime) -> list[Outgoing]:
    """What was being sent by somebody who is dead is unknown: it may have gone or not."""
    with store.reading() as view:
        if not any(is_lapsed(one, now) for one in view.outbox.listing((SendState.SENDING,))):
            return []
    found: list[Outgoing] = []
    with store.writing() as unit:
        for one in unit.outbox.listing((SendState.SENDING,)):
            if is_lapsed(one, now):
                doubtful = replace(one, state=SendState.UNKNOWN, due_at=None, lease_until=None, trouble="interrupted")
                if unit.outbox.move(doubtful, one):
                    found.append(doubtful)
    return found


@dataclass(frozen=True)
class _Claim:
    message: Outgoing
    account: Account
    data: bytes


def _deliver(store: Store, own_days: OwnDays, transport: Transport, message: str, now: datetime, owner: str) -> Outgoing | None:
    with store.writing() as unit:
        claim = _claim(unit, message, now, owner)
    if claim is None or isinstance(claim, Outgoing):
        return claim
    result = transport.send(claim.account, claim.data, claim.message.sender, claim.message.pending)
    outcome = after_attempt(claim.message, result, now)
    with store.writing() as unit:
        present = unit.outbox.get(message)
        # Taken for dead in the meantime, the sender still knows better; nobody else's attempt is overwritten.
        mine = present.state in (SendState.SENDING, SendState.UNKNOWN) and present.owner == owner
        if not mine or present.attempts != claim.message.attempts:
            return None
        if outcome.reached:
            outcome = record_sent(unit, own_days, outcome, now)
        return outcome if unit.outbox.move(outcome, present) else None


def _claim(unit: Writing, message: str, now: datetime, owner: str) -> _Claim | Outgoing | None:
    """Take a message: nobody else has it from now on. None where it is no longer to be had."""
    present = unit.outbox.get(message)
    if present.state not in (SendState.APPROVED, SendState.QUEUED, SendState.RETRY):
        return None
    queued = replace(present, state=SendState.QUEUED)
    if not unit.outbox.move(queued, present):
        return None
    data = unit.outbox.data(message)
    account = next((one for one in unit.accounts.all() if one.address == present.account), None)
    trouble = _barrier(present, account, data, now)
    if trouble is not None or account is None:
        state = SendState.ACCEPTED if present.reached else SendState.REJECTED
        stopped = replace(queued, state=state, due_at=None, trouble=trouble or "no-account")
        return stopped if unit.outbox.move(stopped, queued) else None
    claimed = replace(
        queued, state=SendState.SENDING, attempts=queued.attempts + 1, owner=owner, lease_until=now + LEASE, due_at=None
    )
    return _Claim(claimed, account, data) if unit.outbox.move(claimed, queued) else None


def _barrier(message: Outgoing, account: Account | None, data: bytes, now: datetime) -> str | None:
    """What stands against sending at the last moment."""
    if message.approved_at is None or sha256(data).hexdigest() != message.digest:
        return "not-approved"
    if message.expires_at is not None and now >= message.expires_at:
        return "too-late"
    return "no-account" if account is None or account.smtp is None else None


# -- the folder of sent mails -----------------------------------------------------------------------------------------


def look_for_unknown(store: Store, own_days: OwnDays, mailbox: Mailbox, now: datetime) -> list[Outgoing]:
    """Settle what is unknown and lies among the sent mails; what is not found there stays unknown, and is asked about."""
    found: list[Outgoing] = []
    for message, account in _with_mailbox(store, (SendState.UNKNOWN,)):
        # We file a copy only of what was accepted, so one that lies there was put there by the server that took it.
        if not mailbox.has_sent(account, (message.message_id,)):
            continue
        with store.writing() as unit:
            present = unit.outbox.get(message.id)
            if present.state == SendState.UNKNOWN:
                settled = replace(present, state=SendState.ACCEPTED, trouble=None, filed="found")
                settled = record_sent(unit, own_days, settled, now)
                if unit.outbox.move(settled, present):
                    found.append(settled)
    return found


def file_copies(store: Store, mailbox: Mailbox, now: datetime) -> list[Outgoing]:
    """See that each mail that was sent lies among the sent ones, once, however many look after it at the same time."""
    filed: list[Outgoing] = []
    away: set[str] = set()
    patient = True
    for message, account in _with_mailbox(store, (SendState.ACCEPTED,)):
        if message.filed is not None or message.via is not None or account.address in away:
            continue
        taken = _take_to_file(store, message.id, now)
        if taken is None:
            continue
        outcome: str | None = None
        try:
            outcome = mailbox.file_sent(account, taken, message.message_id, patient=patient)
        except PamitError:
            away.add(account.address)  # tried again in the next round
        else:
            # All of them were sent before this round began: who waited for one in vain need not wait for the next.
            patient = patient and outcome == "found"
        with store.writing() as unit:
            present = unit.outbox.get(message.id)
            done = replace(present, filed=outcome, lease_until=None)
            if present.filed is None and unit.outbox.move(done, present) and outcome is not None:
                filed.append(done)
    return filed


def _take_to_file(store: Store, message: str, now: datetime) -> bytes | None:
    """The bytes of a message whose copy nobody else files from now on; None where somebody does or did."""
    with store.writing() as unit:
        present = unit.outbox.get(message)
        if present.filed is not None or is_being_filed(present, now):
            return None
        return unit.outbox.data(message) if unit.outbox.move(replace(present, lease_until=now + LEASE), present) else None


def _with_mailbox(store: Store, states: tuple[SendState, ...]) -> list[tuple[Outgoing, Account]]:
    with store.reading() as view:
        accounts = {one.address: one for one in view.accounts.all() if one.imap is not None}
        messages = view.outbox.listing(states)
    return [(one, accounts[one.account]) for one in messages if one.account in accounts]
