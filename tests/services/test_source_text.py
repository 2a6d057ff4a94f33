"""The words of messages, whatever form they came in."""

from __future__ import annotations

import pytest

from pamit.services.source_text import LONGEST_TEXT, words_of_source

CALENDAR = b"""BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
DTSTAMP:20261124T010000Z
DTSTART:20261130T020000Z
SUMMARY:Wawancara Barista
LOCATION:Solo
ORGANIZER;CN=Dewi:mailto:dewi@kopi.example
END:VEVENT
END:VCALENDAR
""".replace(b"\n", b"\r\n")
MAIL = b"From: Dewi <dewi@kopi.example>\nTo: rani@surel.example\nSubject: Undangan\nMIME-Version: 1.0\n\nMohon hadir.\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Mohon hadir, Écoute".encode(), "Mohon hadir, Écoute"),
        (b"<html><body><p>Mohon <b>hadir</b></p></body></html>", "Mohon hadir"),
        (MAIL, "Undangan\nDewi <dewi@kopi.example>, rani@surel.example\nMohon hadir."),
        (CALENDAR, "Wawancara Barista\nTempat: Solo\nDewi <dewi@kopi.example>"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), ""),
        (b"", ""),
    ],
)
def test_words_of_every_form(data: bytes, words: str) -> None:
    """A mail with its subject and its people; of a picture there are none."""
    assert words_of_source(data).strip() == words


def test_long_message_is_cut() -> None:
    """What is quoted at its end is found where it first stood."""
    assert len(words_of_source(b"kata " * LONGEST_TEXT)) == LONGEST_TEXT
