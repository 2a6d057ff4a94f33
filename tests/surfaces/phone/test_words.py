"""Words around the app on a phone: both languages say the same things, and each is said somewhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from pamit.domain.terms import Language
from pamit.surfaces.phone.words import page_words, shell_words
from pamit.surfaces.web.words import words_in

PHONE = Path(__file__).resolve().parents[3] / "src" / "pamit" / "surfaces" / "phone"
TABLES = {one: tomllib.loads((PHONE / "words" / f"{one}.toml").read_text("utf-8")) for one in Language}


def test_languages_have_the_same_keys_and_places() -> None:
    """A word in one language is one in the other, with the same places to fill."""
    shapes = [
        {name: sorted(re.findall(r"\{\w+\}", text)) for name, text in shell_words(language).items()} for language in Language
    ]
    assert shapes[0] == shapes[1]
    pages = [{group: sorted(texts) for group, texts in TABLES[one]["pages"].items()} for one in Language]
    assert pages[0] == pages[1]


def test_every_word_is_said() -> None:
    """No text stands there that nothing shows."""
    source = "".join(path.read_text("utf-8") for path in sorted((PHONE / "static").iterdir()))
    source += (PHONE.parents[3] / "tools" / "site_builder.py").read_text("utf-8")
    assert [name for name in shell_words(Language.ID) if not re.search(rf"""["'.]{name}\b""", source)] == []


@pytest.mark.parametrize("language", Language)
def test_words_for_a_phone_stand_in_for_others(language: Language) -> None:
    """Each takes the place of one that the pages have, with the same places to fill, and differs from it."""
    for group, texts in TABLES[language]["pages"].items():
        for name, text in texts.items():
            other = words_in(language)(f"{group}.{name}")
            assert (page_words(language)(f"{group}.{name}"), text != other) == (text, True)
            assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", other))


@pytest.mark.parametrize("language", Language)
def test_no_page_on_a_phone_speaks_of_this_computer(language: Language) -> None:
    """What is said of where things are kept is true on a phone."""
    here = {Language.ID: "di komputer ini saja", Language.EN: "stays on this computer"}[language]
    table = page_words(language).table
    shown = {group: table[group] for group in table if group not in ("locked", "accounts", "install")}
    assert here not in str(shown)
