"""Pictures of what the memory holds: figures over all cases, and the course of one. What they show, they also say in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pamit.domain.calendar.wording import write_moment
from pamit.domain.calendar.zones import DEFAULT_ZONE, zone_label
from pamit.domain.calendar.zones import zone as zone_of
from pamit.domain.insight import Answer, Answered, answers_of
from pamit.domain.log import Dossier
from pamit.domain.plan import Plan, Step
from pamit.domain.terms import Language, StepKind
from pamit.formats.svg import circle, line, picture, rect, text
from pamit.services.insight import Stats
from pamit.surfaces.log_words import Say, entry_words

__all__ = ["answer_time", "stats_picture", "timeline_picture"]

_WIDTH = 720
_LEFT, _LABELS, _BAR = 24, 250, 380
_ROW, _HEAD = 26, 34
_KIND = {
    Answered.WITHIN_A_DAY: "good", Answered.WITHIN_TWO_DAYS: "fair", Answered.LATER: "bad", Answered.BY_COMING: "plain",
    Answered.SETTLED: "plain", Answered.WAITING: "plain", Answered.OVERDUE: "bad", Answered.NEVER: "bad",
}  # fmt: skip


def answer_time(took: timedelta, say: Say) -> str:
    """A length of time in words, as exact as it matters."""
    hours = took.total_seconds() / 3_600
    if hours < 1:
        return say("picture.minutes", count=round(took.total_seconds() / 60))
    return say("picture.hours", count=round(hours)) if hours < 48 else say("picture.days", count=round(hours / 24))


# -- figures ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Row:
    label: str
    count: int
    kind: str


def stats_picture(found: Stats, say: Say) -> str:
    """Bars: how soon invitations were answered, how cases ended, where they stand. As SVG."""
    sections = [
        (say("picture.answers"), [_Row(say(f"answered.{kind}"), count, _KIND[kind]) for kind, count in found.answers.items()]),
        (say("picture.outcomes"), [_Row(say(f"outcome.{kind}"), count, "plain") for kind, count in found.outcomes.items()]),
        (say("picture.stages"), [_Row(say(f"stage.{kind}"), count, "plain") for kind, count in found.stages.items()]),
    ]
    title = say("picture.stats_title", cases=found.cases)
    parts = [text(_LEFT, 36, title, "head")]
    said = [title + "."]
    if found.median_answer is not None:
        median = say("picture.median", time=answer_time(found.median_answer, say))
        parts.append(text(_LEFT, 58, median, "dim"))
        said.append(median)
    top = 70.0
    for heading, rows in sections:
        parts.append(text(_LEFT, top + 24, heading, "head"))
        top += _HEAD
        parts += _bars(rows, top)
        top += _ROW * len(rows) + 12
        said.append(f"{heading}: {', '.join(f'{row.label} {row.count}' for row in rows)}.")
    return picture(_WIDTH, round(top) + 8, title, " ".join(said), parts)


def _bars(rows: Sequence[_Row], top: float) -> list[str]:
    most = max((row.count for row in rows), default=0) or 1
    parts = []
    for number, row in enumerate(rows):
        y = top + number * _ROW
        parts.append(text(_LEFT + _LABELS - 12, y + 15, row.label, "ink", "end"))
        parts.append(rect(_LEFT + _LABELS, y + 3, _BAR, 16, "track"))
        if row.count:
            parts.append(rect(_LEFT + _LABELS, y + 3, max(_BAR * row.count / most, 3), 16, row.kind))
        parts.append(text(_LEFT + _LABELS + _BAR + 8, y + 15, str(row.count), "ink"))
    return parts


# -- one case ---------------------------------------------------------------------------------------------------------

_AXIS, _STEP, _WORDS_AT = 236, 44, 260
_LONGEST_LABEL = 58


@dataclass(frozen=True)
class _Point:
    at: datetime
    label: str
    kind: str
    remark: str = ""


def timeline_picture(dossier: Dossier, plan: Plan, now: datetime, say: Say, language: Language) -> str:
    """The course of a case from top to bottom: what happened, the present, what is to be done. As SVG."""
    interview = dossier.case.interview
    zone = interview.timezone or DEFAULT_ZONE
    past = _past(dossier, now, say)
    # The step to attend is the interview itself, which is drawn.
    ahead = [_ahead(step, now, say) for step in plan.steps if step.do != StepKind.ATTEND]
    if interview.start is not None:
        spot = _Point(interview.start, say("picture.interview"), "plain")
        (past if interview.start <= now else ahead).append(spot)
    past.sort(key=lambda point: point.at)
    ahead.sort(key=lambda point: point.at)
    points = [*past, _Point(now, say("picture.now"), "good"), *ahead]
    about = ", ".join(part for part in (interview.position, interview.company) if part)
    title = f"{dossier.id}: {about}" if about else dossier.id
    stage = say("show.stage", stage=say(f"stage.{plan.stage}"))
    parts = [text(_LEFT, 36, _shortened(title, 84), "head"), text(_LEFT, 58, stage, "dim")]
    said = [f"{title}. {stage}."]
    top = 96.0
    for number, point in enumerate(points):
        y = top + number * _STEP
        if number + 1 < len(points):
            parts.append(line(_AXIS, y, y + _STEP, "rule" if number < len(past) else "ahead"))
        moment = write_moment(point.at, zone, language)
        parts += [
            circle(_AXIS, y, 7, point.kind),
            text(_AXIS - 18, y + 5, _brief(point.at, zone), "dim", "end"),
            text(_WORDS_AT, y + 5, _shortened(point.label, _LONGEST_LABEL), "ink"),
        ]
        if point.remark:
            parts.append(text(_WORDS_AT, y + 22, _shortened(point.remark, _LONGEST_LABEL), "dim"))
        said.append(f"{moment}: {point.label}{f' ({point.remark})' if point.remark else ''}.")
    height = round(top + len(points) * _STEP)
    return picture(_WIDTH, height, title, " ".join(said), parts)


def _past(dossier: Dossier, now: datetime, say: Say) -> list[_Point]:
    answers = {answer.answered_at: answer for answer in answers_of(dossier, now) if answer.answered_at}
    points = []
    for entry in dossier.standing:
        if entry.at <= now:
            answer = answers.get(entry.event.at) if entry.event else None
            points.append(_Point(entry.at, entry_words(entry, say), *_judged(answer, say)))
    return points


def _judged(answer: Answer | None, say: Say) -> tuple[str, str]:
    """The colour of an answer, and in words what it means."""
    if answer is None or answer.took is None:
        return "plain", ""
    return _KIND[answer.answered], say("picture.answered", time=answer_time(answer.took, say))


def _ahead(step: Step, now: datetime, say: Say) -> _Point:
    late = step.overdue_since is not None
    remark = say("picture.overdue") if late else ""
    return _Point(max(step.due, now), say(f"do.{step.do}"), "late" if late else "open", remark)


def _brief(at: datetime, zone: str) -> str:
    local = at.astimezone(zone_of(zone))
    return f"{local:%Y-%m-%d %H.%M} {zone_label(zone, local)}"


def _shortened(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
