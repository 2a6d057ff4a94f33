"""The moves that are speech acts: thanking, apologising, deciding, asking, hoping."""

from __future__ import annotations

from pamit.domain.terms import Purpose
from pamit.etiquette.analysis import AnalysedDraft
from pamit.etiquette.anatomy import Cue
from pamit.etiquette.purpose import DECISION_TAGS
from pamit.etiquette.slights import hurts

__all__ = ["apologises", "asks_confirmation", "decides_clearly", "keeps_door_open", "shows_enthusiasm", "thanks"]

_ENDINGS = frozenset({Purpose.DECLINE, Purpose.CANCEL, Purpose.WITHDRAW, Purpose.DECLINE_OFFER})
_QUESTIONS = frozenset(
    {
        Purpose.FOLLOW_UP,
        Purpose.ASK_FEEDBACK,
        Purpose.RECONSIDER,
        Purpose.RESCHEDULE,
        Purpose.ASK_DETAILS,
        Purpose.REQUEST_ONLINE,
    }
)
"""The purposes whose request is a question."""
_BESIDE = frozenset(
    {"thanks", "wishes", "door", "apology", "appreciation", "greeting", "farewell", "introduces", "asks_reply", "cause"}
)
"""Tags of sentences that stand beside a decision."""
_STATEMENT = 4
_SHORT_QUESTION = 5
_RECEIPT = frozenset(
    """
    confirm confirmed confirmation acknowledge cancellation cancelled received reached read noted message this konfirmasi
    dikonfirmasi pembatalan dibatalkan dicatat tercatat diterima sampai masuk dibaca pesan ini
    """.split()
)
"""Words of one that asks for an answer to this very message."""
_AFTERWARDS = frozenset({Purpose.FOLLOW_UP, Purpose.ASK_FEEDBACK, Purpose.THANK_YOU})


def thanks(draft: AnalysedDraft) -> bool:
    """Whether the message thanks anywhere."""
    return "thanks" in draft.cues


def apologises(draft: AnalysedDraft) -> bool:
    """Whether the message apologises; regret alone is no apology, a softener is one."""
    return "apology" in draft.cues


def keeps_door_open(draft: AnalysedDraft) -> bool:
    """Whether the message hopes for or offers a later contact, another role, another date."""
    tag = "door_other" if draft.purpose in (Purpose.RESCHEDULE, Purpose.REQUEST_ONLINE) else "door"
    if draft.purpose in (
        Purpose.CONFIRM,
        Purpose.THANK_YOU,
        Purpose.FOLLOW_UP,
        Purpose.RUNNING_LATE,
        Purpose.ASK_DETAILS,
        Purpose.RECONSIDER,
    ):
        tag = "door_other"
    for index in draft.with_tag(tag):
        tags = draft.tags[index]
        if draft.purpose is Purpose.ASK_FEEDBACK and draft.sentences[index].is_question:
            continue  # "What could I do better next time?"
        if (
            "slam" in tags
            or hurts(draft, index)
            or ("thanks" in tags and "wishes" not in tags and draft.sentences[index].size < 8)
        ):
            continue
        return True
    return False


def asks_confirmation(draft: AnalysedDraft) -> bool:
    """Whether the message asks the reader to confirm, acknowledge or choose."""
    if draft.purpose in _AFTERWARDS:
        return any("konfirmasi" in word or "confirm" in word or "acknowledg" in word for word in _asked_words(draft))
    if any(not _invites_later(draft, cue) for cue in draft.cues.get("asks_reply", ())):
        return True
    if draft.purpose not in (Purpose.RESCHEDULE, Purpose.REQUEST_ONLINE, None):
        return False
    if any(draft.asks(cue.sentence) for cue in draft.cues.get("asks_slot", ())):
        return True
    return draft.purpose is Purpose.RESCHEDULE and _offers_choice(draft)


def _invites_later(draft: AnalysedDraft, cue: Cue) -> bool:
    """Whether a word is asked for in case of a later chance alone: "If a post ever opens, do drop me a line."."""
    first = draft.sentences[cue.sentence].first
    words = draft.parts.words
    if words[first] not in draft.words.sets["conditionals"] or not _RECEIPT.isdisjoint(words[first : cue.last]):
        return False
    return any(door.first < cue.last for door in draft.of(cue.sentence, "door"))


def _offers_choice(draft: AnalysedDraft) -> bool:
    """Whether a question names a day or an hour, or asks right behind them.

    "Friday, or Monday at ten?" asks to choose with no word for it, and so does "Bisa, Bu?" behind such days.
    """
    asking = [index for index in range(draft.anatomy.body, len(draft.sentences)) if draft.sentences[index].is_question]
    if not asking:
        return False
    places = [mention.begin for mention in draft.dates] + [mention.begin for mention in draft.times]
    named = {draft.sentence_at(place) for place in places}
    return any(index in named or (index - 1 in named and draft.sentences[index].size <= _SHORT_QUESTION) for index in asking)


def _asked_words(draft: AnalysedDraft) -> list[str]:
    words: list[str] = []
    for cue in draft.cues.get("asks_reply", ()):
        words += draft.parts.words[cue.first : cue.last]
    return words


def shows_enthusiasm(draft: AnalysedDraft) -> bool:
    """Whether the message shows interest in this role or process; interest in later roles is none."""
    if draft.purpose in _ENDINGS or draft.purpose is Purpose.ASK_FEEDBACK:
        return False
    return any("hedge" not in draft.tags[index] for index in draft.with_tag("enthusiasm"))


def decides_clearly(draft: AnalysedDraft) -> bool:
    """Whether one can tell what the candidate decided or wants, from text or subject."""
    wanted = DECISION_TAGS.get(draft.purpose) if draft.purpose else None
    if wanted is None:
        return draft.purpose is not None or bool(draft.cues)
    if "press" in draft.cues:
        return True  # whoever presses wants something
    if any(_decides(draft, index, wanted) for index in range(len(draft.tags))):
        return True
    if draft.purpose is Purpose.THANK_YOU:
        return False
    return bool(wanted & draft.subject_tags) or (not draft.has("hedge", "musing") and _says_something(draft))


def _decides(draft: AnalysedDraft, index: int, wanted: frozenset[str]) -> bool:
    """Whether a sentence says what was decided or is wanted; a slot is asked for in a question alone."""
    said = wanted & draft.tags[index]
    if not said or "hedge" in draft.tags[index]:
        return False
    return said != {"asks_slot"} or draft.asks(index) or bool(draft.tags[index] & {"asks_reply", "says_no", "apology"})


def _says_something(draft: AnalysedDraft) -> bool:
    """Whether, with nothing vague in the message, a question or a statement stands in it that no list knows.

    People find words for a decision that nobody has listed; only vagueness itself, or silence, makes it unclear.
    """
    last = draft.anatomy.closing if draft.anatomy.closing is not None else len(draft.sentences)
    for index in range(draft.anatomy.body, last):
        if draft.purpose in _QUESTIONS:
            if draft.asks(index) or "asks_reply" in draft.tags[index]:
                return True
        elif not draft.tags[index] & _BESIDE and draft.sentences[index].size >= _STATEMENT:
            return True
    return False
