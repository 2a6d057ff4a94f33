"""What is to be done, over all cases."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from pamit.surfaces import memory_records
from pamit.surfaces.api.operation import Call, Operation, Reply
from pamit.surfaces.api.parameters import Parameter
from pamit.surfaces.shapes import AgendaShape

__all__ = ["OPERATIONS"]

_AHEAD: Final = timedelta(days=7)


def _due(call: Call) -> Reply:
    agenda = call.pamit.due(call.query["until"] or call.now + _AHEAD, call.now, call.query["limit"])
    return Reply(memory_records.agenda_record(agenda, call.language))


def _today(call: Call) -> Reply:
    return Reply(memory_records.agenda_record(call.pamit.today(call.now, call.query["limit"]), call.language))


_UNTIL = Parameter("until", "moment", "Until when; seven days ahead where it is absent.")
_CASES = Parameter("limit", "whole", "How many cases to look into, those with the most urgent steps.", most=200, default=50)

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "GET", "/steps", "listSteps", "steps", "What is due by a moment, soonest first", _due, {200: AgendaShape},
        query=(_UNTIL, _CASES),
    ),
    Operation(
        "GET", "/steps/today", "listToday", "steps", "What is overdue or due within 24 hours", _today, {200: AgendaShape},
        query=(_CASES,),
    ),
)  # fmt: skip
