"""The pictures in docs/ are those that ``make pictures`` takes: all of them, no others, and light enough to load."""

from __future__ import annotations

import importlib.util
import struct
import sys
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


def test_packing_changes_no_pixel(tool: ModuleType) -> None:
    """What was packed tightly unpacks to the same."""
    data = next(tool.FOLDER.glob("*.png")).read_bytes()
    again = tool._packed(data)
    assert again[:33] == data[:33]
    assert len(tool._packed(again)) == len(again)
