"""How long the interview lasts, as far as the words say; a range of lengths is none."""

from __future__ import annotations

import itertools
import re

from pamit.domain.calendar.grammar import DurationMention, find_durations
from pamit.reading.text import Page

__all__ = ["find_length", "sum_lengths"]


_LENGTH_WORDS = frozenset("menit mnt mins min minute minutes jam hour hours hr hrs h quarter".split())
_SHORTEST = 10
_NOT_LENGTH_BEFORE = re.compile(
    r"\b(?:datang|hadir|tiba|arrive|come|early|masuk|standby|stand by|toleransi|terlambat|telat|"
    r"late|dalam waktu|dalam|within|maks(?:imal)?\.? (?:balas|konfirmasi)|every|setiap|"
    r"selama ini|kontrak|"
    r"perjalanan|walk|drive|presentasi|presentation|paparan|at least|minimal|setidaknya|"
    r"paling lambat|batas|berlaku|tes|test|psikotes|task|brief|pengalaman|experience|"
    r"probation|percobaan|lebih dari|more than|over|"
    r"reasoning|questions|dibatasi|buffer|login|log in|join)\W{0,80}(?:\w{1,80}\W{1,80}){0,2}$"
)
_AT_MOST = re.compile(
    r"(?:\b(?:no|not|tidak|nggak|gak|tdk)\b|n't)[^.]{0,12}(?:more than|longer than|over|lebih dari|lebih)\W*$"
)
# "We'll pair on a small task for 60 minutes": what is done together is the interview.
_TOGETHER = re.compile(r"\b(?:pair(?:ing)?|live[- ]cod(?:e|ing)|together|bersama-sama|bareng)\b[^.!?\n]{0,60}$")
_NOT_LENGTH_AFTER = re.compile(
    r"\W*(?:sehari|seminggu|per (?:hari|minggu|day|week|shift)|(?:setiap|tiap|a|each|every) (?:hari|minggu|day|week"
    r"|shift))\b|"
    r"\W*(?:sebelum|before|early|earlier|lebih|prior|setelah|after(?! which)|notice|talk|demo|pitch|micro[- ]?teaching"
    r"|mini|presentation|"
    r"presentasi|lagi|from now|dari sekarang|ke depan|sejak|dari jadwal|ago|yang lalu|"
    r"terlambat|telat|late|toleransi|walk|drive|perjalanan|jalan kaki|kerja|of work|"
    r"of experience|pengalaman|take-home|ahead|tidak|belum|kemudian)\b"
)
_TO_LENGTH = re.compile(r"[ \t]*(?:-|\u2013|s\.?/?d\.?|sampai(?: dengan)?|hingga|to|until|atau|or)[ \t]*")
_FROM_HALF = re.compile(r"\b(?:setengah|half)[ \t]+(?:-|\u2013|s/d|sampai|hingga|to|atau|or)[ \t]*$")


def find_length(page: Page, row: tuple[int, int] | None = None) -> DurationMention | None:
    """The stated length of the interview; None for a range of lengths or none stated.

    Args:
        page: the message.
        row: of a programme, the line of the interview: a length stated there counts before all others.
    """
    lengths = _lengths(page)
    if row is not None:
        lengths = [length for length in lengths if row[0] <= length.begin < row[1]] or lengths
    if not lengths or lengths[0].minutes is None:
        return None
    first = lengths[0]
    if _FROM_HALF.search(page.prose, max(0, first.begin - 24), first.begin):
        return None  # "setengah sampai satu jam"
    if len(lengths) > 1 and _TO_LENGTH.fullmatch(page.prose, first.end, lengths[1].begin):
        return None  # "45 menit sampai 1 jam"
    return first


def _lengths(page: Page) -> list[DurationMention]:
    found: list[DurationMention] = []
    if not page.mentions(_LENGTH_WORDS):
        return found
    for length in find_durations(page.bare):
        if length.minutes is not None and not _SHORTEST <= length.minutes <= 600:
            continue
        begin, _ = page.sentence(length.begin, length.end)
        before = page.prose[max(begin, length.begin - 40) : length.begin]
        if (
            _NOT_LENGTH_BEFORE.search(before)
            and not _AT_MOST.search(before)
            and not _TOGETHER.search(page.prose, begin, length.begin)
        ):
            continue
        if _NOT_LENGTH_AFTER.match(page.prose[length.end : length.end + 24]):
            continue
        if page.within("reply", max(begin, length.begin - 60), length.begin) and page.within("limit", begin, length.begin):
            continue
        if page.within("rescheduled", begin, length.begin):
            continue
        found.append(length)
    return found


# "1. Studi kasus 30 menit / 2. Tanya jawab 45 menit": the parts of a session, one below the other.
_NEXT_PART = re.compile(r"[^\n.!?]{0,70}\n[ \t]{0,40}(?:\d{1,2}[.)]|[-\u2022\u00b7*])[ \t]{1,4}[^\n.!?]{0,60}")
_WHOLE = re.compile(r"\b(?:total|durasi|duration|overall|keseluruhan|altogether|seluruhnya)\b")
_NO_PART = re.compile(
    r"\b(?:datang|hadir|tiba|arrive|come|early|masuk|stand ?by|toleransi|terlambat|telat|late|login|log in|join|selama|"
    r"within|setiap|"
    r"every|perjalanan|walk|drive|kontrak|pengalaman|experience|probation|siapkan|prepare)\b"
)


def _parts_in_rows(page: Page, length: DurationMention) -> list[DurationMention]:
    """The lengths of the parts that stand one below the other with a length, this one among them."""
    line = page.line_at(length.begin)
    if line is None or _WHOLE.search(page.prose, line.begin, line.end):
        return []
    found = [one for one in find_durations(page.bare) if _may_be_part(page, one)]
    own = next((index for index, one in enumerate(found) if one.begin == length.begin), None)
    if own is None:
        return []
    first = last = own
    while first and _NEXT_PART.fullmatch(page.prose, found[first - 1].end, found[first].begin):
        first -= 1
    while last + 1 < len(found) and _NEXT_PART.fullmatch(page.prose, found[last].end, found[last + 1].begin):
        last += 1
    return found[first : last + 1]


_NEAR = 120


def _may_be_part(page: Page, length: DurationMention) -> bool:
    line = page.line_at(length.begin)
    if line is None:
        return False
    near = max(line.begin, length.begin - _NEAR), min(line.end, length.end + _NEAR)
    return (
        _NO_PART.search(page.prose, *near) is None
        and _WHOLE.search(page.prose, *near) is None
        and _NOT_LENGTH_AFTER.match(page.prose[length.end : length.end + 24]) is None
    )


def sum_lengths(page: Page, length: DurationMention, row: tuple[int, int] | None = None) -> int | None:
    """Lengths stated for all parts of one session are summed, of a programme those of its row; one said twice counts once."""
    lengths = [one for one in _lengths(page) if one.begin >= length.begin]
    total = length.minutes
    rows = _parts_in_rows(page, length)
    if len(rows) > 1 and row is None:
        return None if any(row.minutes is None for row in rows) else sum(row.minutes or 0 for row in rows)
    for one, other in itertools.pairwise(lengths):
        between = page.prose[one.end : other.begin]
        if other.minutes is None or total is None or (row is not None and other.begin >= row[1]):
            break
        if (
            len(between) <= 90
            and not re.search(r"[.!?]\s", between)
            and re.search(r"\b(?:dan|and|dilanjutkan|lanjut|then|followed by|plus|kemudian|lalu)\b|[+,]", between)
        ):
            total += other.minutes
        else:
            break
    return total
