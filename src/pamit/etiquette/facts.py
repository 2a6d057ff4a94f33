"""Rules about agreement with the case (entry H3): what copy and paste leaves behind."""

from __future__ import annotations

from collections.abc import Iterator

from pamit.domain.calendar.wording import write_day
from pamit.domain.message import CheckContext, Fix
from pamit.domain.terms import Bilingual, Language, Severity
from pamit.etiquette.analysis import AnalysedDraft
from pamit.etiquette.claims import other_company, other_position, other_recipient, wrong_days, wrong_subject_day
from pamit.etiquette.rule import Hit, rule

__all__ = ["wrong_company_name", "wrong_date", "wrong_position", "wrong_recipient_name"]

_E = Severity.ERROR


@rule("wrong-company-name", entry="H3", severity=_E)
def wrong_company_name(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """The message names another company than the case's.

    Id: Pesan menyebut perusahaan lain, bukan perusahaan yang dituju.
    Why: Nothing shows copy and paste more plainly than another employer's name.
    Mengapa: Nama perusahaan lain langsung menunjukkan bahwa pesan disalin dari tempat lain.
    Case: thank_you email
    Bad: Sejak wawancara di PT Angkasa Raya Mandiri, minat saya semakin besar.
    Good: Sejak wawancara di PT Contoh Sejahtera, minat saya semakin besar.
    Fix: Puts the case's company in its place; shown first.
    Perbaikan: Mengganti dengan nama perusahaan yang benar; ditunjukkan lebih dahulu.
    Source: Good practice of the field.
    """
    place = other_company(draft)
    if place is None or context.company is None:
        return
    written = draft.excerpt(*place)
    yield Hit(
        Bilingual(
            f'"{written}" bukan perusahaan yang dituju. Seharusnya {context.company}; periksa sisa salinan pesan lain.',
            f'"{written}" is not the company you write to. It should be {context.company}; look for left-overs.',
        ),
        span=place,
        fix=Fix(context.company, "unsafe"),
    )


@rule("wrong-recipient-name", entry="H3", severity=_E)
def wrong_recipient_name(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """The message addresses somebody else than the case's contact.

    Id: Pesan menyapa orang lain, bukan narahubung yang dituju.
    Why: People notice their own name first; somebody else's there tells them the message was meant for another.
    Mengapa: Nama sendiri adalah hal pertama yang dibaca orang; nama yang keliru memberi kesan pesan salah kirim.
    Case: decline email
    Bad: Yth. Bapak Hendra, / Terima kasih atas undangan wawancara Staf Gudang pada Kamis, 26 November 2026 pukul 10.00 WIB.
        Saya memutuskan tidak mengikutinya karena sudah menerima pekerjaan lain. / Hormat saya, / Sari Wulandari
    Good: Yth. Ibu Ratna, / Terima kasih atas undangan wawancara Staf Gudang pada Kamis, 26 November 2026 pukul 10.00 WIB. Saya
        memutuskan tidak mengikutinya karena sudah menerima pekerjaan lain. / Hormat saya, / Sari Wulandari
    Fix: Puts the contact's name in its place; shown first.
    Perbaikan: Mengganti dengan nama narahubung; ditunjukkan lebih dahulu.
    Source: Good practice of the field.
    """
    place = other_recipient(draft)
    if place is None or context.contact_name is None:
        return
    written = draft.excerpt(*place)
    yield Hit(
        Bilingual(
            f'Anda menyapa "{written}", padahal narahubungnya {context.contact_name}. Perbaiki sapaannya.',
            f'You address "{written}", but the contact is {context.contact_name}. Correct the form of address.',
        ),
        span=place,
        fix=Fix(context.contact_name, "unsafe"),
    )


@rule("wrong-date", entry="H3", severity=_E)
def wrong_date(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """A date or weekday contradicts the case or itself.

    Id: Tanggal atau hari tidak cocok dengan jadwal wawancara, atau saling bertentangan.
    Why: A wrong day in a confirmation or a cancellation is worse than none: two people may wait on different days.
    Mengapa: Hari yang keliru lebih berbahaya daripada tidak disebut: kedua pihak bisa menunggu di hari yang berbeda.
    Case: confirm email
    Bad: Yth. Ibu Ratna Dewi, / Terima kasih atas undangannya. Saya mengonfirmasi akan hadir pada wawancara Staf Gudang hari
        Jumat, 27 November 2026 pukul 10.00 WIB. / Hormat saya, / Sari Wulandari
    Good: Yth. Ibu Ratna Dewi, / Terima kasih atas undangannya. Saya mengonfirmasi akan hadir pada wawancara Staf Gudang hari
        Kamis, 26 November 2026 pukul 10.00 WIB. / Hormat saya, / Sari Wulandari
    Fix: Puts the interview's day in its place; shown first.
    Perbaikan: Mengganti dengan hari wawancara yang benar; ditunjukkan lebih dahulu.
    Source: Good practice of the field.
    """
    start = context.interview_start
    in_subject = wrong_subject_day(draft)
    if start is not None and in_subject is not None:
        yield Hit(
            Bilingual(
                f'"{in_subject}" di subjek tidak cocok dengan jadwal wawancara: {write_day(start.date(), Language.ID)}.',
                f'"{in_subject}" in the subject does not agree with the interview: {write_day(start.date(), Language.EN)}.',
            )
        )
    for begin, end in wrong_days(draft):
        written = draft.excerpt(begin, end)
        if start is None:
            yield Hit(
                Bilingual(
                    f'Hari dan tanggal pada "{written}" tidak cocok satu sama lain. Periksa kalender.',
                    f'Weekday and date of "{written}" do not agree. Check the calendar.',
                ),
                span=(begin, end),
            )
            continue
        indonesian, english = write_day(start.date(), Language.ID), write_day(start.date(), Language.EN)
        yield Hit(
            Bilingual(
                f'"{written}" tidak cocok dengan jadwal wawancara: {indonesian}. Pastikan hari dan tanggalnya benar.',
                f'"{written}" does not agree with the interview: {english}. Make sure day and date are right.',
            ),
            span=(begin, end),
            fix=Fix(indonesian if draft.language is Language.ID else english, "unsafe"),
        )


@rule("wrong-position", entry="H3", severity=_E)
def wrong_position(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """The message names another position than the case's.

    Id: Pesan menyebut posisi lain, bukan posisi yang dilamar.
    Why: The message would be filed with the wrong vacancy, and it shows a copied text.
    Mengapa: Pesan bisa masuk ke lowongan yang salah, dan terlihat sebagai salinan.
    Case: follow_up email subject="Menanyakan hasil wawancara – Sari Wulandari"
    Bad: Yth. Ibu Ratna Dewi, / Terima kasih atas wawancara pada 26 November untuk posisi Kepala Toko. Apakah sudah ada
        hasilnya? / Hormat saya, / Sari Wulandari
    Good: Yth. Ibu Ratna Dewi, / Terima kasih atas wawancara pada 26 November untuk posisi Staf Gudang. Apakah sudah ada
        hasilnya? / Hormat saya, / Sari Wulandari
    Fix: Puts the case's position in its place; shown first.
    Perbaikan: Mengganti dengan posisi yang benar; ditunjukkan lebih dahulu.
    Source: Good practice of the field.
    """
    place = other_position(draft)
    if place is None or context.position is None:
        return
    in_text = place[1] > 0
    written = draft.excerpt(*place) if in_text else (draft.subject.text if draft.subject else "")
    yield Hit(
        Bilingual(
            f'"{written}" bukan posisi yang Anda lamar. Seharusnya {context.position}.',
            f'"{written}" is not the position you applied for. It should be {context.position}.',
        ),
        span=place if in_text else None,
        fix=Fix(context.position, "unsafe") if in_text else None,
    )
