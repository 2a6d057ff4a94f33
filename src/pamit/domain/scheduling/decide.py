"""The table of decisions for incoming calendar messages (protocols.md §1.5), as one pure function."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from pamit.domain.scheduling.meeting import (
    Known,
    Meeting,
    answers_proposal,
    cancels_about,
    meeting_of,
    newest,
    requests_about,
)
from pamit.domain.scheduling.message import Instance, Position, SchedulingMessage, same_instance
from pamit.domain.scheduling.sentences import sentence
from pamit.domain.scheduling.trust import Trust, TrustLevel
from pamit.domain.terms import Bilingual

__all__ = ["Action", "Decision", "decide"]


class Action(StrEnum):
    """What a message does."""

    NEW = "new"
    SUPERSEDED = "superseded"
    SAME = "same"
    MINOR_UPDATE = "minor_update"
    MAJOR_UPDATE = "major_update"
    STORE_INSTANCE = "store_instance"
    ATTACH_INSTANCE = "attach_instance"
    ADD_INSTANCE = "add_instance"
    ASK_REFRESH = "ask_refresh"
    KEEP_UNKNOWN = "keep_unknown"
    """A cancellation of something unknown: kept, so that an invitation that comes late is known to be called off."""
    IGNORE = "ignore"
    CANCEL = "cancel"
    CANCEL_INSTANCE = "cancel_instance"
    CANCEL_FROM = "cancel_from"
    NOT_US = "not_us"
    PROPOSAL_REFUSED = "proposal_refused"
    SHOW = "show"
    NOTE = "note"
    SEPARATE = "separate"
    """A known UID from a stranger: an item of its own, with a warning."""
    NEEDS_PERSON = "needs_person"


# What is taken into what is known; everything else is kept as a message and shown.
_TAKEN: Final = frozenset(
    {
        Action.NEW, Action.SUPERSEDED, Action.SAME, Action.MINOR_UPDATE, Action.MAJOR_UPDATE, Action.STORE_INSTANCE,
        Action.ATTACH_INSTANCE, Action.ADD_INSTANCE, Action.KEEP_UNKNOWN, Action.IGNORE, Action.CANCEL, Action.CANCEL_INSTANCE,
        Action.CANCEL_FROM, Action.PROPOSAL_REFUSED, Action.ASK_REFRESH,
    }
)  # fmt: skip
# What changes a meeting, so that a forged message must not do it without a question.
_CHANGING: Final = frozenset(
    {
        Action.MINOR_UPDATE, Action.MAJOR_UPDATE, Action.ATTACH_INSTANCE, Action.ADD_INSTANCE, Action.CANCEL,
        Action.CANCEL_INSTANCE, Action.CANCEL_FROM, Action.PROPOSAL_REFUSED, Action.KEEP_UNKNOWN,
    }
)  # fmt: skip
_SHOWN_ONLY: Final = frozenset({"REPLY", "COUNTER", "REFRESH"})


@dataclass(frozen=True)
class Decision:
    """What a message means.

    Attributes:
        position: where it stands beside what is known; None where that plays no part.
        applies: whether it may be applied without a question; otherwise it is shown, and a person decides.
        known: what is known once it is applied.
        reasons: why, the first naming what it does, the last, where it matters, whether it is trusted.
        resets_answer: whether the person's earlier answer no longer stands.
        agreed: whether the organiser took over the person's proposal.
        before, after: the beginning of the meeting, where it was moved.
    """

    action: Action
    position: Position | None
    applies: bool
    known: Known
    reasons: tuple[Bilingual, ...]
    resets_answer: bool = False
    agreed: bool = False
    before: Instance | None = None
    after: Instance | None = None


def decide(incoming: SchedulingMessage, known: Known, trust: Trust) -> Decision:
    """What an incoming message means for what is known of the same UID.

    Args:
        known: everything taken in so far, in whatever order it came.
        trust: from :func:`pamit.domain.scheduling.trust_of`.
    """
    if incoming.losses:
        return _decision(incoming, known, trust, Action.NEEDS_PERSON, None)
    if incoming.method in _SHOWN_ONLY:
        return _decision(incoming, known, trust, Action.SHOW, None)
    if incoming.method in (None, "PUBLISH"):
        return _decision(incoming, known, trust, Action.NOTE, None)
    if incoming.is_for_others:
        return _decision(incoming, known, trust, Action.NOT_US, None)
    if incoming.method in ("REQUEST", "ADD") and known.messages and trust.level == TrustLevel.STRANGER:
        return _decision(incoming, known, trust, Action.SEPARATE, None)
    rule = {"REQUEST": _request, "CANCEL": _cancel, "DECLINECOUNTER": _decline, "ADD": _add}.get(incoming.method or "")
    if rule is None:
        return _decision(incoming, known, trust, Action.SHOW, None)
    action, position = rule(incoming, known)
    return _decision(incoming, known, trust, action, position)


# -- the rows of the table --------------------------------------------------------------------------------------------


def _request(incoming: SchedulingMessage, known: Known) -> tuple[Action, Position]:
    position = _position(incoming, known)
    if position == "older":
        return Action.SUPERSEDED, position
    if position == "same":
        return Action.SAME, position
    if not requests_about(known, incoming.instance):
        if incoming.instance is None:
            return Action.NEW, position
        return (Action.ATTACH_INSTANCE if requests_about(known, None) else Action.STORE_INSTANCE), position
    meeting = meeting_of(known, incoming.instance)
    return (Action.MAJOR_UPDATE if _is_major(incoming, meeting) else Action.MINOR_UPDATE), position


def _cancel(incoming: SchedulingMessage, known: Known) -> tuple[Action, Position]:
    position = _position(incoming, known)
    if position == "older":
        return Action.IGNORE, position
    if position == "same":
        return Action.SAME, position
    if not any(one.method in ("REQUEST", "ADD") for one in known.messages):
        return Action.KEEP_UNKNOWN, position
    if incoming.instance is None:
        return Action.CANCEL, position
    return (Action.CANCEL_FROM if incoming.and_future else Action.CANCEL_INSTANCE), position


def _decline(incoming: SchedulingMessage, known: Known) -> tuple[Action, Position]:
    """A refusal counts only against the proposal that is open; forms with and without SEQUENCE are in use (§1.2 note a)."""
    meeting = meeting_of(known, incoming.instance)
    proposal = meeting.proposal
    if proposal is None:
        return Action.SHOW, "unknown"
    if meeting.proposal_state in ("overtaken", "agreed") or not answers_proposal(incoming, proposal):
        return Action.IGNORE, "older"
    if incoming in known.messages or meeting.proposal_state == "refused":
        return Action.SAME, "same"
    return Action.PROPOSAL_REFUSED, "newer"


def _add(incoming: SchedulingMessage, known: Known) -> tuple[Action, Position]:
    if not requests_about(known, None):
        return Action.ASK_REFRESH, "unknown"
    position = _position(incoming, known)
    if position == "older":
        return Action.SUPERSEDED, position
    return (Action.SAME if position == "same" else Action.ADD_INSTANCE), position


# -- order ------------------------------------------------------------------------------------------------------------


def _position(incoming: SchedulingMessage, known: Known) -> Position:
    """Where a message stands beside those about the same thing."""
    subject = incoming.subject
    about = [*requests_about(known, subject), *cancels_about(known, subject)]
    if subject is not None:
        whole = newest(requests_about(known, None))
        if whole is not None and incoming.revision.sequence < whole.revision.sequence:
            return "older"
        if incoming.method != "CANCEL":
            about += cancels_about(known, None)
    elif incoming.method == "CANCEL" and not requests_about(known, None):
        # Of a series only instances are known: whatever calls off the whole is held against them.
        about += [one for one in known.messages if one.method in ("REQUEST", "ADD")]
    last = newest(about)
    if last is None:
        return "unknown" if subject is None or not requests_about(known, None) or incoming.method == "REQUEST" else "newer"
    if incoming.key == last.key:
        return "same"
    return "newer" if incoming.key > last.key else "older"


def _is_major(incoming: SchedulingMessage, meeting: Meeting) -> bool:
    """Whether an update asks anew: a higher SEQUENCE, another time (Google and Exchange move without raising), or a revival."""
    request = meeting.request
    if request is None or meeting.standing == "cancelled" or incoming.revision.sequence > request.revision.sequence:
        return True
    return _moved(incoming, meeting)


def _moved(incoming: SchedulingMessage, meeting: Meeting) -> bool:
    request = meeting.request
    if request is None:
        return False
    return not (same_instance(incoming.start, request.start) and same_instance(incoming.end, request.end))


# -- the decision -----------------------------------------------------------------------------------------------------


def _decision(incoming: SchedulingMessage, known: Known, trust: Trust, action: Action, position: Position | None) -> Decision:
    meeting = meeting_of(known, incoming.subject)
    reasons = [sentence("action", action.value)]
    updated = action in (Action.MAJOR_UPDATE, Action.ATTACH_INSTANCE)
    moved = updated and incoming.method == "REQUEST" and _moved(incoming, meeting)
    agreed = moved and meeting.proposal is not None and same_instance(meeting.proposal.start, incoming.start)
    if action == Action.SUPERSEDED and meeting.standing == "cancelled":
        reasons.append(sentence("because", "called_off_since"))
    if action == Action.MAJOR_UPDATE and meeting.standing == "cancelled":
        reasons.append(sentence("because", "revived"))
    if moved:
        reasons.append(sentence("because", "agreed" if agreed else "moved"))
    changing = action in _CHANGING
    if (changing and not trust.is_enough) or action == Action.SEPARATE:
        reasons.append(trust.reason)
    decision = Decision(
        action=action,
        position=position,
        applies=action != Action.NEEDS_PERSON and (not changing or trust.is_enough),
        known=known.with_message(incoming) if action in _TAKEN else known,
        reasons=tuple(reasons),
        resets_answer=action == Action.MAJOR_UPDATE,
        agreed=agreed,
    )
    return replace(decision, before=meeting.start, after=incoming.start) if moved else decision
