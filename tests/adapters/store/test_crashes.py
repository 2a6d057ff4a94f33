"""A process that is killed at any moment loses nothing it has acknowledged and leaves nothing half done."""

from __future__ import annotations

import io
import os
import random
import select
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import insert

from pamit.adapters.archive import ZipArchive
from pamit.adapters.records import encode_entry, ref_record
from pamit.adapters.seal import AgeSeal
from pamit.adapters.store import open_store
from pamit.adapters.store.engine import WRITE, make_engine
from pamit.adapters.store.migrations import migrate
from pamit.adapters.store.schema import blobs, cases, entries, sources
from pamit.domain.facts import facts_of
from pamit.domain.interview import Event, Interview
from pamit.domain.invitation import Fact, Invitation
from pamit.domain.log import Dossier, Entry, EntryKind, changes_between
from pamit.domain.terms import EventKind, InvitationKind, Language
from pamit.services.origin import source_of
from pamit.services.pamit import Pamit
from pamit.services.ports import Bundle

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and kill")

NOW = datetime(2026, 11, 24, 9, tzinfo=timezone(timedelta(hours=7)))
SEED = int(os.environ.get("PAMIT_TEST_SEED", "7"))
KILLS = int(os.environ.get("PAMIT_TEST_KILLS", "160"))
MIGRATION_KILLS = int(os.environ.get("PAMIT_TEST_MIGRATION_KILLS", "40"))
ADDED_BY_EACH = int(os.environ.get("PAMIT_TEST_ADDED", "150"))
IN_AN_ARCHIVE = 5


@contextmanager
def opened(address: str) -> Iterator[Pamit]:
    with Pamit(open_store(address), ZipArchive(), AgeSeal()) as pamit:
        yield pamit


def invitation(name: str, number: int = 0) -> Invitation:
    start = NOW + timedelta(days=3, hours=3 * number)
    facts = {"company": Fact(f"PT {name}"), "position": Fact("Kasir"), "start": Fact(start)}
    return Invitation(f"Undangan {name}", InvitationKind.INVITATION, Language.ID, facts, received=NOW)  # type: ignore[arg-type]


def archive_of(prefix: str) -> io.BytesIO:
    bundles = []
    for number in range(IN_AN_ARCHIVE):
        source = source_of(f"{prefix} {number}".encode())
        changes = changes_between({}, facts_of(Interview(company=f"{prefix} {number}", received=NOW)))
        entries = (
            Entry(1, NOW, NOW, EntryKind.ADDED, changes=changes, source=source.ref.digest),
            Entry(2, NOW, NOW, EntryKind.HAPPENED, Event(NOW, EventKind.ATTENDED)),
        )
        bundles.append(Bundle(Dossier("zzzz9", f"{prefix}-{number}", entries), (source,)))
    bundles = [replace(one, dossier=replace(one.dossier, id=f"zzz{n}9")) for n, one in enumerate(bundles, 2)]
    out = io.BytesIO()
    ZipArchive().write(out, bundles, b"")
    out.seek(0)
    return out


def work(address: str, name: str, say: Callable[[str], None]) -> None:
    """Do everything that writes, for ever; say what is done when it is done."""
    chance = random.Random(name)
    with opened(address) as pamit:
        cases: list[str] = []
        for number in range(100_000):
            mark = f"{name}x{number}"
            kind = chance.choice(["add", "edit", "note", "note", "undo", "import"]) if cases else "add"
            if kind == "import":
                pamit.import_(archive_of(mark), NOW)
                say(f"import {mark}")
                continue
            if kind == "add":
                dossier = pamit.add(invitation(mark), source_of(f"Undangan {mark}".encode()), NOW).dossier
                cases.append(dossier.id)
            elif kind == "edit":
                dossier = pamit.edit(chance.choice(cases), {"location": mark, "end": ""}, NOW)
            elif kind == "note":
                dossier = pamit.note(chance.choice(cases), NOW, words=mark)
            else:
                case = chance.choice(cases)
                if pamit.case(case).last_change is None:
                    continue
                dossier = pamit.undo(case, NOW)
            say(f"{kind} {dossier.id} {dossier.version}")


