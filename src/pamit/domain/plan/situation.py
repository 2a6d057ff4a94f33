"""Where a case stands at a moment: everything the planner needs to know, derived from the facts and the events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pamit.domain.calendar.zones import DEFAULT_ZONE, zone
from pamit.domain.interview import Case, Event, Interview
from pamit.domain.terms import Channel, EventKind, Purpose, Stage
from pamit.errors import ErrorKind, PamitError

__all__ = ["DECISIONS", "FAREWELLS", "Situation", "end_of_day", "situation"]

ASSUMED_LENGTH = timedelta(hours=2)
"""How long an interview lasts whose end is not stated."""

DECISIONS = frozenset({Purpose.CONFIRM, Purpose.RESCHEDULE, Purpose.DECLINE, Purpose.CANCEL, Purpose.WITHDRAW})
"""The messages that answer an invitation (rules T1, T10)."""

FAREWELLS = frozenset({Purpose.DECLINE, Purpose.CANCEL, Purpose.WITHDRAW, Purpose.DECLINE_OFFER})
"""The messages that end something; P1, P3 and P4 stand before them."""

_FRESH_STARTS = frozenset({EventKind.NEXT_ROUND, EventKind.RESCHEDULED_BY_EMPLOYER})


def end_of_day(day: date, tz: ZoneInfo) -> datetime:
    """23:59 of a day at the employer's place."""
    return datetime.combine(day, time(23, 59), tz)


@dataclass(frozen=True)
class Situation:
    """A case at one moment. Every moment is aware and in the employer's zone.

    Attributes:
        events: those of the present interview, oldest first: after the last change of round or time by the employer.
        reopened_at: when the person last took the case up again; what closed it before counts no more.
        received: when the present invitation reached the candidate; a change of time by the employer counts as one.
        start, end: of the present interview; the end is assumed where it is not stated; None without a date.
    """

    interview: Interview
    now: datetime
    tz: ZoneInfo
    events: tuple[Event, ...]
    reopened_at: datetime | None
    received: datetime | None
    start: datetime | None
    end: datetime | None

    # -- events ---------------------------------------------------------------------------------------------------

    def last(self, *kinds: EventKind) -> Event | None:
        """The latest event of these kinds."""
        return next((event for event in reversed(self.events) if event.kind in kinds), None)

    def sent(self, *purposes: Purpose) -> Event | None:
        """The latest message sent for one of these purposes."""
        return next((e for e in reversed(self.events) if e.kind == EventKind.MESSAGE_SENT and e.purpose in purposes), None)

    @property
    def decision(self) -> Event | None:
        """The latest message that answered the invitation and still holds."""
        found = self.sent(*DECISIONS)
        if found is None or self._outdated(found):
            return None
        reconsidered = self.sent(Purpose.RECONSIDER)
        if found.purpose != Purpose.CONFIRM and reconsidered and reconsidered.at >= found.at:
            return None
        return found

    @property
    def confirmed_at(self) -> datetime | None:
        """When the employer last confirmed something after the standing decision."""
        found, decision = self.last(EventKind.CONFIRMATION_RECEIVED), self.decision
        return found.at if found and decision and found.at >= decision.at else None

    @property
    def awaits_verdict(self) -> Event | None:
        """The plea to be considered again that the employer has not answered yet."""
        plea = self.sent(Purpose.RECONSIDER)
        if plea is None or self._outdated(plea):
            return None
        later = self.sent(*DECISIONS)
        answer = self.last(EventKind.CONFIRMATION_RECEIVED)
        if (later and later.at > plea.at) or (answer and answer.at >= plea.at):
            return None
        return plea

    def _outdated(self, event: Event) -> bool:
        return self.reopened_at is not None and event.at <= self.reopened_at

    # -- stage ----------------------------------------------------------------------------------------------------

    @property
    def attended(self) -> bool:
        """Whether the candidate was there, as far as noted."""
        return self.last(EventKind.ATTENDED) is not None

    @property
    def absent(self) -> Event | None:
        """The noted absence, unless attendance was noted after it."""
        found = self.last(EventKind.ATTENDED, EventKind.ABSENT)
        return found if found and found.kind == EventKind.ABSENT else None

    @property
    def held_at(self) -> datetime | None:
        """The end of an interview that is over; of one without a date, when attendance was noted."""
        if self.end is not None and (self.end <= self.now or self.attended):
            return min(self.end, self.now)
        attended = self.last(EventKind.ATTENDED)
        return attended.at if attended else None

    @property
    def is_today(self) -> bool:
        """Whether now is the employer's calendar day of the start."""
        return self.start is not None and self.start.date() == self.now.date()

    @property
    def is_closed(self) -> bool:
        """Whether nothing is open any more (the stage ``closed``)."""
        closers = [event.at for event in self.events if self._closes(event) and not self._outdated(event)]
        return bool(closers)

    def _closes(self, event: Event) -> bool:
        if event.kind in {EventKind.CLOSED, EventKind.CANCELLED_BY_EMPLOYER, EventKind.OFFER_ACCEPTED}:
            return True
        if event.kind != EventKind.MESSAGE_SENT:
            return False
        if event.purpose in {Purpose.DECLINE, Purpose.WITHDRAW}:
            return self._stands(event)
        if event.purpose == Purpose.CANCEL:
            past = self.start is not None and self.start <= self.now
            return self._stands(event) and (self.confirmed_at is not None or past)
        if event.purpose in {Purpose.DECLINE_OFFER, Purpose.ACCEPT_OFFER}:
            return True
        if event.purpose == Purpose.ASK_FEEDBACK:
            rejected = self.last(EventKind.REJECTED)
            return rejected is not None and rejected.at <= event.at
        return False

    def _stands(self, event: Event) -> bool:
        """Whether this is the decision that holds: not taken back by a later one or by a plea to be reconsidered."""
        return self.decision == event

    @property
    def stage(self) -> Stage:
        """Where the interview stands now."""
        if self.is_closed:
            return Stage.CLOSED
        if self.attended or (self.end is not None and self.end <= self.now):
            return Stage.INTERVIEWED
        if self.start is None:
            return Stage.INVITED
        return Stage.TODAY if self.start.date() <= self.now.date() else Stage.SCHEDULED

    # -- contact --------------------------------------------------------------------------------------------------

    @property
    def mostly_by_phone(self) -> bool:
        """Whether the contact so far was mostly by phone (rule C2)."""
        used = [event.channel for event in self.events if event.channel]
        if self.interview.invited_via:
            used.append(self.interview.invited_via)
        return used.count(Channel.PHONE) * 2 > len(used)


