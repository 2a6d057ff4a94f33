"""The site on a phone, in Chromium: how long until the page is there, until the first facts, and until a check answers.

    .venv/bin/python benchmarks/phone.py

A cold start has an empty cache, a warm one has been open before; every run has a profile of its own. The network is this
machine's, so a download counts almost nothing here: its size is given instead.
"""

from __future__ import annotations

import statistics
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
ROUNDS = 3
INVITATION = (
    "Selamat pagi Kak, saya Sinta dari HRD PT Lembah Cahaya. Kami mengundang Kakak untuk wawancara posisi Staf Gudang pada "
    "Jumat pekan depan pukul 10.00 WIB di kantor kami, Jl. Melati No. 5, Bandung."
)
DRAFT = "Halo kak, maaf saya gak bisa dateng wawancara besok ya"


def phone() -> str:
    """The table of the site."""
    if not CHROMIUM.exists():
        return "### The site on a phone\n\nChromium is not installed.\n"
    sys.path.insert(0, str(ROOT / "tools"))
    from playwright.sync_api import sync_playwright
    from site_builder import build
    from site_server import make_server

    times: dict[str, list[float]] = {"cold": [], "facts": [], "warm": [], "check": []}
    with TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        build(site)
        server = make_server(site.parent, 0)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/site/"
        with sync_playwright() as engine:
            for _ in range(ROUNDS):
                browser = engine.chromium.launch(executable_path=str(CHROMIUM), headless=True, args=FLAGS)
                context = browser.new_context(viewport={"width": 360, "height": 740}, locale="id-ID")
                page = context.new_page()
                _visit(page, address, times)
                page.close()
                page = context.new_page()
                begun = time.perf_counter()
                page.goto(address)
                page.locator("nav.main-nav").wait_for(timeout=60_000)
                times["warm"].append(time.perf_counter() - begun)
                browser.close()
        server.shutdown()
    middle = {name: statistics.median(found) for name, found in times.items()}
    return "\n".join(
        [
            "### The site on a phone (Chromium, 360 × 740)", "", "| what | median | slowest |", "| --- | ---: | ---: |",
            f"| cold start to the page | {middle['cold']:.1f} s | {max(times['cold']):.1f} s |",
            f"| cold start to the first facts | {middle['facts']:.1f} s | {max(times['facts']):.1f} s |",
            f"| warm start to the page | {middle['warm']:.1f} s | {max(times['warm']):.1f} s |",
            f"| check while writing | {1000 * middle['check']:.0f} ms | {1000 * max(times['check']):.0f} ms |", "",
        ]
    )  # fmt: skip


def _visit(page: Any, address: str, times: dict[str, list[float]]) -> None:
    """A first visit: paste, see the facts, then check a draft."""
    page.set_default_timeout(60_000)
    begun = time.perf_counter()
    page.goto(address)
    page.locator("nav.main-nav").wait_for()
    times["cold"].append(time.perf_counter() - begun)
    page.evaluate("location.hash = '/add'")
    page.locator("textarea").first.fill(INVITATION)
    page.get_by_role("button", name="Baca pesan").click()
    page.get_by_label("Posisi", exact=True).wait_for()
    times["facts"].append(time.perf_counter() - begun)
    page.evaluate("location.hash = '/check'")
    area = page.get_by_label("Isi pesan")
    area.fill(DRAFT)
    page.locator("[data-live-result] .finding").first.wait_for()
    for number in range(5):
        page.evaluate("document.querySelector('[data-live-result]').replaceChildren()")
        # The pause that waits for the last letter belongs to the page, not to the check.
        begun = time.perf_counter()
        area.fill(f"{DRAFT} {number}")
        page.locator("[data-live-result] .finding").first.wait_for()
        times["check"].append(time.perf_counter() - begun - 0.25)


if __name__ == "__main__":
    sys.stdout.write(phone() + "\n")
