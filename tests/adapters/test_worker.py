"""The worker as a process: killed at any moment, asked to stop, two at once."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from pamit.adapters.store import open_store
from pamit.adapters.worker import LoopEngine, here, worker_name
from pamit.domain.calendar.quiet import QuietHours
from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.facts import facts_of
from pamit.domain.interview import Contact, Interview
from pamit.domain.log import Dossier, Entry, EntryKind, changes_between
from pamit.domain.reminder import MarkState, Person
from pamit.domain.terms import Channel, Language
from pamit.errors import ErrorKind, PamitError
from pamit.services.indexing import basis, keep_index
from pamit.services.ports import Notice
from pamit.services.reminding import give_due

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills by signals of POSIX")

LEASE = timedelta(milliseconds=300)
NOBODY = Person(UTC, QuietHours.from_text("none"))
FORK = multiprocessing.get_context("fork") if sys.platform != "win32" else multiprocessing.get_context()


class Scribe:
    """Writes each notice to a file, in one write, so that a kill leaves it there or not."""

    def __init__(self, file: Path) -> None:
        self.file = os.open(file, os.O_APPEND | os.O_CREAT | os.O_WRONLY)

    def tell(self, notice: Notice) -> None:
        os.write(self.file, f"{notice.key}\n".encode())
        # A notice takes a moment to be shown: most kills fall between telling and marking.
        time.sleep(0.002)


def fill(address: str, count: int) -> None:
    """Cases whose answers are overdue: one reminder each is due now."""
    store, now = open_store(address), datetime.now(UTC)
    received = now - timedelta(hours=30)
    with store.writing() as unit:
        dossiers = []
        for number in range(count):
            contact = Contact("Ibu Ratna", f"hr{number}@toko.example")
            interview = Interview(f"PT {number}", "Kasir", now + timedelta(days=30), received=received, contact=contact)
            known = facts_of(interview, Language.ID) | {"invited_via": str(Channel.EMAIL)}
            entry = Entry(1, received, now, EntryKind.ADDED, changes=changes_between({}, known))
            case, uid = unit.create()
            unit.append(case, [entry], after=0)
            dossiers.append(Dossier(case, uid, (entry,)))
        keep_index(unit, dossiers, now, OwnDays())
        unit.set_index_basis(basis(OwnDays()))
    store.close()


def work(address: str, heard: str, lease: timedelta) -> None:
    """What a worker process does."""
    store, scribe = open_store(address), Scribe(Path(heard))

    def round_of(now: datetime) -> datetime | None:
        done = give_due(store, OwnDays(), scribe, NOBODY, now, owner=worker_name(), lease=lease)
        return min(done.next_at or now + LEASE, now + LEASE)

    LoopEngine(lambda _: None).run(round_of)
    store.close()


def started(address: str, heard: Path, lease: timedelta = LEASE) -> BaseProcess:
    process = FORK.Process(target=work, args=(address, str(heard), lease), daemon=True)
    process.start()
    return process


def marks(address: str) -> dict[str, MarkState]:
    """The state of every reminder there is a mark of, by case and key."""
    store = open_store(address)
    with store.reading() as view:
        kept = view.reminders.marks(list(view.cases()))
    store.close()
    return {f"{case}/{key}": mark.state for case, those in kept.items() for key, mark in those.items()}


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until, "it took more than a minute"
        time.sleep(0.05)


def test_worker_killed_fifty_times_loses_nothing(tmp_path: Path) -> None:
    """No reminder is lost; told twice is only what a killed worker had claimed and not marked: the stated window."""
    address, heard, count = f"sqlite:///{tmp_path / 'pamit.db'}", tmp_path / "heard", 300
    fill(address, count)
    chance = random.Random(7)
    cut_off: Counter[str] = Counter()
    for _ in range(50):
        process = started(address, heard)
        time.sleep(chance.uniform(0.02, 0.15))
        process.kill()
        process.join()
        cut_off.update(key for key, state in marks(address).items() if state == MarkState.CLAIMED)
    last = started(address, heard)
    wait_for(lambda: Counter(marks(address).values()) == {MarkState.GIVEN: count})
    last.terminate()
    last.join()
    told = Counter(heard.read_text().split())
    assert last.exitcode == 0
    assert sorted(told) == sorted(marks(address))
    assert {key: times for key, times in told.items() if times > 1 + cut_off[key]} == {}
    assert sum(told.values()) - count <= 50


def test_two_workers_tell_each_reminder_once(tmp_path: Path) -> None:
    """Whoever claims first tells it; neither stands in the other's way."""
    address, heard, count = f"sqlite:///{tmp_path / 'pamit.db'}", tmp_path / "heard", 60
    fill(address, count)
    # A lease that no slow machine outlasts: nobody is killed here, so none may run out.
    workers = [started(address, heard, timedelta(minutes=5)) for _ in range(2)]
    wait_for(lambda: Counter(marks(address).values()) == {MarkState.GIVEN: count})
    for worker in workers:
        worker.terminate()
        worker.join()
    assert set(Counter(heard.read_text().split()).values()) == {1}
    assert [worker.exitcode for worker in workers] == [0, 0]


