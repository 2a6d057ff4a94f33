"""Messages that another program sends: a mail program, a chat, a phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from pamit.domain.interview import Candidate
from pamit.domain.log import Dossier
from pamit.domain.message import Draft
from pamit.domain.outbox import Outgoing, SendState
from pamit.domain.terms import Channel
from pamit.errors import ErrorKind, PamitError
from pamit.formats.email import parse_email
from pamit.services.outgoing import links_of, mail_file, text_file
from pamit.services.ports import Store
from pamit.services.sending import loses_sense_at, thread_of

__all__ = ["hand_over", "what_is_given"]


def hand_over(
    store: Store, case: str, draft: Draft, via: str, data: bytes, now: datetime, random: Callable[[int], bytes]
) -> Outgoing:
    """Put down that a message was given to another program; whether it was sent from there is asked later.

    Args:
        via: ``eml``, ``draft``, ``mailto``, ``whatsapp``, ``sms``, ``text``.
        data: what was given.

    Raises:
        PamitError: MISSING ``no-such-case``; INVALID ``no-purpose``.
    """
    if draft.purpose is None:
        raise PamitError(ErrorKind.INVALID, "no-purpose", "A message that is sent has a purpose.")
    found = parse_email(data).message_id if via in ("eml", "draft") else None
    token = random(16).hex()
    with store.writing() as unit:
        dossier = unit.dossier(case)
        message = Outgoing(
            id=random(5).hex(),
            case=case,
            account=None,
            state=SendState.HANDED_OVER,
            message_id=found or f"<pamit.{token}@handed-over.invalid>",
            digest=sha256(data).hexdigest(),
            sender="",
            recipients=(),
            purpose=draft.purpose,
            channel=draft.channel if draft.channel != Channel.IN_PERSON else Channel.PHONE,
            created_at=now,
            version=dossier.version,
            subject=draft.subject,
            expires_at=loses_sense_at(dossier.case, draft.purpose, now),
            via=via,
        )
        unit.outbox.add(message, data)
    return message


def what_is_given(
    store: Store,
    dossier: Dossier,
    draft: Draft,
    via: str,
    candidate: Candidate,
    now: datetime,
    random: Callable[[int], bytes],
    *,
    to_agency: bool = False,
) -> bytes:
    """What another program is given: a mail with ``eml`` and ``draft``, the words with ``text``, else a link.

    With ``eml`` a mail program opens the file as one to edit; with ``draft`` the mail is for a folder of drafts.

    Raises:
        PamitError: MISSING ``no-link`` where there is no address for such a link; else as making a mail.
    """
    interview = dossier.case.interview
    if via in ("eml", "draft"):
        with store.reading() as view:
            accounts = view.accounts.all()
            original = thread_of(view, dossier.id, tuple(one for each in accounts for one in each.addresses))
        sender = replace(candidate, email=candidate.email or next((one.address for one in accounts), None))
        return mail_file(
            draft, interview, sender, now=now, random=random(20), original=original, to_agency=to_agency, unsent=via == "eml"
        ).data
    if via == "text":
        return text_file(draft).encode()
    links = links_of(draft, interview, to_agency=to_agency)
    link = {"mailto": links.mailto, "whatsapp": links.whatsapp, "sms": links.sms}[via]
    if link is None:
        raise PamitError(ErrorKind.MISSING, "no-link", "There is no address to make such a link for.", via=via)
    return f"{link}\n".encode()
