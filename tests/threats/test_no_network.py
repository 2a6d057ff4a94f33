"""What is read, shown and answered asks nobody: no connection, no name looked up, no program started (T2, T16)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READER = """
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

now = datetime(2026, 11, 24, 9, tzinfo=timezone(timedelta(hours=7)))
from pamit.services.trial import read_whole
read_whole(b"From: a@b.example\\n\\nWawancara besok", "x.eml", now)

asked = []
WATCHED = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind", "subprocess.Popen",
           "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.Request", "http.client.connect", "webbrowser.open")
def hook(event, values):
    if event in WATCHED:
        asked.append(event)
sys.addaudithook(hook)

count = 0
for name in sys.argv[1:]:
    for path in sorted(Path(name).rglob("*")):
        if path.suffix in (".eml", ".ics", ".html", ".txt") and path.stat().st_size < 2_000_000:
            read_whole(path.read_bytes(), path.name, now)
            count += 1
print(count, sorted(set(asked)))
"""
LURES = (
    '<img src="http://lacak.example/1.gif"><link rel=stylesheet href="http://lacak.example/a.css"><style>@import '
    "'http://lacak.example/b.css';</style><svg><image href='http://127.0.0.1:8080/'/></svg>"
    '<link rel=dns-prefetch href="//lacak.example"><iframe src="http://169.254.169.254/"></iframe>'
)
EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:a@b.example\r\nDTSTAMP:20261123T020000Z\r\n"
    "DTSTART:20261126T020000Z\r\nSUMMARY:Wawancara\r\nATTACH:http://lacak.example/cv.pdf\r\nURL:http://lacak.example/u\r\n"
    "CONFERENCE;VALUE=URI:http://lacak.example/c\r\nIMAGE;VALUE=URI:http://lacak.example/i.png\r\n"
    'ORGANIZER;DIR="ldap://lacak.example/":mailto:hr@b.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
)


def read_in_a_process(*folders: Path) -> str:
    run = subprocess.run(
        [sys.executable, "-c", READER, *map(str, folders)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return run.stdout.strip()


def test_lures_are_not_followed(tmp_path: Path) -> None:
    """Pictures, styles, attachments, feeds, one-click farewells, addresses within the machine: words, all of them."""
    mail = (
        "From: HR <hr@b.example>\r\nSubject: Undangan wawancara\r\nList-Unsubscribe: <http://lacak.example/out>\r\n"
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nDisposition-Notification-To: hr@b.example\r\n"
        f"Content-Type: text/html\r\n\r\n<p>Wawancara Jumat, 27 November 2026 pukul 09.00 WIB</p>{LURES}\r\n"
    )
    (tmp_path / "a.eml").write_text(mail)
    (tmp_path / "b.ics").write_text(EVENT)
    (tmp_path / "c.html").write_text(LURES + "<p>Wawancara besok pukul 9")
    assert read_in_a_process(tmp_path) == "3 []"


def test_corpora_are_read_without_asking_anybody(shared: Path) -> None:
    """Every real, broken and hostile mail and calendar object there is."""
    if not (shared / "corpora").is_dir():
        pytest.skip("the corpora are not beside this checkout")
    count, _, asked = read_in_a_process(shared / "corpora").partition(" ")
    assert (int(count) > 600, asked) == (True, "[]")
