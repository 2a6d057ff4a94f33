"""The whole memory on both databases: what the services promise holds wherever the store lies."""

from __future__ import annotations

import io
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from pamit.adapters.archive import ZipArchive
from pamit.adapters.seal import AgeSeal
from pamit.adapters.store import open_store
from pamit.domain.interview import Event
from pamit.domain.invitation import Fact, Invitation
from pamit.domain.terms import Channel, EventKind, InvitationKind, Language, Purpose, Stage
from pamit.errors import PamitError
from pamit.services.adding import MatchKind
from pamit.services.origin import source_of
from pamit.services.pamit import Pamit
from pamit.services.portability import Imported
from pamit.services.ports import Listing

NOW = datetime(2026, 11, 24, 9, tzinfo=timezone(timedelta(hours=7)))
START = NOW + timedelta(days=3)


def invitation(company: str, start: datetime = START) -> Invitation:
    facts = {
        "company": Fact(company),
        "position": Fact("Kasir"),
        "start": Fact(start),
        "contact_email": Fact("hr@toko.example"),
    }
    return Invitation("", InvitationKind.INVITATION, Language.ID, facts, received=NOW)  # type: ignore[arg-type]


def test_life_of_the_memory(address: str, tmp_path: Path) -> None:
    """Add, recognise, clash, edit, conflict, today, undo, close, out and in, delete; the doctor finds no flaw."""
    with Pamit(open_store(address), ZipArchive(), AgeSeal()) as pamit:
        first = pamit.add(invitation("PT Toko \x00 Baru"), source_of(b"satu"), NOW).dossier
        again = pamit.add(invitation("Toko Baru"), source_of(b"satu, diteruskan"), NOW)
        assert (again.match and again.match.kind, again.dossier.id) == (MatchKind.REPEAT, first.id)
        second = pamit.add(invitation("Kedai Kopi"), source_of(b"dua"), NOW)
        assert [row.case for row in second.clashes] == [first.id]
        pamit.edit(first.id, {"location": "Jl. Melati 5"}, NOW, version=2)
        with pytest.raises(PamitError):
            pamit.edit(first.id, {"location": "Jl. Mawar 7"}, NOW, version=2)
        pamit.note(first.id, NOW, event=Event(NOW, EventKind.MESSAGE_SENT, Purpose.CONFIRM, Channel.EMAIL))
        assert [(item.case, str(item.step.do)) for item in pamit.today(NOW).items] == [(second.dossier.id, "answer")]
        assert pamit.today(NOW + timedelta(hours=25)).overdue
        assert "location" in pamit.undo(first.id, NOW).facts
        pamit.close_case(second.dossier.id, NOW)
        assert [row.stage for row in pamit.list(Listing(), START + timedelta(hours=3))] == [Stage.INTERVIEWED, Stage.CLOSED]
        assert pamit.examine(NOW).flaws == ()
        out = io.BytesIO()
        pamit.export(out, NOW)
        with Pamit(open_store(f"sqlite:///{tmp_path / 'copy.db'}"), ZipArchive(), AgeSeal()) as copy:
            assert copy.import_(out, NOW) == Imported(added=2)
            assert copy.case(first.id) == pamit.case(first.id)
            back = io.BytesIO()
            copy.export(back, NOW)
            assert back.getvalue() == out.getvalue()
        assert pamit.import_(back, NOW) == Imported(unchanged=2)
        pamit.delete(first.id)
        pamit.delete(second.dossier.id)
        assert (pamit.list(Listing(), NOW), pamit.examine(NOW).flaws) == ([], ())
