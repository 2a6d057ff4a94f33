"""A person's or a centre's own settings."""

from __future__ import annotations

import pytest

from pamit.domain.message import Draft
from pamit.domain.terms import Channel, Language, Purpose, Severity
from pamit.errors import PamitError
from pamit.etiquette import DEFAULT_POLICY, Policy, check_draft

from .conftest import CASES

SHOUTED = Draft(
    Channel.EMAIL,
    "Yth. Ibu Ratna Dewi,\n\nTerima kasih atas undangan wawancara Staf Gudang Kamis, 26 November 2026 pukul 10.00. Saya"
    " memutuskan tidak mengikutinya!!!\n\nHormat saya,\nSari Wulandari",
    Language.ID,
    Purpose.DECLINE,
    "Penolakan wawancara",
)


def _found(policy: Policy) -> list[tuple[str, Severity]]:
    return [(finding.rule, finding.severity) for finding in check_draft(SHOUTED, CASES[Language.ID], policy).findings]


def test_policy_by_default_keeps_every_rule_as_it_is() -> None:
    """Nothing is off, nothing graver or lighter."""
    assert _found(DEFAULT_POLICY) == [("shouting-or-emoji", Severity.WARNING)]


def test_policy_turns_a_rule_off() -> None:
    """A disabled rule finds nothing."""
    assert _found(Policy.from_toml('disabled = ["shouting-or-emoji"]')) == []


def test_policy_changes_a_severity() -> None:
    """A finding takes the severity of the policy."""
    policy = Policy.from_toml('[severity]\nshouting-or-emoji = "error"')
    assert _found(policy) == [("shouting-or-emoji", Severity.ERROR)]


def test_policy_changes_a_number() -> None:
    """A shorter limit makes the same message too long."""
    policy = Policy.from_toml('disabled = ["shouting-or-emoji"]\n[numbers]\nmail_words = 10')
    assert _found(policy) == [("too-long", Severity.WARNING)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("disabled = [", "bad-policy"),
        ('disabled = "all"', "bad-policy"),
        ('disabled = ["no-such-rule"]', "unknown-rule"),
        ('[severity]\nno-such-rule = "error"', "unknown-rule"),
        ('[severity]\ntoo-long = "fatal"', "bad-policy"),
        ("[numbers]\nmail_word = 5", "unknown-setting"),
        ('[numbers]\nmail_words = "five"', "bad-policy"),
        ("[numbers]\nmail_words = true", "bad-policy"),
        ("numbers = 5", "bad-policy"),
        ("rules = 1", "unknown-setting"),
    ],
)
def test_policy_with_a_mistake_is_refused_by_name(text: str, code: str) -> None:
    """A policy that cannot mean anything is never half applied."""
    with pytest.raises(PamitError) as refused:
        Policy.from_toml(text)
    assert refused.value.code == code
