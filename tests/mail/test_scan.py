"""``pamit scan`` as a person uses it: whole processes, one of them killed, and a mailbox on a real server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .servers import PASSWORD, Imap, dovecot

NOW = "2026-11-24T09:00:00+07:00"
RANI = "rani.kusuma@example.com"
BORDER = b"From x@y.example Thu Apr 16 09:53:04 +0000 2015\n"

Run = Callable[..., subprocess.CompletedProcess[bytes]]


def invitation(number: int, day: int = 20) -> bytes:
    return (
        b"From: Sari <sari%d@lentera.example>\nTo: rani.kusuma@example.com\nSubject: Undangan wawancara Kasir\n"
        b"Date: Fri, %d Nov 2026 09:00:00 +0700\nMessage-ID: <%d@lentera.example>\n\nYth. Rani,\n\n"
        b"Kami dari PT Lentera Niaga mengundang Anda untuk wawancara Kasir pada Jumat, 27 November 2026 pukul 09.00\nWIB.\n\n"
        b"Sari\n" % (number, day, number)
    )


def answer(number: int) -> bytes:
    return (
        b"From: Rani <rani.kusuma@example.com>\nTo: sari%d@lentera.example\nSubject: Re: Undangan wawancara Kasir\n"
        b"Date: Sat, 21 Nov 2026 09:00:00 +0700\nMessage-ID: <a%d@example.com>\nIn-Reply-To: <%d@lentera.example>\n\n"
        b"Terima kasih, saya mengonfirmasi kehadiran saya.\n" % (number, number, number)
    )


def news(number: int) -> bytes:
    return b"From: Toko <kabar@toko.example>\nSubject: Promo %d\nMessage-ID: <n%d@toko.example>\n\n%s" % (
        number, number, (b"promo akhir pekan untuk semua pelanggan\n" * 400),
    )  # fmt: skip


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """English, with a home of its own."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PAMIT_", "LC_", "LANG"))}
    own = {"PAMIT_LANGUAGE": "en", "PAMIT_HOME": str(tmp_path / "home"), "PAMIT_SECRETS": "file"}
    return {**clean, **own, "PAMIT_ALLOW_PLAIN_LOOPBACK": "1"}


@pytest.fixture
def pamit(environment: dict[str, str]) -> Run:
    """Runs the command line."""

    def run(*arguments: object, stdin: str = "") -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "pamit", *map(str, arguments)]
        return subprocess.run(command, input=stdin.encode(), capture_output=True, env=environment, check=False)

    return run


