"""The app: where everything stands, and what surrounds every page.

========================  ======================================================  ==============================
address                   what                                                    module in ``pages/``
========================  ======================================================  ==============================
``/``                     Hari ini: what is due, soonest first                    ``today``
``/add``, ``/add/{key}``  Tambah: hand over a message, look at what was read      ``add``
``/cases``                Kasus: all cases                                        ``cases``
``/cases/{case}…``        one case: facts, notes, undo, close, delete, messages   ``case``, ``case_actions``
``/cases/{case}/write``   Tulis: choose, see, check; ``/decide``: the aid         ``write``
``/drafts/{key}…``        Kirim: the last view, and every way out                 ``draft``
``/cases/{case}/farewell``  after an accepted offer: the farewell to all others   ``farewell``
``/messages/{message}…``  a mail of one's own on its way                          ``message``
``/proposals/…``          what a mail that came in proposes                       ``proposal``
``/check``                Periksa: any draft, nothing stored                      ``check``
``/calendar``             Kalender: a month or four weeks, and what clashes        ``calendar``
``/calendar/subscribe``   the calendar for other programs; ``/feed/{secret}.ics`` ``subscribe``
``/manifest.webmanifest`` what an installed app is called and looks like          ``install``
``/settings…``            Pengaturan: oneself, reminders, mail, days, data         ``settings``, ``settings_…``
``/language``             switches the language                                   ``language``
``/api/v1/…``             for programs: :mod:`pamit.surfaces.api`
``/guide``                Panduan                                                 ``guide``
``/insight``              Wawasan: looking back, in pictures                      ``insight``
``/search``               Cari: one question to everything                        ``search``
========================  ======================================================  ==============================

How to add a page: a module in ``pages/`` with ``router = APIRouter()`` and ``def`` handlers (SQLite is synchronous), its name
in :data:`pamit.surfaces.web.pages.PAGES`, its template in ``templates/`` (``{% extends "base.html" %}``, blocks ``title`` and
``main``), its words in both tables of ``words/``. A handler takes ``desk: AtDesk`` (words, now, ``desk.site.pamit``) and ends
in ``desk.show("page.html", …)``; one that changes something is a POST, takes ``form: PostedForm`` and ends in
``desk.go("/where", Notice(…))``. Forms are written ``<form method="post">{{ hidden(tokens()) }}``. :class:`Guard` and
:func:`check_form` already stand before every route; a :class:`PamitError` becomes a page by itself. GET changes nothing.
Services that read, write or check take long to import, so the handlers that need them do it: the first page comes at once.
"""

from __future__ import annotations

from importlib import import_module
from importlib.resources import files

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.web.desk import Desk
from pamit.surfaces.web.guard import Guard, security_headers
from pamit.surfaces.web.pages import OPEN_PATHS, PAGES
from pamit.surfaces.web.posting import AlreadySentError, check_form
from pamit.surfaces.web.site import Site

__all__ = ["HTTP_STATUS", "create_app"]

HTTP_STATUS: dict[ErrorKind, int] = {
    ErrorKind.INVALID: 422,
    ErrorKind.MISSING: 404,
    ErrorKind.CONFLICT: 409,
    ErrorKind.REFUSED: 403,
    ErrorKind.UNAVAILABLE: 503,
}


def create_app(site: Site, port: int) -> FastAPI:
    """The app on one memory.

    Args:
        port: the one it is served on; requests that name another host or port are refused.
    """
    app = FastAPI(title="Pamit", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(check_form)])
    app.state.site = site
    app.add_exception_handler(PamitError, _failed)
    app.add_exception_handler(AlreadySentError, _already_sent)
    app.add_exception_handler(HTTPException, _not_there)
    app.add_exception_handler(RequestValidationError, _misread)
    app.add_exception_handler(Exception, _broken)
    for name in PAGES:
        app.include_router(import_module(f"pamit.surfaces.web.pages.{name}").router)
    if site.can.programs:
        from pamit.surfaces.api.app import mounted

        app.router.routes.append(mounted(site))
    app.mount("/static", _Static(directory=str(files("pamit.surfaces.web").joinpath("static"))), name="static")
    app.add_middleware(Guard, keys=site.keys, port=port, open_paths=OPEN_PATHS)
    return app


class _Static(StaticFiles):
    """Our own files; their address carries the version, so a browser may keep them."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        answer = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        answer.headers["cache-control"] = "private, max-age=3600"
        return answer


# -- errors as pages --------------------------------------------------------------------------------------------------


def error_page(request: Request, status: int, key: str, **facts: object) -> Response:
    """A page that says what is wrong and where to go on."""
    desk = Desk(request)
    say = desk.say
    sentence = say(f"error.{key}", **facts) if say.has(f"error.{key}") else say("error.other")
    return desk.show("error.html", status, sentence=sentence, status=status, case=facts.get("case"))


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, PamitError)
    status = HTTP_STATUS[error.kind]
    facts = {"message": error.message, **error.facts}
    if not Desk(request).say.has(f"error.{error.code}"):
        return error_page(request, status, str(error.kind), **facts)
    return error_page(request, status, error.code, **facts)


async def _already_sent(_request: Request, error: Exception) -> Response:
    assert isinstance(error, AlreadySentError)
    return RedirectResponse(error.location, 303)


async def _not_there(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return error_page(request, error.status_code, "no-such-page" if error.status_code == 404 else "other")


async def _misread(request: Request, _error: Exception) -> Response:
    # An address that a person or a program made up: a word where a number stands.
    return error_page(request, 404, "no-such-page")


async def _broken(request: Request, _error: Exception) -> Response:
    # What went wrong stands in the server's log; a page never shows the words of an exception.
    answer = error_page(request, 500, "broken")
    # The framework answers this one outside of the guard.
    security_headers(answer.headers)
    return answer
