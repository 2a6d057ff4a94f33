"""Out and in again, without loss and without doubles."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest

from pamit.domain.interview import Event
from pamit.domain.log import Dossier, Entry, EntryKind
from pamit.domain.terms import EventKind
from pamit.errors import ErrorKind, PamitError
from pamit.formats.icalendar import parse_calendars
from pamit.services.adding import Added
from pamit.services.calendar_export import interviews_calendar
from pamit.services.origin import source_of
from pamit.services.pamit import Pamit
from pamit.services.portability import Imported
from pamit.services.ports import Listing

from .conftest import NOW, invitation

START = NOW + timedelta(days=3)


@pytest.fixture
def full(pamit: Pamit, added: Callable[..., Added]) -> Pamit:
    """A memory with three cases of several kinds."""
    one = added(invitation(start=START, location="Jl. Melati 5; lantai 2, Bandung"), bytes(range(256)))
    added(invitation(start=START), b"Undangan yang sama")
    pamit.note(one.dossier.id, NOW, event=Event(NOW, EventKind.ATTENDED), words="“baik” 👍")
    pamit.undo(one.dossier.id, NOW)
    two = added(invitation(company="Kedai \x1b Kopi", position=None), b"\n" * 200_000)
    pamit.close_case(two.dossier.id, NOW)
    added(invitation(company=None, position=None), b"")
    return pamit


def everything(pamit: Pamit) -> list[tuple[Dossier, list[bytes]]]:
    cases = sorted(row.case for row in pamit.list(Listing(), NOW))
    return [(pamit.case(case), [pamit.source(ref.digest) for ref in pamit.sources(case)]) for case in cases]


def exported(pamit: Pamit) -> io.BytesIO:
    out = io.BytesIO()
    pamit.export(out, NOW)
    out.seek(0)
    return out


def test_round_trip_is_equal(full: Pamit, other: Pamit) -> None:
    """Ids, logs, messages: the other memory is the same, and exports the same bytes."""
    assert other.import_(exported(full), NOW) == Imported(added=3)
    assert everything(other) == everything(full)
    assert exported(other).getvalue() == exported(full).getvalue()
    assert other.examine(NOW).flaws == ()


def test_second_import_changes_nothing(full: Pamit, other: Pamit) -> None:
    """Whatever is here is not doubled."""
    archive = exported(full)
    other.import_(archive, NOW)
    before = everything(other)
    assert other.import_(archive, NOW) == full.import_(archive, NOW) == Imported(unchanged=3)
    assert everything(other) == before


def test_import_adds_what_a_case_lacks(full: Pamit, other: Pamit) -> None:
    """Two machines that both went on: afterwards each has everything once, undo included."""
    other.import_(exported(full), NOW)
    case = full.list(Listing(text="toko"), NOW)[0].case
    full.edit(case, {"position": "Kepala Kasir"}, NOW + timedelta(minutes=1))
    full.undo(case, NOW + timedelta(minutes=2))
    other.note(case, NOW + timedelta(minutes=3), words="dari laptop")
    assert other.import_(exported(full), NOW) == Imported(extended=1, unchanged=2)
    assert full.import_(exported(other), NOW) == Imported(extended=1, unchanged=2)
    logs = [one.case(case).entries for one in (full, other)]
    said = [sorted((e.recorded_at, e.kind, e.note, dict(e.changes)) for e in log) for log in logs]  # type: ignore[type-var]
    assert said[0] == said[1]
    assert full.case(case).facts == other.case(case).facts
    assert other.import_(exported(full), NOW) == Imported(unchanged=3)
    assert full.examine(NOW).flaws == other.examine(NOW).flaws == ()


def test_same_invitation_added_on_two_machines_is_one_case(full: Pamit, other: Pamit) -> None:
    """By the message it began with, though each machine named it for itself."""
    other.add(invitation(start=START), source_of(bytes(range(256))), NOW)
    assert other.import_(exported(full), NOW) == Imported(added=2, extended=1)
    assert len(other.list(Listing(), NOW)) == 3


def test_taken_id_is_replaced(full: Pamit, other: Pamit) -> None:
    """Another case with the same short id is another case."""
    taken = full.list(Listing(), NOW)[0].case
    with other.store.writing() as unit:
        unit.create(taken, "uid-of-another")
        unit.append(taken, [Entry(1, NOW, NOW, EntryKind.ADDED)], after=0)
    assert other.import_(exported(full), NOW) == Imported(added=3)
    with other.store.reading() as view:
        assert (view.count(), view.case_of_uid("uid-of-another")) == (4, taken)
        assert view.case_of_uid(full.case(taken).uid) != taken


def test_broken_archive_changes_nothing(full: Pamit, other: Pamit) -> None:
    """All of it or nothing, also where only the last case is damaged."""
    data = exported(full).getvalue()
    for cut in (len(data) // 2, len(data) - 10):
        with pytest.raises(PamitError) as caught:
            other.import_(io.BytesIO(data[:cut]), NOW)
        assert (caught.value.kind, caught.value.code) == (ErrorKind.INVALID, "not-an-archive")
    assert other.list(Listing(), NOW) == []


def test_backup_opens_with_its_passphrase_only(full: Pamit, other: Pamit) -> None:
    """What is encrypted shows nothing; restored it is the same."""
    out = io.BytesIO()
    assert full.backup(out, "kuda baterai staples", NOW) == 3
    assert b"Toko" not in out.getvalue()
    for phrase, data, code in (
        ("bukan itu ya", out.getvalue(), "wrong-passphrase"),
        ("kuda baterai staples", out.getvalue()[:-5], "wrong-passphrase"),
        ("kuda baterai staples", b"PK\x03\x04", "not-a-backup"),
    ):
        with pytest.raises(PamitError) as caught:
            other.restore(io.BytesIO(data), phrase, NOW)
        assert caught.value.code == code
    assert other.restore(io.BytesIO(out.getvalue()), "kuda baterai staples", NOW) == Imported(added=3)
    assert everything(other) == everything(full)


def test_short_passphrase_is_refused(full: Pamit) -> None:
    """A backup is kept for years and tried at leisure."""
    with pytest.raises(PamitError) as caught:
        full.backup(io.BytesIO(), "pendek", NOW)
    assert (caught.value.kind, caught.value.code) == (ErrorKind.REFUSED, "weak-passphrase")


def test_calendar_holds_own_fields_only(full: Pamit) -> None:
    """One event for each dated interview: readable by our own reader, without attendees or link."""
    cases = [full.case(row.case) for row in full.list(Listing(), NOW)]
    written = interviews_calendar(cases, NOW)
    (calendar,) = parse_calendars(written)
    (event,) = calendar.events
    assert calendar.losses == ()
    assert (event.start and event.start.moment, event.end and event.end.moment) == (START, START + timedelta(hours=2))
    assert (event.summary, event.location) == ("Wawancara: Kasir, PT Toko Baru", "Jl. Melati 5; lantai 2, Bandung")
    assert [word for word in (b"ATTENDEE", b"ORGANIZER", b"URL") if word in written] == []
    assert max(len(line) for line in written.split(b"\r\n")) <= 75