def test_worker_asked_to_stop_ends_between_two_rounds(tmp_path: Path) -> None:
    """SIGTERM in the midst of work leaves no claim behind."""
    address, heard = f"sqlite:///{tmp_path / 'pamit.db'}", tmp_path / "heard"
    fill(address, 200)
    worker = started(address, heard)
    wait_for(lambda: heard.exists() and heard.stat().st_size > 0)
    worker.terminate()
    worker.join(20)
    assert worker.exitcode == 0
    assert set(marks(address).values()) == {MarkState.GIVEN}


# -- the loop ---------------------------------------------------------------------------------------------------------


def run_aside(engine: LoopEngine, work: Callable[[datetime], datetime | None]) -> threading.Thread:
    thread = threading.Thread(target=engine.run, args=(work,))
    thread.start()
    return thread


def test_loop_tries_again_after_trouble_with_the_store() -> None:
    """A busy store is told and waited for; the loop goes on."""
    troubles: list[str] = []
    rounds: list[datetime] = []
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    ticks = iter(range(10_000))
    engine = LoopEngine(lambda error: troubles.append(error.code), lambda: now + timedelta(seconds=11 * next(ticks)))

    def work(at: datetime) -> datetime | None:
        rounds.append(at)
        if len(rounds) == 1:
            raise PamitError(ErrorKind.UNAVAILABLE, "store-busy", "Another process is writing.")
        engine.stop()
        return None

    run_aside(engine, work).join(5)
    assert (len(rounds), troubles) == (2, ["store-busy"])


def test_loop_ends_with_what_it_cannot_mend() -> None:
    """A store that is none is no passing trouble."""

    def work(_: datetime) -> datetime | None:
        raise PamitError(ErrorKind.INVALID, "not-a-store", "The file is damaged.")

    with pytest.raises(PamitError):
        LoopEngine(lambda _: None).run(work)


@pytest.mark.parametrize(
    ("wake", "seconds"), [(None, 60.0), (timedelta(seconds=5), 5.0), (timedelta(days=3), 60.0), (timedelta(seconds=-9), 0.0)]
)
def test_loop_sleeps_until_the_moment_but_never_long(wake: timedelta | None, seconds: float) -> None:
    """A minute at most: what others write, a machine that woke and a clock that was set are seen by then."""
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    engine = LoopEngine(lambda _: None, lambda: now)
    assert engine._seconds_until(now + wake if wake is not None else None) == seconds


def test_signals_are_as_before_when_the_loop_has_ended() -> None:
    """Nothing else of the process is changed."""
    before = signal.getsignal(signal.SIGTERM)
    engine = LoopEngine(lambda _: None)

    def work(_: datetime) -> datetime | None:
        engine.stop()
        return None

    engine.run(work)
    assert signal.getsignal(signal.SIGTERM) is before


def test_place_of_the_machine_is_asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who travels with a running worker is reminded by the new clock."""
    monkeypatch.setenv("TZ", "Asia/Makassar")
    first = here()
    monkeypatch.setenv("TZ", "Europe/London")
    assert [str(first), str(here())] == ["Asia/Makassar", "Europe/London"]
