"""Template slots that were left unfilled: "[Nama]", "{tanggal}", "XXX", "(nama lengkap Anda)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pamit.domain.terms import Language
from pamit.etiquette.analysis import AnalysedDraft
from pamit.etiquette.vocabulary import vocabulary

__all__ = ["Slot", "find_slots", "has_slot"]

_BRACKETED = re.compile(
    r"\[([^\[\]\n]{1,80})\]|\{\{?([^{}\n]{1,80})\}?\}|<([^<>\n@/]{1,60})>|\(([^()\n]{1,60})\)|_{3,}|\.{5,}|…{2,}"
)
_CROSSES = re.compile(r"\b[Xx]{3,}\b|\bXX\b(?:/XX\b)*|\[\W{2,6}\]|\bYYYY\b|\bDD/MM\b|\b(?:lorem ipsum|TBD|TBC|N/A)\b")
_WORD = re.compile(r"[^\W_]+")

_KINDS = {
    "position": frozenset("posisi jabatan lowongan position job role title".split()),
    "time": frozenset("tanggal hari jam waktu pukul bulan tahun date day time month year".split()),
    "name": frozenset("nama name anda your namamu signature".split()),
    "reason": frozenset("alasan reason".split()),
    "contact": frozenset("telepon nomor hp phone number email kontak contact mobile".split()),
}
_ORDERS = frozenset(
    """
    isi isikan tulis tuliskan sebutkan masukkan masukan sisipkan cantumkan lengkapi ketik ketikkan insert enter fill
    """.split()
)
"""Words that order a slot to be filled in."""
_FIRST_ORDERS = _ORDERS | frozenset("tambahkan ganti gantilah pilih add write type state specify choose replace give".split())
"""Words that do so at the head of a slot in square or pointed brackets."""
_FREE = frozenset("di ke dari yang dan atau of the a or and for to in this here yang-dilamar ini two three dua tiga".split())


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot: its place in the text (None in the subject) and the words in it."""

    span: tuple[int, int] | None
    written: str
    words: frozenset[str]


def find_slots(draft: AnalysedDraft) -> Iterator[Slot]:
    """All slots of text and subject."""
    yield from _in(draft.text, in_text=True)
    if draft.subject is not None:
        yield from _in(draft.subject.text, in_text=False)


def has_slot(draft: AnalysedDraft, kind: str) -> bool:
    """Whether a slot of a kind ("position", "time", "name", "contact") was left; one that names nothing may be any."""
    return any(_KINDS[kind] & slot.words or not slot.words for slot in find_slots(draft))


def _in(text: str, *, in_text: bool) -> Iterator[Slot]:
    if "[" in text or "{" in text or "<" in text or "(" in text or "___" in text or "....." in text or "……" in text:
        for found in _BRACKETED.finditer(text):
            inside = next((group for group in found.groups() if group is not None), "")
            words = frozenset(word.lower() for word in _WORD.findall(inside))
            if _is_slot(found.group(), inside, words):
                yield Slot(found.span() if in_text else None, found.group(), words)
    # Written out, as this runs over every text and hardly ever finds one.
    if not (
        "xxx" in text
        or "XX" in text
        or "[." in text
        or "[…" in text
        or "[ " in text
        or "[_" in text
        or "YYYY" in text
        or "DD/MM" in text
        or "lorem" in text
        or "TB" in text
        or "N/A" in text
    ):
        return
    for found in _CROSSES.finditer(text):
        yield Slot(found.span() if in_text else None, found.group(), frozenset())


def _is_slot(written: str, inside: str, words: frozenset[str]) -> bool:
    if not inside:
        return True
    names = vocabulary(Language.ID).sets["placeholder_words"] | vocabulary(Language.EN).sets["placeholder_words"]
    telling = words & (names | _ORDERS)
    if written[0] == "{":
        return bool(words) and not any(word.isdigit() for word in words)
    if written[0] in "[<" and inside.lower().split()[:1] and inside.lower().split()[0] in _FIRST_ORDERS and len(words) > 1:
        return True  # "<add your reason>"
    if not telling:
        return False
    rest = {word for word in words - names - _ORDERS - _FREE if not word.isdigit()}
    if written[0] in "[<":
        if inside.isupper() and len(words) > 1:
            return True  # "<START DATE>"
        return not rest or (len(telling) >= 2 and len(rest) <= len(telling)) or bool(words & _ORDERS)
    # Round brackets hold asides as well: only an order to fill in, or nothing but slot words, is a slot.
    if inside[:1].isupper() and not words & {"anda", "your"}:
        return False
    return (bool(words & {"anda", "your", "namamu"}) and not rest) or bool(words & _ORDERS)
