"""What one surface can do, the others can do too, or the table says why not."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType

import click
import pytest

from pamit.domain.terms import Language
from pamit.services.pamit import Pamit
from pamit.surfaces.cli import build
from pamit.surfaces.cli.words import Words
from pamit.surfaces.parity import SURFACES, parity

SOURCE = Path(inspect.getfile(build)).parents[2]
ROWS = [*parity().methods.values(), *parity().verbs.values()]


def commands(command: click.Command, path: str = "") -> Iterator[str]:
    """Every command that does something, with the names that lead to it."""
    if not isinstance(command, click.Group):
        yield path
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from commands(found, f"{path} {name}".strip())


def named(surface: str) -> set[str]:
    return {name for row in ROWS for name in row[surface].names}


def test_every_method_of_the_facade_has_its_row_and_no_row_is_stale() -> None:
    """A new method is told where each surface does it, or why one does not."""
    kinds = (FunctionType, staticmethod)
    methods = {name for name, one in vars(Pamit).items() if isinstance(one, kinds) and not name.startswith("_")}
    assert set(parity().methods) ^ methods == set(), "put it into src/pamit/surfaces/parity.toml and run make docs"


def test_every_command_is_in_the_table_and_there() -> None:
    """Nothing is missing from the command line, nothing stale is named."""
    there = set(commands(build(Words(Language.EN))))
    assert (named("command") | set(parity().command_line)) ^ there == set()


def test_every_route_is_in_the_table_and_there() -> None:
    """Nothing is missing from the HTTP interface, nothing stale is named."""
    routes = pytest.importorskip("pamit.surfaces.api.routes", reason="the extra pamit[web] is not installed")
    there = {f"{one.method} {one.path}" for one in routes.OPERATIONS}
    # It tells where a person says yes, and says none itself.
    assert named("route") ^ (there - {"POST /messages/{message}/approval"}) == set()


def test_every_tool_is_in_the_table_and_there() -> None:
    """Nothing is missing among the tools, nothing stale is named."""
    tools = pytest.importorskip("pamit.surfaces.mcp.tools", reason="the extra pamit[mcp] is not installed")
    assert named("tool") ^ set(tools.TOOLS) == set()


@pytest.mark.parametrize(
    ("surface", "places"),
    [
        ("command", ["surfaces/cli", "bootstrap.py"]),
        ("route", ["surfaces/api"]),
        ("tool", ["surfaces/mcp"]),
    ],
)
def test_a_surface_that_is_said_to_do_it_calls_the_method(surface: str, places: list[str]) -> None:
    """The table tells the truth: the method is called there, and is called nowhere where a reason says it is not done."""
    paths = [SOURCE / place for place in places]
    files = [file for path in paths for file in (path.rglob("*.py") if path.is_dir() else [path])]
    code = "\n".join(file.read_text("utf-8") for file in files)
    called = {name for name in parity().methods if re.search(rf"\b[Pp]amit\.{name}\(", code)}
    told = {name for name, row in parity().methods.items() if row[surface].names}
    # The tools look up accounts for the person's own name and addresses, and show none. Programs look for mail by bootstrap.
    elsewhere = {"command": set(), "route": {"sync", "settle_copies"}, "tool": {"accounts"}}[surface]
    assert (called ^ told) - elsewhere == set()


def test_every_reason_is_a_sentence() -> None:
    """Whoever reads the table learns why."""
    reasons = [row[surface].why_not for row in ROWS for surface in SURFACES if not row[surface].names]
    reasons += parity().command_line.values()
    assert [one for one in reasons if not (one and one[0].isupper() and one.endswith("."))] == []
