"""What an examination finds beyond the store itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import text

from pamit.adapters.store import SqlStore
from pamit.adapters.store.engine import WRITE
from pamit.domain.log import Entry, EntryKind
from pamit.domain.terms import Stage
from pamit.services.adding import Added
from pamit.services.pamit import Pamit
from pamit.services.ports import Flaw

from .conftest import NOW, invitation


def test_index_that_differs_is_named_and_mended(pamit: Pamit, added: Callable[..., Added]) -> None:
    """Nothing else is ever changed by mending."""
    case = added(invitation()).dossier.id
    with pamit.store.writing() as unit:
        kept = unit.index(case)
        assert kept is not None
        unit.put_index(replace(kept, stage=Stage.CLOSED))
    health = pamit.examine(NOW)
    assert (health.flaws, health.mended) == ((Flaw("index-differs", case),), 0)
    mended = pamit.examine(NOW, mend=True)
    assert (mended.flaws, mended.mended, pamit.examine(NOW).flaws) == ((), 1, ())
    with pamit.store.reading() as view:
        assert view.index(case) == kept


def test_log_that_names_what_is_not_there_is_found(pamit: Pamit, added: Callable[..., Added]) -> None:
    """A message that is gone, an undo of nothing."""
    case = added(invitation()).dossier.id
    with pamit.store.writing() as unit:
        unit.append(case, [Entry(2, NOW, NOW, EntryKind.ATTACHED, source="0" * 64)], after=1)
        unit.append(case, [Entry(3, NOW, NOW, EntryKind.UNDONE, undoes=7)], after=2)
    assert sorted(flaw.code for flaw in pamit.examine(NOW, mend=True).flaws) == ["source-missing", "undo-of-nothing"]


def test_one_unreadable_case_does_not_hide_the_others(pamit: Pamit, added: Callable[..., Added]) -> None:
    """Each is examined for itself."""
    first, second = added(invitation()).dossier.id, added(invitation(company="CV Lain")).dossier.id
    assert isinstance(pamit.store, SqlStore)
    with pamit.store.engine.connect().execution_options(**WRITE) as connection, connection.begin():
        connection.execute(text("DROP TRIGGER entries_stay"))
        connection.execute(text("UPDATE entries SET data = 'x' WHERE case_id = :case"), {"case": first})
        connection.execute(text("UPDATE case_index SET stage = 'today' WHERE case_id = :case"), {"case": second})
    assert set(pamit.examine(NOW).flaws) == {Flaw("damaged-entry", first), Flaw("index-differs", second)}
