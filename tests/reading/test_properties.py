"""What holds for any text: nothing is raised, every span points at its words, and time grows with length only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamit.domain.invitation import Invitation
from pamit.reading import read_text

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=7)))
PIECES = st.sampled_from(
    [
        "Undangan wawancara",
        "Interview",
        "PT Maju Mundur",
        "posisi Kasir",
        "Kamis, 26 November 2026",
        "pukul 09.00 WIB",
        "10.00 - 11.00",
        "\n",
        ": ",
        " | ",
        "Tempat : Jl. Merpati No. 3",
        "https://meet.google.com/abc-test-xyz",
        "Ibu Ratna (0812-0000-1234)",
        "ratna@maju.test",
        "paling lambat besok",
        "Salam,",
        "> ",
        "atau",
        "-----Original Message-----",
        "From: A <a@b.test>",
        "Sent: Monday, 23 November 2026",
        "Pada Sen, 23 Nov 2026 A menulis:",
        "[09.00, 23/11/2026] HR: ",
        "İstanbul",
        "ﬁ",
        "*tebal*",
        "_miring_",
        "H-1",
        "dalam 24 jam",
        "semula",
        "menjadi",
        "transfer biaya seragam Rp 100.000",
        "(",
        ")",
        '"',
        "Yth.",
        "🗓",
        "\u00a0",
        "\t",
        "  ",
        "Sdr. Budi",
        "to",
        "from",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=400), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("\n".join)
)


def check_spans(invitation: Invitation) -> None:
    text = invitation.text
    spans = [fact.span for fact in invitation.facts.values()]
    spans += [span for doubt in invitation.doubts for span in doubt.spans]
    spans += [warning.span for warning in invitation.warnings]
    spans += [option.span for option in invitation.options]
    for span in spans:
        if span is not None:
            assert 0 <= span[0] < span[1] <= len(text)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, subject=st.none() | TEXTS, sender=st.none() | st.text(max_size=60), aware=st.booleans())
def test_any_text_is_read_without_error(text: str, subject: str | None, sender: str | None, aware: bool) -> None:
    """Reading raises nothing, on any text, and every span lies inside it."""
    invitation = read_text(text, subject=subject, sender=sender, received=NOW if aware else None)
    assert invitation.text == text
    check_spans(invitation)


@settings(max_examples=200, deadline=None)
@given(text=st.lists(PIECES, max_size=40).map("\n".join))
def test_spans_point_at_the_words(text: str) -> None:
    """The text at the span of a name is the name, apart from blanks and marks of emphasis."""
    invitation = read_text(text, received=NOW)
    for field in ("company", "position", "contact_name", "contact_email"):
        fact = invitation.facts.get(field)
        if fact is not None and fact.span is not None:
            words = " ".join(text[fact.span[0] : fact.span[1]].replace("*", " ").replace("_", " ").split())
            assert words.casefold() == " ".join(str(fact.value).split()).casefold()


@pytest.mark.parametrize(
    "attack",
    [
        "a" * 100_000,
        " " * 100_000,
        "\n" * 100_000,
        "0" * 100_000,
        "(" * 100_000,
        "- " * 50_000,
        "PT A " * 20_000,
        "Kamis " * 17_000,
        "09.00 " * 17_000,
        ": " * 50_000,
        "> " * 50_000,
        "From: a\n" * 12_000,
        "a.b/" * 25_000,
        "a@" * 50_000,
        "untuk posisi " * 8_000,
        "dan & " * 17_000,
        "semula " * 14_000,
        "| " * 50_000,
        "the " * 25_000,
        "Bapak " * 17_000,
        "Jl. " * 25_000,
        "di " * 33_000,
        "0812-" * 20_000,
        "1 jam " * 17_000,
        "hubungi " * 12_000,
        "A, " * 33_000,
        "transfer biaya " * 7_000,
        "on a\n" * 20_000,
    ],
    ids=lambda attack: repr(attack[:12]),
)
def test_long_text_is_read_in_bounded_time(attack: str) -> None:
    """A line of 10^5 characters built against patterns takes no more than seconds."""
    read_text(attack, subject=attack[:300], received=NOW)


def test_unknown_moment_of_receipt_reads_full_dates_only() -> None:
    """Without the moment of receipt a relative day is not read."""
    relative = read_text("Kami mengundang Anda interview besok pukul 09.00 WIB.")
    full = read_text("Kami mengundang Anda interview Kamis, 26 November 2026 pukul 09.00 WIB.")
    assert relative.value("start") is None
    assert str(full.value("start")) == "2026-11-26 09:00:00+07:00"


def test_receipt_in_utc_is_accepted() -> None:
    """Any aware moment will do."""
    invitation = read_text("Interview Kamis, 26 November 2026 pukul 09.00 WIB.", received=datetime(2026, 11, 23, 2, tzinfo=UTC))
    assert str(invitation.value("start")) == "2026-11-26 09:00:00+07:00"
