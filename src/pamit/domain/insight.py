"""What a log tells about one case, looking back: how soon each invitation was answered, and how the case ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from pamit.domain.interview import Event
from pamit.domain.log import Dossier
from pamit.domain.plan.situation import DECISIONS, Situation, situation
from pamit.domain.plan.timing import ANSWER_AT_THE_LATEST, ANSWER_WITHIN
from pamit.domain.terms import EventKind, InvitationKind, Purpose

__all__ = ["Answer", "Answered", "History", "Invited", "Outcome", "answers_of", "history_of", "outcome_of"]

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


@dataclass(frozen=True)
class Invited:
    """One invitation and what followed, whatever time it is now.

    Attributes:
        received_at: when it came; a change of time by the employer counts as a new one.
        answered_at, purpose: the first message that answered it.
        attended: whether the candidate was there, as far as noted.
        ended_at: when the employer ended or changed it.
        held_at: when its interview was, as far as that is known.
    """

    received_at: datetime
    answered_at: datetime | None = None
    purpose: Purpose | None = None
    attended: bool = False
    ended_at: datetime | None = None
    held_at: datetime | None = None

    def answer(self, start: datetime | None, now: datetime, *, closed: bool) -> Answer:
        """How soon it was answered, as seen now.

        Args:
            start: of the present interview.
            closed: whether the case is.
        """
        if self.answered_at is not None:
            took = self.answered_at - self.received_at
            if took <= ANSWER_WITHIN:
                answered = Answered.WITHIN_A_DAY
            else:
                answered = Answered.WITHIN_TWO_DAYS if took <= ANSWER_AT_THE_LATEST else Answered.LATER
            return Answer(self.received_at, answered, self.answered_at, self.purpose)
        if self.attended:
            return Answer(self.received_at, Answered.BY_COMING)
        if self.ended_at is not None:
            in_time = self.ended_at - self.received_at <= ANSWER_AT_THE_LATEST
            return Answer(self.received_at, Answered.SETTLED if in_time else Answered.NEVER)
        if closed or (start is not None and start <= now):
            return Answer(self.received_at, Answered.NEVER)
        waiting = now - self.received_at <= ANSWER_AT_THE_LATEST
        return Answer(self.received_at, Answered.WAITING if waiting else Answered.OVERDUE)


@dataclass(frozen=True)
class History:
    """A case looked back upon. It follows from the log alone, so that it need not be derived anew as time passes.

    Attributes:
        start: of the present interview.
        closed_at: when the case was closed, or will be by the hour of an interview that was called off.
        outcome: how it ended, once it is closed.
        heard_at: when the employer last gave a result.
    """

    invitations: tuple[Invited, ...] = ()
    start: datetime | None = None
    closed_at: datetime | None = None
    outcome: Outcome = Outcome.SET_ASIDE
    heard_at: datetime | None = None

    def is_closed(self, now: datetime) -> bool:
        """Whether nothing is open any more."""
        return self.closed_at is not None and self.closed_at <= now

    def outcome_at(self, now: datetime) -> Outcome:
        """How the case stands or ended."""
        return self.outcome if self.is_closed(now) else Outcome.OPEN

    def answers(self, now: datetime) -> tuple[Answer, ...]:
        """The invitations, oldest first, each with how soon it was answered."""
        closed = self.is_closed(now)
        return tuple(one.answer(self.start, now, closed=closed) for one in self.invitations)

    def interviews(self, now: datetime) -> tuple[datetime, ...]:
        """When interviews were, and will be unless something happens."""
        closed = self.is_closed(now)
        return tuple(
            one.held_at for one in self.invitations if one.held_at and (one.attended or not closed or one.held_at <= now)
        )

    def silent_since(self, now: datetime) -> datetime | None:
        """When the last interview was, where no result has followed; None while there is none or something came of it."""
        # Of an invitation that was not accepted, nobody knows whether the interview was held.
        agreed = (one for one in self.invitations if one.attended or one.purpose == Purpose.CONFIRM)
        held = [one.held_at for one in agreed if one.held_at and one.held_at <= now]
        if not held or self.outcome_at(now) not in (Outcome.OPEN, Outcome.NO_NEWS):
            return None
        return None if self.heard_at is not None and self.heard_at >= held[-1] else held[-1]


def answers_of(dossier: Dossier, now: datetime) -> tuple[Answer, ...]:
    """The invitations of a case, oldest first, each with how soon it was answered."""
    return history_of(dossier, now).answers(now)


def outcome_of(dossier: Dossier, now: datetime) -> Outcome:
    """How a case stands or ended: the last thing that settles it tells."""
    return history_of(dossier, now).outcome_at(now)


_EVER: Final = datetime.max.replace(tzinfo=UTC) - timedelta(days=2)
_RESULTS = frozenset({*_EMPLOYER_ENDS, EventKind.NEXT_ROUND, EventKind.CONFIRMATION_RECEIVED})
_ABSENCES = frozenset({Purpose.DECLINE, Purpose.CANCEL, Purpose.WITHDRAW, Purpose.RESCHEDULE})


def history_of(dossier: Dossier, until: datetime = _EVER) -> History:
    """Look back upon a case.

    Args:
        until: what happened later is left out.
    """
    happened = sorted((event for event in dossier.case.events if event.at <= until), key=lambda event: event.at)
    stretches = list(_stretches(happened))
    found = []
    for number, (began, events) in enumerate(stretches):
        is_last = number == len(stretches) - 1
        received = _received(dossier, began, is_last=is_last)
        if number == 0 and _begins_without_invitation(dossier):
            continue
        following = stretches[number + 1][0] if not is_last else None
        found.append(_invited(received, events, following, dossier.case.interview.start if is_last else None))
    ever = situation(dossier.case, min(until, _EVER))
    closed_at = _closed_at(dossier, happened, ever)
    return History(
        invitations=tuple(found),
        start=dossier.case.interview.start,
        closed_at=closed_at,
        outcome=_outcome(ever, closed_at),
        heard_at=max((event.at for event in happened if event.kind in _RESULTS), default=None),
    )


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


def _invited(received: datetime, events: list[Event], following: datetime | None, start: datetime | None) -> Invited:
    said = next((event for event in events if event.kind == EventKind.MESSAGE_SENT and event.purpose in DECISIONS), None)
    attended = next((event.at for event in events if event.kind == EventKind.ATTENDED), None)
    missed = any(
        event.kind in _STAYED_AWAY or (event.kind == EventKind.MESSAGE_SENT and event.purpose in _ABSENCES) for event in events
    )
    return Invited(
        received,
        said.at if said else None,
        said.purpose if said else None,
        attended is not None,
        next((event.at for event in events if event.kind in _EMPLOYER_ENDS), following),
        (min(start, attended) if start else attended) if attended else (None if missed else start),
    )


_STAYED_AWAY = frozenset({EventKind.ABSENT, EventKind.CANCELLED_BY_EMPLOYER})


def _closed_at(dossier: Dossier, happened: Sequence[Event], ever: Situation) -> datetime | None:
    """The moment of the event that closed the case; of an interview called off, its hour where nobody confirmed before."""
    if not ever.is_closed:
        return None
    found = None
    for event in reversed(happened):
        if not situation(dossier.case, event.at).is_closed:
            break
        found = event.at
    return found or ever.start


_OUTCOME_OF_PURPOSE = {
    Purpose.DECLINE: Outcome.DECLINED, Purpose.CANCEL: Outcome.CANCELLED, Purpose.WITHDRAW: Outcome.WITHDRAWN,
    Purpose.DECLINE_OFFER: Outcome.OFFER_DECLINED, Purpose.ACCEPT_OFFER: Outcome.OFFER_ACCEPTED,
}  # fmt: skip
_OUTCOME_OF_EVENT = {
    EventKind.CANCELLED_BY_EMPLOYER: Outcome.CALLED_OFF,
    EventKind.REJECTED: Outcome.REJECTED,
    EventKind.OFFER_ACCEPTED: Outcome.OFFER_ACCEPTED,
}


def _outcome(ever: Situation, closed_at: datetime | None) -> Outcome:
    if closed_at is None:
        return Outcome.OPEN
    for event in reversed(ever.events):
        found = _OUTCOME_OF_EVENT.get(event.kind)
        if found is None and event.kind == EventKind.MESSAGE_SENT and event.purpose is not None:
            found = _OUTCOME_OF_PURPOSE.get(event.purpose)
        if found is not None:
            return found
    was_held = ever.attended or (ever.end is not None and ever.end <= closed_at)
    return Outcome.NO_NEWS if was_held else Outcome.SET_ASIDE
