"""The soak itself: a short one of everything, and that it sees what it is there to see."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

if sys.platform == "win32":
    pytest.skip("it measures and kills as Linux does", allow_module_level=True)

from pamit.adapters.archive import ZipArchive
from pamit.adapters.seal import AgeSeal
from pamit.adapters.store import open_store
from pamit.domain.account import Account, Auth, Security, Server
from pamit.domain.interview import Candidate
from pamit.domain.terms import Channel, Purpose
from pamit.services.intake import read_source
from pamit.services.origin import Given, source_of
from pamit.services.pamit import Pamit
from pamit.services.writing import write_message

from .test_pages import TOOLS, tool

soak = tool("soak")
from soaking import faults, load, measuring, reckoning  # noqa: E402 - the tool says where its parts are
from soaking import world as world_of  # noqa: E402


def test_short_soak_loses_nothing_and_doubles_nothing() -> None:
    """Every kind of fault once, under load, with real servers and processes."""
    command = [sys.executable, str(TOOLS / "soak.py"), "--minutes", "0.3", "--seed", "11"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=400)
    if done.returncode == 69 and os.environ.get("CI") != "true":
        pytest.skip(done.stderr.strip())
    assert (done.stderr, done.stdout.rstrip().rpartition("\n")[2]) == ("", "Nothing lost, nothing twice."), done.stdout
    assert done.returncode == 0
    (happened,) = [line for line in done.stdout.splitlines() if line.startswith("| faults |")]
    assert [kind for kind in faults.KINDS if kind not in happened] == []


@pytest.mark.parametrize("seconds", [18.0, 36.0, 150.0, 1800.0])
def test_timeline_has_every_kind_and_is_the_same_for_a_seed(seconds: float) -> None:
    """So that a run that found something can be had again."""
    found = faults.timeline(4, seconds)
    assert {one.kind for one in found} == set(faults.KINDS)
    assert (found == faults.timeline(4, seconds), found == faults.timeline(5, seconds)) == (True, False)
    assert all(0 < one.at < seconds for one in found)


def test_growth_is_that_of_the_second_half() -> None:
    """What is used for the first time is no leak; what grows afterwards is."""
    samples = measuring.Samples(at=[60.0 * n for n in range(21)])
    samples.memory = [50.0 + 9 * min(n, 10) for n in range(21)]
    samples.files = [8] * 10 + [12] * 11
    assert (samples.growth(), samples.more_files()) == (0.0, 4)
    samples.memory = [50.0] * 11 + [50.0 + 2 * n for n in range(1, 11)]
    assert 1.9 < samples.growth() < 2.1


@pytest.fixture
def memory(tmp_path: Path) -> Any:
    """A memory, and a world in which no server is."""
    with Pamit(open_store(f"sqlite:///{tmp_path / 'home' / 'pamit.db'}"), ZipArchive(), AgeSeal()) as pamit:
        (tmp_path / "mail").mkdir()
        yield pamit, SimpleNamespace(mail=tmp_path / "mail", home=tmp_path / "home")


def kept(pamit: Pamit, company: str) -> str:
    """The case of an invitation of theirs."""
    now = datetime.now(UTC)
    data = load.invitation(company, random.Random(1)).encode()
    given = Given(received=now - timedelta(hours=1), channel="email")
    return pamit.add(read_source(data, name=None, now=now), source_of(data, given), now).dossier.id


def test_lost_and_double_cases_are_seen(memory: Any) -> None:
    """One that was acknowledged and is not there, one that nobody asked for."""
    pamit, world = memory
    case = kept(pamit, "PT Kewaludi Hatemo")
    found = reckoning.Reckoning()
    reckoning._reckon_cases(world, pamit, load.Ledger(kept={"PT Rasabulo Witami": "zzzzz"}), found)
    assert found.wrong == [
        "cases that were acknowledged and are lost: PT Rasabulo Witami",
        "cases of nobody's: kewaludihatemo.example",
    ]
    found = reckoning.Reckoning()
    reckoning._reckon_cases(world, pamit, load.Ledger(kept={"PT Kewaludi Hatemo": case}), found)
    assert found.wrong == []


@pytest.mark.parametrize(
    ("queued", "wrong"),
    [
        ([], "messages that were approved and never came: {id} (queued, None)"),
        (["a1b2c3d4"], None),
        (["a1b2c3d4", "a1b2c3d4"], None),  # the mail server put its own copy there twice
        (["a1b2c3d4", "e5f6a7b8"], "messages that were handed over twice: {id} (2 times)"),
    ],
)
def test_lost_and_double_messages_are_seen(memory: Any, queued: list[str], wrong: str | None) -> None:
    """By what lies in the recipient's mailbox; what the mail server doubled itself was handed over once."""
    pamit, world = memory
    case, now, to = kept(pamit, "PT Kewaludi Hatemo"), datetime.now(UTC), "hr@kewaludihatemo.example"
    pamit.put_account(Account("rani@kirim.example", Server("127.0.0.1", 9, Security.PLAIN), auth=Auth.NONE))
    candidate = Candidate("Rani Kusuma")
    draft = write_message(pamit.case(case).case, Purpose.CONFIRM, candidate=candidate, now=now, channel=Channel.EMAIL)
    shown = pamit.prepare(case, draft, candidate, now, random=os.urandom)
    message = pamit.approve(shown.message.id, shown.message.digest, now, override="soak")
    box = world.mail / to / "new"
    box.mkdir(parents=True)
    _, data = pamit.outgoing(message.id)
    for number, name in enumerate(queued):
        (box / str(number)).write_bytes(f"Received: from x\n\tby y with ESMTP id {name};\n\tnow\n".encode() + data)
    found = reckoning.Reckoning()
    reckoning._reckon_messages(world, pamit, load.Ledger(approved={message.id: to}), 0, found)
    assert next((one for one in found.wrong if "never" in one or "twice" in one), None) == (
        wrong and wrong.format(id=message.id)
    )


def test_words_of_messages_and_unexplained_lines_are_seen(tmp_path: Path) -> None:
    """A trace of a fault, a word of a mail, an end that nobody asked for."""
    worker = world_of.Process("worker-steady", [sys.executable, "-c", "raise SystemExit(3)"], {}, tmp_path)
    worker.err.write_text(f"At work; stop it with Ctrl-C.\nTraceback {load.CANARY}\n")
    worker.out.write_text("")
    worker.start()
    assert worker._running is not None
    worker._running.wait()
    worker.look()
    found = reckoning.Reckoning()
    reckoning._reckon_logs(SimpleNamespace(processes=[worker]), found)
    assert found.wrong == [
        "words of messages in what is written: worker-steady.err",
        "processes that ended by themselves: worker-steady (status 3)",
        f"unexplained lines in the logs: worker: Traceback {load.CANARY}",
    ]
