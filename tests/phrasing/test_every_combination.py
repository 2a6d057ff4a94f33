"""Every sensible combination of purpose, situation, reason, channel, register, language and variant, composed and judged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pamit.domain.calendar.grammar import find_dates, find_times
from pamit.domain.message import CheckContext, Draft
from pamit.domain.terms import Channel, Language, Move, Purpose, Severity
from pamit.etiquette import check_draft

from .scenes import CANDIDATE, NOW, Scene, scenes

EACH = [pytest.param(language, purpose, id=f"{language}-{purpose}") for language in Language for purpose in Purpose]
DATED = {
    Purpose.CONFIRM, Purpose.RESCHEDULE, Purpose.DECLINE, Purpose.CANCEL, Purpose.ASK_DETAILS, Purpose.REQUEST_ONLINE,
    Purpose.RUNNING_LATE, Purpose.EMPLOYER_ABSENT, Purpose.LINK_BROKEN,
}  # fmt: skip
LIMITS = {Channel.EMAIL: 180, Channel.LETTER: 200, Channel.TEXT: 90, Channel.PHONE: 150, Channel.IN_PERSON: 150}


def body(draft: Draft) -> str:
    """The words between salutation and closing of mail and letter; the whole of chat and talk."""
    if draft.channel not in (Channel.EMAIL, Channel.LETTER):
        return draft.text
    begin = next(span.end for span in draft.moves if span.move == Move.SALUTATION)
    end = next(span.begin for span in draft.moves if span.move == Move.CLOSING)
    return re.sub(r"^Re: .*$", "", draft.text[begin:end], flags=re.MULTILINE)


def context_of(scene: Scene) -> CheckContext:
    """What the checker is told of the case."""
    interview = scene.case.interview
    to_agency = scene.situation == "agency" and scene.variant % 2 == 1
    return CheckContext(
        company=interview.company,
        position=interview.position,
        interview_start=interview.start,
        contact_name=None if to_agency else interview.contact.name,
        candidate=CANDIDATE.name,
        now=NOW,
        round=interview.round,
        received=interview.received,
        invited_via=Channel.TEXT if scene.channel == Channel.TEXT else interview.invited_via,
    )


def complaints(language: Language, purpose: Purpose) -> Iterator[str]:
    for scene in scenes(language, purpose):
        draft = scene.draft()
        for finding in check_draft(draft, context_of(scene)).findings:
            if finding.severity != Severity.HINT:
                words = draft.text[finding.begin or 0 : finding.end or 0]
                yield (
                    f"{finding.rule} [{words}] {scene.situation} {scene.channel} {scene.register} {scene.reason} "
                    f"v{scene.variant}\n{draft.subject}\n{draft.text}"
                )


@pytest.mark.parametrize(("language", "purpose"), EACH)
def test_message_passes_the_checker(language: Language, purpose: Purpose) -> None:
    """No message that Pamit writes has an error or a warning by its own rules."""
    found = list(complaints(language, purpose))
    assert not found, f"{len(found)} findings, of which:\n\n" + "\n\n".join(found[:3])


@pytest.mark.parametrize(("language", "purpose"), EACH)
def test_message_reads_back(language: Language, purpose: Purpose) -> None:
    """The date grammar finds the interview's day and hour again; the position stands in the words."""
    for scene in scenes(language, purpose):
        draft = scene.draft()
        start = scene.case.interview.start
        assert "Staf Gudang" in f"{draft.subject}\n{draft.text}" or purpose == Purpose.ACKNOWLEDGE
        if start is None or purpose not in DATED:
            continue
        days = [mention for mention in find_dates(draft.text, NOW) if mention.day == start.date() and not mention.contradicts]
        assert days, draft.text
        hours = [
            mention
            for mention in find_times(draft.text)
            if (mention.start.hour, mention.start.minute) == (start.hour, start.minute) and mention.zone == "Asia/Jakarta"
        ]
        assert hours, draft.text


@pytest.mark.parametrize(("language", "purpose"), EACH)
def test_message_is_well_formed(language: Language, purpose: Purpose) -> None:
    """No slot is left, nothing doubled, no sentence opens like another, thanks twice at most, and it keeps to its length."""
    for scene in scenes(language, purpose):
        draft = scene.draft()
        text = body(draft)
        assert not re.search(r"None|[{}\[\]]|  |\.\.|,,| [,.]", text), text
        sentences = [part for part in re.split(r"(?<=[.!?])\s+", text.replace("\n-", " ")) if len(part.split()) > 1]
        openings = Counter(" ".join(part.split()[:2]).casefold().rstrip(",.") for part in sentences)
        doubled = [opening for opening, count in openings.items() if count > 1 and not opening.startswith("wib")]
        assert not doubled or (scene.language == Language.EN and doubled == ["i am"]), f"{doubled}: {text}"
        assert len(re.findall(r"terima kasih|\bthank", text, re.IGNORECASE)) <= 2, text
        assert len(re.findall(r"\bmaaf\b|apolog|\bsorry\b", text, re.IGNORECASE)) <= 2, text
        assert len(text.split()) <= LIMITS[draft.channel], f"{len(text.split())} words: {text}"


def test_message_spans_point_at_their_words() -> None:
    """The spans of facts hold the facts; spans lie within the text and none is empty."""
    for purpose in Purpose:
        for scene in scenes(Language.ID, purpose):
            draft = scene.draft()
            for span in draft.moves:
                assert 0 <= span.begin < span.end <= len(draft.text)
                assert draft.text[span.begin : span.end].strip() == draft.text[span.begin : span.end]
            named = {span.move: draft.text[span.begin : span.end] for span in draft.moves}
            assert named.get(Move.POSITION_NAMED, "Staf Gudang") == "Staf Gudang"
            assert named.get(Move.COMPANY_NAMED, "PT Lembah Cahaya") == "PT Lembah Cahaya"


def test_no_sentence_of_the_guides_appears(shared: Path) -> None:
    """No run of eight words is shared with the guides that the rules come from."""
    taken: set[tuple[str, ...]] = set()
    for file in sorted((shared / "seeds").glob("*.txt")):
        words = re.findall(r"\w+", file.read_text("utf-8").casefold())
        taken.update(tuple(words[at : at + 8]) for at in range(len(words) - 7))
    for purpose in Purpose:
        for scene in scenes(Language.ID, purpose):
            words = re.findall(r"\w+", scene.draft().text.casefold())
            runs = {tuple(words[at : at + 8]) for at in range(len(words) - 7)}
            assert not runs & taken
