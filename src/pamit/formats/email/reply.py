"""A complete mail of the candidate's own as bytes: an answer in its thread, or a first letter.

Sources: protocols.md F1, F2, F6, §1.6, §2.1, §2.2, T13. The bytes are 7-bit, their lines end in CRLF, and before they are
given out they are read back and compared with what was meant.
"""

from __future__ import annotations

import re
from base64 import b32encode
from binascii import a2b_qp
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from typing import Final

from pamit.domain.calendar.wording import write_moment
from pamit.domain.calendar.zones import offset_zone
from pamit.domain.message import Draft
from pamit.domain.terms import Language
from pamit.errors import ErrorKind, PamitError
from pamit.formats.email.headers import Address
from pamit.formats.email.read import EmailMessageParts, parse_email
from pamit.formats.email.subject import reply_subject
from pamit.formats.email.write import (
    addr_spec,
    base64_body,
    clean_text,
    encode_addresses,
    encode_parameter,
    encode_text,
    one_line,
    quoted_printable,
)

__all__ = ["OutgoingFile", "build_reply", "make_message_id"]

_MAX_LINE: Final = 998
"""The longest line of a mail (RFC 5322 §2.1.1)."""

_MAX_REFERENCES: Final = 20
_QUOTED: Final = 20_000
"""How many characters of the original are quoted at most."""

_ID = re.compile(r"<[!-;=?-~]+>")
_METHOD = re.compile(rb"^METHOD:([A-Za-z-]{1,20})[ \t]*\r?$", re.MULTILINE)
_COMPONENT = re.compile(rb"^BEGIN:(V(?:EVENT|TODO|JOURNAL|FREEBUSY))[ \t]*\r?$", re.MULTILINE)
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}")
_ATTRIBUTION: Final = {
    Language.ID: "Pada {moment}, {who} menulis:",
    Language.EN: "On {moment}, {who} wrote:",
}


@dataclass(frozen=True)
class OutgoingFile:
    """A file that goes with a mail.

    Attributes:
        name: as the recipient sees it; only its last part is used where it is a path.
        content_type: such as ``application/pdf``.
    """

    name: str
    content_type: str
    data: bytes


def make_message_id(random: bytes, domain: str) -> str:
    """A new message id; it is made once with the draft, kept, and never made again (protocols.md §2.4).

    Args:
        random: 16 random bytes or more.
        domain: of the From address.

    >>> make_message_id(bytes(16), "kirim.example")
    '<pamit.aaaaaaaaaaaaaaaaaaaaaaaaaa@kirim.example>'

    Raises:
        PamitError: INVALID ``too-little-randomness`` or ``bad-address``.
    """
    if len(random) < 16:
        raise PamitError(ErrorKind.INVALID, "too-little-randomness", "A message id needs 16 random bytes.", found=len(random))
    token = b32encode(random[:20]).decode("ascii").rstrip("=").lower()
    return f"<pamit.{addr_spec(f'{token}@{domain}')}>"


def build_reply(
    draft: Draft,
    *,
    sender: Address,
    to: tuple[Address, ...],
    cc: tuple[Address, ...] = (),
    original: EmailMessageParts | None = None,
    date: datetime,
    message_id: str,
    quote_original: bool = False,
    calendar: bytes | None = None,
    calendar_method: str | None = None,
    attachments: tuple[OutgoingFile, ...] = (),
    unsent: bool = False,
) -> bytes:
    """Build a mail from a draft. Pure: the same arguments give the same bytes.

    Args:
        sender: the address that was invited, with the person's name.
        to, cc: see :func:`pamit.formats.email.recipients.reply_recipients`; copies to the sender or to an address of ``to``
            are left out.
        original: the mail answered: it gives the thread and the subject; None for a mail that begins one.
        date: the aware moment of sending, with the person's own offset.
        message_id: from :func:`make_message_id`.
        quote_original: whether the original's words follow below.
        calendar: an iTIP object, bytes with CRLF; ``calendar_method`` must be its METHOD.
        attachments: files, in order.
        unsent: whether mail programs shall open the file as a draft to edit and send.

    Returns:
        the mail: 7-bit, CRLF, no line of text above 76 characters.

    Raises:
        PamitError: INVALID ``bad-address``, ``bad-message-id``, ``naive-time``, ``empty``, ``calendar-method``,
            ``bad-content-type``, ``mail-not-as-meant``; MISSING ``no-recipient``; REFUSED ``address-needs-smtputf8``, and
            the limits of :func:`parse_email`, above which nobody would read it.
    """
    if not to:
        raise PamitError(ErrorKind.MISSING, "no-recipient", "A mail needs an address to go to.")
    if date.utcoffset() is None:
        raise PamitError(ErrorKind.INVALID, "naive-time", "The date of a mail needs an offset from UTC.")
    if not _is_id(message_id):
        raise PamitError(ErrorKind.INVALID, "bad-message-id", "The message id is not of the form <token@domain>.")
    language = draft.language or Language.ID
    text = clean_text(draft.text)
    if not text:
        raise PamitError(ErrorKind.INVALID, "empty", "There is nothing to send: the message is empty.")
    if quote_original and original is not None:
        text += "\n\n" + _quoted(original, language)
    fields = _Fields()
    fields.add("From", encode_addresses("From", (sender,)))
    to, cc = _distinct(sender, to, cc)
    fields.add("To", encode_addresses("To", to))
    if cc:
        fields.add("Cc", encode_addresses("Cc", cc))
    subject = reply_subject(original.subject) if original and original.subject else one_line(draft.subject or "")
    if subject:
        fields.add("Subject", encode_text("Subject", subject))
    fields.add("Date", f"Date: {format_datetime(date)}\r\n".encode("ascii"))
    fields.add("Message-ID", f"Message-ID: {message_id}\r\n".encode("ascii"))
    parents = _parents(original)
    if parents and original is not None and original.message_id:
        fields.add("In-Reply-To", f"In-Reply-To: {parents[-1]}\r\n".encode("ascii"))
    if parents:
        fields.add("References", _references(parents))
    if unsent:
        fields.add("X-Unsent", b"X-Unsent: 1\r\n")
    fields.add("MIME-Version", b"MIME-Version: 1.0\r\n")
    fields.add("Content-Language", f"Content-Language: {language.value}\r\n".encode("ascii"))
    token = sha256(message_id.encode("ascii")).hexdigest()[:20]
    content = _content(text, calendar, calendar_method, attachments, token)
    data = bytes(fields) + content.entity
    meant = _Meant(fields.names + content.names, subject or None, sender, to, cc, message_id, parents, text, calendar)
    _assert_as_meant(data, meant, has_parent=original is not None and original.message_id is not None)
    return data


