"""A case from its beginning to its end, with the clock moved on: what Hari ini offers is done with one tap each."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from httpx import Response

from pamit.domain.terms import Channel, EventKind, Purpose, Stage

from .conftest import JAKARTA, WHATSAPP, Visitor, words_of


def offered(page: Response) -> list[str]:
    """The steps on Hari ini that are due, by name."""
    return re.findall(r"<h3>([^<]*)</h3>", page.text.partition("<main")[2])


def at(visitor: Visitor, *moment: int) -> None:
    """Move the clock."""
    visitor.site.clock = lambda: datetime(*moment, tzinfo=JAKARTA)


def say(visitor: Visitor, case: str, purpose: str, channel: str, **choices: str) -> None:
    """Write a message and tell that it was sent."""
    draft = visitor.post(f"/cases/{case}/drafts", {"purpose": purpose, "channel": channel, **choices})
    visitor.post(f"{draft.url.path}/sent")


def test_emergency_on_the_day_is_called_written_down_and_confirmed(known: Visitor) -> None:
    """The phone card first, the written record from what was said, their confirmation at last; nothing is left open."""
    case = known.kept()
    say(known, case, "confirm", "text")
    at(known, 2026, 11, 27, 7, 30)
    card = known.get(f"/cases/{case}/write?purpose=cancel&reason=health")
    assert 'class="talk-card' in card.text
    say(known, case, "cancel", "phone", reason="health")
    record = re.search(r'href="(/cases/\w+/write\?record=1)"', known.get("/").text)
    assert record is not None
    written = known.get(record[1])
    assert (written.url.params["purpose"], written.url.params["channel"]) == ("cancel", "email")
    say(known, case, "cancel", "email", reason="health")
    known.post(f"/cases/{case}/note", {"kind": "confirmation_received"})
    assert offered(known.get("/")) == []
    assert [(one.kind, one.channel) for one in known.site.pamit.case(case).case.events] == [
        (EventKind.MESSAGE_SENT, Channel.TEXT),
        (EventKind.MESSAGE_SENT, Channel.PHONE),
        (EventKind.MESSAGE_SENT, Channel.EMAIL),
        (EventKind.CONFIRMATION_RECEIVED, None),
    ]


def test_from_the_interview_to_silence(known: Visitor) -> None:
    """Attended, thanked, asked once, closed: each is offered when its time has come, and not before."""
    case = known.kept(contact_email="sinta@lembah.example")
    say(known, case, "confirm", "text")
    assert offered(known.get("/")) == []
    at(known, 2026, 11, 27, 12, 0)
    known.post(f"/cases/{case}/note", {"kind": "attended"})
    assert offered(known.get("/")) == []
    at(known, 2026, 11, 28, 8, 0)
    assert offered(known.get("/")) == ["Ucapkan terima kasih"]
    say(known, case, "thank_you", "email")
    assert offered(known.get("/")) == []
    day = datetime(2026, 11, 28, 9, 0, tzinfo=JAKARTA)
    seen: list[tuple[str, int]] = []
    for number in range(45):
        known.site.clock = lambda now=day + timedelta(days=number): now  # type: ignore[misc]
        for name in offered(known.get("/")):
            seen.append((name, number))
            if name == "Tanyakan hasil":
                say(known, case, "follow_up", "email")
            else:
                assert name == "Tutup lamaran ini"
                known.post(f"/cases/{case}/close")
        if known.site.pamit.plan(case, known.site.clock()).stage == Stage.CLOSED:
            break
    assert [name for name, _ in seen] == ["Tanyakan hasil", "Tutup lamaran ini"]
    assert seen[1][1] - seen[0][1] >= 7


@pytest.mark.parametrize("purpose", [Purpose.DECLINE, Purpose.CANCEL, Purpose.WITHDRAW])
def test_costs_stand_beside_the_message(known: Visitor, purpose: Purpose) -> None:
    """What the choice costs at this stage is said before it is sent."""
    page = known.get(f"/cases/{known.kept()}/write?purpose={purpose}&channel=email")
    assert "Yang dipertaruhkan pada tahap ini" in words_of(page)


def test_who_accepts_by_mail_is_led_to_the_others(known: Visitor) -> None:
    """As long as somebody waits; each farewell leads back to those that are left."""
    case = known.kept(contact_email="sinta@lembah.example")
    known.post(f"/cases/{case}/note", {"kind": "offer_received"})

    def accepted() -> Response:
        draft = known.post(f"/cases/{case}/drafts", {"purpose": "accept_offer", "channel": "email"})
        return known.post(f"{draft.url.path}/override", {"reason": "Sudah jelas."}) and known.post(f"{draft.url.path}/sent")

    assert accepted().url.path == f"/cases/{case}"
    other = known.kept(WHATSAPP.replace("Lembah Cahaya", "Bukit Senja"))
    led = accepted()
    assert led.url.path == f"/cases/{case}/farewell"
    assert [found.rpartition("/")[2] for found in re.findall(r'<h2><a href="([^"]*)"', led.text)] == [other]
    draft = known.post(f"/cases/{other}/drafts", {"purpose": "decline", "channel": "text", "after": case})
    assert known.post(f"{draft.url.path}/sent").url.path == f"/cases/{case}/farewell"


def test_nobody_is_led_astray_by_a_made_up_case(known: Visitor) -> None:
    """An address in place of a case leads nowhere else."""
    case = known.kept()
    draft = known.post(f"/cases/{case}/drafts", {"purpose": "confirm", "channel": "text", "after": "/evil.example"})
    assert known.post(f"{draft.url.path}/sent").url.path == f"/cases/{case}"
