"""The commands as a person runs them: whole processes, real files, real exit statuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
NOW = "2026-11-24T09:00:00+07:00"


def pamit(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own, in English unless said otherwise."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PAMIT_", "LC_", "LANG"))}
    return subprocess.run(
        [sys.executable, "-m", "pamit", *arguments],
        input=stdin,
        capture_output=True,
        timeout=60,
        env={**clean, "PAMIT_LANGUAGE": "en", **environment},
        check=False,
    )


DATED = [
    ("undangan-surel.eml", "Staf Pengadaan", "Jumat, 27 November 2026", "09.00"),
    ("undangan-kalender.ics", "Guest Relations Officer", "Senin, 30 November 2026", "13.30"),
    ("undangan-whatsapp.txt", "Staf Produksi", "Kamis, 26 November 2026", "10.00"),
    ("undangan-surat.txt", "Guru Bahasa Inggris", "Senin, 30 November 2026", "08.30"),
    ("invitation-english.eml", "Data Analyst", "Tuesday, 1 December 2026", "2:00 p.m."),
]


@pytest.mark.parametrize(("file", "position", "day", "hour"), DATED)
@pytest.mark.parametrize("decision", ["decline", "cancel", "reschedule", "confirm"])
def test_answer_names_position_day_and_hour_and_is_clean(file: str, position: str, day: str, hour: str, decision: str) -> None:
    """The main job on every kind of invitation."""
    done = pamit("answer", str(EXAMPLES / file), "--decision", decision, "--name", "Rani Kusuma", "--now", NOW, "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    message = json.loads(done.stdout)["message"]
    assert [one for one in message["findings"] if one["severity"] != "hint"] == []
    said = f"{message['subject']}\n{message['text']}"
    assert [words for words in (position, day, hour) if words not in said] == []


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("file", "position", "day", "hour"), DATED)
def test_answer_shows_everything_in_words(file: str, position: str, day: str, hour: str, language: str) -> None:
    """Facts, doubts, plan, message, check and what comes next, in the person's language, without colour codes."""
    decided = ["--decision", "decline", "--reason", "other_offer", "--name", "Rani Kusuma"]
    done = pamit("answer", str(EXAMPLES / file), *decided, "--now", NOW, PAMIT_LANGUAGE=language)
    shown = done.stdout.decode()
    headings = {
        "id": ["Fakta", "Hal yang belum jelas", "Rencana", "Jawaban", "Pemeriksaan", "Langkah berikutnya"],
        "en": ["Facts", "Unclear", "Plan", "Answer", "Check", "What to do next"],
    }[language]
    lines = shown.splitlines()
    assert [heading for heading in headings if heading not in lines] == []
    assert "\x1b" not in shown
    assert position.casefold() in shown.casefold()


def test_read_from_standard_input_is_the_same_as_from_the_file() -> None:
    """ "-" is standard input."""
    file = EXAMPLES / "undangan-surel.eml"
    one, other = pamit("read", str(file), "--json"), pamit("read", "-", "--json", stdin=file.read_bytes())
    assert (one.returncode, one.stdout) == (0, other.stdout)


def test_explain_marks_the_facts_without_colour() -> None:
    """The text with its facts, readable on paper."""
    shown = pamit("read", str(EXAMPLES / "undangan-surel.eml"), "--explain").stdout.decode()
    assert "⟦Position: Staf Pengadaan⟧" in shown


def test_check_ends_with_one_where_an_error_is_found() -> None:
    """The exit status tells a script that the draft must not go out."""
    insult = "Perusahaan kalian bodoh dan saya tidak sudi datang wawancara Kasir."
    rude = f"Yth. Ibu Sari,\n\nTerima kasih. {insult}\n\nHormat saya,\nRani"
    done = pamit("check", "-", stdin=rude.encode())
    assert done.returncode == 1
    assert b"rude-tone" in done.stdout


