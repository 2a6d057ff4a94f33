"""What a page has at hand: words, the present moment, templates, and the way to the next page."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Annotated, Any, cast

from fastapi import Depends, Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pamit import __version__
from pamit.domain.calendar.wording import write_day, write_moment, write_time
from pamit.domain.calendar.zones import DEFAULT_ZONE, zone
from pamit.domain.terms import Bilingual, Language
from pamit.surfaces.web.guard import LANGUAGE_COOKIE
from pamit.surfaces.web.posting import FORM_TOKEN, ONCE
from pamit.surfaces.web.site import Notice, Site
from pamit.surfaces.web.words import Words

__all__ = ["AtDesk", "Desk", "in_span"]


_MACROS = ("hidden", "button", "choice_field", "marked", "rules", "steps", "findings", "card_view")


@cache
def _templates() -> Environment:
    loader = PackageLoader("pamit.surfaces.web", "templates")
    found = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    found.filters["first_up"] = lambda text: text[:1].upper() + text[1:]
    found.globals["version"] = __version__
    pieces_of_pages = found.get_template("macros.html").module
    for name in _MACROS:
        found.globals[name] = getattr(pieces_of_pages, name)
    return found


class Desk:
    """One request's place of work."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.site: Site = request.app.state.site
        self.session: str = getattr(request.state, "session", "")
        self.say: Words = self.site.words(self.site.language(request.cookies.get(LANGUAGE_COOKIE)))
        self.now: datetime = self.site.clock()

    @property
    def language(self) -> Language:
        """The language of the pages."""
        return self.say.language

    # -- answers --------------------------------------------------------------------------------------------------

    def show(self, template: str, status: int = 200, /, **values: Any) -> HTMLResponse:
        """A page; what was to be said once is said on it."""
        return HTMLResponse(self.page(template, notice=self.site.notices.pop(self.session, None), **values), status)

    def fragment(self, template: str, /, **values: Any) -> HTMLResponse:
        """A part of a page, for a module that puts it in its place."""
        return HTMLResponse(self.page(template, notice=None, **values))

    def page(self, template: str, /, **values: Any) -> str:
        """A template with all it may ask for."""
        found = {
            "desk": self,
            "say": self.say,
            "language": self.language,
            "now": self.now,
            "path": self.request.url.path,
            "here": self._here(),
            "moment": self.moment,
            "day": self.day,
            "clock": self.time,
            "countdown": self.countdown,
            "both": self.both,
            "tokens": self.tokens,
            "form_token": self.form_token(),
        }
        return _templates().get_template(template).render({**found, **values})

    def _here(self) -> str:
        """Where a switch of the language leads back to; an action has no page of its own to come back to."""
        if self.request.method not in ("GET", "HEAD"):
            return "/"
        url = self.request.url
        return f"{url.path}?{url.query}" if url.query else url.path

    def go(self, location: str, notice: Notice | None = None) -> Response:
        """To the next page, by GET, once the action is done; the form that led here counts from now on."""
        if notice is not None:
            self.site.notices[self.session] = notice
        posted = getattr(self.request.state, "posted", None)
        if posted is not None and posted.once:
            self.site.once.finish(posted.once, location)
        return RedirectResponse(location, 303)

    # -- forms ----------------------------------------------------------------------------------------------------

    def form_token(self) -> str:
        """The token of this session's forms."""
        return self.site.keys.form_token(self.session) if self.session else ""

    def tokens(self) -> Mapping[str, str]:
        """The hidden fields of a form: each form counts once."""
        return {FORM_TOKEN: self.form_token(), ONCE: secrets.token_urlsafe(12)}

    # -- words ----------------------------------------------------------------------------------------------------

    def both(self, text: Bilingual) -> str:
        """A sentence in the language of the pages."""
        return text.in_language(self.language)

    def moment(self, at: datetime, timezone: str | None = None, end: datetime | None = None) -> str:
        """A moment in words, in the employer's zone."""
        return write_moment(at, timezone or DEFAULT_ZONE, self.language, end)

    def day(self, at: datetime, timezone: str | None = None) -> str:
        """A day in words."""
        return write_day(at.astimezone(zone(timezone or DEFAULT_ZONE)).date(), self.language)

    def time(self, at: datetime, timezone: str | None = None) -> str:
        """A clock time in words."""
        return write_time(at, timezone or DEFAULT_ZONE, self.language)

    def countdown(self, at: datetime) -> str:
        """How long it is until a moment, or since."""
        left = at - self.now
        span = in_span(abs(left), self.say)
        return self.say("countdown.ahead" if left >= timedelta() else "countdown.past", span=span)


def in_span(length: timedelta, say: Callable[..., str]) -> str:
    """A length of time, as exact as it matters."""
    minutes = int(length.total_seconds() // 60)
    hours, days = minutes // 60, minutes // (60 * 24)
    if minutes < 1:
        return say("countdown.moment")
    if hours < 1:
        return _counted("countdown.minute", minutes, say)
    if days < 2:
        rest = minutes % 60
        head = _counted("countdown.hour", hours, say)
        return f"{head} {_counted('countdown.minute', rest, say)}" if rest and hours < 12 else head
    return _counted("countdown.day", days, say)


def _counted(key: str, count: int, say: Callable[..., str]) -> str:
    return say(f"{key}_one" if count == 1 else f"{key}_many", count=count)


def _desk(request: Request) -> Desk:
    found = getattr(request.state, "desk", None)
    if found is None:
        found = request.state.desk = Desk(request)
    return cast("Desk", found)


AtDesk = Annotated[Desk, Depends(_desk)]
"""What a page has at hand."""
