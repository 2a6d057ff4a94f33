"""Phrases as data: word lists in TOML, found in one pass over the words of a text.

A phrase is written as words with a little notation, so that one line covers the ways in which people vary it:

=========  ===========================================================================================
``a|b``    either word
``word*``  any word that begins so (at least four letters where it is the first of the phrase)
``(word)`` may be left out
``_``      any one word
``..``     at most four words, within the sentence; ``..2`` at most two
=========  ===========================================================================================

Matching starts from a table of first words and looks at a bounded number of words, so it is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pamit.tables import read_table

__all__ = ["Lexicon", "load_words", "split_words"]

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.!?;:](?=\s|$)")
_STOPS = frozenset(".!?;:")
_DEFAULT_GAP = 4
_REMEMBERED = 50_000

# One element of a phrase: (literals, prefixes, gap, optional). A gap of -1 is no gap; no literals and no prefixes
# means any word.
_Element = tuple[frozenset[str], tuple[str, ...], int, bool]
# A tag, the elements behind the first word, and the words one of which must come next (None where any may).
_Phrase = tuple[str, tuple[_Element, ...], frozenset[str] | None]


def load_words(name: str) -> dict[str, list[str]]:
    """The phrases of ``words/<name>.toml``: tag to phrases, those of all language tables joined."""
    data = read_table("pamit.reading", "words", f"{name}.toml")
    merged: dict[str, list[str]] = {}
    for table in data.values():
        for tag, phrases in table.items():
            merged.setdefault(tag, []).extend(line.strip() for line in phrases.splitlines() if line.strip())
    return merged


def split_words(lowered: str) -> tuple[list[str], list[int], list[int]]:
    """The words of a lower-cased text with where they begin and end; sentence stops count as words."""
    words = _WORD.findall(lowered)
    begins: list[int] = []
    ends: list[int] = []
    at = 0
    find = lowered.find
    for word in words:
        # A word begins at its first occurrence behind the one before: what stands between holds no word.
        at = find(word, at)
        begins.append(at)
        at += len(word)
        ends.append(at)
    return words, begins, ends


def _element(written: str) -> _Element:
    if written.startswith(".."):
        return frozenset(), (), int(written[2:] or _DEFAULT_GAP), False
    optional = written.startswith("(")
    written = written.strip("()")
    if written == "_":
        return frozenset(), (), -1, optional
    parts = written.split("|")
    prefixes = tuple(part[:-1] for part in parts if part.endswith("*"))
    return frozenset(part for part in parts if not part.endswith("*")), prefixes, -1, optional


def _next_words(rest: Sequence[_Element]) -> frozenset[str] | None:
    """The words one of which must come next for the elements to match; None where it may be any, or nothing must."""
    words: frozenset[str] = frozenset()
    for literals, prefixes, gap, optional in rest:
        if gap >= 0 or prefixes or not literals:
            return None
        words |= literals
        if not optional:
            return words
    return None


class Lexicon:
    """Phrases under tags.

    >>> lexicon = Lexicon({"refusal": ["belum|tidak dapat .. melanjutkan"]})
    >>> lexicon.find("kami belum dapat untuk melanjutkan".split())
    {'refusal': [(1, 5)]}
    """

    def __init__(self, tags: Mapping[str, Iterable[str]]) -> None:
        self._first: dict[str, list[_Phrase]] = {}
        self._stems: dict[str, list[_Phrase]] = {}
        # What the phrases beginning with a word are, stems included; remembered per word, up to a bound.
        self._heads: dict[str, tuple[_Phrase, ...]] = {}
        for tag, phrases in tags.items():
            for phrase in phrases:
                self._add(tag, phrase)

    def _add(self, tag: str, phrase: str) -> None:
        parts = [word for part in phrase.split() for word in (part.split("-") if "|" not in part else [part])]
        head, *rest = (_element(part) for part in parts)
        literals, prefixes, gap, optional = head
        if any("-" in word for element in (head, *rest) for word in element[0]):
            raise ValueError(f"alternatives hold no hyphen, as words end there: {phrase!r}")
        if gap >= 0 or optional or not (literals or prefixes) or any(len(stem) < 4 for stem in prefixes):
            raise ValueError(f"a phrase must begin with a word: {phrase!r}")
        for word in literals:
            self._first.setdefault(word, []).append((tag, tuple(rest), _next_words(rest)))
        for stem in prefixes:
            self._stems.setdefault(stem[:4], []).append((tag, ((frozenset(), (stem,), -1, False), *rest), None))

    def _head(self, word: str) -> tuple[_Phrase, ...]:
        phrases = [*self._first.get(word, ())]
        # A stem's own element is matched by the word itself, so only the rest is left.
        phrases += [
            (tag, rest[1:], _next_words(rest[1:]))
            for tag, rest, _ in self._stems.get(word[:4], ())
            if word.startswith(rest[0][1])
        ]
        found = tuple(phrases)
        if len(self._heads) < _REMEMBERED:
            self._heads[word] = found
        return found

    def find(self, words: list[str]) -> dict[str, list[tuple[int, int]]]:
        """Where each tag's phrases stand, as index of the first word and of the one behind the last."""
        found: dict[str, list[tuple[int, int]]] = {}
        heads = self._heads
        following = [*words[1:], "."]
        for index, word in enumerate(words):
            phrases = heads.get(word)
            if phrases is None:
                phrases = self._head(word)
            for tag, rest, second in phrases:
                if second is not None and following[index] not in second:
                    continue
                end = _match(words, index + 1, rest, 0) if rest else index + 1
                if end >= 0:
                    places = found.get(tag)
                    if places is None:
                        found[tag] = [(index, end)]
                    else:
                        places.append((index, end))
        return found


def _match(words: list[str], at: int, phrase: tuple[_Element, ...], k: int) -> int:
    """The index behind the phrase's last word when its elements from ``k`` on match from ``at``, else -1."""
    size = len(phrase)
    length = len(words)
    while k < size:
        literals, prefixes, gap, optional = phrase[k]
        if gap >= 0:
            for skip in range(gap + 1):
                if at + skip >= length:
                    return -1
                end = _match(words, at + skip, phrase, k + 1)
                if end >= 0:
                    return end
                if words[at + skip] in _STOPS:
                    return -1
            return -1
        word = words[at] if at < length else "."
        if word in literals or (prefixes and word.startswith(prefixes)) or not (literals or prefixes or word in _STOPS):
            if optional:
                end = _match(words, at + 1, phrase, k + 1)
                if end >= 0:
                    return end
            else:
                at += 1
        elif not optional:
            return -1
        k += 1
    return at
