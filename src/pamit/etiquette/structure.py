"""Rules about what a message must hold (entries M1–M17 and N4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pamit.domain.message import CheckContext, Fix
from pamit.domain.terms import Bilingual, Channel, Move, Purpose, Severity
from pamit.etiquette.analysis import AnalysedDraft
from pamit.etiquette.claims import other_position, proposes_times, wrong_days
from pamit.etiquette.purpose import DECISION_TAGS
from pamit.etiquette.rule import Hit, rule
from pamit.etiquette.segments import name_words
from pamit.etiquette.slots import has_slot

__all__ = [
    "missing_apology",
    "missing_closing",
    "missing_confirmation_request",
    "missing_contact_info",
    "missing_datetime",
    "missing_position",
    "missing_salutation",
    "missing_signature",
    "missing_subject",
    "missing_thanks",
    "too_long",
    "unclear_decision",
    "uninformative_subject",
    "vague_reschedule",
]

_W = Severity.WARNING
_BARE_SUBJECT = 3


def _insert(move: Move, at: int) -> Fix:
    return Fix(applicability="unsafe", insert=move, at=at)


@rule("missing-salutation", entry="M1", severity=_W)
def missing_salutation(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """The message starts without addressing its reader.

    Id: Pesan langsung mulai tanpa menyapa penerimanya.
    Why: A form of address shows at once whom the message is for and that it was written for them; a bare "P" is none.
    Mengapa: Sapaan menunjukkan sejak awal kepada siapa pesan ditulis; "P" saja bukan sapaan.
    Case: confirm text
    Bad: Saya Sari Wulandari. Terima kasih, saya akan hadir wawancara Staf Gudang Kamis, 26 November pukul 10.00. Sampai
        bertemu.
    Good: Selamat pagi, Ibu Ratna. Saya Sari Wulandari. Terima kasih, saya akan hadir wawancara Staf Gudang Kamis, 26
        November pukul 10.00. Sampai bertemu.
    Fix: Inserts a form of address with the contact's name, or the recruiting team.
    Perbaikan: Menyisipkan sapaan dengan nama narahubung, atau tim rekrutmen.
    Source: 003_9b257850b8674fa5.txt, components C.
    """
    if not draft.moves[Move.SALUTATION]:
        yield Hit(
            Bilingual(
                'Pesan ini belum menyapa siapa pun. Awali dengan sapaan, misalnya "Yth. Bapak/Ibu …" atau "Selamat pagi, …".',
                'The message addresses nobody yet. Open with a greeting, such as "Dear Ms …".',
            ),
            fix=_insert(Move.SALUTATION, 0),
        )


@rule("missing-thanks", entry="M2", severity=_W)
def missing_thanks(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """The message thanks for nothing.

    Id: Pesan tidak mengucapkan terima kasih.
    Why: Someone read the application and set aside time; thanks keep the relation good, above all when the answer is no.
    Mengapa: Ada orang yang membaca lamaran dan menyediakan waktu; terima kasih menjaga hubungan baik, terutama saat menolak.
    Case: decline email
    Bad: Yth. Ibu Ratna Dewi, / Saya tidak dapat mengikuti wawancara Staf Gudang pada Kamis, 26 November 2026 pukul 10.00
        WIB karena sudah menerima pekerjaan lain. / Hormat saya, / Sari Wulandari
    Good: Yth. Ibu Ratna Dewi, / Terima kasih atas undangan wawancara Staf Gudang pada Kamis, 26 November 2026 pukul 10.00
        WIB. Saya tidak dapat mengikutinya karena sudah menerima pekerjaan lain. / Hormat saya, / Sari Wulandari
    Fix: Inserts a sentence of thanks at the start of the body.
    Perbaikan: Menyisipkan ucapan terima kasih di awal isi pesan.
    Source: 000_a82e925dd69bb680.txt, no. 7; 001_c28abbd93b8ef0cb.txt, no. 4; 003_9b257850b8674fa5.txt, components E.
    """
    if draft.purpose is Purpose.RUNNING_LATE or draft.moves[Move.THANKS]:
        return
    yield Hit(
        Bilingual(
            "Belum ada ucapan terima kasih. Satu kalimat saja sudah cukup, misalnya atas undangan atau waktunya.",
            "There is no word of thanks yet. One sentence is enough, for the invitation or their time.",
        ),
        fix=_insert(Move.THANKS, draft.body_begin),
    )


@rule("missing-position", entry="M3", severity=_W)
def missing_position(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """The message does not say which position it is about.

    Id: Pesan tidak menyebut posisi yang dilamar.
    Why: A recruiter runs several vacancies at once; without the position the message cannot be filed.
    Mengapa: Perekrut menangani beberapa lowongan sekaligus; tanpa nama posisi, pesan sulit ditindaklanjuti.
    Case: thank_you email subject="Terima kasih atas wawancara kemarin"
    Bad: Yth. Ibu Ratna Dewi, / Terima kasih atas wawancara kemarin. Saya semakin berminat untuk bergabung. / Hormat saya,
        / Sari Wulandari
    Good: Yth. Ibu Ratna Dewi, / Terima kasih atas wawancara kemarin untuk posisi Staf Gudang. Saya semakin berminat untuk
        bergabung. / Hormat saya, / Sari Wulandari
    Fix: Inserts the move; none where the case has no position.
    Perbaikan: Menyisipkan nama posisi; tidak ada bila posisi pada lamaran tidak diketahui.
    Source: 000_a82e925dd69bb680.txt, no. 3.
    """
    if context.position is None or draft.purpose is Purpose.ACKNOWLEDGE or draft.moves[Move.POSITION_NAMED]:
        return
    if has_slot(draft, "position") or other_position(draft):
        return
    yield Hit(
        Bilingual(
            f'Posisi yang dilamar belum disebut. Sebutkan "{context.position}" di subjek atau di kalimat pertama.',
            f'The position is not named yet. Name "{context.position}" in the subject or the first sentence.',
        ),
        fix=_insert(Move.POSITION_NAMED, draft.body_begin),
    )


@rule("missing-datetime", entry="M5", severity=_W)
def missing_datetime(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """The interview lies ahead, but its day and hour are not both stated.

    Id: Wawancara masih akan berlangsung, tetapi hari dan jamnya belum disebut lengkap.
    Why: Several people act on the message, HR and the manager who meets you; the day and hour let them find the appointment.
    Mengapa: Pesan ini ditindaklanjuti beberapa orang; hari dan jam membantu mereka menemukan jadwal yang dimaksud.
    Case: confirm email
    Bad: Yth. Ibu Ratna Dewi, / Terima kasih atas undangan wawancara Staf Gudang. Saya mengonfirmasi akan hadir sesuai jadwal.
        / Hormat saya, / Sari Wulandari
    Good: Yth. Ibu Ratna Dewi, / Terima kasih atas undangan wawancara Staf Gudang. Saya mengonfirmasi akan hadir pada Kamis,
        26 November 2026 pukul 10.00 WIB. / Hormat saya, / Sari Wulandari
    Fix: Inserts the day, date and hour of the case's interview.
    Perbaikan: Menyisipkan hari, tanggal, dan jam wawancara.
    Source: 000_a82e925dd69bb680.txt, no. 3.
    """
    asked = (Purpose.CONFIRM, Purpose.RESCHEDULE, Purpose.DECLINE, Purpose.CANCEL)
    if draft.purpose not in asked or not draft.is_ahead or draft.moves[Move.DATETIME_NAMED]:
        return
    if has_slot(draft, "time") or wrong_days(draft):
        return
    yield Hit(
        Bilingual(
            "Hari dan jam wawancara belum disebut lengkap. Tuliskan hari, tanggal, dan pukulnya agar jelas.",
            "The interview's day and hour are not both stated. Give day, date and time, so that the slot is clear.",
        ),
        fix=_insert(Move.DATETIME_NAMED, draft.body_begin),
    )


@rule("unclear-decision", entry="M6", severity=Severity.ERROR)
def unclear_decision(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """One cannot tell what the candidate has decided or wants.

    Id: Keputusan atau permintaan dalam pesan tidak jelas.
    Why: The reader must know whether the slot is free or not; a vague answer costs both sides another round of messages.
    Mengapa: Penerima perlu tahu apakah jadwal jadi dipakai; jawaban yang mengambang membuat kedua pihak harus bertanya lagi.
    Case: decline email subject="Perihal wawancara Staf Gudang" allow=uninformative-subject
    Bad: Yth. Ibu Ratna Dewi, / Terima kasih atas undangan wawancara Staf Gudang Kamis, 26 November 2026 pukul 10.00 WIB. Saya
        masih bimbang, mungkin agak sulit, kita lihat saja nanti. / Hormat saya, / Sari Wulandari
    Good: Yth. Ibu Ratna Dewi, / Terima kasih atas undangan wawancara Staf Gudang Kamis, 26 November 2026 pukul 10.00 WIB. Saya
        memutuskan untuk tidak mengikutinya. / Hormat saya, / Sari Wulandari
    Fix: Shown only: nobody but you can decide.
    Perbaikan: Hanya ditunjukkan: keputusannya ada pada Anda.
    Source: 003_9b257850b8674fa5.txt, tips A; 000_a82e925dd69bb680.txt, no. 2.
    """
    if draft.purpose is None or draft.moves[Move.DECISION_CLEAR]:
        return
    vague = next(iter(draft.cues.get("hedge", ())), None)
    yield Hit(
        Bilingual(
            "Dari pesan ini belum jelas apa keputusan atau permintaan Anda. Katakan terus terang dalam satu kalimat.",
            "One cannot tell from this what you have decided or want. Say it plainly in one sentence.",
        ),
        span=draft.sentence_span(vague.sentence) if vague else None,
        fix=_insert(Move.DECISION_CLEAR, draft.body_begin) if vague is None else None,
    )


@rule("missing-apology", entry="M8", severity=_W)
def missing_apology(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """An agreed interview is cancelled or moved without a word of apology.

    Id: Wawancara dibatalkan atau dipindah tanpa permintaan maaf.
    Why: Others planned their day around it. Regret alone ("dengan berat hati") is no apology.
    Mengapa: Orang lain sudah mengatur waktunya. Rasa berat hati saja belum merupakan permintaan maaf.
    Case: cancel email
    Bad: Yth. Ibu Ratna Dewi, / Terima kasih atas undangan wawancara Staf Gudang. Dengan berat hati saya membatalkan wawancara
        pada Kamis, 26 November 2026 pukul 10.00 WIB. Mohon konfirmasi bahwa pembatalan ini sudah dicatat. / Hormat saya,
        / Sari Wulandari
    Good: Yth. Ibu Ratna Dewi, / Terima kasih atas undangan wawancara Staf Gudang. Mohon maaf, saya membatalkan wawancara pada
        Kamis, 26 November 2026 pukul 10.00 WIB. Mohon konfirmasi bahwa pembatalan ini sudah dicatat. / Hormat saya, / Sari
        Wulandari
    Fix: Inserts an apology for the inconvenience.
    Perbaikan: Menyisipkan permintaan maaf atas ketidaknyamanannya.
    Source: 000_a82e925dd69bb680.txt, no. 5; 003_9b257850b8674fa5.txt, timing C.
    """
    asked = (Purpose.CANCEL, Purpose.RESCHEDULE, Purpose.RUNNING_LATE, Purpose.APOLOGISE_ABSENCE)
    if draft.purpose in asked and not draft.moves[Move.APOLOGY]:
        yield Hit(
            Bilingual(
                "Belum ada permintaan maaf, padahal jadwal orang lain ikut berubah. Satu kalimat maaf sudah cukup.",
                "There is no apology yet, although other people's plans change too. One sentence is enough.",
            ),
            fix=_insert(Move.APOLOGY, draft.body_end),
        )


@rule("missing-confirmation-request", entry="M11", severity=_W)
def missing_confirmation_request(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """A cancellation does not ask the employer to confirm or note it.

    Id: Pembatalan tidak meminta konfirmasi bahwa sudah dicatat.
    Why: Until they confirm, you cannot know that the slot was released; the confirmation is your record.
    Mengapa: Sebelum dikonfirmasi, Anda tidak tahu apakah jadwal sudah dihapus; konfirmasi itu bukti bagi Anda.
    Case: cancel email
    Bad: Yth. Ibu Ratna Dewi, / Terima kasih atas undangan wawancara Staf Gudang. Mohon maaf, saya membatalkan wawancara pada
        Kamis, 26 November 2026 pukul 10.00 WIB karena ada urusan keluarga. / Hormat saya, / Sari Wulandari
    Good: Yth. Ibu Ratna Dewi, / Terima kasih atas undangan wawancara Staf Gudang. Mohon maaf, saya membatalkan wawancara pada
        Kamis, 26 November 2026 pukul 10.00 WIB karena ada urusan keluarga. Mohon konfirmasinya. / Hormat saya, / Sari
        Wulandari
    Fix: Inserts a request for a short confirmation.
    Perbaikan: Menyisipkan permintaan konfirmasi singkat.
    Source: 000_a82e925dd69bb680.txt, no. 8.
    """
    if draft.purpose is Purpose.CANCEL and not draft.moves[Move.CONFIRMATION_REQUESTED]:
        yield Hit(
            Bilingual(
                "Pembatalan ini belum meminta konfirmasi. Mintalah balasan singkat bahwa pembatalannya sudah dicatat.",
                "This cancellation does not ask for a confirmation. Ask for a short word that it has been noted.",
            ),
            fix=_insert(Move.CONFIRMATION_REQUESTED, draft.body_end),
        )


@rule("missing-closing", entry="M14", severity=_W)
def missing_closing(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """A mail or letter ends without a closing formula.

    Id: Email atau surat berakhir tanpa salam penutup.
    Why: A closing such as "Hormat saya" ends the message politely and belongs to every mail and letter.
    Mengapa: Salam penutup seperti "Hormat saya" mengakhiri pesan dengan sopan dan lazim pada setiap email dan surat.
    Case: thank_you email
    Bad: Yth. Ibu Ratna Dewi, / Terima kasih atas wawancara kemarin untuk posisi Staf Gudang. Saya semakin berminat untuk
        bergabung. / Sari Wulandari
    Good: Yth. Ibu Ratna Dewi, / Terima kasih atas wawancara kemarin untuk posisi Staf Gudang. Saya semakin berminat untuk
        bergabung. / Hormat saya, / Sari Wulandari
    Fix: Inserts a closing formula above the name.
    Perbaikan: Menyisipkan salam penutup di atas nama.
    Source: 003_9b257850b8674fa5.txt, components G.
    """
    if draft.is_written and not draft.moves[Move.CLOSING]:
        yield Hit(
            Bilingual(
                'Salam penutup belum ada. Tambahkan, misalnya "Hormat saya,", di atas nama Anda.',
                'There is no closing yet. Add one, such as "Kind regards,", above your name.',
            ),
            fix=_insert(Move.CLOSING, _name_place(draft)),
        )


def _name_place(draft: AnalysedDraft) -> int:
    """Where the sender's lines begin: in front of a last line without a full stop, else the end."""
    at = len(draft.sentences)
    while at > draft.anatomy.body + 1:
        begin, end = draft.sentence_span(at - 1)
        if draft.text[begin:end][-1:] in ".!?" or draft.sentences[at - 1].size > 6:
            break
        at -= 1
    return draft.sentences[at].begin if at < len(draft.sentences) else len(draft.text.rstrip())


