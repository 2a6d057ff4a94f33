"""What happens in a case: events, notes, closing, taking back."""

from __future__ import annotations

from pamit.domain.interview import Event
from pamit.domain.terms import EventKind
from pamit.surfaces.api.operation import Call, Operation, Reply
from pamit.surfaces.api.requests import CloseRequest, EventRequest, NoteRequest
from pamit.surfaces.api.routes.cases import dossier_reply
from pamit.surfaces.shapes import DossierShape

__all__ = ["OPERATIONS"]


def _event(call: Call) -> Reply:
    case, given = call.place["case"], call.body
    event = Event(given.at or call.now, EventKind(given.kind), given.purpose, given.channel)
    version = call.version(case)
    call.pamit.note(case, call.now, event=event, words=given.words, facts=given.facts, at=given.at, version=version)
    return dossier_reply(call, case, 201)


def _note(call: Call) -> Reply:
    case, given = call.place["case"], call.body
    call.pamit.note(case, call.now, words=given.words, at=given.at, version=call.version(case))
    return dossier_reply(call, case, 201)


def _close(call: Call) -> Reply:
    case = call.place["case"]
    call.pamit.close_case(case, call.now, call.body.words)
    return dossier_reply(call, case)


def _reopen(call: Call) -> Reply:
    case = call.place["case"]
    call.pamit.reopen(case, call.now, call.body.words)
    return dossier_reply(call, case)


def _undo(call: Call) -> Reply:
    case = call.place["case"]
    call.pamit.undo(case, call.now, version=call.version(case))
    return dossier_reply(call, case)


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "POST", "/cases/{case}/events", "addEvent", "cases", "Put down what happened", _event, {201: DossierShape},
        EventRequest, writes=True, conditional="may",
        example={"kind": "message_sent", "purpose": "confirm", "channel": "text", "at": "2026-11-24T08:30:00+07:00"},
    ),
    Operation(
        "POST", "/cases/{case}/notes", "addNote", "cases", "Put down words of the person's own", _note, {201: DossierShape},
        NoteRequest, writes=True, conditional="may", example={"words": "Bawa CV cetak."},
    ),
    Operation(
        "POST", "/cases/{case}/close", "closeCase", "cases", "Close a case", _close, {200: DossierShape}, CloseRequest,
        may_be_empty=True, writes=True, example={"words": "Posisi sudah terisi."},
    ),
    Operation(
        "POST", "/cases/{case}/reopen", "reopenCase", "cases", "Take a closed case up again", _reopen, {200: DossierShape},
        CloseRequest, may_be_empty=True, writes=True, example={"words": "Mereka menghubungi lagi."},
    ),
    Operation(
        "POST", "/cases/{case}/undo", "undoChange", "cases", "Take back the last change", _undo, {200: DossierShape},
        writes=True, conditional="may", about="Nothing is erased: an entry says that the earlier one no longer counts.",
    ),
)  # fmt: skip
