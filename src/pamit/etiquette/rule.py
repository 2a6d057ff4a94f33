"""What a rule is: a function that finds one pattern, and the page that explains it.

A rule belongs to one entry of the rulebook and is named for the pattern it finds. Its docstring is its published page
and is taken apart here, so that a rule without an explanation, an example or a source cannot exist.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pamit.domain.message import CheckContext, Finding, Fix
from pamit.domain.terms import Bilingual, Language, Severity
from pamit.etiquette.analysis import AnalysedDraft

__all__ = ["Check", "Hit", "Page", "Rule", "rule", "shown"]


@dataclass(frozen=True)
class Hit:
    """One place where a rule's pattern stands.

    Attributes:
        message: what was found and why it matters, to the candidate.
        span: the place in the text, in characters; None where something is missing.
        severity: where this place is graver or lighter than the rule's own.
    """

    message: Bilingual
    span: tuple[int, int] | None = None
    fix: Fix | None = None
    severity: Severity | None = None


Check = Callable[[AnalysedDraft, CheckContext], Iterator[Hit]]


@dataclass(frozen=True)
class Page:
    """A rule's published explanation.

    Attributes:
        what: the pattern in one sentence.
        why: why it matters.
        fix: how it is mended.
        bad, good: examples; each bad one is found by this rule alone, each good one by none.
        case: the kind of message that the examples stand in, as :mod:`pamit.etiquette.examples` reads it.
        source: where the rule comes from.
    """

    what: Bilingual
    why: Bilingual
    fix: Bilingual
    bad: tuple[str, ...]
    good: tuple[str, ...]
    case: str
    source: str


_CASE_OF_ITS_OWN = re.compile(r"Case: (?:\w+=(?:\"[^\"]*\"|\S+) )+")


def shown(example: str) -> str:
    """An example of a page as a person reads it: lines broken, the settings of its case left out.

    >>> shown('Case: subject="Halo" Yth. Ibu Ratna, / Terima kasih.')
    'Yth. Ibu Ratna,\\nTerima kasih.'
    """
    return _CASE_OF_ITS_OWN.sub("", example).replace(" / ", "\n")


@dataclass(frozen=True)
class Rule:
    """One rule of the checker."""

    name: str
    entry: str
    severity: Severity
    page: Page
    check: Check

    def findings(self, draft: AnalysedDraft, context: CheckContext, severity: Severity | None) -> list[Finding]:
        """What the rule finds in a draft.

        Args:
            severity: the one that a policy sets; None for the rule's own.
        """
        return [self._finding(hit, severity) for hit in self.check(draft, context)]

    def _finding(self, hit: Hit, severity: Severity | None) -> Finding:
        begin, end = hit.span or (None, None)
        return Finding(self.name, severity or hit.severity or self.severity, hit.message, begin, end, hit.fix)

    def title(self, language: Language) -> str:
        """What the rule finds, in one sentence."""
        return self.page.what.in_language(language)


def rule(name: str, *, entry: str, severity: Severity) -> Callable[[Check], Rule]:
    """Makes a rule of a function.

    Args:
        name: kebab-case, permanent, says the pattern found.
        entry: the entry of the rulebook it belongs to.
        severity: how grave a finding is where no policy says otherwise.
    """

    def make(check: Check) -> Rule:
        return Rule(name, entry, severity, _read_page(name, check.__doc__ or ""), check)

    return make


_KEYS = {"Id", "Why", "Mengapa", "Case", "Bad", "Good", "Fix", "Perbaikan", "Source"}
_KEY = re.compile(r"([A-Z][a-z]+): (.*)")


def _read_page(name: str, docstring: str) -> Page:
    lines = [line.strip() for line in docstring.strip().splitlines()]
    what: list[str] = []
    entries: list[tuple[str, str]] = []
    for line in lines:
        if not line:
            continue
        found = _KEY.match(line)
        if found and found.group(1) in _KEYS:
            entries.append((found.group(1), found.group(2)))
        elif entries:
            key, text = entries[-1]
            entries[-1] = (key, f"{text} {line}")
        else:
            what.append(line)

    def one(key: str) -> str:
        texts = [text for found, text in entries if found == key]
        if len(texts) != 1:
            raise ValueError(f"the page of {name} needs one line {key}:, it has {len(texts)}")
        return texts[0]

    bad = tuple(text for key, text in entries if key == "Bad")
    good = tuple(text for key, text in entries if key == "Good")
    if not what or not bad or not good:
        raise ValueError(f"the page of {name} needs a first sentence and lines Bad: and Good:")
    return Page(
        what=Bilingual(one("Id"), " ".join(what)),
        why=Bilingual(one("Mengapa"), one("Why")),
        fix=Bilingual(one("Perbaikan"), one("Fix")),
        bad=bad,
        good=good,
        case=one("Case"),
        source=one("Source"),
    )
