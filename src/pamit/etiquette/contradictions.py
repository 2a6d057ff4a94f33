"""Two statements of one message that cannot both be true (rule H1)."""

from __future__ import annotations

from collections.abc import Iterator

from pamit.etiquette.analysis import AnalysedDraft
from pamit.etiquette.anatomy import Cue
from pamit.etiquette.purpose import EXCLUDING

__all__ = ["contradiction", "dead_and_alive"]


_FEW = 8
"""So many statements of a kind are looked at, as a message holds few."""


def contradiction(draft: AnalysedDraft) -> tuple[Cue, Cue] | None:
    """The phrases of two sentences that exclude each other; within one sentence the one may well deny the other."""
    for one, other in EXCLUDING:
        if one not in draft.cues or other not in draft.cues:
            continue
        for first in draft.cues[one][:_FEW]:
            for second in draft.cues[other][:_FEW]:
                if first.sentence != second.sentence and _speaks(draft, first) and _speaks(draft, second):
                    return first, second
    return next(_denied_and_had(draft), None)


def _speaks(draft: AnalysedDraft, cue: Cue) -> bool:
    last = draft.anatomy.closing if draft.anatomy.closing is not None else len(draft.sentences)
    return draft.anatomy.body <= cue.sentence < last and not draft.named.issuperset(range(cue.first, cue.last))


def _denied_and_had(draft: AnalysedDraft) -> Iterator[tuple[Cue, Cue]]:
    """What is said not to exist and is the writer's own in another sentence: "I have no car", "my car broke down"."""
    words, sets = draft.parts.words, draft.words.sets
    for cue in draft.cues.get("denies_having", ())[:_FEW]:
        at = cue.last
        while at < draft.sentences[cue.sentence].last and words[at] in sets["small_words"]:
            at += 1
        if at >= draft.sentences[cue.sentence].last or not _speaks(draft, cue):
            continue
        thing = words[at].removesuffix("s")
        for number in range(len(draft.sentences)):
            if number == cue.sentence or number < draft.anatomy.body:
                continue
            sentence = draft.sentences[number]
            for place in range(sentence.first, sentence.last):
                if words[place].removesuffix("s") == thing and _is_had(draft, place):
                    yield cue, Cue(number, place, place + 1)


def _is_had(draft: AnalysedDraft, at: int) -> bool:
    words, sets = draft.parts.words, draft.words.sets
    owned = words[at + 1 : at + 2] and words[at + 1] in sets["behind_owned"]
    return bool(owned) or (at > 0 and words[at - 1] in sets["before_owned"])


def dead_and_alive(draft: AnalysedDraft) -> int | None:
    """The sentence in which somebody who is said to have died is taken somewhere, feasted or at work."""
    kin = draft.words.sets["kin"]
    for dead in draft.cues.get("has_died", ())[:_FEW]:
        gone = kin.intersection(draft.parts.words[dead.first : dead.last])
        for alive in draft.cues.get("is_alive", ())[:_FEW]:
            if alive.sentence != dead.sentence and gone.intersection(draft.parts.words[alive.first : alive.last]):
                return alive.sentence
        for lively in draft.cues.get("lively", ())[:_FEW]:
            sentence = draft.sentences[lively.sentence]
            told = kin.intersection(draft.parts.words[sentence.first : sentence.last])
            if lively.sentence > dead.sentence and (gone & told or not told):
                return lively.sentence
    return None
