"""Kasus: all cases, the most urgent first."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from pamit.domain.terms import Stage
from pamit.services.ports import Listing
from pamit.surfaces.web.desk import AtDesk
from pamit.surfaces.web.steps import about

router = APIRouter()

_SHOWN = 50
_OPEN = frozenset(Stage) - {Stage.CLOSED}


@router.get("/cases")
def cases(desk: AtDesk, q: str = "", show: str = "open", order: str = "due", page: int = 1) -> Response:
    """The list."""
    closed = show == "closed"
    page = min(max(page, 1), 10_000)
    wanted = Listing(
        stages=frozenset({Stage.CLOSED}) if closed else _OPEN,
        text=q.strip()[:200] or None,
        order=order if order in ("due", "start", "company") else "due",
        limit=page * _SHOWN + 1,
    )
    rows = desk.site.pamit.list(wanted, desk.now)
    shown = rows[(page - 1) * _SHOWN : page * _SHOWN]
    return desk.show(
        "cases.html",
        rows=[(row, about(row.company, row.position, desk.say)) for row in shown],
        q=q,
        closed=closed,
        order=wanted.order,
        page=page,
        more=len(rows) > page * _SHOWN,
    )
