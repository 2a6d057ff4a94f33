"""A meeting request that came as a file is answered by a file."""

from __future__ import annotations

from pathlib import Path

from pamit.formats.icalendar import parse_calendars

from .conftest import Visitor, fields_of

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def _draft(known: Visitor, purpose: str, **choices: str) -> str:
    """Keep the request, write a message of that purpose; the path of its last view."""
    request = (EXAMPLES / "undangan-kalender.ics").read_bytes()
    review = known.post("/add", {"text": ""}, files={"file": ("undangan.ics", request, "text/calendar")})
    case = known.post(review.url.path, fields_of(review)).url.path.rpartition("/")[2]
    chosen = {"purpose": purpose, "channel": "email", "language": "id", "register": "formal", **choices}
    return known.post(f"/cases/{case}/drafts", chosen).url.path


def test_another_time_is_proposed_to_the_calendar(known: Visitor) -> None:
    """The file is a COUNTER with the first of the times that the message names."""
    known.site.keep_settings({"email": "rani.kusuma@example.com"})
    path = _draft(known, "reschedule", reason="other_interview", slot="2026-12-01T13:30")
    assert f'href="{path}/file.ics"' in known.get(path).text
    (calendar,) = parse_calendars(known.get(f"{path}/file.ics").content)
    (event,) = calendar.events
    assert (calendar.method, event.uid) == ("COUNTER", "4v2k8d1q7s5m3a0example@google.com")
    assert str(event.start.moment) == "2026-12-01 13:30:00+08:00"  # type: ignore[union-attr]


def test_message_without_a_calendar_answer_offers_no_file(known: Visitor) -> None:
    """A question about details answers no request."""
    known.site.keep_settings({"email": "rani.kusuma@example.com"})
    path = _draft(known, "ask_details")
    assert "file.ics" not in known.get(path).text
    known.get(f"{path}/file.ics", 404)
