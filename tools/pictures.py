"""The pictures of the app (docs/pictures): a phone's and a desk's screen, in both languages, in daylight and one at night.

``make pictures`` takes them with Debian's Chromium, from a memory that is filled here, with the clock at one fixed moment;
everybody in it is invented. Each picture is named after what it shows, its language and its screen.
"""

from __future__ import annotations

import os
import struct
import sys
import tempfile
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import uvicorn

from pamit.bootstrap import open_pamit
from pamit.config import keep_settings, load_config
from pamit.domain.interview import Event
from pamit.domain.terms import Channel, EventKind, Language, Purpose
from pamit.services.intake import read_source
from pamit.services.origin import Given, source_of
from pamit.services.pamit import Pamit
from pamit.surfaces.web.app import create_app
from pamit.surfaces.web.guard import Keys
from pamit.surfaces.web.serving import listen
from pamit.surfaces.web.site import Site

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
ZONE = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)
PHONE, DESK = (390, 844), (1280, 690)

INVITATIONS = {
    "gudang": (
        "whatsapp",
        timedelta(hours=2),
        """\
Selamat pagi Kak, saya Dewi dari HRD PT Samudra Teduh.

Terima kasih sudah melamar sebagai Staf Gudang. Kami mengundang Kakak wawancara pada Jumat, 27 November 2026
pukul 10.00-11.00 WIB di kantor PT Samudra Teduh, Jl. Kenanga No. 8, Semarang.

Mohon konfirmasi paling lambat Rabu, 25 November 2026 pukul 12.00 WIB. Pertanyaan bisa lewat WA 0812-0000-1234. Terima kasih.
""",
    ),
    "analis": (
        "email",
        timedelta(hours=20),
        """\
Yth. Laras Anindita,

Kami mengundang Anda mengikuti wawancara posisi Analis Data di PT Rimba Jaya Digital pada Senin, 30 November 2026 pukul
13.30-14.30 WIB melalui Zoom. Mohon konfirmasi kehadiran ke hrd@rimbajaya.example.

Salam hormat,
Bayu Prasetyo
HRD PT Rimba Jaya Digital
""",
    ),
    "barista": (
        "whatsapp",
        timedelta(days=6),
        """\
Halo Kak Laras, kami dari PT Kopi Lereng. Kakak kami undang wawancara untuk posisi Barista hari Senin, 23 November 2026
pukul 09.00 WIB di Jl. Cempaka No. 3, Semarang. Bila ada pertanyaan hubungi Ibu Ratna, WA 0812-0000-5678. Terima kasih.
""",
    ),
    "support": (
        "email",
        timedelta(hours=18),
        """\
Dear Laras,

Thank you for applying for the position of Customer Support Specialist at Harbour Lane Pte. Ltd. We would like to invite you to
an online interview on Tuesday, 1 December 2026 at 2:00 PM SGT via Google Meet. Please confirm by Thursday, 26 November 2026.

Best regards,
Wei Ling Tan
Talent Acquisition, Harbour Lane
wei.ling.tan@harbourlane.example
""",
    ),
}
NEW = """\
Selamat siang Kak Laras, saya Arif dari HRD PT Cakra Niaga

Kakak lolos seleksi berkas untuk posisi *Admin Penjualan*. Kami undang wawancara:

Hari: Kamis, 3 Desember 2026
Pukul: 14.00 WIB
Tempat: Ruko Candi Indah B-7, Semarang

Mohon konfirmasi paling lambat Jumat, 27 November 2026 ya Kak. WA saya 0812-0000-9012. Terima kasih.
"""


@dataclass(frozen=True)
class Picture:
    """One picture: what it shows, how, and what leads there."""

    name: str
    language: Language
    screen: tuple[int, int]
    path: str
    steps: tuple[tuple[str, ...], ...] = ()
    dark: bool = False

    @property
    def file(self) -> str:
        """Its file name."""
        return f"{self.name}.{'phone' if self.screen == PHONE else 'desk'}{'.dark' if self.dark else ''}.{self.language}.png"


def fill(pamit: Pamit) -> dict[str, str]:
    """Put the invented cases into a memory; their ids."""
    cases = {}
    for name, (channel, ago, text) in INVITATIONS.items():
        received = NOW - ago
        given = Given(None, received, None, None, channel)
        read = read_source(text.encode(), received=received, channel=channel, now=received)
        cases[name] = pamit.add(read, source_of(text.encode(), given), received, new=True).dossier.id
    day = timedelta(days=1)
    past = (
        ("barista", NOW - 5 * day, EventKind.MESSAGE_SENT, Purpose.CONFIRM, Channel.TEXT),
        ("barista", NOW - 4 * day, EventKind.CONFIRMATION_RECEIVED, None, None),
        ("barista", NOW - timedelta(hours=22), EventKind.ATTENDED, None, None),
        ("analis", NOW - timedelta(hours=16), EventKind.MESSAGE_SENT, Purpose.CONFIRM, Channel.EMAIL),
    )
    for name, at, kind, purpose, channel in past:
        pamit.note(cases[name], at, event=Event(at, kind, purpose, channel))
    return cases


