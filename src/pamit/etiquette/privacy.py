"""Rules about honesty and privacy (entries H1, H2, H4)."""

from __future__ import annotations

from collections.abc import Iterator

from pamit.domain.message import CheckContext
from pamit.domain.terms import Bilingual, Severity
from pamit.etiquette.analysis import AnalysedDraft
from pamit.etiquette.anatomy import Cue
from pamit.etiquette.contradictions import contradiction, dead_and_alive
from pamit.etiquette.purpose import REASONED
from pamit.etiquette.rule import Hit, rule
from pamit.etiquette.slots import find_slots

__all__ = ["false_or_contradictory_reason", "oversharing", "unfilled_placeholder"]

_E = Severity.ERROR


@rule("false-or-contradictory-reason", entry="H1", severity=_E)
def false_or_contradictory_reason(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """Reasons that exclude each other or are plainly untrue.

    Id: Alasan yang saling bertentangan atau jelas tidak benar.
    Why: A reason is welcome but never owed; one that cannot be true costs the trust that none would have cost.
    Mengapa: Alasan boleh ada, tetapi tidak wajib; alasan yang tidak mungkin benar justru merusak kepercayaan.
    Case: decline email
    Bad: Saya sudah mulai bekerja penuh waktu di tempat lain. Saat ini saya masih menganggur dan sedang mencari pekerjaan.
    Good: Saya sudah mulai bekerja penuh waktu di tempat lain.
    Fix: Shown only: keep the true reason, or give none.
    Perbaikan: Hanya ditunjukkan: pertahankan alasan yang benar, atau tidak usah memberi alasan.
    Source: 003_9b257850b8674fa5.txt, tips D; 000_a82e925dd69bb680.txt, no. 4.
    """
    if draft.purpose is not None and draft.purpose not in REASONED:
        return
    untrue = next(iter(draft.cues.get("admits_untrue", ())), None)
    if untrue is not None:
        yield Hit(
            Bilingual(
                "Alasan ini terbaca tidak benar. Berikan alasan yang jujur dan singkat, atau tidak usah sama sekali.",
                "This reason reads as untrue. Give an honest, short one, or none at all.",
            ),
            span=draft.sentence_span(untrue.sentence),
        )
        return
    dead = dead_and_alive(draft)
    if dead is not None:
        yield Hit(
            Bilingual(
                "Orang yang sama disebut meninggal dan masih hidup. Pertahankan alasan yang sebenarnya saja.",
                "The same person is said to have died and to be alive. Keep the real reason only.",
            ),
            span=draft.sentence_span(dead),
        )
        return
    pair = contradiction(draft)
    if pair is not None:
        words = draft.excerpt(*draft.span(pair[0])), draft.excerpt(*draft.span(pair[1]))
        yield Hit(
            Bilingual(
                f'"{words[0]}" dan "{words[1]}" tidak mungkin sama-sama benar. Pertahankan alasan yang sebenarnya saja.',
                f'"{words[0]}" and "{words[1]}" cannot both be true. Keep the real reason only.',
            ),
            span=draft.sentence_span(pair[1].sentence),
        )


@rule("oversharing", entry="H2", severity=_E)
def oversharing(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """Private, medical, family or financial detail beyond need.

    Id: Rincian pribadi, medis, keluarga, atau keuangan yang tidak perlu.
    Why: "For health reasons" is enough; details stay in the company's files and cannot be taken back.
    Mengapa: "Karena alasan kesehatan" sudah cukup; rinciannya tersimpan di perusahaan dan tidak bisa ditarik kembali.
    Case: cancel email
    Bad: Saya baru dioperasi wasir dan jahitannya masih basah.
    Good: Saya sedang sakit dan diminta beristirahat.
    Fix: Shown only: keep one short, general reason.
    Perbaikan: Hanya ditunjukkan: sisakan satu alasan singkat dan umum.
    Source: 001_c28abbd93b8ef0cb.txt, no. 3.
    """
    last = draft.anatomy.closing if draft.anatomy.closing is not None else len(draft.sentences)
    seen: set[int] = set()
    for cue in (*draft.cues.get("intimate", ()), *_histories(draft)):
        if cue.sentence in seen or not draft.anatomy.body <= cue.sentence < last or _is_in_name(draft, cue.first, cue.last):
            continue
        if {"belittles_pay", "salary"} <= draft.tags[cue.sentence]:
            continue  # it is the pay that is talked of
        seen.add(cue.sentence)
        words = draft.excerpt(*draft.span(cue))
        yield Hit(
            Bilingual(
                f'Rincian seperti "{words}" terlalu pribadi untuk pesan ini. Cukup sebut alasan kesehatan atau keluarga.',
                f'A detail like "{words}" is too private for this message. Health or family reasons is enough to say.',
            ),
            span=draft.sentence_span(cue.sentence),
        )


def _histories(draft: AnalysedDraft) -> Iterator[Cue]:
    """The second of two bodily or financial details in one sentence."""
    before: dict[int, Cue] = {}
    for cue in draft.cues.get("bodily", ()):
        first = before.setdefault(cue.sentence, cue)
        if cue.first >= first.last and draft.parts.words[cue.first] != draft.parts.words[first.first]:
            yield cue


def _is_in_name(draft: AnalysedDraft, first: int, last: int) -> bool:
    """Whether the words belong to a name or a title: "RS Jantung", the position or company of the case."""
    words = " ".join(draft.parts.words[first:last])
    for name in (draft.context.position, draft.context.company):
        if name and words in name.lower():
            return True
    begin = draft.parts.spans[first][0]
    sentence = draft.sentences[draft.sentence_at(begin)]
    return draft.text[begin].isupper() and begin != sentence.begin


@rule("unfilled-placeholder", entry="H4", severity=_E)
def unfilled_placeholder(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """A template slot was left unfilled.

    Id: Bagian templat belum diisi.
    Why: An empty slot shows a mass mailing, and the fact it stands for is missing.
    Mengapa: Bagian kosong menunjukkan pesan templat, dan keterangan yang seharusnya ada jadi hilang.
    Case: decline email
    Bad: Keputusan ini saya ambil karena [alasan singkat].
    Bad: Salam juga untuk Bapak XXX.
    Good: Keputusan ini saya ambil karena arah karier saya [bidang riset] berubah.
    Fix: Shown only: fill it in, or delete the sentence.
    Perbaikan: Hanya ditunjukkan: isi bagiannya, atau hapus kalimatnya.
    Source: Good practice of the field.
    """
    for slot in find_slots(draft):
        where = Bilingual("di subjek ", "in the subject ") if slot.span is None else Bilingual("", "")
        yield Hit(
            Bilingual(
                f'Bagian templat "{slot.written}" {where.id}belum diisi.',
                f'The template slot "{slot.written}" {where.en}is not filled in yet.',
            ),
            span=slot.span,
        )
