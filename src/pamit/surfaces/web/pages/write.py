"""Tulis: choose what to say and how, see it with its parts marked and checked; the decision aid beside it."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from pamit.domain.calendar.zones import DEFAULT_ZONE, zone
from pamit.domain.interview import Candidate, Intent
from pamit.domain.log import Dossier
from pamit.domain.plan import make_plan
from pamit.domain.terms import SPOKEN, Channel, Language, Purpose, Reason, Register
from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.web.composing import GROUPS, Choice, Laid, choice_of, compose_choice, slots_of, suggested
from pamit.surfaces.web.desk import AtDesk, Desk
from pamit.surfaces.web.marking import Mark, pieces
from pamit.surfaces.web.posting import Posted, PostedForm
from pamit.surfaces.web.site import Notice
from pamit.surfaces.web.steps import about

router = APIRouter()

DRAFTS = "drafts"
SPOKEN_OF = "spoken"
"""Shelves: of what is written but not given out, and of the choices behind what was said last, by case."""

_WITH_REASON = frozenset(
    {
        Purpose.RESCHEDULE, Purpose.DECLINE, Purpose.CANCEL, Purpose.WITHDRAW, Purpose.DECLINE_OFFER, Purpose.REQUEST_ONLINE,
        Purpose.RUNNING_LATE, Purpose.APOLOGISE_ABSENCE, Purpose.RECONSIDER,
    }
)  # fmt: skip
_AID = frozenset({Purpose.DECLINE, Purpose.CANCEL, Purpose.WITHDRAW, Purpose.DECLINE_OFFER, Purpose.RECONSIDER})


@router.get("/cases/{case}/write")
def write(desk: AtDesk, request: Request, case: str) -> Response:
    """The choices, and the message that they make. Nothing is kept: the address holds it all."""
    dossier = desk.site.pamit.case(case)
    plan = desk.site.pamit.plan(case, desk.now)
    interview = dossier.case.interview
    name = about(interview.company, interview.position, desk.say)
    choice = choice_of(Posted.of_query(request.query_params))
    spoken = _spoken_of(dossier) if "record" in request.query_params else None
    if choice is None and spoken is not None:
        # What was said on the phone is put in writing (rule C4): the same purpose and reason, by mail.
        said = cast("Choice | None", desk.site.shelf(SPOKEN_OF).get(case))
        reason = said.reason if said is not None and said.purpose == spoken else None
        return RedirectResponse(f"/cases/{case}/write?{Choice(spoken, reason, Channel.EMAIL).query()}", 303)
    if choice is None:
        likely = suggested(plan)
        groups = [(group, [one for one in purposes if one not in likely]) for group, purposes in GROUPS]
        return desk.show("write_purpose.html", dossier=dossier, name=name, likely=likely, groups=groups)
    candidate = desk.site.candidate()
    if not candidate.name:
        return desk.show("write_name.html", dossier=dossier, name=name, back=f"/cases/{case}/write?{choice.query()}")
    return _composed(desk, dossier, name, choice, candidate)


def _spoken_of(dossier: Dossier) -> Purpose | None:
    """What was said last by phone or face to face."""
    said = [event.purpose for event in dossier.case.events if event.purpose and event.channel in SPOKEN]
    return said[-1] if said else None


def _composed(desk: Desk, dossier: Dossier, name: str, choice: Choice, candidate: Candidate) -> Response:
    from pamit.services.checking import check_message, context_of

    case = dossier.case
    trouble = draft = card = report = None
    parts: tuple[object, ...] = ()
    try:
        draft, card = compose_choice(case, choice, candidate, dossier.language, desk.now)
        report = check_message(draft, context_of(case, candidate, desk.now))
        marks = [Mark(one.begin, one.end, desk.say(f"move.{one.move}"), "move") for one in draft.moves]
        parts = pieces(draft.text, marks)
    except PamitError as error:
        if error.kind == ErrorKind.UNAVAILABLE:
            raise
        key = f"error.{error.code}"
        trouble = desk.say(key, **error.facts) if desk.say.has(key) else desk.say("write.no_such_message")
    plan = make_plan(case, desk.now, Intent(choice.purpose, choice.reason), desk.site.pamit.own_days)
    return desk.show(
        "write.html",
        dossier=dossier,
        name=name,
        choice=choice,
        draft=draft,
        card=card,
        parts=parts,
        report=report,
        trouble=trouble,
        warnings=plan.warnings,
        costs=_costs(desk, dossier, choice),
        has_agency=case.interview.agency is not None,
        slots=_slots(desk, dossier, choice),
        options=_options(desk, choice, draft.channel if draft else None),
    )


def _options(desk: Desk, choice: Choice, channel: Channel | None) -> dict[str, list[tuple[str, str]]]:
    say = desk.say
    reasons = [(str(one), say(f"reason.{one}")) for one in Reason] if choice.purpose in _WITH_REASON else []
    return {
        "purposes": [(str(one), say(f"do.{one}")) for _, group in GROUPS for one in group],
        "reasons": reasons,
        "channels": [(str(one), say(f"channel.{one}")) for one in Channel],
        "languages": [(str(one), say(f"language.{one}")) for one in Language],
        "registers": [(str(one), say(f"register.{one}")) for one in Register],
        "channel": [(str(channel or ""), "")],
    }


def _slots(desk: Desk, dossier: Dossier, choice: Choice) -> list[str]:
    """The other times in the form: the person's, else those that would be proposed."""
    from pamit.phrasing.slots import propose_slots

    if choice.purpose != Purpose.RESCHEDULE:
        return []
    given = list(choice.alternatives)
    if not given:
        place = zone(dossier.case.interview.timezone or DEFAULT_ZONE)
        given = [one.astimezone(place).strftime("%Y-%m-%dT%H:%M") for one in propose_slots(dossier.case.interview, desk.now)]
    return [*given, "", "", ""][:3]


