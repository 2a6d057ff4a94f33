"""The position: as written, from a label, from the words around it, or from the subject."""

from __future__ import annotations

import re

from pamit.reading.addressee import Addressee
from pamit.reading.found import Found
from pamit.reading.letter import Letter
from pamit.reading.names import fold_word, squeeze
from pamit.reading.office import FIRST_HEADS, LAST_HEADS, WEAK, is_office
from pamit.reading.position_cues import tried
from pamit.reading.position_phrase import (
    CODE,
    ENOUGH,
    NEVER,
    NEVER_ALONE,
    STOP,
    TOKEN,
    is_verb,
    judged,
    phrase_at,
    phrase_begin,
    walk_phrase,
)
from pamit.reading.position_subject import position_of_subject
from pamit.reading.text import Line, Page

__all__ = ["find_position"]


_ROLE_NOUNS = (
    "spot|seat|placement|position|role|vacancy|post|opening|job|gig|internship|traineeship|"
    "programme|program|contract|search|opportunity"
)
# Nouns that follow much else too: before these only a name in capitals is taken.
_WEAK_NOUNS = ("interview", "contract", "programme", "program", "search", "opportunity", "post", "candidate")
_ROLE_WORDS = frozenset(_ROLE_NOUNS.split("|")) | {"candidate", "interview"}
_NOUN = re.compile(
    r"\b(?:the|our|an?|your"
    r"|re:?)[ \t\n]{1,30}+(?P<name>(?:[^\W_][\w&/+.'#-]{0,30}+[ \t\n]{1,9}+){1,6}?)(?:\([^()\n]{1,24}\)[ \t]+)?(?:"
    + _ROLE_NOUNS
    + r"|candidate|interview)\b"
    r"|(?:^|[.!?,;:|\n(])[ \t]*+(?P<bare>(?:[^\W_][\w&/+'#-]*+[ \t]++){1,4}?)(?:" + _ROLE_NOUNS + r")\b"
)
_SHORTHAND = frozenset("maks max min no tgl hr jam jm wib by via cp info nb ps up attn pic utk dgn sbg".split())
# A line of its own: "Research Fellow in Ecology (Ref: 77821)".
_REFERENCED = re.compile(r"^[ \t]*(?P<name>[A-Z][^\n():]{3,60}?)[ \t]*\([ \t]*(?:[Rr]ef|REF)\b", re.M)
_LED = re.compile(r"\b(?:for|as|application|lamaran|untuk|sebagai|posisi|position|role)\b", re.I)
_VALUE_END = re.compile(r"[(,;|]|[ \t]{3,}| - |[.!?][ \t]+(?=[A-Z])")
_SURE = 0.93


def find_position(letter: Letter, addressee: Addressee) -> Found | None:
    """The position that the message is about; the candidate's own name in the subject is none."""
    page = letter.page
    labelled = _labelled(page) or _own_row(page, addressee)
    if labelled:
        return labelled
    titled = _REFERENCED.search(page.bare) if "ref" in page.vocabulary else None
    if titled and _LED.search(titled.group("name")) is None:
        return Found(titled.group("name").strip(), titled.span("name"), 0.9)
    best = _in_text(page)
    if best and best.confidence >= _SURE and not _breaks_off(page, best):
        return best
    subject = position_of_subject(letter)
    if subject and addressee.is_named(subject.value):
        subject = None
    if best and subject:
        return _better(letter, best, subject)
    if best or subject:
        single = best or subject
        if single and single.confidence >= 0.7:
            return single if best else _in_body(page, single)
        standing = _standing(letter)
        if standing and (single is None or standing.confidence > single.confidence or not is_office(single.value)):
            return standing
        return best or (_in_body(page, subject) if subject else None)
    standing = _standing(letter)
    if standing:
        return standing
    if letter.rest is not None:
        below = _in_text(letter.rest)
        if below:
            return Found(below.value, below.span, below.confidence * 0.9)
    return None


def _breaks_off(page: Page, found: Found) -> bool:
    """Whether a position of one word ends its line in the middle of a sentence ("untuk bagian Operator / Extruder")."""
    if found.span is None or " " in found.value or page.clean[found.span[1] : found.span[1] + 1] != "\n":
        return False
    return page.clean[found.span[1] + 1 : found.span[1] + 2].isupper()


