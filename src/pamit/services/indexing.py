"""What is kept beside each case so that questions about all of them stay quick: derived, and derived anew when time passes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime

from pamit import __version__
from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.log import Dossier
from pamit.domain.names import company_core
from pamit.domain.plan import Plan, make_plan
from pamit.domain.plan.horizon import next_change
from pamit.domain.plan.situation import ASSUMED_LENGTH
from pamit.services.ports import IndexRow, Store, Writing

__all__ = ["basis", "company_key", "fold", "index_of", "keep_index", "refresh"]

_BATCH = 500
"""How many cases are derived in one unit, so that others may write in between."""


def fold(text: str) -> str:
    """Text as it is compared: case, width and runs of blanks do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def company_key(name: str | None) -> str | None:
    """A company's name as it is compared: without its legal form."""
    return company_core(name) or None if name else None


def index_of(dossier: Dossier, now: datetime, own_days: OwnDays) -> IndexRow:
    """Derive what is kept of a case."""
    interview = dossier.case.interview
    plan = make_plan(dossier.case, now, own_days=own_days)
    end = interview.end
    if interview.start and (end is None or end <= interview.start):
        end = interview.start + ASSUMED_LENGTH
    return IndexRow(
        case=dossier.id,
        stage=plan.stage,
        derived_at=now.astimezone(UTC),
        company=interview.company,
        position=interview.position,
        company_key=company_key(interview.company),
        position_key=fold(interview.position) if interview.position else None,
        search=fold(f"{interview.company or ''} {interview.position or ''}"),
        start_at=_utc(interview.start),
        end_at=_utc(end) if interview.start else None,
        due_at=_soonest_due(plan),
        opens_at=_utc(min((step.earliest for step in plan.steps), default=None)),
        changes_at=_utc(next_change(dossier.case, now, plan)),
    )


def _soonest_due(plan: Plan) -> datetime | None:
    return _utc(min((step.overdue_since or step.due for step in plan.steps), default=None))


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None


def keep_index(unit: Writing, dossiers: Iterable[Dossier], now: datetime, own_days: OwnDays) -> None:
    """Derive and keep what is kept of these cases, within the unit that changed them."""
    for dossier in dossiers:
        unit.put_index(index_of(dossier, now, own_days))


def basis(own_days: OwnDays) -> str:
    """What an index depends on besides cases and time: the rules of this version, and the person's own days."""
    off = ";".join(f"{day}" for day in sorted(own_days.off))
    on = ";".join(f"{day}" for day in sorted(own_days.on))
    return f"{__version__}|{off}|{on}"


def refresh(store: Store, own_days: OwnDays, now: datetime) -> int:
    """Derive the index anew where time, the rules or the person's own days have changed it.

    Its cost grows with what has changed, not with what is stored.

    Returns:
        how many cases were derived.
    """
    wanted = basis(own_days)
    with store.reading() as view:
        stale = view.index_basis() != wanted
        some = bool(view.outdated(now, 1))
    if stale:
        return _derive_all(store, own_days, now, wanted)
    done = 0
    while some:
        with store.writing() as unit:
            outdated = unit.outdated(now, _BATCH)
            keep_index(unit, unit.dossiers(outdated), now, own_days)
        done += len(outdated)
        some = len(outdated) == _BATCH
    return done


def _derive_all(store: Store, own_days: OwnDays, now: datetime, wanted: str) -> int:
    with store.reading() as view:
        cases = list(view.cases())
    for begin in range(0, len(cases), _BATCH):
        with store.writing() as unit:
            keep_index(unit, unit.dossiers(cases[begin : begin + _BATCH]), now, own_days)
    with store.writing() as unit:
        # Cases begun meanwhile were derived by the rules of whoever began them; another version does not share a store.
        unit.set_index_basis(wanted)
    return len(cases)
