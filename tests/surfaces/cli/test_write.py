"""``pamit write`` into files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pamit.formats.email import parse_email

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
INVITATION = str(EXAMPLES / "invitation-english.eml")
PERSON = {"PAMIT_NAME": "Rani Kusuma", "PAMIT_EMAIL": "rani@surel.example", "PAMIT_CITY": "Bandung", "PAMIT_LANGUAGE": "en"}


def write(
    *arguments: str, purpose: str = "decline", file: str = INVITATION, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PAMIT_", "LC_", "LANG"))}
    command = [sys.executable, "-m", "pamit", "write", purpose, file, "--now", "2026-11-24T09:00:00+07:00", *arguments]
    return subprocess.run(command, capture_output=True, timeout=60, env={**clean, **PERSON, **environment}, check=False)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.eml", b"From: Rani"),
        ("a.pdf", b"%PDF-"),
        ("a.docx", b"PK"),
        ("a.md", b"# "),
        ("a.txt", b"Subject: "),
        ("a", b"Subject: "),
    ],
)
def test_form_follows_the_name_of_the_file(tmp_path: Path, name: str, start: bytes) -> None:
    """Each suffix has its form, plain words without one; what was written is said."""
    file = tmp_path / name
    done = write("-o", str(file))
    assert (done.returncode, done.stdout) == (0, b"")
    assert file.read_bytes().startswith(start)
    assert done.stderr.decode().splitlines()[-1] == f"Written: {file}"


def test_existing_file_is_replaced_only_by_force(tmp_path: Path) -> None:
    """Nobody's work is lost by a slip; a forced write leaves nothing else behind."""
    file = tmp_path / "a.eml"
    file.write_text("mine")
    done = write("-o", str(file))
    assert (done.returncode, file.read_text()) == (75, "mine")
    assert b"[file-exists]" in done.stderr
    assert write("-o", str(file), "--force").returncode == 0
    assert [one.name for one in tmp_path.iterdir()] == ["a.eml"]
    assert file.read_bytes().startswith(b"From: ")


def test_mail_answers_the_invitation(tmp_path: Path) -> None:
    """In its thread, quoting it where wanted; two runs differ in the message id only."""
    invitation = parse_email(Path(INVITATION).read_bytes())
    made = [parse_email(write("--format", "eml", "--quote").stdout) for _ in range(2)]
    assert made[0].in_reply_to == (invitation.message_id,)
    assert made[0].subject == f"Re: {invitation.subject}"
    assert "\n> " in made[0].text
    assert made[0].message_id != made[1].message_id
    assert made[0].text == made[1].text


def test_agency_is_written_to_by_choice() -> None:
    """Its name and address come from the command line."""
    done = write("--format", "eml", "--to-agency", "--agency", "Karya Perantara <halo@perantara.example>")
    assert [str(one) for one in parse_email(done.stdout).to] == ["Karya Perantara <halo@perantara.example>"]
    assert b"[no-agency]" in write("--to-agency").stderr


@pytest.mark.parametrize(
    ("arguments", "environment", "status", "code"),
    [
        (("--format", "pdf", "--channel", "text"), {}, 65, "format-for-channel"),
        (("-o", "/nowhere/at/all/a.txt"), {}, 66, "cannot-write"),
        (("--format", "eml"), {"PAMIT_EMAIL": "rani"}, 65, "bad-address"),
        (("--format", "pdf", "--signature", INVITATION), {}, 65, "bad-picture"),
        (("--format", "pdf", "--signature", "/nowhere.png"), {}, 66, "no-such-file"),
    ],
)
def test_what_cannot_be_written_is_said(
    arguments: tuple[str, ...], environment: dict[str, str], status: int, code: str
) -> None:
    """A sentence, a status, no traceback."""
    done = write(*arguments, **environment)
    assert done.returncode == status
    assert f"[{code}]" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(("form", "module", "package"), [("pdf", "typst", "typst"), ("docx", "docx", "python-docx")])
def test_missing_packages_are_named(tmp_path: Path, form: str, module: str, package: str) -> None:
    """What to install is in the sentence."""
    (tmp_path / f"{module}.py").write_text("raise ImportError")
    done = write("--format", form, PYTHONPATH=str(tmp_path))
    assert done.returncode == 66
    said = done.stderr.decode()
    assert (f"need the package {package}" in said, 'pip install "pamit[letters]"' in said) == (True, True)


def test_card_is_given_for_a_call() -> None:
    """What to say, and what may be asked."""
    done = write("--format", "md", "--channel", "phone")
    assert done.stdout.startswith(b"# ")
    assert b"\n## " in done.stdout


def test_links_stand_beside_the_message() -> None:
    """A mail can be opened as a draft."""
    links = json.loads(write("--json", "--channel", "email").stdout)["links"]
    assert (links["whatsapp"], links["mailto"].partition(":")[0]) == (None, "mailto")


def test_chat_message_opens_in_whatsapp(tmp_path: Path) -> None:
    """The link stands below the message, in `write` and in `answer`; of an SMS its length is told."""
    file = tmp_path / "undangan.txt"
    file.write_text(
        "Selamat pagi Kak, saya Dina dari Toko Baru. Kakak kami undang wawancara posisi Kasir Jumat, 27 November 2026 "
        "pukul 10.00 WIB di toko, Jalan Melati No. 5. Konfirmasi ke 0812-0000-1234 ya.",
        "utf-8",
    )
    shown = write("--channel", "text", file=str(file)).stdout.decode()
    assert "https://wa.me/6281200001234?text=Selamat%20pagi" in shown
    assert [line for line in shown.splitlines() if line.startswith("SMS (")] != []
    command = [sys.executable, "-m", "pamit", "answer", str(file), "--channel", "text", "--now", "2026-11-24T09:00:00+07:00"]
    answered = subprocess.run(command, capture_output=True, timeout=60, env={**os.environ, **PERSON}, check=False)
    assert b"https://wa.me/6281200001234?text=" in answered.stdout
