"""Taking in what a person hands over: pasted words, a saved mail, a calendar file, an HTML page.

The form is recognised by the content first and by the file name second; then the words are read
(:mod:`pamit.reading`) and joined with what a calendar object states by itself.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from pamit.domain.invitation import Doubt, Invitation, SafetyWarning
from pamit.domain.terms import Bilingual
from pamit.errors import ErrorKind, PamitError
from pamit.formats.email import Address, EmailMessageParts, parse_email
from pamit.formats.html import html_to_text, looks_like_html
from pamit.formats.icalendar import CalendarEvent, CalendarObject, parse_calendars
from pamit.formats.limits import DEFAULT_LIMITS, Limits, refuse_above
from pamit.reading import read_text
from pamit.services.calendar_doubts import damaged
from pamit.services.calendar_facts import choose_event, event_words, join_event, organizer_as_sender

__all__ = ["SourceForm", "read_source", "recognise_form"]

SourceForm = Literal["mail", "calendar", "html", "text"]

_HEADER_FIELD = re.compile(r"([!-9;-~]{1,76})[ \t]?:")
_MAIL_FIELDS: Final = frozenset("received return-path message-id mime-version delivered-to x-received dkim-signature".split())
_LETTER_FIELDS: Final = frozenset("from to subject date".split())
_CALENDAR_START = re.compile(r"BEGIN:V[A-Z]{3,12}\s", re.IGNORECASE)
_SNIFFED: Final = 8_192

_GUESSED_ENCODING = Doubt(
    "text",
    "encoding-guessed",
    Bilingual(
        "Berkas ini bukan UTF-8; huruf-hurufnya dibaca sebagai Windows-1252 dan sebagian bisa keliru.",
        "This file is not UTF-8; its letters were read as Windows-1252 and some may be wrong.",
    ),
)
_SEVERAL_SENDERS = SafetyWarning(
    "several-senders",
    "medium",
    Bilingual(
        "Surel ini menyebut lebih dari satu pengirim; periksa siapa yang sebenarnya menulis.",
        "This mail names more than one sender; check who really wrote it.",
    ),
)

_NO_REPLY = re.compile(r"no-?_?\.?reply|do-?not-?reply|mailer-daemon|notifications?@|notifikasi@|bounce", re.IGNORECASE)
_FORWARD_SUBJECT = re.compile(r"\s*(?:\w{1,3}:\s*)?(?:fwd?|trs|terusan|wg|i)\s*:", re.IGNORECASE)
# A cover note of this length or less is not the invitation itself.
_SHORT: Final = 400
_FROM_EVENT: Final = frozenset(
    (
        "company",
        "position",
        "mode",
        "location",
        "meeting_url",
        "contact_name",
        "contact_email",
        "contact_phone",
        "reply_by",
        "round",
    )
)


@dataclass(frozen=True)
class _Context:
    """What the person or the batch row says about a message besides its words."""

    subject: str | None
    sender: str | None
    received: datetime | None
    channel: str | None
    now: datetime | None
    limits: Limits


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
    context = _Context(subject, sender, received, channel, now, limits)
    if isinstance(source, bytes):
        refuse_above(len(source), limits.message, "too-large", "bytes", name)
        form = recognise_form(_as_latin(source), name)
    else:
        form = recognise_form(source[:_SNIFFED], name)
    if form == "mail":
        return _read_mail(parse_email(_as_bytes(source), limits), context)
    if form == "calendar":
        return _read_calendar(parse_calendars(_as_bytes(source), limits=limits), context)
    text, guessed = _decoded(source) if isinstance(source, bytes) else (source, False)
    if not text.strip("\ufeff \t\r\n\f\v\xa0"):
        raise PamitError(ErrorKind.INVALID, "empty", "There is nothing to read: the text is empty.", name=name)
    if form == "html" or looks_like_html(text):
        refuse_above(len(text), limits.html, "too-large", "characters of HTML", name)
        text = html_to_text(text)
    invitation = _read_words(text, context)
    return replace(invitation, doubts=(*invitation.doubts, _GUESSED_ENCODING)) if guessed else invitation


def _read_words(text: str, context: _Context) -> Invitation:
    refuse_above(len(text), context.limits.text, "too-large", "characters of text")
    return read_text(
        text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", ""),
        subject=context.subject,
        sender=context.sender,
        received=context.received or context.now,
        channel=context.channel,
    )


def _read_mail(mail: EmailMessageParts, context: _Context) -> Invitation:
    """The invitation in a mail: of its own words, its calendar part, or the message that it passes on."""
    inner = _message_passed_on(mail)
    if inner is not None:
        return _read_mail(inner, context)
    context = replace(
        context,
        subject=context.subject if context.subject is not None else mail.subject,
        sender=context.sender or _sender(mail),
        received=context.received or mail.date or mail.received,
        channel=context.channel or "email",
    )
    calendars, refused = _calendars(mail, context.limits)
    text = mail.text
    files = [file.text for file in mail.attachments if file.text]
    if files and len(text) < _SHORT:
        text = "\n\n".join((text, *files)).strip()[: context.limits.text]
    if not text.strip() and choose_event(calendars, None) is not None:
        return _read_calendar(calendars, context)
    if not text.strip() and not (mail.subject or "").strip():
        raise _nothing_in(mail)
    if not text.strip() and "encrypted" in mail.defects:
        raise _nothing_in(mail)
    invitation = _with_mail_marks(_read_words(text, context), mail)
    if refused:
        invitation = replace(invitation, doubts=(*invitation.doubts, damaged(refused)))
    hand = choose_event(calendars, context.received or context.now)
    if hand is None:
        return invitation
    return join_event(_filled(invitation, _words_of(hand.event, context)), hand)


def _message_passed_on(mail: EmailMessageParts) -> EmailMessageParts | None:
    """The message that a mail carries inside and only passes on; None for reports and for answers that enclose one."""
    if not mail.forwarded or mail.calendars or mail.content_type == "multipart/report":
        return None
    if len(mail.text) < _SHORT or _FORWARD_SUBJECT.match(mail.subject or ""):
        return mail.forwarded[0]
    return None


def _sender(mail: EmailMessageParts) -> str | None:
    """Who wrote: From, with the address of Reply-To where From is a machine that takes no answers."""
    sender = mail.sender
    if sender is None:
        return str(mail.reply_to[0]) if mail.reply_to else None
    if mail.reply_to and _NO_REPLY.search(sender.email) and not _NO_REPLY.search(mail.reply_to[0].email):
        return str(Address(sender.name or mail.reply_to[0].name, mail.reply_to[0].email))
    return str(sender)


def _calendars(mail: EmailMessageParts, limits: Limits) -> tuple[tuple[CalendarObject, ...], tuple[str, ...]]:
    """The calendar objects of a mail, and the codes of those that are refused; the words are read all the same.

    METHOD is taken from the part where the object itself says none.
    """
    found: list[CalendarObject] = []
    refused: list[str] = []
    for part in mail.calendars:
        try:
            objects = parse_calendars(part.data, charset=part.charset, limits=limits)
        except PamitError as error:
            refused.append(error.code)
            continue
        found.extend(replace(calendar, method=calendar.method or part.method) for calendar in objects)
    return tuple(found), tuple(refused)


def _nothing_in(mail: EmailMessageParts) -> PamitError:
    if "encrypted" in mail.defects:
        return PamitError(
            ErrorKind.INVALID, "encrypted", "This mail is encrypted: open it in your mail program and paste its words."
        )
    return PamitError(ErrorKind.INVALID, "empty", "There is nothing to read: the mail has no words and no calendar object.")


def _with_mail_marks(invitation: Invitation, mail: EmailMessageParts) -> Invitation:
    """Add what the wrapping of a mail gives to doubt."""
    if "charset-guessed" in mail.defects:
        invitation = replace(invitation, doubts=(*invitation.doubts, _GUESSED_ENCODING))
    if "several-senders" in mail.defects:
        invitation = replace(invitation, warnings=(*invitation.warnings, _SEVERAL_SENDERS))
    return invitation


def _words_of(event: CalendarEvent, context: _Context) -> Invitation:
    """What the words inside an event say."""
    subject = context.subject if context.subject is not None else event.summary
    sender = context.sender or organizer_as_sender(event)
    return _read_words(event_words(event)[: context.limits.text], replace(context, subject=subject, sender=sender))


def _filled(invitation: Invitation, event: Invitation) -> Invitation:
    """The facts of a mail's words, with those that only the event's words give; spans point into the mail's text alone."""
    missing = {
        name: replace(fact, span=None)
        for name, fact in event.facts.items()
        if name not in invitation.facts and name in _FROM_EVENT
    }
    return replace(invitation, facts={**invitation.facts, **missing}) if missing else invitation


def _read_calendar(calendars: tuple[CalendarObject, ...], context: _Context) -> Invitation:
    """The invitation in a calendar file: its own words, joined with its properties."""
    hand = choose_event(calendars, context.received or context.now)
    if hand is None:
        raise PamitError(ErrorKind.INVALID, "no-event", "The calendar file holds no event.")
    stamp = hand.event.dtstamp.moment if hand.event.dtstamp is not None and hand.method is not None else None
    context = replace(context, received=context.received or stamp or context.now, channel=context.channel or "email")
    words = _words_of(hand.event, context)
    return join_event(words, hand, show=lambda line: f"{words.text}\n\n{line}" if words.text else line)


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


def _decoded(source: bytes) -> tuple[str, bool]:
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
