"""Approve, then send: a message as exact bytes, everything a person must see of it, and their yes to these bytes alone.

Nothing is sent here; :mod:`pamit.services.delivering` hands over what was approved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final

from pamit.domain.account import Account
from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.interview import Candidate, Case, Event
from pamit.domain.log import Dossier, Entry, EntryKind
from pamit.domain.message import Draft, Report
from pamit.domain.outbox import ACTIVE, CANCELLABLE, Outgoing, SendState
from pamit.domain.plan.situation import situation
from pamit.domain.terms import Bilingual, Channel, EventKind, Purpose, Severity
from pamit.errors import ErrorKind, PamitError
from pamit.formats.email import Address, parse_email
from pamit.formats.email.recipients import Caution
from pamit.services.calendar_answer import BuiltAnswer, calendar_answer, newest_request, takes_answer
from pamit.services.checking import check_message, context_of
from pamit.services.indexing import keep_index
from pamit.services.intake import recognise_form
from pamit.services.outgoing import OutgoingMail, mail_file
from pamit.services.ports import Reading, Store, Writing

__all__ = [
    "Preview", "account_of", "approve", "calendar_file", "cancel", "loses_sense_at", "prepare", "record_sent", "resolve",
    "retry", "thread_of",
]  # fmt: skip

_BEFORE_THE_TALK: Final = frozenset(
    {
        Purpose.CONFIRM, Purpose.RESCHEDULE, Purpose.DECLINE, Purpose.CANCEL, Purpose.WITHDRAW, Purpose.ASK_DETAILS,
        Purpose.REQUEST_ONLINE,
    }
)  # fmt: skip
_DURING_THE_TALK: Final = frozenset({Purpose.RUNNING_LATE, Purpose.LINK_BROKEN, Purpose.EMPLOYER_ABSENT})


@dataclass(frozen=True)
class Preview:
    """A message as it would go, and what to know before it does.

    Attributes:
        message: its row in the outbox; its ``digest`` is what the person says yes to.
        to, cc: every recipient, as the bytes say.
        text: the words, as the bytes say.
        calendar: what the employer's calendar will note.
        notices: what to know about that; ``cautions``: about the addressees.
        repeats: an earlier message of the same purpose that was sent or is on its way.
    """

    message: Outgoing
    case: Case
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str | None
    text: str
    report: Report
    calendar: Bilingual | None = None
    notices: tuple[Bilingual, ...] = ()
    cautions: tuple[Caution, ...] = ()
    repeats: Outgoing | None = None


def account_of(view: Reading, address: str | None = None) -> Account:
    """The account to send from: the one that has the address, else the first.

    Raises:
        PamitError: MISSING ``no-account``, ``not-your-address``.
    """
    accounts = [one for one in view.accounts.all() if one.smtp is not None]
    if not accounts:
        raise PamitError(ErrorKind.MISSING, "no-account", "There is no mail account to send from.")
    if address is None:
        return accounts[0]
    wanted = address.casefold()
    found = next((one for one in accounts if wanted in map(str.casefold, one.addresses)), None)
    if found is None:
        raise PamitError(ErrorKind.MISSING, "not-your-address", "No account may send as this address.")
    return found


def thread_of(view: Reading, case: str, own: tuple[str, ...] = ()) -> bytes | None:
    """The newest mail of a case that was not written by the person themselves: the one to answer."""
    mine = {one.casefold() for one in own}
    for ref in reversed(view.sources(case)):
        data = view.source(ref.digest)
        if recognise_form(data[:16_384].decode("latin-1"), ref.name) != "mail":
            continue
        sender = parse_email(data).sender
        if sender is None or sender.email.casefold() not in mine:
            return data
    return None


def prepare(
    store: Store,
    case: str,
    draft: Draft,
    candidate: Candidate,
    now: datetime,
    *,
    random: Callable[[int], bytes],
    address: str | None = None,
    to: tuple[Address, ...] = (),
    cc: tuple[Address, ...] = (),
    to_agency: bool = False,
    quote: bool = False,
    proposed: datetime | None = None,
    with_calendar: bool = True,
    token: str | None = None,
) -> Preview:
    """Make a message ready: its exact bytes, kept with an id that never changes, and all there is to see of it.

    Args:
        draft: for the channel email, with its purpose.
        now: the aware moment, with the person's own offset.
        random: gives that many random bytes.
        address: one of the person's own to send from; the one that was invited where it is an account's, else the first.
        to, cc: whom to write to instead of whom the rules name.
        proposed: the first of the other times that the message names.
        with_calendar: whether the calendar answer goes along.
        token: names the request: repeated, it finds the same message again.

    Raises:
        PamitError: MISSING ``no-such-case``, ``no-account``, ``not-your-address``, ``no-recipient``; INVALID ``no-purpose``;
            else as :func:`pamit.services.outgoing.mail_file`.
    """
    if draft.purpose is None:
        raise PamitError(ErrorKind.INVALID, "no-purpose", "A message that is sent has a purpose.")
    with store.writing() as unit:
        dossier = unit.dossier(case)
        account = account_of(unit, address)
        known = unit.outbox.by_token(token) if token is not None else None
        answer = _answer(unit, dossier, draft, account.addresses, now, address, proposed) if with_calendar else BuiltAnswer()
        mail = mail_file(
            draft,
            dossier.case.interview,
            replace(candidate, name=candidate.name or account.name or "", email=_sender(account, address, answer)),
            now=now,
            random=random(20),
            original=thread_of(unit, case, account.addresses),
            to_agency=to_agency,
            quote_original=quote,
            unsent=False,
            to=to,
            cc=cc,
            calendar=answer.part,
        )
        report = check_message(draft, context_of(dossier.case, candidate, now))
        if known is None:
            known = _row(random, dossier, draft, mail, answer, report, account.address, now)
            unit.outbox.add(known, mail.data, token)
            _set_aside(unit, known)
        return _preview(unit, known, dossier, answer, mail.cautions, report, now)


def calendar_file(
    store: Store, case: str, draft: Draft, addresses: Sequence[str], now: datetime, proposed: datetime | None = None
) -> BuiltAnswer:
    """The calendar answer that a message means, for a file; without a part where the case has no meeting request.

    Args:
        addresses: the person's own.
        proposed: the first of the other times that the message names.

    Raises:
        PamitError: MISSING ``no-such-case``.
    """
    with store.reading() as view:
        return _answer(view, view.dossier(case), draft, addresses, now, None, proposed)


def _set_aside(unit: Writing, message: Outgoing) -> None:
    """Of several drafts for one purpose the last one counts."""
    for other in unit.outbox.of_case(message.case):
        if other.id != message.id and other.purpose == message.purpose and other.state == SendState.DRAFT:
            unit.outbox.move(replace(other, state=SendState.CANCELLED), other)


def _answer(
    view: Reading,
    dossier: Dossier,
    draft: Draft,
    addresses: Sequence[str],
    now: datetime,
    address: str | None,
    proposed: datetime | None,
) -> BuiltAnswer:
    purpose = draft.purpose
    if purpose is None or not takes_answer(purpose):
        return BuiltAnswer()
    request = newest_request((view.source(ref.digest), ref.name) for ref in view.sources(dossier.id))
    if request is None:
        return BuiltAnswer()
    own = tuple(dict.fromkeys(one for each in view.accounts.all() for one in each.addresses))
    earlier = [one.answer.stamp for one in view.outbox.of_case(dossier.id) if one.answer is not None]
    return calendar_answer(
        request,
        purpose,
        (address,) if address is not None else (*addresses, *own),
        now,
        proposed=proposed,
        comment=draft.text,
        previous=max(earlier, default=None),
        chosen=address,
    )


def _sender(account: Account, address: str | None, answer: BuiltAnswer) -> str:
    """The address it comes from: the one asked for, the one that was invited, else the account's."""
    own = {one.casefold(): one for one in account.addresses}
    return address or own.get((answer.sender or "").casefold()) or account.address


