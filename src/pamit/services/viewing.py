"""Looking at one case."""

from __future__ import annotations

from datetime import datetime

from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.invitation import FIELDS, Fact, Field, Invitation
from pamit.domain.log import Dossier
from pamit.domain.plan import Plan, make_plan
from pamit.domain.terms import Channel, InvitationKind
from pamit.services.ports import SourceRef, Store

__all__ = ["count_cases", "invitation_of", "open_case", "plan_of", "source_bytes", "sources_of"]

_MOMENTS = frozenset({"start", "end", "reply_by"})


def count_cases(store: Store) -> int:
    """How many cases there are."""
    with store.reading() as view:
        return view.count()


def open_case(store: Store, case: str) -> Dossier:
    """A case with its whole log.

    Raises:
        PamitError: MISSING ``no-such-case``.
    """
    with store.reading() as view:
        return view.dossier(case)


def sources_of(store: Store, case: str) -> tuple[SourceRef, ...]:
    """The messages of a case, in the order in which they came.

    Raises:
        PamitError: MISSING ``no-such-case``.
    """
    with store.reading() as view:
        view.dossier(case)
        return view.sources(case)


def source_bytes(store: Store, digest: str) -> bytes:
    """A message, byte for byte.

    Raises:
        PamitError: MISSING ``no-such-source``.
    """
    with store.reading() as view:
        return view.source(digest)


def plan_of(store: Store, own_days: OwnDays, case: str, now: datetime) -> Plan:
    """What is open in a case.

    Raises:
        PamitError: MISSING ``no-such-case``.
    """
    return make_plan(open_case(store, case).case, now, own_days=own_days)


def invitation_of(store: Store, case: str) -> Invitation:
    """A case as an invitation whose facts are settled, for whatever works on invitations.

    Raises:
        PamitError: MISSING ``no-such-case``.
    """
    dossier = open_case(store, case)
    interview = dossier.case.interview
    facts: dict[Field, Fact] = {}
    for name in FIELDS:
        value = dossier.facts.get(name)
        if value is not None:
            facts[name] = Fact(getattr(interview, name) if name in _MOMENTS else value)
    via = interview.invited_via
    return Invitation(
        text="",
        kind=InvitationKind(str(dossier.facts.get("kind", InvitationKind.INVITATION))),
        language=dossier.language,
        facts=facts,
        received=interview.received,
        channel="whatsapp" if via == Channel.TEXT else (str(via) if via else None),
    )
