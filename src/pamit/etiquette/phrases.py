"""Phrases as data: word lists compiled once into a table that reads a sentence of tokens in one pass.

A phrase is words separated by spaces. ``word*`` stands for every word that begins so, ``*word`` for every word that
ends so, ``a|b|c_d`` for one of several words (or of several rows of words, written with ``_``), ``word?`` for a word that may
be absent, ``...`` for up to
:data:`GAP` words of any kind, ``@name`` for a class of words, and ``#`` for a number. Dictionaries replace large
alternations: a token is looked up once, and only where it can begin a phrase is anything walked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from threading import Lock

__all__ = ["GAP", "Match", "PhraseTable", "Word", "words_of"]

GAP = 4
"""The greatest number of words that ``...`` stands for."""

_MEMO_LIMIT = 50_000
_PAIRS_LIMIT = 2_000
_FEW = 6
_IN_ORDER = itemgetter(1, 2, 0)
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")

Match = tuple[str, int, int]
"""A tag, and the first and the last token (exclusive) of the words found."""

Word = tuple[int, int]
"""Begin and end of a word in characters."""


def words_of(lowered: str) -> tuple[list[str], list[Word]]:
    """The words of a text that is in small letters already, and where each stands."""
    spans = [found.span() for found in _WORD.finditer(lowered)]
    return [lowered[begin:end] for begin, end in spans], spans


@dataclass(eq=False)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    gap: _Node | None = None
    tags: list[str] = field(default_factory=list)

    def child(self, key: str) -> _Node:
        return self.children.setdefault(key, _Node())


@dataclass(frozen=True, eq=False, slots=True)
class _Entry:
    """What a word can be in phrases, found once, as words repeat from draft to draft.

    Attributes:
        keys: the keys it answers to within a phrase (not at its start).
        whole: the tags of phrases that it is by itself.
        direct: for the key of a very next word the nodes that it leads to.
        gapped: the same for the key of a word that may come later.
        next: for a very next word seen before the nodes that it leads to; pairs of words repeat as words do.
        later: the same for a word that came later.
    """

    keys: frozenset[str]
    whole: tuple[str, ...]
    direct: dict[str, list[_Node]]
    gapped: dict[str, list[_Node]]
    next: dict[str, tuple[_Node, ...]]
    later: dict[str, tuple[_Node, ...]]

    @property
    def begins(self) -> bool:
        """Whether any phrase begins with the word."""
        return bool(self.whole or self.direct or self.gapped)


class PhraseTable:
    """All phrases of one language, each with the tag that it stands for.

    Args:
        phrases: for each tag its phrases.
        classes: for each class name its words (``*`` allowed).

    >>> table = PhraseTable({"thanks": ["terima kasih", "makasi*"]}, {})
    >>> table.find(["makasih", "dan", "terima", "kasih"])
    [('thanks', 0, 1), ('thanks', 2, 4)]
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]], classes: Mapping[str, Iterable[str]]) -> None:
        self._classes = {name: tuple(words) for name, words in classes.items()}
        self._exact: dict[str, list[str]] = {}
        self._prefixes: dict[str, list[str]] = {}
        self._suffixes: dict[str, list[str]] = {}
        self._known: set[str] = set()
        self._inner: set[str] = set()
        self._root = _Node()
        self._memo: dict[str, _Entry] = {}
        self._beginnings: set[str] = set()
        self._turn = Lock()
        # The phrases not entered yet, each under a word that it cannot do without.
        self._waiting: dict[str, list[tuple[str, str]]] = {}
        for tag, patterns in phrases.items():
            for pattern in patterns:
                needed = max([word for word in pattern.split() if word.isalpha()], key=len, default=None)
                if needed is None:
                    self._add(tag, pattern)
                else:
                    self._waiting.setdefault(needed, []).append((tag, pattern))
        self._measure_parts()

    def find(self, tokens: Sequence[str], ends: Sequence[int] | None = None) -> list[Match]:
        """Every phrase that stands in a run of tokens, with its tag, in the order of their first words.

        Args:
            ends: where the sentences end, in tokens, in order; no phrase reaches over an end. None for one sentence.
        """
        # The tables grow as words are met; threads of the app take turns.
        with self._turn:
            return self._found(tokens, ends)

    def _found(self, tokens: Sequence[str], ends: Sequence[int] | None) -> list[Match]:
        if self._waiting:
            self._enter_waiting(tokens)
        memo = self._memo
        entries = [memo.get(token) or self._remember(token) for token in tokens]
        beginnings = self._beginnings
        found: list[Match] = []
        limits = iter(ends if ends is not None else (len(tokens),))
        end = 0
        for index in [index for index, token in enumerate(tokens) if token in beginnings]:
            while end <= index:
                end = next(limits)
            entry = entries[index]
            after = index + 1
            for tag in entry.whole:
                found.append((tag, index, after))  # noqa: PERF401 - the usual word is no phrase, or one
            if after == end:
                continue
            if entry.direct:
                nodes = entry.next.get(tokens[after])
                if nodes is None:
                    nodes = _lead(entry.direct, entry.next, tokens[after], entries[after].keys)
                for node in nodes:
                    _walk(node, entries, index, after + 1, end, found)
            if entry.gapped:
                known = entry.later
                later = after
                for token in tokens[after : after + GAP + 1 if after + GAP < end else end]:
                    nodes = known.get(token)
                    if nodes is None:
                        nodes = _lead(entry.gapped, known, token, entries[later].keys)
                    later += 1
                    for node in nodes:
                        _walk(node, entries, index, later, end, found)
        found.sort(key=_IN_ORDER)  # sets have no order of their own
        return found

    def _enter_waiting(self, tokens: Sequence[str]) -> None:
        """Enter the phrases that the first text can hold; with the second, when more may come, all the others.

        A command checks one draft, and most of the phrases could not stand in it.
        """
        words = self._waiting.keys() & set(tokens) if not self._memo else list(self._waiting)
        for word in words:
            for tag, pattern in self._waiting.pop(word):
                self._add(tag, pattern)
        self._measure_parts()
        self._memo.clear()
        self._beginnings.clear()

    def _measure_parts(self) -> None:
        self._prefix_lengths = tuple(sorted({len(prefix) for prefix in self._prefixes}))
        self._suffix_lengths = tuple(sorted({len(suffix) for suffix in self._suffixes}))

    def _remember(self, token: str) -> _Entry:
        keys = self._keys(token)
        inner = frozenset(key for key in keys if key in self._inner)
        whole: list[str] = []
        direct: dict[str, list[_Node]] = {}
        gapped: dict[str, list[_Node]] = {}
        for start in (self._root.children[key] for key in keys if key in self._root.children):
            whole += start.tags
            for key, child in start.children.items():
                direct.setdefault(key, []).append(child)
            if start.gap is not None:
                for key, child in start.gap.children.items():
                    gapped.setdefault(key, []).append(child)
        if len(self._memo) >= _MEMO_LIMIT:
            self._memo.clear()
            self._beginnings.clear()
        entry = self._memo[token] = _Entry(inner, tuple(whole), direct, gapped, {}, {})
        if entry.begins:
            self._beginnings.add(token)
        return entry

    def _keys(self, token: str) -> tuple[str, ...]:
        keys: list[str] = [token] if token in self._known else []
        keys.extend(self._exact.get(token, ()))
        for length in self._prefix_lengths:
            if length > len(token):
                break
            keys.extend(self._prefixes.get(token[:length], ()))
        for length in self._suffix_lengths:
            if length > len(token):
                break
            keys.extend(self._suffixes.get(token[-length:], ()))
        if token[0].isdigit():
            keys.append("#")
        return tuple(dict.fromkeys(keys))

    def _add(self, tag: str, pattern: str) -> None:
        ends = [self._root]
        for element in pattern.split():
            if element == "...":
                for node in ends:
                    if node.gap is None:
                        node.gap = _Node()
                ends = [node.gap for node in ends if node.gap is not None]
                continue
            optional = element.endswith("?")
            alternatives = element.removesuffix("?").split("|")
            single = "|".join(word for word in alternatives if "_" not in word)
            rows = [row.split("_") for row in alternatives if "_" in row]
            after: list[_Node] = []
            for row in ([[single]] if single else []) + rows:
                reached = ends
                for word in row:
                    key = self._key(word)
                    if reached != [self._root]:
                        self._inner.add(key)
                    reached = [node.child(key) for node in reached]
                after += reached
            ends = [*ends, *after] if optional else after
        for node in ends:
            if node is self._root:
                raise ValueError(f"the phrase {pattern!r} may be empty")
            if tag not in node.tags:
                node.tags.append(tag)

    def _key(self, element: str) -> str:
        """The key of one element; a set of words becomes one key that all its words answer to."""
        words: list[str] = []
        for word in element.split("|"):
            words.extend(self._classes[word[1:]] if word.startswith("@") else (word,))
        if len(words) == 1 and "*" not in words[0]:
            self._known.add(words[0])
            return words[0]
        for word in words:
            if word.endswith("*"):
                where = self._prefixes.setdefault(word[:-1], [])
            elif word.startswith("*"):
                where = self._suffixes.setdefault(word[1:], [])
            else:
                where = self._exact.setdefault(word, [])
            if element not in where:
                where.append(element)
        return element


