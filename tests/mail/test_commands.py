"""Mail from the command line: whole processes, a home of their own, a server that counts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from .servers import PASSWORD, Imap, dovecot
from .smtp_server import Script, ScriptedServer

MAIL = Path(__file__).resolve().parents[2] / "examples" / "undangan-surel.eml"
NOW = "2026-11-24T09:00:00+07:00"
RANI = "rani.kusuma@example.com"
WANTED = ("--purpose", "confirm", "--name", "Rani Kusuma", "--now", NOW)

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="module")
def imap() -> Iterator[Imap]:
    """A mailbox server."""
    with dovecot() as server:
        yield server


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """An SMTP server that counts."""
    with ScriptedServer() as found:
        yield found


@pytest.fixture
def pamit(tmp_path: Path) -> Run:
    """Runs the command line, in English, with a home of its own."""

    def run(*arguments: object, stdin: str = "") -> subprocess.CompletedProcess[bytes]:
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("PAMIT_", "LC_", "LANG"))}
        own = {"PAMIT_LANGUAGE": "en", "PAMIT_HOME": str(tmp_path / "home"), "PAMIT_SECRETS": "file"}
        settings = {**clean, **own, "PAMIT_ALLOW_PLAIN_LOOPBACK": "1"}
        command = [sys.executable, "-m", "pamit", *map(str, arguments)]
        return subprocess.run(command, input=stdin.encode(), capture_output=True, env=settings, check=False)

    return run


def record(done: subprocess.CompletedProcess[bytes], status: int = 0) -> dict[str, Any]:
    assert (done.returncode, done.stderr.decode()) == (status, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def with_account(pamit: Run, server: ScriptedServer, imap: Imap | None = None) -> str:
    """An account that works, and a case; the case."""
    more = ("--imap", f"127.0.0.1:{imap.port}/plain") if imap else ()
    wanted = ("--smtp", f"127.0.0.1:{server.port}/plain", *more, "--name", "Rani Kusuma", "--password-file", "-")
    done = pamit("account", "add", RANI, *wanted, stdin=PASSWORD + "\n")
    assert done.returncode == 0, done.stderr
    return str(record(pamit("add", MAIL, "--now", NOW, "--json"))["case"])


def test_account_is_added_tested_and_removed_with_its_secret(pamit: Run, server: ScriptedServer, tmp_path: Path) -> None:
    """The password stands in the file of secrets alone: not in the database, not in what is printed."""
    with_account(pamit, server)
    listed = record(pamit("account", "list", "--json"))
    assert listed["accounts"][0]["smtp"] == f"127.0.0.1:{server.port}/plain"
    assert pamit("account", "test", RANI).returncode == 0
    holders = [file.name for file in (tmp_path / "home").iterdir() if PASSWORD.encode() in file.read_bytes()]
    assert holders == ["secrets.json"]
    assert pamit("account", "remove", RANI).returncode == 0
    assert PASSWORD.encode() not in (tmp_path / "home" / "secrets.json").read_bytes()
    assert record(pamit("account", "list", "--json")) == {"accounts": []}


def test_account_whose_login_is_refused_is_not_kept(pamit: Run, tmp_path: Path) -> None:
    """The reason is said in plain words, and the password is forgotten."""
    with ScriptedServer(Script({"AUTH": "535 5.7.8 wrong"})) as server:
        done = pamit(
            "account", "add", RANI, "--smtp", f"127.0.0.1:{server.port}/plain", "--password-file", "-", stdin=PASSWORD + "\n"
        )
    assert (done.returncode, b"refused the name or the password" in done.stderr) == (77, True)
    assert record(pamit("account", "list", "--json")) == {"accounts": []}
    assert PASSWORD.encode() not in (tmp_path / "home" / "secrets.json").read_bytes()


def test_preview_then_send_by_its_digest(pamit: Run, server: ScriptedServer) -> None:
    """What was shown goes; said again it does not go again."""
    case = with_account(pamit, server)
    shown = record(pamit("send", case, *WANTED, "--preview", "--json"))
    assert (shown["to"], server.taken) == (["ratih.kurnia@samudrateknik.example"], [])
    yes = ("send", case, *WANTED, "--yes", "--digest", shown["digest"], "--json")
    assert record(pamit(*yes))["state"] == "accepted"
    assert record(pamit(*yes))["state"] == "accepted"
    assert len(server.taken) == 1
    assert server.taken[0][0] == ("ratih.kurnia@samudrateknik.example",)


def test_preview_in_words_shows_every_address_and_the_digest(pamit: Run, server: ScriptedServer) -> None:
    """Without a terminal nothing is asked and nothing goes."""
    case = with_account(pamit, server)
    done = pamit("send", case, *WANTED, "--to", "Sari <sari@samudrateknik.example>", "--cc", "hr@samudrateknik.example")
    said = done.stdout.decode()
    assert (done.returncode, server.taken) == (0, [])
    for wanted in (
        "Sari <sari@samudrateknik.example>",
        "hr@samudrateknik.example",
        "--yes --digest",
        "Friday, 27 November 2026",
    ):
        assert wanted in said


def test_yes_needs_the_digest(pamit: Run, server: ScriptedServer) -> None:
    """A yes to nothing in particular is none."""
    case = with_account(pamit, server)
    assert pamit("send", case, *WANTED, "--yes").returncode == 65
    assert pamit("send", case, *WANTED, "--yes", "--digest", "0" * 64).returncode == 66


def test_own_words_are_sent_and_checked(pamit: Run, server: ScriptedServer, tmp_path: Path) -> None:
    """With their own subject line; errors block."""
    case = with_account(pamit, server)
    words = tmp_path / "surat.txt"
    words.write_text("Subjek: Kabar\n\nSaya tidak datang!!! Kalian tidak profesional.\n")
    done = pamit("send", case, *WANTED, "--text", words, "--preview", "--json")
    shown = record(done, 1)
    assert shown["blocks"]
    refused = pamit("send", case, *WANTED, "--yes", "--digest", shown["digest"])
    assert (refused.returncode, b"has-errors" in refused.stderr) == (77, True)


def test_later_is_listed_and_taken_back(pamit: Run, server: ScriptedServer) -> None:
    """Until its moment it can be undone."""
    case = with_account(pamit, server)
    shown = record(pamit("send", case, *WANTED, "--preview", "--json"))
    later = ("--later", "2026-11-24T13:00:00+07:00", "--json")
    kept = record(pamit("send", case, *WANTED, "--yes", "--digest", shown["digest"], *later))
    assert kept["state"] == "approved"
    assert record(pamit("outbox", "cancel", kept["id"], "--json"))["state"] == "cancelled"
    assert pamit("outbox").stdout == b"There are no messages.\n"
    assert server.taken == []


def test_doubtful_message_is_settled_by_the_persons_word(pamit: Run) -> None:
    """It is said in words what to do."""
    with ScriptedServer(Script(after_taken=True)) as server:
        case = with_account(pamit, server)
        shown = record(pamit("send", case, *WANTED, "--preview", "--json"))
        done = pamit("send", case, *WANTED, "--yes", "--digest", shown["digest"])
        assert (done.returncode, b"in doubt" in done.stdout) == (1, True)
        assert pamit("outbox", "resolve", shown["id"]).returncode == 66
        assert record(pamit("outbox", "resolve", shown["id"], "--sent", "--json"))["state"] == "accepted"
        assert len(server.taken) == 1
    assert "message_sent" in pamit("show", case, "--json").stdout.decode()


def test_mail_is_synced_listed_accepted_and_answered(pamit: Run, server: ScriptedServer, imap: Imap) -> None:
    """The loop from the command line, with a real mailbox."""
    case = with_account(pamit, server, imap)
    shown = record(pamit("send", case, *WANTED, "--preview", "--json"))
    sent = record(pamit("send", case, *WANTED, "--yes", "--digest", shown["digest"], "--json"))
    assert sent["filed"] == "appended"
    imap.put(
        RANI,
        b"From: Ratih Kurniasari <ratih.kurnia@samudrateknik.example>\r\nTo: rani.kusuma@example.com\r\n"
        b"Subject: Re: Undangan\r\n"
        b"Date: Tue, 24 Nov 2026 10:00:00 +0700\r\nMessage-ID: <j.1@samudrateknik.example>\r\nIn-Reply-To: "
        + sent["message_id"].encode()
        + b"\r\n\r\nBaik, terima kasih atas konfirmasinya. Sampai jumpa hari Jumat.\r\n",
    )
    later = "2026-11-24T11:00:00+07:00"
    (proposal,) = record(pamit("sync", "--now", later, "--json"))["proposals"]
    assert (proposal["case"], proposal["meaning"]) == (case, "confirmed")
    assert b"The employer confirms" in pamit("inbox").stdout
    assert pamit("inbox", "accept", "--all", "--now", later).returncode == 0
    assert pamit("inbox").stdout == b"There are no proposals.\n"


def test_handover_without_an_account(pamit: Run, tmp_path: Path) -> None:
    """A mail as a file, a chat as a link; both are asked about later."""
    case = str(record(pamit("add", MAIL, "--now", NOW, "--json"))["case"])
    file = tmp_path / "jawaban.eml"
    done = pamit("handover", case, *WANTED, "--email", RANI, "--via", "eml", "-o", file)
    assert (done.returncode, file.read_bytes().startswith(b"From: Rani Kusuma")) == (0, True)
    link = pamit("handover", case, *WANTED, "--via", "whatsapp")
    assert link.stdout.startswith(b"https://wa.me/62")
    messages = record(pamit("outbox", "list", "--json"))["messages"]
    assert [one["state"] for one in messages] == ["handed_over", "handed_over"]
    assert record(pamit("outbox", "resolve", messages[0]["id"], "--sent", "--json"))["state"] == "accepted"


@pytest.mark.skipif(sys.platform == "win32", reason="stops by a signal of POSIX")
def test_worker_says_no_word_of_any_mail(pamit: Run, server: ScriptedServer, imap: Imap, tmp_path: Path) -> None:
    """What it says ends in the system's log: ids, states and cases; what a mail says is seen by whoever opens it."""
    case = with_account(pamit, server, imap)
    shown = record(pamit("send", case, *WANTED, "--preview", "--json"))
    later = (datetime.fromisoformat(NOW) + timedelta(seconds=1)).isoformat()
    yes = ("--yes", "--digest", shown["digest"], "--later", later, "--override", "diuji", "--json")
    assert record(pamit("send", case, *WANTED, *yes))["state"] == "approved"
    moment = format_datetime(datetime.now(UTC))
    imap.put(
        RANI,
        b"From: Sinta <sinta@lembah.example>\r\nTo: rani.kusuma@example.com\r\nSubject: Undangan Wawancara Kasir\r\nDate: "
        + moment.encode()
        + b"\r\nMessage-ID: <log.1@lembah.example>\r\n\r\nKami mengundang Anda untuk wawancara posisi Kasir di "
        b"PT Lembah Cahaya pada 4 Desember 2026 pukul 10.00 WIB di Jl. Melati 5.\r\n",
    )
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PAMIT_")}
    own = {"PAMIT_HOME": str(tmp_path / "home"), "PAMIT_SECRETS": "file", "PAMIT_ALLOW_PLAIN_LOOPBACK": "1"}
    command = [sys.executable, "-m", "pamit", "worker", "--notify", "line", "--language", "en"]
    said = tmp_path / "said"
    with said.open("wb") as out:
        worker = subprocess.Popen(command, env={**clean, **own}, stdout=out, stderr=out)
    try:
        for _ in range(600):
            proposals = record(pamit("inbox", "list", "--json"))["proposals"]
            # The mailbox is that of other tests too.
            new = [one for one in proposals if one["subject"] == "Undangan Wawancara Kasir"]
            # Both rounds have told what they did, whichever comes first.
            if new and all(id_ in said.read_text() for id_ in (shown["id"], new[0]["id"])):
                break
            time.sleep(0.2)
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait()
    (proposal,) = new
    lines = [line for line in said.read_text().splitlines() if line.startswith((shown["id"], proposal["id"]))]
    assert sorted(lines) == sorted([f"{shown['id']}  sent  {case}", f"{proposal['id']}  An invitation  → a new case"])
    assert [word for word in ("@", "Undangan", "Kasir", "Lembah") if word in said.read_text()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="stops by a signal of POSIX")
