"""A text taken apart: what stands where in it."""

from __future__ import annotations

from pamit.reading.text import read_page

TEXT = (
    "Hubungi Bu Rukmi di 0812-0000-1234, hubungi kami lewat surel hrd@toko.example/masuk.\n"
    "Peta: peta.example/kantor?dari=https://rumah.example/x, daftar di https://toko.example/a?ke=rukun.example/b. "
    "Hubungi dulu, lalu kirim ke hrd@toko.example atau www.toko.example.\n"
)


def test_beginning_of_a_range_gives_the_phrases_that_begin_in_it() -> None:
    """A phrase counts from its first letter on, up to but without the end of the range."""
    page = read_page(TEXT)
    asked = page.spans("ask")
    assert len(asked) == 5
    for begin in range(0, len(TEXT), 3):
        for end in range(begin, len(TEXT), 7):
            assert page.beginning("ask", begin, end) == [hit for hit in asked if begin <= hit.begin < end]


def test_beginning_of_a_tag_that_no_phrase_bears_is_nothing() -> None:
    """A tag that does not stand in the text has no places."""
    assert read_page(TEXT).beginning("cancelled", 0, len(TEXT)) == []


def test_in_link_holds_for_every_character_of_a_link_and_no_other() -> None:
    """Also where one link holds another, or stands behind an address."""
    page = read_page(TEXT)
    assert [TEXT[link.begin : link.end] for link in page.urls] == [
        "peta.example/kantor?dari=https://rumah.example/x",
        "https://rumah.example/x",
        "https://toko.example/a?ke=rukun.example/b",
        "www.toko.example",
    ]
    for offset in range(len(TEXT)):
        assert page.in_link(offset) == any(link.begin <= offset < link.end for link in page.urls)


def test_links_and_addresses_of_one_text_are_told_apart() -> None:
    """An address stays one where a path seems to follow it."""
    page = read_page(TEXT)
    assert [TEXT[mail.begin : mail.end] for mail in page.mails] == ["hrd@toko.example", "hrd@toko.example"]
