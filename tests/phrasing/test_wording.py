"""How persons, companies, positions and lists are written."""

from __future__ import annotations

import pytest

from pamit.domain.interview import Agency, Contact, Interview
from pamit.domain.terms import Language, Mode, Register
from pamit.phrasing.wording import addressee_of, join_list, tidy, write_questions, write_role

from .scenes import NOW


def addressed(name: str | None, language: Language, register: Register = Register.FORMAL) -> tuple[str, str]:
    addressee = addressee_of(Interview(company="PT Lembah Cahaya", contact=Contact(name)), language, register)
    return addressee.name, addressee.you


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Ibu Ratna Dewi", ("Ibu Ratna Dewi", "Ibu")),
        ("Bpk. Slamet", ("Bapak Slamet", "Bapak")),
        ("Pak Slamet", ("Bapak Slamet", "Bapak")),
        ("Ratna Dewi", ("Bapak/Ibu Ratna Dewi", "Bapak/Ibu")),
        ("Bapak/Ibu Ratna Dewi", ("Bapak/Ibu Ratna Dewi", "Bapak/Ibu")),
        ("Ibu Ratna Dewi, S.Psi., M.M.", ("Ibu Ratna Dewi", "Ibu")),
        ("Dr. Ratna Dewi", ("Dr. Ratna Dewi", "Bapak/Ibu")),
        ("Bapak Dr. Slamet Riyanto", ("Dr. Slamet Riyanto", "Bapak")),
        ("Ms Clara Hughes", ("Ibu Clara Hughes", "Ibu")),
        ("Kak Ratna", ("Bapak/Ibu Ratna", "Bapak/Ibu")),
        ("Mbak Ratna", ("Ibu Ratna", "Ibu")),
        ("Tim HR", ("Tim HR", "Bapak/Ibu")),
        (None, ("Tim Rekrutmen PT Lembah Cahaya", "Bapak/Ibu")),
        ("  ", ("Tim Rekrutmen PT Lembah Cahaya", "Bapak/Ibu")),
    ],
)
def test_indonesian_address_mirrors_and_never_guesses(written: str | None, expected: tuple[str, str]) -> None:
    """The honorific of the invitation is kept; without one it is "Bapak/Ibu"."""
    assert addressed(written, Language.ID) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Ms Clara Hughes", "Ms Hughes"),
        ("Mr. Hughes", "Mr Hughes"),
        ("Mr Tan Wei Ming", "Mr Tan Wei Ming"),
        ("Clara Hughes", "Clara Hughes"),
        ("Ibu Ratna Dewi", "Ibu Ratna Dewi"),
        ("Dr. Clara Hughes", "Dr Clara Hughes"),
        ("Kak Ratna", "Ratna"),
        (None, "PT Lembah Cahaya Recruitment Team"),
    ],
)
def test_english_address_never_guesses(written: str | None, expected: str) -> None:
    """The family name stands alone only after an English title and where it is plain which it is."""
    assert addressed(written, Language.EN)[0] == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("Kak Ratna", ("Kak Ratna", "Kakak")), ("Mas Bagas", ("Mas Bagas", "Mas")), ("Mbak Ratna", ("Mbak Ratna", "Mbak"))],
)
def test_friendly_address_mirrors_kak_mas_mbak(written: str, expected: tuple[str, str]) -> None:
    """The familiar forms are mirrored in the friendly register."""
    assert addressed(written, Language.ID, Register.FRIENDLY) == expected


def test_agency_is_addressed_by_its_name() -> None:
    """An agency is a team, unless a person is named."""
    office = Interview(agency=Agency("Jembatan Talenta"))
    person = Interview(agency=Agency("Ibu Sari Wulandari"))
    assert addressee_of(office, Language.ID, Register.FORMAL, agency=True).name == "Tim Jembatan Talenta"
    assert addressee_of(person, Language.ID, Register.FORMAL, agency=True).name == "Ibu Sari Wulandari"


@pytest.mark.parametrize(
    ("interview", "expected"),
    [
        (Interview(position="Kasir", company="PT Lembah Cahaya"), " untuk posisi Kasir di PT Lembah Cahaya"),
        (Interview(position="Kasir"), " untuk posisi Kasir"),
        (Interview(company="PT Lembah Cahaya Tbk."), " di PT Lembah Cahaya Tbk"),
        (Interview(), ""),
    ],
)
def test_role_is_told_as_far_as_known(interview: Interview, expected: str) -> None:
    """Unknown facts leave no trace."""
    assert write_role(interview, Language.ID) == expected


@pytest.mark.parametrize(
    ("items", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b, or c")]
)
def test_list_is_joined_in_words(items: list[str], expected: str) -> None:
    """Lists read as a person writes them."""
    assert join_list(items, "or", ",") == expected


def test_tidy_keeps_one_line() -> None:
    """Line breaks and a full stop at the end go; nothing is left of blanks."""
    assert tidy(" PT Lembah\n Cahaya Tbk. ") == "PT Lembah Cahaya Tbk"
    assert tidy(" ") is None


def test_questions_ask_for_what_is_missing() -> None:
    """What the invitation leaves out is asked for, three things at most."""
    assert write_questions(Interview(), Language.EN) == (
        "the day and time of the interview, whether we will meet in person or online, and roughly how much time I should allow"
    )
    whole = Interview(start=NOW, end=NOW, mode=Mode.VIDEO, meeting_url="https://meet.example/abc")
    assert write_questions(whole, Language.EN) == "who will be interviewing me"
