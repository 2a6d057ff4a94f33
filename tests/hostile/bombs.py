"""Messages made to exhaust whoever reads them: the hostile set of protocols.md §5, generated.

Each is the bytes of a file and the name it comes under. Counts are those of the threat table.
"""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Callable, Iterator
from functools import partial

__all__ = ["BOMBS", "Bomb"]

Bomb = tuple[str, Callable[[], bytes]]


_WORDS = b"Besok pukul 09.00\n"


def _mail(*fields: bytes, body: bytes = _WORDS) -> bytes:
    head = (b"From: a@b.example", b"Subject: Undangan wawancara", b"Date: Mon, 23 Nov 2026 10:00:00 +0700")
    return b"\n".join((*head, *fields)) + b"\n\n" + body


def _nested(depth: int) -> bytes:
    parts = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(depth))
    return b"From: a@b.example\nSubject: Undangan wawancara\nMIME-Version: 1.0\n" + b"".join(parts)


def _parts(count: int) -> bytes:
    return _mail(b"Content-Type: multipart/mixed; boundary=b", body=b"--b\n\nx\n" * count)


def _calendar(inside: bytes, before: bytes = b"") -> bytes:
    return (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\n" + before + b"BEGIN:VEVENT\r\nUID:a@b.example\r\n"
        b"DTSTAMP:20261123T020000Z\r\n" + inside + b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    )


_START = b"DTSTART:20261126T020000Z\r\nSUMMARY:Wawancara\r\n"


def _rule(rule: bytes) -> Callable[[], bytes]:
    return lambda: _calendar(_START + b"RRULE:" + rule + b"\r\n")


def _zone(rules: int, freq: bytes) -> bytes:
    one = b"BEGIN:STANDARD\r\nDTSTART:16010101T0%d0000\r\nRRULE:FREQ=" + freq + b"\r\nTZOFFSETFROM:+0700\r\n"
    one += b"TZOFFSETTO:+0800\r\nEND:STANDARD\r\n"
    return b"BEGIN:VTIMEZONE\r\nTZID:X\r\n" + b"".join(one % (number % 10) for number in range(rules)) + b"END:VTIMEZONE\r\n"


