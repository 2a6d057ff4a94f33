"""A process that is killed at any point of sending: never two deliveries, none lost that was shown as sent, doubts are said."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pamit.adapters.archive import ZipArchive
from pamit.adapters.seal import AgeSeal
from pamit.adapters.smtp import SmtpTransport
from pamit.adapters.store import open_store
from pamit.domain.account import Account, Auth, Security, Server
from pamit.domain.interview import Candidate
from pamit.domain.invitation import Fact, Invitation
from pamit.domain.message import Draft
from pamit.domain.outbox import LEASE, SendState
from pamit.domain.terms import Channel, EventKind, InvitationKind, Language, Purpose
from pamit.formats.email import parse_email
from pamit.services.origin import source_of
from pamit.services.pamit import Pamit

from .smtp_server import Script, ScriptedServer

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and kill")

NOW = datetime(2026, 11, 24, 9, tzinfo=timezone(timedelta(hours=7)))
RUNS = int(os.environ.get("PAMIT_TEST_SEND_KILLS", "68"))
POINTS = (
    "prepared", "approved", "before-claim", "claim-uncommitted", "claimed", "connect", "connected", "mail", "rcpt", "data",
    "body", "dot", "dotted", "taken", "answered", "before-settling", "settling-uncommitted", "settled",
)  # fmt: skip
TEXT = "Yth. Ibu Ratna Dewi,\n\nSaya akan hadir pada wawancara untuk posisi Kasir di PT Toko Baru.\n\nHormat saya,\nRani Kusuma"
RANI = Candidate("Rani Kusuma", "rani@kirim.example")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Counted:
    """A store that dies at a unit for writing: before it, within it before it is kept, or after it."""

    def __init__(self, store: Any) -> None:
        self.store = store
        self.count = 0
        self.deaths: dict[tuple[int, str], bool] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    @contextmanager
    def writing(self) -> Iterator[Any]:
        self.count += 1
        number = self.count
        if (number, "before") in self.deaths:
            die()
        with self.store.writing() as unit:
            yield unit
            if (number, "within") in self.deaths:
                die()
        if (number, "after") in self.deaths:
            die()


def home(tmp_path: Path, port: int) -> tuple[str, str]:
    """A memory with an account and a case; its address and the case."""
    address = f"sqlite:///{tmp_path / 'home' / 'pamit.db'}"
    facts = {
        "company": "PT Toko Baru",
        "position": "Kasir",
        "start": NOW + timedelta(days=3),
        "contact_email": "hr@toko.example",
    }
    read = Invitation(
        "",
        InvitationKind.INVITATION,
        Language.ID,
        {key: Fact(value) for key, value in facts.items()},
        received=NOW,  # type: ignore
    )
    with Pamit(open_store(address), ZipArchive(), AgeSeal()) as pamit:
        pamit.put_account(Account("rani@kirim.example", Server("127.0.0.1", port, Security.PLAIN), auth=Auth.NONE))
        case = pamit.add(read, source_of(b"undangan"), NOW).dossier.id
    return address, case


def send(address: str, case: str, point: str, on_step: Callable[[str], None] | None = None) -> None:
    """Prepare, approve and hand over one message, and die at a point of it."""
    store = Counted(open_store(address))
    base = {"before-claim": (3, "before"), "claim-uncommitted": (3, "within"), "claimed": (3, "after")}
    ends = {"before-settling": (4, "before"), "settling-uncommitted": (4, "within"), "settled": (4, "after")}
    starts = {"prepared": (1, "after"), "approved": (2, "after")}
    for name, place in (base | ends | starts).items():
        if name == point:
            store.deaths[place] = True

    def step(name: str) -> None:
        if name == point:
            die()

    transport = SmtpTransport(lambda _: None, allow_plain=True, on_step=on_step or step)
    with Pamit(store, ZipArchive(), AgeSeal()) as pamit:  # type: ignore[arg-type]
        draft = Draft(Channel.EMAIL, TEXT, Language.ID, Purpose.CONFIRM, "Konfirmasi")
        shown = pamit.prepare(case, draft, RANI, NOW, random=os.urandom)
        pamit.approve(shown.message.id, shown.message.digest, NOW, override="diuji")
        pamit.deliver(transport, NOW, owner="uji")


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_any_point_a_message_goes_at_most_once(tmp_path: Path, point: str) -> None:
    """Whatever was delivered is at most one copy; accepted means delivered; what is in doubt is said to be unknown."""
    for run in range(max(1, RUNS // len(POINTS))):
        with ScriptedServer() as server:
            address, case = home(tmp_path / str(run), server.port)
            child = os.fork()
            if child == 0:
                try:
                    sys.stderr = open(os.devnull, "w")  # noqa: SIM115
                    send(address, case, point)
                finally:
                    os._exit(0)
            if point == "taken":
                server.script = Script(on_command=partial(kill_at_the_dot, child))
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
            judge(address, case, server)


def kill_at_the_dot(child: int, said: str) -> None:
    """The server has the whole message, and the client will never hear of it."""
    if said == "dot":
        os.kill(child, signal.SIGKILL)


def judge(address: str, case: str, server: ScriptedServer) -> None:
    """What holds after any death, and after everybody who may go on has gone on."""
    transport = SmtpTransport(lambda _: None, allow_plain=True)
    with Pamit(open_store(address), ZipArchive(), AgeSeal()) as pamit:
        later = NOW + LEASE + timedelta(seconds=1)
        first = {one.id: one.state for one in pamit.outbox()}
        for _ in range(2):
            pamit.deliver(transport, later, owner="anderer")
        messages = pamit.outbox()
        said = [event for event in pamit.case(case).case.events if event.kind == EventKind.MESSAGE_SENT]
    assert len(server.taken) <= 1
    assert len(messages) <= 1
    for one in messages:
        assert one.state in (SendState.DRAFT, SendState.ACCEPTED, SendState.UNKNOWN)
        if one.state == SendState.ACCEPTED:
            assert [parse_email(body).message_id for _, body in server.taken] == [one.message_id]
        if first[one.id] == SendState.SENDING:
            assert one.state == SendState.UNKNOWN
        assert len(said) == (1 if one.state == SendState.ACCEPTED else 0)
