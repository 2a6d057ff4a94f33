"""The words of the house: every closed vocabulary, once.

Values are the stable strings of the batch interface and of stored data. Sources: the vocabulary table of the etiquette
rules; RFC 5545 for calendar words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "SPOKEN",
    "Bilingual",
    "Channel",
    "EventKind",
    "InvitationKind",
    "Language",
    "Mode",
    "Move",
    "Purpose",
    "Reason",
    "Register",
    "Severity",
    "Stage",
    "StepKind",
]


class Language(StrEnum):
    """A language that Pamit reads and writes (ISO 639-1)."""

    ID = "id"
    EN = "en"


@dataclass(frozen=True)
class Bilingual:
    """One sentence in both languages, each authored for itself.

    >>> Bilingual("Halo.", "Hello.").in_language(Language.EN)
    'Hello.'
    """

    id: str
    en: str

    def in_language(self, language: Language) -> str:
        """The sentence in that language."""
        return self.id if language == Language.ID else self.en


class Channel(StrEnum):
    """The way a message travels. ``text`` is WhatsApp and SMS."""

    EMAIL = "email"
    LETTER = "letter"
    PHONE = "phone"
    TEXT = "text"
    IN_PERSON = "in_person"


SPOKEN = frozenset({Channel.PHONE, Channel.IN_PERSON})
"""The channels on which nothing is written."""


class Purpose(StrEnum):
    """Why the candidate writes."""

    CONFIRM = "confirm"
    RESCHEDULE = "reschedule"
    DECLINE = "decline"
    """Says no to an invitation."""
    CANCEL = "cancel"
    """Takes back an interview that was agreed."""
    WITHDRAW = "withdraw"
    """Ends the candidacy."""
    THANK_YOU = "thank_you"
    FOLLOW_UP = "follow_up"
    ASK_FEEDBACK = "ask_feedback"
    RECONSIDER = "reconsider"
    DECLINE_OFFER = "decline_offer"
    ASK_DETAILS = "ask_details"
    REQUEST_ONLINE = "request_online"
    RUNNING_LATE = "running_late"
    APOLOGISE_ABSENCE = "apologise_absence"
    EMPLOYER_ABSENT = "employer_absent"
    """The interviewer did not appear."""
    LINK_BROKEN = "link_broken"
    ACCEPT_OFFER = "accept_offer"
    ACKNOWLEDGE = "acknowledge"
    """Noted, thanks; nothing more."""


class Reason(StrEnum):
    """The reason a candidate chose to give. None given is ``None``, never a member."""

    PERSONAL = "personal"
    HEALTH = "health"
    OTHER_OFFER = "other_offer"
    CULTURE = "culture"
    ROLE_FIT = "role_fit"
    SALARY = "salary"
    LOCATION = "location"
    SCHEDULE = "schedule"
    CAREER_PLAN = "career_plan"
    FOUND_UNSUITABLE = "found_unsuitable"
    OTHER = "other"


class Move(StrEnum):
    """One job that a part of a message does (rules M1–M18)."""

    SALUTATION = "salutation"
    THANKS = "thanks"
    POSITION_NAMED = "position_named"
    COMPANY_NAMED = "company_named"
    DATETIME_NAMED = "datetime_named"
    DECISION_CLEAR = "decision_clear"
    REASON_GIVEN = "reason_given"
    APOLOGY = "apology"
    APPRECIATION = "appreciation"
    DOOR_OPEN = "door_open"
    CONFIRMATION_REQUESTED = "confirmation_requested"
    ALTERNATIVES = "alternatives"
    ENTHUSIASM = "enthusiasm"
    GOOD_WISHES = "good_wishes"
    CLOSING = "closing"
    SIGNATURE = "signature"
    CONTACT_INFO = "contact_info"


class Register(StrEnum):
    """How formal a message is; both are professional (rule N3)."""

    FORMAL = "formal"
    FRIENDLY = "friendly"


class Stage(StrEnum):
    """Where an interview stands now; always derived, never stored."""

    INVITED = "invited"
    SCHEDULED = "scheduled"
    TODAY = "today"
    INTERVIEWED = "interviewed"
    CLOSED = "closed"


class Mode(StrEnum):
    """How the interview is held."""

    ONSITE = "onsite"
    VIDEO = "video"
    PHONE = "phone"


class InvitationKind(StrEnum):
    """What a message from an employer is."""

    INVITATION = "invitation"
    AVAILABILITY_REQUEST = "availability_request"
    RESCHEDULE_BY_EMPLOYER = "reschedule_by_employer"
    CANCELLED_BY_EMPLOYER = "cancelled_by_employer"
    REJECTION = "rejection"
    OFFER = "offer"
    APPLICATION_RECEIVED = "application_received"
    CANCELLATION_CONFIRMED = "cancellation_confirmed"
    ASSESSMENT = "assessment"
    JOB_ALERT = "job_alert"
    SCAM = "scam"
    OTHER = "other"


class EventKind(StrEnum):
    """What can happen in a case."""

    MESSAGE_SENT = "message_sent"
    CONFIRMATION_RECEIVED = "confirmation_received"
    ATTENDED = "attended"
    ABSENT = "absent"
    REJECTED = "rejected"
    OFFER_RECEIVED = "offer_received"
    OFFER_ACCEPTED = "offer_accepted"
    NEXT_ROUND = "next_round"
    CANCELLED_BY_EMPLOYER = "cancelled_by_employer"
    RESCHEDULED_BY_EMPLOYER = "rescheduled_by_employer"
    CLOSED = "closed"
    REOPENED = "reopened"


class StepKind(StrEnum):
    """What a step of a plan asks to do: every purpose, and what is no message by itself."""

    ANSWER = "answer"
    CONSULT = "consult"
    PREPARE_ANSWER = "prepare_answer"
    FIND_CONTACT = "find_contact"
    CALL_TO_VERIFY = "call_to_verify"
    WRITTEN_RECORD = "written_record"
    ATTEND = "attend"
    CLOSE = "close"
    CONFIRM = "confirm"
    RESCHEDULE = "reschedule"
    DECLINE = "decline"
    CANCEL = "cancel"
    WITHDRAW = "withdraw"
    THANK_YOU = "thank_you"
    FOLLOW_UP = "follow_up"
    ASK_FEEDBACK = "ask_feedback"
    RECONSIDER = "reconsider"
    DECLINE_OFFER = "decline_offer"
    ASK_DETAILS = "ask_details"
    REQUEST_ONLINE = "request_online"
    RUNNING_LATE = "running_late"
    APOLOGISE_ABSENCE = "apologise_absence"
    EMPLOYER_ABSENT = "employer_absent"
    LINK_BROKEN = "link_broken"
    ACCEPT_OFFER = "accept_offer"
    ACKNOWLEDGE = "acknowledge"


class Severity(StrEnum):
    """How much a finding matters. An error blocks sending until fixed or overridden with a reason."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"
