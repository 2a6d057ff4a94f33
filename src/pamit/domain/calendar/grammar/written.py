"""Dates written with month names, with and without a year, as far as the words alone tell."""

from __future__ import annotations

import re

from pamit.domain.calendar.grammar.numeric import (
    SPAN_WORDS,
    YEAR,
    Written,
    figures_value,
    possible_day,
    read_figures,
)
from pamit.domain.calendar.grammar.scan import Scan, spelled_gap
from pamit.domain.calendar.grammar.words import (
    BLOCKED_AFTER_NUMBER,
    BLOCKED_BEFORE_DATE,
    BLOCKED_BEFORE_NUMBER,
    BLOCKED_BEFORE_SHORT_DATE,
    ENGLISH_MONTHS,
)

__all__ = ["Written", "figures_value", "read_written"]

_TWO_DAYS = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_NUMBERED_MONTH = re.compile(r" (?:bulan|bln) ([0-9]{1,2})(?: (?:tahun|thn?) ((?:19|20)[0-9]{2}))?(?![0-9.:/-])")
_DAYS = re.compile(r"([0-9]{1,2})(?:-([0-9]{1,2}))?")
_TO_MONTH = re.compile(r"[ \t]{0,80}[-/.,]?[ \t]{0,80}(?:of |bulan |bln )?|\n?")
_TO_YEAR = re.compile(r"[ \t]{0,80}[-/.,']?[ \t]{0,80}(?:tahun |thn? )?'?|,?\n")
_LIST = frozenset({",", "&", "/", "dan", "atau", "and", "or", ", dan", ", and", ", atau", ", or"})
_AFTER_ORDINAL = re.compile(
    r"[ ]*(?:$|[.,;:!?)\n(*-]|(?:at|from|between|and|or|to|for|if|is|works?|would|will|of (?:this|next)|this month"
    r"|next month|before|after|around|morning|afternoon|evening|noon)\b)"
)
_BEFORE_ORDINAL = re.compile(r"\b(?:on|by|until|till|before|after|from|for|is|to|or|and|since|around) the $|, the $")


def read_written(scan: Scan, index: int, century_year: int, *, backed: bool) -> Written | None:
    """The written date that begins at a token, or None.

    Args:
        scan: the text.
        index: of the first token.
        century_year: today's year, against which a year of two figures is judged.
        backed: whether a weekday or a word for a day stands before it, so that "3/12" and "the 3rd" are dates.
    """
    token = scan.at(index)
    if token.kind == "figures":
        if len(token.word) > 12 or not scan.starts_clean(index):
            return None
        return (
            _day_then_month(scan, index, century_year, backed=backed)
            or read_figures(scan, index, century_year, backed=backed)
            or _ordinal_day(scan, index, backed=backed)
            or _listed_after_label(scan, index)
        )
    if token.kind in ("number", "ordinal"):
        return _day_then_month(scan, index, century_year, backed=backed)
    if token.kind == "month":
        return _month_then_day(scan, index, century_year, backed=backed)
    if token.kind == "date_label":
        return _labelled(scan, index, century_year)
    return None


def _labelled(scan: Scan, index: int, century_year: int) -> Written | None:
    """ "tgl 14", "tanggal 3/12", "tanggal dua puluh tujuh Oktober"."""
    gap = scan.gap(index)
    if gap.count("\n") > 1 or gap.strip(" \n\t.:=|*_~-()/") != "":
        return None
    token = scan.at(index + 1)
    if token.kind == "date_label":
        return None  # "Tanggal / Date : …": the second label leads
    full = read_written(scan, index + 1, century_year, backed=True)
    if full and full.month:
        return full
    if scan.at(index).word == "date" or not _plain_gap(gap):
        return None
    if token.kind == "number":
        day, last = token.value, None
    else:
        match = _DAYS.fullmatch(token.word) if token.kind == "figures" else None
        if not match or not scan.ends_clean(index + 1):
            return None
        day, last = int(match[1]), int(match[2]) if match[2] else None
    if not 1 <= day <= 31 or (last is not None and not (day < last <= 31 and last > 12)):
        return None
    end, following = token.end, index + 2
    second = _last_after_month(scan, index + 1) if last is None else None
    if second and day < second[0] <= 31:
        last, following = second[0], second[1] + 1
        end = scan.at(second[1]).end
    if scan.at(following).kind == "month" and spelled_gap(scan.gap(index + 1)) == "":
        return None  # half of a date that the calendar does not have
    numbered = _NUMBERED_MONTH.match(scan.folded, end)
    if numbered:
        month = int(numbered[1])
        if not 1 <= month <= 12 or not possible_day(day, month, last):
            return None
        year = int(numbered[2]) if numbered[2] else None
        following += 2 if year else 1
        return Written(token.begin, numbered.end(), following, day, month, year, last, "absolute" if year else "no_year")
    shift = _month_shift(scan.folded[end : end + 16])
    if shift is None and scan.word_after(end) in BLOCKED_AFTER_NUMBER:
        return None
    return Written(scan.at(index).begin, end, following, day, 0, None, last, "no_year", shift)


