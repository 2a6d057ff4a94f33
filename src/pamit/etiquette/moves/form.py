"""The moves of form: salutation, closing, signature, contact information."""

from __future__ import annotations

import re
from functools import lru_cache

from pamit.domain.names import bare_name
from pamit.etiquette.analysis import AnalysedDraft
from pamit.etiquette.segments import lowered

__all__ = ["has_closing", "has_contact_info", "has_salutation", "has_signature"]

_MAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]{1,64}@[\w\-]{1,63}\.[\w.\-]{1,63}")
_DIGITS = re.compile(r"[+(0-9][0-9 \-().]{6,22}")
_YEARS = re.compile(r"(?:19|20)\d\d\D+(?:19|20)\d\d")
_DAY = re.compile(r"\d{1,2}\D\d{1,2}\D(?:\d{2}|\d{4})")
_SHORT_FORM = 4
_WORD = re.compile(r"[^\W\d_]+")


def has_salutation(draft: AnalysedDraft) -> bool:
    """Whether the message greets or addresses its reader at the start; a wrong name still counts."""
    return draft.anatomy.salutation is not None


def has_closing(draft: AnalysedDraft) -> bool:
    """Mail and letter: a closing formula. Text and phone: thanks, goodbye, wishes or regards in the last two sentences."""
    if draft.anatomy.closing is not None:
        return True
    if draft.is_written:
        return False
    ends = _speaking_sentences(draft)[-2:]
    return any(draft.tags[index] & {"farewell", "thanks", "wishes", "closing_formula"} for index in ends)


def _speaking_sentences(draft: AnalysedDraft) -> list[int]:
    """The sentences of a text message without a bare name at its end."""
    numbers = list(range(len(draft.sentences)))
    while len(numbers) > 1:
        sentence = draft.sentences[numbers[-1]]
        if sentence.size > 4 or draft.tags[numbers[-1]] & {"farewell", "thanks", "wishes"}:
            break
        if not all(draft.text[draft.parts.spans[at][0]].isupper() for at in range(sentence.first, sentence.last)):
            break
        numbers.pop()
    return numbers


def has_signature(draft: AnalysedDraft) -> bool:
    """Mail and letter: the candidate's name at the end. Text and phone: the name anywhere as the sender's."""
    name = draft.context.candidate
    if name is None:
        return _looks_signed(draft)
    wanted = _own_words(name)
    first = 0
    if draft.is_written:
        first = draft.sentences[_signing(draft)].first if draft.sentences else 0
    found: frozenset[str] = wanted.intersection(draft.parts.words[first:])
    if not found:
        # A short form of one's own name: "Parlin" for "Parlindungan".
        found = frozenset(
            word
            for word in draft.parts.words[first:]
            if len(word) >= _SHORT_FORM and any(name.startswith(word) for name in wanted)
        )
    if draft.is_written or not found:
        return bool(found)
    # A name that is also a word ("Dewi", "Bunga") or the reader's own counts only where it is written as a name.
    return any(draft.parts.words[at] in found for at in range(len(draft.parts.words)) if not _is_addressee(draft, at))


@lru_cache(maxsize=1024)
def _own_words(name: str) -> frozenset[str]:
    """The words of a candidate's name, by each of which people sign."""
    return frozenset(lowered(word) for word in _WORD.findall(bare_name(name)) if len(word) > 1) or frozenset({lowered(name)})


def _is_addressee(draft: AnalysedDraft, at: int) -> bool:
    place = draft.anatomy.addressee
    begin = draft.parts.spans[at][0]
    return place is not None and place[0] <= begin < place[1]


def _signing(draft: AnalysedDraft) -> int:
    """The sentence from which the signature may stand."""
    if draft.anatomy.closing is not None:
        return draft.anatomy.closing
    return max(min(draft.anatomy.body, len(draft.sentences) - 1), len(draft.sentences) - 3)


def _looks_signed(draft: AnalysedDraft) -> bool:
    """Without a known name: words in capitals behind the closing, or an introduction."""
    if not draft.sentences:
        return False
    closing = draft.anatomy.closing
    if closing is not None:
        sentence = draft.sentences[closing]
        behind = draft.text[sentence.end :].strip() or draft.text[sentence.begin : sentence.end].partition(",")[2].strip()
        return behind[:1].isupper()
    if draft.is_written:
        begin, end = draft.sentence_span(len(draft.sentences) - 1)
        words = draft.text[begin:end].split()
        return len(words) <= 5 and all(word[:1].isupper() for word in words)
    return draft.has("introduces") or any(words in draft.low for words in (" saya ", " this is ", " it's "))


def has_contact_info(draft: AnalysedDraft) -> bool:
    """Whether a phone number or a mail address stands in the message."""
    if "@" in draft.text and _MAIL.search(draft.text):
        return True
    for found in _DIGITS.finditer(draft.text):
        written = found.group().rstrip(" -(.")
        digits = sum(letter.isdigit() for letter in written)
        if not 7 <= digits <= 15 or _YEARS.fullmatch(written) or _DAY.fullmatch(written):
            continue
        # Dots part thousands and hours; they part a phone number only where it starts as one.
        if "." in written and written.lstrip("(")[0] not in "0+":
            continue
        if re.match(r"\d{1,2}[.:]\d\d\b", written) and "." in written:
            continue
        if draft.text[max(0, found.start() - 4) : found.start()].rstrip(" .").lower().endswith("rp"):
            continue
        return True
    return False
