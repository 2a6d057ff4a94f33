"""Who may ask anything at all (protocols.md T17, T18): this machine's own browser, opened with the link of the start.

Every request passes here before any route, files and unknown addresses included:

1. Host must be ours (localhost, 127.0.0.1 or [::1] with our port): a page elsewhere cannot reach us under another name.
2. Origin and Sec-Fetch-Site must be ours wherever a browser sends them, and one of them must be there to change anything.
3. The cookie of a session must be there, which only the one-time link of the start gives out. What lives by a secret of its
   own (``OPEN_PATHS``: the calendar feed) may be read without.

Programs (``/api/``) have no session: their tokens are looked at by :mod:`pamit.surfaces.api.app`, and no cookie counts there.
Forms carry a token besides; see :mod:`pamit.surfaces.web.posting`.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pamit.domain.terms import Language
from pamit.surfaces.web.words import words_in

__all__ = ["COOKIE", "MAX_BODY", "START", "Guard", "Keys", "security_headers"]

COOKIE: Final = "pamit"
LANGUAGE_COOKIE: Final = "pamit-language"
START: Final = "/start"
MAX_BODY: Final = 26 * 1024 * 1024
"""The largest request in bytes: the largest message, and what a form adds."""

MAX_ARCHIVE: Final = 512 * 1024 * 1024
ARCHIVES: Final = frozenset({"/settings/data/import", "/settings/data/restore"})
"""Where an archive of everything is handed over, and how large it may be; it is kept in a file, not in memory."""

PROGRAMS: Final = "/api/"
"""Where programs ask, with tokens of their own."""

_OURS: Final = frozenset({"same-origin", "none"})
_SAFE: Final = frozenset({"GET", "HEAD"})
_HOSTS: Final = ("localhost", "127.0.0.1", "[::1]")

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    # no-referrer would have browsers send "Origin: null" with our own forms.
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-dns-prefetch-control": "off",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}


def security_headers(headers: MutableHeaders) -> None:
    """Set what every answer carries; a route may be stricter or say itself how long it may be kept."""
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)


class Keys:
    """The secrets of one run of the server: the link that opens it once, the sessions it gave out, their form tokens.

    Args:
        on_used: told the next link after one was used, so that another browser can be opened too.
    """

    def __init__(self, on_used: Callable[[str], None] | None = None) -> None:
        self.start = secrets.token_urlsafe(32)
        self._on_used = on_used
        self._secret = secrets.token_bytes(32)
        self._sessions: set[str] = set()

    def open(self, token: str) -> str | None:
        """A session for the token of the start, which is worth nothing from then on; None for any other."""
        if not hmac.compare_digest(token.encode(), self.start.encode()):
            return None
        self.start = secrets.token_urlsafe(32)
        session = secrets.token_urlsafe(32)
        self._sessions.add(session)
        if self._on_used is not None:
            self._on_used(self.start)
        return session

    def knows(self, session: str | None) -> bool:
        """Whether a session was given out by this run."""
        return session is not None and session in self._sessions

    def form_token(self, session: str) -> str:
        """What the forms of a session carry."""
        return hmac.new(self._secret, session.encode(), sha256).hexdigest()


class Guard:
    """Refuses whatever is not asked by the person's own browser.

    Args:
        port: the one the server listens on.
        open_paths: beginnings of paths that live by a secret of their own (the calendar feed) and can only be read.
    """

    def __init__(self, app: ASGIApp, keys: Keys, port: int, open_paths: tuple[str, ...] = ()) -> None:
        self.app = app
        self.keys = keys
        self.open_paths = open_paths
        self.hosts = frozenset(f"{host}:{port}" for host in _HOSTS) | (frozenset(_HOSTS) if port == 80 else frozenset())
        self.origins = frozenset(f"http://{host}" for host in self.hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the request through."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                security_headers(MutableHeaders(scope=message))
            await send(message)

        answer = self._answer(scope)
        if answer is not None:
            await answer(scope, receive, send_guarded)
            return
        await self.app(scope, _limited(receive, _most(scope["path"])), send_guarded)

    def _answer(self, scope: Scope) -> Response | None:
        headers, method, path = Headers(scope=scope), scope["method"], scope["path"]
        cookies = _cookies(headers)
        language = Language.EN if cookies.get(LANGUAGE_COOKIE) == "en" else Language.ID
        if path.startswith(PROGRAMS):
            return self._program_stopped(headers)
        if headers.get("host", "").lower() not in self.hosts:
            return _locked(421, "locked.host", language)
        if not self._is_ours(headers, method):
            return _locked(403, "locked.elsewhere", language)
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or len(length) > 12 or int(length) > _most(path):
            return _locked(413, "locked.too_large", language)
        if path == START:
            return self._started(scope, language)
        if method in _SAFE and path.startswith(self.open_paths):
            return None
        session = cookies.get(COOKIE)
        if session is None or not self.keys.knows(session):
            return _locked(403, "locked.no_session", language)
        scope.setdefault("state", {})["session"] = session
        return None

    def _program_stopped(self, headers: Headers) -> Response | None:
        """A problem for what may not ask; else the token decides, and a browser's cookies count for nothing."""
        from pamit.surfaces.api.problems import language_of, problem

        language = language_of(headers.get("accept-language"))
        if headers.get("host", "").lower() not in self.hosts:
            return problem(421, "wrong-host", language)
        if not self._is_ours(headers, "GET"):
            return problem(403, "foreign-origin", language)
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or len(length) > 12 or int(length) > MAX_BODY:
            return problem(413, "body-too-large", language, facts={"limit": MAX_BODY})
        return None

    def _is_ours(self, headers: Headers, method: str) -> bool:
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None and origin not in self.origins:
            return False
        if site is not None and site not in _OURS:
            return False
        return method in _SAFE or origin is not None or site is not None

    def _started(self, scope: Scope, language: Language) -> Response:
        from urllib.parse import parse_qs

        tokens = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])
        session = self.keys.open(tokens[0]) if scope["method"] == "GET" else None
        if session is None:
            return _locked(403, "locked.no_session", language)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(COOKIE, session, httponly=True, samesite="strict", path="/")
        return answer


def _cookies(headers: Headers) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(headers.get("cookie", ""))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}


def _most(path: str) -> int:
    return MAX_ARCHIVE if path in ARCHIVES else MAX_BODY


def _limited(receive: Receive, most: int) -> Receive:
    """Stop a body without a stated length at the limit, too."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            return {"type": "http.disconnect"}
        return message

    return limited


_STYLE: Final = (
    "body{font:1.05rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.25rem;color-scheme:light dark}"
    "h1{font-size:1.35rem}"
)


def _locked(status: int, key: str, language: Language) -> Response:
    """A page for those who are not let in: it loads nothing, and tells nothing but how to get in."""
    words = words_in(language)
    page = (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{words('locked.title')}</title><style>{_STYLE}</style>"
        f"<main><h1>{words('locked.title')}</h1><p>{words(key)}</p></main></html>"
    )
    digest = b64encode(sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    return HTMLResponse(page, status, headers={"content-security-policy": policy})
