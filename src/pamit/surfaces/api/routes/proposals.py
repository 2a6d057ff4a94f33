"""Mails that came in: looked for, and what they propose."""

from __future__ import annotations

from typing import TypedDict

from pamit.surfaces.api.operation import Call, Operation, Reply
from pamit.surfaces.api.parameters import CURSOR, LIMIT, page_of
from pamit.surfaces.mail_records import proposal_record, sync_record
from pamit.surfaces.shapes import ProposalShape, SyncShape

__all__ = ["OPERATIONS"]


class ProposalsPage(TypedDict):
    """A page of proposals; ``next`` is null on the last one."""

    proposals: list[ProposalShape]
    next: str | None


def _sync(call: Call) -> Reply:
    from pamit.bootstrap import look_for_mail

    found, _ = look_for_mail(call.pamit, call.now)
    return Reply(sync_record(found, call.language))


def _list(call: Call) -> Reply:
    shown, following = page_of(call.pamit.proposals(), call.query, "id")
    return Reply({"proposals": [proposal_record(one, call.language) for one in shown], "next": following})


def _accept(call: Call) -> Reply:
    return Reply(proposal_record(call.pamit.accept(call.place["proposal"], call.now), call.language))


def _reject(call: Call) -> Reply:
    return Reply(proposal_record(call.pamit.reject(call.place["proposal"]), call.language))


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "POST", "/sync", "sync", "proposals", "Look for new mails", _sync, {200: SyncShape}, writes=True,
        about="Reads the mailboxes of the accounts; what they bring is proposed, never applied.",
    ),
    Operation(
        "GET", "/proposals", "listProposals", "proposals", "What mails propose, page by page", _list, {200: ProposalsPage},
        query=(LIMIT, CURSOR), about="In the order of their ids, which no change disturbs.",
    ),
    Operation(
        "POST", "/proposals/{proposal}/accept", "acceptProposal", "proposals", "Apply what a mail proposes", _accept,
        {200: ProposalShape}, writes=True,
    ),
    Operation(
        "POST", "/proposals/{proposal}/reject", "rejectProposal", "proposals", "Put a proposal aside", _reject,
        {200: ProposalShape}, writes=True,
    ),
)  # fmt: skip
