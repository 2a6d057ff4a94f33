"""Archives of mail on disk: what is recognised, that hostile ones are bounded, and that every way through gives the same."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pamit.adapters import mail_files
from pamit.adapters.mail_files import MailFiles, mails_of
from pamit.adapters.scan_engine import ProcessEngine
from pamit.adapters.scan_journal import FileJournal, forget_scans, journal_name
from pamit.errors import PamitError
from pamit.services.scan_ports import Tally
from pamit.services.scanning import Scan, scan

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BORDER = b"From x@y.example Thu Apr 16 09:53:04 +0000 2015\n"


def letter(number: int, *, size: int = 0) -> bytes:
    """An invitation, as long as wanted."""
    return (
        b"From: HRD <hrd%d@kertas.example>\nTo: rani@surat.example\nSubject: Undangan wawancara\n"
        b"Date: Mon, 23 Nov 2026 09:00:00 +0700\nMessage-ID: <%d@kertas.example>\n\n"
        b"Kami mengundang Anda untuk wawancara posisi Kasir pada Jumat, 27 November 2026 pukul 09.00\ndi Jalan Melati 1.\n%s\n"
        % (number, number, (b"y" * 70 + b"\n") * (size // 71))
    )


def mbox(path: Path, count: int, size: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(BORDER + letter(number, size=size) + b"\n" for number in range(count)))
    return path


def scanned(path: Path, jobs: int = 1, home: Path | None = None) -> Scan:
    archive = MailFiles(path)
    journal = FileJournal(home or path.parent / "home", journal_name(archive.identity, (), thorough=False))
    return scan(archive, ProcessEngine(jobs, mails_of), journal, (), NOW)


def test_archive_of_every_form_holds_the_same(tmp_path: Path) -> None:
    """An mbox, a zip of it, a Maildir and a folder of .eml files."""
    box = mbox(tmp_path / "a" / "Semua surel.mbox", 5)
    packed = tmp_path / "takeout.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.write(box, "Takeout/Mail/Semua surel.mbox")
        file.writestr("Takeout/archive_browser.html", "<p>halo</p>")
    for number in range(5):
        for path in (tmp_path / "md" / "cur" / f"{number}.host:2,S", tmp_path / "eml" / "sub" / f"{number}.eml"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(letter(number))
    (tmp_path / "md" / "new").mkdir()
    found = [
        [(one.mail.message_id, one.mail.company, one.mail.start) for one in scanned(path).interviews]
        for path in (box, packed, tmp_path / "md", tmp_path / "eml", tmp_path / "a")
    ]
    assert [len(one) for one in found] == [5] * 5
    assert all(sorted(one) == sorted(found[0]) for one in found)


def test_archive_single_mail(tmp_path: Path) -> None:
    """One .eml file is an archive too."""
    path = tmp_path / "one.eml"
    path.write_bytes(letter(1))
    assert [one.mail.place.source for one in scanned(path).interviews] == ["one.eml"]


def test_archive_passes_over_what_was_thrown_away(tmp_path: Path) -> None:
    """Maildir's mark for it, its folders of spam and trash, what is not yet delivered, and links."""
    for name in (
        "cur/1.h:2,S",
        "cur/2.h:2,ST",
        "new/3.h",
        "tmp/4.h",
        ".Trash/cur/5.h:2,S",
        ".Spam/new/6.h",
        ".Arsip/cur/7.h:2,",
    ):
        path = tmp_path / "md" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(letter(int(path.name[0])))
    (tmp_path / "md" / "cur" / "8.h:2,S").symlink_to(tmp_path / "md" / "new" / "3.h")
    found = scanned(tmp_path / "md")
    assert sorted(one.mail.message_id or "" for one in found.interviews) == [
        f"<{number}@kertas.example>" for number in (1, 3, 7)
    ]


@pytest.mark.parametrize("folder", [".Sent/cur", "Terkirim"])
def test_archive_folder_of_sent_mails(tmp_path: Path, folder: str) -> None:
    """What lies there was written by the person."""
    path = tmp_path / "md" / folder / ("1.h:2,S" if folder.endswith("cur") else "1.eml")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"From: lama@surat.example\nTo: hrd1@kertas.example\nDate: Mon, 23 Nov 2026 10:00:00 +0700\n"
                     b"In-Reply-To: <1@kertas.example>\n\nSaya bersedia hadir.\n")  # fmt: skip
    (tmp_path / "md" / "1.eml").write_bytes(letter(1))
    assert scanned(tmp_path / "md").owed == ()


