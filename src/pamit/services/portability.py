"""Everything out and in again: archives that anyone can read, and encrypted backups."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO

from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.log import Dossier, Entry
from pamit.errors import ErrorKind, PamitError
from pamit.services.calendar_export import interviews_calendar
from pamit.services.indexing import keep_index
from pamit.services.ports import Archive, Bundle, Reading, Seal, Source, Store, Writing

__all__ = ["Imported", "backup", "export_all", "import_all", "restore"]

_BATCH = 200


@dataclass(frozen=True)
class Imported:
    """What became of the cases of an archive.

    Attributes:
        added: new ones.
        extended: ones that were here and gained entries.
        unchanged: ones that were here as they are.
    """

    added: int = 0
    extended: int = 0
    unchanged: int = 0


def export_all(store: Store, archive: Archive, out: BinaryIO, now: datetime) -> int:
    """Write all cases with their logs and messages, and a calendar of the interviews, as one archive.

    Returns:
        how many cases it holds.
    """
    with store.reading() as view:
        calendar = interviews_calendar(_dossiers(view), now)
        return archive.write(out, _bundles(view), calendar)


def _dossiers(view: Reading) -> Iterator[Dossier]:
    cases = list(view.cases())
    for begin in range(0, len(cases), _BATCH):
        yield from view.dossiers(cases[begin : begin + _BATCH])


def _bundles(view: Reading) -> Iterator[Bundle]:
    for dossier in _dossiers(view):
        yield Bundle(dossier, tuple(Source(ref, view.source(ref.digest)) for ref in view.sources(dossier.id)))


def import_all(store: Store, own_days: OwnDays, archive: Archive, file: BinaryIO, now: datetime) -> Imported:
    """Take in an archive, all of it or nothing.

    A case that is here already, by its worldwide name or by the message it began with, is not doubled: it gains the entries
    that it lacks.

    Raises:
        PamitError: as reading an archive does.
    """
    added = extended = unchanged = 0
    with store.writing() as unit:
        for bundle in archive.read(file):
            here = _already_here(unit, bundle)
            dossier = _copy(unit, bundle) if here is None else _merge(unit, here, bundle)
            if dossier is None:
                unchanged += 1
                continue
            keep_index(unit, [dossier], now, own_days)
            added, extended = added + (here is None), extended + (here is not None)
    return Imported(added, extended, unchanged)


def _already_here(unit: Reading, bundle: Bundle) -> str | None:
    case = unit.case_of_uid(bundle.dossier.uid)
    first = bundle.dossier.entries[0].source
    if case is None and first is not None:
        began = [unit.dossier(one) for one in unit.by_digest(first)]
        case = next((dossier.id for dossier in began if dossier.entries[0].source == first), None)
    return case


def _copy(unit: Writing, bundle: Bundle) -> Dossier:
    case, uid = unit.create(bundle.dossier.id, bundle.dossier.uid)
    unit.append(case, bundle.dossier.entries, after=0)
    for source in bundle.sources:
        unit.attach(case, source)
    return Dossier(case, uid, bundle.dossier.entries)


def _merge(unit: Writing, case: str, bundle: Bundle) -> Dossier | None:
    """Add what the case lacks; None where it lacks nothing."""
    here = unit.dossier(case)
    known: dict[object, list[int]] = {}
    for entry in here.entries:
        known.setdefault(_content(entry), []).append(entry.number)
    numbers: dict[int, int] = {1: 1}
    fresh: list[Entry] = []
    for entry in bundle.dossier.entries[1:]:
        moved = replace(entry, undoes=numbers.get(entry.undoes) if entry.undoes else None)
        same = known.get(_content(moved))
        if same:
            number = same.pop(0)
        else:
            number = here.version + len(fresh) + 1
            fresh.append(replace(moved, number=number))
        numbers[entry.number] = number
    if not fresh:
        return None
    unit.append(case, fresh, after=here.version)
    for source in bundle.sources:
        unit.attach(case, source)
    return replace(here, entries=(*here.entries, *fresh))


def _content(entry: Entry) -> object:
    """An entry apart from its place in the log."""
    changes = tuple(sorted((name, repr(change)) for name, change in entry.changes.items()))
    return (entry.at, entry.recorded_at, entry.kind, entry.event, changes, entry.source, entry.note, entry.undoes)


def backup(store: Store, archive: Archive, seal: Seal, out: BinaryIO, passphrase: str, now: datetime) -> int:
    """Write everything, encrypted by a passphrase.

    Returns:
        how many cases it holds.

    Raises:
        PamitError: REFUSED ``weak-passphrase``.
    """
    if len(passphrase) < 8:
        raise PamitError(ErrorKind.REFUSED, "weak-passphrase", "The passphrase needs at least 8 characters.", least=8)
    plain = io.BytesIO()
    count = export_all(store, archive, plain, now)
    out.write(seal.close(plain.getvalue(), passphrase))
    return count


def restore(
    store: Store, own_days: OwnDays, archive: Archive, seal: Seal, file: BinaryIO, passphrase: str, now: datetime
) -> Imported:
    """Take in a backup: what is here stays, what is lacking comes back.

    Raises:
        PamitError: REFUSED ``wrong-passphrase``; INVALID ``not-a-backup``; as reading an archive does.
    """
    return import_all(store, own_days, archive, io.BytesIO(seal.open(file.read(), passphrase)), now)
