"""Giving reminders: once each, whatever happens to process, machine, clock and place."""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pamit.adapters.archive import ZipArchive
from pamit.adapters.seal import AgeSeal
from pamit.adapters.store import open_store
from pamit.domain.interview import Event
from pamit.domain.reminder import Cue, Mark, MarkState
from pamit.domain.terms import Channel, EventKind, Purpose, StepKind
from pamit.errors import ErrorKind, PamitError
from pamit.services.adding import Added
from pamit.services.pamit import Pamit
from pamit.services.ports import Notice
from pamit.services.reminding import LEASE, Round

from .conftest import NOW, invitation

HERE = ZoneInfo("Asia/Jakarta")
START = NOW + timedelta(days=6)
MAIL = {"contact_email": "hr@toko.example", "contact_phone": "+6281200001234"}
Add = Callable[..., Added]


class Ear:
    """Hears notices; it can be deaf, or die while hearing."""

    def __init__(self) -> None:
        self.heard: list[Notice] = []
        self.deaf = False
        self.dies: str | None = None

    def tell(self, notice: Notice) -> None:
        if self.deaf:
            raise PamitError(ErrorKind.UNAVAILABLE, "not-told", "Nobody listens.")
        if self.dies == "before":
            raise KeyboardInterrupt
        self.heard.append(notice)
        if self.dies == "after":
            raise KeyboardInterrupt


@pytest.fixture
def ear() -> Ear:
    return Ear()


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def work(pamit: Pamit, ear: Ear, now: datetime, here: tzinfo = HERE, owner: str = "a:1") -> Round:
    """Rounds until nothing more is due now."""
    while True:
        done = pamit.give_reminders(ear, here, now, owner=owner)
        if done.next_at is None or done.next_at > now:
            return done


def cues(ear: Ear) -> list[tuple[str, str]]:
    return [(str(notice.reminder.step.do), str(notice.reminder.cue)) for notice in ear.heard]


def confirm(pamit: Pamit, case: str, at: datetime) -> None:
    pamit.note(case, at, event=Event(at, EventKind.MESSAGE_SENT, Purpose.CONFIRM, Channel.EMAIL))


def test_whole_course_of_a_case_is_reminded_of_once_each(pamit: Pamit, added: Add, ear: Ear) -> None:
    """The loop wakes when it says it would, for forty days; every reminder comes, in order, and none twice."""
    case = added(invitation(start=START, **MAIL)).dossier.id
    now, end = NOW, NOW + timedelta(days=40)
    answered = False
    while now < end:
        done = work(pamit, ear, now)
        if cues(ear)[-1:] == [("answer", "due")] and not answered:
            confirm(pamit, case, now)
            answered = True
            continue
        now = min(done.next_at or end, end)
    assert cues(ear) == [
        ("answer", "ahead"), ("answer", "due"), ("attend", "eve"), ("attend", "soon"), ("thank_you", "due"),
        ("follow_up", "due"), ("close", "due"),
    ]  # fmt: skip


def test_answer_ends_its_reminders(pamit: Pamit, added: Add, ear: Ear) -> None:
    """What is done is not reminded of; taking the answer back brings back only what was never said."""
    case = added(invitation(start=START, **MAIL)).dossier.id
    work(pamit, ear, NOW + hours(22))
    confirm(pamit, case, NOW + hours(23))
    work(pamit, ear, NOW + hours(25))
    pamit.undo(case, NOW + hours(26))
    work(pamit, ear, NOW + hours(26))
    assert cues(ear) == [("answer", "ahead"), ("answer", "due")]


def test_new_time_is_a_new_step(pamit: Pamit, added: Add, ear: Ear) -> None:
    """Moved by the employer, the interview is answered and reminded of anew (T1)."""
    case = added(invitation(start=START, **MAIL)).dossier.id
    work(pamit, ear, NOW + hours(26))
    moved = NOW + hours(27)
    pamit.note(
        case,
        moved,
        event=Event(moved, EventKind.RESCHEDULED_BY_EMPLOYER),
        facts={"start": (START + timedelta(days=1)).isoformat()},
    )
    work(pamit, ear, moved + hours(25))
    assert cues(ear) == [("answer", "due"), ("answer", "due")]


def test_what_reached_nobody_is_tried_again(pamit: Pamit, added: Add, ear: Ear) -> None:
    """A minute later, and then it is given."""
    added(invitation(start=START, **MAIL))
    ear.deaf = True
    now = NOW + hours(24)
    done = work(pamit, ear, now)
    assert (done.failed, done.given) == (1, ())
    assert done.next_at is not None
    assert now < done.next_at <= now + timedelta(seconds=60)
    ear.deaf = False
    work(pamit, ear, now + timedelta(seconds=60))
    assert cues(ear) == [("answer", "due")]


