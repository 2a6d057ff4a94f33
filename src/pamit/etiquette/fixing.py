"""Applying fixes to a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pamit.domain.message import Finding

__all__ = ["apply_fixes"]


def apply_fixes(text: str, findings: Iterable[Finding], only: Literal["safe", "unsafe"] = "safe") -> str:
    """The text with its fixes applied.

    Args:
        findings: of a check of this very text.
        only: ``safe`` applies what may be applied unseen; ``unsafe`` also what should be shown first. Fixes that insert
            a move are not applied here: their sentence comes from the phrasebook.

    Of two fixes that overlap the first counts; checking and fixing the result again changes nothing more.
    """
    levels = ("safe",) if only == "safe" else ("safe", "unsafe")
    changes = sorted(
        (finding.begin, finding.end, finding.fix.replacement)
        for finding in findings
        if finding.fix is not None
        and finding.fix.replacement is not None
        and finding.fix.applicability in levels
        and finding.begin is not None
        and finding.end is not None
    )
    pieces: list[str] = []
    done = 0
    for begin, end, replacement in changes:
        if begin < done and not replacement:
            begin = min(done, end)  # of a deletion the rest is still to be deleted
        if begin < done or begin > end:
            continue
        pieces += (text[done:begin], replacement)
        done = end
    pieces.append(text[done:])
    return "".join(pieces)
