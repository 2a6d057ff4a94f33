"""The doubts that a calendar object raises: each in both languages, with the question to the employer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pamit.domain.calendar.wording import write_moment
from pamit.domain.invitation import Doubt, Span
from pamit.domain.terms import Bilingual, Language
from pamit.formats.icalendar import CalendarTime

__all__ = ["contradiction", "damaged", "of_method", "several_events", "timeless", "two_zones"]

_SHOWN = 5


def contradiction(told: datetime, span: Span | None, moment: datetime, zone_name: str) -> Doubt:
    """The words name one start, the calendar object another."""
    id_words, en_words = _in_both(told, zone_name)
    id_calendar, en_calendar = _in_both(moment, zone_name)
    return Doubt(
        "start",
        "calendar-contradicts-text",
        Bilingual(
            f"Isi pesan menyebut {id_words}, sedangkan berkas kalendernya {id_calendar}.",
            f"The message says {en_words}, its calendar object {en_calendar}.",
        ),
        spans=(span,) if span else (),
        question=Bilingual(
            f"Mohon konfirmasi waktu wawancara yang benar: {id_words} atau {id_calendar}?",
            f"Could you please confirm the right time of the interview: {en_words} or {en_calendar}?",
        ),
    )


def two_zones(moment: datetime, other: datetime, zone_name: str) -> Doubt:
    """The zone's name means one offset, the definition sent with it another (a lying VTIMEZONE)."""
    id_one, en_one = _in_both(moment, zone_name)
    id_two, en_two = _in_both(other, zone_name)
    return Doubt(
        "start",
        "calendar-zone-contradicts-itself",
        Bilingual(
            f"Zona waktu dalam berkas kalender bertentangan dengan namanya sendiri: {id_one} atau {id_two}.",
            f"The time zone in the calendar object contradicts its own name: {en_one} or {en_two}.",
        ),
        question=Bilingual(
            f"Mohon konfirmasi jam wawancaranya: {id_one} atau {id_two}?",
            f"Could you please confirm the hour of the interview: {en_one} or {en_two}?",
        ),
    )


def several_events(moments: Sequence[datetime], zone_name: str) -> Doubt:
    """The file holds several events, and none of them is plainly the interview."""
    both = [_in_both(moment, zone_name) for moment in moments[:_SHOWN]]
    return Doubt(
        "start",
        "several-events",
        Bilingual(
            f"Berkas kalender memuat beberapa acara: {'; '.join(one for one, _ in both)}.",
            f"The calendar file holds several events: {'; '.join(one for _, one in both)}.",
        ),
        question=Bilingual(
            "Mohon konfirmasi, acara mana yang merupakan jadwal wawancara saya?",
            "Could you please confirm which of the events is my interview?",
        ),
    )


def timeless(start: CalendarTime | None) -> tuple[Doubt, ...]:
    """The gap that an object without a usable start leaves: a day only, no zone, a zone that means nothing."""
    if start is None:
        return ()
    if start.wall is None:
        return (
            Doubt(
                "start",
                "missing-hour",
                Bilingual(
                    "Berkas kalender hanya menyebut hari, tanpa jam.", "The calendar object names a day without an hour."
                ),
                question=Bilingual("Pukul berapa wawancaranya dimulai?", "At what time does the interview begin?"),
            ),
        )
    wall = f"{start.wall:%Y-%m-%d %H:%M}"
    question = Bilingual(
        f"Mohon konfirmasi, {wall} itu menurut zona waktu mana?", f"Could you please tell me the time zone of {wall}?"
    )
    if start.is_floating:
        message = Bilingual(
            f"Berkas kalender menyebut {wall} tanpa zona waktu.", f"The calendar object gives {wall} without a time zone."
        )
        return (Doubt("start", "floating-time", message, question=question),)
    message = Bilingual(
        f"Berkas kalender menyebut {wall} dalam zona waktu yang tidak dikenal.",
        f"The calendar object gives {wall} in a time zone that is not known.",
    )
    return (Doubt("start", "unknown-zone", message, question=question),)


def damaged(losses: tuple[str, ...]) -> Doubt:
    """Properties on which everything rests were broken, doubled or read by guess (F4): a person should look."""
    names = ", ".join(losses[:_SHOWN])
    return Doubt(
        "calendar",
        "calendar-damaged",
        Bilingual(
            f"Sebagian berkas kalender tidak terbaca utuh: {names}.", f"Parts of the calendar object are damaged: {names}."
        ),
    )


def of_method(method: str | None) -> tuple[Doubt, ...]:
    """What a counter-proposal or the refusal of one leaves to settle (RFC 5546 §3.2.7, §3.2.8)."""
    if method == "COUNTER":
        message = Bilingual(
            "Ini usulan waktu lain, belum jadwal yang pasti.", "This is a proposal of another time, not yet an appointment."
        )
        return (Doubt("start", "counter-proposal", message),)
    if method == "DECLINECOUNTER":
        message = Bilingual(
            "Usulan waktu Anda ditolak; jadwal semula tetap berlaku dan menunggu jawaban.",
            "Your proposed time was refused; the original time stands and waits for an answer.",
        )
        return (Doubt("start", "counter-declined", message),)
    return ()


def _in_both(moment: datetime, zone_name: str) -> tuple[str, str]:
    return write_moment(moment, zone_name, Language.ID), write_moment(moment, zone_name, Language.EN)
