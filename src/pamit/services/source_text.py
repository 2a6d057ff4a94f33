"""The words of a message that was kept, to be looked for: nothing is read out of them."""

from __future__ import annotations

from pamit.errors import PamitError
from pamit.formats.html import html_to_text, looks_like_html
from pamit.services.intake import decoded, form_of

__all__ = ["LONGEST_TEXT", "words_of_mail", "words_of_source"]

LONGEST_TEXT = 20_000
"""Characters of a message that can be found; what lies beyond is history that it quotes."""


def words_of_source(data: bytes, name: str | None = None) -> str:
    """The words of a message in whatever form it came; "" where there are none to be had."""
    try:
        form = form_of(data, name)
        if form == "mail":
            return words_of_mail(data)
        if form == "calendar":
            return _of_calendar(data)
        text, _ = decoded(data)
        return (html_to_text(text) if form == "html" or looks_like_html(text) else text)[:LONGEST_TEXT]
    except PamitError:
        return ""


def words_of_mail(data: bytes) -> str:
    """Subject, people and words of a mail, of those it carries inside, and of its files as far as they are text."""
    from pamit.formats.email import parse_email

    mail = parse_email(data)
    found = []
    for one in (mail, *mail.forwarded):
        people = ", ".join(str(address) for address in (*one.senders, *one.to))
        found += [one.subject or "", people, one.text, *(file.text or "" for file in one.attachments)]
    return "\n".join(part for part in found if part)[:LONGEST_TEXT]


def _of_calendar(data: bytes) -> str:
    from pamit.formats.icalendar import parse_calendars
    from pamit.services.calendar_facts import event_words, organizer_as_sender

    events = [event for calendar in parse_calendars(data) for event in calendar.events]
    parts = [part for event in events for part in (event_words(event), organizer_as_sender(event)) if part]
    return "\n".join(parts)[:LONGEST_TEXT]