def situation(case: Case, now: datetime) -> Situation:
    """Derive where a case stands.

    Args:
        now: an aware moment; events later than it have not happened yet and are left out.

    Raises:
        PamitError: ``naive-time`` where a moment has no zone; ``unknown-zone``.
    """
    interview = case.interview
    for moment in (now, interview.start, interview.end, interview.received, interview.reply_by, interview.decision_expected):
        _must_be_aware(moment)
    for event in case.events:
        _must_be_aware(event.at)
    tz = zone(interview.timezone or DEFAULT_ZONE)
    happened = sorted((event for event in case.events if event.at <= now), key=lambda event: event.at)
    fresh = next((i for i in range(len(happened) - 1, -1, -1) if happened[i].kind in _FRESH_STARTS), None)
    since = happened[fresh].at if fresh is not None else None
    present = tuple(happened if fresh is None else happened[fresh + 1 :])
    received = max((at for at in (interview.received, since) if at), default=None)
    start, end = interview.start, interview.end
    if start is not None and since is not None and start <= since:
        # The employer cannot have moved or set the talk to a time already past: the new one is not known yet.
        start = end = None
    if start is not None and (end is None or end <= start):
        end = start + ASSUMED_LENGTH
    if start is None:
        end = None
    reopened = next((event.at for event in reversed(present) if event.kind == EventKind.REOPENED), None)

    def local(at: datetime | None) -> datetime | None:
        return at.astimezone(tz) if at else None

    return Situation(interview, now.astimezone(tz), tz, present, local(reopened), local(received), local(start), local(end))


def _must_be_aware(moment: datetime | None) -> None:
    if moment is not None and moment.utcoffset() is None:
        raise PamitError(ErrorKind.INVALID, "naive-time", f"The time {moment.isoformat()} has no offset from UTC.")
