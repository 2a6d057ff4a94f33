"""The memory as a person uses it: whole processes, a folder of its own, real exit statuses."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Any

import click
import pytest

from pamit.domain.terms import Language
from pamit.surfaces.cli import COMMANDS, build, main
from pamit.surfaces.cli.words import Words

# Loaded once here, not in each of the processes that are forked.
for _name in (*COMMANDS, "import_"):
    if not iskeyword(_name):
        import_module(f"pamit.surfaces.cli.commands.{_name}")
for _name in ("bootstrap", "adapters.store", "adapters.archive", "adapters.seal", "services.origin", "surfaces.memory_records"):
    import_module(f"pamit.{_name}")

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
MAIL, CALENDAR, ENGLISH = (EXAMPLES / n for n in ("undangan-surel.eml", "undangan-kalender.ics", "invitation-english.eml"))
NOW = "2026-11-24T09:00:00+07:00"
MEMORY = (
    "add", "list", "show", "today", "due", "edit", "note", "close", "reopen", "undo", "delete", "export", "import", "backup",
    "restore", "doctor",
)  # fmt: skip

Done = subprocess.CompletedProcess[bytes]
Run = Callable[..., Done]


@pytest.fixture
def pamit(tmp_path: Path) -> Run:
    """Runs the command line in a process of its own, in English, with a folder of its own."""

    def run(*arguments: object, stdin: bytes = b"", home: str = "home", **environment: str) -> Done:
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("PAMIT_", "LC_", "LANG"))}
        settings = {**clean, "PAMIT_LANGUAGE": "en", "PAMIT_HOME": str(tmp_path / home), **environment}
        given = [str(argument) for argument in arguments]
        if hasattr(os, "fork"):
            return _forked(given, stdin, settings)
        command = [sys.executable, "-m", "pamit", *given]
        return subprocess.run(command, input=stdin, capture_output=True, timeout=60, env=settings, check=False)

    return run


def _forked(arguments: list[str], stdin: bytes, environment: dict[str, str]) -> Done:
    """A process of its own that need not import everything anew: these tests run some two hundred."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(stdin)
        given.seek(0)
        child = os.fork()
        if child == 0:
            status = 99
            try:
                for number, file in enumerate((given, out, err)):
                    os.dup2(file.fileno(), number)
                _own_streams()
                os.environ.clear()
                os.environ.update(environment)
                main(arguments)
            except SystemExit as ended:
                status = ended.code if isinstance(ended.code, int) else 0
            except BaseException:
                traceback.print_exc()
            finally:
                with suppress(OSError):
                    sys.stdout.flush()
                    sys.stderr.flush()
                os._exit(status)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(arguments, status, out.read(), err.read())


def _own_streams() -> None:
    """Standard streams of the process itself, not those that the test runner listens to."""
    streams = [io.FileIO(number, mode, closefd=False) for number, mode in enumerate("rww")]
    sys.stdin = io.TextIOWrapper(io.BufferedReader(streams[0]), "utf-8")
    sys.stdout, sys.stderr = (io.TextIOWrapper(io.BufferedWriter(one), "utf-8") for one in streams[1:])


def record(done: Done, status: int = 0) -> dict[str, Any]:
    assert (done.returncode, done.stderr) == (status, b"")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def code(done: Done) -> tuple[int, str]:
    said = done.stderr.decode()
    assert "Traceback" not in said
    found = re.search(r"\[([a-z-]+)\]\s*$", said)
    return done.returncode, found[1] if found else said


def added(pamit: Run, file: Path = MAIL, *options: object) -> str:
    return str(record(pamit("add", file, "--now", NOW, "--json", *options))["case"])


# -- the life of a case -----------------------------------------------------------------------------------------------


