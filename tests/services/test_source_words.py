"""Very long texts: all of it is shown, a bounded part is read for facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from pamit.formats.limits import DEFAULT_LIMITS
from pamit.services.source_words import SourceContext, read_words

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=7)))
CONTEXT = SourceContext(None, None, NOW, None, None, DEFAULT_LIMITS)
SENTENCE = "Kami mengundang Saudara untuk wawancara pada hari Kamis, 26 November 2026 pukul 09.00 WIB.\n"


def test_long_text_is_shown_whole_and_read_from_its_beginning() -> None:
    """A letter with an endless tail gives its facts, and says that it was cut."""
    text = SENTENCE + "Ketentuan umum berlaku.\n" * 10_000
    read = read_words(text, CONTEXT)
    assert (read.text, read.value("start")) == (text, datetime(2026, 11, 26, 9, tzinfo=NOW.tzinfo))
    assert read.doubts[-1].code == "text-cut"


def test_long_chat_is_read_from_its_end() -> None:
    """In an exported chat the newest words stand last."""
    chat = "".join(f"01/10/26 09.{number % 60:02d} - HRD: pesan lama ke-{number}\n" for number in range(4_000))
    read = read_words(chat + f"23/11/26 08.00 - HRD: {SENTENCE}", CONTEXT)
    assert read.value("start") == datetime(2026, 11, 26, 9, tzinfo=NOW.tzinfo)
    assert len(read.text) <= DEFAULT_LIMITS.words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Selamat pagi, wawancara Anda besok pukul 09.00 WIB ya, terima kasih.", datetime(2026, 11, 25, 9, tzinfo=NOW.tzinfo)),
        ("Good evening, your interview is tomorrow at 9:00 GMT, thank you.", datetime(2026, 11, 24, 9, tzinfo=UTC)),
    ],
)
def test_tomorrow_counts_by_the_writers_clock(text: str, expected: datetime) -> None:
    """A server's UTC date does not move "besok" of an Indonesian writer to today."""
    received = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert read_words(text, replace(CONTEXT, received=received)).value("start") == expected


@pytest.mark.parametrize("piece", ["a ", "a@b.c ", SENTENCE, "1", "\n", "(", "http://a.b/ ", "> "])
def test_text_of_the_greatest_length_is_read_in_bounded_time(piece: str) -> None:
    """A mebibyte of anything (T5, T19)."""
    text = (piece * DEFAULT_LIMITS.text)[: DEFAULT_LIMITS.text]
    read_words(text, CONTEXT)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"plain": True}, ("whatsapp", True)),
        ({"plain": True, "channel": "sms"}, ("sms", False)),
        ({"plain": True, "subject": "Interview"}, (None, False)),
        ({}, (None, False)),
    ],
)
def test_channel_is_guessed_only_for_plain_words_of_unknown_channel(
    changes: dict[str, Any], expected: tuple[str | None, bool]
) -> None:
    """A chat that was pasted is answered as a chat; what was said about it stands."""
    read = read_words("Siang kak, bsk interview jam 9 ya kak 🙏 bales chat ini", replace(CONTEXT, **changes))
    assert (read.channel, read.channel_guessed) == expected
