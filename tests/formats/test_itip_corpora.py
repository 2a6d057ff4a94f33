"""Real requests, answered: three implementations read each answer, and they agree."""

from __future__ import annotations

import base64
import json
import os
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from pamit.errors import PamitError
from pamit.formats.email import parse_email
from pamit.formats.icalendar import CalendarEvent, CalendarObject, CalendarUser, parse_calendars
from pamit.formats.itip import Partstat, answerability, canonical_address, validate_answer, write_counter, write_reply

from .itip_requests import lines_of, values_of

PEERS = Path(__file__).resolve().parent.parent / "peers"
NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
WORDS = 'Maaf, saya sakit; mungkin "Selasa"?\nATTENDEE:mailto:x@y.example \\n ^n é🙏'


def calendars_of(file: Path) -> Iterator[CalendarObject]:
    data = file.read_bytes()
    try:
        if data.lstrip(b"\xef\xbb\xbf \r\n")[:6].upper() == b"BEGIN:":
            yield from parse_calendars(data)
        else:
            for part in parse_email(data).calendars:
                yield from parse_calendars(part.data)
    except PamitError:
        return


def is_organizer(event: CalendarEvent, user: CalendarUser) -> bool:
    organizer = event.organizer.email if event.organizer else None
    return bool(organizer and user.email and canonical_address(organizer) == canonical_address(user.email))


def usable(calendar: CalendarObject) -> list[tuple[CalendarEvent, CalendarUser]]:
    """Who can answer: a meeting with an organiser, and an attendee who has a mail address and is not the organiser."""
    events = [event for event in calendar.events if event.component == "VEVENT"]
    if calendar.method != "REQUEST" or not events or events[0].organizer is None:
        return []
    return [(events[0], user) for user in events[0].attendees if user.email and not is_organizer(events[0], user)]


@pytest.fixture(scope="module")
def answers(shared: Path) -> list[tuple[CalendarEvent, CalendarUser, CalendarObject, bytes]]:
    """A REPLY and a COUNTER of every usable attendee of every REQUEST, 400 files and mails in all."""
    folder = shared / "corpora"
    if not folder.is_dir():
        pytest.skip("the corpora are not beside this checkout")
    made = []
    for file in sorted(folder.rglob("*")):
        if not file.is_file() or file.suffix == ".tsv" or file.parent.name == "mbox":
            continue
        for calendar in calendars_of(file):
            for event, user in usable(calendar):
                own = [str(user.email)]
                reply = write_reply(calendar, Partstat.DECLINED, own_addresses=own, now=NOW, comment=WORDS)
                start = NOW + timedelta(days=6)
                counter = write_counter(calendar, start, start + timedelta(hours=1), own_addresses=own, now=NOW, comment=WORDS)
                made += [(event, user, calendar, reply), (event, user, calendar, counter)]
    return made


def test_every_usable_request_is_answered(answers: list[tuple[CalendarEvent, CalendarUser, CalendarObject, bytes]]) -> None:
    """The corpora hold 45 such requests; each attendee gets both answers and the validator accepts them."""
    assert len({id(calendar) for _, _, calendar, _ in answers}) >= 45
    assert {validate_answer(data, calendar) for _, _, calendar, data in answers} == {()}


def test_answers_repeat_what_they_must(answers: list[tuple[CalendarEvent, CalendarUser, CalendarObject, bytes]]) -> None:
    """UID byte for byte, one attendee, the number echoed, a definition for every zone."""
    for event, user, _, data in answers:
        assert values_of(data, "UID") == [event.uid]
        assert values_of(data, "ATTENDEE") == [user.value]
        assert values_of(data, "SEQUENCE") == [str(event.sequence or 0)]
        lines = lines_of(data)
        named = {line.partition("TZID=")[2].partition(":")[0].strip('"') for line in lines if ";TZID=" in line}
        assert named == {line.removeprefix("TZID:") for line in lines if line.startswith("TZID:")}


def test_what_asks_for_no_answer_is_said_to(shared: Path) -> None:
    """Over all corpora: whoever can answer gets an answer, and whoever cannot is told why; never an exception."""
    seen: Counter[str] = Counter()
    for file in sorted((shared / "corpora").rglob("*")):
        if not file.is_file() or file.suffix == ".tsv" or file.parent.name == "mbox":
            continue
        for calendar in calendars_of(file):
            found = answerability(calendar, ["seseorang@surat.example"], NOW)
            seen[calendar.method or ""] += 1
            assert found.notices
            assert found.can_reply is False or found.attendee is None
    assert seen["REQUEST"] > 100


def test_answers_are_read_by_the_icalendar_package(
    answers: list[tuple[CalendarEvent, CalendarUser, CalendarObject, bytes]],
) -> None:
    """No errors noted, and the same facts."""
    for event, user, _, data in answers:
        icalendar.use_zoneinfo()
        read = icalendar.Calendar.from_ical(data)
        (found,) = read.walk("VEVENT")
        assert [error for component in read.walk() for error in component.errors] == []
        assert str(read["METHOD"]) in ("REPLY", "COUNTER")
        assert (str(found["UID"]), int(found["SEQUENCE"])) == (icalendar.vText.from_ical(str(event.uid)), event.sequence or 0)
        assert str(found["ATTENDEE"]) == user.value
        assert [str(found["COMMENT"])] == [WORDS]


