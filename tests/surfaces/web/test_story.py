"""Stories in a real browser: paste an invitation, decline it, hand the words to WhatsApp; with script and without it."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from pamit.surfaces.web.site import Site

from .browser import Opener
from .conftest import WHATSAPP

WIDTHS = (320, 768, 1440)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_declining_a_whatsapp_invitation(open_tab: Opener, site: Site, width: int, script: bool) -> None:
    """From the pasted words to the chat with the right ones, and to a case that is decided; nothing leaves meanwhile."""
    site.keep_settings({"name": "Rani Kusuma"})
    tab = open_tab(width=width, java_script_enabled=script)
    page = tab.page
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
    tab.goto("/")
    assert page.get_by_text("Jawab sekarang").count() == 0
    if script:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    tab.assert_quiet()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_screen(open_tab: Opener, home: str, site: Site, width: int) -> None:
    """Nothing is to be scrolled sideways, and what is tapped is large enough (WCAG 2.2, 2.5.8)."""
    site.keep_settings({"name": "Rani Kusuma"})
    page = open_tab(width=width, locale="id-ID").page
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


def test_live_check_answers_while_one_writes(open_tab: Opener) -> None:
    """Findings appear without a button, and follow what is written."""
    tab = open_tab()
    tab.goto("/check")
    page = tab.page
    with page.expect_response("**/check/live"):
        page.get_by_label("Isi pesan").fill("Halo kak sorry gak bisa dateng ya")
    page.locator(".finding.error").first.wait_for()
    with page.expect_response("**/check/live"):
        page.get_by_label("Isi pesan").fill("")
    page.locator(".finding").first.wait_for(state="detached")
    tab.assert_quiet()
