"""Letters as files: one page, the right words in the right order, the font within (rule C8; indonesia.md, formal letter)."""

from __future__ import annotations

import shutil
import struct
import subprocess
import time
import zlib
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from pamit.domain.letter import Letter
from pamit.domain.terms import Language
from pamit.errors import PamitError
from pamit.formats.letter import letter_docx, letter_pdf

pypdf = pytest.importorskip("pypdf")
docx = pytest.importorskip("docx")
pytest.importorskip("typst")

DAY = date(2026, 11, 24)
COMPANY = "PT Perkebunan dan Pengolahan Hasil Bumi Nusantara Jaya Tbk"
POSITION = "Asisten Manajer Senior Pengembangan Sumber Daya Manusia Barat"
LETTERS = {
    Language.ID: Letter(
        "Bandung, 24 November 2026",
        f"Pembatalan wawancara 27 November 2026 untuk posisi {POSITION}",
        ("Yth. Ibu Raden Ajeng Kusumaningtyas Widyaningrum Prawirodirdjo", COMPANY, "Jalan Melati No. 5", "Bandung 40115"),
        "Dengan hormat,",
        (
            f"Terima kasih atas undangan wawancara untuk posisi {POSITION} di {COMPANY}. " * 2,
            "Dengan ini saya membatalkan wawancara pada Jumat, 27 November 2026 pukul 09.00–10.00 WIB. " * 3,
            "Atas perhatian Ibu, saya ucapkan terima kasih.",
        ),
        "Hormat saya,",
        "Dimas Pratama Wicaksono Adiningrat",
        ("0812-0000-1234", "dimas@surat.example"),
        "satu berkas",
        ("PT Perantara Kerja",),
    ),
    Language.EN: Letter(
        "Bandung, 24 November 2026",
        f"Cancelling the interview on 27 November 2026, {POSITION} position",
        ("Ibu Raden Ajeng Kusumaningtyas Widyaningrum Prawirodirdjo", COMPANY, "Jalan Melati No. 5", "Bandung 40115"),
        "Dear Ibu Raden Ajeng Kusumaningtyas Widyaningrum Prawirodirdjo,",
        (
            f"Thank you for inviting me to the interview for the {POSITION} position at {COMPANY}. " * 2,
            "I have to cancel the interview on Friday, 27 November 2026 at 9:00 a.m. WIB. " * 3,
            "Thank you for giving this your attention.",
        ),
        "Yours sincerely,",
        "Dimas Pratama Wicaksono Adiningrat",
        ("0812-0000-1234", "dimas@surat.example"),
        "Résumé",
        ("PT Perantara Kerja", "Ibu Wulan"),
    ),
}
BOTH = pytest.mark.parametrize("language", list(Language))


def picture() -> bytes:
    """A small PNG with a see-through ground."""
    rows = b"".join(b"\x00" + b"\x00\x00\x00\xff" * 40 + b"\x00\x00\x00\x00" * 40 for _ in range(20))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 80, 20, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def squeezed(text: str) -> str:
    return "".join(text.split())


def in_order(letter: Letter, language: Language) -> list[str]:
    """The parts in the order of the language's layout."""
    to, subject = list(letter.addressee), letter.subject
    head = (
        [subject, letter.enclosures or "", *to, letter.salutation]
        if language == Language.ID
        else [*to, letter.salutation, subject]
    )
    tail = [*letter.copies] if language == Language.ID else [letter.enclosures or "", *letter.copies]
    return [letter.place_and_date, *head, *letter.paragraphs, letter.closing, letter.name, *letter.contact, *tail]


@BOTH
def test_pdf_is_one_page_with_every_part_in_order(language: Language) -> None:
    """Names and positions of sixty letters included; the text can be drawn out again."""
    reader = pypdf.PdfReader(BytesIO(letter_pdf(LETTERS[language], language, created_on=DAY)))
    assert len(reader.pages) == 1
    text = squeezed(reader.pages[0].extract_text())
    at = 0
    for part in in_order(LETTERS[language], language):
        found = text.find(squeezed(part), at)
        assert found >= 0, part
        at = found + 1


@BOTH
def test_pdf_is_tagged_archival_and_tells_its_language(language: Language) -> None:
    """PDF/A-2b with a structure tree, title, author, language and the day given."""
    reader = pypdf.PdfReader(BytesIO(letter_pdf(LETTERS[language], language, created_on=DAY)))
    root: Any = reader.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], "/StructTreeRoot" in root, root["/Lang"]) == (True, True, language.value)
    metadata = root["/Metadata"].get_data().decode()
    assert ("<pdfaid:part>2</pdfaid:part>" in metadata, "<pdfaid:conformance>B</pdfaid:conformance>" in metadata) == (
        True,
        True,
    )
    about = reader.metadata
    assert (about.title, about.author) == (LETTERS[language].subject, LETTERS[language].name)
    assert about.creation_date.date() == DAY


@BOTH
def test_pdf_carries_its_fonts(language: Language) -> None:
    """Every font is embedded: the letter looks the same everywhere."""
    reader = pypdf.PdfReader(BytesIO(letter_pdf(LETTERS[language], language, created_on=DAY)))
    fonts: Any = reader.pages[0]["/Resources"]["/Font"]
    embedded = {}
    for font in fonts.values():
        descendant = font["/DescendantFonts"][0].get_object()
        descriptor = descendant["/FontDescriptor"]
        embedded[descendant["/BaseFont"].partition("+")[2]] = "/FontFile2" in descriptor or "/FontFile3" in descriptor
    assert embedded == {"Caladea-Regular": True, "Caladea-Bold": True}


