"""The parts of a mail, found by scanning its bytes once, with depth and number counted on the way.

The scan follows boundary lines with an own stack, so that neither 10^5 parts nor 5 000 levels can exhaust time or the
interpreter's recursion (the standard parser needs 8 s for the first and dies of the second).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from pamit.formats.email.headers import Field, parse_parameters, read_fields
from pamit.formats.limits import Limits, refuse_above

__all__ = ["Entity", "scan_structure"]

_DELIMITER = re.compile(rb"^--([^\r\n]{1,250})", re.MULTILINE)
_IDENTITY: Final = frozenset(("", "7bit", "8bit", "binary"))


@dataclass
class Entity:
    """One part while the scan goes on: where its body lies, and what is inside it.

    Attributes:
        fields: its header fields.
        begin, end: the body in bytes of the whole message.
        content_type: in lower case, "text/plain" where none is stated.
        parameters: of the content type.
        encoding: the transfer encoding in lower case.
        children: the parts inside.
    """

    fields: list[Field]
    begin: int
    end: int
    content_type: str
    parameters: dict[str, str]
    encoding: str
    children: list[Entity] = field(default_factory=list)

    def raw(self, name: str) -> bytes | None:
        """The first field of that name (in lower case), as it came."""
        for known, value in self.fields:
            if known == name:
                return value
        return None


def scan_structure(data: bytes, limits: Limits) -> Entity:
    """The tree of parts of a message.

    Raises:
        PamitError: REFUSED ``too-many-parts``, ``nested-too-deeply`` and the limits of header fields.
    """
    return _Scan(data, limits).run()


class _Scan:
    """One pass over the boundary lines."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._limits = limits
        self._path: list[Entity] = []
        self._boundaries: list[tuple[bytes, int]] = []
        self._parts = 0

    def run(self) -> Entity:
        self._open(0, "text/plain")
        root = self._path[0]
        if self._boundaries:
            for found in _DELIMITER.finditer(self._data, self._path[-1].begin):
                self._delimiter(found)
        for entity in self._path:
            entity.end = len(self._data)
        return root

    def _delimiter(self, found: re.Match[bytes]) -> None:
        if found.start() < self._path[-1].begin:
            return
        line = found[1].rstrip(b" \t")
        for index in range(len(self._boundaries) - 1, -1, -1):
            boundary, level = self._boundaries[index]
            if line == boundary or line == boundary + b"--":
                break
        else:
            return
        del self._boundaries[index + 1 :]
        end = found.start()
        for entity in self._path[level + 1 :]:
            entity.end = max(entity.begin, end)
        del self._path[level + 1 :]
        if line != boundary:
            del self._boundaries[index]  # what follows is the epilogue, up to a boundary further out
            return
        following = self._data.find(b"\n", found.end())
        begin = len(self._data) if following < 0 else following + 1
        digest = self._path[level].content_type == "multipart/digest"
        self._open(begin, "message/rfc822" if digest else "text/plain")

    def _open(self, begin: int, default_type: str) -> None:
        """Open the part that begins there, and the messages directly inside it."""
        while True:
            self._parts += 1
            refuse_above(self._parts, self._limits.parts, "too-many-parts", "parts")
            entity = self._entity(begin, default_type)
            if self._path:
                self._path[-1].children.append(entity)
            self._path.append(entity)
            refuse_above(len(self._path), self._limits.nesting, "nested-too-deeply", "levels of parts within parts")
            if entity.content_type.startswith("multipart/"):
                boundary = entity.parameters.get("boundary", "").encode("utf-8", "replace").rstrip(b" \t")
                if boundary:
                    self._boundaries.append((boundary[:250], len(self._path) - 1))
                return
            if entity.content_type not in ("message/rfc822", "message/global") or entity.encoding not in _IDENTITY:
                return
            begin, default_type = entity.begin, "text/plain"

    def _entity(self, begin: int, default_type: str) -> Entity:
        if not self._path:
            while self._data.startswith((b"\r\n", b"\n"), begin):  # blank lines before the first field
                begin += 1
        fields, body = read_fields(self._data, begin, self._limits)
        content_type, encoding = default_type, ""
        parameters: dict[str, str] = {}
        for name, value in fields:
            if name == "content-type":
                stated, stated_parameters = parse_parameters(value)
                if not parameters:
                    parameters = stated_parameters
                if "/" in stated:
                    content_type = stated
            elif name == "content-transfer-encoding":
                encoding = value.decode("latin-1").partition(";")[0].strip().lower()
        return Entity(fields, body, body, content_type, parameters, encoding)
