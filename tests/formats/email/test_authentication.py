"""What the receiving server found out about the sender."""

from __future__ import annotations

import pytest

from pamit.domain.scheduling import Authentication
from pamit.formats.email import parse_email
from pamit.formats.email.authentication import read_authentication

GOOGLE = (
    "mx.google.com; dkim=pass header.i=@kertas.example header.s=s1 header.b=abc; spf=pass (google.com: domain of x; y) "
    "smtp.mailfrom=a@kertas.example; dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=kertas.example"
)


def read(*fields: str, server: str | None = None) -> Authentication | None:
    head = "".join(f"Authentication-Results: {field}\n" for field in fields)
    return read_authentication(parse_email(f"Received: x\n{head}\nbody".encode()), server)


def test_results_of_a_large_provider() -> None:
    """DMARC and the aligned signature, comments passed over."""
    assert read(GOOGLE) == Authentication("mx.google.com", "pass", ("kertas.example",), "kertas.example")


def test_only_the_topmost_counts() -> None:
    """What stands below was there when the mail came, and may be the sender's own invention."""
    forged = "mx.google.com; dmarc=pass header.from=kertas.example"
    assert read("mx.google.com; dmarc=fail header.from=kertas.example", forged) == Authentication(
        "mx.google.com", "fail", (), "kertas.example"
    )
    assert read("mx.lain.example; dmarc=pass", GOOGLE, server="MX.google.com") == read(GOOGLE)


@pytest.mark.parametrize(
    "field",
    ["", ";;;", "()", "mx.example 1; none", "mx.example", "(" * 3000, "a b c; dmarc=pass", "mx.example; dmarc", "x" * 5000],
)
def test_odd_fields_prove_nothing(field: str) -> None:
    """No result is no proof, and never an exception."""
    found = read(field)
    assert found is None or (found.dmarc, found.dkim_domains) == (None, ())


def test_failed_signature_is_no_proof() -> None:
    """Only what passed is listed."""
    assert read("mx.example; dkim=fail header.d=kertas.example; dkim=pass header.d=Robot.Example") == Authentication(
        "mx.example", None, ("robot.example",), None
    )
