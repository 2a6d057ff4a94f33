"""Looking for words in the app."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from pamit.domain.search import LONGEST_QUERY
from pamit.domain.terms import Language

from .conftest import NOW, Visitor, words_of


def sections(visitor: Visitor, query: str, kind: str = "") -> dict[str, list[str]]:
    """The headings of the results, each with the places it leads to."""
    main = visitor.client.get("/search", params={"q": query, "kind": kind}).text.partition("<main")[2]
    found = {}
    for part in main.split("<section")[1:]:
        heading = re.search(r"<h2[^>]*>(.*?)</h2>", part)
        found[unescape(heading[1]) if heading else ""] = re.findall(r'class="row" href="([^"]+)"', part)
    return found


def test_results_lead_to_their_places(known: Visitor) -> None:
    """The case, the note's case, the message; the words are marked."""
    case = known.kept()
    known.site.pamit.note(case, NOW, words="Parkir di belakang gudang.")
    found = sections(known, "gudang")
    assert (found["Lamaran"], found["Catatan Anda"], found["Pesan dan berkas yang masuk"]) == (
        [f"/cases/{case}"],
        [f"/cases/{case}"],
        [f"/cases/{case}/sources/1"],
    )
    page = known.get("/search?q=belakang+PARKIR").text
    assert re.findall(r'<mark class="found">([^<]*)</mark>', page) == ["Parkir", "belakang"]


@pytest.mark.parametrize(
    ("query", "heading", "places"),
    [
        ("kalender", "Halaman", ["/calendar"]),
        ("hari libur", "Halaman", ["/settings"]),
        ("T10", "Aturan di Panduan", ["/guide#T10"]),
    ],
)
def test_pages_and_rules_are_found(known: Visitor, query: str, heading: str, places: list[str]) -> None:
    """By their names and by what they are about."""
    assert sections(known, query)[heading][:1] == places


def test_nothing_found_is_said_with_a_way_on(known: Visitor) -> None:
    """And what was asked stands in the field as it was asked, however it was written."""
    answer = known.get("/search?q=%3Cb%3Ehelikopter")
    assert "Tidak ada yang cocok dengan “<b>helikopter”" in words_of(answer)
    assert ("<b>helikopter" in answer.text, 'value="&lt;b&gt;helikopter"' in answer.text) == (False, True)


@pytest.mark.parametrize("query", ["", "%20", "?!", "%22", "a" * 5_000, "%00", "*", "NEAR(a%20b)", "kind%20:%20case"])
def test_odd_questions_are_answered(known: Visitor, query: str) -> None:
    """With nothing, but never with an error; a long one is cut."""
    known.kept()
    answer = known.get(f"/search?q={query}&kind=none")
    asked = re.search(r'id="ask"[^>]*value="([^"]*)"', answer.text)
    assert asked is not None
    assert len(unescape(asked[1])) <= LONGEST_QUERY


def test_many_results_lead_to_more_of_their_kind(known: Visitor) -> None:
    """Eight of each kind at first, then fifty of the one."""
    case = known.kept()
    for number in range(60):
        known.site.pamit.note(case, NOW + timedelta(seconds=number), words=f"Telepon nomor {number}")
    assert len(sections(known, "telepon")["Catatan Anda"]) == 8
    assert 'href="/search?q=telepon&amp;kind=note"' in known.get("/search?q=telepon").text
    assert [len(places) for places in sections(known, "telepon", "note").values()] == [50]
    assert "Hanya 50 hasil terbaru" in words_of(known.get("/search?q=telepon&kind=note"))


@pytest.mark.parametrize("language", Language)
def test_page_speaks_both_languages(known: Visitor, language: Language) -> None:
    """Headings, hints, the empty state."""
    known.post("/language", {"language": language, "back": "/"})
    titles = {Language.ID: "Cari di semua yang tersimpan", Language.EN: "Search everything you have kept"}
    assert titles[language] in words_of(known.get("/search?q=zzz"))
