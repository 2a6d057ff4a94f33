"""Looking through the mails of an archive: which ask for an answer about an interview, and which the person sent.

Three steps, each for what the one before let through: a glance at the bytes, the words of the mail, the reader. The first two
only ever drop mails in which the reader's finding would not count, so that the result is that of reading every mail in full.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b, sha256

from pamit.domain.invitation import Invitation
from pamit.errors import PamitError
from pamit.formats.email import EmailMessageParts, parse_email
from pamit.formats.email.glance import Glance, glance, header_of
from pamit.formats.email.headers import decode_field, message_ids, parse_addresses, parse_date
from pamit.formats.email.subject import reply_subject
from pamit.formats.limits import DEFAULT_LIMITS
from pamit.reading.candidacy import ASKING, may_be_candidacy, speaks_of_candidacy
from pamit.services.mail_labels import holds_own_mails, holds_unwanted, is_deleted, labels_of
from pamit.services.scan_ports import FoundMail, OwnMail, RawMail, Tally
from pamit.services.source_files import read_mail
from pamit.services.source_words import SourceContext

__all__ = ["Screen", "number_of", "subject_number"]

_PLAIN = SourceContext(None, None, None, "email", None, DEFAULT_LIMITS)
_LONGEST_SUBJECT = 4_096
_PARTSTATS = frozenset(("ACCEPTED", "DECLINED", "TENTATIVE"))


def number_of(text: str) -> int:
    """A number that stands for an id or an address: many are kept, and only to be compared."""
    return int.from_bytes(blake2b(text.strip().casefold().encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1


def subject_number(subject: str | None) -> int:
    """The number of a subject, whether or not it is that of an answer; 0 for none."""
    return number_of(reply_subject(subject)) if subject and subject.strip() else 0


@dataclass(frozen=True)
class Screen:
    """Looks through mails; a value, so that it can be given to another process.

    Attributes:
        own: the person's addresses, in small letters.
        thorough: read every mail in full, without a glance before.
    """

    own: frozenset[str]
    thorough: bool = False

    def __call__(self, mails: Iterable[RawMail]) -> Tally:
        """What mails hold."""
        looked = skipped = unreadable = read = size = 0
        found: list[FoundMail] = []
        own: list[OwnMail] = []
        senders = tuple(address.encode("utf-8", "replace") for address in self.own)
        for raw in mails:
            looked += 1
            size += raw.place.length
            seen = None if self.thorough else glance(raw.data)
            header = seen if seen is not None else header_of(raw.data)
            labels = labels_of(header)
            if is_deleted(header) or any(map(holds_unwanted, labels)):
                skipped += 1
                continue
            written_by = (header.field(b"from") or b"").lower()
            if raw.is_own or any(map(holds_own_mails, labels)) or any(sender in written_by for sender in senders):
                own.append(_own_mail(raw, header, seen))
                continue
            if seen is not None and not seen.has_calendar and not may_be_candidacy(b"\n".join(seen.texts)):
                continue
            read += 1
            try:
                mail = _found(raw)
            except PamitError:
                unreadable += 1
                continue
            if mail is not None:
                found.append(mail)
        return Tally(size, looked, skipped, unreadable, read, tuple(found), tuple(own))


def _found(raw: RawMail) -> FoundMail | None:
    mail = parse_email(raw.data)
    if not mail.calendars and not any(map(_may_speak, (mail, *mail.forwarded))):
        return None
    invitation = read_mail(mail, _PLAIN)
    if invitation.kind not in ASKING:
        return None
    speaks = speaks_of_candidacy(invitation.text, invitation.subject)
    if not speaks and not _has_calendar(mail):
        return None
    return _described(raw, mail, invitation, speaks=speaks)


def _may_speak(mail: EmailMessageParts) -> bool:
    """Whether any words of a mail do, those of the messages it carries included."""
    texts = (mail.text, *(file.text or "" for file in mail.attachments))
    return speaks_of_candidacy("\n\n".join(texts), mail.subject) or any(map(_may_speak, mail.forwarded))


def _has_calendar(mail: EmailMessageParts) -> bool:
    return bool(mail.calendars) or any(map(_has_calendar, mail.forwarded))


def _described(raw: RawMail, mail: EmailMessageParts, invitation: Invitation, *, speaks: bool) -> FoundMail:
    facts = invitation.value
    start = facts("start")
    people = (*mail.reply_to, *mail.senders)
    return FoundMail(
        place=raw.place,
        digest=sha256(raw.data).hexdigest(),
        kind=invitation.kind,
        about="interview" if speaks else "meeting",
        sender=str(mail.sender) if mail.sender else "",
        subject=mail.subject or "",
        message_id=mail.message_id,
        thread=tuple(dict.fromkeys((*mail.references, *mail.in_reply_to))),
        addresses=tuple(dict.fromkeys(one.email.casefold() for one in people)),
        company=_text(facts("company")),
        position=_text(facts("position")),
        start=None if start is None or isinstance(start, str | int) else start,
        received_at=mail.date or mail.received,
        uids=tuple(uid for uid, _ in _calendar_answers(mail)),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _own_mail(raw: RawMail, header: Glance, seen: Glance | None) -> OwnMail:
    def value(name: bytes) -> bytes:
        return header.field(name) or b""

    answered = (*message_ids(value(b"references")), *message_ids(value(b"in-reply-to")))
    addresses: list[str] = []
    try:
        for name in (b"to", b"cc", b"bcc"):
            addresses += [one.email for one in parse_addresses(value(name), DEFAULT_LIMITS)]
    except PamitError:
        addresses = []
    uids: tuple[int, ...] = ()
    partstat = None
    if seen is None or seen.has_calendar:
        try:
            objects = _calendar_answers(parse_email(raw.data))
        except PamitError:
            objects = []
        uids = tuple(number_of(uid) for uid, status in objects if status)
        partstat = next((status for _, status in objects if status), None)
    return OwnMail(
        place=raw.place,
        sent_at=parse_date(value(b"date")),
        answers=tuple(dict.fromkeys(number_of(one) for one in answered[-DEFAULT_LIMITS.references :])),
        to=tuple(dict.fromkeys(number_of(one) for one in addresses[: DEFAULT_LIMITS.addresses])),
        subject=subject_number(decode_field(value(b"subject")[:_LONGEST_SUBJECT])),
        uids=uids,
        partstat=partstat,
    )


def _calendar_answers(mail: EmailMessageParts) -> list[tuple[str, str | None]]:
    """The UIDs of a mail's calendar objects, each with the answer that a REPLY gives."""
    if not mail.calendars:
        return []
    from pamit.formats.icalendar import parse_calendars

    found: list[tuple[str, str | None]] = []
    for part in mail.calendars:
        try:
            objects = parse_calendars(part.data, charset=part.charset)
        except PamitError:
            continue
        for calendar in objects:
            is_reply = (calendar.method or part.method) == "REPLY"
            for event in calendar.events:
                stated = {one.partstat or "" for one in event.attendees} & _PARTSTATS if is_reply else set()
                if event.uid:
                    found.append((event.uid, next(iter(sorted(stated)), None)))
    return found
