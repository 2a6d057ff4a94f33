"""Stories on a phone: Chromium at 360 by 740, and the network cut off after the first load."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest

from pamit.domain.calendar.wording import write_day
from pamit.domain.terms import Language
from pamit.formats.icalendar import parse_calendars
from pamit.surfaces.phone.words import page_words, shell_words

from ..web.browser import Mouse, Tab, watch

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
JAKARTA = ZoneInfo("Asia/Jakarta")
SAY = page_words(Language.ID)
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "timezone_id": "Asia/Jakarta"}


def invitation() -> str:
    """A WhatsApp message that invites to a talk in a few days; the phone's clock is the real one."""
    now = datetime.now(JAKARTA)
    talk = now + timedelta(days=7)
    return (
        "Selamat pagi Kak, saya Sinta dari HRD PT Lembah Cahaya.\n\n"
        "Terima kasih sudah melamar sebagai Staf Gudang. Kami mengundang Kakak untuk wawancara pada "
        f"{write_day(talk.date(), Language.ID)} pukul 10.00 WIB di kantor PT Lembah Cahaya, Jl. Melati No. 5, Bandung.\n\n"
        "Pertanyaan bisa lewat WA 0812-0000-1234. Terima kasih.\n"
    )


@pytest.fixture
def tab(browser: Any, address: str) -> Iterator[Tab]:
    """Pamit on a phone, open for the first time, and then without a network."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.set_default_timeout(60_000)
    found = Tab(page, address.rstrip("/"), SAY)
    watch(found)
    page.goto(address)
    page.locator("nav.main-nav").wait_for()
    page.set_default_timeout(15_000)
    context.set_offline(True)
    yield found
    found.assert_quiet()
    context.close()


def go(tab: Tab, place: str) -> None:
    """Open a place of the app by its address."""
    tab.page.evaluate(
        """(place) => location.hash === `#${place}` || new Promise((done) => {
          const seen = new MutationObserver(() => {
            if ("asking" in document.documentElement.dataset) return;
            seen.disconnect();
            done();
          });
          seen.observe(document.documentElement, { attributeFilter: ["data-asking"] });
          location.hash = place;
        })""",
        place,
    )


def introduce(tab: Tab) -> None:
    """Say who one is."""
    hand = Mouse(tab)
    go(tab, "/settings")
    hand.write(SAY("settings.name"), "Rani Kusuma")
    hand.write(SAY("settings.email"), "rani.kusuma@example.com")
    hand.press(SAY("settings.save"))
    tab.page.get_by_role("status").get_by_text(SAY("settings.saved")).wait_for()


def keep_invitation(tab: Tab) -> None:
    """Paste the invitation, look at what was read, keep it."""
    hand = Mouse(tab)
    go(tab, "/add")
    hand.write(SAY("add.paste"), invitation())
    tab.page.get_by_label(SAY("add.channel")).select_option("whatsapp")
    hand.press(SAY("add.read"))
    position = tab.page.get_by_label("Posisi", exact=True)
    position.wait_for()
    assert position.input_value() == "Staf Gudang"
    hand.press("Simpan")
    tab.page.get_by_role("link", name="Jawab sekarang").wait_for()


def test_declining_a_whatsapp_invitation_offline(tab: Tab) -> None:
    """From the pasted words to the chat with the right ones, without a network; and all is there after a reload."""
    page, hand = tab.page, Mouse(tab)
    introduce(tab)
    keep_invitation(tab)
    case = page.evaluate("location.hash.slice(1)")
    hand.follow("Jawab sekarang")
    hand.follow("Tolak undangan")
    page.get_by_label("Alasan").select_option("other_offer")
    page.wait_for_function("() => location.hash.includes('reason=other_offer')")
    hand.press(SAY("write.continue"))
    words = page.locator("#words").inner_text()
    link = page.get_by_role("link", name=SAY("draft.whatsapp")).get_attribute("href")
    assert unquote(link) == f"https://wa.me/6281200001234?text={words}"
    assert ("Rani Kusuma" in words, "tawaran" in words) == (True, True)
    hand.press(SAY("draft.done"))
    page.get_by_text("Sudah dicatat sebagai terkirim.").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    page.reload()
    page.locator("nav.main-nav").wait_for()
    go(tab, case)
    assert page.get_by_role("heading", level=1).inner_text() == "Staf Gudang · PT Lembah Cahaya"
    go(tab, "/settings")
    assert page.get_by_label(SAY("settings.name"), exact=True).input_value() == "Rani Kusuma"


def test_moving_a_calendar_invitation_offline(tab: Tab) -> None:
    """A calendar file is read, another time proposed: in words for a mail, and as a file for the employer's calendar."""
    page, hand = tab.page, Mouse(tab)
    introduce(tab)
    go(tab, "/add")
    hand.hand_over(SAY("add.file"), EXAMPLES / "undangan-kalender.ics")
    hand.press(SAY("add.read"))
    page.get_by_label("Posisi", exact=True).wait_for()
    hand.press("Simpan")
    page.get_by_role("link", name=SAY("nav.calendar")).first.wait_for(state="attached")
    page.wait_for_function("() => /^#.cases.[a-z0-9]+$/.test(location.hash)")
    case = page.evaluate("location.hash.slice(1)")
    other = (datetime.now(JAKARTA) + timedelta(days=9)).strftime("%Y-%m-%dT13:30")
    go(tab, f"{case}/write?purpose=reschedule&reason=other_interview&channel=email&slot={other}")
    hand.press(SAY("write.continue"))
    words = page.locator("#words").inner_text()
    assert "Rani Kusuma" in words
    with page.expect_download() as saved:
        hand.follow(SAY("draft.ics"))
    (calendar,) = parse_calendars(Path(saved.value.path()).read_bytes())
    (event,) = calendar.events
    assert (calendar.method, event.start.moment.strftime("%Y-%m-%dT%H:%M")) == ("COUNTER", other)  # type: ignore[union-attr]
    with page.expect_download() as saved:
        hand.follow(SAY("draft.txt"))
    assert words.strip() in Path(saved.value.path()).read_text("utf-8").replace("\r\n", "\n")


