"""What is tried out before it is read, and what comes of it."""

from __future__ import annotations

from datetime import datetime

import pytest

from pamit.errors import PamitError
from pamit.services.origin import Given
from pamit.services.trial import needs_trial, read_tried, unreadable

NOW = datetime.fromisoformat("2026-11-24T09:00:00+07:00")
WORDS = "Kami mengundang Kakak wawancara Kamis, 26 November 2026 pukul 10.00 WIB."
MAIL = f"From: hr@tunas.example\nMessage-ID: <1@tunas.example>\nSubject: Undangan\n\n{WORDS}"
PAGE = f"<html><body><p>{WORDS}</p></body></html>"
CALENDAR = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20261126T030000Z\nSUMMARY:Wawancara\nEND:VEVENT\nEND:VCALENDAR\n"


class Place:
    """A place of trial that notes what is tried there, and refuses it where that is wanted."""

    def __init__(self, refuses: bool = False) -> None:
        self.tried: list[bytes] = []
        self.refuses = refuses

    def attempt(self, data: bytes, name: str | None, now: datetime) -> None:
        self.tried.append(data)
        if self.refuses:
            raise unreadable("memory")

    def close(self) -> None:
        """Nothing is held."""


@pytest.mark.parametrize(
    ("source", "name", "needed"),
    [
        (WORDS, None, False),
        (WORDS, "pesan.txt", False),
        (f"{WORDS} <hr@tunas.example> 2 < 3 > 1", None, False),
        ("", None, False),
        (MAIL, None, True),
        (CALENDAR, None, True),
        (PAGE, None, True),
        (f"{WORDS}<br><b>Lokasi</b>: Bandung<br>", None, True),
        (WORDS, "halaman.html", True),
        (WORDS * 1_000, None, True),
    ],
)
def test_what_is_taken_apart_is_tried_out(source: str, name: str | None, needed: bool) -> None:
    """Mails, calendars, pages and what is very long; as characters and as bytes, in whatever encoding."""
    assert needs_trial(source, name) == needs_trial(source.encode(), name) == needed
    assert needs_trial(source.encode("utf-16"), name) or not source


@pytest.mark.parametrize("source", [MAIL, CALENDAR, PAGE])
def test_what_fails_its_trial_is_not_read(source: str) -> None:
    """Nor is it where it passes before that."""
    place = Place(refuses=True)
    with pytest.raises(PamitError, match="could not be read") as caught:
        read_tried(place, source, Given(), NOW)
    assert (caught.value.code, place.tried) == ("could-not-be-read", [source.encode()])
    passed = Place()
    assert read_tried(passed, source, Given(), NOW) == read_tried(None, source, Given(), NOW)
    assert len(passed.tried) == 1


def test_plain_words_are_read_where_they_are() -> None:
    """No other process is asked for them."""
    place = Place(refuses=True)
    assert read_tried(place, WORDS, Given(), NOW).value("start") == datetime.fromisoformat("2026-11-26T10:00:00+07:00")
    assert place.tried == []


def test_words_may_be_read_without_a_moment() -> None:
    """As rows of the bulk interface are: a relative day is not resolved then."""
    words = "Wawancara besok pukul 10.00 WIB di kantor kami."
    dated, undated = (read_tried(None, words, Given(), NOW, dated=dated).value("start") for dated in (True, False))
    assert (dated, undated) == (datetime.fromisoformat("2026-11-25T10:00:00+07:00"), None)
