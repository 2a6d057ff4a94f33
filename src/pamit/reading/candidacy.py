"""Whether words can be about a candidacy at all: the first question asked of a mail that nobody handed over.

The reader is made for messages that a person took for an employer's. In an archive most mails are none: an order with its day
and hour of delivery is no interview. So there a message counts only if it speaks of an interview, or of work and of talking
with each other. The test looks at ASCII letters alone and at parts of words, so that it means the same for a text and for the
bytes of a mail (see :mod:`pamit.formats.email.glance`).
"""

from __future__ import annotations

from typing import Final

from pamit.domain.needles import Needles
from pamit.domain.terms import InvitationKind
from pamit.reading.lexicon import load_words

__all__ = ["ASKING", "may_be_candidacy", "speaks_of_candidacy"]

ASKING: Final = frozenset(
    (InvitationKind.INVITATION, InvitationKind.AVAILABILITY_REQUEST, InvitationKind.RESCHEDULE_BY_EMPLOYER)
)
"""The kinds of message that ask for an answer about an interview."""


def _cues(name: str) -> tuple[bytes, ...]:
    return tuple(word.encode("ascii") for word in load_words("candidacy")[name])


_INTERVIEW, _TALK = Needles(_cues("interview")), Needles(_cues("talk"))
_ANY: Final = Needles((*_cues("interview"), *_cues("work")))
# What stands in an address says nothing: "https://career.shop.example/role/17".
_ADDRESS: Final = ("://", "@", "www.")


def may_be_candidacy(lowered: bytes) -> bool:
    """Whether letters, all small, hold the cues; see :func:`speaks_of_candidacy`.

    >>> may_be_candidacy(b"lamaran anda; kita ngobrol besok"), may_be_candidacy(b"pesanan anda tiba besok pukul 10.00")
    (True, False)
    """
    return _ANY.stand_in(lowered) and (_TALK.stand_in(lowered) or _INTERVIEW.stand_in(lowered))


def speaks_of_candidacy(text: str, subject: str | None) -> bool:
    """Whether a message speaks of an interview, or of work and of talking with each other, addresses of all kinds left out."""
    words = f"{subject or ''}\n{text}"
    if not may_be_candidacy(_lowered(words)):
        return False
    if not any(mark in words for mark in _ADDRESS):
        return True
    return may_be_candidacy(_lowered(" ".join(word for word in words.split() if not any(mark in word for mark in _ADDRESS))))


def _lowered(text: str) -> bytes:
    return text.encode("utf-8", "replace").lower()
