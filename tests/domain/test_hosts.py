"""Names of hosts: their ASCII form, what they look like, whose they are."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamit.domain.hosts import ascii_address, ascii_host, ascii_link, judge_host, letters_of, looks_like, organisation_of


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


@pytest.mark.parametrize(
    ("host", "flaw", "house"),
    [
        ("mail.tunas.example", None, None),
        ("gmail.com", None, None),
        ("mail.google.com", None, None),
        ("us02web.zoom.us", None, None),
        ("tunas-jaya.co.id", None, None),
        ("ｚｏｏｍ.us", None, None),  # a browser makes plain letters of wide ones itself
        ("zoom。us", None, None),
        ("", None, None),
        ("...", None, None),
        ("[127.0.0.1]", None, None),
        ("gооgle.com", "mixed", "google.com"),
        ("tunаs.example", "mixed", None),
        ("hr-тunas.example", "mixed", None),
        ("日本tunas.example", "mixed", None),
        ("аррӏе.com", "alike", "apple.com"),
        ("ехсео.example", "alike", None),
        ("xn--80ak6aa92e.com", "alike", "apple.com"),
        ("zoọm.us", "alike", "zoom.us"),
        ("GmaiI.com", "alike", "gmail.com"),
        ("rnicrosoft.com", "alike", "microsoft.com"),
        ("zo0m.us", "alike", "zoom.us"),
        ("karir.bankmandlri.co.id", "alike", "bankmandiri.co.id"),
        ("bücher.example", "foreign", None),
        ("日本.example", "foreign", None),
        ("カタカナ漢字.example", "foreign", None),
        ("москва.example", "foreign", None),
        ("xn--.example", "foreign", None),
        ("xn--99999999999999999.example", "foreign", None),
    ],
)
def test_name_is_judged(host: str, flaw: str | None, house: str | None) -> None:
    """Mixed scripts and names that are taken for others are told apart from names in one script, and from plain ones."""
    found = judge_host(host)
    assert (found.flaw if found else None, found.house if found else None) == (flaw, house)


def test_ascii_form_is_the_one_computers_know() -> None:
    """Of addresses and links the host alone changes; "ß" is a letter of its own."""
    assert ascii_host("Straße.Example") == "xn--strae-oqa.example"
    assert ascii_address("Ayu@Tunas.Example") == "Ayu@Tunas.Example"
    assert ascii_address("ayü@tunаs.example") == "ayü@xn--tuns-73d.example"
    assert ascii_link("HTTPS://u@tunаs.example:8443/ä?b#c") == "HTTPS://u@xn--tuns-73d.example:8443/ä?b#c"
    assert ascii_link("zoom.us/j/1") == "zoom.us/j/1"
    assert letters_of("xn--tuns-73d.example") == "tunаs.example"


def test_likeness_needs_another_name() -> None:
    """The house itself is not like itself, and neither is a part of it."""
    houses = frozenset({"kilau.example"})
    assert looks_like("mail.kilau.example", houses) is None
    assert looks_like("mail.k1lau.example", houses) == "kilau.example"
    assert looks_like("lain.example", houses) is None


@given(st.text(max_size=300))
def test_any_text_gives_an_ascii_name(host: str) -> None:
    """Nothing raises, and no foreign letter is left."""
    assert ascii_host(host).isascii()
    found = judge_host(host)
    assert found is None or found.ascii.isascii()


@pytest.mark.parametrize(
    "host", ["xn--" + "a" * 100_000, "é" * 100_000, ".".join("é" * 50_000), "xn--9." * 20_000, "rn" * 50_000]
)
def test_long_name_costs_no_more_than_a_short_one(host: str) -> None:
    """What is longer than a name can be is cut before it is looked at."""
    spent = time.process_time()
    judge_host(host)
    assert time.process_time() - spent < 0.5
