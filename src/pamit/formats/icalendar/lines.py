"""Content lines and components: unfolding, parameters, nesting (RFC 5545 §3.1, §3.4; RFC 6868).

Lines are kept byte for byte beside what was read from them, since an answer must repeat UID and RECURRENCE-ID exactly.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pamit.formats.email.charsets import decode_text
from pamit.formats.limits import Limits, refuse_above

__all__ = ["Component", "ContentLine", "Tree", "read_components"]

_BEGIN = re.compile(rb"^[ \t]*BEGIN[ \t]*:", re.IGNORECASE | re.MULTILINE)
_NAME = re.compile(r"[ \t]*([A-Za-z0-9_.-]{1,100})[ \t]*(?=[;:])")
_START = re.compile(rb"[A-Za-z0-9_.-]{1,100}(?:[ \t]*[;:]|$)")
# Properties of free text, the only ones that senders break in two by a bare line end.
_WORDS = re.compile(rb"(?:DESCRIPTION|COMMENT|SUMMARY|LOCATION|CONTACT|X-ALT-DESC|X-[A-Z-]*DESC)\b", re.IGNORECASE)
_CARET: Final = {"^n": "\n", "^N": "\n", "^^": "^", "^'": '"'}
_CARETS = re.compile(r"\^[nN^']")

_TIME_NAMES: Final = frozenset(
    "DTSTART DTEND DTSTAMP DUE RECURRENCE-ID EXDATE RDATE CREATED LAST-MODIFIED COMPLETED "
    "X-MS-OLK-ORIGINALSTART X-MS-OLK-ORIGINALEND".split()
)
_USER_NAMES: Final = frozenset(("ATTENDEE", "ORGANIZER"))
_TIME_VALUE = re.compile(r"\s*\d{4}-?\d\d-?\d\d(?:[T ]|\s*(?:$|[,/]))", re.IGNORECASE)
_LAST_TIME = re.compile(r":(\s*\d{4}-?\d\d-?\d\d(?:[T ][0-9:]{4,8}(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?\s*)$", re.IGNORECASE)
_USER_VALUE = re.compile(
    r"\s*(?:(?:mailto|urn|https?|invalid|ldaps?|cid|tel|sips?|xmpp|smtp|ex)\s*:|[^\s:@]+@[^:]*$|/|$)", re.IGNORECASE
)
_LAST_USER = re.compile(r":\s*(?:mailto|urn|https?|invalid|ldap|cid)\s?:", re.IGNORECASE)


def _is_start(line: bytes, following: list[bytes]) -> bool:
    """Whether a physical line begins a property; old Mozilla puts the name alone and folds before the colon."""
    found = _START.match(line)
    if found is None:
        return False
    return line[found.end() - 1 : found.end()] in (b";", b":") or (following[:1] != [] and following[0][:2] in (b" :", b" ;"))


@dataclass(frozen=True)
class ContentLine:
    """One property.

    Attributes:
        name: in upper case.
        parameters: in order, names in upper case, values without quotes and RFC 6868 escapes.
        value: as written, not unescaped.
        raw: the bytes as they came, folds and line ends included.
        mended: whether the line broke the grammar and was read by guess.
    """

    name: str
    parameters: tuple[tuple[str, tuple[str, ...]], ...]
    value: str
    raw: bytes
    mended: bool = False

    def parameter(self, name: str) -> str | None:
        """The first value of a parameter."""
        for known, values in self.parameters:
            if known == name:
                return values[0] if values else ""
        return None

    @property
    def text(self) -> str:
        """The value as text: escapes undone (§3.3.11), quoted-printable of vCalendar 1.0 decoded, controls removed."""
        value = self.value
        if (self.parameter("ENCODING") or "").upper() == "QUOTED-PRINTABLE":
            data = binascii.a2b_qp(value.encode("utf-8", "replace"))
            value = decode_text(data, self.parameter("CHARSET"))[0]
        return unescape_text(value)


_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]+")


def unescape_text(value: str) -> str:
    r"""Undo the escapes of a TEXT value.

    >>> unescape_text(r"Gedung A\, Lt. 3\nLobi")
    'Gedung A, Lt. 3\nLobi'
    """
    if "\\" in value:
        value = _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
    return _CONTROLS.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


@dataclass(frozen=True)
class Component:
    """A component with its properties and what is nested in it.

    Attributes:
        name: in upper case, such as "VEVENT".
        raw: its bytes from BEGIN to END.
    """

    name: str
    lines: tuple[ContentLine, ...]
    children: tuple[Component, ...]
    raw: bytes

    def line(self, name: str) -> ContentLine | None:
        """The first property of that name."""
        return next((line for line in self.lines if line.name == name), None)

    def all_lines(self, name: str) -> tuple[ContentLine, ...]:
        """All properties of that name, in order."""
        return tuple(line for line in self.lines if line.name == name)


@dataclass(frozen=True)
class Tree:
    """What a file holds: its outermost components, and what was lost or mended on the way."""

    components: tuple[Component, ...]
    losses: tuple[str, ...]


class _Open:
    """A component that has begun."""

    def __init__(self, name: str, begin: int) -> None:
        self.name = name
        self.begin = begin
        self.lines: list[ContentLine] = []
        self.children: list[Component] = []

    def closed(self, data: bytes, end: int) -> Component:
        return Component(self.name, tuple(self.lines), tuple(self.children), data[self.begin : end])


def read_components(data: bytes, limits: Limits, charset: str | None = None) -> Tree:
    """The components of a calendar file; broken lines and missing ends are named, never raised.

    Properties and components outside a VCALENDAR are gathered in one of their own.

    Raises:
        PamitError: REFUSED ``too-large``, ``too-many-components`` or ``nested-too-deeply``.
    """
    refuse_above(len(data), limits.calendar, "too-large", "bytes in one calendar object")
    begins = sum(1 for _ in _BEGIN.finditer(data))
    refuse_above(begins, limits.components, "too-many-components", "components")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode("utf-8")
    return _Builder(data, limits, charset).run()


class _Builder:
    def __init__(self, data: bytes, limits: Limits, charset: str | None) -> None:
        self._data = data
        self._limits = limits
        self._charset = charset
        self._losses: dict[str, None] = {}
        self._root = _Open("", 0)
        self._stack = [self._root]

    def run(self) -> Tree:
        for begin, end, line in self._logical_lines():
            self._take(begin, end, line)
        while len(self._stack) > 1:
            self._lose(f"unclosed {self._stack[-1].name}")
            self._close(len(self._data))
        outer = [child for child in self._root.children if child.name == "VCALENDAR"]
        strays = tuple(child for child in self._root.children if child.name != "VCALENDAR")
        if strays or (self._root.lines and not outer):
            self._lose("outside VCALENDAR")
            outer.append(Component("VCALENDAR", tuple(self._root.lines), strays, self._data))
        elif self._root.lines:
            self._lose("outside VCALENDAR")
            first = outer[0]
            outer[0] = Component(first.name, first.lines + tuple(self._root.lines), first.children, first.raw)
        return Tree(tuple(outer), tuple(self._losses))

    def _lose(self, loss: str) -> None:
        if len(self._losses) < 1_000:
            self._losses.setdefault(loss)

    def _logical_lines(self) -> Iterator[tuple[int, int, bytes]]:
        """Unfolded lines with their place; a line that cannot begin a property belongs to the one before."""
        data = self._data
        position = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        begin = position
        pieces: list[bytes] = []
        soft = False
        physicals = data[position:].splitlines(keepends=True)
        for number, physical in enumerate(physicals):
            bare = physical.rstrip(b"\r\n")
            if pieces and bare[:1] in (b" ", b"\t") and bare.strip():
                pieces.append(bare[1:])
            elif pieces and soft:
                pieces.append(b"\n" + bare)
            elif not bare.strip():
                pass  # an empty line ends nothing: some senders put one after every line
            elif pieces and _WORDS.match(pieces[0]) and not _is_start(bare, physicals[number + 1 : number + 2]):
                self._lose("line broken in two")
                pieces.append(b"\\n" + bare)
            else:
                if pieces:
                    yield begin, position, b"".join(pieces)
                begin = position
                pieces = [bare]
            soft = pieces != [] and pieces[-1].endswith(b"=") and b"QUOTED-PRINTABLE" in pieces[0].upper()
            position += len(physical)
        if pieces:
            yield begin, position, b"".join(pieces)

    def _take(self, begin: int, end: int, line: bytes) -> None:
        raw = self._data[begin:end]
        if len(line) > self._limits.content_line:
            self._lose(f"too long a line: {line[:40].partition(b':')[0].partition(b';')[0].decode('ascii', 'replace')}")
            return
        text = decode_text(line, None)[0] if line.isascii() or self._charset is None else self._decoded(line)
        parsed = parse_line(text, raw, self._limits)
        if parsed is None:
            self._lose(f"unreadable line: {text[:40]}")
        elif parsed.name == "BEGIN":
            self._stack.append(_Open(parsed.value.strip().upper()[:60], begin))
            refuse_above(len(self._stack) - 1, self._limits.component_nesting, "nested-too-deeply", "nested components")
        elif parsed.name == "END":
            self._end(parsed.value.strip().upper()[:60], end)
        else:
            self._stack[-1].lines.append(parsed)

    def _decoded(self, line: bytes) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            return decode_text(line, self._charset)[0]

    def _end(self, name: str, end: int) -> None:
        if all(opened.name != name for opened in self._stack[1:]):
            self._lose(f"end without begin: {name}")
            return
        while self._stack[-1].name != name:
            self._lose(f"unclosed {self._stack[-1].name}")
            self._close(end)
        self._close(end)

    def _close(self, end: int) -> None:
        opened = self._stack.pop()
        self._stack[-1].children.append(opened.closed(self._data, end))


def parse_line(text: str, raw: bytes, limits: Limits) -> ContentLine | None:
    """One unfolded line; None where it has no name or no value.

    Where the grammar does not give a possible value for the property (an unquoted colon in a name or a zone, quotes inside
    quotes), the line is read from its end.
    """
    name_found = _NAME.match(text)
    if name_found is None:
        return None
    name = name_found[1].upper()
    split = _split_strictly(text, name_found.end())
    mended = False
    if split is None or not _is_possible(name, split[1]):
        guess = _split_from_end(name, text, name_found.end())
        mended = guess is not None
        split = guess or split
    if split is None:
        return None
    parameters = tuple(_parameters(split[0], limits))
    return ContentLine(name, parameters, split[1], raw, mended or any(not values for _, values in parameters))


def _split_strictly(text: str, begin: int) -> tuple[list[str], str] | None:
    """Parameters and value by the grammar: colons and semicolons inside quotes do not count."""
    pieces: list[str] = []
    quoted = False
    last = begin
    position = begin
    length = len(text)
    while position < length:
        letter = text[position]
        if letter == '"':
            quoted = not quoted
        elif not quoted and letter in ";:":
            if position > last:
                pieces.append(text[last:position])
            last = position + 1
            if letter == ":":
                return pieces, text[last:]
        position += 1
    return None


def _is_possible(name: str, value: str) -> bool:
    if name in _TIME_NAMES:
        return _TIME_VALUE.match(value) is not None
    if name in _USER_NAMES:
        return _USER_VALUE.match(value) is not None
    return True


def _split_from_end(name: str, text: str, begin: int) -> tuple[list[str], str] | None:
    colon = -1
    if name in _TIME_NAMES:
        found = _LAST_TIME.search(text, max(begin, len(text) - 60))
        colon = found.start() if found else -1
    elif name in _USER_NAMES:
        for found in _LAST_USER.finditer(text, begin):
            colon = found.start()
    if colon < 0:
        colon = text.find(":", begin) if text.count('"') % 2 else -1
    if colon < 0:
        return None
    return [piece for piece in text[begin:colon].split(";") if piece], text[colon + 1 :]


def _parameters(pieces: list[str], limits: Limits) -> Iterator[tuple[str, tuple[str, ...]]]:
    for piece in pieces[: limits.parameters]:
        name, equals, value = piece.partition("=")
        if not equals:
            yield name.strip().upper(), ()
            continue
        values = _values(value) if '"' in value else tuple(value.split(","))
        if "^" in value:
            values = tuple(_CARETS.sub(lambda found: _CARET[found[0]], one) for one in values)
        yield name.strip().upper(), values


def _values(value: str) -> tuple[str, ...]:
    """Comma-separated values, some of them quoted."""
    values: list[str] = []
    current: list[str] = []
    quoted = False
    for letter in value:
        if letter == '"':
            quoted = not quoted
        elif letter == "," and not quoted:
            values.append("".join(current))
            current = []
        else:
            current.append(letter)
    values.append("".join(current))
    return tuple(values)
