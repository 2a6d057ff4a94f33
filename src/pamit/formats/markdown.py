"""A message as Markdown, for pages that people read: its words quoted, nothing in them taken for markup."""

from __future__ import annotations

import re

__all__ = ["escape_markdown", "quote_markdown"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&])")
_LEADING = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+=])(?=\s|=|$)")


def escape_markdown(line: str) -> str:
    """One line in which every sign stands for itself.

    >>> escape_markdown("1. *Kasir*")
    '1\\\\. \\\\*Kasir\\\\*'
    """
    return _LEADING.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", _SPECIAL.sub(r"\\\1", line))


def quote_markdown(text: str) -> str:
    """A text as a block quotation; its line ends and empty lines stay where they are.

    >>> quote_markdown("Yth. Ibu,\\n\\nBaik.")
    '> Yth. Ibu,\\n>\\n> Baik.\\n'
    """
    lines = text.strip("\n").split("\n")
    quoted = []
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        # Two blanks at its end keep a line from running into the next.
        quoted.append(f"> {escape_markdown(line)}{'  ' if following else ''}" if line else ">")
    return "\n".join(quoted) + "\n"
