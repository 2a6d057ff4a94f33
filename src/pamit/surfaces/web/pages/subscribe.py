"""The calendar for other programs: under a secret address that they fetch again and again, and as a file."""

from __future__ import annotations

import os
from hashlib import sha256
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from pamit.bootstrap import feed_secrets
from pamit.errors import PamitError
from pamit.services.feed_address import FeedAddress, feed_address, make_feed_address, opened_feed, switch_feed_off
from pamit.services.mail_ports import Secrets
from pamit.surfaces.web.desk import AtDesk, Desk
from pamit.surfaces.web.pages.case import attachment
from pamit.surfaces.web.posting import PostedForm
from pamit.surfaces.web.site import Notice

router = APIRouter()

FEED: Final = "/feed/"
_PAGE: Final = "/calendar/subscribe"
_LATEST: Final = "latest"


def _secrets(desk: Desk) -> Secrets:
    return feed_secrets(desk.site.settings())


# -- the page ---------------------------------------------------------------------------------------------------------


@router.get("/calendar/subscribe")
def subscribe(desk: AtDesk, request: Request) -> Response:
    """The address, if there is one, and what can be done with it."""
    found = feed_address(_secrets(desk))
    # The guard has made sure that this is a name of our own.
    host = request.url.netloc
    path = f"{host}{FEED}{found.secret}.ics" if found else None
    return desk.show(
        "subscribe.html", address=f"http://{path}", webcal=f"webcal://{path}", found=found, port=request.url.port or 80
    )


@router.post("/calendar/subscribe")
def make(desk: AtDesk, form: PostedForm) -> Response:
    """Make an address, in place of the one before it."""
    secrets = _secrets(desk)
    is_new = feed_address(secrets) is None
    make_feed_address(secrets, os.urandom, desk.language, with_links=form.chosen("links"))
    return desk.go(_PAGE, Notice(desk.say("subscribe.made" if is_new else "subscribe.renewed")))


@router.post("/calendar/subscribe/off")
def switch_off(desk: AtDesk) -> Response:
    """Let the address lead nowhere."""
    switch_feed_off(_secrets(desk))
    return desk.go(_PAGE, Notice(desk.say("subscribe.is_off")))


@router.get("/calendar/pamit.ics")
def file(desk: AtDesk, links: str = "") -> Response:
    """The calendar of this moment as a file."""
    data = desk.site.pamit.feed(desk.site.here(), desk.now, desk.language, with_links=links == "1")
    return attachment(data, "pamit.ics")


# -- the address ------------------------------------------------------------------------------------------------------


@router.head("/feed/{name:path}", include_in_schema=False)
@router.get("/feed/{name:path}")
def feed(desk: AtDesk, request: Request, name: str) -> Response:
    """The calendar, for whoever knows the secret; everybody else hears that there is nothing, whatever the reason."""
    try:
        address = opened_feed(_secrets(desk), name.removesuffix(".ics"))
    except PamitError:
        address = None
    if address is None or not name.endswith(".ics"):
        return PlainTextResponse("", 404)
    data = _calendar(desk, address)
    etag = f'"{sha256(data).hexdigest()[:32]}"'
    headers = {"etag": etag, "cache-control": "private, no-cache"}
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if etag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    headers["content-security-policy"] = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"
    return Response(data, media_type="text/calendar; charset=utf-8", headers=headers)


def _calendar(desk: Desk, address: FeedAddress) -> bytes:
    """The bytes; made anew only when they may be others."""
    pamit, here, shelf = desk.site.pamit, desk.site.here(), desk.site.shelf("feed")
    state = pamit.feed_state(here, desk.now, address.language, with_links=address.with_links)
    laid = shelf.get(_LATEST)
    if isinstance(laid, tuple) and laid[0] == state:
        return bytes(laid[1])
    data = pamit.feed(here, desk.now, address.language, with_links=address.with_links)
    shelf.replace(_LATEST, (state, data))
    return data
