"""JSON on standard output."""

from __future__ import annotations

from typing import Any

import click
import msgspec

__all__ = ["print_json"]


def print_json(record: dict[str, Any]) -> None:
    """Print one record, indented, as UTF-8."""
    click.echo(msgspec.json.format(msgspec.json.encode(record), indent=2).decode())
