"""A mail at a glance: the letters that its words are made of, seen without taking it apart.

Reading a mail in full costs a thousand times what looking through its bytes costs. A glance follows the same parts that
:func:`pamit.formats.email.parse_email` would, decodes only those that hold words, and passes over attachments undecoded. It
promises one thing: every run of ASCII letters that stands in the words or the subject of the mail stands in the glance too,
in small letters. Where it cannot promise that, there is none, and the mail must be read in full.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pamit.domain.needles import Needles
from pamit.formats.email.glance_header import Header, block_end
from pamit.formats.email.glance_html import UnclearError, shown_letters
from pamit.formats.email.headers import decode_base64, decode_field, parse_parameters
from pamit.formats.limits import DEFAULT_LIMITS

__all__ = ["Glance", "glance", "header_of"]

_FROM_LINE = re.compile(rb">?From [^\n]*\n")
# Encodings in which an ASCII letter is that very byte, and no other byte is one.
_PLAIN = re.compile(r"|utf-?8|us-?ascii|ascii|iso-?8859-?\d{1,2}|latin-?1|windows-?125\d|cp-?125\d|koi8-?[ru]|7bit|8bit")
_META = re.compile(rb"charset\s?=\s?[\"']?([a-z0-9_.:-]{2,40})")
_NAMED = re.compile(rb"name[ \t]*[*=]")
_ODD_NAME = (b"=?", b"*=", b"*0", b"*1", b"\\")
_CARRIED = (b".eml", b".mht")
_CALENDAR_NAMES = (b".ics", b".ical", b".vcs")
_TEXT_NAMES = (b".txt", b".text", b".md", b".csv")
_CALENDAR_TYPES: Final = frozenset((b"text/calendar", b"application/ics", b"text/x-vcalendar", b"application/calendar"))
_MESSAGES: Final = frozenset((b"message/rfc822", b"message/global"))
_IDENTITY: Final = frozenset((b"", b"7bit", b"8bit", b"binary"))

_ONCE: Final = frozenset((b"content-type", b"content-transfer-encoding"))
_DASHES: Final = Needles([b"\n--"])
_MOST_PARTS: Final = DEFAULT_LIMITS.parts
_DEEPEST: Final = DEFAULT_LIMITS.nesting


@dataclass
class Glance:
    """What a look at a mail shows.

    Attributes:
        header: its header fields.
        texts: the letters of its words, in small ones.
        has_calendar: whether it may carry a calendar object.
    """

    header: Header
    texts: list[bytes] = field(default_factory=list)
    has_calendar: bool = False

    def field(self, name: bytes) -> bytes | None:
        """The first header field of that name (in lower case), unfolded; None where there is none."""
        return self.header.field(name)


@dataclass
class _Part:
    header: Header
    begin: int
    kind: bytes
    encoding: bytes


def header_of(mail: bytes) -> Glance:
    """The header of a mail alone."""
    line = _FROM_LINE.match(mail)
    begin = line.end() if line is not None else 0
    return Glance(Header(mail[begin : block_end(mail, begin)]))


def glance(mail: bytes) -> Glance | None:
    """Look at a mail.

    Returns:
        None where it must be read in full to know what it says.
    """
    if b"\n" not in mail:
        return None
    if mail.startswith((b"\n", b"\r")):
        mail = mail.lstrip(b"\r\n")
    seen = header_of(mail)
    walk = _Walk(mail, seen)
    try:
        walk.run()
    except UnclearError:
        return None
    return seen


@dataclass
class _Open:
    """A boundary that is open: the depth of its part, whether the parts in it are messages, and how many there are."""

    boundary: bytes
    depth: int
    is_digest: bool
    parts: int = 0


class _Walk:
    """One pass over the boundary lines of a mail, as :func:`pamit.formats.email.structure.scan_structure` does it."""

    def __init__(self, mail: bytes, seen: Glance) -> None:
        self._mail = mail
        self._seen = seen
        self._depth = 0
        self._parts = 0
        self._body = 0
        self._open: list[_Open] = []
        self._leaf: _Part | None = None

    def run(self) -> None:
        self._begin(0, b"text/plain")
        for begin in self._delimiters():
            self._delimiter(begin)
        self._close(len(self._mail))
        self._shut(0)

    def _delimiters(self) -> Iterator[int]:
        """Where lines begin that may be boundaries."""
        mail, at = self._mail, max(0, self._body - 1)
        if _DASHES.is_quick:
            yield from (place + 1 for place in _DASHES.places(mail, at)) if self._open else ()
            return
        # What all that are open begin with is looked for, as a long word is found sooner.
        while self._open and (at := mail.find(_common_start(self._open), at)) >= 0:
            yield at + 1
            at += 1

    def _delimiter(self, begin: int) -> None:
        mail = self._mail
        if begin < self._body:
            return
        end = mail.find(b"\n", begin)
        end = len(mail) if end < 0 else end
        line = mail[begin + 2 : min(end, begin + 252)].partition(b"\r")[0].rstrip(b" \t")
        for index in range(len(self._open) - 1, -1, -1):
            here = self._open[index]
            if line == here.boundary or line == here.boundary + b"--":
                break
        else:
            return
        self._close(begin)
        self._shut(index + 1)
        self._depth = here.depth
        if line != here.boundary:
            self._shut(index)
            return
        here.parts += 1
        self._begin(min(end + 1, len(mail)), b"message/rfc822" if here.is_digest else b"text/plain")

    def _shut(self, index: int) -> None:
        """Close boundaries from the one with this index on; one without a part is read as a text."""
        if any(not one.parts for one in self._open[index:]):
            raise UnclearError
        del self._open[index:]

    def _begin(self, begin: int, kind: bytes) -> None:
        """A part begins there, and the messages directly inside it."""
        while True:
            self._parts += 1
            self._depth += 1
            if self._parts > _MOST_PARTS or self._depth > _DEEPEST:
                raise UnclearError
            part = self._part(begin, kind)
            self._body = part.begin
            if part.kind.startswith(b"multipart/"):
                self._multipart(part)
                return
            if part.kind not in _MESSAGES or part.encoding not in _IDENTITY:
                self._leaf = part
                return
            begin, kind = part.begin, b"text/plain"

    def _part(self, begin: int, kind: bytes) -> _Part:
        mail = self._mail
        if begin == 0:
            header = self._seen.header
            line = _FROM_LINE.match(mail)
            body = (line.end() if line else 0) + len(header.raw) - 1
        else:
            if mail.startswith((b"From ", b">From "), begin):
                raise UnclearError
            body = block_end(mail, begin)
            header = Header(mail[begin:body])
        if b"\x00" in header.raw or not header.repeats.isdisjoint(_ONCE):
            raise UnclearError
        self._subject(header)
        stated = (header.field(b"content-type") or b"").lower().partition(b";")[0].strip()
        if b"/" in stated and b"(" not in stated and b'"' not in stated:
            kind = stated
        elif header.field(b"content-type"):
            raise UnclearError
        encoding = (header.field(b"content-transfer-encoding") or b"").lower().partition(b";")[0].strip()
        return _Part(header, body, kind, encoding)

    def _subject(self, header: Header) -> None:
        subject = header.field(b"subject")
        if subject is None:
            return
        if b"=?" in subject:
            self._seen.texts.append(decode_field(subject).encode("utf-8", "replace").lower())
        self._seen.texts.append(subject.lower())

    def _multipart(self, part: _Part) -> None:
        boundary = part.header.parameter("boundary").encode("utf-8", "replace").rstrip(b" \t")[:250]
        if not boundary:
            raise UnclearError  # its body is read as a text
        self._open.append(_Open(boundary, self._depth, part.kind == b"multipart/digest"))
        self._leaf = None

    def _close(self, end: int) -> None:
        part, self._leaf = self._leaf, None
        if part is None:
            return
        names = self._file_name(part.header) if b"name" in part.header.lowered else b""
        if part.kind in _CALENDAR_TYPES or _ends_among(names, _CALENDAR_NAMES):
            self._seen.has_calendar = True
        elif part.kind in _MESSAGES or _ends_among(names, _CARRIED):
            raise UnclearError
        elif part.kind.startswith(b"text/") or (part.kind == b"application/octet-stream" and _ends_among(names, _TEXT_NAMES)):
            self._text(part, self._mail[part.begin : end])

    def _file_name(self, header: Header) -> bytes:
        """What may hold the part's file name: its header, or the name decoded."""
        if _NAMED.search(header.lowered) is None:
            return b""
        if not any(mark in header.lowered for mark in _ODD_NAME):
            return header.lowered
        names = []
        for name in (b"content-disposition", b"content-type"):
            parameters = parse_parameters(header.field(name) or b"")[1]
            names += [parameters.get("filename", ""), parameters.get("name", "")]
        return "\n".join(names).lower().encode("utf-8", "replace")

    def _text(self, part: _Part, body: bytes) -> None:
        if b"delsp" in part.header.lowered:
            raise UnclearError
        charset = part.header.parameter("charset") if b"charset" in part.header.lowered else ""
        if part.encoding == b"base64":
            body = decode_base64(body)
        elif part.encoding == b"quoted-printable":
            body = binascii.a2b_qp(body)
        body = body.lower()
        is_html = part.kind == b"text/html"
        if not charset and is_html and (meta := _META.search(body, 0, 2048)):
            charset = meta[1].decode("ascii")
        if _PLAIN.fullmatch(charset.strip().lower()) is None or body.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in body:
            raise UnclearError
        texts = [] if is_html else [body]
        if is_html or (b"<" in body and b">" in body):
            texts.append(shown_letters(body))
        if any(b"vcalendar" in text for text in texts):
            self._seen.has_calendar = True
        self._seen.texts += texts


def _ends_among(names: bytes, suffixes: tuple[bytes, ...]) -> bool:
    return bool(names) and any(suffix in names for suffix in suffixes)


def _common_start(open_: list[_Open]) -> bytes:
    """What every line begins with that may be one of these boundaries, the line end before it included."""
    least, most = min(one.boundary for one in open_), max(one.boundary for one in open_)
    same = next((at for at, (one, other) in enumerate(zip(least, most, strict=False)) if one != other), len(least))
    return b"\n--" + least[:same]