def _lead(
    leads: Mapping[str, Sequence[_Node]], known: dict[str, tuple[_Node, ...]], token: str, keys: frozenset[str]
) -> tuple[_Node, ...]:
    """The nodes that a word leads to, remembered."""
    if len(known) >= _PAIRS_LIMIT:
        known.clear()
    nodes = known[token] = tuple(node for key in leads.keys() & keys for node in leads[key])
    return nodes


def _walk(node: _Node, entries: Sequence[_Entry], begin: int, at: int, end: int, found: list[Match]) -> None:
    for tag in node.tags:
        found.append((tag, begin, at))  # noqa: PERF401 - the usual node has no tag, or one
    if at == end:
        return
    children = node.children
    if children:
        keys = entries[at].keys
        # The smaller side is gone through: most nodes have one child, most words a dozen keys.
        if len(children) <= _FEW:
            for key, child in children.items():
                if key in keys:
                    _walk(child, entries, begin, at + 1, end, found)
        else:
            for key in keys:
                if key in children:
                    _walk(children[key], entries, begin, at + 1, end, found)
    if node.gap is not None:
        items = node.gap.children.items()
        for later in range(at, min(at + GAP + 1, end)):
            keys = entries[later].keys
            for key, child in items:
                if key in keys:
                    _walk(child, entries, begin, later + 1, end, found)