def test_worker_sends_what_was_approved_for_later(pamit: Run, server: ScriptedServer, tmp_path: Path) -> None:
    """Its moment comes while nobody watches; once, though two workers run."""
    case = with_account(pamit, server)
    wanted = ("--purpose", "acknowledge", "--name", "Rani Kusuma")
    shown = json.loads(pamit("send", case, *wanted, "--preview", "--json").stdout)
    later = (datetime.now(UTC) + timedelta(seconds=3)).isoformat()
    yes = ("--yes", "--digest", shown["digest"], "--later", later, "--override", "diuji", "--json")
    assert record(pamit("send", case, *wanted, *yes))["state"] == "approved"
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PAMIT_")}
    own = {"PAMIT_HOME": str(tmp_path / "home"), "PAMIT_SECRETS": "file", "PAMIT_ALLOW_PLAIN_LOOPBACK": "1"}
    command = [sys.executable, "-m", "pamit", "worker", "--notify", "line"]
    workers = [subprocess.Popen(command, env={**clean, **own}, stdout=subprocess.DEVNULL) for _ in range(2)]
    try:
        for _ in range(1_200):
            if record(pamit("outbox", "show", shown["id"], "--json"))["state"] == "accepted":
                break
            time.sleep(0.2)
    finally:
        for one in workers:
            one.send_signal(signal.SIGTERM)
        assert [one.wait() for one in workers] == [0, 0]
    assert [to for to, _ in server.taken] == [("ratih.kurnia@samudrateknik.example",)]
