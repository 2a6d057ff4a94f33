"""Token: what lets other programs ask, made and taken back."""

from __future__ import annotations

import secrets
from typing import cast

from fastapi import APIRouter
from starlette.responses import Response

from pamit.errors import ErrorKind, PamitError
from pamit.services.program_ports import Scope
from pamit.surfaces.web.desk import AtDesk, Desk
from pamit.surfaces.web.filling import Filled, told
from pamit.surfaces.web.posting import PostedForm
from pamit.surfaces.web.site import Notice

router = APIRouter()

_PAGE = "/settings/tokens"
_SCOPES = ("read", "read-write")


@router.get(_PAGE)
def tokens(desk: AtDesk) -> Response:
    """The tokens, and a place for one more."""
    return _list(desk, Filled({"name": "", "scope": "read"}))


def _list(desk: Desk, form: Filled) -> Response:
    if not desk.site.can.programs:
        raise PamitError(ErrorKind.MISSING, "no-such-page", "No other program can ask here.")
    return desk.show("settings_tokens.html", form.status, form=form, known=desk.site.pamit.tokens(), scopes=_SCOPES)


@router.post("/settings/tokens/add")
def add(desk: AtDesk, form: PostedForm) -> Response:
    """One more; it is shown on the next page and nowhere after that."""
    scope = form.text("scope") if form.text("scope") in _SCOPES else "read"
    try:
        _, secret = desk.site.pamit.add_token(form.text("name"), cast("Scope", scope), desk.now, secrets.token_bytes)
    except PamitError as error:
        return _list(desk, Filled({"name": form.text("name"), "scope": scope}, {"name": told(error, desk.say)}))
    return desk.go(_PAGE, Notice(desk.say("tokens.made", token=secret)))


@router.post("/settings/tokens/{token}/revoke")
def revoke(desk: AtDesk, form: PostedForm, token: str) -> Response:
    """It opens nothing from now on."""
    gone = desk.site.pamit.revoke_token(token)
    return desk.go(_PAGE, Notice(desk.say("tokens.revoked", name=gone.name)))
