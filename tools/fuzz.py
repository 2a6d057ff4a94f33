"""Feeds Pamit's doors with what nobody would write, and keeps what breaks them.

    python tools/fuzz.py TARGET SECONDS [FOLDER]
    python tools/fuzz.py all 30

Guided by the lines that an input reaches where atheris is installed (`pip install -r requirements/fuzz.in`), else by mutation
alone. A finding is any exception but PamitError, a promise that does not hold (a span outside its text), or an input that takes
the processor longer than 3 seconds; each is kept once, by the place where it broke, in FOLDER (build/fuzz), and the run goes on.
Seeds are the project's own examples and labelled rows, and the corpora beside the repository where they are.
"""

from __future__ import annotations

import json
import random
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"
TOO_LONG = 3.0
"""Seconds of the processor's time for one input of at most :data:`LONGEST` bytes."""
LONGEST = 20_000
NOW = datetime(2026, 11, 24, 9, tzinfo=timezone(timedelta(hours=7)))


# -- what is fed ------------------------------------------------------------------------------------------------------


def feed_mail(data: bytes) -> None:
    """A mail as stored: taken apart, read, searched, and answered."""
    from pamit.errors import PamitError
    from pamit.formats.email import parse_email
    from pamit.formats.email.report import read_delivery_report
    from pamit.services.intake import read_source
    from pamit.services.source_text import words_of_source

    mail = parse_email(data)
    assert all(isinstance(value, str) for _, value in mail.fields)
    assert mail.date is None or mail.date.utcoffset() is not None
    read_delivery_report(data)
    words_of_source(data, "x.eml")
    try:
        _check_spans(read_source(data, name="x.eml", now=NOW))
    except PamitError:
        return


def feed_calendar(data: bytes) -> None:
    """A calendar object: read, joined with its words, answered in every way."""
    from pamit.formats.icalendar import parse_calendars
    from pamit.services.intake import read_source

    for calendar in parse_calendars(data):
        for event in calendar.events:
            for moment in (event.start, event.end, event.recurrence_id, event.dtstamp):
                if moment is not None and moment.moment is not None:
                    assert moment.moment.utcoffset() is not None
    _check_spans(read_source(data, name="x.ics", now=NOW))


def feed_text(data: bytes) -> None:
    """The words of an invitation."""
    from pamit.reading import read_text

    text = data.decode("utf-8", "replace")
    subject, _, rest = text.partition("\x1f")
    _check_spans(read_text(rest or text, subject=subject if rest else None, received=NOW))


def feed_html(data: bytes) -> None:
    """A page, turned into words and read."""
    from pamit.formats.html import html_to_text
    from pamit.services.intake import read_source

    text = data.decode("utf-8", "replace")
    assert "\x00" not in html_to_text(text)
    read_source(b"<html>" + data, name="x.html", now=NOW)


def feed_dates(data: bytes) -> None:
    """Days, clock times and lengths within words."""
    from pamit.domain.calendar.grammar import find_dates, find_durations, find_times

    text = data.decode("utf-8", "replace")
    for mention in (*find_dates(text, NOW), *find_times(text), *find_durations(text)):
        assert 0 <= mention.begin < mention.end <= len(text)


def feed_checker(data: bytes) -> None:
    """A draft before it is sent; the first byte chooses channel, purpose and language."""
    from pamit.domain.message import CheckContext, Draft
    from pamit.domain.terms import Channel, Language, Purpose
    from pamit.etiquette import check_draft

    lot, text = (data[0] if data else 0), data[1:].decode("utf-8", "replace")
    purposes = (None, *Purpose)
    context = CheckContext("PT Tunas Uji", "Staf Gudang", NOW + timedelta(days=2), "Ibu Ratna", "Sari Wulandari", NOW)
    draft = Draft(
        list(Channel)[lot % len(Channel)], text, (None, Language.ID, Language.EN)[lot % 3], purposes[lot % len(purposes)], text[:90]
    )
    report = check_draft(draft, context)
    for finding in report.findings:
        if finding.begin is not None and finding.end is not None:
            assert 0 <= finding.begin <= finding.end <= max(len(draft.text), len(draft.subject or ""))


