"""Which case an incoming mail belongs to: candidates with their evidence, never a silent choice.

Ids come first: the UID of a calendar object, the mail that is answered, our own token in an id. Without any, sender, subject
and a near date make a suggestion and no more (protocols.md §1.5). Pure: the caller gathers what is known of the cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from pamit.domain.hosts import is_public_house, organisation_of
from pamit.domain.invitation import Invitation
from pamit.domain.names import same_company
from pamit.domain.terms import Bilingual
from pamit.formats.email import EmailMessageParts
from pamit.formats.email.subject import reply_subject
from pamit.formats.icalendar import CalendarObject
from pamit.formats.itip import canonical_address

__all__ = ["Candidate", "CaseTrace", "Evidence", "EvidenceKind", "MailTrace", "match_cases", "trace_of_mail"]

_TOKEN = re.compile(r"<pamit\.([a-z2-7]{16,40})@", re.IGNORECASE)
_FORWARDED = re.compile(r"(?:fwd?|fw|trs|terusan|wg)\s*:\s*", re.IGNORECASE)
_MOST_CANDIDATES: Final = 5
_SUGGESTED: Final = 0.85
"""The most that a match without any id can reach: a suggestion stays one."""
_LEAST: Final = 0.4


class EvidenceKind(StrEnum):
    """What speaks for a case."""

    UID = "uid"
    ANSWERS = "answers"
    """It answers a mail of this case."""
    TOKEN = "token"
    """It names an id that we made for a mail of this case."""
    THREAD = "thread"
    """A mail of this case stands further up in its thread."""
    ADDRESS = "address"
    HOUSE = "house"
    SUBJECT = "subject"
    COMPANY = "company"
    POSITION = "position"
    SAME_TIME = "same_time"
    NEAR_TIME = "near_time"


_WEIGHTS: Final = {
    EvidenceKind.UID: 0.97,
    EvidenceKind.ANSWERS: 0.97,
    EvidenceKind.TOKEN: 0.97,
    EvidenceKind.THREAD: 0.9,
    EvidenceKind.ADDRESS: 0.4,
    EvidenceKind.HOUSE: 0.25,
    EvidenceKind.SUBJECT: 0.35,
    EvidenceKind.COMPANY: 0.3,
    EvidenceKind.POSITION: 0.25,
    EvidenceKind.SAME_TIME: 0.4,
    EvidenceKind.NEAR_TIME: 0.15,
}
_IDS: Final = frozenset({EvidenceKind.UID, EvidenceKind.ANSWERS, EvidenceKind.TOKEN, EvidenceKind.THREAD})
_WORDS: Final = {
    EvidenceKind.UID: Bilingual("Nomor acara kalendernya sama.", "The calendar meeting has the same number."),
    EvidenceKind.ANSWERS: Bilingual("Membalas email dalam lamaran ini.", "It answers a mail of this case."),
    EvidenceKind.TOKEN: Bilingual("Membalas email yang dikirim dari sini.", "It answers a mail that was sent from here."),
    EvidenceKind.THREAD: Bilingual("Termasuk rangkaian email lamaran ini.", "It belongs to a mail thread of this case."),
    EvidenceKind.ADDRESS: Bilingual("Pengirimnya sudah dikenal dalam lamaran ini.", "Its sender is known in this case."),
    EvidenceKind.HOUSE: Bilingual("Pengirimnya dari organisasi yang sama.", "Its sender is of the same organisation."),
    EvidenceKind.SUBJECT: Bilingual("Subjeknya sama.", "The subject is the same."),
    EvidenceKind.COMPANY: Bilingual("Perusahaannya sama.", "The company is the same."),
    EvidenceKind.POSITION: Bilingual("Posisinya sama.", "The position is the same."),
    EvidenceKind.SAME_TIME: Bilingual("Waktu wawancaranya sama.", "The interview is at the same time."),
    EvidenceKind.NEAR_TIME: Bilingual("Waktu wawancaranya berdekatan.", "The interview is at about the same time."),
}


@dataclass(frozen=True)
class MailTrace:
    """What of a mail can tell where it belongs.

    Attributes:
        answers: the ids of In-Reply-To; ``references``: those further up.
        addresses: From, Reply-To, Sender and ORGANIZER, in the form in which they are compared.
        subject: without "Re:" and "Fwd:", folded.
        starts: when the interviews it speaks of begin.
    """

    answers: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    uids: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    subject: str = ""
    company: str | None = None
    position: str | None = None
    starts: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class CaseTrace:
    """What is known of a case that a mail can be compared with.

    Attributes:
        message_ids: of all mails in it, in and out, with brackets; a server may have put its own in place of ours.
        addresses: of everybody at the employer who wrote or was written to, in the form in which they are compared.
        subjects: of its mails.
    """

    case: str
    uids: frozenset[str] = frozenset()
    message_ids: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    subjects: tuple[str, ...] = ()
    company: str | None = None
    position: str | None = None
    start: datetime | None = None


@dataclass(frozen=True)
class Evidence:
    """One thing that speaks for a case, in words."""

    kind: EvidenceKind
    message: Bilingual


@dataclass(frozen=True)
class Candidate:
    """A case that a mail may belong to.

    Attributes:
        confidence: 0 to 1.
        by_id: whether an id ties them; otherwise it is a suggestion.
        evidence: the weightiest first.
    """

    case: str
    confidence: float
    by_id: bool
    evidence: tuple[Evidence, ...] = field(default=())


def trace_of_mail(
    mail: EmailMessageParts, calendars: Iterable[CalendarObject] = (), invitation: Invitation | None = None
) -> MailTrace:
    """What of a mail can tell where it belongs.

    Args:
        calendars: the objects in it, parsed.
        invitation: the mail as it was read.
    """
    events = [event for calendar in calendars for event in calendar.events]
    senders = [one.email for one in (*mail.senders, *mail.reply_to)]
    senders += [event.organizer.email for event in events if event.organizer is not None and event.organizer.email]
    sender = mail.field("sender")
    if sender is not None and "@" in sender:
        senders.append(sender.rpartition("<")[2].strip(" <>"))
    starts = [event.start.moment for event in events if event.start is not None and event.start.moment is not None]
    told = invitation.value("start") if invitation is not None else None
    if isinstance(told, datetime):
        starts.append(told)
    company = invitation.value("company") if invitation is not None else None
    position = invitation.value("position") if invitation is not None else None
    return MailTrace(
        answers=mail.in_reply_to,
        references=mail.references,
        uids=frozenset(event.uid for event in events if event.uid),
        addresses=frozenset(canonical_address(one) for one in senders if "@" in one),
        subject=_folded(mail.subject or ""),
        company=str(company) if company is not None else None,
        position=str(position) if position is not None else None,
        starts=tuple(dict.fromkeys(starts)),
    )


def match_cases(mail: MailTrace, cases: Iterable[CaseTrace]) -> tuple[Candidate, ...]:
    """The cases that a mail may belong to, the likeliest first; none where nothing speaks for any."""
    found = [candidate for case in cases if (candidate := _candidate(mail, case)) is not None]
    return tuple(sorted(found, key=lambda one: (-one.confidence, one.case))[:_MOST_CANDIDATES])


def _candidate(mail: MailTrace, case: CaseTrace) -> Candidate | None:
    kinds = [*_by_ids(mail, case), *_by_people(mail, case), *_by_content(mail, case)]
    doubt = 1.0
    for kind in kinds:
        doubt *= 1 - _WEIGHTS[kind]
    by_id = not _IDS.isdisjoint(kinds)
    confidence = round(1 - doubt if by_id else min(1 - doubt, _SUGGESTED), 3)
    if confidence < _LEAST:
        return None
    ordered = sorted(kinds, key=lambda kind: -_WEIGHTS[kind])
    return Candidate(case.case, confidence, by_id, tuple(Evidence(kind, _WORDS[kind]) for kind in ordered))


def _by_ids(mail: MailTrace, case: CaseTrace) -> list[EvidenceKind]:
    found = []
    if not mail.uids.isdisjoint(case.uids):
        found.append(EvidenceKind.UID)
    named = (*mail.answers, *mail.references)
    if not case.message_ids.isdisjoint(mail.answers):
        found.append(EvidenceKind.ANSWERS)
    elif _tokens(named) & _tokens(case.message_ids):
        # A relay that writes its own domain into ids keeps the token.
        found.append(EvidenceKind.TOKEN)
    elif not case.message_ids.isdisjoint(mail.references):
        found.append(EvidenceKind.THREAD)
    return found


def _tokens(ids: Iterable[str]) -> set[str]:
    return {found[1].lower() for one in ids if (found := _TOKEN.match(one))}


def _by_people(mail: MailTrace, case: CaseTrace) -> list[EvidenceKind]:
    if not mail.addresses.isdisjoint(case.addresses):
        return [EvidenceKind.ADDRESS]
    if _houses(mail.addresses) & _houses(case.addresses):
        return [EvidenceKind.HOUSE]
    return []


def _houses(addresses: Iterable[str]) -> set[str]:
    houses = {organisation_of(one.rpartition("@")[2]) for one in addresses}
    return {house for house in houses if not is_public_house(house)}


def _by_content(mail: MailTrace, case: CaseTrace) -> list[EvidenceKind]:
    found = []
    if mail.subject and mail.subject in map(_folded, case.subjects):
        found.append(EvidenceKind.SUBJECT)
    if mail.company and case.company and same_company(mail.company, case.company):
        found.append(EvidenceKind.COMPANY)
    if mail.position and case.position and _folded(mail.position) == _folded(case.position):
        found.append(EvidenceKind.POSITION)
    if case.start is not None and mail.starts:
        apart = min(abs(start - case.start) for start in mail.starts)
        if apart <= timedelta(minutes=1):
            found.append(EvidenceKind.SAME_TIME)
        elif apart <= timedelta(days=7):
            found.append(EvidenceKind.NEAR_TIME)
    return found


def _folded(subject: str) -> str:
    """A subject without its marks of answering and forwarding, as it is compared."""
    text = reply_subject(subject[:500]).removeprefix("Re:").strip()
    while (mark := _FORWARDED.match(text)) is not None:
        text = reply_subject(text[mark.end() :]).removeprefix("Re:").strip()
    return " ".join(text.casefold().split())
