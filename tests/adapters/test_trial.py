"""A child process that reads first: what breaks it breaks nothing else."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from datetime import datetime

import pytest

from pamit.adapters import trial
from pamit.adapters.trial import ChildTrial
from pamit.errors import PamitError

NOW = datetime.fromisoformat("2026-11-24T09:00:00+07:00")
MAIL = (
    b"From: Ratna <hr@tunas.example>\nTo: sari@mail.example\nSubject: Undangan wawancara\n"
    b"Date: Mon, 23 Nov 2026 10:00:00 +0700\n"
    b"\nKami mengundang Sdri. Sari untuk wawancara Staf Gudang pada Kamis, 26 November 2026 pukul 10.00 WIB.\n"
)
MISBEHAVING = {
    "busy": "while True: pass",
    "asleep": "import time; time.sleep(60)",
    "greedy": "held = [bytearray(2**20) for _ in range(4096)]",
    "mistaken": "raise KeyError('a mistake')",
    "crashing": "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
    "writing": "import tempfile; tempfile.TemporaryFile(buffering=0).write(b'x')",
}
REASONS = {"busy": "time", "asleep": "time", "greedy": "memory", "mistaken": "fault", "crashing": "ended", "writing": "fault"}

needs_limits = pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds all limits")


@pytest.fixture
def child() -> Iterator[ChildTrial]:
    """A child with little patience."""
    made = ChildTrial(processor=1, clock=6.0)
    yield made
    made.close()


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A child that does what a message's second line says: a fault that cannot be had otherwise."""
    folder = tmp_path_factory.mktemp("misbehaving")
    folder.joinpath("sitecustomize.py").write_text(
        "import pamit.services.trial as t\nread = t.read_whole\n"
        "def bad(data, name, now):\n"
        "    if data.startswith(b'DO '): exec(data[3:].decode())\n"
        "    else: read(data, name, now)\n"
        "t.read_whole = bad\n"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(folder), *sys.path)))


def test_readable_message_passes(child: ChildTrial) -> None:
    """Nothing is said of it, and one child reads the next one too."""
    child.attempt(MAIL, "x.eml", NOW)
    first = child._child
    child.attempt(b"Undangan wawancara besok pukul 10.00", None, NOW)
    assert child._child is first


@needs_limits
@pytest.mark.usefixtures("misbehaving")
@pytest.mark.parametrize("how", MISBEHAVING)
def test_breaking_message_is_named_and_the_next_one_is_read(child: ChildTrial, how: str) -> None:
    """Time, memory, a crash, a mistake: an error with its reason, and the next message finds a child that works."""
    with pytest.raises(PamitError) as caught:
        child.attempt(b"DO " + MISBEHAVING[how].encode(), None, NOW)
    assert (caught.value.code, caught.value.facts["reason"]) == ("could-not-be-read", REASONS[how])
    child.attempt(MAIL, "x.eml", NOW)


def test_child_ended_by_somebody_else_is_no_fault_of_the_message(child: ChildTrial) -> None:
    """A new child tries it again."""
    child.attempt(MAIL, "x.eml", NOW)
    assert child._child is not None
    os.kill(child._child.pid, signal.SIGTERM)
    child.attempt(MAIL, "x.eml", NOW)


def test_child_is_renewed_after_many_messages(child: ChildTrial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever has gathered in the old one goes with it."""
    monkeypatch.setattr(trial, "_MOST", 2)
    pids = []
    for _ in range(4):
        child.attempt(MAIL, "x.eml", NOW)
        assert child._child is not None
        pids.append(child._child.pid)
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_machine_without_another_process_says_so(child: ChildTrial, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mail waits; it is not called unreadable."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(PamitError, match="can be started") as caught:
        child.attempt(MAIL, "x.eml", NOW)
    assert caught.value.kind == "unavailable"
