"""Reminders: derived from the plan whenever they are asked for. Only what was given or put off is ever kept.

Which step is reminded of, and when:

- an answer (T1, T10): four hours before it is due, and when it is due;
- attending (T11): the evening before at 19:00 by the clock of wherever the person is, and ninety minutes before;
- the call that makes sure a message was noted (L2), and what is urgent on the day (T3): as soon as it may be done;
- everything else: when courteous hours begin on the day it is due (T12), but not before it may be done.

Steps that only serve another (someone to talk to, an address to find) are not reminded of: the step they serve is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from pamit.domain.calendar.hours import CourteousHours
from pamit.domain.calendar.quiet import QuietHours
from pamit.domain.plan import Plan, Step
from pamit.domain.terms import Channel, StepKind

__all__ = ["Cue", "Mark", "MarkState", "Pending", "Person", "Reminder", "pending", "reminders_of", "step_key"]

_ANSWER_AHEAD = timedelta(hours=4)
_EVENING = time(19)
_BEFORE_THE_TALK = timedelta(minutes=90)
_LATE_TO_THE_TALK = timedelta(minutes=30)
"""How long after its start it still helps to hear that an interview has begun."""

_DAY_BEGINS = time(8)
_ON_THE_DAY = timedelta(hours=24)
_SKEW = timedelta(minutes=5)
"""Two processes that claim at the same time ask the clock in one order and reach the store in the other."""

_SPOKEN_OR_TEXT = frozenset({Channel.PHONE, Channel.TEXT})


class Cue(StrEnum):
    """Which of a step's reminders it is, in the order in which they come."""

    EVE = "eve"
    """The evening before an interview."""
    AHEAD = "ahead"
    """Some hours before it is due."""
    DUE = "due"
    """It is due, or may be done now and should."""
    SOON = "soon"
    """The interview is about to begin."""
    AGAIN = "again"
    """The person put it off until now."""


@dataclass(frozen=True)
class Person:
    """Where and when the person may be disturbed.

    Attributes:
        here: the zone in which they are now.
    """

    here: tzinfo
    quiet: QuietHours


@dataclass(frozen=True)
class Reminder:
    """One reminder of one step.

    Attributes:
        at: when to give it, quiet hours considered; in UTC.
        urgent: whether it is given in quiet hours too.
        expires_at: from when on it says nothing useful any more; None as long as the step is open.
    """

    step: Step
    cue: Cue
    at: datetime
    urgent: bool = False
    expires_at: datetime | None = None

    @property
    def key(self) -> str:
        """The same for as long as it is the same reminder, whatever happens to clock, zone or machine."""
        again = f"#{self.at:%Y%m%dT%H%M%SZ}" if self.cue == Cue.AGAIN else ""
        return f"{step_key(self.step)}#{self.cue}{again}"


class MarkState(StrEnum):
    """What is kept of a reminder."""

    CLAIMED = "claimed"
    """Someone is giving it; when their lease is over, another may."""
    GIVEN = "given"
    SNOOZED = "snoozed"
    """The person put the step off; kept under the key of the step."""


@dataclass(frozen=True)
class Mark:
    """What is kept of a reminder, or of a step that was put off.

    Attributes:
        at: when it was claimed, given or put off.
        until: the end of the lease; the moment to which it was put off.
        owner: who claimed it.
    """

    state: MarkState
    at: datetime
    until: datetime | None = None
    owner: str | None = None


@dataclass(frozen=True)
class Pending:
    """The reminders of a case at one moment.

    Attributes:
        ready: to be given now.
        next_at: when to look again although nothing has changed; None for never.
        ahead: those that come later, soonest first.
    """

    ready: tuple[Reminder, ...] = ()
    next_at: datetime | None = None
    ahead: tuple[Reminder, ...] = ()


def step_key(step: Step) -> str:
    """What tells a step of a case from all others: what to do, and by when the rules want it."""
    # What is urgent on the day is due at every moment anew; the interview's hour tells it apart.
    anchor = step.latest if "T3" in step.rules else step.ruled_at
    moment = anchor or step.overdue_since or step.due
    return f"{step.do}@{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def reminders_of(plan: Plan, now: datetime, hours: CourteousHours, person: Person) -> tuple[Reminder, ...]:
    """All reminders of a plan, past and future, step by step and in the order in which they come.

    Args:
        now: the moment for which the plan was made.
        hours: at the employer's place.
    """
    return tuple(found for step in plan.steps if step.ruled_at is not None for found in _of_step(step, now, hours, person))