def test_life_of_a_case(pamit: Run) -> None:
    """From the invitation to the end, by command, each step seen in the plan."""
    case = added(pamit)
    plan = record(pamit("plan", case, "--now", NOW, "--json"))
    assert [step["do"] for step in plan["steps"]] == ["answer"]

    def then(now: str, *command: object) -> list[str]:
        done = record(pamit(*command, "--now", now, "--json"))
        return [done["plan"]["stage"], *(step["do"] for step in done["plan"]["steps"])]

    sent = ("note", case, "message_sent", "--purpose", "confirm", "--channel", "email")
    assert then("2026-11-24T10:00+07:00", *sent) == ["scheduled", "attend"]
    assert then("2026-11-27T12:00+07:00", "note", case, "attended") == ["interviewed", "thank_you"]
    assert then("2026-11-27T12:30+07:00", "note", case, "promised", "2026-12-04") == ["interviewed", "thank_you"]
    assert then("2026-12-05T09:00+07:00", "note", case, "rejected", "Sayang sekali") == ["interviewed", "ask_feedback"]
    assert then("2026-12-05T10:00+07:00", "close", case, "Selesai") == ["closed"]
    assert then("2026-12-05T11:00+07:00", "reopen", case) == ["interviewed", "ask_feedback"]
    assert then("2026-12-05T12:00+07:00", "undo", case) == ["closed"]
    shown = record(pamit("show", case, "--json"))
    assert (shown["version"], shown["facts"]["decision_expected"]) == (8, "2026-12-04T23:59:00+07:00")
    assert [entry["note"] for entry in shown["log"] if entry["note"]] == ["Sayang sekali", "Selesai"]
    assert pamit("show", case, "--source", 1).stdout == MAIL.read_bytes()
    record(pamit("delete", case, "--yes", "--json"))
    assert code(pamit("show", case)) == (66, "no-such-case")
    assert record(pamit("doctor", "--json")) == {"cases": 0, "mended": 0, "flaws": []}


@pytest.mark.parametrize(
    "command",
    [
        ("plan", "CASE"),
        ("answer", "CASE", "--decision", "decline", "--name", "Rani Kusuma"),
        ("write", "reschedule", "CASE", "--name", "Rani Kusuma"),
        ("check", "-", "--against", "CASE", "--name", "Rani Kusuma"),
    ],
)
def test_case_stands_for_its_file(pamit: Run, command: tuple[str, ...]) -> None:
    """Whatever works on an invitation works on the case; what the person corrected is what it says."""
    case = added(pamit)
    pamit("edit", case, "position=Kepala Pengadaan")
    words = b"Yth. Bapak/Ibu,\n\nTerima kasih atas undangan wawancara Kepala Pengadaan.\n\nHormat saya,\nRani Kusuma\n"
    done = pamit(*(case if part == "CASE" else part for part in command), "--now", NOW, stdin=words)
    assert (done.stderr, done.returncode in (0, 1)) == (b"", True)
    if command[0] in ("answer", "write"):
        assert "Kepala Pengadaan" in done.stdout.decode()
        assert "from the subject" not in done.stdout.decode()


def test_file_of_that_name_is_a_file(pamit: Run, tmp_path: Path) -> None:
    """An id is taken for a case only where no such file exists."""
    case = added(pamit)
    (tmp_path / case).write_bytes(ENGLISH.read_bytes())
    done = subprocess.run(
        [sys.executable, "-m", "pamit", "plan", case, "--now", NOW, "--json"],
        cwd=tmp_path, capture_output=True, check=True, env={**os.environ, "PAMIT_HOME": str(tmp_path / "empty")},
    )  # fmt: skip
    assert json.loads(done.stdout)["stage"] == "scheduled"
    assert not (tmp_path / "empty").exists()


# -- adding -----------------------------------------------------------------------------------------------------------


def test_adding_again_changes_nothing(pamit: Run) -> None:
    """From the file or from standard input."""
    case = added(pamit)
    again = record(pamit("add", "-", "--now", NOW, "--json", stdin=MAIL.read_bytes()))
    assert (again["outcome"], again["case"], again["version"]) == ("known", case, 1)
    assert record(pamit("add", MAIL, "--new", "--now", NOW, "--json"))["outcome"] == "new"
    assert len(record(pamit("list", "--json"))["cases"]) == 2


