"""Rules about the moment and the channel (entries T1, T3, T5, T6, T7, C3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from pamit.domain.calendar.grammar import DateMention
from pamit.domain.message import CheckContext, Fix
from pamit.domain.terms import Bilingual, Channel, Move, Purpose, Severity
from pamit.etiquette.analysis import AnalysedDraft
from pamit.etiquette.purpose import ANSWERS
from pamit.etiquette.rule import Hit, rule

__all__ = [
    "followup_too_early",
    "late_response",
    "late_thank_you",
    "repeat_followup",
    "same_day_no_urgency",
    "text_channel_inappropriate",
]

_W = Severity.WARNING
_NEAR = 12
"""So many characters behind "your letter of" its date may begin."""
_BARE_DAY = re.compile(r"\b(?:tanggal|tgl|the)\b|(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
"""What may stand beside the number of a day that is written without its month."""
_BACK = re.compile(
    r"\s{0,3}(?:yang |yg )?(?:lalu|kemarin|kmrn|kmarin|kmrin|kemaren|silam|tempo hari|last|ago|past)\b", re.IGNORECASE
)
_URGENT = frozenset({Purpose.RUNNING_LATE, Purpose.EMPLOYER_ABSENT, Purpose.LINK_BROKEN, Purpose.APOLOGISE_ABSENCE})


def _today(context: CheckContext, start: datetime) -> date | None:
    """The calendar day of writing at the employer's place."""
    return context.now.astimezone(start.tzinfo).date() if context.now is not None else None


def _interview_day(draft: AnalysedDraft, context: CheckContext) -> tuple[date, date] | None:
    """The day of the interview and today, from the case, else from a day that the text gives the interview."""
    if context.now is None:
        return None
    if context.interview_start is not None:
        today = _today(context, context.interview_start)
        return (context.interview_start.date(), today) if today is not None else None
    days = [
        mention.day
        for mention in draft.dates
        if mention.day is not None and "interview_words" in draft.tags[draft.sentence_at(mention.begin)]
    ]
    past = [day for day in days if day <= context.now.date()]
    return (past[0], context.now.date()) if len(past) == 1 else None


