"""The resources: what an assistant may read without a tool: the rulebook, a case, the gallery of messages."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError

from pamit.domain.terms import Language, Purpose
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.mcp.desk import Desk
from pamit.surfaces.mcp.failures import failure_record
from pamit.surfaces.mcp.tools import tools_of

__all__ = ["add_resources"]

_JSON: Final = "application/json"


def _told(read: Callable[..., str]) -> Callable[..., str]:
    """Errors as the protocol says them."""

    @wraps(read)
    def reading(*args: Any, **values: Any) -> str:
        try:
            return read(*args, **values)
        except PamitError as error:
            kind = ResourceNotFoundError if error.kind == ErrorKind.MISSING else ResourceError
            raise kind(_text(failure_record(error))) from error

    return reading


def _text(record: object) -> str:
    return json.dumps(record, ensure_ascii=False, indent=2)


def add_resources(server: MCPServer, desk: Desk) -> None:
    """Add every resource."""

    @_told
    def rulebook() -> str:
        from pamit.surfaces.rule_records import book_record

        return _text(book_record(desk.language))

    @_told
    def rule(name: str) -> str:
        from pamit.surfaces.rule_records import find_rule, found_record

        return _text(found_record(find_rule(name), desk.language))

    show_case = tools_of(desk)["show_case"]

    @_told
    def case(case: str) -> str:
        return _text(show_case(case).model_dump(mode="json", by_alias=True))

    @_told
    def gallery() -> str:
        links = [{"purpose": str(one), "uri": f"pamit://gallery/{language}/{one}"} for language in Language for one in Purpose]
        return _text({"messages": links})

    @_told
    def example(language: str, purpose: str) -> str:
        return _text(_examples(language, purpose))

    server.resource(
        "pamit://rulebook",
        name="rulebook",
        title="The rulebook",
        description="Every rule of etiquette with its source and explanation, and every rule of the checker.",
        mime_type=_JSON,
    )(rulebook)
    server.resource(
        "pamit://gallery",
        name="gallery",
        title="The gallery of messages",
        description="Where an example of every message stands.",
        mime_type=_JSON,
    )(gallery)
    server.resource(
        "pamit://rules/{name}",
        name="rule",
        title="One rule",
        description="An entry of the rulebook by its id, or a rule of the checker by its name.",
        mime_type=_JSON,
    )(rule)
    server.resource(
        "pamit://cases/{case}",
        name="case",
        title="A case",
        description="A case by its id, as show_case gives it.",
        mime_type=_JSON,
    )(case)
    server.resource(
        "pamit://gallery/{language}/{purpose}",
        name="examples",
        title="Examples of a message",
        description="The message for a purpose, for one invented case, in every channel and register.",
        mime_type=_JSON,
    )(example)


def _examples(language: str, purpose: str) -> dict[str, Any]:
    from pamit.domain.terms import Register
    from pamit.services.gallery import channels_for, example

    if language not in set(Language) or purpose not in set(Purpose):
        raise PamitError(ErrorKind.MISSING, "no-such-example", "The gallery has no such message.")
    wanted = Purpose(purpose)
    found = [
        (channel, register, example(wanted, Language(language), channel, register))
        for channel in channels_for(wanted)
        for register in Register
    ]
    return {
        "purpose": purpose,
        "lang": language,
        "examples": [
            {"channel": str(channel), "register": str(register), "subject": draft.subject, "text": draft.text}
            for channel, register, draft in found
        ],
    }