def record(done: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Three invitations, one of them answered."""
    path = tmp_path / "mail.mbox"
    path.write_bytes(b"".join(BORDER + mail + b"\n" for mail in (*map(invitation, (1, 2, 3)), answer(2), news(1))))
    return path


def test_scan_in_words(pamit: Run, small: Path) -> None:
    """What is owed stands first and is counted; what was answered says how."""
    done = pamit("scan", small, "--own", RANI, "--now", NOW)
    said = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert said.index("You owe 2 answers:") < said.index("Interview still ahead") < said.index("Answered (1)")
    assert "✓ confirmed, Saturday, 21 November 2026" in said


def test_scan_in_indonesian(pamit: Run, small: Path) -> None:
    """The same in the other language."""
    done = pamit("scan", small, "--own", RANI, "--now", NOW, "--language", "id")
    assert "Anda masih berutang 2 jawaban:" in done.stdout.decode()


def test_scan_adds_chosen_ones_as_cases(pamit: Run, small: Path) -> None:
    """By their numbers; the answer that was given is noted in the case; said again nothing is doubled."""
    found = record(pamit("scan", small, "--own", RANI, "--now", NOW, "--json"))
    (answered,) = [one["number"] for one in found["invitations"] if one["answer"]]
    found = record(pamit("scan", small, "--own", RANI, "--now", NOW, "--add", str(answered), "--json"))
    (case,) = [one["added"]["case"] for one in found["invitations"] if "added" in one]
    shown = record(pamit("show", case, "--now", NOW, "--json"))
    assert [entry["event"]["purpose"] for entry in shown["log"] if entry["event"]] == ["confirm"]
    again = record(pamit("scan", small, "--own", RANI, "--now", NOW, "--add", "all", "--json"))
    assert [one["added"]["match"] for one in again["invitations"] if one["number"] == answered] == ["known"]


@pytest.mark.parametrize(
    ("add", "code"), [("0", b"bad-numbers"), ("3-1", b"bad-numbers"), ("x", b"bad-numbers"), ("ask", b"say-which-numbers")]
)
def test_scan_numbers_that_are_none(pamit: Run, small: Path, add: str, code: bytes) -> None:
    """Before anything is looked at, or where nobody can be asked."""
    done = pamit("scan", small, "--add", add)
    assert (done.returncode, code in done.stderr) == (65, True)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_scan_stopped_goes_on_to_the_same_result(
    environment: dict[str, str], pamit: Run, tmp_path: Path, jobs: int, how: signal.Signals
) -> None:
    """A process that is killed, or stopped by Ctrl-C, loses at most the parts that it was at."""
    path = tmp_path / "large.mbox"
    with path.open("wb") as file:
        filling = b"".join(BORDER + news(number) + b"\n" for number in range(60))
        for number in range(100):
            file.write(BORDER + invitation(number, 10 + number % 10) + b"\n" + filling)
    wanted = ("scan", path, "--own", RANI, "--now", NOW, "--json", "--jobs", jobs)
    command = [sys.executable, "-m", "pamit", *map(str, wanted)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    kept = tmp_path / "home" / "scans"
    while process.poll() is None and not any(one.stat().st_size for one in kept.glob("*.jsonl")):
        time.sleep(0.002)
    os.killpg(process.pid, how)
    said = process.communicate()[1]
    assert process.returncode != 0
    assert (b"goes on from here" in said) is (how == signal.SIGINT)
    (journal,) = kept.glob("*.jsonl")
    assert journal.read_bytes().count(b"\n") >= 1
    resumed = record(pamit(*wanted))
    assert not list(kept.glob("*.jsonl"))
    assert resumed == record(pamit(*wanted))
    assert (resumed["looked"], resumed["owed"]) == (6100, 100)


@pytest.fixture(scope="module")
def imap() -> Iterator[Imap]:
    """A mailbox server."""
    with dovecot() as server:
        yield server


def test_scan_account_lets_the_server_search(pamit: Run, imap: Imap) -> None:
    """Of the inbox what the server finds, of the sent mails the headers; nothing is marked as read."""
    for data in (invitation(1), news(1), invitation(2), news(2)):
        imap.put(RANI, data)
    imap.put(RANI, answer(1), imap.sent)
    wanted = ("--imap", f"127.0.0.1:{imap.port}/plain", "--smtp", "127.0.0.1:1/plain", "--no-test", "--password-file", "-")
    done = pamit("account", "add", RANI, *wanted, stdin=PASSWORD + "\n")
    assert done.returncode == 0, done.stderr
    before = imap.mails(RANI)
    found = record(pamit("scan", RANI, "--now", NOW, "--json"))
    assert imap.mails(RANI) == before
    assert sorted((one["message_id"], one["answer"] and one["answer"]["purpose"]) for one in found["invitations"]) == [
        ("<1@lentera.example>", "confirm"), ("<2@lentera.example>", None),
    ]  # fmt: skip
    assert found["looked"] == 3
    thorough = record(pamit("scan", RANI, "--now", NOW, "--json", "--thorough"))
    assert (thorough["looked"], thorough["invitations"]) == (5, found["invitations"])


def test_scan_account_that_is_none(pamit: Run) -> None:
    """Neither a file nor an account."""
    assert b"no-account" in pamit("scan", "nobody@example.com").stderr
    assert b"no-such-file" in pamit("scan", "nowhere").stderr
