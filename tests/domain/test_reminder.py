"""Which reminders follow from a plan, and which are to be given when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamit.domain.calendar.hours import CourteousHours
from pamit.domain.calendar.quiet import DEFAULT_QUIET, QuietHours
from pamit.domain.calendar.workdays import Workdays
from pamit.domain.interview import Case, Contact, Event, Intent, Interview
from pamit.domain.plan import make_plan
from pamit.domain.reminder import Cue, Mark, MarkState, Person, Reminder, pending, reminders_of, step_key
from pamit.domain.terms import Channel, EventKind, Purpose

WIB = ZoneInfo("Asia/Jakarta")
HOURS = CourteousHours(WIB, Workdays())
HOME = Person(WIB, DEFAULT_QUIET)
NONE = QuietHours.from_text("none")
# A Monday.
RECEIVED = datetime(2026, 11, 23, 10, tzinfo=WIB)
START = datetime(2026, 11, 30, 9, tzinfo=WIB)
INVITED = Case(
    Interview(
        "PT Toko Baru", "Kasir", START, timezone="Asia/Jakarta", received=RECEIVED,
        contact=Contact("Ibu Ratna", "r@toko.example", "+6281200001234"),
    )
)  # fmt: skip


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def wib(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=WIB)


def sent(purpose: Purpose, at: datetime, channel: Channel = Channel.EMAIL) -> Case:
    return replace(INVITED, events=(Event(at, EventKind.MESSAGE_SENT, purpose, channel),))


def of(case: Case, now: datetime, person: Person = HOME) -> tuple[Reminder, ...]:
    return reminders_of(make_plan(case, now), now, HOURS, person)


def told(case: Case, now: datetime, person: Person = HOME) -> list[tuple[str, str, datetime]]:
    return [(str(one.step.do), str(one.cue), one.at.astimezone(WIB)) for one in of(case, now, person)]


CONFIRMED = sent(Purpose.CONFIRM, RECEIVED + hours(1))


# -- when -------------------------------------------------------------------------------------------------------------


def test_answer_is_reminded_of_before_it_is_due_and_when_it_is() -> None:
    """Four hours before falls into the night, so it comes when the night is over (T1)."""
    assert told(INVITED, RECEIVED) == [("answer", "ahead", wib(11, 24, 7)), ("answer", "due", wib(11, 24, 10))]
    early = replace(INVITED, interview=replace(INVITED.interview, received=RECEIVED + hours(5)))
    assert told(early, RECEIVED + hours(5)) == [("answer", "ahead", wib(11, 24, 11)), ("answer", "due", wib(11, 24, 15))]


def test_answer_due_in_the_night_is_reminded_of_before_the_night() -> None:
    """Half an hour before quiet hours begin, while it is still in time; and after them, while the outer limit holds."""
    night = replace(INVITED, interview=replace(INVITED.interview, received=wib(11, 23, 2)))
    assert told(night, wib(11, 23, 9)) == [("answer", "ahead", wib(11, 23, 20, 30)), ("answer", "due", wib(11, 24, 7))]


def test_interview_is_reminded_of_the_evening_before_and_ninety_minutes_before() -> None:
    """The second is urgent: it passes quiet hours (T11)."""
    assert told(CONFIRMED, RECEIVED + hours(2)) == [("attend", "eve", wib(11, 29, 19)), ("attend", "soon", wib(11, 30, 7, 30))]
    assert [one.urgent for one in of(CONFIRMED, RECEIVED + hours(2))] == [False, True]


def test_thanks_and_questions_come_when_the_day_begins_on_which_they_are_due() -> None:
    """Thanks on the day after (T5), the question before the second week is over (T6), closing after it (T8)."""
    assert told(CONFIRMED, START + hours(3)) == [("thank_you", "due", wib(12, 1, 8))]
    assert told(CONFIRMED, START + timedelta(days=3)) == [("follow_up", "due", wib(12, 14, 8))]
    assert told(CONFIRMED, START + timedelta(days=15)) == [("close", "due", wib(12, 15, 8))]


def test_call_that_verifies_comes_at_the_hour_from_which_it_is_right() -> None:
    """A day after the message in courteous hours; on the interview's day from seven, and then it is urgent (L2)."""
    early, late = sent(Purpose.CANCEL, RECEIVED + hours(1)), sent(Purpose.CANCEL, wib(11, 29, 20))
    assert told(early, RECEIVED + hours(2)) == [("call_to_verify", "due", wib(11, 24, 11))]
    assert told(late, wib(11, 29, 21)) == [("call_to_verify", "due", wib(11, 30, 7))]
    assert [one.urgent for one in (*of(early, RECEIVED + hours(2)), *of(late, wib(11, 29, 21)))] == [False, True]