def test_doubts_are_shown_and_settled_by_options(pamit: Run, tmp_path: Path) -> None:
    """What is open is said, with how to settle it; --set settles it at once."""
    file = tmp_path / "pesan.txt"
    file.write_text("Kami mengundang Anda wawancara posisi Kasir di Toko Baru pada Senin, 27 November 2026 pukul 09.00 WIB.")
    open_one = record(pamit("add", file, "--now", NOW, "--json"))
    assert ("start" in open_one["facts"], [d["field"] for d in open_one["doubts"] if d["field"] == "start"]) == (
        False,
        ["start"],
    )
    assert "pamit edit" in pamit("add", file, "--new", "--now", NOW).stdout.decode()
    options = ("--set", "start=2026-11-27 09:00", "--set", "contact_email=hr@toko.example")
    settled = record(pamit("add", file, "--new", *options, "--now", NOW, "--json"))
    assert settled["facts"]["start"] == "2026-11-27T09:00:00+07:00"


def test_clash_is_reported(pamit: Run) -> None:
    """Two interviews of one's own at one time."""
    first = added(pamit)
    done = pamit("add", CALENDAR, "--set", "start=2026-11-27 09:30+07:00", "--set", "end=", "--now", NOW)
    assert (done.returncode, f"Clash with case {first}" in done.stdout.decode()) == (0, True)


def test_second_round_joins_and_can_be_separated(pamit: Run, tmp_path: Path) -> None:
    """It says where it went; an undo and --new put it elsewhere."""
    case = added(pamit)
    file = tmp_path / "tahap-dua.txt"
    file.write_text(
        "Yth. Sdri. Rani,\n\nSelamat, Anda lolos wawancara HR. Kami mengundang Saudari untuk wawancara kedua (user) "
        "posisi Staf Pengadaan di PT Samudra Teknik Abadi pada Jumat, 4 Desember 2026 pukul 13.00 WIB.\n"
    )  # fmt: skip
    now = "2026-11-30T09:00+07:00"
    joined = record(pamit("add", file, "--now", now, "--json"))
    assert (joined["outcome"], joined["case"], joined["facts"]["round"]) == ("round", case, 2)
    record(pamit("undo", case, "--json"))
    assert record(pamit("add", file, "--new", "--now", now, "--json"))["case"] != case


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a terminal to play")
def test_doubts_are_asked_about_on_a_terminal(tmp_path: Path, pamit: Run) -> None:
    """An impossible answer is asked again; the answer given is kept."""
    import pty

    file = tmp_path / "pesan.txt"
    file.write_text("Kami mengundang Anda wawancara posisi Kasir di Toko Baru pada Senin, 27 November 2026 pukul 09.00 WIB.")
    child, terminal = pty.fork()
    if child == 0:
        _own_streams()
        os.environ.update(PAMIT_HOME=str(tmp_path / "home"), PAMIT_LANGUAGE="en")
        try:
            main(["add", str(file), "--now", NOW])
        except SystemExit as ended:
            sys.stdout.flush()
            os._exit(ended.code if isinstance(ended.code, int) else 0)
        os._exit(99)
    seen, answers = "", ["besok", "2026-11-27 09:00"]
    while True:
        try:
            seen += os.read(terminal, 4096).decode("utf-8", "replace")
        except OSError:
            break
        if seen.rstrip().endswith("(Enter leaves it open):"):
            asked = seen.rstrip().splitlines()[-1]
            answer = answers.pop(0) if asked.startswith("Start") and answers else ""
            os.write(terminal, f"{answer}\n".encode())
            seen += "\n"
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert "That cannot be." in seen
    case = record(pamit("list", "--json"))["cases"][0]
    assert case["start"] == "2026-11-27T02:00:00+00:00"


# -- today ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["today", "due"])
def test_exit_status_tells_what_is_overdue(pamit: Run, command: str) -> None:
    """0 while all is in time, 3 when something is overdue; for cron and prompts."""
    assert pamit(command, "--now", NOW).returncode == 0
    case = added(pamit)
    assert record(pamit(command, "--now", NOW, "--json"))["overdue"] is False
    late = record(pamit(command, "--now", "2026-11-24T12:00+07:00", "--json"), 3)
    assert [(step["case"], step["do"], step["overdue_since"]) for step in late["steps"]] == [
        (case, "answer", "2026-11-24T10:12:08+07:00")
    ]
    shown = pamit(command, "--now", "2026-11-24T12:00+07:00").stdout.decode()
    assert (shown.startswith("OVERDUE"), f"$ pamit answer {case} --decision …" in shown) == (True, True)


