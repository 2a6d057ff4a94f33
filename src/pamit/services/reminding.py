"""Giving reminders: each once, whatever happens to the process, the machine, its clock or its place.

A reminder is claimed in the store, told, and marked as given, in this order. Whoever dies in between leaves a claim whose
lease runs out; then the reminder is given by whoever looks next. So none is lost, and one is told twice only where its
teller died between telling and marking, which takes the store a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pamit.domain.calendar.hours import CourteousHours
from pamit.domain.calendar.workdays import OwnDays, Workdays
from pamit.domain.calendar.zones import DEFAULT_ZONE, zone
from pamit.domain.log import Dossier
from pamit.domain.plan import Step, make_plan
from pamit.domain.reminder import Mark, MarkState, Pending, Person, Reminder, pending, reminders_of, step_key
from pamit.domain.terms import StepKind
from pamit.errors import ErrorKind, PamitError
from pamit.services.indexing import refresh
from pamit.services.ports import Notice, Notifier, Reading, Store, Writing

__all__ = ["LEASE", "Round", "give_due", "pending_of", "reminders_of_case", "snooze", "upcoming"]

LEASE = timedelta(seconds=60)
"""How long whoever claims reminders may take to tell them."""

_RETRY = timedelta(seconds=60)
_LOOKS = 200
_CHUNK = 20
_LISTED = 1_000
"""How many cases are looked into for a list: until a round has looked at them, they stand in no order."""

_CLAIMS = 5
"""How many are claimed at once; telling all of them takes less than the lease."""


@dataclass(frozen=True)
class Round:
    """What a round did.

    Attributes:
        given: the reminders that reached the person.
        failed: how many did not; they are tried again.
        next_at: when the next round has something to do; None where only a change brings it.
    """

    given: tuple[Notice, ...] = ()
    failed: int = 0
    next_at: datetime | None = None


@dataclass(frozen=True)
class _Claim:
    notice: Notice
    mark: Mark


def pending_of(dossier: Dossier, marks: Mapping[str, Mark], now: datetime, person: Person, own_days: OwnDays) -> Pending:
    """The reminders of one case, those to be given now and those ahead."""
    return pending(reminders_of_case(dossier, now, person, own_days), marks, now, person)


def reminders_of_case(dossier: Dossier, now: datetime, person: Person, own_days: OwnDays) -> tuple[Reminder, ...]:
    """All reminders of the open steps of a case, whether given or not."""
    interview = dossier.case.interview
    hours = CourteousHours(zone(interview.timezone or DEFAULT_ZONE), Workdays(interview.works_saturday, own_days))
    return reminders_of(make_plan(dossier.case, now, own_days=own_days), now, hours, person)


def give_due(
    store: Store,
    own_days: OwnDays,
    notifier: Notifier,
    person: Person,
    now: datetime,
    *,
    owner: str,
    lease: timedelta = LEASE,
) -> Round:
    """Give some of the reminders that are due, in a short while; call it again at the moment it names.

    Its cost grows with what is due or has changed, not with what is stored.

    Args:
        owner: a name for whoever gives them, kept with the claim.
    """
    refresh(store, own_days, now)
    _heed_place(store, person, now)
    claims = _claim(store, own_days, person, now, owner, lease)
    given, failed = [], 0
    for claim in claims:
        try:
            notifier.tell(claim.notice)
        except PamitError:
            _release(store, claim, now)
            failed += 1
        else:
            _mark_given(store, claim, now)
            given.append(claim.notice)
    with store.reading() as view:
        return Round(tuple(given), failed, view.reminders.next_look())


def _heed_place(store: Store, person: Person, now: datetime) -> None:
    """Where the person is, and when they want quiet, moves reminders: after a change all open cases are looked at."""
    basis = f"{getattr(person.here, 'key', None) or person.here}|{person.quiet}"
    with store.reading() as view:
        if view.reminders.basis() == basis:
            return
    with store.writing() as unit:
        unit.reminders.look_at_all(now, basis)


def _claim(store: Store, own_days: OwnDays, person: Person, now: datetime, owner: str, lease: timedelta) -> list[_Claim]:
    with store.reading() as view:
        # Most rounds have nothing to do and take nobody's right to write.
        if not view.reminders.waiting(now, 1):
            return []
    with store.writing() as unit:
        claims: list[_Claim] = []
        cases = unit.reminders.waiting(now, _LOOKS)
        for begin in range(0, len(cases), _CHUNK):
            for dossier, found in _pending_of_all(unit, own_days, person, now, cases[begin : begin + _CHUNK]):
                claims += [_claim_of(unit, dossier, reminder, person, now, owner, lease) for reminder in found.ready]
                unit.reminders.look_at(dossier.id, now + lease if found.ready else found.next_at)
                if len(claims) >= _CLAIMS:
                    return claims  # the others wait for the next round
    return claims


def _claim_of(
    unit: Writing, dossier: Dossier, reminder: Reminder, person: Person, now: datetime, owner: str, lease: timedelta
) -> _Claim:
    mark = Mark(MarkState.CLAIMED, now, now + lease, owner)
    unit.reminders.put(dossier.id, reminder.key, mark)
    return _Claim(_notice(dossier, reminder, person), mark)


def _notice(dossier: Dossier, reminder: Reminder, person: Person) -> Notice:
    interview = dossier.case.interview
    return Notice(
        case=dossier.id,
        key=f"{dossier.id}/{reminder.key}",
        reminder=reminder,
        company=interview.company,
        position=interview.position,
        timezone=interview.timezone or DEFAULT_ZONE,
        here=person.here,
    )


def _mark_given(store: Store, claim: _Claim, now: datetime) -> None:
    with store.writing() as unit:
        if unit.index(claim.notice.case) is None:
            return  # deleted in the meantime
        unit.reminders.put(claim.notice.case, claim.notice.reminder.key, Mark(MarkState.GIVEN, now))
        # What comes after it is reckoned in the next round.
        unit.reminders.look_at(claim.notice.case, now)


def _release(store: Store, claim: _Claim, now: datetime) -> None:
    with store.writing() as unit:
        unit.reminders.drop(claim.notice.case, claim.notice.reminder.key)
        unit.reminders.look_at(claim.notice.case, now + _RETRY)


def upcoming(
    store: Store, own_days: OwnDays, person: Person, now: datetime, limit: int, until: datetime | None = None
) -> tuple[Notice, ...]:
    """The reminders that are waiting or come next, soonest first; nothing is given or kept.

    Args:
        limit: how many at most.
        until: only those up to this moment.
    """
    refresh(store, own_days, now)
    _heed_place(store, person, now)
    last = until or now + timedelta(days=366)
    with store.reading() as view:
        cases = view.reminders.waiting(last, max(limit, _LISTED))
        found = [
            _notice(dossier, reminder, person)
            for dossier, waiting in _pending_of_all(view, own_days, person, now, cases)
            for reminder in (*waiting.ready, *waiting.ahead)
            if reminder.at <= last
        ]
    found.sort(key=lambda notice: (notice.reminder.at, notice.key))
    return tuple(found[:limit])


def _pending_of_all(
    view: Reading, own_days: OwnDays, person: Person, now: datetime, cases: Sequence[str]
) -> list[tuple[Dossier, Pending]]:
    marks = view.reminders.marks(cases)
    return [(one, pending_of(one, marks[one.id], now, person, own_days)) for one in view.dossiers(cases)]


def snooze(
    store: Store, own_days: OwnDays, case: str, until: datetime, now: datetime, do: StepKind | None = None
) -> tuple[Step, ...]:
    """Put off the reminders of a case; what is urgent is given all the same.

    Args:
        until: when to be reminded again.
        do: only of this step.

    Returns:
        the steps that were put off.

    Raises:
        PamitError: MISSING ``no-such-case``, ``nothing-to-snooze``; INVALID ``not-ahead``.
    """
    if until <= now:
        raise PamitError(ErrorKind.INVALID, "not-ahead", "A reminder can be put off only to a moment that lies ahead.")
    with store.writing() as unit:
        dossier = unit.dossier(case)
        steps = tuple(
            step
            for step in make_plan(dossier.case, now, own_days=own_days).steps
            if step.ruled_at is not None and do in (None, step.do)
        )
        if not steps:
            raise PamitError(ErrorKind.MISSING, "nothing-to-snooze", f"Case {case} has no such step open.", case=case)
        _put_off(unit, case, steps, until, now)
    return steps


def _put_off(unit: Writing, case: str, steps: Sequence[Step], until: datetime, now: datetime) -> None:
    for step in steps:
        unit.reminders.put(case, step_key(step), Mark(MarkState.SNOOZED, now, until.replace(microsecond=0)))
    unit.reminders.look_at(case, now)
