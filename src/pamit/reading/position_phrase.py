"""The phrase of a position: where it begins and ends in running text, and how sure it is by its own words."""

from __future__ import annotations

import re

from pamit.reading.names import FRONT_TYPES, LEGAL_FRONT, fold_word, words_of
from pamit.reading.office import FIRST_HEADS, LAST_HEADS, WEAK, WORK, is_office
from pamit.reading.text import Page

__all__ = [
    "CODE",
    "ENOUGH",
    "NEVER",
    "NEVER_ALONE",
    "STOP",
    "SUBJECT_NOISE",
    "TOKEN",
    "is_verb",
    "judged",
    "phrase_at",
    "phrase_begin",
    "walk_phrase",
]

STOP = words_of("positions", "stop")
NEVER = words_of("positions", "never")
NEVER_ALONE = words_of("positions", "never_alone")
# Kinds of organisation that positions name too ("Kasir Toko", "Guru PAUD").
_TYPES_OF_WORK = frozenset(
    "agen gudang pool las kopi toko travel gym laboratorium lab kantor perpustakaan restoran "
    "resto kantin kandang fotokopi angkringan konter losmen homestay madrasah tpq konveksi outlet tk paud sd smp sma "
    "smk mi mts roti nasi mie"
    " tambak peternakan percetakan swalayan minimarket laundry salon asuransi ekspedisi rumah pusat".split()
)
_NAME_NEXT = re.compile(r"[ \t]+[A-Z\"]")
_SUFFIX = re.compile(r"-?(?:nya|ku|mu)$")
TOKEN = re.compile(r"(?!w/)[^\W_][\w&'+/#.-]*|[&+]")
_LEAST_OWNED = 6
_LONGEST = 7
# A phrase in lower case rarely has more words; what follows is the sentence going on.
_LONGEST_LOWER = 5
CODE = re.compile(r"(?:(?<![A-Z])[A-Z]{1,5}[-/]?\d[\w/-]{2,40}|#\w{1,40}+|REQ\w{0,40}+|\d{4,40}+)[ \t:,-]{1,40}")
SUBJECT_NOISE = words_of("positions", "subject_noise")
# Below this a phrase is no position.
ENOUGH = 0.48
_SHORT = frozenset("asst assoc exec asst mgr dept spec coord".split())
_ORDINAL = re.compile(r"ke-?\d{1,2}$")
_VERB = re.compile(r"(?:di|mem|men|meng|meny|ber|ter)[a-z]{4,}$")
# Nouns that look like verbs: "mekanik diesel", "terapis", "dispatcher".
_NO_VERB = tuple(words_of("positions", "no_verb"))


# "Hotel Duty Manager": the kind of house begins the position.
_HEADED = re.compile(
    r"(?:[ \t](?:&|[A-Z][\w-]{1,20})){0,2}[ \t](?:Manager|Supervisor|Assistant|Officer|Coordinator|Nurse|Librarian|"
    r"Teacher|Teller|Curator|"
    r"Administrator|Operator|Host|Hostess|Crew|Staff|Counsellor|Counselor|Attendant|Receptionist|Technician|Chef|"
    r"Engineer|Manajer)\b"
)
# Who hires is nobody who is hired.
_HIRER = re.compile(r"(?:hiring|line|recruiting|recruitment) (?:manager|team|partner|lead)$")
_CHIEFS = frozenset("kepala wakil manajer manager pimpinan pemimpin direktur koordinator supervisor".split())
_TENURE = re.compile(r"[ \t]+[Tt]etap\b")


def _house_next(clean: str, at: int) -> bool:
    """Whether a name begins behind the kind of house: "Kepala Sekolah SMA Mawar", "Kepala Klinik PT Larch"."""
    word = TOKEN.match(clean, at + 1)
    return word is not None and fold_word(word.group()) in FRONT_TYPES | LEGAL_FRONT


def is_verb(word: str) -> bool:
    return _VERB.match(word) is not None and not word.startswith(_NO_VERB)


