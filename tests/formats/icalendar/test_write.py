"""Writing calendar objects."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from pamit.formats.icalendar import parse_calendars
from pamit.formats.icalendar.write import calendar_bytes, content_line, escape_text, utc_time

AT = datetime(2026, 11, 24, 2, tzinfo=UTC)


@given(
    summary=st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1).filter(
        lambda one: one == one.strip()
    )
)
def test_any_text_is_read_back(summary: str) -> None:
    """Escaped, folded between characters, never longer than 75 octets a line (RFC 5545 §3.1, §3.3.11)."""
    event = ["BEGIN:VEVENT\r\n", content_line("DTSTART", utc_time(AT)), content_line("SUMMARY", escape_text(summary))]
    written = calendar_bytes(["".join((*event, "END:VEVENT\r\n"))], "Pamit")
    assert max(len(line) for line in written.split(b"\r\n")) <= 75
    (calendar,) = parse_calendars(written)
    assert (calendar.events[0].summary, calendar.events[0].start and calendar.events[0].start.moment) == (summary, AT)
