"""Header fields: blocks, parameters (RFC 2231), encoded words (RFC 2047), addresses and message ids (RFC 5322).

Everything is one pass over the text with counts kept; nothing recurses, nothing raises on malformed input.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final
from urllib.parse import unquote_to_bytes

from pamit.domain.hosts import ascii_address, ascii_host
from pamit.formats.email.charsets import decode_text
from pamit.formats.limits import Limits, refuse_above

__all__ = [
    "Address",
    "Field",
    "decode_field",
    "is_disputed",
    "message_ids",
    "parse_addresses",
    "parse_date",
    "parse_parameters",
    "read_fields",
]

Field = tuple[str, bytes]
"""A field's name in lower case and its unfolded raw value."""

_NAME = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_WORD = re.compile(r"=\?([^?\s]{1,80})\?([bBqQ])\?([^?\r\n]*)\?=")
_ID = re.compile(r"<[^<>\s]+>")
_CONTROLS = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]+")
_PARAMETER = re.compile(r'(?<![^\s=;"])([^\s=;"]{1,100})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))', re.DOTALL)
_CONTINUED = re.compile(r"(.+?)\*(\d{1,4})?(\*)?")
_LONGEST_COMPARED: Final = 2_000
_MOST_COMMENTS: Final = 20
_ADDRESS_FIELDS: Final = frozenset(("from", "sender", "reply-to", "to", "cc", "bcc", "resent-from", "resent-to"))


@dataclass(frozen=True)
class Address:
    """A mailbox.

    Attributes:
        name: the display name, decoded; None where there is none.
        email: the addr-spec as written, or what stood in its place.
    """

    name: str | None
    email: str

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name else self.email


def read_fields(data: bytes, begin: int, limits: Limits) -> tuple[list[Field], int]:
    """The header fields that begin at a position, and the position where the body begins.

    A line that is neither a field nor its continuation ends the block (and belongs to the body).

    Raises:
        PamitError: REFUSED ``too-many-headers``, ``header-too-large``, ``too-many-encoded-words``, ``too-many-addresses``.
    """
    fields: list[Field] = []
    position = begin
    name = ""
    pieces: list[bytes] = []
    size = 0
    addresses = 0
    while True:
        end = data.find(b"\n", position)
        stop = len(data) if end < 0 else end
        continues = data[position : position + 1] in (b" ", b"\t")
        found = None
        if not (continues and pieces):
            found = _NAME.match(data, position, min(stop, position + 300))
            if found is None and not (position == begin and data.startswith((b"From ", b">From "), position)):
                break
        refuse_above(stop - begin, limits.header_block, "header-too-large", "bytes of header fields")
        size = size + stop - position if found is None else stop - position
        refuse_above(size, limits.header_field, "header-too-large", "bytes in one header field", name or None)
        if found is not None:
            if pieces:
                addresses += _close(fields, name, pieces, limits)
            name = found[1].decode("ascii").lower()
            pieces = [data[found.end() : stop]]
            refuse_above(len(fields) + 1, limits.header_fields, "too-many-headers", "header fields")
        elif continues:
            pieces.append(data[position:stop])
        if end < 0:
            position = stop
            break
        position = end + 1
    if pieces:
        addresses += _close(fields, name, pieces, limits)
    refuse_above(addresses, limits.addresses_total, "too-many-addresses", "addresses in all header fields")
    if data.startswith(b"\r\n", position):
        position += 2
    elif data.startswith(b"\n", position):
        position += 1
    return fields, position


def _close(fields: list[Field], name: str, pieces: list[bytes], limits: Limits) -> int:
    """Keep a finished field; says how many addresses it may hold."""
    value = b"".join(piece.rstrip(b"\r") for piece in pieces).strip()
    words = value.count(b"=?") if b"=?" in value else 0
    refuse_above(words, 2 * limits.encoded_words, "too-many-encoded-words", "encoded words", name)
    fields.append((name, value))
    if name not in _ADDRESS_FIELDS:
        return 0
    addresses = max(value.count(b"@"), value.count(b"<"))
    refuse_above(addresses, limits.addresses, "too-many-addresses", "addresses", name)
    return addresses


