"""What the invitation leaves out or contradicts, each with a question that can be put to the employer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from pamit.domain.calendar.wording import write_day
from pamit.domain.invitation import Doubt, Fact, Field, Span
from pamit.domain.terms import Bilingual, Language, Mode
from pamit.domain.terms import InvitationKind as Kind
from pamit.reading.letter import Letter
from pamit.reading.moments import Moment
from pamit.reading.when import Schedule
from pamit.tables import read_table

__all__ = ["find_doubts"]

_WORDING: dict[str, dict[str, str]] = read_table("pamit.reading", "words", "doubts.toml")
_INVITING = (Kind.INVITATION, Kind.RESCHEDULE_BY_EMPLOYER)
_PROBLEMS = {"contradiction": "weekday-contradicts-date"}
# Below this a zone was neither written nor implied by a place.
_SURE_ZONE = 0.8


def find_doubts(letter: Letter, kind: Kind, facts: Mapping[Field, Fact], schedule: Schedule) -> tuple[Doubt, ...]:
    """Doubts first, then gaps, in the order in which one would ask."""
    doubts: list[Doubt] = []
    if kind in _INVITING:
        if schedule.problem is not None:
            doubts.append(_doubt(_PROBLEMS.get(schedule.problem, schedule.problem), _spans(schedule), _readings(schedule)))
        elif "start" not in facts:
            doubts.append(_doubt("missing-time"))
        doubts += [_doubt(code) for code in _gaps(letter, facts)]
    if kind in (*_INVITING, Kind.AVAILABILITY_REQUEST) and "position" not in facts:
        doubts.append(_doubt("missing-position"))
    return tuple(doubts)


def _gaps(letter: Letter, facts: Mapping[Field, Fact]) -> Iterator[str]:
    mode = facts["mode"].value if "mode" in facts else None
    zone = facts.get("timezone")
    if mode is None:
        yield "missing-mode"
    if mode == Mode.ONSITE and "location" not in facts:
        yield "missing-place"
    if mode == Mode.VIDEO and "meeting_url" not in facts:
        yield "missing-link"
    if "start" in facts and "end" not in facts:
        yield "missing-length"
    if "start" in facts and zone is not None and zone.confidence < _SURE_ZONE:
        yield "missing-zone"
    named = letter.page.has("interviewer") or any(line.label in ("interviewer", "meet") for line in letter.page.lines)
    if not named:
        yield "missing-interviewer"


@lru_cache(maxsize=256)
def _doubt(code: str, spans: tuple[Span, ...] = (), days: tuple[date, ...] = ()) -> Doubt:
    words = _WORDING[code]
    listed_id = " atau ".join(write_day(day, Language.ID) for day in days)
    listed_en = " or ".join(write_day(day, Language.EN) for day in days)
    return Doubt(
        words["field"],
        code,
        Bilingual(words["id"].format(days=listed_id), words["en"].format(days=listed_en)),
        spans,
        Bilingual(words["ask_id"].format(days=listed_id), words["ask_en"].format(days=listed_en)),
    )


def _spans(schedule: Schedule) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(_span(moment) for moment in schedule.troubled))


def _span(moment: Moment) -> Span:
    return (moment.day.begin, moment.day.end) if moment.day is not None and not moment.lent else (moment.begin, moment.end)


def _readings(schedule: Schedule) -> tuple[date, ...]:
    """The days that the troubled words can mean."""
    days: list[date] = []
    for moment in schedule.troubled:
        if moment.day is not None:
            days += [moment.day.day] if moment.day.day else moment.day.candidates
    return tuple(dict.fromkeys(days))