def _listed_after_label(scan: Scan, index: int) -> Written | None:
    """The further days of "tanggal 3, 4 atau 5"."""
    token = scan.at(index)
    if len(token.word) > 2 or not token.word.isdigit() or not 1 <= int(token.word) <= 31 or not scan.ends_clean(index):
        return None
    for back in range(1, 5):
        before = scan.at(index - back)
        gap = scan.gap(index - back)
        if before.kind == "date_label":
            stands = back > 1 and before.word != "date" and spelled_gap(gap) in ("", ".", ":")
            break
        if before.kind != "figures" or len(before.word) > 2 or spelled_gap(gap) not in _LIST:
            return None
    else:
        return None
    if (
        not stands
        or scan.word_after(token.end) in BLOCKED_AFTER_NUMBER
        or scan.at(index + 1).kind in ("day", "clock", "minute")
    ):
        return None
    return Written(token.begin, token.end, index + 1, int(token.word), 0, None, None, "no_year")


def _plain_gap(gap: str) -> bool:
    return len(gap) <= 6 and "\n" not in gap


def _month_shift(after: str) -> int | None:
    if after.startswith((" bulan ini", " bln ini", " this month", " of this month")):
        return 0
    if after.startswith((" bulan depan", " bln depan", " next month", " of next month")):
        return 1
    return None


def _day_then_month(scan: Scan, index: int, century_year: int, *, backed: bool) -> Written | None:
    """ "26 November 2026", "1-3 Desember", "26th of Nov", "dua puluh tujuh Oktober dua ribu dua puluh enam"."""
    token = scan.at(index)
    last: int | None = None
    if token.kind == "figures":
        match = _DAYS.fullmatch(token.word)
        if not match:
            match = _TWO_DAYS.fullmatch(token.word)
            if not match or int(match[2]) != int(match[1]) + 1:
                return None  # "27/28 November" are two days; anything else before a month is not understood
        day, last = int(match[1]), int(match[2]) if match[2] else None
    else:
        day = token.value
    position = index
    position, end = _over_ordinal(scan, position)
    if last is None:
        further = _last_of_span(scan, position)
        if further:
            last, position = further
    month_token = scan.at(position + 1)
    if month_token.kind != "month" or not _TO_MONTH.fullmatch(scan.gap(position)):
        return _listed_day(scan, index, position, day, last, century_year, backed=backed)
    year, end, following = _year_after(scan, position + 1, century_year)
    if following < 0 or not _month_stands(scan, position + 1, end, after_day=True):
        return None
    gap = scan.gap(position)
    if token.kind == "number" and year is None and not backed:
        return None  # "Universitas Sebelas Maret"
    if token.kind == "ordinal" and not (
        backed or gap == " of " or scan.folded[max(0, token.begin - 4) : token.begin] == "the "
    ):
        return None
    before = scan.word_before(token.begin)
    if before in BLOCKED_BEFORE_DATE or _after_raya(scan, token.begin):
        return None
    if year is None and not backed and (gap == ". " or before in BLOCKED_BEFORE_SHORT_DATE):
        return None  # "1. April Lestari", "No. 3 Mei"
    if not possible_day(day, month_token.value, last):
        return None
    return Written(token.begin, end, following, day, month_token.value, year, last, "absolute" if year else "no_year")


