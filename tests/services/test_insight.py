"""Figures over all cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from pamit.domain.insight import Answered, Outcome, answers_of, outcome_of
from pamit.domain.interview import Event
from pamit.domain.terms import Channel, EventKind, InvitationKind, Purpose, Stage
from pamit.services.adding import Added
from pamit.services.pamit import Pamit

from .conftest import NOW, invitation

START = NOW + timedelta(days=6)
Add = Callable[..., Added]


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def happened(pamit: Pamit, case: str, after: float, kind: EventKind, purpose: Purpose | None = None, **facts: Any) -> datetime:
    at = NOW + hours(after)
    channel = Channel.EMAIL if purpose else None
    pamit.note(case, at, event=Event(at, kind, purpose, channel), facts=facts or None)
    return at


def answers(pamit: Pamit, case: str, now: datetime) -> list[str]:
    return [str(answer.answered) for answer in answers_of(pamit.case(case), now)]


@pytest.mark.parametrize(
    ("after", "answered"),
    [(1, "within_a_day"), (24, "within_a_day"), (25, "within_two_days"), (48, "within_two_days"), (49, "later")],
)
def test_answer_is_measured_from_the_receipt(pamit: Pamit, added: Add, after: float, answered: str) -> None:
    """Against the day and the two days of T1."""
    case = added(invitation(start=START)).dossier.id
    at = happened(pamit, case, after, EventKind.MESSAGE_SENT, Purpose.DECLINE)
    assert answers(pamit, case, at) == [answered]
    assert answers_of(pamit.case(case), at)[0].took == hours(after)


def test_unanswered_invitation_waits_is_overdue_and_then_is_lost(pamit: Pamit, added: Add) -> None:
    """Overdue can still be mended; never means that the hour has come."""
    case = added(invitation(start=START)).dossier.id
    assert [answers(pamit, case, NOW + after) for after in (hours(48), hours(49), timedelta(days=6))] == [
        ["waiting"], ["overdue"], ["never"],
    ]  # fmt: skip


def test_who_came_has_answered(pamit: Pamit, added: Add) -> None:
    """Though no message is noted."""
    case = added(invitation(start=START)).dossier.id
    at = happened(pamit, case, 24 * 6 + 3, EventKind.ATTENDED)
    assert answers(pamit, case, at) == ["by_coming"]


def test_time_changed_by_the_employer_is_a_new_invitation(pamit: Pamit, added: Add) -> None:
    """Each has its own answer; one that was moved before an answer was owed counts as settled."""
    case = added(invitation(start=START)).dossier.id
    moved = (START + timedelta(days=1)).isoformat()
    happened(pamit, case, 20, EventKind.RESCHEDULED_BY_EMPLOYER, start=moved)
    happened(pamit, case, 50, EventKind.MESSAGE_SENT, Purpose.CONFIRM)
    at = happened(pamit, case, 24 * 8, EventKind.NEXT_ROUND)
    assert answers(pamit, case, at + hours(1)) == ["settled", "within_two_days", "waiting"]


def test_case_that_began_with_a_result_owes_no_answer(pamit: Pamit, added: Add) -> None:
    """A rejection out of the blue is no invitation."""
    case = added(invitation(InvitationKind.REJECTION)).dossier.id
    assert answers(pamit, case, NOW + timedelta(days=9)) == []


@pytest.mark.parametrize(
    ("events", "outcome"),
    [
        ([], Outcome.OPEN),
        ([(EventKind.MESSAGE_SENT, Purpose.DECLINE)], Outcome.DECLINED),
        ([(EventKind.MESSAGE_SENT, Purpose.WITHDRAW)], Outcome.WITHDRAWN),
        ([(EventKind.MESSAGE_SENT, Purpose.CANCEL), (EventKind.CONFIRMATION_RECEIVED, None)], Outcome.CANCELLED),
        ([(EventKind.CANCELLED_BY_EMPLOYER, None)], Outcome.CALLED_OFF),
        ([(EventKind.REJECTED, None), (EventKind.MESSAGE_SENT, Purpose.ASK_FEEDBACK)], Outcome.REJECTED),
        ([(EventKind.OFFER_RECEIVED, None), (EventKind.OFFER_ACCEPTED, None)], Outcome.OFFER_ACCEPTED),
        ([(EventKind.OFFER_RECEIVED, None), (EventKind.MESSAGE_SENT, Purpose.DECLINE_OFFER)], Outcome.OFFER_DECLINED),
        ([(EventKind.CLOSED, None)], Outcome.SET_ASIDE),
        ([(EventKind.ATTENDED, None), (EventKind.CLOSED, None)], Outcome.NO_NEWS),
    ],
)
def test_outcome_is_what_settled_the_case(
    pamit: Pamit, added: Add, events: list[tuple[EventKind, Purpose | None]], outcome: Outcome
) -> None:
    """The last thing that settles it tells."""
    case = added(invitation(start=START)).dossier.id
    for number, (kind, purpose) in enumerate(events, 1):
        happened(pamit, case, number, kind, purpose)
    assert outcome_of(pamit.case(case), NOW + hours(9)) == outcome


def test_figures_count_every_case_and_every_invitation(pamit: Pamit, added: Add) -> None:
    """With the median of the answers."""
    for number, after in enumerate((1, 3, 30)):
        case = added(invitation(company=f"PT {number}", start=START)).dossier.id
        happened(pamit, case, after, EventKind.MESSAGE_SENT, Purpose.CONFIRM)
    added(invitation(company="PT Diam", start=NOW + hours(9)))
    found = pamit.stats(NOW + hours(40))
    assert (found.cases, found.invitations, found.never_answered, found.median_answer) == (4, 4, 1, hours(3))
    assert {kind: count for kind, count in found.answers.items() if count} == {
        Answered.WITHIN_A_DAY: 2, Answered.WITHIN_TWO_DAYS: 1, Answered.NEVER: 1,
    }  # fmt: skip
    assert (found.stages[Stage.SCHEDULED], found.outcomes[Outcome.OPEN]) == (3, 4)


def test_empty_memory_has_figures_too(pamit: Pamit) -> None:
    """All nought."""
    found = pamit.stats(NOW)
    assert (found.cases, found.median_answer, set(found.answers.values())) == (0, None, {0})


def test_figures_tell_how_long_answers_took_and_who_is_silent(pamit: Pamit, added: Add) -> None:
    """By the limits of T1; an employer's silence counts from a week after the interview."""
    cases = []
    for number, after in enumerate((1, 2, 24, 48, 49)):
        case = added(invitation(company=f"PT {number}", start=START)).dossier.id
        happened(pamit, case, after, EventKind.MESSAGE_SENT, Purpose.CONFIRM)
        cases.append(case)
    happened(pamit, cases[0], 24 * 8, EventKind.REJECTED)
    missed = added(invitation(company="PT Diam", start=START)).dossier.id
    week = pamit.stats(START + timedelta(days=6))
    assert (list(week.speeds.values()), week.silent) == ([1, 1, 1, 1, 1], ())
    later = pamit.stats(START + timedelta(days=8))
    assert {one.case for one in later.silent} == set(cases[1:])
    assert [(one.case, one.company) for one in later.unanswered] == [(missed, "PT Diam")]


