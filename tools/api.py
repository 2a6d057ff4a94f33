"""Writes docs/reference/api.md from the description of the HTTP interface, and the answers shown as its examples.

The examples are answers as they come, given on an invented memory by a clock that stands still: ids and digests that would
differ each time are set.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from secrets import token_bytes
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from pamit.surfaces.api.operation import API
from pamit.surfaces.api.routes import OPERATIONS

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
EXAMPLES = Path(str(files("pamit.surfaces.api"))) / "examples.json"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))

_DIGEST = re.compile(r"[0-9a-f]{64}")
_UID = re.compile(r'"uid": ?"[0-9a-f]{32}"')
_TOKEN = re.compile(r"pamit\.[0-9a-f]+@[a-z.-]+|[0-9a-f]{20,40}@[a-z.-]+")


@contextmanager
def client() -> Iterator[tuple[Any, Mapping[str, str]]]:
    """Somebody who asks an empty memory, and the headers that let them."""
    from fastapi.testclient import TestClient

    from pamit.bootstrap import open_pamit
    from pamit.config import Config
    from pamit.surfaces.web.app import create_app
    from pamit.surfaces.web.guard import Keys
    from pamit.surfaces.web.site import Site

    with tempfile.TemporaryDirectory() as name:
        config = Config(Path(name), f"sqlite:///{name}/pamit.db", name="Rani Kusuma", email="rani@surel.example")
        with open_pamit(config) as pamit:
            _, token = pamit.add_token("Contoh", "read-write", NOW, token_bytes)
            site = Site(pamit, Keys(), lambda: config, lambda: NOW, lambda: NOW.tzinfo or ZoneInfo("UTC"), lambda _: None)
            with TestClient(create_app(site, 8477), base_url="http://127.0.0.1:8477") as asked:
                yield asked, {"authorization": f"Bearer {token}", "accept-language": "id"}


def answers() -> dict[str, dict[str, Any]]:
    """One answer to each operation that has one here, by its name: status and body."""
    found: dict[str, dict[str, Any]] = {}
    bodies = {one.name: one.example for one in OPERATIONS}
    numbers = iter(range(1, 1_000))
    with client() as (asked, headers), _settled_names():

        def ask(name: str, place: Mapping[str, str] | None = None, **more: str) -> Any:
            operation = next(one for one in OPERATIONS if one.name == name)
            path = operation.path.format_map(place or {})
            query = dict(operation.example_query)
            given = {**headers, **more, **({"idempotency-key": f"key-{next(numbers)}"} if operation.method == "POST" else {})}
            body = bodies[name]
            answer = asked.request(operation.method, f"{API}{path}", headers=given, json=body, params=query)
            if answer.headers.get("content-type", "").endswith("json"):
                found[name] = {"status": answer.status_code, "body": _settled(answer.json())}
            return answer

        for name in ("read", "plan", "write", "check", "fix", "listRules"):
            ask(name)
        ask("getRule", {"rule": "T1"})
        case = {"case": ask("keepMessage").json()["case"]}
        ask("changeFacts", case, **{"if-match": ask("getCase", case).headers["etag"]})
        for name in ("addNote", "addEvent", "undoChange", "getPlan", "listCases", "listSteps", "listToday", "getCalendar"):
            ask(name, case)
        ask("getStats")
        ask("closeCase", case)
        ask("reopenCase", case)
        ask("search")
        bodies["handOver"] = {**bodies["handOver"], "via": "text"}
        message = {"message": ask("handOver", case).json()["id"]}
        for name in ("getMessage", "listMessages", "approveMessage", "deliverMessage", "resolveMessage", "retryMessage"):
            ask(name, message)
        bodies["handOver"] = {**bodies["handOver"], "via": "text", "purpose": "confirm", "reason": None}
        ask("cancelMessage", {"message": ask("handOver", case).json()["id"]})
        _with_account(asked)
        ask("prepareMessage", case)
        ask("listProposals")
    # All the rules are in the answer; here two speak for them.
    book = found["listRules"]["body"]
    found["listRules"]["body"] = {name: rows[:1] for name, rows in book.items()}
    return found


def _with_account(asked: Any) -> None:
    from pamit.domain.account import Account, Server

    asked.app.state.site.pamit.put_account(Account("rani@surel.example", smtp=Server("localhost", 1)))


@contextmanager
def _settled_names() -> Iterator[None]:
    """Ids as they would be if chance were none."""
    counts: dict[str, int] = {}

    def numbered(prefix: str) -> Callable[..., Any]:
        def make(*_: Any, **__: Any) -> Any:
            counts[prefix] = counts.get(prefix, 0) + 1
            return f"{prefix}{counts[prefix]}"

        return make

    def fixed(size: int) -> bytes:
        counts["bytes"] = counts.get("bytes", 0) + 1
        return counts["bytes"].to_bytes(size, "big")

    with (
        patch("pamit.adapters.store.writing.make_case_id", numbered("k7m2p")),
        patch("pamit.surfaces.api.routes.messages.token_bytes", fixed),
    ):
        yield


def _settled(body: Any) -> Any:
    """An answer without what differs each time."""
    text = json.dumps(body, ensure_ascii=False)
    text = _UID.sub('"uid": "5f0c9f4a119b2f6c1e5a0d4a538a072d"', _DIGEST.sub("0" * 64, text))
    return json.loads(_TOKEN.sub("pamit.5f0c9f4a@surel.example", text))


# -- the page ---------------------------------------------------------------------------------------------------------


def pages() -> dict[str, str]:
    """File name to text."""
    from pamit.surfaces.api.openapi import openapi

    described = openapi()
    lines = ["# The HTTP interface", "", described["info"]["description"], "", _INTRODUCTION]
    for tag in described["tags"]:
        lines += ["", f"## {tag['name'].capitalize()}", "", tag["description"]]
        for path, methods in described["paths"].items():
            for method, operation in methods.items():
                if operation["tags"] == [tag["name"]]:
                    lines += _operation(method.upper(), path, operation)
    return {"api.md": "\n".join(lines) + "\n"}


_INTRODUCTION = """\
The description for programs (OpenAPI 3.1, with an example of every answer) is at `/api/v1/openapi.json`. Working examples:
[../api-examples.md](../api-examples.md).