def _after_raya(scan: Scan, begin: int) -> bool:
    return scan.folded[max(0, begin - 12) : begin].endswith(("jl. raya ", "jl raya ", "jalan raya ", "jln raya "))


def _over_ordinal(scan: Scan, index: int) -> tuple[int, int]:
    """Past "st", "nd", "rd", "th" glued to the figures."""
    if scan.at(index + 1).kind == "suffix" and scan.gap(index) == "":
        return index + 1, scan.at(index + 1).end
    return index, scan.at(index).end


def _last_of_span(scan: Scan, index: int) -> tuple[int, int] | None:
    """The second day of "1 s/d 3 Desember" with its token, where the month follows it."""
    second = scan.at(index + 1)
    if second.kind == "date_label":
        return None
    if second.kind not in ("figures", "number") or spelled_gap(scan.gap(index)).removesuffix(" the") not in SPAN_WORDS:
        return None
    day = second.value if second.kind == "number" else int(second.word) if len(second.word) <= 2 else 0
    after, _ = _over_ordinal(scan, index + 1)
    if day and scan.at(after + 1).kind == "month" and _TO_MONTH.fullmatch(scan.gap(after)):
        return day, after
    return None


def _listed_day(
    scan: Scan, index: int, position: int, day: int, last: int | None, century_year: int, *, backed: bool
) -> Written | None:
    """A day of a list whose month stands at its end: "19, 20, 21 Oktober 2026"."""
    if not scan.names_month:
        return None
    ahead = position
    for _ in range(6):
        if spelled_gap(scan.gap(ahead)) not in _LIST:
            return None
        follower = scan.at(ahead + 1)
        if follower.kind != "figures" or len(follower.word) > 2:
            return None
        ahead, _end = _over_ordinal(scan, ahead + 1)
        if scan.at(ahead + 1).kind == "month" and _TO_MONTH.fullmatch(scan.gap(ahead)):
            break
    else:
        return None
    whole = _day_then_month(scan, ahead if scan.at(ahead).kind == "figures" else ahead - 1, century_year, backed=backed)
    token = scan.at(index)
    if not whole or last is not None or not possible_day(day, whole.month, None):
        return None
    if scan.word_before(token.begin) in BLOCKED_BEFORE_DATE | BLOCKED_BEFORE_NUMBER:
        return None
    return whole._replace(begin=token.begin, end=scan.at(position).end, next_index=position + 1, day=day, last_day=None)


def _month_then_day(scan: Scan, index: int, century_year: int, *, backed: bool) -> Written | None:
    """ "November 26, 2026", "Nov 26th", "Dec 1-3"."""
    month = scan.at(index)
    token = scan.at(index + 1)
    if not re.fullmatch(r"[ \t]{0,80}[-.]?[ \t]{0,80}(?:the )?", scan.gap(index)):
        return None
    if token.kind == "figures":
        match = _DAYS.fullmatch(token.word)
        if not match or not scan.starts_clean(index + 1):
            return None
        day, last = int(match[1]), int(match[2]) if match[2] else None
    elif token.kind == "ordinal":
        day, last = token.value, None
    else:
        return None
    if day == 0:
        return None
    position, end = _over_ordinal(scan, index + 1)
    ordinal = position != index + 1 or token.kind == "ordinal"
    if not ordinal and not scan.ends_clean(position):
        return None
    if last is None:
        further = _last_after_month(scan, position)
        if further:
            last, position = further
    year, end, following = _year_after(scan, position, century_year)
    if following < 0:
        return None
    if year is None and not ordinal and month.word not in ENGLISH_MONTHS:
        return None
    if scan.at(position + 1).kind == "month" and spelled_gap(scan.gap(position)) in ("", "."):
        return None  # "Des 26 Nov": the figures belong to the second
    if (
        not ordinal
        and year is None
        and (
            scan.word_after(end) in BLOCKED_AFTER_NUMBER
            or (
                scan.at(position + 1).kind in ("minute", "hour", "meridiem", "clock")
                and scan.at(position + 1).word != "jam"
                and spelled_gap(scan.gap(position)) == ""
            )
        )
    ):
        return None
    if not _month_stands(scan, index, end, after_day=ordinal or year is not None) or not possible_day(day, month.value, last):
        return None
    return Written(month.begin, end, following, day, month.value, year, last, "absolute" if year else "no_year")


