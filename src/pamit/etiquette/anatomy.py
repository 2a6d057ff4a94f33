"""The parts of a message: salutation, body, closing, signature."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from pamit.domain.names import HONORIFICS
from pamit.domain.terms import Channel
from pamit.etiquette.segments import Segments, Sentence

__all__ = ["Anatomy", "Cue", "dissect"]


class Cue(NamedTuple):
    """A phrase found: in which sentence, and its words (the last exclusive).

    A named tuple, as hundreds are made for a draft and a frozen dataclass takes four times as long to make.
    """

    sentence: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Anatomy:
    """Where the parts of a message stand, as numbers of sentences.

    Attributes:
        salutation: the sentence that greets; None where the message starts bare.
        body: the first sentence behind the greeting (for a text message the greeting's own sentence).
        closing: the closing formula; None where there is none.
        addressee: the words of the greeting's name, in characters; None where it names nobody.
    """

    salutation: int | None
    body: int
    closing: int | None
    addressee: tuple[int, int] | None


_NAME = re.compile(r"[A-ZÀ-Þ][\w'’.\-]*")
_ADDRESS_FORMS = frozenset(HONORIFICS) | frozenset(
    """
    dr prof sister fr father capt rev kapten
    mang amang cak yuk teh teteh aa kang akang neng ceu jeng uda uni abang bung wak daeng puang lae ito opung inang koh cik
    ci cici cece tante oom mbok mbah mbakyu pakde bude pakdhe budhe gus ning kyai kiai nyai ustadzah romo pastor suster
    bunda encik kaka usi dok
    """.split()
)
"""Titles and the familiar forms of address of the regions ("Mang Ujang", "Cak Mat", "Uni Rina")."""
_VOCATIVES = _ADDRESS_FORMS | frozenset({"om", "mr", "mrs", "ms", "miss", "mx"})
"""The words that call somebody; "om" may begin a greeting too ("Om Swastyastu"), so that no name is read behind it."""
_SMALL_TITLES = frozenset({"apt", "dr", "drg", "drh", "ir", "drs", "dra", "h", "hj", "r", "ra", "rm", "kh", "ns", "st"})
"""Titles that are written small in front of a name."""
_BEFORE_ADDRESS = frozenset(
    {"sorry", "apologies", "thanks", "yes", "maaf", "kasih", "makasih", "terimakasih", "siap", "baik", "nuwun"}
)
"""Words behind which an address needs no comma: "So sorry Ms. Taylor, ...", "Terima kasih Bu Hana, ..."."""
_POLITE = frozenset(
    """
    nyuwun nuwun sewu mohon minta maaf sebelumnya ampun permisi punten hapunten ngapunten pangapunten kulo izin pagi siang
    sore malam so very many my most sincere sorry apologies excuse me pardon good morning afternoon evening and
    """.split()
)
"""Words of a bow that an address may stand behind, however long it is: "Nyuwun sewu, mohon maaf, Cak Mat."."""
_REACH = 8
"""The address behind a bow begins within so many words."""
_FORMULA_WORDS = 8
_SHORT_FORMULA = 4
"""A formula that ends in a full stop has so many words at most."""


def dissect(parts: Segments, cues: dict[str, list[Cue]], channel: Channel) -> Anatomy:
    """Finds the parts of a message.

    Args:
        cues: the phrases found; ``greeting`` and ``closing_formula`` are looked at.
    """
    sentences = parts.sentences
    salutation = _salutation(parts, cues, channel)
    body = 0
    if salutation is not None:
        own_line = sentences[salutation].size <= _FORMULA_WORDS
        body = salutation + 1 if own_line else salutation
    closing = _closing(parts, cues, body, channel)
    addressee = _addressee(parts, salutation, cues)
    return Anatomy(salutation, body, closing, addressee)


def _salutation(parts: Segments, cues: dict[str, list[Cue]], channel: Channel) -> int | None:
    reach = {Channel.LETTER: 16, Channel.EMAIL: 6}.get(channel, 2)
    found: int | None = None
    for cue in cues.get("greeting", ()):
        sentence = parts.sentences[cue.sentence]
        if cue.sentence >= reach or cue.first > sentence.first + (8 if cue.last == sentence.last else 1):
            continue
        if channel in (Channel.EMAIL, Channel.LETTER) and _follows_prose(parts, cue.sentence):
            break  # "Salam hormat," under a message that greets nobody
        # A letter greets twice: "Yth. …" over the addressee's lines, "Dengan hormat," over the body.
        if found is not None and (channel != Channel.LETTER or sentence.size > _FORMULA_WORDS):
            break
        found = cue.sentence
    if found is not None:
        return found
    if parts.sentences and _is_vocative(parts, parts.sentences[0]):
        return 0
    return None


def _follows_prose(parts: Segments, index: int) -> bool:
    """Whether a whole sentence stands before."""
    return any(
        sentence.size > _FORMULA_WORDS and parts.text[sentence.begin : sentence.end].rstrip()[-1:] in ".!?"
        for sentence in parts.sentences[:index]
    )


def _is_vocative(parts: Segments, sentence: Sentence) -> bool:
    """Whether a sentence addresses someone by title and name within its first words: "Mohon maaf, Ibu Hana, saya …"."""
    for at in range(sentence.first, min(sentence.first + _REACH, sentence.last)):
        if at >= sentence.first + 4 and not _POLITE.issuperset(parts.words[sentence.first : at]):
            break
        if parts.words[at] not in _VOCATIVES:
            continue
        begin = parts.spans[at][0]
        before = parts.text[sentence.begin : begin].rstrip()
        if before and before[-1] not in ",!." and parts.words[at - 1] not in _BEFORE_ADDRESS:
            continue
        tail = at + 1
        while tail < sentence.last and tail <= at + 5 and _is_of_name(parts, tail) and not _is_parted(parts, tail):
            tail += 1
        end = parts.spans[tail - 1][1]
        if tail < sentence.last - 1 and parts.words[tail] == "yang" and tail > at + 1:
            return parts.words[sentence.last - 1] in ("hormati", "terhormat", "hormat", "muliakan", "baik")
        if parts.text[end : end + 2].lstrip(". ")[:1] in (",", "", "!", "\n") or tail == sentence.last:
            return True
    return False


def _is_parted(parts: Segments, at: int) -> bool:
    """Whether a mark ends what was said before a word: "Ms. Taylor, Sari here"."""
    between = parts.text[parts.spans[at - 1][1] : parts.spans[at][0]]
    return any(mark in between for mark in ",!\n")


def _is_of_name(parts: Segments, at: int) -> bool:
    return parts.text[parts.spans[at][0]].isupper() or parts.words[at] in _SMALL_TITLES


def _is_formula(parts: Segments, sentence: Sentence) -> bool:
    """Whether a sentence is a formula on its own: "Salam hormat,", not "Thank you for your time yesterday."."""
    if sentence.is_question or sentence.size > _FORMULA_WORDS:
        return False
    ended = parts.text[sentence.begin : sentence.end].rstrip()[-1:] in ".!"
    return not ended or sentence.size <= _SHORT_FORMULA


def _only_names_follow(parts: Segments, index: int, channel: Channel) -> bool:
    """Whether behind a sentence come only the sender's lines: name, number, address."""
    for sentence in parts.sentences[index + 1 :]:
        if sentence.size > _FORMULA_WORDS:
            return False
        # Names end in a full stop too ("M.T."), but in a chat there are hardly any lines of names.
        ended = parts.text[sentence.begin : sentence.end].rstrip()[-1:] in ".!?"
        if ended and sentence.size > _SHORT_FORMULA and channel not in (Channel.EMAIL, Channel.LETTER):
            return False
    return True


def _closing(parts: Segments, cues: dict[str, list[Cue]], body: int, channel: Channel) -> int | None:
    sentences = parts.sentences
    for cue in reversed(cues.get("closing_formula", ())):
        sentence = sentences[cue.sentence]
        if cue.sentence < body or cue.sentence < len(sentences) - 7:
            break
        ends = cue.last == sentence.last and sentence.size <= _SHORT_FORMULA  # "Horas dan salam hormat,"
        if (
            (cue.first == sentence.first or ends)
            and _is_formula(parts, sentence)
            and _only_names_follow(parts, cue.sentence, channel)
        ):
            return cue.sentence
    return None


def _addressee(parts: Segments, salutation: int | None, cues: dict[str, list[Cue]]) -> tuple[int, int] | None:
    """The name of the greeting with its title: "Bapak Hartono" of "Yth. Bapak Hartono,"."""
    if salutation is None:
        return None
    for index in range(salutation, -1, -1):
        sentence = parts.sentences[index]
        begin: int | None = None
        for at in range(sentence.first, min(sentence.first + 9, sentence.last)):
            if begin is None:
                if parts.words[at] in _ADDRESS_FORMS:
                    begin = at
                elif parts.words[at] in ("dear", "hi", "hello", "hey", "halo", "hai", "yth") and at + 1 < sentence.last:
                    following = parts.words[at + 1]
                    if following not in _ADDRESS_FORMS and _NAME.match(parts.text, parts.spans[at + 1][0]):
                        begin = at + 1
        if begin is None:
            continue
        last = begin + 1
        while last < sentence.last and last <= begin + 6 and _is_of_name(parts, last):
            between = parts.text[parts.spans[last - 1][1] : parts.spans[last][0]]
            if "," in between or "!" in between or "\n" in between or (". " in between and not _is_title(parts, last - 1)):
                break
            last += 1
        if last - begin > 1 or parts.words[begin] not in _ADDRESS_FORMS:
            return parts.spans[begin][0], parts.spans[last - 1][1]
    return None


def _is_title(parts: Segments, at: int) -> bool:
    return parts.words[at] in _ADDRESS_FORMS or len(parts.words[at]) <= 3
