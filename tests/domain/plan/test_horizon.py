"""How long a plan stays as it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamit.domain.interview import Agency, Case, Contact, Event, Interview
from pamit.domain.plan import make_plan
from pamit.domain.plan.horizon import next_change, signature
from pamit.domain.terms import Channel, EventKind, Purpose, Stage

ZONES = ["Asia/Jakarta", "Asia/Jayapura", "Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe"]
# Around the changes of the clocks in Europe (29 March), America (8 March) and Lord Howe (5 April).
BASE = datetime(2026, 3, 1, 2, tzinfo=UTC)

moments = st.integers(0, 60 * 24 * 45).map(lambda minutes: BASE + timedelta(minutes=minutes))
contacts = st.builds(
    Contact,
    st.none(),
    st.sampled_from([None, "ratna@toko.example", "no-reply@toko.example"]),
    st.sampled_from([None, "+6281200001234"]),
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Any case whose receipt is known."""
    start = draw(st.none() | moments)
    interview = Interview(
        start=start,
        end=start + timedelta(minutes=draw(st.sampled_from([30, 90, 600]))) if start and draw(st.booleans()) else None,
        timezone=draw(st.sampled_from(ZONES)),
        received=draw(moments),
        reply_by=draw(st.none() | moments),
        decision_expected=draw(st.none() | moments),
        invited_via=draw(st.sampled_from([None, *Channel])),
        contact=draw(contacts),
        agency=draw(st.sampled_from([None, Agency("Agensi", "halo@agensi.example")])),
        works_saturday=draw(st.booleans()),
    )
    kinds = st.sampled_from([*EventKind, EventKind.MESSAGE_SENT, EventKind.MESSAGE_SENT, EventKind.MESSAGE_SENT])
    events = []
    for kind in draw(st.lists(kinds, max_size=4)):
        sent = kind == EventKind.MESSAGE_SENT
        purpose = draw(st.sampled_from(list(Purpose))) if sent else None
        events.append(Event(draw(moments), kind, purpose, draw(st.sampled_from(list(Channel))) if sent else None))
    return Case(interview, tuple(sorted(events, key=lambda event: event.at)))


@settings(max_examples=300, deadline=None)
@given(case=cases(), now=moments, shares=st.lists(st.floats(0, 1, exclude_max=True), min_size=4, max_size=4))
def test_plan_stays_until_the_next_change(case: Case, now: datetime, shares: list[float]) -> None:
    """Between now and the moment named, nothing of the plan changes except what moves with the clock."""
    plan = make_plan(case, now)
    until = next_change(case, now, plan)
    assert until is None or until > now
    span = (until - now) if until else timedelta(days=400)
    last = now + span - timedelta(microseconds=1)
    later = [*(min(now + span * share, last) for share in shares), last]
    assert [signature(make_plan(case, at), at) for at in later] == [signature(plan, now)] * len(later)


def test_closed_case_waits_for_nothing() -> None:
    """What is closed changes by a new event only."""
    case = Case(Interview(received=BASE), (Event(BASE, EventKind.CLOSED),))
    plan = make_plan(case, BASE)
    assert (plan.stage, next_change(case, BASE, plan)) == (Stage.CLOSED, None)


def test_event_noted_for_later_counts_from_its_moment() -> None:
    """A plan changes when a moment written down in advance is reached."""
    tomorrow = BASE + timedelta(days=1)
    case = Case(Interview(received=BASE), (Event(BASE, EventKind.CLOSED), Event(tomorrow, EventKind.REOPENED)))
    assert next_change(case, BASE, make_plan(case, BASE)) == tomorrow


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York"])
def test_horizon_across_a_change_of_the_clocks(zone: str) -> None:
    """The day after the interview ends at 23:59 there, also where that day has 23 hours."""
    tz = ZoneInfo(zone)
    day = {"Europe/Amsterdam": 28, "America/New_York": 7}[zone]
    start = datetime(2026, 3, day, 10, tzinfo=tz)
    case = Case(
        Interview(start=start, timezone=zone, received=start - timedelta(days=5), contact=Contact(email="hr@kantor.example")),
        (Event(start + timedelta(hours=2), EventKind.ATTENDED),),
    )
    now = start + timedelta(hours=3)
    seen = []
    while (plan := make_plan(case, now)).steps[0].do == "thank_you":
        seen.append(now)
        following = next_change(case, now, plan)
        assert following is not None
        now = following
    last = datetime(2026, 3, day + 1, 23, 59, tzinfo=tz)
    assert now.astimezone(UTC) == last.astimezone(UTC) + timedelta(microseconds=1)
