"""The table of decisions, cell by cell and in every order of arrival."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamit.domain.scheduling import (
    Action,
    Decision,
    Envelope,
    Known,
    OwnAnswer,
    Revision,
    SchedulingMessage,
    Trust,
    TrustLevel,
    decide,
    meeting_of,
    trust_of,
)

UID = "5kq0@kalender.example"
NINE = datetime(2026, 11, 27, 2, tzinfo=UTC)
WEEK = timedelta(days=7)
SENT = datetime(2026, 11, 20, 1, tzinfo=UTC)
WRITER = Envelope(("sari@kertas.example",))
TRUSTED = trust_of(WRITER, [WRITER])
STRANGER = trust_of(Envelope(("orang@jahat.example",)), [WRITER])


def message(method: str | None = "REQUEST", sequence: int = 1, minutes: int | None = 0, **more: object) -> SchedulingMessage:
    """A message about 9 o'clock, made some minutes after the first; without minutes, without DTSTAMP."""
    stamp = SENT + timedelta(minutes=minutes) if minutes is not None else None
    values: dict[str, object] = {"start": NINE, "end": NINE + timedelta(hours=1), **more}
    if method == "CANCEL":
        values.setdefault("status", "CANCELLED")
    return SchedulingMessage(method, UID, Revision(sequence, stamp), **values)  # type: ignore[arg-type]


def known(*messages: SchedulingMessage, answers: tuple[OwnAnswer, ...] = ()) -> Known:
    return Known(UID, frozenset(messages), frozenset(answers))


def decided(incoming: SchedulingMessage, *before: SchedulingMessage, trust: Trust = TRUSTED, **more: object) -> Decision:
    return decide(incoming, known(*before, **more), trust)  # type: ignore[arg-type]


FIRST = message()
INSTANCE = message(instance=NINE + WEEK, start=NINE + WEEK, end=NINE + WEEK + timedelta(hours=1))
CANCEL = message("CANCEL", 2)
NEWER, OLDER = {"sequence": 2, "minutes": 60}, {"sequence": 0, "minutes": -60}


# -- REQUEST ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("incoming", "before", "action", "position"),
    [
        (FIRST, (), Action.NEW, "unknown"),
        (message(**OLDER), (FIRST,), Action.SUPERSEDED, "older"),
        (message(minutes=-1), (FIRST,), Action.SUPERSEDED, "older"),
        (replace(FIRST, source="salinan"), (FIRST,), Action.SAME, "same"),
        (message(minutes=5, place="Lt. 3"), (FIRST,), Action.MINOR_UPDATE, "newer"),
        (message(sequence=2), (FIRST,), Action.MAJOR_UPDATE, "newer"),
        (message(minutes=5, start=NINE + WEEK), (FIRST,), Action.MAJOR_UPDATE, "newer"),
        (message(sequence=2, minutes=-500), (FIRST,), Action.MAJOR_UPDATE, "newer"),
        (message(sequence=3), (FIRST, CANCEL), Action.MAJOR_UPDATE, "newer"),
        (message(sequence=1, minutes=9), (FIRST, CANCEL), Action.SUPERSEDED, "older"),
        (message(sequence=1), (CANCEL,), Action.SUPERSEDED, "older"),
        (message(sequence=3), (CANCEL,), Action.NEW, "newer"),
        (INSTANCE, (), Action.STORE_INSTANCE, "unknown"),
        (INSTANCE, (FIRST,), Action.ATTACH_INSTANCE, "unknown"),
        (replace(INSTANCE, revision=Revision(0, SENT)), (FIRST,), Action.SUPERSEDED, "older"),
        (replace(INSTANCE, revision=Revision(0, SENT)), (INSTANCE,), Action.SUPERSEDED, "older"),
        (INSTANCE, (INSTANCE,), Action.SAME, "same"),
        (replace(INSTANCE, revision=Revision(1, SENT + WEEK)), (FIRST, INSTANCE), Action.MINOR_UPDATE, "newer"),
        (replace(INSTANCE, revision=Revision(2, SENT)), (FIRST, INSTANCE), Action.MAJOR_UPDATE, "newer"),
    ],
)  # fmt: skip
def test_request(incoming: SchedulingMessage, before: tuple[SchedulingMessage, ...], action: Action, position: str) -> None:
    """Unknown, older, same, newer; minor and major; for the whole and for an instance."""
    found = decided(incoming, *before)
    assert (found.action, found.position, found.applies) == (action, position, True)
    assert found.resets_answer == (action == Action.MAJOR_UPDATE)


