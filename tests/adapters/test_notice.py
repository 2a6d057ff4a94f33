"""Ways to tell the person something, and what happens where there is none."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pamit.adapters.notice import DesktopNotifier, FirstThatTells, LineNotifier, NotifySend, has_session
from pamit.domain.calendar.hours import CourteousHours
from pamit.domain.calendar.quiet import DEFAULT_QUIET
from pamit.domain.calendar.workdays import Workdays
from pamit.domain.interview import Case, Interview
from pamit.domain.plan import make_plan
from pamit.domain.reminder import Person, reminders_of
from pamit.domain.terms import Language
from pamit.errors import PamitError
from pamit.services.ports import Notice

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
START = NOW + timedelta(days=3)
PERSON = Person(WIB, DEFAULT_QUIET)
PLAN = make_plan(Case(Interview("PT <b>Toko</b>\x07 Baru", "Kasir", START, timezone="Asia/Jakarta", received=NOW)), NOW)
NOTICE = Notice(
    "k7m2x", "k7m2x/answer", reminders_of(PLAN, NOW, CourteousHours(WIB, Workdays()), PERSON)[1], "PT <b>Toko</b>\x07 Baru",
    "Kasir", "Asia/Jakarta", WIB,
)  # fmt: skip


@pytest.fixture
def headless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine at which nobody sits."""
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")


def test_line_says_what_about_what_and_by_when() -> None:
    """One line, without control characters; where the person is elsewhere, with their own hour."""
    out = io.StringIO()
    LineNotifier(Language.EN, out).tell(NOTICE)
    LineNotifier(Language.ID, out).tell(replace(NOTICE, here=ZoneInfo("Europe/London")))
    assert out.getvalue().splitlines() == [
        "Decide and answer — Kasir, PT <b>Toko</b>  Baru · Due by Wednesday, 25 November 2026 at 9:00 a.m. WIB · "
        "pamit show k7m2x",
        "Putuskan dan jawab — Kasir, PT <b>Toko</b>  Baru · Paling lambat Rabu, 25 November 2026 pukul 09.00 WIB · "
        "Di tempat Anda: pukul 02.00 · pamit show k7m2x",
    ]


def test_line_that_cannot_be_written_is_told_as_such() -> None:
    """A closed output is a reminder that reached nobody."""
    out = io.StringIO()
    out.close()
    with pytest.raises(PamitError) as caught:
        LineNotifier(Language.EN, out).tell(NOTICE)
    assert caught.value.code == "not-told"


@pytest.mark.usefixtures("headless")
@pytest.mark.parametrize("way", [DesktopNotifier(Language.EN), NotifySend(Language.EN)])
def test_desktop_without_a_session_says_so(way: DesktopNotifier | NotifySend) -> None:
    """So that the next way is tried; nothing is raised that is not ours."""
    assert not has_session()
    with pytest.raises(PamitError) as caught:
        way.tell(NOTICE)
    assert caught.value.code == "not-told"


@pytest.mark.usefixtures("headless")
def test_first_way_that_works_is_taken() -> None:
    """A line where there is no desktop, once; with no way at all it is an error."""
    out = io.StringIO()
    line = LineNotifier(Language.EN, out)
    FirstThatTells([DesktopNotifier(Language.EN), NotifySend(Language.EN), line, line]).tell(NOTICE)
    assert len(out.getvalue().splitlines()) == 1
    with pytest.raises(PamitError):
        FirstThatTells([NotifySend(Language.EN)]).tell(NOTICE)


def test_desktop_library_that_fails_is_one_way_less(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A bus that is not there: whatever the library raises."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'no-bus'}")
    with pytest.raises(PamitError) as caught:
        DesktopNotifier(Language.EN).tell(NOTICE)
    assert caught.value.code == "not-told"


@pytest.mark.usefixtures("headless")
def test_notify_send_gets_words_and_no_markup(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Title and body after ``--``; what a stranger wrote is no tag and no option."""
    seen = tmp_path / "seen"
    program = tmp_path / "notify-send"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {seen}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    NotifySend(Language.EN).tell(NOTICE)
    assert seen.read_text().splitlines() == [
        "--app-name=Pamit", "--urgency=normal", "--", "Decide and answer",
        "Kasir, PT &lt;b&gt;Toko&lt;/b&gt;  Baru · Due by Wednesday, 25 November 2026 at 9:00 a.m. WIB · pamit show k7m2x",
    ]  # fmt: skip


@pytest.mark.usefixtures("headless")
def test_notify_send_that_fails_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its exit status counts."""
    program = tmp_path / "notify-send"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    with pytest.raises(PamitError) as caught:
        NotifySend(Language.EN).tell(NOTICE)
    assert caught.value.code == "not-told"
