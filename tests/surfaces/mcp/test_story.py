"""An assistant answers an invitation over a real process, up to a mail that waits; the person alone lets it go."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from mcp.client.client import Client

from pamit.bootstrap import open_pamit
from pamit.domain.account import Account, Auth, Security, Server
from pamit.domain.calendar.wording import write_day
from pamit.domain.outbox import SendState
from pamit.domain.terms import EventKind, Language, Stage
from pamit.services.pamit import Pamit
from pamit.services.ports import Listing

from .conftest import OWN, Run, call


class _Box:
    """Keeps what was taken."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(envelope)
        return "250 OK"


@pytest.fixture
def box(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Envelope]]:
    """A mail server on this machine, and an account that sends by it."""
    monkeypatch.setenv("PAMIT_ALLOW_PLAIN_LOOPBACK", "1")
    found = _Box()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(found, hostname="127.0.0.1", port=port)
    controller.start()
    with open_pamit() as pamit:
        pamit.put_account(Account(OWN, Server("127.0.0.1", port, Security.PLAIN), auth=Auth.NONE, name="Rani Kusuma"))
    yield found.taken
    controller.stop()


def invitation(now: datetime) -> str:
    day = now.date() + timedelta(days=9)
    return (
        "Yth. Sdri. Rani Kusuma,\n\nKami mengundang Saudari untuk wawancara posisi Staf Gudang di PT Lembah Cahaya pada "
        f"{write_day(day, Language.ID)} pukul 10.00 WIB di kantor kami, Jl. Melati No. 5, Bandung.\n\n"
        "Mohon konfirmasi ke Ibu Sinta, sinta@lembah.example.\n"
    )


def cases(pamit: Pamit) -> int:
    return len(pamit.list(Listing(), datetime.now().astimezone()))


def test_answer_this_invitation_waits_for_the_person(spoken: Run, box: list[Envelope], tmp_path: Path) -> None:
    """Reading keeps nothing; keeping, planning, writing and preparing end in a draft; only the person's yes sends it."""
    words = invitation(datetime.now().astimezone())
    seen: dict[str, Any] = {}

    async def story(client: Client) -> None:
        prompt = await client.get_prompt("answer_invitation", {"invitation": words, "wish": "decline, another offer"})
        assert words.splitlines()[2] in prompt.messages[0].content.text  # type: ignore[union-attr]
        read = await call(client, "read_invitation", text=words, channel="email")
        assert (read["kind"], read["untrusted_text"]["company"]) == ("invitation", "PT Lembah Cahaya")
        with open_pamit() as pamit:
            assert cases(pamit) == 0
        kept = await call(client, "keep_invitation", text=words, channel="email")
        case = kept["case"]
        plan = await call(client, "plan_case", case=case, decision="decline", reason="other_offer")
        assert [step["do"] for step in plan["steps"]][-1] == "decline"
        written = await call(client, "write_message", case=case, purpose="decline", reason="other_offer")
        text = written["untrusted_text"]["text"]
        subject = written["untrusted_text"]["subject"]
        checked = await call(client, "check_message", text=text, subject=subject, case=case, purpose="decline")
        assert [one["rule"] for one in checked["findings"] if one["severity"] != "hint"] == []
        prepared = await call(client, "prepare_message", case=case, purpose="decline", reason="other_offer")
        assert prepared["state"] == "draft"
        assert prepared["untrusted_text"]["to"] == ["sinta@lembah.example"]
        waiting = await call(client, "list_messages")
        assert [(one["id"], one["state"]) for one in waiting["messages"]] == [(prepared["id"], "draft")]
        shown = await call(client, "show_message", message=prepared["id"])
        assert text.splitlines()[0] in shown["untrusted_text"]["plain"]["text"]
        seen.update(case=case, message=prepared["id"], digest=prepared["digest"])

    spoken(story)
    assert box == []
    with open_pamit() as pamit:
        assert [one.state for one in pamit.outbox()] == [SendState.DRAFT]
        assert [entry.kind for entry in pamit.case(seen["case"]).entries] == ["added"]

    command = [sys.executable, "-m", "pamit", "send", seen["case"], "--purpose", "decline", "--digest", seen["digest"]]
    done = subprocess.run([*command, "--yes", "--json"], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["state"] == "accepted"
    assert [one.rcpt_tos for one in box] == [["sinta@lembah.example"]]
    with open_pamit() as pamit:
        assert pamit.case(seen["case"]).entries[-1].event.kind == EventKind.MESSAGE_SENT  # type: ignore[union-attr]
    assert (tmp_path / "log").read_text("utf-8") == ""


def test_handing_over_leaves_the_sending_to_the_person(spoken: Run, box: list[Envelope]) -> None:
    """What was given out is kept as handed over; whether it was sent stays open, and no mail goes."""
    words = invitation(datetime.now().astimezone())

    async def story(client: Client) -> None:
        case = (await call(client, "keep_invitation", text=words, channel="email"))["case"]
        given = await call(client, "hand_over", case=case, purpose="confirm", via="mailto")
        assert given["state"] == "handed_over"
        assert given["untrusted_text"]["given"].startswith("mailto:sinta@lembah.example?")
        noted = await call(client, "note_event", case=case, kind="message_sent", purpose="confirm", channel="email")
        assert noted["plan"]["stage"] == Stage.SCHEDULED

    spoken(story)
    assert box == []
    with open_pamit() as pamit:
        assert [one.state for one in pamit.outbox()] == [SendState.HANDED_OVER]