def test_what_is_urgent_on_the_day_comes_at_once() -> None:
    """A cancellation on the day itself (T3) waits for nothing."""
    now = START - hours(1)
    plan = make_plan(INVITED, now, Intent(Purpose.CANCEL))
    cancel = next(one for one in reminders_of(plan, now, HOURS, HOME) if one.step.do == Purpose.CANCEL)
    assert (cancel.at, cancel.urgent) == (now, True)


def test_call_on_a_holiday_is_reminded_of_on_a_working_day() -> None:
    """Feedback asked by phone is due on a Saturday: nobody could be called then."""
    events = (Event(wib(12, 4, 9), EventKind.REJECTED),)
    case = Case(
        replace(INVITED.interview, invited_via=Channel.PHONE, contact=Contact("Ibu Ratna", None, "+6281200001234")), events
    )
    assert told(case, wib(12, 4, 9)) == [("ask_feedback", "due", wib(12, 4, 8))]
    assert told(case, wib(12, 4, 18)) == [("ask_feedback", "due", wib(12, 7, 8))]


def test_steps_that_serve_another_have_no_reminder_of_their_own() -> None:
    """An address to be found is part of the answer."""
    nobody = replace(INVITED, interview=replace(INVITED.interview, contact=Contact("Ibu Ratna")))
    assert [str(step.do) for step in make_plan(nobody, RECEIVED).steps] == ["find_contact", "answer"]
    assert {str(one.step.do) for one in of(nobody, RECEIVED)} == {"answer"}


# -- where ------------------------------------------------------------------------------------------------------------


def test_traveller_is_reminded_by_the_clock_of_the_place() -> None:
    """The evening before is that of where the person is; the keys are the same, so nothing comes twice."""
    away = Person(ZoneInfo("Europe/London"), DEFAULT_QUIET)
    here, there = of(CONFIRMED, RECEIVED + hours(2)), of(CONFIRMED, RECEIVED + hours(2), away)
    assert [one.key for one in here] == [one.key for one in there]
    assert [one.at.astimezone(away.here).strftime("%d %H:%M") for one in there] == ["29 19:00", "30 00:30"]


@pytest.mark.parametrize(
    ("place", "start", "eve"),
    [
        ("America/New_York", "2026-03-08T09:00-04:00", "2026-03-07T19:00-05:00"),
        ("America/New_York", "2026-11-01T09:00-05:00", "2026-10-31T19:00-04:00"),
        ("Australia/Lord_Howe", "2026-04-05T09:00+10:30", "2026-04-04T19:00+11:00"),
    ],
)
def test_clocks_that_change_in_between_do_not_move_the_evening(place: str, start: str, eve: str) -> None:
    """Seven in the evening is seven on the wall, and ninety minutes are ninety minutes."""
    begins = datetime.fromisoformat(start)
    received = begins - timedelta(days=5)
    agreed = Event(received + hours(1), EventKind.MESSAGE_SENT, Purpose.CONFIRM, Channel.EMAIL)
    case = Case(replace(INVITED.interview, start=begins, timezone=place, received=received), (agreed,))
    found = of(case, begins - timedelta(days=2), Person(ZoneInfo(place), DEFAULT_QUIET))
    assert [one.at for one in found] == [datetime.fromisoformat(eve), begins - timedelta(minutes=90)]


# -- which, and when again --------------------------------------------------------------------------------------------


def given_at(one: Reminder, at: datetime) -> dict[str, Mark]:
    return {one.key: Mark(MarkState.GIVEN, at)}


def ready(case: Case, now: datetime, marks: dict[str, Mark], person: Person = HOME) -> list[str]:
    return [str(one.cue) for one in pending(of(case, now, person), marks, now, person).ready]


def test_each_reminder_is_ready_once() -> None:
    """Given is given, however often one looks."""
    ahead, due = of(INVITED, RECEIVED)
    assert pending((ahead, due), {}, RECEIVED, HOME).next_at == ahead.at
    assert ready(INVITED, ahead.at, {}) == ["ahead"]
    marks = given_at(ahead, ahead.at)
    assert ready(INVITED, ahead.at + hours(1), marks) == []
    assert ready(INVITED, due.at, marks) == ["due"]
    assert ready(INVITED, due.at + hours(20), marks | given_at(due, due.at)) == []


def test_key_stays_while_the_clock_moves_what_is_overdue() -> None:
    """What is overdue is due at every moment anew; it is the same step all the same."""
    assert {step_key(make_plan(INVITED, RECEIVED + hours(late)).steps[0]) for late in (0, 23, 25, 47, 80)} == {
        "answer@20261124T030000Z"
    }


def test_machine_that_slept_gives_the_last_missed_one_only() -> None:
    """After three days of sleep both reminders of the answer are past; one notice says it."""
    assert ready(INVITED, RECEIVED + timedelta(days=3, hours=2), {}) == ["due"]


