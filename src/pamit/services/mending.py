"""Mending a draft: safe fixes applied, and the sentence for a missing move taken from the phrasebook."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from pamit.domain.interview import Candidate, Case, Contact, Interview
from pamit.domain.message import CheckContext, Draft, Finding, Fix, Report
from pamit.domain.terms import Language, Move, Purpose, Register
from pamit.errors import PamitError
from pamit.etiquette import DEFAULT_POLICY, Policy, apply_fixes, check_draft

__all__ = ["Mended", "mend", "with_sentences"]

# Only for the wording of a lone sentence; the moment decides nothing in the moves that a fix can insert.
_SOME_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Mended:
    """A draft after its safe fixes.

    Attributes:
        text: with the safe fixes applied.
        applied: how many findings those mended.
        report: of the mended text; its fixes are for the person to consider.
        suggested: the text with those fixes applied too.
    """

    text: str
    applied: int
    report: Report
    suggested: str


def mend(draft: Draft, context: CheckContext, policy: Policy = DEFAULT_POLICY) -> Mended:
    """Apply the safe fixes and prepare the others.

    A fix never changes a fact or a reason; mending the result again changes nothing.
    """
    first = check_draft(draft, context, policy)
    text = apply_fixes(draft.text, first.findings)
    mended = replace(draft, text=text, language=first.language, purpose=first.purpose, moves=())
    report = with_sentences(check_draft(mended, context, policy), mended, context)
    applied = sum(
        1 for one in first.findings if one.fix and one.fix.applicability == "safe" and one.fix.replacement is not None
    )
    return Mended(text, applied, report, _with_insertions(text, report))


def with_sentences(report: Report, draft: Draft, context: CheckContext) -> Report:
    """The report with a sentence for each missing move, in the draft's language."""
    if not any(finding.fix and finding.fix.insert for finding in report.findings):
        return report
    sentences = _sentences(draft, report, context)
    return replace(report, findings=tuple(_worded(finding, sentences) for finding in report.findings))


def _worded(finding: Finding, sentences: dict[Move, str]) -> Finding:
    fix = finding.fix
    if fix is None or fix.insert is None or fix.replacement is not None or fix.insert not in sentences:
        return finding
    return replace(finding, fix=replace(fix, replacement=sentences[fix.insert], applicability="unsafe"))


def _sentences(draft: Draft, report: Report, context: CheckContext) -> dict[Move, str]:
    """What the phrasebook says for each move of such a message; nothing where it has no such message."""
    # A draft that lacks nothing needs no phrasebook.
    from pamit.phrasing import compose

    language, purpose = report.language or Language.ID, report.purpose
    if purpose is None or context.candidate is None or not context.candidate.strip():
        return {}
    interview = Interview(
        company=context.company,
        position=context.position,
        start=context.interview_start,
        round=context.round,
        contact=Contact(context.contact_name),
    )
    try:
        model = compose(
            Case(interview),
            Purpose(purpose),
            candidate=Candidate(context.candidate),
            now=context.now or _SOME_MOMENT,
            language=language,
            channel=draft.channel,
            register=Register.FORMAL,
        )
    except PamitError:
        return {}
    found: dict[Move, str] = {}
    for part in model.moves:
        found.setdefault(part.move, model.text[part.begin : part.end].strip())
    return found


def _with_insertions(text: str, report: Report) -> str:
    """The text with every fix that has words, the inserted sentences on lines of their own."""
    changed = apply_fixes(text, report.findings, only="unsafe")
    if changed != text:
        return changed
    inserts: list[tuple[int, Fix]] = [
        (finding.fix.at, finding.fix)
        for finding in report.findings
        if finding.fix and finding.fix.insert and finding.fix.replacement and finding.fix.at is not None
    ]
    for at, fix in sorted(inserts, key=lambda insert: insert[0], reverse=True):
        before, after = text[:at].rstrip("\n"), text[at:].lstrip("\n")
        text = "\n\n".join(part for part in (before, fix.replacement or "", after) if part)
    return text
