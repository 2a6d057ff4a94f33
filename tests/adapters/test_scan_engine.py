"""Looking through archives in bounded processes: one bad mail is unreadable, and the rest goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import pbkdf2_hmac
from typing import Any

import pytest

from pamit.adapters.scan_engine import HereEngine, ProcessEngine
from pamit.services.scan_ports import Archive, OwnMail, Place, RawMail, Tally

needs_limits = pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds all limits")
MISBEHAVING = ("busy", "greedy", "mistaken", "recursive", "crashing", "stubborn", "leaving")


@dataclass(frozen=True)
class Part:
    """A part of an archive, with the words of its mails."""

    key: str
    words: tuple[str, ...]
    size: int = 1


class Held:
    """An archive in memory."""

    size = 0
    troubles: list[tuple[str, str]] = []  # noqa: RUF012 - as the port has it

    def __init__(self, *parts: Part) -> None:
        self.parts = parts

    def sample(self) -> bytes:
        return b""

    def chunks(self, done: Collection[str]) -> Iterator[Part]:
        return (part for part in self.parts if part.key not in done)

    def mails(self, chunk: Part) -> Iterator[RawMail]:
        return opened(chunk)

    def fetch(self, places: Collection[Place]) -> Iterator[tuple[Place, bytes]]:
        return iter(())


def opened(part: Part) -> Iterator[RawMail]:
    for number, word in enumerate(part.words):
        yield RawMail(Place(part.key, number, 1), word.encode())


def look(mails: Iterable[RawMail]) -> Tally:
    """Notes every mail; some do what they say."""
    seen: list[OwnMail] = []
    for raw in mails:
        misbehave(raw.data.decode())
        seen.append(OwnMail(raw.place, None))
    return Tally(len(seen), len(seen), own=tuple(seen))


def misbehave(word: str) -> None:
    if word == "busy":
        while True:
            pass
    if word == "greedy":
        held = [bytearray(2**20) for _ in range(4096)]
        del held
    if word == "mistaken":
        raise KeyError(word)
    if word == "recursive":
        misbehave(word)
    if word == "crashing":
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "stubborn":  # within a library, where no word of Python's is heard
        pbkdf2_hmac("sha256", b"x", b"x", 2**31 - 1)
    if word == "leaving":
        os._exit(1)


def looked(engine: Any, archive: Archive) -> list[tuple[str, Tally]]:
    return list(engine.run(archive, ("done",), look))


GOOD = Held(Part("a", ("x",) * 150), Part("done", ("x",)), Part("b", ()), Part("c", ("y", "z")))


@pytest.mark.parametrize("engine", [ProcessEngine(1, opened), ProcessEngine(2, opened), ProcessEngine(1, None)])
def test_every_way_of_working_gives_the_same(engine: ProcessEngine) -> None:
    """In order, without the parts that are done."""
    assert looked(engine, GOOD) == looked(HereEngine(), GOOD)
    assert [(key, one.looked) for key, one in looked(engine, GOOD)] == [("a", 150), ("b", 0), ("c", 2)]


@needs_limits
@pytest.mark.parametrize(
    ("how", "jobs", "opens"),
    [*((how, 1, opened) for how in MISBEHAVING), ("mistaken", 2, opened), ("leaving", 2, opened), ("mistaken", 1, None),
     ("leaving", 1, None)],
)  # fmt: skip
def test_bad_mail_is_unreadable_and_the_rest_goes_on(how: str, jobs: int, opens: Any) -> None:
    """Time, memory, a mistake, a crash, a library that hears nothing: the mails beside it and the parts after it are read."""
    archive = Held(Part("a", ("x", how, "y")), Part("b", ("z",) * 3), Part("c", ("x", "y")))
    engine = ProcessEngine(jobs, opens, processor=1)
    found = looked(engine, archive)
    assert [(key, one.looked, one.unreadable, len(one.own)) for key, one in found] == [
        ("a", 3, 1, 2), ("b", 3, 0, 3), ("c", 2, 0, 2),
    ]  # fmt: skip


@needs_limits
def test_several_bad_mails_are_counted_each() -> None:
    """In one part and in the next."""
    archive = Held(Part("a", ("crashing", "x", "mistaken", "leaving")), Part("b", ("mistaken",)), Part("c", ("x",)))
    found = looked(ProcessEngine(1, opened, processor=1), archive)
    assert [(key, one.looked, one.unreadable) for key, one in found] == [("a", 4, 3), ("b", 1, 1), ("c", 1, 0)]


def test_archive_that_cannot_be_opened_says_so() -> None:
    """What is wrong with the archive itself is no fault of a mail."""
    with pytest.raises(FileNotFoundError):
        looked(ProcessEngine(1, gone), GOOD)


def gone(_: Part) -> Iterator[RawMail]:
    raise FileNotFoundError("the archive")


def test_process_ends_with_the_one_that_gives_out_the_work() -> None:
    """Killed, that one can tell nobody; what holds its output is gone all the same."""
    code = (
        "import os, time; from pamit.adapters.scan_engine import ProcessEngine; pool = ProcessEngine(2, iter)._pool(2);"
        "print([one.result() for one in [pool.submit(os.getpid) for _ in range(4)]], flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as giving:
        assert giving.stdout is not None
        assert giving.stdout.readline().startswith(b"[")
        giving.kill()
        assert giving.communicate(timeout=60)[0] == b""
