"""Whom to answer or ask: the contact person's name.

Order (definition of the field): the person named to answer or ask for; else the signer or sender; else the person to meet on
arrival. Someone who only interviews is none of these, nor is a team.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pamit.domain.names import same_person
from pamit.reading.addressee import Addressee
from pamit.reading.found import Found
from pamit.reading.letter import Letter
from pamit.reading.names import (
    cut_team,
    is_person,
)
from pamit.reading.people_words import (
    ADDRESS_LINE,
    ASK_FILL,
    ASK_GAP,
    AT_A_FIRM,
    BEHIND,
    BRACKETED,
    CALLED,
    CALLED_WORDS,
    GAP,
    IN_BRACKETS,
    LET_KNOW,
    NAME_START,
    NEAR,
    NEGATED,
    NEXT_WORD,
    NO_NAMES,
    OFFICE_BEFORE,
    OFFICE_THEN_NAME,
    OWN,
    PRONOUN,
    SEPARATORS,
    TITLED,
    TO_LOWER,
    WEAK_ASK,
)
from pamit.reading.signer import Signer
from pamit.reading.text import Hit

__all__ = ["Contacts", "find_contacts"]


def _without_verb(person: Found | None) -> Found | None:
    """ "Questions? Ask Wulan at …": a verb that opens the sentence is no part of the name."""
    if person is None:
        return None
    verb, _, name = person.value.partition(" ")
    if not name or verb.lower() not in CALLED_WORDS:
        return person
    span = (person.span[0] + len(verb) + 1, person.span[1]) if person.span else None
    return Found(name, span, person.confidence)


@dataclass(frozen=True)
class Contacts:
    """The three facts about the contact."""

    name: Found | None
    mail: Found | None
    phone: Found | None


def find_contacts(letter: Letter, addressee: Addressee, *, region: str = "ID") -> Contacts:
    """The contact's name, mail address and phone number."""
    reader = _Names(letter, addressee, region)
    phone = reader.phone()
    mail = reader.mail()
    return Contacts(reader.name(), mail, phone)


