"""Pamit installed from its packages, away from the repository: alone, and with each extra alone."""

from __future__ import annotations

import http.cookiejar
import json
import subprocess
import tomllib
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import ROOT, Built, Clean, clean_environment

INVITATION = """From: Ratih <ratih@karyamandiri.example>
To: Rani Kusuma <rani@pelamar.example>
Date: Mon, 23 Nov 2026 10:12:08 +0700
Subject: Undangan Wawancara - Staf Pengadaan
Message-ID: <satu@karyamandiri.example>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<p>Yth. Sdri. Rani Kusuma,</p><p>Kami mengundang Saudari untuk mengikuti wawancara posisi Staf Pengadaan
di PT Karya Mandiri Jaya pada Jumat, 27 November 2026
pukul 09.00-10.00 WIB di Jl. Merdeka No. 5, Bandung.</p><p>Hormat kami,<br>Ratih</p>
"""
NOW = "2026-11-24T09:00:00+07:00"
NO_SERVER = "127.0.0.1:1/tls"
"""Nobody listens at port 1."""

DOORS = {
    "pamit.surfaces.web": "web",
    "pamit.surfaces.phone": "web",
    "pamit.surfaces.api": "web",
    "pamit.surfaces.mcp": "mcp",
}
"""The rooms that need an extra to be imported at all; every other imports its optional packages when they are used."""


def wrote_letter(clean: Clean) -> None:
    """PDF and DOCX."""
    for name, first in (("surat.pdf", b"%PDF-"), ("surat.docx", b"PK")):
        _must(
            clean.run(
                "write", "decline", "undangan.eml", "--name", "Rani Kusuma", "--city", "Bandung", "--now", NOW, "-o", name
            )
        )
        assert (clean.home / name).read_bytes().startswith(first)


def kept_account(clean: Clean) -> None:
    """An account is kept; its mailbox is asked for, and nobody answers."""
    _must(_add_account(clean))
    assert _code(clean.run("sync")) == "sync-failed"
    _must(clean.run("account", "remove", "rani@pelamar.example"))


def scanned_a_mailbox(clean: Clean) -> None:
    """A folder of mails is looked through; a mailbox is asked for, and nobody answers."""
    _scan_folder(clean)
    _must(_add_account(clean, PAMIT_SECRETS="file"))
    assert _code(clean.run("scan", "rani@pelamar.example", PAMIT_SECRETS="file")) == "mailbox-unreachable"


def answered_an_assistant(clean: Clean) -> None:
    """The first message of the protocol, and the end of input."""
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    asked = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}
    answered = _must(clean.run("mcp", given=f"{json.dumps(asked)}\n"))
    assert json.loads(answered.stdout)["result"]["serverInfo"]["name"].lower() == "pamit"


def asked_postgres(clean: Clean) -> None:
    """There is a driver; there is no server."""
    assert _code(clean.run("list", PAMIT_DATABASE="postgresql://nobody@127.0.0.1:1/none")) == "store-unreachable"


