"""HTML to text: lines as a person would read them, nothing hidden, nothing unbounded."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamit.formats.html import html_to_text, looks_like_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Yth. Saudara,</p><p>Selamat siang.</p>", "Yth. Saudara,\n\nSelamat siang."),
        ("<div>Halo,<br></div><div><br></div><div>Besok jadi?</div>", "Halo,\n\nBesok jadi?"),
        ("Salam,<br>Rina<br/>HRD", "Salam,\nRina\nHRD"),
        ("a&nbsp;&amp;&nbsp;b &lt;c&gt; &ndash; d", "a & b <c> – d"),
        ("<b>Kamis</b>,\n   <i>26</i>\tNovember", "Kamis, 26 November"),
        ("<ul><li>Bawa CV</li><li>Bawa KTP</li></ul>", "- Bawa CV\n- Bawa KTP"),
        ("<ol start=3><li>tiga</li><li>empat</li></ol>", "3. tiga\n4. empat"),
        ("<ul><li>luar<ul><li>dalam</li></ul></li></ul>", "- luar\n  - dalam"),
        ("<h2>Jadwal</h2>Kamis", "Jadwal\n\nKamis"),
        ("<pre>jam   09.00\n  lantai 3</pre>", "jam   09.00\n  lantai 3"),
        ("sat\u200bu du\u00ada", "satu dua"),
    ],
)
def test_html_blocks_become_lines(html: str, text: str) -> None:
    """Blocks, breaks, entities and lists come out as plain lines."""
    assert html_to_text(html) == text


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (("Tanggal", "Kamis, 3 Desember 2026"), "Tanggal: Kamis, 3 Desember 2026"),
        (("Tanggal:", "Kamis, 3 Desember 2026"), "Tanggal: Kamis, 3 Desember 2026"),
        (("Tanggal", ":", "Kamis, 3 Desember 2026"), "Tanggal: Kamis, 3 Desember 2026"),
        (("Tanggal", ": Kamis, 3 Desember 2026"), "Tanggal: Kamis, 3 Desember 2026"),
        (("Tanggal", "", "Kamis, 3 Desember 2026"), "Tanggal: Kamis, 3 Desember 2026"),
        (("Lokasi", "Jl. Mawar 1<br>Bandung"), "Lokasi: Jl. Mawar 1\nBandung"),
        (("1.", "Fotokopi ijazah"), "1. Fotokopi ijazah"),
        (("08.00", "Registrasi"), "08.00 | Registrasi"),
        (("Kamis", "09.00", "Ruang A"), "Kamis | 09.00 | Ruang A"),
        (("Hari:", "Kamis", "Jam:", "09.00"), "Hari: Kamis\nJam: 09.00"),
    ],
)
def test_table_row_keeps_label_and_value_together(cells: tuple[str, ...], line: str) -> None:
    """However the colon is placed, a label stands directly before its value."""
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    assert html_to_text(f"<table><tr>{row}</tr></table>") == line


def test_table_with_heading_row_pairs_each_heading_with_its_value() -> None:
    """One row of headings above one row of values is a list of labels and values."""
    html = "<table><tr><th>Tanggal</th><th>Jam</th></tr><tr><td>3 Desember</td><td>09.00</td></tr></table>"
    assert html_to_text(html) == "Tanggal: 3 Desember\nJam: 09.00"


def test_table_for_layout_becomes_blocks() -> None:
    """Cells with blocks of their own are written one below the other."""
    html = "<table><tr><td><p>Kepada</p><p>Budi</p></td><td><p>Dari</p><p>Rina</p></td></tr></table>"
    assert html_to_text(html) == "Kepada\n\nBudi\nDari\n\nRina"


def test_nested_table_keeps_its_rows() -> None:
    """A table within a layout table reads like any other."""
    inner = "<table><tr><td>Jam</td><td>09.00</td></tr><tr><td>Tempat</td><td>Lobi</td></tr></table>"
    assert html_to_text(f"<table><tr><td>{inner}</td></tr></table>") == "Jam: 09.00\nTempat: Lobi"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<a href="https://zoom.example/j/1">Gabung di sini</a>.', "Gabung di sini (https://zoom.example/j/1)."),
        ('<a href="https://www.toko.example/">toko.example</a>', "toko.example"),
        ('<a href="mailto:hr@toko.example?subject=x">hr@toko.example</a>', "hr@toko.example"),
        ('<a href="mailto:hr@toko.example">surel kami</a>', "surel kami (hr@toko.example)"),
        ('<a href="tel:+6281200001234">0812-0000-1234</a>', "0812-0000-1234"),
        ('<a href="javascript:alert(1)">klik</a>', "klik"),
        ('<a href="#atas">atas</a>', "atas"),
        ('<a href="https://x.example/a"><img src="y.png" alt="logo"></a>', ""),
        (
            '<a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fmeet.example%2Fabc&amp;data=1">Join</a>',
            "Join (https://meet.example/abc)",
        ),
    ],
)
def test_link_keeps_its_address_unless_the_text_says_it(html: str, text: str) -> None:
    """Link targets are shown, unwrapped from mail filters; what leads nowhere is not."""
    assert html_to_text(html) == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>alert(1)</script>",
        "<style>p { color: red }</style>",
        "<!-- 27 November -->",
        '<span style="display: none">27 November</span>',
        '<div style="max-height:0px;overflow:hidden">27 November</div>',
        '<span style="FONT-SIZE:0px">27 November</span>',
        "<p hidden>27 November</p>",
        "<title>27 November</title>",
        '<svg><text>27 November</text></svg><math><mtext>x</mtext></math><iframe src="x">27</iframe>',
    ],
)
def test_hidden_content_is_dropped(hidden: str) -> None:
    """What a reader does not see is not read."""
    assert html_to_text(f"<p>26 November</p>{hidden}") == "26 November"


def test_quotation_keeps_its_marks() -> None:
    """Quoted mail is marked line by line; an indented block is not."""
    html = '<div>Baik.</div><blockquote type="cite"><div>Jam 9?</div><div>Rina</div></blockquote>'
    assert html_to_text(html) == "Baik.\n\n> Jam 9?\n> Rina"
    assert html_to_text("<blockquote>Jam 9</blockquote>") == "Jam 9"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!DOCTYPE html>\n<p>Halo", True),
        ("<p>Yth. Saudara</p>", True),
        ("satu<br>dua<br>tiga", True),
        ("<div dir=ltr>Halo</div>", True),
        ("Hubungi <hrd@toko.example> atau <https://toko.example>", False),
        ("nilai a < b dan c > d", False),
        ("Isi <nama> lalu kirim", False),
        ("tebal dengan <b> di HTML", False),
        ("", False),
    ],
)
def test_looks_like_html_wants_real_elements(text: str, expected: bool) -> None:
    """Addresses and remarks in angle brackets do not make a text HTML."""
    assert looks_like_html(text) is expected


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 100_000,
        "<table><tr><td>" * 30_000,
        "".join(f"<font size={number}><p>" for number in range(3_000)),
        "<p>x " * 150_000,
        "<" * 1_000_000,
        "<!--" * 100_000,
        "<script>" * 50_000 + "</script",
        "&" * 500_000,
        '<a href="' * 30_000,
        "</p>" * 200_000,
    ],
    ids=["divs", "tables", "formatting", "paragraphs", "brackets", "comments", "scripts", "ampersands", "attributes", "ends"],
)
def test_hostile_html_ends_in_bounded_time(bomb: str) -> None:
    """Documents built to exhaust a parser are flattened instead (T5)."""
    html_to_text(bomb)
    looks_like_html(bomb)


@given(st.text(alphabet="<>/ab\"'=&;! -\n\x00tdrpulo1é\u200b", max_size=300) | st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_turned_without_error(html: str) -> None:
    """Nothing raises, and no control characters are left."""
    text = html_to_text(html)
    assert not set(text) & {"\x00", "\x01", "\x02", "\x03", "\x1f"}
    assert text == text.strip("\n")
