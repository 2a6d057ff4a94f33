"""How the memory scales: today, show, add and one round of refreshing at 1 000, 10 000 and 100 000 cases.

    .venv/bin/python benchmarks/store_scale.py [--database URL] [SIZE …]

Each case has ten entries on average. The spread is that of a career centre: most cases are closed, some wait for an interview,
a few hundred are due now. Start-up is left out; the median and the slowest of the runs are given.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

from pamit.adapters.archive import ZipArchive
from pamit.adapters.seal import AgeSeal
from pamit.adapters.store import SqlStore, open_store
from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.facts import facts_of
from pamit.domain.interview import Contact, Event, Interview
from pamit.domain.invitation import Fact, Invitation
from pamit.domain.log import Dossier, Entry, EntryKind, changes_between
from pamit.domain.terms import Channel, EventKind, InvitationKind, Language, Purpose
from pamit.services.indexing import basis, keep_index, refresh
from pamit.services.origin import source_of
from pamit.services.pamit import Pamit

NOW = datetime(2026, 11, 24, 9, tzinfo=timezone(timedelta(hours=7)))
BATCH = 1_000


def log_of(chance: random.Random, number: int) -> list[Entry]:
    """A believable log of five to fifteen entries."""
    begun = NOW - timedelta(minutes=chance.randrange(60 * 24 * 700))
    share = chance.random()
    is_open = share < 0.03
    if is_open:
        begun = NOW - timedelta(hours=chance.randrange(1, 24 * 5))
    start = begun + timedelta(days=chance.randrange(2, 14))
    interview = Interview(
        company=f"PT Perusahaan {number % 30_011}",
        position=f"Posisi {number % 997}",
        start=start,
        end=start + timedelta(hours=1),
        timezone="Asia/Jakarta",
        received=begun,
        invited_via=Channel.EMAIL,
        contact=Contact("Ibu Ratna", f"hr{number}@kantor.example", "+6281200001234"),
    )
    entries = [Entry(1, begun, begun, EntryKind.ADDED, changes=changes_between({}, facts_of(interview, Language.ID)))]
    for index in range(2, chance.randrange(5, 15)):
        at = min(begun + timedelta(hours=index), NOW)
        entries.append(Entry(index, at, at, EntryKind.NOTED, note="Menelepon resepsionis, diminta menunggu kabar lewat surel."))
    last = entries[-1].at
    confirmed = Event(last, EventKind.MESSAGE_SENT, Purpose.CONFIRM, Channel.EMAIL)
    if not is_open or chance.random() < 0.9:
        entries.append(Entry(len(entries) + 1, last, last, EntryKind.HAPPENED, confirmed))
    if not is_open:
        entries.append(Entry(len(entries) + 1, last, last, EntryKind.HAPPENED, Event(last, EventKind.CLOSED)))
    return entries


def fill(store: SqlStore, size: int) -> int:
    """Put cases in; gives how many entries."""
    chance, entries = random.Random(1), 0
    for begin in range(0, size, BATCH):
        with store.writing() as unit:
            dossiers = []
            for number in range(begin, min(begin + BATCH, size)):
                case, uid = unit.create()
                log = log_of(chance, number)
                unit.append(case, log, after=0)
                unit.attach(case, source_of(f"Undangan nomor {number}\n".encode() * 20))
                dossiers.append(Dossier(case, uid, tuple(log)))
                entries += len(log)
            keep_index(unit, dossiers, NOW, OwnDays())
    with store.writing() as unit:
        unit.set_index_basis(basis(OwnDays()))
    return entries


def timed(runs: int, call: Callable[[int], object]) -> str:
    """Median and slowest in milliseconds."""
    times = []
    for run in range(runs):
        begun = time.perf_counter()
        call(run)
        times.append((time.perf_counter() - begun) * 1_000)
    return f"{statistics.median(times):7.1f} ms, slowest {max(times):7.1f}"


def shown(pamit: Pamit, case: str) -> object:
    """What ``pamit show`` asks for."""
    return pamit.case(case), pamit.sources(case), pamit.plan(case, NOW)


def invitation(run: int) -> Invitation:
    """A new one."""
    facts = {"company": f"PT Baru {run}", "position": "Kasir", "start": NOW + timedelta(days=3, hours=run)}
    known = {name: Fact(value) for name, value in facts.items()}
    return Invitation("", InvitationKind.INVITATION, Language.ID, known, received=NOW)  # type: ignore[arg-type]


def measure(address: str, size: int) -> None:
    """Fill a store and measure."""
    with Pamit(open_store(address), ZipArchive(), AgeSeal()) as pamit:
        assert isinstance(pamit.store, SqlStore)
        begun = time.perf_counter()
        entries = fill(pamit.store, size)
        say(f"{size:,} cases, {entries:,} entries (filled in {time.perf_counter() - begun:.0f} s)")
        with pamit.store.reading() as view:
            cases = list(view.cases())
        chance = random.Random(2)
        due = len({item.case for item in pamit.today(NOW).items})
        say(f"  today, first 50     {timed(20, lambda _: pamit.today(NOW, 50))}   ({due:,} cases due)")
        say(f"  today, all          {timed(5, lambda _: pamit.today(NOW))}")
        say(f"  show                {timed(200, lambda _: shown(pamit, chance.choice(cases)))}")
        say(f"  add                 {timed(100, lambda run: pamit.add(invitation(run), source_of(b'%d' % run), NOW))}")
        say(f"  note                {timed(100, lambda run: pamit.note(chance.choice(cases), NOW, words='x'))}")
        own = pamit.own_days
        say(f"  refresh, nothing    {timed(20, lambda _: refresh(pamit.store, own, NOW))}")
        for later in (1, 60, 24 * 60):
            moment = NOW + timedelta(minutes=later)
            begun = time.perf_counter()
            count = refresh(pamit.store, own, moment)
            say(f"  refresh {later:5d} min on  {(time.perf_counter() - begun) * 1_000:7.1f} ms   ({count:,} cases derived)")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--database", help="an empty database; a fresh SQLite file for each size where it is not given")
    chosen = parser.parse_args()
    for size in chosen.sizes:
        with tempfile.TemporaryDirectory() as folder:
            measure(chosen.database or f"sqlite:///{Path(folder) / 'pamit.db'}", size)


if __name__ == "__main__":
    main()
