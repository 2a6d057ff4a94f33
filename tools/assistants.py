"""Writes docs/reference/mcp.md from what the server for AI assistants lists."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mcp.server.mcpserver import MCPServer

from pamit.config import load_config
from pamit.domain.terms import Language
from pamit.surfaces.mcp.desk import Desk
from pamit.surfaces.mcp.marking import NOTE
from pamit.surfaces.mcp.server import create_server

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"

INTRO = f"""\
# The server for AI assistants

`pamit mcp` lets an AI assistant on this machine work with Pamit by the Model Context Protocol, over standard input and output.
The assistant reads, plans, writes, checks and makes messages ready. **No tool approves or sends**: what is ready waits in the
outbox until you say yes yourself, with `pamit send` or in the app.

## Adding it to an assistant

Install the extra once: `pip install 'pamit[mcp]'`. Then name the server in the assistant's settings; most take this form:

```json
{{
  "mcpServers": {{
    "pamit": {{
      "command": "pamit",
      "args": ["mcp", "--language", "en"]
    }}
  }}
}}
```

Where the assistant does not find the command, give its whole path (`which pamit`). Settings come from the environment and from
`pamit.toml` as everywhere ([settings.md](settings.md)); an assistant that passes no environment on takes them under `"env"`:
`{{"PAMIT_HOME": "…", "PAMIT_NAME": "…"}}`. `--language` is that of explanations; without it `PAMIT_LANGUAGE` or the locale
decides.

Ask then in your own words, or choose one of the prompts below: "answer this invitation".

## What others wrote

An invitation is written by a stranger, and may hold words that are meant for the assistant. Pamit does nothing because of such
words: reading keeps nothing, and whatever is put down has to be named in a call. In every result the words of others, and
sentences that repeat them, stand under `untrusted_text` and nowhere else; running text stands between two marks that its writer
could not know. Each result carries this note:

> {NOTE}

Your assistant may ask you before each call; the hints say which tools only read.

## Errors

A call that fails gives `{{"error": {{"code", "kind", "message", "facts"}}}}` as its text, marked as an error. `kind` is
`invalid`, `missing`, `conflict`, `refused` or `unavailable`; codes are those of every surface. Arguments that do not fit are
named, never repeated. The log goes to standard error and holds no contents.

Results have the fields of `--json` and of [batch.md](batch.md), with the words of others set apart. Tests pin every listing and
answer; what clients see changes only with the version. Which method of the library each tool calls: [parity.md](parity.md).
"""


def _server() -> MCPServer[None]:
    def nothing() -> Any:
        raise AssertionError("listing needs no memory")

    return create_server(Desk(nothing, load_config, lambda: datetime.now(UTC), Language.EN, bytes))


async def _page(server: MCPServer[None]) -> str:
    blocks = [INTRO, "## Tools\n"]
    for tool in await server.list_tools():
        hints = tool.annotations
        assert hints is not None
        kind = "reads only" if hints.read_only_hint else "puts something down"
        blocks.append(
            f"### {tool.name}\n\n{_flat(tool.description)}\n\n{tool.title}; {kind}.\n\n{_arguments(tool.input_schema)}"
        )
    blocks.append("## Resources\n")
    fixed = [(str(one.uri), one.description) for one in await server.list_resources()]
    made = [(one.uri_template, one.description) for one in await server.list_resource_templates()]
    blocks.append("".join(f"- `{uri}`: {text}\n" for uri, text in fixed + made))
    blocks.append("## Prompts\n")
    for prompt in await server.list_prompts():
        given = ", ".join(f"`{one.name}`{'' if one.required else ' (may be left out)'}" for one in prompt.arguments or [])
        blocks.append(f"- `{prompt.name}`, {prompt.title}: {prompt.description}{' Takes ' + given + '.' if given else ''}")
    return "\n".join(blocks) + "\n"


def _flat(text: str | None) -> str:
    return "\n\n".join(" ".join(part.split()) for part in (text or "").split("\n\n"))


def _arguments(schema: dict[str, Any]) -> str:
    needed = schema.get("required", ())
    rows = [
        f"| `{name}` | {'yes' if name in needed else 'no'} | {_kind(one, schema)} | {one['description']} |"
        for name, one in schema["properties"].items()
    ]
    return "\n".join(["| argument | needed | type | meaning |", "| --- | --- | --- | --- |", *rows, ""])


def _kind(one: dict[str, Any], schema: dict[str, Any]) -> str:
    if "$ref" in one:
        one = schema["$defs"][one["$ref"].rpartition("/")[2]]
    if "anyOf" in one:
        return " or ".join(_kind(part, schema) for part in one["anyOf"] if part.get("type") != "null")
    if "enum" in one:
        return ", ".join(f"`{value}`" for value in one["enum"])
    if one.get("format") == "date-time":
        return "moment"
    if one.get("type") == "array":
        return f"list of {_kind(one['items'], schema)}"
    return {"object": "names with values", "string": "text", "integer": "whole number", "boolean": "yes or no"}[one["type"]]


def pages() -> dict[str, str]:
    """File name to text."""
    # In a thread of its own: whoever calls this may have an event loop that runs already.
    with ThreadPoolExecutor(1) as apart:
        return {"mcp.md": apart.submit(asyncio.run, _page(_server())).result()}


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")
