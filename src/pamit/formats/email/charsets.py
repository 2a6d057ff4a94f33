"""From bytes to characters, whatever the sender claims the encoding to be."""

from __future__ import annotations

import codecs
import re
from typing import Final

__all__ = ["decode_text"]

# Only codecs for letters: Python also registers "hex", "zip" or "punycode", which a sender must not be able to call.
_LETTERS = re.compile(
    r"(?:utf|ucs|iso8859|iso2022|windows|cp|koi8|gb|hz|big5|euc|shift|sjis|ms|ks|tis|mac|latin|l[1-9]$|ascii|usascii|johab|ptcp)"
)
_NOISE = re.compile(r"[^a-z0-9]+")

# What senders write for an encoding, against what they mean (the web's own table treats them alike).
_MEANT: Final = {
    "iso88591": "cp1252",
    "latin1": "cp1252",
    "l1": "cp1252",
    "windows1252": "cp1252",
    "cp1252": "cp1252",
    "iso885911": "cp874",
    "tis620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ksc56011987": "cp949",
    "ksc5601": "cp949",
    "euckr": "cp949",
    "shiftjis": "cp932",
    "sjis": "cp932",
    "xsjis": "cp932",
    "windows31j": "cp932",
    "big5hkscs": "big5hkscs",
    "unicode11utf7": "utf-7",
}
_UNSTATED: Final = frozenset(
    ("", "utf8", "ascii", "usascii", "unknown8bit", "xunknown", "unknown", "default", "binary", "8bit", "none")
)


def decode_text(data: bytes, charset: str | None) -> tuple[str, str | None]:
    """The characters of a text, and what was wrong with its claimed encoding.

    A byte order mark wins, then valid UTF-8 where the claim is absent or impossible, then the claim, then Windows-1252.
    Never raises.

    >>> decode_text("pukul 09.00–10.30".encode(), "x-unknown")
    ('pukul 09.00–10.30', 'charset-unknown')

    Returns:
        the text, and ``charset-unknown``, ``charset-contradicted``, ``charset-guessed`` or None.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), None
    data = data.removeprefix(codecs.BOM_UTF8)
    claim = _NOISE.sub("", (charset or "").lower()[:60])
    if claim in _UNSTATED:
        text = _as_utf8(data)
        if text is None:
            return data.decode("cp1252", "replace"), "charset-guessed"
        return text, "charset-unknown" if claim.endswith("unknown") else None
    codec = _MEANT.get(claim) or _codec(claim, charset or "")
    if codec is None:
        text = _as_utf8(data)
        return (data.decode("cp1252", "replace") if text is None else text), "charset-unknown"
    if codec == "cp1252" and not data.isascii():
        text = _as_utf8(data)
        if text is not None:  # letters that are UTF-8 throughout are not Windows-1252 by chance
            return text, "charset-contradicted"
    try:
        return data.decode(codec), None
    except (UnicodeError, ValueError):
        text = _as_utf8(data)
        if text is not None:
            return text, "charset-contradicted"
        return data.decode(codec, "replace"), "charset-contradicted"


def _as_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _codec(claim: str, charset: str) -> str | None:
    if not _LETTERS.match(claim):
        return None
    for name in (charset.strip().lower(), claim):
        try:
            return codecs.lookup(name).name
        except (LookupError, ValueError, UnicodeError):
            continue
    return None
