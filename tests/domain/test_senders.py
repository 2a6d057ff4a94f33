"""What is said of a mail that names two houses, and of names that seem to be others."""

from __future__ import annotations

import pytest

from pamit.domain.senders import house_warnings, warn_of_host, warn_of_name

HERE = ["hr@tunas.example"]


@pytest.mark.parametrize(
    ("senders", "reply_to", "organizers", "codes"),
    [
        (HERE, [], [], []),
        (HERE, ["karir@tunas.example"], ["budi@mail.tunas.example"], []),
        (HERE, ["Ayu@TUNAS.example"], [], []),
        (["a@mail.tunas.co.id"], ["b@tunas.co.id"], [], []),
        (HERE, ["hr@ats.example"], [], ["reply-elsewhere"]),
        (HERE, [], ["robot@ats.example"], ["organizer-elsewhere"]),
        (HERE, ["x@ats.example"], ["y@lain.example"], ["reply-elsewhere", "organizer-elsewhere"]),
        (HERE, ["karir@tunas.example", "x@lain.example"], [], ["reply-elsewhere"]),
        (HERE, ["hr@tunаs.example"], [], ["reply-elsewhere"]),
        ([], ["x@ats.example"], ["y@lain.example"], []),
        (["tanpa alamat"], ["x@ats.example"], [], []),
        (["rani@gmail.com"], ["rani@yahoo.com"], [], ["reply-elsewhere"]),
    ],
)
def test_two_houses_are_said_as_a_fact(
    senders: list[str], reply_to: list[str], organizers: list[str], codes: list[str]
) -> None:
    """Only another organisation counts; what is said is a note and no mark of a fake."""
    found = house_warnings(senders, reply_to, organizers)
    assert [one.code for one in found] == codes
    assert {one.is_mark for one in found} <= {False}


def test_both_houses_are_named_in_both_languages() -> None:
    """In their ASCII form, and nobody is accused."""
    (said,) = house_warnings(HERE, ["hr@tunаs.example"], [])
    assert said.message.id == (
        "Pengirimnya di tunas.example, sedangkan balasan akan terkirim ke xn--tuns-73d.example. "
        "Ini lazim pada sistem rekrutmen; pastikan Anda mengenal keduanya sebelum membalas."
    )
    assert said.message.en == (
        "The sender is at tunas.example, while answers go to xn--tuns-73d.example. Recruiting systems often do this; "
        "make sure that you know both before you answer."
    )


def test_name_that_seems_another_is_shown_beside_its_ascii_form() -> None:
    """The warning gives both, and the known house where there is one; a name in one script is a note."""
    found = [warn_of_host(host) for host in ("gооgle.com", "bücher.example", "xn--.example", "tunas.example")]
    assert [(one.code, one.tier) if one else None for one in found] == [
        ("look-alike", "high"), ("foreign-letters", "note"), ("foreign-letters", "note"), None,
    ]  # fmt: skip
    assert found[0] is not None
    assert found[0].message.en.split(". Do not")[0] == (
        "The address “gооgle.com” looks like google.com but uses letters of another script. Its true name is xn--ggle-55da.com"
    )


def test_words_of_a_stranger_stay_short_within_a_sentence() -> None:
    """A name that is as long as a message is cut."""
    said = warn_of_name("a" * 400 + "@tunas.example", "jahat.example")
    assert (len(said.message.en) < 300, said.tier) == (True, "medium")
