"""After an accepted offer: the farewell to every other open case, each written already and one tap away from its last view."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from pamit.domain.terms import Purpose, Reason
from pamit.surfaces.web.composing import Choice
from pamit.surfaces.web.desk import AtDesk, Desk
from pamit.surfaces.web.steps import about

router = APIRouter()


@router.get("/cases/{case}/farewell")
def others(desk: AtDesk, case: str) -> Response:
    """The other cases, the most urgent first, with the message that ends each."""
    dossier = desk.site.pamit.case(case)
    interview = dossier.case.interview
    name = about(interview.company, interview.position, desk.say)
    candidate = desk.site.candidate()
    if not candidate.name:
        return desk.show("write_name.html", dossier=dossier, name=name, back=f"/cases/{case}/farewell")
    rows = []
    for owed in desk.site.pamit.farewells(case, candidate, desk.now):
        draft, other = owed.farewell.draft, owed.farewell.case.interview
        choice = Choice(
            Purpose(draft.purpose or Purpose.WITHDRAW), Reason.OTHER_OFFER, draft.channel, draft.language,
            to_agency=owed.farewell.to == "agency",
        )  # fmt: skip
        rows.append((owed.case, about(other.company, other.position, desk.say), owed.farewell, choice))
    return desk.show("farewell.html", dossier=dossier, name=name, rows=rows)


def others_after(desk: Desk, case: str, purpose: Purpose = Purpose.ACCEPT_OFFER) -> str | None:
    """Where a person goes on who has accepted an offer; None where nobody else waits, or nothing was accepted."""
    if purpose != Purpose.ACCEPT_OFFER or not desk.site.pamit.farewells(case, desk.site.candidate(), desk.now):
        return None
    return f"/cases/{case}/farewell"
