"""Rules about tone (entries N2, N6, N7): what hurts, belittles, slams the door or presses."""

from __future__ import annotations

from collections.abc import Iterator

from pamit.domain.message import CheckContext
from pamit.domain.terms import Bilingual, Severity
from pamit.etiquette.analysis import AnalysedDraft
from pamit.etiquette.purpose import PRESSABLE
from pamit.etiquette.rule import Hit, rule
from pamit.etiquette.slights import hurts, insults

__all__ = ["door_slammed", "pressing_followup", "rude_tone", "salary_insult"]

_E = Severity.ERROR


def _speaking(draft: AnalysedDraft) -> range:
    """The sentences between the letter's head and its closing."""
    last = draft.anatomy.closing if draft.anatomy.closing is not None else len(draft.sentences)
    return range(min(draft.anatomy.body, last), last)


def _belittling_pay(draft: AnalysedDraft) -> list[int]:
    found = []
    for index in _speaking(draft):
        tags = draft.tags[index]
        if "belittles_pay" not in tags or ("thanks" in tags and "says_no" not in tags and "salary" not in tags):
            continue
        near = "salary" in tags or (index > 0 and "salary" in draft.tags[index - 1])
        if near and not ("salary" in tags and _same_words(draft, index)):
            found.append(index)
    return found


def _same_words(draft: AnalysedDraft, index: int) -> bool:
    """Whether all that belittles is also all that names the pay ("segitu" alone says nothing)."""
    pay = {(cue.first, cue.last) for cue in draft.of(index, "salary")}
    mean = {(cue.first, cue.last) for cue in draft.of(index, "belittles_pay")}
    return len(pay | mean) < 2


def _slamming(draft: AnalysedDraft) -> list[int]:
    return [index for index in _speaking(draft) if "slam" in draft.tags[index] and draft.of(index, "slam")]


def _pressing(draft: AnalysedDraft) -> list[int]:
    if draft.purpose not in PRESSABLE:
        return []
    return [index for index in _speaking(draft) if "press" in draft.tags[index] and draft.of(index, "press")]


def _hurting(draft: AnalysedDraft) -> list[int]:
    pay, pressing, slammed = set(_belittling_pay(draft)), set(_pressing(draft)), set(_slamming(draft))
    return [
        index
        for index in _speaking(draft)
        if index not in pay and index not in pressing and (insults(draft, index) if index in slammed else hurts(draft, index))
    ]


def _words_of(draft: AnalysedDraft, index: int, *tags: str) -> str:
    for tag in tags:
        for cue in draft.of(index, tag):
            return draft.excerpt(*draft.span(cue))
    return draft.excerpt(*draft.sentence_span(index))