def _last_after_month(scan: Scan, index: int) -> tuple[int, int] | None:
    """The second day of "Dec 1st to 3rd" and "Dec 1 - 3", with its last token."""
    second = scan.at(index + 1)
    if second.kind != "figures" or not second.word.isdigit() or len(second.word) > 2:
        return None
    if spelled_gap(scan.gap(index)).removesuffix(" the") not in SPAN_WORDS:
        return None
    position, _end = _over_ordinal(scan, index + 1)
    if scan.at(position + 1).kind in ("month", "meridiem", "zone", "part", "hour", "minute", "clock") or not scan.ends_clean(
        position
    ):
        return None
    return int(second.word), position


def _month_stands(scan: Scan, index: int, end: int, *, after_day: bool) -> bool:
    """Whether the word is the month, not the verb "may" or a word cut from another."""
    token = scan.at(index)
    if token.begin and scan.folded[token.begin - 1].isalpha():
        return False
    if scan.folded[token.end : token.end + 1].isalpha():
        return False
    return token.word != "may" or after_day or scan.text[token.begin] == "M"


def _year_after(scan: Scan, index: int, century_year: int) -> tuple[int | None, int, int]:
    """The year behind a date, the end of the date, the token after it; -1 where the figures there break the date."""
    end = scan.at(index).end
    if scan.at(index).kind == "month" and scan.folded[end : end + 1] == "." and scan.folded[end + 1 : end + 2] == " ":
        gap_start = 1
    else:
        gap_start = 0
    gap = scan.gap(index)
    token = scan.at(index + 1)
    if not _TO_YEAR.fullmatch(gap[gap_start:]):
        return None, end, index + 1
    if token.kind == "number" and 2000 <= token.value <= 2099:
        return token.value, token.end, index + 2
    if token.kind != "figures":
        return None, end, index + 1
    match = YEAR.match(token.word)
    if match and token.word[4:5] not in (".", ":", "/"):
        if token.word[4:]:  # "2026-10.00": the year ends, a dash and something else follow
            return int(match[1]), token.begin + 4, index + 2
        if scan.folded[token.end : token.end + 1].isalpha() and scan.at(index + 2).begin != token.end:
            return None, end, -1
        return int(match[1]), token.end, index + 2
    if token.word.isdigit():
        if len(token.word) in (3, 5) and "\n" not in gap and "," not in gap:
            return None, end, -1
        if len(token.word) == 2 and abs(2000 + int(token.word) - century_year) <= 1 and _short_year(scan, index + 1, gap):
            return 2000 + int(token.word), token.end, index + 2
        if len(token.word) == 2 and gap in ("-", "/", "'"):
            return None, end, -1
    return None, end, index + 1


def _short_year(scan: Scan, index: int, gap: str) -> bool:
    """Whether two figures behind day and month are the year ("30 Des 26"), not an hour or the next day."""
    if gap not in (" ", " '", "'", "-", "/", ".", " - ") or not scan.ends_clean(index):
        return False
    follower = scan.at(index + 1)
    close = spelled_gap(scan.gap(index)) in ("", ".", "-", "/")
    return not (close and follower.kind in ("meridiem", "month", "zone", "part", "figures", "suffix", "hour", "minute"))


def _ordinal_day(scan: Scan, index: int, *, backed: bool) -> Written | None:
    """ "the 14th", "Tuesday the 22nd"; not "the 2nd interview"."""
    token = scan.at(index)
    position, end = _over_ordinal(scan, index)
    if position == index or not token.word.isdigit() or not 1 <= int(token.word) <= 31:
        return None
    before = scan.folded[max(0, token.begin - 14) : token.begin]
    after = scan.folded[end : end + 20]
    if not (backed or _BEFORE_ORDINAL.search(before)) or not _AFTER_ORDINAL.match(after):
        return None
    return Written(token.begin, end, position + 1, int(token.word), 0, None, None, "no_year", _month_shift(after))
