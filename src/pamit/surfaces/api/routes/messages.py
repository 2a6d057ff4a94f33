"""Messages of a case: made ready to be approved, or given to another program."""

from __future__ import annotations

from dataclasses import replace
from secrets import token_bytes
from typing import Final

from pamit.domain.interview import Candidate
from pamit.domain.log import Dossier
from pamit.domain.message import Draft
from pamit.domain.terms import Channel, Severity
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces import mail_records
from pamit.surfaces.addresses import addresses_of
from pamit.surfaces.api.operation import API, Call, Operation, Reply
from pamit.surfaces.api.requests import HandoverRequest, PrepareRequest, WordingRequest
from pamit.surfaces.shapes import MessageShape, PreviewShape

__all__ = ["OPERATIONS"]

_WORDING: Final = {"purpose": "decline", "reason": "other_offer", "candidate": {"name": "Rani Kusuma"}}


class GivenMessage(MessageShape):
    """A message that was handed over, and what was given: the mail, the link or the words."""

    given: str


def _draft(call: Call, dossier: Dossier, given: WordingRequest, candidate: Candidate, channel: Channel) -> Draft:
    from pamit.services.writing import write_message

    draft = write_message(
        dossier.case,
        given.purpose,
        candidate=candidate,
        now=call.now,
        language=given.lang or dossier.language,
        channel=channel,
        reason=given.reason,
        register=given.register,
        variant=given.variant,
        alternatives=tuple(given.alternatives or ()),
        note=given.note,
        to_agency=given.to_agency,
    )
    if given.text is None:
        return draft
    return replace(draft, text=given.text, subject=given.subject or draft.subject, moves=())


def _prepare(call: Call) -> Reply:
    given: PrepareRequest = call.body
    case = call.place["case"]
    dossier, candidate = call.pamit.case(case), call.candidate(given.candidate)
    draft = _draft(call, dossier, given, candidate, Channel.EMAIL)
    shown = call.pamit.prepare(
        case,
        draft,
        candidate,
        call.now,
        random=token_bytes,
        address=given.sender,
        to=addresses_of(given.to or ()),
        cc=addresses_of(given.cc or ()),
        to_agency=given.to_agency,
        quote=given.quote,
        proposed=next(iter(given.alternatives or ()), None),
        with_calendar=given.calendar,
    )
    page = f"/messages/{shown.message.id}"
    headers = {"location": f"{API}{page}", "link": f'<{page}>; rel="alternate"; type="text/html"'}
    return Reply(mail_records.preview_record(shown, call.language), 201, headers)


def _hand_over(call: Call) -> Reply:
    from pamit.services.checking import check_message, context_of
    from pamit.services.handing_over import what_is_given

    given: HandoverRequest = call.body
    dossier, candidate = call.pamit.case(call.place["case"]), call.candidate(given.candidate)
    channel = Channel.TEXT if given.via in ("whatsapp", "sms") else Channel.EMAIL
    draft = _draft(call, dossier, given, candidate, channel)
    report = check_message(draft, context_of(dossier.case, candidate, call.now))
    if report.blocks:
        rules = ", ".join(sorted({one.rule for one in report.findings if one.severity == Severity.ERROR}))
        raise PamitError(ErrorKind.REFUSED, "has-errors", f"The check found errors: {rules}.", rules=rules, case=dossier.id)
    store = call.pamit.store
    data = what_is_given(store, dossier, draft, given.via, candidate, call.now, token_bytes, to_agency=given.to_agency)
    message = call.pamit.hand_over(dossier.id, draft, given.via, data, call.now, token_bytes)
    record = {**mail_records.message_record(message), "given": data.decode("utf-8", "replace")}
    return Reply(record, 201, {"location": f"{API}/messages/{message.id}"})


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "POST", "/cases/{case}/messages", "prepareMessage", "messages", "Make a mail ready; it waits for the person's yes",
        _prepare, {201: PreviewShape}, PrepareRequest, writes=True,
        about="Its exact bytes are kept; the header Link names the page on which the person sees and approves them.",
        example={**_WORDING, "to": ["Ibu Sinta <sinta@lembah.example>"]},
    ),
    Operation(
        "POST", "/cases/{case}/handovers", "handOver", "messages", "Give a message to another program", _hand_over,
        {201: GivenMessage}, HandoverRequest, writes=True,
        about="One in which the check finds an error is refused. Whether it was sent from there is asked later.",
        example={**_WORDING, "via": "whatsapp"},
    ),
)  # fmt: skip
