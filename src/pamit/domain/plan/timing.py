"""When a step may, should and must be done (rules of group T, and L2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from pamit.domain.calendar.hours import CourteousHours
from pamit.domain.plan.situation import Situation, end_of_day
from pamit.domain.terms import Channel

__all__ = ["AT_ONCE", "Limit", "Times", "TimingRules"]

AT_ONCE = timedelta(hours=24)
"""What "at once" and "as soon as possible" mean where no rule names a time."""

ANSWER_WITHIN = timedelta(hours=24)
ANSWER_AT_THE_LATEST = timedelta(hours=48)
VERIFY_AFTER = timedelta(hours=24)
ASK_AFTER = timedelta(days=7)
GIVE_UP_AFTER = timedelta(days=14)
_URGENT_OPENS, _OPENS, _LATE_TEXT = time(7), time(8), time(21)


@dataclass(frozen=True)
class Limit:
    """A moment that a rule sets."""

    at: datetime
    rule: str


@dataclass(frozen=True)
class Times:
    """The settled times of a step.

    Attributes:
        overdue: the limit that could not be kept, if any.
        waits: whether courteous hours put the step off beyond the rules' last moment.
        ruled: the first limit itself, before courteous hours and the clock moved it.
    """

    earliest: datetime
    due: datetime
    latest: datetime | None
    overdue: Limit | None = None
    waits: bool = False
    ruled: datetime | None = None


@dataclass(frozen=True)
class TimingRules:
    """The rules of time, applied to one situation."""

    at: Situation
    hours: CourteousHours

    # -- limits ---------------------------------------------------------------------------------------------------

    def answer_limits(self) -> tuple[list[Limit], list[Limit]]:
        """When an invitation should and must be answered (T1): due and latest limits."""
        at = self.at
        since = at.received or at.now
        outer = (
            [Limit(at.interview.reply_by.astimezone(at.tz), "T1")] if self._deadline_holds() and at.interview.reply_by else []
        )
        if at.start is not None:
            outer.append(Limit(at.start, "T1"))
        return [Limit(since + ANSWER_WITHIN, "T1"), *outer], [Limit(since + ANSWER_AT_THE_LATEST, "T1"), *outer]

    def _deadline_holds(self) -> bool:
        """A deadline that was over before the employer changed the time belongs to the old invitation."""
        at = self.at
        return at.interview.reply_by is not None and (at.received is None or at.interview.reply_by > at.received)

    def before_the_day(self) -> Limit | None:
        """The end of the day before the interview: the last moment to take it back or move it politely (T2)."""
        if self.at.start is None:
            return None
        return Limit(end_of_day(self.at.start.date() - timedelta(days=1), self.at.tz), "T2")

    def thank_by(self) -> datetime:
        """The end of the day after the interview (T5)."""
        held = self.at.held_at or self.at.end or self.at.now
        return end_of_day(held.astimezone(self.at.tz).date() + timedelta(days=1), self.at.tz)

    def ask_window(self) -> tuple[datetime, datetime]:
        """From when and until when one may ask about the result (T6, T8)."""
        at = self.at
        held = (at.held_at or at.end or at.now).astimezone(at.tz)
        promised = at.interview.decision_expected.astimezone(at.tz) if at.interview.decision_expected else None
        opens, closes = held + ASK_AFTER, end_of_day(held.date() + GIVE_UP_AFTER, at.tz)
        if promised is not None:
            opens = max(opens, promised)
            closes = max(closes, end_of_day(promised.date() + timedelta(days=7), at.tz))
        return opens, closes

    # -- settling -------------------------------------------------------------------------------------------------

    def settle(
        self,
        channel: Channel | None,
        due: list[Limit],
        latest: list[Limit],
        *,
        not_before: datetime | None = None,
        urgent: bool = False,
        takes_back: bool = False,
    ) -> Times:
        """Bring limits and courteous hours together.

        Args:
            not_before: a moment before which the rules put the step off (T6, L2).
            urgent: on the interview's day, for T3 or L2: from 07:00, or at once where it begins before 08:00.
            takes_back: a text that takes back or moves tomorrow's interview, which may go until 21:00.
        """
        first_due = min(due, key=lambda limit: limit.at)
        last = min(latest, key=lambda limit: limit.at) if latest else None
        moment = max(self.at.now, not_before or self.at.now)
        if channel in {Channel.PHONE, Channel.TEXT}:
            moment = self._courteous(
                moment, last.at if last else None, urgent=urgent, late_text=takes_back and channel == Channel.TEXT
            )
        if last is not None and last.at < first_due.at:
            first_due = last
        overdue = first_due if first_due.at < self.at.now else None
        settled_due = max(first_due.at, moment)
        settled_latest = max(last.at, settled_due) if last else None
        waits = last is not None and self.at.now <= last.at < moment
        return Times(moment, settled_due, settled_latest, overdue, waits, first_due.at)

    def _courteous(self, moment: datetime, before: datetime | None, *, urgent: bool, late_text: bool) -> datetime:
        start = self.at.start
        if urgent and start is not None:
            opens = datetime.combine(moment.date(), _URGENT_OPENS, self.at.tz)
            return moment if start.time() < _OPENS and start.date() == moment.date() else max(moment, opens)
        if late_text and start is not None and start.date() == moment.date() + timedelta(days=1):
            closes = datetime.combine(moment.date(), _LATE_TEXT, self.at.tz)
            opens = datetime.combine(moment.date(), _OPENS, self.at.tz)
            if moment < closes:
                return self.hours.first(moment, closes) or max(moment, opens)
        limits = [limit for limit in (before, start) if limit is not None and limit > moment]
        for limit in sorted(limits):
            polite = self.hours.first(moment, limit)
            if polite is not None:
                return polite
        if start is None or start <= moment:
            return self.hours.first(moment) or moment
        # No courteous hour is left before the interview itself: word that comes matters more (T10) than the hour.
        opens = datetime.combine(start.date(), _URGENT_OPENS, self.at.tz)
        return max(moment, opens) if opens < start else moment

    def verify(self, sent_at: datetime) -> tuple[datetime, Limit | None, bool]:
        """When to ask by phone whether a cancellation or a move was noted (L2).

        Returns:
            the moment to call, the limit (the interview's hour), and whether it is the urgent call on the day.
        """
        start = self.at.start
        after = sent_at.astimezone(self.at.tz) + VERIFY_AFTER
        if start is None:
            return self.hours.first(after) or after, None, False
        polite = self.hours.first(after, start) if after < start else None
        if polite is not None and polite.date() < start.date():
            return polite, Limit(start, "L2"), False
        opens = datetime.combine(start.date(), _URGENT_OPENS, self.at.tz)
        if start <= opens:
            opens = start - timedelta(hours=1)
        if polite is not None:
            opens = min(max(after, opens), polite)
        return opens, Limit(start, "L2"), True
