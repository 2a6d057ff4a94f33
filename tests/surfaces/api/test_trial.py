"""Mails and pages that programs hand over are tried out first."""

from __future__ import annotations

from base64 import b64encode

import pytest

from pamit.services.trial import unreadable

from .conftest import BY_NAME, Program

MAIL = b"From: hr@tunas.example\r\nMessage-ID: <1@tunas.example>\r\nSubject: Undangan\r\n\r\nWawancara Senin.\r\n"
PAGE = "<html><body><p>Halo</p></body></html>"


class Refusing:
    """A place of trial that nothing passes."""

    def attempt(self, *_: object) -> None:
        raise unreadable("time")

    def close(self) -> None:
        """Nothing is held."""


@pytest.mark.parametrize("path", ["/read", "/cases"])
def test_what_breaks_its_reader_is_named_and_nothing_is_kept(
    program: Program, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A problem with its code; plain words beside it are read as ever."""
    monkeypatch.setattr(program.site.pamit, "trial", Refusing())
    for body in ({"data": b64encode(MAIL).decode()}, {"text": MAIL.decode()}, {"text": PAGE}):
        assert program.code(program.ask("POST", path, 403, body)) == "could-not-be-read"
    assert program.ask("GET", "/cases", 200).json()["cases"] == []
    program.ask("POST", path, 201 if path == "/cases" else 200, BY_NAME["keepMessage"].example)
