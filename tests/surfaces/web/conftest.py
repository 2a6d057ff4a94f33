"""A memory of one's own, and a browser's manners without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path
from secrets import token_hex
from zoneinfo import ZoneInfo

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from pamit.bootstrap import open_pamit
from pamit.config import keep_settings, load_config
from pamit.surfaces.web.app import create_app
from pamit.surfaces.web.guard import Keys
from pamit.surfaces.web.site import Site

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