def test_claim_of_a_dead_worker_is_taken_over(pamit: Pamit, added: Add, ear: Ear) -> None:
    """Dead before telling: another tells it when the lease is over, not sooner."""
    added(invitation(start=START, **MAIL))
    now = NOW + hours(24)
    ear.dies = "before"
    with pytest.raises(KeyboardInterrupt):
        work(pamit, ear, now)
    ear.dies = None
    assert work(pamit, ear, now + hours(0.001), owner="b:2").next_at == now + LEASE
    assert cues(ear) == []
    work(pamit, ear, now + LEASE, owner="b:2")
    assert cues(ear) == [("answer", "due")]


def test_only_death_between_telling_and_marking_tells_twice(pamit: Pamit, added: Add, ear: Ear) -> None:
    """This is the window that the documentation states; afterwards it is marked."""
    added(invitation(start=START, **MAIL))
    now = NOW + hours(24)
    ear.dies = "after"
    with pytest.raises(KeyboardInterrupt):
        work(pamit, ear, now)
    ear.dies = None
    for later in (0, 1, 2, 3):
        work(pamit, ear, now + LEASE * later, owner="b:2")
    assert cues(ear) == [("answer", "due"), ("answer", "due")]
    assert len({notice.key for notice in ear.heard}) == 1


def test_deleted_while_it_is_told_is_no_error(pamit: Pamit, added: Add) -> None:
    """The case is gone for good, its marks with it."""
    case = added(invitation(start=START, **MAIL)).dossier.id

    class Deleting(Ear):
        def tell(self, notice: Notice) -> None:
            pamit.delete(notice.case)

    assert len(pamit.give_reminders(Deleting(), HERE, NOW + hours(24), owner="a:1").given) == 1
    with pamit.store.reading() as view:
        assert view.reminders.marks([case]) == {case: {}}


def test_machine_that_slept_for_three_days_gives_what_still_makes_sense(pamit: Pamit, added: Add, ear: Ear) -> None:
    """Of two missed ones the last; nothing of an interview that is over; the rest goes on as if nothing had been."""
    case = added(invitation(start=START, **MAIL)).dossier.id
    work(pamit, ear, NOW + timedelta(days=3))
    assert cues(ear) == [("answer", "due")]
    confirm(pamit, case, NOW + timedelta(days=3, hours=1))
    asleep_since = START - timedelta(days=1, hours=20)
    work(pamit, ear, asleep_since)
    work(pamit, ear, asleep_since + timedelta(days=3))
    assert cues(ear) == [("answer", "due"), ("thank_you", "due")]


def test_journey_moves_what_is_ahead_and_repeats_nothing(pamit: Pamit, added: Add, ear: Ear) -> None:
    """In London the evening before comes seven hours later than at home; what was given at home stays given."""
    case = added(invitation(start=START, **MAIL)).dossier.id
    confirm(pamit, case, NOW + hours(1))
    away = ZoneInfo("Europe/London")
    assert work(pamit, ear, NOW + hours(2)).next_at is not None
    eve_at_home = datetime(2026, 11, 29, 19, tzinfo=HERE)
    work(pamit, ear, eve_at_home, away)
    assert cues(ear) == []
    work(pamit, ear, eve_at_home + hours(7), away)
    work(pamit, ear, eve_at_home + hours(8), HERE)
    work(pamit, ear, START - hours(1.5), away)
    work(pamit, ear, START - hours(1.4), HERE)
    assert cues(ear) == [("attend", "eve"), ("attend", "soon")]


def test_clock_set_back_repeats_nothing(pamit: Pamit, added: Add, ear: Ear) -> None:
    """The machine's clock ran a day ahead for a while: what was said last stays the last word."""
    case = added(invitation(start=START, **MAIL)).dossier.id
    confirm(pamit, case, NOW + hours(1))
    work(pamit, ear, START - hours(1))
    work(pamit, ear, START - hours(25))
    work(pamit, ear, START - hours(1.5))
    assert cues(ear) == [("attend", "soon")]


def test_snooze_puts_off_and_says_again(pamit: Pamit, added: Add, ear: Ear) -> None:
    """Once, at the moment named, or after the night."""
    case = added(invitation(start=START, **MAIL)).dossier.id
    work(pamit, ear, NOW + hours(22))
    assert [step.do for step in pamit.snooze(case, NOW + hours(30), NOW + hours(22))] == [StepKind.ANSWER]
    work(pamit, ear, NOW + hours(25))
    assert cues(ear) == [("answer", "ahead")]
    work(pamit, ear, NOW + hours(30))
    work(pamit, ear, NOW + hours(31))
    assert cues(ear) == [("answer", "ahead"), ("answer", "again")]
    assert ear.heard[-1].reminder.cue == Cue.AGAIN


