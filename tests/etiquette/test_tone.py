"""Sentences that hurt, belittle, press, slam the door, tell too much or contradict themselves, and sentences that do not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pamit.domain.terms import Language, Severity

from .conftest import Check

SENTENCES = tomllib.loads((Path(__file__).parent / "data" / "sentences.toml").read_text("utf-8"))
PURPOSES = {
    "rude-tone": "withdraw",
    "salary-insult": "decline",
    "door-slammed": "withdraw",
    "pressing-followup": "follow_up",
    "oversharing": "cancel",
    "false-or-contradictory-reason": "cancel",
    "good": "decline",
}
STRUCTURE = {"missing-", "unclear-", "uninformative-"}
CASES = [
    (rule, language, sentence)
    for rule, languages in SENTENCES.items()
    for language, sentences in languages.items()
    for sentence in sentences
]


@pytest.mark.parametrize(("rule", "language", "sentence"), CASES)
def test_sentence_is_found_by_its_rule_or_by_none(check: Check, rule: str, language: str, sentence: str) -> None:
    """What is said openly and what is hidden in courtesy is heard; a polite reason is left alone."""
    greeting, closing = (
        ("Yth. Ibu Ratna Dewi,", "Hormat saya,") if language == Language.ID else ("Dear Ms. Taylor,", "Kind regards,")
    )
    now = "2026-12-07T09:00:00+07:00" if rule == "pressing-followup" else "2026-11-24T09:00:00+07:00"
    report = check(PURPOSES[rule], f"{greeting}\n\n{sentence}\n\n{closing}\nSari Wulandari", language, now=now)
    found = {
        finding.rule
        for finding in report.findings
        if finding.severity is not Severity.HINT and not any(finding.rule.startswith(start) for start in STRUCTURE)
    }
    if rule == "good":
        assert found == set()
    else:
        assert rule in found