def test_minor_update_keeps_the_answer_and_major_asks_anew() -> None:
    """The answer was to a SEQUENCE and a time; both must still be those."""
    answer = OwnAnswer("ACCEPTED", 1, SENT + timedelta(minutes=1), about=NINE)
    assert meeting_of(known(FIRST, message(minutes=5), answers=(answer,))).answer == answer
    assert meeting_of(known(FIRST, message(sequence=2), answers=(answer,))).answer is None
    assert meeting_of(known(FIRST, message(minutes=5, start=NINE + WEEK), answers=(answer,))).answer is None


def test_move_is_told_from_when_to_when() -> None:
    """Old and new beginning go with the decision; a taken-up proposal is called one."""
    moved = message(sequence=2, start=NINE + WEEK)
    found = decided(moved, FIRST)
    assert (found.before, found.after, found.agreed) == (NINE, NINE + WEEK, False)
    proposal = OwnAnswer("TENTATIVE", 1, SENT, about=NINE, start=NINE + WEEK, end=NINE + WEEK)
    agreed = decided(moved, FIRST, answers=(proposal,))
    assert (agreed.agreed, meeting_of(agreed.known).proposal_state) == (True, "agreed")


def test_instance_is_compared_as_a_moment() -> None:
    """The same instance in UTC and in a zone is one; a day is another thing than midnight."""
    wib = timezone(timedelta(hours=7))
    there = replace(INSTANCE, instance=(NINE + WEEK).astimezone(wib))
    assert decided(there, INSTANCE).action == Action.SAME
    assert decided(replace(INSTANCE, instance=date(2026, 12, 4)), INSTANCE).action == Action.STORE_INSTANCE


def test_missing_stamp_counts_as_the_first_of_its_number() -> None:
    """A request without DTSTAMP never replaces one that has it."""
    assert decided(message(minutes=None), FIRST).action == Action.SUPERSEDED
    assert decided(message(minutes=None, sequence=2), FIRST).action == Action.MAJOR_UPDATE


# -- CANCEL -----------------------------------------------------------------------------------------------------------


ONE_OFF = message("CANCEL", 1, 5, instance=NINE + WEEK)
FROM_THEN = replace(ONE_OFF, and_future=True)


@pytest.mark.parametrize(
    ("incoming", "before", "action", "position"),
    [
        (CANCEL, (), Action.KEEP_UNKNOWN, "unknown"),
        (CANCEL, (CANCEL,), Action.SAME, "same"),
        (message("CANCEL", 0), (FIRST,), Action.IGNORE, "older"),
        (message("CANCEL", 1, -5), (FIRST,), Action.IGNORE, "older"),
        (CANCEL, (FIRST, CANCEL), Action.SAME, "same"),
        (CANCEL, (FIRST,), Action.CANCEL, "newer"),
        (message("CANCEL", 1), (FIRST,), Action.CANCEL, "newer"),
        (message("CANCEL", 1, None), (FIRST,), Action.CANCEL, "newer"),
        (CANCEL, (INSTANCE,), Action.CANCEL, "newer"),
        (CANCEL, (message("CANCEL", 0), replace(INSTANCE, revision=Revision(3, SENT))), Action.IGNORE, "older"),
        (ONE_OFF, (), Action.KEEP_UNKNOWN, "unknown"),
        (ONE_OFF, (FIRST,), Action.CANCEL_INSTANCE, "newer"),
        (ONE_OFF, (FIRST, INSTANCE), Action.CANCEL_INSTANCE, "newer"),
        (ONE_OFF, (FIRST, ONE_OFF), Action.SAME, "same"),
        (replace(ONE_OFF, revision=Revision(0, SENT)), (FIRST,), Action.IGNORE, "older"),
        (replace(ONE_OFF, revision=Revision(1, SENT - WEEK)), (FIRST, INSTANCE), Action.IGNORE, "older"),
        (FROM_THEN, (FIRST,), Action.CANCEL_FROM, "newer"),
    ],
)
def test_cancel(incoming: SchedulingMessage, before: tuple[SchedulingMessage, ...], action: Action, position: str) -> None:
    """The whole, an instance, that and all later ones; known or not."""
    found = decided(incoming, *before)
    assert (found.action, found.position) == (action, position)


