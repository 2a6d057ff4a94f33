"""Content lines of an answer, from values: escaped, quoted, never with a line end inside (RFC 5545 §3.1–3.3; RFC 6868)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pamit.formats.icalendar import ContentLine
from pamit.formats.icalendar.write import content_line, escape_text

__all__ = ["folded", "has_controls", "parameter", "plain_text", "text_line", "unfolded", "user_line"]

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")
_TOKEN = re.compile(r"[A-Za-z0-9-]{1,60}")
_NEEDS_QUOTES = re.compile(r"[:;,]")
_FOLD = re.compile(rb"(?:\r\n|\r|\n)[ \t]")


def plain_text(text: str) -> str:
    """Words with one kind of line end and without controls, whatever a person typed or pasted."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)).strip()


def has_controls(text: str) -> bool:
    """Whether a text holds something that must never stand in an answer, so that it cannot be repeated as it is."""
    return _CONTROLS.search(text) is not None or _LINE_ENDS.search(text) is not None or "\n" in text


def text_line(name: str, text: str, language: str | None = None) -> str:
    """A line whose value is TEXT, folded.

    Args:
        language: of a LANGUAGE parameter; left out where it is no language tag.
    """
    head = f"{name};LANGUAGE={language}" if language and _TOKEN.fullmatch(language) else name
    return content_line(head, escape_text(plain_text(text)))


def parameter(name: str, value: str) -> str:
    """A parameter with its semicolon: carets and quotes as RFC 6868 writes them, no line end ever.

    >>> parameter("CN", 'Rani "Ani" Kusuma, S.Kom.')
    ';CN="Rani ^\\'Ani^\\' Kusuma, S.Kom."'
    """
    line = " ".join(plain_text(value).split())
    line = line.replace("^", "^^").replace('"', "^'")
    return f';{name}="{line}"' if _NEEDS_QUOTES.search(line) else f";{name}={line}"


def user_line(line: ContentLine, kept: Iterable[str], *added: str) -> str:
    """An ORGANIZER or ATTENDEE with the same address and only those of its parameters that are named.

    Args:
        kept: names of parameters to repeat. CUTYPE and ROLE are repeated only where they are single words.
        added: further parameters, each from :func:`parameter`.
    """
    pieces = [line.name]
    for name in kept:
        value = line.parameter(name)
        if value is not None and value.strip() and (name not in ("CUTYPE", "ROLE") or _TOKEN.fullmatch(value)):
            pieces.append(parameter(name, value))
    return content_line("".join((*pieces, *added)), line.value.strip())


def unfolded(raw: bytes) -> bytes:
    """A content line without folds and line end, byte for byte otherwise."""
    return _FOLD.sub(b"", raw.strip(b"\r\n"))


def folded(line: str) -> str:
    """A whole line, already written, folded at 75 octets."""
    name, colon, value = line.partition(":")
    return content_line(name, value) if colon else content_line(line, "")
