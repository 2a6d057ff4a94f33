"""The moves that name a fact of the case: position, company, day and hour of the interview."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from pamit.domain.calendar.grammar import DateMention, TimeMention, find_times
from pamit.domain.calendar.wording import write_weekday
from pamit.domain.names import company_core
from pamit.domain.terms import Purpose
from pamit.etiquette.analysis import AnalysedDraft
from pamit.etiquette.segments import name_words

__all__ = ["core_of", "interview_mentions", "names_company", "names_datetime", "names_position", "names_words"]

_TOMORROW = frozenset({"tmrw", "tmr", "tmrw's", "2moro", "2morrow", "tomoz", "tom", "bsk", "bsok", "besuk"})
"""How chats write "tomorrow" where the date grammar does not read it."""

_NEAR_DAYS = 2
"""Days counted from today that name a day: the day before yesterday to the day after tomorrow."""

_NEAR_CHARACTERS = 40
_BARE_HOUR = re.compile(r",? (?:at|@|around|jam|pukul|pkl) ?(\d{1,2})(?![\d.:])")
"""An hour without minutes right behind its day, whatever comes next: "tomorrow at 10 has become impossible"."""
_FEW = 8
_MONTH = 28
_LAST_DAYS = 7
"""A weekday alone tells the day of an interview within so many days back."""

_POSITION_WORDS = ("posisi", "jabatan", "lowongan", "peran", "formasi", "position", "role", "post", "vacancy", "sebagai")
_COMPANY_WORDS = ("pt", "cv", "yayasan", "perusahaan", "company", "ltd", "inc", "firm")
_KINDS = frozenset(
    "yayasan rumah sakit rs toko hotel restoran salon klinik apotek laundry universitas sekolah cv pt bank".split()
)


def names_words(name: str, draft: AnalysedDraft) -> bool:
    """Whether a name's words stand one behind the other in subject or text."""
    wanted = " ".join(name_words(name))
    return bool(wanted) and (f" {wanted} " in draft.low or f" {wanted} " in draft.low_subject)


def names_position(draft: AnalysedDraft) -> bool:
    """Whether the case's position stands in subject or text; without a known position, whether any is named."""
    position = draft.context.position
    if position is None:
        return any(f" {word} " in draft.low + draft.low_subject for word in _POSITION_WORDS)
    if names_words(position, draft):
        return True
    wanted = name_words(position)
    if _glued(wanted, draft):
        return True
    if len(wanted) < 2:
        return False
    # "Guest Relations Officer (GRO)", "Visual Merchandising" for "Staf Visual Merchandising", "Staff" for "Staf".
    told = set(draft.parts.words) | set(draft.subject.words if draft.subject else ())
    telling = [word for word in wanted if word not in _RANKS]
    if len(telling) >= 2 and all(word in told for word in telling) and _stand_together(telling, draft):
        return True
    if len(telling) == 1 and telling[0] in told and len(telling[0]) > 3:
        return any(f" {rank} {telling[0]} " in draft.low + draft.low_subject for rank in _RANKS)
    initials = "".join(word[0] for word in wanted if word not in ("dan", "and", "of", "the"))
    return len(initials) >= 3 and f" {initials} " in draft.low + draft.low_subject


_RANKS = frozenset("staf staff senior junior asisten assistant intern magang officer petugas karyawan pegawai operator".split())


def _stand_together(words: Sequence[str], draft: AnalysedDraft) -> bool:
    joined = f" {' '.join(words)} "
    return joined in draft.low or joined in draft.low_subject


def _glued(wanted: Sequence[str], draft: AnalysedDraft) -> bool:
    """Positions with an ending: "Baristanya", "Staf Gudangnya", "the Line Cook's"."""
    name = " ".join(wanted)
    return len(name) > 4 and (f" {name}nya " in draft.low or f" {name}'s " in draft.low)


@lru_cache(maxsize=1024)
def core_of(company: str) -> str:
    """A company's name without its legal form; kept, as several rules ask for it."""
    return company_core(company)


def names_company(draft: AnalysedDraft) -> bool:
    """Whether the case's company stands in subject or text, its legal form aside."""
    company = draft.context.company
    if company is None:
        return any(f" {word} " in draft.low for word in _COMPANY_WORDS)
    core = core_of(company)
    if names_words(core, draft) or names_words(company, draft):
        return True
    words = [word for word in name_words(core) if word not in _KINDS]
    total = name_words(core)
    if len(words) >= 2 and _stand_together(words, draft):
        return True
    if len(total) >= 3 and (_stand_together(total[:2], draft) and total[1] not in ("of", "dan", "and")):
        return total[0] not in _KINDS or len(total) > 3
    return f" {' '.join(total)}'s " in draft.low


def names_datetime(draft: AnalysedDraft) -> bool:
    """Whether the interview's day is told; for an interview still ahead, its hour too."""
    start = draft.context.interview_start
    if start is None:
        return any(_is_of_interview(draft, mention) for mention in draft.dates)
    days = interview_mentions(draft)
    if not days:
        return False
    return not draft.is_ahead or _tells_hour(draft, start)


