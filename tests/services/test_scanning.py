"""Scanning an archive: what is found is what reading every mail in full finds, and what was answered is told."""

from __future__ import annotations

import base64
import binascii
import importlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from pamit.domain.needles import Needles
from pamit.domain.terms import Purpose
from pamit.formats.mbox import split_mbox
from pamit.reading.candidacy import speaks_of_candidacy
from pamit.services.scan_ports import Place, RawMail, Tally
from pamit.services.scanning import Scan, addresses_told, scan
from pamit.services.screening import Screen

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ME = "rani@surat.example"
HRD = "Sari Wulandari <sari@lentera.example>"
INVITING = """Yth. Saudari Rani,

Terima kasih atas lamaran Anda untuk posisi Staf Gudang di PT Lentera Niaga. Kami mengundang Anda untuk wawancara pada:

Hari, tanggal: Jumat, 27 November 2026
Pukul: 09.00 WIB
Tempat: Jalan Melati 12, Surabaya

Mohon konfirmasi kehadiran Anda.

Sari Wulandari
HRD PT Lentera Niaga
"""
ACCEPTING = "Yth. Ibu Sari,\n\nTerima kasih atas undangannya. Saya bersedia hadir pada wawancara tersebut.\n\nRani"


def mail(
    number: int, text: str, sender: str = HRD, to: str = ME, subject: str = "Undangan wawancara", days: float = 1, **more: str
) -> bytes:
    """A mail that came or went so many days ago."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = NOW - timedelta(days=days)
    message["Message-ID"] = f"<{number}@surat.example>"
    for name, value in more.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


@dataclass
class Memory:
    """An archive in memory: a mail for each part."""

    mails_: list[bytes]
    troubles: list[tuple[str, str]] = field(default_factory=list)
    size: int = 0

    def sample(self) -> bytes:
        return b"\n".join(self.mails_)

    def chunks(self, done: Collection[str]) -> Iterator[Any]:
        @dataclass
        class Part:
            key: str
            size: int = 0

        return (Part(str(number)) for number in range(len(self.mails_)) if str(number) not in done)

    def mails(self, chunk: Any) -> Iterator[RawMail]:
        data = self.mails_[int(chunk.key)]
        yield RawMail(Place("box", int(chunk.key), len(data)), data)

    def fetch(self, places: Collection[Place]) -> Iterator[tuple[Place, bytes]]:
        return ((place, self.mails_[place.offset]) for place in places)


@dataclass
class Kept:
    """A journal in memory."""

    tallies: dict[str, Tally] = field(default_factory=dict)

    def load(self) -> Mapping[str, Tally]:
        return dict(self.tallies)

    def put(self, key: str, tally: Tally) -> None:
        self.tallies[key] = tally

    def drop(self) -> None:
        self.tallies.clear()


class Plain:
    """Part by part; ``stops`` after so many."""

    def __init__(self, stops: int | None = None) -> None:
        self.stops = stops

    def run(
        self, archive: Any, done: Collection[str], work: Callable[[Iterable[RawMail]], Tally]
    ) -> Iterator[tuple[str, Tally]]:
        for number, chunk in enumerate(archive.chunks(done)):
            if number == self.stops:
                raise KeyboardInterrupt
            yield chunk.key, work(archive.mails(chunk))


def scanned(*mails: bytes, own: tuple[str, ...] = (ME,), thorough: bool = False) -> Scan:
    return scan(Memory(list(mails)), Plain(), Kept(), own, NOW, thorough=thorough)


def test_scan_invitation_without_answer_is_owed() -> None:
    """What came, from whom, for what, when; and that it waits."""
    (one,) = scanned(mail(1, INVITING)).owed
    assert (one.number, one.mail.company, one.mail.position, one.age, one.mail.sender) == (
        1, "PT Lentera Niaga", "Staf Gudang", "ahead", HRD,
    )  # fmt: skip
    assert one.mail.start == datetime(2026, 11, 27, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("answer", "how"),
    [
        (mail(2, ACCEPTING, ME, HRD, "Terima kasih", 0.5, In_Reply_To="<1@surat.example>"), "reply"),
        (mail(2, ACCEPTING, ME, HRD, "Kehadiran", 0.5, References="<0@x.example> <1@surat.example>"), "reply"),
        (mail(2, ACCEPTING, f"Rani <{ME.upper()}>", HRD, "Bls: Undangan wawancara", 0.5), "thread"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_scan_answer_is_found_wherever_it_lies(answer: bytes, how: str, turned: bool) -> None:
    """An answer names the mail, or goes to its sender under its subject; in the archive it may stand before it."""
    mails = [mail(1, INVITING), answer]
    (one,) = scanned(*(reversed(mails) if turned else mails)).interviews
    assert one.answer is not None
    assert (one.answer.how, one.answer.purpose, one.age) == (how, Purpose.CONFIRM, None)
    assert one.answer.at == NOW - timedelta(days=0.5)


@pytest.mark.parametrize(
    "other",
    [
        mail(2, ACCEPTING, ME, "hrd@lain.example", "Re: Undangan wawancara", 0.5),
        mail(2, ACCEPTING, ME, HRD, "Re: Undangan wawancara", 3),
        mail(2, ACCEPTING, ME, HRD, "Lamaran lain", 0.5),
        mail(2, "Terima kasih.", "orang@lain.example", HRD, "Kabar", 0.5, In_Reply_To="<1@surat.example>"),
    ],
)
def test_scan_other_mail_is_no_answer(other: bytes) -> None:
    """To somebody else, from before, of something else, or by somebody else."""
    assert len(scanned(mail(1, INVITING), other).owed) == 1


def test_scan_calendar_answer_counts() -> None:
    """What a calendar program answers names the meeting, not the mail."""
    event = "BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:{method}\nBEGIN:VEVENT\nUID:u1@lentera.example\nDTSTAMP:20261120T010000Z\n" \
        "DTSTART:20261127T020000Z\nSUMMARY:Wawancara Staf Gudang\nORGANIZER:mailto:sari@lentera.example\n" \
        "ATTENDEE;PARTSTAT={partstat}:mailto:rani@surat.example\nEND:VEVENT\nEND:VCALENDAR\n"  # fmt: skip

    def with_event(number: int, sender: str, to: str, method: str, partstat: str, days: float) -> bytes:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, to, f"{method}: Wawancara"
        message["Date"], message["Message-ID"] = NOW - timedelta(days=days), f"<c{number}@x.example>"
        message.set_content("Undangan wawancara terlampir.")
        message.add_alternative(event.format(method=method, partstat=partstat), subtype="calendar", params={"method": method})
        return message.as_bytes()

    (one,) = scanned(
        with_event(1, HRD, ME, "REQUEST", "NEEDS-ACTION", 2), with_event(2, ME, HRD, "REPLY", "DECLINED", 1)
    ).interviews
    assert one.answer is not None
    assert (one.answer.how, one.answer.purpose) == ("calendar", Purpose.DECLINE)


def test_scan_copies_count_once() -> None:
    """The same mail under two labels; another mail that bears its id is another mail."""
    twice = mail(1, INVITING)
    other = mail(1, INVITING, "Budi <budi@kertas.example>")
    assert len(scanned(twice, twice, other).interviews) == 2


@pytest.mark.parametrize("label", ["Spam", "Inbox,Trash", '"Kotak Masuk",Sampah', "Chats", "=?UTF-8?Q?Draf,Belum_dibaca?="])
def test_scan_labels_that_are_passed_over(label: str) -> None:
    """Spam, what was thrown away, chats and drafts, in any language of theirs."""
    found = scanned(mail(1, INVITING, X_Gmail_Labels=label))
    assert (found.skipped, found.interviews) == (1, ())


@pytest.mark.parametrize("label", ["Sent", "Terkirim,Dibuka", "=?UTF-8?Q?Opened,Envoy=C3=A9s?="])
def test_scan_label_of_sent_mails_tells_whose_they_are(label: str) -> None:
    """A mail that lies among the sent ones is the person's, whatever its address."""
    answer = mail(2, ACCEPTING, "lama@surat.example", HRD, "Re: x", 0.5, In_Reply_To="<1@surat.example>", X_Gmail_Labels=label)
    assert scanned(mail(1, INVITING), answer, own=()).owed == ()


