"""The plan: every rule of time, channel and order, one behaviour a test."""

from __future__ import annotations

import os
import time as clock
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.interview import Agency, Case, Contact, Event, Intent, Interview
from pamit.domain.plan import Plan, Step, make_plan
from pamit.domain.terms import Channel, EventKind, Purpose, Reason, Stage, StepKind
from pamit.errors import PamitError

HRD = Contact("Ibu Sari", "sari@tokobaru.example", "+6281200001234")
MAILED = datetime.fromisoformat("2026-11-23T10:00:00+07:00")
FRIDAY = datetime.fromisoformat("2026-11-27T09:00:00+07:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}:00+07:00")


def interview(**facts: object) -> Interview:
    known: dict[str, object] = {
        "company": "Toko Baru", "position": "Kasir", "timezone": "Asia/Jakarta", "received": MAILED,
        "invited_via": Channel.EMAIL, "contact": HRD,
    }  # fmt: skip
    return Interview(**{**known, **facts})  # type: ignore[arg-type]


def dated(**facts: object) -> Interview:
    return interview(**{"start": FRIDAY, "end": FRIDAY + timedelta(hours=1), **facts})


def sent(when: str, purpose: Purpose, channel: Channel = Channel.EMAIL) -> Event:
    return Event(at(when), EventKind.MESSAGE_SENT, purpose, channel)


def step(plan: Plan, do: StepKind) -> Step:
    found = [one for one in plan.steps if one.do == do]
    assert len(found) == 1, [one.do for one in plan.steps]
    return found[0]


def kinds(plan: Plan) -> list[StepKind]:
    return [one.do for one in plan.steps]


def rules(plan: Plan) -> list[str]:
    return [one.rule for one in plan.warnings]


# -- answering (T1, T10) ------------------------------------------------------------------------------------------


def test_answer_is_due_within_a_day_and_at_the_latest_within_two() -> None:
    """T1: 24 hours, 48 at the outer limit."""
    found = step(make_plan(Case(interview()), at("11-23T12:00")), StepKind.ANSWER)
    assert (found.due, found.latest) == (at("11-24T10:00"), at("11-25T10:00"))


def test_answer_with_an_earlier_deadline_keeps_to_it() -> None:
    """T1: the employer's own deadline wins where it is earlier."""
    found = step(make_plan(Case(interview(reply_by=at("11-23T17:00"))), at("11-23T12:00")), StepKind.ANSWER)
    assert (found.due, found.latest) == (at("11-23T17:00"), at("11-23T17:00"))


def test_answer_with_a_later_deadline_is_still_due_within_a_day() -> None:
    """T1: a generous deadline does not make a late answer polite."""
    found = step(make_plan(Case(interview(reply_by=at("11-30T17:00"))), at("11-23T12:00")), StepKind.ANSWER)
    assert found.due == at("11-24T10:00")


def test_answer_overdue_is_moved_up_and_said() -> None:
    """What is overdue is due now, with the rules' own time beside it."""
    plan = make_plan(Case(interview()), at("11-24T12:00"))
    found = step(plan, StepKind.ANSWER)
    assert (found.earliest, found.due, found.overdue_since) == (at("11-24T12:00"), at("11-24T12:00"), at("11-24T10:00"))
    assert rules(plan) == ["T1"]


def test_answer_after_the_employer_moved_the_date_counts_from_the_change() -> None:
    """T1: a changed time is a new invitation."""
    moved = Event(at("11-25T15:00"), EventKind.RESCHEDULED_BY_EMPLOYER)
    plan = make_plan(Case(dated(), (sent("11-23T11:00", Purpose.CONFIRM), moved)), at("11-25T16:00"))
    assert step(plan, StepKind.ANSWER).due == at("11-26T15:00")


def test_answer_in_a_chat_waits_for_courteous_hours() -> None:
    """T12: no text at night."""
    chat = interview(invited_via=Channel.TEXT, contact=Contact("Tia", None, "+6281200005678"), received=at("11-23T21:30"))
    found = step(make_plan(Case(chat), at("11-23T22:00")), StepKind.ANSWER)
    assert (found.channel, found.earliest) == (Channel.TEXT, at("11-24T08:00"))


def test_intent_replaces_answer() -> None:
    """The person has decided: only that step is listed."""
    plan = make_plan(Case(dated()), at("11-23T12:00"), Intent(Purpose.CONFIRM))
    assert kinds(plan) == [StepKind.CONFIRM]


