"""Facts as flat, named values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamit.domain.facts import FACT_NAMES, facts_of, interview_of, parse_fact, parse_facts
from pamit.domain.interview import Agency, Contact, Interview
from pamit.domain.terms import Channel, InvitationKind, Language, Mode
from pamit.errors import PamitError

words = st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
offsets = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.none() | st.datetimes(timezones=offsets)
interviews = st.builds(
    Interview,
    words, words, moments, moments, st.none() | st.just("Asia/Makassar"), st.none() | st.sampled_from(list(Mode)), words, words,
    st.none() | st.integers(1, 99), moments, moments, moments, st.none() | st.sampled_from(list(Channel)),
    st.builds(Contact, words, words, words), st.none() | st.builds(Agency, words, words).filter(lambda one: one != Agency()),
    st.booleans(),
)  # fmt: skip


@given(interview=interviews)
def test_interview_and_facts_are_inverse(interview: Interview) -> None:
    """Nothing of an interview is lost, and no unknown fact is kept."""
    facts = facts_of(interview, Language.ID, InvitationKind.OFFER)
    assert interview_of(facts) == interview
    assert set(facts) <= set(FACT_NAMES)
    assert None not in facts.values()


@pytest.mark.parametrize(
    ("name", "written", "kept"),
    [
        ("company", "  PT   Toko\nBaru ", "PT Toko Baru"),
        ("start", "2026-11-30T09:00+07:00", "2026-11-30T09:00:00+07:00"),
        ("start", "2026-11-30 02:00Z", "2026-11-30T02:00:00+00:00"),
        ("round", "2", 2),
        ("mode", "video", "video"),
        ("works_saturday", "Ya", True),
        ("works_saturday", "no", False),
        ("contact_phone", "+62 812-0000-1234", "+62 812-0000-1234"),
        ("meeting_url", "https://rapat.example/1", "https://rapat.example/1"),
        ("end", " ", None),
    ],
)
def test_fact_is_read_as_people_write_it(name: str, written: str, kept: object) -> None:
    """Blanks at the ends and between words do not count."""
    assert parse_fact(name, written) == kept


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("start", "2026-11-30 09:00"), ("start", "2026-13-01T09:00Z"), ("round", "dua"), ("round", "100"), ("mode", "telepati"),
        ("timezone", "WIBB"), ("works_saturday", "mungkin"), ("contact_email", "hr(at)toko"), ("contact_phone", "nanti"),
        ("meeting_url", "javascript:alert(1)"), ("meeting_url", "rapat.example"), ("company", "x" * 1_001),
        ("company", "a\x00b"), ("language", "fr"), ("invited_via", "burung"),
    ],
)  # fmt: skip
def test_what_a_fact_cannot_be_is_refused(name: str, written: str) -> None:
    """The fact is named, its value is not repeated."""
    with pytest.raises(PamitError) as caught:
        parse_fact(name, written)
    assert (caught.value.code, caught.value.facts, written in caught.value.message) == ("bad-fact", {"field": name}, False)


def test_moment_is_meant_at_the_employers_place() -> None:
    """In the zone written beside it, else the known one, else western Indonesia's."""
    known = {"timezone": "Asia/Makassar"}
    assert (
        parse_facts({"start": "2026-11-30 09:00", "timezone": "Asia/Jayapura"}, known)["start"] == "2026-11-30T09:00:00+09:00"
    )
    assert parse_facts({"start": "2026-11-30 09:00"}, known)["start"] == "2026-11-30T09:00:00+08:00"
    assert parse_facts({"start": "2026-11-30 09:00"}, {})["start"] == "2026-11-30T09:00:00+07:00"
    assert parse_facts({"reply_by": "2026-11-30"}, {})["reply_by"] == "2026-11-30T23:59:00+07:00"


@pytest.mark.parametrize(("day", "offset"), [("2026-03-28", 1), ("2026-03-29", 2), ("2026-10-25", 1)])
def test_moment_follows_the_clocks_of_its_place(day: str, offset: int) -> None:
    """Ten in the morning in Amsterdam, before and after the change of the clocks."""
    start = datetime.fromisoformat(str(parse_facts({"start": f"{day} 10:00"}, {"timezone": "Europe/Amsterdam"})["start"]))
    assert (start.utcoffset(), start.astimezone(UTC).hour) == (timedelta(hours=offset), 10 - offset)