@pytest.mark.parametrize("jobs", [1, 2])
def test_archive_parts_give_the_same_with_any_number_of_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """Parts end at the borders of mails, wherever their size falls."""
    box = mbox(tmp_path / "a.mbox", 60, 900)
    whole = scanned(box)
    assert whole.looked == 60
    for part in (1, 500, 1300, 20_000):
        monkeypatch.setattr(mail_files, "_PART", part)
        found = scanned(box, jobs)
        assert (found.interviews, found.looked, found.size) == (whole.interviews, 60, whole.size)


def test_archive_packed_parts_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip is unpacked in parts that end at the borders of mails."""
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.write(mbox(tmp_path / "a.mbox", 60, 900), "a.mbox")
    whole = scanned(packed)
    monkeypatch.setattr(mail_files, "_WINDOW", 512)
    for part in (600, 5000):
        monkeypatch.setattr(mail_files, "_PART", part)
        assert scanned(packed, 2).interviews == whole.interviews
    assert whole.looked == 60


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("part", [1, 400, 900, 2500, 9000])
def test_archive_mail_that_holds_an_mbox_is_in_one_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: int, packed: bool
) -> None:
    """Its stated length is believed wherever a part ends; what it quotes are no mails."""
    quoted = b"the file:\n\n" + b"".join(BORDER + letter(number) + b"\n" for number in (7, 8, 9)) + b"end\n"
    whole = b"From: a@b.example\nContent-Length: %d\nSubject: x\n\n%s" % (len(quoted), quoted)
    box = tmp_path / "a.mbox"
    box.write_bytes(b"".join(BORDER + mail + b"\n" for mail in (whole, letter(1), whole, letter(2), whole, letter(3))))
    path = box
    if packed:
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w") as file:
            file.write(box, "a.mbox")
    monkeypatch.setattr(mail_files, "_PART", part)
    monkeypatch.setattr(mail_files, "_WINDOW", 300)
    found = scanned(path)
    assert (found.looked, found.size) == (6, box.stat().st_size)
    assert sorted(one.mail.message_id or "" for one in found.interviews) == [
        f"<{number}@kertas.example>" for number in (1, 2, 3)
    ]


def test_archive_part_without_end_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One mail above all limits costs its beginning; those behind it are found."""
    box = tmp_path / "a.mbox"
    head = b"Content-Length: 1\nSubject: x\n\n"
    box.write_bytes(b"".join(BORDER + mail + b"\n" for mail in (head + b"z" * 9_000_000 + b"\n", letter(1))))
    monkeypatch.setattr(mail_files, "_PART", 1000)
    monkeypatch.setattr(mail_files, "_LARGEST_PART", 1_000_000)
    assert [one.mail.message_id for one in scanned(box).interviews] == ["<1@kertas.example>"]


def test_fetch_gives_the_mails_of_places(tmp_path: Path) -> None:
    """From an mbox and from a zip."""
    box = mbox(tmp_path / "a.mbox", 9)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.write(box, "a.mbox")
    for path in (box, tmp_path / "a.zip"):
        archive = MailFiles(path)
        places = [
            one.mail.place
            for one in scanned(path).interviews
            if one.mail.message_id in ("<2@kertas.example>", "<7@kertas.example>")
        ]
        assert sorted(data for _, data in archive.fetch(places)) == [letter(2), letter(7)]


# -- what is damaged or hostile ----------------------------------------------------------------------------------------


