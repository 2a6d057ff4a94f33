"""Tables of words, rules and settings: TOML, most of it in files that lie beside the code."""

from __future__ import annotations

from pkgutil import get_data
from typing import Any

# The same parser, compiled: five times as quick, which every start-up feels. The phone's Python has only its own.
try:
    from tomli import loads
except ImportError:
    from tomllib import loads

__all__ = ["parse_table", "read_table"]


def parse_table(text: str) -> dict[str, Any]:
    """The table that a text of TOML stands for.

    Raises:
        ValueError: it is no TOML; the message names line and column.
    """
    return loads(text)


def read_table(package: str, *path: str) -> dict[str, Any]:
    """The table in a file of a package.

    Args:
        package: its dotted name.
        path: folders and the file's name within the package.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is no TOML.

    >>> sorted(read_table("pamit.domain", "language.toml"))
    ['english', 'indonesian']
    """
    # ``importlib.resources`` takes 10 ms to be imported; this asks the same loader, from a zip file too.
    data = get_data(package, "/".join(path))
    if data is None:
        raise FileNotFoundError(f"{package} cannot give {'/'.join(path)}")
    return parse_table(data.decode("utf-8"))