class _Names(Signer):
    """Who the contact is: the person asked for, the signer, the person to meet."""

    def name(self) -> Found | None:
        asked = self._asked()
        if asked and " " in asked.value:
            return asked
        signer = self._signer()
        if asked:
            return self._fuller(asked, signer)
        return signer or self._met()

    def _fuller(self, person: Found, other: Found | None) -> Found:
        """The same person under a longer name ("Hana" in the text, "Hana Putri" in the signature)."""
        for longer in (other, self.display):
            if longer and len(longer.value) > len(person.value) and same_person(longer.value, person.value):
                return longer
        return person

    def _asked(self) -> Found | None:
        clean = self.page.clean
        for line in self.page.lines:
            if line.label in ("contact", "phone", "email") and line.value < line.end:
                at = line.value
                while at < line.end and at - line.value < 60:
                    person = self._person(at, 0.95)
                    if person and person.span and person.span[1] <= line.end and self._is_name(person.value):
                        return person
                    following = SEPARATORS.search(clean, at, line.end)
                    if not following or following.end() == at:
                        break
                    at = following.end()
            office = OFFICE_THEN_NAME.search(clean, line.begin, line.end)
            person = self._person(office.end(), 0.95) if office else None
            if person and self._is_name(person.value) and " " in person.value:
                return person
        best: Found | None = None
        for number in [*self.numbers, *self.page.mails]:
            person = self._beside(number)
            if person and (best is None or person.confidence > best.confidence):
                best = person
        if best and best.confidence >= 0.9:
            return best
        for cue in self.cues.get("ask", ()):
            person = self._behind(cue)
            if person and (best is None or person.confidence > best.confidence):
                best = person
        return best or self._called()

    def _called(self) -> Found | None:
        """Chat ways of naming oneself or another: "konfirmasi ke saya (Zaenal)", "kabarin ke rara ya"."""
        if not self.page.mentions(CALLED_WORDS):
            return None
        for pattern in (CALLED, TO_LOWER, LET_KNOW):
            for match in pattern.finditer(self.page.clean):
                begin, _end = self.page.sentence(*match.span())
                name = match.group("name")
                if name.lower() in NO_NAMES or not self._is_name(name) or not is_person(name) or self.addressee.is_named(name):
                    continue
                if pattern is not LET_KNOW and not self.page.within("reply", begin, match.end()):
                    continue
                return Found(name, match.span("name"), 0.85)
        return None

    def _beside(self, number: Hit) -> Found | None:
        """The person named directly before or behind a number or address."""
        clean = self.page.clean
        if number in self.numbers and self._phone_weight(number) is None:
            return None
        begin, _end = self.page.sentence(number.begin, number.end)
        before = clean[max(begin, number.begin - NEAR) : number.begin]
        offset = number.begin - len(before)
        bracketed = BRACKETED.search(before)
        if bracketed and is_person(bracketed.group(1)) and self._is_name(bracketed.group(1)):
            # "admin klinik (Dina) 0877 …"
            person = self._person(offset + bracketed.start(1), 0.92)
            if person:
                return Found(person.value, person.span, 0.92)
        asks = clean[number.begin - 1 : number.begin] == "(" and any(
            self.page.within(tag, begin, _end) for tag in ("reply", "answer")
        )
        asks = (
            asks
            or bool(self.page.beginning("ask", begin - 1, number.begin))
            or any(self.page.within(tag, begin, number.begin) for tag in ("reply", "answer"))
        )
        if self.page.within("aside", begin, number.begin) and not asks:
            return None
        untitled: Found | None = None
        for match in NAME_START.finditer(before):
            person = _without_verb(self._person(offset + match.start(), 0.93))
            if person is None or person.span is None or person.span[1] > number.begin or not self._is_name(person.value):
                continue
            gap = clean[person.span[1] : number.begin]
            if not GAP.fullmatch(gap):
                continue
            inner = IN_BRACKETS.search(gap)
            if inner and is_person(inner.group(1)):
                # "Krani Afdeling (Marbun) hp. …": the office first, its holder in brackets.
                start = person.span[1] + inner.start(1)
                return Found(inner.group(1), (start, start + len(inner.group(1))), 0.9)
            titled = person.confidence > 0.9
            if titled:
                return person
            if not self._in_address(person.span[0]) and (asks or self._opens_line(person.span[0])):
                untitled = untitled or person  # "Cakra Tour (Bpk. Hendra 0812 …)": a person with an honorific is nearer
        if untitled:
            return untitled
        behind = BEHIND.match(clean, number.end)
        if behind:
            person = self._person(behind.end(), 0.92)
            if (
                person
                and self._is_name(person.value)
                and (person.confidence > 0.9 or asks or behind.group().strip()[:1] == "(")
            ):
                return person
        return None

    def _in_address(self, at: int) -> bool:
        line = self.page.line_at(at)
        if at < self.head_to or line is None:
            return at < self.head_to
        begin = max(line.begin, self.page.sentence(at, at + 1)[0])
        return ADDRESS_LINE.search(self.page.clean, begin, at) is not None

    def _opens_line(self, at: int) -> bool:
        """Whether a name stands first in its line, but for words of an office ("HRD - Novi (0852 …)")."""
        line = self.page.line_at(at)
        return line is not None and not re.sub(r"[^\w]", "", cut_team(self.page.clean[line.begin : at]))

    def _behind(self, cue: Hit) -> Found | None:
        """The person named directly behind a word of asking ("hubungi Bu Ratih")."""
        clean = self.page.clean
        if AT_A_FIRM.match(self.page.prose, cue.end) or NEGATED.search(self.page.prose, max(0, cue.begin - 16), cue.begin):
            return None
        if clean[cue.begin].isupper() and OFFICE_BEFORE.search(clean, max(0, cue.begin - 24), cue.begin):
            return None
        at = cue.end
        own = False
        for _ in range(4):
            gap = ASK_GAP.match(clean, at)
            if gap:
                at = gap.end()
            if PRONOUN.match(clean, at):
                return self._named_before(cue.begin)
            person = self._person(at, 0.85)
            if person and self._is_name(person.value):
                titled = person.confidence >= 0.85
                if not titled and self.page.prose[cue.begin : cue.end] == "hub":
                    return None  # "Hub Ciputat": a house of couriers
                weak = self.page.prose[cue.begin : cue.end] in WEAK_ASK
                if titled and (not weak or self._sentence_replies(cue)):
                    return person
                if own and not titled:
                    return person
                if not titled and not weak and " " in person.value.strip():
                    return Found(person.value, person.span, 0.8)
                return None
            word = NEXT_WORD.match(clean, at)
            if not word:
                return None
            if self.page.prose[at : word.end()].strip(" ,:\t") not in ASK_FILL:
                return None
            own = self.page.prose[at : word.end()].strip(" ,:\t") in OWN
            at = word.end()
        return None

    def _named_before(self, at: int) -> Found | None:
        """The person whom "beliau", "her" means: the last one named with an honorific."""
        found: Found | None = None
        for match in TITLED.finditer(self.page.clean, max(0, at - 240), at):
            person = self._person(match.start(), 0.88)
            if person and person.confidence >= 0.88 and self._is_name(person.value):
                found = person
        return found

    def _sentence_replies(self, cue: Hit) -> bool:
        begin, end = self.page.sentence(cue.begin, cue.end)
        return any(self.page.within(tag, begin, end) is not None for tag in ("reply", "answer"))

    def _met(self) -> Found | None:
        clean = self.page.clean
        for line in self.page.lines:
            if line.label == "meet" and line.value < line.end:
                person = self._person(line.value, 0.85)
                if person and self._is_name(person.value):
                    return person
        for cue in self.cues.get("meet", ()):
            gap = ASK_GAP.match(clean, cue.end)
            if gap and "." in gap.group():
                continue  # "… setelah pesan ini diterima. Utamakan Selamat!"
            person = self._person(gap.end() if gap else cue.end, 0.8)
            if person and self._is_name(person.value) and (person.confidence >= 0.8 or " " in person.value):
                return person
        return None
