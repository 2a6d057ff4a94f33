"""The word lists of the checker, read once per language from ``words/<language>/*.toml``.

A file holds ``[classes]`` (names for sets of words), ``[phrases]`` (a tag with its phrases), ``[subject]`` (the same,
looked for in subject lines only) and ``[sets]`` (words looked up one by one); what the phrases may contain is told in
:mod:`pamit.etiquette.phrases`. A tag that ends in ``!`` is a veto: where one of its phrases
overlaps a phrase of the same tag without the mark, the latter does not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from pamit.domain.terms import Channel, Language, Purpose
from pamit.errors import ErrorKind, PamitError
from pamit.etiquette.phrases import PhraseTable
from pamit.etiquette.purpose import ANSWERS, CONTRADICTING, DECISION_TAGS, PRESSABLE, REASONED, UNFRIENDLY
from pamit.tables import read_table

__all__ = ["Vocabulary", "phrase_table", "vocabulary"]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The words of one language.

    Attributes:
        phrases: for each tag the phrases of texts.
        classes: for each class its words.
        subject: the phrases of subject lines.
        sets: sets of words that rules look up one by one.
    """

    phrases: dict[str, list[str]]
    classes: dict[str, list[str]]
    subject: dict[str, list[str]]
    sets: dict[str, frozenset[str]]

    @cached_property
    def subject_table(self) -> PhraseTable:
        """The phrases of subject lines alone."""
        return PhraseTable(self.subject, self.classes)


_ONLY_FOR: dict[str, frozenset[Purpose]] = {
    **{
        tag: frozenset(purpose for purpose, tags in DECISION_TAGS.items() if tag in tags)
        for tag in frozenset().union(*DECISION_TAGS.values()) - {"thanks", "says_no", "says_cancel", "says_move", "asks_slot"}
    },
    "offer": frozenset(),
    "withdraws": frozenset(),
    "invited": frozenset(),
    "press": PRESSABLE,
    "asked_before": frozenset({Purpose.FOLLOW_UP}),
    "result_day": frozenset({Purpose.FOLLOW_UP}),
    "late_apology": ANSWERS,
    "sent_long_ago": ANSWERS,
    "emergency": frozenset({Purpose.CANCEL, Purpose.RESCHEDULE}),
    "asks_slot": frozenset({Purpose.RESCHEDULE, Purpose.REQUEST_ONLINE}),
    "reason_topic": REASONED,
    "cause": REASONED,
    "neutral_reason": REASONED,
    "lessens": UNFRIENDLY,
    "unkind": UNFRIENDLY,
    "theirs": UNFRIENDLY,
    "bodily": REASONED,
    "musing": frozenset(Purpose) - {Purpose.THANK_YOU, Purpose.ACKNOWLEDGE},
    "announces": REASONED,
    "introduces": REASONED,
    **dict.fromkeys(CONTRADICTING, REASONED),
}
"""Tags that are read for some purposes alone; the others' tables do without their phrases."""

_CHAT_TAGS = frozenset({"invited_by_mail", "invited_by_chat", "farewell"})
"""Tags that are read in text messages and calls alone."""

_FILES = ("moves", "privacy", "purposes", "reasons", "register", "spelling", "structure", "timing", "tone")


@cache
def phrase_table(language: Language, purpose: Purpose | None, channel: Channel, is_dated: bool) -> PhraseTable:
    """The phrases that matter for a kind of message; all of them where its purpose is still to be recognised.

    Args:
        is_dated: whether the case knows the interview's day, so that none need be looked for in the words.
    """
    words = vocabulary(language)
    if purpose is None:
        return PhraseTable(words.phrases, words.classes)
    is_written = channel in (Channel.EMAIL, Channel.LETTER)
    wanted = {
        tag: phrases
        for tag, phrases in words.phrases.items()
        if purpose in _ONLY_FOR.get(tag.removesuffix("!"), (purpose,))
        and not (is_written and tag in _CHAT_TAGS)
        and not (is_dated and tag == "interview_words")
    }
    return PhraseTable(wanted, words.classes)


@cache
def vocabulary(language: Language) -> Vocabulary:
    """The vocabulary of a language.

    Raises:
        PamitError: ``bad-word-list`` when two files give one tag or class, so that no list silently replaces another.
    """
    phrases: dict[str, list[str]] = {}
    subject: dict[str, list[str]] = {}
    classes: dict[str, list[str]] = {}
    sets: dict[str, frozenset[str]] = {}
    for file in _FILES:
        content = read_table("pamit.etiquette", "words", language.value, f"{file}.toml")
        for name, words in content.get("sets", {}).items():
            _once(name, sets, file)
            sets[name] = frozenset(words.split())
        for section, target in (("phrases", phrases), ("subject", subject), ("classes", classes)):
            for name, entries in content.get(section, {}).items():
                _once(name, target, file)
                target[name] = entries.split() if isinstance(entries, str) else entries
    # What tells the purpose tells it in a subject too.
    told = {
        tag: phrases[tag]
        for tag in frozenset().union(
            *DECISION_TAGS.values(), {"asked_before", "hedge", "offer", "withdraws", "invited", "apology"}
        )
        if tag in phrases
    }
    return Vocabulary(phrases, classes, subject | told, sets)


def _once(name: str, known: object, file: str) -> None:
    if isinstance(known, dict) and name in known:
        raise PamitError(ErrorKind.CONFLICT, "bad-word-list", f"{file}.toml gives {name!r} a second time.")
