"""A draft in the form in which it leaves: a mail, a letter, a link, plain words. Nothing is sent here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from pamit.domain.interview import Candidate, Interview
from pamit.domain.message import Draft
from pamit.domain.plan.channel import is_no_reply
from pamit.domain.terms import Channel, Language
from pamit.errors import ErrorKind, PamitError
from pamit.formats.email import Address, EmailMessageParts, parse_email
from pamit.formats.email.recipients import Caution, reply_recipients
from pamit.formats.email.reply import OutgoingFile, build_reply, make_message_id
from pamit.formats.letter import letter_docx, letter_pdf
from pamit.formats.links import mailto_link, sms_link, whatsapp_link
from pamit.formats.markdown import escape_markdown, quote_markdown
from pamit.phrasing.cards import Card
from pamit.phrasing.letter import letter_of

__all__ = [
    "CalendarPart", "Links", "OutgoingMail", "letter_file", "links_of", "mail_file", "markdown_card", "markdown_file",
    "text_file",
]  # fmt: skip

_SUBJECT: Final = {Language.ID: "Subjek", Language.EN: "Subject"}


@dataclass(frozen=True)
class OutgoingMail:
    """A mail that is ready, and what the person should see before it goes.

    Attributes:
        data: the whole mail.
        to, cc: every address it goes to.
        sender: the address it comes from; ``message_id``: with brackets.
        cautions: see :data:`pamit.formats.email.recipients.Caution`.
    """

    data: bytes
    to: tuple[Address, ...]
    cautions: tuple[Caution, ...] = ()
    cc: tuple[Address, ...] = ()
    sender: Address | None = None
    message_id: str = ""


@dataclass(frozen=True)
class CalendarPart:
    """A calendar answer that goes within a mail.

    Attributes:
        method: METHOD of the object.
        to: the organizer's mailbox, which must get it too.
    """

    data: bytes
    method: str
    to: Address | None = None


@dataclass(frozen=True)
class Links:
    """Links that open the message as a draft; None where the address is not known or the text is too long."""

    whatsapp: str | None = None
    sms: str | None = None
    mailto: str | None = None


def mail_file(
    draft: Draft,
    interview: Interview,
    candidate: Candidate,
    *,
    now: datetime,
    random: bytes,
    original: bytes | None = None,
    to_agency: bool = False,
    quote_original: bool = False,
    attachments: tuple[OutgoingFile, ...] = (),
    unsent: bool = True,
    to: tuple[Address, ...] = (),
    cc: tuple[Address, ...] = (),
    calendar: CalendarPart | None = None,
) -> OutgoingMail:
    """A draft as a complete mail: an answer in its thread where the invitation came by mail.

    Args:
        now: the aware moment, with the person's own offset.
        random: 16 random bytes or more, for the message id.
        original: the invitation's mail as it was stored.
        to_agency: to the agency that stands between, in a thread of its own unless the invitation came from it.
        quote_original: whether the invitation's words follow below.
        unsent: whether mail programs open the file as a draft to edit.
        to: whom to write to instead of whom the rules name; ``cc``: who gets a copy.
        calendar: the answer to a meeting request, to go in the same mail.

    Raises:
        PamitError: INVALID ``no-mail`` for a draft of another channel; MISSING ``no-email`` where the person's own address is
            not known, ``no-recipient`` where the other's is not; else as :func:`pamit.formats.email.reply.build_reply`.
    """
    if draft.channel != Channel.EMAIL:
        raise PamitError(ErrorKind.INVALID, "no-mail", "Only a message for the channel email can be a mail.")
    parent = parse_email(original) if original is not None else None
    sender = Address(candidate.name, _own_address(candidate, parent))
    if not to:
        to, cautions, parent = _recipients(interview, sender, parent, to_agency=to_agency)
    else:
        cautions = ()
    if calendar is not None and calendar.to is not None and not _among(calendar.to, (*to, *cc)):
        to = (*to, calendar.to)
    message_id = make_message_id(random, sender.email.rpartition("@")[2])
    data = build_reply(
        draft,
        sender=sender,
        to=to,
        cc=cc,
        original=parent,
        date=now,
        message_id=message_id,
        quote_original=quote_original,
        calendar=calendar.data if calendar else None,
        calendar_method=calendar.method if calendar else None,
        attachments=attachments,
        unsent=unsent,
    )
    return OutgoingMail(data, to, cautions, cc, sender, message_id)


def _among(wanted: Address, addresses: tuple[Address, ...]) -> bool:
    return any(one.email.casefold() == wanted.email.casefold() for one in addresses)


def _own_address(candidate: Candidate, parent: EmailMessageParts | None) -> str:
    """The person's address: as they say, else the one address that was invited."""
    if candidate.email:
        return candidate.email
    if parent is not None and len(parent.to) == 1 and "@" in parent.to[0].email:
        return parent.to[0].email
    raise PamitError(ErrorKind.MISSING, "no-email", "The candidate's own mail address is not known.")


