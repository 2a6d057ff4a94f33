"""Putting down what happened, correcting facts, closing, taking back, removing. Every change is one entry of the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from pamit.domain.calendar.workdays import OwnDays
from pamit.domain.facts import FactText, check_facts, parse_facts
from pamit.domain.interview import Event
from pamit.domain.log import Change, Dossier, Entry, EntryKind, changes_between
from pamit.domain.plan.situation import situation
from pamit.domain.terms import EventKind
from pamit.errors import ErrorKind, PamitError
from pamit.services.indexing import keep_index
from pamit.services.ports import Store, Writing

__all__ = ["close_case", "delete", "edit", "note", "reopen", "undo"]

_MAX_NOTE = 10_000
_CLOCK_SKEW = timedelta(minutes=5)
_FRESH_STARTS = frozenset({EventKind.NEXT_ROUND, EventKind.RESCHEDULED_BY_EMPLOYER})


def edit(
    store: Store, own_days: OwnDays, case: str, written: Mapping[str, str], now: datetime, *, version: int | None = None
) -> Dossier:
    """Correct facts of a case.

    Args:
        written: facts as a person writes them; "" makes one unknown. What is as it was changes nothing.
        version: the version that the person saw; None where it does not matter.

    Raises:
        PamitError: MISSING ``no-such-case``, ``unknown-fact``; INVALID ``bad-fact``, ``end-before-start``; CONFLICT
            ``case-moved-on``.
    """
    with store.writing() as unit:
        dossier = _seen(unit, case, version)
        changes = _changes(dossier, parse_facts(written, dossier.facts))
        if not changes:
            return dossier
        entry = Entry(dossier.version + 1, now, now, EntryKind.EDITED, changes=changes)
        return _append(unit, own_days, dossier, entry, now)


def note(
    store: Store,
    own_days: OwnDays,
    case: str,
    now: datetime,
    *,
    event: Event | None = None,
    words: str | None = None,
    facts: Mapping[str, str] | None = None,
    at: datetime | None = None,
    version: int | None = None,
) -> Dossier:
    """Put down what happened.

    Args:
        event: what happened, as the plan counts it.
        words: the person's own.
        facts: what it changed, as a person writes it: the promised date of a decision, the new time.
        at: when it happened; the event's moment, else now.
        version: the version that the person saw; None where it does not matter.

    Raises:
        PamitError: MISSING ``no-such-case``, ``unknown-fact``; INVALID ``empty-note``, ``in-the-future``, ``no-purpose``,
            ``bad-fact``; CONFLICT ``case-moved-on``.
    """
    words = words.strip() if words else None
    if event is None and not words and not facts:
        raise PamitError(ErrorKind.INVALID, "empty-note", "The note says nothing.")
    _check_words(words)
    moment = at or (event.at if event else now)
    if moment > now + _CLOCK_SKEW:
        raise PamitError(ErrorKind.INVALID, "in-the-future", "What is noted must have happened already.")
    if event is not None and event.kind == EventKind.MESSAGE_SENT and event.purpose is None:
        raise PamitError(ErrorKind.INVALID, "no-purpose", "A message that was sent has a purpose.")
    with store.writing() as unit:
        dossier = _seen(unit, case, version)
        after = _consequences(event, dossier) | parse_facts(facts or {}, dossier.facts)
        kind = EntryKind.HAPPENED if event else EntryKind.NOTED
        entry = Entry(dossier.version + 1, moment, now, kind, event, _changes(dossier, after), note=words)
        return _append(unit, own_days, dossier, entry, now)


def _consequences(event: Event | None, dossier: Dossier) -> dict[str, FactText]:
    """The facts that no longer hold after an event: the talk that was agreed is not the one that comes."""
    if event is None or event.kind not in _FRESH_STARTS:
        return {}
    gone: dict[str, FactText] = {"start": None, "end": None, "reply_by": None, "received": event.at.isoformat()}
    if event.kind == EventKind.NEXT_ROUND:
        gone |= {"decision_expected": None, "round": int(dossier.facts.get("round") or 1) + 1}
    return gone


def close_case(store: Store, own_days: OwnDays, case: str, now: datetime, words: str | None = None) -> Dossier:
    """Close a case: nothing more is to be done in it.

    Raises:
        PamitError: MISSING ``no-such-case``; REFUSED ``already-closed``.
    """
    return _turn(store, own_days, case, now, words, EventKind.CLOSED)


def reopen(store: Store, own_days: OwnDays, case: str, now: datetime, words: str | None = None) -> Dossier:
    """Take a closed case up again.

    Raises:
        PamitError: MISSING ``no-such-case``; REFUSED ``not-closed``.
    """
    return _turn(store, own_days, case, now, words, EventKind.REOPENED)


def _turn(store: Store, own_days: OwnDays, case: str, now: datetime, words: str | None, kind: EventKind) -> Dossier:
    _check_words(words)
    with store.writing() as unit:
        dossier = unit.dossier(case)
        closed = situation(dossier.case, now).is_closed
        if closed == (kind == EventKind.CLOSED):
            code = "already-closed" if closed else "not-closed"
            raise PamitError(ErrorKind.REFUSED, code, f"The case {case} is {'' if closed else 'not '}closed.", case=case)
        entry = Entry(dossier.version + 1, now, now, EntryKind.HAPPENED, Event(now, kind), note=words or None)
        return _append(unit, own_days, dossier, entry, now)


def undo(store: Store, own_days: OwnDays, case: str, now: datetime, *, version: int | None = None) -> Dossier:
    """Take back the last change of a case. Nothing is erased: an entry says that the earlier one no longer counts.

    Raises:
        PamitError: MISSING ``no-such-case``; REFUSED ``nothing-to-undo``; CONFLICT ``case-moved-on``.
    """
    with store.writing() as unit:
        dossier = _seen(unit, case, version)
        last = dossier.last_change
        if last is None:
            raise PamitError(
                ErrorKind.REFUSED,
                "nothing-to-undo",
                f"In case {case} only its beginning is left; delete it instead.",
                case=case,
            )
        entry = Entry(dossier.version + 1, now, now, EntryKind.UNDONE, undoes=last.number)
        return _append(unit, own_days, dossier, entry, now)


def delete(store: Store, case: str, *, version: int | None = None) -> None:
    """Remove a case for good, with its log and its messages.

    Args:
        version: the one that was seen when this was decided; None where that does not matter.

    Raises:
        PamitError: MISSING ``no-such-case``; CONFLICT ``case-moved-on``.
    """
    with store.writing() as unit:
        if version is not None:
            _seen(unit, case, version)
        unit.delete(case)


def _seen(unit: Writing, case: str, version: int | None) -> Dossier:
    dossier = unit.dossier(case)
    if version is not None and version != dossier.version:
        raise PamitError(
            ErrorKind.CONFLICT,
            "case-moved-on",
            f"The case {case} has changed since it was read.",
            case=case,
            seen=version,
            present=dossier.version,
        )
    return dossier


def _changes(dossier: Dossier, after: Mapping[str, FactText]) -> dict[str, Change]:
    changes = changes_between(dossier.facts, after)
    if changes:
        check_facts({**dossier.facts, **after})
    return changes


def _check_words(words: str | None) -> None:
    if words is None:
        return
    if len(words) > _MAX_NOTE:
        raise PamitError(
            ErrorKind.REFUSED,
            "note-too-long",
            f"A note has at most {_MAX_NOTE} characters.",
            limit=_MAX_NOTE,
            length=len(words),
        )
    if any("\ud800" <= sign <= "\udfff" for sign in words):
        raise PamitError(ErrorKind.INVALID, "bad-note", "The note holds characters that are none.")


def _append(unit: Writing, own_days: OwnDays, dossier: Dossier, entry: Entry, now: datetime) -> Dossier:
    unit.append(dossier.id, [entry], after=dossier.version)
    changed = replace(dossier, entries=(*dossier.entries, entry))
    keep_index(unit, [changed], now, own_days)
    return changed
