"""Questions about all cases: which there are, and what is due."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.calendar.zones import DEFAULT_ZONE
from pamit.domain.plan import Step, make_plan
from pamit.domain.terms import Stage
from pamit.services.indexing import fold, refresh
from pamit.services.ports import IndexRow, Listing, Store

__all__ = ["TODAY", "Agenda", "AgendaItem", "due", "list_cases", "today"]

TODAY = timedelta(hours=24)
"""How far *today* looks ahead: an answer is due within 24 hours (rule T1), so a fresh invitation stands in it at once."""


@dataclass(frozen=True)
class AgendaItem:
    """One step of one case.

    Attributes:
        timezone: IANA name of the employer's zone, in which its times are shown.
        stage: where its interview stands.
    """

    case: str
    company: str | None
    position: str | None
    timezone: str
    stage: Stage
    step: Step

    @property
    def since(self) -> datetime:
        """When it is due or, of an overdue step, was due."""
        return self.step.overdue_since or self.step.due


@dataclass(frozen=True)
class Agenda:
    """What is due by a moment, soonest first.

    Attributes:
        items: those of the first cases, as far as a limit allows.
        more: how many further cases have something due by then.
        overdue: whether anything is overdue at all, shown or not.
    """

    until: datetime
    items: tuple[AgendaItem, ...]
    more: int = 0
    overdue: bool = False


def list_cases(store: Store, own_days: OwnDays, wanted: Listing, now: datetime) -> list[IndexRow]:
    """The cases that match, as they stand now."""
    refresh(store, own_days, now)
    with store.reading() as view:
        return view.listing(replace(wanted, text=fold(wanted.text) if wanted.text else None))


def today(store: Store, own_days: OwnDays, now: datetime, limit: int | None = None) -> Agenda:
    """What is overdue or due within the next 24 hours."""
    return due(store, own_days, now + TODAY, now, limit)


def due(store: Store, own_days: OwnDays, until: datetime, now: datetime, limit: int | None = None) -> Agenda:
    """The steps of all open cases that are due by a moment, soonest first.

    Args:
        limit: how many cases to look into at most, those with the most urgent steps.
    """
    refresh(store, own_days, now)
    last = max(until, now)
    wanted = Listing(due_until=last, limit=limit)
    with store.reading() as view:
        rows = view.listing(wanted)
        more = view.tally(wanted) - len(rows) if limit is not None and len(rows) == limit else 0
        dossiers = view.dossiers([row.case for row in rows])
    items = []
    for dossier in dossiers:
        interview = dossier.case.interview
        plan = make_plan(dossier.case, now, own_days=own_days)
        timezone = interview.timezone or DEFAULT_ZONE
        for step in plan.steps:
            item = AgendaItem(dossier.id, interview.company, interview.position, timezone, plan.stage, step)
            if item.since <= last:
                items.append(item)
    items.sort(key=lambda item: (item.since, item.case))
    # Rows come soonest first, so what is overdue is among the first of them.
    return Agenda(until, tuple(items), more, any(item.step.overdue_since for item in items))