@pytest.fixture(scope="module")
def node() -> str:
    """The program that runs ical.js; without it there is no second opinion, and continuous integration must have one."""
    program = shutil.which("node")
    missing = program is None or not (PEERS / "node_modules" / "ical.js").is_dir()
    if missing and os.environ.get("CI"):
        pytest.fail("node and tests/peers/node_modules are needed: npm ci in tests/peers")
    if program is None or missing:
        pytest.skip("node or tests/peers/node_modules is absent: run npm ci in tests/peers")
    return program


def judged(node: str, objects: list[bytes]) -> list[dict[str, Any]]:
    text = "\n".join(base64.b64encode(data).decode() for data in objects) + "\n"
    run = subprocess.run([node, "judge.mjs"], input=text, capture_output=True, text=True, cwd=PEERS, timeout=120, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_answers_are_read_by_ical_js(
    answers: list[tuple[CalendarEvent, CalendarUser, CalendarObject, bytes]], node: str
) -> None:
    """An implementation of another house reads the same: one event, one attendee, every zone defined."""
    found = judged(node, [data for _, _, _, data in answers])
    assert len(found) == len(answers)
    for (event, user, _, data), verdict in zip(answers, found, strict=True):
        assert "error" not in verdict
        assert (verdict["name"], verdict["version"]) == ("vcalendar", "2.0")
        assert verdict["method"] == next(line for line in lines_of(data) if line.startswith("METHOD:"))[7:]
        (seen,) = verdict["events"]
        assert seen["uid"] == icalendar.vText.from_ical(str(event.uid))
        assert seen["sequence"] == (event.sequence or 0)
        answer = "DECLINED" if verdict["method"] == "REPLY" else "TENTATIVE"
        assert [one[:2] for one in seen["attendees"]] == [[user.value, answer]]
        assert seen["tzids"] == verdict["zones"]
        assert verdict["components"] == ["vevent", *["vtimezone"] * len(verdict["zones"])]
        assert seen["comments"] == [WORDS]


JUNK = (
    *(bytes([one]) for one in b';:"\\,-ZT \t\x00\xff\xc3'),
    *(b"\r\n", b"\n ", b"^n", b"\xe2\x80\xa8", b"99999999", b"TZID=", b"VALUE=DATE"),
    *(b"BEGIN:VEVENT\r\n", b"END:VTIMEZONE\r\n", b"RRULE:FREQ=DAILY\r\n", b"DURATION:PT1H\r\n", b"TZOFFSETTO:+9999\r\n"),
    *(b"RECURRENCE-ID:20261127T020000Z\r\n", b"DTSTART:20261127\r\n", b"DTEND:20261128T000000\r\n"),
)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A request with a few bytes put in, taken out, changed or copied."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at, other, kind = chance.randrange(len(found)), chance.randrange(len(found)), chance.random()
        if kind < 0.4:
            found[at:at] = chance.choice(JUNK)
        elif kind < 0.7:
            del found[at : at + chance.randint(1, 30)]
        elif kind < 0.85:
            found[at] = chance.randrange(256)
        else:
            found[at:at] = found[other : other + chance.randint(1, 120)]
        if not found:
            return data
    return bytes(found)


def test_damaged_requests_are_refused_or_answered_well(shared: Path, node: str) -> None:
    """However a request is broken, there is a reasoned refusal or an answer that the other implementations read."""
    files = [file.read_bytes() for file in sorted((shared / "corpora" / "ics-request").glob("*.ics"))]
    chance = random.Random(20261124)
    made: list[bytes] = []
    for _ in range(1_500):
        source = damaged(chance.choice(files), chance)
        try:
            calendars = parse_calendars(source)
        except PamitError:
            continue
        for calendar in calendars:
            own = [user.email for event in calendar.events for user in event.attendees if user.email][-1:]
            start = NOW + timedelta(days=chance.randint(1, 300))
            answerability(calendar, own, NOW)
            for build in (
                lambda: write_reply(calendar, Partstat.DECLINED, own_addresses=own, now=NOW, comment=WORDS),  # noqa: B023
                lambda: write_counter(calendar, start, start + timedelta(hours=1), own_addresses=own, now=NOW),  # noqa: B023
            ):
                try:
                    made.append(build())
                except PamitError as error:
                    if error.code == "answer-not-valid":
                        raise
    assert len(made) > 400
    for data in made:
        icalendar.use_zoneinfo()
        assert [one for component in icalendar.Calendar.from_ical(data).walk() for one in component.errors] == []
    for verdict in judged(node, made):
        assert "error" not in verdict
        assert [len(event["attendees"]) for event in verdict["events"]] == [1]
