"""A message as the reader sees it: words, lines, labels, links and addresses, computed once.

Every string kept here has the length of the message, so that every offset points into the message itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from pamit.reading.lexicon import Lexicon, load_words, split_words
from pamit.reading.wrapping import unfold

__all__ = ["Hit", "Line", "Page", "lazy", "read_page"]


T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801  (used as a decorator, like property)
    """A value computed at the first look and kept: ``functools.cached_property`` without its lock, as pages are not shared."""

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self.compute = compute
        self.name = compute.__name__
        self.__doc__ = compute.__doc__

    def __get__(self, owner: object, kind: type | None = None) -> T:
        value = owner.__dict__[self.name] = self.compute(owner)
        return value


class Hit(NamedTuple):
    """A phrase of the word lists found in the text."""

    begin: int
    end: int


# Hits are made by the dozen for every text; this is their making without a call in Python.
_new_hit: Callable[[type[Hit], tuple[int, int]], Hit] = tuple.__new__


class Line(NamedTuple):
    """One line, without the blanks around it.

    Attributes:
        label: the field that its label names ("date", "place" …), "" for a label of another kind, None for none.
        value: where the value of the label begins; the line's begin where there is no label.
        number: its place among all lines, blank ones counted, so that a gap shows.
    """

    begin: int
    end: int
    label: str | None
    value: int
    number: int
    label_end: int


# Marks of emphasis and unusual blanks, dashes and quotes, one character for one.
_CLEAN = {ord(mark): " " for mark in "*\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\r\u200b\u200e\u200f\ufeff\u2060`"}
_CLEAN |= {ord("\u2010"): "-", ord("\u2011"): "-", ord("\u2018"): "'", ord("\u2019"): "'", ord("\u02bc"): "'"}
_CLEAN |= {ord("\u201c"): '"', ord("\u201d"): '"', ord("\u2028"): "\n", ord("\u2029"): "\n", ord("\u0085"): "\n"}

_UNDERSCORE = re.compile(r"(?<![\w/])_+(?=\w)|(?<=[\w.,!?])_+(?![\w/])")
_URL = re.compile(r"https?://[^\s<>\"'|]+|\bwww\.[^\s<>\"'|]+", re.I)
_BARE_URL = re.compile(
    r"(?<![\w@./:-])(?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.){1,4}"
    r"(?:com|net|org|id|io|me|us|co|app|link|gle|ly|page|site|work|sg|my|uk|eu|de|nl|au|example|test)/[^\s<>\"'|]*",
    re.I,
)
_DOTTED_PATH = re.compile(r"\.[A-Za-z]{2,7}/")
_MAIL = re.compile(r"(?<![a-z0-9])[a-z0-9][a-z0-9._%+-]{0,63}+@[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){1,5}", re.I)
_URL_TAIL = ".,;:!?)]}>"
_LEADING = re.compile(r"[ \t]*(?:[^\w\s(\"'+@]+[ \t]*)*(?:(?:\d{1,2}|[a-z])[.)][ \t]+)?(?:[^\w\s(\"'+@]+[ \t]*)*", re.I)
_CELLS = re.compile(r"[ \t]*(?:\||\t|[ \t]{2,}|\.{4,}|\u2026{2,})[ \t]*")
# The last line of a letter's address block: "di Tempat".
_AT_PLACE = re.compile(r"di\b[ \t]*[-\u2013:]?[ \t]*(?:tempat)?\W*$|tempat\W*$", re.I)
_LABEL_SPLIT = re.compile(r"[\s/,.&()-]+")
_FEW = 8
_STOP = re.compile(r"[.!?](?=[\s\"')\]])|;|\n")
_ABBREVIATIONS = frozenset(
    """
    jl jln no pkl pk tgl bpk bp ibu bu sdr sdri dr drs dra ir h hj mr mrs ms st kav lt lnt gd kec kab kel ds dsn km telp tel
    hp pt cv ud tbk ext prof sd dll dst rp a p i u n m s d yth jend ltd inc co jan feb mar apr jun jul aug agu ags agt sep
    sept oct okt nov nop dec des mon tue wed thu fri sat sun sen sel rab kam jum sab min attn max maks approx no vs std capt
    pdt sr rs up drh moh muh mhd gg kp perum komp blok fa apt re sub gub univ perumda
    """.split()
)
_FIELD_ORDER = (
    "deadline", "old", "new", "link", "mode", "interviewer", "contact", "meet", "company", "position", "address", "place",
    "date", "time", "phone", "email", "duration", "name", "subject", "note",
)  # fmt: skip


def _label_tables() -> tuple[dict[str, int], frozenset[str]]:
    fields: dict[str, int] = {}
    words = load_words("labels")
    for rank, name in enumerate(_FIELD_ORDER):
        for line in words[name]:
            for word in line.split():
                fields[word] = min(rank, fields.get(word, rank))
    fillers = frozenset(word for line in words["filler"] for word in line.split())
    return fields, fillers


_LABEL_FIELDS, _LABEL_FILLERS = _label_tables()
_LEXICON = Lexicon(
    {tag: phrases for name in ("kinds", "roles", "safety", "people") for tag, phrases in load_words(name).items()}
)


def _label_field(written: str) -> str | None:
    """The field that a label names; None where it is no label of ours."""
    words = [word for word in _LABEL_SPLIT.split(written.lower()) if word]
    if not words or len(words) > 6:
        return None
    best = len(_FIELD_ORDER)
    for word in words:
        rank = _LABEL_FIELDS.get(word)
        if rank is None:
            if word not in _LABEL_FILLERS:
                return None
        elif rank < best:
            best = rank
    return _FIELD_ORDER[best] if best < len(_FIELD_ORDER) else None


@dataclass(frozen=True, eq=False)
class Page:
    """A text taken apart. All offsets are characters of ``text``.

    Attributes:
        clean: the text with marks of emphasis blanked out.
        bare: the same, links and addresses blanked out too.
        prose: ``bare`` in lower case.
        urls: links, http or bare, as (begin, end).
        mails: mail addresses, as (begin, end).
        hits: phrases of the word lists by tag.
    """

    text: str
    clean: str
    bare: str
    prose: str
    urls: tuple[Hit, ...]
    mails: tuple[Hit, ...]
    lines: tuple[Line, ...]
    hits: dict[str, list[Hit]] = field(default_factory=dict)
    tokens: tuple[list[str], list[int], list[int]] = field(default_factory=lambda: ([], [], []))

    @lazy
    def vocabulary(self) -> frozenset[str]:
        """The words of the text, lower case."""
        return frozenset(self.tokens[0])

    @lazy
    def _index(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for number, word in enumerate(self.tokens[0]):
            if word in index:
                index[word].append(number)
            else:
                index[word] = [number]
        return index

    def places(self, words: frozenset[str]) -> list[Hit]:
        """Where any of the words stand, in order."""
        present = self.vocabulary & words
        if not present:
            return []
        _, begins, ends = self.tokens
        return [
            _new_hit(Hit, (begins[number], ends[number])) for number in sorted(n for word in present for n in self._index[word])
        ]

    def numbers(self, words: frozenset[str]) -> list[int]:
        """The numbers, among all words, of those that are one of these."""
        return sorted(number for word in self.vocabulary & words for number in self._index[word])

    def mentions(self, words: frozenset[str]) -> bool:
        """Whether any of the words stands in the text."""
        return not self.vocabulary.isdisjoint(words)

    def has(self, *tags: str) -> bool:
        """Whether any phrase of these tags stands in the text."""
        return any(tag in self.hits for tag in tags)

    def spans(self, tag: str) -> list[Hit]:
        """Where the phrases of a tag stand."""
        return self.hits.get(tag, [])

    def within(self, tag: str, begin: int, end: int) -> Hit | None:
        """The last phrase of a tag that lies within the range, or None."""
        hits = self.hits.get(tag)
        if hits is None:
            return None
        at = len(hits) if len(hits) <= _FEW else bisect_right(hits, end, key=lambda hit: hit.begin)
        while at:
            at -= 1
            hit = hits[at]
            if hit.begin < begin:
                return None
            if hit.end <= end:
                return hit
        return None

    def beginning(self, tag: str, begin: int, end: int) -> list[Hit]:
        """The phrases of a tag that begin within the range, in their order."""
        hits = self.hits.get(tag)
        if hits is None:
            return []
        first = bisect_left(hits, begin, key=lambda hit: hit.begin)
        return hits[first : bisect_left(hits, end, key=lambda hit: hit.begin)]

    def in_link(self, offset: int) -> bool:
        """Whether an offset lies in a link."""
        return _covered(self.urls, offset)

    @lazy
    def stops(self) -> list[int]:
        """Where sentences end: the offsets behind stops and line ends."""
        stops: list[int] = []
        clean = self.clean
        for match in _STOP.finditer(clean):
            at = match.start()
            if clean[at] == ".":
                word = at
                while word and clean[word - 1].isalpha():
                    word -= 1
                if clean[word:at].lower() in _ABBREVIATIONS and clean[match.end() : match.end() + 1] != "\n":
                    continue
            elif clean[at] == "\n" and self._wraps(at):
                continue
            stops.append(match.end())
        return stops

    def _wraps(self, at: int) -> bool:
        """Whether the line end at this offset only wraps a paragraph."""
        clean = self.clean
        begin = clean.rfind("\n", 0, at) + 1
        following = clean[at + 1 : at + 2]
        return at - begin >= 55 and (following.islower() or following.isdigit()) and clean[at - 1] not in ".:;!?"

    def sentence(self, begin: int, end: int) -> tuple[int, int]:
        """The sentence (or line) around a range."""
        stops = self.stops
        before = bisect_right(stops, begin)
        after = bisect_right(stops, max(begin, end - 1))
        return (stops[before - 1] if before else 0), (stops[after] if after < len(stops) else len(self.clean))

    def line_at(self, offset: int) -> Line | None:
        """The line that an offset stands in; None on a blank line."""
        lines = self.lines
        at = bisect_right(lines, offset, key=lambda line: line.begin) - 1
        if at < 0 or offset > lines[at].end:
            return None
        return lines[at]

    def line_index(self, offset: int) -> int:
        """The index among ``lines`` of the last line that begins at or before the offset; -1 for none."""
        return bisect_right(self.lines, offset, key=lambda line: line.begin) - 1

    def words(self, line: Line) -> str:
        """A line's value, as written."""
        return self.clean[line.value : line.end]