def test_cancel_of_an_instance_leaves_the_series() -> None:
    """Only that instance is called off, or that and all later ones."""
    one = decided(ONE_OFF, FIRST).known
    assert [meeting_of(one, at).standing for at in (None, NINE, NINE + WEEK, NINE + 2 * WEEK)] == [
        "invited", "invited", "cancelled", "invited",
    ]  # fmt: skip
    later = decided(FROM_THEN, FIRST).known
    assert [meeting_of(later, at).standing for at in (NINE, NINE + WEEK, NINE + 2 * WEEK)] == [
        "invited",
        "cancelled",
        "cancelled",
    ]


def test_cancel_keeps_the_text() -> None:
    """Nothing is deleted: the invitation stays beside its cancellation."""
    found = meeting_of(decided(CANCEL, FIRST).known)
    assert (found.standing, found.request, found.cancel) == ("cancelled", FIRST, CANCEL)


@pytest.mark.parametrize(
    ("status", "anyone", "us", "action"),
    [
        (None, True, False, Action.NOT_US),
        ("CONFIRMED", True, False, Action.NOT_US),
        ("CANCELLED", True, False, Action.CANCEL),
        (None, True, True, Action.CANCEL),
        (None, False, False, Action.CANCEL),
    ],
)
def test_cancel_for_others(status: str | None, anyone: bool, us: bool, action: Action) -> None:
    """ATTENDEEs without us and no STATUS: others were uninvited."""
    found = decided(message("CANCEL", 2, status=status, names_anyone=anyone, names_us=us), FIRST)
    assert found.action == action
    assert meeting_of(found.known).standing == ("invited" if action == Action.NOT_US else "cancelled")


# -- DECLINECOUNTER, ADD, the rest ------------------------------------------------------------------------------------


PROPOSAL = OwnAnswer("TENTATIVE", 1, SENT + timedelta(minutes=10), about=NINE, start=NINE + WEEK, end=NINE + WEEK)


@pytest.mark.parametrize(
    ("before", "answers", "minutes", "action"),
    [
        ((), (), 20, Action.SHOW),
        ((FIRST,), (), 20, Action.SHOW),
        ((FIRST,), (PROPOSAL,), 20, Action.PROPOSAL_REFUSED),
        ((FIRST,), (PROPOSAL,), None, Action.PROPOSAL_REFUSED),
        ((FIRST, message(minutes=15, place="Lt. 2")), (PROPOSAL,), 20, Action.PROPOSAL_REFUSED),
        ((FIRST,), (PROPOSAL,), 5, Action.IGNORE),
        ((FIRST, message(sequence=2)), (PROPOSAL,), 20, Action.IGNORE),
        ((FIRST, message(sequence=2, start=NINE + WEEK)), (PROPOSAL,), 20, Action.IGNORE),
        ((FIRST, message("DECLINECOUNTER", 0, 20)), (PROPOSAL,), 20, Action.SAME),
    ],
)
def test_declined_counter(
    before: tuple[SchedulingMessage, ...], answers: tuple[OwnAnswer, ...], minutes: int | None, action: Action
) -> None:
    """Only the open proposal can be refused; an older refusal, or one after a new invitation, counts for nothing."""
    found = decided(message("DECLINECOUNTER", 0, minutes), *before, answers=answers)
    assert found.action == action
    if action == Action.PROPOSAL_REFUSED:
        assert meeting_of(found.known).proposal_state == "refused"
        assert meeting_of(found.known).answer is None
        assert meeting_of(found.known).start == NINE


