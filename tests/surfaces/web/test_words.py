"""The words of the pages in both languages: complete, paired, all of them used, none left in a template."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import pamit.surfaces.web
from pamit.domain.outbox import SendState, Verdict
from pamit.domain.terms import EventKind, Language, Move, Purpose, Reason, Register
from pamit.services.adding import MatchKind
from pamit.surfaces.web.words import VOCABULARY, words_in

HOME = Path(pamit.surfaces.web.__file__).parent
SOURCES = {path: path.read_text("utf-8") for path in [*HOME.rglob("*.html"), *HOME.rglob("*.py")]}

# Families whose last part is a value: every member has its words.
FAMILIES = {
    "state": SendState,
    "verdict": Verdict,
    "move": Move,
    "reason": Reason,
    "register": Register,
    "do": Purpose,
    "added": (*MatchKind, "new"),
    "note": [kind for kind in EventKind if kind not in (EventKind.CLOSED, EventKind.REOPENED)],
}


def flat(table: dict[str, object], before: str = "") -> dict[str, str]:
    """The table as dotted keys."""
    found: dict[str, str] = {}
    for name, value in table.items():
        found.update(flat(value, f"{before}{name}.") if isinstance(value, dict) else {before + name: str(value)})
    return found


ID, EN = (flat(words_in(language).table) for language in Language)
OWN = [key for key in ID if key.partition(".")[0] not in VOCABULARY]


def places(text: str) -> set[str]:
    """The places to be filled in a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_tables_have_the_same_keys_and_places() -> None:
    """Nothing is missing in either language, and each fills the same places."""
    assert ID.keys() == EN.keys()
    assert {key for key in ID if places(ID[key]) != places(EN[key])} == set()


def test_no_text_is_empty_or_left_in_the_other_language() -> None:
    """What stands in both tables alike is a name, or the invitation to try things with, which an Indonesian wrote."""
    alike = {key for key in OWN if ID[key] == EN[key]}
    assert {key for key in alike if not key.startswith("sample.")} == set()
    assert [key for key in OWN if not ID[key].strip() or not EN[key].strip()] == []


def test_every_key_in_pages_has_words() -> None:
    """A key that stands as such in a template or a module."""
    named = set()
    for text in SOURCES.values():
        named |= set(re.findall(r"""\bsay\(\s*["']([a-z_.-]+)["']\s*[,)]""", text))
    assert {key for key in named if key not in ID} == set()


@pytest.mark.parametrize("family", FAMILIES)
def test_every_value_has_words(family: str) -> None:
    """A key that is made from a value."""
    assert [str(one) for one in FAMILIES[family] if f"{family}.{one}" not in ID] == []


def test_every_word_is_used() -> None:
    """No text stands there that no page shows."""
    text = "\n".join(SOURCES.values())
    made = re.findall(r"""["']([a-z_]+\.[a-z_]*)["'] ?~|say\(f"([a-z_]+\.[a-z_]*)\{""", text)
    beginnings = tuple({one or other for one, other in made} | {"countdown.", "error.", "step.", "locked.", "done.", "note."})
    assert [key for key in OWN if key not in text and not key.startswith(beginnings)] == []


def test_templates_hold_no_words_of_their_own() -> None:
    """Every text on a page comes from the tables; names of programs and signs stand for themselves."""
    left = {}
    for path, text in SOURCES.items():
        if path.suffix != ".html":
            continue
        bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
        bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>|&[a-z]+;", " ", bare, flags=re.DOTALL)
        words = set(re.findall(r"[A-Za-zÀ-ž]{2,}", bare)) - {"Pamit", "WhatsApp", "SMS", "PDF", "DOCX"}
        if words:
            left[path.name] = words
    assert left == {}


def test_attributes_hold_no_words_of_their_own() -> None:
    """Labels, placeholders and titles, too."""
    said = r"""\b(?:aria-label|placeholder|title|alt)="(?!\{\{)([^"]*)\""""
    assert {
        path.name: found for path, text in SOURCES.items() if path.suffix == ".html" and (found := re.findall(said, text))
    } == {}
