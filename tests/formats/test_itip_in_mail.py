"""A calendar answer inside the mail that carries it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pamit.domain.message import Draft
from pamit.domain.terms import Channel, Language
from pamit.formats.email import Address, parse_email
from pamit.formats.email.reply import build_reply, make_message_id
from pamit.formats.icalendar import parse_calendars
from pamit.formats.itip import Partstat, validate_answer, write_counter, write_reply

from .itip_requests import ME, NOW, request

ASKED = request()
START = NOW + timedelta(days=6)


@pytest.mark.parametrize(
    ("method", "calendar"),
    [
        ("REPLY", write_reply(ASKED, Partstat.DECLINED, own_addresses=[ME], now=NOW, comment="Maaf — 🙏")),
        ("COUNTER", write_counter(ASKED, START, own_addresses=[ME], now=NOW, comment="Maaf — 🙏")),
    ],
)
def test_answer_arrives_as_it_was_built(method: str, calendar: bytes) -> None:
    """Byte for byte, with its method on the part; the words are another part."""
    data = build_reply(
        Draft(Channel.EMAIL, "Maaf, saya berhalangan.", Language.ID, subject="Wawancara"),
        sender=Address("Rani Kusuma", ME),
        to=(Address(None, "sari@kertas.example"),),
        date=NOW,
        message_id=make_message_id(bytes(16), "surat.example"),
        calendar=calendar,
        calendar_method=method,
    )
    (part,) = parse_email(data).calendars
    assert (part.data, part.method) == (calendar, method)
    assert validate_answer(part.data, ASKED) == ()
    (found,) = parse_calendars(part.data)
    assert found.method == method