# -- header fields ----------------------------------------------------------------------------------------------------


class _Fields:
    """The header fields in their order."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._lines: list[bytes] = []

    def add(self, name: str, line: bytes) -> None:
        self.names.append(name.lower())
        self._lines.append(line)

    def __bytes__(self) -> bytes:
        return b"".join(self._lines)


def _is_id(text: str) -> bool:
    return len(text) <= _MAX_LINE - len("In-Reply-To: ") and bool(_ID.fullmatch(text))


def _distinct(
    sender: Address, to: tuple[Address, ...], cc: tuple[Address, ...]
) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
    """Every mailbox once, in To rather than in Cc, and no copy to oneself."""
    seen: set[str] = set()
    first: list[Address] = []
    copies: list[Address] = []
    for address in to:
        key = addr_spec(address.email).casefold()
        if key not in seen:
            seen.add(key)
            first.append(address)
    seen.add(addr_spec(sender.email).casefold())
    for address in cc:
        key = addr_spec(address.email).casefold()
        if key not in seen:
            seen.add(key)
            copies.append(address)
    return tuple(first), tuple(copies)


def _parents(original: EmailMessageParts | None) -> tuple[str, ...]:
    """The thread's ids, oldest first, the answered mail's last: the first and the latest where there are many.

    The old References, or In-Reply-To where there are none and it names one mail (RFC 5322 §3.6.4).
    """
    if original is None:
        return ()
    older = original.references or (original.in_reply_to if len(original.in_reply_to) == 1 else ())
    last = original.message_id if original.message_id and _is_id(original.message_id) else None
    ids = [one for one in dict.fromkeys(older) if _is_id(one) and "@" in one and one != last]
    if last is not None:
        ids.append(last)
    if len(ids) > _MAX_REFERENCES:
        ids = [ids[0], *ids[1 - _MAX_REFERENCES :]]
    # The line as a reader sees it, unfolded, stays within the limit of a line too.
    while len(ids) > 1 and len("References: ") + len(" ".join(ids)) > _MAX_LINE:
        del ids[1 if len(ids) > 2 else 0]
    return tuple(ids)


def _references(ids: tuple[str, ...]) -> bytes:
    return ("References: " + "\r\n ".join(ids) + "\r\n").encode("ascii")


# -- words ------------------------------------------------------------------------------------------------------------


def _quoted(original: EmailMessageParts, language: Language) -> str:
    sender = original.sender
    who = one_line(sender.name or sender.email) if sender else "…"
    lines = clean_text(original.text[:_QUOTED]).split("\n")
    quoted = "\n".join(f">{line}" if line.startswith(">") or not line else f"> {line}" for line in lines)
    if original.date is None:
        return quoted
    moment = write_moment(original.date, _zone_of(original.date), language)
    return f"{_ATTRIBUTION[language].format(moment=moment, who=who)}\n{quoted}"


def _zone_of(moment: datetime) -> str:
    try:
        return offset_zone(moment.utcoffset() or timedelta())
    except PamitError:
        return "UTC"


# -- body -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Part:
    """A part of the mail: its own header fields, a blank line, its body.

    Attributes:
        names: of its header fields, in lower case.
    """

    names: list[str]
    entity: bytes


def _content(text: str, calendar: bytes | None, method: str | None, attachments: tuple[OutgoingFile, ...], token: str) -> _Part:
    words = _part("text/plain; charset=utf-8", "quoted-printable", quoted_printable(text))
    if calendar is not None:
        # The one shape that Exchange, Google and Thunderbird all read; no second copy as a file, which some import twice.
        words = _joined("alternative", [words, _calendar_part(calendar, method)], f"=_alt_{token}")
    elif method is not None:
        raise PamitError(ErrorKind.INVALID, "calendar-method", "A calendar method was given without a calendar object.")
    if attachments:
        words = _joined("mixed", [words, *map(_file_part, attachments)], f"=_mix_{token}")
    return words


def _part(content_type: str, encoding: str, body: bytes, disposition: str | None = None) -> _Part:
    names = ["content-type", "content-transfer-encoding"]
    head = f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n"
    if disposition is not None:
        names.append("content-disposition")
        head += f"Content-Disposition: {disposition}\r\n"
    return _Part(names, head.encode("ascii") + b"\r\n" + body)


def _joined(kind: str, parts: list[_Part], boundary: str) -> _Part:
    # "=_" occurs in neither quoted-printable nor base64, so no body can hold the boundary.
    delimiter = f"--{boundary}".encode("ascii")
    body = b"".join(delimiter + b"\r\n" + part.entity for part in parts)
    head = f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"\r\n\r\n'.encode("ascii")
    return _Part(["content-type"], head + body + delimiter + b"--\r\n")


def _calendar_part(calendar: bytes, method: str | None) -> _Part:
    stated = _METHOD.search(calendar)
    component = _COMPONENT.search(calendar)
    if stated is None or component is None or method is None or stated[1].decode("ascii").upper() != method.upper():
        raise PamitError(
            ErrorKind.INVALID,
            "calendar-method",
            "The calendar object and its part do not name the same method; the organiser's program would drop it.",
        )
    kind = f"text/calendar; charset=utf-8; method={method.upper()};\r\n component={component[1].decode('ascii')}"
    return _part(kind, "base64", base64_body(calendar))


def _file_part(file: OutgoingFile) -> _Part:
    kind = file.content_type.strip().lower()
    if not _TYPE.fullmatch(kind) or kind.startswith(("multipart/", "message/")):
        raise PamitError(ErrorKind.INVALID, "bad-content-type", "The type of an attachment is not of the form type/subtype.")
    name = one_line(file.name.replace("\\", "/").rpartition("/")[2]) or "file"
    disposition = "attachment" + encode_parameter("filename", name)
    return _part(kind + encode_parameter("name", name), "base64", base64_body(file.data), disposition)


# -- the proof --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Meant:
    """What the mail must say when it is read back."""

    names: list[str]
    subject: str | None
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    message_id: str
    parents: tuple[str, ...]
    text: str
    calendar: bytes | None


def _assert_as_meant(data: bytes, meant: _Meant, *, has_parent: bool) -> None:
    """Read our own bytes back and compare; refuse to give out anything else than what was meant (T13).

    Raises:
        PamitError: INVALID ``mail-not-as-meant`` with the name of what differs.
    """
    head = data.partition(b"\r\n\r\n")[0]
    found = parse_email(data)
    answered = meant.parents[-1:] if has_parent else ()
    checks = {
        "7bit": data.isascii(),
        "line-ends": b"\n" not in data.replace(b"\r\n", b"") and b"\r" not in data.replace(b"\r\n", b""),
        "line-length": max(map(len, data.split(b"\r\n"))) <= _MAX_LINE,
        "fields": [name for name, _ in found.fields] == meant.names,
        "subject": found.subject == meant.subject,
        "from": _specs(found.senders) == _specs((meant.sender,)),
        "to": _specs(found.to) == _specs(meant.to),
        "cc": _specs(found.cc) == _specs(meant.cc),
        "message-id": found.message_id == meant.message_id and meant.message_id.encode() in head,
        "in-reply-to": found.in_reply_to == answered,
        "references": found.references == meant.parents and all(one.encode() in head for one in meant.parents),
        "text": a2b_qp(quoted_printable(meant.text)).decode("utf-8") == meant.text.replace("\n", "\r\n") + "\r\n",
        "calendar": meant.calendar is None or any(part.data == meant.calendar for part in found.calendars),
    }
    wrong = next((what for what, holds in checks.items() if not holds), None)
    if wrong is not None:
        message = f"The mail read back is not the mail that was meant: {wrong}."
        raise PamitError(ErrorKind.INVALID, "mail-not-as-meant", message, what=wrong)


def _specs(addresses: tuple[Address, ...]) -> list[str]:
    return [addr_spec(address.email) for address in addresses]
