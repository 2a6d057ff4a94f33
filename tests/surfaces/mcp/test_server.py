"""Listings, hints, schemas, errors and logs of the server."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from mcp.client.client import Client
from mcp.shared.exceptions import MCPError

from pamit.domain.terms import Language, Purpose
from pamit.errors import ErrorKind, PamitError
from pamit.services.trial import unreadable
from pamit.surfaces.mcp.desk import Desk
from pamit.surfaces.mcp.failures import log_to_stderr
from pamit.surfaces.mcp.tools import TOOLS

from .conftest import INVITATION, Run, call, keep

_BROKEN = (ErrorKind.REFUSED, "store-newer", "The store was made by a newer Pamit.")
WRITES = {"keep_invitation", "note_event", "prepare_message", "hand_over"}


async def _failure(client: Client, tool: str, /, **arguments: Any) -> dict[str, Any]:
    answer = await client.call_tool(tool, arguments)
    assert answer.is_error
    assert answer.structured_content is None
    found: dict[str, Any] = json.loads(answer.content[0].text)["error"]  # type: ignore[union-attr]
    return found


def test_every_tool_has_hints_and_schemas(ask: Run) -> None:
    """A client can tell what only reads; nothing deletes, nothing reaches out; arguments and results are described."""

    async def story(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert list(tools) == list(TOOLS)
        for name, tool in tools.items():
            hints = tool.annotations
            assert hints is not None
            assert hints.read_only_hint == (name not in WRITES)
            assert (hints.destructive_hint, hints.open_world_hint) == (False, False)
            assert hints.idempotent_hint == (name not in WRITES - {"keep_invitation"})
            assert tool.title
            assert tool.description
            assert tool.output_schema is not None
            Draft202012Validator.check_schema(tool.output_schema)
            assert "untrusted_note" in tool.output_schema["required"]

    ask(story)


def test_a_result_says_the_same_as_its_text(ask: Run) -> None:
    """Clients that know only text get the same record, and it fits the schema that was told."""

    async def story(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        case = await keep(client)
        arguments: dict[str, dict[str, Any]] = {
            "read_invitation": {"text": INVITATION},
            "keep_invitation": {"text": INVITATION, "new": True},
            "show_case": {"case": case, "with_messages": True},
            "plan_case": {"case": case},
            "write_message": {"case": case, "purpose": "confirm"},
            "check_message": {"text": "Halo kak"},
            "fix_message": {"text": "Halo kak"},
            "note_event": {"case": case, "words": "Sudah ditelepon.", "facts": {"round": "2"}},
            "prepare_message": {"case": case, "purpose": "confirm"},
            "hand_over": {"case": case, "purpose": "confirm", "via": "eml"},
            "show_message": {"message": ""},
        }
        for name in TOOLS:
            given = arguments.get(name, {})
            if name == "show_message":
                given = {"message": (await call(client, "list_messages"))["messages"][0]["id"]}
            answer = await client.call_tool(name, given)
            assert not answer.is_error, (name, answer.content)
            assert json.loads(answer.content[0].text) == answer.structured_content  # type: ignore[union-attr]
            schema = tools[name].output_schema
            assert schema is not None
            Draft202012Validator(schema).validate(answer.structured_content)

    ask(story)


def test_errors_carry_code_kind_and_facts(ask: Run) -> None:
    """What can go wrong has the code that every surface gives."""

    async def story(client: Client) -> None:
        assert await _failure(client, "show_case", case="zzzzz") == {
            "code": "no-such-case", "kind": "missing", "message": "There is no case zzzzz.", "facts": {"case": "zzzzz"},
        }  # fmt: skip
        case = await keep(client)
        codes = [
            (await _failure(client, "note_event", case=case, words="x", version=7))["code"],
            (await _failure(client, "list_due", until="2026-11-26T09:00:00"))["code"],
            (await _failure(client, "hand_over", case=case, purpose="confirm", via="whatsapp"))["code"],
            (await _failure(client, "hand_over", case=case, purpose="decline", via="text", text="Ogah, gaji kecil!"))["code"],
            (await _failure(client, "read_invitation", text=" "))["code"],
            (await _failure(client, "show_message", message="0000"))["code"],
            (await _failure(client, "approve_message"))["code"],
        ]
        assert codes == ["case-moved-on", "naive-time", "no-link", "has-errors", "empty", "no-such-message", "no-such-tool"]

    ask(story)


def test_bad_arguments_are_named_and_not_repeated(ask: Run) -> None:
    """Whoever gave a secret in a wrong place does not find it in an error."""

    async def story(client: Client) -> None:
        found = await _failure(client, "write_message", case="k1mpt", purpose="rahasia sekali", variant="rahasia")
        assert (found["code"], found["facts"]) == ("bad-arguments", {"fields": "purpose: enum; variant: int_parsing"})
        assert "rahasia" not in json.dumps(found)

    ask(story)


def test_a_fault_is_told_without_its_words(
    ask: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither the client nor the log sees what an unexpected error quotes."""

    def broken(*_: object) -> None:
        raise ValueError("isi surel rahasia")

    monkeypatch.setattr(type(desk.pamit), "case", broken)
    before = logging.getLogger().handlers[:]
    log_to_stderr()
    try:

        async def story(client: Client) -> None:
            assert (await _failure(client, "show_case", case="k1mpt"))["code"] == "internal-error"
            with pytest.raises(MCPError):
                await client.read_resource("pamit://cases/k1mpt")

        ask(story)
    finally:
        logging.getLogger().handlers[:] = before
    shown = capsys.readouterr()
    assert "rahasia" not in shown.err + shown.out
    assert [line.split(":")[0] for line in shown.err.splitlines()] == [
        "ERROR pamit.surfaces.mcp.server", "ERROR mcp.server.mcpserver.server",
    ]  # fmt: skip
    assert re.fullmatch(r"ERROR [\w.]+:\d+ ValueError at test_server\.py:\d+", shown.err.splitlines()[0])