@rule("late-thank-you", entry="T5", severity=_W)
def late_thank_you(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """Thanks for the interview come later than the day after it.

    Id: Ucapan terima kasih dikirim lebih dari sehari setelah wawancara.
    Why: Thanks work while the talk is fresh; the next day is the latest.
    Mengapa: Ucapan terima kasih berkesan selagi pembicaraan masih diingat; paling lambat keesokan harinya.
    Case: thank_you email now=2026-12-02T09:00
    Bad: Percakapan kita masih saya ingat.
    Good: Case: now=2026-11-27T09:00 Percakapan kita masih saya ingat.
    Fix: Shown only: send it now all the same, without excuses.
    Perbaikan: Hanya ditunjukkan: tetap kirimkan sekarang, tanpa banyak alasan.
    Source: 004_7f29a670bf6dc638.txt; 003_9b257850b8674fa5.txt, timing D.
    """
    if draft.purpose is not Purpose.THANK_YOU:
        return
    days = _interview_day(draft, context)
    if days is not None and (days[1] - days[0]).days > draft.numbers.thank_days:
        passed = (days[1] - days[0]).days
        yield Hit(
            Bilingual(
                f"Wawancaranya sudah {passed} hari lalu. Ucapan terima kasih sebaiknya dikirim paling lambat keesokan harinya.",
                f"The interview was {passed} days ago. Thanks should go on the next day at the latest.",
            )
        )


@rule("followup-too-early", entry="T6", severity=_W)
def followup_too_early(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """The result is asked for before a week has passed, or before the promised day.

    Id: Menanyakan hasil sebelum satu minggu, atau sebelum tanggal yang dijanjikan.
    Why: Decisions pass through several hands; asking too soon seems impatient.
    Mengapa: Keputusan melewati beberapa orang; bertanya terlalu cepat terkesan tidak sabar.
    Case: follow_up email now=2026-11-28T09:00
    Bad: Saya menghargai waktunya.
    Good: Case: now=2026-12-04T09:00 Saya menghargai waktunya.
    Fix: Shown only: send it on the day named in the message.
    Perbaikan: Hanya ditunjukkan: kirim pada hari yang disebut dalam pesan.
    Source: 004_7f29a670bf6dc638.txt.
    """
    if draft.purpose is not Purpose.FOLLOW_UP or context.now is None:
        return
    days = _interview_day(draft, context)
    promised = _promised_day(draft, context)
    today = days[1] if days is not None else context.now.date()
    due = days[0] + timedelta(days=draft.numbers.follow_up_days) if days is not None else None
    if promised is not None and (due is None or promised > due):
        due = promised
    if due is not None and today < due:
        when = f"{due.day}/{due.month}/{due.year}"
        yield Hit(
            Bilingual(
                f"Masih terlalu awal untuk menanyakan hasil. Tunggu sampai {when}.",
                f"It is too early to ask for the result. Wait until {due.isoformat()}.",
            )
        )


def _promised_day(draft: AnalysedDraft, context: CheckContext) -> date | None:
    if context.decision_expected is not None:
        return context.decision_expected.date()
    if "result_day" not in draft.cues or context.now is None:
        return None
    today = context.now.date()
    for mention in draft.dates:
        if mention.day is None or mention.day <= today or mention.form == "weekday" or _looks_back(draft, mention, context):
            continue
        if "result_day" in draft.tags[draft.sentence_at(mention.begin)]:
            return mention.day
    return None


def _looks_back(draft: AnalysedDraft, mention: DateMention, context: CheckContext) -> bool:
    """Whether a day of the month that the grammar takes for the next one is meant as a past one.

    So it is with "the 1st" where the interview was on the 1st, and with "tanggal 1 kemarin", "last 9th".
    """
    start = context.interview_start
    if mention.form != "no_year" or mention.day is None:
        return False
    written = draft.text[mention.begin : mention.end]
    if any(letter.isalpha() for letter in _BARE_DAY.sub("", written)):
        return False
    if start is not None and mention.day.day == start.day:
        return True
    return _BACK.match(draft.text, mention.end) is not None


@rule("repeat-followup", entry="T7", severity=Severity.ERROR)
def repeat_followup(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """The result is asked for a second time or more.

    Id: Menanyakan hasil untuk kedua kalinya atau lebih.
    Why: One question shows interest, a second one presses; silence after it is an answer.
    Mengapa: Satu pertanyaan menunjukkan minat, pertanyaan kedua terasa mendesak; diam pun sudah merupakan jawaban.
    Case: follow_up email previous=2026-12-03T09:00/follow_up
    Bad: Saya menghargai waktunya.
    Good: Case: previous=2026-11-27T09:00/thank_you Saya menghargai waktunya.
    Fix: Shown only: do not send it; close the case and move on.
    Perbaikan: Hanya ditunjukkan: tidak usah dikirim; tutup lamaran ini dan melangkah maju.
    Source: 004_7f29a670bf6dc638.txt.
    """
    if draft.purpose is not Purpose.FOLLOW_UP:
        return
    message = Bilingual(
        "Hasilnya sudah pernah Anda tanyakan. Cukup sekali; bila tetap tidak ada kabar, anggap selesai dan melangkahlah.",
        "You have asked for the result before. Once is enough; if no answer comes, take it as closed and move on.",
    )
    asked = draft.cues.get("asked_before")
    if any(sent.purpose is Purpose.FOLLOW_UP for sent in context.previous):
        yield Hit(message, span=draft.span(asked[0]) if asked else None)
    elif asked:
        yield Hit(message, span=draft.span(asked[0]))
    elif "asked_before" in draft.subject_tags:
        yield Hit(message)


@rule("late-response", entry="T1", severity=_W)
def late_response(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """The answer comes long after the invitation, without a word about it.

    Id: Jawaban datang lama setelah undangan, tanpa permintaan maaf atas keterlambatannya.
    Why: An answer is due within a day, two at most; a late one needs a word of apology.
    Mengapa: Undangan sebaiknya dijawab dalam sehari, paling lama dua hari; bila terlambat, sampaikan maaf.
    Case: decline email received=2026-11-18T09:00
    Bad: Saya menghargai waktunya.
    Good: Maaf saya baru membalas undangan ini.
    Fix: Inserts an apology for the late answer.
    Perbaikan: Menyisipkan permintaan maaf atas keterlambatan membalas.
    Source: 003_9b257850b8674fa5.txt, etiquette A; 001_c28abbd93b8ef0cb.txt, no. 1; 000_a82e925dd69bb680.txt, no. 1.
    """
    if draft.purpose not in ANSWERS or context.now is None or "late_apology" in draft.cues:
        return
    received = context.received or _received_in_text(draft, context)
    if received is None or context.now - received <= timedelta(hours=draft.numbers.answer_hours):
        return
    days = (context.now - received).days
    yield Hit(
        Bilingual(
            f"Undangan ini sudah diterima {days} hari lalu. Sampaikan maaf singkat karena baru membalas.",
            f"The invitation came {days} days ago. Add a short apology for the late answer.",
        ),
        fix=Fix(applicability="unsafe", insert=Move.APOLOGY, at=draft.body_begin),
    )


def _received_in_text(draft: AnalysedDraft, context: CheckContext) -> datetime | None:
    if "sent_long_ago" not in draft.cues or context.now is None:
        return None
    for cue in draft.cues["sent_long_ago"]:
        begin, end = draft.span(cue)
        for mention in draft.dates:
            if mention.day is None or mention.day >= context.now.date() or not begin <= mention.begin <= end + _NEAR:
                continue
            if context.interview_start is None or mention.day != context.interview_start.date():
                return datetime(mention.day.year, mention.day.month, mention.day.day, 23, 59, tzinfo=context.now.tzinfo)
    return None


@rule("same-day-no-urgency", entry="T3", severity=Severity.ERROR)
def same_day_no_urgency(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """An interview is cancelled or moved on its own day without an emergency.

    Id: Wawancara dibatalkan atau dipindah pada hari yang sama tanpa keadaan mendesak.
    Why: On the day itself others are already waiting; only an emergency excuses it, and then a call.
    Mengapa: Pada hari itu orang lain sudah menunggu; hanya keadaan mendesak yang dapat dimaklumi, itu pun lewat telepon.
    Case: cancel email now=2026-11-26T07:30
    Bad: Saya sedang malas keluar rumah.
    Good: Ayah saya masuk rumah sakit pagi ini.
    Fix: Shown only: attend if you can, or call at once.
    Perbaikan: Hanya ditunjukkan: usahakan hadir, atau segera menelepon.
    Source: 003_9b257850b8674fa5.txt, timing C.
    """
    start = context.interview_start
    if draft.purpose not in (Purpose.CANCEL, Purpose.RESCHEDULE) or start is None or context.now is None:
        return
    if _today(context, start) != start.date() or context.now >= start or _is_emergency(draft):
        return
    yield Hit(
        Bilingual(
            "Membatalkan atau memindah di hari yang sama hanya untuk keadaan mendesak. Usahakan hadir, atau segera telepon.",
            "Cancelling or moving on the day itself is for emergencies only. Attend if you can, or call at once.",
        )
    )


def _is_emergency(draft: AnalysedDraft) -> bool:
    """Whether an emergency is told; a clinic that is the employer is none."""
    return any(draft.of(cue.sentence, "emergency") for cue in draft.cues.get("emergency", ()))


@rule("text-channel-inappropriate", entry="C3", severity=_W)
def text_channel_inappropriate(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """A text message answers a letter or mail although there is time enough for a mail.

    Id: Undangan lewat surat atau email dijawab dengan pesan singkat, padahal masih ada waktu.
    Why: Answer the way you were asked; a mail can be worded with care and leaves a record for both.
    Mengapa: Jawablah lewat saluran yang sama; email bisa disusun lebih rapi dan menjadi catatan bagi kedua pihak.
    Case: decline text invited_via=email
    Bad: Saya menghargai waktunya.
    Good: Case: invited_via=text Saya menghargai waktunya.
    Fix: Shown only: send it as a mail.
    Perbaikan: Hanya ditunjukkan: kirim sebagai email.
    Source: 003_9b257850b8674fa5.txt, alternatives B; 002_0f35e39a7cae5bbe.txt.
    """
    if draft.channel is not Channel.TEXT or draft.purpose in _URGENT:
        return
    via = context.invited_via
    if via is None and "invited_by_mail" in draft.cues and "invited_by_chat" not in draft.cues:
        via = Channel.EMAIL
    if via not in (Channel.EMAIL, Channel.LETTER):
        return
    start, now = context.interview_start, context.now
    if start is not None and now is not None and timedelta(0) < start - now < timedelta(hours=draft.numbers.text_hours):
        return
    if start is None and context.invited_via is None:
        return
    yield Hit(
        Bilingual(
            "Undangannya datang lewat surat atau email dan waktunya masih cukup. Lebih pantas dijawab lewat email.",
            "The invitation came by letter or mail and there is time enough. A mail is the better answer.",
        )
    )
