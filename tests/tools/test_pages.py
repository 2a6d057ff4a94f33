"""The generated pages in docs/ say what the code says now."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"tool_{name}", TOOLS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["rules", "commands", "manual", "parity", "assistants"])
def test_generated_pages_are_fresh(name: str) -> None:
    """Run `make docs` after a change of rules, commands or tools."""
    made = tool(name)
    stale = [file for file, text in made.pages().items() if (made.FOLDER / file).read_text("utf-8") != text]
    assert stale == []


def test_compiled_catalogue_is_fresh() -> None:
    """Run `make docs` after a change of messages.po."""
    wanted = tool("catalogue").compiled()
    assert {path.name: path.read_bytes() for path in wanted} == {path.name: data for path, data in wanted.items()}
