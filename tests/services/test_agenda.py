"""What is due, over all cases, as time goes by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.interview import Event
from pamit.domain.plan import make_plan
from pamit.domain.terms import Channel, EventKind, Purpose, Stage
from pamit.services.adding import Added
from pamit.services.indexing import index_of, refresh
from pamit.services.pamit import Pamit
from pamit.services.ports import Listing

from .conftest import NOW, invitation

START = NOW + timedelta(days=3)
Add = Callable[..., Added]


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def steps(pamit: Pamit, now: datetime, until: datetime | None = None) -> list[tuple[str, str]]:
    agenda = pamit.due(until, now) if until else pamit.today(now)
    return [(item.case, str(item.step.do)) for item in agenda.items]


def confirmed(pamit: Pamit, case: str, at: datetime = NOW) -> None:
    pamit.note(case, at, event=Event(at, EventKind.MESSAGE_SENT, Purpose.CONFIRM, Channel.EMAIL))


def test_today_shows_what_is_due_soonest_first(pamit: Pamit, added: Add) -> None:
    """A fresh invitation stands in it at once; what is due later does not."""
    contact = {"contact_email": "hr@toko.example"}
    second = added(invitation(company="B", start=START, **contact), now=NOW + hours(5)).dossier.id
    first = added(invitation(company="A", received=NOW - hours(3), start=START, **contact), now=NOW).dossier.id
    settled = added(invitation(company="C", start=START, **contact)).dossier.id
    confirmed(pamit, settled)
    assert steps(pamit, NOW + hours(5)) == [(first, "answer"), (second, "answer")]
    assert steps(pamit, NOW + hours(5), START) == [(first, "answer"), (second, "answer"), (settled, "attend")]
    assert pamit.today(NOW).overdue is False


def test_overdue_is_told_and_stands_first(pamit: Pamit, added: Add) -> None:
    """Also where it is not among those shown."""
    late = added(invitation(company="A", start=START, contact_email="hr@toko.example")).dossier.id
    later = NOW + hours(30)
    added(invitation(company="B", received=later, start=START, contact_email="hr@toko.example"))
    agenda = pamit.today(later)
    assert (agenda.overdue, agenda.items[0].case, agenda.items[0].since) == (True, late, NOW + hours(24))
    assert (pamit.today(later, 1).more, len(pamit.today(later, 1).items)) == (1, 1)


def test_machine_that_slept_finds_what_became_due(pamit: Pamit, added: Add) -> None:
    """Nothing ran for three days: the interview is over, thanks are due, the index follows."""
    case = added(invitation(start=START, contact_email="hr@toko.example")).dossier.id
    confirmed(pamit, case)
    assert [row.stage for row in pamit.list(Listing(), NOW)] == [Stage.SCHEDULED]
    woken = START + hours(5)
    assert [row.stage for row in pamit.list(Listing(), woken)] == [Stage.INTERVIEWED]
    assert steps(pamit, woken, woken + hours(48)) == [(case, "thank_you")]


def test_clock_set_back_is_followed(pamit: Pamit, added: Add) -> None:
    """What was derived for a later moment does not stand at an earlier one."""
    added(invitation(start=START))
    assert [row.stage for row in pamit.list(Listing(), START + hours(5))] == [Stage.INTERVIEWED]
    assert [row.stage for row in pamit.list(Listing(), NOW)] == [Stage.SCHEDULED]


def test_traveller_sees_the_same_moments(pamit: Pamit, added: Add) -> None:
    """Another zone of the machine changes how moments are written, not when they are."""
    added(invitation(start=START, contact_email="hr@toko.example"))
    here, there = pamit.today(NOW), pamit.today(NOW.astimezone(ZoneInfo("America/New_York")))
    assert here == there


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Amsterdam", date(2026, 3, 29)),
        ("America/New_York", date(2026, 11, 1)),
        ("Asia/Jakarta", date(2026, 3, 29)),
    ],
)
def test_due_times_across_a_change_of_the_clocks(pamit: Pamit, added: Add, zone: str, day: date) -> None:
    """The interview is at ten there before and after; its index is exact."""
    tz = ZoneInfo(zone)
    start = datetime(day.year, day.month, day.day, 10, tzinfo=tz)
    received = start - timedelta(days=2)
    case = added(invitation(received=received, start=start, timezone=zone, contact_email="hr@kantor.example")).dossier.id
    confirmed(pamit, case, received)
    agenda = pamit.due(start + hours(1), received)
    assert [(item.step.due.astimezone(UTC), item.step.due.hour) for item in agenda.items] == [(start.astimezone(UTC), 10)]
    after = start + timedelta(days=1)
    thanks = pamit.due(after + timedelta(days=1), after)
    assert [(str(item.step.do), item.step.due.hour) for item in thanks.items] == [("thank_you", 23)]


def test_index_always_equals_what_it_is_derived_from(pamit: Pamit, added: Add) -> None:
    """At every moment at which the plan changes, over the whole life of a case."""
    dossier = added(invitation(start=START, contact_phone="+6281200001234")).dossier
    now, seen = NOW, set()
    for _ in range(200):
        rows = pamit.list(Listing(), now)
        plan = make_plan(dossier.case, now)
        due = min((step.overdue_since or step.due for step in plan.steps), default=None)
        assert (rows[0].stage, rows[0].due_at) == (plan.stage, due.astimezone(UTC) if due else None)
        seen.add((plan.stage, tuple(step.do for step in plan.steps)))
        following = rows[0].changes_at
        if following is None:
            break
        assert following > now
        now = following
    assert len(seen) == 5


def test_refresh_costs_only_what_changed(pamit: Pamit, added: Add) -> None:
    """Of many cases, those whose plan changed meanwhile are derived anew, each once."""
    for number in range(20):
        added(invitation(company=f"PT {number}", start=START + timedelta(days=number), contact_email="hr@toko.example"))
    refresh(pamit.store, pamit.own_days, NOW)
    assert refresh(pamit.store, pamit.own_days, NOW) == 0
    assert refresh(pamit.store, pamit.own_days, NOW + hours(24) + timedelta(microseconds=1)) == 20
    with pamit.store.reading() as view:
        next_one = min(row.changes_at for row in view.listing(Listing()) if row.changes_at)
    assert 0 < refresh(pamit.store, pamit.own_days, next_one) <= 20


def test_own_days_change_the_index(pamit: Pamit, added: Add) -> None:
    """A day declared free after the case was added counts."""
    case = added(invitation(start=START + timedelta(days=4), contact_phone="+6281200001234")).dossier.id
    pamit.list(Listing(), NOW)
    pamit.own_days = OwnDays({date(2026, 11, 25): "Libur daerah"})
    pamit.list(Listing(), NOW)
    with pamit.store.reading() as view:
        kept = view.index(case)
    assert kept == index_of(pamit.case(case), NOW, pamit.own_days)
    assert pamit.examine(NOW).flaws == ()


def test_list_finds_by_text_and_stage(pamit: Pamit, added: Add) -> None:
    """Width and case do not count."""
    toko = added(invitation(company="PT TOKO Baru", start=START)).dossier.id
    kedai = added(invitation(company="Kedai Kopi", position="Barista", start=START - timedelta(days=1))).dossier.id
    pamit.close_case(kedai, NOW)
    assert [row.case for row in pamit.list(Listing(text="pt  toko"), NOW)] == [toko]
    assert [row.case for row in pamit.list(Listing(text="BARISTA"), NOW)] == [kedai]
    assert [row.case for row in pamit.list(Listing(stages=frozenset({Stage.CLOSED})), NOW)] == [kedai]
    assert [row.case for row in pamit.list(Listing(order="start"), NOW)] == [kedai, toko]
    assert [row.case for row in pamit.list(Listing(order="company"), NOW)] == [kedai, toko]
