"""How long a plan stays as it is: the next moment at which time alone changes it.

A plan compares *now* with moments that follow from the facts and the events: so between two neighbouring ones of these
it cannot change, apart from what moves with the clock itself (the earliest moment of a step that may be done already, the
due time of one that is overdue). The moments below are those of the planner; taking one too many costs a look in vain,
one too few would be a mistake, and a property test searches for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from pamit.domain.interview import Case
from pamit.domain.plan.situation import situation
from pamit.domain.plan.values import Plan
from pamit.domain.terms import Stage

__all__ = ["next_change", "signature"]

_AFTER_AN_EVENT = tuple(timedelta(hours=hours) for hours in (24, 48)) + tuple(timedelta(days=days) for days in (7, 14, 15))
_BEFORE_THE_TALK = (timedelta(hours=24), timedelta(hours=1))
_CLOCKS = (time(0), time(7), time(8), time(11, 30), time(12), time(13), time(17), time(21), time(23, 59))
_INSTANT = timedelta(microseconds=1)


def signature(plan: Plan, now: datetime) -> tuple[object, ...]:
    """What of a plan made then changes by steps and not with the clock: the stage, the steps, when they are due."""
    overdue = any(step.overdue_since for step in plan.steps)
    steps = [
        (step.do, step.channel, step.to, step.rules, step.overdue_since, None if overdue or step.due <= now else step.due)
        for step in plan.steps
    ]
    return (plan.stage, tuple(sorted(steps, key=repr)))


def next_change(case: Case, now: datetime, plan: Plan) -> datetime | None:
    """The first moment after now at which the plan may be another; None where only a new event can change it.

    Args:
        now: the aware moment at which the plan was made.
        plan: made of that case, then.

    Returns:
        a moment in UTC.
    """
    return min((moment for moment in _moments(case, now, plan) if moment > now), default=None)


def _moments(case: Case, now: datetime, plan: Plan) -> Iterator[datetime]:
    # An event noted for later counts from its moment on.
    yield from (_utc(event.at) for event in case.events if event.at > now)
    if plan.stage == Stage.CLOSED and not plan.steps:
        return
    at = situation(case, now)
    # A step that may be done already begins now, and what is overdue is due now, with all that serves it: these move with
    # the clock and are no moments to wait for.
    overdue = any(step.overdue_since for step in plan.steps)
    for step in plan.steps:
        if step.earliest > now:
            yield from _around(step.earliest)
        if step.due > now or not overdue:
            yield from _around(step.due)
        if step.latest is not None and (step.latest > now or not overdue):
            yield from _around(step.latest)
    limits = [moment for moment in (at.interview.reply_by, at.interview.decision_expected, at.end) if moment]
    for moment in limits:
        yield from _around(moment)
    known = [*(event.at for event in case.events if event.at <= now), *limits]
    if at.received is not None:
        known.append(at.received)
    for moment in known:
        for later in _AFTER_AN_EVENT:
            yield from _around(_utc(moment) + later)
            yield from _around(moment.astimezone(at.tz) + later)
    if at.start is not None and at.end is not None:
        yield from _around(at.start)
        yield from (_utc(at.start) - before for before in _BEFORE_THE_TALK)
        days = {at.start.date() - timedelta(days=1), at.start.date(), at.start.date() + timedelta(days=1)}
    else:
        days = set()
    # Of a talk that was attended before it should end, the end moves with the clock, and with it the days that follow.
    if at.attended and at.end is not None and at.end > now:
        days.add(at.now.date() + timedelta(days=1))
    # Calls and texts open and close with the hours of each day; mails do not care.
    if any(step.channel in {"phone", "text"} or "T12" in step.rules for step in plan.steps):
        days |= {at.now.date(), at.now.date() + timedelta(days=1)}
    # The last moment to thank or to ask is the end of a day that follows from these.
    for moment in known:
        days |= {moment.astimezone(at.tz).date() + timedelta(days=later) for later in (1, 7, 14)}
    for day in days:
        yield from _clocks(day, at.tz)


def _clocks(day: date, tz: object) -> Iterator[datetime]:
    for clock in _CLOCKS:
        yield from _around(datetime.combine(day, clock, tz))  # type: ignore[arg-type]


def _around(moment: datetime) -> Iterator[datetime]:
    """A limit and the instant after it: a limit itself is still in time."""
    exact = _utc(moment)
    yield exact
    yield exact + _INSTANT


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
