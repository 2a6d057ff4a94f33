"""Tables of a change: the value as it was and, in the column behind it, as it is now."""

from __future__ import annotations

import re

from pamit.domain.calendar.grammar import DateMention, TimeMention
from pamit.reading.moment import Moment
from pamit.reading.text import Page

__all__ = ["split_columns"]

_WAS = r"(?:was|old|before|previous(?:ly)?|original(?:ly)?|from|semula|sebelum(?:nya)?|lama|awal(?:nya)?|dari|tertulis)"
_NOW = r"(?:now|new|after|updated|revised|current|to|menjadi|jadi|sesudah|setelah|baru|kini|sekarang|seharusnya)"
_KIND = r"(?:(?:jadwal|waktu|schedule|time|date|details?)[ ]?)?"
_HEAD = re.compile(
    rf"^[ \t|]{{0,60}}(?:[\w./]{{1,14}}(?:[ \t]{{0,3}}\|| {{2,30}}|\t)[ \t|]{{0,4}})?{_KIND}{_WAS}(?:[ ]\w{{1,8}})?"
    rf"(?:[ \t]{{0,30}}(?:\||->|\u2192)|\t| {{2,60}})[ \t|]{{0,4}}{_KIND}{_NOW}(?:[ ]\w{{1,8}})?[ \t|]{{0,20}}$",
    re.I | re.M,
)
_HEAD_WORDS = frozenset(
    "was old before previous previously original originally from semula sebelum sebelumnya lama awal awalnya dari"
    " tertulis".split()
)

_COLUMNS = 2


def split_columns(
    page: Page, dates: tuple[DateMention, ...], clocks: tuple[TimeMention, ...]
) -> tuple[tuple[DateMention, ...], tuple[TimeMention, ...], tuple[Moment, ...], tuple[int, int] | None]:
    """Take what stands in the "was" column of such a table out of the mentions.

    Returns:
        The days and hours left, those of the "was" column as old moments, and where the table stands (None for no table).
    """
    head = _HEAD.search(page.bare) if page.mentions(_HEAD_WORDS) else None
    if head is None:
        return dates, clocks, (), None
    table = (head.end(), _end_of_table(page.bare, head.end()))
    rows: dict[int, list[DateMention | TimeMention]] = {}
    mentions: list[DateMention | TimeMention] = [*dates, *clocks]
    for mention in mentions:
        if table[0] <= mention.begin < table[1]:
            rows.setdefault(page.bare.rfind("\n", 0, mention.begin) + 1, []).append(mention)
    was: list[Moment] = []
    for row in rows.values():
        days = [mention for mention in row if isinstance(mention, DateMention)]
        hours = [mention for mention in row if isinstance(mention, TimeMention)]
        if len(days) == _COLUMNS:
            was.append(Moment(days[0].begin, days[0].end, day=days[0], role="old"))
        if len(hours) == _COLUMNS:
            was.append(Moment(hours[0].begin, hours[0].end, clock=hours[0], role="old"))
    if not was:
        return dates, clocks, (), None
    gone = {(moment.begin, moment.end) for moment in was}
    return (
        tuple(day for day in dates if (day.begin, day.end) not in gone),
        tuple(clock for clock in clocks if (clock.begin, clock.end) not in gone),
        tuple(was),
        table,
    )


def _end_of_table(bare: str, at: int) -> int:
    """The first blank line below, or the end."""
    end = re.compile(r"\n[ \t]*\n").search(bare, at + 1)
    return end.start() if end else len(bare)
