"""What a log tells about one case, looking back: how soon each invitation was answered, and how the case ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pamit.domain.interview import Event
from pamit.domain.log import Dossier
from pamit.domain.plan.situation import DECISIONS, situation
from pamit.domain.plan.timing import ANSWER_AT_THE_LATEST, ANSWER_WITHIN
from pamit.domain.terms import EventKind, InvitationKind, Purpose

__all__ = ["Answer", "Answered", "Outcome", "answers_of", "outcome_of"]

_FRESH_STARTS = frozenset({EventKind.NEXT_ROUND, EventKind.RESCHEDULED_BY_EMPLOYER})
_EMPLOYER_ENDS = frozenset({EventKind.CANCELLED_BY_EMPLOYER, EventKind.REJECTED, EventKind.OFFER_RECEIVED})
_NO_INVITATION = frozenset({InvitationKind.REJECTION, InvitationKind.OFFER, InvitationKind.SCAM})


class Answered(StrEnum):
    """How soon an invitation was answered (rule T1)."""

    WITHIN_A_DAY = "within_a_day"
    WITHIN_TWO_DAYS = "within_two_days"
    LATER = "later"
    BY_COMING = "by_coming"
    """No answer is noted, but the candidate was there."""
    SETTLED = "settled"
    """The employer ended or changed it before an answer was owed."""
    WAITING = "waiting"
    """Not answered yet, and still within two days."""
    OVERDUE = "overdue"
    """Not answered within two days, but it still can be."""
    NEVER = "never"
    """It can no longer be answered (rule T10)."""


@dataclass(frozen=True)
class Answer:
    """One invitation and what became of it.

    Attributes:
        received_at: when it came; a change of time by the employer counts as a new one.
        answered_at: None where no message answered it.
    """

    received_at: datetime
    answered: Answered
    answered_at: datetime | None = None
    purpose: Purpose | None = None

    @property
    def took(self) -> timedelta | None:
        """How long the answer took."""
        return self.answered_at - self.received_at if self.answered_at else None


class Outcome(StrEnum):
    """How a case stands or ended."""

    OPEN = "open"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    CALLED_OFF = "called_off"
    """By the employer."""
    REJECTED = "rejected"
    OFFER_ACCEPTED = "offer_accepted"
    OFFER_DECLINED = "offer_declined"
    NO_NEWS = "no_news"
    """Closed after an interview of which nothing more was heard (rule T8)."""
    SET_ASIDE = "set_aside"


def answers_of(dossier: Dossier, now: datetime) -> tuple[Answer, ...]:
    """The invitations of a case, oldest first, each with how soon it was answered."""
    happened = sorted((event for event in dossier.case.events if event.at <= now), key=lambda event: event.at)
    stretches = list(_stretches(happened))
    closed = situation(dossier.case, now).is_closed
    found = []
    for number, stretch in enumerate(stretches):
        began, events = stretch
        is_last = number == len(stretches) - 1
        received = _received(dossier, began, is_last=is_last)
        if number == 0 and _begins_without_invitation(dossier):
            continue
        following = stretches[number + 1][0] if not is_last else None
        found.append(_answer(received, events, following, now, dossier, closed=closed))
    return tuple(found)


def _stretches(events: Sequence[Event]) -> Iterator[tuple[datetime | None, list[Event]]]:
    """The events cut where the employer changed time or round, each part with the moment at which it began."""
    began: datetime | None = None
    part: list[Event] = []
    for event in events:
        if event.kind in _FRESH_STARTS:
            yield began, part
            began, part = event.at, []
        else:
            part.append(event)
    yield began, part


def _received(dossier: Dossier, began: datetime | None, *, is_last: bool) -> datetime:
    if is_last:
        present = dossier.case.interview.received
        return max((moment for moment in (present, began) if moment), default=dossier.entries[0].at)
    if began is not None:
        return began
    received = dossier.entries[0].at
    for entry in dossier.standing:
        if entry.event is not None and entry.event.kind in _FRESH_STARTS:
            break
        change = entry.changes.get("received")
        if change is not None and change.after is not None:
            received = datetime.fromisoformat(str(change.after))
    return received


def _begins_without_invitation(dossier: Dossier) -> bool:
    change = dossier.entries[0].changes.get("kind")
    return change is not None and change.after in _NO_INVITATION


def _answer(
    received: datetime, events: list[Event], following: datetime | None, now: datetime, dossier: Dossier, *, closed: bool
) -> Answer:
    said = next((event for event in events if event.kind == EventKind.MESSAGE_SENT and event.purpose in DECISIONS), None)
    if said is not None:
        took = said.at - received
        if took <= ANSWER_WITHIN:
            answered = Answered.WITHIN_A_DAY
        else:
            answered = Answered.WITHIN_TWO_DAYS if took <= ANSWER_AT_THE_LATEST else Answered.LATER
        return Answer(received, answered, said.at, said.purpose)
    if any(event.kind == EventKind.ATTENDED for event in events):
        return Answer(received, Answered.BY_COMING)
    ended = next((event.at for event in events if event.kind in _EMPLOYER_ENDS), following)
    if ended is not None:
        return Answer(received, Answered.SETTLED if ended - received <= ANSWER_AT_THE_LATEST else Answered.NEVER)
    start = dossier.case.interview.start
    if closed or (start is not None and start <= now):
        return Answer(received, Answered.NEVER)
    return Answer(received, Answered.WAITING if now - received <= ANSWER_AT_THE_LATEST else Answered.OVERDUE)


_OUTCOME_OF_PURPOSE = {
    Purpose.DECLINE: Outcome.DECLINED, Purpose.CANCEL: Outcome.CANCELLED, Purpose.WITHDRAW: Outcome.WITHDRAWN,
    Purpose.DECLINE_OFFER: Outcome.OFFER_DECLINED, Purpose.ACCEPT_OFFER: Outcome.OFFER_ACCEPTED,
}  # fmt: skip
_OUTCOME_OF_EVENT = {
    EventKind.CANCELLED_BY_EMPLOYER: Outcome.CALLED_OFF,
    EventKind.REJECTED: Outcome.REJECTED,
    EventKind.OFFER_ACCEPTED: Outcome.OFFER_ACCEPTED,
}


def outcome_of(dossier: Dossier, now: datetime) -> Outcome:
    """How a case stands or ended: the last thing that settles it tells."""
    at = situation(dossier.case, now)
    if not at.is_closed:
        return Outcome.OPEN
    for event in reversed(at.events):
        found = _OUTCOME_OF_EVENT.get(event.kind)
        if found is None and event.kind == EventKind.MESSAGE_SENT and event.purpose is not None:
            found = _OUTCOME_OF_PURPOSE.get(event.purpose)
        if found is not None:
            return found
    return Outcome.NO_NEWS if at.held_at is not None else Outcome.SET_ASIDE
