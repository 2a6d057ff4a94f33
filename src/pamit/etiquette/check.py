"""Checking a draft: the moves it makes and everything the rules find in it."""

from __future__ import annotations

from dataclasses import replace

from pamit.domain.message import CheckContext, Draft, Finding, Report
from pamit.domain.signature import without_signature
from pamit.domain.terms import Channel, Severity
from pamit.etiquette.analysis import analyse
from pamit.etiquette.catalogue import RULES
from pamit.etiquette.moves import recognise
from pamit.etiquette.policy import DEFAULT_POLICY, Policy
from pamit.etiquette.recognition import recognise_purpose

__all__ = ["check_draft"]

_GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}


def check_draft(draft: Draft, context: CheckContext | None = None, policy: Policy = DEFAULT_POLICY) -> Report:
    """Checks a message before it is sent.

    Args:
        draft: the message; its language and purpose are recognised where they are None.
        context: what is known of the case; what is None is taken from the text or not judged.
        policy: which rules hold, how gravely, with which numbers.

    Returns:
        The moves made and the findings, the gravest first. Nothing is raised for anything a text may hold.
    """
    known = context or CheckContext()
    if draft.channel == Channel.EMAIL and known.signature:
        draft = replace(draft, text=without_signature(draft.text, known.signature))
    analysed = analyse(draft, known, policy.numbers)
    if analysed.purpose is None:
        analysed.purpose = recognise_purpose(analysed)
    analysed.moves = recognise(analysed)
    findings: list[Finding] = []
    for name, rule in RULES.items():
        if name not in policy.disabled:
            findings += rule.findings(analysed, known, policy.severities.get(name))
    findings.sort(key=lambda finding: (_GRAVITY[finding.severity], finding.begin is not None, finding.begin or 0))
    return Report(analysed.language, analysed.purpose, analysed.moves, tuple(findings))
