"""What is kept of reminders, on every database that the store runs on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pamit.adapters.store import SqlStore
from pamit.domain.calendar.quiet import QuietHours
from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.facts import facts_of
from pamit.domain.interview import Interview
from pamit.domain.log import Dossier, Entry, EntryKind, changes_between
from pamit.domain.reminder import Mark, MarkState, Person
from pamit.domain.terms import Language
from pamit.services.indexing import basis, keep_index
from pamit.services.ports import Notice
from pamit.services.reminding import give_due

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
AWAKE = Person(UTC, QuietHours.from_text("none"))


def begin(store: SqlStore, company: str, received: datetime) -> str:
    """A case whose answer is due a day after its receipt."""
    interview = Interview(company, "Kasir", NOW + timedelta(days=9), received=received)
    changes = changes_between({}, facts_of(interview, Language.ID))
    entry = Entry(1, received, received, EntryKind.ADDED, changes=changes)
    with store.writing() as unit:
        case, uid = unit.create()
        unit.append(case, [entry], after=0)
        keep_index(unit, [Dossier(case, uid, (entry,))], received, OwnDays())
        unit.set_index_basis(basis(OwnDays()))
    return case


def test_marks_come_back_as_they_were_put(store: SqlStore) -> None:
    """By case and key; the latest under a key holds, and a dropped one is gone."""
    first, second = begin(store, "A", NOW), begin(store, "B", NOW)
    mark = Mark(MarkState.CLAIMED, NOW, NOW + timedelta(microseconds=7), "a:1")
    with store.writing() as unit:
        unit.reminders.put(first, "answer@x#due", mark)
        unit.reminders.put(first, "answer@x#due", replace(mark, owner="b:2"))
        unit.reminders.put(first, "answer@x#ahead", mark)
        unit.reminders.drop(first, "answer@x#ahead")
    with store.reading() as view:
        assert view.reminders.marks([first, second]) == {first: {"answer@x#due": replace(mark, owner="b:2")}, second: {}}
        assert view.reminders.marks([]) == {}


def test_marks_go_with_their_case(store: SqlStore) -> None:
    """Deleted is deleted."""
    case = begin(store, "A", NOW)
    with store.writing() as unit:
        unit.reminders.put(case, "answer@x#due", Mark(MarkState.GIVEN, NOW))
        unit.delete(case)
    with store.reading() as view:
        assert view.reminders.marks([case]) == {case: {}}


def test_case_is_looked_at_when_it_changes_and_when_it_is_time(store: SqlStore) -> None:
    """Longest waiting first; a change makes it now; after a journey all that have something ahead."""
    first, second = begin(store, "A", NOW - timedelta(hours=2)), begin(store, "B", NOW - timedelta(hours=1))
    with store.reading() as view:
        assert (view.reminders.waiting(NOW, 9), view.reminders.waiting(NOW, 1)) == ([first, second], [first])
    with store.writing() as unit:
        unit.reminders.look_at(first, NOW + timedelta(hours=3))
        unit.reminders.look_at(second, None)
    with store.reading() as view:
        assert view.reminders.waiting(NOW, 9) == []
        assert view.reminders.waiting(NOW + timedelta(hours=3), 9) == [first]
    with store.writing() as unit:
        unit.reminders.look_at_all(NOW, "UTC|none")
    with store.reading() as view:
        assert (sorted(view.reminders.waiting(NOW, 9)), view.reminders.basis()) == (sorted([first, second]), "UTC|none")


def test_due_reminder_is_given_once(store: SqlStore) -> None:
    """The whole round, on this database."""
    case = begin(store, "A", NOW - timedelta(hours=25))
    heard: list[str] = []

    class Ear:
        def tell(self, notice: Notice) -> None:
            heard.append(notice.case)

    for minutes in (0, 1, 2):
        give_due(store, OwnDays(), Ear(), AWAKE, NOW + timedelta(minutes=minutes), owner="a:1")
    assert heard == [case]
