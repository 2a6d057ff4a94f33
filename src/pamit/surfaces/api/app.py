"""The interface as an ASGI app: tokens, addresses, bodies, versions, requests that come twice, and problems.

A request passes here in this order: token, address and method, right to write, parameters, body, versions, key; then one
handler runs in a thread (SQLite is synchronous). Host, origin and size were looked at before, by the guard of the app.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any, Final

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from pamit.domain.terms import Language
from pamit.errors import PamitError
from pamit.services import programs
from pamit.services.program_ports import Answer, Token
from pamit.surfaces.api.openapi import document
from pamit.surfaces.api.operation import API, Call, Operation, Reply
from pamit.surfaces.api.parameters import read_query
from pamit.surfaces.api.problems import HttpProblemError, language_of, problem, problem_of
from pamit.surfaces.api.routes import OPERATIONS
from pamit.surfaces.web.site import Site

__all__ = ["Api", "mounted"]

_LOG: Final = logging.getLogger("pamit.api")
_MAX_BODY: Final = 26 * 1024 * 1024
_KEY: Final = re.compile(r"[\x21-\x7e]{1,255}")
_TAG: Final = re.compile(r'(?:W/)?"([^"]*)"|\*')
_VERSION: Final = re.compile(r"([0-9]{1,9})-[0-9a-f]{12}")
_PART: Final = re.compile(r"\{([a-z]+)\}")
_DOCUMENT: Final = "/openapi.json"


def mounted(site: Site) -> Mount:
    """The interface at its place in the app, for every address below it: those with a line break in them, too."""
    found = Mount(API, Api(site))
    found.path_regex = re.compile(found.path_regex.pattern, re.DOTALL)
    return found


@dataclass(frozen=True)
class _Place:
    """An address with the operations that stand at it, by method."""

    pattern: re.Pattern[str]
    operations: Mapping[str, Operation]

    @property
    def allow(self) -> str:
        methods = set(self.operations)
        return ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))


@cache
def _places() -> tuple[_Place, ...]:
    found: dict[str, dict[str, Operation]] = {}
    for one in OPERATIONS:
        found.setdefault(one.path, {})[one.method] = one
    # What is spelled out comes before what is a place for anything.
    ordered = sorted(found.items(), key=lambda item: (item[0].count("{"), item[0]))
    return tuple(_Place(re.compile(_PART.sub(r"(?P<\1>[^/]+)", path)), operations) for path, operations in ordered)


class Api:
    """See the module; one for each run of the app.

    Args:
        prefix: where it is mounted.
    """

    def __init__(self, site: Site, prefix: str = API) -> None:
        self.site = site
        self.prefix = prefix
        self._decoders: dict[str, msgspec.json.Decoder[Any]] = {}
        self._unreleased: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever goes wrong becomes a problem."""
        request = Request(scope, receive)
        language = language_of(request.headers.get("accept-language"))
        try:
            answer = await self._answer(request, language)
        except HttpProblemError as error:
            answer = problem(error.status, error.code, language, error.headers, error.facts)
        except PamitError as error:
            answer = problem_of(error, language, conditional="if-match" in request.headers)
        except ClientDisconnect:
            answer = problem(413, "body-too-large", language, facts={"limit": _MAX_BODY})
        except Exception as error:  # a fault of ours is told as one, and its words, which may quote a message, are not logged
            _LOG.error("%s: a fault in Pamit itself", type(error).__name__)
            answer = problem(500, "internal-error", language)
        if request.method == "HEAD":
            answer.body = b""
        await answer(scope, receive, send)

    async def _answer(self, request: Request, language: Language) -> Response:
        token = await run_in_threadpool(self._token, request.headers)
        path = request.scope["path"].removeprefix(self.prefix)
        if path == _DOCUMENT:
            return _document(request)
        place, parts = _found(path)
        method = "GET" if request.method == "HEAD" else request.method
        operation = place.operations.get(method)
        if operation is None:
            raise HttpProblemError(405, "method-not-allowed", {"allow": place.allow}, allow=place.allow)
        if operation.writes and token.scope == "read":
            headers = {"www-authenticate": 'Bearer realm="pamit", error="insufficient_scope", scope="read-write"'}
            raise HttpProblemError(403, "token-only-reads", headers)
        query = read_query(request.scope["query_string"], operation.query)
        raw = await _body(request) if operation.body is not None else b""
        body = self._decoded(operation, raw, request.headers)
        versions = _versions(request.headers.get("if-match")) if operation.conditional != "no" else None
        if versions is None and operation.conditional == "must":
            raise HttpProblemError(428, "version-missing")
        call = Call(self.site, self.site.clock(), language, parts, query, body, versions)
        key = _key(request.headers, operation)
        if key is None:
            reply = await run_in_threadpool(self._run, operation, call)
        else:
            asked = "\0".join((method, path, request.url.query, request.headers.get("if-match", "")))
            digest = sha256(asked.encode() + b"\0" + raw).hexdigest()
            named = sha256(f"{token.id}\0{key}".encode()).hexdigest()
            reply = await run_in_threadpool(self._once, operation, call, named, digest)
        return _conditional(reply, request, operation)

    def _token(self, headers: Headers) -> Token:
        scheme, _, secret = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret.strip():
            raise HttpProblemError(401, "no-token", {"www-authenticate": 'Bearer realm="pamit"'})
        found = programs.token_of(self.site.pamit.store, secret.strip(), self.site.clock())
        if found is None:
            raise HttpProblemError(401, "wrong-token", {"www-authenticate": 'Bearer realm="pamit", error="invalid_token"'})
        return found

    def _decoded(self, operation: Operation, raw: bytes, headers: Headers) -> Any:
        if operation.body is None:
            return None
        if not raw and operation.may_be_empty:
            raw = b"{}"
        elif headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise HttpProblemError(415, "not-json-type", {"accept": "application/json"})
        decoder = self._decoders.setdefault(operation.name, operation.decoder())
        try:
            return decoder.decode(raw)
        except msgspec.ValidationError as error:
            raise HttpProblemError(422, "invalid-body", reason=str(error)) from error
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise HttpProblemError(400, "not-json") from error

    def _run(self, operation: Operation, call: Call) -> Answer:
        reply = operation.run(call)
        body = _encoded(reply)
        headers = {**reply.headers, "content-language": str(call.language)}
        if body:
            headers["content-type"] = reply.media
        if reply.version is not None:
            headers["etag"] = f'"{reply.version}-{sha256(body).hexdigest()[:12]}"'
        elif operation.tagged:
            headers["etag"] = f'"{sha256(body).hexdigest()[:12]}"'
        return Answer(reply.status, headers, body)

    def _once(self, operation: Operation, call: Call, key: str, digest: str) -> Answer:
        store = self.site.pamit.store
        if key in self._unreleased:
            programs.release_once(store, key)
            self._unreleased.discard(key)
        known = programs.begin_once(store, key, digest, call.now)
        if known is not None:
            return Answer(known.status, {**known.headers, "idempotency-replayed": "true"}, known.body)
        with self._released(key):
            answer = self._run(operation, call)
        # It is done: a disk that is full by now makes no failure of it. The key stays in use, so that it is not done again.
        with suppress(PamitError):
            programs.finish_once(store, key, answer)
        return answer

    @contextmanager
    def _released(self, key: str) -> Iterator[None]:
        """What failed changed nothing, and may come again under its key, also where that could not be written down."""
        try:
            yield
        except (PamitError, HttpProblemError):
            try:
                programs.release_once(self.site.pamit.store, key)
            except PamitError:
                self._unreleased.add(key)
            raise