def test_nothing_but_the_protocol_goes_to_standard_output(spoken: Run, tmp_path: Any) -> None:
    """A session with errors in it stays readable to the client, and its log holds none of the words."""

    async def story(client: Client) -> None:
        await _failure(client, "read_invitation", text="")
        await _failure(client, "show_case", case="rahasia")
        await _failure(client, "check_message", text=5)
        with pytest.raises(MCPError):
            await client.read_resource("pamit://cases/rahasia")
        assert (await call(client, "read_invitation", text=INVITATION))["kind"] == "invitation"

    spoken(story)
    assert (tmp_path / "log").read_text("utf-8") == ""


def test_resources_give_rules_cases_and_examples(ask: Run) -> None:
    """What stands behind every address is JSON; what is not there is an error of the protocol."""

    async def story(client: Client) -> None:
        async def read(uri: str) -> Any:
            content = (await client.read_resource(uri)).contents[0]
            assert content.mime_type == "application/json"
            return json.loads(content.text)  # type: ignore[union-attr]

        case = await keep(client)
        book = await read("pamit://rulebook")
        assert [len(book["entries"]) > 50, len(book["rules"]) > 30] == [True, True]
        assert await read("pamit://rules/t1") == book["entries"][[one["id"] for one in book["entries"]].index("T1")]
        assert (await read("pamit://rules/missing-position"))["name"] == "missing-position"
        assert await read(f"pamit://cases/{case}") == await call(client, "show_case", case=case)
        links = (await read("pamit://gallery"))["messages"]
        assert len(links) == len(Language) * len(Purpose)
        for link in links:
            assert (await read(link["uri"]))["purpose"] == link["purpose"]
        for nowhere in ("pamit://rules/no-such", "pamit://cases/zzzzz", "pamit://gallery/fr/decline", "pamit://gallery/id/x"):
            with pytest.raises(MCPError) as raised:
                await client.read_resource(nowhere)
            assert json.loads(raised.value.error.message)["error"]["kind"] == "missing"

    ask(story)


def test_a_memory_that_cannot_be_opened_is_said_when_asked_for(desk: Desk, ask: Run) -> None:
    """Reading and checking work without a memory; what needs it says what is wrong."""

    def broken() -> Any:
        raise PamitError(*_BROKEN)

    desk.open_memory = broken

    async def story(client: Client) -> None:
        assert (await call(client, "read_invitation", text=INVITATION))["kind"] == "invitation"
        assert (await call(client, "check_message", text="Halo kak"))["lang"] == "id"
        assert (await _failure(client, "list_cases"))["code"] == "store-newer"

    ask(story)


def test_without_a_name_no_message_is_written(ask: Run, monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
    """The account's name stands in for the settings; with neither, the person is to be asked."""
    monkeypatch.delenv("PAMIT_NAME")

    async def story(client: Client) -> None:
        case = await keep(client)
        written = await call(client, "write_message", case=case, purpose="confirm", channel="email")
        assert "Rani Kusuma" in written["untrusted_text"]["text"]
        for account in desk.pamit.accounts():
            desk.pamit.drop_account(account.address)
        assert (await _failure(client, "write_message", case=case, purpose="confirm"))["code"] == "no-name"
        named = await call(client, "write_message", case=case, purpose="confirm", channel="email", name="Rani K.")
        assert "Rani K." in named["untrusted_text"]["text"]

    ask(story)


def test_mail_that_breaks_its_reader_is_named(ask: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is taken apart is tried out in another process first; plain words are not."""
    tried: list[bytes] = []

    class Refusing:
        def attempt(self, data: bytes, *_: object) -> None:
            tried.append(data)
            raise unreadable("memory")

        def close(self) -> None:
            """Nothing is held."""

    monkeypatch.setattr(desk.pamit, "trial", Refusing())
    mail = "From: hr@tunas.example\nMessage-ID: <1@tunas.example>\nSubject: Undangan\n\nWawancara Senin."

    async def story(client: Client) -> tuple[Any, Any]:
        refused = await client.call_tool("read_invitation", {"text": mail})
        return refused, await client.call_tool("read_invitation", {"text": "Wawancara Senin, 7 Desember 2026 pukul 09.00."})

    refused, read = ask(story)
    assert (refused.is_error, "could-not-be-read" in str(refused.content), read.is_error) == (True, True, False)
    assert tried == [mail.encode()]
