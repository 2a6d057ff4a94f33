"""Recognising what a draft is for, where nobody said it."""

from __future__ import annotations

from pamit.domain.terms import Purpose
from pamit.etiquette.analysis import AnalysedDraft

__all__ = ["recognise_purpose"]

_SUBJECT_WEIGHT = 3
"""A subject is written to tell the purpose: it weighs as much as so many sentences."""


def recognise_purpose(draft: AnalysedDraft) -> Purpose | None:
    """The purpose that text and subject tell, the rarer and more specific first; None where nothing tells.

    Declining and cancelling differ only in whether the interview had been agreed, and withdrawing only in whether it
    lies behind; the words are taken at face value and the case's dates decide the rest.
    """
    said = _Said(draft)
    special = _special(said)
    if special is not None:
        return special
    if said.weight("says_no") or said.weight("says_cancel"):
        return Purpose.RESCHEDULE if _moves_rather(said) else _refusal(said)
    for tag, purpose in (
        ("says_move", Purpose.RESCHEDULE),
        ("asks_feedback", Purpose.ASK_FEEDBACK),
        ("asks_result", Purpose.FOLLOW_UP),
        ("asks_details", Purpose.ASK_DETAILS),
        ("says_yes", Purpose.CONFIRM),
    ):
        if _tells(said, tag, purpose):
            return purpose
    return Purpose.THANK_YOU if said.weight("thanks") else None


class _Said:
    """How strongly each tag is said: the sentences that hold it, and the subject."""

    def __init__(self, draft: AnalysedDraft) -> None:
        self.draft = draft
        closing = draft.anatomy.closing
        self._body = draft.tags[draft.anatomy.body : closing if closing is not None else len(draft.tags)]

    def weight(self, tag: str) -> int:
        return sum(tag in tags for tags in self._body) + _SUBJECT_WEIGHT * self.in_subject(tag)

    def in_subject(self, tag: str) -> bool:
        return tag in self.draft.subject_tags

    def together(self, *tags: str) -> bool:
        """Whether one sentence, or the subject, says all of them."""
        wanted = set(tags)
        return wanted <= self.draft.subject_tags or any(wanted <= found for found in self._body)

    @property
    def is_over(self) -> bool:
        """Whether the interview is known to lie behind."""
        start, now = self.draft.context.interview_start, self.draft.context.now
        return start is not None and now is not None and now > start


def _special(said: _Said) -> Purpose | None:
    """The purposes that have words of their own."""
    if said.together("link_fails") and not said.weight("says_no") and not said.in_subject("asks_details"):
        return Purpose.LINK_BROKEN
    if said.together("takes_offer", "offer") and not said.weight("says_no") and not said.weight("says_cancel"):
        return Purpose.ACCEPT_OFFER
    if said.weight("asks_again") >= _SUBJECT_WEIGHT and said.weight("enthusiasm"):
        return Purpose.RECONSIDER
    if said.in_subject("asks_again") and not said.weight("asks_feedback") and not said.in_subject("asks_result"):
        return Purpose.RECONSIDER
    if said.together("says_no", "offer") and said.in_subject("offer"):
        return Purpose.DECLINE_OFFER
    if said.together("says_late") and said.weight("apology") and not said.weight("says_cancel") and not said.is_over:
        return Purpose.RUNNING_LATE
    if said.is_over and said.together("says_absent", "apology"):
        return Purpose.APOLOGISE_ABSENCE
    return None


def _moves_rather(said: _Said) -> bool:
    """Whether a refusal of the day asks for another one."""
    if said.in_subject("says_cancel") or said.in_subject("says_no"):
        return False
    if said.in_subject("says_move"):
        return True
    draft = said.draft
    return any({"says_move", "asks_slot"} & draft.tags[index] and draft.asks(index) for index in range(len(draft.tags)))


def _refusal(said: _Said) -> Purpose:
    if said.in_subject("says_cancel") or (said.weight("says_cancel") and said.weight("asks_reply") and said.weight("apology")):
        return Purpose.CANCEL
    if said.is_over or (said.draft.context.interview_start is None and said.weight("withdraws") and not said.weight("invited")):
        return Purpose.WITHDRAW
    return Purpose.DECLINE


def _tells(said: _Said, tag: str, purpose: Purpose) -> bool:
    if purpose is Purpose.ASK_DETAILS:
        return any(said.draft.asks(index) for index in said.draft.with_tag(tag)) and not said.in_subject("says_yes")
    if purpose is Purpose.CONFIRM:
        return bool(said.weight(tag)) and not said.is_over
    if purpose is Purpose.RESCHEDULE:
        return said.weight(tag) >= 2 or any(said.draft.asks(index) for index in said.draft.with_tag(tag))
    if purpose is Purpose.ASK_FEEDBACK:
        return said.in_subject(tag) or (said.weight(tag) >= 2 and not said.in_subject("thanks"))
    if purpose is Purpose.FOLLOW_UP and said.in_subject("thanks"):
        return False
    if purpose is Purpose.FOLLOW_UP:
        return said.in_subject(tag) or (bool(said.weight(tag)) and (said.is_over or not said.weight("says_yes")))
    return bool(said.weight(tag))
