"""One draft, read once: its sentences, the phrases in them, its parts, the days and hours it names, its moves."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from pamit.domain.calendar.grammar import DateMention, TimeMention, find_dates, find_times
from pamit.domain.language import detect_language
from pamit.domain.message import CheckContext, Draft
from pamit.domain.names import company_core
from pamit.domain.terms import Channel, Language, Move, Purpose
from pamit.etiquette.anatomy import Anatomy, Cue, dissect
from pamit.etiquette.phrases import Match, PhraseTable
from pamit.etiquette.policy import DEFAULT_POLICY, Numbers
from pamit.etiquette.segments import Segments, Sentence, name_words, segment
from pamit.etiquette.vocabulary import Vocabulary, phrase_table, vocabulary

__all__ = ["AnalysedDraft", "analyse"]

_SUBJECTS = frozenset({"it", "this", "that", "there", "i", "we", "he", "she", "they", "you", "saya", "kami"})
"""Words behind which a verb states something."""

_NO_NOW = datetime(2000, 1, 3, 9, tzinfo=UTC)
"""Stands in where the moment of writing is unknown: only days with their year are then taken as settled."""


@dataclass(eq=False)
class AnalysedDraft:
    """A draft with everything that rules ask about it.

    Attributes:
        text: the body as written; every span points into it.
        cues: for each tag of the word lists its phrases in the text.
        tags: for each sentence the tags of its phrases.
        subject: the subject line cut up; None where there is none.
        subject_tags: the tags of the subject's phrases.
        purpose: as given, or as recognised; None where nothing tells.
        moves: what the draft does, filled by :func:`pamit.etiquette.moves.recognise`.
    """

    channel: Channel
    language: Language
    purpose: Purpose | None
    text: str
    context: CheckContext
    words: Vocabulary
    parts: Segments
    cues: Mapping[str, Sequence[Cue]]
    tags: Sequence[frozenset[str]]
    subject: Segments | None
    subject_tags: frozenset[str]
    anatomy: Anatomy
    numbers: Numbers
    moves: Mapping[Move, bool] = field(default_factory=dict)

    @property
    def sentences(self) -> Sequence[Sentence]:
        """The sentences of the text."""
        return self.parts.sentences

    @cached_property
    def now(self) -> datetime:
        """The moment from which relative days are counted."""
        return self.context.now or self.context.interview_start or _NO_NOW

    @cached_property
    def dates(self) -> Sequence[DateMention]:
        """The days that the text names."""
        return find_dates(self.text, self.now)

    @cached_property
    def times(self) -> Sequence[TimeMention]:
        """The hours that the text names."""
        return find_times(self.text)

    @cached_property
    def subject_dates(self) -> Sequence[DateMention]:
        """The days that the subject names."""
        return find_dates(self.subject.text, self.now) if self.subject else ()

    @cached_property
    def subject_times(self) -> Sequence[TimeMention]:
        """The hours that the subject names."""
        return find_times(self.subject.text) if self.subject else ()

    @cached_property
    def word_set(self) -> frozenset[str]:
        """The words of the text, each once."""
        return frozenset(self.parts.words)

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The words of the case's names: no tone and no register is read out of them."""
        context = self.context
        names = (context.company, context.position, context.contact_name, context.candidate)
        return frozenset(name_words(" ".join(name for name in names if name)))

    @cached_property
    def named(self) -> frozenset[int]:
        """The places, in words, where a name of the case stands written out: what it is made of says nothing else."""
        context, words = self.context, self.parts.words
        found: set[int] = set()
        for name in (context.company, context.position, context.contact_name, context.candidate):
            wanted = list(name_words(company_core(name) if name is context.company else name)) if name else []
            at = -1
            for _ in range(words.count(wanted[0]) if wanted else 0):
                at = words.index(wanted[0], at + 1)
                if words[at : at + len(wanted)] == wanted:
                    found.update(range(at, at + len(wanted)))
        return frozenset(found)

    def of(self, index: int, tag: str) -> list[Cue]:
        """The phrases of a tag in one sentence, without those that are part of a name."""
        found = self._by_sentence.get((tag, index))
        if found is None:
            return []
        return [cue for cue in found if not self.named.issuperset(range(cue.first, cue.last))]

    @cached_property
    def _by_sentence(self) -> dict[tuple[str, int], list[Cue]]:
        sorted_out: dict[tuple[str, int], list[Cue]] = {}
        for tag, cues in self.cues.items():
            for cue in cues:
                sorted_out.setdefault((tag, cue.sentence), []).append(cue)
        return sorted_out

    @cached_property
    def low(self) -> str:
        """The text's words in small letters, one space apart, with one at either end; for looking up names."""
        return f" {' '.join(self.parts.words)} "

    @cached_property
    def low_subject(self) -> str:
        """The subject's words in the same way."""
        return f" {' '.join(self.subject.words)} " if self.subject else " "

    @property
    def is_written(self) -> bool:
        """Whether it is a mail or a letter."""
        return self.channel in (Channel.EMAIL, Channel.LETTER)

    @property
    def is_ahead(self) -> bool:
        """Whether the case's interview is known to lie ahead of the moment of writing."""
        start, now = self.context.interview_start, self.context.now
        return start is not None and (now is None or start > now)

    def has(self, *tags: str) -> bool:
        """Whether any phrase of one of these tags stands in the text."""
        return any(tag in self.cues for tag in tags)

    def with_tag(self, tag: str) -> Iterator[int]:
        """The numbers of the sentences that hold a phrase of this tag."""
        return (index for index, found in enumerate(self.tags) if tag in found)

    @property
    def body_begin(self) -> int:
        """Where the body begins, in characters: the place for a sentence in front of it."""
        index = self.anatomy.body
        return self.sentences[index].begin if index < len(self.sentences) else len(self.text)

    @property
    def body_end(self) -> int:
        """Where the body ends: the place for a sentence behind it, in front of the closing."""
        closing = self.anatomy.closing
        return self.sentences[closing].begin if closing is not None else len(self.text.rstrip())

    def asks(self, index: int) -> bool:
        """Whether a sentence is a question, also one without its mark or one that a list follows."""
        sentence = self.parts.sentences[index]
        if sentence.is_question or self.text[sentence.begin : sentence.end].rstrip()[-1:] == ":":
            return True
        words, first = self.parts.words, sentence.first
        reach = 1 if words[first] in _SUBJECTS else 2  # "It is one of those weeks" asks nothing
        return bool(self.words.sets["interrogatives"].intersection(words[first : first + reach]))

    def span(self, cue: Cue) -> tuple[int, int]:
        """A phrase's place in characters."""
        return self.parts.spans[cue.first][0], self.parts.spans[cue.last - 1][1]

    def sentence_span(self, index: int) -> tuple[int, int]:
        """A sentence's place in characters, without the white space behind it."""
        sentence = self.parts.sentences[index]
        written = self.text[sentence.begin : sentence.end].rstrip()
        return sentence.begin, sentence.begin + len(written)

    def sentence_at(self, place: int) -> int:
        """The number of the sentence at a place in characters; the last one before it where none holds it."""
        return max(0, bisect_right(self._begins, place) - 1)

    @cached_property
    def _begins(self) -> list[int]:
        return [sentence.begin for sentence in self.parts.sentences]

    def excerpt(self, begin: int, end: int, limit: int = 60) -> str:
        """The words at a place, cut where they are long, for showing in a message."""
        words = " ".join(self.text[begin:end].split())
        return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def analyse(draft: Draft, context: CheckContext, numbers: Numbers = DEFAULT_POLICY.numbers) -> AnalysedDraft:
    """Reads a draft; language and purpose are recognised where they are not given, the moves are not filled yet."""
    language = draft.language or detect_language(f"{draft.subject or ''}\n{draft.text}")
    words = vocabulary(language)
    parts = segment(draft.text)
    purpose = draft.purpose
    cues, tags = _find(parts, phrase_table(language, purpose, draft.channel, context.interview_start is not None))
    subject = segment(draft.subject) if draft.subject and draft.subject.strip() else None
    subject_tags: frozenset[str] = frozenset()
    if subject is not None:
        subject_tags = frozenset(tag for tag, _, _ in words.subject_table.find(subject.words))
    anatomy = dissect(parts, cues, draft.channel)
    return AnalysedDraft(
        channel=draft.channel,
        language=language,
        purpose=purpose,
        text=draft.text,
        context=context,
        words=words,
        parts=parts,
        cues=cues,
        tags=tags,
        subject=subject,
        subject_tags=subject_tags,
        anatomy=anatomy,
        numbers=numbers,
    )


