"""A mail as values: who wrote what when, the words to read, the calendar objects, the messages carried inside."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from pamit.errors import PamitError
from pamit.formats.email.charsets import decode_text
from pamit.formats.email.headers import (
    Address,
    decode_base64,
    decode_field,
    is_disputed,
    message_ids,
    parse_addresses,
    parse_date,
    parse_parameters,
)
from pamit.formats.email.structure import Entity, scan_structure
from pamit.formats.html import html_to_text, looks_like_html
from pamit.formats.limits import DEFAULT_LIMITS, Limits, refuse_above

__all__ = ["Attachment", "CalendarPart", "EmailMessageParts", "parse_email"]

TextSource = Literal["plain", "html", "none"]

_CALENDAR_TYPES: Final = frozenset(("text/calendar", "application/ics", "text/x-vcalendar", "application/calendar"))
_CALENDAR_SUFFIXES: Final = (".ics", ".ical", ".vcs")
_MESSAGE_TYPES: Final = frozenset(("message/rfc822", "message/global"))
_THIN: Final = 0.3
_META_CHARSET = re.compile(rb"charset\s?=\s?[\"']?([A-Za-z0-9_.:-]{2,40})")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class CalendarPart:
    """A calendar object that came with a mail.

    Attributes:
        data: its bytes after the transfer encoding.
        method: the ``method`` parameter of the part, upper case; it should equal METHOD inside.
        charset: as stated by the part.
        name: its file name.
        is_attachment: whether it came as a file rather than as a form of the message.
    """

    data: bytes
    method: str | None = None
    charset: str | None = None
    name: str | None = None
    is_attachment: bool = False


@dataclass(frozen=True)
class Attachment:
    """A file that came with a mail.

    Attributes:
        name: as the sender writes it; never a path to store under.
        text: its words where it is a plain text.
    """

    name: str | None
    content_type: str
    text: str | None = None


@dataclass(frozen=True)
class EmailMessageParts:
    """A mail, taken apart.

    Attributes:
        senders: all of From; more than one is suspicious (T11).
        date: the aware moment of writing; None where it is not stated in a readable way.
        received: the aware moment at which the last server took the mail, where it says so.
        message_id, in_reply_to, references: ids with their brackets.
        text: the words to read, from text/plain or made from HTML.
        text_source: which of the two.
        calendars: calendar objects, equal copies once.
        forwarded: messages carried inside (message/rfc822), in order.
        content_type: of the whole, such as "multipart/report".
        fields: all header fields in order, names in lower case, values decoded.
        defects: kebab-case names of what was broken and mended, in order, each once.
    """

    subject: str | None = None
    senders: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    date: datetime | None = None
    received: datetime | None = None
    message_id: str | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    text: str = ""
    text_source: TextSource = "none"
    calendars: tuple[CalendarPart, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    forwarded: tuple[EmailMessageParts, ...] = ()
    content_type: str = "text/plain"
    fields: tuple[tuple[str, str], ...] = ()
    defects: tuple[str, ...] = ()

    @property
    def sender(self) -> Address | None:
        """The first of From."""
        return self.senders[0] if self.senders else None

    def field(self, name: str) -> str | None:
        """The first header field of that name, decoded."""
        wanted = name.lower()
        return next((value for known, value in self.fields if known == wanted), None)


def parse_email(data: bytes, limits: Limits = DEFAULT_LIMITS) -> EmailMessageParts:
    """Take a mail apart.

    Whatever is broken is mended and named in ``defects``; what passes a limit is refused before it is parsed.

    Args:
        data: the mail as stored; line ends of any kind, a leading mbox line allowed.

    Raises:
        PamitError: REFUSED ``too-large``, ``header-too-large``, ``too-many-headers``, ``too-many-encoded-words``,
            ``too-many-addresses``, ``too-many-parts`` or ``nested-too-deeply``.
    """
    refuse_above(len(data), limits.message, "too-large", "bytes")
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    return _Reader(data, limits).message(scan_structure(data, limits))


class _Reader:
    """Turns the scanned parts of one message into values."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._limits = limits
        self._defects: dict[str, None] = {}
        self._calendars: list[CalendarPart] = []
        self._attachments: list[Attachment] = []
        self._forwarded: list[EmailMessageParts] = []
        self._sources: list[TextSource] = []
        self._html_length = 0
        self._html_tags = 0

    def message(self, entity: Entity) -> EmailMessageParts:
        """The message whose header is the entity's own."""
        text = self._words(entity)
        if len(text) > self._limits.text:
            text = text[: self._limits.text]
            self._note("text-cut")
        if not self._calendars:
            text = self._without_object(text)
        headers = self._headers(entity)
        source: TextSource = "html" if "html" in self._sources else "plain" if self._sources else "none"
        return replace(
            headers,
            text=text,
            text_source=source if text else "none",
            calendars=_without_copies(self._calendars),
            attachments=tuple(self._attachments),
            forwarded=tuple(self._forwarded),
            content_type=entity.content_type,
            defects=tuple(self._defects),
        )

    def _without_object(self, text: str) -> str:
        """Words with a calendar object among them (a broken wrapping, a careless copy): the object put aside."""
        begin = text.find("BEGIN:VCALENDAR")
        end = text.rfind("END:VCALENDAR")
        if begin < 0 or end < begin:
            return text
        end += len("END:VCALENDAR")
        self._note("calendar-among-words")
        self._calendars.append(CalendarPart(text[begin:end].encode("utf-8", "replace"), charset="utf-8"))
        return f"{text[:begin].rstrip()}\n\n{text[end:].lstrip()}".strip("\n")

    def _headers(self, entity: Entity) -> EmailMessageParts:
        limits = self._limits
        senders = parse_addresses(entity.raw("from") or b"", limits)
        if sum(name == "from" for name, _ in entity.fields) > 1 or len(senders) > 1:
            self._note("several-senders")
        elif is_disputed(entity.raw("from") or b"", senders):
            self._note("disputed-sender")
        ids = message_ids(entity.raw("message-id") or b"")
        references = message_ids(entity.raw("references") or b"")
        if len(references) > limits.references:
            self._note("references-cut")
            references = (references[0], *references[1 - limits.references :])
        date = entity.raw("date")
        moment = parse_date(date) if date is not None else None
        if moment is None:
            self._note("date-missing" if date is None else "date-unreadable")
        subject = entity.raw("subject")
        return EmailMessageParts(
            subject=decode_field(subject) or None if subject is not None else None,
            senders=senders,
            reply_to=parse_addresses(entity.raw("reply-to") or b"", limits),
            to=parse_addresses(entity.raw("to") or b"", limits),
            cc=parse_addresses(entity.raw("cc") or b"", limits),
            date=moment,
            received=parse_date((entity.raw("received") or b"").rpartition(b";")[2].strip()),
            message_id=ids[0] if ids else None,
            in_reply_to=message_ids(entity.raw("in-reply-to") or b""),
            references=references,
            fields=tuple((name, decode_field(value)) for name, value in entity.fields),
        )

    def _words(self, entity: Entity) -> str:
        """The words of a part to read; everything else in it is put aside."""
        kind = entity.content_type
        if kind in ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"):
            self._note("encrypted")
        if kind.startswith("multipart/"):
            if not entity.children:
                self._note("boundary-not-found")
                return self._text(entity, "text/plain")
            if kind == "multipart/alternative":
                return self._best_of(entity.children)
            return "\n\n".join(text for text in map(self._words, entity.children) if text)
        disposition, parameters = parse_parameters(entity.raw("content-disposition") or b"")
        name = parameters.get("filename") or entity.parameters.get("name") or None
        if kind in _MESSAGE_TYPES or (name is not None and name.lower().endswith(".eml")):
            self._carried(entity)
        elif kind in _CALENDAR_TYPES or (name is not None and name.lower().endswith(_CALENDAR_SUFFIXES)):
            self._calendar(entity, name, is_attachment=disposition == "attachment" or kind != "text/calendar")
        elif kind in ("text/plain", "text/html") and disposition != "attachment" and not _is_file(name):
            return self._text(entity, kind)
        elif kind.startswith(("text/", "application/octet-stream")) and _is_file(name):
            self._attachments.append(Attachment(name, kind, self._text(entity, "text/plain", is_file=True)))
        elif kind == "application/ms-tnef":
            self._note("tnef")
            self._attachments.append(Attachment(name, kind))
        elif name is not None or disposition == "attachment":
            self._attachments.append(Attachment(name, kind))
        elif kind.startswith("text/") and kind not in ("text/rfc822-headers", "text/x-amp-html", "text/css"):
            return self._text(entity, kind)
        return ""

    def _best_of(self, children: list[Entity]) -> str:
        """The richest words among the forms of one content: plain, unless it says much less than the HTML."""
        plain = html = other = ""
        noted = len(self._sources)
        for child in children:
            if child.content_type == "text/plain":
                plain = plain or self._words(child)
            elif child.content_type == "text/html" or child.content_type.startswith("multipart/"):
                html = html or self._words(child)
            else:
                other = other or self._words(child)
        del self._sources[noted:]
        if html and _weight(plain) < _THIN * _weight(html):
            self._sources.append("html")
            return html
        if plain or html or other:
            self._sources.append("plain" if plain or not html else "html")
        return plain or html or other

    def _text(self, entity: Entity, kind: str, *, is_file: bool = False) -> str:
        data = self._decoded(entity)
        charset = entity.parameters.get("charset")
        if charset is None and kind == "text/html":
            meta = _META_CHARSET.search(data[:2048])
            charset = meta[1].decode("ascii") if meta else None
        text, defect = decode_text(data, charset)
        if defect:
            self._note(defect)
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
        if kind == "text/html" or (kind == "text/plain" and looks_like_html(text)):
            self._html_length += len(text)
            self._html_tags += text.count("<")
            if self._html_length > self._limits.html or self._html_tags > self._limits.html_tags:
                self._note("html-too-large")
                return ""
            text = html_to_text(text)
            kind = "text/html"
        if len(text) > self._limits.text:
            text = text[: self._limits.text]
            self._note("text-cut")
        if kind != "text/html" and entity.parameters.get("format", "").lower() == "flowed":
            text = _unflowed(text, entity.parameters.get("delsp", "").lower() == "yes")
        text = "\n".join(line.rstrip(" \t") for line in text.split("\n")).strip("\n")
        if text.strip() and not is_file:
            self._sources.append("html" if kind == "text/html" else "plain")
        return text if text.strip() else ""

    def _decoded(self, entity: Entity) -> bytes:
        body = self._data[entity.begin : entity.end]
        if entity.encoding == "base64":
            return decode_base64(body)
        if entity.encoding == "quoted-printable":
            return binascii.a2b_qp(body)
        if entity.encoding not in ("", "7bit", "8bit", "binary"):
            self._note("encoding-unknown")
        return body

    def _calendar(self, entity: Entity, name: str | None, *, is_attachment: bool) -> None:
        method = entity.parameters.get("method")
        self._calendars.append(
            CalendarPart(
                data=self._decoded(entity),
                method=method.upper() if method else None,
                charset=entity.parameters.get("charset"),
                name=name,
                is_attachment=is_attachment,
            )
        )

    def _carried(self, entity: Entity) -> None:
        """Read a message that is carried inside, however it is wrapped."""
        try:
            if entity.children:
                self._forwarded.append(_Reader(self._data, self._limits).message(entity.children[0]))
            else:
                deeper = replace(self._limits, nesting=max(self._limits.nesting - 5, 1))
                self._forwarded.append(parse_email(self._decoded(entity), deeper))
        except PamitError as error:
            self._note(f"carried-message-{error.code}")

    def _note(self, defect: str) -> None:
        self._defects.setdefault(defect)