def feed_phrasebook(data: bytes) -> None:
    """A message written about a case whose facts may be anything."""
    from pamit.domain.interview import Candidate, Case, Contact, Interview
    from pamit.domain.terms import Channel, Language, Purpose, Reason, Register
    from pamit.services.checking import check_message, context_of
    from pamit.services.writing import write_message

    lot = random.Random(data[:8])
    words = [part.decode("utf-8", "replace") for part in data[8:].split(b"\x1f")]
    word = lambda: lot.choice([None, *words])  # noqa: E731
    start = NOW + timedelta(hours=lot.randint(-400, 4_000))
    interview = Interview(
        company=word(), position=word(), location=word(), start=lot.choice([None, start]), contact=Contact(name=word()),
    )  # fmt: skip
    case, candidate = Case(interview), Candidate(lot.choice(words))
    draft = write_message(
        case, lot.choice(list(Purpose)), candidate=candidate, now=NOW, language=lot.choice(list(Language)),
        channel=lot.choice(list(Channel)), reason=lot.choice([None, *Reason]), register=lot.choice(list(Register)),
        variant=lot.randint(0, 9), alternatives=tuple(NOW + timedelta(days=day) for day in range(lot.randint(0, 3))), note=word(),
    )  # fmt: skip
    check_message(draft, context_of(case, candidate, NOW))


def feed_rows(data: bytes) -> None:
    """A line of `pamit batch`, whose records are those of the programs' door; the first byte chooses the verb."""
    from pamit.domain.terms import Language
    from pamit.surfaces.batch import process_line

    verb = ("read", "plan", "write", "check")[data[0] % 4 if data else 0]
    # A row may name a file; none of this machine's is to be read.
    record, _ = process_line(data[1:].replace(b"path", b"pat_"), 1, verb, Language.EN)  # type: ignore[arg-type]
    assert b"internal-error" not in record, record.decode()


def _check_spans(invitation: object) -> None:
    text = invitation.text  # type: ignore[attr-defined]
    spans = [fact.span for fact in invitation.facts.values()]  # type: ignore[attr-defined]
    spans += [span for doubt in invitation.doubts for span in doubt.spans]  # type: ignore[attr-defined]
    spans += [one.span for one in (*invitation.warnings, *invitation.options)]  # type: ignore[attr-defined]
    for span in spans:
        assert span is None or 0 <= span[0] < span[1] <= len(text), (span, len(text))


# -- seeds ------------------------------------------------------------------------------------------------------------


def _files(*patterns: str) -> Iterator[bytes]:
    for pattern in patterns:
        for folder in (ROOT / "examples", CORPORA):
            if folder.is_dir():
                yield from (path.read_bytes()[:LONGEST] for path in sorted(folder.rglob(pattern)))


def _rows(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (ROOT / "tests" / "data" / name).read_text("utf-8").splitlines()]


def _texts(name: str) -> list[bytes]:
    return [str(row["text"]).encode() for row in _rows(name) if row.get("text")]


@dataclass(frozen=True)
class Target:
    """A door, what it is fed with at first, and the words of its language."""

    feed: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]
    words: tuple[bytes, ...] = ()


