"""A desk on a memory of its own with a fixed clock, and clients to it: within this process, and over a real process."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

pytest.importorskip("mcp.server.mcpserver", reason="the extra pamit[mcp] is not installed")

from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from pamit.adapters.store import writing
from pamit.bootstrap import open_pamit
from pamit.config import load_config
from pamit.domain.account import Account, Auth, Security, Server
from pamit.domain.terms import Language
from pamit.surfaces.mcp.desk import Desk
from pamit.surfaces.mcp.server import create_server

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
OWN = "rani.kusuma@surel.example"

INVITATION = """\
Yth. Sdri. Rani Kusuma,

Kami mengundang Saudari untuk wawancara posisi Staf Gudang di PT Lembah Cahaya pada Jumat, 27 November 2026 pukul
10.00 WIB di kantor kami, Jl. Melati No. 5, Bandung.

Mohon konfirmasi ke Ibu Sinta, sinta@lembah.example.
"""

Story = Callable[[Client], Awaitable[Any]]
Run = Callable[[Story], Any]


class Bytes:
    """Bytes that are never the same and always the same in a test that runs again."""

    def __init__(self) -> None:
        self.given = count(1)

    def __call__(self, size: int) -> bytes:
        return next(self.given).to_bytes(size, "big")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, and a person who is known."""
    for name in [name for name in os.environ if name.startswith(("PAMIT_", "LC_", "LANG"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PAMIT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PAMIT_NAME", "Rani Kusuma")
    monkeypatch.setenv("PAMIT_EMAIL", OWN)
    return tmp_path / "home"


@pytest.fixture
def desk(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk on a fresh memory with a mail account; clock, ids and marks are the same in every run."""
    ids = Bytes()
    monkeypatch.setattr(writing.secrets, "token_hex", lambda size: ids(size).hex())
    monkeypatch.setattr(writing, "make_case_id", lambda choose, longer=0: f"k{next(ids.given)}mpt"[:5])
    with open_pamit() as pamit:
        pamit.put_account(Account(OWN, Server("127.0.0.1", 2525, Security.PLAIN), auth=Auth.NONE, name="Rani Kusuma"))
        yield Desk(lambda: pamit, load_config, lambda: NOW, Language.EN, Bytes())


def _apart(story: Coroutine[Any, Any, Any]) -> Any:
    """Run in a thread of its own: a browser that other tests keep open holds this one's event loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, story).result()


@pytest.fixture
def ask(desk: Desk) -> Run:
    """Runs a story with a client on the desk."""

    def run(story: Story) -> Any:
        async def main() -> Any:
            async with Client(create_server(desk)) as client:
                return await story(client)

        return _apart(main())

    return run


@pytest.fixture
def spoken(home: Path, tmp_path: Path) -> Run:
    """Runs a story with a client of ``pamit mcp``, a process of its own; what it logs lies in ``log``."""

    def run(story: Story) -> Any:
        environment = {name: value for name, value in os.environ.items() if name.startswith("PAMIT_")}
        command = StdioServerParameters(
            command=sys.executable, args=["-m", "pamit", "mcp", "--language", "en"], env=environment
        )

        async def main() -> Any:
            with (tmp_path / "log").open("w", encoding="utf-8") as log:
                async with Client(stdio_client(command, errlog=log)) as client:
                    return await story(client)

        return _apart(main())

    return run


async def call(client: Client, tool: str, /, **arguments: Any) -> dict[str, Any]:
    """What a tool gives; it must not be an error, and its text must say the same."""
    answer = await client.call_tool(tool, arguments)
    assert not answer.is_error, answer.content
    assert answer.structured_content is not None
    return answer.structured_content


async def keep(client: Client) -> str:
    """Keep the invitation; the id of its case."""
    kept = await call(client, "keep_invitation", text=INVITATION, channel="email", received=NOW.isoformat())
    return str(kept["case"])