# -- taking back and moving (T2, T3, T4, T9, L1, L2) --------------------------------------------------------------


def test_cancel_ahead_must_be_said_before_the_day() -> None:
    """T2: before the interview's day."""
    case = Case(dated(), (sent("11-23T13:00", Purpose.CONFIRM),))
    plan = make_plan(case, at("11-24T09:00"), Intent(Purpose.CANCEL, Reason.OTHER_OFFER))
    found = step(plan, StepKind.CANCEL)
    assert (found.channel, found.due, found.latest) == (Channel.EMAIL, at("11-25T09:00"), at("11-26T23:59"))
    assert kinds(plan) == [StepKind.CONSULT, StepKind.PREPARE_ANSWER, StepKind.CANCEL]


def test_cancel_on_the_day_is_a_call_at_once_with_a_record_after() -> None:
    """T3, C2, C4: call, apologise, then write it down; nobody is consulted first."""
    case = Case(dated(), (sent("11-23T13:00", Purpose.CONFIRM),))
    plan = make_plan(case, at("11-27T07:30"), Intent(Purpose.CANCEL, Reason.HEALTH))
    found = step(plan, StepKind.CANCEL)
    assert (found.channel, found.earliest, found.latest) == (Channel.PHONE, at("11-27T07:30"), FRIDAY)
    assert kinds(plan) == [StepKind.CANCEL, StepKind.WRITTEN_RECORD]
    assert "T3" in rules(plan)


@pytest.mark.parametrize(("hour", "earliest"), [("05:10", "07:00"), ("07:20", "07:20")])
def test_call_on_the_day_goes_from_seven(hour: str, earliest: str) -> None:
    """T12: what is urgent goes from 07:00 of any day."""
    plan = make_plan(Case(dated()), at(f"11-27T{hour}"), Intent(Purpose.CANCEL, Reason.HEALTH))
    assert step(plan, StepKind.CANCEL).earliest == at(f"11-27T{earliest}")


def test_call_before_an_early_interview_goes_at_once() -> None:
    """T12: at once where the interview begins before 08:00."""
    early = dated(start=at("11-27T07:30"), end=at("11-27T08:30"))
    plan = make_plan(Case(early), at("11-27T06:10"), Intent(Purpose.CANCEL, Reason.HEALTH))
    assert step(plan, StepKind.CANCEL).earliest == at("11-27T06:10")


def test_same_day_without_a_number_goes_by_the_chat_else_by_mail() -> None:
    """C2: no number known means text, else mail."""
    chat = dated(invited_via=Channel.TEXT, contact=Contact("Tia"))
    mail = dated(contact=Contact("Tia", "tia@tokobaru.example"))
    now, wish = at("11-27T07:30"), Intent(Purpose.CANCEL, Reason.PERSONAL)
    assert step(make_plan(Case(chat), now, wish), StepKind.CANCEL).channel == Channel.TEXT
    assert step(make_plan(Case(mail), now, wish), StepKind.CANCEL).channel == Channel.EMAIL


def test_evening_text_may_take_back_tomorrows_interview_until_nine() -> None:
    """T12: a text that takes back tomorrow's interview may go until 21:00."""
    chat = dated(invited_via=Channel.TEXT, contact=Contact("Tia", None, "+6281200005678"))
    plan = make_plan(Case(chat), at("11-26T20:15"), Intent(Purpose.CANCEL, Reason.SCHEDULE))
    assert step(plan, StepKind.CANCEL).earliest == at("11-26T20:15")


def test_call_out_of_hours_becomes_a_mail_when_it_cannot_wait() -> None:
    """T12: mail may go out at any hour."""
    phoned = dated(invited_via=Channel.PHONE)
    plan = make_plan(Case(phoned), at("11-26T19:00"), Intent(Purpose.CANCEL, Reason.SCHEDULE))
    found = step(plan, StepKind.CANCEL)
    assert (found.channel, found.earliest) == (Channel.EMAIL, at("11-26T19:00"))


def test_less_than_a_day_left_sets_the_call_beside_the_mail() -> None:
    """L2: where fewer than 24 hours are left the call stands in the plan too."""
    plan = make_plan(Case(dated()), at("11-26T15:00"), Intent(Purpose.RESCHEDULE, Reason.SCHEDULE))
    call = step(plan, StepKind.CALL_TO_VERIFY)
    assert (call.channel, call.earliest, call.due, call.latest) == (Channel.PHONE, at("11-27T07:00"), at("11-27T08:00"), FRIDAY)


