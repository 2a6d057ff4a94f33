"""Which moment is the interview's: start, end and the open options; refused rather than guessed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import NamedTuple

from pamit.domain.calendar.grammar import DateMention, DurationMention
from pamit.reading.addressee import Addressee
from pamit.reading.length import find_length, sum_lengths
from pamit.reading.letter import Letter
from pamit.reading.moment import Moment
from pamit.reading.moments import DAY_LIST, find_moments
from pamit.reading.rows import group_of, own_rows
from pamit.reading.text import Page

__all__ = ["Schedule", "read_schedule", "settled_move", "span_length"]


class Schedule(NamedTuple):
    """What the message says about time.

    Attributes:
        moments: everything found, for deadlines and zones.
        day: the interview's day, where settled.
        start, until: the clock times on that day; the end may lie past midnight.
        chosen: the moment the start comes from.
        last: the moment the end comes from, where another.
        slots: every moment that could be the interview's, in order.
        problem: why no start is given though something was found: ``contradiction``, ``ambiguous-day``, ``two-dates``,
            ``two-times``, ``date-without-time``, ``several-days``; None where nothing is wrong.
        troubled: the moments the problem is about.
        length: the length that gave the end.
    """

    moments: tuple[Moment, ...] = ()
    day: date | None = None
    start: time | None = None
    until: time | None = None
    minutes: int | None = None
    chosen: Moment | None = None
    last: Moment | None = None
    slots: tuple[Moment, ...] = ()
    problem: str | None = None
    troubled: tuple[Moment, ...] = ()
    length: DurationMention | None = None
    in_subject: bool = False


_OR = re.compile(r"\b(?:atau|or|ataupun|opsi|pilihan|option)\b|/")
_MEET_AGAIN = re.compile(
    r"(?:see(?:ing)? you|sampai jumpa|sampai ketemu|jumpa|ketemu|meet(?:ing)? you|" r"bertemu)[^.!?\n]{0,30}$"
)
_END_LABEL = re.compile(
    r"\n[^\w\n]{0,400}(?:jam |waktu |pukul |time )?(?:end(?:s|ing)?|finish(?:es|ing)?|until|selesai|berakhir|sampai"
    r"|hingga|to|akhir)"
    r"(?: time| jam| pukul| at)?[^\w\n]{0,400}(?:\([^()\n]{1,12}\))?[^\w\n]{0,400}$"
)
_ENDS = re.compile(
    r"\b(?:finish(?:es|ing)?|end(?:s|ing)?|conclud(?:es?|ing)|clos(?:es|ing)|until|selesai|berakhir|sampai"
    r"|hingga)\b[^.!?\n]{0,24}$"
)


# "… at 8 am? It will finish around 10.30", "… jam 9. Kira-kira selesai jam 11": the next sentence tells the end.
_THEN_ENDS = re.compile(
    r"[^.!?\n]{0,90}[.!?)]{1,2}\s{1,3}(?:it|this|that|the (?:session|interview|meeting|visit|whole thing)|we|you|"
    r"acara\w*|kegiatan\w*|"
    r"wawancara\w*|interview\w*|selesai\w*|perkiraan|kira-kira|estimasi|biasanya|rencananya|mungkin|paling|insya "
    r"?allah)\b[^.!?\n]{0,60}"
)


def read_schedule(letter: Letter, addressee: Addressee) -> Schedule:
    """The interview's time as far as the words settle it."""
    moments = find_moments(letter)
    usable = [moment for moment in moments if moment.role in ("interview", "plain") and (moment.day or moment.clock)]
    schedule = _choose(letter, addressee, moments, usable)
    if schedule.start is None and schedule.problem is None and not schedule.slots and letter.subject is not None:
        return _from_subject(letter, schedule)
    return schedule


