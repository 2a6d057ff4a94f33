"""The move of giving a reason: any concrete one, however short, also a rude, false or implied one."""

from __future__ import annotations

from pamit.domain.terms import Purpose
from pamit.etiquette.analysis import AnalysedDraft
from pamit.etiquette.moves.speech import decides_clearly
from pamit.etiquette.purpose import REASONED
from pamit.etiquette.slights import hurts
from pamit.etiquette.slots import find_slots

__all__ = ["gives_reason"]

_KNOWN = frozenset(
    {
        "thanks", "apology", "wishes", "door", "asks_reply", "asks_slot", "appreciation", "greeting", "farewell", "slam",
        "introduces", "announces", "hedge", "says_no", "says_cancel", "says_move", "neutral_reason", "closing_formula",
        "asks_again",  "says_late", "asks_online", "says_absent",
    }
)  # fmt: skip
"""Tags of sentences that do another job; a sentence with none of them explains something."""

_DECISIONS = ("says_no", "says_cancel", "says_move")
_TELLING_WORDS = 6
_HEAD_WORDS = 4
_ENDINGS = frozenset({Purpose.DECLINE, Purpose.CANCEL, Purpose.WITHDRAW, Purpose.DECLINE_OFFER})


def gives_reason(draft: AnalysedDraft) -> bool:
    """Whether the message gives a reason. A neutral phrase ("after careful consideration") is none."""
    if draft.purpose is not None and draft.purpose not in REASONED:
        return False
    if any("reason" in slot.words or "alasan" in slot.words for slot in find_slots(draft)) or not decides_clearly(draft):
        return False
    if "intimate" in draft.cues:
        return True
    last = draft.anatomy.closing if draft.anatomy.closing is not None else len(draft.sentences)
    for index in range(draft.anatomy.body, last):
        tags = draft.tags[index]
        if "slam" in tags:
            continue
        if "reason_topic" in tags and _explains(draft, index) and draft.of(index, "reason_topic"):
            return True
        if draft.purpose in _ENDINGS and (hurts(draft, index) or {"belittles_pay", "salary"} <= tags):
            return True
        if tags.intersection(_DECISIONS) and _colon_explains(draft, index):
            return True
        if (
            "cause" in tags
            and not tags & {"hedge"}
            and not (tags & {"thanks"} and not tags & {"says_no", "says_cancel", "apology"})
        ):
            return True
        if "apology" in tags and not tags & (_KNOWN - {"apology"}) and _goes_on(draft, index):
            return True
        if not tags & _KNOWN and draft.sentences[index].size >= _TELLING_WORDS and _is_prose(draft, index):
            return True
    return False


def _explains(draft: AnalysedDraft, index: int) -> bool:
    """Whether a topic of reasons stands in a sentence that can explain: thanks and wishes only name the topic."""
    tags = draft.tags[index]
    if tags & {"says_no", "says_cancel", "says_move", "apology", "cause", "says_late", "asks_again"}:
        return True
    return not tags & {"thanks", "wishes", "door", "hedge", "asks_reply"}


def _colon_explains(draft: AnalysedDraft, index: int) -> bool:
    """Whether a decision goes on behind a colon or a dash: "I have to cancel: my flat is under water.".

    Not so "My mind is made up: I have to cancel.", where the decision itself stands behind the mark.
    """
    begin, end = draft.sentence_span(index)
    head, mark, tail = draft.text[begin:end].partition(": ")
    if not mark:
        head, mark, tail = draft.text[begin:end].partition(" – ")
    if not mark or len(head.split()) < _HEAD_WORDS or len(tail.split()) < _TELLING_WORDS:
        return False
    said = [cue for tag in _DECISIONS for cue in draft.of(index, tag)]
    return any(draft.span(cue)[0] < begin + len(head) for cue in said)


def _goes_on(draft: AnalysedDraft, index: int) -> bool:
    """Whether an apology goes on to tell something: "Sorry, my bus has broken down." rather than "Sorry for the trouble."."""
    sentence = draft.sentences[index]
    words = draft.parts.words[sentence.first : sentence.last]
    return len(words) >= _TELLING_WORDS and not draft.words.sets["apology_objects"].intersection(words)


def _is_prose(draft: AnalysedDraft, index: int) -> bool:
    """Whether a sentence is one, and no line of an address, a heading or a list of times."""
    begin, end = draft.sentence_span(index)
    written = draft.text[begin:end]
    sentence = draft.sentences[index]
    if not draft.named.isdisjoint(range(sentence.first, sentence.last)):
        return False  # it tells who writes about what
    return written[-1:] in ".!" and "@" not in written
