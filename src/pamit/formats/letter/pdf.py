"""The letter as PDF: one A4 page, tagged, PDF/A-2b, its font within, the same bytes for the same letter."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

from pamit.domain.letter import Letter
from pamit.domain.terms import Language
from pamit.errors import ErrorKind, PamitError
from pamit.formats.letter.wording import LABELS, check_picture, missing_package

__all__ = ["letter_pdf"]

_FONT_PACKAGE = "font_caladea"


def letter_pdf(letter: Letter, language: Language, *, created_on: date, signature: bytes | None = None) -> bytes:
    """Lay a letter out as PDF. Pure: the same arguments give the same bytes.

    Args:
        language: decides the layout and the language that readers and screen readers are told.
        created_on: the date the document states as that of its creation.
        signature: a picture of the signature, PNG or JPEG; room for one by hand where it is None.

    Raises:
        PamitError: MISSING ``letters-not-installed``; INVALID ``bad-picture``, or ``letter-not-set`` where the letters of
            some script are in no font at hand.
    """
    try:
        import typst  # an optional package
    except ImportError as error:
        raise missing_package("typst") from error
    if signature is not None:
        check_picture(signature)
    record = _record(letter, language, created_on, signature)
    compile_document: Any = typst.compile
    try:
        data: bytes = compile_document(
            _template(),
            font_paths=_font_folders(),
            ignore_system_fonts=True,
            sys_inputs={"letter": json.dumps(record, ensure_ascii=False)},
            pdf_standards="a-2b",
        )
    except RuntimeError as error:
        # A TypstError is one. Its own words quote the letter, so they stay out of the message.
        raise PamitError(
            ErrorKind.INVALID,
            "letter-not-set",
            "The letter cannot be set: a letter of some script is in none of the fonts, or the picture is broken.",
        ) from error
    return data


def _record(letter: Letter, language: Language, created_on: date, signature: bytes | None) -> dict[str, object]:
    labels = LABELS[language]
    return {
        "language": language.value,
        "labels": {"subject": labels.subject, "enclosures": labels.enclosures, "copies": labels.copies},
        "title": letter.subject,
        "date": [created_on.year, created_on.month, created_on.day],
        "place": letter.place_and_date,
        "subject": letter.subject,
        "addressee": letter.addressee,
        "salutation": letter.salutation,
        "paragraphs": [paragraph.split("\n") for paragraph in letter.paragraphs],
        "closing": letter.closing,
        "name": letter.name,
        "contact": letter.contact,
        "enclosures": letter.enclosures,
        "copies": letter.copies,
        "signature": list(signature) if signature is not None else None,
        "signature-text": labels.signature.format(name=letter.name),
    }


@cache
def _template() -> bytes:
    return files("pamit.formats.letter").joinpath("letter.typ").read_bytes()


@cache
def _font_folders() -> list[str]:
    """Where the letter's font lies; without its package the compiler's own serif serves."""
    spec = find_spec(_FONT_PACKAGE)
    return [f"{folder}/files" for folder in (spec.submodule_search_locations or ())] if spec else []
