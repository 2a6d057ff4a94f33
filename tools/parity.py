"""Writes docs/reference/parity.md: what each surface does, from the table that the tests hold against the code."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from pathlib import Path

from pamit.services.pamit import Pamit
from pamit.surfaces.parity import SURFACES, Place, parity

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
HEADS = {"command": "command", "route": "route below `/api/v1`", "tool": "MCP tool"}
VERBS = {
    "read": "Read a message.",
    "plan": "Plan what to do about it.",
    "write": "Write a message.",
    "check": "Check a message.",
    "mend": "Mend a message.",
    "rule": "Explain a rule.",
}
INTRO = """\
# What each surface does

Everything that Pamit can do is a method of its facade (`pamit.open_pamit()`), and each surface calls it. Where one does not,
the reason stands below. The table is `src/pamit/surfaces/parity.toml`; tests hold it against the code, and this page is made
from both by `make docs`.
"""


def page() -> str:
    """The whole page."""
    table = parity()
    notes: dict[str, int] = {}
    lines = [INTRO, "## With a memory", "", *_head("method")]
    for name, row in table.methods.items():
        lines.append(_row(f"`{name}`", _first_sentence(getattr(Pamit, name)), row, notes))
    lines += ["", "## Without one", "", *_head("verb")]
    lines += [_row(f"`{name}`", VERBS[name], row, notes) for name, row in table.verbs.items()]
    lines += ["", "## Reasons", "", *(f"{number}. {why}" for why, number in notes.items())]
    lines += ["", "## Commands of the command line alone", ""]
    lines += [f"- `pamit {name}`: {why}" for name, why in table.command_line.items()]
    return "\n".join([*lines, ""])


def _head(first: str) -> list[str]:
    names = [first, "what it does", *(HEADS[surface] for surface in SURFACES)]
    return [f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}"]


def _row(name: str, says: str, row: Mapping[str, Place], notes: dict[str, int]) -> str:
    return f"| {name} | {says} | {' | '.join(_cell(row[surface], notes) for surface in SURFACES)} |"


def _cell(place: Place, notes: dict[str, int]) -> str:
    if place.names:
        return ", ".join(f"`{name}`" for name in place.names)
    return f"– ({notes.setdefault(place.why_not or '', len(notes) + 1)})"


def _first_sentence(method: object) -> str:
    says = (inspect.getdoc(method) or "").partition("; see ")[0].partition("\n")[0].rstrip(".")
    return f"{says}."


def pages() -> dict[str, str]:
    """File name to text."""
    return {"parity.md": page()}


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")
