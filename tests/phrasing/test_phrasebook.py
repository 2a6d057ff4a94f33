"""The phrasebook: strict templates, complete files, enough variety."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from pamit.domain.terms import Language, Purpose, Reason, Register
from pamit.errors import PamitError
from pamit.phrasing.outline import Form, outlines
from pamit.phrasing.phrasebook import compile_template, phrasebook


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("purpose", Purpose)
def test_every_purpose_loads(language: Language, purpose: Purpose) -> None:
    """Every purpose has its phrases in both languages, for each form, day and register."""
    book = phrasebook(language, purpose)
    assert set(book.bodies) == {(form, today, register) for form in Form for today in (False, True) for register in Register}
    assert book.reasons is None or set(book.reasons) == set(Reason)


@pytest.mark.parametrize("language", Language)
def test_every_slot_has_three_alternatives(language: Language) -> None:
    """A person would vary every sentence: at least three alternatives, all different."""
    names = ["common", "reasons", *(purpose.value for purpose in Purpose)]
    for name in names:
        tables = tomllib.loads(files("pamit.phrasing").joinpath("phrases", language.value, f"{name}.toml").read_text("utf-8"))
        for slot, styles in tables.items():
            for style, phrases in styles.items():
                assert len(phrases) >= 3, f"{language}/{name}.toml [{slot}] {style}"
                if slot not in ("hello", "hello_office", "intro"):
                    assert len(set(phrases)) == len(phrases), f"{language}/{name}.toml [{slot}] {style}"


@pytest.mark.parametrize("language", Language)
def test_every_table_is_used(language: Language) -> None:
    """No table of a purpose's file stands idle."""
    for purpose in Purpose:
        tables = tomllib.loads(
            files("pamit.phrasing").joinpath("phrases", language.value, f"{purpose.value}.toml").read_text("utf-8")
        )
        used = {item.slot for lines in outlines().orders[purpose].values() for line in lines for item in line}
        assert set(tables) <= used, f"{language}/{purpose}.toml"


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("Halo {siapa}.", "unknown placeholder {siapa}"),
        ("Halo {you!r}.", "plain placeholder names only"),
        ("Halo {you:>10}.", "plain placeholder names only"),
        ("Halo {you.name}.", "plain placeholder names only"),
        ("Halo {0}.", "plain placeholder names only"),
        ("Halo {}.", "plain placeholder names only"),
        ("Halo {you.", "is not a template"),
        ("wawancara{role}.", "without a space before it"),
    ],
)
def test_wrong_template_is_told_with_its_place(template: str, says: str) -> None:
    """A template that is not right is refused when it is loaded, with file, table and number."""
    with pytest.raises(PamitError) as caught:
        compile_template(template, "id/decline.toml, thanks.formal, no. 2")
    assert says in caught.value.message
    assert caught.value.message.startswith("id/decline.toml, thanks.formal, no. 2 ")


def test_optional_placeholder_vanishes_with_its_space() -> None:
    """Where a fact is unknown, no gap is left."""
    assert compile_template("wawancara {role}.", "here").format_map({"role": ""}) == "wawancara."
    assert compile_template("wawancara {role}.", "here").format_map({"role": " di PT Lembah Cahaya"}) == (
        "wawancara di PT Lembah Cahaya."
    )


def test_talk_has_words_of_its_own_where_chat_would_sound_wrong() -> None:
    """Face to face one says "I am", on the phone and in a chat "This is"."""
    bodies = phrasebook(Language.EN, Purpose.RESCHEDULE).bodies
    firsts = {
        form: {
            phrase.template
            for paragraph in bodies[form, False, Register.FORMAL]
            for sentence in paragraph
            if sentence.slot == "intro"
            for phrase in sentence.phrases
        }
        for form in (Form.TEXT, Form.PHONE, Form.IN_PERSON)
    }
    assert firsts == {
        Form.TEXT: {"This is {self}."},
        Form.PHONE: {"This is {self}."},
        Form.IN_PERSON: {"I am {self}.", "I'm {self}."},
    }
