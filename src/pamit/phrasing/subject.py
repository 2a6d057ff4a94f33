"""The subject of a mail and the "Hal" line of a letter: purpose, position and name (rule M17; 003 alternatives C)."""

from __future__ import annotations

from pamit.domain.calendar.wording import write_day
from pamit.domain.interview import Candidate, Interview
from pamit.domain.terms import Channel, Language, Purpose
from pamit.phrasing.phrasebook import shared_words
from pamit.phrasing.situation import Situation
from pamit.phrasing.wording import tidy

__all__ = ["write_subject"]


def write_subject(
    purpose: Purpose, interview: Interview, candidate: Candidate, situation: Situation, channel: Channel, language: Language
) -> str | None:
    """The subject for mail and letter; None on the other channels.

    A letter is signed below, so its subject leaves the name out.
    """
    if channel not in (Channel.EMAIL, Channel.LETTER):
        return None
    words = shared_words(language)["subjects"]
    title: str = words[purpose.value]
    position = tidy(interview.position)
    if situation.start is not None and purpose.value in words["with_day"]:
        title = words["dated"].format(title=title, day=write_day(situation.start.date(), language, weekday=False))
    if channel == Channel.LETTER:
        return str(words["letter"]).format(title=title, position=position) if position else title
    return str(words["joint"]).join(part for part in (title, position, candidate.name) if part)