def test_unconfirmed_cancellation_is_verified_after_a_day_in_courteous_hours() -> None:
    """L2: the first courteous hour after 24 hours."""
    case = Case(dated(), (sent("11-24T19:00", Purpose.CANCEL),))
    call = step(make_plan(case, at("11-25T10:00")), StepKind.CALL_TO_VERIFY)
    assert (call.earliest, call.latest) == (at("11-26T08:00"), FRIDAY)


def test_unconfirmed_move_is_verified_too() -> None:
    """L2 holds for a move that was asked for."""
    case = Case(dated(), (sent("11-24T09:00", Purpose.RESCHEDULE),))
    assert kinds(make_plan(case, at("11-24T10:00"))) == [StepKind.CALL_TO_VERIFY]


def test_confirmed_cancellation_closes_and_unconfirmed_one_closes_with_the_hour() -> None:
    """A cancellation is over when it is confirmed, or when the hour is past."""
    gone = sent("11-24T09:00", Purpose.CANCEL)
    noted = Event(at("11-24T11:00"), EventKind.CONFIRMATION_RECEIVED)
    assert make_plan(Case(dated(), (gone, noted)), at("11-24T12:00")) == Plan(Stage.CLOSED)
    assert make_plan(Case(dated(), (gone,)), at("11-27T09:30")).stage == Stage.CLOSED


@pytest.mark.parametrize(
    ("case", "now", "rule"),
    [
        (Case(interview()), "11-23T12:00", "T4"),
        (Case(dated()), "11-23T12:00", "T2"),
        (Case(dated()), "11-27T08:10", "T3"),
        (Case(dated(), (Event(at("11-27T10:00"), EventKind.ATTENDED),)), "11-27T15:00", "T9"),
    ],
)
def test_withdrawing_follows_the_rule_of_its_stage(case: Case, now: str, rule: str) -> None:
    """T4 undated, T2 ahead, T3 on the day, T9 afterwards."""
    found = step(make_plan(case, at(now), Intent(Purpose.WITHDRAW, Reason.CAREER_PLAN)), StepKind.WITHDRAW)
    assert found.rules[0] == rule


def test_old_decision_not_told_yet_is_overdue() -> None:
    """At once means within 24 hours of the decision."""
    case = Case(dated(), (Event(at("11-27T10:00"), EventKind.ATTENDED),))
    plan = make_plan(case, at("11-30T09:00"), Intent(Purpose.WITHDRAW, None, at("11-28T09:00")))
    assert step(plan, StepKind.WITHDRAW).overdue_since == at("11-29T09:00")
    assert "T9" in rules(plan)


# -- after the talk (T5–T8, L3) -----------------------------------------------------------------------------------


def attended(*more: Event) -> Case:
    return Case(dated(), (sent("11-23T13:00", Purpose.CONFIRM), Event(at("11-27T10:00"), EventKind.ATTENDED), *more))


def test_thanks_are_due_by_the_end_of_the_next_day() -> None:
    """T5."""
    found = step(make_plan(attended(), at("11-27T12:00")), StepKind.THANK_YOU)
    assert (found.earliest, found.latest) == (at("11-27T12:00"), at("11-28T23:59"))


def test_missed_thanks_give_way_to_the_question() -> None:
    """The next of a chain comes when the time of the one before is over."""
    assert kinds(make_plan(attended(), at("11-29T09:00"))) == [StepKind.FOLLOW_UP]


def test_question_waits_a_week_and_ends_with_the_second() -> None:
    """T6, T8."""
    found = step(make_plan(attended(sent("11-28T09:00", Purpose.THANK_YOU)), at("11-29T09:00")), StepKind.FOLLOW_UP)
    assert (found.earliest, found.latest) == (at("12-04T10:00"), at("12-11T23:59"))


def test_question_waits_for_the_promised_date() -> None:
    """T6: until the promised date where that is later, then within a week of it."""
    case = Case(dated(decision_expected=at("12-14T17:00")), attended().events)
    found = step(make_plan(case, at("12-01T09:00")), StepKind.FOLLOW_UP)
    assert (found.earliest, found.latest) == (at("12-14T17:00"), at("12-21T23:59"))


