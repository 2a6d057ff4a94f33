"""A composed letter taken apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pamit.domain.interview import Candidate, Case, Contact, Interview
from pamit.domain.message import Draft
from pamit.domain.terms import Channel, Language, Purpose, Reason
from pamit.errors import PamitError
from pamit.phrasing import compose
from pamit.phrasing.letter import letter_of

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
CASE = Case(
    Interview("PT Lembah Cahaya", "Staf Gudang", datetime(2026, 11, 27, 2, tzinfo=UTC), contact=Contact("Ibu Ratna Dewi"))
)
WRITER = Candidate("Dimas Pratama", "dimas@surat.example", "0812-0000-1234", "Bandung")


def letter(language: Language, purpose: Purpose = Purpose.DECLINE, writer: Candidate = WRITER, case: Case = CASE) -> Draft:
    return compose(
        case, purpose, candidate=writer, now=NOW, language=language, channel=Channel.LETTER, reason=Reason.OTHER_OFFER
    )


@pytest.mark.parametrize(
    ("language", "addressee", "salutation", "closing"),
    [
        (Language.ID, ("Yth. Ibu Ratna Dewi", "PT Lembah Cahaya"), "Dengan hormat,", "Hormat saya,"),
        (Language.EN, ("Ibu Ratna Dewi", "PT Lembah Cahaya"), "Dear Ibu Ratna Dewi,", "Yours sincerely,"),
    ],
)
def test_letter_is_taken_apart(language: Language, addressee: tuple[str, ...], salutation: str, closing: str) -> None:
    """Each part stands where the layouts look for it."""
    draft = letter(language)
    found = letter_of(draft)
    assert (found.place_and_date, found.subject) == ("Bandung, 24 November 2026", draft.subject)
    assert (found.addressee, found.salutation, found.closing) == (addressee, salutation, closing)
    assert (found.name, found.contact) == ("Dimas Pratama", ("0812-0000-1234", "dimas@surat.example"))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_letter_comes_apart_without_loss(language: Language, purpose: Purpose) -> None:
    """For every purpose, with and without contact lines, city, company, contact: no word is lost."""
    for writer in (WRITER, Candidate("Dimas Pratama")):
        for case in (CASE, Case(Interview())):
            draft = letter(language, purpose, writer, case)
            found = letter_of(draft)
            words = (found.place_and_date, found.subject, *found.addressee, found.salutation, *found.paragraphs)
            words = (*words, found.closing, found.name, *found.contact)
            label = {Language.ID: "Hal: ", Language.EN: "Re: "}[language]
            assert sorted(" ".join(words).split()) == sorted(draft.text.replace(label, "", 1).split())


def test_street_is_written_out_in_indonesian() -> None:
    """ "Jalan", not "Jl." (indonesia.md); address, enclosures and copies are added."""
    found = letter_of(
        letter(Language.ID), address=("Jl. Melati No. 5", " "), enclosures="satu berkas", copies=("PT Perantara",)
    )
    assert found.addressee == ("Yth. Ibu Ratna Dewi", "PT Lembah Cahaya", "Jalan Melati No. 5")
    assert (found.enclosures, found.copies) == ("satu berkas", ("PT Perantara",))


def test_what_is_no_letter_is_refused() -> None:
    """Another channel, or a letter that lost its parts."""
    draft = letter(Language.ID)
    broken = (replace(draft, channel=Channel.EMAIL), replace(draft, text="Dengan hormat,\n\nIsi"))
    broken = (*broken, replace(draft, text=draft.text.replace("Hal: ", "")))
    codes = []
    for one in broken:
        with pytest.raises(PamitError) as caught:
            letter_of(one)
        codes.append(caught.value.code)
    assert codes == ["no-letter", "letter-form", "letter-form"]