def test_missed_reminder_of_an_interview_that_is_over_is_not_given() -> None:
    """What is due by then is what comes after it."""
    slept = START + timedelta(days=1, hours=4)
    assert told(CONFIRMED, slept)[0][0] == "thank_you"
    assert ready(CONFIRMED, START + timedelta(minutes=20), {}) == ["soon"]
    assert ready(CONFIRMED, START + timedelta(minutes=40), {}) == []


def test_quiet_hours_hold_back_all_but_the_urgent() -> None:
    """A missed reminder waits for the end of the night; an interview at six does not."""
    due = of(INVITED, RECEIVED)[1]
    night = wib(11, 24, 23)
    found = pending(of(INVITED, night), {}, night, HOME)
    assert (due.at < night, found.ready, found.next_at) == (True, (), wib(11, 25, 7))
    early = replace(CONFIRMED, interview=replace(CONFIRMED.interview, start=wib(11, 30, 6)))
    assert ready(early, wib(11, 30, 4, 30), {}) == ["soon"]


def test_claim_holds_until_its_lease_is_over() -> None:
    """Then another may give it; a claim from a clock that was far ahead holds nothing."""
    ahead = of(INVITED, RECEIVED)[0]
    now = ahead.at
    claimed = {ahead.key: Mark(MarkState.CLAIMED, now, now + timedelta(seconds=60), "a:1")}
    assert pending(of(INVITED, now), claimed, now, HOME).next_at == now + timedelta(seconds=60)
    assert ready(INVITED, now, claimed) == []
    assert ready(INVITED, now + timedelta(seconds=60), claimed) == ["ahead"]
    future = {ahead.key: Mark(MarkState.CLAIMED, now + hours(9), now + hours(10), "a:1")}
    assert ready(INVITED, now, future) == ["ahead"]


def test_snoozed_step_comes_again_once() -> None:
    """In between it is silent; what lies before the chosen moment is not made up for."""
    ahead, due = of(INVITED, RECEIVED)
    until = due.at + hours(2)
    marks = given_at(ahead, ahead.at) | {step_key(due.step): Mark(MarkState.SNOOZED, ahead.at, until)}
    assert ready(INVITED, due.at, marks) == []
    assert ready(INVITED, until, marks) == ["again"]
    again = pending(of(INVITED, until), marks, until, HOME).ready[0]
    assert ready(INVITED, until + hours(1), marks | given_at(again, until)) == []


def test_snooze_does_not_silence_what_is_urgent() -> None:
    """The interview itself is told of, and that is the end of the snooze."""
    soon = of(CONFIRMED, RECEIVED + hours(2))[1]
    marks = {step_key(soon.step): Mark(MarkState.SNOOZED, RECEIVED, soon.at - hours(1))}
    late = soon.at - hours(1)
    assert ready(CONFIRMED, late, marks, Person(WIB, NONE)) == ["again"]
    asleep = soon.at + timedelta(minutes=5)
    assert ready(CONFIRMED, asleep, marks, Person(WIB, NONE)) == ["soon"]
    assert ready(CONFIRMED, asleep, marks | given_at(soon, asleep), Person(WIB, NONE)) == []


quiet_hours = st.sampled_from([DEFAULT_QUIET, NONE, QuietHours.from_text("22:30-09:15"), QuietHours.from_text("12:00-13:00")])
places = st.sampled_from([ZoneInfo(name) for name in ("Asia/Jakarta", "Europe/London", "America/New_York", "Asia/Jayapura")])


@settings(max_examples=150, deadline=None)
@given(
    received=st.integers(0, 60 * 24 * 20).map(lambda minutes: RECEIVED + timedelta(minutes=minutes)),
    ahead=st.none() | st.integers(30, 60 * 24 * 12),
    purpose=st.none() | st.sampled_from([Purpose.CONFIRM, Purpose.CANCEL, Purpose.RESCHEDULE]),
    later=st.integers(1, 60 * 24 * 30),
    quiet=quiet_hours,
    here=places,
)
def test_nothing_but_the_urgent_is_given_in_quiet_hours(
    received: datetime, ahead: int | None, purpose: Purpose | None, later: int, quiet: QuietHours, here: ZoneInfo
) -> None:
    """Whatever the case, the place and the hours; and the moment to look again lies ahead."""
    start = received + timedelta(minutes=ahead) if ahead else None
    interview = replace(INVITED.interview, received=received, start=start)
    events = (Event(received + timedelta(minutes=20), EventKind.MESSAGE_SENT, purpose, Channel.EMAIL),) if purpose else ()
    now, person = received + timedelta(minutes=later), Person(here, quiet)
    found = pending(of(Case(interview, events), now, person), {}, now, person)
    if quiet.contains(now, here):
        assert [one.cue for one in found.ready if not one.urgent] == []
    assert found.next_at is None or found.next_at > now
    assert all(one.cue in Cue and one.at.tzinfo == UTC for one in (*found.ready, *found.ahead))
