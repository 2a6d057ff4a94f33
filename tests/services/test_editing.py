"""Putting down, correcting, closing, taking back, removing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pamit.adapters.archive import ZipArchive
from pamit.adapters.seal import AgeSeal
from pamit.adapters.store import open_store
from pamit.domain.interview import Event
from pamit.domain.log import Change, EntryKind
from pamit.domain.terms import Channel, EventKind, Purpose, Stage
from pamit.errors import ErrorKind, PamitError
from pamit.services.adding import Added
from pamit.services.origin import source_of
from pamit.services.pamit import Pamit
from pamit.services.ports import Listing

from .conftest import NOW, invitation

START = NOW + timedelta(days=3)


@pytest.fixture
def case(added: Callable[..., Added]) -> str:
    """A case with an interview in three days."""
    return added(invitation(start=START, end=START + timedelta(hours=1), contact_name="Ibu Ratna")).dossier.id


def refused(call: Callable[[], object]) -> tuple[ErrorKind, str]:
    with pytest.raises(PamitError) as caught:
        call()
    return caught.value.kind, caught.value.code


def test_edit_keeps_before_and_after(pamit: Pamit, case: str) -> None:
    """A correction is an entry like any other; what is as it was is left out."""
    dossier = pamit.edit(case, {"position": "Kepala Kasir", "end": "", "company": "PT Toko Baru"}, NOW)
    entry = dossier.entries[-1]
    assert (entry.kind, dict(entry.changes)) == (
        EntryKind.EDITED,
        {"position": Change("Kasir", "Kepala Kasir"), "end": Change((START + timedelta(hours=1)).isoformat(), None)},
    )
    assert (dossier.case.interview.position, dossier.case.interview.end) == ("Kepala Kasir", None)
    assert pamit.case(case) == dossier


def test_edit_that_changes_nothing_is_no_entry(pamit: Pamit, case: str) -> None:
    """The log tells what changed, nothing else."""
    assert pamit.edit(case, {"position": "Kasir"}, NOW).version == 1


def test_change_on_an_older_version_is_a_conflict(pamit: Pamit, case: str) -> None:
    """Two people, or one at two windows: the second sees that the first was there."""
    pamit.edit(case, {"position": "Kepala Kasir"}, NOW, version=1)
    conflict = (ErrorKind.CONFLICT, "case-moved-on")
    assert refused(lambda: pamit.edit(case, {"position": "Barista"}, NOW, version=1)) == conflict
    assert refused(lambda: pamit.note(case, NOW, words="x", version=1)) == conflict
    assert refused(lambda: pamit.undo(case, NOW, version=1)) == conflict
    assert pamit.case(case).version == 2


def test_note_of_an_event_moves_the_plan(pamit: Pamit, case: str) -> None:
    """After the confirmation comes the interview."""
    sent = Event(NOW, EventKind.MESSAGE_SENT, Purpose.CONFIRM, Channel.EMAIL)
    dossier = pamit.note(case, NOW, event=sent, words="Dikirim dari ponsel")
    assert (dossier.case.events, dossier.entries[-1].note) == ((sent,), "Dikirim dari ponsel")
    assert [str(step.do) for step in pamit.plan(case, NOW).steps] == ["attend"]


def test_promised_day_lasts_to_its_end(pamit: Pamit, case: str) -> None:
    """A day without an hour is 23:59 at the employer's place."""
    facts = pamit.note(case, NOW, facts={"decision_expected": "2026-12-04"}).facts
    assert facts["decision_expected"] == "2026-12-04T23:59:00+07:00"


def test_move_by_the_employer_forgets_the_old_time(pamit: Pamit, case: str) -> None:
    """Without a new time none is known; with one it is that."""
    moved = Event(NOW, EventKind.RESCHEDULED_BY_EMPLOYER)
    assert pamit.note(case, NOW, event=moved).case.interview.start is None
    pamit.undo(case, NOW)
    dossier = pamit.note(case, NOW, event=moved, facts={"start": "2026-12-01 10:00"})
    assert dossier.facts["start"] == "2026-12-01T10:00:00+07:00"
    assert dossier.case.interview.end is None


def test_next_round_counts_on(pamit: Pamit, case: str) -> None:
    """The round is the next, its invitation came now, its date is open."""
    later = START + timedelta(days=1)
    interview = pamit.note(case, later, event=Event(later, EventKind.NEXT_ROUND)).case.interview
    assert (interview.round, interview.start, interview.received) == (2, None, later)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({}, "empty-note"),
        ({"words": "  "}, "empty-note"),
        ({"words": "x" * 10_001}, "note-too-long"),
        ({"words": "\udc80"}, "bad-note"),
        ({"event": Event(NOW + timedelta(hours=1), EventKind.ATTENDED)}, "in-the-future"),
        ({"event": Event(NOW, EventKind.MESSAGE_SENT)}, "no-purpose"),
        ({"facts": {"end": "2020-01-01 10:00"}}, "end-before-start"),
    ],
)
def test_note_that_cannot_be_is_refused(pamit: Pamit, case: str, parts: dict[str, object], code: str) -> None:
    """Nothing is put down."""
    assert refused(lambda: pamit.note(case, NOW, **parts))[1] == code  # type: ignore[arg-type]
    assert pamit.case(case).version == 1