@rule("missing-signature", entry="M15", severity=_W)
def missing_signature(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """The sender's name is missing.

    Id: Nama pengirim tidak tercantum.
    Why: Without a name the recruiter cannot tell which candidate writes, in a chat from an unknown number least of all.
    Mengapa: Tanpa nama, perekrut tidak tahu kandidat mana yang menulis, apalagi lewat nomor yang belum disimpan.
    Case: thank_you email
    Bad: Yth. Ibu Ratna Dewi, / Terima kasih atas wawancara kemarin untuk posisi Staf Gudang. Saya semakin berminat untuk
        bergabung. / Hormat saya,
    Good: Yth. Ibu Ratna Dewi, / Terima kasih atas wawancara kemarin untuk posisi Staf Gudang. Saya semakin berminat untuk
        bergabung. / Hormat saya, / Sari Wulandari
    Fix: Inserts the candidate's name; in a chat an introduction counts.
    Perbaikan: Menyisipkan nama kandidat; dalam percakapan, perkenalan diri sudah cukup.
    Source: 003_9b257850b8674fa5.txt, components G.
    """
    if draft.moves[Move.SIGNATURE] or has_slot(draft, "name"):
        return
    yield Hit(
        Bilingual(
            "Nama Anda belum tercantum. Tulis nama lengkap di bawah salam penutup, atau perkenalkan diri di awal pesan.",
            "Your name is missing. Put your full name under the closing, or introduce yourself at the start.",
        ),
        fix=_insert(Move.SIGNATURE, len(draft.text.rstrip())),
    )


@rule("missing-contact-info", entry="M16", severity=_W)
def missing_contact_info(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """A letter gives neither phone number nor mail address.

    Id: Surat tidak mencantumkan nomor telepon atau alamat email.
    Why: A letter has no sender's address to answer to; without a number or mail address nobody can reach you quickly.
    Mengapa: Surat tidak bisa langsung dibalas; tanpa nomor telepon atau email, Anda sulit dihubungi.
    Case: withdraw letter
    Bad: Jakarta, 28 November 2026 / Yth. Ibu Ratna Dewi / PT Contoh Sejahtera / Dengan hormat, / Terima kasih atas wawancara
        Staf Gudang pada 26 November 2026. Saya mengundurkan diri dari seleksi karena diterima di tempat lain. / Hormat saya,
        / Sari Wulandari
    Good: Jakarta, 28 November 2026 / Yth. Ibu Ratna Dewi / PT Contoh Sejahtera / Dengan hormat, / Terima kasih atas wawancara
        Staf Gudang pada 26 November 2026. Saya mengundurkan diri dari seleksi karena diterima di tempat lain. / Hormat saya,
        / Sari Wulandari / 0812-0000-1234
    Fix: Inserts phone number and mail address under the name.
    Perbaikan: Menyisipkan nomor telepon dan alamat email di bawah nama.
    Source: 003_9b257850b8674fa5.txt, components G.
    """
    if draft.channel is Channel.LETTER and not draft.moves[Move.CONTACT_INFO] and not has_slot(draft, "contact"):
        yield Hit(
            Bilingual(
                "Surat ini belum memuat nomor telepon atau alamat email. Tambahkan di bawah nama Anda.",
                "This letter has no phone number or mail address yet. Add one under your name.",
            ),
            fix=_insert(Move.CONTACT_INFO, len(draft.text.rstrip())),
        )


@rule("missing-subject", entry="M17", severity=_W)
def missing_subject(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """A mail has no subject.

    Id: Email tidak memiliki subjek.
    Why: A mail without a subject is easily overlooked or taken for spam.
    Mengapa: Email tanpa subjek mudah terlewat atau dianggap spam.
    Case: thank_you email subject=""
    Bad: Yth. Ibu Ratna Dewi, / Terima kasih atas wawancara kemarin untuk posisi Staf Gudang. Saya semakin berminat untuk
        bergabung. / Hormat saya, / Sari Wulandari
    Good: Case: subject="Terima kasih atas wawancara Staf Gudang – Sari Wulandari" Yth. Ibu Ratna Dewi, / Terima kasih atas
        wawancara kemarin untuk posisi Staf Gudang. Saya semakin berminat untuk bergabung. / Hormat saya, / Sari Wulandari
    Fix: Shown only: a subject is written from purpose, position and name.
    Perbaikan: Hanya ditunjukkan: subjek disusun dari tujuan, posisi, dan nama.
    Source: 003_9b257850b8674fa5.txt, alternatives C.
    """
    if draft.channel is Channel.EMAIL and draft.subject is None:
        yield Hit(
            Bilingual(
                'Subjek email masih kosong. Tulis tujuan, posisi, dan nama, misalnya "Konfirmasi Wawancara – Posisi – Nama".',
                'The mail has no subject. Give purpose, position and name, such as "Interview confirmation – Position – Name".',
            )
        )


@rule("uninformative-subject", entry="M17", severity=_W)
def uninformative_subject(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """The subject does not tell what the mail is for.

    Id: Subjek tidak menjelaskan tujuan email.
    Why: Recruiters sort their mail by subject; one that names decision or request is dealt with first.
    Mengapa: Perekrut memilah email dari subjeknya; subjek yang menyebut keputusan atau permintaan lebih cepat ditangani.
    Case: thank_you email subject="Halo dari Sari"
    Bad: Yth. Ibu Ratna Dewi, / Terima kasih atas wawancara kemarin untuk posisi Staf Gudang. Saya semakin berminat untuk
        bergabung. / Hormat saya, / Sari Wulandari
    Good: Case: subject="Terima kasih atas wawancara Staf Gudang – Sari Wulandari" Yth. Ibu Ratna Dewi, / Terima kasih atas
        wawancara kemarin untuk posisi Staf Gudang. Saya semakin berminat untuk bergabung. / Hormat saya, / Sari Wulandari
    Fix: Shown only: a subject is written from purpose, position and name.
    Perbaikan: Hanya ditunjukkan: subjek disusun dari tujuan, posisi, dan nama.
    Source: 003_9b257850b8674fa5.txt, alternatives C.
    """
    if draft.channel is not Channel.EMAIL or draft.subject is None:
        return
    said = DECISION_TAGS[draft.purpose] if draft.purpose else frozenset[str]()
    if ("purpose" in draft.subject_tags or said & draft.subject_tags) and not _is_bare(draft, draft.subject.words):
        return
    if "?" in draft.subject.text:
        return
    # "Follow-up" tells one purpose only, unless the subject goes on to say of what.
    if "follows_up" in draft.subject_tags and (draft.purpose is Purpose.FOLLOW_UP or len(draft.subject.words) > _BARE_SUBJECT):
        return
    yield Hit(
        Bilingual(
            "Subjek ini belum menyebut tujuan email. Sebutkan keputusan atau permintaan Anda, posisi, dan nama.",
            "This subject does not tell what the mail is for. Name your decision or request, the position and your name.",
        )
    )


def _is_bare(draft: AnalysedDraft, subject: Sequence[str]) -> bool:
    """Whether a subject, the two names aside, consists of words that tell nothing: "Reply", "Mohon dibaca, Bu Ratna"."""
    names = name_words(f"{draft.context.candidate or ''} {draft.context.contact_name or ''}")
    return all(word in draft.words.sets["bare_subjects"] or word in names for word in subject)


@rule("too-long", entry="N4", severity=_W)
def too_long(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """The message is far longer than its purpose needs.

    Id: Pesan jauh lebih panjang daripada yang diperlukan.
    Why: A short message is read at once; a long one is put off, and its point is lost.
    Mengapa: Pesan singkat langsung dibaca; pesan panjang ditunda dan intinya mudah terlewat.
    Case: reschedule text repeat=12
    Bad: Ceritanya kemarin sore ada acara di rumah tetangga sehingga saya harus membantu mereka.
    Good: Case: repeat=1 Pada jam itu saya ada tugas di kantor.
    Fix: Shown only: which sentences can go is yours to say.
    Perbaikan: Hanya ditunjukkan: Anda yang menentukan kalimat mana yang bisa dihapus.
    Source: 000_a82e925dd69bb680.txt, no. 2; 003_9b257850b8674fa5.txt, tips A and etiquette B.
    """
    if not draft.sentences:
        return
    first = draft.sentences[draft.anatomy.salutation or 0].first
    closing = draft.anatomy.closing
    last = draft.sentences[closing].last if closing is not None else len(draft.parts.words)
    words = last - first
    most = draft.numbers.most_words(draft.channel)
    if words > most:
        yield Hit(
            Bilingual(
                f"Pesan ini {words} kata; sebaiknya paling banyak {most}. Sisakan keputusan dan satu alasan singkat.",
                f"This message has {words} words; {most} at most suit this channel. Keep the decision and one short reason.",
            )
        )


@rule("vague-reschedule", entry="M12", severity=Severity.HINT)
def vague_reschedule(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """Another time is asked for, but none is proposed.

    Id: Meminta waktu lain tanpa mengusulkan pilihan.
    Why: Two or three proposals save a round of messages and show that you still want the talk.
    Mengapa: Dua atau tiga usulan waktu menghemat tanya jawab dan menunjukkan Anda tetap berminat.
    Case: reschedule email
    Bad: Yth. Ibu Ratna Dewi, / Terima kasih atas undangan wawancara Staf Gudang pada Kamis, 26 November 2026 pukul 10.00 WIB.
        Mohon maaf, saya ada tugas kantor. Saya memohon agar wawancara dijadwalkan di waktu lain. / Hormat saya, / Sari
        Wulandari
    Good: Yth. Ibu Ratna Dewi, / Terima kasih atas undangan wawancara Staf Gudang pada Kamis, 26 November 2026 pukul 10.00 WIB.
        Mohon maaf, saya ada tugas kantor. Apakah dapat dipindahkan ke Jumat, 27 November, pukul 10.00 WIB? / Hormat saya,
        / Sari Wulandari
    Fix: Inserts two or three other times.
    Perbaikan: Menyisipkan dua atau tiga pilihan waktu.
    Source: Good practice of the field.
    """
    if draft.purpose is Purpose.RESCHEDULE and not proposes_times(draft):
        yield Hit(
            Bilingual(
                "Anda meminta waktu lain tetapi belum mengusulkannya. Tawarkan dua atau tiga pilihan tanpa memaksa.",
                "You ask for another time but propose none. Offer two or three, without forcing them.",
            ),
            fix=_insert(Move.ALTERNATIVES, draft.body_end),
        )
