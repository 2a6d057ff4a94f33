"""Who is trusted to change a meeting."""

from __future__ import annotations

import pytest

from pamit.domain.scheduling import Authentication, Envelope, TrustLevel, trust_of

PASS = Authentication("mx.surat.example", "pass", ("kertas.example",), "kertas.example")
FIRST = Envelope(("sari@kertas.example",), ("hrd@kertas.example",), "kalender@robot.example", "budi@kertas.example", PASS)


def level(message: Envelope, *thread: Envelope) -> TrustLevel:
    return trust_of(message, thread).level


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (Envelope(("sari@kertas.example",), authentication=PASS), TrustLevel.TRUSTED),
        (Envelope(("budi@kertas.example",), authentication=PASS), TrustLevel.TRUSTED),
        (Envelope(("hrd@kertas.example",), authentication=Authentication("mx.surat.example", None, ("mail.kertas.example",))),
         TrustLevel.TRUSTED),
        (Envelope(("sari@kertas.example",)), TrustLevel.UNPROVEN),
        (Envelope(("sari@kertas.example",), authentication=Authentication("mx.lain.example", "pass", ("kertas.example",))),
         TrustLevel.UNPROVEN),
        (Envelope(("sari@kertas.example",), authentication=Authentication("mx.surat.example", "fail")), TrustLevel.UNPROVEN),
        (Envelope(("sari@kertas.example",), authentication=Authentication("mx.surat.example", None, ("jahat.example",))),
         TrustLevel.UNPROVEN),
        (Envelope(("x@jahat.example",), ("sari@kertas.example",), authentication=Authentication(
            "mx.surat.example", "pass", ("jahat.example",), "jahat.example")), TrustLevel.UNPROVEN),
        (Envelope(("undangan-77@kertas.example",), authentication=PASS), TrustLevel.SAME_HOUSE),
        (Envelope(("x@jahat.example",), authentication=PASS), TrustLevel.STRANGER),
        (Envelope(("x@jahat.example",), organizer="sari@kertas.example"), TrustLevel.STRANGER),
        (Envelope(("sari@kertas.example", "x@jahat.example"), authentication=PASS), TrustLevel.STRANGER),
        (Envelope((), authentication=PASS), TrustLevel.STRANGER),
    ],
)  # fmt: skip
def test_sender_beside_a_thread_with_proof(message: Envelope, expected: TrustLevel) -> None:
    """The address must be known and proved by the same server; what the object itself says proves nothing."""
    assert level(message, FIRST) == expected


def test_first_message_is_compared_with_nothing() -> None:
    """It opens the thread."""
    assert level(FIRST) == TrustLevel.FIRST


def test_thread_without_proof_asks_for_none() -> None:
    """Where the server never looked, the address alone decides; a failed check still counts against it."""
    bare = Envelope(("sari@kertas.example",), ("hrd@kertas.example",))
    assert level(bare, bare) == TrustLevel.TRUSTED
    assert level(Envelope(("robot@ats.example",), ("hrd@kertas.example",)), bare) == TrustLevel.TRUSTED
    failed = Envelope(("sari@kertas.example",), authentication=Authentication("mx.surat.example", "fail"))
    assert level(failed, bare) == TrustLevel.UNPROVEN


def test_public_mail_houses_are_no_house() -> None:
    """Two addresses at Gmail have nothing in common."""
    assert level(Envelope(("b@gmail.com",)), Envelope(("a@gmail.com",))) == TrustLevel.STRANGER


def test_only_what_is_enough_needs_no_question() -> None:
    """First and trusted; everybody else is asked about, with a sentence in both languages."""
    for message in (FIRST, Envelope(("x@jahat.example",)), Envelope(("lain@kertas.example",))):
        found = trust_of(message, [FIRST])
        assert found.is_enough == (found.level == TrustLevel.TRUSTED)
        assert found.reason.id
        assert found.reason.en


def test_house_that_looks_like_a_known_one_is_said_to_be_another() -> None:
    """``kilau`` with a Cyrillic letter, or with a figure for a letter: the reason names what it is."""
    known = Envelope(("hr@kilau.example",))
    for address in ("hr@kiIau.example".lower(), "hr@k1lau.example", "hr@xn--klau-l9d.example"):
        trust = trust_of(Envelope((address,)), [known])
        assert (trust.level, trust.reason.en[:38]) == (TrustLevel.STRANGER, "This sender's address only looks like "), address
    assert trust_of(Envelope(("hr@lain.example",)), [known]).reason.en[:29] == "This sender never wrote about"
