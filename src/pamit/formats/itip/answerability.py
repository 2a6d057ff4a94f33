"""Whether and how a calendar object can be answered, told before anything is built (protocols.md §1.3 nos. 1–3, 5, 8, 9)."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Final

from pamit.domain.plan.channel import is_no_reply
from pamit.domain.terms import Bilingual
from pamit.formats.icalendar import CalendarEvent, CalendarObject, CalendarUser
from pamit.formats.itip.addresses import canonical_address, invited_as, is_organizer
from pamit.formats.itip.selection import Instance, Selected, damage_of, select
from pamit.tables import read_table

__all__ = ["Answerability", "Notice", "Way", "answerability"]

_METHODS: Final = {None: "no-method", "PUBLISH": "published", "CANCEL": "cancelled"}
_SILENT_FOLDERS: Final = frozenset(("sent", "drafts", "trash", "junk", "archive"))
_DEAD_ADDRESS = re.compile(r"unknownorganizer@|@resource\.calendar\.google\.com$|invalid:|nomail", re.IGNORECASE)
_CALENDAR_ADDRESS = re.compile(r"@group\.calendar\.google\.com$|@imip\.me\.com$", re.IGNORECASE)
_DAY: Final = timedelta(days=1)


class Way(StrEnum):
    """How to answer, as recommended."""

    CALENDAR = "calendar"
    """By mail with the calendar answer inside."""
    MAIL = "mail"
    """By mail alone."""
    ASK = "ask"
    """The person must settle something first."""
    NONE = "none"
    """Not at all."""


@dataclass(frozen=True)
class Notice:
    """Something to know before answering.

    Attributes:
        code: a stable kebab-case name; those that forbid an answer are also the codes of the errors of ``write_reply``.
    """

    code: str
    message: Bilingual


@dataclass(frozen=True)
class Answerability:
    """Whether a calendar object can be answered.

    Attributes:
        way: what is recommended.
        can_reply: whether a REPLY can be built, after what the person settles where ``way`` is ``ask``.
        can_counter: whether another time can be proposed by calendar.
        attendee: as whom the person was invited; None where that is open.
        notices: why, the weightiest first.
    """

    way: Way
    can_reply: bool
    can_counter: bool
    attendee: CalendarUser | None = None
    notices: tuple[Notice, ...] = ()


def answerability(
    request: CalendarObject,
    own_addresses: Collection[str],
    now: datetime,
    *,
    instance: Instance | None = None,
    newest_revision: int | None = None,
    folder: str | None = None,
    chosen: str | None = None,
) -> Answerability:
    """Tell whether a calendar object can be answered by calendar, or why not and what to do instead.

    Args:
        own_addresses: all addresses of the person.
        now: the aware present moment.
        instance: the instance of a series that shall be answered.
        newest_revision: the highest SEQUENCE known for the same meeting; an older request is not answered (no. 8).
        folder: where the mail lies, by the name of its special use ("\\\\Junk", "sent").
        chosen: the address that shall answer, where the person was invited under several.
    """
    if request.method != "REQUEST":
        code = _METHODS.get(request.method, "not-a-request")
        way = Way.NONE if code in ("cancelled", "not-a-request") else Way.MAIL
        return _barred(way, code)
    if (folder or "").strip().lstrip("\\").lower() in _SILENT_FOLDERS:
        return _barred(Way.NONE, "folder")
    if damage_of(request):
        return _barred(Way.MAIL, "damaged-request")
    selected = select(request, instance)
    if not isinstance(selected, Selected):
        return _barred(Way.MAIL if selected in ("no-event", "several-meetings") else Way.ASK, selected)
    event = selected.event
    if event.organizer is None or not event.organizer.value:
        return _barred(Way.MAIL, "no-organizer")
    if is_organizer(event, own_addresses):
        return _barred(Way.NONE, "own-event")
    if newest_revision is not None and event.revision < newest_revision:
        return _barred(Way.NONE, "superseded")
    return _with_cautions(request, selected, own_addresses, now, chosen)


def _barred(way: Way, code: str) -> Answerability:
    return Answerability(way, can_reply=False, can_counter=False, notices=(_notice(code),))


def _with_cautions(
    request: CalendarObject, selected: Selected, own_addresses: Collection[str], now: datetime, chosen: str | None
) -> Answerability:
    event = selected.event
    found = invited_as(event, own_addresses)
    if len(found) > 1 and chosen is not None:
        wanted = canonical_address(chosen)
        found = tuple(user for user in found if user.email is not None and canonical_address(user.email) == wanted)
    codes: list[str] = []
    way = Way.CALENDAR
    robot = _robot(event)
    if robot in ("organizer-unreachable", "robot-organizer"):
        way = Way.MAIL
        codes.append(robot)
    if not found:
        way = Way.MAIL
        codes.append("not-invited")
    elif len(found) > 1:
        way = Way.ASK
        codes.append("two-own-addresses")
    if _is_past(selected, now):
        way = Way.ASK if way == Way.CALENDAR else way
        codes.append("past")
    barrier = _against_counter(request, event)
    attendee = found[0] if len(found) == 1 else None
    codes += [code for code in (barrier, robot if robot == "robot-calendar" else None) if code is not None]
    if attendee is not None and attendee.rsvp is not True:
        codes.append("no-answer-asked")
    agent = event.organizer.line.parameter("SCHEDULE-AGENT") if event.organizer is not None else None
    if agent is not None and agent.upper() != "SERVER":
        codes.append("server-answers")
    # Who was not invited may still answer on request, with the warning; an address that is no mailbox gets nothing.
    can_reply = robot != "organizer-unreachable"
    can_counter = can_reply and bool(found) and barrier is None
    return Answerability(way, can_reply, can_counter, attendee, tuple(map(_notice, codes)))


def _robot(event: CalendarEvent) -> str | None:
    organizer = event.organizer
    address = organizer.email if organizer is not None else None
    if organizer is None or address is None:
        return "organizer-unreachable"
    if _DEAD_ADDRESS.search(address) or is_no_reply(address):
        return "robot-organizer"
    return "robot-calendar" if _CALENDAR_ADDRESS.search(address) else None


def _against_counter(request: CalendarObject, event: CalendarEvent) -> str | None:
    if event.refuses_counter:
        return "counter-refused"
    if event.start is None:
        return "no-start"
    return "zone-unknown" if event.start.found == "unknown" else None


def _is_past(selected: Selected, now: datetime) -> bool:
    """Whether the meeting is over; a series without instance is never taken to be."""
    event = selected.event
    if isinstance(selected.instance, datetime):
        return selected.instance < now
    if event.rrule is not None and selected.instance is None:
        return False
    last = event.end or event.start
    if last is None:
        return False
    if last.moment is not None:
        return last.moment < now
    # Days and times without a zone are past once they are past everywhere on earth.
    return last.day < (now - _DAY).date()


@cache
def _sentences() -> dict[str, Bilingual]:
    data = read_table("pamit.formats.itip", "sentences.toml")
    return {code: Bilingual(**texts) for code, texts in data.items()}


def _notice(code: str) -> Notice:
    return Notice(code, _sentences()[code])
