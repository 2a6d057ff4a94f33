"""Whom to answer or ask: the contact person's name.

Order (definition of the field): the person named to answer or ask for; else the signer or sender; else the person to meet on
arrival. Someone who only interviews is none of these, nor is a team.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pamit.domain.names import bare_name, same_person
from pamit.reading.addressee import Addressee
from pamit.reading.found import Found
from pamit.reading.letter import Letter
from pamit.reading.names import (
    AGENCY,
    BACK_TYPES,
    FRONT_TYPES,
    LEGAL_BEHIND,
    TEAM,
    TITLE,
    cut_team,
    fold_word,
    is_person,
    person_at,
    squeeze,
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
    HERE,
    HERE_WORDS,
    IN_BRACKETS,
    INTRO,
    INTRO_FROM,
    INTRO_STRICT,
    INTRO_WORDS,
    LET_KNOW,
    LETTERS,
    LONE,
    NAME_OF_COMPANY,
    NAME_START,
    NEAR,
    NEGATED,
    NEXT_WORD,
    NO_NAMES,
    NOT_LOWER,
    OPENING,
    PASSIVE,
    PRONOUN,
    REGARDS_FROM,
    SEPARATORS,
    SIGN_OFF,
    TEAM_REST,
    TITLED,
    TO_LOWER,
    WEAK_ASK,
    follows,
    is_company_line,
    opens_clause,
    short_for,
)
from pamit.reading.reach import Reach
from pamit.reading.text import Hit, lazy

__all__ = ["Contacts", "find_contacts"]


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


class _Names(Reach):
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

    def _person(self, at: int, confidence: float, *, lower: bool = True) -> Found | None:
        found = person_at(self.page.clean, at, lower=lower)
        if not found:
            return None
        begin, end, titled = found
        name = self.page.clean[begin:end]
        if self.addressee.is_named(name) or len(name) < 2:
            return None
        if name.lower() in NO_NAMES or (name.islower() and (name in NOT_LOWER or not titled)):
            return None
        return Found(name, (begin, end), confidence if titled else confidence - 0.05)

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

    def _is_name(self, name: str) -> bool:
        words = [fold_word(word) for word in name.split()]
        if len(words) > 1 and (words[-1] in LEGAL_BEHIND or words[-1] in BACK_TYPES):
            return False
        return not any(word in TEAM or word in TITLE or word in AGENCY or word in FRONT_TYPES for word in words)

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
            or any(begin - 1 <= cue.begin < number.begin for cue in self.cues.get("ask", ()))
            or any(self.page.within(tag, begin, number.begin) for tag in ("reply", "answer"))
        )
        if self.page.within("aside", begin, number.begin) and not asks:
            return None
        for match in NAME_START.finditer(before):
            person = self._person(offset + match.start(), 0.93)
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
            if not titled and (self._in_address(person.span[0]) or not (asks or self._opens_line(person.span[0]))):
                continue
            return person
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
        at = cue.end
        for _ in range(4):
            gap = ASK_GAP.match(clean, at)
            if gap:
                at = gap.end()
            if PRONOUN.match(clean, at):
                return self._named_before(cue.begin)
            person = self._person(at, 0.85)
            if person and self._is_name(person.value):
                titled = person.confidence >= 0.85
                weak = self.page.prose[cue.begin : cue.end] in WEAK_ASK
                if titled and (not weak or self._sentence_replies(cue)):
                    return person
                if not titled and not weak and " " in person.value.strip():
                    return Found(person.value, person.span, 0.8)
                return None
            word = NEXT_WORD.match(clean, at)
            if not word:
                return None
            if self.page.prose[at : word.end()].strip(" ,:\t") not in ASK_FILL:
                return None
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

    def _signer(self) -> Found | None:
        introduced = self._introduced()
        display = self.display
        signed = self._signed(display)
        if signed and display and (same_person(signed.value, display.value) or short_for(signed.value, display.value)):
            return Found(display.value, signed.span, 0.93) if len(display.value) >= len(signed.value) else signed
        if introduced and display and same_person(introduced.value, display.value):
            return Found(display.value, introduced.span, 0.93) if len(display.value) > len(introduced.value) else introduced
        return signed or introduced or display

    @lazy
    def display(self) -> Found | None:
        """The person in the sender's display name ("Nadhira - HCBP", "Bu Lilis", "Dani (Reefline)")."""
        written = self.letter.sender.name
        if not written or "@" in written:
            return None
        parts = [part for part in SEPARATORS.split(written) if part.strip()]
        for part in parts[:3]:
            found = person_at(part, 0, lower=True)
            if not found:
                continue
            begin, end, titled = found
            name = part[begin:end].strip()
            rest = part[end:].strip()
            words = name.split()
            while len(words) > 1 and (words[-1].lower() in FRONT_TYPES or words[-1].lower() in AGENCY):
                words.pop()
            name = " ".join(words)
            first = words[0].lower() if words else ""
            if len(name) <= 3 and name.isupper():
                continue
            if titled and len(words) > 1:
                # "Kak Jessy Maison Kue": in a phone book the shop stands behind the name.
                name = words[0] if self.letter.sender.phone else name
            if not name or first in FRONT_TYPES or first in AGENCY or not self._is_name(name) or self.addressee.is_named(name):
                continue
            if not titled and ((rest and not TEAM_REST.fullmatch(rest.lower())) or not is_person(name)):
                continue
            if not titled and not self._confirmed(name):
                continue
            return Found(name, None, 0.9)
        return None

    def _confirmed(self, name: str) -> bool:
        """Whether a display name is a person's: the text says so, the address is personal, or it has two names."""
        first = name.split()[0].lower()
        mail = (self.letter.sender.mail or "").lower()
        local, _, domain = mail.partition("@")
        tight = squeeze(name)
        label = squeeze(domain.split(".")[0])
        if mail and (tight in label or label in tight) and first not in local:
            return False
        if first in local:
            return True
        if self.page.mentions(frozenset((first,))):
            return not follows(self.page.prose, name.lower(), NAME_OF_COMPANY)
        return bool(mail) is False and " " not in name

    def _introduced(self) -> Found | None:
        """The writer who says who they are: "saya Andre dari …", "this is Sofia", "Grace here from …"."""
        head = self.page.clean[:OPENING]
        for word in self.page.places(INTRO_WORDS):
            match = INTRO.match(head, word.begin)
            named = self._named_self(match.start("name"), clause=opens_clause(head, word.begin)) if match else None
            if named:
                return named
        if self.page.mentions(HERE_WORDS):
            for match in HERE.finditer(head):
                named = self._named_self(match.start("name"), clause=False)
                if named:
                    return named
        return None

    def _named_self(self, begin: int, *, clause: bool) -> Found | None:
        clean = self.page.clean
        shown = LETTERS.findall((self.letter.sender.name or "").lower())
        found = person_at(clean, begin, lower=True)
        lone = None if found else LONE.match(clean, begin)
        if found:
            start, end, titled = found
        elif lone:
            start, end, titled = lone.start(), lone.end(), False
        else:
            return None
        name = clean[start:end]
        lowered = name.lower()
        if not self._is_name(name) or self.addressee.is_named(name) or lowered in NO_NAMES:
            return None
        if lowered.split()[0] not in shown:
            if name.isupper() and not titled and len(name) > 1:
                return None
            if name[:1].islower():
                # A name in lower case that nothing else shows needs "saya rina dari …" at the head of its clause.
                if lowered in NOT_LOWER or PASSIVE.match(lowered) or not clause or not INTRO_STRICT.match(clean, end):
                    return None
            elif not titled and not INTRO_FROM.match(clean, end) and (" " not in name or not clause or name.isupper()):
                return None
        return Found(name, (start, end), 0.9)

    def _signed(self, display: Found | None) -> Found | None:
        clean = self.page.clean
        greeted = REGARDS_FROM.search(clean) if "dari" in self.page.vocabulary or "from" in self.page.vocabulary else None
        if greeted:
            person = self._person(greeted.end(), 0.93, lower=False)
            if person and self._is_name(person.value):
                return person
        lines = self.letter.signature
        if display:
            # Where a line names the sender, that is the signature, whatever closes the letter above it.
            own = [line for line in lines if display.value.split()[0].lower() in self.page.prose[line.begin : line.end]]
            lines = tuple(own) or lines
        shown = (self.letter.sender.name or "").lower()
        for line in lines:
            body = clean[line.begin : line.end]
            at = line.begin
            pieces: list[tuple[int, str]] = []
            for match in SEPARATORS.finditer(body):
                pieces.append((at, clean[at : line.begin + match.start()]))
                at = line.begin + match.end()
            pieces.append((at, clean[at : line.end]))
            if is_company_line(pieces[0][1]) or ADDRESS_LINE.search(body):
                continue
            for begin, piece in pieces:
                written = piece.strip(" \t\"'.!()[]-–—")
                if not written or len(written) > 60:
                    continue
                shift = piece.find(written)
                single = " " not in bare_name(written)
                if not is_person(written):
                    continue
                if single and not written[0].isupper() and written.lower() not in shown:
                    continue
                if written.lower() in NO_NAMES or bare_name(written).lower() in NO_NAMES or self.addressee.is_named(written):
                    continue
                if self._is_org(written):
                    continue
                found = person_at(clean, begin + shift, lower=True)
                if found:
                    return Found(clean[found[0] : found[1]], (found[0], found[1]), 0.93)
                start = begin + shift
                return Found(written, (start, start + len(written)), 0.88)
        return self._inline_signature()

    def _inline_signature(self) -> Found | None:
        """A chat message that ends with its writer's name ("… thanks! Owen Kargoku", "– Ken, Mossy & Co")."""
        display = self.display
        text = self.page.clean.rstrip()
        match = SIGN_OFF.search(text, max(0, len(text) - 70))
        if match and display is None:
            name = match.group("name")
            if self._is_name(name) and is_person(name) and name.lower() not in NO_NAMES | NOT_LOWER and not self._is_org(name):
                return Found(name, match.span("name"), 0.85)
        titled = self._titled_end(text)
        if titled:
            return titled
        if display is None:
            return None
        first = display.value.split()[0]
        at = self.page.prose.rfind(first.lower())
        return Found(
            display.value,
            (at, at + len(display.value)) if self.page.clean[at : at + len(display.value)] == display.value else None,
            0.9,
        )

    def _titled_end(self, text: str) -> Found | None:
        """ "… ya kak. Ibu Baiq", "… suwun. (Kades Suroto)": a name with its honorific closes a chat message."""
        for match in TITLED.finditer(text, max(0, len(text) - 40)):
            before = text[: match.start()].rstrip(" \t")
            person = self._person(match.start(), 0.88)
            if (
                person
                and person.span
                and self._is_name(person.value)
                and (not before or not (before[-1].isalnum() or before[-1] in ",&/"))
                and not any(mark.isalnum() for mark in text[person.span[1] :])
            ):
                return person
        return None

    def _is_org(self, written: str) -> bool:
        """Whether a signature line is the company: its letters stand in the sender's domain or display name."""
        tight = squeeze(written)
        mail = (self.letter.sender.mail or "").lower()
        local, _, domain = mail.partition("@")
        label = squeeze(domain.split(".")[0]) if domain else ""
        first = written.lower().split()[0]
        shown = re.findall(r"\w+", (self.letter.sender.name or "").lower())
        if self.display is None and len(first) > 3 and first in shown and any(word in TEAM or word in TITLE for word in shown):
            return True
        if label and len(tight) > 3 and (tight in label or (label in tight)) and first not in local:
            return True
        return follows(self.page.prose, written.lower(), NAME_OF_COMPANY - {"dari", "from", "kami"})

    def _met(self) -> Found | None:
        clean = self.page.clean
        for line in self.page.lines:
            if line.label == "meet" and line.value < line.end:
                person = self._person(line.value, 0.85)
                if person and self._is_name(person.value):
                    return person
        for cue in self.cues.get("meet", ()):
            gap = ASK_GAP.match(clean, cue.end)
            person = self._person(gap.end() if gap else cue.end, 0.8)
            if person and self._is_name(person.value) and (person.confidence >= 0.8 or " " in person.value):
                return person
        return None