def _costs(desk: Desk, dossier: Dossier, choice: Choice) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What the choice costs at this stage."""
    from pamit.phrasing import decision_aid

    if choice.purpose not in _AID:
        return ()
    aid = decision_aid(dossier.case, now=desk.now, language=desk.language, purpose=choice.purpose, reason=choice.reason)
    return tuple((one.heading, one.lines) for one in aid.sections if set(one.rules) & {"P4", "K2"})


@router.get("/cases/{case}/decide")
def decide(desk: AtDesk, case: str, purpose: str = "", reason: str = "") -> Response:
    """The decision aid."""
    from pamit.phrasing import decision_aid

    dossier = desk.site.pamit.case(case)
    interview = dossier.case.interview
    leaning = Purpose(purpose) if purpose in set(_AID) else None
    chosen = Reason(reason) if reason in set(Reason) else None
    aid = decision_aid(dossier.case, now=desk.now, language=desk.language, purpose=leaning, reason=chosen)
    return desk.show(
        "decide.html",
        dossier=dossier,
        name=about(interview.company, interview.position, desk.say),
        aid=aid,
        purpose=str(leaning or ""),
        reason=str(chosen or ""),
        purposes=[(str(one), desk.say(f"do.{one}")) for one in Purpose if one in _AID],
        reasons=[(str(one), desk.say(f"reason.{one}")) for one in Reason],
    )


@router.post("/profile")
def profile(desk: AtDesk, form: PostedForm) -> Response:
    """Keep who the person is; asked once, when the first message is written."""
    values = {name: " ".join(form.text(name).split())[:200] for name in ("name", "email", "phone", "city") if form.chosen(name)}
    if "name" in values and not values["name"]:
        raise PamitError(ErrorKind.INVALID, "no-name", "A message without a name cannot be sent.")
    desk.site.keep_settings(values)
    back = form.text("back", "/")
    ours = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    return desk.go(back if ours else "/", Notice(desk.say("done.profile")))


def _after(form: Posted) -> str | None:
    case = form.text("after")
    return case if case.isascii() and case.isalnum() else None


@router.post("/cases/{case}/drafts")
def lay_aside(desk: AtDesk, form: PostedForm, case: str) -> Response:
    """Take the message to the last view, where it can still be changed."""
    from pamit.phrasing.slots import propose_slots

    dossier = desk.site.pamit.case(case)
    choice = choice_of(form)
    if choice is None:
        return desk.go(f"/cases/{case}/write")
    draft, card = compose_choice(dossier.case, choice, desk.site.candidate(), dossier.language, desk.now)
    slots = slots_of(dossier.case, choice)
    if choice.purpose == Purpose.RESCHEDULE and not slots:
        slots = propose_slots(dossier.case.interview, desk.now)
    proposed = next(iter(slots), None)
    key = desk.site.shelf(DRAFTS).put(Laid(case, dossier.version, draft, choice, card, proposed=proposed, after=_after(form)))
    return desk.go(f"/drafts/{key}")
