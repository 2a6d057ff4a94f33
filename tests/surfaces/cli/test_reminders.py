"""Reminding, calendars and looking back, as a person runs them: whole processes and real files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .test_commands import EXAMPLES, NOW, pamit

LATER = "2026-11-25T12:00+07:00"


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A memory with one case, in a place where it is noon at LATER."""
    settings = {"PAMIT_HOME": str(tmp_path / "home"), "PAMIT_TIMEZONE": "Asia/Jakarta"}
    assert pamit("add", str(EXAMPLES / "undangan-surel.eml"), "--now", NOW, **settings).returncode == 0
    return settings


def case_of(home: dict[str, str]) -> str:
    case: str = json.loads(pamit("remind", "--json", "--now", LATER, **home).stdout)["reminders"][0]["case"]
    return case


def test_round_for_cron_says_each_reminder_once(home: dict[str, str]) -> None:
    """A line for what is due; the next round has nothing to say."""
    listed = json.loads(pamit("remind", "--json", "--now", LATER, **home).stdout)["reminders"]
    assert [(one["do"], one["cue"], one["urgent"]) for one in listed] == [("answer", "due", False)]
    first = pamit("remind", "--once", "--notify", "line", "--now", LATER, **home)
    again = pamit("remind", "--once", "--notify", "line", "--now", LATER, **home)
    line = (
        "Decide and answer — Staf Pengadaan, PT Samudra Teknik Abadi · It was due Tuesday, 24 November 2026 at 10:12 a.m. WIB; "
        f"it can still be done now · pamit show {listed[0]['case']}\n"
    )
    assert (first.stdout.decode(), first.returncode, again.stdout, again.returncode) == (line, 0, b"", 0)


def test_quiet_hours_and_place_are_settings(home: dict[str, str]) -> None:
    """At noon in Jakarta it is five in the morning in London."""
    asleep = home | {"PAMIT_TIMEZONE": "Europe/London"}
    assert pamit("remind", "--once", "--notify", "line", "--now", LATER, **asleep).stdout == b""
    bad = pamit("remind", **home, PAMIT_QUIET="nights")
    assert (bad.returncode, bad.stderr) == (65, b"pamit: Quiet hours are written 21:00-07:00, or none. [bad-quiet-hours]\n")
    awake = pamit("remind", "--once", "--notify", "line", "--now", LATER, **asleep, PAMIT_QUIET="none")
    assert awake.stdout.startswith(b"Decide and answer")


def test_reminder_that_reaches_nobody_is_an_error_and_comes_again(home: dict[str, str]) -> None:
    """On a machine without a desktop, asked for the desktop only."""
    headless = home | {"DBUS_SESSION_BUS_ADDRESS": "", "XDG_RUNTIME_DIR": ""}
    lost = pamit("remind", "--once", "--notify", "desktop", "--now", LATER, **headless)
    assert (lost.returncode, lost.stdout) == (69, b"")
    later = "2026-11-25T12:02+07:00"
    assert pamit("remind", "--once", "--now", later, **headless).stdout.startswith(b"Decide and answer")


def test_snooze_puts_a_case_off(home: dict[str, str]) -> None:
    """By a length or to a moment; what is no length is an error of use."""
    case = case_of(home)
    done = pamit("snooze", case, "--for", "2h", "--now", LATER, **home)
    assert done.stdout.decode() == "Put off: Decide and answer, until 2026-11-25 14.00.\n"
    assert pamit("remind", "--once", "--notify", "line", "--now", "2026-11-25T13:59+07:00", **home).stdout == b""
    again = pamit("remind", "--once", "--notify", "line", "--now", "2026-11-25T14:00+07:00", **home)
    assert again.stdout.startswith(b"Once more: Decide and answer")
    assert pamit("snooze", case, "--for", "soon", **home).returncode == 2


def test_calendar_is_renewed_in_place_and_over_nothing_else(home: dict[str, str], tmp_path: Path) -> None:
    """The file of before is written over; a letter is not."""
    file, letter = tmp_path / "pamit.ics", tmp_path / "letter.txt"
    letter.write_text("Yth. Ibu Sari")
    for _ in range(2):
        assert pamit("feed", "-o", str(file), "--now", NOW, **home).returncode == 0
    assert file.read_bytes() == pamit("feed", "--now", NOW, **home).stdout
    assert (file.read_bytes()[:15], file.stat().st_mode & 0o777) == (b"BEGIN:VCALENDAR", 0o600)
    refused = pamit("feed", "-o", str(letter), "--now", NOW, **home)
    assert (refused.returncode, letter.read_text()) == (77, "Yth. Ibu Sari")


def test_figures_come_as_words_records_and_pictures(home: dict[str, str], tmp_path: Path) -> None:
    """The picture is SVG or PNG by the name of its file."""
    svg, png = tmp_path / "stats.svg", tmp_path / "stats.png"
    done = pamit("stats", "--json", "--svg", str(svg), "--now", NOW, **home)
    found = json.loads(done.stdout)
    assert (found["cases"], found["answers"]["waiting"], found["never_answered"]) == (1, 1, 0)
    assert svg.read_text().startswith("<svg ")
    assert pamit("stats", "--png", str(png), "--now", NOW, **home).returncode in (0, 66)
    assert not png.exists() or png.read_bytes().startswith(b"\x89PNG")
    assert b"Never answered: 0" in pamit("stats", "--now", NOW, **home).stdout


def test_course_of_a_case_is_drawn(home: dict[str, str], tmp_path: Path) -> None:
    """To a file, or to standard output."""
    case, file = case_of(home), tmp_path / "case.svg"
    assert pamit("timeline", case, "-o", str(file), "--now", NOW, **home).returncode == 0
    assert file.read_bytes() == pamit("timeline", case, "--now", NOW, **home).stdout
    assert pamit("timeline", "nosuch", **home).returncode == 66


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_worker_keeps_a_calendar_and_ends_when_it_is_asked(home: dict[str, str], tmp_path: Path, asked: signal.Signals) -> None:
    """With exit status 0, and nothing half done."""
    file = tmp_path / "pamit.ics"
    with subprocess.Popen(
        [sys.executable, "-m", "pamit", "worker", "--notify", "line", "--feed", str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PAMIT_LANGUAGE": "en", **home},
    ) as worker:
        until = time.monotonic() + 30
        while not file.exists() and time.monotonic() < until:
            time.sleep(0.05)
        worker.send_signal(asked)
        _, said = worker.communicate(timeout=30)
    assert (worker.returncode, said.decode().splitlines()) == (
        0,
        ["At work; stop it with Ctrl-C.", "Stopped. Nothing is lost."],
    )
    assert file.read_bytes().endswith(b"END:VCALENDAR\r\n")
