"""Pengaturan as a person walks through it: real files in a home of their own, real mail servers."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from pamit.config import load_config
from pamit.domain.terms import Language
from pamit.services.ports import Listing
from pamit.surfaces.web.guard import MAX_BODY

from .conftest import NOW, Visitor, fields_of, words_of

sys.path.append(str(Path(__file__).resolve().parents[2] / "mail"))
from servers import PASSWORD, Imap, dovecot
from smtp_server import Script, ScriptedServer

PAGES = ("", "/reminders", "/accounts", "/days", "/data", "/data/health", "/data/delete")
RANI = "rani@surel.example"


@pytest.fixture(autouse=True)
def own_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords in a file of the home, servers of this machine without TLS, no setting of whoever runs the tests."""
    for name in ("TIMEZONE", "QUIET", "SIGNATURE"):
        monkeypatch.delenv(f"PAMIT_{name}", raising=False)
    monkeypatch.setenv("PAMIT_SECRETS", "file")
    monkeypatch.setenv("PAMIT_ALLOW_PLAIN_LOOPBACK", "1")


@pytest.fixture(scope="module")
def imap() -> Iterator[Imap]:
    """A mailbox server."""
    with dovecot() as server:
        yield server


@pytest.fixture
def smtp() -> Iterator[ScriptedServer]:
    """A server that sends nothing anywhere."""
    with ScriptedServer() as server:
        yield server


def beside(text: str, field: str) -> str:
    """The sentence beside a field that is wrong; the field says so and names it."""
    tag = re.search(rf'<(?:input|textarea) id="f-{field}"[^>]*>', text)
    assert tag
    assert 'aria-invalid="true"' in tag[0]
    assert re.search(rf'aria-describedby="e-{field}[ "]', tag[0])
    sentence = re.search(rf'<small id="e-{field}" class="wrong">([^<]*)</small>', text)
    assert sentence
    assert f'<a href="#f-{field}">{sentence[1]}</a>' in text
    return unescape(sentence[1])


# -- oneself ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
def test_every_page_opens_in_both_languages(known: Visitor, language: Language) -> None:
    """Empty, too."""
    known.post("/language", {"language": language, "back": "/"})
    for path in PAGES:
        assert f'<html lang="{language}">' in known.get(f"/settings{path}").text


