"""A message that was handed over but is not kept yet: what the page of Tambah shows and asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pamit.domain.calendar.zones import DEFAULT_ZONE, zone, zone_label
from pamit.domain.facts import FACT_NAMES
from pamit.domain.invitation import Invitation
from pamit.domain.terms import Channel, Mode
from pamit.surfaces.web.marking import Mark
from pamit.surfaces.web.words import Words

if TYPE_CHECKING:
    from pamit.services.origin import Given


__all__ = ["EDITABLE", "MOMENTS", "Handed", "Input", "changed", "inputs_of", "marks_of", "value_shown"]

EDITABLE = (
    "company", "position", "start", "end", "timezone", "mode", "location", "meeting_url", "contact_name", "contact_email",
    "contact_phone", "reply_by", "round",
)  # fmt: skip
"""The facts that a message can state, in the order in which a person looks for them."""

MOMENTS = frozenset({"start", "end", "reply_by", "received", "decision_expected"})

_ZONES = (
    "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Asia/Singapore", "Asia/Kuala_Lumpur", "Asia/Tokyo", "Asia/Dubai",
    "Europe/London", "Europe/Berlin", "Australia/Sydney", "America/New_York", "America/Los_Angeles", "UTC",
)  # fmt: skip
_TYPES = {
    "contact_email": "email", "agency_email": "email", "contact_phone": "tel", "meeting_url": "url", "round": "number",
    **dict.fromkeys(MOMENTS, "datetime-local"),
}  # fmt: skip


@dataclass(frozen=True)
class Handed:
    """What was handed over, laid aside until the person says that it shall be kept."""

    data: bytes
    given: Given
    invitation: Invitation


@dataclass(frozen=True)
class Input:
    """A fact as a form asks for it.

    Attributes:
        options: value and words of each; empty for a field to type in.
        doubts: what is unclear about it.
        is_sure: whether it was stated plainly.
        seen: as it was before the person wrote anything.
    """

    name: str
    label: str
    value: str
    kind: str
    options: tuple[tuple[str, str], ...] = ()
    doubts: tuple[str, ...] = ()
    is_sure: bool = True
    remark: str | None = None
    seen: str = ""


def value_shown(name: str, value: object, timezone: str | None) -> str:
    """A fact as a form shows it: moments by the clock of the employer's place."""
    if value is None:
        return ""
    if name in MOMENTS:
        at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        return at.astimezone(zone(timezone or DEFAULT_ZONE)).strftime("%Y-%m-%dT%H:%M")
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def inputs_of(values: dict[str, object], names: tuple[str, ...], say: Words, now: datetime) -> list[Input]:
    """The fields of a form for facts."""
    timezone = str(values.get("timezone") or "") or None
    found = []
    for name in names:
        value = value_shown(name, values.get(name), timezone)
        kind, options = _TYPES.get(name, "text"), _options(name, timezone, say, now)
        found.append(Input(name, say(f"field.{name}"), value, kind, options, seen=value))
    return found


def _options(name: str, timezone: str | None, say: Words, now: datetime) -> tuple[tuple[str, str], ...]:
    if name == "mode":
        return (("", say("common.unknown")), *((str(mode), say(f"mode.{mode}")) for mode in Mode))
    if name == "invited_via":
        return (("", say("common.unknown")), *((str(one), say(f"channel.{one}")) for one in Channel))
    if name == "works_saturday":
        return (("", say("common.unknown")), ("yes", say("common.yes")), ("no", say("common.no")))
    if name == "timezone":
        known = _ZONES if timezone is None or timezone in _ZONES else (timezone, *_ZONES)
        named = tuple((one, f"{zone_label(one, now)} ({one.rpartition('/')[2].replace('_', ' ')})") for one in known)
        return named if timezone else (("", say("common.unknown")), *named)
    return ()


def changed(given: dict[str, str], shown: dict[str, str]) -> dict[str, str]:
    """The facts that the person wrote otherwise than they were shown."""
    return {name: value for name, value in given.items() if name in FACT_NAMES and value.strip() != shown.get(name, "").strip()}


def marks_of(invitation: Invitation, say: Words) -> list[Mark]:
    """The words of a message that facts, doubts and warnings come from; a warning is seen before all else."""
    found = [Mark(*one.span, say(f"tier.{one.tier}"), "warning", None) for one in invitation.warnings if one.span is not None]
    taken = [(mark.begin, mark.end) for mark in found]

    def free(begin: int, end: int) -> bool:
        return all(end <= other or begin >= until for other, until in taken)

    for name, fact in invitation.facts.items():
        if fact.span is not None and free(*fact.span):
            found.append(Mark(*fact.span, say(f"field.{name}"), "fact", f"f-{name}"))
            taken.append(fact.span)
    for doubt in invitation.doubts:
        for span in doubt.spans:
            if free(*span):
                found.append(Mark(*span, say("add.doubt_mark"), "doubt", None))
                taken.append(span)
    return found
