"""The picture in docs/architecture.md is true: rooms, their order, what stands in them; and the core asks no clock."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "pamit"
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
CLOCKS = {"now", "today", "utcnow", "time_ns", "monotonic", "perf_counter"}


def _picture() -> list[list[list[str]]]:
    """Each line's rooms, each with its name and what the line says stands in it."""
    found = re.search(r"```text\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return [[room.split() for room in line.split("│")] for line in found[1].splitlines()]


def _order() -> list[set[str]]:
    """The layers that the import contract knows."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = next(one["layers"] for one in settings["tool"]["importlinter"]["contracts"] if one["type"] == "layers")
    return [{room.strip().removeprefix("pamit.") for room in layer.split("|")} for layer in layers]


def test_rooms_stand_in_the_order_of_the_contract() -> None:
    """From top to bottom."""
    assert [{room[0] for room in line} for line in _picture()] == _order()


def test_what_stands_in_a_room_is_there() -> None:
    """Folders with a slash, modules without; the line of ``bootstrap`` is a sentence."""
    rooms = [room for line in _picture() for room in line if room[0] != "bootstrap"]
    named = [(room[0], name) for room in rooms for name in room[1:]]
    absent = [
        f"{room}/{name}"
        for room, name in named
        if not ((SOURCE / room / name).is_dir() if name.endswith("/") else (SOURCE / room / f"{name}.py").is_file())
    ]
    assert absent == []
    assert len(named) > 40


def test_every_surface_is_named() -> None:
    """A new one stands in the picture too."""
    named = set(_picture()[0][0])
    folders = {f"{file.parent.name}/" for file in (SOURCE / "surfaces").glob("*/__init__.py")}
    assert folders - named == set()


def test_core_asks_no_clock() -> None:
    """No call of ``now``, ``today`` or their like from services down, but for methods of ours that take the moment."""
    asked = [
        f"{file.relative_to(SOURCE)}:{node.lineno}"
        for room in ("domain", "reading", "etiquette", "phrasing", "formats", "services")
        for file in (SOURCE / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
        if not isinstance(node.func.value, ast.Name) or node.func.value.id in {"datetime", "date", "time"}
    ]
    assert asked == []
