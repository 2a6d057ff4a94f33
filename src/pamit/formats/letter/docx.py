"""The letter as DOCX: one A4 page of named styles, so that a person can go on editing it in any word processor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pamit.domain.letter import Letter
from pamit.domain.terms import Language
from pamit.errors import ErrorKind, PamitError
from pamit.formats.letter.wording import LABELS, check_picture, missing_package

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["letter_docx"]

_FONT: Final = "Cambria"
"""On every word processor, or replaced there by Caladea, which has the same widths and serves the PDF too."""

_LINE_HEIGHT: Final = 1.15
_ROOM_TO_SIGN: Final = 54.0
"""Points between closing and name: 19 mm."""

_COLUMN_MM: Final = 160
_PAGE_POINTS: Final = 714.0
"""The height of the text: A4 without its margins of 25 and 20 mm."""

_SIZES: Final = (11.5, 11.0, 10.5, 10.0, 9.5, 9.0)
_PICTURE_MM: Final = 17
_SIGNED_AT: Final = 0.55
"""Where closing and name begin in the Indonesian layout, as a share of the column."""

_LABEL_MM: Final = 23


@dataclass(frozen=True)
class _Style:
    """A paragraph style.

    Attributes:
        builtin: whether word processors know it by that name already.
        before, after: white space in points; ``signed``: whether it belongs to the block of the signature.
    """

    name: str
    builtin: bool = True
    before: float = 0
    after: float = 0
    bold: bool = False
    signed: bool = False


_STYLES: Final = (
    _Style("Date", after=12),
    _Style("Letter Label", builtin=False),
    _Style("Letter Address", builtin=False),
    _Style("Salutation", before=12, after=8),
    _Style("Letter Subject", builtin=False, after=8, bold=True),
    _Style("Body Text", after=8),
    _Style("Closing", before=4, signed=True),
    _Style("Signature", bold=True, signed=True),
    _Style("Letter Contact", builtin=False, signed=True),
    _Style("Letter Notes", builtin=False),
)


def letter_docx(letter: Letter, language: Language, *, created_on: date, signature: bytes | None = None) -> bytes:
    """Lay a letter out as a DOCX file. Pure: the same arguments give the same bytes.

    Args:
        language: decides the layout and the language of spell checking.
        created_on: the date the document states as that of its creation.
        signature: a picture of the signature, PNG or JPEG; room for one by hand where it is None.

    Raises:
        PamitError: MISSING ``letters-not-installed``; INVALID ``bad-picture``.
    """
    try:
        import docx  # an optional package
    except ImportError as error:
        raise missing_package("python-docx") from error
    if signature is not None:
        check_picture(signature)
    document = docx.Document(BytesIO(_blank(language)))
    page = _Page(document, letter, language, signature)
    page.describe(created_on)
    page.write()
    written = BytesIO()
    document.save(written)
    return _with_fixed_times(written.getvalue())


class _Page:
    """Writes one letter into an empty document."""

    def __init__(self, document: Document, letter: Letter, language: Language, signature: bytes | None) -> None:
        self._document = document
        self._letter = letter
        self._language = language
        self._signature = signature
        self._labels = LABELS[language]

    def describe(self, created_on: date) -> None:
        """What the file says of itself, and the size of its letters."""
        from docx.shared import Pt

        about = self._document.core_properties
        about.title, about.author, about.last_modified_by = self._letter.subject, self._letter.name, self._letter.name
        about.language, about.comments, about.keywords = self._labels.locale, "", ""
        about.created = about.modified = datetime(created_on.year, created_on.month, created_on.day, tzinfo=UTC)
        self._document.styles["Normal"].font.size = Pt(_size_for(self._letter, self._language))

    def write(self) -> None:
        """All paragraphs, in the order of the language's layout."""
        letter = self._letter
        self._add("Date", letter.place_and_date)
        if self._language == Language.ID:
            self._label(self._labels.subject, letter.subject)
            if letter.enclosures:
                self._label(self._labels.enclosures, letter.enclosures)
            self._gap(12)
            self._lines("Letter Address", letter.addressee)
            self._add("Salutation", letter.salutation)
        else:
            self._lines("Letter Address", letter.addressee)
            self._add("Salutation", letter.salutation)
            self._add("Letter Subject", f"{self._labels.subject}: {letter.subject}")
        for paragraph in letter.paragraphs:
            self._add("Body Text", paragraph)
        self._sign()
        self._notes()

    def _sign(self) -> None:
        from docx.shared import Mm, Pt

        self._add("Closing", self._letter.closing).paragraph_format.keep_with_next = True
        name = self._letter.name
        if self._signature is not None:
            picture = self._add("Letter Contact", "")
            picture.paragraph_format.keep_with_next = True
            try:
                shape = picture.add_run().add_picture(BytesIO(self._signature), height=Mm(_PICTURE_MM))
            except Exception as error:  # the library has no common error for a picture that is cut or untrue
                raise PamitError(ErrorKind.INVALID, "bad-picture", "The picture of the signature is broken.") from error
            shape._inline.docPr.set("descr", self._labels.signature.format(name=name))
        signed = self._add("Signature", name)
        if self._signature is None:
            signed.paragraph_format.space_before = Pt(_ROOM_TO_SIGN)
        for line in self._letter.contact:
            signed.paragraph_format.keep_with_next = True
            signed = self._add("Letter Contact", line)

    def _notes(self) -> None:
        letter = self._letter
        if self._language == Language.ID:
            if letter.copies:
                self._gap(16)
                self._add("Letter Notes", f"{self._labels.copies}:")
            for number, line in enumerate(letter.copies, 1):
                self._add("Letter Notes", f"{number}. {line}" if len(letter.copies) > 1 else line)
            return
        notes = [(self._labels.enclosures, letter.enclosures), (self._labels.copies, ", ".join(letter.copies))]
        if any(text for _, text in notes):
            self._gap(16)
        for label, text in notes:
            if text:
                self._add("Letter Notes", f"{label}: {text}")

    def _add(self, style: str, text: str) -> Any:
        return self._document.add_paragraph(text, style)

    def _lines(self, style: str, lines: tuple[str, ...]) -> None:
        for line in lines:
            self._add(style, line)

    def _label(self, label: str, text: str) -> None:
        self._add("Letter Label", f"{label}\t: {text}")

    def _gap(self, points: float) -> None:
        """White space after the last paragraph."""
        from docx.shared import Pt

        self._document.paragraphs[-1].paragraph_format.space_after = Pt(points)


