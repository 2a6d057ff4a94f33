"""Cases in every situation, and all sensible combinations of what a message depends on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pamit.domain.interview import Agency, Candidate, Case, Contact, Event, Interview
from pamit.domain.message import Draft
from pamit.domain.terms import Channel, EventKind, Language, Mode, Purpose, Reason, Register
from pamit.phrasing import compose

JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=JAKARTA)
CANDIDATE = Candidate("Dimas Pratama", "dimas.pratama@mail.example", "0812-0000-1234", "Bandung")

UPCOMING = Interview(
    company="PT Lembah Cahaya",
    position="Staf Gudang",
    start=NOW + timedelta(days=2),
    end=NOW + timedelta(days=2, hours=1),
    timezone="Asia/Jakarta",
    mode=Mode.ONSITE,
    location="Jalan Kenanga No. 7, Bandung",
    round=1,
    received=NOW - timedelta(hours=20),
    invited_via=Channel.EMAIL,
    contact=Contact("Ibu Ratna Dewi", "ratna.dewi@lembahcahaya.example", "+6281200005678"),
)


def upcoming(**changes: object) -> Case:
    """A case with an interview in two days, changed as told."""
    return Case(replace(UPCOMING, **changes))  # type: ignore[arg-type]


def met(days: int, *events: Event) -> Case:
    """A case whose interview was held some days ago."""
    start = NOW - timedelta(days=days)
    attended = Event(start + timedelta(hours=1), EventKind.ATTENDED)
    case = upcoming(start=start, end=start + timedelta(hours=1), received=start - timedelta(days=5))
    return replace(case, events=(attended, *events))


UNDATED = upcoming(start=None, end=None)
AHEAD = upcoming()
LATE = upcoming(received=NOW - timedelta(days=3))
SECOND = upcoming(round=2)
TODAY = upcoming(start=NOW + timedelta(hours=3), end=NOW + timedelta(hours=4))
BEGUN = upcoming(start=NOW - timedelta(minutes=20), end=NOW + timedelta(minutes=40))
AGENCY = upcoming(agency=Agency("Jembatan Talenta", "halo@jembatan.example"))
YESTERDAY = met(1)
LAST_WEEK = met(8)
REJECTED = met(8, Event(NOW - timedelta(days=1), EventKind.REJECTED))
OFFERED = met(8, Event(NOW - timedelta(days=1), EventKind.OFFER_RECEIVED))
MISSED = replace(
    upcoming(start=NOW - timedelta(hours=4), end=NOW - timedelta(hours=3)),
    events=(Event(NOW - timedelta(hours=3), EventKind.ABSENT),),
)

SITUATIONS: dict[Purpose, dict[str, Case]] = {
    Purpose.CONFIRM: {"undated": UNDATED, "ahead": AHEAD, "late": LATE, "second": SECOND, "today": TODAY, "agency": AGENCY},
    Purpose.RESCHEDULE: {"ahead": AHEAD, "late": LATE, "second": SECOND, "today": TODAY, "agency": AGENCY},
    Purpose.DECLINE: {
        "undated": UNDATED, "ahead": AHEAD, "late": LATE, "second": SECOND, "today": TODAY, "agency": AGENCY,
    },
    Purpose.CANCEL: {"ahead": AHEAD, "second": SECOND, "today": TODAY, "agency": AGENCY},
    Purpose.WITHDRAW: {"undated": UNDATED, "ahead": AHEAD, "second": SECOND, "met": LAST_WEEK, "agency": AGENCY},
    Purpose.THANK_YOU: {"yesterday": YESTERDAY, "second": replace(YESTERDAY, interview=replace(YESTERDAY.interview, round=2))},
    Purpose.FOLLOW_UP: {"met": LAST_WEEK},
    Purpose.ASK_FEEDBACK: {"rejected": REJECTED},
    Purpose.RECONSIDER: {"ahead": AHEAD, "undated": UNDATED},
    Purpose.DECLINE_OFFER: {"offered": OFFERED},
    Purpose.ASK_DETAILS: {"undated": UNDATED, "ahead": AHEAD, "late": LATE},
    Purpose.REQUEST_ONLINE: {"undated": UNDATED, "ahead": AHEAD, "late": LATE},
    Purpose.RUNNING_LATE: {"today": TODAY, "begun": BEGUN},
    Purpose.APOLOGISE_ABSENCE: {"missed": MISSED},
    Purpose.EMPLOYER_ABSENT: {"begun": BEGUN},
    Purpose.LINK_BROKEN: {"today": TODAY, "begun": BEGUN},
    Purpose.ACCEPT_OFFER: {"offered": OFFERED},
    Purpose.ACKNOWLEDGE: {"ahead": AHEAD},
}  # fmt: skip
"""For each purpose the situations in which it is written."""

_REFUSING = tuple(Reason)
REASONS: dict[Purpose, tuple[Reason, ...]] = {
    Purpose.RESCHEDULE: (Reason.PERSONAL, Reason.HEALTH, Reason.SCHEDULE, Reason.LOCATION, Reason.OTHER),
    Purpose.DECLINE: _REFUSING,
    Purpose.CANCEL: _REFUSING,
    Purpose.WITHDRAW: _REFUSING,
    Purpose.DECLINE_OFFER: _REFUSING,
    Purpose.RECONSIDER: _REFUSING,
    Purpose.REQUEST_ONLINE: (Reason.PERSONAL, Reason.HEALTH, Reason.SCHEDULE, Reason.LOCATION, Reason.OTHER),
    Purpose.RUNNING_LATE: (Reason.PERSONAL, Reason.HEALTH, Reason.SCHEDULE, Reason.LOCATION, Reason.OTHER),
    Purpose.APOLOGISE_ABSENCE: (Reason.PERSONAL, Reason.HEALTH, Reason.SCHEDULE, Reason.LOCATION, Reason.OTHER),
}
"""The reasons that make sense for a purpose, besides none given."""

EMERGENCIES = (Reason.HEALTH, Reason.PERSONAL)
"""What justifies a change on the day itself (rule T3)."""

VARIANTS = (0, 1, 2, 4, 8)


@dataclass(frozen=True)
class Scene:
    """One combination."""

    language: Language
    purpose: Purpose
    situation: str
    case: Case
    channel: Channel
    register: Register
    reason: Reason | None
    variant: int

    def draft(self) -> Draft:
        """The message of this combination."""
        return compose(
            self.case,
            self.purpose,
            candidate=CANDIDATE,
            now=NOW,
            language=self.language,
            channel=self.channel,
            reason=self.reason,
            register=self.register,
            variant=self.variant,
            to_agency=self.situation == "agency" and self.variant % 2 == 1,
        )


def scenes(language: Language, purpose: Purpose) -> Iterator[Scene]:
    """All sensible combinations for one purpose in one language."""
    for situation, case in SITUATIONS[purpose].items():
        reasons: tuple[Reason | None, ...] = (None, *REASONS.get(purpose, ()))
        if situation == "today" and purpose in (Purpose.CANCEL, Purpose.RESCHEDULE):
            reasons = EMERGENCIES
        for channel in Channel:
            for register in Register:
                for reason in reasons:
                    for variant in VARIANTS:
                        yield Scene(language, purpose, situation, case, channel, register, reason, variant)