def test_weeks_run_without_gaps_to_the_last_interview_planned(pamit: Pamit, added: Add) -> None:
    """Each begins on a Monday; what happened in it is counted by kind."""
    case = added(invitation(start=NOW + timedelta(weeks=3))).dossier.id
    pamit.close_case(added(invitation(company="PT Lain")).dossier.id, NOW + hours(1))
    weeks = pamit.stats(NOW + hours(2)).weeks
    assert [(week.monday.isoformat(), week.invited, week.interviewed, week.closed) for week in weeks] == [
        ("2026-11-23", 2, 0, 1), ("2026-11-30", 0, 0, 0), ("2026-12-07", 0, 0, 0), ("2026-12-14", 0, 1, 0),
    ]  # fmt: skip
    assert pamit.case(case).id == case


def test_kept_history_tells_the_same_as_the_log(pamit: Pamit, added: Add) -> None:
    """Whatever the moment from which one looks back."""
    case = added(invitation(start=START)).dossier.id
    happened(pamit, case, 3, EventKind.MESSAGE_SENT, Purpose.CONFIRM)
    happened(pamit, case, 30, EventKind.MESSAGE_SENT, Purpose.CANCEL)
    pamit.stats(NOW)
    with pamit.store.reading() as view:
        ((_, kept),) = view.gleanings.histories()
    for moment in (NOW + hours(31), START - hours(1), START, START + timedelta(days=9)):
        assert (kept.outcome_at(moment), kept.answers(moment)) == (
            outcome_of(pamit.case(case), moment), answers_of(pamit.case(case), moment),
        )  # fmt: skip
