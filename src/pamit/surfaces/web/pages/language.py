"""The language of the pages, kept in this browser."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from pamit.domain.terms import Language
from pamit.surfaces.web.desk import AtDesk
from pamit.surfaces.web.guard import LANGUAGE_COOKIE
from pamit.surfaces.web.posting import PostedForm

router = APIRouter()
_A_YEAR = 365 * 24 * 3600


@router.post("/language")
def switch(desk: AtDesk, form: PostedForm) -> Response:
    """Switch the language, and stay where one was."""
    back = form.text("back", "/")
    # Only a path of our own: "//elsewhere" and "/\\elsewhere" lead away.
    ours = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    answer = desk.go(back if ours else "/")
    wanted = form.text("language")
    if wanted in set(Language):
        answer.set_cookie(LANGUAGE_COOKIE, wanted, max_age=_A_YEAR, httponly=True, samesite="strict", path="/")
    return answer