def _labelled(page: Page) -> Found | None:
    for line in page.lines:
        if line.label != "position" or line.value >= line.end:
            continue
        if page.clean[line.value] == "(":
            continue  # "Bagian II (kepribadian)": a part of the day
        at = line.value
        code = CODE.match(page.clean, at, line.end)
        if code:
            at = code.end()
        value = page.clean[at : line.end]
        cut = _VALUE_END.search(value)
        written = value[: cut.start()].rstrip(" .") if cut and cut.start() > 1 else value.rstrip(" .")
        if 2 <= len(written) <= 80 and fold_word(written.split()[0]) not in NEVER:
            return Found(written, (at, at + len(written)), 0.97)
    return None


_OF_ROW = re.compile(r"\(([^\W\d_][^()\n]{2,40})\)")
_ROW_HOUR = re.compile(r"\d{1,2}[.:]\d\d")


def _own_row(page: Page, addressee: Addressee) -> Found | None:
    """The office that stands in brackets in the candidate's row of a list with hours."""
    if not addressee.names:
        return None
    for line in page.lines:
        match = _OF_ROW.search(page.clean, line.begin, line.end)
        if match is None or not is_office(match.group(1)) or not _ROW_HOUR.search(page.clean, line.begin, match.start()):
            continue
        before = page.prose[max(line.begin, match.start() - 40) : match.start()]
        if line.end - line.begin <= 90 and any(name.lower() in before for name in addressee.names if len(name) > 2):
            return Found(match.group(1), match.span(1), 0.9)
    return None


def _better(letter: Letter, text: Found, subject: Found) -> Found:
    """Text or subject: where one begins with the other, the longer, unless what it adds is the company."""
    one, other = text.value.lower(), subject.value.lower()
    if one == other:
        return text
    for longer, shorter in ((text, subject), (subject, text)):
        long, short = longer.value.lower(), shorter.value.lower()
        if long.endswith(" " + short):
            return longer if longer is text else _in_body(letter.page, longer)
        if long.startswith((short + " ", short + "/")):
            added = squeeze(long[len(short) :])
            sender = squeeze((letter.sender.mail or "").partition("@")[2] + (letter.sender.name or ""))
            chosen = shorter if added and added in sender else longer
            return chosen if chosen is text else _in_body(letter.page, chosen)
    if text.confidence >= 0.7 or text.confidence > subject.confidence:
        return text
    return _in_body(letter.page, subject)


def _in_body(page: Page, subject: Found) -> Found:
    """A position of the subject is shown where the message repeats it."""
    at = page.prose.find(subject.value.lower())
    if at < 0 or len(subject.value.lower()) != len(subject.value):
        return subject
    return Found(subject.value, (at, at + len(subject.value)), subject.confidence)


def _in_text(page: Page) -> Found | None:
    found: list[Found] = []
    best = 0.0
    clean = page.clean
    for words, pattern, sure in tried(page):
        if best >= min(_SURE, sure + 0.3):
            continue
        for word in page.places(words)[:_PLACES]:
            match = pattern.match(clean, word.begin)
            place = phrase_at(page, match.end()) if match else None
            if place is None:
                continue
            written = clean[place[0] : place[1]]
            if is_verb(fold_word(written.split()[0])) or written.lower() in _SHORTHAND:
                continue
            weight = judged(written, sure)
            if weight >= ENOUGH:
                found.append(Found(written, place, weight))
                best = max(best, weight)
    if best < 0.96 and page.mentions(_ROLE_WORDS):
        for match in _NOUN.finditer(page.prose):
            place = _trim_noun(page, match)
            if place is None or is_verb(fold_word(page.clean[place[0] : place[1]].split()[0])):
                continue
            written = page.clean[place[0] : place[1]]
            weight = judged(written, 0.9 if match.group("name") else 0.62)
            if weight >= ENOUGH:
                found.append(Found(written, place, weight))
    if not found:
        return None
    first = max(found, key=lambda one: one.confidence)
    # "calon guru" in the reference line, "calon Guru Kimia" in the sentence: the fuller one.
    lead = first.value.lower() + " "
    fuller = [one for one in found if one.value.lower().startswith(lead) and one.confidence >= first.confidence - 0.1]
    return fuller[0] if fuller else first


