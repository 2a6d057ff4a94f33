"""Periksa: any draft that a person has; nothing of it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from pamit.domain.message import CheckContext, Draft, Report
from pamit.domain.terms import Channel, Language, Purpose
from pamit.services.ports import Listing
from pamit.surfaces.web.desk import AtDesk, Desk
from pamit.surfaces.web.marking import Mark, pieces
from pamit.surfaces.web.posting import Posted, PostedForm
from pamit.surfaces.web.steps import about

router = APIRouter()

_MAX_TEXT = 50_000
_CASES_SHOWN = 50


@dataclass(frozen=True)
class _Written:
    """A draft with the case it is held against."""

    draft: Draft
    context: CheckContext


@router.get("/check")
def ask(desk: AtDesk) -> Response:
    """Where a draft is pasted."""
    return _page(desk, None, None, Posted.empty())


@router.post("/check")
def check(desk: AtDesk, form: PostedForm) -> Response:
    """What a check says of it."""
    written = _written(desk, form)
    return _page(desk, written, _report(written) if written else None, form)


@router.post("/check/live")
def live(desk: AtDesk, form: PostedForm) -> Response:
    """The findings alone, while the person writes."""
    written = _written(desk, form)
    report = _report(written) if written else None
    return desk.fragment("findings.html", report=report, text=written.draft.text if written else "")


def _written(desk: Desk, form: Posted) -> _Written | None:
    from pamit.services.checking import context_of

    text = form.text("text")[:_MAX_TEXT]
    if not text.strip():
        return None
    channel, purpose = form.text("channel"), form.text("purpose")
    language, case = form.text("language"), form.text("case")
    draft = Draft(
        Channel(channel) if channel in set(Channel) else Channel.EMAIL,
        text,
        Language(language) if language in set(Language) else None,
        Purpose(purpose) if purpose in set(Purpose) else None,
        form.text("subject").strip() or None,
    )
    candidate = desk.site.candidate()
    if case:
        return _Written(draft, context_of(desk.site.pamit.case(case).case, candidate, desk.now))
    return _Written(draft, CheckContext(candidate=candidate.name or None, signature=candidate.signature))


def _report(written: _Written) -> Report:
    from pamit.services.checking import check_message

    return check_message(written.draft, written.context)


def _page(desk: Desk, written: _Written | None, report: Report | None, form: Posted) -> Response:
    say = desk.say
    rows = desk.site.pamit.list(Listing(limit=_CASES_SHOWN), desk.now)
    text = written.draft.text if written else form.text("text")
    marks = [
        Mark(one.begin, one.end, say(f"severity.{one.severity}"), "found")
        for one in (report.findings if report else ())
        if one.begin is not None and one.end is not None
    ]
    return desk.show(
        "check.html",
        report=report,
        text=text,
        parts=pieces(text, marks) if report else (),
        chosen={name: form.text(name) for name in ("channel", "purpose", "language", "case", "subject")},
        channels=[(str(one), say(f"channel.{one}")) for one in Channel if one != Channel.IN_PERSON],
        purposes=[(str(one), say(f"do.{one}")) for one in Purpose],
        languages=[(str(one), say(f"language.{one}")) for one in Language],
        cases=[(row.case, about(row.company, row.position, say)) for row in rows],
    )
