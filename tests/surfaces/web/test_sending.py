"""A calendar invitation is answered by mail through a server that speaks SMTP, from the uploaded file to the noted case."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from pamit.bootstrap import make_transport
from pamit.domain.account import Account, Auth, Security, Server
from pamit.domain.terms import Channel, EventKind, Purpose
from pamit.formats.icalendar import parse_calendars

from .conftest import NOW, Visitor, fields_of, words_of

INVITATION = Path(__file__).parents[3] / "examples" / "undangan-kalender.ics"


def test_another_time_is_proposed_by_mail_with_a_counter(known: Visitor, box: Any) -> None:
    """All is shown before the yes; what arrives are those bytes, with the calendar answer in them; the case knows it."""
    kept, port = box
    own = "rani.kusuma@example.com"
    server = Server("127.0.0.1", port, Security.PLAIN)
    known.site.pamit.put_account(Account(own, server, auth=Auth.NONE, name="Rani Kusuma"))
    review = known.post("/add", {}, files={"file": ("undangan.ics", INVITATION.read_bytes(), "text/calendar")})
    case = known.post(review.url.path, fields_of(review)).url.path
    written = known.get(f"{case}/write?purpose=reschedule&channel=email&slot=2026-12-01T10:00")
    last = known.post(f"{case}/drafts", fields_of(written) | {"slot": "2026-12-01T10:00"})
    look = known.post(f"{last.url.path}/send", {"address": own})
    assert "<wayan.suartini@tirtaresort.example>" in words_of(look)
    assert kept.taken == []
    known.post(f"{look.url.path}/approve", fields_of(look))
    known.site.pamit.deliver(make_transport(), NOW, owner="test")
    assert kept.taken == [], "the yes can still be taken back"
    known.site.pamit.deliver(make_transport(), NOW + timedelta(seconds=20), owner="test")
    (envelope,) = kept.taken
    mail = message_from_bytes(envelope.content, policy=policy.default)
    (part,) = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
    (calendar,) = parse_calendars(part.get_payload(decode=True))
    assert (calendar.method, envelope.rcpt_tos) == ("COUNTER", ["wayan.suartini@tirtaresort.example"])
    assert "terkirim" in words_of(known.get(look.url.path))
    events = known.site.pamit.case(case.rpartition("/")[2]).case.events
    assert [(one.kind, one.purpose, one.channel) for one in events] == [
        (EventKind.MESSAGE_SENT, Purpose.RESCHEDULE, Channel.EMAIL)
    ]