def test_close_and_reopen(pamit: Pamit, case: str) -> None:
    """Each only where it makes sense."""
    assert refused(lambda: pamit.reopen(case, NOW)) == (ErrorKind.REFUSED, "not-closed")
    pamit.close_case(case, NOW, "Sudah cukup")
    assert pamit.plan(case, NOW).stage == Stage.CLOSED
    assert refused(lambda: pamit.close_case(case, NOW)) == (ErrorKind.REFUSED, "already-closed")
    later = NOW + timedelta(minutes=1)
    pamit.reopen(case, later)
    assert pamit.plan(case, later).stage == Stage.SCHEDULED


def test_undo_goes_back_step_by_step_and_erases_nothing(pamit: Pamit, case: str) -> None:
    """Each undo is an entry; at the beginning it ends."""
    pamit.edit(case, {"position": "Kepala Kasir"}, NOW)
    pamit.note(case, NOW, event=Event(NOW, EventKind.ATTENDED))
    assert pamit.undo(case, NOW).case.events == ()
    assert pamit.undo(case, NOW).facts["position"] == "Kasir"
    dossier = pamit.case(case)
    assert [(entry.number, entry.undoes) for entry in dossier.entries] == [(1, None), (2, None), (3, None), (4, 3), (5, 2)]
    assert refused(lambda: pamit.undo(case, NOW)) == (ErrorKind.REFUSED, "nothing-to-undo")


def test_undo_after_undo_takes_back_what_came_last(pamit: Pamit, case: str) -> None:
    """A new change after an undo is the last one."""
    pamit.edit(case, {"position": "A"}, NOW)
    pamit.undo(case, NOW)
    pamit.edit(case, {"position": "B"}, NOW)
    assert pamit.undo(case, NOW).facts["position"] == "Kasir"


def test_delete_removes_everything(pamit: Pamit, case: str) -> None:
    """Case, log, messages and index."""
    digest = pamit.sources(case)[0].digest
    pamit.delete(case)
    assert refused(lambda: pamit.case(case)) == (ErrorKind.MISSING, "no-such-case")
    assert refused(lambda: pamit.source(digest)) == (ErrorKind.MISSING, "no-such-source")
    assert (pamit.list(Listing(), NOW), pamit.examine(NOW).flaws) == ([], ())


def test_delete_refuses_what_changed_meanwhile(pamit: Pamit, case: str) -> None:
    """Who decided on an older state is told, and nothing is removed."""
    seen = pamit.case(case).version
    pamit.note(case, NOW, words="Mereka menelepon.")
    assert refused(lambda: pamit.delete(case, version=seen)) == (ErrorKind.CONFLICT, "case-moved-on")
    pamit.delete(case, version=pamit.case(case).version)
    assert refused(lambda: pamit.case(case)) == (ErrorKind.MISSING, "no-such-case")


def test_deleted_words_are_gone_from_the_disk(tmp_path: Path) -> None:
    """For good means: no byte of it is left in the files."""
    file = tmp_path / "pamit.db"
    with Pamit(open_store(f"sqlite:///{file}"), ZipArchive(), AgeSeal()) as pamit:
        pamit.add(invitation(company="PT Yang Tinggal"), source_of(b"tetap"), NOW)
        gone = pamit.add(invitation(company="PT Rahasia Sekali"), source_of(b"KATA-RAHASIA " * 2_000), NOW).dossier.id
        pamit.note(gone, NOW, words="CATATAN-RAHASIA")
        pamit.delete(gone)
        left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert [
            word for word in (b"KATA-RAHASIA", b"CATATAN-RAHASIA", b"Rahasia Sekali", b"rahasia sekali") if word in left
        ] == []
        assert b"Yang Tinggal" in left


@pytest.mark.parametrize("call", ["edit", "note", "close_case", "reopen", "undo", "delete", "plan", "invitation", "sources"])
def test_unknown_case_is_missing(pamit: Pamit, call: str) -> None:
    """Everywhere the same."""
    arguments: dict[str, tuple[object, ...]] = {
        "edit": ({"position": "x"}, NOW), "delete": (), "invitation": (), "sources": (),
    }  # fmt: skip
    words = {"words": "x"} if call == "note" else {}
    assert refused(lambda: getattr(pamit, call)("zz9zz", *arguments.get(call, (NOW,)), **words)) == (
        ErrorKind.MISSING,
        "no-such-case",
    )


actions = st.lists(st.sampled_from(["edit", "note", "attended", "close", "reopen", "undo"]), max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(todo=actions)
def test_undo_gives_back_the_state_before(pamit: Pamit, todo: list[str]) -> None:
    """After any actions, an undo restores exactly the facts and events before the last change; the doctor finds no flaw."""
    case = pamit.add(invitation(start=START), source_of(repr(todo).encode()), NOW, new=True).dossier.id
    codes: set[str] = set()
    states = [(pamit.case(case).facts, pamit.case(case).case.events)]
    for number, action in enumerate(todo):
        at = NOW + timedelta(minutes=number)
        try:
            if action == "edit":
                pamit.edit(case, {"location": f"Jl. {number}"}, at)
            elif action == "note":
                pamit.note(case, at, words="x")
            elif action == "attended":
                pamit.note(case, at, event=Event(at, EventKind.ATTENDED))
            elif action == "close":
                pamit.close_case(case, at)
            elif action == "reopen":
                pamit.reopen(case, at)
            else:
                pamit.undo(case, at)
                states.pop()
                assert (pamit.case(case).facts, pamit.case(case).case.events) == states[-1]
                continue
        except PamitError as error:
            codes.add(error.code)
            continue
        states.append((pamit.case(case).facts, pamit.case(case).case.events))
    assert codes <= {"already-closed", "not-closed", "nothing-to-undo"}
    assert pamit.examine(NOW).flaws == ()
