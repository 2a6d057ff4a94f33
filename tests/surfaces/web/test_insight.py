"""Looking back in the app."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from pamit.domain.interview import Event
from pamit.domain.invitation import Fact, Invitation
from pamit.domain.terms import Channel, EventKind, InvitationKind, Language, Purpose
from pamit.services.origin import source_of

from .conftest import NOW, Visitor, words_of


def lived(visitor: Visitor, number: int, *, hours: float | None = None, held: bool = False) -> str:
    """A case that came some weeks ago, answered after so many hours, and perhaps attended."""
    came = NOW - timedelta(weeks=number + 1)
    facts = {"company": Fact(f"PT Toko {number}"), "position": Fact("Kasir"), "start": Fact(came + timedelta(days=4))}
    read = Invitation("", InvitationKind.INVITATION, Language.ID, facts, received=came)  # type: ignore[arg-type]
    pamit = visitor.site.pamit
    case = pamit.add(read, source_of(b"%d" % number), came).dossier.id
    if hours is not None:
        at = came + timedelta(hours=hours)
        pamit.note(case, at, event=Event(at, EventKind.MESSAGE_SENT, Purpose.CONFIRM, Channel.EMAIL))
    if held:
        at = came + timedelta(days=4, hours=1)
        pamit.note(case, at, event=Event(at, EventKind.ATTENDED))
    return case


def bars(page: str) -> dict[str, str]:
    return dict(re.findall(r'<th scope="row">([^<]*)</th><td class="bar">.*?class="number">(\d+)<', page))


def test_first_visit_says_that_there_is_nothing_yet(visitor: Visitor) -> None:
    """With a way in, and no empty picture."""
    answer = visitor.get("/insight")
    assert ("Belum ada yang bisa ditengok" in words_of(answer), "<figure" in answer.text) == (True, False)


def test_few_cases_are_no_pattern(known: Visitor) -> None:
    """Two cases are counted, and nothing is read out of them."""
    lived(known, 1, hours=2)
    lived(known, 2, hours=30)
    words = words_of(known.get("/insight"))
    assert ("Baru 2 lamaran, jadi belum ada pola." in words, "Baru 2 jawaban tercatat, belum ada pola." in words) == (
        True,
        True,
    )
    assert ("Separuhnya" in words, "%" in words) == (False, False)


def test_answers_are_shown_against_the_day_of_etiquette(known: Visitor) -> None:
    """By how long they took, with the main point in a sentence."""
    for number, hours in enumerate((0.5, 3, 5, 20, 30, 60)):
        lived(known, number, hours=hours, held=True)
    page = known.get("/insight")
    found = bars(page.text)
    assert [found[one] for one in ("dalam 1 jam", "1–6 jam", "6–24 jam", "24–48 jam", "lebih dari 48 jam")] == [
        "1", "2", "1", "1", "1",
    ]  # fmt: skip
    assert "4 dari 6 jawaban terkirim dalam 24 jam" in words_of(page)


def test_who_never_answered_is_named(known: Visitor) -> None:
    """The person's own silence, and that of employers after an interview, each with the way to the case."""
    missed = lived(known, 1)
    waiting = lived(known, 2, hours=3, held=True)
    main = known.get("/insight").text.partition("<main")[2]
    own, theirs = main.partition('aria-labelledby="unanswered"')[2].split('aria-labelledby="silent"')
    links = [re.findall(r'class="row" href="/cases/(\w+)"', part) for part in (own, theirs)]
    assert links[0] == [missed]
    assert waiting in links[1]


def test_weeks_are_a_picture_and_a_table(known: Visitor) -> None:
    """The picture has a name that says the main point; the table has every busy week."""
    for number in range(3):
        lived(known, number, hours=3, held=True)
    page = known.get("/insight").text
    label = re.search(r'<svg class="chart weeks" role="img" aria-label="([^"]*)"', page)
    assert label is not None
    assert label[1].startswith("Pekan demi pekan. Paling ramai: pekan mulai Senin,")
    table = page.partition("Pekan mulai</th>")[2]
    assert sum(int(one) for one in re.findall(r"<td>(\d+)</td>", table)) == 6


def test_pictures_need_no_style_of_their_own(known: Visitor) -> None:
    """The page's policy forbids style attributes, so colours are classes."""
    lived(known, 1, hours=3)
    assert re.findall(r"<style|\sstyle=|\sfill=", known.get("/insight").text.partition("<main")[2]) == []


@pytest.mark.parametrize("language", Language)
def test_page_speaks_both_languages(known: Visitor, language: Language) -> None:
    """With cases and without."""
    known.post("/language", {"language": language, "back": "/"})
    known.get("/insight")
    lived(known, 1, hours=3, held=True)
    titles = {Language.ID: "Seberapa cepat Anda menjawab", Language.EN: "How soon you answered"}
    assert titles[language] in words_of(known.get("/insight"))