def test_question_wanted_too_early_is_put_off_with_a_warning() -> None:
    """T6: an intent does not make it polite."""
    plan = make_plan(attended(), at("11-30T09:00"), Intent(Purpose.FOLLOW_UP))
    assert (step(plan, StepKind.FOLLOW_UP).earliest, rules(plan)) == (at("12-04T10:00"), ["T6"])


def test_second_question_is_refused() -> None:
    """T7: once, never again."""
    plan = make_plan(attended(sent("12-05T09:00", Purpose.FOLLOW_UP)), at("12-09T09:00"), Intent(Purpose.FOLLOW_UP))
    assert (kinds(plan), rules(plan)) == ([StepKind.CLOSE], ["T7"])
    assert step(plan, StepKind.CLOSE).earliest == at("12-19T09:00")


def test_two_weeks_without_news_close_the_case() -> None:
    """T8: without a question asked, when its time is over."""
    assert kinds(make_plan(attended(), at("12-12T09:00"))) == [StepKind.CLOSE]


def test_close_never_comes_before_the_promised_date() -> None:
    """T8: a promised date is waited for."""
    case = Case(dated(decision_expected=at("12-28T17:00")), attended(sent("12-05T09:00", Purpose.FOLLOW_UP)).events)
    assert step(make_plan(case, at("12-20T09:00")), StepKind.CLOSE).earliest >= at("12-28T17:00")


def test_rejection_asks_for_feedback_once_then_closes() -> None:
    """L3."""
    no = Event(at("12-01T10:00"), EventKind.REJECTED)
    assert kinds(make_plan(attended(no), at("12-01T11:00"))) == [StepKind.ASK_FEEDBACK]
    asked = attended(no, sent("12-01T12:00", Purpose.ASK_FEEDBACK))
    assert make_plan(asked, at("12-01T13:00")).stage == Stage.CLOSED


def test_absence_asks_for_an_apology_and_nothing_else() -> None:
    """Not appeared: an apology at once; no thanks, no question."""
    case = Case(dated(), (sent("11-23T13:00", Purpose.CONFIRM), Event(at("11-27T10:00"), EventKind.ABSENT)))
    plan = make_plan(case, at("11-28T09:00"))
    assert (kinds(plan), plan.stage) == ([StepKind.APOLOGISE_ABSENCE], Stage.INTERVIEWED)
    refused = make_plan(case, at("11-28T09:00"), Intent(Purpose.THANK_YOU))
    assert (kinds(refused), rules(refused)[0]) == ([StepKind.APOLOGISE_ABSENCE], "T11")


def test_past_interview_without_a_note_warns() -> None:
    """T11: whether one attended decides what comes next."""
    case = Case(dated(), (sent("11-23T13:00", Purpose.CONFIRM),))
    assert rules(make_plan(case, at("11-27T12:00"))) == ["T11"]


def test_offer_asks_for_an_answer_and_its_acceptance_closes() -> None:
    """An offer is answered within a day; accepted, the case is over."""
    offer = Event(at("12-01T10:00"), EventKind.OFFER_RECEIVED)
    assert step(make_plan(attended(offer), at("12-01T11:00")), StepKind.ANSWER).due == at("12-02T10:00")
    taken = Event(at("12-01T12:00"), EventKind.OFFER_ACCEPTED)
    assert make_plan(attended(offer, taken), at("12-01T13:00")) == Plan(Stage.CLOSED)


def test_next_round_begins_a_new_chain() -> None:
    """Events before the new round answer nothing of it."""
    events = (*attended(sent("12-05T09:00", Purpose.FOLLOW_UP)).events, Event(at("12-07T10:00"), EventKind.NEXT_ROUND))
    second = dated(start=at("12-11T09:00"), end=None, round=2)
    plan = make_plan(Case(second, events), at("12-07T11:00"))
    assert (plan.stage, kinds(plan), step(plan, StepKind.ANSWER).due) == (Stage.SCHEDULED, [StepKind.ANSWER], at("12-08T10:00"))


# -- channels (C1–C9) ---------------------------------------------------------------------------------------------


def test_agency_is_told_too() -> None:
    """C7."""
    case = Case(interview(agency=Agency("Agen Karier", "dina@agenkarier.example")))
    found = step(make_plan(case, at("11-23T12:00"), Intent(Purpose.DECLINE)), StepKind.DECLINE)
    assert (found.to, "C7" in found.rules) == (("contact", "agency"), True)


