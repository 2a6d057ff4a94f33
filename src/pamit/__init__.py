"""Pamit: the candidate's own assistant for the messages around a job interview.

Four verbs and the values they speak in; nothing else is promised.

>>> from datetime import datetime
>>> import pamit
>>> received = datetime.fromisoformat("2026-11-23T10:00:00+07:00")
>>> invitation = pamit.read(
...     "Yth. Sdri. Maya, kami mengundang Saudari untuk wawancara posisi Kasir di PT Toko Baru pada "
...     "Jumat, 27 November 2026 pukul 09.00 WIB di kantor kami, Jl. Melati No. 5, Bandung.",
...     received=received,
... )
>>> invitation.value("start").isoformat()
'2026-11-27T09:00:00+07:00'
>>> case = pamit.case_of(invitation)
>>> intent = pamit.Intent(pamit.Purpose.DECLINE, pamit.Reason.OTHER_OFFER)
>>> [step.do.value for step in pamit.plan(case, received, intent).steps]
['consult', 'prepare_answer', 'find_contact', 'decline']
>>> draft = pamit.write(case, pamit.Purpose.DECLINE, candidate=pamit.Candidate("Maya Lestari"), now=received,
...                     reason=pamit.Reason.OTHER_OFFER)
>>> "Jumat, 27 November 2026" in draft.text
True
>>> pamit.check(draft, pamit.context_of(case, pamit.Candidate("Maya Lestari"), received)).is_clean
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pamit.bootstrap import open_pamit
    from pamit.domain.interview import Agency, Candidate, Case, Contact, Event, Intent, Interview
    from pamit.domain.invitation import Doubt, Fact, Invitation
    from pamit.domain.message import CheckContext, Draft, Finding, Fix, Report
    from pamit.domain.plan import Plan, PlanWarning, Step
    from pamit.domain.plan import make_plan as plan
    from pamit.domain.terms import Channel, EventKind, Language, Mode, Move, Purpose, Reason, Register, Severity, Stage
    from pamit.errors import ErrorKind, PamitError
    from pamit.services.cases import case_of
    from pamit.services.checking import check_message as check
    from pamit.services.checking import context_of
    from pamit.services.intake import read_source as read
    from pamit.services.writing import write_message as write

__version__ = "0.1.0"

# Each name is imported when it is first asked for: `import pamit` alone must cost next to nothing.
_VERBS = {
    "open_pamit": ("pamit.bootstrap", "open_pamit"),
    "read": ("pamit.services.intake", "read_source"),
    "plan": ("pamit.domain.plan", "make_plan"),
    "write": ("pamit.services.writing", "write_message"),
    "check": ("pamit.services.checking", "check_message"),
    "case_of": ("pamit.services.cases", "case_of"),
    "context_of": ("pamit.services.checking", "context_of"),
}
_TYPES = {
    "pamit.domain.interview": ("Agency", "Candidate", "Case", "Contact", "Event", "Intent", "Interview"),
    "pamit.domain.invitation": ("Doubt", "Fact", "Invitation"),
    "pamit.domain.message": ("CheckContext", "Draft", "Finding", "Fix", "Report"),
    "pamit.domain.plan": ("Plan", "PlanWarning", "Step"),
    "pamit.domain.terms": (
        "Channel", "EventKind", "Language", "Mode", "Move", "Purpose", "Reason", "Register", "Severity", "Stage",
    ),
    "pamit.errors": ("ErrorKind", "PamitError"),
}  # fmt: skip
_HOMES = {**_VERBS, **{name: (module, name) for module, names in _TYPES.items() for name in names}}

__all__ = [
    "Agency", "Candidate", "Case", "Channel", "CheckContext", "Contact", "Doubt", "Draft", "ErrorKind", "Event", "EventKind",
    "Fact", "Finding", "Fix", "Intent", "Interview", "Invitation", "Language", "Mode", "Move", "PamitError", "Plan",
    "PlanWarning", "Purpose", "Reason", "Register", "Report", "Severity", "Stage", "Step", "case_of", "check", "context_of",
    "open_pamit", "plan", "read", "write",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    try:
        module, attribute = _HOMES[name]
    except KeyError:
        raise AttributeError(f"module 'pamit' has no attribute {name!r}") from None
    from importlib import import_module

    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
