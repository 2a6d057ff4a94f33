"""The interviews of all cases as a calendar that any calendar program takes.

Only own fields: no attendees, so that no server mails anybody, and no join link, which may carry a password.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pamit.domain.log import Dossier
from pamit.domain.plan.situation import ASSUMED_LENGTH, situation
from pamit.domain.terms import Language, Stage
from pamit.formats.icalendar.write import calendar_bytes, content_line, escape_text, utc_time

__all__ = ["interviews_calendar"]

_WORDS = {Language.ID: ("Wawancara", "tertutup"), Language.EN: ("Interview", "closed")}


def interviews_calendar(dossiers: Iterable[Dossier], now: datetime) -> bytes:
    """A calendar object with one event for each interview that has a date."""
    return calendar_bytes((_event(dossier, now) for dossier in dossiers if dossier.case.interview.start), "Pamit")


def _event(dossier: Dossier, now: datetime) -> str:
    interview = dossier.case.interview
    if interview.start is None:
        return ""
    end = interview.end if interview.end and interview.end > interview.start else interview.start + ASSUMED_LENGTH
    word, closed = _WORDS[dossier.language]
    about = ", ".join(part for part in (interview.position, interview.company) if part)
    lines = [
        "BEGIN:VEVENT\r\n",
        content_line("UID", f"{dossier.uid}@pamit"),
        content_line("DTSTAMP", utc_time(now)),
        content_line("DTSTART", utc_time(interview.start)),
        content_line("DTEND", utc_time(end)),
        content_line("SUMMARY", escape_text(f"{word}: {about}" if about else word)),
    ]
    if interview.location:
        lines.append(content_line("LOCATION", escape_text(interview.location)))
    if situation(dossier.case, now).stage == Stage.CLOSED:
        lines.append(content_line("CATEGORIES", escape_text(closed)))
    return "".join((*lines, "TRANSP:OPAQUE\r\n", "END:VEVENT\r\n"))
