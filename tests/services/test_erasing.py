"""Removing everything: nothing of it can be read anywhere, and what opens accounts goes first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pamit.adapters.archive import ZipArchive
from pamit.adapters.seal import AgeSeal
from pamit.adapters.store import open_store
from pamit.domain.account import Account, Server
from pamit.domain.terms import Language
from pamit.errors import ErrorKind, PamitError
from pamit.services.erasing import Erased
from pamit.services.origin import source_of
from pamit.services.pamit import Pamit
from pamit.services.ports import Listing

from .conftest import NOW, invitation

WORDS = ("Kedai Angsana Biru", "Juru Seduh", "rani.angsana", "kata-kata rahasia", "angsana", "seduh")


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Pamit]:
    """A memory in a file, with a case, a message and an account."""
    with Pamit(open_store(f"sqlite:///{tmp_path / 'pamit.db'}"), ZipArchive(), AgeSeal()) as pamit:
        for number in range(20):
            read = invitation(company=f"{WORDS[0]} {number}", position=WORDS[1])
            added = pamit.add(read, source_of(f"{WORDS[3]} {number}".encode() * 400), NOW)
            pamit.note(added.dossier.id, NOW, words=WORDS[3])
        pamit.put_account(Account(f"{WORDS[2]}@surel.example", Server("smtp.surel.example", 465)))
        yield pamit


def held(folder: Path) -> list[str]:
    """Which of the words can still be read in the files of a folder."""
    data = b"".join(file.read_bytes() for file in folder.iterdir())
    return [word for word in WORDS if word.casefold().encode() in data.lower()]


def test_nothing_stays_readable(full: Pamit, tmp_path: Path) -> None:
    """Not in the file, not in the log beside it; what is added later is kept as ever."""
    assert held(tmp_path) == list(WORDS)
    # What is found by its words is kept in an index of its own.
    assert full.search("rahasia", Language.ID).cases
    forgotten: list[str] = []
    assert full.delete_all(forgotten.append) == Erased(cases=20, accounts=1)
    assert (forgotten, held(tmp_path)) == ([f"{WORDS[2]}@surel.example"], [])
    assert not full.search("rahasia", Language.ID).cases
    assert (list(full.list(Listing(), NOW)), list(full.accounts()), full.examine(NOW).flaws) == ([], [], ())
    added = full.add(invitation(), source_of(b"Undangan baru"), NOW)
    assert [row.case for row in full.list(Listing(), NOW)] == [added.dossier.id]


def test_locked_keyring_keeps_everything(full: Pamit) -> None:
    """A password without its account would never be found again, so nothing goes before it."""

    def locked(address: str) -> None:
        raise PamitError(ErrorKind.UNAVAILABLE, "keyring-locked", "The keyring is locked.")

    with pytest.raises(PamitError):
        full.delete_all(locked)
    assert (len(list(full.list(Listing(), NOW))), len(full.accounts())) == (20, 1)


def test_empty_memory_can_be_removed_again(full: Pamit) -> None:
    """Twice is as once."""
    full.delete_all(lambda _: None)
    assert full.delete_all(lambda _: None) == Erased(0, 0)


def test_reader_in_the_way_is_told(full: Pamit, tmp_path: Path) -> None:
    """Where another still reads the old pages, that is said instead of promising what does not hold; then it can be done."""
    other = open_store(f"sqlite:///{tmp_path / 'pamit.db'}")
    with other.reading() as view:
        assert view.count() == 20
        full.store.engine.dispose()  # type: ignore[attr-defined]
        with pytest.raises(PamitError) as caught:
            _impatient(full).delete_all(lambda _: None)
    other.close()
    assert caught.value.code == "store-busy"
    assert full.delete_all(lambda _: None).cases == 0
    assert held(tmp_path) == []


def _impatient(pamit: Pamit) -> Pamit:
    """The same memory, which waits for nobody."""
    from sqlalchemy import event

    @event.listens_for(pamit.store.engine, "connect")  # type: ignore[attr-defined]
    def _connected(connection: object, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout = 200")  # type: ignore[attr-defined]

    return pamit