def test_no_reply_address_sends_the_person_looking() -> None:
    """C9, C6."""
    case = Case(interview(contact=Contact(None, "noreply@ats.example")))
    plan = make_plan(case, at("11-23T12:00"), Intent(Purpose.DECLINE))
    assert (step(plan, StepKind.FIND_CONTACT).rules, "C9" in rules(plan)) == (("C6", "C9"), True)


def test_contact_by_phone_is_answered_by_phone_with_a_record() -> None:
    """C2, C4."""
    plan = make_plan(Case(interview(invited_via=Channel.PHONE)), at("11-23T15:00"), Intent(Purpose.DECLINE))
    assert step(plan, StepKind.DECLINE).channel == Channel.PHONE
    assert step(plan, StepKind.WRITTEN_RECORD).channel == Channel.EMAIL


def test_call_without_a_record_owes_one_even_when_closed() -> None:
    """C4: whatever the channel, a written record."""
    case = Case(interview(), (sent("11-23T15:00", Purpose.DECLINE, Channel.PHONE),))
    plan = make_plan(case, at("11-23T16:00"))
    assert (plan.stage, kinds(plan)) == (Stage.CLOSED, [StepKind.WRITTEN_RECORD])


def test_whatsapp_invitation_with_a_mail_address_is_answered_by_mail() -> None:
    """C1 before C3."""
    found = step(make_plan(Case(interview(invited_via=Channel.TEXT)), at("11-23T12:00")), StepKind.ANSWER)
    assert found.channel == Channel.EMAIL


def test_calls_avoid_holidays_and_own_days() -> None:
    """T12: no public holiday, no cuti bersama, no day the person set."""
    phoned = interview(invited_via=Channel.PHONE, received=datetime.fromisoformat("2026-12-23T17:30:00+07:00"))
    now = datetime.fromisoformat("2026-12-23T18:00:00+07:00")
    # 24 December is cuti bersama, the 25th Christmas; the 26th and 27th are a weekend.
    own = OwnDays.from_toml("work = [2026-12-24]")
    assert step(make_plan(Case(phoned), now, Intent(Purpose.ACKNOWLEDGE)), StepKind.ACKNOWLEDGE).channel == Channel.EMAIL
    found = step(make_plan(Case(phoned), now, Intent(Purpose.ACKNOWLEDGE), own), StepKind.ACKNOWLEDGE)
    assert (found.channel, found.earliest.isoformat()) == (Channel.PHONE, "2026-12-24T08:00:00+07:00")


# -- before deciding and coming back (P, K) -----------------------------------------------------------------------


@pytest.mark.parametrize("reason", [Reason.LOCATION, Reason.SALARY, Reason.SCHEDULE, Reason.HEALTH])
def test_milder_way_is_shown(reason: Reason) -> None:
    """P2."""
    assert "P2" in rules(make_plan(Case(dated()), at("11-24T09:00"), Intent(Purpose.CANCEL, reason)))


def test_reconsidering_warns_what_it_may_cost_and_reopens_the_wait() -> None:
    """K1, K2; a plea that stays unanswered for two weeks closes (T8)."""
    no = sent("11-24T09:00", Purpose.DECLINE)
    plan = make_plan(Case(interview(), (no,)), at("11-26T09:00"), Intent(Purpose.RECONSIDER))
    assert (plan.stage, kinds(plan), rules(plan)) == (Stage.CLOSED, [StepKind.RECONSIDER], ["K2"])
    asked = Case(interview(), (no, sent("11-26T09:00", Purpose.RECONSIDER)))
    waiting = make_plan(asked, at("11-27T09:00"))
    assert step(waiting, StepKind.CLOSE).earliest == at("12-10T09:00")


def test_closed_case_refuses_other_messages_and_reopening_brings_the_chain_back() -> None:
    """A closed case is left alone until the person takes it up again."""
    shut = attended(Event(at("12-01T09:00"), EventKind.CLOSED))
    assert kinds(make_plan(shut, at("12-02T09:00"), Intent(Purpose.THANK_YOU))) == []
    again = attended(Event(at("12-01T09:00"), EventKind.CLOSED), Event(at("12-02T09:00"), EventKind.REOPENED))
    assert kinds(make_plan(again, at("12-02T10:00"))) == [StepKind.FOLLOW_UP]