@pytest.mark.parametrize(
    ("name", "content", "status", "words"),
    [
        ("kosong.txt", b"", 65, "empty"),
        ("biner.eml", bytes(range(256)) * 40, 65, "not-text"),
        ("besar.txt", b"Undangan wawancara\n" * 2_900_000, 77, "file-too-large"),
        ("hilang.txt", None, 66, "no-such-file"),
    ],
    ids=["empty", "binary", "large", "absent"],
)
def test_bad_file_is_named_with_its_status(tmp_path: Path, name: str, content: bytes | None, status: int, words: str) -> None:
    """A clear sentence, the right exit status, no traceback."""
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    done = pamit("read", str(file))
    assert (done.returncode, done.stdout) == (status, b"")
    assert f"[{words}]" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (
            ("read", "hilang.eml"),
            66,
            "pamit: Berkas hilang.eml tidak bisa dibaca: tidak ada berkas atau folder dengan nama itu.",
        ),
        (("add",), 2, "Galat: Argumen yang belum disebut: 'FILE'."),
        (
            ("check", "-", "--channel", "merpati"),
            2,
            "Galat: Nilai tidak sah untuk '--channel': 'merpati' bukan salah satu dari ",
        ),
    ],
    ids=["system", "absent", "choice"],
)
def test_error_in_indonesian_is_indonesian_throughout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], status: int, said: str
) -> None:
    """Also what the system and the command line library say of it."""
    monkeypatch.chdir(tmp_path)
    done = pamit(*arguments, PAMIT_LANGUAGE="id")
    assert (done.returncode, done.stdout) == (status, b"")
    last = done.stderr.decode().splitlines()[-1]
    assert last[: len(said)] == said


def test_folder_is_no_file(tmp_path: Path) -> None:
    """A folder is named as one."""
    done = pamit("read", str(tmp_path))
    assert done.returncode == 65
    assert "is a folder" in done.stderr.decode()


def test_text_of_another_encoding_is_read_and_said() -> None:
    """Windows-1252 is read, with a doubt that says so."""
    words = "Kami mengundang Anda untuk wawancara posisi Kasir, “Toko Baru”, Jumat 27 November 2026 pukul 09.00 – 10.00 WIB."
    done = pamit("read", "-", "--json", stdin=words.encode("cp1252"))
    assert done.returncode == 0
    assert [doubt["code"] for doubt in json.loads(done.stdout)["doubts"] if doubt["field"] == "text"] == ["encoding-guessed"]


def test_batch_says_how_many_failed() -> None:
    """Exit status 1 and a count on standard error; the good lines are there."""
    good = json.dumps({"id": 1, "now": NOW, "interview": {}})
    done = pamit("batch", "plan", stdin=f"{good}\nnot json\n{good}\n".encode())
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 3)
    assert "1 of 3 lines failed" in done.stderr.decode()


def test_batch_of_nothing_gives_nothing() -> None:
    """An empty input is no failure."""
    done = pamit("batch", "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("command", ["answer", "read", "plan", "write", "check", "rule", "batch", "completion"])
def test_help_has_examples_in_both_languages(command: str, language: str) -> None:
    """Every command shows how it is used."""
    done = (
        pamit(command, "--help", "--language", language)
        if command == "batch"
        else pamit(command, "--language", language, "--help")
    )
    shown = pamit(command, "--help", PAMIT_LANGUAGE=language).stdout.decode()
    assert {"id": "Contoh:", "en": "Examples:"}[language] in shown
    assert done.returncode in {0, 2}


def test_missing_name_is_asked_for() -> None:
    """A message without a name is not written."""
    done = pamit("write", "decline", str(EXAMPLES / "undangan-surel.eml"))
    assert done.returncode == 66
    assert "[no-name]" in done.stderr.decode()


def test_bad_event_shows_the_form() -> None:
    """A mistyped event is shown with an example."""
    done = pamit("plan", str(EXAMPLES / "undangan-surel.eml"), "--event", "kemarin")
    assert done.returncode == 65
    assert "[bad-event]" in done.stderr.decode()


def test_closed_pipe_is_quiet() -> None:
    """Whoever reads only the first lines gets no complaint."""
    command = f"{sys.executable} -m pamit rule | head -1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_addresses_are_warned_of_and_noted(tmp_path: Path) -> None:
    """`read` tells a look-alike by its true name as a mark, and the house that answers go to as something to know."""
    mail = tmp_path / "undangan.eml"
    mail.write_text(
        "From: HRD <hr@lembah.example>\nReply-To: x@jauh.example\nSubject: Undangan\nMessage-ID: <a@lembah.example>\n"
        "Content-Type: text/plain; charset=utf-8\n\nWawancara Senin, 7 Desember 2026 pukul 09.00 di https://zооm.us/j/1\n",
        "utf-8",
    )
    said = " ".join(pamit("read", str(mail)).stdout.decode().split())
    beware, _, known = said.partition("The addresses in this message")
    assert "beware: The address “zооm.us” looks like zoom.us" in beware
    assert "good to know: The sender is at lembah.example, while answers go to jauh.example." in known
