"""Errors as problem details (RFC 9457), in the language that the program asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import msgspec
from starlette.responses import Response

from pamit.domain.terms import Language
from pamit.errors import ErrorKind, PamitError
from pamit.tables import read_table

__all__ = ["PROBLEM", "STATUS", "HttpProblemError", "language_of", "problem", "problem_of"]

PROBLEM: Final = "application/problem+json"

STATUS: Final[Mapping[ErrorKind, int]] = {
    ErrorKind.INVALID: 422,
    ErrorKind.MISSING: 404,
    ErrorKind.CONFLICT: 409,
    ErrorKind.REFUSED: 403,
    ErrorKind.UNAVAILABLE: 503,
}
"""The status of each kind of error."""

_OF_CODES: Final[Mapping[str, int]] = {"not-json": 400, "too-large": 413, "note-too-long": 422}
"""Codes for which HTTP has a more exact status."""


class HttpProblemError(Exception):
    """What HTTP itself has a status for.

    Args:
        code: a stable kebab-case name.
        headers: to go with the answer.
        facts: typed values of the case.
    """

    def __init__(
        self, status: int, code: str, headers: Mapping[str, str] | None = None, **facts: str | int | float | None
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.headers = dict(headers or {})
        self.facts = facts


def language_of(accepted: str | None) -> Language:
    """The language of explanations that a program likes best; Indonesian where it likes neither.

    >>> language_of("de, en;q=0.8, id;q=0.3"), language_of(None)
    (<Language.EN: 'en'>, <Language.ID: 'id'>)
    """
    best, found = 0.0, Language.ID
    for part in (accepted or "")[:500].split(","):
        name, _, parameters = part.strip().partition(";")
        tag = name.strip().lower().partition("-")[0]
        if tag not in set(Language):
            continue
        _, _, written = parameters.partition("q=")
        try:
            liking = float(written) if written.strip() else 1.0
        except ValueError:
            continue
        if liking > best:
            best, found = liking, Language(tag)
    return found


def problem(
    status: int,
    code: str,
    language: Language,
    headers: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Response:
    """A problem by its code; its sentence is found by it."""
    known = facts or {}
    record = {
        "type": f"urn:pamit:problem:{code}",
        "title": _title(status, language),
        "status": status,
        "detail": _detail(code, status, language, known),
        "code": code,
        "facts": known,
    }
    return Response(
        msgspec.json.encode(record),
        status,
        {**(headers or {}), "content-language": str(language), "cache-control": "no-store"},
        PROBLEM,
    )


def problem_of(error: PamitError, language: Language, *, conditional: bool) -> Response:
    """An error of the house as a problem.

    Args:
        conditional: whether the program said which version it saw.
    """
    status = _OF_CODES.get(error.code, STATUS[error.kind])
    if error.code == "case-moved-on" and conditional:
        status = 412
    return problem(status, error.code, language, facts=error.facts)


def _title(status: int, language: Language) -> str:
    titles = _words(language)["title"]
    found: str = titles.get(str(status), titles["other"])
    return found


def _detail(code: str, status: int, language: Language, facts: Mapping[str, Any]) -> str:
    # What the pages say of an error holds here too; only what programs alone meet has words of its own.
    from pamit.surfaces.web.words import words_in

    own: dict[str, str] = _words(language)["detail"]
    pages = words_in(language)
    sentence = own.get(code) or (pages.table["error"][code] if pages.has(f"error.{code}") else None)
    if sentence is not None:
        try:
            return sentence.format_map(facts)
        except (KeyError, ValueError):
            pass
    return _title(status, language)


@cache
def _words(language: Language) -> dict[str, Any]:
    return read_table("pamit.surfaces.api", "words", f"{language}.toml")
