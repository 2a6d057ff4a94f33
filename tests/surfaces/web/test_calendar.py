"""Kalender: the month, the agenda, and what gets into each other's way."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from httpx import Response

from pamit.domain.invitation import Fact, Invitation
from pamit.domain.terms import InvitationKind, Language
from pamit.services.origin import source_of

from .conftest import JAKARTA, NOW, WHATSAPP, Visitor, words_of

OTHER = WHATSAPP.replace("Lembah Cahaya", "Ombak Biru").replace("pukul 10.00 WIB", "pukul 10.30 WIB")
PHONE = "Mozilla/5.0 (Linux; Android 14; Mobile) Chrome/140"


def cells(answer: Response) -> dict[str, str]:
    """What the cells of the month say, by their day, to those who hear them."""
    found = {}
    for cell in re.findall(r"<td.*?</td>", answer.text, re.DOTALL):
        day = re.search(r"day=([\d-]+)#day", cell)
        said = re.search(r'<span class="hide">(.*?)</span>', cell, re.DOTALL)
        assert day, cell
        assert said, cell
        found[day[1]] = unescape(said[1])
    return found


def kept(visitor: Visitor, company: str, start: datetime, **facts: object) -> str:
    """A case with an interview."""
    named = {"company": company, "timezone": "Asia/Jakarta", "start": start, **facts}
    read = Invitation(
        "", InvitationKind.INVITATION, Language.ID, {name: Fact(value) for name, value in named.items()},  # type: ignore[arg-type]
        received=NOW,
    )  # fmt: skip
    return visitor.site.pamit.add(read, source_of(company.encode()), NOW).dossier.id


def test_month_is_a_table_with_its_days(known: Visitor) -> None:
    """Whole weeks, each day a link that says what stands on it; the present day is marked."""
    case = known.kept()
    answer = known.get("/calendar?view=month")
    found = cells(answer)
    assert (len(found), min(found), max(found)) == (42, "2026-10-26", "2026-12-06")
    assert found["2026-11-27"] == "Jumat, 27 November 2026: 1 wawancara"
    assert found["2026-11-25"] == "Rabu, 25 November 2026: 1 hal yang perlu dilakukan"
    assert found["2026-11-26"] == "Kamis, 26 November 2026"
    assert re.findall(r'aria-current="date"', answer.text) == ['aria-current="date"']
    assert answer.text.count('<th scope="col">') == 7
    assert f'href="/cases/{case}"' in answer.text.partition("<table")[2].partition("</table>")[0]


def test_chosen_day_is_listed_below(known: Visitor) -> None:
    """With the hour in the employer's zone, its letters, and the way to the case."""
    case = known.kept()
    below = known.get("/calendar?view=month&day=2026-11-27").text.partition('id="day"')[2]
    assert ("Staf Gudang · PT Lembah Cahaya" in below, "pukul 10.00 WIB" in below) == (True, True)
    assert f'href="/cases/{case}"' in below
    assert "Tidak ada jadwal pada tanggal ini" in words_of(known.get("/calendar?view=month&day=2026-11-28"))


def test_hour_of_another_zone_is_told_in_both(known: Visitor) -> None:
    """The employer's first; and the day where it is another one."""
    kept(known, "PT Timur", datetime(2026, 11, 27, 6, 30, tzinfo=JAKARTA), timezone="Asia/Jayapura")
    kept(known, "PT Malam", datetime(2026, 11, 27, 22, 30, tzinfo=JAKARTA), timezone="Asia/Jayapura")
    page = words_of(known.get("/calendar?view=agenda"))
    assert "pukul 08.30 WIT pukul 06.30 di tempat Anda" in page
    assert "pukul 00.30 WIT 27 November 2026 pukul 22.30 di tempat Anda" in page


def test_clash_stands_above_and_on_its_day(known: Visitor) -> None:
    """In both views, with the way to either case and to asking for another time."""
    one, two = known.kept(), kept(known, "PT Ombak Biru", datetime(2026, 11, 27, 10, 30, tzinfo=JAKARTA))
    for view in ("month", "agenda"):
        page = known.get(f"/calendar?view={view}").text
        alarm = page.partition('id="clashes"')[2].partition("</section>")[0]
        assert "dua wawancara mungkin berlangsung bersamaan" in alarm
        for case in (one, two):
            assert f'href="/cases/{case}/write?purpose=reschedule"' in alarm
    assert cells(known.get("/calendar"))["2026-11-27"] == "Jumat, 27 November 2026: jadwal bentrok, 2 wawancara"
    assert 'id="clashes"' not in known.get("/calendar?view=month&day=2027-01-01").text