def _choose(letter: Letter, addressee: Addressee, moments: list[Moment], usable: list[Moment]) -> Schedule:
    base = Schedule(moments=tuple(moments), slots=tuple(usable))
    usable = own_rows(letter, addressee, moments, usable)
    # A day without an hour counts only where the words ask the candidate to come.
    dated = [moment for moment in usable if moment.day is not None and (moment.clock or moment.weight >= 1)]
    if not dated:
        return base._replace(slots=tuple(usable))
    best = max(moment.weight + (0.5 if moment.clock else 0) for moment in dated)
    strong = [moment for moment in dated if moment.weight + (0.5 if moment.clock else 0) >= best - 1.5]
    strong_days = {_day_key(moment.day) for moment in strong}
    if len(strong_days) > 1:
        timed = [moment for moment in strong if moment.clock]
        if timed and len({_day_key(moment.day) for moment in timed}) == 1 and not _open_days(letter.page, strong):
            strong = timed
            strong_days = {_day_key(moment.day) for moment in timed}
    if len(strong_days) > 1:
        return base._replace(problem="two-dates", troubled=tuple(strong))
    chosen = max(strong, key=lambda moment: moment.weight + (1 if moment.clock else 0))
    day = chosen.day
    if day is None:
        return base
    if day.day is None:
        problem = "contradiction" if day.contradicts else "ambiguous-day"
        return base._replace(problem=problem, troubled=(chosen,), chosen=chosen, slots=tuple(dated))
    contrary = _contrary(letter.page, moments, chosen)
    if contrary:
        return base._replace(problem="contradiction", troubled=(chosen, contrary), chosen=chosen)
    if day.until is not None and day.until != day.day:
        return base._replace(problem="several-days", troubled=(chosen,), chosen=chosen)
    same_day = [moment for moment in usable if moment.date == day.day and moment.clock]
    if not same_day:
        return base._replace(day=day.day, chosen=chosen, problem="date-without-time", troubled=(chosen,))
    return _on_the_day(letter.page, base, same_day, day.day)


def _day_key(day: DateMention | None) -> object:
    return (day.day or day.candidates) if day else None


def _open_days(page: Page, moments: Sequence[Moment]) -> bool:
    """Whether days stand as alternatives ("Selasa atau Kamis jam 9")."""
    return any(
        other.opens - one.end < 30
        and (
            _OR.search(page.prose[one.end : other.opens]) is not None
            or (one.clock is None and DAY_LIST.fullmatch(page.prose[one.end : other.opens]) is not None)
        )
        for one, other in itertools.pairwise(moments)
    )


def _contrary(page: Page, moments: list[Moment], chosen: Moment) -> Moment | None:
    """A later "see you on Thursday" where the interview was set for a Friday."""
    for moment in moments:
        if (
            moment is chosen
            or moment.clock
            or moment.day is None
            or moment.day.form != "weekday"
            or moment.role in ("limit", "old", "void")
        ):
            continue
        if moment.day.stated_weekday is None or chosen.date is None or moment.day.stated_weekday == chosen.date.weekday():
            continue
        if _MEET_AGAIN.search(page.prose[max(0, moment.begin - 60) : moment.begin]):
            return moment
    return None


def _on_the_day(page: Page, base: Schedule, same_day: list[Moment], day: date) -> Schedule:
    same_day = _fold_ends(page, same_day)
    explicit = [moment for moment in same_day if moment.role == "interview"]
    named = [moment for moment in explicit if moment.named]
    if named and len(named) < len(same_day):
        same_day = named
    elif explicit and len(explicit) < len(same_day):
        strongest = max(moment.weight for moment in explicit)
        same_day = [moment for moment in same_day if moment.role == "interview" or moment.weight >= strongest]
    starts = sorted({moment.start for moment in same_day if moment.start is not None})
    first = min(same_day, key=lambda moment: moment.start or time.max)
    if len(starts) > 1:
        parts = _parts(page, same_day)
        if parts is None:
            top = max(same_day, key=lambda moment: moment.weight)
            rest = [moment for moment in same_day if moment.start != top.start]
            if all(moment.weight <= top.weight - 2 for moment in rest):
                return _with_end(page, base, top, top, day)
            return base._replace(day=day, problem="two-times", troubled=tuple(same_day), chosen=first)
        return _with_end(page, base, parts[0], parts[1], day, several=True)
    chosen = max(same_day, key=lambda moment: (moment.clock is not None and moment.clock.until is not None, moment.weight))
    return _with_end(page, base, chosen, chosen, day)


def _fold_ends(page: Page, moments: list[Moment]) -> list[Moment]:
    """ "begins at 9.15 … and finishes at 10.00": the second is the end of the first."""
    folded: list[Moment] = []
    for moment in moments:
        last = folded[-1] if folded else None
        if (
            last
            and last.clock
            and moment.clock
            and last.clock.until is None
            and moment.clock.until is None
            and moment.date == last.date
            and moment.clock.start > last.clock.start
            and (
                (
                    moment.lent
                    and _ENDS.search(page.prose[last.end : moment.begin])
                    and (
                        page.sentence(last.clock.begin, last.clock.end) == page.sentence(moment.begin, moment.end)
                        or _THEN_ENDS.fullmatch(page.prose, last.end, moment.begin)
                    )
                )
                or (_SLASH.fullmatch(page.prose, last.end, moment.begin) and _start_and_end(page, last))
                or _END_LABEL.search(page.prose, last.end, moment.begin)
            )
        ):
            folded[-1] = last._replace(clock=replace(last.clock, until=moment.clock.start))
            continue
        folded.append(moment)
    return folded


