"""The letters that HTML shows, seen without building its tree; where markup could hide a word, that is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pamit.domain.needles import Needles

__all__ = ["UnclearError", "shown_letters"]

_SHOWN = re.compile(rb">([^<]+)")
_STYLE = re.compile(rb"<style\b[^<>]*>[^<]*</style[^<>]*>")
_COMMENT_END = re.compile(rb"--!?>")
# A bracket that begins no tag; elements whose text is shown as it is written; what a reader of the page does not see.
_UNUSUAL = re.compile(
    rb"<(?:[^/!?a-z]|!(?:--|\[cdata\[)|a(?:pplet|udio)|canvas|datalist|frame|head|iframe|listing|ma(?:p|th)|no(?:embed|frames|script)"
    rb"|object|plaintext|s(?:cript|elect|tyle|vg)|t(?:emplate|extarea|itle)|video|xmp)"
)
_REFUSED = re.compile(rb"<(?:[^/!?a-z]|!\[|listing|math|noscript|plaintext|svg|textarea|xmp)")
# By what an element may be hidden: words that are found quickly, and what must follow them; as html_to_text knows it.
_HIDING: Final = [Needles([word]) for word in (b"hidden", b"display", b"-size", b"max-height", b"mso-hide")]
_HIDES = re.compile(rb"hidden|display\s?:\s?none|-size\s?:\s?0|max-height\s?:\s?0|mso-hide")
# Tags at which a line ends, and ends of what is not shown: no word goes on across them.
_BREAK = re.compile(
    rb"</?(?:p|div|br|table|tr|li|ul|ol|h[1-6]|hr|blockquote|center|section)\b|</(?:title|script|select|object|video|audio)\b"
)
# An ASCII letter written by number, and what vanishes from between letters.
_ENTITY = re.compile(rb"&(?:#0*(?:6[5-9]|[7-9]\d|1[01]\d|12[0-2])(?!\d)|#x0*(?:4|5|6|7)[0-9a-f](?![0-9a-f])|fjlig)")
_VANISHING = re.compile(
    rb"(?:&(?:shy|zwj|zwnj|nobreak|(?:zerowidth|negative)[a-z]*+"
    rb"|#0*(?:173|847|820[3-5]|8288|65279)|#x0*(?:ad|34f|200[b-d]|2060|feff));?"
    rb"|\xc2\xad|\xcd\x8f|\xe2\x80[\x8b-\x8d]|\xe2\x81\xa0|\xef\xbb\xbf|\xad(?<=[\x00-\x7f]\xad))[a-z]"
)
_QUOTED_MARK = re.compile(rb"[\"'][^\"'<>]{0,2000}>")
_LONGEST_HIDING: Final = len(b"max-height : 0")
# What is above any of these is read in full, so that no mail takes longer than its bytes.
_LONGEST_TAG: Final = 3_000
_MOST_TAGS_BETWEEN: Final = 50
_MOST_PLACES: Final = 20_000
_CONTROLS: Final = bytes((*range(9), 11, *range(14, 32), 127))


class UnclearError(Exception):
    """The mail must be read in full."""


def shown_letters(html: bytes) -> bytes:
    """The letters of HTML, all small, without its tags; what stood on both sides of one stands together.

    Raises:
        UnclearError: where it might not show a word as a whole that a reader of the page sees.
    """
    unusual = [(found[0], found.start()) for found in _UNUSUAL.finditer(html)]
    styles = [begin for mark, begin in unusual if mark == b"<style"]
    for mark, begin in unusual:
        if _REFUSED.match(mark):
            raise UnclearError
        if mark not in (b"<style", b"<!--"):
            _refuse_word_before(html, begin)
    if any(mark == b"<!--" for mark, _ in unusual):
        for begin in _comments(html):
            _refuse_word_before(html, begin)
    if styles:
        html = _without_styles(html, styles)
    for words in _HIDING:
        _refuse_word_before_hidden(html, words.places(html))
    shown = html[: html.find(b"<")] + b"".join(_SHOWN.findall(html)) if b"<" in html else html
    if b">" in shown and _QUOTED_MARK.search(shown):
        raise UnclearError
    if (b"&" in shown or not shown.isascii()) and (_ENTITY.search(shown) or _VANISHING.search(shown)):
        raise UnclearError
    if len(shown.translate(None, _CONTROLS)) != len(shown):
        raise UnclearError
    return shown


def _without_styles(html: bytes, begins: list[int]) -> bytes:
    """HTML without the style sheets that begin there; what only looks like one, in a comment or within a tag, stays."""
    kept: list[bytes] = []
    at = 0
    for begin in begins:
        found = _STYLE.match(html, begin) if begin >= at else None
        if (
            found is not None
            and b"--" not in found[0]
            and html.rfind(b"<", at, begin) <= html.rfind(b">", at, begin)
            and not _QUOTED_MARK.search(found[0])
        ):
            kept.append(html[at:begin])
            at = found.end()
        elif begin >= at:
            _refuse_word_before(html, begin)
    return b"".join([*kept, html[at:]]) if kept else html


def _comments(html: bytes) -> Iterator[int]:
    """Where comments begin; one that is never closed is none."""
    begin = html.find(b"<!--")
    while begin >= 0:
        if html.startswith((b">", b"->"), begin + 4):
            begin = html.find(b"<!--", begin + 4)
            continue
        end = _COMMENT_END.search(html, begin + 4)
        if end is None:
            return
        yield begin
        begin = html.find(b"<!--", end.end())


def _refuse_word_before_hidden(html: bytes, places: list[int]) -> None:
    if len(places) > _MOST_PLACES:
        raise UnclearError
    # Hundreds of sizes are a few different ones, nearly always none of which hides anything.
    if not any(map(_HIDES.match, {html[place : place + _LONGEST_HIDING] for place in places})):
        return
    for place in places:
        if not _HIDES.match(html, place):
            continue
        since = max(0, place - _LONGEST_TAG)
        tag, text = html.rfind(b"<", since, place), html.rfind(b">", since, place)
        if tag > text:
            _refuse_word_before(html, tag)
        elif text < 0 < since:
            raise UnclearError


def _refuse_word_before(html: bytes, begin: int) -> None:
    """A word that ends where something begins that is not shown may go on behind it.

    What stands in there is taken for shown all the same: a comment is a way to speak to one mail program ("[if mso]").
    """
    before = begin - 1
    for _ in range(_MOST_TAGS_BETWEEN):
        if before < 0 or html[before] != 0x3E:
            break
        tag = html.rfind(b"<", max(0, before - _LONGEST_TAG), before)
        if tag < 0:
            break
        if _BREAK.match(html, tag):
            return
        before = tag - 1
    if before >= 0 and (html[before] == 0x3E or 0x61 <= html[before] <= 0x7A):
        raise UnclearError
