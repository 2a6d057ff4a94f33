"""What a mail that came in proposes: the person says yes, or puts it aside."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from pamit.surfaces.web.desk import AtDesk
from pamit.surfaces.web.posting import PostedForm
from pamit.surfaces.web.site import Notice

router = APIRouter()


@router.post("/proposals/{proposal}/accept")
def accept(desk: AtDesk, form: PostedForm, proposal: str) -> Response:
    """Apply it; one undo takes it back."""
    done = desk.site.pamit.accept(proposal, desk.now)
    if done.case is None:
        return desk.go("/", Notice(desk.say("proposal.accepted")))
    version = desk.site.pamit.case(done.case).version
    undo = done.case if done.applies else None
    return desk.go(f"/cases/{done.case}", Notice(desk.say("proposal.accepted"), undo, version))


@router.post("/proposals/{proposal}/reject")
def reject(desk: AtDesk, form: PostedForm, proposal: str) -> Response:
    """Put it aside; the case stays as it is."""
    desk.site.pamit.reject(proposal)
    return desk.go("/", Notice(desk.say("proposal.rejected")))
