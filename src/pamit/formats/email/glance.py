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

from pamit.formats.email.headers import decode_base64, decode_field, parse_parameters
from pamit.formats.limits import DEFAULT_LIMITS

__all__ = ["Glance", "glance", "header_of"]

# A block of header fields ends where a line is neither a field nor its continuation; as read_fields tells it.
_BLOCK = re.compile(rb"(?:[!-9;-~]{1,200}[ \t]*:[^\n]*(?:\n|\Z)(?:[ \t][^\n]*(?:\n|\Z))*)*")
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

# Markup that hides where words begin and end from a look at the bytes.
_SHOWN = re.compile(rb">([^<]+)")
_STYLE = re.compile(rb"<style\b[^<>]*>[^<]*</style")
_COMMENT_END = re.compile(rb"--!?>")
# A bracket that begins no tag, and elements whose text is shown as it is written.
_UNCLEAR = re.compile(rb"<(?:[^/!?a-z]|textarea|xmp|plaintext|listing|noscript|svg|math|!\[cdata\[)")
# An ASCII letter written by number, and what vanishes from between letters.
_ENTITY = re.compile(rb"&(?:#0*(?:6[5-9]|[7-9]\d|1[01]\d|12[0-2])(?!\d)|#x0*(?:4|5|6|7)[0-9a-f](?![0-9a-f])|fjlig)")
_VANISHING = re.compile(
    rb"[a-z](?:&(?:shy|zwj|zwnj|nobreak|zerowidth|negative|#0*(?:173|847|820[3-5]|8288|65279)|#x0*(?:ad|34f|200[b-d]|2060|feff))"
    rb"|\xc2\xad|\xcd\x8f|\xe2\x80[\x8b-\x8d]|\xe2\x81\xa0|\xef\xbb\xbf|\xad)"
)
_QUOTED_MARK = re.compile(rb"[\"'][^\"'<>]{0,2000}>")
_CONTROLS: Final = bytes((*range(9), 11, *range(14, 32), 127))
_MOST_PARTS: Final = DEFAULT_LIMITS.parts
_DEEPEST: Final = DEFAULT_LIMITS.nesting


@dataclass
class Glance:
    """What a look at a mail shows.

    Attributes:
        header: its header fields as they came, a line end before the first.
        lowered: the same in small letters, of equal length.
        texts: the letters of its words, in small ones.
        has_calendar: whether it may carry a calendar object.
    """

    header: bytes
    lowered: bytes
    texts: list[bytes] = field(default_factory=list)
    has_calendar: bool = False

    def field(self, name: bytes) -> bytes | None:
        """The first header field of that name (in lower case), unfolded; None where there is none."""
        return _field(self.header, self.lowered, name)


@dataclass
class _Part:
    header: bytes
    lowered: bytes
    begin: int
    kind: bytes
    encoding: bytes


def header_of(mail: bytes) -> Glance:
    """The header of a mail alone."""
    begin = 0
    line = _FROM_LINE.match(mail)
    if line is not None:
        begin = line.end()
    end = _BLOCK.match(mail, begin).end()  # type: ignore[union-attr]  # it matches nothing at the least
    header = b"\n" + mail[begin:end]
    return Glance(header, header.lower())


def glance(mail: bytes) -> Glance | None:
    """Look at a mail.

    Returns:
        None where it must be read in full to know what it says.
    """
    if b"\x00" in mail or b"\n" not in mail:
        return None
    start = len(mail) - len(mail.lstrip(b"\r\n"))
    if start:
        mail = mail[start:]
    seen = header_of(mail)
    walk = _Walk(mail, seen)
    try:
        walk.run()
    except _UnclearError:
        return None
    return seen


@dataclass
class _Open:
    """A boundary that is open: the depth of its part, whether the parts in it are messages, and how many there are."""

    boundary: bytes
    depth: int
    is_digest: bool
    parts: int = 0


