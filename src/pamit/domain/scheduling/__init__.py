"""What a calendar message means for a meeting that is known already: order, trust, and the table of decisions.

Nothing is ever overwritten. What is known of a meeting is the set of messages that were taken in, and its present state
follows from the set alone, so the order in which messages arrive cannot matter (RFC 5546 §2.1.4–2.1.5; protocols.md §1.5).
"""

from pamit.domain.scheduling.decide import Action, Decision, decide
from pamit.domain.scheduling.meeting import Known, Meeting, OwnAnswer, meeting_of
from pamit.domain.scheduling.message import Instance, Position, Revision, SchedulingMessage
from pamit.domain.scheduling.trust import (
    Authentication,
    Envelope,
    Trust,
    TrustLevel,
    trust_of,
)

__all__ = [
    "Action",
    "Authentication",
    "Decision",
    "Envelope",
    "Instance",
    "Known",
    "Meeting",
    "OwnAnswer",
    "Position",
    "Revision",
    "SchedulingMessage",
    "Trust",
    "TrustLevel",
    "decide",
    "meeting_of",
    "trust_of",
]