def pictures(cases: dict[str, str]) -> Iterator[Picture]:
    """All of them."""
    write = f"/cases/{cases['gudang']}/write?purpose=decline&reason=other_offer"
    review = (("fill", "text", NEW), ("press", "add.read"))
    for language in Language:
        yield Picture("today", language, PHONE, "/")
        yield Picture("review", language, PHONE, "/add", review)
        yield Picture("write", language, PHONE, write + f"&language={language}", (("scroll", "#preview"),))
        yield Picture("case", language, DESK, f"/cases/{cases['barista']}")
        yield Picture("calendar", language, DESK, "/calendar", (("scroll", "main h2"),))
    yield Picture("today", Language.ID, PHONE, "/", dark=True)
    yield Picture("send", Language.ID, PHONE, write, (("press", "write.continue"),))
    yield Picture("write", Language.ID, DESK, write)
    yield Picture("write", Language.EN, DESK, write + "&language=en")
    yield Picture("insight", Language.ID, DESK, "/insight")
    yield Picture("review", Language.EN, DESK, "/add", review)


@contextmanager
def _served() -> Iterator[tuple[Site, str]]:
    """The app on a memory of its own, and where it is."""
    with tempfile.TemporaryDirectory() as home:
        for name in [name for name in os.environ if name.startswith("PAMIT_")]:
            del os.environ[name]
        os.environ["PAMIT_HOME"] = home
        with open_pamit() as pamit:
            site = Site(
                pamit, Keys(), settings=load_config, clock=lambda: NOW, here=lambda: ZONE,
                keep_settings=lambda changes: keep_settings(load_config().home, changes),
            )  # fmt: skip
            site.keep_settings({"name": "Laras Anindita", "email": "laras@surel.example", "city": "Semarang"})
            listener = listen(0)
            port = listener.getsockname()[1]
            server = uvicorn.Server(uvicorn.Config(create_app(site, port), log_level="error", access_log=False))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
            thread.start()
            yield site, f"http://127.0.0.1:{port}"
            server.should_exit = True
            thread.join(10)


def _take(browser: Any, site: Site, home: str, picture: Picture) -> bytes:
    from pamit.surfaces.web.words import words_in

    say = words_in(picture.language)
    width, height = picture.screen
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if picture.dark else "light", reduced_motion="reduce",
        locale="id-ID" if picture.language == Language.ID else "en-GB", timezone_id="Asia/Jakarta",
    )  # fmt: skip
    context.add_cookies([{"name": "pamit-language", "value": str(picture.language), "url": home, "sameSite": "Strict"}])
    page = context.new_page()
    page.goto(f"{home}/start?token={site.keys.start}")
    page.goto(home + picture.path)
    for step in picture.steps:
        if step[0] == "fill":
            page.locator(f"#{step[1]}").fill(step[2])
        elif step[0] == "press":
            page.locator("main").get_by_role("button", name=say(step[1]), exact=True).click()
            page.wait_for_load_state()
        else:
            page.locator(step[1]).first.evaluate("one => { one.scrollIntoView(); scrollBy(0, -12); }")
    taken: bytes = page.screenshot()
    context.close()
    return _packed(taken)


def _packed(png: bytes) -> bytes:
    """The same picture, packed as tightly as it goes."""
    head, pixels, rest = png[:8], b"", []
    at = 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        data = png[at + 8 : at + 8 + length]
        at += 12 + length
        if kind == b"IDAT":
            pixels += data
        else:
            rest.append((kind, data))
    rest.insert(-1, (b"IDAT", zlib.compress(zlib.decompress(pixels), 9)))
    return head + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in rest
    )


def main() -> int:
    """Take them all anew, and leave no others in the folder."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    with _served() as (site, home), sync_playwright() as engine:
        cases = fill(site.pamit)
        browser = engine.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        made = {picture.file: _take(browser, site, home, picture) for picture in pictures(cases)}
        browser.close()
    for old in FOLDER.glob("*.png"):
        if old.name not in made:
            old.unlink()
    for name, data in made.items():
        (FOLDER / name).write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
