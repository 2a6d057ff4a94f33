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
    r"(?:datang|hadir|tiba|arrive|come|early|masuk|standby|stand by|toleransi|terlambat|telat|"
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
_NOT_LENGTH_AFTER = re.compile(
    r"\W*(?:sehari|seminggu|per (?:hari|minggu|day|week|shift)|(?:setiap|tiap|a|each|every) (?:hari|minggu|day|week"
    r"|shift))\b|"
    r"\W*(?:sebelum|before|early|earlier|lebih|prior|setelah|after|notice|talk|presentation|"
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
        if _NOT_LENGTH_BEFORE.search(before) and not _AT_MOST.search(before):
            continue
        if _NOT_LENGTH_AFTER.match(page.prose[length.end : length.end + 24]):
            continue
        if page.within("reply", max(begin, length.begin - 60), length.begin) and page.within("limit", begin, length.begin):
            continue
        if page.within("rescheduled", begin, length.begin):
            continue
        found.append(length)
    return found


def sum_lengths(page: Page, length: DurationMention) -> int | None:
    """Lengths stated for all parts of one session are summed; a length said twice counts once."""
    lengths = _lengths(page)
    total = length.minutes
    for one, other in itertools.pairwise(lengths):
        between = page.prose[one.end : other.begin]
        if other.minutes is None or total is None:
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
