"""Tambah: hand over a message, look at what was read in it, settle what is unclear, keep it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from fastapi import APIRouter
from starlette.responses import Response

from pamit.domain.calendar.wording import write_day, write_moment
from pamit.domain.calendar.zones import DEFAULT_ZONE, zone
from pamit.domain.invitation import Invitation
from pamit.domain.terms import InvitationKind, Language
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.web.desk import AtDesk, Desk
from pamit.surfaces.web.marking import pieces
from pamit.surfaces.web.posting import Posted, PostedForm
from pamit.surfaces.web.reading import EDITABLE, Handed, Input, changed, inputs_of, marks_of
from pamit.surfaces.web.site import Notice
from pamit.surfaces.web.steps import about

if TYPE_CHECKING:
    from pamit.services.origin import Given


router = APIRouter()

_SHELF = "add"
_NO_CASE = frozenset({InvitationKind.JOB_ALERT, InvitationKind.APPLICATION_RECEIVED, InvitationKind.OTHER})
_CHANNELS = frozenset({"email", "whatsapp", "sms", "letter"})


@router.get("/add")
def ask(desk: AtDesk) -> Response:
    """Where a message is handed over."""
    return desk.show("add.html", trouble=None, text="", subject="", sender="", channel="")


@router.post("/add")
def hand_over(desk: AtDesk, form: PostedForm) -> Response:
    """Read what was handed over; nothing of it is kept yet."""
    try:
        handed = _handed(desk, form)
    except PamitError as error:
        if error.kind not in (ErrorKind.INVALID, ErrorKind.REFUSED):
            raise
        key = f"error.{error.code}"
        trouble = desk.say(key, message=error.message, **error.facts) if desk.say.has(key) else desk.say("error.unreadable")
        return desk.show(
            "add.html", 422, trouble=trouble, text=form.text("text"), subject=form.text("subject"),
            sender=form.text("sender"), channel=form.text("channel"),
        )  # fmt: skip
    return desk.go(f"/add/{desk.site.shelf(_SHELF).put(handed)}")


def _handed(desk: Desk, form: Posted) -> Handed:
    from pamit.services.origin import Given

    if form.chosen("sample"):
        return _read(desk, _sample(desk).encode(), Given(channel="whatsapp", received=desk.now - timedelta(hours=1)))
    uploaded = form.file("file")
    name, data = uploaded if uploaded is not None else (None, form.text("text").encode("utf-8", "replace"))
    channel = form.text("channel")
    given = Given(
        name, None, form.text("subject").strip() or None, form.text("sender").strip() or None,
        channel if channel in _CHANNELS else None,
    )  # fmt: skip
    return _read(desk, data, given)


def _read(desk: Desk, data: bytes, given: Given) -> Handed:
    invitation = desk.site.pamit.read(data, given, desk.now)
    return Handed(data, replace(given, received=invitation.received), invitation)


def _sample(desk: Desk) -> str:
    """An invitation to try things with: a few days ahead, whenever that is."""
    local = desk.now.astimezone(zone(DEFAULT_ZONE))
    day = local.date() + timedelta(days=3)
    while day.weekday() > 4:
        day += timedelta(days=1)
    tomorrow = (local + timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)
    by = write_moment(tomorrow, DEFAULT_ZONE, Language.ID)
    return desk.say("sample.invitation", day=write_day(day, Language.ID), by=by)


@router.get("/add/{key}")
def look(desk: AtDesk, key: str) -> Response:
    """What was read: the marked text beside the fields, warnings above, doubts as questions."""
    handed = _laid_aside(desk, key)
    return _review(desk, key, handed)


def _review(
    desk: Desk, key: str, handed: Handed, trouble: str | None = None, written: dict[str, str] | None = None
) -> Response:
    from pamit.services.origin import source_of

    invitation = handed.invitation
    inputs = _inputs(desk, invitation)
    if written:
        inputs = [replace(one, value=written.get(one.name, one.value)) for one in inputs]
    asked = {name for one in inputs if one.doubts for name in (one.name,)}
    match = desk.site.pamit.recognise(invitation, source_of(handed.data, handed.given), desk.now)
    joined = desk.site.pamit.case(match.case).case.interview if match else None
    return desk.show(
        "add_review.html",
        422 if trouble else 200,
        key=key,
        invitation=invitation,
        kind=desk.say(f"kind.{invitation.kind}"),
        parts=pieces(invitation.text, marks_of(invitation, desk.say)),
        inputs=inputs,
        doubts=[one for one in invitation.doubts if one.field not in asked],
        match=match,
        joined=about(joined.company, joined.position, desk.say) if joined else None,
        is_scam=invitation.kind == InvitationKind.SCAM,
        begins_none=invitation.kind in _NO_CASE and match is None,
        options=[(one.start, one.end) for one in invitation.options],
        timezone=invitation.value("timezone"),
        trouble=trouble,
    )


def _inputs(desk: Desk, invitation: Invitation) -> list[Input]:
    values: dict[str, object] = {name: fact.value for name, fact in invitation.facts.items()}
    said: list[Input] = []
    for one in inputs_of(values, EDITABLE, desk.say, desk.now):
        doubts = tuple(desk.both(doubt.message) for doubt in invitation.doubts if doubt.field == one.name)
        fact = invitation.facts.get(one.name)  # type: ignore[call-overload]
        remark = desk.both(fact.note) if fact is not None and fact.note else None
        said.append(replace(one, doubts=doubts, is_sure=fact is None or fact.confidence >= 0.6, remark=remark))
    return said


def _laid_aside(desk: Desk, key: str) -> Handed:
    found = desk.site.shelf(_SHELF).get(key)
    if found is None:
        raise PamitError(ErrorKind.MISSING, "laid-aside", "What was handed over is no longer there.")
    return cast("Handed", found)


@router.post("/add/{key}")
def keep(desk: AtDesk, form: PostedForm, key: str) -> Response:
    """Keep it: a new case, or the one it belongs to."""
    from pamit.services.origin import source_of

    handed = _laid_aside(desk, key)
    written = {one.name: form.text(one.name) for one in _inputs(desk, handed.invitation)}
    shown = {one.name: one.value for one in _inputs(desk, handed.invitation)}
    into = form.text("into")
    try:
        added = desk.site.pamit.add(
            handed.invitation,
            source_of(handed.data, handed.given),
            desk.now,
            settled=changed(written, shown),
            case=into if into not in ("", "new") else None,
            new=into == "new",
        )
    except PamitError as error:
        if error.kind != ErrorKind.INVALID:
            raise
        field = str(error.facts.get("field") or "")
        named = desk.say(f"field.{field}") if desk.say.has(f"field.{field}") else field
        key_of = f"error.{error.code}"
        trouble = desk.say(key_of, fact=named) if desk.say.has(key_of) else desk.say("error.invalid")
        return _review(desk, key, handed, trouble, written)
    interview = added.dossier.case.interview
    outcome = str(added.match.kind) if added.match else "new"
    text = desk.say(f"added.{outcome}", about=about(interview.company, interview.position, desk.say))
    tone = "good"
    if added.clashes:
        first = added.clashes[0]
        at = desk.moment(first.start_at, interview.timezone) if first.start_at else ""
        text += " " + desk.say("added.clash", about=about(first.company, first.position, desk.say), at=at)
        tone = "warn"
    undo = added.dossier.id if outcome in ("update", "round", "news") else None
    return desk.go(f"/cases/{added.dossier.id}", Notice(text, undo, added.dossier.version, tone))
