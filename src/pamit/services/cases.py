"""From an invitation to a case."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from pamit.domain.interview import Case, Contact, Interview
from pamit.domain.invitation import Field, Invitation
from pamit.domain.terms import Channel, Mode

__all__ = ["case_of"]

_INVITED_VIA = {
    "email": Channel.EMAIL, "letter": Channel.LETTER, "whatsapp": Channel.TEXT, "sms": Channel.TEXT,
    "text": Channel.TEXT, "phone": Channel.PHONE,
}  # fmt: skip


def case_of(invitation: Invitation) -> Case:
    """A fresh case from an invitation as it was read; facts that are not stated stay None.

    The name of the contact keeps the form of address that the invitation uses, so that an answer can mirror it.
    """

    def text(name: Field) -> str | None:
        return cast("str | None", invitation.value(name))

    def moment(name: Field) -> datetime | None:
        return cast("datetime | None", invitation.value(name))

    mode = text("mode")
    interview = Interview(
        company=text("company"),
        position=text("position"),
        start=moment("start"),
        end=moment("end"),
        timezone=text("timezone"),
        mode=Mode(mode) if mode else None,
        location=text("location"),
        meeting_url=text("meeting_url"),
        round=cast("int | None", invitation.value("round")),
        received=invitation.received,
        reply_by=moment("reply_by"),
        invited_via=_INVITED_VIA.get(invitation.channel or ""),
        contact=Contact(text("contact_name"), text("contact_email"), text("contact_phone")),
    )
    return Case(interview)
