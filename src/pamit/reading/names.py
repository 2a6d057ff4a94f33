"""Where a name begins and ends in running text: companies, offices, people.

Names are told by capitals where the writer uses them, and by the words that cannot be part of one where not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pamit.domain.names import HONORIFICS, bare_name
from pamit.tables import read_table

__all__ = [
    "AGENCY",
    "BACK_TYPES",
    "FRONT_TYPES",
    "LEGAL_BEHIND",
    "LEGAL_FRONT",
    "NAME_ENDS",
    "TEAM",
    "TITLE",
    "cut_team",
    "is_person",
    "person_at",
    "squeeze",
    "walk_company",
    "words_of",
]  # fmt: skip

_DATA = read_table("pamit.reading", "words", "orgs.toml")


def words_of(table: str, key: str) -> frozenset[str]:
    """One word list of ``words/orgs.toml``."""
    return frozenset(_DATA[table][key].split())


LEGAL_FRONT = words_of("legal", "legal")
LEGAL_BEHIND = words_of("legal", "behind")
FRONT_TYPES = words_of("types", "front")
BACK_TYPES = words_of("types", "back")
TEAM = words_of("teams", "team")
AGENCY = words_of("teams", "agency")
TITLE = words_of("teams", "title")
_STOP = words_of("teams", "stop")
_JOINERS = frozenset("& + dan and of de du van von der la le al bin binti".split())
_WORD = re.compile(r"[^\W_][\w&'+/.-]*|[&+]")
_PERSON_WORD = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:['’.-][^\W\d_]+)*\.?")
_TITLES = frozenset(
    "dr drs dra drg ir prof h hj kh apt ns st pdt sr rm capt kapten bidan suster ko koh cik "
    "om tante ustadz ustadzah dokter kaka ka ade adek dek teh teteh uda uni abang gus romo "
    "ust ce cece kades pdp rev lurah camat "
    "bruder mandor drh pnt dkn kh ustad ny tn nn nona sus zr mister madam sir bro sis bg bli mbok gusti mbk ibuk ibuu bpa "
    "mpok emak mak ceu jeng daeng opung "
    "miss nyai mang kang akang pakde bude paklik bulik "
    "puan tuan datin datuk dato "
    "ci cici koko ncik encik chef coach bos juragan".split()
)
_PERSON_JOINERS = frozenset("de bin binti van der al von la da di".split())
# Months that are names of people too.
_MONTH_NAMES = frozenset("mei april june juni juli august agustus may".split())
_NAME_GOES_ON = re.compile(r"[ \t]+[A-Z][a-z]")
# First names that are written short, with a dot.
_SHORT_NAMES = frozenset("moh muh mhd mohd muhd abd abdr gst wyn ketut nym ngh md kmg tgk agst".split())
# "Dinas Pasar Kab. Nusa", "Kampus Univ. Larch": a short word within a name.
_PLACES_SHORT = frozenset("kab kec kel prov univ".split())
_LONGEST = 7
# Within the name of a shop or a clinic an honorific is part of it: "Warung Bu Kris", "RS Kasih Ibu".
_HONORED = frozenset("ibu bu pak mbok mbak mas bang mak".split())
_CAPITAL_NEXT = re.compile(r"[ \t]+(?:dan[ \t]+Anak|[A-Z])|[ \t]*(?:[,.\n<)]|$)")


@lru_cache(maxsize=16_384)
def fold_word(word: str) -> str:
    """A word for looking up: lower case, without a final dot."""
    return word.lower().rstrip(".")


def walk_company(clean: str, begin: int, *, lower: bool = False) -> int:
    """The end of a company's name that begins at ``begin``; ``begin`` itself where none does.

    Args:
        lower: accept words in lower case too, up to a word that ends names (chat spelling).
    """
    at = end = begin
    count = 0
    quoted = front = False
    while count < _LONGEST:
        while at < len(clean) and clean[at] in " \t":
            at += 1
        if clean.startswith("(", at) and clean[at + 1 : at + 9].lower() == "persero)":
            at = end = at + 9
            continue
        if clean.startswith('"', at):
            quoted = not quoted
            at += 1
            if not quoted:
                if not count:
                    break
                end = at
            continue
        if clean.startswith(",", at) and count and clean[at + 1 : at + 5].lower() == " tbk":
            at = end = at + 5
            continue
        match = _WORD.match(clean, at)
        if not match:
            break
        word = match.group()
        bare = fold_word(word)
        if count and bare in _STOP and not (front and bare in _HONORED and _CAPITAL_NEXT.match(clean, match.end())):
            break
        if not count:
            front = bare in FRONT_TYPES
        known = bare in LEGAL_FRONT or bare in LEGAL_BEHIND or bare in ("tbk",)
        if bare in _JOINERS and count:
            following = _WORD.match(clean, match.end() + 1)
            if not following or not (following.group()[0].isupper() or lower) or fold_word(following.group()) in _STOP:
                break
        elif not (word[0].isupper() or (word[0].isdigit() and count) or known or quoted or lower):
            break
        stop = word.endswith(".") and not (known or len(bare) <= 2 or bare in _PLACES_SHORT)
        end = match.end() - (1 if word.endswith(".") else 0)
        word_end = match.end()
        if "/" in word and word.split("/")[0].lower() in _STOP:
            break
        at = word_end
        count += 1
        if stop or (word.endswith("-") and count):
            end = min(end, word_end)
            break
    return end


_BUREAUS = frozenset("biro badan lembaga kantor".split())
NAME_ENDS = frozenset("resources resource capital management".split())
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def squeeze(written: str) -> str:
    """Letters and figures only, in lower case: how a name stands in a domain."""
    return _NOT_PLAIN.sub("", written.lower())


def cut_team(written: str) -> str:
    """A sender's or signer's line without the words of an office at either end: ``HRD PT Maju`` gives ``PT Maju``."""
    words = written.replace("_", " ").split()
    while words and (
        fold_word(words[0].strip(",:()")) in TEAM
        or (len(words) > 1 and fold_word(words[0]) in _BUREAUS and fold_word(words[1].strip(",:()")) in TEAM)
    ):
        words.pop(0)
    while words and fold_word(words[-1].strip(",:()")) in TEAM:
        if len(words) > 1 and fold_word(words[-1]) in NAME_ENDS and fold_word(words[-2].strip(",:()")) not in TEAM:
            break  # "Larch Resources", but "Human Resources"
        words.pop()
    return " ".join(words).strip(" ,:-–|")


def person_at(clean: str, begin: int, *, lower: bool = False, longest: int = 4) -> tuple[int, int, bool] | None:
    """The name of a person that begins at ``begin``: where it begins and ends without title, and whether one was written.

    Args:
        lower: accept a name in lower case directly behind an honorific (chat spelling).
    """
    at = begin
    titled = False
    while True:
        while at < len(clean) and clean[at] in " \t":
            at += 1
        match = _PERSON_WORD.match(clean, at)
        if not match:
            return None
        word = match.group()
        bare = fold_word(word)
        if bare.partition("/")[0] in HONORIFICS or bare in _TITLES:
            titled = True
            at = match.end()
            while clean.startswith(("/", "."), at):
                at += 1
            continue
        break
    start = at
    end = at
    count = 0
    while count < longest:
        match = _PERSON_WORD.match(clean, at)
        if not match:
            break
        word = match.group()
        bare = fold_word(word)
        if bare in _MONTH_NAMES and _NAME_GOES_ON.match(clean, match.end()) if not count else bare in _MONTH_NAMES:
            pass  # "Mei Ling", "April Hadi"; "Mei 2026" is none
        elif bare in _STOP or bare in TITLE or bare in TEAM or bare in LEGAL_FRONT:
            break
        if count and bare in FRONT_TYPES and not lower:
            break
        if bare in _PERSON_JOINERS and count:
            pass
        elif not word[0].isupper() and not (lower and titled and count == 0):
            break
        end = match.end()
        count += 1
        if word.endswith(".") and bare in _SHORT_NAMES and clean[end : end + 1] == " " and clean[end + 1 : end + 2].isupper():
            at = end + 1
            continue
        if word.endswith(".") and len(bare) > 2:
            end -= 1
            break
        at = end
        if clean.startswith(" ", at):
            at += 1
        else:
            break
    if not count:
        return None
    return start, end, titled


def is_person(written: str) -> bool:
    """Whether a short line reads as the name of one person."""
    name = bare_name(written)
    words = name.split()
    while len(words) > 1 and fold_word(words[0]) in _TITLES:
        name = name[len(words.pop(0)) :].strip()
    if not 1 <= len(words) <= 5 or any(mark.isdigit() for mark in name) or len(name) > 45:
        return False
    for word in words:
        bare = fold_word(word.strip(",()"))
        if bare in _MONTH_NAMES and len(words) > 1:
            continue
        if not bare or bare in TITLE or bare in TEAM or bare in _STOP or bare in LEGAL_FRONT or bare in LEGAL_BEHIND:
            return False
        if bare in FRONT_TYPES or bare in BACK_TYPES:
            return False
        if not word[0].isalpha() or "@" in word or "/" in word:
            return False
    capitals = sum(1 for word in words if word[0].isupper() or word.lower() in _PERSON_JOINERS)
    return capitals == len(words) or len(words) == 1
