"""Tests of the tables: read from packages, and as texts."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import pamit
from pamit.tables import parse_table, read_table

TABLES = sorted(Path(pamit.__file__).parent.rglob("*.toml"))


def test_read_table_gives_a_file_of_a_package() -> None:
    """Folders and the file's name are given one by one."""
    table = read_table("pamit.etiquette", "words", "id", "moves.toml")
    assert table["phrases"]["thanks"]


def test_read_table_refuses_a_file_that_is_not_there() -> None:
    """A missing table is an error, never an empty one."""
    with pytest.raises(FileNotFoundError):
        read_table("pamit.domain", "nothing.toml")


@pytest.mark.parametrize("text", ["a = ", "a = 1\na = 2", "[a", '"'])
def test_parse_table_refuses_what_is_no_toml(text: str) -> None:
    """The callers turn a ValueError into an error that names their file."""
    with pytest.raises(ValueError, match=r"line|end of document"):
        parse_table(text)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_both_parsers_read_every_table_alike(path: Path) -> None:
    """The phone's Python reads with the standard parser what the machine reads with the compiled one."""
    text = path.read_text("utf-8")
    assert parse_table(text) == tomllib.loads(text)
