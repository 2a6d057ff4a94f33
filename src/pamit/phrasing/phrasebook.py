"""The phrasebook: sentences per language as TOML, authored and never translated, joined to the outlines that order them.

A purpose's file holds tables named by slot ("thanks", "decision", …) with lists of alternatives per style:

- ``formal`` and ``friendly``: mail and letter in the two registers; ``both`` serves the two;
- ``text``: short, for chat and for what is said on the phone or face to face, with ``text_friendly`` where that differs;
  ``talk`` (or ``phone`` and ``in_person``) where talk needs other words than chat; ``all`` serves everything.

Templates hold plain placeholder names only. An optional placeholder vanishes together with the space before it. Whatever is
wrong is told when the file is loaded, with file, table and the template's number; no language ever falls back to another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any

from pamit.domain.terms import Language, Move, Purpose, Reason, Register
from pamit.errors import ErrorKind, PamitError
from pamit.phrasing.outline import Form, Item, Needs, outlines
from pamit.tables import read_table

__all__ = [
    "OPTIONAL",
    "REQUIRED",
    "Phrase",
    "Phrasebook",
    "Sentence",
    "aid_words",
    "card_words",
    "compile_template",
    "opening_of",
    "phrasebook",
    "shared_words",
]

REQUIRED = frozenset(
    """
    salutation name you employer interview an_interview the_interview full_interview self slots slot_lines
    questions since eta greeting agency
    """.split()
)
"""Placeholders that always have words."""

OPTIONAL = frozenset("role ordinal on because because_sentence reach mode".split())
"""Placeholders that are empty where the fact is unknown; each must follow a space, which vanishes with it."""

_STYLES = frozenset({"formal", "friendly", "both", "text", "text_friendly", "talk", "phone", "in_person", "all"})
_FORMATTER = Formatter()
_SENTENCE_END = re.compile(r"[.!?]\s+")
_OPTIONAL_GAP = re.compile(r" (\{(?:" + "|".join(sorted(OPTIONAL)) + r")\})")


@dataclass(frozen=True)
class Phrase:
    """One alternative, ready for ``str.format_map``, with the words it opens with.

    Attributes:
        openings: the first two words of each of its sentences; openings are not repeated in one message.
        first: the first word.
    """

    template: str
    openings: frozenset[str]
    first: str


@dataclass(frozen=True)
class Sentence:
    """One place in a message, with the alternatives that can stand there.

    Attributes:
        condition: the flag that must hold for it to be written; None always.
        wanted: the value that the flag must have.
        move: the job it does.
        phrases: the alternatives; empty for the candidate's own sentence.
    """

    slot: str
    condition: str | None
    wanted: bool
    move: Move | None
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True)
class Phrasebook:
    """All that is needed to word one purpose in one language.

    Attributes:
        bodies: paragraphs of sentences, per form, same-day or not, and register.
        reasons: clauses per reason, none for one that explains nothing there; None where the purpose gives no reasons.
        reasons_today: the same for a message on the interview's own day.
    """

    language: Language
    purpose: Purpose
    bodies: Mapping[tuple[Form, bool, Register], tuple[tuple[Sentence, ...], ...]]
    reasons: Mapping[Reason, tuple[str, ...]] | None
    reasons_today: Mapping[Reason, tuple[str, ...]] | None


def compile_template(text: str, where: str, allowed: frozenset[str] = REQUIRED | OPTIONAL) -> str:
    """Check a template and make it ready for ``str.format_map``.

    Raises:
        PamitError: ``phrase-placeholder`` for a malformed, unknown or wrongly placed placeholder.
    """
    try:
        parts = list(_FORMATTER.parse(text))
    except ValueError as error:
        raise _wrong(where, f"is not a template: {error}") from error
    for _, name, spec, conversion in parts:
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise _wrong(where, f"may hold plain placeholder names only, not {{{name}…}}")
        if name not in allowed:
            raise _wrong(where, f"uses the unknown placeholder {{{name}}}")
    folded = _OPTIONAL_GAP.sub(r"\1", text)
    for name in OPTIONAL & allowed:
        if text.count(f"{{{name}}}") != text.count(f" {{{name}}}"):
            raise _wrong(where, f"has {{{name}}} without a space before it")
    return folded


@cache
def phrasebook(language: Language, purpose: Purpose) -> Phrasebook:
    """The phrases of one purpose, loaded once.

    Raises:
        PamitError: ``phrase-placeholder``, ``phrase-missing`` or ``phrase-form`` where a file is not right.
    """
    common = _tables(language, "common")
    own = _tables(language, purpose.value)
    needs = outlines().needs[purpose]
    mail_needs = {**needs, **outlines().mail_needs[purpose]}
    bodies: dict[tuple[Form, bool, Register], tuple[tuple[Sentence, ...], ...]] = {}
    for (form, today), paragraphs in outlines().orders[purpose].items():
        for register in Register:
            bodies[form, today, register] = tuple(
                tuple(
                    _sentence(item, form, register, own, common, mail_needs if form == Form.MAIL else needs)
                    for item in paragraph
                )
                for paragraph in paragraphs
            )
    return Phrasebook(
        language, purpose, bodies, _reasons(language, purpose, today=False), _reasons(language, purpose, today=True)
    )


@cache
def shared_words(language: Language) -> Mapping[str, Any]:
    """The small pieces that every message of a language shares: ``wording.toml`` as it stands."""
    return _read(language, "wording")


@cache
def card_words(language: Language) -> Mapping[str, Any]:
    """The words of the talk cards: ``cards.toml`` as it stands."""
    return _read(language, "cards")


@cache
def aid_words(language: Language) -> Mapping[str, Any]:
    """The words of the decision aid: ``aid.toml`` as it stands."""
    return _read(language, "aid")


def _sentence(
    item: Item,
    form: Form,
    register: Register,
    own: Mapping[str, Mapping[str, tuple[str, ...]]],
    common: Mapping[str, Mapping[str, tuple[str, ...]]],
    needs: Needs,
) -> Sentence:
    if item.slot == "note":
        return Sentence(item.slot, item.condition, item.wanted, item.move, ())
    table = own.get(item.slot) or common.get(item.slot)
    talk = (form.value, "talk") if form in (Form.PHONE, Form.IN_PERSON) else ()
    short = ("text_friendly", "text", "all") if register == Register.FRIENDLY else ("text", "all")
    styles = (register.value, "both", "all") if form == Form.MAIL else (*talk, *short)
    templates = next((table[style] for style in styles if table and style in table), None)
    if not templates:
        raise PamitError(
            ErrorKind.MISSING,
            "phrase-missing",
            f"The phrasebook has no {register.value} {form.value} phrase for {item.slot!r}.",
            slot=item.slot,
        )
    for template in templates:
        for names in needs.get(item.slot, ()):
            if not any(f"{{{name}}}" in template for name in names):
                raise _wrong(item.slot, f"has a phrase without {' or '.join(sorted(names))}: {template!r}")
    return Sentence(item.slot, item.condition, item.wanted, item.move, tuple(map(_phrase, templates)))


def opening_of(sentence: str) -> str:
    """The first two words of a sentence, folded."""
    return " ".join(sentence.split(maxsplit=2)[:2]).casefold().rstrip(".,!?")


def _phrase(template: str) -> Phrase:
    starts = [opening_of(text) for text in _SENTENCE_END.split(template) if text]
    return Phrase(template, frozenset(starts), starts[0].partition(" ")[0])


def _reasons(language: Language, purpose: Purpose, *, today: bool) -> Mapping[Reason, tuple[str, ...]] | None:
    group = outlines().reasons.get(purpose)
    if group is None:
        return None
    tables = _tables(language, "reasons")
    table = {**tables[group], **(tables.get(f"{group}_today", {}) if today else {})}
    rest = table.get("rest", ())
    found: dict[Reason, tuple[str, ...]] = {}
    for reason in Reason:
        # A reason that explains nothing here (an unsuitable role does not explain another time) is left out.
        found[reason] = table.get(reason.value) or rest
    return found


def _tables(language: Language, name: str) -> dict[str, dict[str, tuple[str, ...]]]:
    tables: dict[str, dict[str, tuple[str, ...]]] = {}
    for slot, styles in _read(language, name).items():
        if not isinstance(styles, dict):
            raise _wrong(f"{name}.{slot}", "is not a table")
        known = _STYLES if name != "reasons" else {*Reason, "rest"}
        unknown = sorted(set(styles) - known)
        if unknown:
            raise _wrong(f"{name}.{slot}", f"has the unknown name {unknown[0]!r}")
        tables[slot] = {
            style: tuple(
                compile_template(text, f"{language.value}/{name}.toml, {slot}.{style}, no. {number}")
                for number, text in enumerate(texts, 1)
            )
            for style, texts in styles.items()
        }
    return tables


@cache
def _read(language: Language, name: str) -> dict[str, Any]:
    try:
        return read_table("pamit.phrasing", "phrases", language.value, f"{name}.toml")
    except FileNotFoundError:
        raise PamitError(
            ErrorKind.MISSING, "phrase-missing", f"The phrasebook {language.value!r} has no file {name}.toml."
        ) from None
    except ValueError as error:
        raise _wrong(f"{language.value}/{name}.toml", f"is not valid TOML: {error}") from error


def _wrong(where: str, what: str) -> PamitError:
    return PamitError(ErrorKind.INVALID, "phrase-placeholder" if "placeholder" in what else "phrase-form", f"{where} {what}.")