def test_profile_is_kept_and_taken_back(known: Visitor) -> None:
    """The signature over several lines; Undo brings back what stood there."""
    written = {
        "name": " Rani  Kusuma ", "email": "rani.baru@surel.example", "phone": "0812-0000-1234", "city": "Bandung",
        "signature": "S1 Akuntansi\r\nlinkedin.com/in/rani\r\n",
    }  # fmt: skip
    saved = known.post("/settings", written)
    assert "Pengaturan disimpan." in words_of(saved)
    assert known.site.candidate().signature == "S1 Akuntansi\nlinkedin.com/in/rani"
    assert (known.site.candidate().name, known.site.candidate().email) == ("Rani Kusuma", "rani.baru@surel.example")
    case = known.kept(contact_email="sinta@lembah.example")
    mail = known.get(f"/cases/{case}/write?purpose=confirm&channel=email")
    assert "S1 Akuntansi\nlinkedin.com/in/rani" in unescape(mail.text)
    assert "S1 Akuntansi" not in known.get(f"/cases/{case}/write?purpose=confirm&channel=text").text
    notice = saved.text.partition('<div class="notice')[2].partition("</div>")[0]
    undo = {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', notice)}
    known.post("/settings", {name: value for name, value in undo.items() if name not in ("form_token", "once")})
    assert (known.site.candidate().email, known.site.candidate().signature) == (RANI, None)


def test_wrong_profile_keeps_what_was_typed(known: Visitor) -> None:
    """Each field says what is wrong with it, and nothing is kept."""
    written = {"name": " ", "email": "rani", "phone": "tanya saja", "city": "Bandung", "signature": "a\nb\nc\nd\ne"}
    answer = known.post("/settings", written, 422)
    assert {name: beside(answer.text, name) for name in ("name", "email", "phone", "signature")} == {
        "name": "Nama Anda belum diisi.",
        "email": "Ini bukan alamat surel yang lengkap. Contoh: nama@penyedia.id.",
        "phone": "Ini bukan nomor telepon. Contoh: 0812-0000-1234.",
        "signature": "Tanda tangan paling banyak 4 baris, masing-masing 70 karakter.",
    }
    assert {name: fields_of(answer)[name] for name in ("email", "phone", "city")} == {
        "email": "rani", "phone": "tanya saja", "city": "Bandung",
    }  # fmt: skip
    assert "a\nb\nc\nd\ne</textarea>" in answer.text
    assert known.site.candidate().city is None


def test_what_the_environment_sets_is_shown_and_stays(known: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The field is closed and names the variable; a form that sends it all the same changes nothing."""
    monkeypatch.setenv("PAMIT_CITY", "Medan")
    page = known.get("/settings")
    assert re.search(r'<input id="f-city"[^>]* value="Medan"[^>]* disabled', page.text)
    assert "Ditetapkan oleh PAMIT_CITY" in words_of(page)
    known.post("/settings", {"name": "Rani", "city": "Bandung"})
    monkeypatch.delenv("PAMIT_CITY")
    assert (known.site.candidate().name, known.site.candidate().city) == ("Rani", None)


# -- language and reminders -------------------------------------------------------------------------------------------


def test_quiet_hours_and_zone_hold_at_once(known: Visitor) -> None:
    """In the running app and in the file; the language of this browser follows."""
    values = {"language": "en", "timezone": "Asia/Makassar", "begins": "20:30", "ends": "06:00"}
    saved = known.post("/settings/reminders", values)
    assert '<html lang="en">' in saved.text
    found = load_config()
    assert (found.language, found.timezone, str(found.quiet)) == (Language.EN, "Asia/Makassar", "20:30-06:00")
    assert str(known.site.pamit.quiet) == "20:30-06:00"
    known.post("/settings/reminders", {**values, "always": "1", "timezone": ""})
    assert (load_config().timezone, str(known.site.pamit.quiet)) == (None, "none")


def test_impossible_hours_are_asked_again(known: Visitor) -> None:
    """Equal ones, none, a zone that is none."""
    for begins, ends in (("21:00", "21:00"), ("", "07:00"), ("25:00", "07:00")):
        answer = known.post("/settings/reminders", {"begins": begins, "ends": ends, "language": "id"}, 422)
        assert "yang berbeda" in beside(answer.text, "begins")
        assert fields_of(answer)["ends"] == ends
    known.post("/settings/reminders", {"begins": "21:00", "ends": "07:00", "timezone": "Asia/Nowhere"}, 422)
    assert load_config().timezone is None


def test_next_reminders_are_shown(known: Visitor) -> None:
    """What pamit remind would give."""
    case = known.kept()
    first = known.site.pamit.reminders(known.site.here(), NOW, 1)[0]
    page = known.get("/settings/reminders")
    assert f'href="/cases/{case}"' in page.text
    assert first.company
    assert first.company in words_of(page)


# -- mail accounts ----------------------------------------------------------------------------------------------------


def add_account(known: Visitor, smtp: ScriptedServer, imap: Imap, password: str = PASSWORD, status: int = 200) -> str:
    """The story of one account: its address, its servers, its password."""
    asked = known.post("/settings/accounts/new", {"address": RANI})
    assert fields_of(asked)["imap"] == "mail.surel.example:993/tls"
    servers = {"smtp": f"127.0.0.1:{smtp.port}/plain", "imap": f"127.0.0.1:{imap.port}/plain"}
    return known.post("/settings/accounts/add", {**fields_of(asked), **servers, "password": password}, status).text


def test_account_works_from_its_beginning_to_its_end(known: Visitor, smtp: ScriptedServer, imap: Imap) -> None:
    """Added by trying both servers, tried again, read, removed; the password stands in the file of secrets alone."""
    pages = [add_account(known, smtp, imap)]
    assert [str(one.imap) for one in known.site.pamit.accounts()] == [f"127.0.0.1:{imap.port}/plain"]
    invitation = (
        b"From: Sinta <sinta@lembah.example>\r\nTo: rani@surel.example\r\nSubject: Undangan wawancara Staf Gudang\r\n"
        b"Date: Tue, 24 Nov 2026 08:00:00 +0700\r\nMessage-ID: <1@lembah.example>\r\n\r\nYth. Rani, kami dari PT Lembah Cahaya "
        b"mengundang Anda wawancara untuk posisi Staf Gudang pada Jumat, 27 November 2026 pukul 10.00 WIB.\r\n"
    )
    imap.put(RANI, invitation)
    tried = known.post(f"/settings/accounts/{RANI}/test")
    assert "sambungannya baik" in words_of(tried)
    looked = known.post("/settings/accounts/sync")
    assert ("1 usulan" in words_of(looked), len(known.site.pamit.proposals())) == (True, 1)
    pages += [tried.text, looked.text, known.get("/settings/accounts").text]
    assert [PASSWORD in page for page in pages] == [False] * len(pages)
    home = load_config().home
    assert [file.name for file in home.iterdir() if PASSWORD.encode() in file.read_bytes()] == ["secrets.json"]
    known.get(f"/settings/accounts/{RANI}/remove")
    assert len(known.site.pamit.accounts()) == 1
    known.post(f"/settings/accounts/{RANI}/remove")
    assert list(known.site.pamit.accounts()) == []
    assert [file.name for file in home.iterdir() if PASSWORD.encode() in file.read_bytes()] == []


def test_refused_password_is_said_beside_it_and_not_kept(known: Visitor, smtp: ScriptedServer, imap: Imap) -> None:
    """Everything typed stays but the password, and so does the password of an account that worked."""
    text = add_account(known, smtp, imap, "salah-sekali", 422)
    assert beside(text, "password").startswith("IMAP: nama atau kata sandinya ditolak.")
    assert ("salah-sekali" in text, f"127.0.0.1:{smtp.port}/plain" in text) == (False, True)
    assert list(known.site.pamit.accounts()) == []
    assert b"salah-sekali" not in (load_config().home / "secrets.json").read_bytes()
    add_account(known, smtp, imap)
    add_account(known, smtp, imap, "salah-sekali", 422)
    assert "sambungannya baik" in words_of(known.post(f"/settings/accounts/{RANI}/test"))


def test_server_that_is_not_there_is_said_beside_it(known: Visitor, imap: Imap) -> None:
    """A dead port, one that is no port, an address that is none."""
    dead = ScriptedServer(Script())
    dead.close()
    answer = add_account(known, dead, imap, status=422)
    assert beside(answer, "smtp").startswith("SMTP: servernya tidak menjawab.")
    fields = {"address": RANI, "smtp": "mail.surel.example", "imap": "a:1/tls", "password": "x"}
    assert "Server ditulis" in beside(known.post("/settings/accounts/add", fields, 422).text, "smtp")
    fields = {"address": RANI, "smtp": "a:1/tls", "imap": "b:x", "password": ""}
    answer = known.post("/settings/accounts/add", fields, 422).text
    assert (beside(answer, "imap")[:14], beside(answer, "password")) == ("Server ditulis", "Kata sandinya belum diisi.")
    beside(known.post("/settings/accounts/new", {"address": "rani"}, 422).text, "address")


def test_known_providers_bring_servers_and_advice(known: Visitor) -> None:
    """One that only lets in through the browser is said to need the terminal, and asks for no password."""
    gmail = known.post("/settings/accounts/new", {"address": "rani@gmail.com"})
    assert fields_of(gmail)["smtp"] == "smtp.gmail.com:465/tls"
    assert "sandi aplikasi" in words_of(gmail)
    outlook = known.post("/settings/accounts/new", {"address": "rani@outlook.com"})
    assert "pamit account add rani@outlook.com --client" in words_of(outlook)
    assert 'name="password"' not in outlook.text


def test_unknown_account_is_said_to_be_none(known: Visitor) -> None:
    """Nothing to test, nothing to remove, nothing to read."""
    for path in ("/none@surel.example/test", "/none@surel.example/remove", "/sync"):
        known.post(f"/settings/accounts{path}", status=404)


# -- days -------------------------------------------------------------------------------------------------------------


def test_own_day_moves_plans_at_once_and_can_be_taken_back(known: Visitor) -> None:
    """The file is made where none was named; a new process reads the same."""
    day = date(2026, 11, 25)
    known.post("/settings/days/add", {"day": str(day), "name": "Libur daerah", "kind": "off"})
    assert known.site.pamit.own_days.off == {day: "Libur daerah"}
    assert "Rabu, 25 November 2026" in words_of(known.get("/settings/days"))
    file = load_config().days
    assert file == load_config().home / "days.toml"
    assert file.stat().st_mode & 0o777 == 0o600
    removed = known.post("/settings/days/remove", {"day": str(day)})
    assert known.site.pamit.own_days.off == {}
    notice = removed.text.partition('<div class="notice')[2].partition("</div>")[0]
    known.post("/settings/days/add", {"day": str(day), "name": "Libur daerah", "kind": "off"})
    assert all(mark in notice for mark in ("/settings/days/add", "Libur daerah", str(day)))
    known.post("/settings/days/add", {"day": "2026-12-25", "name": "", "kind": "work"})
    assert known.site.pamit.own_days.on == {date(2026, 12, 25)}


def test_day_without_date_or_name_is_asked_again(known: Visitor) -> None:
    """What was typed stays."""
    answer = known.post("/settings/days/add", {"day": "31 November", "name": "", "kind": "off"}, 422)
    assert (beside(answer.text, "day"), beside(answer.text, "name")) == ("Pilih tanggalnya.", "Beri nama liburnya.")
    answer = known.post("/settings/days/add", {"day": "", "name": "Libur <b>daerah</b>", "kind": "off"}, 422)
    assert fields_of(answer)["name"] == "Libur <b>daerah</b>"
    assert load_config().days is None


# -- data -------------------------------------------------------------------------------------------------------------


def test_archive_goes_out_and_comes_in(known: Visitor) -> None:
    """As a file to be saved; what comes is counted."""
    case = known.kept()
    archive = known.get("/settings/data/export")
    assert archive.headers["content-disposition"].startswith('attachment; filename="pamit-2026-11-24.zip"')
    known.post(f"/cases/{case}/delete", {"sure": "1"})
    for expected in ("1 lamaran ditambahkan, 0 dilengkapi, 0 sudah sama", "0 lamaran ditambahkan, 0 dilengkapi, 1 sudah sama"):
        came = known.post("/settings/data/import", files={"archive": ("a.zip", archive.content)})
        assert expected in words_of(came)
    assert [row.case for row in known.site.pamit.list(Listing(), NOW)] == [case]
    broken = known.post("/settings/data/import", status=422, files={"archive": ("a.zip", b"PK no")})
    assert "bukan arsip Pamit" in beside(broken.text, "archive")
    assert "Pilih dulu" in beside(known.post("/settings/data/import", status=422).text, "archive")


def test_backup_opens_with_its_passphrase_alone(known: Visitor) -> None:
    """Typed twice, never shown; a wrong one is said beside its field."""
    case, phrase = known.kept(), "kata sandi panjang"
    different = known.post("/settings/data/backup", {"passphrase": phrase, "again": "lain"}, 422)
    assert (beside(different.text, "again"), phrase in different.text) == ("Kedua frasa sandi tidak sama.", False)
    beside(known.post("/settings/data/backup", {"passphrase": "abc", "again": "abc"}, 422).text, "passphrase")
    backup = known.post("/settings/data/backup", {"passphrase": phrase, "again": phrase})
    assert backup.content.startswith(b"age-encryption.org/")
    known.post(f"/cases/{case}/delete", {"sure": "1"})
    file = {"backup": ("a.age", io.BytesIO(backup.content))}
    wrong = known.post("/settings/data/restore", {"opened_by": "salah salah"}, 422, files=file)
    assert "tidak membuka" in beside(wrong.text, "opened_by")
    file = {"backup": ("a.age", io.BytesIO(backup.content))}
    assert "1 lamaran ditambahkan" in words_of(known.post("/settings/data/restore", {"opened_by": phrase}, files=file))
    beside(known.post("/settings/data/restore", {"opened_by": phrase}, 422, files={"backup": ("a", b"x")}).text, "backup")


def test_health_is_shown_and_mended(known: Visitor) -> None:
    """An index that differs is named, and derived anew."""
    case = known.kept()
    page = known.get("/settings/data/health")
    assert "Semua baik: 1 lamaran diperiksa." in words_of(page)
    assert str(load_config().home / "pamit.db") in words_of(page)
    with known.site.pamit.store.writing() as unit:
        row = unit.index(case)
        assert row
        unit.put_index(type(row)(**{**vars(row), "company": "PT Keliru"}))
    assert "Susun ulang indeksnya" in words_of(known.get("/settings/data/health"))
    assert "1 indeks disusun ulang" in words_of(known.post("/settings/data/mend"))
    assert known.site.pamit.examine(NOW).flaws == ()


def test_everything_goes_when_the_word_is_typed(known: Visitor, smtp: ScriptedServer, imap: Imap) -> None:
    """Not before; settings only where asked for; nothing of it stays in the files."""
    add_account(known, smtp, imap)
    known.kept()
    known.post("/settings/days/add", {"day": "2026-11-25", "name": "Libur daerah", "kind": "off"})
    asked = known.post("/settings/data/delete", {"word": "ya", "settings": "1"}, 422)
    assert "Belum ada yang dihapus" in beside(asked.text, "word")
    assert (known.site.pamit.count(), 'name="settings" value="1" checked' in asked.text) == (1, True)
    done = known.post("/settings/data/delete", {"word": " Hapus "})
    assert "1 lamaran dan 1 akun surel" in words_of(done)
    assert (known.site.pamit.count(), list(known.site.pamit.accounts())) == (0, [])
    assert known.site.candidate().name == "Rani Kusuma"
    home = load_config().home
    held = b"".join(file.read_bytes() for file in home.iterdir())
    assert [word for word in (b"Lembah Cahaya", b"Staf Gudang", PASSWORD.encode()) if word in held] == []
    known.post("/settings/data/delete", {"word": "hapus", "settings": "1"})
    assert (known.site.candidate().name, known.site.pamit.own_days.off, (home / "days.toml").exists()) == ("", {}, False)


def test_large_archive_is_let_in_where_it_belongs(known: Visitor) -> None:
    """Where archives come in, and nowhere else."""
    large = b"\x00" * (MAX_BODY + 1)
    answer = known.post("/settings/data/import", status=422, files={"archive": ("a.zip", large)})
    assert "bukan arsip Pamit" in beside(answer.text, "archive")
    known.post("/add", status=413, files={"file": ("a.eml", large)})
