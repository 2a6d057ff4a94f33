"""Addresses that seem to be others, as programs are told of them (T11)."""

from __future__ import annotations

from .conftest import BY_NAME, Program


def test_warnings_of_addresses_come_with_the_message(program: Program) -> None:
    """Read and kept alike: the mark of a look-alike, and the note of another house."""
    from base64 import b64encode

    mail = (
        "From: Sinta <sinta@lembah.example>\r\nReply-To: x@jauh.example\r\nMessage-ID: <1@lembah.example>\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\n" + BY_NAME["keepMessage"].example["text"] + "\nhttps://zооm.us/j/1"
    ).encode()
    body = {"data": b64encode(mail).decode(), "name": "undangan.eml"}
    for path, status in (("/read", 200), ("/cases", 201)):
        warnings = program.ask("POST", path, status, body).json()["warnings"]
        assert [(one["code"], one["tier"]) for one in warnings] == [("look-alike", "high"), ("reply-elsewhere", "note")]
