"""By which channel and to whom (rules C1–C9)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pamit.domain.plan.situation import DECISIONS, FAREWELLS, Situation
from pamit.domain.plan.values import Addressee
from pamit.domain.terms import Channel, Purpose, StepKind

__all__ = ["Route", "is_no_reply", "phone_route", "route"]

_NO_REPLY = re.compile(
    r"^(?:.{0,400}[._+-])?(?:no-?_?\.?reply|do-?_?\.?not-?_?\.?reply|(?:jangan|tidak)-?_?\.?(?:di)?balas|mailer-daemon|postmaster|bounces?|notifications?|notifikasi)"
    r"(?:[._+-].{0,400})?@",
    re.IGNORECASE,
)

# What cannot wait for a mail to be read on the interview's day (rule C2; T3).
_URGENT_ON_THE_DAY = frozenset(
    {
        StepKind.CANCEL, StepKind.RESCHEDULE, StepKind.DECLINE, StepKind.WITHDRAW, StepKind.REQUEST_ONLINE,
        StepKind.ASK_DETAILS,
        StepKind.RUNNING_LATE, StepKind.EMPLOYER_ABSENT, StepKind.LINK_BROKEN, StepKind.APOLOGISE_ABSENCE,
    }
)  # fmt: skip
# Thanks and questions about the result are written even where the rest went by phone (004 speaks of one mail).
_WRITTEN_BY_NATURE = frozenset({StepKind.THANK_YOU, StepKind.FOLLOW_UP, StepKind.ASK_FEEDBACK, StepKind.WRITTEN_RECORD})
_TELL_BOTH = frozenset(
    StepKind(purpose.value) for purpose in DECISIONS | FAREWELLS | {Purpose.ACCEPT_OFFER, Purpose.RECONSIDER}
) | {StepKind.ANSWER, StepKind.WRITTEN_RECORD}


def is_no_reply(address: str) -> bool:
    """Whether an address, by its local part, does not read mail (rule C9).

    >>> is_no_reply("jobs-noreply@ats.example"), is_no_reply("ratna@ats.example")
    (True, False)
    """
    return bool(_NO_REPLY.match(address))


@dataclass(frozen=True)
class Route:
    """How a step's message travels.

    Attributes:
        rules: the C rules that chose it.
        search: whether an address must be found first (C6).
    """

    channel: Channel
    to: tuple[Addressee, ...]
    rules: tuple[str, ...]
    search: bool = False


def route(at: Situation, do: StepKind) -> Route:
    """The channel and addressees for a step."""
    to, both = _addressees(at, do)
    if at.is_today and do in _URGENT_ON_THE_DAY:
        found = phone_route(at)
        return Route(found.channel, to, found.rules + both)
    written = do in _WRITTEN_BY_NATURE and (has_mailbox(at) or do == StepKind.WRITTEN_RECORD)
    if at.mostly_by_phone and at.interview.contact.phone and not written:
        return Route(Channel.PHONE, to, ("C2", *both))
    found = _written_route(at)
    return Route(found.channel, to, found.rules + both, found.search)


def phone_route(at: Situation) -> Route:
    """A call; where no number is known, the chat the invitation came by, else mail (rule C2)."""
    if at.interview.contact.phone:
        return Route(Channel.PHONE, ("contact",), ("C2",))
    if at.interview.invited_via == Channel.TEXT:
        return Route(Channel.TEXT, ("contact",), ("C2", "C3"))
    return Route(Channel.EMAIL, ("contact",), ("C2", "C1"))


def has_mailbox(at: Situation) -> bool:
    """Whether a mail address is known that somebody reads."""
    address = at.interview.contact.email
    return bool(address) and not is_no_reply(address or "")


def _written_route(at: Situation) -> Route:
    # A letter is answered in its form, which travels as a PDF with the mail (C8).
    form = ("C8",) if at.interview.invited_via == Channel.LETTER else ()
    if has_mailbox(at):
        return Route(Channel.EMAIL, ("contact",), ("C1", *form))
    if at.interview.invited_via == Channel.TEXT:
        return Route(Channel.TEXT, ("contact",), ("C3",))
    unread = ("C9",) if at.interview.contact.email else ()
    return Route(Channel.EMAIL, ("contact",), ("C1", *unread, *form), search=True)


def _addressees(at: Situation, do: StepKind) -> tuple[tuple[Addressee, ...], tuple[str, ...]]:
    if at.interview.agency is not None and do in _TELL_BOTH:
        return ("contact", "agency"), ("C7",)
    return ("contact",), ()
