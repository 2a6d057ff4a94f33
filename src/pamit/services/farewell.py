"""One offer accepted: the farewell to every other open case, in one go, each checked (the situation kit; rules T9, C7).

Nothing is sent; each draft waits for its own approval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.interview import Candidate, Case, Intent
from pamit.domain.message import Draft, Report
from pamit.domain.plan import PlanWarning, make_plan
from pamit.domain.plan.situation import FAREWELLS, situation
from pamit.domain.plan.values import Addressee
from pamit.domain.terms import Channel, EventKind, Language, Purpose, Reason, Register, Stage
from pamit.services.agenda import list_cases
from pamit.services.checking import check_message, context_of
from pamit.services.ports import Listing, Store
from pamit.services.writing import write_message

__all__ = ["Farewell", "OwedFarewell", "farewell_purpose", "farewells", "say_farewell"]

_AGREED = frozenset({Purpose.CONFIRM, Purpose.RESCHEDULE})
_OPEN = frozenset(Stage) - {Stage.CLOSED}


@dataclass(frozen=True)
class Farewell:
    """One message of farewell.

    Attributes:
        report: what the check says of the draft; it may bar sending, as on the interview's own day (T3).
        to: to the employer or to the agency; a case with an agency has two, the employer's first.
        warnings: what the plan wants considered before.
    """

    case: Case
    draft: Draft
    report: Report
    to: Addressee = "contact"
    warnings: tuple[PlanWarning, ...] = ()


def say_farewell(
    cases: Iterable[Case],
    *,
    candidate: Candidate,
    now: datetime,
    reason: Reason | None = Reason.OTHER_OFFER,
    language_of: Callable[[Case], Language] = lambda case: Language.ID,
    register: Register = Register.FORMAL,
    own_days: OwnDays | None = None,
) -> Iterator[Farewell]:
    """The farewells that are owed, in the order of the cases; closed cases, the accepted one among them, get none.

    Args:
        now: the aware moment of writing.
        reason: None gives none; the employer chosen is never named (H2).
        language_of: in which language a case is written to.
        own_days: free or worked days beside the decreed ones.

    Raises:
        PamitError: ``naive-time`` or ``unknown-zone``.
    """
    for case in cases:
        purpose = farewell_purpose(case, now)
        if purpose is None:
            continue
        plan = make_plan(case, now, Intent(purpose, reason), own_days)
        step = next((step for step in plan.steps if str(step.do) == str(purpose)), None)
        channel = (step.channel if step else None) or Channel.EMAIL
        for to in (step.to if step else ()) or ("contact",):
            # The agency is written to; a call or a chat reaches the employer alone.
            draft = write_message(
                case,
                purpose,
                candidate=candidate,
                now=now,
                language=language_of(case),
                channel=channel if to == "contact" else Channel.EMAIL,
                reason=reason,
                register=register,
                to_agency=to == "agency",
            )
            context = context_of(case, candidate, now)
            yield Farewell(case, draft, check_message(draft, context), to, plan.warnings)


@dataclass(frozen=True)
class OwedFarewell:
    """A farewell and the id of the case that it ends."""

    case: str
    farewell: Farewell


def farewells(
    store: Store,
    own_days: OwnDays,
    accepted: str,
    candidate: Candidate,
    now: datetime,
) -> tuple[OwedFarewell, ...]:
    """The farewells owed to all other open cases of a store, the most urgent first.

    Args:
        accepted: id of the case whose offer was accepted; it gets none.
        candidate: whose name stands below them.

    Raises:
        PamitError: as :func:`say_farewell`.
    """
    rows = list_cases(store, own_days, Listing(stages=_OPEN), now)
    with store.reading() as view:
        dossiers = view.dossiers([row.case for row in rows if row.case != accepted])
    found: list[OwedFarewell] = []
    for dossier in dossiers:

        def language_of(_: Case, language: Language = dossier.language) -> Language:
            return language

        said = say_farewell([dossier.case], candidate=candidate, now=now, language_of=language_of, own_days=own_days)
        found += [OwedFarewell(dossier.id, one) for one in said]
    return tuple(found)


def farewell_purpose(case: Case, now: datetime) -> Purpose | None:
    """The message that ends a case as it stands; None where nothing is owed any more.

    An offer is declined; an interview that was agreed and lies ahead is cancelled; an invitation not yet answered is declined;
    everything else, after an interview above all, is withdrawn from.

    Args:
        now: an aware moment.
    """
    at = situation(case, now)
    decision = at.decision
    if at.is_closed or at.last(EventKind.REJECTED) or (decision and decision.purpose in FAREWELLS):
        return None
    if at.last(EventKind.OFFER_RECEIVED):
        return Purpose.DECLINE_OFFER
    if at.stage == Stage.INTERVIEWED or at.absent or at.awaits_verdict:
        return Purpose.WITHDRAW
    if decision is not None:
        agreed = decision.purpose in _AGREED and at.start is not None
        return Purpose.CANCEL if agreed else Purpose.WITHDRAW
    return Purpose.DECLINE if at.received or at.start else Purpose.WITHDRAW
