"""What the pictures show stands in their description too."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime, timedelta

import pytest

from pamit.domain.facts import facts_of
from pamit.domain.insight import Answered, Outcome
from pamit.domain.interview import Contact, Event, Interview
from pamit.domain.log import Dossier, Entry, EntryKind, changes_between
from pamit.domain.plan import make_plan
from pamit.domain.terms import Channel, EventKind, Language, Purpose, Stage
from pamit.services.insight import Stats
from pamit.surfaces.cli.words import Words
from pamit.surfaces.pictures import answer_time, stats_picture, timeline_picture

SVG = "{http://www.w3.org/2000/svg}"
NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
STATS = Stats(
    3,
    4,
    {kind: number for number, kind in enumerate(Answered)},
    dict.fromkeys(Outcome, 0),
    dict.fromkeys(Stage, 1),
    timedelta(hours=5),
)


def described(drawn: str) -> str:
    found = ElementTree.fromstring(drawn).find(f"{SVG}desc")
    assert found is not None
    return found.text or ""


def case() -> Dossier:
    interview = Interview(
        "PT Toko <Baru> & Rekan",
        "Kasir",
        NOW + timedelta(days=3),
        received=NOW,
        timezone="Asia/Jakarta",
        contact=Contact("Ibu Ratna", "r@toko.example"),
    )
    first = Entry(1, NOW, NOW, EntryKind.ADDED, changes=changes_between({}, facts_of(interview, Language.ID)))
    said = NOW + timedelta(hours=3)
    answer = Entry(2, said, said, EntryKind.HAPPENED, Event(said, EventKind.MESSAGE_SENT, Purpose.CONFIRM, Channel.EMAIL))
    return Dossier("k7m2x", "0" * 32, (first, answer))


@pytest.mark.parametrize("language", list(Language))
def test_figures_are_told_in_words(language: Language) -> None:
    """Every bar with its number."""
    words = Words(language)
    said = described(stats_picture(STATS, words))
    for kind, count in STATS.answers.items():
        assert f"{words(f'answered.{kind}')} {count}" in said


def test_course_of_a_case_is_told_in_words() -> None:
    """What happened with how soon it was answered, the interview, and what is to be done."""
    dossier, now = case(), NOW + timedelta(days=4)
    said = described(timeline_picture(dossier, make_plan(dossier.case, now), now, Words(Language.EN), Language.EN))
    assert said == (
        "k7m2x: Kasir, PT Toko <Baru> & Rekan. Stage: interviewed. "
        "Tuesday, 24 November 2026 at 9:00 a.m. WIB: first message kept. "
        "Tuesday, 24 November 2026 at 12:00 p.m. WIB: message sent (Confirm that you will come, mail) (answered within 3 h). "
        "Friday, 27 November 2026 at 9:00 a.m. WIB: interview. "
        "Saturday, 28 November 2026 at 9:00 a.m. WIB: now. "
        "Saturday, 28 November 2026 at 11:59 p.m. WIB: Say thank you."
    )


def test_interview_ahead_is_drawn_once() -> None:
    """The step to attend is the interview itself."""
    dossier, now = case(), NOW + timedelta(hours=4)
    said = described(timeline_picture(dossier, make_plan(dossier.case, now), now, Words(Language.EN), Language.EN))
    assert (said.count(": interview."), said.count("Attend")) == (1, 0)


@pytest.mark.parametrize(
    ("took", "words"),
    [
        (timedelta(minutes=12), "12 min"),
        (timedelta(hours=5, minutes=40), "6 h"),
        (timedelta(hours=47), "47 h"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_length_of_time_is_as_exact_as_it_matters(took: timedelta, words: str) -> None:
    """Minutes, hours, days."""
    assert answer_time(took, Words(Language.EN)) == words
