"""What the facts of a case mean for the wording of a message: dated or not, ahead or past, the day itself, late, met before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pamit.domain.calendar.zones import DEFAULT_ZONE, offset_zone, zone
from pamit.domain.interview import Case, Interview
from pamit.domain.terms import EventKind, Purpose
from pamit.errors import PamitError

__all__ = ["ANSWERS", "ANSWER_LIMIT", "UNKNOWN_LENGTH", "Situation", "read_situation", "zone_of"]

ANSWER_LIMIT = timedelta(hours=48)
"""The outer limit for an answer to an invitation (rule T1; 003 etiquette A); later ones carry a word of apology."""

UNKNOWN_LENGTH = timedelta(hours=2)
"""How long an interview is taken to last where its end is not known."""

ANSWERS = frozenset(
    {Purpose.CONFIRM, Purpose.RESCHEDULE, Purpose.DECLINE, Purpose.ASK_DETAILS, Purpose.REQUEST_ONLINE},
)
"""The purposes that answer an invitation, and so can come late."""

_RENEWALS = frozenset({EventKind.RESCHEDULED_BY_EMPLOYER, EventKind.NEXT_ROUND})


@dataclass(frozen=True)
class Situation:
    """The facts that decide between wordings; all clock times are at the employer's place.

    Attributes:
        zone: IANA name of the employer's zone.
        now, start, end: aware moments in that zone.
        today: the interview is on the present day and not over.
        ahead: it has not begun yet.
        over: its end has passed (or it was attended).
        met: the candidate has already talked with the employer: in this interview or in an earlier round.
        second: it is a second or later round.
        late: the invitation is older than 48 hours and was not answered (rule T1).
    """

    zone: str
    now: datetime
    start: datetime | None
    end: datetime | None
    today: bool
    ahead: bool
    over: bool
    met: bool
    second: bool
    late: bool

    @property
    def dated(self) -> bool:
        """Whether the interview's moment is known."""
        return self.start is not None


def zone_of(interview: Interview) -> str:
    """The IANA zone in which the interview's clock times are written: the stated one, else that of its start, else WIB."""
    if interview.timezone:
        return interview.timezone
    if interview.start is not None:
        key = getattr(interview.start.tzinfo, "key", None)
        if isinstance(key, str):
            return key
        try:
            return offset_zone(interview.start.utcoffset() or timedelta())
        except PamitError:
            return "UTC"
    return DEFAULT_ZONE


def read_situation(case: Case, purpose: Purpose, now: datetime) -> Situation:
    """Derive what the wording depends on.

    Args:
        now: the aware moment of writing.
    """
    interview = case.interview
    name = zone_of(interview)
    place = zone(name)
    here = now.astimezone(place)
    start = interview.start.astimezone(place) if interview.start else None
    end = interview.end.astimezone(place) if interview.end else None
    since = _renewed_at(case)
    present = [event for event in case.events if since is None or event.at >= since]
    attended = any(event.kind == EventKind.ATTENDED for event in present)
    absent = any(event.kind == EventKind.ABSENT for event in present)
    over = attended or (start is not None and (end or start + UNKNOWN_LENGTH) <= here)
    second = (interview.round or 1) > 1 or any(event.kind == EventKind.NEXT_ROUND for event in case.events)
    received = max((at for at in (interview.received, since) if at is not None), default=None)
    answered = any(event.kind == EventKind.MESSAGE_SENT and event.purpose in ANSWERS for event in present)
    return Situation(
        zone=name,
        now=here,
        start=start,
        end=end,
        today=start is not None and start.date() == here.date() and not over,
        ahead=start is not None and here < start,
        over=over,
        met=second or (over and not absent),
        second=second,
        late=purpose in ANSWERS and not answered and received is not None and now > received + ANSWER_LIMIT,
    )


def _renewed_at(case: Case) -> datetime | None:
    # A time changed by the employer, and a next round, are a new invitation (rule T1).
    return max((event.at for event in case.events if event.kind in _RENEWALS), default=None)
