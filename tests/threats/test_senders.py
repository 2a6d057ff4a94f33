"""Who wrote, whatever the header tries: the address that mail programs would answer to, or nobody (T11)."""

from __future__ import annotations

from email import message_from_string
from email.policy import default
from email.utils import getaddresses

import pytest

from pamit.formats.email import parse_email

TRUE = "penipu@jahat.example"
CLAIMED = "hr@bank.example"

# Ways to name one house while writing from another. The address that counts stands in the angle brackets.
_QUOTED = CLAIMED.replace("@", "=40")
_NAMES = (
    f'"{CLAIMED}"', f'"HR ({CLAIMED})"', f'"HR <{CLAIMED}>"', f"{CLAIMED}", f"({CLAIMED})", f'"{CLAIMED}" (HR)',
    f"HR ({CLAIMED})", f'"HR\\" <{CLAIMED}>"', f'"{CLAIMED}, "', f'"{CLAIMED};"', f"'{CLAIMED}'", f'"=?utf-8?q?{_QUOTED}?="',
    f"=?utf-8?q?{_QUOTED}?=", "=?utf-8?b?aHJAYmFuay5leGFtcGxl?=", f"=?utf-8?q?HR_=3C{_QUOTED}=3E?=", f'"HR\u202e {CLAIMED}"',
    f'"HR\u200b{CLAIMED}"', '"hr＠bank.example"', f"HR [{CLAIMED}]", f'"HR" ({CLAIMED}) ',
)  # fmt: skip
_BRACKETS = (f"<{TRUE}>", f" <{TRUE}>", f"\t<{TRUE}>")
HEADERS = [f"From: {name}{bracket}" for name in _NAMES for bracket in _BRACKETS]


@pytest.mark.parametrize("header", HEADERS)
def test_display_name_never_stands_for_the_address(header: str) -> None:
    """Sixty ways to write another's address before one's own: the sender is the true one, or there is none."""
    mail = parse_email(f"{header}\r\nSubject: Undangan\r\n\r\nx".encode())
    assert [one.email for one in mail.senders if one.email != TRUE] == []


DOUBTFUL = (
    f"From: {CLAIMED}\r\nFrom: {TRUE}",
    f"From: {CLAIMED}, {TRUE}",
    f"From: HR <{CLAIMED}>, x <{TRUE}>",
    f"From: {TRUE}\r\nfrom: {CLAIMED}",
)


@pytest.mark.parametrize("header", DOUBTFUL)
def test_two_senders_are_said_to_be_two(header: str) -> None:
    """Programs choose differently among them, so a person has to look."""
    assert "several-senders" in parse_email(f"{header}\r\nSubject: Undangan\r\n\r\nx".encode()).defects


TWISTED = (
    "From: a@x.example(b@y.example)", "From: a@x.example,b@y.example <c@z.example>", "From: <a@x.example", "From: a@x.example>",
    "From: group: a@x.example, b@y.example;", "From: a\x00@x.example", "From: a@x.example\x00@y.example", "From: @x.example",
    "From: a@", "From: <>", "From: a b@x.example", 'From: "a@x.example"@y.example', "From: a@x.example@y.example",
    "From: <@relay.example:a@x.example>", "From: (a@x.example)", "From: a@[127.0.0.1]", "From: undisclosed-recipients:;",
    "From: a@x.example <", "From: \"a", "From: a@x.example;b@y.example", "From: =?utf-8?q?a=40x=2Eexample?=",
)  # fmt: skip


@pytest.mark.parametrize("header", TWISTED)
def test_twisted_header_is_said_to_be_disputed(header: str) -> None:
    """Where two other readers and ours do not find the same addresses, a person has to look."""
    mail = parse_email(f"{header}\r\nSubject: Undangan\r\n\r\nx".encode())
    value = header.partition(":")[2]
    ours = {one.email.casefold() for one in mail.senders if "@" in one.email}
    library = {address.casefold() for _, address in getaddresses([value]) if "@" in address}
    try:
        field = message_from_string(header + "\n\n", policy=default)["from"]
        modern = {one.addr_spec.casefold() for one in field.addresses if "@" in one.addr_spec}
    except Exception:  # the standard library's other reader breaks at some of these
        modern = library
    agree = ours == library == modern
    assert agree or set(mail.defects) & {"several-senders", "disputed-sender"} or ours == modern


def test_plain_senders_are_not_disputed() -> None:
    """A comma in quotes, a legal form, an encoded name: what people send is no twist."""
    for header in (
        "From: hr@tunas.example", '"PT Tunas, Tbk" <hr@tunas.example>', "From: =?utf-8?q?R=C3=A9na?= <r@tunas.example>",
        "From: HR (PT Tunas) <hr@tunas.example>", "From: PT Tunas Tbk. <hr@tunas.example>",
    ):  # fmt: skip
        field = header if header.startswith("From") else f"From: {header}"
        assert parse_email(f"{field}\r\nSubject: x\r\n\r\nx".encode()).defects == ("date-missing",)


def test_address_domain_is_shown_in_small_letters() -> None:
    """``gmaiI.com`` with a capital i does not pass for another name."""
    mail = parse_email(b"From: HR <Hr@GmaiI.example>\r\nSubject: x\r\n\r\nx")
    assert mail.sender is not None
    assert mail.sender.email.rpartition("@")[2] == "gmaii.example"
