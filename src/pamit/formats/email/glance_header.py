"""Header fields seen in one pass over their bytes, for looking through many mails; what they mean is told elsewhere."""

from __future__ import annotations

import re
from typing import Final

from pamit.formats.email.headers import parse_parameters

__all__ = ["Header", "block_end"]

# A block of header fields ends where a line is neither a field nor its continuation; as read_fields tells it.
_BLOCK = re.compile(rb"(?:[!-9;-~]{1,200}[ \t]*:[^\n]*(?:\n|\Z)(?:[ \t][^\n]*(?:\n|\Z))*)*")
# What every mail is asked for.
_ASKED: Final = (
    b"subject", b"from", b"content-type", b"content-transfer-encoding", b"content-disposition",
    b"x-gmail-labels", b"x-mozilla-status", b"x-status",
)  # fmt: skip
_ASKED_FIELD = re.compile(rb"\n(%s)[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*" % b"|".join(_ASKED))
# Content-Type as nearly all write it, with the one parameter that is asked for.
_PLAINLY: Final = {
    name: re.compile(rb"\A[a-z]+/[a-z-]+[ \t]*;[ \t]*%s=\"?([a-z0-9_'()+,./:=-]+)\"?;?" % name.encode("ascii"), re.IGNORECASE)
    for name in ("boundary", "charset")
}


def block_end(mail: bytes, begin: int) -> int:
    """Where the header fields end that begin there."""
    return _BLOCK.match(mail, begin).end()  # type: ignore[union-attr]  # it matches nothing at the least


class Header:
    """A block of header fields.

    Attributes:
        raw: as they came, a line end before the first.
        lowered: the same in small letters, of equal length.
        repeats: fields that stand there more than once, of those that every mail is asked for.
    """

    def __init__(self, raw: bytes) -> None:
        self.raw = b"\n" + raw
        self.lowered = lowered = self.raw.lower()
        self.repeats: set[bytes] = set()
        self._asked: dict[bytes, bytes] = {}
        for found in _ASKED_FIELD.finditer(lowered):
            name = found[1]
            if name in self._asked:
                self.repeats.add(name)
            else:
                value = self.raw[found.end(1) : found.end()]
                self._asked[name] = _unfolded(value.partition(b":")[2])

    def field(self, name: bytes) -> bytes | None:
        """The first field of that name (in lower case), unfolded; None where there is none."""
        if name in _ASKED:
            return self._asked.get(name)
        found = re.search(rb"\n%s[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)" % re.escape(name), self.lowered)
        return None if found is None else _unfolded(self.raw[found.start(1) : found.end()])

    def parameter(self, name: str) -> str:
        """A parameter of Content-Type, "boundary" or "charset"; empty where it is not stated."""
        stated = self._asked.get(b"content-type", b"")
        plain = _PLAINLY[name].fullmatch(stated)
        return plain[1].decode("ascii") if plain is not None else parse_parameters(stated)[1].get(name, "")


def _unfolded(value: bytes) -> bytes:
    return value.replace(b"\r", b"").replace(b"\n", b"").strip()
