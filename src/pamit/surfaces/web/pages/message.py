"""A mail of one's own on its way: all of it before the yes, then what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, cast

from fastapi import APIRouter
from starlette.responses import Response

from pamit.domain.calendar.zones import DEFAULT_ZONE, zone
from pamit.domain.outbox import CANCELLABLE, SendState
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.web.desk import AtDesk, Desk
from pamit.surfaces.web.pages.case import attachment
from pamit.surfaces.web.posting import PostedForm
from pamit.surfaces.web.site import Notice
from pamit.surfaces.web.steps import about

if TYPE_CHECKING:
    from pamit.services.sending import Preview

router = APIRouter()

PREVIEWS: Final = "previews"
TIME_TO_UNDO: Final = timedelta(seconds=15)
"""How long a message waits after the yes, so that it can be taken back."""

_MOVING: Final = frozenset({SendState.APPROVED, SendState.QUEUED, SendState.SENDING})


@router.get("/messages/{message}")
def look(desk: AtDesk, message: str) -> Response:
    """The message and where it stands."""
    from pamit.formats.email import parse_email

    row, data = desk.site.pamit.outgoing(message)
    preview = cast("Preview | None", desk.site.shelf(PREVIEWS).get(message))
    interview = desk.site.pamit.case(row.case).case.interview
    mail = parse_email(data) if row.via in (None, "eml", "draft") else None
    return desk.show(
        "message.html",
        row=row,
        mail=mail,
        words=mail.text if mail else data.decode("utf-8", "replace"),
        preview=preview,
        name=about(interview.company, interview.position, desk.say),
        timezone=interview.timezone,
        is_draft=row.state == SendState.DRAFT,
        is_moving=row.state in _MOVING and row.due_at is not None and row.due_at <= desk.now + timedelta(minutes=1),
        can_cancel=row.state in CANCELLABLE and row.state != SendState.DRAFT and not row.reached,
        is_asked=row.state in (SendState.HANDED_OVER, SendState.UNKNOWN),
        can_retry=row.state in (SendState.RETRY, SendState.REJECTED) and row.approved_at is not None,
    )


@router.get("/messages/{message}/file")
def file(desk: AtDesk, message: str) -> Response:
    """Its exact bytes."""
    row, data = desk.site.pamit.outgoing(message)
    return attachment(data, f"pamit-{message}.{'eml' if row.via in (None, 'eml', 'draft') else 'txt'}")


@router.post("/messages/{message}/approve")
def approve(desk: AtDesk, form: PostedForm, message: str) -> Response:
    """The person's yes to exactly these bytes; they wait a moment, so that the yes can be taken back."""
    at = _later(desk, form.text("at")) or desk.now + TIME_TO_UNDO
    desk.site.pamit.approve(
        message, form.text("digest"), desk.now, at=at, override=form.text("override") or None, again=form.chosen("again")
    )
    if desk.site.wake is not None:
        desk.site.wake()
    return desk.go(f"/messages/{message}")


def _later(desk: Desk, written: str) -> datetime | None:
    if not written.strip():
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise PamitError(ErrorKind.INVALID, "bad-moment", "This is no moment.") from error
    return moment if moment.utcoffset() is not None else moment.replace(tzinfo=desk.site.here() or zone(DEFAULT_ZONE))


@router.post("/messages/{message}/cancel")
def cancel(desk: AtDesk, form: PostedForm, message: str) -> Response:
    """Take it back before it goes."""
    desk.site.pamit.cancel_message(message)
    return desk.go(f"/messages/{message}", Notice(desk.say("done.cancelled")))


@router.post("/messages/{message}/retry")
def retry(desk: AtDesk, form: PostedForm, message: str) -> Response:
    """Try again at once."""
    desk.site.pamit.retry_message(message, desk.now)
    if desk.site.wake is not None:
        desk.site.wake()
    return desk.go(f"/messages/{message}")


@router.post("/messages/{message}/sent")
def was_sent(desk: AtDesk, form: PostedForm, message: str) -> Response:
    """It went, the person says."""
    settled = desk.site.pamit.resolve_message(message, desk.now, sent=True)
    version = desk.site.pamit.case(settled.case).version
    return desk.go(f"/cases/{settled.case}", Notice(desk.say("done.sent"), settled.case, version))


@router.post("/messages/{message}/not-sent")
def was_not_sent(desk: AtDesk, form: PostedForm, message: str) -> Response:
    """It did not go."""
    settled = desk.site.pamit.resolve_message(message, desk.now, sent=False)
    if desk.site.wake is not None:
        desk.site.wake()
    return desk.go(f"/cases/{settled.case}", Notice(desk.say("done.not_sent")))
