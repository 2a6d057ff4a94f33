"""Nothing that comes from outside is run, and nothing that could be run is handed on (T21)."""

from __future__ import annotations

import ast
from datetime import datetime
from pathlib import Path

import pytest

import pamit
from pamit.services.intake import read_source

PACKAGE = Path(pamit.__file__).parent
RUNNING = {"eval", "exec", "compile", "__import__", "input"}
MODULES = {"pickle", "marshal", "shelve", "yaml", "dill", "code", "codeop", "runpy", "pty", "xml", "lxml"}
STARTING = {"subprocess", "os.system", "os.popen"}
MAY_START = {"adapters/trial.py", "adapters/notice.py"}
NOW = datetime.fromisoformat("2026-11-24T09:00:00+07:00")


def sources() -> list[tuple[str, ast.Module]]:
    return [(str(path.relative_to(PACKAGE)), ast.parse(path.read_text("utf-8"))) for path in sorted(PACKAGE.rglob("*.py"))]


def test_no_code_is_made_of_text() -> None:
    """No eval, exec or pickle anywhere in the package."""
    found = [
        (name, node.func.id)
        for name, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RUNNING
    ]
    imported = [
        (name, one)
        for name, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for one in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
        if one.partition(".")[0] in MODULES
    ]
    assert (found, imported) == ([], [])


def test_programs_are_started_in_two_places_and_never_through_a_shell() -> None:
    """The reader's child and the desktop's notices."""
    starting = set()
    for name, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import) and any(alias.name == "subprocess" for alias in node.names):
                starting.add(name)
            if isinstance(node, ast.ImportFrom) and node.module == "subprocess":
                starting.add(name)
            if isinstance(node, ast.keyword) and node.arg == "shell":
                pytest.fail(f"{name} asks for a shell")
            if isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.system", "os.popen"):
                pytest.fail(f"{name} uses {ast.unparse(node)}")
    assert starting <= MAY_START


ALARMED = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:a@b.example\r\nDTSTAMP:20261123T020000Z\r\n"
    b"DTSTART:20261126T020000Z\r\nSUMMARY:Wawancara\r\nORGANIZER:mailto:hr@b.example\r\nATTENDEE:mailto:rani@surel.example\r\n"
    b"BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nACTION:PROCEDURE\r\nATTACH:file:///bin/jahat\r\nEND:VALARM\r\n"
    b"BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nACTION:EMAIL\r\nATTENDEE:mailto:orang@lain.example\r\nSUMMARY:x\r\nDESCRIPTION:x\r\n"
    b"ATTACH:http://jahat.example/x\r\nEND:VALARM\r\nX-APPLE-STRUCTURED-LOCATION;VALUE=URI:file:///etc/passwd\r\n"
    b"END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_alarms_that_run_or_mail_are_not_read() -> None:
    """Their addresses and programs stand nowhere in what is read of the event."""
    kept = repr(read_source(ALARMED, name="x.ics", now=NOW))
    assert [word for word in ("bin/jahat", "orang@lain.example", "PROCEDURE", "etc/passwd") if word in kept] == []