- **Tokens.** `Authorization: Bearer …` with every request. A token reads, or reads and writes; cookies count for nothing.
- **Once.** A POST that changes something has an `Idempotency-Key`. Sent again with the same body within 24 hours it is answered
  as before (`Idempotency-Replayed: true`) and carried out once; with another body it is refused (422), and while it is worked
  on (409). A request that failed changed nothing and may be sent again under its key.
- **Versions.** A case has an `ETag`. `PATCH` needs it in `If-Match` (else 428) and is refused where the case has changed since
  (412); `If-None-Match` gives 304 where nothing has.
- **Pages.** Lists give `next`, the `cursor` of the next page, until it is null.
- **Approval.** A message can be prepared by a program; the yes to its exact bytes is a person's, in the app or on the command
  line. `…/approval` answers 403 with the page to show them.
- **Versions of the interface.** What an answer holds under `/api/v1` stays: fields may be added, none goes."""


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> list[str]:
    lines = [
        "",
        f"### {method} {path}",
        "",
        f"{operation['summary']} (`{operation['operationId']}`, {operation['x-pamit-scope']}).",
    ]
    if "description" in operation:
        lines += ["", operation["description"]]
    rows = [
        f"| `{one['name']}` | {one['in']} | {'yes' if one['required'] else ''} | {one['description']} |"
        for one in operation["parameters"]
    ]
    if rows:
        lines += ["", "| parameter | in | required | |", "| --- | --- | --- | --- |", *rows]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if body is not None:
        lines += ["", f"Takes `{body['schema']['$ref'].rpartition('/')[2]}`:"]
        for example in body.get("examples", {}).values():
            lines += ["", "```json", json.dumps(example["value"], ensure_ascii=False, indent=2), "```"]
    statuses = ", ".join(f"{status}" for status in operation["responses"])
    return [*lines, "", f"Answers {statuses}."]


if __name__ == "__main__":
    EXAMPLES.write_text(json.dumps(answers(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")
    sys.exit(0)
