"""Hari ini: what is due, soonest first; what waits for a word of the person's; for the first visit, a way in."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter
from starlette.responses import Response

from pamit.domain.outbox import SendState
from pamit.services.ports import Listing
from pamit.surfaces.web.desk import AtDesk
from pamit.surfaces.web.steps import of_agenda

router = APIRouter()

_SHOWN = 25
_LATER_SHOWN = 8
_ASKED = (SendState.HANDED_OVER, SendState.UNKNOWN)


@router.get("/")
def today(desk: AtDesk) -> Response:
    """The page that opens."""
    pamit, now = desk.site.pamit, desk.now
    agenda = pamit.today(now, _SHOWN)
    later = pamit.due(now + timedelta(days=7), now, _SHOWN)
    seen = {(item.case, item.step.do) for item in agenda.items}
    coming = [item for item in later.items if (item.case, item.step.do) not in seen]
    return desk.show(
        "today.html",
        due=of_agenda(agenda.items, desk.say, now),
        more=agenda.more,
        coming=of_agenda(coming[:_LATER_SHOWN], desk.say, now),
        asked=pamit.outbox(_ASKED),
        is_first=not agenda.items and not pamit.list(Listing(limit=1), now),
    )
