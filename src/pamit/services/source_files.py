"""The invitation in a mail or a calendar file: its words, its calendar object, the message that it passes on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from pamit.domain.hosts import host_of_link
from pamit.domain.invitation import Invitation, SafetyWarning
from pamit.domain.senders import house_warnings, warn_of_host
from pamit.domain.terms import Bilingual
from pamit.errors import ErrorKind, PamitError
from pamit.formats.email import Address, EmailMessageParts, parse_email
from pamit.formats.icalendar import CalendarEvent, CalendarObject, parse_calendars
from pamit.formats.limits import Limits
from pamit.services.calendar_doubts import damaged
from pamit.services.calendar_facts import EventInHand, choose_event, event_words, join_event, organizer_as_sender
from pamit.services.source_words import GUESSED_ENCODING, SourceContext, read_words

__all__ = ["read_calendar_file", "read_mail", "read_mail_file"]

_SEVERAL_SENDERS = SafetyWarning(
    "several-senders",
    "medium",
    Bilingual(
        "Surel ini menyebut lebih dari satu pengirim; periksa siapa yang sebenarnya menulis.",
        "This mail names more than one sender; check who really wrote it.",
    ),
)
_DISPUTED_SENDER = SafetyWarning(
    "disputed-sender",
    "medium",
    Bilingual(
        "Alamat pengirim surel ini dibaca berbeda oleh tiap program surel; periksa siapa yang sebenarnya menulis.",
        "The sender of this mail is written so that programs read it differently; check who really wrote it.",
    ),
)
_FROM_ATTENDEES: Final = frozenset(("REPLY", "REFRESH", "COUNTER"))
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


def read_mail_file(data: bytes, context: SourceContext) -> Invitation:
    """Read a mail as stored.

    Raises:
        PamitError: INVALID ``empty`` or ``encrypted``; REFUSED where a limit is passed.
    """
    return read_mail(parse_email(data, context.limits), context)


def read_calendar_file(data: bytes, context: SourceContext) -> Invitation:
    """Read a calendar file.

    Raises:
        PamitError: INVALID ``no-event``; REFUSED where a limit is passed.
    """
    return _read_calendar(parse_calendars(data, limits=context.limits), context)


def read_mail(mail: EmailMessageParts, context: SourceContext) -> Invitation:
    """The invitation in a mail that was taken apart: of its own words, its calendar part, or the message that it passes on.

    Raises:
        PamitError: INVALID ``empty`` or ``encrypted``.
    """
    inner = _message_passed_on(mail)
    if inner is not None:
        return read_mail(inner, context)
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
    hand = choose_event(calendars, context.received or context.now)
    if not text.strip() and hand is not None:
        return _with_mail_marks(_read_calendar(calendars, context), mail, hand)
    if not text.strip() and not (mail.subject or "").strip():
        raise _nothing_in(mail)
    if not text.strip() and "encrypted" in mail.defects:
        raise _nothing_in(mail)
    invitation = _with_mail_marks(read_words(text, context), mail, hand)
    if refused:
        invitation = replace(invitation, doubts=(*invitation.doubts, damaged(refused)))
    if hand is None:
        return invitation
    return _with_link_marked(join_event(_filled(invitation, _words_of(hand.event, context)), hand))


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


def _with_mail_marks(invitation: Invitation, mail: EmailMessageParts, hand: EventInHand | None) -> Invitation:
    """Add what the wrapping of a mail gives to doubt, and the facts of whom it would be answered to."""
    if "charset-guessed" in mail.defects:
        invitation = replace(invitation, doubts=(*invitation.doubts, GUESSED_ENCODING))
    if "several-senders" in mail.defects:
        invitation = replace(invitation, warnings=(*invitation.warnings, _SEVERAL_SENDERS))
    if "disputed-sender" in mail.defects:
        invitation = replace(invitation, warnings=(*invitation.warnings, _DISPUTED_SENDER))
    houses = house_warnings([one.email for one in mail.senders], [one.email for one in mail.reply_to], _organizers(hand))
    return replace(invitation, warnings=(*invitation.warnings, *houses)) if houses else invitation


def _organizers(hand: EventInHand | None) -> list[str]:
    """Who would get a calendar answer; nobody where an attendee wrote, whose organizer is the one that it goes to."""
    if hand is None or hand.method in _FROM_ATTENDEES or hand.event.organizer is None:
        return []
    return [hand.event.organizer.email] if hand.event.organizer.email else []


def _with_link_marked(invitation: Invitation) -> Invitation:
    """Say what is to be said of the host of a link that a calendar object names beside its words."""
    fact = invitation.facts.get("meeting_url")
    warning = warn_of_host(host_of_link(str(fact.value))) if fact is not None and fact.span is None else None
    said = {(one.code, one.message) for one in invitation.warnings}
    if warning is None or (warning.code, warning.message) in said:
        return invitation
    return replace(invitation, warnings=(*invitation.warnings, warning))


def _words_of(event: CalendarEvent, context: SourceContext) -> Invitation:
    """What the words inside an event say."""
    subject = context.subject if context.subject is not None else event.summary
    sender = context.sender or organizer_as_sender(event)
    return read_words(event_words(event)[: context.limits.text], replace(context, subject=subject, sender=sender))


def _filled(invitation: Invitation, event: Invitation) -> Invitation:
    """The facts of a mail's words, with those that only the event's words give; spans point into the mail's text alone."""
    missing = {
        name: replace(fact, span=None)
        for name, fact in event.facts.items()
        if name not in invitation.facts and name in _FROM_EVENT
    }
    return replace(invitation, facts={**invitation.facts, **missing}) if missing else invitation


def _read_calendar(calendars: tuple[CalendarObject, ...], context: SourceContext) -> Invitation:
    """The invitation in a calendar file: its own words, joined with its properties."""
    hand = choose_event(calendars, context.received or context.now)
    if hand is None:
        raise PamitError(ErrorKind.INVALID, "no-event", "The calendar file holds no event.")
    stamp = hand.event.dtstamp.moment if hand.event.dtstamp is not None and hand.method is not None else None
    context = replace(context, received=context.received or stamp or context.now, channel=context.channel or "email")
    words = _words_of(hand.event, context)
    joined = join_event(words, hand, show=lambda line: f"{words.text}\n\n{line}" if words.text else line)
    return _with_link_marked(joined)
