"""The position that a subject line names: behind a cue, before a noun of hiring, or a part of its own."""

from __future__ import annotations

import re

from pamit.reading.found import Found
from pamit.reading.letter import Letter
from pamit.reading.names import LEGAL_FRONT, fold_word, squeeze
from pamit.reading.office import FIRST_HEADS, LAST_HEADS, is_office
from pamit.reading.position_cues import tried
from pamit.reading.position_phrase import CODE, NEVER, NEVER_ALONE, STOP, SUBJECT_NOISE, is_verb, judged, phrase_at

__all__ = ["position_of_subject"]

_NOUN_SUBJECT = re.compile(
    r"(?<![^\W_])(?P<name>(?:[^\W_][\w&/+.'#-]{0,30}+[ \t]{1,9}+){1,6}?)(?=[ijoprsv])"
    r"(?:position|role|vacancy|post|opening|job|search|interview)\b",
    re.I,
)
_SUBJECT_KIND = re.compile(
    r"\b(?:undangan|panggilan|interview|wawancara|invitation|invite|seleksi|reschedul\w*|"
    r"jadwal|perubahan|revisi|pembatalan|cancel\w*|penawaran|offer\w*|lamaran"
    r"|application|status|phone screen|screening|psikotes\w*|tes|test|assessment|reminder|"
    r"konfirmasi|update|outcome|task|take-home|round|hasil|pilih|opening|vacancy|loker|"
    r"lowongan|panel|onsite|loop|schedule\w*|call|meeting)\b",
    re.I,
)
_SUBJECT_OTHER = re.compile(r"(?:^|[ \t])(?:with|at|from|di|dengan|dari|bersama)[ \t]", re.I)
_SUBJECT_PART = re.compile(r"(?:(?<![ \t])[ \t]++(?:[–—|:@/()\[\]>-]|,[ \t])|[–—|:@/()\[\]>]|[,-][ \t])[ \t]*")
_SUBJECT_PHRASES = re.compile(r"\b(?:hiring manager|walk[- ]in|potensi akademik|kemampuan dasar|dan tata cara)\b", re.I)


def _without_noise(words: list[str]) -> list[str]:
    """The words of a subject that are none of an invitation's; "Video Editor", "Test Engineer" stay whole."""
    kept: list[str] = []
    for index, word in enumerate(words):
        bare = word.strip(".,!?\"'").lower()
        following = words[index + 1] if index + 1 < len(words) else ""
        if (
            bare not in SUBJECT_NOISE
            or (bare == "of" and kept and fold_word(kept[-1]) in LAST_HEADS)
            or (bare in _HALVES and word[0].isupper() and fold_word(following) in LAST_HEADS)
        ):
            kept.append(word)
    return kept


# Words of subjects that also begin positions.
_HALVES = frozenset(
    "video shift change new test application call client user panel phone hr event process online day asset".split()
)
# "Jadi Bankir Masa Depan": what an event promises.
_SLOGANS = frozenset("jadi menjadi become raih wujudkan meet why how cara tips kenali siapkan".split())
_CONTRACTED = re.compile(r"\w+'(?:re|s|m|t|ll|ve|d)\b", re.I)


def _from_head(value: str) -> str:
    """Without what is no name of work in front: "Pembagian kloter Petugas Gerbang" is about a "Petugas Gerbang"."""
    words = value.split()
    for index in range(1, len(words)):
        if (
            words[index][0].isupper()
            and words[index - 1][0].islower()
            and words[index - 1] not in ("of", "dan", "and")
            and fold_word(words[index]) in FIRST_HEADS
        ):
            return " ".join(words[index:])
    return value


def _is_sender(letter: Letter, written: str) -> bool:
    """Whether a piece of the subject is the sender's company, by its letters in the domain or the display name."""
    tight = squeeze(written)
    domain = squeeze((letter.sender.mail or "").partition("@")[2].split(".")[0])
    name = squeeze(letter.sender.name or "")
    return len(tight) >= 3 and (
        tight == domain or (len(tight) >= 5 and (tight in name or tight in domain or domain.startswith(tight)))
    )


def position_of_subject(letter: Letter) -> Found | None:
    subject = letter.subject
    if subject is None:
        return None
    clean = subject.clean
    for starts, pattern, sure in tried(subject):
        for word in subject.places(starts):
            match = pattern.match(clean, word.begin)
            place = phrase_at(subject, match.end()) if match else None
            if place:
                written = clean[place[0] : place[1]]
                sure_of = judged(written, sure)
                if sure_of >= 0.7:
                    return Found(written, None, min(sure_of, 0.85))
    match = _NOUN_SUBJECT.search(_SUBJECT_PHRASES.sub(lambda found: "\n" * len(found.group()), clean))
    if match and not _SUBJECT_KIND.search(match.group("name")):
        name = match.group("name").strip()
        if (
            name
            and fold_word(name.split()[0]) not in NEVER
            and name.lower() not in NEVER_ALONE
            and not any(fold_word(w) in STOP for w in name.split())
        ):
            return Found(name, None, judged(name, 0.68))
    known = _SUBJECT_KIND.search(clean) is not None
    best: Found | None = None
    at = 0
    parts: list[tuple[int, int]] = []
    for match in _SUBJECT_PART.finditer(clean):
        parts.append((at, match.start()))
        at = match.end()
    parts.append((at, len(clean)))
    for index, (begin, end) in enumerate(parts):
        if (begin and clean[begin - 1] == "[") or _is_sender(letter, clean[begin:end]):
            continue
        part = CODE.sub("", clean[begin:end] + " ").strip()
        other = _SUBJECT_OTHER.search(part)
        if other:
            part = part[: other.start()].strip()
        kept = _SUBJECT_PHRASES.sub(" ", part)
        words = _without_noise(kept.split())
        if not words or len(words) > 7 or any(mark in part for mark in "@?") or not words[0][0].isalnum():
            continue
        first = fold_word(words[0])
        if first in _SLOGANS:
            continue
        if first in LEGAL_FRONT or first in NEVER or any(fold_word(word) in STOP for word in words):
            # "… Alumni – PT Rekayasa" names a company; "… di PT X" was cut by the words above.
            place = phrase_at(subject, begin + max(0, clean[begin:end].find(words[0])), end)
            if not place or first in LEGAL_FRONT or first in NEVER:
                continue
            words = clean[place[0] : place[1]].split()
        value = " ".join(words)
        if (
            not value
            or (value[0].isdigit() and first not in ("2d", "3d"))
            or len(value) < 2
            or (len(words) == 1 and is_verb(fold_word(value)))
        ):
            continue
        bracketed = begin > 0 and clean[begin - 1 : begin] == "("
        weight = 0.4 if bracketed else 0.66 if len(words) < len(part.split()) else 0.62
        if index == 0 and len(parts) > 1 and len(words) == len(part.split()):
            weight = 0.5
        value = _from_head(value)
        if (not known and not is_office(value)) or _CONTRACTED.match(value):
            continue
        weight = judged(value, weight)
        if weight > 0.42 and (best is None or weight > best.confidence):
            best = Found(value, None, min(weight, 0.85))
    return best
