"""Stories in a real browser: paste an invitation, decline it, hand the words to WhatsApp; with script and without it.

Debian's Chromium does it (apt-get install chromium). Where it is absent the stories are skipped, and fail where CI is set.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
import uvicorn

from pamit.surfaces.web.app import create_app
from pamit.surfaces.web.serving import listen
from pamit.surfaces.web.site import Site

from .conftest import WHATSAPP

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
WIDTHS = (320, 768, 1440)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Chromium with a fresh profile."""
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed")
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as engine:
        started = engine.chromium.launch(executable_path=str(CHROMIUM), headless=True, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def link(site: Site) -> Iterator[str]:
    """The app served on a free port; the link that opens it."""
    listener = listen(0)
    port = listener.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(site, port), log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}/start?token={site.keys.start}"
    server.should_exit = True
    thread.join(10)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_declining_a_whatsapp_invitation(browser, link: str, site: Site, width: int, script: bool) -> None:  # type: ignore[no-untyped-def]
    """From the pasted words to the chat with the right ones, and to a case that is decided; nothing leaves meanwhile."""
    site.keep_settings({"name": "Rani Kusuma"})
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script)
    page = context.new_page()
    page.set_default_timeout(15_000)
    home = link.partition("/start")[0]
    elsewhere: list[str] = []
    page.on("request", lambda request: None if request.url.startswith((home, "data:")) else elsewhere.append(request.url))
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)

    page.goto(link)
    page.get_by_role("link", name="Tambah undangan").click()
    page.get_by_label("Isi pesan").fill(WHATSAPP)
    page.get_by_label("Pesan ini datang lewat").select_option("whatsapp")
    page.get_by_role("button", name="Baca pesan").click()
    assert page.get_by_label("Posisi", exact=True).input_value() == "Staf Gudang"
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Jawab sekarang").click()
    page.get_by_role("link", name="Tolak undangan").click()
    page.get_by_label("Alasan").select_option("other_offer")
    if script:
        page.wait_for_url("**reason=other_offer**")
    else:
        page.get_by_role("button", name="Tampilkan").click()
    page.get_by_role("button", name="Lanjut: kirim").click()
    words = page.locator("#words").inner_text()
    whatsapp = page.get_by_role("link", name="Buka di WhatsApp").get_attribute("href")
    assert unquote(whatsapp) == f"https://wa.me/6281200001234?text={words}"
    assert ("Rani Kusuma" in words, "tawaran" in words) == (True, True)
    page.get_by_role("button", name="Sudah saya kirim").click()
    assert page.get_by_role("status").inner_text().startswith("Sudah dicatat sebagai terkirim.")
    page.go_back()
    page.goto(f"{home}/")
    assert page.get_by_text("Jawab sekarang").count() == 0
    if script:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (elsewhere, troubles) == ([], [])
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_screen(browser, link: str, site: Site, width: int) -> None:  # type: ignore[no-untyped-def]
    """Nothing is to be scrolled sideways, and what is tapped is large enough (WCAG 2.2, 2.5.8)."""
    site.keep_settings({"name": "Rani Kusuma"})
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="id-ID")
    page = context.new_page()
    page.set_default_timeout(15_000)
    home = link.partition("/start")[0]
    page.goto(link)
    page.goto(f"{home}/add")
    page.get_by_role("button", name="Coba dengan contoh").click()
    paths = [page.url.removeprefix(home), "/", "/add", "/cases", "/check", "/nowhere"]
    page.get_by_role("button", name="Simpan").click()
    case = page.url.removeprefix(home)
    paths += [case + one for one in ("", "/edit", "/write", "/write?purpose=reschedule", "/decide", "/delete", "/sources/1")]
    small = """() => [...document.querySelectorAll('button, .button, select, summary, input:not([type=hidden])')]
      .filter(one => one.offsetParent && one.getBoundingClientRect().height < 24).map(one => one.outerHTML.slice(0, 80))"""
    found = {}
    for path in paths:
        page.goto(home + path)
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        found[path] = (wide, [one for one in page.evaluate(small) if "checkbox" not in one and "radio" not in one])
    assert {path: what for path, what in found.items() if what != (False, [])} == {}
    context.close()


def test_live_check_answers_while_one_writes(browser, link: str, site: Site) -> None:  # type: ignore[no-untyped-def]
    """Findings appear without a button; the server takes less than 50 ms for them."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(link)
    page.goto(f"{link.partition('/start')[0]}/check")
    with page.expect_response("**/check/live"):
        page.get_by_label("Isi pesan").fill("Halo kak sorry gak bisa dateng ya")
    page.locator(".finding.error").first.wait_for()
    with page.expect_response("**/check/live") as answered:
        page.get_by_label("Isi pesan").fill("Halo kak, maaf saya gak bisa dateng wawancara besok ya")
    answered.value.finished()
    timing = answered.value.request.timing
    assert timing["responseStart"] - timing["requestStart"] < 50 * (4 if os.environ.get("CI") else 2)
    context.close()
