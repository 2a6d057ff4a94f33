"""Looking over everything: the calendar, figures, words."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from pamit.domain.search import PassageKind
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces import memory_records
from pamit.surfaces.api.operation import Call, Operation, Reply
from pamit.surfaces.api.parameters import Parameter
from pamit.surfaces.shapes import CalendarShape, FoundShape, StatsShape

__all__ = ["OPERATIONS"]

_LONGEST: Final = timedelta(days=62)
_FOUR_WEEKS: Final = timedelta(days=27)


def _calendar(call: Call) -> Reply:
    first = call.query["first"] or call.now.date()
    try:
        last = call.query["last"] or first + _FOUR_WEEKS
    except OverflowError as error:
        raise PamitError(ErrorKind.INVALID, "bad-span", "The span ends beyond the calendar.") from error
    if not 1970 <= first.year <= 2199 or not timedelta() <= last - first <= _LONGEST:
        raise PamitError(ErrorKind.INVALID, "bad-span", f"A span has 1 to {_LONGEST.days + 1} days.", limit=_LONGEST.days + 1)
    return Reply(memory_records.calendar_record(call.pamit.calendar(first, last, call.now), call.language))


def _stats(call: Call) -> Reply:
    return Reply(memory_records.stats_record(call.pamit.stats(call.now)))


def _search(call: Call) -> Reply:
    kind = PassageKind(call.query["kind"]) if call.query["kind"] else None
    found = call.pamit.search(call.query["q"], call.language, kind=kind, limit=call.query["limit"])
    return Reply(memory_records.found_record(found, call.language))


_FIRST = Parameter("first", "day", "The first day; today where it is absent.")
_LAST = Parameter("last", "day", "The last day, at most 63 days in all; four weeks in all where it is absent.")
_QUESTION = Parameter("q", "text", "Words, or a phrase in quotation marks.", required=True)
_KIND = Parameter("kind", "word", "Only passages of this kind.", tuple(map(str, PassageKind)))
_EACH = Parameter("limit", "whole", "How many of each kind.", most=50, default=10)

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "GET", "/calendar", "getCalendar", "looking", "Interviews and steps day by day, and what clashes", _calendar,
        {200: CalendarShape}, query=(_FIRST, _LAST), example_query={"first": "2026-11-23", "last": "2026-11-29"},
    ),
    Operation("GET", "/stats", "getStats", "looking", "Figures over all cases", _stats, {200: StatsShape}),
    Operation(
        "GET", "/search", "search", "looking", "Look for words everywhere", _search, {200: FoundShape},
        query=(_QUESTION, _KIND, _EACH), example_query={"q": "gudang"},
    ),
)  # fmt: skip
