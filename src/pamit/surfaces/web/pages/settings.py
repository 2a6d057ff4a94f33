"""Pengaturan: who the person is, the language, when they are reminded."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from fastapi import APIRouter
from starlette.responses import Response

from pamit.config import fixed_settings
from pamit.domain.calendar.quiet import QuietHours
from pamit.domain.calendar.zones import zone
from pamit.domain.signature import MAX_LINES, MAX_WIDTH
from pamit.domain.terms import Language
from pamit.errors import PamitError
from pamit.services.profile import PROFILE, read_profile
from pamit.surfaces.web.desk import AtDesk, Desk
from pamit.surfaces.web.filling import Filled, told
from pamit.surfaces.web.guard import LANGUAGE_COOKIE
from pamit.surfaces.web.posting import PostedForm
from pamit.surfaces.web.site import Notice

router = APIRouter()

_INDONESIAN = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
_AREAS = ("Asia", "Australia", "Europe", "America", "Africa", "Pacific", "Indian", "Atlantic")
_REMINDERS_SHOWN = 5


@cache
def _elsewhere() -> list[tuple[str, list[tuple[str, str]]]]:
    """The other zones by the part of the world, as the database names them."""
    names = sorted(available_timezones() - set(_INDONESIAN))
    found = [(area, [one for one in names if one.startswith(f"{area}/")]) for area in _AREAS]
    return [(area, [(one, one.partition("/")[2].replace("_", " ")) for one in zones]) for area, zones in found]


# -- oneself ----------------------------------------------------------------------------------------------------------


@router.get("/settings")
def settings(desk: AtDesk) -> Response:
    """Who the person is."""
    known = desk.site.settings()
    return _profile(desk, Filled({name: getattr(known, name) or "" for name in PROFILE}))


def _profile(desk: Desk, form: Filled) -> Response:
    return desk.show("settings.html", form.status, form=form, lines=MAX_LINES, width=MAX_WIDTH)


@router.post("/settings")
def keep_profile(desk: AtDesk, form: PostedForm) -> Response:
    """Keep it; what is wrong is said beside each field."""
    fixed = fixed_settings()
    written = {name: form.text(name) for name in PROFILE if form.chosen(name) and name not in fixed}
    kept, wrong = read_profile(written)
    known = desk.site.settings()
    before = {name: getattr(known, name) or "" for name in PROFILE if name not in fixed}
    if wrong:
        shown = {name: getattr(known, name) or "" for name in PROFILE} | written
        return _profile(desk, Filled(shown, {name: told(error, desk.say) for name, error in wrong.items()}))
    desk.site.keep_settings(kept)
    # Back leads to a name always: without one nothing can be written.
    back = ("/settings", before) if before.get("name") else None
    return desk.go("/settings", Notice(desk.say("settings.saved"), back=back))


# -- language and reminders -------------------------------------------------------------------------------------------


@router.get("/settings/reminders")
def reminders(desk: AtDesk) -> Response:
    """The language, the quiet hours, where the person is, and what comes next."""
    known = desk.site.settings()
    values = {"language": str(known.language or desk.language), "timezone": known.timezone or "", **_hours(known.quiet)}
    return _reminders(desk, Filled(values))


def _hours(quiet: QuietHours) -> dict[str, str]:
    if quiet.is_never:
        return {"always": "1", "begins": "21:00", "ends": "07:00"}
    return {"always": "", "begins": f"{quiet.begins:%H:%M}", "ends": f"{quiet.ends:%H:%M}"}


def _reminders(desk: Desk, form: Filled) -> Response:
    from pamit.services.notice_words import headline

    here = desk.site.here()
    coming = [
        (one, headline(one, desk.language), desk.moment(one.reminder.at, getattr(here, "key", None) or "Asia/Jakarta"))
        for one in desk.site.pamit.reminders(here, desk.now, _REMINDERS_SHOWN)
    ]
    return desk.show(
        "settings_reminders.html",
        form.status,
        form=form,
        languages=[(str(one), desk.say(f"language.{one}")) for one in Language],
        indonesian=[(name, desk.say(f"zone.{name.partition('/')[2].lower()}")) for name in _INDONESIAN],
        elsewhere=_elsewhere(),
        coming=coming,
    )


@router.post("/settings/reminders")
def keep_reminders(desk: AtDesk, form: PostedForm) -> Response:
    """Keep them; they hold at once."""
    values = {name: form.text(name).strip() for name in ("language", "timezone", "begins", "ends", "always")}
    fixed, wrong = fixed_settings(), {}
    changes = {"language": values["language"] if values["language"] in set(Language) else ""}
    quiet = "none" if values["always"] else f"{values['begins'][:5]}-{values['ends'][:5]}"
    try:
        changes["quiet"] = str(QuietHours.from_text(quiet))
    except PamitError as error:
        wrong["begins"] = told(error, desk.say)
    try:
        changes["timezone"] = zone(values["timezone"]).key if values["timezone"] else ""
    except PamitError as error:
        wrong["timezone"] = told(error, desk.say)
    if wrong:
        return _reminders(desk, Filled(values, wrong))
    known = desk.site.settings()
    before = {"language": str(known.language or desk.language), "timezone": known.timezone or "", **_hours(known.quiet)}
    desk.site.keep_settings({name: value for name, value in changes.items() if name not in fixed})
    desk.site.pamit.quiet = desk.site.settings().quiet
    chosen = desk.site.settings().language
    answer = desk.go("/settings/reminders", Notice(desk.say("settings.saved"), back=("/settings/reminders", before)))
    if chosen is not None:
        # The choice of this browser would stand before that of the settings.
        answer.set_cookie(LANGUAGE_COOKIE, str(chosen), max_age=365 * 24 * 3600, httponly=True, samesite="strict", path="/")
    return answer
