"""The catalogue holds every rule of the rulebook's table, once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pamit.errors import PamitError
from pamit.etiquette import RULES, find_rule, shown

SEVERITIES = {"E": "error", "W": "warning", "H": "hint"}


def test_catalogue_holds_the_rules_of_the_table(shared: Path) -> None:
    """Names, entries and severities are those of the rulebook."""
    text = shared.joinpath("spec", "etiquette.md").read_text("utf-8")
    table = text[text.index("## The checker's rules") :]
    expected = {
        name.strip().removesuffix("+").strip(): (entry, SEVERITIES[severity])
        for names, entry, severity in re.findall(r"^\| ([a-z][a-z ,+\-]+) \| ([A-Z]\d+) \| ([EWH]) \|", table, re.MULTILINE)
        for name in names.split(",")
    }
    assert {name: (rule.entry, rule.severity.value) for name, rule in RULES.items()} == expected


def test_catalogue_cannot_be_changed() -> None:
    """It is a view, not a dictionary."""
    with pytest.raises(TypeError):
        RULES["x"] = RULES["too-long"]  # type: ignore[index]


def test_find_rule_of_an_unknown_name_says_so() -> None:
    """A name that is no rule's is an error with a code."""
    with pytest.raises(PamitError) as missing:
        find_rule("no-such-rule")
    assert missing.value.code == "unknown-rule"


@pytest.mark.parametrize("name", list(RULES))
def test_page_of_a_rule_is_whole_in_both_languages(name: str) -> None:
    """What, why and how to mend are told in both languages, and the source is named."""
    page = RULES[name].page
    texts = [page.what.id, page.what.en, page.why.id, page.why.en, page.fix.id, page.fix.en, page.source]
    assert all(text.endswith(".") for text in texts)
    assert len(set(texts)) == len(texts)


def test_example_is_shown_without_its_settings() -> None:
    """A reader sees lines, not the notation."""
    assert shown('Case: now=2026-11-27T09:00 subject="Halo Bu" Yth. Ibu, / Terima kasih.') == "Yth. Ibu,\nTerima kasih."