def interview_mentions(draft: AnalysedDraft) -> list[tuple[DateMention, bool]]:
    """The mentions of the interview's own day, each with whether it stands in the text (else in the subject)."""
    start = draft.context.interview_start
    if start is None:
        return []
    found = [(mention, True) for mention in draft.dates if _means(draft, mention, start.date())]
    if not found:
        found = [(mention, False) for mention in draft.subject_dates if _means(draft, mention, start.date())]
    if not found and _was_today(draft, start):
        found.append((DateMention(0, 0, start.date(), None, "relative"), True))
    return found


def _means(draft: AnalysedDraft, mention: DateMention, day: date) -> bool:
    now = draft.context.now
    if mention.form == "weekday" and mention.day != day:
        # A weekday alone may look back: "the interview on Tuesday".
        if now is None or mention.stated_weekday != day.weekday():
            return False
        if mention.day is not None and mention.day < now.date():
            return False
        return timedelta(0) <= now.date() - day <= timedelta(days=_LAST_DAYS)
    if mention.form == "weekday" and now is not None and day > now.date():
        return mention.day == day and mention.end - mention.begin > 7
    if now is None and mention.form != "absolute":
        written = mention.day or (mention.candidates[0] if mention.candidates else None)
        return written is not None and (written.day, written.month) == (day.day, day.month)
    if mention.day == day:
        return mention.until is None or mention.until == day
    if mention.contradicts and mention.candidates:
        return day == mention.candidates[0]  # the date counts, not the weekday beside it
    if mention.form == "no_year" and mention.day is None:
        return day in mention.candidates
    return mention.form in ("no_year", "numeric") and _same_day_of_year(mention, day)


def _same_day_of_year(mention: DateMention, day: date) -> bool:
    """A day without its year means the nearest; behind New Year the grammar may have looked ahead."""
    return mention.day is not None and (mention.day.day, mention.day.month) == (day.day, day.month)


def _was_today(draft: AnalysedDraft, start: datetime) -> bool:
    now = draft.context.now
    if now is None:
        return False
    day = start.day
    if now.date() >= start.date() and (f" tgl {day} " in draft.low or f" tanggal {day} " in draft.low):
        return (now.date() - start.date()).days < _MONTH
    if now.date() + timedelta(days=1) == start.date():
        return not _TOMORROW.isdisjoint(draft.parts.words)
    if now.date() != start.date():
        # A weekday behind a name is part of the name to the grammar ("Pasar Senin"); here it can only be the day.
        back = (now.date() - start.date()).days
        name = write_weekday(start.date(), draft.language).lower()
        return 0 < back < _LAST_DAYS and any(f" {name} {word} " in draft.low for word in ("lalu", "kemarin", "last"))
    phrases = (" pagi tadi ", " siang tadi ", " sore tadi ", " barusan ", " baru saja ", " hari ini ", " just now ")
    return any(phrase in draft.low for phrase in phrases)


def _tells_hour(draft: AnalysedDraft, start: datetime) -> bool:
    hour = (start.hour % 12, start.minute)
    # The hour stands behind its day as a rule: to look there first spares reading the whole text for hours.
    for day, in_text in interview_mentions(draft)[:_FEW]:
        if in_text and any(_is_hour(mention, hour) for mention in find_times(draft.text[day.end : day.end + _NEAR_CHARACTERS])):
            return True
        bare = _BARE_HOUR.match(draft.text, day.end) if in_text else None
        if bare and (int(bare.group(1)) % 12, 0) == hour:
            return True
    if any(_is_hour(mention, hour) for mention in (*draft.times, *draft.subject_times)):
        return True
    if _writes_hour(draft, start):
        return True
    # Another zone, or a slip: an hour right behind the interview's day is meant as its hour.
    for day, in_text in interview_mentions(draft)[:_FEW]:
        near = draft.times if in_text else draft.subject_times
        if any(0 <= mention.begin - day.end <= 12 for mention in near):
            return True
    return False


def _writes_hour(draft: AnalysedDraft, start: datetime) -> bool:
    """Whether the hour stands as bare figures, with neither "pukul" nor "a.m.": "rather than 9.30"."""
    hours = {start.hour, start.hour % 12 or 12}
    figures = [f"{hour}{mark}{start.minute:02}" for hour in hours for mark in (".", ":")]
    text = draft.text
    for written in figures:
        at = text.find(written)
        while at >= 0:
            before, after = text[max(0, at - 2) : at].lstrip("0"), text[at + len(written) : at + len(written) + 2]
            goes_on = after[:1].isalnum() or (after[:1] in (".", ":", "/") and after[1:2].isdigit())
            if not (goes_on or before[-1:].isalnum() or before[-1:] in (".", ":", "/")):
                return True
            at = text.find(written, at + 1)
    return False


def _is_hour(mention: TimeMention, hour: tuple[int, int]) -> bool:
    return (mention.start.hour % 12, mention.start.minute) == hour


def _is_of_interview(draft: AnalysedDraft, mention: DateMention) -> bool:
    """Without a known interview: a day named in one sentence with it, not one counted back from today."""
    if mention.day is None and not mention.contradicts:
        return False
    late = draft.purpose not in (Purpose.THANK_YOU, Purpose.FOLLOW_UP, Purpose.WITHDRAW, Purpose.ASK_FEEDBACK)
    if late and mention.day is not None and mention.day < draft.now.date():
        return False  # the day of the invitation, not of the interview
    if mention.form == "relative" and (mention.day is None or abs((mention.day - draft.now.date()).days) > _NEAR_DAYS):
        return False
    return "interview_words" in draft.tags[draft.sentence_at(mention.begin)]
