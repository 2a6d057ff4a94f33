"""A text cut into sentences and words, with the place of each in characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pamit.etiquette.phrases import Word, words_of

__all__ = ["Segments", "Sentence", "lowered", "name_words", "segment"]

_BOUNDARY = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s)|;(?=\s)|\n")
_BULLET = re.compile(r"\s*(?:[-*•–]|\d{1,2}[.)])\s")
_LONG_LINE = 60
"""A line at least so long that breaks without punctuation was wrapped by the mail program, not ended by its writer."""

_LONGEST = 150
"""A sentence of more words is cut, so that no text, however it is made, makes two of its words far apart meet."""

_NEVER_END = frozenset(
    "yth bpk bp sdr sdri dr drs dra drg ir hj no jl jln tgl pkl mr mrs ms mx prof st fr sr capt ns apt cq up attn".split()
)
_MAY_END = frozenset("am pm co inc ltd tbk dll dsb etc dst".split())


class Sentence(NamedTuple):
    """One sentence, or one line of an address, a heading or a list.

    Attributes:
        begin, end: in characters of the text.
        first, last: its words, the last exclusive.
        is_question: whether it ends in a question mark.
        is_exclaimed: whether it ends in an exclamation mark.
    """

    begin: int
    end: int
    first: int
    last: int
    is_question: bool
    is_exclaimed: bool

    @property
    def size(self) -> int:
        """How many words it has."""
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Segments:
    """The sentences and words of a text; words are in small letters with straight apostrophes."""

    text: str
    words: list[str]
    spans: list[Word]
    sentences: list[Sentence]


def lowered(text: str) -> str:
    """The text in small letters, every character at its old place ("İ" alone would become two)."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return small.replace("’", "'")


@lru_cache(maxsize=4096)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in small letters; kept, as the names of a case are asked for by many rules."""
    return tuple(words_of(lowered(name))[0])


def segment(text: str) -> Segments:
    """Cuts a text into sentences and words."""
    low = lowered(text)
    words, spans = words_of(low)
    sentences: list[Sentence] = []
    begin = 0
    first = 0
    total = len(spans)
    for end in _ends(text, low):
        last = first
        while last < total and spans[last][0] < end:
            last += 1
        while last - first > _LONGEST:
            cut = first + _LONGEST
            sentences.append(Sentence(spans[first][0], spans[cut - 1][1], first, cut, False, False))
            first = cut
        if last > first:
            tail = text[max(begin, end - 4) : end]
            sentences.append(Sentence(spans[first][0], end, first, last, "?" in tail, "!" in tail))
        begin, first = end, last
    return Segments(text, words, spans, sentences)


def _ends(text: str, low: str) -> list[int]:
    ends: list[int] = []
    line = 0
    for found in _BOUNDARY.finditer(text):
        at = found.start()
        if text[at] == "\n":
            if _ends_line(text, line, at):
                ends.append(found.end())
            line = found.end()
        elif text[at] == "." and found.end() - at == 1:
            if _ends_sentence(text, low, at):
                ends.append(found.end())
        else:
            ends.append(found.end())
    ends.append(len(text))
    return ends


def _ends_line(text: str, line: int, at: int) -> bool:
    written = text[line:at].rstrip()
    if len(written) < _LONG_LINE or written[-1] in ".!?:;,…":
        return True
    following = text[at + 1 : at + 8]
    return not following.strip() or following[0] == "\n" or _BULLET.match(following) is not None


def _ends_sentence(text: str, low: str, at: int) -> bool:
    begin = at
    while begin > 0 and (low[begin - 1].isalnum() or low[begin - 1] == ".") and at - begin < 12:
        begin -= 1
    word = low[begin:at].replace(".", "")
    if word in _NEVER_END:
        return False
    following = text[at + 1 : at + 4].lstrip()
    if word in _MAY_END:
        return following[:1].isupper()
    if len(word) == 1 and word.isalpha():  # an initial
        return False
    # "1. Jumat" numbers a line of a list.
    return not (word.isdigit() and len(word) <= 2 and (begin == 0 or low[begin - 1] == "\n"))