def walk_phrase(clean: str, at: int, limit: int) -> int:
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
        match = TOKEN.match(clean, at, limit)
        if not match:
            break
        word = match.group()
        bare = fold_word(word.strip("'"))
        if "/" in word and bare.split("/")[0] in STOP:
            break  # "Saudara/i"
        if bare == "of":
            if not (count and previous in LAST_HEADS and capital and clean[match.end() + 1 : match.end() + 2].isupper()):
                break
        elif bare in ("de", "du", "la") or bare == "and":
            if not (count and capital and clean[match.end() + 1 : match.end() + 2].isupper()):
                break
        elif bare in ("tidak", "tdk") and count and capital and _TENURE.match(clean, match.end()):
            pass  # "Dosen Tidak Tetap"
        elif bare == "cabang" and previous in _CHIEFS and word[0].isupper() == capital:
            end = match.end()  # "Manajer Cabang"
            break
        elif bare in STOP or bare in LEGAL_FRONT or (count and not capital and bare in ("area", "wilayah", "shift")):
            break
        elif count and capital and bare in FRONT_TYPES and word[0].isupper() and bare not in _TYPES_OF_WORK:
            # "Kepala Bengkel", but "Kasir Apotek Sehat" names the shop.
            if (
                count == 1
                and previous in FIRST_HEADS
                and (not _NAME_NEXT.match(clean, match.end()) or (previous == "kepala" and _house_next(clean, match.end())))
            ):
                end = match.end()
            break
        previous = bare
        if (
            bare in ("online", "offline")
            and not (capital and word[0].isupper())
            and clean[match.end() : match.end() + 5].strip().lower()[:4] not in ("shop", "stor")
        ):
            break
        if count and word[0].islower() and (is_verb(bare) or (not capital and count >= _LONGEST_LOWER)):
            break
        if count == 0 and (
            bare in NEVER
            or _ORDINAL.match(bare)
            or (bare[0].isdigit() and bare not in ("3d", "2d"))
            or (bare in FRONT_TYPES - _TYPES_OF_WORK and not (word[0].isupper() and _HEADED.match(clean, match.end())))
        ):
            return begin
        if count == 0:
            capital = word[0].isupper()
        elif capital and not (
            word[0].isupper()
            or word[0].isdigit()
            or word in "&+"
            or bare in ("dan", "and", "of", "de", "du", "la", "online", "area", "shop", "kartu")
        ):
            break
        if count and bare in ("nya", "ku", "mu"):
            break
        suffix = _SUFFIX.search(word) if "-" in word else None
        if suffix:
            return match.start() + suffix.start()
        if word.endswith("nya") and fold_word(word[:-3]) in FIRST_HEADS | WORK and bare not in FIRST_HEADS:
            return match.end() - 3  # "kurirnya"
        if count and not capital and word.endswith("nya") and len(word) > _LEAST_OWNED:
            # "desain grafisnya sudah saya lihat": whose it is, and no part of the name.
            return end if fold_word(word[:-3]) in STOP | NEVER else match.end() - 3
        stripped = match.end() - (1 if word.endswith((".", "'")) else 0)
        end = stripped
        at = match.end()
        count += 1
        if word.endswith(".") and not ((len(bare) <= 3 or bare in _SHORT) and clean[at : at + 2].strip()[:1].isupper()):
            break
    trailing = clean[:end]
    while trailing.endswith((" &", " dan", " and", " of")):
        end = len(trailing.rsplit(" ", 1)[0])
        trailing = clean[:end]
    return end


# The position follows: "terima jadi admin", "interview bentar buat team leader", "our new Designer", "Larch's Trainee".
_LEAD = re.compile(
    r"(?:(?i:bentar|sebentar|singkat|santai|dulu|jadi|sebagai|sbg|buat|untuk|utk|calon|bagian(?=[ \t]+staf?f|"
    r"[ \t]+operator|[ \t]+admin))[ \t]+){1,4}(?=[^\W_])"
    r"|new[ \t]+(?=[A-Z])"
    r"|(?:[A-Z][\w&]{0,24}[ \t]+){0,2}(?!(?:Wo)?[Mm]en|Children|Ladies|Master|Driver"
    r"|Player)[A-Z][\w&]{1,24}['\u2019]s[ \t]+(?=[A-Z])"
)


_STAGE = re.compile(r"(?:stage|round|putaran|babak|ronde|sesi|batch|gelombang) (?:\d|[ivx]{1,4}\b)", re.I)

# What a candidate hands in or undergoes: "buat art test-nya", "for the case task".
_TRIALS = frozenset("test tes task tugas challenge portfolio portofolio interview wawancara psikotes".split())


def phrase_at(page: Page, at: int, limit: int | None = None) -> tuple[int, int] | None:
    clean = page.clean
    limit = len(clean) if limit is None else limit
    code = CODE.match(clean, at, limit)
    if code:
        at = code.end()
    while at < limit and clean[at] in " \t\n\"'":
        at += 1
    code = CODE.match(clean, at, limit)
    if code:
        at = code.end()
    lead = _LEAD.match(clean, at, limit)
    if lead:
        at = lead.end()
    end = walk_phrase(clean, at, limit)
    if clean[at:end].lower() in NEVER_ALONE or _HIRER.match(clean, at, end):
        return None
    if fold_word(clean[at:end].rpartition(" ")[2]) in _TRIALS or _STAGE.fullmatch(clean, at, end):
        return None
    return (at, end) if end > at else None


def judged(written: str, sure: float) -> float:
    """How sure a phrase is with what it says itself: the head of a position speaks for it, lower case without one against."""
    lowered = written.lower()
    if is_office(written) and lowered not in WEAK:
        return min(0.96, sure + 0.3)
    if lowered in WORK or lowered in WEAK:
        return sure
    return sure if written[0].isupper() and not written.isupper() else sure - 0.25


def phrase_begin(clean: str, at: int) -> int:
    """Where the phrase that ends with the English head at ``at`` begins: words in capitals before one in capitals."""
    begin = at
    if not clean[at].isupper():
        return at
    while True:
        before = _BEFORE_HEAD.search(clean, max(0, begin - 30), begin)
        if before is None or fold_word(before.group(1)) in STOP | NEVER or fold_word(before.group(1)) in SUBJECT_NOISE:
            return begin
        begin = before.start(1)


_BEFORE_HEAD = re.compile(r"(?<![\w&/-])([A-Z0-9][\w&/+-]{0,40}|&)[ \t]$")
