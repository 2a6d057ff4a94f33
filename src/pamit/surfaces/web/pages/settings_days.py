"""Hari libur sendiri: days that are free or worked although the decree has them otherwise."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from pamit.bootstrap import keep_own_days, read_own_days
from pamit.domain.calendar.wording import write_day
from pamit.surfaces.web.desk import AtDesk, Desk
from pamit.surfaces.web.filling import Filled
from pamit.surfaces.web.posting import PostedForm
from pamit.surfaces.web.site import Notice

router = APIRouter()

_PAGE = "/settings/days"
_LONGEST = 80


@router.get("/settings/days")
def days(desk: AtDesk) -> Response:
    """The days, and a place for one more."""
    return _list(desk, Filled({"day": "", "name": "", "kind": "off"}))


def _list(desk: Desk, form: Filled) -> Response:
    own = read_own_days(desk.site.settings())
    rows = [(day, name) for day, name in own.off.items()] + [(day, None) for day in own.on]
    shown = [(day, write_day(day, desk.language), name) for day, name in sorted(rows, key=lambda row: row[0])]
    return desk.show("settings_days.html", form.status, form=form, days=shown, file=desk.site.settings().days)


@router.post("/settings/days/add")
def add(desk: AtDesk, form: PostedForm) -> Response:
    """One more; plans heed it at once."""
    values = {name: " ".join(form.text(name).split()) for name in ("day", "name", "kind")}
    day, wrong = _day(values["day"]), {}
    if day is None:
        wrong["day"] = desk.say("error.bad-day")
    if values["kind"] != "work" and not values["name"]:
        wrong["name"] = desk.say("error.no-day-name")
    if len(values["name"]) > _LONGEST or not values["name"].isprintable():
        wrong["name"] = desk.say("error.bad-line", limit=_LONGEST)
    if day is None or wrong:
        return _list(desk, Filled(values, wrong))
    own = read_own_days(desk.site.settings())
    changed = own.with_work(day) if values["kind"] == "work" else own.with_off(day, values["name"])
    keep_own_days(desk.site.pamit, changed)
    text = desk.say("days.added", day=write_day(day, desk.language))
    return desk.go(_PAGE, Notice(text, back=("/settings/days/remove", {"day": str(day)})))


@router.post("/settings/days/remove")
def remove(desk: AtDesk, form: PostedForm) -> Response:
    """As the decree has it, from now on."""
    day = _day(form.text("day"))
    if day is None:
        return desk.go(_PAGE)
    own = read_own_days(desk.site.settings())
    before = {"day": str(day), "name": own.off.get(day, ""), "kind": "work" if day in own.on else "off"}
    keep_own_days(desk.site.pamit, own.without(day))
    text = desk.say("days.removed", day=write_day(day, desk.language))
    return desk.go(_PAGE, Notice(text, back=("/settings/days/add", before)))


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
