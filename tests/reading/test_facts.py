"""Employer, position, place and contact of short messages, in the many ways in which people write them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import pytest

from pamit.domain.invitation import Field
from pamit.domain.names import bare_name, same_company
from pamit.reading import read_text
from pamit.reading.office import is_office
from pamit.reading.wrapping import unfold

MESSAGES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "facts.toml").read_text("utf-8"))["message"]
RECEIVED = datetime.fromisoformat("2026-11-23T09:00:00+07:00")
FACTS = ("company", "position", "location", "meeting_url", "contact_name", "contact_email", "contact_phone")
NEAR = {"company": 0.8, "position": 0.75, "location": 0.6}


def overlap(one: str, other: str) -> float:
    """How far two phrases share their words, 0 to 1."""
    a, b = (Counter(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def agrees(field: str, expected: object, value: object) -> bool:
    if expected is None or value is None:
        return expected is value
    one, other = str(expected), str(value)
    if field == "company" and same_company(one, other):
        return True
    if field == "contact_name":
        return bare_name(one).casefold() == bare_name(other).casefold()
    return overlap(one, other) >= NEAR[field] if field in NEAR else one.casefold() == other.casefold()


@pytest.mark.parametrize("message", MESSAGES, ids=[message["id"] for message in MESSAGES])
def test_facts_of_a_message_are_those_a_person_reads(message: dict[str, Any]) -> None:
    """Who invites, for what, where and whom to ask."""
    read = read_text(
        message["text"].strip("\n"),
        subject=message.get("subject"),
        sender=message.get("from"),
        received=RECEIVED,
        channel=message.get("channel"),
    )
    wrong = {}
    for field in message.get("asked", FACTS):
        value = read.value(cast(Field, field))
        if not agrees(field, message.get(field), value):
            wrong[field] = (message.get(field), value)
    assert wrong == {}


def position_of(text: str, subject: str | None = None) -> object:
    return read_text(text, subject=subject, received=RECEIVED).value("position")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kami mengundang Anda wawancara besok pukul 09.00 WIB. Demikian untuk menjadi perhatian.", None),
        ("Kami undang Saudara wawancara calon Guru Fisika hari Senin pukul 10.00 WIB.", "Guru Fisika"),
        ("besok jam 9 dtg interview ya mas. sopir tronton. bawa sim", "sopir tronton"),
        (
            "We met at the boutique. The role is unchanged: Visual Merchandiser. See you tomorrow at 9 am.",
            "Visual Merchandiser",
        ),
        ("Untuk peran Ilustrator Buku Anak, interview besok pukul 13.00 WIB.", "Ilustrator Buku Anak"),
        ("interview kamu buat 3D Modeller besok jam 10 ya", "3D Modeller"),
        ("Interview kasir yg harusnya nanti jam 10 mundur jadi jam 3 sore ya mbak", "kasir"),
        ("Klien kami mencari Direktur Pemasaran. Bisa bertemu besok pukul 10.00 WIB?", "Direktur Pemasaran"),
        ("Posisi: Perawat Anak. Mohon balas pesan ini untuk wawancara besok pukul 9.00 WIB.", "Perawat Anak"),
    ],
)
def test_position_is_told_by_its_head_and_its_slot(text: str, expected: str | None) -> None:
    """A phrase counts as position by the work it names, or where only a position can stand; sentences end it."""
    assert position_of(text) == expected


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Pembagian sesi wawancara Petugas Arsip", "Petugas Arsip"),
        ("Moving your interview", None),
        ("Yuk atur jadwal interview Sound Engineer", "Sound Engineer"),
        ("Re: Your CV - Platform Architect", "Platform Architect"),
        ("Third interview - Head of Procurement", "Head of Procurement"),
        ("Interview: Video Producer", "Video Producer"),
    ],
)
def test_position_of_a_subject_is_freed_of_its_other_words(subject: str, expected: str | None) -> None:
    """What a subject says about time and process is no position."""
    assert position_of("Sampai jumpa besok pukul 09.00 WIB.", subject) == expected


@pytest.mark.parametrize(
    "phrase", ["staf gudang", "Tukang Ukir", "Data Analyst", "Teacher of Music", "juru masak", "Ground Staff Bandara"]
)
def test_is_office_knows_work(phrase: str) -> None:
    """Indonesian heads stand first, English ones last."""
    assert is_office(phrase)


@pytest.mark.parametrize("phrase", ["maklum", "future boutique", "fit day", "pergeseran waktu", "ke-2", "atasan"])
def test_is_office_knows_what_is_no_work(phrase: str) -> None:
    """Words of time, place and process."""
    assert not is_office(phrase)


def test_unfold_joins_a_folded_sentence() -> None:
    """A line that ends with an open word goes on below; the text keeps its length."""
    text = "Menindaklanjuti lamaran Saudari sebagai\nPenata Busana, kami mengundang."
    assert unfold(text) == text.replace("\n", " ")


@pytest.mark.parametrize(
    "text",
    [
        "PT MAJU\nJl. Melati 5\nTelp. 021-5550-100",
        "Waktu : pukul 09.00\nTempat : Aula",
        "Silakan pilih salah satu jadwal yang tersedia untuk\n1. Senin pukul 09.00\n2. Selasa pukul 10.00",
    ],
)
def test_unfold_keeps_lines_that_stand_for_themselves(text: str) -> None:
    """Letterheads, labels and lists are no paragraphs."""
    assert unfold(text) == text
