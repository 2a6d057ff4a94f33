"""Cases: listed, kept, looked at, corrected, deleted."""

from __future__ import annotations

from dataclasses import replace
from typing import TypedDict

from pamit.domain.terms import Stage
from pamit.services.ports import Listing
from pamit.surfaces import memory_records, records
from pamit.surfaces.api.operation import API, Call, Operation, Reply
from pamit.surfaces.api.parameters import CURSOR, LIMIT, Parameter, read_cursor, write_cursor
from pamit.surfaces.api.requests import FactsRequest, KeepRequest, written_facts
from pamit.surfaces.api.routes.verbs import MESSAGE, bytes_of
from pamit.surfaces.shapes import AddedShape, DossierShape, DoubtShape, MarkShape, PlanShape, RowShape

__all__ = ["OPERATIONS", "dossier_reply"]


class CasesPage(TypedDict):
    """A page of cases; ``next`` is null on the last one."""

    cases: list[RowShape]
    next: str | None


class KeptCase(AddedShape):
    """What became of a message, what is unclear in it, and signs of a fake."""

    doubts: list[DoubtShape]
    warnings: list[MarkShape]


def dossier_reply(call: Call, case: str, status: int = 200) -> Reply:
    """A case as it is now."""
    dossier, sources = call.pamit.case(case), call.pamit.sources(case)
    record = memory_records.dossier_record(dossier, call.pamit.plan(case, call.now), call.language, sources)
    return Reply(record, status, version=dossier.version)


def _list(call: Call) -> Reply:
    query = call.query
    wanted = Listing(
        stages=frozenset(Stage(one) for one in query["stage"]),
        text=query["text"] or None,
        due_from=query["due_from"],
        due_until=query["due_until"],
        order="id",
        after=read_cursor(query["cursor"]),
        limit=query["limit"] + 1,
    )
    rows = call.pamit.list(wanted, call.now)
    shown = rows[: query["limit"]]
    following = write_cursor(shown[-1].case) if len(rows) > len(shown) else None
    return Reply({"cases": [memory_records.row_record(row) for row in shown], "next": following})


def _keep(call: Call) -> Reply:
    from pamit.services.origin import Given, source_of

    given: KeepRequest = call.body
    data = bytes_of(given)
    said = Given(given.name, given.received, given.subject, given.sender, given.channel)
    invitation = call.pamit.read(given.data if given.data is not None else given.text or "", said, call.now)
    source = source_of(data, replace(said, received=invitation.received))
    added = call.pamit.add(invitation, source, call.now, settled=given.settled, case=given.case, new=given.new)
    case = added.dossier.id
    read = records.invitation_record(invitation, call.language, with_text=False)
    record = {
        **memory_records.added_record(added, call.pamit.plan(case, call.now), call.language),
        "doubts": read["doubts"],
        "warnings": read["warnings"],
    }
    return Reply(record, 200 if added.match else 201, {"location": f"{API}/cases/{case}"}, version=added.dossier.version)


def _get(call: Call) -> Reply:
    return dossier_reply(call, call.place["case"])


def _change(call: Call) -> Reply:
    case = call.place["case"]
    call.pamit.edit(case, written_facts(call.body), call.now, version=call.version(case))
    return dossier_reply(call, case)


def _delete(call: Call) -> Reply:
    case = call.place["case"]
    call.pamit.delete(case, version=call.version(case))
    return Reply(None, 204)


def _plan(call: Call) -> Reply:
    return Reply(records.plan_record(call.pamit.plan(call.place["case"], call.now), call.language))


def _source(call: Call) -> Reply:
    from pamit.errors import ErrorKind, PamitError

    case, digest = call.place["case"], call.place["digest"]
    if digest not in {one.digest for one in call.pamit.sources(case)}:
        raise PamitError(ErrorKind.MISSING, "no-such-source", "The case has no such message.", case=case)
    headers = {"content-disposition": f'attachment; filename="{digest[:12]}.bin"', "x-content-type-options": "nosniff"}
    return Reply(call.pamit.source(digest), headers=headers, media="application/octet-stream")


_STAGE = Parameter("stage", "word", "Only cases at this stage; may be given several times.", tuple(map(str, Stage)), many=True)
_TEXT = Parameter("text", "text", "A part of company or position.")
_FROM = Parameter("due_from", "moment", "Only cases whose soonest step is due from then on.")
_UNTIL = Parameter("due_until", "moment", "Only cases whose soonest step is due by then.")

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "GET", "/cases", "listCases", "cases", "List cases, page by page", _list, {200: CasesPage},
        query=(_STAGE, _TEXT, _FROM, _UNTIL, LIMIT, CURSOR),
        about="By id, an order that no change disturbs: all pages together show each case once. What is due first: `/steps`.",
    ),
    Operation(
        "POST", "/cases", "keepMessage", "cases", "Keep a message as a case, or within the one it belongs to", _keep,
        {200: KeptCase, 201: KeptCase}, KeepRequest, writes=True,
        about="201 where a case began, 200 where it went into one that was there; `outcome` says how.",
        example={"text": MESSAGE, "channel": "whatsapp", "received": "2026-11-24T08:00:00+07:00"},
    ),
    Operation(
        "GET", "/cases/{case}", "getCase", "cases", "A case with its facts, log, plan and messages", _get, {200: DossierShape},
        tagged=True,
    ),
    Operation(
        "PATCH", "/cases/{case}", "changeFacts", "cases", "Correct facts", _change, {200: DossierShape}, FactsRequest,
        writes=True, conditional="must", about="One entry of the log; undo takes it back.",
        example={"location": "Jl. Mawar No. 8, Bandung", "round": 2, "meeting_url": None},
    ),
    Operation(
        "DELETE", "/cases/{case}", "deleteCase", "cases", "Remove a case for good", _delete, {204: None}, writes=True,
        conditional="may", about="With its log, its messages, and what answers that are kept told of it.",
    ),
    Operation("GET", "/cases/{case}/plan", "getPlan", "cases", "What is open in a case", _plan, {200: PlanShape}, tagged=True),
    Operation(
        "GET", "/cases/{case}/sources/{digest}", "getSource", "cases", "A message that is kept, byte for byte", _source,
        {200: bytes}, tagged=True,
    ),
)  # fmt: skip