def _of_step(step: Step, now: datetime, hours: CourteousHours, person: Person) -> Iterator[Reminder]:
    ruled = step.ruled_at or step.due
    # What can be done already has its times moved along by the clock; the rule's own due time stays.
    target = step.due if step.due > now else ruled
    if step.do == StepKind.ATTEND:
        eve = _evening_before(ruled, person.here)
        soon = (ruled - _BEFORE_THE_TALK).astimezone(UTC)
        if eve < soon:
            yield Reminder(step, Cue.EVE, _polite(eve, soon, person), expires_at=soon)
        yield Reminder(step, Cue.SOON, soon, urgent=True, expires_at=(ruled + _LATE_TO_THE_TALK).astimezone(UTC))
    elif "T3" in step.rules:
        yield Reminder(step, Cue.DUE, step.earliest.astimezone(UTC), urgent=True)
    elif "L2" in step.rules and step.latest is not None:
        urgent = step.latest - ruled < _ON_THE_DAY
        at = ruled.astimezone(UTC)
        yield Reminder(step, Cue.DUE, at if urgent else _polite(at, step.latest, person), urgent=urgent)
    elif step.do == StepKind.ANSWER:
        last = step.latest if step.latest is not None and step.latest > max(target, now) else None
        yield Reminder(step, Cue.AHEAD, _polite(_open(target - _ANSWER_AHEAD, step, now), target, person))
        yield Reminder(step, Cue.DUE, _polite(target.astimezone(UTC), last, person))
    else:
        begins = _day_begins(target, hours, spoken=step.channel in _SPOKEN_OR_TEXT)
        yield Reminder(step, Cue.DUE, _polite(_open(begins, step, now), target, person))


def _open(at: datetime, step: Step, now: datetime) -> datetime:
    """Not before the step may be done."""
    return max(at, step.earliest).astimezone(UTC) if step.earliest > now else at.astimezone(UTC)


def _polite(at: datetime, before: datetime | None, person: Person) -> datetime:
    """Outside quiet hours: after them where that is still in time, else before them."""
    if not person.quiet.contains(at, person.here):
        return at
    later = person.quiet.next_open(at, person.here)
    return later if before is None or later < before else person.quiet.last_open(at, person.here)


def _evening_before(start: datetime, here: tzinfo) -> datetime:
    eve = start.astimezone(here).date() - timedelta(days=1)
    return datetime.combine(eve, _EVENING, here).astimezone(UTC)


def _day_begins(target: datetime, hours: CourteousHours, *, spoken: bool) -> datetime:
    """When the day begins on which something is due; for calls and texts a working day.

    What is due before the day begins is reminded of on the day before.
    """
    last = target.astimezone(hours.zone)
    # Two weeks without a working day are no calendar that anyone lives by.
    for back in range(15):
        begins = _begin_of(last.date() - timedelta(days=back), hours, spoken=spoken)
        if begins is not None and begins <= target:
            return begins
    return last - timedelta(days=1)


def _begin_of(day: date, hours: CourteousHours, *, spoken: bool) -> datetime | None:
    if not spoken:
        return datetime.combine(day, _DAY_BEGINS, hours.zone)
    windows = hours.windows(day)
    return windows[0][0] if windows else None


# -- what is to be given now ------------------------------------------------------------------------------------------


def pending(reminders: tuple[Reminder, ...], marks: Mapping[str, Mark], now: datetime, person: Person) -> Pending:
    """Which reminders are to be given now, and when to look again.

    Of several reminders of one step that were missed, while the machine slept, only the last is given: the earlier ones
    say nothing more. What is not urgent waits for the end of quiet hours.

    Args:
        reminders: of :func:`reminders_of`.
        marks: what is kept, by the key of a reminder or, of a step put off, of the step.
    """
    steps: dict[str, list[Reminder]] = {}
    for reminder in reminders:
        steps.setdefault(step_key(reminder.step), []).append(reminder)
    ready: list[Reminder] = []
    ahead: list[Reminder] = []
    looks: list[datetime] = []
    for key, those in steps.items():
        open_ones = _still_open(those, marks, marks.get(key))
        claims = [mark for mark in (marks.get(one.key) for one in (*those, *open_ones)) if mark and _holds(mark, now)]
        if claims:
            looks += [mark.until for mark in claims if mark.until]
            continue
        chosen = None
        for one in sorted(open_ones, key=lambda one: one.at):
            if one.expires_at is not None and one.expires_at <= now:
                continue
            if one.at > now:
                ahead.append(one)
            elif one.urgent or not person.quiet.contains(now, person.here):
                chosen = one
            else:
                looks.append(person.quiet.next_open(now, person.here))
        if chosen is not None:
            ready.append(chosen)
    ahead.sort(key=lambda one: one.at)
    return Pending(tuple(ready), min([*looks, *(one.at for one in ahead)], default=None), tuple(ahead))


def _holds(mark: Mark, now: datetime) -> bool:
    """Whether a claim still holds; one that lies far in the future was made by a clock that has been set back since."""
    return mark.state == MarkState.CLAIMED and mark.until is not None and mark.at - _SKEW <= now < mark.until


def _still_open(those: list[Reminder], marks: Mapping[str, Mark], snoozed: Mark | None) -> list[Reminder]:
    """The reminders of a step after the last one given, with the one that the person asked for."""
    given = {one.key: mark for one in those if (mark := marks.get(one.key)) and mark.state == MarkState.GIVEN}
    last = max((i for i, one in enumerate(those) if one.key in given), default=-1)
    left = those[last + 1 :]
    if snoozed is None or snoozed.until is None:
        return left
    until = snoozed.until.astimezone(UTC)
    left = [one for one in left if one.urgent or one.at > until]
    again = replace(those[-1], cue=Cue.AGAIN, at=until, urgent=False)
    mark = marks.get(again.key)
    if mark is not None and mark.state == MarkState.GIVEN:
        return [one for one in left if one.at > mark.at]
    spoken = any(one.at >= until for one in given.values())
    return left if spoken else [*left, again]