_ALL_PARTS = re.compile(
    r"\b(?:kedua|ketiga|keempat|semua|seluruh|both|all(?: of)?(?: the)?(?: two| three)?) (?:sesi|tahap|bagian"
    r"|wawancara|interview"
    r"|sessions|parts|interviews|rounds|stages)\b"
)
_SLASH = re.compile(r"\s*[/|\u2013-]\s*")
_START_AND_END = re.compile(
    r"\b(?:start|begin|from|mulai|dari)\w*\W{1,5}(?:and |dan )?(?:finish|end|until|to|selesai|berakhir|akhir|sampai)", re.I
)


def _start_and_end(page: Page, moment: Moment) -> bool:
    """Whether the label of the moment's line names both: "Start / finish: 11:00 / 11:40"."""
    line = page.line_at(moment.clock.begin if moment.clock else moment.begin)
    return line is not None and _START_AND_END.search(page.prose, line.begin, moment.end) is not None


def _parts(page: Page, moments: list[Moment]) -> tuple[Moment, Moment] | None:
    """First and last of several parts of one session; None where they are alternatives or do not fit together."""
    ordered = sorted(moments, key=lambda moment: moment.start or time.max)
    if ordered != sorted(moments, key=lambda moment: moment.begin):
        return None
    if any(moment.clock is None or moment.clock.until is None for moment in ordered[:-1]):
        return None
    for one, other in itertools.pairwise(ordered):
        if one.clock is None or other.clock is None or one.clock.until is None or one.clock.until > other.clock.start:
            return None
    groups = {group_of(page, moment) for moment in moments}
    apart = len(groups) == len(moments) and None not in groups and not any(moment.named for moment in moments)
    if apart and _ALL_PARTS.search(page.prose) is None:
        return None  # sessions for different people, not parts of one
    in_text = sorted(moments, key=lambda moment: moment.begin)
    for one, other in itertools.pairwise(in_text):
        between = page.prose[one.end : other.begin]
        if len(between) < 200 and re.search(r"\b(?:atau|or|ataupun)\b", between):
            return None
    return ordered[0], ordered[-1]


def _row(page: Page, moment: Moment) -> tuple[int, int] | None:
    """The line of a programme that begins with the moment's hour."""
    line = page.line_at(moment.clock.begin) if moment.clock and moment.leads else None
    return (line.begin, line.end) if line else None


def _with_end(page: Page, base: Schedule, first: Moment, last: Moment, day: date, *, several: bool = False) -> Schedule:
    start = first.clock.start if first.clock else None
    until = last.clock.until if last.clock else None
    length = None
    minutes = None
    row = _row(page, last)
    if until is None and not (last.clock and last.clock.open_end and not find_length(page, row)):
        length = find_length(page, row)
        if length is not None and not several and row and row[0] <= length.begin < row[1]:
            minutes = sum_lengths(page, length, row)
        elif length is not None and not several:
            minutes = sum_lengths(page, length)
    return base._replace(day=day, start=start, until=until, minutes=minutes, chosen=first, last=last, length=length)


def _from_subject(letter: Letter, base: Schedule) -> Schedule:
    """A time that only the subject states (calendar mails)."""
    subject = letter.subject
    if subject is None or letter.now is None:
        return base
    inner = Letter(subject, None, letter.sender, letter.thread, letter.now, letter.channel)
    moments = [moment for moment in find_moments(inner) if moment.role in ("interview", "plain") and moment.date]
    clocked = [moment for moment in moments if moment.clock]
    if len(clocked) == 1 and clocked[0].day and clocked[0].clock:
        moment = clocked[0]
        return base._replace(
            day=moment.date,
            start=moment.clock.start if moment.clock else None,
            until=moment.clock.until if moment.clock else None,
            chosen=moment,
            last=moment,
            in_subject=True,
        )
    return base


def settled_move(schedule: Schedule) -> Schedule:
    """The schedule of a move: with two slots of which none is called the new one, neither is given."""
    chosen = schedule.chosen
    if schedule.start is None or chosen is None or chosen.new:
        return schedule
    rivals = [
        moment
        for moment in schedule.slots
        if moment.date is not None
        and moment.clock is not None
        and (moment.date, moment.start) != (chosen.date, chosen.start)
        and moment not in (chosen, schedule.last)
    ]
    if not rivals:
        return schedule
    return schedule._replace(day=None, start=None, until=None, minutes=None, problem="two-dates", troubled=(chosen, *rivals))


def span_length(start: time, until: time | None) -> timedelta:
    """How long a span of clock times lasts; past midnight where the end is the smaller."""
    if until is None:
        return timedelta(0)
    length = timedelta(hours=until.hour - start.hour, minutes=until.minute - start.minute)
    return length if length > timedelta(0) else length + timedelta(days=1)