def _row(
    random: Callable[[int], bytes],
    dossier: Dossier,
    draft: Draft,
    mail: OutgoingMail,
    answer: BuiltAnswer,
    report: Report,
    account: str,
    now: datetime,
) -> Outgoing:
    assert draft.purpose is not None
    errors = tuple(dict.fromkeys(one.rule for one in report.findings if one.severity == Severity.ERROR))
    return Outgoing(
        id=random(5).hex(),
        case=dossier.id,
        account=account,
        state=SendState.DRAFT,
        message_id=mail.message_id,
        digest=sha256(mail.data).hexdigest(),
        sender=mail.sender.email if mail.sender is not None else account,
        recipients=tuple(dict.fromkeys(one.email for one in (*mail.to, *mail.cc))),
        purpose=draft.purpose,
        channel=Channel.EMAIL,
        created_at=now,
        version=dossier.version,
        subject=draft.subject,
        expires_at=loses_sense_at(dossier.case, draft.purpose, now),
        rules=errors,
        answer=answer.answer,
    )


def loses_sense_at(case: Case, purpose: Purpose, now: datetime) -> datetime | None:
    """The moment after which a message of this purpose helps nobody: the talk it speaks of has begun, or is over."""
    here = situation(case, now)
    if purpose in _BEFORE_THE_TALK and here.start is not None and here.start > now:
        return here.start
    if purpose in _DURING_THE_TALK and here.end is not None and here.end > now:
        return here.end
    return None


