"""Hari ini: what is due, soonest first; what waits for a word of the person's; for the first visit, a way in."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter
from starlette.responses import Response

from pamit.domain.outbox import SendState
from pamit.services.agenda import TODAY
from pamit.services.ports import Listing
from pamit.surfaces.web.desk import AtDesk
from pamit.surfaces.web.steps import of_agenda

router = APIRouter()

_SHOWN = 20
_LATER_SHOWN = 8
_ASKED = (SendState.HANDED_OVER, SendState.UNKNOWN)


@router.get("/")
def today(desk: AtDesk) -> Response:
    """The page that opens."""
    pamit, now = desk.site.pamit, desk.now
    week = pamit.due(now + timedelta(days=7), now, _SHOWN)
    due = [item for item in week.items if item.since <= now + TODAY]
    coming = [item for item in week.items if item.since > now + TODAY]
    # Rows come soonest first: only where all that are shown are due today may more of today's be left.
    more = pamit.today(now, _SHOWN).more if week.more and len({item.case for item in due}) >= _SHOWN else 0
    return desk.show(
        "today.html",
        due=of_agenda(due, desk.say, now),
        more=more,
        coming=of_agenda(coming[:_LATER_SHOWN], desk.say, now),
        asked=pamit.outbox(_ASKED),
        proposals=pamit.proposals(),
        is_first=not week.items and not pamit.list(Listing(limit=1), now),
    )
