"""The present state of a meeting, from the set of everything that was taken in about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pamit.domain.scheduling.message import Instance, Key, SchedulingMessage, covers, same_instance

__all__ = ["Known", "Meeting", "OwnAnswer", "meeting_of"]

Standing = Literal["unknown", "invited", "cancelled"]
ProposalState = Literal["waiting", "agreed", "refused", "overtaken"]


@dataclass(frozen=True)
class OwnAnswer:
    """What the person answered.

    Attributes:
        partstat: PARTSTAT; TENTATIVE for a counter-proposal.
        sequence: the SEQUENCE that was answered.
        stamp: its DTSTAMP, aware.
        about: the time of the meeting that was answered.
        start, end: the proposed time; None for a plain answer.
    """

    partstat: str
    sequence: int
    stamp: datetime
    instance: Instance | None = None
    about: Instance | None = None
    start: Instance | None = None
    end: Instance | None = None

    @property
    def is_proposal(self) -> bool:
        """Whether it was a COUNTER."""
        return self.start is not None


@dataclass(frozen=True)
class Known:
    """What was taken in about one UID. Messages that were only shown are not in it.

    Attributes:
        messages: in any order.
        answers: the person's own, in any order.
    """

    uid: str
    messages: frozenset[SchedulingMessage] = frozenset()
    answers: frozenset[OwnAnswer] = frozenset()

    def with_message(self, message: SchedulingMessage) -> Known:
        """With one message more."""
        return Known(self.uid, self.messages | {message}, self.answers)

    def with_answer(self, answer: OwnAnswer) -> Known:
        """With one answer more."""
        return Known(self.uid, self.messages, self.answers | {answer})

    @property
    def instances(self) -> tuple[Instance, ...]:
        """The instances that some message is about, in a fixed order."""
        found = {message.subject for message in self.messages if message.subject is not None}
        return tuple(sorted(found, key=_place_in_time))


def _place_in_time(instance: Instance) -> tuple[bool, float]:
    if isinstance(instance, datetime):
        return True, instance.timestamp()
    return False, instance.toordinal()


@dataclass(frozen=True)
class Meeting:
    """A meeting, or one instance of a series, as it stands.

    Attributes:
        request: the newest invitation to it; None where only a cancellation is known.
        cancel: the cancellation that holds.
        answer: the person's answer, if it still counts: a major update asks anew.
        proposal: the person's last proposal, and what became of it.
    """

    standing: Standing
    request: SchedulingMessage | None = None
    cancel: SchedulingMessage | None = None
    answer: OwnAnswer | None = None
    proposal: OwnAnswer | None = None
    proposal_state: ProposalState | None = None

    @property
    def start(self) -> Instance | None:
        """When it is to be."""
        return self.request.start if self.request is not None else None


def newest(messages: Iterable[SchedulingMessage]) -> SchedulingMessage | None:
    """The newest of some messages; among equals one and the same whatever their order."""
    return max(messages, key=_total, default=None)


def _total(message: SchedulingMessage) -> tuple[Key, str]:
    return message.key, repr(message)


def requests_about(known: Known, instance: Instance | None) -> list[SchedulingMessage]:
    """The invitations to an instance, or to the whole."""
    wanted = [one for one in known.messages if one.method in ("REQUEST", "ADD")]
    if instance is None:
        return [one for one in wanted if one.subject is None]
    return [one for one in wanted if same_instance(one.subject, instance)]


def cancels_about(known: Known, instance: Instance | None) -> list[SchedulingMessage]:
    """The cancellations of the whole, or of exactly an instance or a range that covers it."""
    wanted = [one for one in known.messages if one.is_cancel]
    if instance is None:
        return [one for one in wanted if one.subject is None]
    return [one for one in wanted if one.subject is not None and covers(one, instance)]


def meeting_of(known: Known, instance: Instance | None = None) -> Meeting:
    """How a meeting stands.

    An instance follows the series unless a message about itself is at least as new, by SEQUENCE, as the series: a later
    form of the series replaces its exceptions (RFC 5546 §3.2.2.1).
    """
    whole = newest(requests_about(known, None))
    called_off = newest(cancels_about(known, None))
    if instance is None:
        request, cancel = whole, called_off
        own = newest(one for one in known.messages if one.subject is not None and one.method in ("REQUEST", "ADD"))
        if request is None and cancel is not None and own is not None and own.key > cancel.key:
            cancel = None
    else:
        floor = whole.revision.sequence if whole is not None else 0
        single = newest(one for one in requests_about(known, instance) if one.revision.sequence >= floor)
        dropped = newest(one for one in cancels_about(known, instance) if one.revision.sequence >= floor)
        request = single or whole
        cancel = newest(one for one in (dropped, called_off) if one is not None)
        if single is None and dropped is not None:
            return _with_answers(known, instance, Meeting("cancelled", request, dropped))
    if cancel is not None and (request is None or cancel.key > request.key):
        return _with_answers(known, instance, Meeting("cancelled", request, cancel))
    return _with_answers(known, instance, Meeting("invited" if request is not None else "unknown", request))


def _with_answers(known: Known, instance: Instance | None, meeting: Meeting) -> Meeting:
    request = meeting.request
    mine = [one for one in known.answers if same_instance(one.instance, instance) or (instance and one.instance is None)]
    last = max(mine, key=lambda one: (one.stamp, one.partstat, str(one.start)), default=None)
    proposal = max((one for one in mine if one.is_proposal), key=lambda one: (one.stamp, str(one.start)), default=None)
    answer = last if last is not None and request is not None and _still_counts(last, request) else None
    state = _proposal_state(known, proposal, request) if proposal is not None else None
    if state in ("refused", "agreed", "overtaken") and answer is not None and answer.is_proposal:
        answer = None
    return Meeting(meeting.standing, request, meeting.cancel, answer, proposal, state)


def _still_counts(answer: OwnAnswer, request: SchedulingMessage) -> bool:
    """Whether an answer was to this form: same SEQUENCE, and the same time, which some senders change without raising it."""
    same_time = answer.about is None or request.start is None or same_instance(answer.about, request.start)
    return answer.sequence >= request.revision.sequence and same_time


def _proposal_state(known: Known, proposal: OwnAnswer, request: SchedulingMessage | None) -> ProposalState:
    if request is not None and same_instance(request.start, proposal.start):
        return "agreed"
    if request is not None and not _still_counts(proposal, request):
        return "overtaken"
    refusals = (one for one in known.messages if one.method == "DECLINECOUNTER" and answers_proposal(one, proposal))
    return "refused" if any(refusals) else "waiting"


def answers_proposal(message: SchedulingMessage, proposal: OwnAnswer) -> bool:
    """Whether a DECLINECOUNTER can be about a proposal: the same instance, and not made before it."""
    if message.instance is not None and not same_instance(message.instance, proposal.instance):
        return False
    stamp = message.revision.stamp
    return stamp is None or stamp >= proposal.stamp
