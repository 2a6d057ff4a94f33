"""How a round of reminding scales: with what is due, not with what is stored.

    .venv/bin/python benchmarks/reminder_scale.py [--due COUNT] [SIZE …]

Each store holds as many cases as the size says, nine in ten closed and the rest waiting for an interview, and besides them a
fixed number of cases whose answer is due. Timed are: a round with nothing due, all rounds that give what is due (each
reminder is claimed, told and marked in three transactions that reach the disk), and the first round after all open cases
have to be looked at anew, as after a journey.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from store_scale import NOW, log_of

from pamit.adapters.store import SqlStore, open_store
from pamit.domain.calendar.quiet import QuietHours
from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.facts import facts_of
from pamit.domain.interview import Contact, Event, Interview
from pamit.domain.log import Dossier, Entry, EntryKind, changes_between
from pamit.domain.reminder import Person
from pamit.domain.terms import Channel, EventKind, Language, Purpose
from pamit.services.indexing import basis, keep_index
from pamit.services.ports import Notice
from pamit.services.reminding import give_due

AWAKE = QuietHours.from_text("none")
HOME, AWAY = Person(ZoneInfo("Asia/Jakarta"), AWAKE), Person(UTC, AWAKE)
BATCH = 1_000


class Counter:
    """Tells nobody, and counts."""

    def __init__(self) -> None:
        self.count = 0

    def tell(self, notice: Notice) -> None:
        self.count += 1


def case_log(number: int, received: datetime, start: datetime, *, agreed: bool) -> list[Entry]:
    """An invitation, answered or not."""
    contact = Contact("Ibu Ratna", f"hr{number}@kantor.example")
    interview = Interview(f"PT {number}", "Kasir", start, received=received, invited_via=Channel.EMAIL, contact=contact)
    known = changes_between({}, facts_of(interview, Language.ID))
    log = [Entry(1, received, received, EntryKind.ADDED, changes=known)]
    if agreed:
        sent = Event(received, EventKind.MESSAGE_SENT, Purpose.CONFIRM, Channel.EMAIL)
        log.append(Entry(2, received, received, EntryKind.HAPPENED, sent))
    return log


def closed_log(chance: random.Random, number: int) -> list[Entry]:
    """A believable log of a case that is over."""
    while True:
        log = log_of(chance, number)
        if log[-1].event is not None and log[-1].event.kind == EventKind.CLOSED:
            return log


def fill(store: SqlStore, size: int, due: int) -> None:
    """Put cases in."""
    chance = random.Random(1)
    logs = (
        case_log(number, NOW - timedelta(hours=30), NOW + timedelta(days=30), agreed=False)
        if number < due
        else case_log(number, NOW - timedelta(days=2), NOW + timedelta(days=10, minutes=number % 600), agreed=True)
        if number % 10 == 0
        else closed_log(chance, number)
        for number in range(size + due)
    )
    for begin in range(0, size + due, BATCH):
        with store.writing() as unit:
            dossiers = []
            for log in (next(logs) for _ in range(min(BATCH, size + due - begin))):
                case, uid = unit.create()
                unit.append(case, log, after=0)
                dossiers.append(Dossier(case, uid, tuple(log)))
            keep_index(unit, dossiers, NOW, OwnDays())
    with store.writing() as unit:
        unit.set_index_basis(basis(OwnDays()))


def rounds(store: SqlStore, person: Person, now: datetime) -> tuple[int, int]:
    """Rounds until nothing more is due; gives how many there were and how many reminders they gave."""
    ear, count = Counter(), 0
    while True:
        count += 1
        done = give_due(store, OwnDays(), ear, person, now, owner="benchmark")
        if done.next_at is None or done.next_at > now:
            return count, ear.count


def timed(call: Callable[[], object]) -> float:
    """In milliseconds."""
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1_000


def measure(address: str, size: int, due: int) -> None:
    """Fill a store and measure."""
    store = open_store(address)
    begun = time.perf_counter()
    fill(store, size, due)
    say(f"{size:,} cases and {due} due (filled in {time.perf_counter() - begun:.0f} s)")
    first = time.perf_counter()
    # All open cases are new: each is looked at once.
    count, given = rounds(store, HOME, NOW)
    took = (time.perf_counter() - first) * 1_000
    say(f"  first rounds, all open cases looked at   {took:9.1f} ms   ({count} rounds, {given} given)")
    idle = [timed(lambda: give_due(store, OwnDays(), Counter(), HOME, NOW, owner="benchmark")) for _ in range(50)]
    say(f"  round with nothing due                   {statistics.median(idle):9.2f} ms   slowest {max(idle):.2f}")
    with store.writing() as unit:
        # What was given is due once more.
        for case in list(unit.cases())[:due]:
            for key in unit.reminders.marks([case])[case]:
                unit.reminders.drop(case, key)
            unit.reminders.look_at(case, NOW)
    begun = time.perf_counter()
    count, given = rounds(store, HOME, NOW)
    took = (time.perf_counter() - begun) * 1_000
    say(f"  rounds that give what is due             {took:9.1f} ms   ({given} given, {took / given:.2f} ms each)")
    journey = timed(lambda: rounds(store, AWAY, NOW))
    say(f"  after a journey, all open ones looked at {journey:9.1f} ms")
    store.close()


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--due", type=int, default=100, help="how many reminders are due in each store")
    given = parser.parse_args()
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            measure(f"sqlite:///{Path(folder) / 'pamit.db'}", size, given.due)


if __name__ == "__main__":
    main()