def served_first_page(clean: Clean) -> None:
    """``pamit serve``, opened as the link says, with its style sheet."""
    command = [str(clean.folder / "bin" / "pamit"), "serve", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, cwd=clean.home, env=clean.environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            link = server.stdout.readline().split()[-1]
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
            page = browser.open(link, timeout=60).read().decode("utf-8")
            style = browser.open(
                link.partition("/start")[0].partition("/mulai")[0].split("?")[0] + "/static/pamit.css", timeout=60
            )
            assert "<title>" in page
            assert style.status == 200
        finally:
            server.terminate()
            server.wait(30)


def reminded_on_the_desktop(clean: Clean) -> None:
    """Nothing is due, so nothing is shown; the way to show it is there."""
    _must(clean.run("remind", "--once", "--notify", "desktop"))


USES: dict[str, tuple[Callable[[Clean], None], tuple[str, ...], str]] = {
    "scan": (scanned_a_mailbox, ("ahocorasick_rs", "imapclient"), "mail-not-installed"),
    "letters": (wrote_letter, ("docx", "typst"), "letters-not-installed"),
    "mail": (kept_account, ("imapclient", "keyring"), "mail-not-installed"),
    "mcp": (answered_an_assistant, ("mcp",), "mcp-not-installed"),
    "postgres": (asked_postgres, ("psycopg",), "no-driver"),
    "web": (served_first_page, ("fastapi", "jinja2", "python_multipart", "uvicorn"), "web-not-installed"),
    "worker": (reminded_on_the_desktop, ("desktop_notifier",), "worker-not-installed"),
}
"""For each extra a use of it, the packages it brings, and what is said without it."""


def test_every_extra_has_a_use_here() -> None:
    """A new extra is not forgotten."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert set(USES) == set(extras) - {"all"}


def test_bare_package_reads_writes_checks_and_remembers(bare: Clean) -> None:
    """Everything the command line does at heart, from the wheel that was built from the sdist."""
    _put_invitation(bare)
    assert _must(bare.run("--version")).stdout == f"pamit {_version()}\n"
    read = json.loads(_must(bare.run("read", "undangan.eml", "--json")).stdout)
    assert "2026-11-27T09:00:00+07:00" in json.dumps(read)
    written = _must(bare.run("write", "confirm", "undangan.eml", "--name", "Rani Kusuma", "--now", NOW)).stdout
    (bare.home / "draf.txt").write_text(written, "utf-8")
    _must(bare.run("check", "draf.txt", "--against", "undangan.eml", "--name", "Rani Kusuma", "--now", NOW))
    _must(bare.run("add", "undangan.eml", "--now", NOW))
    today = json.loads(_must(bare.run("today", "--now", NOW, "--json")).stdout)
    assert "PT Karya Mandiri Jaya" in json.dumps(today)
    _scan_folder(bare)
    _must(bare.run("backup", "cadangan.age", PAMIT_PASSPHRASE="kata sandi yang panjang"))
    assert _must(bare.run("doctor")).returncode == 0


def test_bare_package_has_no_optional_package(bare: Clean) -> None:
    """What an extra brings comes with the extra alone; otherwise the tests below would show nothing."""
    brought = sorted({name for _, modules, _ in USES.values() for name in modules})
    code = f"from importlib.util import find_spec; print([one for one in {brought!r} if find_spec(one)])"
    assert _must(bare.python(code)).stdout == "[]\n"


def test_bare_package_imports_every_module_but_those_behind_a_door(bare: Clean) -> None:
    """An optional package is imported where it is used, so nothing else fails without it."""
    assert _unimportable(bare, ("pamit.",), tuple(DOORS)) == []


def test_manuals_are_installed(bare: Clean) -> None:
    """Where ``man`` looks for them."""
    for place in ("man1/pamit.1", "id/man1/pamit.1"):
        assert (bare.folder / "share" / "man" / place).read_bytes().startswith(b'.\\"')


@pytest.mark.parametrize("extra", sorted(USES))
def test_use_without_its_extra_names_the_extra(bare: Clean, extra: str) -> None:
    """One sentence with what to install, and a stable code; never a traceback."""
    _put_invitation(bare)
    use = {
        "scan": lambda: bare.run("scan", "lain@pelamar.example", PAMIT_SECRETS="file"),
        "letters": lambda: bare.run(
            "write", "decline", "undangan.eml", "--name", "Rani", "--city", "Bandung", "-o", "surat.pdf"
        ),
        "mail": lambda: _add_account(bare),
        "mcp": lambda: bare.run("mcp"),
        "postgres": lambda: bare.run("list", PAMIT_DATABASE="postgresql://nobody@127.0.0.1:1/none"),
        "web": lambda: bare.run("serve", "--no-browser", "--port", "0"),
        "worker": lambda: bare.run("worker", "--notify", "desktop"),
    }[extra]
    if extra == "scan":
        _must(_add_account(bare, "lain@pelamar.example", PAMIT_SECRETS="file"))
    done = use()
    named = {"scan": "mail"}.get(extra, extra)
    assert (_code(done), f"pamit[{named}]" in done.stderr) == (USES[extra][2], True)


@pytest.mark.parametrize("extra", sorted(USES))
def test_extra_alone_is_enough(built: Built, tmp_path: Path, extra: str) -> None:
    """Installed with one extra and no other: the rooms behind its door import, and it does its work."""
    clean = clean_environment(built.wheel, tmp_path, extra)
    _put_invitation(clean)
    opened = tuple(door for door, needed in DOORS.items() if needed == extra)
    assert _unimportable(clean, opened) == []
    USES[extra][0](clean)


def test_all_extras_together(built: Built, tmp_path: Path) -> None:
    """``pamit[all]``: every module imports, and every package an extra brings is there."""
    clean = clean_environment(built.wheel, tmp_path, "all")
    assert _unimportable(clean, ("pamit.",)) == []
    brought = sorted({name for _, modules, _ in USES.values() for name in modules})
    code = f"from importlib.util import find_spec; print([one for one in {brought!r} if not find_spec(one)])"
    assert _must(clean.python(code)).stdout == "[]\n"


def test_accounts_without_the_extra_work_where_a_file_was_chosen(bare: Clean) -> None:
    """Sending needs nothing but the standard library; a mailbox says what is missing."""
    _must(_add_account(bare, PAMIT_SECRETS="file"))
    assert _code(bare.run("account", "test", "rani@pelamar.example", PAMIT_SECRETS="file")) == "account-fails"
    assert "mail-not-installed" in bare.run("sync", PAMIT_SECRETS="file").stderr
    _must(bare.run("account", "remove", "rani@pelamar.example", PAMIT_SECRETS="file"))


def _put_invitation(clean: Clean) -> None:
    (clean.home / "undangan.eml").write_text(INVITATION, "utf-8")


def _scan_folder(clean: Clean) -> None:
    (clean.home / "arsip").mkdir()
    (clean.home / "arsip" / "satu.eml").write_text(INVITATION, "utf-8")
    assert "PT Karya Mandiri Jaya" in _must(clean.run("scan", "arsip", "--now", NOW)).stdout


def _add_account(clean: Clean, address: str = "rani@pelamar.example", **settings: str) -> subprocess.CompletedProcess[str]:
    servers = ("--smtp", NO_SERVER, "--imap", NO_SERVER, "--password-file", "-", "--no-test")
    return clean.run("account", "add", address, *servers, given="rahasia\n", **settings)


def _unimportable(clean: Clean, rooms: tuple[str, ...], shut: tuple[str, ...] = ()) -> list[str]:
    """Modules of these rooms that cannot be imported in one process, those behind ``shut`` left out."""
    if not rooms:
        return []
    code = f"""
import importlib, json, pkgutil, pamit
failed = []
for found in pkgutil.walk_packages(pamit.__path__, "pamit.", onerror=lambda name: None):
    # A migration is run by alembic alone, and the main module is the program.
    ran_by_others = ".versions." in found.name or found.name == "pamit.__main__"
    if ran_by_others or not found.name.startswith({rooms!r}) or found.name.startswith({shut!r}):
        continue
    try:
        importlib.import_module(found.name)
    except Exception as error:
        failed.append(f"{{found.name}}: {{error!r}}")
print(json.dumps(failed))
"""
    found: list[str] = json.loads(_must(clean.python(code)).stdout)
    return found


def _must(done: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    # 3 says that something is overdue.
    assert done.returncode in (0, 3), (done.args, done.stdout, done.stderr)
    return done


def _code(done: subprocess.CompletedProcess[str]) -> str:
    """The stable code of an error."""
    lines = done.stderr.strip().splitlines()
    assert "Traceback" not in done.stderr, done.stderr
    return lines[-1].rpartition("[")[2].rstrip("]") if lines else ""


def _version() -> str:
    from pamit import __version__

    return __version__