@BOTH
@pytest.mark.parametrize("lay_out", [letter_pdf, letter_docx])
def test_same_letter_gives_the_same_bytes(language: Language, lay_out: Any) -> None:
    """What was approved is what goes out, at any hour."""
    first = lay_out(LETTERS[language], language, created_on=DAY)
    time.sleep(2.1)  # the archive of a DOCX counts in steps of two seconds
    assert lay_out(LETTERS[language], language, created_on=DAY) == first


@BOTH
def test_long_letter_is_set_smaller_rather_than_on_two_pages(language: Language) -> None:
    """Twice the length that the rules allow still stands on one page, signature and all."""
    letter = LETTERS[language]
    long = replace(letter, paragraphs=letter.paragraphs * 3)
    assert len(pypdf.PdfReader(BytesIO(letter_pdf(long, language, created_on=DAY))).pages) == 1


@BOTH
def test_nothing_in_a_letter_is_markup(language: Language) -> None:
    """Signs that mean something to a typesetter are letters here."""
    hostile = '#panic("x") *a* _b_ $c$ @d <e> `f` \\ [g] {h} // i "j" \'k\' -- ... ~'
    letter = replace(LETTERS[language], name=hostile, subject=hostile, copies=(hostile,), paragraphs=(hostile, "dua\nbaris"))
    text = pypdf.PdfReader(BytesIO(letter_pdf(letter, language, created_on=DAY))).pages[0].extract_text()
    assert squeezed(text).count(squeezed(hostile)) == 4


@BOTH
def test_pdf_shows_a_picture_of_the_signature(language: Language) -> None:
    """In place of the room for one, with words for those who cannot see it."""
    data = letter_pdf(LETTERS[language], language, created_on=DAY, signature=picture())
    reader = pypdf.PdfReader(BytesIO(data))
    assert (len(reader.pages), len(reader.pages[0].images)) == (1, 1)


@pytest.mark.parametrize("lay_out", [letter_pdf, letter_docx])
@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<svg/>"])
def test_picture_of_another_kind_is_refused(lay_out: Any, data: bytes) -> None:
    """A clear word instead of a broken file."""
    with pytest.raises(PamitError) as caught:
        lay_out(LETTERS[Language.ID], Language.ID, created_on=DAY, signature=data)
    assert caught.value.code == "bad-picture"


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", picture()[:40], b"\xff\xd8\xff\xe0\x00"])
def test_broken_picture_is_refused(data: bytes) -> None:
    """A file that only begins like a picture."""
    codes = []
    for lay_out in (letter_pdf, letter_docx):
        with pytest.raises(PamitError) as caught:
            lay_out(LETTERS[Language.ID], Language.ID, created_on=DAY, signature=data)
        codes.append(caught.value.code)
    assert codes == ["letter-not-set", "bad-picture"]


def test_letters_of_other_alphabets_are_set_or_refused() -> None:
    """Vietnamese is in the spare font; what no font has is said, without quoting the letter."""
    name = "Nguyễn Thị Thu Hạnh"
    data = letter_pdf(replace(LETTERS[Language.ID], name=name), Language.ID, created_on=DAY)
    assert squeezed(name) in squeezed(pypdf.PdfReader(BytesIO(data)).pages[0].extract_text())
    with pytest.raises(PamitError) as caught:
        letter_pdf(replace(LETTERS[Language.ID], name="王小明"), Language.ID, created_on=DAY)
    assert (caught.value.code, "王" in caught.value.message) == ("letter-not-set", False)


@BOTH
def test_docx_has_named_styles_in_order(language: Language) -> None:
    """Every paragraph has a style of its own kind; nothing is formatted by blanks or empty paragraphs."""
    document = docx.Document(BytesIO(letter_docx(LETTERS[language], language, created_on=DAY)))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    address, body, signed = (
        ["Letter Address"] * 4,
        ["Body Text"] * 3,
        ["Closing", "Signature", "Letter Contact", "Letter Contact"],
    )
    assert (
        styles
        == {
            Language.ID: [
                "Date",
                "Letter Label",
                "Letter Label",
                *address,
                "Salutation",
                *body,
                *signed,
                "Letter Notes",
                "Letter Notes",
            ],
            Language.EN: ["Date", *address, "Salutation", "Letter Subject", *body, *signed, "Letter Notes", "Letter Notes"],
        }[language]
    )
    assert [paragraph.text for paragraph in document.paragraphs if not paragraph.text] == []
    text = squeezed("".join(paragraph.text for paragraph in document.paragraphs))
    assert [part for part in in_order(LETTERS[language], language) if squeezed(part) not in text] == []


@BOTH
def test_docx_is_a4_in_the_language_of_the_letter(language: Language) -> None:
    """Page, spelling and properties."""
    document = docx.Document(BytesIO(letter_docx(LETTERS[language], language, created_on=DAY, signature=picture())))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    about = document.core_properties
    assert (about.author, about.language, about.created.date()) == (
        LETTERS[language].name, {Language.ID: "id-ID", Language.EN: "en-GB"}[language], DAY,
    )  # fmt: skip
    assert len(document.inline_shapes) == 1


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("times", [1, 3])
def test_docx_is_one_page_in_a_word_processor(times: int, tmp_path: Path) -> None:
    """Both layouts, normal and three times as long."""
    for language, letter in LETTERS.items():
        long = replace(letter, paragraphs=letter.paragraphs * times)
        (tmp_path / f"{language}.docx").write_bytes(letter_docx(long, language, created_on=DAY))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, *map(str, tmp_path.glob("*.docx"))], check=True, capture_output=True, timeout=120)
    pages = {file.stem: len(pypdf.PdfReader(file).pages) for file in tmp_path.glob("*.pdf")}
    assert pages == {"id": 1, "en": 1}