@rule("rude-tone", entry="N2", severity=_E)
def rude_tone(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """The message insults or belittles the employer, its people or its process.

    Id: Pesan menghina atau merendahkan perusahaan, orang-orangnya, atau prosesnya.
    Why: You may meet again; criticism hidden in courtesy hurts as much as an open insult, and it is kept in writing.
    Mengapa: Anda bisa saja bertemu lagi; sindiran yang dibungkus sopan sama menyakitkannya, dan tersimpan tertulis.
    Case: withdraw email
    Bad: Terus terang pewawancaranya tidak becus dan prosesnya amburadul.
    Good: Arah kerja saya ternyata berbeda dengan kebutuhan tim.
    Fix: Shown only: leave the sentence out, or say what you were looking for instead.
    Perbaikan: Hanya ditunjukkan: hapus kalimatnya, atau sebutkan apa yang sebenarnya Anda cari.
    Source: 003_9b257850b8674fa5.txt, tips C.
    """
    for index in _hurting(draft):
        words = _words_of(draft, index, "rude", "harsh", "scorn", "critic", "sarcasm")
        yield Hit(
            Bilingual(
                f'Kalimat ini ("{words}") dapat menyinggung penerima. Hapus, atau sampaikan dengan netral apa yang Anda cari.',
                f'This sentence ("{words}") may hurt the reader. Leave it out, or say neutrally what you are looking for.',
            ),
            span=draft.sentence_span(index),
        )


@rule("salary-insult", entry="N2", severity=_E)
def salary_insult(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """The message belittles the pay.

    Id: Pesan merendahkan gaji yang ditawarkan.
    Why: Pay is a fair reason when it is said politely; mockery closes the door and helps nobody.
    Mengapa: Gaji adalah alasan yang wajar bila disampaikan dengan sopan; ejekan hanya menutup pintu.
    Case: decline email
    Bad: Gaji sebesar itu lebih pantas disebut uang jajan.
    Good: Kisaran gajinya belum sesuai dengan harapan saya.
    Fix: Shown only: say that the range does not meet your expectation.
    Perbaikan: Hanya ditunjukkan: katakan bahwa kisarannya belum sesuai dengan harapan Anda.
    Source: 003_9b257850b8674fa5.txt, tips C and reasons E.
    """
    for index in _belittling_pay(draft):
        words = _words_of(draft, index, "belittles_pay")
        yield Hit(
            Bilingual(
                f'Ucapan tentang gaji ini ("{words}") merendahkan. Cukup katakan bahwa kisarannya belum sesuai harapan Anda.',
                f'This remark on the pay ("{words}") belittles it. Just say that the range does not meet your expectation.',
            ),
            span=draft.sentence_span(index),
        )


@rule("door-slammed", entry="N6", severity=_E)
def door_slammed(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """The message forbids contact or rules out any future.

    Id: Pesan melarang dihubungi lagi atau menutup semua kemungkinan di masa depan.
    Why: Today's no may be next year's yes; recruiters change employers and remember.
    Mengapa: Penolakan hari ini bisa berubah tahun depan; perekrut berpindah perusahaan dan mengingatnya.
    Case: withdraw email
    Bad: Jangan pernah menghubungi saya lagi.
    Good: Semoga kita dapat bekerja sama di lain waktu.
    Fix: Shown only: leave the sentence out.
    Perbaikan: Hanya ditunjukkan: hapus kalimatnya.
    Source: 001_c28abbd93b8ef0cb.txt, no. 5.
    """
    for index in _slamming(draft):
        words = _words_of(draft, index, "slam")
        yield Hit(
            Bilingual(
                f'"{words}" menutup pintu sepenuhnya. Hapus bagian ini; penolakan Anda tetap jelas tanpanya.',
                f'"{words}" slams the door. Leave it out; your answer is clear without it.',
            ),
            span=draft.sentence_span(index),
        )


@rule("pressing-followup", entry="N7", severity=_E)
def pressing_followup(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """A question for the result demands, threatens or reproaches.

    Id: Pertanyaan tentang hasil disampaikan dengan menuntut, mengancam, atau menegur.
    Why: A follow-up asks; pressure makes a no more likely and is remembered.
    Mengapa: Tindak lanjut itu bertanya; tekanan justru memperbesar kemungkinan ditolak dan akan diingat.
    Case: follow_up email
    Bad: Saya menuntut jawaban hari ini juga.
    Good: Saya memahami bila prosesnya masih memerlukan waktu.
    Fix: Shown only: ask once, and show that you understand it takes time.
    Perbaikan: Hanya ditunjukkan: bertanyalah sekali, dan tunjukkan bahwa Anda memahami prosesnya.
    Source: 004_7f29a670bf6dc638.txt.
    """
    for index in _pressing(draft):
        words = _words_of(draft, index, "press")
        yield Hit(
            Bilingual(
                f'"{words}" terdengar mendesak. Bertanyalah dengan tenang, tanpa tenggat dan tanpa teguran.',
                f'"{words}" presses the reader. Ask calmly, without a deadline and without reproach.',
            ),
            span=draft.sentence_span(index),
        )
