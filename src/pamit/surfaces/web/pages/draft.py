"""Kirim: the last view of a message, still open to changes, and every way out of the house."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Final, cast

from fastapi import APIRouter
from starlette.responses import Response

from pamit.domain.interview import Case, Event
from pamit.domain.log import Dossier
from pamit.domain.message import Finding, Report
from pamit.domain.terms import SPOKEN, Channel, EventKind
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.web.composing import Laid
from pamit.surfaces.web.desk import AtDesk, Desk
from pamit.surfaces.web.pages.case import attachment
from pamit.surfaces.web.pages.farewell import others_after
from pamit.surfaces.web.pages.message import PREVIEWS
from pamit.surfaces.web.pages.write import DRAFTS, SPOKEN_OF
from pamit.surfaces.web.posting import PostedForm
from pamit.surfaces.web.site import Notice
from pamit.surfaces.web.steps import about

router = APIRouter()

_MAX_TEXT: Final = 20_000
_VIA: Final = frozenset({"eml", "mailto", "whatsapp", "sms", "text"})


@dataclass(frozen=True)
class _View:
    """A message that lies aside, with its case and what a check says of it now."""

    key: str
    laid: Laid
    dossier: Dossier
    report: Report

    @property
    def case(self) -> Case:
        return self.dossier.case


def _view(desk: Desk, key: str) -> _View:
    from pamit.services.checking import check_message, context_of

    laid = cast("Laid | None", desk.site.shelf(DRAFTS).get(key))
    if laid is None:
        raise PamitError(ErrorKind.MISSING, "draft-gone", "The draft is no longer there.")
    dossier = desk.site.pamit.case(laid.case)
    report = check_message(laid.draft, context_of(dossier.case, desk.site.candidate(), desk.now))
    return _View(key, laid, dossier, report)


@router.get("/drafts/{key}")
def last_view(desk: AtDesk, key: str) -> Response:
    """The page."""
    from pamit.services.outgoing import Links, links_of

    view = _view(desk, key)
    interview, draft = view.case.interview, view.laid.draft
    accounts = [(one, one) for account in desk.site.pamit.accounts() if account.smtp for one in account.addresses]
    links = links_of(draft, interview, to_agency=view.laid.choice.to_agency)
    return desk.show(
        "draft.html",
        key=key,
        draft=draft,
        card=view.laid.card,
        spoken=draft.channel in SPOKEN,
        name=about(interview.company, interview.position, desk.say),
        case=view.laid.case,
        contact=interview.contact,
        report=view.report,
        barred=view.report.blocks and not view.laid.override,
        moved_on=view.dossier.version != view.laid.case_version,
        links=links if draft.channel not in SPOKEN else Links(),
        accounts=accounts if draft.channel == Channel.EMAIL else [],
        back=f"/cases/{view.laid.case}/write?{view.laid.choice.query()}",
        own_email=desk.site.candidate().email,
        has_calendar=_calendar(desk, view) is not None,
    )


# -- changing ---------------------------------------------------------------------------------------------------------


@router.post("/drafts/{key}/text")
def change(desk: AtDesk, form: PostedForm, key: str) -> Response:
    """Keep the person's own words."""
    view = _view(desk, key)
    text = form.text("text").strip()
    if not text or len(text) > _MAX_TEXT or "\x00" in text:
        raise PamitError(ErrorKind.INVALID, "bad-text", "The text is empty or too long.", limit=_MAX_TEXT)
    subject = " ".join(form.text("subject").split())[:300] or None if form.chosen("subject") else view.laid.draft.subject
    return _changed(desk, view, text, subject)


@router.post("/drafts/{key}/fix")
def fix(desk: AtDesk, form: PostedForm, key: str) -> Response:
    """Apply one fix, the one that was shown."""
    view = _view(desk, key)
    number = form.text("finding")
    if not number.isdigit() or int(number) >= len(view.report.findings):
        return desk.go(f"/drafts/{key}")
    finding = view.report.findings[int(number)]
    if finding.rule != form.text("rule"):
        return desk.go(f"/drafts/{key}")
    return _changed(desk, view, applied(view.laid.draft.text, finding), view.laid.draft.subject)


def applied(text: str, finding: Finding) -> str:
    """The text with the fix of one finding; a missing sentence stands on lines of its own."""
    found = finding.fix
    if found is None or found.replacement is None:
        return text
    if found.insert is not None and found.at is not None:
        before, after = text[: found.at].rstrip("\n"), text[found.at :].lstrip("\n")
        return "\n\n".join(part for part in (before, found.replacement, after) if part)
    if finding.begin is None or finding.end is None:
        return text
    return text[: finding.begin] + found.replacement + text[finding.end :]


def _changed(desk: Desk, view: _View, text: str, subject: str | None) -> Response:
    # The parts were those of the composed words; of changed words the checker finds them anew.
    draft = replace(view.laid.draft, text=text, subject=subject, moves=())
    desk.site.shelf(DRAFTS).replace(view.key, replace(view.laid, draft=draft, card=None, override=None))
    return desk.go(f"/drafts/{view.key}", Notice(desk.say("done.changed")))