def _preview(
    view: Reading,
    message: Outgoing,
    dossier: Dossier,
    answer: BuiltAnswer,
    cautions: tuple[Caution, ...],
    report: Report,
    now: datetime,
) -> Preview:
    # Told from the bytes, so that what is seen is what goes.
    mail = parse_email(view.outbox.data(message.id))
    return Preview(
        message=message,
        case=dossier.case,
        sender=mail.senders[0],
        to=mail.to,
        cc=mail.cc,
        subject=mail.subject,
        text=mail.text,
        report=report,
        calendar=answer.words,
        notices=tuple(one.message for one in answer.notices),
        cautions=cautions,
        repeats=_repeats(view, message, dossier, now),
    )


def _repeats(view: Reading, message: Outgoing, dossier: Dossier, now: datetime) -> Outgoing | None:
    """An earlier message of the same purpose about the same talk: before the employer moved it, it was another one."""
    happened = situation(dossier.case, now).events
    # What was sent about a talk that the employer has moved since was another message; one whose entry was taken back was not.
    past = {entry.number for entry in dossier.standing if entry.event is not None and entry.event not in happened}
    for other in reversed(view.outbox.of_case(message.case)):
        same = other.id != message.id and other.purpose == message.purpose and other.state in ACTIVE
        if same and other.entry not in past:
            return other
    return None


# -- the person's yes -------------------------------------------------------------------------------------------------


def approve(
    store: Store,
    message: str,
    digest: str,
    now: datetime,
    *,
    at: datetime | None = None,
    override: str | None = None,
    again: bool = False,
) -> Outgoing:
    """Bind the person's yes to the exact bytes of a draft, and let it go. Said twice, it counts once.

    Args:
        digest: what the person saw.
        at: when it shall go; at once where it is None.
        override: why it goes although the checker found errors; kept.
        again: whether it goes although one of the same purpose was sent.

    Raises:
        PamitError: MISSING ``no-such-message``; CONFLICT ``digest-differs``, ``case-moved-on``, ``not-a-draft``,
            ``already-sent``; REFUSED ``has-errors``, ``too-late``; INVALID ``not-ahead``.
    """
    with store.writing() as unit:
        present = unit.outbox.get(message)
        if digest != present.digest or sha256(unit.outbox.data(message)).hexdigest() != digest:
            raise PamitError(ErrorKind.CONFLICT, "digest-differs", "This is not the message that was shown.", id=message)
        if present.state in ACTIVE:
            return present
        if present.state != SendState.DRAFT:
            raise _not_so(present)
        dossier = unit.dossier(present.case)
        if dossier.version != present.version:
            raise PamitError(
                ErrorKind.CONFLICT,
                "case-moved-on",
                f"The case {present.case} has changed since the message was written.",
                case=present.case,
                seen=present.version,
                present=dossier.version,
            )
        reason = (override or "").strip() or None
        if present.rules and reason is None:
            rules = ", ".join(present.rules)
            raise PamitError(ErrorKind.REFUSED, "has-errors", f"The check found errors: {rules}.", rules=rules)
        if not again and (other := _repeats(unit, present, dossier, now)) is not None:
            raise PamitError(ErrorKind.CONFLICT, "already-sent", "A message of this purpose was sent already.", id=other.id)
        if at is not None and at <= now:
            raise PamitError(ErrorKind.INVALID, "not-ahead", "The time to send at must lie ahead.")
        if present.expires_at is not None and (at or now) >= present.expires_at:
            raise PamitError(ErrorKind.REFUSED, "too-late", "By then the message has lost its sense.")
        approved = replace(
            present,
            state=SendState.APPROVED if at is not None else SendState.QUEUED,
            approved_at=now,
            sent_at=at,
            due_at=at or now,
            override=reason,
        )
        if not unit.outbox.move(approved, present):
            raise _not_so(present)
        return approved


