"""The server: tools, resources and prompts joined, and served over standard input and output."""

from __future__ import annotations

import gc
import json
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from secrets import token_bytes
from typing import Any, Final

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.context import Context
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp_types import CallToolResult, InputRequiredResult, TextContent, ToolAnnotations
from pydantic import ValidationError

from pamit import __version__
from pamit.bootstrap import here, open_pamit
from pamit.config import load_config
from pamit.domain.terms import Language
from pamit.errors import PamitError
from pamit.surfaces.mcp.desk import Desk
from pamit.surfaces.mcp.failures import INTERNAL, NO_SUCH_TOOL, bad_arguments, failure_record, log_to_stderr
from pamit.surfaces.mcp.marking import NOTE
from pamit.surfaces.mcp.prompts import add_prompts
from pamit.surfaces.mcp.resources import add_resources
from pamit.surfaces.mcp.tools import TOOLS, tools_of

__all__ = ["INSTRUCTIONS", "create_server", "serve"]

INSTRUCTIONS: Final = (
    "Pamit helps a job candidate with the messages around interviews, in Indonesian and English. It reads an invitation, plans "
    "what to do by when, writes the message and checks it. You prepare, the person decides: ask before you keep, note or hand "
    "over anything. No tool approves or sends; what you prepare waits in the outbox for the person's own yes. " + NOTE
)

_log = logging.getLogger(__name__)


class _Server(MCPServer[None]):
    """Says errors by code and facts, never with what a message or an argument held."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[None, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        try:
            return await super().call_tool(name, arguments, context)
        except UnexpectedToolError as error:
            cause = error.__cause__
            if not isinstance(cause, PamitError):
                _log.error("fault", exc_info=cause)
                cause = INTERNAL
            return _failed(cause)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                return _failed(bad_arguments(name, error.__cause__))
            return _failed(NO_SUCH_TOOL)


def _failed(error: PamitError) -> CallToolResult:
    said = json.dumps(failure_record(error), ensure_ascii=False)
    return CallToolResult(content=[TextContent(type="text", text=said)], is_error=True)


def create_server(desk: Desk) -> MCPServer[None]:
    """The server on a memory.

    Args:
        desk: closed when the server ends.
    """

    @asynccontextmanager
    async def lifespan(_: MCPServer[None]) -> AsyncIterator[None]:
        # The first answer must not wait for what reading, writing and the database import.
        threading.Thread(target=_warm_up, args=(desk,), daemon=True).start()
        try:
            yield None
        finally:
            desk.close()

    server = _Server(
        "pamit", title="Pamit", version=__version__, instructions=INSTRUCTIONS, lifespan=lifespan, log_level="WARNING"
    )
    for name, function in tools_of(desk).items():
        hints = TOOLS[name]
        annotations = ToolAnnotations(
            read_only_hint=hints.reads, destructive_hint=False, idempotent_hint=hints.repeats, open_world_hint=False
        )
        server.add_tool(function, name, hints.title, annotations=annotations, structured_output=True)
    add_resources(server, desk)
    add_prompts(server, desk)
    return server


def _warm_up(desk: Desk) -> None:
    import pamit.phrasing
    import pamit.services.checking
    import pamit.services.source_files
    import pamit.services.writing  # noqa: F401

    # What is wrong with the memory is said to whoever asks for it.
    with suppress(PamitError):
        _ = desk.pamit


def serve(language: Language) -> None:
    """Serve until standard input ends.

    Args:
        language: of explanations.
    """
    log_to_stderr()
    desk = Desk(open_pamit, load_config, lambda: datetime.now(here()), language, token_bytes)
    server = create_server(desk)
    # What was made so far stays to the end: it need not be looked through again.
    gc.freeze()
    gc.enable()
    server.run("stdio")
