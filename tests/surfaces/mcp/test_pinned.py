"""Old clients: what is listed and what every tool answers, on a fixed memory at a fixed moment, stays as it is.

    PIN=1 python -m pytest tests/surfaces/mcp/test_pinned.py

writes ``pinned.json`` anew. Whatever differs there is a change that clients see: say it in CHANGELOG.md and raise the version,
the second part where something is only added, the first where anything is taken away, renamed or means something else.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from mcp.client.client import Client

from pamit import __version__

from .conftest import INVITATION, NOW, Run, call, keep

PINNED = Path(__file__).with_name("pinned.json")
ADVICE = (
    "The MCP interface differs from pinned.json. If that is meant: write it anew with PIN=1 (see this file), raise the version "
    "and say it in CHANGELOG.md."
)


async def _seen(client: Client) -> dict[str, Any]:
    """Everything that a client can see of the server."""

    def plain(items: Any) -> list[Any]:
        return [item.model_dump(mode="json", by_alias=True, exclude_none=True) for item in items]

    listings = {
        "tools": plain((await client.list_tools()).tools),
        "resources": plain((await client.list_resources()).resources),
        "templates": plain((await client.list_resource_templates()).resource_templates),
        "prompts": plain((await client.list_prompts()).prompts),
    }
    received = NOW.isoformat()
    responses = {
        "read_invitation": await call(client, "read_invitation", text=INVITATION, channel="email", received=received),
        "keep_invitation": await call(client, "keep_invitation", text=INVITATION, channel="email", received=received),
    }
    case = await keep(client)
    wanted = {"case": case, "purpose": "decline", "reason": "other_offer"}
    draft = "Halo kak, gak bisa dateng ya. Makasih"
    for tool, arguments in {
        "plan_case": {"case": case, "decision": "decline", "reason": "other_offer"},
        "write_message": wanted,
        "check_message": {"text": draft, "purpose": "decline", "case": case},
        "fix_message": {"text": draft, "purpose": "decline", "case": case},
        "prepare_message": wanted,
        "hand_over": {"case": case, "purpose": "confirm", "via": "mailto"},
        "note_event": {"case": case, "kind": "confirmation_received", "words": "Lewat telepon.", "channel": "phone"},
        "list_due": {},
        "list_cases": {},
        "show_case": {"case": case, "with_messages": True},
        "list_messages": {},
    }.items():
        responses[tool] = await call(client, tool, **arguments)
    message = responses["prepare_message"]["id"]
    responses["show_message"] = await call(client, "show_message", message=message)
    return {**listings, "responses": responses}


def test_what_clients_see_is_pinned(ask: Run) -> None:
    """Tools, resources, prompts and each answer; the program's version in them is left open."""
    seen = json.loads(json.dumps(ask(_seen), ensure_ascii=False).replace(f"Pamit//{__version__}", "Pamit//VERSION"))
    if os.environ.get("PIN"):
        PINNED.write_text(json.dumps(seen, ensure_ascii=False, indent=1) + "\n", "utf-8")
    pinned = json.loads(PINNED.read_text("utf-8"))
    assert sorted(pinned["responses"]) == sorted(tool["name"] for tool in seen["tools"])
    assert seen == pinned, ADVICE
