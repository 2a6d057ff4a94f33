"""Which interview of the process it is: a stated ordinal, or the second where the HR interview is said to be passed.

"Final" states no ordinal; a stage of a selection that counts tests too is none either.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pamit.reading.letter import Letter
from pamit.reading.text import Page

__all__ = ["Round", "find_round"]


class Round(NamedTuple):
    """The ordinal with its place in the text."""

    value: int
    span: tuple[int, int] | None
    confidence: float


_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "pertama": 1,
    "kedua": 2,
    "ketiga": 3,
    "keempat": 4,
    "kelima": 5,
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "one": 1,
    "two": 2,
    "three": 3,
}
_INTERVIEW = r"(?:interview|wawancara|interviu)"
_TALKS = frozenset("interview wawancara interviu".split())
_STAGES = frozenset("tahap ronde putaran round stage".split())
_PATTERNS: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = tuple(
    (words, re.compile(pattern, re.I))
    for words, pattern in (
        (
            frozenset("first second third fourth fifth 1st 2nd 3rd 4th".split()),
            rf"(?P<n>\w+)(?:[- ]round)?(?: \w+){{0,2}}? {_INTERVIEW}\b|(?!first|"
            rf"1st)(?P<m>\w+)[- ](?:round|conversation|meeting|chat|call)\b",
        ),
        (
            _TALKS,
            rf"{_INTERVIEW}(?: \w+)? (?:tahap|ronde|putaran|round|stage)[ -](?:ke-?[ ]?)?(?P<n>pertama|"
            rf"kedua|ketiga|satu|dua|tiga|one|two|three|i{{1,3}}|iv|[1-5])\b",
        ),
        (_TALKS, rf"{_INTERVIEW}(?: \w+)? (?:yang )?ke-?[ ]?(?P<n>[1-5]|dua|tiga|empat|ii|iii)\b"),
        (_TALKS, rf"{_INTERVIEW}(?: \w+)? (?:yang )?(?P<n>pertama|kedua|ketiga|keempat)\b"),
        (
            _TALKS,
            rf"{_INTERVIEW} (?P<n>[1-5]|(?-i:I{{1,3}}|IV))\b(?!\s*(?:[.:/)-]|menit|jam|orang|hari|"
            rf"lokasi|tempat|of|x\b|januari|februari|maret|april|mei|juni|juli|agustus|september"
            r"|oktober|november|desember|jan\b|feb\b|mar\b|apr\b|jun\b|jul\b|agu\b|sep\b|okt\b|nov\b|des\b))",
        ),
        (
            _STAGES,
            rf"(?:tahap|ronde|putaran|round|stage)[ -]?(?:ke-?)?(?P<n>i{{1,3}}|iv|[1-5]|pertama|kedua|"
            rf"ketiga|satu|dua|tiga) {_INTERVIEW}\b",
        ),
        (
            frozenset(("round",)),
            rf"round (?P<n>[1-5]|one|two|three)\b(?= (?:of )?(?:the )?{_INTERVIEW}| with|,| will\b| is\b| would\b)",
        ),
    )
)
_PAST = re.compile(
    r"\b(?:hasil|menindaklanjuti|menunjuk|setelah|following|after|enjoyed|thank you for|"
    r"terima kasih atas|your|the|pada|kemarin|lalu|sudah|telah|dari|lolos|"
    r"lulus)\W+(?:\w+\W+){0,2}$",
    re.I,
)
_PAST_AFTER = re.compile(r"\W*(?:\w+\W+){0,4}(?:kemarin|lancar|yang lalu|sudah selesai|went|pada tanggal|lalu)\b", re.I)


# A row of its own: "Round : 2nd (Functional)", "Interview stage: II"; of a bare stage the row must speak of an interview.
_ROW = re.compile(
    rf"\W{{0,8}}(?:(?:{_INTERVIEW}[ ])?(?:round|ronde|putaran)(?:[ ](?:of[ ])?{_INTERVIEW})?|(?:{_INTERVIEW}[ ])(?:stage|tahap)"
    rf"|(?:stage|tahap)[ ](?:of[ ])?{_INTERVIEW}|(?:stage|tahap)(?=[^\n]{{0,60}}\b{_INTERVIEW}\b))(?:[ ](?:no|number))?"
    r"[ \t]{0,20}[:=][ \t]{0,20}(?:ke-? ?|round |tahap |the )?(?P<n>\w{1,8})\b",
    re.I,
)
_LABEL_NEAR = 24
_ROW_WORDS = frozenset("round ronde putaran stage tahap".split())


def _in_row(page: Page) -> Round | None:
    for word in page.places(_ROW_WORDS):
        line = page.line_at(word.begin)
        if line is None or word.begin - line.begin > _LABEL_NEAR:
            continue
        match = _ROW.match(page.clean, line.begin, line.end)
        written = match.group("n").lower() if match else ""
        value = _ORDINALS.get(written) or (int(written) if written in ("1", "2", "3", "4", "5") else None)
        if match and value:
            return Round(value, (line.begin, match.end()), 0.95)
    return None


def find_round(letter: Letter) -> Round | None:
    """The ordinal of the interview invited to."""
    texts: list[tuple[Page, bool]] = [(letter.page, True)]
    if letter.subject is not None:
        texts.append((letter.subject, False))
    past: list[int] = []
    for page, own in texts:
        for words, pattern in _PATTERNS:
            for word in page.places(words):
                match = pattern.match(page.bare, word.begin)
                written = (match.groupdict().get("m") or match.group("n")).lower() if match else ""
                value = _ORDINALS.get(written) or (int(written) if written.isdigit() else None)
                if match is None or value is None:
                    continue
                before = page.bare[max(0, match.start() - 40) : match.start()]
                sentence = page.sentence(*match.span())
                # A first interview named besides a later one, or said to be over, is the one before.
                if value == 1 and (_PAST.search(before) or _PAST_AFTER.match(page.bare, match.end())):
                    past.append(value)
                    continue
                if page.within("later_interview", *sentence) or page.within("received_light", *sentence):
                    continue
                if (
                    _PAST.search(before)
                    and value > 0
                    and re.search(r"\b(?:hasil|setelah|following|after|menindaklanjuti|menunjuk)\b", before, re.I)
                ):
                    past.append(value)
                    continue
                return Round(value, match.span() if own else None, 0.95)
    row = _in_row(letter.page)
    if row:
        return row
    if past:
        return Round(max(past) + 1, None, 0.8)
    page = letter.page
    for hit in page.spans("passed_hr"):
        return Round(2, (hit.begin, hit.end), 0.75)
    return None
