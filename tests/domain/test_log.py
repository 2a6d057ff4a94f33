"""What follows from a log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pamit.domain.interview import Event
from pamit.domain.log import Change, Dossier, Entry, EntryKind, changes_between
from pamit.domain.terms import EventKind, Language

AT = datetime(2026, 11, 24, 2, tzinfo=UTC)


def dossier(*entries: Entry) -> Dossier:
    return Dossier("k7m2p", "uid", entries)


def test_facts_are_those_of_the_entries_that_count() -> None:
    """The last change wins; what was taken back is as if it had never been."""
    log = (
        Entry(1, AT, AT, EntryKind.ADDED, changes={"company": Change(None, "A"), "round": Change(None, 1)}),
        Entry(2, AT, AT, EntryKind.EDITED, changes={"company": Change("A", "B"), "round": Change(1, None)}),
        Entry(3, AT, AT, EntryKind.EDITED, changes={"company": Change("B", "C")}),
        Entry(4, AT, AT, EntryKind.UNDONE, undoes=3),
    )
    assert dict(dossier(*log).facts) == {"company": "B", "received": AT.isoformat()}
    assert [entry.number for entry in dossier(*log).standing] == [1, 2]
    assert (dossier(*log).version, dossier(*log).last_change) == (4, log[1])
    assert dossier(log[0]).last_change is None


def test_case_has_the_events_that_count() -> None:
    """In the order in which they were put down."""
    first, second = Event(AT, EventKind.ATTENDED), Event(AT + timedelta(hours=1), EventKind.REJECTED)
    log = (
        Entry(1, AT, AT, EntryKind.ADDED),
        Entry(2, AT, AT, EntryKind.HAPPENED, first),
        Entry(3, AT, AT, EntryKind.HAPPENED, second),
        Entry(4, AT, AT, EntryKind.UNDONE, undoes=2),
    )
    assert dossier(*log).case.events == (second,)
    assert dossier(*log).language == Language.ID


def test_changes_name_only_what_differs() -> None:
    """A name that is left out stays as it is; None makes it unknown."""
    assert changes_between({"company": "A", "round": 1}, {"company": "A", "round": None, "mode": "video"}) == {
        "round": Change(1, None),
        "mode": Change(None, "video"),
    }
