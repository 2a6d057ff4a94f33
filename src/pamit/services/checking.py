"""Checking a draft against its case, with the sentence for what is missing taken from the phrasebook."""

from __future__ import annotations

from datetime import datetime

from pamit.domain.interview import Candidate, Case
from pamit.domain.message import CheckContext, Draft, PreviousMessage, Report
from pamit.domain.terms import Channel, EventKind, Language, Purpose
from pamit.etiquette import DEFAULT_POLICY, Policy, check_draft
from pamit.services.mending import with_sentences

__all__ = ["check_message", "context_of"]


def context_of(case: Case, candidate: Candidate, now: datetime) -> CheckContext:
    """What a check needs to know of a case.

    Args:
        now: the aware moment at which the message would go out.
    """
    interview = case.interview
    sent = (
        PreviousMessage(event.at, event.purpose)
        for event in case.events
        if event.kind == EventKind.MESSAGE_SENT and event.purpose and event.at <= now
    )
    return CheckContext(
        company=interview.company,
        position=interview.position,
        interview_start=interview.start,
        contact_name=interview.contact.name,
        candidate=candidate.name,
        now=now,
        round=interview.round,
        previous=tuple(sent),
        received=interview.received,
        invited_via=interview.invited_via,
        decision_expected=interview.decision_expected,
        signature=candidate.signature,
    )


def check_message(
    message: str | Draft,
    context: CheckContext | None = None,
    *,
    channel: Channel = Channel.EMAIL,
    purpose: Purpose | None = None,
    language: Language | None = None,
    subject: str | None = None,
    policy: Policy = DEFAULT_POLICY,
) -> Report:
    """Check a draft for etiquette, honesty and agreement with the case.

    Args:
        message: a draft, or the bare words of one.
        context: the case; what it leaves out is taken from the words or not judged.
        channel, purpose, language, subject: of bare words; purpose and language are recognised where they are None.
        policy: which rules hold, and how gravely.

    Returns:
        what was found; the fix of a missing move carries its sentence from the phrasebook.
    """
    draft = message if isinstance(message, Draft) else Draft(channel, message, language, purpose, subject)
    known = context or CheckContext()
    return with_sentences(check_draft(draft, known, policy), draft, known)
