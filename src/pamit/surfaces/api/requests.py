"""What operations take, beside the rows of the bulk interface. A field that is not named here is refused."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from pamit.domain.facts import FACT_NAMES, FactText
from pamit.domain.terms import Channel, Language, Purpose, Reason, Register
from pamit.surfaces.records import CandidateRow

__all__ = [
    "CloseRequest", "EventRequest", "FactsRequest", "HandoverRequest", "KeepRequest", "Moment", "NoteRequest", "PrepareRequest",
    "ReadRequest", "ResolveRequest", "WordingRequest", "written_facts",
]  # fmt: skip

Moment = Annotated[datetime, Meta(tz=True)]
"""ISO 8601 with an offset."""

Words = Annotated[str, Meta(max_length=10_000)]
Line = Annotated[str, Meta(max_length=1_000)]
NotedKind = Literal[
    "message_sent", "confirmation_received", "attended", "absent", "rejected", "offer_received", "offer_accepted",
    "next_round", "cancelled_by_employer", "rescheduled_by_employer",
]  # fmt: skip


class _Strict(msgspec.Struct, forbid_unknown_fields=True):
    """Refuses what it does not know."""


class ReadRequest(_Strict):
    """A message from an employer: its words, or its bytes (a mail, a calendar object, a page) in Base64."""

    id: str | int | None = None
    subject: Line | None = None
    sender: Line | None = msgspec.field(default=None, name="from")
    received: Moment | None = None
    text: str | None = None
    channel: Literal["email", "letter", "whatsapp", "sms"] | None = None
    data: bytes | None = None
    name: Line | None = None


class KeepRequest(ReadRequest):
    """A message to keep: ``settled`` are facts that the person settled, ``case`` the one it goes into, ``new`` to begin one."""

    settled: dict[str, Line] | None = None
    case: str | None = None
    new: bool = False


FactsRequest = msgspec.defstruct(
    "FactsRequest",
    [(name, FactText | UnsetType, UNSET) for name in FACT_NAMES],
    forbid_unknown_fields=True,
    namespace={"__doc__": "Facts to correct; null makes one unknown, one that is left out stays as it is."},
)


def written_facts(given: Any) -> dict[str, str]:
    """The facts of a :data:`FactsRequest` as a person would write them."""
    found = {name: getattr(given, name) for name in FACT_NAMES}
    return {name: _written(value) for name, value in found.items() if value is not UNSET}


def _written(value: FactText) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


class EventRequest(_Strict):
    """What happened; ``facts`` are those it changed, as a person writes them."""

    kind: NotedKind
    at: Moment | None = None
    purpose: Purpose | None = None
    channel: Channel | None = None
    words: Words | None = None
    facts: dict[str, Line] | None = None


class NoteRequest(_Strict):
    """Words of the person's own."""

    words: Annotated[str, Meta(min_length=1, max_length=10_000)]
    at: Moment | None = None


class CloseRequest(_Strict):
    """Words to go with it."""

    words: Words | None = None


class WordingRequest(_Strict):
    """How a message is to be worded; ``text`` and ``subject`` are the person's own words in place of composed ones."""

    purpose: Purpose
    reason: Reason | None = None
    lang: Language | None = None
    register: Register = Register.FORMAL
    variant: Annotated[int, Meta(ge=0, le=1_000)] = 0
    alternatives: Annotated[list[Moment], Meta(max_length=10)] | None = None
    note: Line | None = None
    to_agency: bool = False
    text: Annotated[str, Meta(min_length=1, max_length=20_000)] | None = None
    subject: Annotated[str, Meta(min_length=1, max_length=300)] | None = None
    candidate: CandidateRow | None = None


class PrepareRequest(WordingRequest):
    """The same, as a mail: from which address, to whom instead of whom the rules name, with or without a calendar answer."""

    sender: Line | None = msgspec.field(default=None, name="from")
    to: Annotated[list[Line], Meta(max_length=20)] | None = None
    cc: Annotated[list[Line], Meta(max_length=20)] | None = None
    quote: bool = False
    calendar: bool = True


class HandoverRequest(WordingRequest, kw_only=True):
    """The same, for another program."""

    via: Literal["eml", "mailto", "whatsapp", "sms", "text"]


class ResolveRequest(_Strict):
    """Whether a doubtful message went."""

    sent: bool