class _UnclearError(Exception):
    """The mail must be read in full."""


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
        self._wanted = b""

    def run(self) -> None:
        self._begin(0, b"text/plain")
        for begin, end in self._delimiters():
            self._delimiter(begin, end)
        self._close(len(self._mail))
        self._shut(0)

    def _delimiters(self) -> Iterator[tuple[int, int]]:
        """The lines that may be boundaries: what all that are open begin with is looked for, as a long word is found sooner."""
        mail, at = self._mail, max(0, self._body - 1)
        while self._open and (at := mail.find(self._wanted, at)) >= 0:
            end = mail.find(b"\n", at + 3)
            end = len(mail) if end < 0 else end
            yield at + 1, end
            at = end

    def _delimiter(self, begin: int, end: int) -> None:
        if begin < self._body:
            return
        line = self._mail[begin + 2 : min(end, begin + 252)].partition(b"\r")[0].rstrip(b" \t")
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
        self._begin(min(end + 1, len(self._mail)), b"message/rfc822" if here.is_digest else b"text/plain")

    def _shut(self, index: int) -> None:
        """Close boundaries from the one with this index on; one without a part is read as a text."""
        if any(not one.parts for one in self._open[index:]):
            raise _UnclearError
        del self._open[index:]
        self._wanted = _common_start(self._open)

    def _begin(self, begin: int, kind: bytes) -> None:
        """A part begins there, and the messages directly inside it."""
        while True:
            self._parts += 1
            self._depth += 1
            if self._parts > _MOST_PARTS or self._depth > _DEEPEST:
                raise _UnclearError
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
        if begin == 0:
            header, lowered = self._seen.header, self._seen.lowered
            line = _FROM_LINE.match(self._mail)
            body = (line.end() if line else 0) + len(header) - 1
        else:
            if self._mail.startswith((b"From ", b">From "), begin):
                raise _UnclearError
            body = _BLOCK.match(self._mail, begin).end()  # type: ignore[union-attr]
            header = b"\n" + self._mail[begin:body]
            lowered = header.lower()
        self._subject(header, lowered)
        encoding = b""
        if b"\ncontent-" in lowered:
            if lowered.count(b"\ncontent-type") > 1 or lowered.count(b"\ncontent-transfer-encoding") > 1:
                raise _UnclearError
            stated = _field(lowered, lowered, b"content-type")
            if stated is not None:
                stated = stated.partition(b";")[0].strip()
                if b"/" in stated and b"(" not in stated and b'"' not in stated:
                    kind = stated
                elif stated:
                    raise _UnclearError
            encoding = (_field(lowered, lowered, b"content-transfer-encoding") or b"").partition(b";")[0].strip()
        return _Part(header, lowered, body, kind, encoding)

    def _subject(self, header: bytes, lowered: bytes) -> None:
        subject = _field(header, lowered, b"subject")
        if subject is None:
            return
        if b"=?" in subject:
            self._seen.texts.append(decode_field(subject).encode("utf-8", "replace").lower())
        self._seen.texts.append(subject.lower())

    def _multipart(self, part: _Part) -> None:
        found = parse_parameters(_field(part.header, part.lowered, b"content-type") or b"")[1].get("boundary", "")
        boundary = found.encode("utf-8", "replace").rstrip(b" \t")[:250]
        if not boundary:
            raise _UnclearError  # its body is read as a text
        self._open.append(_Open(boundary, self._depth, part.kind == b"multipart/digest"))
        self._wanted = _common_start(self._open)
        self._leaf = None

    def _close(self, end: int) -> None:
        part, self._leaf = self._leaf, None
        if part is None:
            return
        names = self._file_name(part)
        if part.kind in _CALENDAR_TYPES or any(suffix in names for suffix in _CALENDAR_NAMES):
            self._seen.has_calendar = True
        elif part.kind in _MESSAGES or any(suffix in names for suffix in _CARRIED):
            raise _UnclearError
        elif part.kind.startswith(b"text/") or (
            part.kind == b"application/octet-stream" and any(suffix in names for suffix in _TEXT_NAMES)
        ):
            self._text(part, self._mail[part.begin : end])

    def _file_name(self, part: _Part) -> bytes:
        """What may hold the part's file name: its header, or the name decoded."""
        if _NAMED.search(part.lowered) is None:
            return b""
        if not any(mark in part.lowered for mark in _ODD_NAME):
            return part.lowered
        names = []
        for name in (b"content-disposition", b"content-type"):
            parameters = parse_parameters(_field(part.header, part.lowered, name) or b"")[1]
            names += [parameters.get("filename", ""), parameters.get("name", "")]
        return "\n".join(names).lower().encode("utf-8", "replace")

    def _text(self, part: _Part, body: bytes) -> None:
        if b"delsp" in part.lowered:
            raise _UnclearError
        charset = ""
        if b"charset" in part.lowered:
            charset = parse_parameters(_field(part.header, part.lowered, b"content-type") or b"")[1].get("charset", "")
        if part.encoding == b"base64":
            body = decode_base64(body)
        elif part.encoding == b"quoted-printable":
            body = binascii.a2b_qp(body)
        body = body.lower()
        is_html = part.kind == b"text/html"
        if not charset and is_html and (meta := _META.search(body, 0, 2048)):
            charset = meta[1].decode("ascii")
        if _PLAIN.fullmatch(charset.strip().lower()) is None or body.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in body:
            raise _UnclearError
        if b"begin:vcalendar" in body:
            self._seen.has_calendar = True
        if not is_html:
            self._seen.texts.append(body)
        if is_html or (b"<" in body and b">" in body):
            self._seen.texts.append(_shown(body))