def _is_file(name: str | None) -> bool:
    """Whether a text part is a file by its name; an inline part named "text.html" or without a name is not."""
    return name is not None and name.lower().endswith((".txt", ".text", ".md", ".csv"))


def _weight(text: str) -> int:
    return len(_BLANKS.sub("", text))


def _without_copies(parts: list[CalendarPart]) -> tuple[CalendarPart, ...]:
    """Google and Thunderbird send the object twice, as a form of the message and as a file."""
    kept: dict[bytes, CalendarPart] = {}
    for part in parts:
        kept.setdefault(part.data.replace(b"\r\n", b"\n").strip(), part)
    return tuple(kept.values())


def _unflowed(text: str, delete_space: bool) -> str:
    """Join the lines of format=flowed (RFC 3676): a line that ends in a blank goes on in the next."""
    pieces: list[str] = []
    goes_on = False
    quote = ""
    for line in text.split("\n"):
        depth = line[: len(line) - len(line.lstrip(">"))]
        content = line[len(depth) :].removeprefix(" ")
        if not (goes_on and depth == quote and content != "-- "):
            pieces.append(f"\n{depth} " if depth else "\n")
        quote = depth
        goes_on = content.endswith(" ") and content != "-- "
        pieces.append(content[:-1] if goes_on and delete_space else content)
    return "".join(pieces)[1:]
