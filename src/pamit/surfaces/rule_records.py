"""The stable records of the rulebook and of the checker's rules, as ``--json`` and the other surfaces give them."""

from __future__ import annotations

from pamit.domain.rulebook import Entry, entries
from pamit.domain.terms import Language
from pamit.errors import ErrorKind, PamitError
from pamit.etiquette import RULES, Rule
from pamit.surfaces.shapes import BookShape, RulebookEntryShape, RuleShape

__all__ = ["book_record", "find_rule", "found_record"]


def book_record(language: Language) -> BookShape:
    """The whole rulebook."""
    return {
        "entries": [_entry_record(one, language) for one in entries().values()],
        "rules": [_rule_record(one, language) for one in RULES.values()],
    }


def find_rule(name: str) -> Entry | Rule:
    """The rule of the checker with that name, or the entry of the rulebook with that id in any case of letters.

    Raises:
        PamitError: MISSING ``no-such-rule`` with the names that look like it.
    """
    if name in RULES:
        return RULES[name]
    known = {one.casefold(): entry for one, entry in entries().items()}
    if name.casefold() in known:
        return known[name.casefold()]
    from difflib import get_close_matches

    close = ", ".join(get_close_matches(name, [*entries(), *RULES], n=3, cutoff=0.5)) or "-"
    message = f"There is no rule {name[:60]!r}; close to it: {close}."
    raise PamitError(ErrorKind.MISSING, "no-such-rule", message, rule=name[:60], close=close)


def found_record(found: Entry | Rule, language: Language) -> RulebookEntryShape | RuleShape:
    """What :func:`find_rule` found."""
    return _entry_record(found, language) if isinstance(found, Entry) else _rule_record(found, language)


def _entry_record(one: Entry, language: Language) -> RulebookEntryShape:
    return {
        "id": one.id,
        "title": one.title.in_language(language),
        "text": one.text.in_language(language),
        "sources": [str(source) for source in one.sources],
        "used_by": [str(part) for part in one.used_by],
        "addition": one.addition,
    }


def _rule_record(found: Rule, language: Language) -> RuleShape:
    page = found.page
    return {
        "name": found.name,
        "entry": found.entry,
        "severity": str(found.severity),
        "what": page.what.in_language(language),
        "why": page.why.in_language(language),
        "fix": page.fix.in_language(language),
        "bad": list(page.bad),
        "good": list(page.good),
        "source": page.source,
    }
