"""Looking back over all cases: how soon invitations were answered, how cases ended, what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median

from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.insight import Answered, History, Outcome
from pamit.domain.plan.timing import ANSWER_AT_THE_LATEST, ANSWER_WITHIN, ASK_AFTER
from pamit.domain.terms import Stage
from pamit.services.gleaning import glean
from pamit.services.indexing import refresh
from pamit.services.ports import Listing, Reading, Store

__all__ = ["ENOUGH", "Open", "Speed", "Stats", "Week", "stats"]

ENOUGH = 5
"""Answers, or cases, from which on figures are spoken of as a pattern; fewer are told one by one."""

_NAMED = 20
"""Cases named one by one at most."""

_WEEKS_BACK = 25
_WEEKS_AHEAD = 4


class Speed(StrEnum):
    """How long an answer took; the day and the two days of rule T1 are limits among others."""

    HOUR = "hour"
    SIX_HOURS = "six_hours"
    DAY = "day"
    TWO_DAYS = "two_days"
    LONGER = "longer"


_SPEEDS = (
    (Speed.HOUR, timedelta(hours=1)),
    (Speed.SIX_HOURS, timedelta(hours=6)),
    (Speed.DAY, ANSWER_WITHIN),
    (Speed.TWO_DAYS, ANSWER_AT_THE_LATEST),
)


@dataclass(frozen=True)
class Open:
    """A case in which somebody has not answered, and since when."""

    case: str
    company: str | None
    position: str | None
    since: datetime


@dataclass(frozen=True)
class Week:
    """What happened in a week, by the person's own calendar.

    Attributes:
        monday: its first day.
        invited: how many invitations came; ``interviewed``: how many interviews were or are to be; ``closed``: how many cases
            were closed.
    """

    monday: date
    invited: int = 0
    interviewed: int = 0
    closed: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.invited + self.interviewed + self.closed


@dataclass(frozen=True)
class Stats:
    """Figures over all cases.

    Attributes:
        answers: how many invitations were answered how soon; every kind stands in it.
        outcomes: how many cases ended in which way, or are open.
        stages: how many cases stand where.
        median_answer: of those that were answered by a message; None where there are none.
        speeds: how many of those took how long; every speed stands in it.
        unanswered: invitations that the person has not answered in time and still can or never will, the latest first.
        silent: employers of whom nothing was heard for a week after the interview, the latest first. Of both at most 20 are
            named; ``silent_count`` and ``answers`` count all.
        weeks: from the first week in which anything happened, half a year ago at most, to the last interview that is planned.
    """

    cases: int
    invitations: int
    answers: Mapping[Answered, int] = field(default_factory=dict)
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    stages: Mapping[Stage, int] = field(default_factory=dict)
    median_answer: timedelta | None = None
    speeds: Mapping[Speed, int] = field(default_factory=dict)
    unanswered: tuple[Open, ...] = ()
    silent: tuple[Open, ...] = ()
    silent_count: int = 0
    weeks: tuple[Week, ...] = ()

    @property
    def never_answered(self) -> int:
        """How many invitations got no answer and can get none any more; it should be 0 (rule T10)."""
        return self.answers[Answered.NEVER]

    @property
    def answered(self) -> int:
        """How many were answered by a message."""
        return sum(self.speeds.values())

    @property
    def has_pattern(self) -> bool:
        """Whether there are answers enough to speak of a habit."""
        return self.answered >= ENOUGH

    @property
    def busiest(self) -> Week | None:
        """The week in which most happened, the earliest of several; None where nothing did."""
        return max(self.weeks, key=lambda week: week.total, default=None)


def stats(store: Store, own_days: OwnDays, now: datetime) -> Stats:
    """Reckon the figures from the histories of all cases.

    Args:
        now: the present moment, in the zone in which the person is: weeks begin on their Monday.
    """
    glean(store)
    refresh(store, own_days, now)
    count = _Count(now)
    with store.reading() as view:
        for case, history in view.gleanings.histories():
            count.add(case, history)
        return Stats(
            cases=count.cases,
            invitations=count.answers.total(),
            answers={kind: count.answers[kind] for kind in Answered},
            outcomes={kind: count.outcomes[kind] for kind in Outcome},
            stages={stage: view.tally(Listing(stages=frozenset({stage}))) for stage in Stage},
            median_answer=timedelta(seconds=round(median(count.took))) if count.took else None,
            speeds={speed: count.speeds[speed] for speed in Speed},
            unanswered=_named(view, count.unanswered),
            silent=_named(view, count.silent),
            silent_count=len(count.silent),
            weeks=count.weeks(),
        )


def _named(view: Reading, found: Sequence[tuple[datetime, str]]) -> tuple[Open, ...]:
    named = []
    for since, case in sorted(found, reverse=True)[:_NAMED]:
        row = view.index(case)
        named.append(Open(case, row.company if row else None, row.position if row else None, since))
    return tuple(named)


class _Count:
    """Counting, case by case."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.cases = 0
        self.answers: Counter[Answered] = Counter()
        self.outcomes: Counter[Outcome] = Counter()
        self.speeds: Counter[Speed] = Counter()
        self.took: list[float] = []
        self.unanswered: list[tuple[datetime, str]] = []
        self.silent: list[tuple[datetime, str]] = []
        self._this_week = _monday(now)
        self._from = now - timedelta(weeks=_WEEKS_BACK + 1)
        self._until = now + timedelta(weeks=_WEEKS_AHEAD + 1)
        self._events: dict[str, Counter[date]] = {"invited": Counter(), "interviewed": Counter(), "closed": Counter()}

    def add(self, case: str, history: History) -> None:
        """Count a case."""
        now = self.now
        self.cases += 1
        self.outcomes[history.outcome_at(now)] += 1
        for answer in history.answers(now):
            self.answers[answer.answered] += 1
            if answer.took is not None:
                self.took.append(answer.took.total_seconds())
                self.speeds[next((speed for speed, most in _SPEEDS if answer.took <= most), Speed.LONGER)] += 1
            if answer.answered in (Answered.OVERDUE, Answered.NEVER):
                self.unanswered.append((answer.received_at, case))
            self._happened("invited", answer.received_at)
        for moment in history.interviews(now):
            self._happened("interviewed", moment)
        if history.closed_at is not None and history.closed_at <= now:
            self._happened("closed", history.closed_at)
        silent_since = history.silent_since(now)
        if silent_since is not None and silent_since + ASK_AFTER <= now:
            self.silent.append((silent_since, case))

    def _happened(self, what: str, moment: datetime) -> None:
        # Most of a long past lies outside: comparing moments is cheaper than finding their day.
        if self._from <= moment <= self._until:
            self._events[what][_monday(moment.astimezone(self.now.tzinfo))] += 1

    def weeks(self) -> tuple[Week, ...]:
        """The weeks without gaps."""
        first = self._this_week - timedelta(weeks=_WEEKS_BACK)
        last = self._this_week + timedelta(weeks=_WEEKS_AHEAD)
        busy = [monday for found in self._events.values() for monday in found if first <= monday <= last]
        if not busy:
            return ()
        begin, end = min(busy), max(*busy, self._this_week)
        mondays = [begin + timedelta(weeks=number) for number in range((end - begin).days // 7 + 1)]
        return tuple(Week(monday, **{what: found[monday] for what, found in self._events.items()}) for monday in mondays)


def _monday(moment: datetime) -> date:
    return moment.date() - timedelta(days=moment.weekday())
