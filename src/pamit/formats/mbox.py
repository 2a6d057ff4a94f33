"""Mailboxes in one file (mbox): where each mail begins and ends, told without loading the file.

A mail begins with a "From " line: at the start of the file or below a blank line, with a sender and a date, and with a header
field on the line below it (or none at all). "From now on we meet at ten." in a letter is no such line, though the standard
library splits there. Where a header states Content-Length, it is believed only if the mail ends exactly there (RFC 4155 says
nothing of it, and many writers leave a stale one). Lines that a writer marked (">From ") are given back as they were, in the
manner of mboxrd.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from pamit.domain.needles import Needles

__all__ = [
    "LARGEST_MAIL",
    "MailSpan",
    "first_border",
    "last_border",
    "looks_like_mbox",
    "split_mbox",
    "states_lengths",
    "unquoted",
]

LARGEST_MAIL: Final = 25 * 1024 * 1024
"""Bytes of one mail that are kept; of a larger one the beginning (protocols.md §5)."""

# Larger blocks are given back to the system and taken anew for each read, which costs more than reading.
_BLOCK: Final = 512 * 1024
_LONGEST_LINE: Final = 1_024
# The line below may be longer; enough of it is seen to tell a header field.
_AHEAD: Final = 2 * _LONGEST_LINE
_SEPARATOR = re.compile(
    rb"From (?:\S{0,320}[ \t]+)?"
    rb"(?:[A-Z][a-z]{2},?[ \t]+)?(?:[A-Z][a-z]{2}[ \t]+\d{1,2}|\d{1,2}[ \t]+[A-Z][a-z]{2})[ \t,]+"
    rb"(?:\d{4}[ \t]+\d{1,2}:\d\d(?::\d\d)?[^\r\n]{0,60}|\d{1,2}:\d\d(?::\d\d)?[ \t]+(?:[A-Z]{1,5}[ \t]+|[+-]\d{4}[ \t]+){0,2}"
    rb"\d{4}(?:[ \t][^\r\n]{0,120})?)\r?\n"
    rb"(?:>From [^\r\n]{0,900}\r?\n)?(?:[!-9;-~]{1,76}[ \t]?:|\r?\n)"
)
_LENGTH = re.compile(rb"\ncontent-length:[ \t]*(\d{1,12})[ \t]*\r?\n", re.IGNORECASE)
_LENGTH_PART: Final = b"ength:"
_LENGTH_NAMES: Final = (b"\nContent-Length:", b"\nContent-length:")
_BLANKS: Final[tuple[bytes, bytes]] = (b"\n\r\n", b"\n\n")
_HEADER_SEEN: Final = 64 * 1024
_LINE_END: Final = 0x0A
_MARK: Final = 0x3E
_FROM: Final = Needles([b"From "])
_QUOTED_FROM = re.compile(rb"^>+From ", re.MULTILINE)


class MailSpan(NamedTuple):
    """One mail of an mbox.

    Attributes:
        begin: where its "From " line begins, in bytes of what was read.
        length: its bytes, that line included.
        data: the mail without that line and as its sender wrote it; of one above :data:`LARGEST_MAIL` the beginning.
    """

    begin: int
    length: int
    data: bytes


def looks_like_mbox(head: bytes) -> bool:
    """Whether a file that begins so is an mbox; blank lines before the first mail are passed over.

    >>> looks_like_mbox(b"From a@b.example Thu Apr 16 09:53:04 +0000 2015\\nSubject: x\\n")
    True
    """
    return _SEPARATOR.match(head.lstrip(b"\r\n")) is not None


def states_lengths(head: bytes) -> bool:
    """Whether mails of a file that begins so state how long they are."""
    return any(name in head for name in _LENGTH_NAMES)


def _is_border(data: bytes, at: int) -> bool:
    """Whether the "From " at this place, which follows a line end, begins a mail."""
    before = data[max(0, at - 3) : at]
    return (before.endswith((b"\n\n", b"\n\r\n")) or at == 0) and _SEPARATOR.match(data, at) is not None


def first_border(data: bytes, begin: int = 0) -> int:
    """The first place from ``begin`` on where a mail begins; -1 where none is seen."""
    at = data.find(b"\nFrom ", max(0, begin - 1))
    while at >= 0:
        if _is_border(data, at + 1):
            return at + 1
        at = data.find(b"\nFrom ", at + 1)
    return -1


def last_border(data: bytes) -> int:
    """The last place in the data where a mail begins; -1 where none is seen."""
    at = data.rfind(b"\nFrom ")
    while at >= 0:
        if _is_border(data, at + 1):
            return at + 1
        at = data.rfind(b"\nFrom ", 0, at + 5)
    return -1


def split_mbox(read: Callable[[int], bytes], largest: int = LARGEST_MAIL) -> Iterator[MailSpan]:
    """The mails of an mbox, one after another.

    What stands before the first mail is passed over. Memory is bounded by the largest mail and one block, also where a file
    holds no line end at all.

    Args:
        read: gives the next bytes, at most so many; b"" at the end.
        largest: bytes of one mail that are kept.
    """
    window = _Window(read)
    there = window.to_first()
    while there:
        span, there = window.mail(largest)
        yield span


class _Window:
    """A stretch of what is read; it moves forward only when more is read, so that mails are not copied about."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._data = b""
        self._offset = 0
        self._at = 0
        self._ended = False
        self._is_marked = False
        # Where "From " stands that was not looked at yet, as places in all that is read.
        self._places: deque[int] = deque()

    def to_first(self) -> bool:
        """Go to the first mail; whether there is one."""
        self._more()
        blank = len(self._data) - len(self._data.lstrip(b"\r\n"))
        if _SEPARATOR.match(self._data, blank):
            self._at = blank
            return True
        while (found := first_border(self._data)) < 0:
            if self._ended:
                return False
            self._at = max(0, len(self._data) - _AHEAD)
            self._more()
        self._at = found
        return True

    def mail(self, largest: int) -> tuple[MailSpan, bool]:
        """The mail here, and whether another follows, to which it goes."""
        start = self._offset + self._at
        end = self._stated_end(largest)
        head = b""
        while end < 0:
            end = self._border(start)
            if end >= 0:
                break
            if self._ended:
                end = len(self._data)
                break
            if len(self._data) - self._at > largest + _BLOCK:  # the rest of it is passed over
                head = head or self._data[self._at : self._at + largest]
                self._at = len(self._data) - _AHEAD - len(b"\n\r\n")
            self._more()
        data = head[head.find(b"\n") + 1 :] if head else self._own_words(min(end, self._at + largest))
        self._at = end
        if self._is_marked:
            self._is_marked = False
            data = unquoted(data)
        span = MailSpan(start, self._offset + end - start, data)
        if end == len(self._data) and not self._ended:
            self._more()
        return span, self._at < len(self._data)

    def _border(self, start: int) -> int:
        """Where in the data the next mail begins; -1 where none is seen. On the way it notes whether a line is marked."""
        data, places, offset = self._data, self._places, self._offset
        seen = offset + len(data) - (0 if self._ended else _AHEAD)
        while places and places[0] < seen:
            place = places.popleft()
            if place <= start:
                continue
            at = place - offset
            before = data[at - 1]
            if before == _LINE_END and _is_border(data, at):
                return at
            if before == _MARK:
                self._is_marked = True
        return -1

    def _own_words(self, end: int) -> bytes:
        """The mail here without its "From " line and the blank line behind it."""
        data = self._data
        for blank in (b"\n\r\n", b"\n\n"):
            if data.endswith(blank, self._at, end):
                end -= len(blank) - 1
                break
        return data[data.find(b"\n", self._at, end) + 1 : end]

    def _stated_end(self, largest: int) -> int:
        """Where the mail here ends by its own Content-Length, if that proves right; else -1."""
        stop = self._stated(largest)
        self._is_marked = stop >= 0  # its lines are passed by without a look
        if stop < 0:
            return -1
        while not self._ended and len(self._data) - self._at < stop + _AHEAD:
            self._more()
        stop += self._at
        if stop > len(self._data):
            return -1
        while self._data[stop : stop + 1] in (b"\n", b"\r"):
            stop += 1
        if stop == len(self._data) and self._ended:
            return stop
        return stop if _is_border(self._data, stop) else -1

    def _stated(self, largest: int) -> int:
        """How far from its beginning the mail's body ends by what its header says; -1 where it says nothing."""
        if not self._ended and len(self._data) - self._at < _HEADER_SEEN:
            self._more()
        begin, stop = self._at, self._at + _HEADER_SEEN
        # Line ends are alike in nearly every mail; a search for the other kind would go through all that is seen.
        line = self._data.find(b"\n", begin)
        usual, other = _BLANKS if self._data[line - 1 : line] == b"\r" else _BLANKS[::-1]
        end = _behind(self._data, usual, begin, stop)
        stop = stop if end < 0 else end
        if self._data.find(_LENGTH_PART, begin, stop) < 0:
            return -1
        earlier = _behind(self._data, other, begin, stop)
        end = end if earlier < 0 else earlier
        if end < 0:
            return -1
        found = max(self._data.rfind(name, self._at, end) for name in _LENGTH_NAMES)
        stated = _LENGTH.match(self._data, found, end) if found >= 0 else None
        if stated is None or int(stated[1]) > largest:
            return -1
        return end - self._at + int(stated[1])

    def _more(self) -> None:
        block = self._read(_BLOCK)
        while block and len(block) < _AHEAD and (more := self._read(_BLOCK)):  # a stream may give less than was asked for
            block += more
        if block:
            searched = max(self._at, len(self._data) - len(b"From"))
            self._data = self._data[self._at :] + block
            searched -= self._at
            self._offset += self._at
            self._at = 0
            while self._places and self._places[0] < self._offset:
                self._places.popleft()
            self._places.extend(self._offset + place for place in _FROM.places(self._data, searched))
        else:
            self._ended = True


def _behind(data: bytes, word: bytes, begin: int, stop: int) -> int:
    """Where the first such word ends; -1 where there is none."""
    found = data.find(word, begin, stop)
    return found if found < 0 else found + len(word)


def unquoted(mail: bytes) -> bytes:
    """The mail with one mark taken from each line that a writer of mboxrd marked.

    Among lines that are quoted themselves a single ">From " is left: there it is how the sender quotes.
    """
    if b">From " not in mail:
        return mail
    parts: list[bytes] = []
    at = 0
    for found in _QUOTED_FROM.finditer(mail):
        begin, end = found.span()
        if end - begin == len(b">From ") and _among_quotes(mail, begin):
            continue
        parts.append(mail[at:begin])
        at = begin + 1
    parts.append(mail[at:])
    return b"".join(parts)


def _among_quotes(mail: bytes, begin: int) -> bool:
    """Whether the line above or the one below is quoted too, and is no marked line itself."""
    above = mail.rfind(b"\n", 0, max(0, begin - 1)) + 1
    below = mail.find(b"\n", begin) + 1
    return any(
        mail.startswith(b">", line) and _QUOTED_FROM.match(mail[line : line + 200]) is None
        for line in (above, below)
        if line and line != begin
    )