def killed_after(seconds: float, job: Callable[[Callable[[str], None]], None]) -> list[str]:
    """Run a job in a process of its own, kill it some time after its first word, and give what it had said."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            job(lambda said: os.write(writing, f"{said}\n".encode()) and None)
        finally:
            os._exit(0)
    os.close(writing)
    select.select([reading], [], [], 20)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    said = b""
    while part := os.read(reading, 65_536):
        said += part
    os.close(reading)
    return said.decode().splitlines()


def check(address: str, said: list[str]) -> None:
    """It opens, it is sound, everything acknowledged is there, and nothing is there by half."""
    with opened(address) as pamit:
        assert pamit.examine(NOW).flaws == ()
        with pamit.store.reading() as view:
            for line in said:
                what, name, *rest = line.split()
                if what == "import":
                    assert [view.case_of_uid(f"{name}-{n}") is not None for n in range(IN_AN_ARCHIVE)] == [True] * IN_AN_ARCHIVE
                elif rest:
                    assert view.dossier(name).version >= int(rest[0])
            copied = [dossier for dossier in view.dossiers(list(view.cases())) if "-" in dossier.uid]
            assert len(copied) % IN_AN_ARCHIVE == 0
            assert [dossier.version for dossier in copied] == [2] * len(copied)


def test_killed_at_any_moment_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    """Adding, editing, noting, undoing and importing, killed at random moments."""
    chance = random.Random(SEED)
    acknowledged = 0
    said: list[str] = []
    for number in range(KILLS):
        address = f"sqlite:///{tmp_path / str(number // 16)}.db"
        if number % 16 == 0:
            said = []
            open_store(address).close()
        fresh = killed_after(chance.uniform(0, 0.08), lambda say, n=number, a=address: work(a, f"w{n}", say))
        said += fresh
        acknowledged += len(fresh)
        check(address, said)
    assert acknowledged > KILLS


def test_killed_while_migrating_the_store_is_old_or_new(tmp_path: Path) -> None:
    """The next start finishes what the last one began; the cases are all there."""
    old = tmp_path / "old.db"
    address = f"sqlite:///{old}"
    engine = make_engine(address)
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        migrate(connection, None, "0001")
    engine.dispose()
    # What the first version would have written, which knew only its own tables and columns.
    engine = make_engine(address)
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        for number in range(100):
            case = f"c{number}"
            changes = changes_between({}, facts_of(Interview(company=f"PT {number}", received=NOW)))
            source = source_of(f"Undangan {number}".encode())
            first = encode_entry(Entry(1, NOW, NOW, EntryKind.ADDED, changes=changes, source=source.ref.digest))
            ref = msgspec.json.encode(ref_record(source.ref)).decode()
            connection.execute(insert(cases), {"id": case, "uid": case, "version": 1})
            connection.execute(insert(entries), {"case_id": case, "number": 1, "data": first})
            connection.execute(insert(blobs), {"digest": source.ref.digest, "data": source.data})
            connection.execute(insert(sources), {"case_id": case, "position": 1, "digest": source.ref.digest, "data": ref})
    engine.dispose()
    chance = random.Random(SEED)

    def migrating(copy: Path, say: Callable[[str], None]) -> None:
        say("begun")
        open_store(f"sqlite:///{copy}").close()
        say("done")

    # How long it takes here and now decides when to kill: some before the end, some after it, on a slow machine too.
    whole = tmp_path / "whole.db"
    shutil.copy(old, whole)
    began = time.monotonic()
    open_store(f"sqlite:///{whole}").close()
    span = 3 * (time.monotonic() - began)
    finished = 0
    for number in range(MIGRATION_KILLS):
        copy = tmp_path / f"{number}.db"
        shutil.copy(old, copy)
        said = killed_after(chance.uniform(0, span), lambda say, c=copy: migrating(c, say))
        finished += "done" in said
        with opened(f"sqlite:///{copy}") as pamit:
            assert pamit.examine(NOW, mend=True).flaws == ()
            with pamit.store.reading() as view:
                assert view.count() == 100
    assert 0 < finished < MIGRATION_KILLS


def test_two_processes_adding_at_once_lose_nothing(tmp_path: Path) -> None:
    """Twice as many cases as each of them added."""
    address = f"sqlite:///{tmp_path / 'pamit.db'}"
    children = []
    for name in ("satu", "dua"):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                with opened(address) as pamit:
                    for number in range(ADDED_BY_EACH):
                        mark = f"{name}{number}"
                        pamit.add(invitation(mark, number), source_of(f"Undangan {mark}".encode()), NOW)
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    with opened(address) as pamit:
        assert (pamit.examine(NOW).cases, pamit.examine(NOW).flaws) == (2 * ADDED_BY_EACH, ())
