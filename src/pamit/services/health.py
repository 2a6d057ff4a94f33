"""Examining the store: whether everything that can be checked is as it should be."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.log import Dossier
from pamit.domain.search import fold_words
from pamit.errors import PamitError
from pamit.services.gleaning import glean, passages_of
from pamit.services.indexing import basis, index_of, keep_index
from pamit.services.ports import Flaw, Reading, Store

__all__ = ["Health", "examine"]

_BATCH = 500
_MENDED = ("index-differs", "gleanings-differ")


@dataclass(frozen=True)
class Health:
    """What an examination found.

    Attributes:
        cases: how many were examined.
        flaws: what is not as it should be; empty when all is well.
        mended: how many indexes were derived anew.
    """

    cases: int
    flaws: tuple[Flaw, ...]
    mended: int = 0


def examine(store: Store, own_days: OwnDays, now: datetime, *, mend: bool = False) -> Health:
    """Examine the file, references, logs, the bytes of all messages, and the index against what it is derived from.

    Args:
        mend: derive indexes that differ, and everything that can be found, anew; nothing else is ever changed.
    """
    with store.reading() as view:
        flaws = list(view.flaws())
        cases = list(view.cases())
        wrong: list[str] = []
        same_basis = view.index_basis() in (None, basis(own_days))
        for begin in range(0, len(cases), _BATCH):
            for dossier in _readable(view, cases[begin : begin + _BATCH]):
                flaws += _log_flaws(view, dossier)
                if not _gleaned_well(view, dossier):
                    flaws.append(Flaw("gleanings-differ", dossier.id))
                if same_basis and not _index_holds(view, dossier, own_days):
                    wrong.append(dossier.id)
    flaws += [Flaw("index-differs", case) for case in wrong]
    if mend:
        with store.writing() as unit:
            keep_index(unit, unit.dossiers(wrong), now, own_days)
            unit.gleanings.drop_all()
        glean(store)
        flaws = [flaw for flaw in flaws if flaw.code not in _MENDED]
    return Health(len(cases), tuple(flaws), len(wrong) if mend else 0)


def _readable(view: Reading, cases: list[str]) -> list[Dossier]:
    """The cases whose log can be read; the store itself names the others."""
    try:
        return view.dossiers(cases)
    except PamitError:
        found = []
        for case in cases:
            with suppress(PamitError):
                found.append(view.dossier(case))
        return found


def _index_holds(view: Reading, dossier: Dossier, own_days: OwnDays) -> bool:
    kept = view.index(dossier.id)
    return kept is not None and kept == index_of(dossier, kept.derived_at, own_days)


def _gleaned_well(view: Reading, dossier: Dossier) -> bool:
    """Whether what can be found of a case is what its log and its messages say; nothing at all is kept of one that waits."""
    if not view.gleanings.holds(dossier.id):
        return True
    kept = [(one.kind, one.ref, one.at, fold_words(one.text)) for one in view.gleanings.passages(dossier.id)]
    return kept == [(one.kind, one.ref, one.at, fold_words(one.text)) for one in passages_of(view, dossier)]


def _log_flaws(view: Reading, dossier: Dossier) -> list[Flaw]:
    found = []
    numbers = [entry.number for entry in dossier.entries]
    if numbers != list(range(1, len(numbers) + 1)):
        found.append(Flaw("log-gap", dossier.id))
    kept = {ref.digest for ref in view.sources(dossier.id)}
    named = {entry.source for entry in dossier.entries if entry.source}
    found += [Flaw("source-missing", dossier.id, digest) for digest in sorted(named - kept)]
    found += [Flaw("undo-of-nothing", dossier.id) for entry in dossier.entries if entry.undoes and entry.undoes >= entry.number]
    return found
