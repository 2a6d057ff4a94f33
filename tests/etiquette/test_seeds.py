"""The sample letters of the guides the product follows, their slots filled."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pamit.domain.message import CheckContext, Draft
from pamit.domain.terms import Channel, Language, Move, Purpose, Severity
from pamit.etiquette import check_draft

FILLED = {
    "[Pewawancara]": "Ibu Maya Kusuma",
    "[Posisi]": "Staf Arsip",
    "[Perusahaan]": "PT Contoh Lestari",
    "[Nama Anda]": "Budi Hartawan",
    "(namamu)": "Budi Hartawan",
}
FACTS = CheckContext(
    company="PT Contoh Lestari", position="Staf Arsip", contact_name="Ibu Maya Kusuma", candidate="Budi Hartawan"
)


def _filled(text: str) -> str:
    for slot, value in FILLED.items():
        text = text.replace(slot, value)
    return text


def _long_guide(shared: Path) -> list[str]:
    (guide,) = shared.joinpath("seeds").glob("003*.txt")
    letters = re.findall(r"\[Pewawancara\] yang terhormat,.*?\[Nama Anda\]", guide.read_text("utf-8"), re.DOTALL)
    assert len(letters) == 5
    return [_filled(letter) for letter in letters]


def _found(text: str, context: CheckContext) -> set[str]:
    draft = Draft(Channel.EMAIL, text, Language.ID, Purpose.DECLINE, "Penolakan wawancara Staf Arsip – Budi Hartawan")
    return {finding.rule for finding in check_draft(draft, context).findings if finding.severity is not Severity.HINT}


def test_first_sample_letter_is_found_to_mix_registers(shared: Path) -> None:
    """The guide's first letter says "saya" and "aku", "Anda" and "denganmu"."""
    assert _found(_long_guide(shared)[0], FACTS) == {"mixed-register"}


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_other_sample_letters_are_accused_of_nothing(shared: Path, number: int) -> None:
    """The guide's other letters thank, decide, give a reason and close: nothing is found."""
    assert _found(_long_guide(shared)[number], FACTS) == set()


def test_sample_mail_for_a_second_interview_is_accused_of_nothing(shared: Path) -> None:
    """The model mail declines a second interview politely."""
    (guide,) = shared.joinpath("seeds").glob("002*.txt")
    (mail,) = re.findall(r"Dear Ms\. Smith,.*", guide.read_text("utf-8"), re.DOTALL)
    context = CheckContext(
        company="XYZ Corporation", position="Marketing Associate", contact_name="Ms. Smith", candidate="Budi Hartawan"
    )
    draft = Draft(Channel.EMAIL, _filled(mail), Language.ID, Purpose.DECLINE, "Penolakan wawancara kedua – Budi Hartawan")
    report = check_draft(draft, context)
    assert [finding.rule for finding in report.findings if finding.severity is not Severity.HINT] == []
    assert {move for move, made in report.moves.items() if made} >= {
        Move.SALUTATION, Move.THANKS, Move.POSITION_NAMED, Move.COMPANY_NAMED, Move.DECISION_CLEAR, Move.REASON_GIVEN,
        Move.SIGNATURE,
    }  # fmt: skip
