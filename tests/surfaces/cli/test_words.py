"""The words of the command line: the same keys and places in both languages."""

from __future__ import annotations

import string

import pytest

from pamit.domain.terms import Channel, InvitationKind, Language, Mode, Severity, Stage, StepKind
from pamit.surfaces.cli.words import Words, chosen_language


def flat(table: dict[str, object], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= flat(value, f"{prefix}{key}.")
        else:
            found[f"{prefix}{key}"] = str(value)
    return found


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys_and_places() -> None:
    """No word is missing in one language, and each fills the same places."""
    indonesian, english = (flat(Words(language).table) for language in Language)
    assert sorted(indonesian) == sorted(english)
    assert {key: places(text) for key, text in indonesian.items()} == {key: places(text) for key, text in english.items()}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    ("group", "kind"),
    [
        ("kind", InvitationKind),
        ("mode", Mode),
        ("stage", Stage),
        ("channel", Channel),
        ("do", StepKind),
        ("severity", Severity),
    ],
)
def test_every_term_has_words(language: Language, group: str, kind: type) -> None:
    """Whatever can be shown has its word."""
    words = Words(language)
    assert [member for member in kind if not words.has(f"{group}.{member}")] == []


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, Language.ID),
        ([], {"LANG": "C.UTF-8"}, Language.ID),
        ([], {"LANG": "en_GB.UTF-8"}, Language.EN),
        ([], {"LANG": "de_DE.UTF-8"}, Language.EN),
        ([], {"LANG": "en_GB.UTF-8", "LC_ALL": "id_ID.UTF-8"}, Language.ID),
        ([], {"LANG": "id_ID.UTF-8", "PAMIT_LANGUAGE": "en"}, Language.EN),
        (["read", "--language", "en", "x"], {"PAMIT_LANGUAGE": "id"}, Language.EN),
        (["read", "--", "--language", "en"], {}, Language.ID),
    ],
)
def test_language_is_chosen_by_option_then_setting_then_locale(
    arguments: list[str], environment: dict[str, str], language: Language
) -> None:
    """The nearest wish wins; Indonesian where there is none."""
    assert chosen_language(arguments, environment) == language
