"""The app within a browser: asked by function calls, where a server would be asked by a network.

Nothing of the app is changed for it: the guard, the sessions and the tokens of forms stand as they do on a computer, and
:class:`House` behaves towards them as a browser does.
"""

from __future__ import annotations

import asyncio
import os
import traceback
from collections.abc import Callable
from datetime import datetime
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, Final, TypeVar

import anyio.to_thread

from pamit.bootstrap import open_pamit
from pamit.config import keep_settings, load_config
from pamit.domain.calendar.zones import zone
from pamit.domain.terms import Language
from pamit.surfaces.phone.words import page_words
from pamit.surfaces.web.app import create_app
from pamit.surfaces.web.capabilities import IN_A_BROWSER
from pamit.surfaces.web.guard import LANGUAGE_COOKIE, START, Keys
from pamit.surfaces.web.site import Site

__all__ = ["House", "open_house"]

T = TypeVar("T")

_PORT: Final = 80
_HOST: Final = b"localhost"
_MAX_STEPS: Final = 5
"""How many redirects are followed."""


def open_house(home: str, timezone: str, language: str) -> House:
    """Open the memory in a folder, and the app on it.

    Args:
        timezone: IANA name of the zone in which the browser is.
        language: of the pages, ``id`` or ``en``.

    Raises:
        PamitError: as :func:`pamit.bootstrap.open_pamit`.
    """
    # A browser's Python has one thread; what the framework would do in another is done at once.
    anyio.to_thread.run_sync = _at_once  # type: ignore[assignment]
    os.environ["PAMIT_HOME"] = home
    Path(home).mkdir(parents=True, exist_ok=True)
    here = zone(timezone)
    site = Site(
        open_pamit(),
        Keys(),
        settings=load_config,
        clock=lambda: datetime.now(here),
        here=lambda: here,
        keep_settings=lambda changes: keep_settings(load_config().home, changes),
        can=IN_A_BROWSER,
        words=page_words,
    )
    return House(site, Language(language))


async def _at_once(work: Callable[..., T], *arguments: Any, **_how: Any) -> T:
    return work(*arguments)


class House:
    """The app, and the manners of a browser: it keeps cookies and follows redirects."""

    def __init__(self, site: Site, language: Language) -> None:
        self.site = site
        self._app = create_app(site, _PORT)
        self._cookies = {LANGUAGE_COOKIE: str(language)}

    async def ask(
        self, method: str, address: str, kind: str = "", body: bytes = b"", token: str = ""
    ) -> tuple[int, str, dict[str, str], bytes]:
        """Ask for a page, and for those it leads to.

        Args:
            address: path and query.
            kind: the media type of the body.
            token: the token of a form, where the body has none.

        Returns:
            Status, the address of the page that came in the end, its headers, its bytes.
        """
        if "pamit" not in self._cookies:
            await self._once("GET", f"{START}?token={self.site.keys.start}", "", b"", "")
        for _ in range(_MAX_STEPS):
            status, headers, data = await self._once(method, address, kind, body, token)
            if status not in (302, 303, 307) or "location" not in headers:
                break
            method, address, kind, body, token = "GET", headers["location"], "", b"", ""
        return status, address, headers, data

    async def _once(self, method: str, address: str, kind: str, body: bytes, token: str) -> tuple[int, dict[str, str], bytes]:
        path, _, query = address.partition("?")
        said = [
            (b"host", _HOST),
            (b"sec-fetch-site", b"same-origin"),
            (b"content-length", str(len(body)).encode()),
            (b"cookie", "; ".join(f"{name}={value}" for name, value in self._cookies.items()).encode()),
        ]
        said += [(name, value.encode()) for name, value in ((b"content-type", kind), (b"x-form-token", token)) if value]
        scope = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "scheme": "http",
            "method": method,
            "path": _unquoted(path), "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
            "headers": said, "server": ("localhost", _PORT), "client": ("localhost", 1),
        }  # fmt: skip
        sent: list[dict[str, Any]] = []

        left = [body]

        async def receive() -> dict[str, Any]:
            if not left:
                # Whoever listens for the other side to go away listens for ever.
                await asyncio.Future()
            return {"type": "http.request", "body": left.pop(), "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        try:
            await self._app(scope, receive, send)
        except Exception:
            if not sent:
                raise
            # The framework raises anew what it has answered with a page, for the server's log: here, the browser's console.
            traceback.print_exc()
        head = {}
        for name, value in sent[0]["headers"]:
            if name.lower() == b"set-cookie":
                jar: SimpleCookie = SimpleCookie(value.decode("latin-1"))
                self._cookies.update({one.key: one.value for one in jar.values()})
            else:
                head[name.decode("latin-1").lower()] = value.decode("latin-1")
        return sent[0]["status"], head, b"".join(message.get("body", b"") for message in sent[1:])


def _unquoted(path: str) -> str:
    from urllib.parse import unquote

    return unquote(path)