ADDED = message("ADD", 2, start=NINE + WEEK, end=NINE + WEEK)


@pytest.mark.parametrize(
    ("incoming", "before", "action"),
    [
        (ADDED, (), Action.ASK_REFRESH),
        (ADDED, (FIRST,), Action.ADD_INSTANCE),
        (ADDED, (FIRST, ADDED), Action.SAME),
        (replace(ADDED, revision=Revision(0)), (FIRST,), Action.SUPERSEDED),
        (message("REPLY"), (FIRST,), Action.SHOW),
        (message("COUNTER"), (FIRST,), Action.SHOW),
        (message("REFRESH"), (FIRST,), Action.SHOW),
        (message("XYZ"), (FIRST,), Action.SHOW),
        (message("PUBLISH", 9), (FIRST,), Action.NOTE),
        (message("PUBLISH", 9), (), Action.NOTE),
        (message(None, 9), (FIRST,), Action.NOTE),
    ],
)
def test_other_methods(incoming: SchedulingMessage, before: tuple[SchedulingMessage, ...], action: Action) -> None:
    """A PUBLISH of the same UID does not override a REQUEST; what organisers get is only shown."""
    found = decided(incoming, *before)
    assert found.action == action
    if action in (Action.SHOW, Action.NOTE):
        assert found.known == known(*before)


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "DECLINECOUNTER", "ADD", "PUBLISH"])
def test_broken_message_is_never_applied(method: str) -> None:
    """A lost RECURRENCE-ID would make of one meeting a series (F4)."""
    found = decided(message(method, 9, losses=("unreadable RECURRENCE-ID",)), FIRST)
    assert (found.action, found.applies, found.known) == (Action.NEEDS_PERSON, False, known(FIRST))


# -- trust ------------------------------------------------------------------------------------------------------------


LEVELS = {level: Trust(level, STRANGER.reason) for level in TrustLevel}


@pytest.mark.parametrize("level", [TrustLevel.UNPROVEN, TrustLevel.SAME_HOUSE, TrustLevel.STRANGER])
@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "DECLINECOUNTER", "ADD", "REPLY"])
@pytest.mark.parametrize("sequence", [0, 2])
def test_forged_message_is_shown_and_not_applied(level: TrustLevel, method: str, sequence: int) -> None:
    """Senders × methods × older and newer: whoever is not trusted changes nothing without a question (T12)."""
    incoming = message(method, sequence, 60 if sequence else -60, start=NINE + WEEK, end=NINE + WEEK)
    found = decided(incoming, FIRST, answers=(PROPOSAL,), trust=LEVELS[level])
    before = meeting_of(known(FIRST, answers=(PROPOSAL,)))
    if found.applies:
        assert replace(meeting_of(found.known), cancel=None) == before
    elif found.action != Action.SEPARATE:
        assert LEVELS[level].reason in found.reasons


def test_known_uid_from_a_stranger_is_an_item_of_its_own() -> None:
    """Two companies may use one UID; neither overwrites the other."""
    found = decided(message(sequence=9), FIRST, trust=STRANGER)
    assert (found.action, found.known, found.reasons[-1]) == (Action.SEPARATE, known(FIRST), STRANGER.reason)


# -- every order of arrival -------------------------------------------------------------------------------------------


def settle(messages: tuple[SchedulingMessage, ...], answers: tuple[OwnAnswer, ...] = ()) -> Known:
    state = known(answers=answers)
    for one in messages:
        state = decide(one, state, TRUSTED).known
    return state


def picture(state: Known) -> list[object]:
    return [meeting_of(state, at) for at in (None, *state.instances, NINE + 5 * WEEK)]