def test_due_until_a_day_counts_to_its_end(pamit: Run) -> None:
    """The day named is meant whole."""
    case = added(pamit)
    pamit("note", case, "message_sent", "--purpose", "confirm", "--channel", "email", "--now", NOW)
    for day, count in (("2026-11-26", 0), ("2026-11-27", 1)):
        assert len(record(pamit("due", "--until", day, "--now", NOW, "--json"))["steps"]) == count


def test_list_is_filtered_and_ordered(pamit: Run) -> None:
    """Closed cases only when asked for."""
    first, second = added(pamit), added(pamit, ENGLISH)
    pamit("close", first)

    def cases(*options: object) -> list[str]:
        return [one["case"] for one in record(pamit("list", *options, "--json"))["cases"]]

    assert (cases(), cases("--stage", "closed"), cases("samudra", "--all")) == ([second], [first], [first])
    assert cases("--all", "--order", "start") == [first, second]
    assert pamit("list", "tidak ada").stdout.decode() == "There are no such cases.\n"


# -- out and in -------------------------------------------------------------------------------------------------------


def test_export_and_import(pamit: Run, tmp_path: Path) -> None:
    """A private file; the other memory is equal; nothing is written over unasked."""
    case = added(pamit)
    file = tmp_path / "semua.zip"
    assert record(pamit("export", file, "--json"))["cases"] == 1
    assert file.stat().st_mode & 0o777 == 0o600
    assert code(pamit("export", file)) == (77, "file-exists")
    assert record(pamit("export", file, "--force", "--json"))["cases"] == 1
    assert record(pamit("import", file, "--json", home="lain")) == {"added": 1, "extended": 0, "unchanged": 0}
    assert record(pamit("show", case, "--now", NOW, "--json", home="lain")) == record(
        pamit("show", case, "--now", NOW, "--json")
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "lain", "semua.zip"]


def test_backup_and_restore(pamit: Run, tmp_path: Path) -> None:
    """By a passphrase from the environment or a file, never from an argument."""
    added(pamit)
    file, secret = tmp_path / "cadangan.age", tmp_path / "sandi.txt"
    secret.write_text("kuda baterai staples\nbaris lain\n")
    assert code(pamit("backup", file)) == (66, "no-passphrase")
    assert code(pamit("backup", file, PAMIT_PASSPHRASE="pendek")) == (77, "weak-passphrase")
    assert not file.exists()
    assert record(pamit("backup", file, "--passphrase-file", secret, "--json"))["cases"] == 1
    assert code(pamit("restore", file, home="lain", PAMIT_PASSPHRASE="bukan yang itu")) == (77, "wrong-passphrase")
    restored = pamit("restore", file, "--json", home="lain", PAMIT_PASSPHRASE="kuda baterai staples")
    assert record(restored) == {"added": 1, "extended": 0, "unchanged": 0}


# -- what goes wrong --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        (("show", "zz9zz"), 66, "no-such-case"),
        (("plan", "zz9zz"), 66, "no-such-case"),
        (("edit", "CASE", "start=besok"), 65, "bad-fact"),
        (("edit", "CASE", "warna=biru"), 66, "unknown-fact"),
        (("edit", "CASE", "biru"), 65, "bad-assignment"),
        (("edit", "CASE", "position=x", "--if-version", "9"), 75, "case-moved-on"),
        (("note", "CASE", "message_sent"), 65, "no-purpose"),
        (("note", "CASE", "words"), 65, "empty-note"),
        (("note", "CASE", "attended", "--at", "2099-01-01T09:00+07:00"), 65, "in-the-future"),
        (("note", "CASE", "promised", "besok"), 65, "bad-fact"),
        (("reopen", "CASE"), 77, "not-closed"),
        (("undo", "CASE"), 77, "nothing-to-undo"),
        (("delete", "CASE"), 77, "not-confirmed"),
        (("show", "CASE", "--source", "2"), 66, "no-such-source"),
        (("import", "tidak-ada.zip"), 66, "no-such-file"),
        (("import", MAIL), 65, "not-an-archive"),
        (("restore", MAIL, "--passphrase-file", MAIL), 65, "not-a-backup"),
        (("export", "/tidak/ada/x.zip"), 69, "cannot-write"),
    ],
)
def test_mistake_is_named_with_its_status(pamit: Run, command: tuple[object, ...], status: int, said: str) -> None:
    """One sentence, a stable code, the right exit status; the case stays as it was."""
    case = added(pamit)
    assert code(pamit(*(case if part == "CASE" else part for part in command))) == (status, said)
    assert record(pamit("show", case, "--now", NOW, "--json"))["version"] == 1


