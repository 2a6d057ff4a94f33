"""What hurts the reader (rule N2): an unkind word, and of whom it is said."""

from __future__ import annotations

from collections.abc import Sequence

from pamit.etiquette.analysis import AnalysedDraft
from pamit.etiquette.anatomy import Cue
from pamit.etiquette.purpose import UNFRIENDLY

__all__ = ["hurts", "insults"]

_SUSPECT = frozenset({"rude", "harsh", "critic", "unkind", "lessens", "sarcasm", "scorn"})
_KIND = frozenset(
    {
        "thanks", "wishes", "appreciation", "enthusiasm", "door", "asks_reply", "asks_slot", "apology", "says_no",
        "says_cancel", "says_move", "asks_feedback", "asks_again", "asks_details",
    }
)  # fmt: skip
"""Tags of sentences that say something else of the reader's own than an unkindness."""

_OWN = 4
"""So many words before an unkind one "I" or "my" makes it the writer's own."""
_NEAR = 6
"""So many words at most stand between a harsh word and what it is said of."""
_FEW = 12
"""So many phrases of a kind are looked at in one sentence."""
_BARE = 8
"""A sentence of so few words that judges without saying whom judges what stands before it."""


def hurts(draft: AnalysedDraft, index: int) -> bool:
    """Whether a sentence insults or belittles its reader."""
    tags = draft.tags[index]
    if tags.isdisjoint(_SUSPECT):
        return False
    if insults(draft, index):
        return True
    if "scorn" in tags and "apology" not in tags:
        return True
    targets = draft.of(index, "target")[:_FEW]
    if "harsh" in tags and any(_is_aimed(draft, index, cue, targets) for cue in draft.of(index, "harsh")[:_FEW]):
        return True
    critic = [cue for cue in draft.of(index, "critic") if not _is_own(draft, index, cue, targets)]
    if targets and (critic or ("wry" in tags and "sarcasm" in tags)):
        return True
    if critic and "sarcasm" in tags:
        return True
    return not tags & _KIND and draft.purpose in UNFRIENDLY and _slights(draft, index)


def insults(draft: AnalysedDraft, index: int) -> bool:
    """Whether a sentence holds a word that insults by itself and is not said of the writer."""
    if "rude" not in draft.tags[index]:
        return False
    targets = draft.of(index, "target")[:_FEW]
    return any(not _is_own(draft, index, cue, targets) for cue in draft.of(index, "rude"))


def _is_own(draft: AnalysedDraft, index: int, cue: Cue, targets: Sequence[Cue]) -> bool:
    """Whether an unkind word is said of the writer: "I feel foolish", "my mistake was stupid", "rude of me"."""
    words = draft.parts.words
    first = draft.sentences[index].first
    before = [at for at in range(max(first, cue.first - _OWN), cue.first) if _is_writer(draft, at, first)]
    if before and draft.words.sets["observing"].isdisjoint(words[before[-1] + 1 : cue.first]):
        return not any(before[-1] < target.first and target.last <= cue.first for target in targets)
    if "_".join(words[cue.last : cue.last + 2]) in draft.words.sets["own_sides"]:
        return True
    if "apology" in draft.tags[index]:
        return not any(target.last <= cue.first <= target.last + 2 for target in targets)
    return False


def _is_writer(draft: AnalysedDraft, at: int, first: int) -> bool:
    """Whether a word makes the writer the subject: "I", "saya" at the head of a clause, not "mewawancarai saya"."""
    words, sets = draft.parts.words, draft.words.sets
    if words[at] not in sets["own"]:
        return False
    if words[at] != "saya" or at == first or words[at - 1] in sets["clause_heads"]:
        return True
    return draft.text[draft.parts.spans[at - 1][1]] in ",;:("


def _is_aimed(draft: AnalysedDraft, index: int, cue: Cue, targets: Sequence[Cue]) -> bool:
    """Whether a harsh word is said of the reader's own: it stands near it, with nothing of the writer's between."""
    if _is_own(draft, index, cue, targets):
        return False
    words, own = draft.parts.words, draft.words.sets["own"]
    for target in targets:
        first, last = min(cue.last, target.last), max(cue.first, target.first)
        if last - first <= _NEAR and own.isdisjoint(words[first:last]):
            return True
    sentence = draft.sentences[index]
    if sentence.size > _BARE or targets or not own.isdisjoint(words[sentence.first : sentence.last]):
        return False
    return (
        index > draft.anatomy.body
        and bool(draft.tags[index - 1] & {"target", "theirs"})
        and draft.tags[index].isdisjoint(_KIND)
    )


def _slights(draft: AnalysedDraft, index: int) -> bool:
    """Whether something of the reader's is compared, lessened or doubted, with no kind word beside."""
    words, own = draft.parts.words, draft.words.sets["own"]
    begin = draft.sentences[index].first
    for theirs in draft.of(index, "theirs")[:_FEW]:
        before = words[begin : theirs.first]
        is_subject = own.isdisjoint(before)
        for cue in draft.of(index, "unkind")[:_FEW]:
            between = words[min(cue.last, theirs.last) : max(cue.first, theirs.first)]
            if own.isdisjoint(between) and (is_subject or not draft.words.sets["observing"].isdisjoint(before)):
                return True
        if is_subject and "reason_topic" not in draft.tags[index]:
            for cue in draft.of(index, "lessens")[:_FEW]:
                if cue.first >= theirs.first and own.isdisjoint(words[theirs.last : cue.first]):
                    return True
    return False