_PLACES = 6
_HIRING = frozenset(
    "kerjaan gawean interview wawancara lamaran melamar lamar dilamar apply applied applying application kerja loker "
    "lowongan hiring vacancy "
    "job role posisi bergabung join interviewmu wawancaramu mewawancarai shortlisted candidate kandidat".split()
)
_STANDING = (FIRST_HEADS | LAST_HEADS) - WEAK
_SOMEBODY = re.compile(
    r"(?:\b(?:with|dengan|dgn|sama|bersama|bertemu|oleh|kepada|ke|hubungi|my|our|saya|tanya|menemui|by|me|dari|from|"
    r"pak|bu|kak|"
    r"mas|mbak|ibu|bapak|via|cp|koh|the|selaku|para|team|tim)|,|\(|[-\u2013\u2014/&])[ \t]*$",
    re.I,
)


def _standing(letter: Letter) -> Found | None:
    """A phrase with the head of a position that no cue introduces: on a line of its own, or where hiring is spoken of."""
    page = letter.page
    clean = page.clean
    signature = letter.signature[0].begin if letter.signature else len(clean)
    best: Found | None = None
    for word in page.places(_STANDING)[:20]:
        begin = word.begin
        if page.prose[word.begin : word.end] in LAST_HEADS:
            begin = phrase_begin(clean, begin)
        end = walk_phrase(clean, begin, len(clean))
        if end <= begin or not is_office(clean[begin:end]):
            continue
        line = page.line_at(begin)
        if line is None or line.begin >= signature:
            continue
        rest = clean[end : line.end].strip()
        if (
            line.begin == begin
            and (
                not rest
                or rest[0] == "("
                or (rest[0] == "," and len(rest) < 30 and (clean[begin:end].isupper() or _is_matter(page, line, rest)))
            )
            and page.line_index(begin) > letter.greeting
        ):
            if rest[:1] == "," and clean[begin:end].isupper():
                end = line.end
            return Found(clean[begin:end], (begin, end), 0.8)
        if clean[begin:end].lower() in (letter.sender.name or "").lower() and not clean[end:].strip(" .!\n"):
            continue  # "Chef Wayan" signs
        if best or _SOMEBODY.search(clean, max(0, begin - 12), begin):
            continue
        first, last = page.sentence(begin, end)
        if not _LETTER.search(clean, first, begin) and not _LETTER.search(_PARTICLE.sub("", clean[end:last])):
            best = Found(clean[begin:end], (begin, end), 0.6)
        elif any(first <= cue.begin < last for cue in page.places(_HIRING)):
            best = Found(clean[begin:end], (begin, end), 0.5)
    return best


_ABOVE = re.compile(
    r"\b(?:above|above-mentioned|abovementioned|captioned) (?:position|post|vacancy|role)\b|\bposisi (?:tersebut )?di ?atas\b"
)


def _is_matter(page: Page, line: Line, rest: str) -> bool:
    """Whether a line is what a letter is about: "Logistics Officer, Tarakan", of which the text says "the above position"."""
    return rest.istitle() and not any(map(str.isdigit, rest)) and _ABOVE.search(page.prose, line.end) is not None


_PARTICLE = re.compile(r"\b(?:ya+|kan|y|nih|right|yes|kak|bang|mas|mbak)\b", re.I)


_LETTER = re.compile(r"\w")


# "… in the North Bay. No interview": two sentences.
_SENTENCE_OVER = re.compile(r"\b(?!(?i:asst|assoc|exec|mgr|dept|spec|coord)\b)[A-Za-z]{3,20}\.\s+[A-Z]")


def _trim_noun(page: Page, match: re.Match[str]) -> tuple[int, int] | None:
    begin, end = match.span("name" if match.group("name") else "bare")
    name = page.clean[begin:end].rstrip()
    end = begin + len(name)
    code = CODE.match(page.clean, begin, end)
    if code:
        begin = code.end()
    at = begin
    for word in TOKEN.finditer(page.clean, begin, end):
        if fold_word(word.group()) in STOP:
            at = word.end()
    while at < end and page.clean[at] in " \t\n":
        at += 1
    words = page.clean[at:end].split()
    if not words or fold_word(words[0]) in NEVER or fold_word(words[-1]) in NEVER or words[0][0].isdigit():
        return None
    if page.clean[at:end].strip().lower() in NEVER_ALONE or words[-1].endswith("."):
        return None
    if _SENTENCE_OVER.search(page.clean, at, end):
        return None
    if match.group("bare") and page.clean[match.end() - 6 : match.end()] == "Search":  # "Larch Search", "Executive Search"
        return None
    if match.group().lower().endswith(_WEAK_NOUNS) and not words[0][0].isupper():
        return None
    return at, end
