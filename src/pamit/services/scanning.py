"""Every interview in an archive of mail: which invitations came, what was answered and when, and what never was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Literal

from pamit.domain.message import CheckContext
from pamit.domain.terms import Channel, Purpose
from pamit.errors import PamitError
from pamit.formats.email import parse_email
from pamit.reading.thread import split_thread
from pamit.services.scan_ports import Archive, FoundMail, Journal, OwnMail, Place, ScanEngine, Tally
from pamit.services.screening import Screen, number_of, subject_number

__all__ = ["AGES", "Answer", "Scan", "ScanProgress", "Scanned", "addresses_told", "scan"]

Age = Literal["ahead", "week", "month", "year", "older"]
AGES: Final[tuple[Age, ...]] = ("ahead", "week", "month", "year", "older")
"""How old an open invitation is: its interview is still ahead, or it came within a week, 30 days, a year, or before."""

_DELIVERED = re.compile(rb"^(?:x-)?delivered-to:[ \t]*<?([a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,255})>?[ \t]*\r?$", re.I | re.M)
_PURPOSE_OF: Final = {"ACCEPTED": Purpose.CONFIRM, "DECLINED": Purpose.DECLINE}
_LEAST_SHARE: Final = 0.5


@dataclass(frozen=True)
class Answer:
    """An answer that the person gave.

    Attributes:
        purpose: what it says, where that can be told.
        how: ``reply`` to the very mail, ``calendar`` answer, or another mail in the same ``thread``.
    """

    place: Place
    at: datetime | None
    how: Literal["reply", "calendar", "thread"]
    purpose: Purpose | None = None


@dataclass(frozen=True)
class Scanned:
    """An invitation that was found.

    Attributes:
        number: by which a person chooses it; those that are owed an answer come first.
        age: None where it was answered.
    """

    number: int
    mail: FoundMail
    answer: Answer | None
    age: Age | None


@dataclass(frozen=True)
class Scan:
    """What an archive holds.

    Attributes:
        interviews: the invitations, the open ones first, by age, the newest first within each.
        meetings: meeting requests that do not speak of a candidacy.
        looked, skipped, unreadable, read, size: as :class:`pamit.services.scan_ports.Tally`.
        own: the person's addresses, as far as known.
        troubles: what could not be read, with the code of the reason.
    """

    interviews: tuple[Scanned, ...]
    meetings: tuple[Scanned, ...] = ()
    looked: int = 0
    skipped: int = 0
    unreadable: int = 0
    read: int = 0
    size: int = 0
    own: tuple[str, ...] = ()
    troubles: tuple[tuple[str, str], ...] = ()

    @property
    def owed(self) -> tuple[Scanned, ...]:
        """The invitations that were never answered."""
        return tuple(one for one in self.interviews if one.answer is None)


@dataclass(frozen=True)
class ScanProgress:
    """How far a scan is.

    Attributes:
        done: bytes looked through, ``resumed`` of them in an earlier run.
        total: all bytes; 0 where unknown.
    """

    done: int
    resumed: int
    total: int
    looked: int
    found: int


def addresses_told(sample: bytes) -> tuple[str, ...]:
    """Whose mailbox it is, where most of its mails say to whom they were delivered; in small letters."""
    told = Counter(found[1].decode("ascii").lower() for found in _DELIVERED.finditer(sample))
    total = sum(told.values())
    return tuple(address for address, count in told.most_common(3) if count > 1 and count >= total * _LEAST_SHARE)


def scan(
    archive: Archive,
    engine: ScanEngine,
    journal: Journal,
    own: Iterable[str],
    now: datetime,
    *,
    thorough: bool = False,
    on_progress: Callable[[ScanProgress], None] | None = None,
) -> Scan:
    """Look through an archive.

    A scan that is cut off goes on where it was when it is called again with the same journal; its result is the same.

    Args:
        own: the person's addresses.
        thorough: read every mail in full; it takes far longer and finds the same.
        on_progress: called after each part.
    """
    addresses = frozenset(one.casefold() for one in own)
    tallies = dict(journal.load())
    resumed = done = sum(one.size for one in tallies.values())
    looked = sum(one.looked for one in tallies.values())
    found = sum(len(one.found) for one in tallies.values())
    for key, tally in engine.run(archive, frozenset(tallies), Screen(addresses, thorough)):
        journal.put(key, tally)
        tallies[key] = tally
        done, looked, found = done + tally.size, looked + tally.looked, found + len(tally.found)
        if on_progress:
            on_progress(ScanProgress(done, resumed, archive.size, looked, found))
    result = _settled(archive, list(tallies.values()), addresses, now)
    journal.drop()
    return result


def _settled(archive: Archive, tallies: Sequence[Tally], own: frozenset[str], now: datetime) -> Scan:
    """The result of all parts; in whatever order they were worked on, it is the same."""
    found = _without_copies(sorted((one for tally in tallies for one in tally.found), key=lambda one: one.place))
    answers = _answers(found, [one for tally in tallies for one in tally.own])
    answers = _with_purposes(archive, answers)
    scanned = [Scanned(0, mail, answers.get(mail.place), _age(mail, answers, now)) for mail in found]
    scanned.sort(key=_rank)
    interviews = [one for one in scanned if one.mail.about == "interview"]
    meetings = [one for one in scanned if one.mail.about == "meeting"]
    numbered = [replace(one, number=number) for number, one in enumerate((*interviews, *meetings), 1)]
    return Scan(
        interviews=tuple(numbered[: len(interviews)]),
        meetings=tuple(numbered[len(interviews) :]),
        looked=sum(one.looked for one in tallies),
        skipped=sum(one.skipped for one in tallies),
        unreadable=sum(one.unreadable for one in tallies),
        read=sum(one.read for one in tallies),
        size=sum(one.size for one in tallies),
        own=tuple(sorted(own)),
        troubles=tuple(archive.troubles),
    )


def _without_copies(mails: Iterable[FoundMail]) -> list[FoundMail]:
    """Each mail once: an archive holds a copy for every label (protocols.md §2.7)."""
    kept: dict[object, FoundMail] = {}
    for mail in mails:
        named = (mail.message_id, mail.addresses, subject_number(mail.subject)) if mail.message_id else mail.digest
        kept.setdefault(named, mail)
    return list(kept.values())


def _age(mail: FoundMail, answers: dict[Place, Answer], now: datetime) -> Age | None:
    if mail.place in answers:
        return None
    if mail.start is not None and mail.start > now:
        return "ahead"
    if mail.received_at is None:
        return "older"
    days = (now - mail.received_at).days
    return "week" if days <= 7 else "month" if days <= 30 else "year" if days <= 365 else "older"


def _rank(one: Scanned) -> tuple[int, float, Place]:
    age = len(AGES) if one.age is None else AGES.index(one.age)
    return age, -(_instant(one.mail.received_at).timestamp()), one.mail.place


def _instant(moment: datetime | None) -> datetime:
    return moment if moment is not None else datetime(1970, 1, 1, tzinfo=UTC)


# -- answers ----------------------------------------------------------------------------------------------------------


def _answers(found: Sequence[FoundMail], own: Sequence[OwnMail]) -> dict[Place, Answer]:
    """The first answer to each invitation."""
    by_id: dict[int, list[OwnMail]] = {}
    by_uid: dict[int, list[OwnMail]] = {}
    by_subject: dict[tuple[int, int], list[OwnMail]] = {}
    by_address: dict[int, list[OwnMail]] = {}
    for mail in own:
        for one in mail.answers:
            by_id.setdefault(one, []).append(mail)
        for one in mail.uids:
            by_uid.setdefault(one, []).append(mail)
        for address in mail.to:
            by_address.setdefault(address, []).append(mail)
            if mail.subject:
                by_subject.setdefault((address, mail.subject), []).append(mail)
    answers: dict[Place, Answer] = {}
    for invitation in found:
        answer = (
            _first(invitation, by_id.get(number_of(invitation.message_id), ()) if invitation.message_id else (), "reply")
            or _first(invitation, [mail for uid in invitation.uids for mail in by_uid.get(number_of(uid), ())], "calendar")
            or _first(invitation, _in_thread(invitation, by_subject, by_address), "thread")
        )
        if answer is not None:
            answers[invitation.place] = answer
    return answers


def _in_thread(
    invitation: FoundMail, by_subject: dict[tuple[int, int], list[OwnMail]], by_address: dict[int, list[OwnMail]]
) -> list[OwnMail]:
    """Mails to whoever invited, under the same subject or below the same mails."""
    subject = subject_number(invitation.subject)
    thread = {number_of(one) for one in invitation.thread}
    mails: list[OwnMail] = []
    for address in map(number_of, invitation.addresses):
        mails += by_subject.get((address, subject), ())
        if thread:
            mails += [mail for mail in by_address.get(address, ()) if not thread.isdisjoint(mail.answers)]
    return mails


def _first(invitation: FoundMail, mails: Iterable[OwnMail], how: Literal["reply", "calendar", "thread"]) -> Answer | None:
    after = invitation.received_at
    # A mail that names the invitation came after it, whatever the clocks say; one that only shares its thread must have.
    least = None if after is None or how != "thread" else after
    fitting = [mail for mail in mails if least is None or (mail.sent_at is not None and mail.sent_at >= least)]
    if not fitting:
        return None
    first = min(fitting, key=lambda mail: (_instant(mail.sent_at), mail.place))
    purpose = _PURPOSE_OF.get(first.partstat or "")
    return Answer(first.place, first.sent_at, how, purpose)


def _with_purposes(archive: Archive, answers: dict[Place, Answer]) -> dict[Place, Answer]:
    """The answers with what they say, read from the mails themselves."""
    wanted = {answer.place for answer in answers.values() if answer.purpose is None}
    said: dict[Place, Purpose | None] = {}
    for place, data in archive.fetch(wanted) if wanted else ():
        said[place] = _purpose(data)
    return {
        key: answer if answer.purpose is not None else replace(answer, purpose=said.get(answer.place))
        for key, answer in answers.items()
    }


def _purpose(data: bytes) -> Purpose | None:
    from pamit.services.checking import check_message

    try:
        mail = parse_email(data)
        words = split_thread(mail.text, mail.subject).main.strip()
        if not words:
            return None
        # Without its subject, which is the employer's; and as words are read that keep to no form.
        return check_message(words, CheckContext(), channel=Channel.TEXT).purpose
    except PamitError:
        return None
