"""Which event of a request is answered, and whether an instance of a series is one of its instances."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, Literal

from pamit.formats.icalendar import CalendarEvent, CalendarObject, CalendarTime

__all__ = ["Instance", "Selected", "Unanswerable", "damage_of", "events_of", "instance_key", "select"]

Instance = datetime | date
"""One instance of a series: the aware moment at which it was to begin by the rule, or its day where it takes whole days."""

Unanswerable = Literal["no-event", "several-meetings", "which-instance", "not-an-instance"]

# What says whom and what an answer is about: where one of these is broken, an answer may hit the wrong thing (F4).
_CRITICAL = re.compile(r"\b(?:UID|METHOD|RECURRENCE-ID|SEQUENCE|ORGANIZER)\b")
_HARMLESS: Final = ("floating", "unknown zone", "zone contradicts itself")


@dataclass(frozen=True)
class Selected:
    """The event that is answered.

    Attributes:
        instance: set where one instance is answered and the request describes only the whole series.
    """

    event: CalendarEvent
    instance: Instance | None = None


def events_of(request: CalendarObject) -> tuple[CalendarEvent, ...]:
    """Its meetings; tasks and free-busy questions are none."""
    return tuple(event for event in request.events if event.component == "VEVENT")


def instance_key(time: CalendarTime) -> Instance | None:
    """An instance as it is compared: as a moment in UTC, or as a day; None for a time without a known zone."""
    if time.is_date:
        return time.day
    return time.moment.astimezone(UTC) if time.moment is not None else None


def damage_of(request: CalendarObject) -> tuple[str, ...]:
    """What of a request is too broken to answer it: "doubled UID", "unreadable SEQUENCE" …"""
    losses = [loss for event in events_of(request) for loss in event.losses]
    losses += [loss for loss in request.losses if loss in ("doubled METHOD",)]
    return tuple(loss for loss in losses if _CRITICAL.search(loss) and not loss.startswith(_HARMLESS))


def select(request: CalendarObject, instance: Instance | None = None) -> Selected | Unanswerable:
    """The event to answer.

    Args:
        instance: answer this instance of the series; None for what the request is about as a whole.
    """
    events = events_of(request)
    if not events or events[0].uid is None:
        return "no-event"
    if len({event.uid for event in events}) > 1:
        return "several-meetings"
    master = next((event for event in events if event.recurrence_id is None and event.line("RECURRENCE-ID") is None), None)
    if instance is None:
        if master is not None:
            return Selected(master)
        return Selected(events[0]) if len(events) == 1 else "which-instance"
    wanted = instance.astimezone(UTC) if isinstance(instance, datetime) else instance
    for event in events:
        if event.recurrence_id is not None and instance_key(event.recurrence_id) == wanted:
            return Selected(event)
    if master is None or master.rrule is None or not _can_be_instance(master, wanted):
        return "not-an-instance"
    return Selected(master, wanted)


def _can_be_instance(master: CalendarEvent, wanted: Instance) -> bool:
    """Whether a moment can be an instance of a series: not before its beginning, not left out.

    Rules are not expanded: that is unbounded work on words of a stranger (T8), and a wrong day is refused by the organiser.
    """
    start = master.start
    if start is None or start.is_date == isinstance(wanted, datetime):
        return False
    left_out = {text for line in master.lines if line.name == "EXDATE" for text in line.value.split(",")}
    if not isinstance(wanted, datetime):
        return wanted >= start.day and f"{wanted:%Y%m%d}" not in left_out
    if start.moment is None or wanted < start.moment:
        return False
    if f"{wanted:%Y%m%dT%H%M%SZ}" in left_out:
        return False
    there = wanted.astimezone(start.moment.tzinfo)
    return f"{there:%Y%m%dT%H%M%S}" not in left_out
