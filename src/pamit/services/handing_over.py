"""Messages that another program sends: a mail program, a chat, a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from pamit.domain.message import Draft
from pamit.domain.outbox import Outgoing, SendState
from pamit.domain.terms import Channel
from pamit.errors import ErrorKind, PamitError
from pamit.formats.email import parse_email
from pamit.services.ports import Store
from pamit.services.sending import loses_sense_at

__all__ = ["hand_over"]


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