def _find(parts: Segments, table: PhraseTable) -> tuple[dict[str, list[Cue]], list[frozenset[str]]]:
    """The phrases of a text by their tags, and the tags of every sentence."""
    by_sentence: list[list[Match]] = [[] for _ in parts.sentences]
    ends = [sentence.last for sentence in parts.sentences]
    number = 0
    for match in table.find(parts.words, ends):
        while ends[number] <= match[1]:
            number += 1
        by_sentence[number].append(match)
    cues: dict[str, list[Cue]] = {}
    tags: list[frozenset[str]] = []
    for number, found in enumerate(by_sentence):
        standing = _standing(found)
        tags.append(frozenset([tag for tag, _, _ in standing]))
        for tag, first, last in standing:
            cue = Cue(number, first, last)
            if tag in cues:
                cues[tag].append(cue)
            else:
                cues[tag] = [cue]
    return cues, tags


def _standing(found: list[Match]) -> list[Match]:
    """The matches that no veto overlaps, without the vetoes."""
    vetoes = [match for match in found if match[0][-1] == "!"]
    if not vetoes:
        return found
    return [
        match
        for match in found
        if match[0][-1] != "!"
        and not any(veto[0][:-1] == match[0] and veto[1] < match[2] and match[1] < veto[2] for veto in vetoes)
    ]
