"""The server for AI assistants, over real pipes: how long it takes to start, and every tool on a memory with 1,000 cases."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

CASES = 1_000
STARTS = 7
ROUNDS = 40
OWN = "rani@surel.example"


class Session:
    """A client that speaks the protocol by hand, so that only the server is measured."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.number = 0

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        self.number += 1
        self._say({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params})
        assert self.process.stdout is not None
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer or answer["result"].get("isError"):
            raise RuntimeError(answer)
        found: dict[str, Any] = answer["result"]
        return found

    def call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        found: dict[str, Any] = self.ask("tools/call", name=tool, arguments=arguments)["structuredContent"]
        return found

    def greet(self) -> None:
        client = {"name": "bench", "version": "1"}
        self.ask("initialize", protocolVersion="2025-06-18", capabilities={}, clientInfo=client)
        self._say({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def _say(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()


@contextmanager
def session(home: str) -> Iterator[tuple[Session, float]]:
    """A server in a process of its own, and when it was started."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PAMIT_HOME": home, "PAMIT_NAME": "Rani Kusuma", "PAMIT_EMAIL": OWN}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "pamit", "mcp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    try:
        yield Session(process), begun
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(10)


def invitation(number: int, day: datetime) -> str:
    return (
        f"Kami mengundang Saudari Rani untuk wawancara posisi Staf Gudang {number} di PT Lembah Cahaya {number} pada "
        f"{day:%d/%m/%Y} pukul {8 + number % 9:02}.00 WIB di Jl. Melati No. 5, Bandung. "
        f"Kontak: Ibu Sinta, sinta{number}@lembah.example."
    )


def fill(home: str) -> None:
    """Put cases and a mail account into the memory."""
    os.environ["PAMIT_HOME"] = home
    from pamit.bootstrap import open_pamit
    from pamit.domain.account import Account, Auth, Security, Server
    from pamit.services.intake import read_source
    from pamit.services.origin import source_of

    now = datetime.now().astimezone()
    with open_pamit() as pamit:
        pamit.put_account(Account(OWN, Server("127.0.0.1", 2525, Security.PLAIN), auth=Auth.NONE, name="Rani Kusuma"))
        for number in range(CASES):
            text = invitation(number, now + timedelta(days=3 + number % 40))
            pamit.add(read_source(text, channel="email", received=now), source_of(text.encode()), now, new=True)


def assistants() -> str:
    """The server for assistants."""
    with tempfile.TemporaryDirectory() as home:
        fill(home)
        starts = []
        for turn in range(STARTS + 1):
            with session(home) as (spoken, begun):
                spoken.greet()
                spoken.ask("tools/list")
                if turn:
                    starts.append(time.perf_counter() - begun)
        with session(home) as (spoken, _):
            spoken.greet()
            seconds = _calls(spoken)
    lines = [
        "### The server for AI assistants (MCP)",
        "",
        f"From starting the process to the list of tools: {1000 * statistics.median(starts):.0f} ms. "
        f"Calls over the pipe, on a memory with {CASES:,} cases:",
        "",
        "| tool | milliseconds | slowest tenth |",
        "| --- | ---: | ---: |",
    ]
    for name, spent in seconds.items():
        slow = sorted(spent)[int(len(spent) * 0.9)]
        lines.append(f"| `{name}` | {1000 * statistics.median(spent):.1f} | {1000 * slow:.1f} |")
    return "\n".join([*lines, ""])


def _calls(spoken: Session) -> dict[str, list[float]]:
    case = spoken.call("list_cases", limit=1)["cases"][0]["case"]
    draft = {"text": "Halo kak, maaf saya gak bisa dateng besok. Makasih.", "case": case}
    message = spoken.call("prepare_message", case=case, purpose="confirm")["id"]
    text = invitation(1, datetime.now().astimezone() + timedelta(days=5))
    calls: dict[str, dict[str, Any]] = {
        "read_invitation": {"text": text},
        "keep_invitation": {"text": text, "case": case},
        "list_due": {},
        "list_cases": {},
        "show_case": {"case": case, "with_messages": True},
        "plan_case": {"case": case, "decision": "decline"},
        "write_message": {"case": case, "purpose": "decline"},
        "check_message": draft,
        "fix_message": draft,
        "prepare_message": {"case": case, "purpose": "decline"},
        "hand_over": {"case": case, "purpose": "confirm", "via": "mailto"},
        "show_message": {"message": message},
        "list_messages": {},
        "note_event": {"case": case, "words": "Sudah ditelepon."},
    }
    seconds: dict[str, list[float]] = {}
    for name, arguments in calls.items():
        spoken.call(name, **arguments)
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            spoken.call(name, **arguments)
            seconds.setdefault(name, []).append(time.perf_counter() - begun)
    return seconds


if __name__ == "__main__":
    sys.stdout.write(assistants() + "\n")