def test_damage_is_found(pamit: Run, tmp_path: Path) -> None:
    """The doctor names it with exit status 1 and mends what can be derived."""
    import sqlite3

    case = added(pamit)
    with sqlite3.connect(tmp_path / "home" / "pamit.db") as connection:
        connection.execute("UPDATE case_index SET stage = 'closed'")
    found = record(pamit("doctor", "--json"), 1)
    assert [(flaw["code"], flaw["case"]) for flaw in found["flaws"]] == [("index-differs", case)]
    assert record(pamit("doctor", "--mend", "--json"))["mended"] == 1
    assert pamit("doctor").stdout.decode() == "All is well: 1 cases examined.\n"


# -- the house --------------------------------------------------------------------------------------------------------


def test_command_without_memory_does_not_load_it(tmp_path: Path) -> None:
    """Whoever only reads an invitation does not pay for a database, nor gets one."""
    code = (
        "import sys\nfrom pamit.surfaces.cli import main\n"
        "try: main(sys.argv[1:])\nexcept SystemExit: pass\n"
        "print([name for name in ('sqlalchemy', 'alembic', 'platformdirs', 'pyrage') if name in sys.modules], file=sys.stderr)"
    )
    for command in (["read"], ["plan"], ["answer", "--name", "Rani"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *command, str(MAIL)],
            capture_output=True, check=True, env={**os.environ, "PAMIT_HOME": str(tmp_path / "home")},
        )  # fmt: skip
        assert done.stderr.splitlines()[-1] == b"[]"
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", MEMORY)
def test_help_has_examples(language: Language, name: str) -> None:
    """Each command explains itself in both languages, with lines to copy."""
    words = Words(language)
    command = build(words).get_command(click.Context(click.Command("pamit")), name)
    assert command is not None
    assert f"  pamit {name}" in (command.help or "")
    assert name in COMMANDS


@pytest.mark.parametrize("language", ["id", "en"])
def test_everything_is_shown_in_words(pamit: Run, language: str) -> None:
    """Facts, timeline and messages, in the person's language, without colour codes."""
    case = added(pamit)
    pamit("note", case, "message_sent", "--purpose", "confirm", "--channel", "email", "--now", NOW)
    pamit("edit", case, "works_saturday=ya", "mode=video", "--now", NOW)
    pamit("undo", case, "--now", NOW)
    shown = pamit("show", case, "--now", NOW, PAMIT_LANGUAGE=language)
    assert (shown.returncode, b"\x1b" in shown.stdout) == (0, False)
    heads = {"id": ["Fakta", "Yang terjadi", "Pesan", "Rencana"], "en": ["Facts", "What happened", "Messages", "Plan"]}
    assert [line for line in shown.stdout.decode().splitlines() if line in heads[language]] == heads[language]


def test_everything_is_deleted_when_it_is_said_twice(pamit: Run, tmp_path: Path) -> None:
    """All cases go; what the person told of themselves goes only where it is asked for, where things lie never."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "pamit.toml").write_text('name = "Rani Kusuma"\nsecrets = "file"\ndays = ""\n')
    record(pamit("add", MAIL, "--now", NOW, "--json"))
    assert pamit("delete", "--all").returncode == 77
    for wrong in ((), ("--settings",), ("k7m2p", "--all"), ("k7m2p", "--settings")):
        assert pamit("delete", *wrong, "--yes").returncode == 65
    assert record(pamit("delete", "--all", "--yes", "--json")) == {"deleted": {"cases": 1, "accounts": 0}}
    assert "Rani" in (home / "pamit.toml").read_text()
    assert record(pamit("list", "--json"))["cases"] == []
    record(pamit("delete", "--all", "--settings", "--yes", "--json"))
    assert (home / "pamit.toml").read_text() == 'secrets = "file"\n'