_INVITING = tuple(
    part.encode()
    for part in (
        "Kamis, 26 November 2026", "pukul 09.00 WIB", "besok", "lusa", "Senin depan", "31/12/2026", "29 Februari", "00.00", "24.00",
        "s/d", "selesai", "1-3 Desember", "Thursday", "at 9 am", "PT Uji Coba", "posisi", "Jl. Melati No. 5", "https://x.example/a",
        "hr@uji.example", "+62 812-0000-1234", "\n", "\r\n", ": ", " - ", "> ", "|", "\t", "\u00a0", "\u202e", "\u0000", "İ", "ﬁ",
        "paling lambat", "dalam 24 jam", "Yth. Bapak", "Dear Ms.", "atau", "setengah 9", "9999", "0", "\ud83d".encode("utf-8", "replace").decode(),
    )
)  # fmt: skip
_MAILING = (
    b"From: ", b"To: ", b"Subject: ", b"Date: ", b"References: ", b"Content-Type: ", b"multipart/mixed; boundary=b", b"text/html",
    b"text/calendar; method=REQUEST", b"message/rfc822", b"multipart/report", b"message/delivery-status", b"\r\n", b"\n\n", b"--b",
    b"--b--", b"=?utf-8?q?=41?=", b"=?x?b?", b"?=", b"<a@b.example>", b'"', b";", b"charset=utf-16", b"charset=utf-7", b"name*0*=",
    b"(", b")", b"\x00", b"\xff", b"=E2=80", b"BEGIN:VCALENDAR", b"Content-Transfer-Encoding: base64", b"uuencode", b"format=flowed",
)  # fmt: skip
_CALENDARING = (
    b"BEGIN:VCALENDAR\r\n", b"END:VCALENDAR\r\n", b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"BEGIN:VTIMEZONE\r\n", b"TZID:X\r\n",
    b"END:VTIMEZONE\r\n", b"BEGIN:STANDARD\r\n", b"END:STANDARD\r\n", b"BEGIN:VALARM\r\n", b"DTSTART:20261126T090000\r\n",
    b"DTSTART;TZID=X:", b"RRULE:FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=31\r\n", b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n",
    b"TZOFFSETTO:+9959\r\n", b"TZOFFSETFROM:-0000\r\n", b"RDATE:", b"EXDATE:", b"DURATION:-P1W\r\n", b"DURATION:P99999999999D\r\n",
    b"RECURRENCE-ID:", b"SEQUENCE:-1\r\n", b"METHOD:COUNTER\r\n", b"ORGANIZER;CN=", b"ATTENDEE;PARTSTAT=", b"mailto:", b"\r\n ",
    b"\n\t", b"^n", b"\\n", b"UID:", b"00010101T000000", b"99991231T235959Z", b"20260230T250000", b";", b":", b'"', b"=",
)  # fmt: skip
_MARKING = (b"<table>", b"<tr><td>", b"</", b"<!--", b"-->", b"<style>", b"<svg>", b"<a href=", b"&#0;", b"&#x110000;", b"<br>", b"<p>", b"<li>")

TARGETS: dict[str, Target] = {
    "mail": Target(feed_mail, lambda: list(_files("*.eml")), _MAILING),
    "calendar": Target(feed_calendar, lambda: list(_files("*.ics")), _CALENDARING),
    "text": Target(feed_text, lambda: _texts("invitations.jsonl"), _INVITING),
    "html": Target(feed_html, lambda: [b"<html><body><p>Wawancara besok</p></body></html>", *_files("*.html")], _MARKING + _INVITING),
    "dates": Target(feed_dates, lambda: _texts("invitations.jsonl"), _INVITING),
    "checker": Target(feed_checker, lambda: [bytes([i % 256]) + text for i, text in enumerate(_texts("messages.jsonl"))], _INVITING),
    "phrasebook": Target(feed_phrasebook, lambda: [b"12345678PT Uji\x1fStaf\x1fSari Wulandari", b"8765432\0\x1f{x}\x1f\n"], _INVITING),
    "rows": Target(
        feed_rows,
        lambda: [
            bytes([verb]) + json.dumps(row).encode()
            for verb, name in enumerate(("invitations", "plans", "plans", "messages"))
            for row in _rows(f"{name}.jsonl")
        ],
        (b'"text"', b'"now"', b'"2026-11-24T09:00:00+07:00"', b'"0001-01-01T00:00:00+14:00"', b'"9999-12-31T23:59:59-12:00"', b"null", b"{",
         b"[", b"1e999", b'"lang"', b'"interview"', b'"events"', b'"purpose"', b'"\\ud800"', b"-1", b'"start"', b'"timezone"'),
    ),
}  # fmt: skip


# -- runs -------------------------------------------------------------------------------------------------------------


@dataclass
class Run:
    """What came of feeding one target."""

    target: str
    folder: Path | None = None
    fed: int = 0
    found: dict[str, tuple[bytes, str]] = field(default_factory=dict)

    def feed(self, data: bytes) -> None:
        """Feed one input; what it breaks is kept."""
        from pamit.errors import PamitError

        self.fed += 1
        begun = time.process_time()
        try:
            TARGETS[self.target].feed(data)
        except PamitError:
            pass
        except Exception as error:  # the very thing that is looked for
            last = traceback.extract_tb(error.__traceback__)[-1]
            self._keep(f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}", data, traceback.format_exc())
        spent = time.process_time() - begun
        if spent > TOO_LONG:
            self._keep("slow", data, f"{spent:.1f} s for {len(data)} bytes")

    def _keep(self, place: str, data: bytes, told: str) -> None:
        if place in self.found and len(self.found[place][0]) <= len(data):
            return
        self.found[place] = (data, told)
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            stem = self.folder / f"{self.target}-{sha256(place.encode()).hexdigest()[:10]}"
            stem.with_suffix(".bin").write_bytes(data)
            stem.with_suffix(".txt").write_text(f"{place}\n{told}", "utf-8")