def read_page(text: str) -> Page:
    """Take a text apart."""
    clean = unfold(text.translate(_CLEAN))
    if "_" in clean:
        clean = _UNDERSCORE.sub(lambda match: " " * len(match.group()), clean)
    urls, mails = _find_links(clean)
    masked = clean
    if urls or mails:
        parts: list[str] = []
        at = 0
        for begin, end in sorted([*urls, *mails]):
            parts += (clean[at:begin], " " * (end - begin))
            at = end
        parts.append(clean[at:])
        masked = "".join(parts)
    prose = masked.lower()
    if len(prose) != len(masked):
        prose = "".join(mark.lower() if len(mark.lower()) == 1 else mark for mark in masked)
    words, begins, ends = split_words(prose)
    hits = {tag: [Hit(begins[first], ends[last - 1]) for first, last in places] for tag, places in _LEXICON.find(words).items()}
    return Page(text, clean, masked, prose, urls, mails, tuple(_find_lines(clean)), hits, (words, begins, ends))


def _covered(places: Sequence[Hit], offset: int) -> bool:
    """Whether one of these places, in their order, holds an offset; of two that overlap both end alike."""
    before = bisect_right(places, offset, key=lambda place: place.begin)
    return before > 0 and offset < places[before - 1].end


def _find_links(clean: str) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
    mails = tuple(Hit(*match.span()) for match in _MAIL.finditer(clean)) if "@" in clean else ()
    urls: list[Hit] = []
    if "://" in clean or "www." in clean:
        for match in _URL.finditer(clean):
            end = match.end()
            while clean[end - 1] in _URL_TAIL and end > match.start() + 1:
                end -= 1
            urls.append(Hit(match.start(), end))
    written = tuple(urls)
    for match in _BARE_URL.finditer(clean) if "/" in clean and _DOTTED_PATH.search(clean) else ():
        begin, end = match.span()
        if _covered(written, begin) or _covered(mails, begin):
            continue
        while clean[end - 1] in _URL_TAIL:
            end -= 1
        urls.append(Hit(begin, end))
    links = tuple(sorted(urls))
    return links, tuple(mail for mail in mails if not _covered(links, mail.begin))