def test_cases_move_to_the_computer_and_back(tab: Tab, tmp_path: Path) -> None:
    """What the phone exports is taken in on a computer, what that exports by a new phone: byte for byte the same case."""
    page, hand = tab.page, Mouse(tab)
    keep_invitation(tab)
    exported = _export(tab)
    (tmp_path / "phone.zip").write_bytes(exported)
    computer = {**os.environ, "PAMIT_HOME": str(tmp_path / "home"), "PAMIT_LANGUAGE": "en"}
    for words in (["import", "phone.zip"], ["export", "back.zip"]):
        subprocess.run([sys.executable, "-m", "pamit", *words], env=computer, cwd=tmp_path, check=True, capture_output=True)
    go(tab, "/settings/data")
    hand.hand_over(SAY("data.import"), tmp_path / "back.zip")
    hand.press(SAY("data.import_do"))
    page.get_by_text(SAY("data.imported", added=0, extended=0, unchanged=1)).wait_for()
    assert members(_export(tab)) == members(exported) == members((tmp_path / "back.zip").read_bytes())


def _export(tab: Tab) -> bytes:
    go(tab, "/settings/data")
    with tab.page.expect_download() as saved:
        Mouse(tab).follow(SAY("data.export_do"))
    return Path(saved.value.path()).read_bytes()


def members(archive: bytes) -> dict[str, bytes]:
    """The cases and messages in an archive; its own heading tells when it was written."""
    from zipfile import ZipFile

    with ZipFile(io.BytesIO(archive)) as found:
        return {name: found.read(name) for name in found.namelist() if name.startswith(("cases/", "sources/"))}


def test_language_is_switched_and_remembered(tab: Tab) -> None:
    """English is one tap away, and still spoken after a reload."""
    tab.page.get_by_role("button", name="English").click()
    tab.page.locator("html[lang=en]").wait_for()
    tab.page.reload()
    tab.page.get_by_role("link", name="Today").first.wait_for()
    assert tab.page.evaluate("document.documentElement.lang") == "en"


def test_shared_message_is_taken_in(tab: Tab) -> None:
    """What another program shares is read, as if it had been pasted."""
    tab.page.evaluate(
        """async (text) => {
          const form = document.createElement('form');
          Object.assign(form, { method: 'post', action: './share', enctype: 'multipart/form-data' });
          const field = Object.assign(document.createElement('textarea'), { name: 'text', value: text });
          form.append(field);
          document.body.append(form);
          HTMLFormElement.prototype.submit.call(form);
        }""",
        invitation(),
    )
    position = tab.page.get_by_label("Posisi", exact=True)
    position.wait_for()
    assert position.input_value() == "Staf Gudang"


def test_second_tab_says_so_and_can_take_over(tab: Tab) -> None:
    """Two tabs never write over each other: the second waits until the first is let go."""
    words = shell_words(Language.ID)
    keep_invitation(tab)
    other = tab.page.context.new_page()
    other.set_default_timeout(15_000)
    other.goto(tab.home + "/")
    other.get_by_text(words["elsewhere"]).wait_for()
    assert other.locator("nav.main-nav").count() == 0
    other.get_by_role("button", name=words["take_over"]).click()
    other.locator("nav.main-nav").wait_for()
    tab.page.get_by_text(words["handed_over"]).wait_for()
    other.evaluate("location.hash = '/cases'")
    other.locator("main").get_by_text("PT Lembah Cahaya").first.wait_for()


def test_full_storage_is_told_and_nothing_is_lost(tab: Tab) -> None:
    """A change that cannot be kept says so, stays on the page, and is kept once there is room."""
    words = shell_words(Language.ID)
    limit = tab.page.context.new_cdp_session(tab.page)
    origin = tab.home.rpartition("/")[0]
    limit.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
    keep_invitation(tab)
    tab.page.get_by_text(words["full"]).wait_for()
    limit.send("Storage.overrideQuotaForOrigin", {"origin": origin})
    tab.page.get_by_role("button", name=words["keep_again"]).click()
    tab.page.get_by_text(words["kept"], exact=True).wait_for()
    tab.page.reload()
    tab.page.locator("nav.main-nav").wait_for()
    go(tab, "/cases")
    assert tab.page.locator("main").get_by_text("PT Lembah Cahaya").count() > 0