def _common_start(open_: list[_Open]) -> bytes:
    """What every line begins with that may be one of these boundaries, the line end before it included."""
    if not open_:
        return b"\n--"
    least, most = min(one.boundary for one in open_), max(one.boundary for one in open_)
    same = next((at for at, (one, other) in enumerate(zip(least, most, strict=False)) if one != other), len(least))
    return b"\n--" + least[:same]


def _shown(html: bytes) -> bytes:
    """The letters of HTML without its tags; what stood on both sides of one stands together."""
    if _UNCLEAR.search(html):
        raise _UnclearError
    if b"<!--" in html:
        html = _without_comments(html)
    if b"<style" in html:
        html = _STYLE.sub(_without_style, html)
    shown = b"".join(_SHOWN.findall(b">" + html))
    if b">" in shown and _QUOTED_MARK.search(shown):
        raise _UnclearError
    if (b"&" in shown or not shown.isascii()) and (_ENTITY.search(shown) or _VANISHING.search(shown)):
        raise _UnclearError
    if len(shown.translate(None, _CONTROLS)) != len(shown):
        raise _UnclearError
    return shown


def _without_style(found: re.Match[bytes]) -> bytes:
    """Nothing in place of a style sheet; one that the end of a comment stands in may be none, and stays."""
    return found[0] if b"--" in found[0] else b""


def _comments(html: bytes) -> Iterator[int]:
    """Where comments begin; one that is never closed is none."""
    begin = html.find(b"<!--")
    while begin >= 0:
        if html.startswith((b">", b"->"), begin + 4):
            begin = html.find(b"<!--", begin + 4)
            continue
        end = _COMMENT_END.search(html, begin + 4)
        if end is None:
            return
        yield begin
        begin = html.find(b"<!--", end.end())


def _without_comments(html: bytes) -> bytes:
    """HTML without its comments, kept where they are the way to speak to one mail program ("[if mso]")."""
    for begin in _comments(html):
        before = begin - 1
        while before >= 0 and html[before] == 0x3E:
            before = html.rfind(b"<", 0, before) - 1
        if before >= 0 and 0x61 <= html[before] <= 0x7A:
            raise _UnclearError  # a word may go on behind it
    return html


def _field(header: bytes, lowered: bytes, name: bytes) -> bytes | None:
    key = b"\n" + name
    at = lowered.find(key)
    while at >= 0:
        colon = at + len(key)
        while lowered[colon : colon + 1] in (b" ", b"\t"):
            colon += 1
        if lowered[colon : colon + 1] == b":":
            end = header.find(b"\n", colon)
            while end >= 0 and header[end + 1 : end + 2] in (b" ", b"\t"):
                end = header.find(b"\n", end + 1)
            return header[colon + 1 : len(header) if end < 0 else end].replace(b"\r", b"").replace(b"\n", b"").strip()
        at = lowered.find(key, colon)
    return None