@router.post("/drafts/{key}/override")
def override(desk: AtDesk, form: PostedForm, key: str) -> Response:
    """Send it although the check found an error; the reason is kept with the case."""
    view = _view(desk, key)
    reason = " ".join(form.text("reason").split())[:500]
    if not reason:
        raise PamitError(ErrorKind.INVALID, "no-override", "A reason is needed.")
    desk.site.shelf(DRAFTS).replace(key, replace(view.laid, override=reason))
    return desk.go(f"/drafts/{key}")


# -- the ways out -----------------------------------------------------------------------------------------------------


@router.get("/drafts/{key}/file.{form}")
def file(desk: AtDesk, key: str, form: str) -> Response:
    """The message as a file: ``eml``, ``txt``, ``pdf``, ``docx``; the calendar's answer to a meeting request: ``ics``."""
    from pamit.services.outgoing import letter_file, text_file

    view = _view(desk, key)
    _allow(view)
    draft = view.laid.draft
    name = f"pamit-{view.laid.choice.purpose}-{view.laid.case}.{form}"
    if form == "txt":
        return attachment((view.laid.card.as_text() if view.laid.card else text_file(draft)).encode(), name)
    if form == "eml":
        return attachment(_mail(desk, view), name)
    if form == "ics" and (calendar := _calendar(desk, view)) is not None:
        return attachment(calendar, name)
    if form in ("pdf", "docx"):
        return attachment(letter_file(draft, form, created_on=desk.now.date()), name)
    raise PamitError(ErrorKind.MISSING, "no-such-page", "There is no such form.")


def _mail(desk: Desk, view: _View) -> bytes:
    from pamit.services.intake import recognise_form
    from pamit.services.outgoing import mail_file

    pamit = desk.site.pamit
    newest = next(iter(reversed(pamit.sources(view.laid.case))), None)
    data = pamit.source(newest.digest) if newest else b""
    is_mail = newest is not None and recognise_form(data[:16_384].decode("latin-1"), newest.name) == "mail"
    return mail_file(
        view.laid.draft,
        view.case.interview,
        desk.site.candidate(),
        now=desk.now,
        random=secrets.token_bytes(20),
        original=data if is_mail else None,
        to_agency=view.laid.choice.to_agency,
    ).data


def _calendar(desk: Desk, view: _View) -> bytes | None:
    email = desk.site.candidate().email
    return desk.site.pamit.calendar_file(
        view.laid.case, view.laid.draft, (email,) if email else (), desk.now, view.laid.proposed
    )


def _allow(view: _View) -> None:
    if view.report.blocks and not view.laid.override:
        raise PamitError(ErrorKind.REFUSED, "has-errors", "The check found errors.", case=view.laid.case)


@router.post("/drafts/{key}/handed/{via}")
def handed(desk: AtDesk, form: PostedForm, key: str, via: str) -> Response:
    """Put down that the message was opened in another program; whether it went from there is asked on Hari ini."""
    from pamit.services.outgoing import text_file

    view = _view(desk, key)
    _allow(view)
    if via in _VIA and view.laid.handed is None:
        data = _mail(desk, view) if via == "eml" else text_file(view.laid.draft).encode()
        message = desk.site.pamit.hand_over(view.laid.case, view.laid.draft, via, data, desk.now, secrets.token_bytes)
        desk.site.shelf(DRAFTS).replace(key, replace(view.laid, handed=message.id))
    return Response(status_code=204)


@router.post("/drafts/{key}/sent")
def sent(desk: AtDesk, form: PostedForm, key: str) -> Response:
    """The person has sent or said it; the plan goes on from there."""
    view = _view(desk, key)
    _allow(view)
    laid = view.laid
    if laid.draft.channel in SPOKEN:
        desk.site.shelf(SPOKEN_OF).replace(laid.case, laid.choice)
    if laid.handed is not None:
        desk.site.pamit.resolve_message(laid.handed, desk.now, sent=True)
    else:
        event = Event(desk.now, EventKind.MESSAGE_SENT, laid.choice.purpose, laid.draft.channel)
        desk.site.pamit.note(laid.case, desk.now, event=event, words=laid.override)
    dossier = desk.site.pamit.case(laid.case)
    others = f"/cases/{laid.after}/farewell" if laid.after else others_after(desk, laid.case, laid.choice.purpose)
    return desk.go(others or f"/cases/{laid.case}", Notice(desk.say("done.sent"), laid.case, dossier.version))


@router.post("/drafts/{key}/send")
def send(desk: AtDesk, form: PostedForm, key: str) -> Response:
    """Make the mail ready: its exact bytes are shown before anything goes."""
    view = _view(desk, key)
    preview = desk.site.pamit.prepare(
        view.laid.case,
        view.laid.draft,
        desk.site.candidate(),
        desk.now,
        random=secrets.token_bytes,
        address=form.text("address") or None,
        to_agency=view.laid.choice.to_agency,
        proposed=view.laid.proposed,
        token=form.once or None,
    )
    desk.site.shelf(PREVIEWS).replace(preview.message.id, preview)
    return desk.go(f"/messages/{preview.message.id}")
