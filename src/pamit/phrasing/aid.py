"""The decision aid: for a person who is undecided or thinks again. Plain facts in words, no preaching.

Rules P1 (talk it over; 002), P2 (the seven reasons and their milder ways out; 003 reasons A–G), P3 (an honest answer; 002),
P4 (declining is a right; what it and what silence cost; 001, 003), K2 (what asking again may cost; 003 reconsider B).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pamit.domain.calendar.wording import write_moment
from pamit.domain.interview import Case
from pamit.domain.terms import Language, Purpose, Reason, Stage
from pamit.phrasing.phrasebook import aid_words, shared_words
from pamit.phrasing.situation import Situation, read_situation
from pamit.phrasing.wording import write_role

__all__ = ["Aid", "AidSection", "decision_aid"]

# P2 names seven; the finer ones of the vocabulary are told only where the person chose them.
_RECOGNISED = (
    Reason.PERSONAL,
    Reason.OTHER_OFFER,
    Reason.CULTURE,
    Reason.ROLE_FIT,
    Reason.SALARY,
    Reason.LOCATION,
    Reason.SCHEDULE,
)


@dataclass(frozen=True)
class AidSection:
    """One block: a heading, its lines, and the rules it comes from."""

    heading: str
    lines: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Aid:
    """The decision aid for one case.

    Attributes:
        summary: a few sentences to share with someone trusted (P1).
    """

    title: str
    sections: tuple[AidSection, ...]
    summary: str
    summary_heading: str

    def as_text(self) -> str:
        """The aid as plain text."""
        blocks = [self.title]
        blocks += ["\n".join([section.heading, *(f"- {line}" for line in section.lines)]) for section in self.sections]
        blocks.append(f"{self.summary_heading}\n{self.summary}")
        return "\n\n".join(blocks) + "\n"


def decision_aid(
    case: Case, *, now: datetime, language: Language, purpose: Purpose | None = None, reason: Reason | None = None
) -> Aid:
    """What to weigh before deciding, at the present stage of the case.

    Args:
        now: the aware moment.
        purpose: what the person leans to (decline, cancel, withdraw, decline_offer, reconsider); None when undecided.
        reason: the reason that moves them; None shows the seven recognised ones.
    """
    words = aid_words(language)
    headings = words["headings"]
    situation = read_situation(case, purpose or Purpose.DECLINE, now)
    stage = _stage(situation).value
    what = words["what"][purpose.value if purpose and purpose.value in words["what"] else "unsure"]
    shown = (reason,) if reason else _RECOGNISED
    sections = [
        AidSection(headings["talk"], tuple(words["talk"]["lines"]), ("P1",)),
        AidSection(headings["reason" if reason else "reasons"], tuple(words["reasons"][one.value] for one in shown), ("P2",)),
        AidSection(headings["answer"], tuple(words["answer"]["lines"]), ("P3", "H1")),
    ]
    if purpose == Purpose.RECONSIDER:
        sections.append(AidSection(headings["back"], tuple(words["back"]["lines"]), ("K1", "K2")))
    else:
        sections.append(AidSection(headings["cost"], tuple(words["cost"][stage]), ("P4",)))
        sections.append(AidSection(headings["silence"], tuple(words["silence"]["lines"]), ("P4", "T10")))
    summary = _summary(case, situation, language, what, reason)
    return Aid(words["title"].format(what=what), tuple(sections), summary, headings["summary"])


def _summary(case: Case, situation: Situation, language: Language, what: str, reason: Reason | None) -> str:
    words = aid_words(language)
    lines = words["summary"]
    parts = [lines["about"].format(what=what, role=write_role(case.interview, language))]
    if situation.start is not None and not situation.over:
        on = shared_words(language)["on"]["today" if situation.today else "ahead"]
        parts.append(lines["when"].format(on=on.format(moment=write_moment(situation.start, situation.zone, language))))
    if reason is not None:
        parts.append(lines["reason"].format(reason=words["reason_names"][reason.value]))
    reply_by = case.interview.reply_by
    if reply_by is not None and reply_by > situation.now:
        parts.append(lines["reply_by"].format(moment=write_moment(reply_by, situation.zone, language)))
    parts.append(lines["ask"])
    return " ".join(parts)


def _stage(situation: Situation) -> Stage:
    if situation.over:
        return Stage.INTERVIEWED
    if situation.today:
        return Stage.TODAY
    return Stage.SCHEDULED if situation.dated else Stage.INVITED
