"""Writing calendar objects (RFC 5545): content lines, escaped and folded. Only ever our own fields."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

__all__ = ["calendar_bytes", "content_line", "escape_text", "utc_time"]

_LONGEST = 75
"""Octets in a line before it is folded (RFC 5545 §3.1)."""


def escape_text(text: str) -> str:
    """A TEXT value (RFC 5545 §3.3.11); control characters are left out.

    >>> escape_text("Jl. Melati 5, Bandung; lantai 2")
    'Jl. Melati 5\\\\, Bandung\\\\; lantai 2'
    """
    plain = "".join(sign for sign in text.replace("\r\n", "\n") if (sign >= " " and sign != "\x7f") or sign in "\n\t")
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def utc_time(moment: datetime) -> str:
    """An aware moment as a UTC time (RFC 5545 §3.3.5, form 2)."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def content_line(name: str, value: str) -> str:
    """A line with its value, folded between characters so that no line is longer than 75 octets.

    >>> content_line("SUMMARY", "x" * 80).count("\\r\\n")
    2
    """
    lines: list[str] = []
    here, room = "", _LONGEST
    for sign in f"{name}:{value}":
        size = len(sign.encode("utf-8", "replace"))
        if size > room:
            lines.append(here)
            here, room = " ", _LONGEST - 1
        here, room = here + sign, room - size
    return "\r\n".join((*lines, here)) + "\r\n"


def calendar_bytes(components: Iterable[str], name: str) -> bytes:
    """A calendar object that holds these components, each already written.

    Args:
        name: of the calendar, as calendar programs show it.
    """
    head = [
        "BEGIN:VCALENDAR\r\n",
        "VERSION:2.0\r\n",
        "PRODID:-//Pamit//Pamit//EN\r\n",
        content_line("X-WR-CALNAME", escape_text(name)),
    ]
    return "".join((*head, *components, "END:VCALENDAR\r\n")).encode("utf-8", "replace")
