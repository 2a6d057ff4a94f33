"""The description of the interface (OpenAPI 3.1), derived from the operations and from the shapes they take and answer."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from types import UnionType
from typing import Any, Final

import msgspec

from pamit import __version__
from pamit.surfaces.api.operation import API, Operation
from pamit.surfaces.api.problems import PROBLEM
from pamit.surfaces.api.routes import OPERATIONS

__all__ = ["document", "examples", "openapi"]

_REF: Final = "#/components/schemas/{name}"
_PART: Final = re.compile(r"\{([a-z]+)\}")
_PLACES: Final = {
    "case": "The id of a case, such as k7m2p.",
    "digest": "The digest of a message of the case.",
    "message": "The id of an own message.",
    "proposal": "The id of a proposal.",
    "rule": "The id of an entry of the rulebook, or the name of a rule of the checker.",
}
_TAGS: Final = {
    "verbs": "One message: read, planned, written, checked, mended. Nothing is kept.",
    "rules": "The rulebook and the checker's rules.",
    "cases": "The memory: cases with their logs.",
    "steps": "What is to be done.",
    "messages": "The person's own messages. A person approves each; no token can.",
    "proposals": "Mails that came in, and what they propose.",
    "looking": "Calendar, figures, words.",
}
_LINKS: Final = {
    "keepMessage": ("case", "$response.body#/case"),
    "listCases": ("case", "$response.body#/cases/0/case"),
    "handOver": ("message", "$response.body#/id"),
    "prepareMessage": ("message", "$response.body#/id"),
    "listMessages": ("message", "$response.body#/messages/0/id"),
    "listProposals": ("proposal", "$response.body#/proposals/0/id"),
}
"""In whose answer an id is found, and where."""

_ABOUT: Final = (
    "Pamit on this machine, for scripts and other programs. Every request needs a token (`pamit token add`); no token approves "
    "a message. Explanations come in the language of `Accept-Language`: `id` (the default) or `en`. Errors are problem details "
    "(RFC 9457) whose `type` is `urn:pamit:problem:` and a stable code."
)
_PROBLEMS: Final = {
    "400": "It cannot be read.",
    "401": "No token, or one that opens nothing.",
    "403": "Not allowed: the token only reads, a rule or a limit forbids it, or a person must say it.",
    "404": "It is not here.",
    "405": "This address is asked in another way; `Allow` says how.",
    "409": "Things have changed meanwhile, or the key is in use.",
    "412": "The version seen is no longer the present one.",
    "413": "It is too large.",
    "415": "The body must be JSON.",
    "421": "Pamit does not answer under this name.",
    "422": "It breaks the stated form.",
    "428": "`If-Match` is needed.",
    "503": "It cannot be reached at the moment; trying again may help.",
}


class Problem(msgspec.Struct):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    facts: dict[str, str | int | float | None]


def _types() -> list[Any]:
    found: dict[str, Any] = {}
    for operation in OPERATIONS:
        for shape in (operation.body, *operation.answers.values()):
            for one in shape.__args__ if isinstance(shape, UnionType) else (shape,):
                if one not in (None, bytes):
                    found[one.__name__] = one
    return [*found.values(), Problem]


@cache
def examples() -> dict[str, Any]:
    """Answers as they come, by operation; made by ``tools/api.py`` on an invented memory."""
    found: dict[str, Any] = msgspec.json.decode(files("pamit.surfaces.api").joinpath("examples.json").read_bytes())
    return found


@cache
def openapi() -> dict[str, Any]:
    """The description."""
    references, components = msgspec.json.schema_components(_types(), ref_template=_REF)
    del references
    for component in components.values():
        if component.get("description"):
            component["description"] = " ".join(component["description"].replace("``", "`").split())
    paths: dict[str, dict[str, Any]] = {}
    for one in OPERATIONS:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Pamit",
            "version": "1",
            "summary": "The candidate's own assistant for the messages around a job interview.",
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            "x-pamit-version": __version__,
        },
        "servers": [{"url": API, "description": "The app that pamit serve runs on this machine"}],
        "security": [{"token": []}],
        "tags": [{"name": name, "description": about} for name, about in _TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "pamit token add, or the settings of the app."}
            },
            "responses": {status: _problem(about) for status, about in _PROBLEMS.items()},
        },
    }


@cache
def document() -> bytes:
    """The description as JSON."""
    return msgspec.json.encode(openapi())


def _problem(about: str) -> dict[str, Any]:
    return {"description": about, "content": {PROBLEM: {"schema": {"$ref": _REF.format(name="Problem")}}}}


def _operation(one: Operation) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": one.name,
        "tags": [one.tag],
        "summary": one.summary,
        "parameters": _parameters(one),
        "responses": _responses(one),
        "x-pamit-scope": "read-write" if one.writes else "read",
    }
    if one.about:
        found["description"] = one.about
    if one.body is not None:
        media: dict[str, Any] = {"schema": {"$ref": _REF.format(name=one.body.__name__)}}
        if one.example is not None:
            media["examples"] = {"example": {"value": one.example}}
        found["requestBody"] = {"required": not one.may_be_empty, "content": {"application/json": media}}
    return found


def _parameters(one: Operation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {
            "name": name, "in": "path", "required": True, "description": _PLACES[name],
            "schema": {"type": "string", "minLength": 1},
        }
        for name in _PART.findall(one.path)
    ]  # fmt: skip
    for parameter in one.query:
        row: dict[str, Any] = {
            "name": parameter.name,
            "in": "query",
            "required": parameter.required,
            "description": parameter.about,
            "schema": parameter.schema(),
        }
        if parameter.many:
            row |= {"style": "form", "explode": True}
        if parameter.name in one.example_query:
            row["example"] = one.example_query[parameter.name]
        found.append(row)
    found += _headers(one)
    return found


def _headers(one: Operation) -> list[dict[str, Any]]:
    def header(name: str, about: str, *, required: bool = False, **schema: Any) -> dict[str, Any]:
        return {
            "name": name,
            "in": "header",
            "required": required,
            "description": about,
            "schema": {"type": "string", **schema},
        }

    found = []
    if one.method == "POST":
        about = "Names the request: sent again within 24 hours it is answered as before and carried out once."
        found.append(header("Idempotency-Key", about, required=one.needs_key, pattern="^[!-~]{1,255}$"))
    if one.conditional != "no":
        about = "The ETag of the case as it was seen: refused (412) where it has changed since."
        found.append(header("If-Match", about, required=one.conditional == "must"))
    if one.tagged:
        found.append(header("If-None-Match", "An ETag seen before: 304 where nothing has changed."))
    return found


def _responses(one: Operation) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for status, shape in one.answers.items():
        answer: dict[str, Any] = {"description": "Done." if shape is None else _about(shape)}
        if shape is bytes:
            answer["content"] = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        elif shape is not None:
            media = {"schema": _schema(shape)}
            known = examples().get(one.name)
            if known is not None and known["status"] == status:
                media["examples"] = {"example": {"value": known["body"]}}
            answer["content"] = {"application/json": media}
        if one.name in _LINKS:
            part, place = _LINKS[one.name]
            answer["links"] = _links(part, place)
        shown[str(status)] = answer
    if one.tagged:
        shown["304"] = {"description": "Nothing has changed."}
    return shown | {name: {"$ref": f"#/components/responses/{name}"} for name in _problems(one)}


def _links(part: str, expression: str) -> dict[str, Any]:
    """Where to go on with an id that was answered."""
    return {
        one.name: {"operationId": one.name, "parameters": {part: expression}}
        for one in OPERATIONS
        if _PART.findall(one.path) == [part]
    }


def _about(shape: Any) -> str:
    if isinstance(shape, UnionType):
        return " or ".join(_about(one).rstrip(".") for one in shape.__args__) + "."
    return "The bytes." if shape is bytes else " ".join((shape.__doc__ or "").replace("``", "`").split())


def _schema(shape: Any) -> dict[str, Any]:
    if isinstance(shape, UnionType):
        return {"anyOf": [_schema(one) for one in shape.__args__]}
    return {"$ref": _REF.format(name=shape.__name__)}


def _problems(one: Operation) -> list[str]:
    found = ["400", "401", "403", "404", "405", "421", "422", "503"]
    if one.method != "GET":
        found += ["409"]
    if one.body is not None:
        found += ["413", "415"]
    if one.conditional != "no":
        found += ["412"]
    if one.conditional == "must":
        found += ["428"]
    return sorted(found)