def test_every_order_gives_the_same_meeting() -> None:
    """Invitation, updates, a cancellation, a revival, an instance and its cancellation: 5 040 orders, one result."""
    story = (
        FIRST,
        message(minutes=5, place="Lt. 3"),
        message(sequence=2, start=NINE + timedelta(hours=2), end=NINE + timedelta(hours=3)),
        message("CANCEL", 3),
        message(sequence=4, start=NINE + timedelta(hours=3), end=NINE + timedelta(hours=4)),
        replace(INSTANCE, revision=Revision(4, SENT)),
        replace(ONE_OFF, revision=Revision(4, SENT + WEEK)),
    )
    wanted = picture(settle(story))
    assert all(picture(settle(order)) == wanted for order in permutations(story))
    final = settle(story)
    assert (meeting_of(final).standing, meeting_of(final, NINE + WEEK).standing) == ("invited", "cancelled")


def test_cancellation_before_its_invitation() -> None:
    """Mails overtake one another: the invitation that comes late is known to be called off."""
    late = settle((CANCEL, FIRST))
    assert meeting_of(late).standing == "cancelled"
    assert meeting_of(late) == meeting_of(settle((FIRST, CANCEL)))


ANY = st.builds(
    SchedulingMessage,
    method=st.sampled_from(["REQUEST", "REQUEST", "CANCEL", "CANCEL", "ADD", "DECLINECOUNTER", "PUBLISH", "REPLY", None]),
    uid=st.just(UID),
    revision=st.builds(
        Revision, st.integers(0, 3), st.one_of(st.none(), st.integers(0, 3).map(lambda n: SENT + timedelta(minutes=n)))
    ),
    instance=st.sampled_from([None, None, NINE, NINE + WEEK, date(2026, 11, 27)]),
    and_future=st.booleans(),
    start=st.sampled_from([NINE, NINE + WEEK]),
    end=st.none(),
    status=st.sampled_from([None, "CANCELLED"]),
    names_us=st.booleans(),
    source=st.sampled_from(["a", "b"]),
)
ANSWERS = st.lists(
    st.builds(
        OwnAnswer,
        partstat=st.sampled_from(["ACCEPTED", "TENTATIVE"]),
        sequence=st.integers(0, 3),
        stamp=st.integers(0, 3).map(lambda n: SENT + timedelta(minutes=n)),
        instance=st.sampled_from([None, NINE + WEEK]),
        about=st.sampled_from([None, NINE]),
        start=st.sampled_from([None, NINE + WEEK]),
    ),
    max_size=2,
).map(tuple)


@settings(max_examples=300, deadline=None)
@given(messages=st.lists(ANY, max_size=7), answers=ANSWERS, data=st.data())
def test_state_does_not_depend_on_the_order(
    messages: list[SchedulingMessage], answers: tuple[OwnAnswer, ...], data: st.DataObject
) -> None:
    """Whatever comes in whatever order, and however often: the same meeting in the end."""
    shuffled = data.draw(st.permutations([*messages, *messages[:2]]))
    assert picture(settle(tuple(shuffled), answers)) == picture(settle(tuple(messages), answers))


@settings(max_examples=200, deadline=None)
@given(messages=st.lists(ANY, max_size=5), last=ANY)
def test_decisions_tell_what_happens(messages: list[SchedulingMessage], last: SchedulingMessage) -> None:
    """What is called superseded, ignored, known or none of ours leaves a known meeting as it was."""
    state = settle(tuple(messages))
    found = decide(last, state, TRUSTED)
    if found.action in (Action.SUPERSEDED, Action.IGNORE, Action.SAME, Action.NOT_US, Action.SHOW, Action.NOTE):
        before, after = meeting_of(state, last.subject), meeting_of(found.known, last.subject)
        # An invitation that comes late can only say what was called off before it was known.
        assert after.standing == before.standing or before.standing == "unknown"
        if before.request is not None and before.standing == "invited":
            assert after.request is not None
            assert after.request.key == before.request.key
    if found.action == Action.CANCEL:
        assert meeting_of(found.known).standing == "cancelled"
