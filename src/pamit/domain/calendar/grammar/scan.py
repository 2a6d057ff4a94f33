"""A text made ready for the grammar: folded character by character, and cut into the tokens that matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from pamit.domain.calendar.grammar.words import LEXICON

__all__ = ["Scan", "Token", "fold", "scan", "spelled_gap"]

_NON_ASCII = re.compile(r"[^\x00-\x7f]")
_TOKEN = re.compile(r"[0-9]+(?:[.:/-][0-9]+)*|[ap]\.m\b\.?|[a-z]+(?:'[a-z]+)?")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|@[a-z][a-z0-9.-]*")
_TWO_IN_ONE = (
    re.compile(r"([0-9]{1,2}([-/.])[0-9]{1,2}\2(?:20)?[0-9]{2})(?!\2)[-/]([0-9].*)"),  # "26-11-2026/10.00"
    re.compile(r"([0-9]{1,2}(/)[0-9]{1,2})-([0-9]{1,2}/.*)"),  # "30/11-1/12"
    re.compile(r"([0-9]{1,2}([.:])[0-9]{2})/([0-9]{1,2}[.:][0-9]{2}.*)"),  # "10.00/13.00"
    re.compile(r"(20[0-9]{2}())-([0-9]{1,2}[.:][0-9]{2}.*)"),  # "26 Nov 2026-10.00"
)
_LAST_WORD = re.compile(r"[a-z-]{1,30}$")

_MOST_TOKENS = 3000
"""A text of twenty pages has fewer; the rest of one that has more is noise."""
_GLUED_LEADS = frozenset({"clock", "date_label"})
_UNCLEAN = frozenset("_%&?$+\x01")

_NUMBER_ROLES = frozenset({"number", "teen", "tens", "thousand"})


class Token(NamedTuple):
    """A number with its separators, or a word of the lexicon."""

    begin: int
    end: int
    kind: str
    """``figures``, or the role of the word in the lexicon."""
    value: int
    word: str


_STOP = Token(-1, -1, "stop", 0, "")
_STOPS = (_STOP,) * 8


class Scan:
    """The folded text and its tokens; offsets are those of the text as given."""

    __slots__ = ("folded", "names_month", "text", "tokens")

    def __init__(self, text: str, folded: str, tokens: list[Token]) -> None:
        self.text = text
        self.folded = folded
        # Stops at the end make every look beyond either end of the list find one.
        self.tokens = [*tokens, *_STOPS]
        self.names_month = any(token.kind == "month" for token in tokens)

    def at(self, index: int) -> Token:
        """The token, or one of kind ``stop`` outside the text."""
        try:
            return self.tokens[index]
        except IndexError:
            return _STOP

    def gap(self, index: int) -> str:
        """What stands between this token and the next; ``"\\0"`` where there is none or it is far away."""
        begin, end = self.at(index).end, self.at(index + 1).begin
        return self.folded[begin:end] if begin >= 0 and 0 <= end - begin <= 60 else "\0"

    def word_before(self, begin: int) -> str:
        """The word right before a position, over blanks and dots; empty where other signs stand between."""
        match = _LAST_WORD.search(self.folded[max(0, begin - 16) : begin].rstrip(" .:#\t"))
        return match[0] if match else ""

    def word_after(self, end: int) -> str:
        """The word right after a position, over blanks."""
        match = re.match(r"[a-z0-9]+", self.folded[end : end + 16].lstrip(" "))
        return match[0] if match else ""

    def starts_clean(self, index: int) -> bool:
        """Whether the figures stand for themselves, not at the end of a code, an amount or a decimal."""
        begin = self.tokens[index].begin
        if begin == 0:
            return True
        before = self.folded[begin - 1]
        if before in " \n(:*":
            return True
        if before == "t" and self.folded[max(0, begin - 3) : begin - 1].isdigit():
            return True  # "2026-11-26T10:00"
        if before.isalnum():
            return self.at(index - 1).end == begin and self.at(index - 1).kind in _GLUED_LEADS
        if before in _UNCLEAN:
            return False
        if before == "@":
            return begin < 2 or self.folded[begin - 2] in " \n("
        if before in "/-.,":
            if self.at(index - 1).end == begin - 1 and (before != "," or self.at(index - 1).kind != "figures"):
                return True
            return begin < 2 or not self.folded[begin - 2].isalnum()
        return True

    def ends_clean(self, index: int) -> bool:
        """Whether nothing is glued to the end of the figures, except a word of the grammar."""
        end = self.tokens[index].end
        after = self.folded[end : end + 2]
        if not after or self.at(index + 1).begin == end:
            return True
        if after[0].isalnum() or after[0] in "%_@+\x01":
            return False
        if len(after) == 2 and after[0] in "/,-" and self.at(index + 1).begin != end + 1:
            return not after[1].isalnum()
        return not (len(after) == 2 and after[0] == "," and after[1].isdigit())


def spelled_gap(gap: str) -> str:
    """A gap without layout: blanks joined, emphasis marks gone."""
    if gap in (" ", ""):
        return ""
    return " ".join(gap.replace("*", " ").replace("_", " ").split())


def _fold_char(match: re.Match[str]) -> str:
    return _folded_char(match[0])


@lru_cache(maxsize=4096)
def _folded_char(char: str) -> str:
    """One character for one: dashes, blanks, quotes, figures and letters of any style as their plain forms."""
    category = unicodedata.category(char)
    if category == "Pd" or char == "\u2212":
        return "-"
    if category in ("Zs", "Cf"):
        return " "
    if char in "‘’ʼ`´′":
        return "'"
    if category == "Nd":
        return str(unicodedata.digit(char))
    if category[0] in "LN" or char in "：．／":
        plain = unicodedata.normalize("NFKD", char)[:1].lower()
        if plain.isascii() and (category != "No" or not plain.isdigit()):
            return plain
    return char


def fold(text: str) -> str:
    """Small plain letters, same length: every offset stays true.

    >>> fold("Jum’at – １０.00")
    "jum'at - 10.00"
    """
    folded = text.lower()
    if folded.isascii():
        return folded
    if len(folded) != len(text):
        folded = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return _NON_ASCII.sub(_fold_char, folded)


def _blank(match: re.Match[str]) -> str:
    return "\x01" * len(match[0])


@lru_cache(maxsize=8)
def scan(text: str) -> Scan:
    """The text folded and cut; the last few are kept, as days, hours and lengths are asked of the same text in turn."""
    folded = fold(text)
    if "://" in folded or "www." in folded or "@" in folded:
        folded = _ADDRESS.sub(_blank, folded)
    tokens: list[Token] = []
    has_words = False
    for match in _TOKEN.finditer(folded):
        if len(tokens) >= _MOST_TOKENS:
            break
        word = match[0]
        if word[0] < "a":
            if 9 <= len(word) <= 40:
                tokens.extend(_figures(match.start(), word))
            else:
                tokens.append(Token(*match.span(), "figures", 0, word))
            continue
        entry = LEXICON.get(word)
        if entry is None:
            if "'" in word:
                entry = LEXICON.get(word.removesuffix("'s").removesuffix("'"))
            elif "." in word:
                entry = ("meridiem", 12 if word[0] == "p" else 0)
            if entry is None:
                continue
        if entry[0] in _NUMBER_ROLES:
            has_words = True
        tokens.append(Token(*match.span(), *entry, word))
    return Scan(text, folded, _join_number_words(folded, tokens) if has_words else tokens)


def _figures(begin: int, word: str) -> list[Token]:
    """Long figures as one token, or as two where a date or an hour is glued to another."""
    for pattern in _TWO_IN_ONE:
        match = pattern.fullmatch(word)
        if match:
            first, rest = match[1], match[3]
            second = begin + match.start(3)
            return [
                Token(begin, begin + len(first), "figures", 0, first),
                Token(second, second + len(rest), "figures", 0, rest),
            ]
    return [Token(begin, begin + len(word), "figures", 0, word)]


def _join_number_words(folded: str, tokens: list[Token]) -> list[Token]:
    """Numbers written in several words as one token: "dua puluh tujuh", "dua ribu dua puluh enam", "twenty-one"."""
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else _STOP
        if (
            token.kind not in ("number", "teen", "tens", "thousand", "ordinal")
            or last.kind != "number"
            or folded[last.end : token.begin] not in (" ", "-", "  ")
        ):
            joined.append(token)
            continue
        value = _grown(last.value, token)
        if value is None:
            joined.append(token)
        else:
            kind = "ordinal" if token.kind == "ordinal" else "number"
            joined[-1] = Token(last.begin, token.end, kind, value, folded[last.begin : token.end])
    return joined


def _grown(value: int, token: Token) -> int | None:
    """The number that a further word makes of one so far; None where the word begins a number of its own."""
    unit = value % 10
    if token.kind == "teen":
        return value - unit + 10 + unit if 2 <= unit <= 9 and value % 100 < 10 else None
    if token.kind == "tens":
        return value - unit + unit * 10 if 2 <= unit <= 9 and value % 100 < 10 else None
    if token.kind == "thousand":
        return value * 1000 if 1 <= value <= 9 else None
    if value >= 1000 and value % 1000 == 0:
        return value + token.value
    if value % 10 == 0 and 20 <= value % 100 <= 90 and 1 <= token.value <= 9:
        return value + token.value
    return None