def _zip(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members:
            file.writestr(name, data)
    return out.getvalue()


def _layers(depth: int, wide: int) -> bytes:
    """Archives within archives, each holding many of the one below, as 42.zip does."""
    data = _zip(("mail.mbox", b"\0" * 20_000_000))
    for _ in range(depth):
        data = _zip(*((f"{number}.zip", data) for number in range(wide)))
    return data


def _lying() -> bytes:
    """A directory that says of every member that it is small."""
    data = bytearray(_zip(("mail.mbox", b"\0" * 50_000_000)))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def _overlapping() -> bytes:
    """One block of data that five hundred names point at."""
    data = _zip(("a.mbox", b"\0" * 10_000_000))
    at, end = data.find(b"PK\x01\x02"), data.find(b"PK\x05\x06")
    entry = data[at:end]
    count = 500
    tail = bytearray(data[end:])
    tail[8:10] = tail[10:12] = count.to_bytes(2, "little")
    tail[12:16] = (len(entry) * count).to_bytes(4, "little")
    return data[:at] + entry * count + bytes(tail)


def _days() -> Iterator[tuple[int, int, int]]:
    return itertools.product(range(26, 100), range(1, 13), range(1, 29))


_PIECES = (
    " ", ">", "Re: ", "a", "0", '"', "(", "\n", "- ", "PT A ", "[09.41, 9/2/2027] A: ", "09.00 ", "Kamis, 26 November 2026 ",
)  # fmt: skip


def _repeated(piece: str) -> bytes:
    return (piece * (100_000 // len(piece))).encode()


BOMBS: dict[str, Bomb] = {
    # T3
    "nesting 500": ("x.eml", lambda: _nested(500)),
    "nesting 5 000": ("x.eml", lambda: _nested(5_000)),
    "message in message, 2 000 deep": (
        "x.eml",
        lambda: _mail(b"MIME-Version: 1.0")[: -len(_WORDS) - 1] + b"Content-Type: message/rfc822\n\n" * 2_000,
    ),
    "10^5 parts": ("x.eml", lambda: _parts(10**5)),
    "10^6 parts": ("x.eml", lambda: _parts(10**6)),
    # T4
    "10^5 headers": ("x.eml", lambda: _mail(*(b"X-%d: y" % number for number in range(10**5)))),
    "50 000 encoded words": ("x.eml", lambda: _mail(b"X-A: " + b"=?utf-8?q?a?= " * 50_000)),
    "50 000 encoded words in pieces": ("x.eml", lambda: _mail(*(b"X-A: " + b"=?utf-8?q?a?= " * 199 for _ in range(251)))),
    "20 000 addresses": ("x.eml", lambda: _mail(b"To: " + b"a@b.example, " * 20_000)),
    "2 000 open brackets": ("x.eml", lambda: _mail(b"To: " + b"(" * 2_000)),
    "20 000 quotes": ("x.eml", lambda: _mail(b"To: " + b'"' * 20_000)),
    "10^5 references": ("x.eml", lambda: _mail(b"References: " + b"<a@b> " * 10**5)),
    "a name in 5 001 pieces": (
        "x.eml",
        lambda: _mail(b"Content-Type: text/plain; " + b"; ".join(b"name*%d=x" % number for number in range(5_001))),
    ),
    # T5
    "a line of 50 MB": ("x.eml", lambda: _mail(body=b"x" * 50_000_000)),
    "a line of 24 MB": ("x.eml", lambda: _mail(body=b"x" * 24_000_000)),
    "a text of 50 MB": ("x.txt", lambda: b"wawancara " * 5_000_000),
    "a subject of 5 MB": ("x.eml", lambda: _mail(b"Subject: " + b"x" * 5_000_000)),
    "5 MB of NUL": ("x.eml", lambda: _mail(body=b"\0" * 5_000_000)),
    "5 MB of lone CR": ("x.eml", lambda: _mail(body=b"\r" * 5_000_000)),
    "4 000 000 soft line ends": ("x.eml", lambda: _mail(b"Content-Type: text/plain; format=flowed", body=b"a \n" * 4_000_000)),
    "HTML 400 000 deep": ("x.eml", lambda: _mail(b"Content-Type: text/html", body=b"<div>" * 400_000)),
    "HTML of 8 MB tables": ("x.eml", lambda: _mail(b"Content-Type: text/html", body=b"<table><tr><td>a" * 500_000)),
    # T6
    "an archive in archives": ("x.zip", lambda: _layers(3, 6)),
    "an archive that lies of its size": ("x.zip", _lying),
    "an archive whose members overlap": ("x.zip", _overlapping),
    "a member that would lie elsewhere": ("x.zip", lambda: _zip(("../../etc/x.mbox", b"From a\n\nx"), ("/abs.mbox", b"x"))),
    # T7
    "10^5 events": ("x.ics", lambda: _calendar(b"END:VEVENT\r\nBEGIN:VEVENT\r\n" * 10**5)),
    "3 000 components deep": ("x.ics", lambda: b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 3_000),
    "20 daily rules of a zone from 1601": (
        "x.ics",
        lambda: _calendar(b"DTSTART;TZID=X:20261126T090000\r\nSUMMARY:Wawancara\r\n", _zone(20, b"DAILY")),
    ),
    "a zone that changes every second": (
        "x.ics",
        lambda: _calendar(b"DTSTART;TZID=X:20261126T090000\r\nSUMMARY:Wawancara\r\n", _zone(20, b"SECONDLY")),
    ),
    "500 000 folds": ("x.ics", lambda: _calendar(_START + b"DESCRIPTION:a" + b"\r\n b" * 500_000 + b"\r\n")),
    "50 000 attendees": ("x.ics", lambda: _calendar(_START + b"ATTENDEE:mailto:a@b.example\r\n" * 50_000)),
    # T8
    "every minute of 31 February": ("x.ics", _rule(b"FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=31")),
    "every second": ("x.ics", _rule(b"FREQ=SECONDLY")),
    "10^9 times": ("x.ics", _rule(b"FREQ=DAILY;COUNT=1000000000")),
    "all parts crossed": (
        "x.ics",
        _rule(
            b"FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=%b;BYMINUTE=%b;BYSECOND=%b"
            % tuple(b",".join(b"%d" % number for number in range(most)) for most in (24, 60, 60))
        ),
    ),
    "every date excluded": (
        "x.ics",
        lambda: _calendar(
            _START + b"RRULE:FREQ=DAILY\r\n" + b"".join(b"EXDATE:20%02d%02d%02dT020000Z\r\n" % day for day in _days())
        ),
    ),
    "Easter": ("x.ics", _rule(b"FREQ=YEARLY;BYEASTER=0")),
    # T19
    **{f"10^5 characters of {piece!r}": ("x.txt", partial(_repeated, piece)) for piece in _PIECES},
}
