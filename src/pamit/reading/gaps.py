"""What the invitation leaves out or contradicts, each with a question that can be put to the employer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from pamit.domain.calendar.wording import write_day
from pamit.domain.invitation import Doubt, Fact, Field
from pamit.domain.terms import Bilingual, Language, Mode
from pamit.domain.terms import InvitationKind as Kind
from pamit.reading.letter import Letter
from pamit.reading.moments import Moment
from pamit.reading.when import Schedule

__all__ = ["find_doubts"]

_INVITING = (Kind.INVITATION, Kind.RESCHEDULE_BY_EMPLOYER)


def find_doubts(letter: Letter, kind: Kind, facts: Mapping[Field, Fact], schedule: Schedule) -> tuple[Doubt, ...]:
    """Doubts first, then gaps, in the order in which one would ask."""
    if kind not in (*_INVITING, Kind.AVAILABILITY_REQUEST, Kind.SCAM):
        return ()
    doubts: list[Doubt] = []
    if kind in _INVITING:
        doubts += _time_doubts(schedule)
    mode = facts["mode"].value if "mode" in facts else None
    if kind in _INVITING:
        if "start" not in facts and not doubts:
            doubts.append(_gap("start", "missing-time", "Hari dan jam wawancara tidak disebutkan.", "The day and hour of the interview are not stated.",
                               "Mohon informasi hari dan jam pelaksanaan wawancaranya.", "Could you please tell me the day and time of the interview?"))  # fmt: skip
        if mode is None:
            doubts.append(_gap("mode", "missing-mode", "Tidak disebutkan apakah wawancara diadakan langsung, lewat video, atau lewat telepon.",
                               "It is not said whether the interview is in person, by video or by phone.",
                               "Apakah wawancaranya diadakan secara langsung atau daring?", "Will the interview be held in person or online?"))  # fmt: skip
        if mode == Mode.ONSITE and "location" not in facts:
            doubts.append(_gap("location", "missing-place", "Tempat wawancara tidak disebutkan.", "The place of the interview is not stated.",
                               "Mohon informasi alamat lengkap tempat wawancaranya.", "Could you please send me the full address for the interview?"))  # fmt: skip
        if mode == Mode.VIDEO and "meeting_url" not in facts:
            doubts.append(_gap("meeting_url", "missing-link", "Tautan untuk bergabung belum diberikan.", "The link to join has not been given.",
                               "Mohon kirimkan tautan untuk bergabung ke wawancara daringnya.", "Could you please send me the link to join the interview?"))  # fmt: skip
        if "start" in facts and "end" not in facts:
            doubts.append(_gap("duration", "missing-length", "Lama wawancara tidak disebutkan.", "The length of the interview is not stated.",
                               "Kira-kira berapa lama wawancaranya akan berlangsung?", "How long is the interview expected to take?"))  # fmt: skip
        zone = facts.get("timezone")
        if "start" in facts and zone is not None and zone.note is not None and zone.confidence < 0.8:
            doubts.append(_gap("timezone", "missing-zone", "Zona waktu tidak ditulis.", "No time zone is written.",
                               "Apakah jam tersebut dalam waktu setempat (WIB, WITA, atau WIT)?", "Which time zone is the stated time in?"))  # fmt: skip
        if not letter.page.has("meeting_people") and not any(line.label in ("interviewer", "meet") for line in letter.page.lines):
            doubts.append(_gap("interviewer", "missing-interviewer", "Pewawancara tidak disebutkan.", "The interviewer is not named.",
                               "Boleh saya tahu dengan siapa saya akan diwawancarai?", "May I ask who will be interviewing me?"))  # fmt: skip
    if "position" not in facts:
        doubts.append(_gap("position", "missing-position", "Posisi yang dimaksud tidak disebutkan.", "The position is not named.",
                           "Mohon informasi posisi yang dimaksud dalam undangan ini.", "Could you please tell me which position this is about?"))  # fmt: skip
    return tuple(doubts)


def _gap(field: str, code: str, id_: str, en: str, ask_id: str, ask_en: str) -> Doubt:
    return Doubt(field, code, Bilingual(id_, en), (), Bilingual(ask_id, ask_en))


def _spans(moments: tuple[Moment, ...]) -> tuple[tuple[int, int], ...]:
    spans = []
    for moment in moments:
        day = moment.day
        spans.append((day.begin, day.end) if day is not None and moment.lent is False else (moment.begin, moment.end))
    return tuple(dict.fromkeys(spans))


def _days(days: list[date], language: Language) -> str:
    word = " atau " if language == Language.ID else " or "
    return word.join(write_day(day, language) for day in days)


def _time_doubts(schedule: Schedule) -> list[Doubt]:
    problem = schedule.problem
    if problem is None:
        return []
    spans = _spans(schedule.troubled)
    days = _readings(schedule)
    days_id, days_en = _days(days, Language.ID), _days(days, Language.EN)
    if problem == "contradiction":
        return [Doubt("start", "weekday-contradicts-date",
                      Bilingual(f"Hari dan tanggalnya tidak cocok: {days_id}.", f"The weekday and the date contradict each other: {days_en}."), spans,
                      Bilingual(f"Mohon konfirmasi tanggal wawancaranya: {days_id}?", f"Could you please confirm the date of the interview: {days_en}?"))]  # fmt: skip
    if problem == "ambiguous-day":
        return [Doubt("start", "ambiguous-day",
                      Bilingual(f"Harinya dapat dibaca dua cara: {days_id}.", f"The day can be read in two ways: {days_en}."), spans,
                      Bilingual(f"Mohon konfirmasi harinya: {days_id}?", f"Could you please confirm which day is meant: {days_en}?"))]  # fmt: skip
    if problem in ("two-dates", "two-times"):
        what_id, what_en = ("tanggal", "date") if problem == "two-dates" else ("jam", "time")
        return [Doubt("start", problem,
                      Bilingual(f"Ada lebih dari satu {what_id} yang mungkin untuk wawancaranya.", f"More than one {what_en} could be the interview's."), spans,
                      Bilingual(f"Mohon konfirmasi {what_id} wawancara yang dimaksud untuk saya.", f"Could you please confirm which {what_en} applies to me?"))]  # fmt: skip
    if problem == "several-days":
        return [Doubt("start", "several-days",
                      Bilingual("Yang disebut beberapa hari sekaligus, bukan satu hari.", "Several days are named, not one."), spans,
                      Bilingual("Mohon informasi hari dan jam yang berlaku untuk saya.", "Could you please tell me which day and time apply to me?"))]  # fmt: skip
    return [Doubt("start", "date-without-time",
                  Bilingual("Harinya disebutkan, tetapi jamnya tidak.", "The day is stated, but not the hour."), spans,
                  Bilingual("Mohon informasi jam pelaksanaan wawancaranya.", "Could you please tell me the time of the interview?"))]  # fmt: skip


def _readings(schedule: Schedule) -> list[date]:
    days: list[date] = []
    for moment in schedule.troubled:
        if moment.day is None:
            continue
        days += [moment.day.day] if moment.day.day else list(moment.day.candidates)
    if len(set(days)) == 1 and schedule.problem == "contradiction":
        days.append(days[0] + timedelta(days=1))
    return list(dict.fromkeys(days))
