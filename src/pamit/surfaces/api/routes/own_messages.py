"""The person's own messages: where each stands, and what may be done about it without their yes."""

from __future__ import annotations

from typing import TypedDict

from pamit.domain.outbox import SendState
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.api.operation import Call, Operation, Reply
from pamit.surfaces.api.parameters import CURSOR, LIMIT, Parameter, page_of
from pamit.surfaces.api.problems import HttpProblemError
from pamit.surfaces.api.requests import ResolveRequest
from pamit.surfaces.mail_records import message_record
from pamit.surfaces.shapes import MessageShape

__all__ = ["OPERATIONS"]


class MessagesPage(TypedDict):
    """A page of messages; ``next`` is null on the last one."""

    messages: list[MessageShape]
    next: str | None


def _list(call: Call) -> Reply:
    states = tuple(SendState(one) for one in call.query["state"])
    case = call.query["case"]
    found = [one for one in call.pamit.outbox(states) if case is None or one.case == case]
    shown, following = page_of(found, call.query, "id")
    return Reply({"messages": [message_record(one) for one in shown], "next": following})


def _get(call: Call) -> Reply:
    message, _ = call.pamit.outgoing(call.place["message"])
    return Reply(message_record(message), headers=_page(message.id))


def _page(message: str) -> dict[str, str]:
    return {"link": f'</messages/{message}>; rel="alternate"; type="text/html"'}


def _content(call: Call) -> Reply:
    message, data = call.pamit.outgoing(call.place["message"])
    headers = {"content-disposition": f'attachment; filename="pamit-{message.id}.bin"', "x-content-type-options": "nosniff"}
    return Reply(data, headers=headers, media="application/octet-stream")


def _approve(call: Call) -> Reply:
    message, _ = call.pamit.outgoing(call.place["message"])
    page = f"/messages/{message.id}"
    # The yes to a message is a person's, never a program's: no token can say it.
    raise HttpProblemError(403, "approval-needs-person", _page(message.id), page=page, digest=message.digest)


def _deliver(call: Call) -> Reply:
    from pamit.bootstrap import make_transport, worker_name

    name = call.place["message"]
    message, _ = call.pamit.outgoing(name)
    if message.approved_at is None:
        raise PamitError(ErrorKind.CONFLICT, "not-approved", "Only what the person approved is delivered.", id=message.id)
    call.pamit.deliver(make_transport(), call.now, owner=worker_name(), only=name)
    return _get(call)


def _cancel(call: Call) -> Reply:
    return Reply(message_record(call.pamit.cancel_message(call.place["message"])))


def _retry(call: Call) -> Reply:
    found = call.pamit.retry_message(call.place["message"], call.now)
    _wake(call)
    return Reply(message_record(found))


def _resolve(call: Call) -> Reply:
    found = call.pamit.resolve_message(call.place["message"], call.now, sent=call.body.sent)
    _wake(call)
    return Reply(message_record(found))


def _wake(call: Call) -> None:
    if call.site.wake is not None:
        call.site.wake()


_STATE = Parameter("state", "word", "Only messages in this state; may be repeated.", tuple(map(str, SendState)), many=True)
_CASE = Parameter("case", "text", "Only messages of this case.")

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "GET", "/messages", "listMessages", "messages", "List own messages, page by page", _list, {200: MessagesPage},
        query=(_STATE, _CASE, LIMIT, CURSOR), about="In the order of their ids, which no change disturbs.",
    ),
    Operation(
        "GET", "/messages/{message}", "getMessage", "messages", "Where a message stands", _get, {200: MessageShape}, tagged=True
    ),
    Operation(
        "GET", "/messages/{message}/content", "getContent", "messages", "The exact bytes of a message", _content, {200: bytes},
        tagged=True,
    ),
    Operation(
        "POST", "/messages/{message}/approval", "approveMessage", "messages", "Refused always: a person approves", _approve, {},
        writes=True,
        about="No token can say yes to a message. The answer is 403 with `page`, on which the person sees and approves it.",
    ),
    Operation(
        "POST", "/messages/{message}/delivery", "deliverMessage", "messages", "Hand over at once what was approved", _deliver,
        {200: MessageShape}, writes=True,
        about="One that waits for its time stays where it is; one that was not approved is refused.",
    ),
    Operation(
        "POST", "/messages/{message}/cancel", "cancelMessage", "messages", "Take a message back before it goes", _cancel,
        {200: MessageShape}, writes=True,
    ),
    Operation(
        "POST", "/messages/{message}/retry", "retryMessage", "messages", "Try an approved message again at once", _retry,
        {200: MessageShape}, writes=True,
    ),
    Operation(
        "POST", "/messages/{message}/resolve", "resolveMessage", "messages", "Say whether a doubtful message went", _resolve,
        {200: MessageShape}, ResolveRequest, writes=True, example={"sent": True},
    ),
)  # fmt: skip
