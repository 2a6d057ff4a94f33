"""How a reminder is worded: what to do, about what, by when. No words of any message."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from pamit.domain.calendar.wording import write_clock, write_moment
from pamit.domain.calendar.zones import zone
from pamit.domain.plan.sentences import step_title
from pamit.domain.terms import Language, StepKind
from pamit.services.ports import Notice
from pamit.tables import read_table

__all__ = ["body", "headline"]


@cache
def _words(language: Language) -> dict[str, str]:
    table: dict[str, str] = read_table("pamit.services", "notice_words.toml")[str(language)]
    return table


def headline(notice: Notice, language: Language) -> str:
    """What to do."""
    title = step_title(notice.reminder.step.do).in_language(language)
    return _words(language)[notice.reminder.cue].format(title=title)


def body(notice: Notice, language: Language) -> str:
    """About what and by when, with the hour where the person is if it is another, and the command to look at it."""
    words, step = _words(language), notice.reminder.step
    about = ", ".join(part for part in (notice.position, notice.company) if part)
    moment = step.overdue_since or step.due
    kind = "at" if step.do == StepKind.ATTEND else "since" if step.overdue_since else "by"
    parts = [about, words[kind].format(moment=write_moment(moment, notice.timezone, language))]
    if _differs(moment, notice):
        parts.append(words["here"].format(clock=write_clock(moment.astimezone(notice.here), language)))
    parts.append(words["look"].format(case=notice.case))
    return " · ".join(part for part in parts if part)


def _differs(moment: datetime, notice: Notice) -> bool:
    return moment.astimezone(notice.here).utcoffset() != moment.astimezone(zone(notice.timezone)).utcoffset()
