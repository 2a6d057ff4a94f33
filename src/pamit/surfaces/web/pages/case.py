"""One case: what to do, what is known, what happened and what comes, its messages."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import Response

from pamit.domain.facts import FACT_NAMES
from pamit.domain.log import Dossier
from pamit.domain.plan import Plan
from pamit.domain.terms import Channel, EventKind, Purpose, Stage
from pamit.errors import ErrorKind, PamitError
from pamit.services.ports import SourceRef
from pamit.surfaces.log_words import entry_words
from pamit.surfaces.web.desk import AtDesk, Desk
from pamit.surfaces.web.marking import pieces
from pamit.surfaces.web.reading import MOMENTS, Input, inputs_of, marks_of
from pamit.surfaces.web.steps import about, of_plan

router = APIRouter()

# What a person notes most, by where the case stands; everything else is under "more".
_USUAL = {
    Stage.INVITED: ("message_sent", "confirmation_received", "rescheduled_by_employer", "cancelled_by_employer"),
    Stage.SCHEDULED: ("confirmation_received", "message_sent", "rescheduled_by_employer", "cancelled_by_employer"),
    Stage.TODAY: ("attended", "absent", "message_sent", "confirmation_received"),
    Stage.INTERVIEWED: ("message_sent", "next_round", "offer_received", "rejected"),
    Stage.CLOSED: ("offer_received", "message_sent"),
}
_EDITABLE = tuple(name for name in FACT_NAMES if name not in ("kind", "language", "received", "invited_via"))
_MORE_FACTS = ("received", "invited_via")
_TEXT_SHOWN = 200_000


@dataclass(frozen=True)
class _Line:
    """One line of the course of a case."""

    at: datetime
    text: str
    details: tuple[str, ...] = ()
    kind: str = "past"
    note: str | None = None


@router.get("/cases/{case}")
def case(desk: AtDesk, case: str) -> Response:
    """The page of a case."""
    pamit = desk.site.pamit
    dossier, sources, plan = pamit.case(case), pamit.sources(case), pamit.plan(case, desk.now)
    interview = dossier.case.interview
    usual = _usual(plan.stage, {str(event.kind) for event in dossier.case.events})
    rest = [str(kind) for kind in EventKind if kind not in (EventKind.CLOSED, EventKind.REOPENED) and str(kind) not in usual]
    return desk.show(
        "case.html",
        dossier=dossier,
        interview=interview,
        name=about(interview.company, interview.position, desk.say),
        plan=plan,
        steps_shown=of_plan(case, interview, plan, desk.say, desk.now),
        facts=[(desk.say(f"field.{name}"), fact_words(desk, name, value, dossier)) for name, value in dossier.facts.items()],
        lines=_lines(desk, dossier, plan),
        sources=[(number, shown_name(ref.name) or desk.say("case.pasted"), ref) for number, ref in enumerate(sources, 1)],
        messages=[one for one in pamit.outbox() if one.case == case],
        usual=usual,
        rest=[(kind, desk.say(f"note.{kind}")) for kind in rest],
        purposes=[(str(purpose), desk.say(f"do.{purpose}")) for purpose in Purpose],
        channels=[(str(one), desk.say(f"channel.{one}")) for one in Channel],
        is_closed=plan.stage == Stage.CLOSED,
        has_accepted=any(
            one.kind == EventKind.OFFER_ACCEPTED or one.purpose == Purpose.ACCEPT_OFFER for one in dossier.case.events
        ),
    )


def _usual(stage: Stage, noted: set[str]) -> tuple[str, ...]:
    """What is noted most at a stage, after what was noted already."""
    if stage == Stage.INTERVIEWED and not noted & {"attended", "absent"}:
        return ("attended", "absent", *(kind for kind in _USUAL[stage] if kind != "next_round"))
    if "offer_received" in noted:
        return tuple("offer_accepted" if kind == "offer_received" else kind for kind in _USUAL[stage])
    return _USUAL[stage]


def fact_words(desk: Desk, name: str, value: object, dossier: Dossier) -> str:
    """A fact as a person reads it."""
    if name in MOMENTS:
        return desk.moment(datetime.fromisoformat(str(value)), dossier.case.interview.timezone)
    groups = {"mode": "mode", "kind": "kind", "invited_via": "channel", "language": "language"}
    if name in groups:
        return desk.say(f"{groups[name]}.{value}")
    return desk.say("common.yes" if value else "common.no") if isinstance(value, bool) else str(value)


def _lines(desk: Desk, dossier: Dossier, plan: Plan) -> list[_Line]:
    standing = {entry.number for entry in dossier.standing}
    found = []
    for entry in dossier.entries:
        undone = entry.undoes is None and entry.number not in standing
        details = []
        for name, change in entry.changes.items() if entry.number > 1 else ():
            before, after = (
                desk.say("common.unknown") if one is None else fact_words(desk, name, one, dossier)
                for one in (change.before, change.after)
            )
            details.append(f"{desk.say(f'field.{name}')}: {before} → {after}")
        text = entry_words(entry, desk.say)
        found.append(_Line(entry.at, text[:1].upper() + text[1:], tuple(details), "undone" if undone else "past", entry.note))
    start = dossier.case.interview.start
    found.append(_Line(desk.now, desk.say("case.now"), (), "now"))
    coming = [_Line(step.due, desk.say(f"do.{step.do}"), (), "next") for step in plan.steps if step.due > desk.now]
    is_open = plan.stage != Stage.CLOSED
    if is_open and start is not None and start > desk.now and not any(str(step.do) == "attend" for step in plan.steps):
        coming.append(_Line(start, desk.say("case.interview"), (), "next"))
    return found + sorted(coming, key=lambda line: line.at)


# -- facts ------------------------------------------------------------------------------------------------------------


@router.get("/cases/{case}/edit")
def edit(desk: AtDesk, case: str) -> Response:
    """The form for the facts."""
    return edit_page(desk, desk.site.pamit.case(case))


def edit_page(desk: Desk, dossier: Dossier, *, trouble: str | None = None, written: dict[str, str] | None = None) -> Response:
    """The facts as fields, with what the person wrote already."""
    values: dict[str, object] = dict(dossier.facts)
    interview = dossier.case.interview
    return desk.show(
        "case_edit.html",
        422 if trouble else 200,
        dossier=dossier,
        name=about(interview.company, interview.position, desk.say),
        inputs=_with(inputs_of(values, _EDITABLE, desk.say, desk.now), written),
        more=_with(inputs_of(values, _MORE_FACTS, desk.say, desk.now), written),
        trouble=trouble,
    )


def _with(inputs: list[Input], written: dict[str, str] | None) -> list[Input]:
    return [replace(one, value=written.get(one.name, one.value)) for one in inputs] if written else inputs


# -- messages ---------------------------------------------------------------------------------------------------------


@router.get("/cases/{case}/sources/{number}")
def source(desk: AtDesk, case: str, number: int) -> Response:
    """The words of a message, with its facts marked. HTML is read as text; nothing of it is shown as it came."""
    from pamit.services.intake import read_source

    ref = _numbered(desk, case, number)
    data = desk.site.pamit.source(ref.digest)
    read = read_source(
        data, name=ref.name, subject=ref.subject, sender=ref.sender, received=ref.received, channel=ref.channel, now=desk.now
    )
    interview = desk.site.pamit.case(case).case.interview
    return desk.show(
        "source.html",
        case=case,
        number=number,
        name=about(interview.company, interview.position, desk.say),
        file=shown_name(ref.name),
        parts=pieces(read.text[:_TEXT_SHOWN], marks_of(read, desk.say)),
        read=read,
        is_cut=len(read.text) > _TEXT_SHOWN,
    )


@router.get("/cases/{case}/sources/{number}/file")
def source_file(desk: AtDesk, case: str, number: int) -> Response:
    """The message byte for byte, as a download and nothing else."""
    ref = _numbered(desk, case, number)
    return attachment(desk.site.pamit.source(ref.digest), shown_name(ref.name) or f"pamit-{case}-{number}.txt")


def _numbered(desk: Desk, case: str, number: int) -> SourceRef:
    sources = desk.site.pamit.sources(case)
    if not 1 <= number <= len(sources):
        raise PamitError(ErrorKind.MISSING, "no-such-source", "The case has no such message.", case=case)
    return sources[number - 1]


def shown_name(name: str | None) -> str | None:
    """A stranger's file name as it may be shown: no path, no control signs, nothing that turns the direction of writing (T10).

    >>> shown_name("../../.ssh/kunci"), shown_name("surat\\u202efdp.exe")
    ('kunci', 'suratfdp.exe')
    """
    if not name:
        return None
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in base if unicodedata.category(sign)[0] != "C" and sign not in "\u2028\u2029").strip(" .")
    return kept[:120] or None


def attachment(data: bytes, name: str) -> Response:
    """A file to be saved, never to be shown by the browser."""
    plain = name.encode("ascii", "ignore").decode().replace('"', "").replace("\\", "").replace(";", "") or "pamit"
    return Response(
        data,
        media_type="application/octet-stream",
        headers={
            "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
            "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
        },
    )
