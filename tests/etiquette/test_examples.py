"""Every example of every rule's page runs."""

from __future__ import annotations

import pytest

from pamit.domain.terms import Severity
from pamit.etiquette import RULES, apply_fixes, check_draft
from pamit.etiquette.examples import Example, examples_of
from pamit.etiquette.rule import Rule

CASES = [(rule, example) for rule in RULES.values() for example in examples_of(rule)]


@pytest.mark.parametrize(("rule", "example"), CASES, ids=[f"{rule.name}-{number}" for number, (rule, _) in enumerate(CASES)])
def test_example_of_a_page_is_found_by_its_rule_alone(rule: Rule, example: Example) -> None:
    """A bad example is found by exactly its rule, a good one by none."""
    found = {finding.rule for finding in check_draft(example.draft, example.context).findings}
    if rule.severity is not Severity.HINT:
        hints = {entry.name for entry in RULES.values() if entry.severity is Severity.HINT}
        found -= hints
    expected = set() if example.is_good else {rule.name}
    assert found - example.allowed == expected


@pytest.mark.parametrize(("rule", "example"), CASES, ids=[f"{rule.name}-{number}" for number, (rule, _) in enumerate(CASES)])
def test_fixes_of_an_example_applied_twice_change_nothing_more(rule: Rule, example: Example) -> None:
    """Fixing is idempotent, and a safe fix leaves nothing safe to fix."""
    draft = example.draft
    once = apply_fixes(draft.text, check_draft(draft, example.context).findings)
    again = check_draft(type(draft)(**{**vars(draft), "text": once}), example.context)
    assert apply_fixes(once, again.findings) == once