@pytest.mark.parametrize(
    ("minutes", "end", "said"),
    [
        (30, 60, "berlangsung bersamaan."), (60, 60, "tepat ketika yang pertama selesai."),
        (75, 60, "hanya 15 menit."), (130, None, "mungkin terlalu dekat;"),
    ],
)  # fmt: skip
def test_clash_says_what_is_known(known: Visitor, minutes: int, end: int | None, said: str) -> None:
    """At the same time, touching, close; and what depends on an end that nobody has stated is told as such."""
    start = datetime(2026, 11, 27, 10, tzinfo=JAKARTA)
    kept(known, "PT Satu", start, **({"end": start + timedelta(minutes=end)} if end else {}))
    kept(known, "PT Dua", start + timedelta(minutes=minutes))
    assert said in words_of(known.get("/calendar"))


def test_phone_gets_the_agenda_and_may_have_the_month(known: Visitor) -> None:
    """What the address says holds on every device."""
    known.kept()
    tables = {}
    for device in ("Mozilla/5.0 (X11; Linux x86_64)", PHONE):
        for address in ("/calendar", "/calendar?view=month", "/calendar?view=agenda"):
            answer = known.client.get(address, headers={"user-agent": device})
            tables[device == PHONE, address] = "<table" in answer.text
            switches = [f'href="/calendar?view={view}&amp;day=2026-11-24"' in answer.text for view in ("month", "agenda")]
            assert switches == [True, True]
    assert tables == {
        (False, "/calendar"): True, (False, "/calendar?view=month"): True, (False, "/calendar?view=agenda"): False,
        (True, "/calendar"): False, (True, "/calendar?view=month"): True, (True, "/calendar?view=agenda"): False,
    }  # fmt: skip


def test_agenda_lists_four_weeks_by_day(known: Visitor) -> None:
    """Days on which something stands, free days with their names, and this day."""
    known.kept()
    page = known.get("/calendar?view=agenda&day=2026-12-01").text
    assert re.findall(r'id="d([\d-]+)"', page) == ["2026-12-24", "2026-12-25"]
    days = re.findall(r'id="d([\d-]+)"', known.get("/calendar?view=agenda").text)
    assert days == ["2026-11-24", "2026-11-25", "2026-11-27"]


def test_free_days_are_named(known: Visitor) -> None:
    """In Indonesian, and marked as such on an English page."""
    assert cells(known.get("/calendar?view=month&day=2026-12-01"))["2026-12-25"] == "Jumat, 25 Desember 2026, Hari libur"
    known.post("/language", {"language": "en", "back": "/"})
    page = known.get("/calendar?view=month&day=2026-12-25").text
    assert '<p class="off-name" lang="id">Hari Raya Natal</p>' in page


def test_turning_leads_to_the_months_beside(known: Visitor) -> None:
    """Over the end of a year, too."""
    for day, before, after in (("2026-12-31", "2026-11-01", "2027-01-01"), ("2026-01-15", "2025-12-01", "2026-02-01")):
        page = known.get(f"/calendar?view=month&day={day}").text
        assert [f'href="/calendar?view=month&amp;day={one}"' in page for one in (before, after)] == [True, True]


@pytest.mark.parametrize("day", ["x", "2026-13-01", "0001-01-01", "9999-12-31", "2026-02-30", "<b>", "2026-W01-1"])
def test_address_that_is_no_day_shows_this_one(known: Visitor, day: str) -> None:
    """Nothing of it comes back."""
    for view in ("month", "agenda", "<i>"):
        page = known.client.get("/calendar", params={"view": view, "day": day})
        assert (page.status_code, "<b>" in page.text, "<i>" in page.text) == (200, False, False)
        if day != "2026-W01-1":
            assert "November 2026" in page.text


def test_empty_calendar_says_how_it_fills(known: Visitor) -> None:
    """In both views."""
    for view in ("month", "agenda"):
        page = words_of(known.get(f"/calendar?view={view}"))
        assert ("Tidak ada jadwal di sini" in page, "Tidak ada jadwal pada tanggal ini" in page) == (True, False)


def test_manifest_speaks_the_language_of_the_pages(visitor: Visitor) -> None:
    """Its icons and shortcuts are there; every page names it."""
    for language, name in (("id", "Periksa"), ("en", "Check")):
        visitor.post("/language", {"language": language, "back": "/"})
        answer = visitor.get("/manifest.webmanifest")
        found = answer.json()
        assert answer.headers["content-type"] == "application/manifest+json"
        assert (found["lang"], found["display"], found["start_url"], found["short_name"]) == (
            language,
            "standalone",
            "/",
            "Pamit",
        )
        assert [(one["url"], one["short_name"]) for one in found["shortcuts"]][1] == ("/check", name)
        for icon in found["icons"]:
            data = visitor.get(icon["src"]).content
            if icon["type"] == "image/png":
                width, height = (int.from_bytes(data[at : at + 4]) for at in (16, 20))
                assert (data[:4], f"{width}x{height}") == (b"\x89PNG", icon["sizes"])
        for shortcut in found["shortcuts"]:
            visitor.get(shortcut["url"])
    assert '<link rel="manifest" href="/manifest.webmanifest" crossorigin="use-credentials">' in visitor.get("/").text
