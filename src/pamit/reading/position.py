"""The position: as written, from a label, from the words around it, or from the subject."""

from __future__ import annotations

import re

from pamit.reading.addressee import Addressee
from pamit.reading.found import Found
from pamit.reading.letter import Letter
from pamit.reading.names import FRONT_TYPES, LEGAL_FRONT, fold_word, squeeze, words_of
from pamit.reading.office import FIRST_HEADS, LAST_HEADS, WEAK, WORK, is_office
from pamit.reading.position_cues import tried
from pamit.reading.text import Page

__all__ = ["find_position"]


_STOP = words_of("positions", "stop")
_NEVER = words_of("positions", "never")
_NEVER_ALONE = words_of("positions", "never_alone")
# Kinds of organisation that positions name too ("Kasir Toko", "Guru PAUD").
_TYPES_OF_WORK = frozenset(
    "agen gudang pool las kopi toko travel gym laboratorium lab kantor perpustakaan restoran "
    "resto konveksi outlet tk paud sd smp sma smk mi mts roti nasi mie"
    " tambak peternakan percetakan swalayan minimarket laundry salon asuransi ekspedisi rumah pusat".split()
)
_NAME_NEXT = re.compile(r"[ \t]+[A-Z\"]")
_SUFFIX = re.compile(r"-?(?:nya|ku|mu)$")
_TOKEN = re.compile(r"(?!w/)[^\W_][\w&'+/#.-]*|[&+]")
_LONGEST = 7
# A phrase in lower case rarely has more words; what follows is the sentence going on.
_LONGEST_LOWER = 5
_CODE = re.compile(r"(?:[A-Z]{1,5}[-/]?\d[\w/-]{2,}|#\w+|REQ\w*|\d{4,})[ \t:,-]+")

