"""Looking for words: how a question is understood, how a text is folded for it, and which of its words answer it.

Case, accents and width do not count, nor does a company's legal form; words may stand in any order and be the beginnings of
longer ones ("wawancara" finds "wawancaranya"); what stands in quotation marks is looked for as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pamit.domain.names import is_legal_form

__all__ = ["LONGEST_QUERY", "MOST_FOUND", "Passage", "PassageKind", "Piece", "Query", "excerpt", "fold_words", "parse_query"]

LONGEST_QUERY = 200
"""Characters of a question that are looked at."""

MOST_FOUND = 50
"""Results of each kind at most."""

_MOST_WORDS = 12
_LONGEST_WORD = 60
_AROUND = 70
_MOST_MARKS = 12


class PassageKind(StrEnum):
    """What a passage is a part of."""

    CASE = "case"
    """The facts of a case: employer, position, place, people."""
    NOTE = "note"
    """Words of the person's own in its log."""
    SOURCE = "source"
    """A message that came in."""
    MESSAGE = "message"
    """A message of the person's own, drafts included."""


@dataclass(frozen=True)
class Passage:
    """Words that can be found, and where they stand.

    Attributes:
        ref: of a note the number of its entry, of a source its place among those of the case, from 1, of a message its id.
        at: when it was put down, came or was made.
        title: what it is called: a file's name, a subject.
    """

    case: str
    kind: PassageKind
    ref: str
    at: datetime
    text: str
    title: str | None = None


@dataclass(frozen=True)
class Query:
    """A question, folded.

    Attributes:
        words: each must begin some word.
        phrases: each must stand there word for word.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.words or self.phrases)

    def answered_by(self, text: str) -> bool:
        """Whether a text holds everything that is asked for.

        >>> parse_query('kasir "toko baru"').answered_by("Posisi Kasir di Toko Baru, Solo")
        True
        """
        return self.held_by(fold_words(text))

    def held_by(self, folded: str) -> bool:
        """The same of words that are folded already."""
        folded = f" {folded} "
        return all(f" {word}" in folded for word in self.words) and all(f" {phrase} " in folded for phrase in self.phrases)


@dataclass(frozen=True)
class Piece:
    """A part of an excerpt; ``found`` where it is what was looked for."""

    text: str
    found: bool = False


class _Folded(dict[int, str]):
    """Every sign to one that is compared: a small letter without its accent, a digit, or a blank."""

    def __missing__(self, sign: int) -> str:
        base = unicodedata.normalize("NFKD", chr(sign)).casefold()[:1]
        self[sign] = found = base if base.isalnum() else " "
        return found


_FOLDED = _Folded()
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]?')
_BLANKS = re.compile(r"\s+")


def _folded(text: str) -> str:
    """As long as the text itself, so that what is found in it is found there."""
    return text.translate(_FOLDED)


def fold_words(text: str) -> str:
    """The words of a text as they are compared, one blank between them.

    >>> fold_words("PT. Kopi Écoute — 2026")
    'pt kopi ecoute 2026'
    """
    return " ".join(word[:_LONGEST_WORD] for word in _folded(unicodedata.normalize("NFC", text)).split())


def parse_query(written: str) -> Query:
    """What a person asks for.

    >>> parse_query('PT Toko “Staf Gudang”')
    Query(words=('toko',), phrases=('staf gudang',))
    """
    written = written[:LONGEST_QUERY]
    phrases = [fold_words(quoted[1]) for quoted in _QUOTED.finditer(written)]
    words = list(dict.fromkeys(fold_words(_QUOTED.sub(" ", written)).split()))
    telling = [word for word in words if not is_legal_form(word)]
    if not telling and not any(phrases):
        telling = words
    kept = tuple(dict.fromkeys(phrase for phrase in phrases if phrase))
    return Query(tuple(telling[:_MOST_WORDS]), kept[:_MOST_WORDS])


def excerpt(text: str, query: Query, around: int = _AROUND) -> tuple[Piece, ...]:
    """The part of a text in which the first word is found, with all found words in it; its beginning where none is.

    >>> [piece.text for piece in excerpt("Mohon hadir di Solo.", parse_query("solo")) if piece.found]
    ['Solo']
    """
    text = unicodedata.normalize("NFC", text)
    spans = list(_spans(_folded(text), query))
    first = spans[0][0] if spans else 0
    begin = _word_edge(text, first - around, first) if first > around else 0
    end = min(len(text), first + 2 * around)
    if end < len(text):
        end = text.rfind(" ", first + around, end) if " " in text[first + around : end] else end
    pieces = [Piece("… ")] if begin else []
    here = begin
    for start, stop in spans[:_MOST_MARKS]:
        if start < here or stop > end:
            continue
        pieces += [Piece(text[here:start]), Piece(text[start:stop], found=True)]
        here = stop
    pieces.append(Piece(text[here:end] + (" …" if end < len(text) else "")))
    told = (Piece(_BLANKS.sub(" ", piece.text), piece.found) for piece in pieces)
    return tuple(piece for piece in told if piece.text)


def _spans(folded: str, query: Query) -> Iterator[tuple[int, int]]:
    """Where the words stand that are looked for, in order."""
    # Longer ones first: of two that begin alike the whole is marked. Only small letters and digits are in them.
    words = sorted(query.words, key=len, reverse=True)
    wanted = [phrase.replace(" ", " +") + r"(?!\S)" for phrase in query.phrases] + words
    if not wanted:
        return
    for match in re.finditer(rf"(?<!\S)(?:{'|'.join(wanted)})", folded):
        yield match.span()


def _word_edge(text: str, position: int, before: int) -> int:
    gap = _BLANKS.search(text, position, before)
    return gap.end() if gap and gap.end() < before else position