def cancel(store: Store, message: str) -> Outgoing:
    """Take a message back that has not gone yet.

    Raises:
        PamitError: MISSING ``no-such-message``; CONFLICT ``not-waiting`` where it is being sent or was.
    """
    with store.writing() as unit:
        present = unit.outbox.get(message)
        if present.state == SendState.CANCELLED:
            return present
        taken = replace(present, state=SendState.CANCELLED, due_at=None)
        if present.state not in CANCELLABLE or present.reached or not unit.outbox.move(taken, present):
            raise _not_so(present)
        return taken


def retry(store: Store, message: str, now: datetime) -> Outgoing:
    """Try again at once what waits or was stopped, with the same bytes: after a new password, or a network that is back.

    Raises:
        PamitError: MISSING ``no-such-message``; CONFLICT ``not-waiting``; REFUSED ``too-late``.
    """
    with store.writing() as unit:
        present = unit.outbox.get(message)
        if present.approved_at is None or present.state not in (SendState.RETRY, SendState.REJECTED):
            raise _not_so(present)
        if present.expires_at is not None and now >= present.expires_at:
            raise PamitError(ErrorKind.REFUSED, "too-late", "The message has lost its sense.")
        # The person's yes to try again starts the time anew after which it is given up.
        queued = replace(present, state=SendState.QUEUED, due_at=now, approved_at=now, sent_at=None, results=present.results)
        if not unit.outbox.move(queued, present):
            raise _not_so(present)
        return queued


def resolve(store: Store, own_days: OwnDays, message: str, now: datetime, *, sent: bool) -> Outgoing:
    """Settle by the person's word whether a message went that cannot be known to have gone.

    Args:
        sent: whether it went; if not, an unknown one is queued again and one that was handed over is cancelled.

    Raises:
        PamitError: MISSING ``no-such-message``; CONFLICT ``not-doubtful``.
    """
    with store.writing() as unit:
        present = unit.outbox.get(message)
        if present.state not in (SendState.UNKNOWN, SendState.HANDED_OVER):
            raise PamitError(ErrorKind.CONFLICT, "not-doubtful", "There is no doubt about this message.", state=present.state)
        if sent:
            settled = record_sent(unit, own_days, replace(present, state=SendState.ACCEPTED, trouble=None), now)
        elif present.state == SendState.HANDED_OVER:
            settled = replace(present, state=SendState.CANCELLED)
        else:
            settled = replace(present, state=SendState.QUEUED, due_at=now, trouble=None, owner=None, lease_until=None)
        if not unit.outbox.move(settled, present):
            raise _not_so(present)
        return settled


def record_sent(unit: Writing, own_days: OwnDays, message: Outgoing, now: datetime) -> Outgoing:
    """Put down in the case that a message was sent, once; within the unit that settles it."""
    if message.entry is not None:
        return message
    dossier = unit.dossier(message.case)
    event = Event(now, EventKind.MESSAGE_SENT, message.purpose, message.channel)
    entry = Entry(dossier.version + 1, now, now, EntryKind.HAPPENED, event, note=message.override)
    unit.append(dossier.id, [entry], after=dossier.version)
    keep_index(unit, [replace(dossier, entries=(*dossier.entries, entry))], now, own_days)
    return replace(message, entry=entry.number)


def _not_so(message: Outgoing) -> PamitError:
    code = "not-a-draft" if message.approved_at is None and message.state != SendState.DRAFT else "not-waiting"
    return PamitError(ErrorKind.CONFLICT, code, f"The message {message.id} is {message.state}.", state=str(message.state))
