"""Interviews and open steps as a calendar that any calendar program can subscribe to or take as a file (RFC 5545).

Our own fields only: no organizer and no attendees, so that no server ever mails anybody; no link to join, which often
carries a password, unless it is asked for; alarms only display. The same data gives the same bytes: nothing in it is the
moment of writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache

from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.log import Dossier
from pamit.domain.plan import Step
from pamit.domain.plan.sentences import step_title
from pamit.domain.plan.situation import ASSUMED_LENGTH, Situation, situation
from pamit.domain.reminder import Cue, Person, Reminder
from pamit.domain.terms import EventKind, Language, Mode, Purpose, Stage, StepKind
from pamit.formats.icalendar.write import calendar_bytes, content_line, escape_text, utc_time
from pamit.services.indexing import refresh
from pamit.services.ports import Listing, Reading, Store
from pamit.services.reminding import reminders_of_case
from pamit.tables import read_table

__all__ = ["calendar_feed", "feed_state"]

_KEPT_FOR = timedelta(days=30)
"""How long a past interview of a closed case stays in the calendar."""

_AHEAD = timedelta(days=3_660)
_BATCH = 500
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_OPEN = frozenset(Stage) - {Stage.CLOSED}
_HIGH, _NORMAL = "1", "5"


@cache
def _words(language: Language) -> dict[str, str]:
    table: dict[str, str] = read_table("pamit.services", "feed.toml")[str(language)]
    return table


def calendar_feed(
    store: Store, own_days: OwnDays, person: Person, now: datetime, language: Language, *, with_links: bool = False
) -> bytes:
    """Everything open as a calendar object: an event for each interview, a to-do for each step, with their alarms.

    Args:
        with_links: put in links to join a call, which others who see the calendar can then use.
    """
    refresh(store, own_days, now)
    with store.reading() as view:
        components = [
            part
            for dossier in _wanted(view, now)
            for part in _Writer(dossier, person, now, language, own_days, with_links=with_links).components()
        ]
    return calendar_bytes(components, _words(language)["name"])


def feed_state(
    store: Store, own_days: OwnDays, person: Person, now: datetime, language: Language, *, with_links: bool = False
) -> str:
    """A short text that is the same for as long as the calendar surely is, and far quicker to have than the calendar itself.

    Reminders may pass without any case changing, so it holds for an hour at most.
    """
    refresh(store, own_days, now)
    with store.reading() as view:
        pulse = view.pulse()
    hour = now.astimezone(UTC).strftime("%Y%m%d%H")
    return f"{pulse}|{hour}|{getattr(person.here, 'key', None) or person.here}|{person.quiet}|{language}|{with_links}"


def _wanted(view: Reading, now: datetime) -> Iterator[Dossier]:
    running = view.listing(Listing(stages=_OPEN))
    recent = view.listing(Listing(overlaps=(now - _KEPT_FOR, now + _AHEAD)))
    # In the order of their ids, which neither time nor changes move.
    cases = sorted({row.case for row in (*running, *recent)})
    for begin in range(0, len(cases), _BATCH):
        yield from view.dossiers(cases[begin : begin + _BATCH])


class _Writer:
    """Writes the components of one case."""

    def __init__(
        self, dossier: Dossier, person: Person, now: datetime, language: Language, own_days: OwnDays, *, with_links: bool
    ) -> None:
        self.dossier = dossier
        self.language = language
        self.words = _words(language)
        self.with_links = with_links
        self.now = now
        self.interview = dossier.case.interview
        self.at: Situation = situation(dossier.case, now)
        self.reminders = reminders_of_case(dossier, now, person, own_days)

    def components(self) -> Iterator[str]:
        """The interview, if it has a date, and the open steps."""
        if self.at.start is not None:
            yield self._event(self.at.start)
        steps = {reminder.step.do: reminder.step for reminder in self.reminders if reminder.step.do != StepKind.ATTEND}
        for step in sorted(steps.values(), key=lambda step: str(step.do)):
            yield self._todo(step)

    # -- the interview --------------------------------------------------------------------------------------------

    def _event(self, start: datetime) -> str:
        interview = self.interview
        end = self.at.end or start + ASSUMED_LENGTH
        rounds = sum(event.kind == EventKind.NEXT_ROUND for event in self.dossier.case.events)
        called_off = self.at.is_closed and self.at.held_at is None
        lines = [
            *self._head("VEVENT", f"-{rounds + 1}" if rounds else ""),
            content_line("DTSTART", utc_time(start)),
            content_line("DTEND", utc_time(end)),
            content_line("SUMMARY", escape_text(self._summary(self.words["interview"]))),
            content_line("STATUS", self._status(called_off=called_off)),
            content_line("TRANSP", "TRANSPARENT" if called_off else "OPAQUE"),
        ]
        place = self._place()
        if place:
            lines.append(content_line("LOCATION", escape_text(place)))
        description = self.words["case"].format(case=self.dossier.id)
        if self.with_links and interview.meeting_url:
            description += "\n" + self.words["join"].format(link=interview.meeting_url)
        lines.append(content_line("DESCRIPTION", escape_text(description)))
        coming = [reminder for reminder in self.reminders if reminder.step.do == StepKind.ATTEND]
        lines += [self._alarm(reminder, self._summary(self.words["interview"]), start) for reminder in coming]
        return "".join((*lines, "END:VEVENT\r\n"))

    def _status(self, *, called_off: bool) -> str:
        if called_off:
            return "CANCELLED"
        agreed = self.at.attended or (self.at.decision is not None and self.at.decision.purpose == Purpose.CONFIRM)
        return "CONFIRMED" if agreed else "TENTATIVE"

    def _place(self) -> str:
        """Where to go. What is no place to go may hold the data to join a call."""
        if self.interview.mode in (Mode.VIDEO, Mode.PHONE) or not self.interview.location:
            return ""
        return self.interview.location if self.with_links else " ".join(_LINK.sub("", self.interview.location).split())

    # -- the steps ------------------------------------------------------------------------------------------------

    def _todo(self, step: Step) -> str:
        # A step that may be done already is due now, whenever now is; the rule's own time stays.
        due = step.due if step.due > self.now or step.ruled_at is None else step.ruled_at
        title = self._summary(step_title(step.do).in_language(self.language))
        mine = [reminder for reminder in self.reminders if reminder.step == step]
        why = self.words["step"].format(why=step.text.in_language(self.language), rules=", ".join(step.rules))
        about = self.words["case"].format(case=self.dossier.id)
        lines = [
            *self._head("VTODO", f"-{step.do}"),
            content_line("DUE", utc_time(due)),
            content_line("SUMMARY", escape_text(title)),
            content_line("DESCRIPTION", escape_text(f"{why}\n{about}")),
            content_line("PRIORITY", _HIGH if any(reminder.urgent for reminder in mine) else _NORMAL),
            content_line("STATUS", "NEEDS-ACTION"),
            *(self._alarm(reminder, title, None) for reminder in mine),
        ]
        return "".join((*lines, "END:VTODO\r\n"))

    # -- parts ----------------------------------------------------------------------------------------------------

    def _head(self, component: str, suffix: str) -> list[str]:
        changed = utc_time(self.dossier.entries[-1].recorded_at)
        return [
            f"BEGIN:{component}\r\n",
            content_line("UID", f"{self.dossier.uid}{suffix}@pamit"),
            content_line("DTSTAMP", changed),
            content_line("CREATED", utc_time(self.dossier.entries[0].recorded_at)),
            content_line("LAST-MODIFIED", changed),
            content_line("SEQUENCE", str(self.dossier.version - 1)),
        ]

    def _summary(self, title: str) -> str:
        about = ", ".join(part for part in (self.interview.position, self.interview.company) if part)
        return f"{title}: {about}" if about else title

    def _alarm(self, reminder: Reminder, text: str, start: datetime | None) -> str:
        if start is not None and reminder.cue == Cue.SOON:
            minutes = (start - reminder.at) // timedelta(minutes=1)
            trigger = content_line("TRIGGER", f"-PT{minutes}M")
        else:
            trigger = content_line("TRIGGER;VALUE=DATE-TIME", utc_time(reminder.at.astimezone(UTC)))
        return "".join(
            (
                "BEGIN:VALARM\r\n",
                "ACTION:DISPLAY\r\n",
                trigger,
                content_line("DESCRIPTION", escape_text(text)),
                "END:VALARM\r\n",
            )
        )
