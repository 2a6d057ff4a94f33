"""The verbs over one message: nothing is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from pamit.domain.message import Draft
from pamit.domain.terms import Channel
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces import batch, records
from pamit.surfaces.api.operation import Call, Operation, Reply
from pamit.surfaces.api.requests import ReadRequest
from pamit.surfaces.shapes import CheckShape, DraftShape, InvitationShape, MendedShape, PlanShape

__all__ = ["MESSAGE", "OPERATIONS", "bytes_of"]

MESSAGE: Final = (
    "Selamat pagi, saya Sinta dari HRD PT Lembah Cahaya. Kami mengundang Kakak untuk wawancara posisi Staf Gudang pada Jumat, "
    "27 November 2026 pukul 10.00 WIB di Jl. Melati No. 5, Bandung. Mohon konfirmasi paling lambat 25 November 2026."
)
"""The words of an invitation, for examples."""

_INTERVIEW: Final = {
    "company": "PT Lembah Cahaya",
    "position": "Staf Gudang",
    "start": "2026-11-27T10:00:00+07:00",
    "timezone": "Asia/Jakarta",
    "received": "2026-11-24T08:00:00+07:00",
    "invited_via": "email",
    "contact": {"name": "Ibu Sinta", "email": "sinta@lembah.example"},
}
_DRAFT: Final = {
    "text": "Yth. Ibu Sinta,\n\nSaya tidak bisa datang.\n\nHormat saya,\nRani Kusuma",
    "channel": "email",
    "purpose": "decline",
    "context": {"company": "PT Lembah Cahaya", "position": "Staf Gudang", "candidate": "Rani Kusuma"},
}


class PlanAnswer(PlanShape):
    """A plan."""

    id: records.Id


class DraftAnswer(DraftShape):
    """A message as it was written."""

    id: records.Id


class CheckAnswer(CheckShape):
    """What a check says."""

    id: records.Id


class ReadAnswer(InvitationShape):
    """What was read."""

    id: records.Id


class MendedAnswer(MendedShape):
    """A mended message."""

    id: records.Id


def bytes_of(given: Any) -> bytes:
    """The message of a request, as it is kept.

    Raises:
        PamitError: MISSING ``no-text``; INVALID ``two-texts``.
    """
    if given.data is not None:
        return bytes(given.data)
    if given.text is None:
        raise PamitError(ErrorKind.INVALID, "no-text", "The request has neither `text` nor `data`.")
    return str(given.text).encode()


def _read(call: Call) -> Reply:
    from pamit.formats.html import looks_like_html
    from pamit.services.origin import Given

    given: ReadRequest = call.body
    bytes_of(given)
    source = given.data if given.data is not None else given.text or ""
    said = Given(given.name, given.received, given.subject, given.sender, given.channel)
    invitation = call.pamit.read(source, said, call.now, dated=False)
    drawn = given.data is not None or looks_like_html(given.text or "") or invitation.text != given.text
    return Reply({"id": given.id, **records.invitation_record(invitation, call.language, with_text=drawn)})


def _plan(call: Call) -> Reply:
    return Reply(batch.run_verb("plan", call.body, call.language))


def _write(call: Call) -> Reply:
    return Reply(batch.run_verb("write", call.body, call.language))


def _check(call: Call) -> Reply:
    return Reply(batch.run_verb("check", call.body, call.language))


def _fix(call: Call) -> Reply:
    from pamit.services.mending import mend

    row: records.CheckRow = call.body
    draft = Draft(row.channel or Channel.EMAIL, row.text, row.lang, row.purpose, row.subject)
    context = records.context_from(row.context)
    mended = mend(draft, context if context.now else replace(context, now=call.now))
    return Reply({"id": row.id, **records.mended_record(mended, call.language)})


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "POST", "/read", "read", "verbs", "Read an employer's message", _read, {200: ReadAnswer}, ReadRequest,
        about="What it is, when and where, what is unclear, signs of a fake. The record is that of the batch row `read`.",
        example={"text": MESSAGE, "received": "2026-11-24T08:00:00+07:00"},
    ),
    Operation(
        "POST", "/plan", "plan", "verbs", "Plan a case", _plan, {200: PlanAnswer}, records.PlanRow,
        about="What to do, by which channel and by when. The record is that of the batch row `plan`.",
        example={"now": "2026-11-24T09:00:00+07:00", "interview": _INTERVIEW},
    ),
    Operation(
        "POST", "/write", "write", "verbs", "Write a message", _write, {200: DraftAnswer}, records.WriteRow,
        about="By the rules of etiquette, and checked. The record is that of the batch row `write`.",
        example={
            "purpose": "decline", "reason": "other_offer", "now": "2026-11-24T09:00:00+07:00", "lang": "id", "channel": "email",
            "interview": _INTERVIEW, "candidate": {"name": "Rani Kusuma", "phone": "0812-0000-1234"},
        },
    ),
    Operation(
        "POST", "/check", "check", "verbs", "Check a message", _check, {200: CheckAnswer}, records.CheckRow,
        about="For etiquette, honesty and agreement with its case. The record is that of the batch row `check`.",
        example=_DRAFT,
    ),
    Operation(
        "POST", "/fix", "fix", "verbs", "Mend a message", _fix, {200: MendedAnswer}, records.CheckRow,
        about="Applies the fixes that are safe and suggests the others; no fact or reason changes.", example=_DRAFT,
    ),
)  # fmt: skip
