"""The pictures in docs/ are those that ``make pictures`` takes: all of them, no others, and light enough to load."""

from __future__ import annotations

import importlib.util
import struct
import sys
import zlib
from pathlib import Path
from types import ModuleType

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "tools" / "pictures.py"
MOST = 120_000


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The tool as a module."""
    spec = importlib.util.spec_from_file_location("pictures_tool", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["pictures_tool"] = module
    spec.loader.exec_module(module)
    return module


def test_every_picture_is_there_in_its_size(tool: ModuleType) -> None:
    """As large as the screen it shows, and no more bytes than a page can bear."""
    wanted = {one.file: one.screen for one in tool.pictures(dict.fromkeys(tool.INVITATIONS, "x"))}
    found = {}
    for path in tool.FOLDER.glob("*.png"):
        data = path.read_bytes()
        assert len(data) < MOST, path.name
        found[path.name] = struct.unpack(">II", data[16:24])
    assert found == wanted


def _pixels(png: bytes) -> bytes:
    """The unpacked lines of a picture."""
    at, packed = 8, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        packed += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    return zlib.decompress(packed)


def test_packing_changes_no_pixel(tool: ModuleType) -> None:
    """What was packed tightly unpacks to the same."""
    lines = b"\0" + b"\x10\x20\x30" * 40

    def piece(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = piece(b"IHDR", struct.pack(">IIBBBBB", 40, 20, 8, 2, 0, 0, 0))
    loose = zlib.compress(lines * 20, 0)
    png = b"\x89PNG\r\n\x1a\n" + header + piece(b"IDAT", loose[:99]) + piece(b"IDAT", loose[99:]) + piece(b"IEND", b"")
    packed = tool._packed(png)
    assert _pixels(packed) == lines * 20
    assert packed[:33] == png[:33]
    assert len(packed) < len(png)