def test_scan_expunged_mail_is_passed_over() -> None:
    """Thunderbird leaves what was thrown away in the file until it is compacted."""
    assert scanned(mail(1, INVITING, X_Mozilla_Status="0009")).skipped == 1


def test_scan_meeting_request_without_a_word_of_work_stands_apart() -> None:
    """A meeting of colleagues is no debt."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ani@kantor.example", ME, "Rapat anggaran"
    message["Date"] = NOW
    message.set_content("Rapat anggaran")
    message.add_alternative(
        "BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:r1\nDTSTAMP:20261120T010000Z\nDTSTART:20261127T020000Z\n"
        "SUMMARY:Rapat anggaran\nEND:VEVENT\nEND:VCALENDAR\n",
        subtype="calendar", params={"method": "REQUEST"},
    )  # fmt: skip
    found = scanned(message.as_bytes())
    assert (len(found.interviews), len(found.meetings), found.owed) == (0, 1, ())


@pytest.mark.parametrize(
    ("days", "start", "age"),
    [(1, False, "week"), (20, False, "month"), (200, False, "year"), (900, False, "older"), (1, True, "ahead")],
)
def test_scan_age_of_what_is_owed(days: int, start: bool, age: str) -> None:
    """By when it came, unless its interview is still ahead."""
    came = NOW - timedelta(days=days)
    text = INVITING if start else INVITING.replace("Jumat, 27 November 2026", f"{came.day}/{came.month}/{came.year}")
    (one,) = scanned(mail(1, text, days=days)).owed
    assert one.age == age


def test_scan_cut_off_goes_on_to_the_same_result() -> None:
    """Whatever part it was stopped at."""
    mails = [mail(number, INVITING, days=number) for number in range(1, 6)]
    mails.append(mail(9, ACCEPTING, ME, HRD, "x", 0.5, In_Reply_To="<3@surat.example>"))
    whole = scanned(*mails)
    for stop in range(6):
        kept = Kept()
        with pytest.raises(KeyboardInterrupt):
            scan(Memory(mails), Plain(stop), kept, (ME,), NOW)
        assert len(kept.tallies) == stop
        assert scan(Memory(mails), Plain(), kept, (ME,), NOW) == whole
        assert kept.tallies == {}


def test_addresses_told_by_most_deliveries() -> None:
    """Whose mailbox it is; mailing lists that deliver now and then are not it."""
    sample = b"Delivered-To: Rani@surat.example\n" * 5 + b"Delivered-To: list@milis.example\n"
    assert addresses_told(sample) == ("rani@surat.example",)


# -- nothing is lost ---------------------------------------------------------------------------------------------------

FORMS = ("plain", "base64", "quoted-printable", "html", "utf-16", "latin")


def formed(text: str, subject: str, form: str) -> bytes:
    """A mail with these words in one of the ways in which mails carry them."""
    head = f"From: {HRD}\nTo: {ME}\nDate: Mon, 23 Nov 2026 09:00:00 +0700\nMessage-ID: <f@x.example>\n".encode()
    head += b"Subject: =?utf-8?b?" + base64.b64encode(subject.encode()) + b"?=\n"
    kind, encoding, body = "text/plain; charset=utf-8", "8bit", text.encode()
    if form == "base64":
        encoding, body = "base64", base64.encodebytes(body)
    elif form == "quoted-printable":
        encoding, body = "quoted-printable", binascii.b2a_qp(body)
    elif form == "html":
        lines = "".join(f"<p>{line.replace('&', '&amp;').replace('<', '&lt;')}</p>\n" for line in text.split("\n"))
        kind, body = "text/html; charset=utf-8", f"<html><body>{lines}</body></html>".encode()
    elif form == "utf-16":
        kind, encoding, body = "text/plain; charset=utf-16", "base64", base64.encodebytes(text.encode("utf-16"))
    elif form == "latin":
        kind, body = "text/plain; charset=iso-8859-1", text.encode("latin-1", "replace")
    return head + f"Content-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n".encode() + body


def both(mails: Iterable[bytes]) -> tuple[Tally, Tally]:
    raw = [RawMail(Place("box", number, 0), data) for number, data in enumerate(mails)]
    own = frozenset({ME})
    return Screen(own)(raw), Screen(own, thorough=True)(raw)


@pytest.mark.parametrize("form", FORMS)
def test_screen_finds_what_reading_every_mail_in_full_finds(form: str) -> None:
    """Every labelled message, in every way of carrying it."""
    rows = [
        json.loads(line) for line in (Path(__file__).parents[1] / "data" / "invitations.jsonl").read_text("utf-8").splitlines()
    ]
    quick, thorough = both(formed(row["text"], row.get("subject") or "", form) for row in rows if row.get("text"))
    assert replace(quick, read=0) == replace(thorough, read=0)
    assert len(quick.found) > len(rows) / 4
    assert quick.read < thorough.read or form == "utf-16"  # letters of which it cannot be told what they are


def test_screen_finds_the_same_in_the_shared_mails(shared: Path) -> None:
    """All mails of the corpora, and all shared messages as mails."""
    mails = [
        path.read_bytes()
        for folder in ("eml-invite", "eml-other", "malformed")
        for path in sorted((shared / "corpora" / folder).iterdir())
    ]
    rows = [json.loads(line) for line in (shared / "data" / "invitations.jsonl").read_text("utf-8").splitlines()]
    mails += [
        formed(row["text"], row.get("subject") or "", FORMS[number % len(FORMS)])
        for number, row in enumerate(rows)
        if row.get("text")
    ]
    quick, thorough = both(mails)
    assert replace(quick, read=0) == replace(thorough, read=0)


def test_scan_without_the_automaton_is_the_same(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package that it comes with hastens the scan and changes nothing, neither in mails nor in where they end."""
    folders = ("eml-invite", "eml-other", "malformed")
    mails = [path.read_bytes() for folder in folders for path in sorted((shared / "corpora" / folder).iterdir())]
    rows = (Path(__file__).parents[1] / "data" / "invitations.jsonl").read_text("utf-8").splitlines()
    for number, row in enumerate(map(json.loads, rows)):
        if row.get("text"):
            mails.append(formed(row["text"], row.get("subject") or "", FORMS[number % len(FORMS)]))
    box = b"".join(b"From x@y.example Thu Apr 16 09:53:04 +0000 2015\n" + data + b"\n\n" for data in mails)

    def looked() -> Tally:
        spans = split_mbox(BytesIO(box).read)
        return Screen(frozenset({ME}))(RawMail(Place("box", span.begin, span.length), span.data) for span in spans)

    quick = looked()
    for name in ("reading.candidacy", "formats.mbox", "formats.email.glance", "formats.email.glance_html"):
        module = importlib.import_module(f"pamit.{name}")
        for key, value in list(vars(module).items()):
            if isinstance(value, Needles):
                monkeypatch.setattr(module, key, Needles(value.words, quick=False))
            elif isinstance(value, list) and value and isinstance(value[0], Needles):
                monkeypatch.setattr(module, key, [Needles(one.words, quick=False) for one in value])
    assert looked() == quick
    assert quick.found
    assert quick.looked > 0.9 * len(mails)


def test_speaks_of_candidacy_in_every_labelled_mail_that_invites() -> None:
    """The words looked for cover the invitations that come by mail."""
    rows = [
        json.loads(line) for line in (Path(__file__).parents[1] / "data" / "invitations.jsonl").read_text("utf-8").splitlines()
    ]
    wanted = [row for row in rows if row["kind"] == "invitation" and row.get("channel") == "email" and row.get("text")]
    assert wanted
    assert [row["id"] for row in wanted if not speaks_of_candidacy(row["text"], row.get("subject"))] == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\x00" * 1000,
        b"x" * 100_000,
        b"Subject: " + b"=?utf-8?q?wawancara?= " * 5000 + b"\n\nx",
        b"From: " + b"(" * 5000 + b"\n\nwawancara",
    ],
)
def test_screen_hostile_mail_stops_nothing(data: bytes) -> None:
    """What is broken is counted; what comes after it is found."""
    found = scanned(data, mail(1, INVITING))
    assert len(found.interviews) == 1