@cache
def seeds_of(target: str) -> Sequence[bytes]:
    """What a target is fed with at first."""
    return TARGETS[target].seeds() or [b""]


def mutated(lot: random.Random, seeds: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    """A seed, cut, joined with another, and strewn with words of the target's language."""
    data = bytearray(lot.choice(seeds))
    for _ in range(lot.choice((1, 2, 4, 8, 32))):
        at = lot.randint(0, len(data))
        until = min(len(data), at + lot.choice((0, 1, 2, 8, 40, 400)))
        match lot.randint(0, 5):
            case 0:
                data[at:until] = lot.choice(words) if words else b""
            case 1:
                data[at:at] = (lot.choice(words) if words else b"\xff") * lot.choice((1, 1, 2, 50))
            case 2:
                other = lot.choice(seeds)
                begin = lot.randint(0, len(other))
                data[at:until] = other[begin : begin + lot.choice((5, 50, 500))]
            case 3:
                data[at:until] = data[at:until] * lot.choice((0, 2, 3, 20))
            case 4:
                data[at:until] = bytes(lot.randrange(256) for _ in range(lot.randint(0, 4)))
            case 5:
                lines = bytes(data).split(b"\n")
                lot.shuffle(lines)
                data = bytearray(b"\n".join(lines))
    return bytes(data[:LONGEST])


def feed_mutations(target: str, *, rounds: int | None = None, seconds: float | None = None, seed: int, folder: Path | None = None) -> Run:
    """Feed mutations, so many or so long."""
    lot, run, until = random.Random(seed), Run(target, folder), time.monotonic() + (seconds or 0)
    seeds, words = seeds_of(target), TARGETS[target].words
    while (rounds is not None and run.fed < rounds) or (seconds is not None and time.monotonic() < until):
        run.feed(mutated(lot, seeds, words))
    return run


def feed_guided(target: str, seconds: int, folder: Path) -> Run:
    """Feed what leads into new lines of Pamit's code."""
    import atheris  # type: ignore[import-not-found]

    run = Run(target, folder)
    with atheris.instrument_imports(include=["pamit"]), suppress(Exception):
        TARGETS[target].feed(seeds_of(target)[0])  # imports everything that the target needs
    corpus = folder / f"corpus-{target}"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds_of(target)):
        (corpus / f"seed-{number}").write_bytes(data)
    words = folder / f"{target}.dict"
    words.write_text("".join('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n' for word in TARGETS[target].words if word))

    count = folder / f"{target}.count"

    def feed(data: bytes) -> None:
        run.feed(data)
        if run.fed % 100 == 0:  # the engine ends the process without another word
            count.write_text(f"{run.fed} inputs, {len(run.found)} findings\n")

    atheris.Setup(
        [sys.argv[0], f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-dict={words}", "-rss_limit_mb=2048", "-verbosity=0",
         "-timeout=60", str(corpus)],
        feed,
    )  # fmt: skip
    atheris.Fuzz()
    return run


def tell(run: Run) -> None:
    """Print what a run found."""
    print(f"{run.target}: {run.fed} inputs, {len(run.found)} findings", flush=True)
    for place, (data, told) in run.found.items():
        print(f"  {place} ({len(data)} bytes): {told.strip().splitlines()[-1]}", flush=True)


def main(arguments: Sequence[str]) -> int:
    """Run one target or all of them, one after another."""
    target, seconds = arguments[0], int(arguments[1])
    folder = Path(arguments[2]) if len(arguments) > 2 else ROOT / "build" / "fuzz"
    try:
        import atheris  # noqa: F401

        guided = target != "all"
    except ImportError:
        guided = False
    if guided:
        feed_guided(target, seconds, folder)  # ends the process
        return 0
    broken = 0
    for one in TARGETS if target == "all" else (target,):
        run = feed_mutations(one, seconds=seconds, seed=int(datetime.now(UTC).timestamp()), folder=folder)
        tell(run)
        broken += len(run.found)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
