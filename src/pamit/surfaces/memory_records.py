"""The stable records of the memory: cases, logs, agendas, as ``--json`` and the HTTP interface give them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pamit.domain.log import Dossier, Entry
from pamit.domain.plan import Plan
from pamit.domain.search import excerpt
from pamit.domain.terms import Language
from pamit.services.adding import Added
from pamit.services.agenda import Agenda
from pamit.services.calendar import Calendar, CalendarItem
from pamit.services.health import Health
from pamit.services.insight import Stats
from pamit.services.portability import Imported
from pamit.services.ports import IndexRow, SourceRef
from pamit.services.program_ports import Token
from pamit.services.searching import Found
from pamit.surfaces.records import plan_record
from pamit.surfaces.shapes import (
    AddedShape,
    AgendaShape,
    CalendarItemShape,
    CalendarShape,
    DossierShape,
    EntryShape,
    FoundShape,
    RowShape,
    SourceShape,
    StatsShape,
    TokenShape,
)

__all__ = [
    "added_record", "agenda_record", "calendar_record", "dossier_record", "entry_record", "found_record",
    "health_record", "imported_record",
    "row_record", "stats_record", "token_record",
]  # fmt: skip


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def row_record(row: IndexRow) -> RowShape:
    """A case as lists show it."""
    return {
        "case": row.case,
        "stage": str(row.stage),
        "company": row.company,
        "position": row.position,
        "start": _iso(row.start_at),
        "due": _iso(row.due_at),
    }


def entry_record(entry: Entry) -> EntryShape:
    """An entry of a log."""
    event = entry.event
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "recorded_at": entry.recorded_at.isoformat(),
        "kind": str(entry.kind),
        "event": {
            "at": event.at.isoformat(),
            "kind": str(event.kind),
            "purpose": str(event.purpose) if event.purpose else None,
            "channel": str(event.channel) if event.channel else None,
        }
        if event
        else None,
        "changes": {name: [change.before, change.after] for name, change in entry.changes.items()},
        "source": entry.source,
        "note": entry.note,
        "undoes": entry.undoes,
    }


def source_record(ref: SourceRef) -> SourceShape:
    """A message that is kept, without its bytes."""
    return {"digest": ref.digest, "size": ref.size, "name": ref.name, "message_id": ref.message_id, "uid": ref.uid}


def dossier_record(
    dossier: Dossier, plan: Plan, language: Language, sources: tuple[SourceRef, ...] | None = None
) -> DossierShape:
    """A case with its facts, its log and its plan."""
    record: DossierShape = {
        "case": dossier.id,
        "uid": dossier.uid,
        "version": dossier.version,
        "facts": dict(dossier.facts),
        "log": [entry_record(entry) for entry in dossier.entries],
        "plan": plan_record(plan, language),
    }
    if sources is not None:
        record["sources"] = [source_record(ref) for ref in sources]
    return record


def added_record(added: Added, plan: Plan, language: Language) -> AddedShape:
    """What became of a message."""
    match = added.match
    return {
        "outcome": match.kind.value if match else "new",
        "sure": match.sure if match else True,
        **dossier_record(added.dossier, plan, language),
        "clashes": [row_record(row) for row in added.clashes],
    }


def agenda_record(agenda: Agenda, language: Language) -> AgendaShape:
    """What is due."""
    return {
        "until": agenda.until.isoformat(),
        "overdue": agenda.overdue,
        "more": agenda.more,
        "steps": [
            {
                "case": item.case,
                "company": item.company,
                "position": item.position,
                **plan_record(Plan(stage=item.stage, steps=(item.step,)), language)["steps"][0],
            }
            for item in agenda.items
        ],
    }


def imported_record(imported: Imported) -> dict[str, Any]:
    """What became of an archive."""
    return {"added": imported.added, "extended": imported.extended, "unchanged": imported.unchanged}


def health_record(health: Health) -> dict[str, Any]:
    """What an examination found."""
    return {
        "cases": health.cases,
        "mended": health.mended,
        "flaws": [{"code": flaw.code, "case": flaw.case, "detail": flaw.detail} for flaw in health.flaws],
    }


def token_record(token: Token) -> TokenShape:
    """A program's right to ask; the token itself is not known."""
    return {
        "id": token.id,
        "name": token.name,
        "scope": token.scope,
        "created_at": token.created_at.isoformat(),
        "used_at": _iso(token.used_at),
    }


def calendar_record(found: Calendar, language: Language) -> CalendarShape:
    """A span of days."""
    return {
        "days": [
            {
                "day": day.day.isoformat(),
                "workday": day.is_workday,
                "holiday": day.holiday,
                "items": [_item_record(item, language) for item in day.items],
            }
            for day in found.days
        ],
        "clashes": [
            {
                "cases": [clash.first.case, clash.second.case],
                "first": clash.first.at.isoformat(),
                "second": clash.second.at.isoformat(),
                "minutes_between": int(clash.between.total_seconds() // 60),
                "assumed": clash.is_assumed,
            }
            for clash in found.clashes
        ],
        "cut": found.is_cut,
    }


def _item_record(item: CalendarItem, language: Language) -> CalendarItemShape:
    return {
        "case": item.case,
        "company": item.company,
        "position": item.position,
        "stage": str(item.stage),
        "at": item.at.isoformat(),
        "end": _iso(item.end),
        "timezone": item.timezone,
        "mode": str(item.mode) if item.mode else None,
        "do": str(item.step.do) if item.step else None,
        "text": item.step.text.in_language(language) if item.step else None,
        "agreed": item.agreed,
        "past": item.is_past,
        "overdue": item.is_overdue,
    }


def stats_record(found: Stats) -> StatsShape:
    """Figures over all cases."""
    return {
        "cases": found.cases,
        "invitations": found.invitations,
        "answers": {str(kind): count for kind, count in found.answers.items()},
        "never_answered": found.never_answered,
        "median_answer_seconds": found.median_answer.total_seconds() if found.median_answer is not None else None,
        "outcomes": {str(kind): count for kind, count in found.outcomes.items()},
        "stages": {str(kind): count for kind, count in found.stages.items()},
    }


def found_record(found: Found, language: Language) -> FoundShape:
    """What answers a question."""
    return {
        "found": [
            {
                "kind": kind,
                "case": passage.case,
                "ref": passage.ref or None,
                "at": passage.at.isoformat(),
                "title": passage.title,
                "excerpt": "".join(piece.text for piece in excerpt(passage.text, found.query)),
            }
            for kind, group in found.groups.items()
            for passage in group.passages
        ],
        "more": [kind for kind, group in found.groups.items() if group.more],
        "proposals": [proposal.id for proposal in found.proposals],
        "rules": [{"id": rule.id, "text": rule.text.in_language(language)} for rule in found.rules],
        "pending": found.pending,
    }