_ROLE_NOUNS = (
    "spot|seat|placement|position|role|vacancy|post|opening|job|gig|internship|traineeship|"
    "programme|program|contract|search|opportunity"
)
# Nouns that follow much else too: before these only a name in capitals is taken.
_WEAK_NOUNS = ("interview", "contract", "programme", "program", "search", "opportunity", "post", "candidate")
_ROLE_WORDS = frozenset(_ROLE_NOUNS.split("|")) | {"candidate", "interview"}
_NOUN = re.compile(
    r"\b(?:the|our|an?|your|re:?)[ \t\n]+(?P<name>(?:[^\W_][\w&/+.'#-]*[ \t\n]+){1,6}?)(?:"
    + _ROLE_NOUNS
    + r"|candidate|interview)\b"
    r"|(?:^|[.!?,;:|\n(])[ \t]*(?P<bare>(?:[^\W_][\w&/+'#-]*[ \t]+){1,4}?)(?:" + _ROLE_NOUNS + r")\b",
    re.I,
)
_NOUN_SUBJECT = re.compile(
    r"(?P<name>(?:[^\W_][\w&/+.'#-]*[ \t]+){1,6}?)(?:position|role|vacancy|post|opening|job|search|interview)\b", re.I
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
_VERB = re.compile(r"(?:di|mem|men|meng|meny|ber|ter)[a-z]{4,}$")
# Nouns that look like verbs: "mekanik diesel", "terapis", "dispatcher".
_NO_VERB = tuple(words_of("positions", "no_verb"))


def _is_verb(word: str) -> bool:
    return _VERB.match(word) is not None and not word.startswith(_NO_VERB)


_SHORTHAND = frozenset("maks max min no tgl hr jam jm wib by via cp info nb ps up attn pic utk dgn sbg".split())
# A line of its own: "Research Fellow in Ecology (Ref: 77821)".
_REFERENCED = re.compile(r"^[ \t]*(?P<name>[A-Z][^\n():]{3,60}?)[ \t]*\([ \t]*(?:[Rr]ef|REF)\b", re.M)
_LED = re.compile(r"\b(?:for|as|application|lamaran|untuk|sebagai|posisi|position|role)\b", re.I)
_VALUE_END = re.compile(r"[(,;|]|[ \t]{3,}| - |[.!?][ \t]+(?=[A-Z])")
_SUBJECT_PART = re.compile(r"[ \t]*(?:[–—|:@/]|//|[ \t]-[ \t]|-[ \t]|,[ \t]|\(|\)|\[|\]|[ \t]-|>)[ \t]*")
_SUBJECT_NOISE = words_of("positions", "subject_noise")
_SUBJECT_PHRASES = re.compile(r"\b(?:hiring manager|walk[- ]in|potensi akademik|kemampuan dasar|dan tata cara)\b", re.I)


def _walk(clean: str, at: int, limit: int) -> int:
    """The end of a position that begins at ``at``; ``at`` itself where none does."""
    begin = end = at
    count = 0
    capital = False
    previous = ""
    while count < _LONGEST and end < limit:
        gap = at
        while at < limit and clean[at] in " \t":
            at += 1
        if count and at - gap > 1:
            break  # where emphasis ended, or a column
        match = _TOKEN.match(clean, at, limit)
        if not match:
            break
        word = match.group()
        bare = fold_word(word.strip("'"))
        if bare == "of":
            if not (count and previous in LAST_HEADS and capital and clean[match.end() + 1 : match.end() + 2].isupper()):
                break
        elif bare == "and":
            if not (count and capital and clean[match.end() + 1 : match.end() + 2].isupper()):
                break
        elif bare in _STOP or bare in LEGAL_FRONT or (count and not capital and bare in ("area", "wilayah", "shift")):
            break
        elif count and capital and bare in FRONT_TYPES and word[0].isupper() and bare not in _TYPES_OF_WORK:
            # "Kepala Bengkel", but "Kasir Apotek Sehat" names the shop.
            if count == 1 and previous in FIRST_HEADS and not _NAME_NEXT.match(clean, match.end()):
                end = match.end()
            break
        previous = bare
        if (
            bare in ("online", "offline")
            and not (capital and word[0].isupper())
            and clean[match.end() : match.end() + 5].strip().lower()[:4] not in ("shop", "stor")
        ):
            break
        if count and word[0].islower() and (_is_verb(bare) or (not capital and count >= _LONGEST_LOWER)):
            break
        if count == 0 and (
            bare in _NEVER or (bare[0].isdigit() and bare not in ("3d", "2d")) or bare in FRONT_TYPES - _TYPES_OF_WORK
        ):
            return begin
        if count == 0:
            capital = word[0].isupper()
        elif capital and not (
            word[0].isupper()
            or word[0].isdigit()
            or word in "&+"
            or bare in ("dan", "and", "of", "online", "area", "shop", "kartu")
        ):
            break
        if count and bare in ("nya", "ku", "mu"):
            break
        suffix = _SUFFIX.search(word) if "-" in word else None
        if suffix:
            return match.start() + suffix.start()
        stripped = match.end() - (1 if word.endswith((".", "'")) else 0)
        end = stripped
        at = match.end()
        count += 1
        if word.endswith(".") and not (len(bare) <= 3 and clean[at : at + 2].strip()[:1].isupper()):
            break
    trailing = clean[:end]
    while trailing.endswith((" &", " dan", " and", " of")):
        end = len(trailing.rsplit(" ", 1)[0])
        trailing = clean[:end]
    return end


def _at(page: Page, at: int, limit: int | None = None) -> tuple[int, int] | None:
    clean = page.clean
    limit = len(clean) if limit is None else limit
    code = _CODE.match(clean, at, limit)
    if code:
        at = code.end()
    while at < limit and clean[at] in " \t\n\"'":
        at += 1
    code = _CODE.match(clean, at, limit)
    if code:
        at = code.end()
    if clean[at : at + 6].lower() == "calon ":
        at += 6
    end = _walk(clean, at, limit)
    if clean[at:end].lower() in _NEVER_ALONE:
        return None
    return (at, end) if end > at else None


_SURE = 0.93


def find_position(letter: Letter, addressee: Addressee) -> Found | None:
    """The position that the message is about; the candidate's own name in the subject is none."""
    page = letter.page
    labelled = _labelled(page)
    if labelled:
        return labelled
    titled = _REFERENCED.search(page.bare) if "ref" in page.vocabulary else None
    if titled and _LED.search(titled.group("name")) is None:
        return Found(titled.group("name").strip(), titled.span("name"), 0.9)
    best = _in_text(page)
    if best and best.confidence >= _SURE:
        return best
    subject = _in_subject(letter)
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


def _labelled(page: Page) -> Found | None:
    for line in page.lines:
        if line.label != "position" or line.value >= line.end:
            continue
        at = line.value
        code = _CODE.match(page.clean, at, line.end)
        if code:
            at = code.end()
        value = page.clean[at : line.end]
        cut = _VALUE_END.search(value)
        written = value[: cut.start()].rstrip(" .") if cut and cut.start() > 1 else value.rstrip(" .")
        if 2 <= len(written) <= 80 and fold_word(written.split()[0]) not in _NEVER:
            return Found(written, (at, at + len(written)), 0.97)
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


def _judged(written: str, sure: float) -> float:
    """How sure a phrase is with what it says itself: the head of a position speaks for it, lower case without one against."""
    lowered = written.lower()
    if is_office(written) and lowered not in WEAK:
        return min(0.96, sure + 0.3)
    if lowered in WORK or lowered in WEAK:
        return sure
    return sure if written[0].isupper() and not written.isupper() else sure - 0.25


def _in_text(page: Page) -> Found | None:
    found: list[Found] = []
    best = 0.0
    clean = page.clean
    for words, pattern, sure in tried(page):
        if best >= min(_SURE, sure + 0.3):
            continue
        for word in page.places(words)[:_PLACES]:
            match = pattern.match(clean, word.begin)
            place = _at(page, match.end()) if match else None
            if place is None:
                continue
            written = clean[place[0] : place[1]]
            if _is_verb(fold_word(written.split()[0])) or written.lower() in _SHORTHAND:
                continue
            judged = _judged(written, sure)
            if judged >= _ENOUGH:
                found.append(Found(written, place, judged))
                best = max(best, judged)
    if best < 0.96 and page.mentions(_ROLE_WORDS):
        for match in _NOUN.finditer(page.bare):
            place = _trim_noun(page, match)
            if place is None or _is_verb(fold_word(page.clean[place[0] : place[1]].split()[0])):
                continue
            written = page.clean[place[0] : place[1]]
            judged = _judged(written, 0.9 if match.group("name") else 0.62)
            if judged >= _ENOUGH:
                found.append(Found(written, place, judged))
    if not found:
        return None
    first = max(found, key=lambda one: one.confidence)
    # "calon guru" in the reference line, "calon Guru Kimia" in the sentence: the fuller one.
    lead = first.value.lower() + " "
    fuller = [one for one in found if one.value.lower().startswith(lead) and one.confidence >= first.confidence - 0.1]
    return fuller[0] if fuller else first


_PLACES = 6
_ENOUGH = 0.48
_HIRING = frozenset(
    "interview wawancara lamaran melamar lamar dilamar apply applied applying application kerja loker lowongan hiring vacancy "
    "job role posisi bergabung join interviewmu wawancaramu mewawancarai shortlisted candidate kandidat".split()
)
_STANDING = (FIRST_HEADS | LAST_HEADS) - WEAK
_SOMEBODY = re.compile(
    r"(?:\b(?:with|dengan|dgn|sama|bersama|bertemu|oleh|kepada|ke|hubungi|my|our|saya|tanya|menemui|by|me|dari|from|pak|bu|kak|"
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
            begin = _phrase_begin(clean, begin)
        end = _walk(clean, begin, len(clean))
        if end <= begin or not is_office(clean[begin:end]):
            continue
        line = page.line_at(begin)
        if line is None or line.begin >= signature:
            continue
        rest = clean[end : line.end].strip()
        if (
            line.begin == begin
            and (not rest or rest[0] == "(" or (rest[0] == "," and len(rest) < 30 and clean[begin:end].isupper()))
            and page.line_index(begin) > letter.greeting
        ):
            if rest[:1] == ",":
                end = line.end
            return Found(clean[begin:end], (begin, end), 0.8)
        if best or _SOMEBODY.search(clean, max(0, begin - 12), begin):
            continue
        first, last = page.sentence(begin, end)
        if not _LETTER.search(clean, first, begin) and not _LETTER.search(_PARTICLE.sub("", clean[end:last])):
            best = Found(clean[begin:end], (begin, end), 0.6)
        elif any(first <= cue.begin < last for cue in page.places(_HIRING)):
            best = Found(clean[begin:end], (begin, end), 0.5)
    return best


_PARTICLE = re.compile(r"\b(?:ya+|kan|y|nih|right|yes|kak|bang|mas|mbak)\b", re.I)


def _without_noise(words: list[str]) -> list[str]:
    """The words of a subject that are none of an invitation's; "Video Editor", "Test Engineer" stay whole."""
    kept: list[str] = []
    for index, word in enumerate(words):
        bare = word.strip(".,!?\"'").lower()
        following = words[index + 1] if index + 1 < len(words) else ""
        if (
            bare not in _SUBJECT_NOISE
            or (bare == "of" and kept and fold_word(kept[-1]) in LAST_HEADS)
            or (bare in _HALVES and word[0].isupper() and fold_word(following) in LAST_HEADS)
        ):
            kept.append(word)
    return kept


# Words of subjects that also begin positions.
_HALVES = frozenset(
    "video shift change new test application call client user panel phone hr event process online day asset".split()
)
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


_LETTER = re.compile(r"\w")


def _phrase_begin(clean: str, at: int) -> int:
    """Where the phrase that ends with the English head at ``at`` begins: words in capitals before one in capitals."""
    begin = at
    if not clean[at].isupper():
        return at
    while True:
        before = _BEFORE_HEAD.search(clean, max(0, begin - 30), begin)
        if before is None or fold_word(before.group(1)) in _STOP | _NEVER or fold_word(before.group(1)) in _SUBJECT_NOISE:
            return begin
        begin = before.start(1)


_BEFORE_HEAD = re.compile(r"(?<![\w&/-])([A-Z0-9][\w&/+-]*|&)[ \t]$")


def _trim_noun(page: Page, match: re.Match[str]) -> tuple[int, int] | None:
    begin, end = match.span("name" if match.group("name") else "bare")
    name = page.clean[begin:end].rstrip()
    end = begin + len(name)
    code = _CODE.match(page.clean, begin, end)
    if code:
        begin = code.end()
    at = begin
    for word in _TOKEN.finditer(page.clean, begin, end):
        if fold_word(word.group()) in _STOP:
            at = word.end()
    while at < end and page.clean[at] in " \t\n":
        at += 1
    words = page.clean[at:end].split()
    if not words or fold_word(words[0]) in _NEVER or fold_word(words[-1]) in _NEVER or words[0][0].isdigit():
        return None
    if page.clean[at:end].strip().lower() in _NEVER_ALONE or words[-1].endswith("."):
        return None
    if match.group().lower().endswith(_WEAK_NOUNS) and not words[0][0].isupper():
        return None
    return at, end


def _is_sender(letter: Letter, written: str) -> bool:
    """Whether a piece of the subject is the sender's company, by its letters in the domain or the display name."""
    tight = squeeze(written)
    domain = squeeze((letter.sender.mail or "").partition("@")[2].split(".")[0])
    name = squeeze(letter.sender.name or "")
    return len(tight) >= 3 and (
        tight == domain or (len(tight) >= 5 and (tight in name or tight in domain or domain.startswith(tight)))
    )


def _in_subject(letter: Letter) -> Found | None:
    subject = letter.subject
    if subject is None:
        return None
    clean = subject.clean
    for starts, pattern, sure in tried(subject):
        for word in subject.places(starts):
            match = pattern.match(clean, word.begin)
            place = _at(subject, match.end()) if match else None
            if place:
                written = clean[place[0] : place[1]]
                judged = _judged(written, sure)
                if judged >= 0.7:
                    return Found(written, None, min(judged, 0.85))
    match = _NOUN_SUBJECT.search(clean)
    if match and not _SUBJECT_KIND.search(match.group("name")):
        name = match.group("name").strip()
        if (
            name
            and fold_word(name.split()[0]) not in _NEVER
            and name.lower() not in _NEVER_ALONE
            and not any(fold_word(w) in _STOP for w in name.split())
        ):
            return Found(name, None, _judged(name, 0.68))
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
        part = _CODE.sub("", clean[begin:end] + " ").strip()
        other = _SUBJECT_OTHER.search(part)
        if other:
            part = part[: other.start()].strip()
        kept = _SUBJECT_PHRASES.sub(" ", part)
        words = _without_noise(kept.split())
        if not words or len(words) > 7 or any(mark in part for mark in "@?") or not words[0][0].isalnum():
            continue
        first = fold_word(words[0])
        if first in LEGAL_FRONT or first in _NEVER or any(fold_word(word) in _STOP for word in words):
            # "… Alumni – PT Rekayasa" names a company; "… di PT X" was cut by the words above.
            place = _at(subject, begin + max(0, clean[begin:end].find(words[0])), end)
            if not place or first in LEGAL_FRONT or first in _NEVER:
                continue
            words = clean[place[0] : place[1]].split()
        value = " ".join(words)
        if not value or value[0].isdigit() or len(value) < 2 or (len(words) == 1 and _is_verb(fold_word(value))):
            continue
        bracketed = begin > 0 and clean[begin - 1 : begin] == "("
        weight = 0.4 if bracketed else 0.66 if len(words) < len(part.split()) else 0.62
        if index == 0 and len(parts) > 1 and len(words) == len(part.split()):
            weight = 0.5
        value = _from_head(value)
        if (not known and not is_office(value)) or _CONTRACTED.match(value):
            continue
        weight = _judged(value, weight)
        if weight > 0.42 and (best is None or weight > best.confidence):
            best = Found(value, None, min(weight, 0.85))
    return best
