"""Looking for words everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from pamit.domain.message import Draft
from pamit.domain.search import PassageKind
from pamit.domain.terms import Channel, Language, Purpose
from pamit.services import gleaning, searching
from pamit.services.adding import Added
from pamit.services.pamit import Pamit
from pamit.services.searching import Found

from .conftest import NOW, invitation

Add = Callable[..., Added]
MAIL = b"""From: Dewi Lestari <dewi@kopi.example>
To: rani@surel.example
Subject: Undangan wawancara
Date: Tue, 24 Nov 2026 08:00:00 +0700
Message-ID: <satu@kopi.example>
Content-Type: text/plain; charset=utf-8

Mohon membawa ijazah dan portofolio.
"""


def places(found: Found) -> list[tuple[str, str]]:
    return [(str(kind), passage.ref) for kind, group in found.groups.items() for passage in group.passages]


def asked(pamit: Pamit, words: str, **settings: Any) -> Found:
    return pamit.search(words, Language.ID, **settings)


@pytest.fixture
def case(pamit: Pamit, added: Add) -> str:
    """A case with a mail, a note and a message of the person's own."""
    found = added(invitation(company="PT Kopi Écoute", location="Jalan Merdeka 5, Solo", contact_name="Ibu Dewi"), MAIL)
    case = found.dossier.id
    pamit.note(case, NOW, words="Parkir di belakang gedung.")
    draft = Draft(Channel.TEXT, "Terima kasih, saya hadir.", Language.ID, purpose=Purpose.CONFIRM)
    pamit.hand_over(case, draft, "whatsapp", draft.text.encode(), NOW, lambda size: bytes(range(size)))
    return case


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("kopi ecoute", [("case", "")]),
        ("solo dewi", [("case", "")]),
        ("PT Ecoute", [("case", "")]),
        ("parkir", [("note", "2")]),
        ("ijazah", [("source", "1")]),
        ("undangan dewi lestari", [("source", "1")]),
        ("saya hadir", [("message", "0001020304")]),
        ("dewi", [("case", ""), ("source", "1")]),
        ('"membawa ijazah"', [("source", "1")]),
        ('"ijazah membawa"', []),
        ("helikopter", []),
        ("?", []),
    ],
)
def test_words_are_found_where_they_stand(pamit: Pamit, case: str, words: str, expected: list[tuple[str, str]]) -> None:
    """By kind, each with its place; cases and own messages come with what is known of them."""
    found = asked(pamit, words)
    assert places(found) == expected
    assert set(found.cases) == ({case} if expected else set())
    assert set(found.messages) == {ref for kind, ref in expected if kind == "message"}


def test_change_is_found_at_once(pamit: Pamit, case: str) -> None:
    """A corrected fact, a note that was taken back."""
    asked(pamit, "kopi")
    pamit.note(case, NOW, words="Bawa payung.")
    assert places(asked(pamit, "payung")) == [("note", "3")]
    pamit.undo(case, NOW)
    pamit.edit(case, {"company": "PT Teh Senja"}, NOW)
    assert [places(asked(pamit, words)) for words in ("payung", "senja")] == [[], [("case", "")]]


def test_deleted_case_is_found_no_more(pamit: Pamit, case: str) -> None:
    """Nothing of it."""
    asked(pamit, "kopi")
    pamit.delete(case)
    assert [places(asked(pamit, words)) for words in ("kopi", "ijazah", "parkir", "hadir")] == [[], [], [], []]


def test_rules_are_found_by_name_and_by_words(pamit: Pamit) -> None:
    """The one named in full comes first; words are those of the person's language."""
    assert [asked(pamit, name).rules[0].id for name in ("T1", "t10", "missing-position")] == ["T1", "T10", "missing-position"]
    assert [rule.id for rule in pamit.search("24 jam", Language.EN).rules] == []
    assert "T1" in [rule.id for rule in asked(pamit, "24 jam").rules]


def test_one_kind_alone_is_asked_for(pamit: Pamit, case: str) -> None:
    """For further results of it."""
    assert places(asked(pamit, "dewi", kind=PassageKind.SOURCE)) == [("source", "1")]


def test_limit_tells_of_more(pamit: Pamit, case: str) -> None:
    """As many as wanted, and whether there are others."""
    for number in range(3):
        pamit.note(case, NOW, words=f"Telepon lagi {number}")
    groups = [asked(pamit, "telepon", limit=limit).groups[PassageKind.NOTE] for limit in (2, 3)]
    assert [(len(group.passages), group.more) for group in groups] == [(2, True), (3, False)]


def test_question_after_a_great_import_is_not_kept_waiting(pamit: Pamit, added: Add, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is answered from the cases looked into so far, the newest first, and says how many are left."""
    monkeypatch.setattr(searching, "_GLEANED_AT_ONCE", 2)
    monkeypatch.setattr(gleaning, "_BATCH", 2)
    for number in range(5):
        added(invitation(company=f"PT Kedai {number}"), now=NOW + timedelta(minutes=number))
    answers = [asked(pamit, "kedai") for _ in range(3)]
    counts = [(len(found.groups[PassageKind.CASE].passages), found.pending) for found in answers]
    assert counts == [(2, 3), (4, 1), (5, 0)]


def test_examination_finds_and_mends_what_was_gleaned_wrongly(pamit: Pamit, case: str) -> None:
    """The log and the messages are the truth."""
    asked(pamit, "kopi")
    assert pamit.examine(NOW).flaws == ()
    with pamit.store.writing() as unit:
        kept = unit.gleanings.passages(case)
        ((_, history),) = unit.gleanings.histories()
        unit.gleanings.put(case, kept[1:], history)
    assert ([flaw.code for flaw in pamit.examine(NOW).flaws], places(asked(pamit, "ecoute"))) == (["gleanings-differ"], [])
    assert pamit.examine(NOW, mend=True).flaws == ()
    assert places(asked(pamit, "ecoute")) == [("case", "")]
