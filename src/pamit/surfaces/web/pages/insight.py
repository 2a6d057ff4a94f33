"""Wawasan: looking back over all cases, in pictures that are tables too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter
from starlette.responses import Response

from pamit.domain.calendar.wording import write_day
from pamit.domain.insight import Answered, Outcome
from pamit.services.insight import Speed, Stats, Week
from pamit.surfaces.web.desk import AtDesk, Desk, in_span
from pamit.surfaces.web.steps import about

router = APIRouter()

_TONES = {
    Speed.HOUR: "good", Speed.SIX_HOURS: "good", Speed.DAY: "good", Speed.TWO_DAYS: "warn", Speed.LONGER: "bad",
}  # fmt: skip
_UNIT = 100
_WEEK_WIDTH, _WEEKS_HIGH, _GAP = 12, 96, 2
_KINDS = ("invited", "interviewed", "closed")


@dataclass(frozen=True)
class Bar:
    """A row of a table with its bar; ``share`` is its length in hundredths of the longest."""

    label: str
    count: int
    share: int
    tone: str = "plain"


@dataclass(frozen=True)
class Part:
    """One colour of a week's column, in units of the picture."""

    kind: str
    x: int
    y: float
    height: float


@router.get("/insight")
def insight(desk: AtDesk) -> Response:
    """The page."""
    found, say = desk.site.pamit.stats(desk.now), desk.say
    return desk.show(
        "insight.html",
        found=found,
        said=_said(found, desk),
        speeds=_bars(((say(f"insight.speed_{speed}"), count, _TONES[speed]) for speed, count in found.speeds.items())),
        others=[
            (say(f"answered.{kind}"), found.answers[kind]) for kind in Answered if _is_no_message(kind) and found.answers[kind]
        ],
        outcomes=_bars((say(f"outcome.{kind}"), count, "plain") for kind, count in found.outcomes.items() if count),
        stages=_bars((say(f"stage.{kind}"), count, "plain") for kind, count in found.stages.items() if count),
        weeks=[(write_day(week.monday, desk.language), week) for week in found.weeks if week.total],
        columns=_columns(found.weeks),
        size=(max(len(found.weeks), 1) * _WEEK_WIDTH, _WEEKS_HIGH),
        present=_place_of_now(found.weeks, desk),
        kinds=_KINDS,
        unanswered=[(one, about(one.company, one.position, say)) for one in found.unanswered],
        silent=[(one, about(one.company, one.position, say)) for one in found.silent],
    )


def _is_no_message(kind: Answered) -> bool:
    return kind not in (Answered.WITHIN_A_DAY, Answered.WITHIN_TWO_DAYS, Answered.LATER)


def _said(found: Stats, desk: Desk) -> Mapping[str, str]:
    """The main point of each picture, in a sentence; no habit is read out of a handful."""
    say = desk.say
    in_time = sum(found.speeds[speed] for speed in (Speed.HOUR, Speed.SIX_HOURS, Speed.DAY))
    if found.has_pattern and found.median_answer is not None:
        speeds = say("insight.in_time", count=in_time, all=found.answered, median=in_span(found.median_answer, say))
    else:
        speeds = say("insight.few_answers", count=found.answered) if found.answered else say("insight.no_answers")
    closed = found.cases - found.outcomes[Outcome.OPEN]
    busiest = found.busiest
    weeks = ""
    if busiest is not None:
        day = write_day(busiest.monday, desk.language)
        weeks = say("insight.busiest", day=day, invited=busiest.invited, interviewed=busiest.interviewed, closed=busiest.closed)
    return {"speeds": speeds, "outcomes": say("insight.closed_of", count=closed, all=found.cases), "weeks": weeks}


def _bars(rows: Iterable[tuple[str, int, str]]) -> list[Bar]:
    known = list(rows)
    most = max((count for _, count, _ in known), default=0) or 1
    return [Bar(label, count, max(round(_UNIT * count / most), 1) if count else 0, tone) for label, count, tone in known]


def _columns(weeks: tuple[Week, ...]) -> list[Part]:
    most = max((week.total for week in weeks), default=0) or 1
    parts = []
    for number, week in enumerate(weeks):
        top = float(_WEEKS_HIGH)
        for kind in _KINDS:
            height = _WEEKS_HIGH * getattr(week, kind) / most
            if height:
                top -= height
                parts.append(Part(kind, number * _WEEK_WIDTH + _GAP // 2, round(top, 1), round(height, 1)))
    return parts


def _place_of_now(weeks: tuple[Week, ...], desk: Desk) -> float | None:
    if not weeks:
        return None
    passed = (desk.now.date() - weeks[0].monday) / timedelta(weeks=1)
    return round(passed * _WEEK_WIDTH, 1)
