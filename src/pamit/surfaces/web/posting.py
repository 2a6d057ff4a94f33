"""Forms: the token that only our own pages know, and the one that makes each form count once."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, BinaryIO

from fastapi import Depends, Request
from starlette.datastructures import FormData, QueryParams, UploadFile

from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.web.site import Site

__all__ = ["FORM_TOKEN", "ONCE", "AlreadySentError", "Posted", "PostedForm", "check_form"]

FORM_TOKEN = "form_token"
ONCE = "once"
_MAX_FIELD = 2 * 1024 * 1024


class AlreadySentError(Exception):
    """The form was sent before; it led to ``location``."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


@dataclass(frozen=True)
class Posted:
    """A form as it was sent.

    Attributes:
        once: its token, "" where it has none.
    """

    data: FormData
    once: str

    @classmethod
    def of_query(cls, query: QueryParams) -> Posted:
        """The choices in an address, read as those of a form."""
        found: list[tuple[str, str | UploadFile]] = [(name, value) for name, value in query.multi_items()]
        return cls(FormData(found), "")

    @classmethod
    def empty(cls) -> Posted:
        """A form in which nothing was written yet."""
        return cls(FormData(), "")

    def text(self, name: str, default: str = "") -> str:
        """The words of a field, with line ends as we count them."""
        value = self.data.get(name, default)
        return value.replace("\r\n", "\n") if isinstance(value, str) else default

    def texts(self, name: str) -> tuple[str, ...]:
        """The words of a field that may stand there several times, without the empty ones."""
        return tuple(value for value in self.data.getlist(name) if isinstance(value, str) and value.strip())

    def chosen(self, name: str) -> bool:
        """Whether a box was ticked or a button pressed."""
        return name in self.data

    def upload(self, name: str) -> BinaryIO | None:
        """An uploaded file that need not fit into memory; None where none was chosen."""
        value = self.data.get(name)
        if not isinstance(value, UploadFile) or not value.filename:
            return None
        value.file.seek(0)
        return value.file

    def file(self, name: str) -> tuple[str, bytes] | None:
        """Name and bytes of an uploaded file; None where none was chosen."""
        value = self.data.get(name)
        if not isinstance(value, UploadFile) or not value.filename:
            return None
        value.file.seek(0)
        return value.filename, value.file.read()


async def check_form(request: Request) -> AsyncIterator[None]:
    """Stands before every route: whatever changes something carries the token of its session, and counts once.

    Raises:
        PamitError: REFUSED ``form-token``; CONFLICT ``working`` where the same form is being worked on.
    """
    if request.method in ("GET", "HEAD"):
        yield
        return
    site: Site = request.app.state.site
    data = await request.form(max_files=4, max_fields=200, max_part_size=_MAX_FIELD)
    given = request.headers.get("x-form-token") or data.get(FORM_TOKEN)
    session = getattr(request.state, "session", None)
    wanted = site.keys.form_token(session) if session else ""
    if not wanted or not isinstance(given, str) or not hmac.compare_digest(given.encode(), wanted.encode()):
        raise PamitError(ErrorKind.REFUSED, "form-token", "The form does not come from a page of this session.")
    once = data.get(ONCE)
    token = once if isinstance(once, str) else ""
    if token:
        led_to = site.once.begin(token)
        if led_to:
            raise AlreadySentError(led_to)
        if led_to == "":
            raise PamitError(ErrorKind.CONFLICT, "working", "This very form is being worked on.")
    request.state.posted = Posted(data, token)
    try:
        yield
    finally:
        if token:
            site.once.release(token)


def _posted(request: Request) -> Posted:
    posted: Posted = request.state.posted
    return posted


PostedForm = Annotated[Posted, Depends(_posted)]
"""The form of this request; its token was checked."""
