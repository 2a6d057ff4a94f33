"""Buttons and places of the app that the pages name in bold are called so in the app, in the language of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pamit.domain.terms import Language
from pamit.surfaces.web.words import words_in

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = [
    page.relative_to(DOCS).as_posix() for folder in ("tutorial", "how-to") for page in sorted((DOCS / folder).glob("*.md"))
]
BOLD = re.compile(r"\*\*([^*]+)\*\*")
EMPHASIS = {"not encrypted", "tidak terenkripsi"}
"""Bold for its own sake."""


def _texts(table: dict[str, object]) -> Iterator[str]:
    for value in table.values():
        if isinstance(value, dict):
            yield from _texts(value)
        else:
            yield str(value)


@pytest.mark.parametrize("page", PAGES)
def test_labels_are_those_of_the_app(page: str) -> None:
    """Whoever looks for the button finds it."""
    known = set(_texts(words_in(Language.ID if page.endswith(".id.md") else Language.EN).table)) | EMPHASIS
    named = [" ".join(label.split()) for label in BOLD.findall((DOCS / page).read_text("utf-8"))]
    assert [label for label in named if label not in known] == []


def test_pages_name_labels() -> None:
    """The test above reads something."""
    assert sum(len(BOLD.findall((DOCS / page).read_text("utf-8"))) for page in PAGES) > 30