def decode_field(value: bytes | str) -> str:
    """A field's text: encoded words decoded, other bytes as UTF-8 or Windows-1252, controls as blanks.

    Words split in the middle of a letter are joined before decoding; words inside quotes are decoded too, since senders
    put them there.

    >>> decode_field(b"=?utf-8?q?Undangan_wawancara_=E2=80=93?= =?utf-8?q?_Staf_Gudang?=")
    'Undangan wawancara – Staf Gudang'
    """
    text = value if isinstance(value, str) else decode_text(value, None)[0]
    if "=?" in text:
        text = _decode_words(text)
    return " ".join(_CONTROLS.sub(" ", text).split(" ")).strip()


def _decode_words(text: str) -> str:
    parts: list[str] = []
    pending: list[bytes] = []
    charset = ""
    last = 0
    for word in _WORD.finditer(text):
        between = text[last : word.start()]
        claimed = word[1].partition("*")[0].lower()
        if pending and (between.strip(" \t\r\n") or claimed != charset):
            parts.append(decode_text(b"".join(pending), charset)[0])
            pending = []
            if between.strip(" \t\r\n"):
                parts.append(between)
        elif not pending:
            parts.append(between)
        charset = claimed
        pending.append(_word_bytes(word[2], word[3]))
        last = word.end()
    if pending:
        parts.append(decode_text(b"".join(pending), charset)[0])
    parts.append(text[last:])
    return "".join(parts)


def _word_bytes(encoding: str, content: str) -> bytes:
    raw = content.encode("ascii", "ignore")
    if encoding in "bB":
        return decode_base64(raw)
    return binascii.a2b_qp(raw, header=True)


_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64: Final = bytes(set(range(256)) - set(_BASE64))


def decode_base64(data: bytes) -> bytes:
    """The bytes of base64 text; letters outside its alphabet are passed over, a cut end is kept as far as it goes."""
    letters = data.translate(None, _NOT_BASE64)
    rest = len(letters) % 4
    if rest == 1:
        letters = letters[:-1]
    elif rest:
        letters += b"=" * (4 - rest)
    return binascii.a2b_base64(letters)


def message_ids(value: bytes) -> tuple[str, ...]:
    """The message ids in a field, each with its brackets, in order (a folded field keeps no blank: F2).

    >>> message_ids(b" <a@kirim.example>  <b@kirim.example>")
    ('<a@kirim.example>', '<b@kirim.example>')
    """
    return tuple(_ID.findall(decode_text(value, None)[0]))


