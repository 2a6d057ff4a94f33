"""Who is trusted to change a meeting."""

from __future__ import annotations

import pytest

from pamit.domain.scheduling import Authentication, Envelope, TrustLevel, organisation_of, trust_of

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


@pytest.mark.parametrize(
    ("domain", "organisation"),
    [
        ("kertas.example", "kertas.example"),
        ("a.b.kertas.example", "kertas.example"),
        ("mail.kertas.co.id", "kertas.co.id"),
        ("kertas.web.id", "kertas.web.id"),
        ("co.id", "co.id"),
        ("mail.kertas.id", "kertas.id"),
        ("x.kertas.co.uk", "kertas.co.uk"),
        ("Localhost", "localhost"),
        ("", ""),
    ],
)
def test_organisation_of_a_domain(domain: str, organisation: str) -> None:
    """Without the list of public suffixes, by the second-level names that countries use."""
    assert organisation_of(domain) == organisation
