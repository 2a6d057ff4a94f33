"""SECURITY.md names a test for each threat, and each of them is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
ROW = re.compile(r"^\| (T\d{1,2}) \|(.*)$", re.MULTILINE)


def names_in(path: str) -> set[str]:
    file = ROOT / path
    if not file.is_file():
        return set()
    return {node.name for node in ast.parse(file.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}


def test_every_threat_has_its_line_and_its_tests() -> None:
    """T1 to T23, each with at least one."""
    rows = [(name, len(NAMED.findall(rest))) for name, rest in ROW.findall(PAGE)]
    assert [name for name, _ in rows] == [f"T{number}" for number in range(1, 24)]
    assert [name for name, count in rows if not count] == []


def test_every_named_test_is_there() -> None:
    """None was renamed or taken away without the page."""
    missing = [f"{path}::{name}" for path, name in NAMED.findall(PAGE) if name not in names_in(path)]
    assert missing == []