def parse_date(value: bytes) -> datetime | None:
    """The moment of a Date field, aware; None where it is none. "-0000" counts as UTC."""
    text = decode_field(value[:200])
    try:
        moment = parsedate_to_datetime(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
    return moment


def parse_parameters(value: bytes) -> tuple[str, dict[str, str]]:
    """A field such as Content-Type: its main value in lower case, and its parameters, RFC 2231 pieces joined.

    >>> parse_parameters(b"text/plain; charset=utf-8; name*=utf-8''surat%20panggilan.txt")
    ('text/plain', {'charset': 'utf-8', 'name': 'surat panggilan.txt'})
    """
    text = decode_text(value, None)[0]
    main, _, rest = text.partition(";")
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for found in _PARAMETER.finditer(rest):
        name = found[1].lower()
        content = found[2].replace("\\", "") if found[2] is not None else (found[3] or "").strip(" \t\r\n\"'")
        continued = _CONTINUED.fullmatch(name) if "*" in name else None
        if continued is None:
            plain.setdefault(name, decode_field(content))
        else:
            pieces.setdefault(continued[1], {})[int(continued[2] or 0)] = (content, name.endswith("*"))
    for name, numbered in pieces.items():
        plain[name] = _joined(numbered)
    return main.strip().lower(), plain


def _joined(numbered: dict[int, tuple[str, bool]]) -> str:
    charset = None
    raw: list[bytes] = []
    for number in sorted(numbered):
        content, encoded = numbered[number]
        if encoded and not raw and content.count("'") > 1:
            charset, _, content = content.split("'", 2)
        raw.append(unquote_to_bytes(content) if encoded else content.encode("utf-8", "replace"))
    return _CONTROLS.sub(" ", decode_text(b"".join(raw), charset)[0])


def parse_addresses(value: bytes, limits: Limits) -> tuple[Address, ...]:
    """The mailboxes of an address field; groups are opened, comments serve as names where there is no other.

    One pass, without recursion: nested comments are counted (a thousand open brackets break the standard parser).

    >>> [str(a) for a in parse_addresses(b'"HRD, Pusat" <hrd@contoh.example>, karir@contoh.example', Limits())]
    ['HRD, Pusat <hrd@contoh.example>', 'karir@contoh.example']
    """
    text = decode_text(value, None)[0]
    found: list[Address] = []
    for phrase, angle, comment in _mailboxes(text, limits.addresses):
        address = _address(phrase, angle, comment)
        if address is not None:
            found.append(address)
    return tuple(found)


def is_disputed(value: bytes, found: tuple[Address, ...]) -> bool:
    """Whether another reader, the standard library's, takes other addresses from a field than those that were found (T11).

    Programs disagree about twisted fields, and whoever twists one counts on it.
    """
    if len(value) > _LONGEST_COMPARED or value.count(b"(") > _MOST_COMMENTS:  # beyond these the other reader is exhausted
        return True
    others = getaddresses([value.decode("utf-8", "replace")])
    theirs = {ascii_address(address).casefold() for _, address in others if "@" in address}
    ours = {one.email.casefold() for one in found if "@" in one.email}
    return theirs != ours or any(one.startswith("@") for one in ours)


def _address(phrase: str, angle: str | None, comment: str) -> Address | None:
    name = decode_field(phrase)
    if angle is not None:
        email = angle.rpartition(":")[2] if angle.startswith("@") else angle  # an obsolete route
        return Address(name.strip(" '\"") or decode_field(comment) or None, _lowered(_CONTROLS.sub("", email).strip()))
    if "@" in phrase and "=?" not in phrase:
        return Address(decode_field(comment) or None, _lowered("".join(_CONTROLS.sub("", phrase).split())))
    inner = _ID.search(name)  # a whole mailbox inside one encoded word
    if inner:
        return Address(name[: inner.start()].strip(" '\"") or None, _lowered(inner[0][1:-1]))
    return Address(None, name) if name else None


def _lowered(address: str) -> str:
    """An address with its house in small letters and in ASCII, in which no letter passes for another (T11)."""
    user, at, house = address.rpartition("@")
    return f"{user}@{ascii_host(house)}" if at else address.lower()


def _mailboxes(text: str, most: int) -> list[tuple[str, str | None, str]]:
    """Split an address list into (phrase, address in angle brackets, comment)."""
    boxes: list[tuple[str, str | None, str]] = []
    phrase: list[str] = []
    comment: list[str] = []
    angle: list[str] | None = None
    closed_angle: str | None = None
    depth = 0
    quoted = escaped = False
    for letter in text:
        if escaped:
            (comment if depth else phrase).append(letter)
            escaped = False
        elif letter == "\\" and (quoted or depth):
            escaped = True
        elif depth:
            depth += (letter == "(") - (letter == ")")
            if depth:
                comment.append(letter)
        elif letter == '"' and angle is None:
            quoted = not quoted
        elif quoted:
            phrase.append(letter)
        elif angle is not None:
            if letter == ">":
                closed_angle, angle = "".join(angle), None
            elif letter != "<":
                angle.append(letter)
        elif letter == "(":
            depth = 1
        elif letter == "<":
            angle = []
        elif letter in ",;":
            boxes.append(("".join(phrase), closed_angle, "".join(comment)))
            phrase, comment, closed_angle = [], [], None
            if len(boxes) >= most:
                return boxes
        elif letter == ":":
            if "@" in phrase or "=" in phrase:
                phrase.append(letter)
            else:
                phrase, comment = [], []  # the name of a group
        else:
            phrase.append(letter)
    if angle is not None:
        closed_angle = "".join(angle)
    boxes.append(("".join(phrase), closed_angle, "".join(comment)))
    return boxes
