"""What a person does to a case: correct facts, note what happened, close, take up, take back, remove."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter
from starlette.responses import Response

from pamit.domain.calendar.zones import DEFAULT_ZONE, zone
from pamit.domain.facts import FACT_NAMES
from pamit.domain.interview import Event
from pamit.domain.log import Dossier
from pamit.domain.terms import Channel, EventKind, Purpose
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.web.desk import AtDesk, Desk
from pamit.surfaces.web.pages.case import edit_page, fact_words
from pamit.surfaces.web.pages.farewell import others_after
from pamit.surfaces.web.posting import PostedForm
from pamit.surfaces.web.reading import value_shown
from pamit.surfaces.web.site import Notice
from pamit.surfaces.web.steps import about

router = APIRouter()


def _name(desk: Desk, dossier: Dossier) -> str:
    return about(dossier.case.interview.company, dossier.case.interview.position, desk.say)


def _version(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else None


def _done(desk: Desk, dossier: Dossier, key: str, to: str | None = None) -> Response:
    text = desk.say(key, about=_name(desk, dossier))
    undo = dossier.id if dossier.last_change is not None else None
    return desk.go(to or f"/cases/{dossier.id}", Notice(text, undo, dossier.version))


# -- facts ------------------------------------------------------------------------------------------------------------


@router.post("/cases/{case}/edit")
def edit(desk: AtDesk, form: PostedForm, case: str) -> Response:
    """Correct facts; where the case has changed meanwhile, both are shown and nothing is overwritten."""
    dossier = desk.site.pamit.case(case)
    written = {name: form.text(name) for name in FACT_NAMES if form.chosen(name)}
    # What the form showed: only what the person wrote otherwise is a correction.
    seen = {name: form.text(f"seen_{name}") for name in written}
    changes = {name: value for name, value in written.items() if value.strip() != seen[name].strip()}
    try:
        changed = desk.site.pamit.edit(case, changes, desk.now, version=_version(form.text("version")))
    except PamitError as error:
        if error.code == "case-moved-on":
            return _conflict(desk, dossier, changes)
        if error.kind != ErrorKind.INVALID:
            raise
        field = str(error.facts.get("field") or "")
        named = desk.say(f"field.{field}") if desk.say.has(f"field.{field}") else field
        key = f"error.{error.code}"
        trouble = desk.say(key, fact=named) if desk.say.has(key) else desk.say("error.invalid")
        return edit_page(desk, dossier, trouble=trouble, written=written)
    if changed.version == dossier.version:
        return desk.go(f"/cases/{case}")
    return _done(desk, changed, "done.edited")


def _conflict(desk: Desk, dossier: Dossier, changes: dict[str, str]) -> Response:
    """Both sides of facts that were changed twice; the person says which one holds."""
    timezone = dossier.case.interview.timezone
    rows = []
    for name, value in changes.items():
        present = dossier.facts.get(name)
        now_is = desk.say("common.unknown") if present is None else fact_words(desk, name, present, dossier)
        rows.append((name, desk.say(f"field.{name}"), now_is, value, value_shown(name, present, timezone)))
    return desk.show("conflict.html", 409, dossier=dossier, name=_name(desk, dossier), rows=rows)


# -- what happened ----------------------------------------------------------------------------------------------------


@router.post("/cases/{case}/note")
def note(desk: AtDesk, form: PostedForm, case: str) -> Response:
    """Put down what happened, or words of one's own."""
    kind, words = form.text("kind"), form.text("words").strip() or None
    at = _at(desk, case, form.text("at"))
    event, facts = None, {}
    if kind == "called":
        words = ": ".join(part for part in (desk.say("event.called"), words) if part)
    elif kind == "promised":
        facts = {"decision_expected": form.text("day")}
    elif kind not in ("", "words"):
        if kind not in set(EventKind):
            raise PamitError(ErrorKind.INVALID, "bad-event", "There is no such event.")
        purpose, channel = form.text("purpose"), form.text("channel")
        event = Event(
            at or desk.now,
            EventKind(kind),
            Purpose(purpose) if purpose in set(Purpose) else None,
            Channel(channel) if channel in set(Channel) else None,
        )
    dossier = desk.site.pamit.note(case, desk.now, event=event, words=words, facts=facts, at=at)
    accepted = event is not None and (event.kind == EventKind.OFFER_ACCEPTED or event.purpose == Purpose.ACCEPT_OFFER)
    return _done(desk, dossier, "done.noted", others_after(desk, case) if accepted else None)


def _at(desk: Desk, case: str, written: str) -> datetime | None:
    """A moment by the clock of the employer's place."""
    if not written.strip():
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise PamitError(ErrorKind.INVALID, "bad-moment", "This is no moment.") from error
    if moment.utcoffset() is not None:
        return moment
    return moment.replace(tzinfo=zone(desk.site.pamit.case(case).case.interview.timezone or DEFAULT_ZONE))


@router.post("/cases/{case}/close")
def close(desk: AtDesk, form: PostedForm, case: str) -> Response:
    """Close it."""
    return _done(desk, desk.site.pamit.close_case(case, desk.now, form.text("words") or None), "done.closed")


@router.post("/cases/{case}/reopen")
def reopen(desk: AtDesk, form: PostedForm, case: str) -> Response:
    """Take it up again."""
    return _done(desk, desk.site.pamit.reopen(case, desk.now, form.text("words") or None), "done.reopened")


@router.post("/cases/{case}/undo")
def undo(desk: AtDesk, form: PostedForm, case: str) -> Response:
    """Take back the last change; of a case that has changed meanwhile nothing is taken back."""
    dossier = desk.site.pamit.undo(case, desk.now, version=_version(form.text("version")))
    return desk.go(f"/cases/{case}", Notice(desk.say("done.undone", about=_name(desk, dossier))))


@router.get("/cases/{case}/delete")
def ask_delete(desk: AtDesk, case: str) -> Response:
    """Whether it shall really be removed: the one thing that no undo brings back."""
    dossier = desk.site.pamit.case(case)
    return desk.show("case_delete.html", dossier=dossier, name=_name(desk, dossier))


@router.post("/cases/{case}/delete")
def delete(desk: AtDesk, form: PostedForm, case: str) -> Response:
    """Remove it for good."""
    if not form.chosen("sure"):
        raise PamitError(ErrorKind.REFUSED, "not-confirmed", "Removing was not confirmed.", case=case)
    name = _name(desk, desk.site.pamit.case(case))
    desk.site.pamit.delete(case)
    return desk.go("/cases", Notice(desk.say("done.deleted", about=name)))
