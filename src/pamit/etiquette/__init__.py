"""The checker: what a message holds, what is wrong in it, why, and how to mend it."""

from __future__ import annotations

from pamit.etiquette.catalogue import RULES, find_rule
from pamit.etiquette.check import check_draft
from pamit.etiquette.fixing import apply_fixes
from pamit.etiquette.policy import DEFAULT_POLICY, Policy
from pamit.etiquette.rule import Page, Rule, shown

__all__ = ["DEFAULT_POLICY", "RULES", "Page", "Policy", "Rule", "apply_fixes", "check_draft", "find_rule", "shown"]