@pytest.mark.parametrize(("ahead", "do", "code"), [(-1, None, "not-ahead"), (1, StepKind.ATTEND, "nothing-to-snooze")])
def test_snooze_of_nothing_is_refused(pamit: Pamit, added: Add, ahead: int, do: StepKind | None, code: str) -> None:
    """With what is wrong."""
    case = added(invitation(start=START, **MAIL)).dossier.id
    with pytest.raises(PamitError) as caught:
        pamit.snooze(case, NOW + hours(ahead), NOW, do)
    assert caught.value.code == code


def test_what_comes_next_is_listed_without_being_given(pamit: Pamit, added: Add, ear: Ear) -> None:
    """Over all cases, soonest first."""
    first = added(invitation(company="A", start=START, **MAIL)).dossier.id
    second = added(invitation(company="B", received=NOW + hours(3), start=START, **MAIL)).dossier.id
    found = pamit.reminders(HERE, NOW + hours(3), 3)
    assert [(notice.case, str(notice.reminder.cue)) for notice in found] == [
        (first, "ahead"), (second, "ahead"), (first, "due"),
    ]  # fmt: skip
    assert len(pamit.reminders(HERE, NOW + hours(3), 10, until=NOW + hours(22))) == 1
    work(pamit, ear, NOW + hours(3))
    assert cues(ear) == []


def test_round_with_nothing_due_takes_nobodys_right_to_write(pamit: Pamit, added: Add, ear: Ear) -> None:
    """While another writes, it looks and goes to sleep."""
    added(invitation(start=START, **MAIL))
    work(pamit, ear, NOW + hours(1))
    refused = replace_writing(pamit)
    done = pamit.give_reminders(ear, HERE, NOW + hours(1), owner="a:1")
    assert (done.given, refused) == ((), [])


def replace_writing(pamit: Pamit) -> list[str]:
    """Have every wish to write noted."""
    asked: list[str] = []
    original = pamit.store.writing
    pamit.store.writing = lambda: (asked.append("write"), original())[1]  # type: ignore[method-assign]
    return asked


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
@example(seed=95)
def test_sleepless_and_sleepy_machines_tell_each_reminder_once(seed: int) -> None:
    """Random naps, journeys, deaths before telling and lost notices: every key is heard once at most, and what was due before
    one good hour in the daytime is heard by then."""
    chance = random.Random(seed)
    ear = Ear()
    with Pamit(open_store("sqlite://"), ZipArchive(), AgeSeal()) as pamit:
        from pamit.services.origin import source_of

        starts = [NOW + timedelta(days=chance.randrange(9, 15), hours=chance.randrange(10)) for _ in range(4)]
        for number, start in enumerate(starts):
            read = invitation(company=f"PT {number}", start=start, **MAIL)
            case = pamit.add(read, source_of(b"%d" % number), NOW).dossier.id
            if number % 2:
                confirm(pamit, case, NOW)
        now, good = NOW, NOW + timedelta(days=2, hours=3)
        while now < NOW + timedelta(days=30):
            ear.dies, ear.deaf = chance.choice([None, None, None, "before"]), chance.random() < 0.1
            here = ZoneInfo(chance.choice(["Asia/Jakarta", "Asia/Jakarta", "Europe/London", "America/New_York"]))
            if now == good:
                ear.dies, ear.deaf, here = None, False, ZoneInfo("Asia/Jakarta")
            with contextlib.suppress(KeyboardInterrupt):
                work(pamit, ear, now, here, owner=f"a:{chance.randrange(9)}")
            later = now + timedelta(minutes=chance.choice([1, 2, 30, 600, 600, 60 * 72]))
            now = good if now < good < later else later
        ear.dies, ear.deaf = None, False
        work(pamit, ear, now + hours(20))
    assert max(Counter(notice.key for notice in ear.heard).values()) == 1
    never_answered = {notice.case for notice in ear.heard if notice.reminder.step.do == StepKind.ANSWER}
    assert len(never_answered) == 2


def test_marks_are_kept_apart_by_case(pamit: Pamit, added: Add) -> None:
    """And come back as they were put."""
    first, second = (added(invitation(company=name, start=START)).dossier.id for name in "AB")
    mark = Mark(MarkState.CLAIMED, NOW.astimezone(UTC), (NOW + LEASE).astimezone(UTC), "a:1")
    with pamit.store.writing() as unit:
        unit.reminders.put(first, "answer@x#due", mark)
        unit.reminders.put(first, "answer@x#due", replace(mark, owner="b:2"))
    with pamit.store.reading() as view:
        assert view.reminders.marks([first, second]) == {first: {"answer@x#due": replace(mark, owner="b:2")}, second: {}}
