"""Rules about the level of speech (entries N3, N5, N8): pronouns, slang, shouting, spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pamit.domain.message import CheckContext, Fix
from pamit.domain.names import HONORIFICS
from pamit.domain.terms import Bilingual, Channel, Language, Severity
from pamit.etiquette.analysis import AnalysedDraft
from pamit.etiquette.rule import Hit, rule
from pamit.tables import read_table

__all__ = ["mixed_register", "nonstandard_spelling", "shouting_or_emoji", "slang_textspeak"]


@rule("mixed-register", entry="N3", severity=Severity.WARNING)
def mixed_register(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """Formal and familiar forms of address stand side by side.

    Id: Kata ganti resmi dan akrab tercampur.
    Why: "Saya" and "Bapak/Ibu" beside "aku", "-ku" or "kamu" reads like a message pasted together from two.
    Mengapa: "Saya" dan "Bapak/Ibu" di samping "aku", "-ku", atau "kamu" terasa seperti pesan tempelan.
    Case: decline email
    Bad: Semoga kamu segera menemukan kandidat yang cocok.
    Bad: Keputusan ini sejalan dengan rencana karierku.
    Good: Semoga Ibu segera menemukan kandidat yang cocok.
    Good: Waktu bertemu tamu di bangku depan, perilaku tim sangat ramah.
    Fix: "aku" becomes "saya"; the others are shown.
    Perbaikan: "aku" menjadi "saya"; yang lain ditunjukkan.
    Source: 003_9b257850b8674fa5.txt, components B (and its first sample letter, which breaks this).
    """
    if draft.language is not Language.ID or draft.words.sets["formal_address"].isdisjoint(draft.word_set):
        return
    place = next(_familiar(draft), None)
    if place is None:
        return
    begin, end = place
    written = draft.text[begin:end]
    replacement = _FORMAL.get(written.lower())
    if replacement is not None and written[:1].isupper():
        replacement = replacement.capitalize()
    yield Hit(
        Bilingual(
            f'"{written}" bercampur dengan kata ganti resmi. Pakai "saya" dan "Bapak/Ibu" dari awal sampai akhir.',
            f'"{written}" is mixed with formal pronouns. Keep to "saya" and "Bapak/Ibu" throughout.',
        ),
        span=place,
        fix=Fix(replacement, "unsafe") if replacement is not None else None,
    )


_FORMAL = {"aku": "saya", "gue": "saya", "gua": "saya", "gw": "saya", "ane": "saya"}
_PREFIXES = ("ber", "ter", "per", "pe", "me", "di", "ke", "se")


def _familiar(draft: AnalysedDraft) -> Iterator[tuple[int, int]]:
    sets = draft.words.sets
    pronouns, natural = sets["informal_pronouns"], sets["not_clitic"]
    if pronouns.isdisjoint(draft.word_set) and "ku " not in draft.low and "mu " not in draft.low:
        return
    ends = draft.name_words
    for word, (begin, end) in zip(draft.parts.words, draft.parts.spans, strict=True):
        tail = word[-2:]
        if word in pronouns:
            if _is_plain(draft, begin, end):
                yield begin, end
        elif tail in ("ku", "mu") and len(word) > 4 and word not in natural and word not in ends:
            stem = word[:-2]
            if draft.text[begin].isupper() and not _starts_sentence(draft, begin):
                continue
            if any(stem.startswith(prefix) and word[len(prefix) :] in natural for prefix in _PREFIXES):
                continue
            if "-" in word and word.rsplit("-", 1)[1] in natural:
                continue
            if _is_plain(draft, begin, end):
                yield begin, end


def _is_plain(draft: AnalysedDraft, begin: int, end: int) -> bool:
    """Whether a word stands as a word, not inside an address or a link, nor as a name or an abbreviation in capitals."""
    text = draft.text
    before = text[begin - 1] if begin else " "
    after = text[end] if end < len(text) else " "
    if before in "@./_-" or after in "@_/" or (after == "." and end + 1 < len(text) and text[end + 1].isalnum()):
        return False
    written = text[begin:end]
    return written.islower() or (written[0].isupper() and written[1:].islower() and _starts_sentence(draft, begin))


_BLANKS = 8
"""More blanks than stand between two sentences."""


def _starts_sentence(draft: AnalysedDraft, begin: int) -> bool:
    before = draft.text[max(0, begin - _BLANKS) : begin].rstrip(" ")
    return not before or before[-1] in ".!?\n"


@rule("slang-textspeak", entry="N3", severity=Severity.ERROR)
def slang_textspeak(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """Chat abbreviations or slang.

    Id: Singkatan percakapan atau bahasa gaul.
    Why: Abbreviations that friends read at a glance look careless in an application, also on WhatsApp.
    Mengapa: Singkatan yang biasa dipakai dengan teman terlihat asal-asalan dalam lamaran, juga lewat WhatsApp.
    Case: confirm text
    Bad: Sy pasti dtg bsk.
    Good: Saya pasti datang besok.
    Fix: Shown only: write the words out.
    Perbaikan: Hanya ditunjukkan: tulis kata-katanya secara lengkap.
    Source: 003_9b257850b8674fa5.txt, components B.
    """
    sets = draft.words.sets
    strong, weak = sets["slang_strong"], sets["slang_weak"]
    if strong.isdisjoint(draft.word_set) and weak.isdisjoint(draft.word_set):
        return
    names = draft.name_words
    found: list[tuple[int, int]] = []
    loose: dict[str, tuple[int, int]] = {}
    for word, place in zip(draft.parts.words, draft.parts.spans, strict=True):
        if word in strong:
            if word not in names and _is_plain(draft, *place):
                found.append(place)
        elif word in weak and word not in names and _is_plain(draft, *place):
            loose.setdefault(word, place)
    needed = 3 if draft.channel in (Channel.TEXT, Channel.PHONE, Channel.IN_PERSON) else 2
    if not found and len(loose) >= needed:
        found = list(loose.values())
    if not found:
        return
    words = ", ".join(f'"{draft.text[begin:end]}"' for begin, end in found[:4])
    yield Hit(
        Bilingual(
            f"Singkatan atau kata gaul ({words}) sebaiknya ditulis lengkap dan baku.",
            f"Chat spelling or slang ({words}) is better written out in full.",
        ),
        span=found[0],
    )


_EMOJI = re.compile(
    "[\U0001f300-\U0001faff\u2600-\u26ff\u2702-\u27bf\U0001f1e6-\U0001f1ff\u2b50\u2b55\u203c\u2049\u2764]\ufe0f?"
    "(?:\u200d[\U0001f300-\U0001faff\u2640\u2642\u2764]\ufe0f?)*"
)
_ROW = re.compile(r"(?<![!?])[!?]{2,}+")
_SMILEY = re.compile(r"(?<!\S)(?:[:;=]-?[)(DPp3]|<3|\^_\^|xD|XD)(?!\S)")
_CAPITALS = re.compile(r"[A-Z]{3,}(?:-[A-Z]+)*(?![^\W_])")
_AFFIXED = re.compile(r"(?:ME[MN]|MENG|BER|DI|PEM|PENG|TER|SE)[A-Z]{4,}|[A-Z]{4,}(?:KAN|NYA)")


@rule("shouting-or-emoji", entry="N5", severity=Severity.WARNING)
def shouting_or_emoji(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """Words in capitals, rows of exclamation marks, or emoji in a mail or letter.

    Id: Kata dengan huruf kapital semua, deretan tanda seru, atau emoji dalam email atau surat.
    Why: Capitals and "!!!" read as shouting; emoji look out of place in formal mail.
    Mengapa: Huruf kapital dan "!!!" terbaca seperti berteriak; emoji tidak pada tempatnya dalam surat resmi.
    Case: thank_you email
    Bad: Saya senang SEKALI melihat gudangnya.
    Bad: Saya senang sekali melihat gudangnya!!!
    Bad: Saya senang sekali melihat gudangnya 😊
    Good: Saya senang sekali melihat gudangnya!
    Fix: A row becomes one mark and an emoji is deleted (safe); capitals become small letters (shown first).
    Perbaikan: Deretan menjadi satu tanda dan emoji dihapus (aman); huruf kapital menjadi huruf kecil (ditunjukkan dahulu).
    Source: 003_9b257850b8674fa5.txt, components B.
    """
    yield from _rows(draft)
    if draft.is_written:
        yield from _emoji(draft)
    yield from _capitals(draft)
    if draft.subject is not None and _shouts(draft, draft.subject.text):
        yield Hit(
            Bilingual(
                "Subjek ini terbaca seperti berteriak. Tulis dengan huruf biasa, tanpa deretan tanda seru dan emoji.",
                "The subject reads as shouting. Write it in plain letters, without rows of marks and emoji.",
            )
        )


def _rows(draft: AnalysedDraft) -> Iterator[Hit]:
    if "!!" not in draft.text:
        return
    for found in _ROW.finditer(draft.text):
        if "!!" not in found.group():
            continue
        yield Hit(
            Bilingual(
                "Satu tanda seru sudah cukup; deretan tanda seru terbaca seperti berteriak.",
                "One exclamation mark is enough; a row of them reads as shouting.",
            ),
            span=found.span(),
            fix=Fix("?" if "?" in found.group() else "!", "safe"),
        )


def _emoji(draft: AnalysedDraft) -> Iterator[Hit]:
    text = draft.text
    if text.isascii() and not (":" in text or ";" in text or "=" in text or "<3" in text or "^" in text or "xD" in text):
        return
    for pattern in (_EMOJI, _SMILEY):
        for found in pattern.finditer(draft.text):
            begin, end = found.span()
            # The blank in front goes with it, so that no double blank or trailing blank stays.
            if begin and draft.text[begin - 1] == " ":
                begin -= 1
            elif draft.text[end : end + 1] == " ":
                end += 1
            yield Hit(
                Bilingual(
                    f'Emoji "{found.group()}" sebaiknya tidak dipakai dalam email dan surat.',
                    f'The emoji "{found.group()}" is better left out of a mail or letter.',
                ),
                span=(begin, end),
                fix=Fix("", "safe"),
            )


def _capitals(draft: AnalysedDraft) -> Iterator[Hit]:
    for place in _shouted(draft, draft.text):
        written = draft.text[slice(*place)]
        yield Hit(
            Bilingual(
                f'"{written}" dengan huruf kapital terbaca seperti berteriak. Tulis dengan huruf biasa.',
                f'"{written}" in capitals reads as shouting. Write it in plain letters.',
            ),
            span=place,
            fix=Fix(written.lower(), "unsafe"),
        )


def _shouts(draft: AnalysedDraft, text: str) -> bool:
    if "!!" in text or next(_shouted(draft, text), None) is not None:
        return True
    return draft.is_written and not text.isascii() and _EMOJI.search(text) is not None


def _shouted(draft: AnalysedDraft, text: str) -> Iterator[tuple[int, int]]:
    emphasis = draft.words.sets["emphasis"]
    for found in _CAPITALS.finditer(text):
        word = found.group().lower()
        if word in draft.name_words or text[found.start() - 1 : found.start()].isalnum() or _is_heading(text, found.start()):
            continue
        if word in emphasis or (len(word) > 6 and _AFFIXED.fullmatch(found.group())):
            yield found.span()


_LINE = 120
"""A heading is no longer."""


def _is_heading(text: str, at: int) -> bool:
    """Whether a line is all capitals and short: the title over a letter."""
    before = text[max(0, at - _LINE) : at].rpartition("\n")[2]
    line = (before + text[at : at + _LINE].partition("\n")[0]).strip()
    return line.isupper() and "\n" in text and line[-1:] not in ".!?" and len(line.split()) <= 10


_COLON_TIME = re.compile(r"(?<![\d:.])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])")
_CLOCK = re.compile(
    r"\b([Jj])am(?= (?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?\b(?! jam| menit| hari| kerja| lalu| sebelum| setelah| kemudian))"
)


_TORN = frozenset({"di", "dikarenakan", "trima"})
"""The first words of the spellings that stand apart."""


@cache
def _spellings(language: Language) -> tuple[dict[str, str], dict[str, str]]:
    content = read_table("pamit.etiquette", "words", language.value, "spelling.toml")
    return content["spelling"], content["apart"]


@rule("nonstandard-spelling", entry="N8", severity=Severity.HINT)
def nonstandard_spelling(draft: AnalysedDraft, context: CheckContext) -> Iterator[Hit]:
    """A spelling outside the standard of the language.

    Id: Ejaan yang tidak baku.
    Why: Correct spelling shows care; "Bapak/Ibu" in capitals is also a matter of respect.
    Mengapa: Ejaan yang benar menunjukkan ketelitian; "Bapak/Ibu" berhuruf kapital juga soal hormat.
    Case: thank_you email
    Bad: Dimana saya mendapat banyak ilmu.
    Bad: Kemarin jam 10.00 saya tiba di kantor.
    Bad: Saya senang di karenakan suasananya ramah.
    Good: Saya senang karena suasananya ramah.
    Good: Kemarin pukul 10.00 saya tiba di kantor.
    Fix: Puts the standard spelling in its place (safe).
    Perbaikan: Mengganti dengan ejaan baku (aman).
    Source: Good practice of the field (EYD V).
    """
    yield from _misspelt(draft)
    if draft.language is Language.ID:
        yield from _clock(draft)
        yield from _small_address(draft)


def _spelling_hit(draft: AnalysedDraft, begin: int, end: int, standard: str) -> Hit:
    written = draft.text[begin:end]
    return Hit(
        Bilingual(
            f'Ejaan bakunya "{standard}", bukan "{written}".', f'The standard spelling is "{standard}", not "{written}".'
        ),
        span=(begin, end),
        fix=Fix(standard, "safe"),
    )


def _misspelt(draft: AnalysedDraft) -> Iterator[Hit]:
    single, apart = _spellings(draft.language)
    if single.keys().isdisjoint(draft.word_set) and _TORN.isdisjoint(draft.word_set):
        return
    words, spans = draft.parts.words, draft.parts.spans
    for at in [at for at, word in enumerate(words) if word in _TORN or word in single]:
        word = words[at]
        standard = single.get(word)
        begin, end = spans[at]
        if standard is None and word in _TORN and at + 1 < len(words):
            standard = apart.get(f"{word} {words[at + 1]}")
            end = spans[at + 1][1]
            if standard is not None and draft.text[spans[at][1] : spans[at + 1][0]] != " ":
                continue
        if standard is None or not _is_plain(draft, begin, spans[at][1]):
            continue
        yield _spelling_hit(draft, begin, end, standard[0].upper() + standard[1:] if draft.text[begin].isupper() else standard)


def _clock(draft: AnalysedDraft) -> Iterator[Hit]:
    if ":" in draft.text:
        for found in _COLON_TIME.finditer(draft.text):
            yield _spelling_hit(draft, *found.span(), f"{found.group(1)}.{found.group(2)}")
    if " jam " in draft.low:
        for found in _CLOCK.finditer(draft.text):
            yield _spelling_hit(draft, *found.span(), "Pukul" if found.group(1) == "J" else "pukul")


def _small_address(draft: AnalysedDraft) -> Iterator[Hit]:
    words, spans, text, sets = draft.parts.words, draft.parts.spans, draft.text, draft.words.sets
    if "bapak" not in text and "ibu" not in text and "pak " not in text and "bu " not in text:
        return
    for at, word in enumerate(words):
        begin, end = spans[at]
        if word not in ("bapak", "ibu", "pak", "bu") or not text[begin:end].islower() or not _is_plain(draft, begin, end):
            continue
        before = words[at - 1] if at else ""
        after = words[at + 1] if at + 1 < len(words) else ""
        named = (
            bool(after) and text[spans[at + 1][0]].isupper() and text[end : spans[at + 1][0]] == " " and after not in HONORIFICS
        )
        if after in sets["behind_kin"] or (word in ("pak", "bu") and not named):
            continue
        maybe = before in sets["maybe_before_reader"] and after in ("berkenan", "dapat", "bisa", "")
        if named or maybe or before in sets["before_reader"]:
            yield _spelling_hit(draft, begin, end, word.capitalize())
