"""Answers to meeting requests as the organiser's calendar reads them (iTIP, RFC 5546): REPLY and COUNTER.

Objects are built from values, never by changing what came in; what is built is read again by a validator of its own and
given out only when it finds nothing (protocols.md §1.3, §1.4). Whether and how a request can be answered is told
beforehand by :func:`answerability`, in sentences.
"""

from pamit.formats.itip.addresses import canonical_address, invited_as, same_address
from pamit.formats.itip.answerability import Answerability, Notice, Way, answerability
from pamit.formats.itip.answers import Partstat, write_counter, write_reply
from pamit.formats.itip.validator import Problem, validate_answer

__all__ = [
    "Answerability",
    "Notice",
    "Partstat",
    "Problem",
    "Way",
    "answerability",
    "canonical_address",
    "invited_as",
    "same_address",
    "validate_answer",
    "write_counter",
    "write_reply",
]