def _find_lines(clean: str) -> list[Line]:
    lines: list[Line] = []
    at = 0
    for number, raw in enumerate(clean.split("\n")):
        body = raw.strip()
        if body:
            begin = at + len(raw) - len(raw.lstrip())
            end = begin + len(body)
            lines.append(_labelled(clean, begin, end, number))
        at += len(raw) + 1
    return [
        _with_value_below(lines, index) if index and line.label is None and lines[index - 1].label else line
        for index, line in enumerate(lines)
    ]


def _labelled(clean: str, begin: int, end: int, number: int) -> Line:
    start = begin
    if not clean[begin].isalpha() or clean[begin + 1 : begin + 2] in ".)":
        leading = _LEADING.match(clean, begin, min(end, begin + 40))
        start = leading.end() if leading else begin
    head = clean[start : min(end, start + 60)]
    if (
        end - start > 32
        and ":" not in head
        and "=" not in head
        and "  " not in head
        and "|" not in head
        and "\t" not in head
        and "..." not in head
    ):
        return Line(begin, end, None, start, number, start)
    cut = len(head)
    for mark in ":=":
        at = head.find(mark)
        if 0 < at < cut and not (mark == ":" and head[at + 1 : at + 3] == "//"):
            cut = at
    if cut < len(head):
        name = head[:cut].strip(" |\t")
        cells = _CELLS.split(name)
        name = cells[-1] if cells[-1] else name
        found = _label_field(name)
        if found or (len(name) <= 32 and name.count(" ") <= 3 and not any(mark.isdigit() for mark in name[-2:])):
            value = start + cut + 1
            while value < end and clean[value] in " \t|:=":
                value += 1
            return Line(begin, end, found or "", value, number, start + cut)
    cell = _CELLS.search(head)
    if cell and cell.start() > 0:
        first = head[: cell.start()]
        found = _label_field(first)
        value = start + cell.end()
        if not found and first.isdigit():  # a numbered table: |3|Tanggal|Senin …|
            second = _CELLS.search(head, cell.end())
            if second and second.start() > cell.end():
                found = _label_field(head[cell.end() : second.start()])
                value = start + second.end()
        if found and value < end and not (found == "date" and _label_field(clean[value:end].replace("|", " "))):
            return Line(begin, end, found, value, number, value)
    elif cut == len(head) and end - start <= 32 and not _AT_PLACE.match(head):
        found = _label_field(head.strip())
        if found and head[:1].isupper():
            return Line(begin, end, found, end, number, end)
    return Line(begin, end, None, start, number, start)


def _with_value_below(lines: list[Line], index: int) -> Line:
    """A label that ends its line has its value on the next; the pair is told by a value at the line's end."""
    line = lines[index]
    above = lines[index - 1]
    # Only directly below or after one blank line, and only for fields whose values are short.
    if (
        above.label
        and above.value >= above.end
        and line.number - above.number <= 2
        and above.label not in ("note", "name", "subject")
    ):
        return Line(line.begin, line.end, above.label, line.value, line.number, line.begin)
    return line