def test_naive_time_is_an_error() -> None:
    """A moment without an offset cannot be planned with."""
    with pytest.raises(PamitError) as caught:
        make_plan(Case(interview()), datetime(2026, 11, 24))  # noqa: DTZ001
    assert caught.value.code == "naive-time"


# -- properties ---------------------------------------------------------------------------------------------------

moments = st.integers(0, 60 * 24 * 60).map(lambda minutes: datetime(2026, 11, 20, tzinfo=UTC) + timedelta(minutes=minutes))
events = st.builds(
    Event, moments, st.sampled_from(EventKind), st.none() | st.sampled_from(Purpose), st.none() | st.sampled_from(Channel)
)
contacts = st.builds(
    Contact, st.none() | st.just("Ibu Sari"), st.sampled_from([None, "sari@tokobaru.example", "no-reply@ats.example"]),
    st.sampled_from([None, "+6281200001234"]),
)  # fmt: skip
interviews = st.builds(
    Interview,
    company=st.just("Toko Baru"), position=st.just("Kasir"), start=st.none() | moments, end=st.none() | moments,
    timezone=st.sampled_from([None, "Asia/Jakarta", "Asia/Makassar", "Europe/London"]), received=st.none() | moments,
    reply_by=st.none() | moments, decision_expected=st.none() | moments, invited_via=st.none() | st.sampled_from(Channel),
    contact=contacts, agency=st.none() | st.just(Agency("Agen", "agen@agen.example")), works_saturday=st.booleans(),
)  # fmt: skip
cases = st.builds(Case, interviews, st.lists(events, max_size=6).map(tuple))
intents = st.none() | st.builds(Intent, st.sampled_from(Purpose), st.none() | st.sampled_from(Reason), st.none() | moments)


@settings(max_examples=400, deadline=None)
@given(cases, moments, intents)
def test_times_are_in_order_and_never_past(case: Case, now: datetime, intent: Intent | None) -> None:
    """earliest ≤ due ≤ latest, nothing before now, soonest first, and overdue always said."""
    plan = make_plan(case, now, intent)
    for one in plan.steps:
        assert now <= one.earliest <= one.due
        assert one.latest is None or one.due <= one.latest
        assert one.overdue_since is None or one.overdue_since < now
    assert [one.due for one in plan.steps] == sorted(one.due for one in plan.steps)


@settings(max_examples=400, deadline=None)
@given(cases, moments, st.sampled_from([None, Purpose.FOLLOW_UP]))
def test_result_is_never_asked_twice(case: Case, now: datetime, wish: Purpose | None) -> None:
    """T7, whatever the order of events."""
    begins = {EventKind.NEXT_ROUND, EventKind.RESCHEDULED_BY_EMPLOYER}
    happened = sorted((e for e in case.events if e.at <= now), key=lambda e: e.at)
    cut = max((i for i, e in enumerate(happened) if e.kind in begins), default=-1)
    asked = any(e.kind == EventKind.MESSAGE_SENT and e.purpose == Purpose.FOLLOW_UP for e in happened[cut + 1 :])
    plan = make_plan(case, now, Intent(wish) if wish else None)
    assert not (asked and StepKind.FOLLOW_UP in kinds(plan))


@settings(max_examples=400, deadline=None)
@given(cases, moments, intents)
def test_open_interview_always_has_a_next_step(case: Case, now: datetime, intent: Intent | None) -> None:
    """T10: nobody is left waiting."""
    plan = make_plan(case, now, intent)
    assert plan.steps or plan.stage == Stage.CLOSED


@settings(max_examples=300, deadline=None)
@given(cases, moments, st.integers(0, 400))
def test_time_alone_never_reopens_a_case(case: Case, now: datetime, days: int) -> None:
    """A closed case stays closed while nothing more happens."""
    past = Case(case.interview, tuple(e for e in case.events if e.at <= now))
    if make_plan(past, now).stage == Stage.CLOSED:
        assert make_plan(past, now + timedelta(days=days)).stage == Stage.CLOSED


@settings(max_examples=40, deadline=None)
@given(cases, moments, intents, st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York"]))
def test_plan_does_not_depend_on_the_machines_zone(case: Case, now: datetime, intent: Intent | None, zone: str) -> None:
    """The employer's zone decides, never the machine's."""
    before = os.environ.get("TZ")
    here = make_plan(case, now, intent)
    try:
        os.environ["TZ"] = zone
        clock.tzset()
        assert make_plan(case, now, intent) == here
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        clock.tzset()
