"""Writing header fields and bodies: RFC 5322 lines, RFC 2047 words, RFC 2231 parameters, quoted-printable.

Written by hand rather than by the standard library, which folds a message id of 78 characters or more into an encoded word
(F1) and, asked for longer lines, makes encoded words longer than the 75 characters that RFC 2047 allows. Everything is pure
7-bit ASCII, so that it survives relays without 8BITMIME.
"""

from __future__ import annotations

import re
from base64 import b64encode
from typing import Final

from pamit.errors import ErrorKind, PamitError
from pamit.formats.email.headers import Address

__all__ = [
    "addr_spec",
    "base64_body",
    "clean_text",
    "encode_addresses",
    "encode_parameter",
    "encode_text",
    "one_line",
    "quoted_printable",
]

_LINE: Final = 76
_WORD: Final = 75
"""The longest encoded word (RFC 2047 §2)."""

# Every character that some reader takes for the end of a line (threat T13), the other controls, and lone surrogates.
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
# What steers the direction of letters could make a subject or a name look like another one.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_OTHER_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOT_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_PLAIN_IN_WORD: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
_TOKEN = re.compile(r"[A-Za-z0-9!#$&+.^_`{|}~-]+")
_PLAIN_IN_PARAMETER: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`{|}~")
_LOCAL_PART: Final = 64
_DOMAIN: Final = 253


def one_line(text: str) -> str:
    """A text for a header: every kind of line end and control is a blank, blanks are single, nothing steers direction.

    >>> one_line("Undangan\\r\\nBcc: x@y.example\\u2028 wawancara ")
    'Undangan Bcc: x@y.example wawancara'
    """
    return " ".join(_INVISIBLE.sub("", _BREAKS.sub(" ", text)).split())


def clean_text(text: str) -> str:
    """A text for a body: one kind of line end, no controls, no white space at the ends of lines, no empty lines around it.

    >>> clean_text("\\nBaik, Bu. \\r\\nRani\\x00\\u2028")
    'Baik, Bu.\\nRani'
    """
    text = _OTHER_CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def addr_spec(email: str) -> str:
    """A mail address as it may stand in a header: checked, its domain in ASCII letters (IDNA).

    >>> addr_spec("hrd@bücher.example")
    'hrd@xn--bcher-kva.example'

    Raises:
        PamitError: INVALID ``bad-address``; REFUSED ``address-needs-smtputf8`` where the part before the @ is not ASCII
            (RFC 6531 addresses are not written).
    """
    local, at, domain = email.strip().rpartition("@")
    if not local.isascii():
        raise PamitError(
            ErrorKind.REFUSED, "address-needs-smtputf8", "The address has letters before the @ that not every server can carry."
        )
    try:
        domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    labels = domain.split(".")
    fits = len(local) <= _LOCAL_PART and len(domain) <= _DOMAIN
    if not (at and fits and _DOT_ATOM.fullmatch(local) and all(map(_LABEL.fullmatch, labels))):
        raise PamitError(ErrorKind.INVALID, "bad-address", "This is not a mail address.", length=len(email))
    return f"{local}@{domain}"


def encode_text(name: str, value: str) -> bytes:
    """An unstructured field such as Subject, folded; encoded as RFC 2047 words where it is not plain ASCII.

    >>> encode_text("Subject", "Undangan – Kasir")
    b'Subject: =?utf-8?q?Undangan_=E2=80=93_Kasir?=\\r\\n'
    """
    value = one_line(value)
    words = value.split(" ")
    if value.isascii() and "=?" not in value and max(map(len, words)) < _LINE - len(name) - 2:
        return _folded(name, words)
    return _folded(name, _encoded_words(value, len(name) + 2))


def encode_addresses(name: str, addresses: tuple[Address, ...]) -> bytes:
    """An address field such as To, one mailbox after another, folded between them.

    >>> encode_addresses("To", (Address("HRD, Pusat", "hrd@contoh.example"),))
    b'To: "HRD, Pusat" <hrd@contoh.example>\\r\\n'

    Raises:
        PamitError: as :func:`addr_spec`.
    """
    pieces: list[str] = []
    for number, address in enumerate(addresses):
        comma = "," if number + 1 < len(addresses) else ""
        spec = addr_spec(address.email)
        phrase = _phrase(one_line(address.name or ""), len(name) + 2)
        pieces += [*phrase, f"<{spec}>{comma}"] if phrase else [spec + comma]
    return _folded(name, pieces)


def encode_parameter(name: str, value: str) -> str:
    """A parameter of a content header, each piece on a line of its own: plain, or twice where it is not ASCII.

    The second form is RFC 2231's, in numbered pieces where it is long; the first keeps older readers content.

    >>> encode_parameter("filename", "surat.pdf")
    ';\\r\\n filename="surat.pdf"'
    """
    value = one_line(value)
    plain = "".join(letter if " " <= letter <= "~" and letter not in '"\\%' else "_" for letter in value)
    short = len(plain) <= _LINE - len(name) - 5
    if plain == value and short:
        return f';\r\n {name}="{plain}"'
    if not short:
        stem, dot, suffix = plain.rpartition(".")
        plain = f"{stem[:40].rstrip()}{dot}{suffix[:10]}" if stem else plain[:50].rstrip()
    octets = "".join(chr(byte) if byte in _PLAIN_IN_PARAMETER else f"%{byte:02X}" for byte in value.encode("utf-8"))
    pieces = _cut(f"utf-8''{octets}", _LINE - len(name) - 8)
    extended = [f"{name}*={pieces[0]}"] if len(pieces) == 1 else [f"{name}*{i}*={piece}" for i, piece in enumerate(pieces)]
    return "".join(f";\r\n {piece}" for piece in (f'{name}="{plain}"', *extended))


def _cut(octets: str, length: int) -> list[str]:
    """Pieces of at most that length; a ``%XX`` stays whole."""
    pieces = []
    while len(octets) > length:
        end = length
        while "%" in octets[end - 2 : end]:
            end -= 1
        pieces.append(octets[:end])
        octets = octets[end:]
    return [*pieces, octets]


def _phrase(name: str, used: int) -> list[str]:
    """A display name: atoms, a quoted string, or encoded words (never inside quotes)."""
    if not name:
        return []
    if name.isascii() and "=?" not in name and len(name) < _LINE - used:
        if _ATOMS.fullmatch(name):
            return name.split(" ")
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        return [f'"{escaped}"']
    return _encoded_words(name, used)


def _encoded_words(value: str, used: int) -> list[str]:
    """RFC 2047 words of at most 75 characters; no letter is split between two.

    Args:
        used: the characters already on the first line.
    """
    plain = sum(byte in _PLAIN_IN_WORD or byte == 0x20 for byte in value.encode("utf-8"))
    quoted = 2 * plain > len(value.encode("utf-8"))
    words: list[str] = []
    content = b""
    room = _WORD - used
    for letter in value:
        octets = letter.encode("utf-8")
        if _word_length(content + octets, quoted) > room and content:
            words.append(_word(content, quoted))
            content, room = b"", _WORD
        content += octets
    return [*words, _word(content, quoted)]


def _word_length(content: bytes, quoted: bool) -> int:
    if quoted:
        return 12 + sum(1 if byte in _PLAIN_IN_WORD or byte == 0x20 else 3 for byte in content)
    return 12 + 4 * ((len(content) + 2) // 3)


def _word(content: bytes, quoted: bool) -> str:
    if not quoted:
        return f"=?utf-8?b?{b64encode(content).decode('ascii')}?="
    letters = "".join(chr(byte) if byte in _PLAIN_IN_WORD else "_" if byte == 0x20 else f"={byte:02X}" for byte in content)
    return f"=?utf-8?q?{letters}?="


def _folded(name: str, pieces: list[str]) -> bytes:
    lines = [f"{name}:"]
    for piece in pieces:
        # Nothing is put on a line of its own right behind the name: some readers keep that line's blank (F2).
        if len(lines[-1]) + 1 + len(piece) > _LINE and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {piece}"
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


def quoted_printable(text: str) -> bytes:
    """A text as quoted-printable: lines of at most 76 characters, CRLF, nothing that a relay would change.

    White space at a line's end is dropped, "From " and a dot at a line's start are protected.

    >>> quoted_printable("From sini\\n.")
    b'=46rom sini\\r\\n=2E\\r\\n'
    """
    lines: list[str] = []
    for line in text.split("\n"):
        lines += _quoted_lines(line.rstrip())
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


def _quoted_lines(line: str) -> list[str]:
    written: list[str] = []
    current = ""
    for letter in line:
        plain = letter == "\t" or (" " <= letter <= "~" and letter != "=")
        token = letter if plain else "".join(f"={byte:02X}" for byte in letter.encode("utf-8", "replace"))
        if len(current) + len(token) >= _LINE:
            written.append(current + "=")
            current = ""
        # A lone dot ends a message in SMTP, and "From " separates messages in an mbox file.
        if not current and letter == ".":
            token = "=2E"
        elif current == "From" and letter == " ":
            current = "=46rom"
        current += token
    return [*written, current]


def base64_body(data: bytes) -> bytes:
    """Bytes as base64 in lines of 76 characters."""
    letters = b64encode(data)
    return b"".join(letters[at : at + _LINE] + b"\r\n" for at in range(0, len(letters), _LINE))