def test_zip_that_unpacks_to_far_more_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bomb is stopped at a hundred times its size; what else lies in the zip counts."""
    monkeypatch.setattr(mail_files, "_RATIO_FROM", 1_000_000)
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("bomb.mbox", BORDER + b"Subject: x\n\n" + b"0" * 30_000_000)
        file.write(mbox(tmp_path / "a.mbox", 3), "b.mbox")
    found = scanned(packed)
    assert found.troubles == (("a.zip/bomb.mbox", "zip-suspicious"),)
    assert len(found.interviews) == 3


def test_zip_with_a_damaged_member_gives_what_can_be_read(tmp_path: Path) -> None:
    """A broken checksum ends its member and is told."""
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as file:
        file.write(mbox(tmp_path / "a.mbox", 3), "a.mbox")
        file.write(mbox(tmp_path / "b.mbox", 4), "b.mbox")
    data = bytearray(packed.read_bytes())
    at = data.find(b"Jalan Melati")
    data[at : at + 5] = b"Xalan"
    packed.write_bytes(data)
    found = scanned(packed)
    assert [name for name, _ in found.troubles] == ["a.zip/a.mbox"]
    assert len(found.interviews) >= 4


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_zip_that_is_cut_off_is_refused(tmp_path: Path, cut: float) -> None:
    """Without its table of contents nothing of a zip can be trusted."""
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.write(mbox(tmp_path / "a.mbox", 50), "a.mbox")
    packed.write_bytes(packed.read_bytes()[: int(packed.stat().st_size * cut)])
    with pytest.raises(PamitError) as caught:
        scanned(packed)
    assert caught.value.code == "damaged-zip"


def test_zip_names_that_lead_outside_write_nothing(tmp_path: Path) -> None:
    """Members are read as streams; nothing is ever put on the disk."""
    folder = tmp_path / "in"
    folder.mkdir()
    with zipfile.ZipFile(folder / "a.zip", "w") as file:
        file.writestr("../../out.mbox", BORDER + letter(1))
    before = sorted(path.name for path in tmp_path.iterdir())
    assert len(scanned(folder / "a.zip", home=folder / "home").interviews) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize("data", [b"", b"just words\n", b"\x00" * 5000, b"From nobody\n"])
def test_file_without_mail_is_told(tmp_path: Path, data: bytes) -> None:
    """What holds no mail is no archive."""
    (tmp_path / "a.mbox").write_bytes(data)
    with pytest.raises(PamitError) as caught:
        MailFiles(tmp_path / "a.mbox")
    assert caught.value.code == "no-mail-there"


def test_hostile_mbox_is_bounded(tmp_path: Path) -> None:
    """A line of 50 MB and NUL bytes cost their own mail alone."""
    with (tmp_path / "a.mbox").open("wb") as file:
        file.write(BORDER + letter(1) + b"\n" + BORDER + b"Subject: x\n\n")
        for _ in range(50):
            file.write(b"x" * 1_000_000)
        file.write(b"\n\n" + BORDER + b"Subject: y\n\n\x00\x00wawancara\n\n" + BORDER + letter(2))
    found = scanned(tmp_path / "a.mbox")
    assert sorted(one.mail.message_id or "" for one in found.interviews) == ["<1@kertas.example>", "<2@kertas.example>"]
    assert found.looked == 4


# -- the journal ---------------------------------------------------------------------------------------------------------


def test_journal_forgets_a_line_that_was_cut_off(tmp_path: Path) -> None:
    """Power that fails in the middle of a line costs that line."""
    journal = FileJournal(tmp_path, "x")
    journal.put("a", Tally(looked=1))
    journal.put("b", Tally(looked=2))
    with journal.path.open("ab") as file:
        file.write(b'{"key":"c","tal')
    assert journal.load() == {"a": Tally(looked=1), "b": Tally(looked=2)}
    journal.put("d", Tally(looked=3))
    assert list(journal.load()) == ["a", "b", "d"]


def test_journal_that_is_none_begins_anew(tmp_path: Path) -> None:
    """A file that holds something else is no reason to fail."""
    journal = FileJournal(tmp_path, "x")
    journal.put("a", Tally())
    journal.path.write_bytes(b"not json\n")
    assert journal.load() == {}


def test_journal_belongs_to_one_archive_as_it_is(tmp_path: Path) -> None:
    """Changed mail, other addresses of one's own: another journal. Its file is for its owner's eyes."""
    box = mbox(tmp_path / "a.mbox", 2)
    before = MailFiles(box).identity
    mbox(box, 3)
    names = {
        journal_name(identity, own, thorough=False) for identity in (before, MailFiles(box).identity) for own in ((), ("a@b",))
    }
    assert len(names) == 4
    journal = FileJournal(tmp_path, "x")
    journal.put("a", Tally())
    assert journal.path.stat().st_mode & 0o077 == 0
    forget_scans(tmp_path)
    assert not journal.path.exists()