def _found(path: str) -> tuple[_Place, dict[str, str]]:
    for place in _places():
        found = place.pattern.fullmatch(path)
        if found is not None:
            return place, found.groupdict()
    raise HttpProblemError(404, "no-such-route")


async def _body(request: Request) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > _MAX_BODY:
            raise HttpProblemError(413, "body-too-large", limit=_MAX_BODY)
        parts.append(part)
    return b"".join(parts)


def _versions(written: str | None) -> frozenset[int] | None:
    """The versions in ``If-Match``: empty where any will do, one that never was where the tags are not ours; None without."""
    if written is None:
        return None
    found = [one[1] for one in _TAG.finditer(written) if one[0] != "*"]
    if not found and "*" in written:
        return frozenset()
    return frozenset(int(one[1]) for tag in found if (one := _VERSION.fullmatch(tag))) or frozenset({0})


def _key(headers: Headers, operation: Operation) -> str | None:
    if operation.method != "POST":
        return None
    key = headers.get("idempotency-key")
    if key is None:
        if operation.needs_key:
            raise HttpProblemError(400, "key-missing")
        return None
    if _KEY.fullmatch(key) is None:
        raise HttpProblemError(400, "bad-key")
    return key


def _encoded(reply: Reply) -> bytes:
    if reply.record is None:
        return b""
    return reply.record if isinstance(reply.record, bytes) else msgspec.json.encode(reply.record)


def _conditional(answer: Answer, request: Request, operation: Operation) -> Response:
    headers = {"vary": "accept-language", **answer.headers}
    tag = headers.get("etag")
    if tag is not None and operation.method == "GET":
        wanted = request.headers.get("if-none-match", "")
        if wanted.strip() == "*" or tag in [one[0].removeprefix("W/") for one in _TAG.finditer(wanted)]:
            headers.pop("content-type", None)
            return Response(None, 304, headers)
        headers["cache-control"] = "private, no-cache"
    return Response(answer.body or None, answer.status, headers)


def _document(request: Request) -> Response:
    if request.method not in ("GET", "HEAD"):
        raise HttpProblemError(405, "method-not-allowed", {"allow": "GET, HEAD"}, allow="GET, HEAD")
    return Response(document(), media_type="application/json")