@cache
def _blank(language: Language) -> bytes:
    """An empty document with the page and the styles of a letter."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = Mm(25)
    section.bottom_margin = Mm(20)
    normal: Any = document.styles["Normal"]
    normal.font.name = _FONT
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = _LINE_HEIGHT
    normal.paragraph_format.widow_control = True
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), LABELS[language].locale)
    for style in _STYLES:
        _add_style(document, style, language)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _add_style(document: Document, wanted: _Style, language: Language) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    known = {style.name for style in document.styles}
    style: Any = (
        document.styles[wanted.name]
        if wanted.name in known
        else document.styles.add_style(wanted.name, WD_STYLE_TYPE.PARAGRAPH, wanted.builtin)
    )
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(wanted.before), Pt(wanted.after)
    style.font.bold = wanted.bold or None
    if wanted.name == "Letter Label":
        form.left_indent, form.first_line_indent = Mm(_LABEL_MM), -Mm(_LABEL_MM)
        form.tab_stops.add_tab_stop(Mm(_LABEL_MM - 2))
    if language == Language.ID:
        if wanted.name == "Date":
            form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if wanted.signed:
            form.left_indent = Mm(round(_COLUMN_MM * _SIGNED_AT))


def _size_for(letter: Letter, language: Language) -> float:
    """The largest size in points at which the letter should stand on one page, by a cautious count of its lines."""
    for size in _SIZES:
        if _height_of(letter, language, size) <= _PAGE_POINTS:
            return size
    return _SIZES[-1]


def _height_of(letter: Letter, language: Language, size: float) -> float:
    # Cambria takes about 0.47 of its size per letter; more here, as lines break at words and the font may be replaced.
    column = _COLUMN_MM * 72 / 25.4 / (0.52 * size)
    signed = column * (1 - _SIGNED_AT) if language == Language.ID else column
    wide = [*letter.addressee, *letter.paragraphs, letter.salutation, letter.subject, letter.enclosures or "", *letter.copies]
    wide.append(letter.place_and_date)
    lines = sum(max(1, ceil(len(line) / column)) for text in wide for line in text.split("\n"))
    lines += sum(max(1, ceil(len(line) / signed)) for line in (letter.closing, letter.name, *letter.contact))
    gaps = 60 + 8 * len(letter.paragraphs) + _ROOM_TO_SIGN
    return lines * size * _LINE_HEIGHT * 1.16 + gaps


def _with_fixed_times(data: bytes) -> bytes:
    """The same archive with no moment of writing in it."""
    written = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(written, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            fixed = ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            fixed.compress_type = ZIP_DEFLATED
            fixed.external_attr = 0o600 << 16
            target.writestr(fixed, source.read(entry))
    return written.getvalue()
