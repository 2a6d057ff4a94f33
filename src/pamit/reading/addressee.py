"""The candidate as the message names them: never the contact, and the key to lists for several people."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pamit.domain.names import same_person
from pamit.reading.letter import Letter
from pamit.reading.names import (
    fold_word,
    person_at,
)

__all__ = ["Addressee", "find_addressee"]


@dataclass(frozen=True)
class Addressee:
    """The candidate as the message names them: folded words of the names found."""

    words: frozenset[str]
    names: tuple[str, ...]

    def is_named(self, name: str) -> bool:
        """Whether a name can be the candidate's."""
        if self.words.isdisjoint(name.lower().replace(",", " ").replace(".", " ").split()):
            return False
        return any(same_person(name, own) for own in self.names)


_GREETED = re.compile(
    r"[^\w\n]*(?:(?:selamat |sl?mt )?(?:pagi|siang|sore|malam|malem)|kepada(?: yth)?|yth|ykh|"
    r"dear|halo+|hallo|hai|hi|hey|hello|g'day|om swastyastu|"
    r"assalamu?'?ala?ikum\w*(?: \w+){0,2}|shalom|syalom|salam \w+|nama|atas nama)"
    r"(?:[ \t]*[,:.][ \t]*\n?[ \t]*|[ \t]+(?:yth\.?[ \t]+)?|\.?[ \t]*\n[ \t]*(?:yth\.?[ \t]+)?|\.[ \t]+)",
    re.I,
)

# Lines that name somebody to reach, to meet or to talk with.
_OTHERS = frozenset(("contact", "phone", "meet", "interviewer", "email", "note"))

_NAMING = frozenset(
    "utk buat untuk kepada a an atas khusus mengundang memanggil disampaikan sampaikan diteruskan teruskan kamu anda "
    "saudara sdr sdri "
    "saudari".split()
)

_NAMED = re.compile(
    r"(?:(?:di)?(?:sampaikan|teruskan)(?:kan)? (?:kepada|ke)(?=[^\n]{4,60}?(?:,| bahwa| untuk hadir) ?(?:kami|bahwa|"
    r"yang bersangkutan|ybs|untuk hadir))|"
    r"(?:untuk|kepada)(?=[ \t]{0,80}:)|(?:utk|untuk|buat)(?=[ \t]{1,80}(?:kak|mas|mbak|kang|bang|pak|bu|bapak|ibu"
    r"|sdri?|teh|bli|"
    r"koh|cik)\b\.?"
    r"[ \t]{1,80}(?-i:[A-Z])[^\n:,.]{1,30}:)|(?P<for>a\.?[ \t]?n\.|an\.|atas nama)|khusus (?:utk|untuk)|(?:mengundang|"
    r"memanggil) (?:saudara/i|saudara|saudari|sdr/i|sdri?\.?|bapak/ibu|bapak|ibu)"
    r"|(?:kamu|anda|saudara) \(|(?P<address>sdri?\b\.?|saudara|saudari))[ \t]{0,80}:?[ \t]{0,80}(?=(?-i:[A-Z]))",
    re.I,
)


def find_addressee(letter: Letter) -> Addressee:
    """The candidate's own name, as the salutation and the like give it."""
    clean = letter.page.clean
    lines = letter.page.lines
    names: list[str] = []
    starts = [match.end() for line in lines[: letter.greeting + 3] if (match := _GREETED.match(clean, line.begin))]
    for word in letter.page.places(_NAMING):
        match = _NAMED.match(clean, word.begin)
        line = letter.page.line_at(word.begin)
        if line and line.label in _OTHERS:
            continue
        if match and _may_name(clean, word.begin, match):
            starts.append(match.end())
    for start in starts:
        found = person_at(clean, start, lower=True)
        if found and found[1] - found[0] > 1 and fold_word(clean[found[0] : found[1]].split()[0]) not in _NOBODY:
            names.append(clean[found[0] : found[1]])
    for line in letter.page.lines:
        if line.label == "name" and line.value < line.end:
            found = person_at(clean, line.value, lower=True)
            if found:
                names.append(clean[found[0] : found[1]])
    words = frozenset(word for name in names for word in name.lower().split() if len(word) > 2)
    return Addressee(words, tuple(dict.fromkeys(names)))


# "u.p. Sdri. Debby": whom to reach, not whom the letter is for.
_FOR_ANOTHER = re.compile(
    r"\b(?:up|u\.p|cp|pic|d\.a|pertanyaan|kontak|hubungi|info|informasi|konfirmasi|narahubung|tanya|keterangan|penanggung jawab"
    r"|hub)\.?(?:[ \t](?:lebih lanjut|lebih lengkap|lengkap|selengkapnya|kehadiran|person|ke|"
    r"kepada))?[ \t]{0,80}:?[ \t]{0,80}$",
    re.I,
)


# "diberitahukan kepada Sdri. Elma": who is told is who is invited.
_TOLD = re.compile(r"\b(?:diberitahukan|diinformasikan|ditujukan|diumumkan)(?: dengan hormat)? (?:kepada|ke)[ \t:]{0,9}$", re.I)


def _may_name(clean: str, at: int, match: re.Match[str]) -> bool:
    """ "a.n." behind a number names its holder; "Sdr." names the candidate only where a sentence begins with it."""
    before = clean[max(0, at - 32) : at]
    if match.group("for"):
        return not any(mark.isdigit() for mark in before[-3:])
    if match.group("address"):
        if _FOR_ANOTHER.search(before):
            return False
        return at == 0 or before.rstrip(" \t")[-1:] in ("", "\n", ":", ".") or _TOLD.search(before) is not None
    return True


_NOBODY = frozenset(
    "peserta kandidat pelamar calon sobat alumni rekan tim team hrd hr saudara applicant "
    "candidate all everyone semua teman-teman kawan student job".split()
)