def _recipients(
    interview: Interview, sender: Address, parent: EmailMessageParts | None, *, to_agency: bool
) -> tuple[tuple[Address, ...], tuple[Caution, ...], EmailMessageParts | None]:
    """To whom the mail goes, what to beware of, and the mail it answers, if it answers one."""
    if to_agency:
        agency = interview.agency
        if agency is None or not agency.email:
            raise PamitError(ErrorKind.MISSING, "no-recipient", "The agency's mail address is not known.")
        invited = parent is not None and any(one.email.casefold() == agency.email.casefold() for one in parent.senders)
        return (Address(agency.name, agency.email),), (), parent if invited else None
    contact = interview.contact
    known = Address(contact.name, contact.email) if contact.email and not is_no_reply(contact.email) else None
    found = reply_recipients(parent, own=(sender.email,)) if parent is not None else None
    if found is not None and found.to and ("no-reply" not in found.cautions or known is None):
        return found.to, found.cautions, parent
    if known is None:
        raise PamitError(ErrorKind.MISSING, "no-recipient", "The contact's mail address is not known.")
    # A mail from oneself is a forward of one's own; it is no mail to answer.
    return (known,), (), parent if found is not None and found.to else None


def letter_file(
    draft: Draft,
    kind: str,
    *,
    created_on: date,
    address: tuple[str, ...] = (),
    enclosures: str | None = None,
    copies: tuple[str, ...] = (),
    signature: bytes | None = None,
) -> bytes:
    """A letter as a file.

    Args:
        kind: ``pdf`` or ``docx``.
        created_on: the day of the letter.
        address: lines of the addressee's postal address.
        enclosures: what goes with it.
        copies: who else gets it.
        signature: a picture of the signature, PNG or JPEG.

    Raises:
        PamitError: as :func:`pamit.phrasing.letter.letter_of` and the layouts do.
    """
    letter = letter_of(draft, address=address, enclosures=enclosures, copies=copies)
    lay_out = letter_pdf if kind == "pdf" else letter_docx
    return lay_out(letter, draft.language or Language.ID, created_on=created_on, signature=signature)


def links_of(draft: Draft, interview: Interview, *, to_agency: bool = False) -> Links:
    """The links that open a chat message or a mail as a draft; none for other channels."""
    if draft.channel == Channel.TEXT and not to_agency:
        phone = interview.contact.phone
        if phone is None:
            return Links()
        return Links(whatsapp=_or_none(whatsapp_link, phone, draft.text), sms=_or_none(sms_link, phone, draft.text))
    if draft.channel == Channel.EMAIL:
        agency = interview.agency.email if interview.agency else None
        email = agency if to_agency else interview.contact.email
        if email is not None and not is_no_reply(email):
            return Links(mailto=_or_none(mailto_link, email, draft.subject, draft.text))
    return Links()


def _or_none(make: Callable[..., str], *arguments: str | None) -> str | None:
    try:
        return make(*arguments)
    except PamitError:
        return None


def text_file(draft: Draft) -> str:
    """The bare words, a mail's subject before them, as ``pamit check`` reads them."""
    if draft.channel != Channel.EMAIL or not draft.subject:
        return draft.text + "\n"
    return f"{_SUBJECT[draft.language or Language.ID]}: {draft.subject}\n\n{draft.text}\n"


def markdown_file(draft: Draft) -> str:
    """The message for a page or a note: its subject as heading, its words quoted."""
    heading = f"# {escape_markdown(draft.subject)}\n\n" if draft.subject else ""
    return heading + quote_markdown(draft.text)


def markdown_card(card: Card) -> str:
    """A talk card for a page: its sections as headings with lists."""
    title, *below = card.title.split("\n")
    blocks = [f"# {escape_markdown(title)}", *map(escape_markdown, below)]
    for section in card.sections:
        marks = (f"{number}." if section.numbered else "-" for number in range(1, len(section.lines) + 1))
        lines = (f"{mark} {escape_markdown(' '.join(line.split()))}" for mark, line in zip(marks, section.lines, strict=True))
        blocks += [f"## {escape_markdown(section.heading)}", "\n".join(lines)]
    return "\n\n".join(blocks) + "\n"
