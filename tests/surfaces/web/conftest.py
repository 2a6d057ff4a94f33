"""A memory of one's own, and a browser's manners without a browser."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path
from secrets import token_hex
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import uvicorn
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from fastapi.testclient import TestClient
from httpx import Response

from pamit.bootstrap import open_pamit
from pamit.config import keep_settings, load_config
from pamit.surfaces.web.app import create_app
from pamit.surfaces.web.guard import Keys
from pamit.surfaces.web.serving import listen
from pamit.surfaces.web.site import Site

from .browser import Opener, Tab, look_at

JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=JAKARTA)
ORIGIN = "http://127.0.0.1:8477"

WHATSAPP = """\
Selamat pagi Kak, saya Sinta dari HRD PT Lembah Cahaya.

Terima kasih sudah melamar sebagai Staf Gudang. Kami mengundang Kakak untuk wawancara pada Jumat, 27 November 2026
pukul 10.00 WIB di kantor PT Lembah Cahaya, Jl. Melati No. 5, Bandung.

Mohon konfirmasi paling lambat Rabu, 25 November 2026 pukul 12.00 WIB. Pertanyaan bisa lewat WA 0812-0000-1234. Terima kasih.
"""


@dataclass
class Visitor:
    """Somebody at a browser: follows links, sends the forms of a page as they stand."""

    client: TestClient
    site: Site

    def get(self, path: str, status: int = 200) -> Response:
        """Open a page."""
        answer = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code, words_of(answer)[-400:])
        return answer

    def tokens(self) -> dict[str, str]:
        """The hidden fields of any form."""
        return {"form_token": self.site.keys.form_token(self.client.cookies["pamit"]), "once": token_hex(8)}

    def post(self, path: str, fields: Mapping[str, object] | None = None, status: int = 200, **more: object) -> Response:
        """Send a form."""
        data = {**self.tokens(), **(fields or {})}
        answer = self.client.post(path, data=data, headers={"origin": ORIGIN}, **more)  # type: ignore[arg-type]
        assert answer.status_code == status, (path, answer.status_code, words_of(answer)[-400:])
        return answer

    def kept(self, text: str = WHATSAPP, **fields: str) -> str:
        """Keep an invitation; the id of its case."""
        review = self.post("/add", {"text": text, "channel": "whatsapp"})
        case = self.post(review.url.path, {**fields_of(review), **fields})
        return case.url.path.rpartition("/")[2]


def words_of(answer: Response) -> str:
    """What a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def fields_of(answer: Response) -> dict[str, str]:
    """The fields of the forms on a page, with what stands in them."""
    main = answer.text.partition("<main")[2]
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", main):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        unticked = re.search(r'type="(checkbox|radio|file)"', tag) and " checked" not in tag
        if name and not unticked:
            found[name[1]] = unescape(value[1]) if value else ""
    for name, options in re.findall(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', main, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        found[name] = unescape(chosen[1]) if chosen else ""
    return {name: value for name, value in found.items() if name not in ("form_token", "once")}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The app's state on a fresh memory; the clock stands at :data:`NOW`."""
    for name in ("PAMIT_NAME", "PAMIT_EMAIL", "PAMIT_PHONE", "PAMIT_CITY", "PAMIT_LANGUAGE", "PAMIT_DATABASE", "PAMIT_DAYS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PAMIT_HOME", str(tmp_path / "home"))
    with open_pamit() as pamit:
        yield Site(
            pamit,
            Keys(),
            settings=load_config,
            clock=lambda: NOW,
            here=lambda: JAKARTA,
            keep_settings=lambda changes: keep_settings(load_config().home, changes),
        )


@pytest.fixture
def stranger(site: Site) -> TestClient:
    """A client that was never let in."""
    return TestClient(create_app(site, 8477), base_url=ORIGIN, follow_redirects=False)


@pytest.fixture
def visitor(site: Site) -> Visitor:
    """A client that came by the link of the start; speaks Indonesian and has no name yet."""
    client = TestClient(create_app(site, 8477), base_url=ORIGIN)
    assert client.get(f"/start?token={site.keys.start}").status_code == 200
    return Visitor(client, site)


@pytest.fixture
def known(visitor: Visitor) -> Visitor:
    """A visitor whose name is known."""
    visitor.site.keep_settings({"name": "Rani Kusuma", "email": "rani@surel.example"})
    return visitor


# -- a real browser ---------------------------------------------------------------------------------------------------


@pytest.fixture
def home(site: Site) -> Iterator[str]:
    """The app served on a free port: its address without a slash at the end."""
    listener = listen(0)
    port = listener.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(site, port), log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def open_tab(browser: Any, home: str, site: Site) -> Iterator[Opener]:
    """Opens the app by the link of its start; takes what :func:`look_at` takes."""
    opened: list[Tab] = []

    def opener(**wishes: Any) -> Tab:
        opened.append(look_at(browser, home, site.keys.start, **wishes))
        return opened[-1]

    yield opener
    for tab in opened:
        tab.page.context.close()


# -- a mail server ----------------------------------------------------------------------------------------------------


class _Box:
    """Keeps what was taken."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(envelope)
        return "250 OK"


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A mail server on this machine, and where it listens."""
    monkeypatch.setenv("PAMIT_ALLOW_PLAIN_LOOPBACK", "1")
    found = _Box()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(found, hostname="127.0.0.1", port=port)
    controller.start()
    yield found, port
    controller.stop()
