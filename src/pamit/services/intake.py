"""Taking in what a person hands over: pasted words, a saved mail, a calendar file, an HTML page.

The form is recognised by the content first and by the file name second; then the words are read
(:mod:`pamit.reading`) and joined with what a calendar object states by itself.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal

from pamit.domain.invitation import Invitation
from pamit.errors import ErrorKind, PamitError
from pamit.formats.html import html_to_text, looks_like_html
from pamit.formats.limits import DEFAULT_LIMITS, Limits, refuse_above
from pamit.services.source_words import GUESSED_ENCODING, SourceContext, read_words

__all__ = ["SourceForm", "decoded", "form_of", "read_source", "recognise_form"]

SourceForm = Literal["mail", "calendar", "html", "text"]

_HEADER_FIELD = re.compile(r"([!-9;-~]{1,76})[ \t]?:")
_MAIL_FIELDS: Final = frozenset("received return-path message-id mime-version delivered-to x-received dkim-signature".split())
_LETTER_FIELDS: Final = frozenset("from to subject date".split())
_CALENDAR_START = re.compile(r"BEGIN:V[A-Z]{3,12}\s", re.IGNORECASE)
_SNIFFED: Final = 8_192


def read_source(
    source: str | bytes,
    *,
    name: str | None = None,
    subject: str | None = None,
    sender: str | None = None,
    received: datetime | None = None,
    channel: str | None = None,
    now: datetime | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Invitation:
    """Read an employer's message from whatever form it was handed over in.

    Args:
        source: the words, or the bytes of a file: a mail (.eml), a calendar object (.ics), HTML or plain text.
        name: the file's name, which helps to recognise the form.
        subject, sender: as given beside the words; what a mail says of itself is used where they are None.
        received: the aware moment of receipt; a mail's own date where it is None, then *now*.
        channel: ``email``, ``letter``, ``whatsapp`` or ``sms``; a mail file is ``email``.
        now: the aware present moment, used only where nothing tells when the message was written.
        limits: how much is read.

    Raises:
        PamitError: INVALID ``empty``, ``not-text``, ``encrypted`` or ``no-event``; REFUSED where a limit is passed.
    """
    context = SourceContext(subject, sender, received, channel, now, limits)
    if isinstance(source, bytes):
        refuse_above(len(source), limits.message, "too-large", "bytes", name)
        form = form_of(source, name)
    else:
        form = recognise_form(source[:_SNIFFED], name)
    if form in ("mail", "calendar"):
        # Imported here: plain texts, the most frequent source, need neither mail nor calendar formats (40 ms).
        from pamit.services.source_files import read_calendar_file, read_mail_file

        return (read_mail_file if form == "mail" else read_calendar_file)(_as_bytes(source), context)
    text, guessed = decoded(source) if isinstance(source, bytes) else (source, False)
    if not text.strip("\ufeff \t\r\n\f\v\xa0"):
        raise PamitError(ErrorKind.INVALID, "empty", "There is nothing to read: the text is empty.", name=name)
    if form == "html" or looks_like_html(text):
        refuse_above(len(text), limits.html, "too-large", "characters of HTML", name)
        text = html_to_text(text)
    else:
        context = replace(context, plain=True)
    invitation = read_words(text, context)
    return replace(invitation, doubts=(*invitation.doubts, GUESSED_ENCODING)) if guessed else invitation


def form_of(source: bytes, name: str | None = None) -> SourceForm:
    """What form a file has."""
    return recognise_form(_as_latin(source), name)


def recognise_form(head: str, name: str | None = None) -> SourceForm:
    """What form a source has, from its first few thousand characters and its file name.

    >>> recognise_form("BEGIN:VCALENDAR"), recognise_form("Yth. Saudara", "undangan.txt")
    ('calendar', 'text')
    """
    start = head[:_SNIFFED].lstrip("\ufeff \t\r\n")
    if _CALENDAR_START.match(f"{start[:40]}\n") and not start[:12].upper().startswith("BEGIN:VCARD"):
        return "calendar"
    suffix = (name or "").rpartition(".")[2].lower()
    if suffix in ("ics", "ical", "ifb", "icalendar", "vcs") and _CALENDAR_START.search(head):
        return "calendar"
    if _looks_like_mail(start, named=suffix in ("eml", "mht", "mbox")):
        return "mail"
    if suffix in ("html", "htm", "xhtml"):
        return "html"
    return "text"


def _looks_like_mail(start: str, *, named: bool) -> bool:
    """Whether a text opens with the header fields of a mail, rather than with words that were copied from one."""
    technical = letter = 0
    lines = start.splitlines()
    if lines and lines[0].startswith(("From ", ">From ")):
        lines = lines[1:]
    for line in lines[:200]:
        if not line.strip():
            break
        if line[0] in " \t":
            continue
        field = _HEADER_FIELD.match(line)
        if field is None:
            break
        key = field[1].lower()
        technical += key in _MAIL_FIELDS
        letter += key in _LETTER_FIELDS
    return (technical > 0 and technical + letter > 1) or (named and technical + letter > 0)


def _as_bytes(source: str | bytes) -> bytes:
    return source if isinstance(source, bytes) else source.encode("utf-8", "replace")


def _as_latin(source: bytes) -> str:
    """The head of a file with every byte a character: enough to recognise ASCII names."""
    head = source[:_SNIFFED]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def decoded(source: bytes) -> tuple[str, bool]:
    """The characters of a text file, and whether its encoding had to be guessed.

    Raises:
        PamitError: INVALID ``not-text`` for a picture, a PDF, a program.
    """
    if source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return source.decode("utf-16", "replace"), False
    if b"\x00" in source[:_SNIFFED] or source.startswith(_BINARY_STARTS) or _is_mostly_controls(source[:_SNIFFED]):
        raise PamitError(
            ErrorKind.INVALID,
            "not-text",
            "This is not a text, a mail or a calendar file. Of a scan or a PDF, paste the words.",
            size=len(source),
        )
    try:
        return source.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return source.decode("cp1252", "replace"), True


_BINARY_STARTS: Final = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
)
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b\x1a"))


def _is_mostly_controls(head: bytes) -> bool:
    return len(head) - len(head.translate(None, _CONTROLS)) > len(head) // 20
