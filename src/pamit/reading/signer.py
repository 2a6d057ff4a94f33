"""Who wrote a message: the name in its signature, its introduction, or the sender's line."""

from __future__ import annotations

import re

from pamit.domain.names import bare_name, same_person
from pamit.reading.found import Found
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
    AS_PRONOUN,
    BUTTONS,
    CLOSED,
    HERE,
    HERE_SHORT,
    HERE_WORDS,
    INTRO,
    INTRO_FROM,
    INTRO_STRICT,
    INTRO_WORDS,
    LAST_WORD,
    LETTERS,
    LISTED,
    LONE,
    NAME_OF_COMPANY,
    NAMES_TOO,
    NO_NAMES,
    NOT_LOWER,
    OFFICE_SIGNS,
    OPENING,
    PASSIVE,
    PLACE_AND_DAY,
    QUOTED,
    REGARDS_FROM,
    SEPARATORS,
    SIGN_OFF,
    TEAM_REST,
    TITLED,
    follows,
    is_company_line,
    opens_clause,
    short_for,
)
from pamit.reading.reach import Reach
from pamit.reading.text import lazy

__all__ = ["Signer"]


_BEFORE_FIRMS = NAME_OF_COMPANY | FRONT_TYPES
_GLUED = re.compile(r"[a-z][A-Z]")
# "Dinda TA Jelajah": in a phone book the office, in capitals, follows the name.
_SHORT_OFFICE = re.compile(r"[A-Z]{2,4}$")


class Signer(Reach):
    """Who signs one letter."""

    def _person(self, at: int, confidence: float, *, lower: bool = True) -> Found | None:
        found = person_at(self.page.clean, at, lower=lower)
        if not found:
            return None
        begin, end, titled = found
        name = self.page.clean[begin:end]
        if self.addressee.is_named(name) or len(name) < 2:
            return None
        if (NO_NAMES.issuperset(name.lower().split()) and not (titled and name in NAMES_TOO)) or (
            name.islower() and (name in NOT_LOWER or not titled)
        ):
            return None
        if name.islower() and PASSIVE.match(name) and self.page.prose[at:begin].strip(" .") in AS_PRONOUN:
            return None
        return Found(name, (begin, end), confidence if titled else confidence - 0.05)

    def _is_name(self, name: str) -> bool:
        words = [fold_word(word) for word in name.split()]
        if len(words) > 1 and (words[-1] in LEGAL_BEHIND or words[-1] in BACK_TYPES):
            return False
        return not any(word in TEAM or word in TITLE or word in AGENCY or word in FRONT_TYPES for word in words)

    def _signer(self) -> Found | None:
        introduced = self._introduced()
        display = self.display
        signed = self._signed(display)
        if signed and display and (same_person(signed.value, display.value) or short_for(signed.value, display.value)):
            return Found(display.value, signed.span, 0.93) if len(display.value) >= len(signed.value) else signed
        if introduced and display and same_person(introduced.value, display.value):
            return Found(display.value, introduced.span, 0.93) if len(display.value) > len(introduced.value) else introduced
        return signed or introduced or display or self._quoted()

    def _quoted(self) -> Found | None:
        """Who signs a note that a platform's mail quotes."""
        for match in QUOTED.finditer(self.page.clean):
            name = match["name"]
            if is_person(name) and self._is_name(name) and name.lower() not in NO_NAMES and not self.addressee.is_named(name):
                return Found(name, match.span("name"), 0.8)
        return None

    @lazy
    def display(self) -> Found | None:
        """The person in the sender's display name ("Nadhira - HCBP", "Bu Lilis", "Dani (Reefline)")."""
        written = self.letter.sender.name
        if not written or "@" in written or (" " not in written and _GLUED.search(written) and not self.letter.sender.mail):
            return None  # "KlinikSehat": an organisation's name, as text messages bear it
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
            elif len(words) > 1 and self.letter.sender.phone:
                name = self._without_shop(words)  # "Rendra Mercon": likewise
            if name in ("RT", "RW"):
                continue  # "Pak RT Larch": an office
            if not name or first in FRONT_TYPES or first in AGENCY or not self._is_name(name) or self.addressee.is_named(name):
                continue
            if not titled and ((rest and not TEAM_REST.fullmatch(rest.lower())) or not is_person(name)):
                continue
            if not titled and not self._confirmed(name):
                continue
            return Found(name, None, 0.9)
        return None

    def _without_shop(self, words: list[str]) -> str:
        """The name of a phone book without the office in capitals or the shop that stand behind it."""
        for index in range(1, len(words)):
            if (_SHORT_OFFICE.match(words[index]) and not words[0].isupper()) or (
                self._is_shop(words[index - 1], words[index])
            ):
                return " ".join(words[:index])
        return " ".join(words)

    def _is_shop(self, first: str, second: str) -> bool:
        """Whether the second word of a phone-book name is the shop's: the text has it apart from the first."""
        return second.lower() in self.page.vocabulary and f"{first} {second}".lower() not in self.page.prose

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
            return not (name.split()[0].isupper() and not name.isupper() and squeeze(name[len(first) :]) in label)
        if self.page.mentions(frozenset((first,))):
            # "Karya Besi", where the text has "Bengkel Las Karya Besi", is the shop.
            return not follows(self.page.prose, name.lower(), _BEFORE_FIRMS if " " in name else NAME_OF_COMPANY)
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
            shown = LETTERS.findall((self.letter.sender.name or self.letter.sender.mail or "").lower())
            for match in HERE_SHORT.finditer(head):
                if match["name"].lower() in shown:
                    return Found(match["name"], match.span("name"), 0.9)
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
        listed = [line for line in lines if LISTED.match(clean, line.begin, line.end)]
        for line in lines:
            body = clean[line.begin : line.end]
            if len(listed) > 1 and line in listed:
                continue  # "- tidak memakai perhiasan": what to heed, and nobody's name
            if line is not lines[-1] and OFFICE_SIGNS.match(body):
                continue
            at = line.begin
            pieces: list[tuple[int, str]] = []
            for match in SEPARATORS.finditer(body):
                pieces.append((at, clean[at : line.begin + match.start()]))
                at = line.begin + match.end()
            pieces.append((at, clean[at : line.end]))
            if (
                is_company_line(pieces[0][1])
                or self.page.within("meet", line.begin, line.end)
                or ADDRESS_LINE.search(body)
                or PLACE_AND_DAY.fullmatch(body)
                or BUTTONS.match(body)
            ):
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
                if len(written) == 1 and shown:
                    continue  # "W." of "Wira Adi"
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
        closed = CLOSED.search(text, max(0, len(text) - 110))
        if closed and (display is None or self.letter.sender.phone):
            named = self._closing_name(closed)
            if named and not (display and same_person(named.value.split()[0], display.value.split()[0])):
                return named
        last = LAST_WORD.search(text, max(0, len(text) - 45)) if display is None and self._is_chat else None
        if last:
            named = self._closing_name(last)
            if named:
                return named
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

    @property
    def _is_chat(self) -> bool:
        return self.letter.sender.mail is None and self.letter.subject is None and len(self.page.lines) < 16

    def _closing_name(self, match: re.Match[str]) -> Found | None:
        """The name at the end of a message, where it can be one."""
        begin, end = match.span("name")
        found = person_at(self.page.clean, begin)
        if not found or found[1] > end or cut_team(self.page.clean[found[1] : end]):
            return None
        end = found[1]
        name = self.page.clean[found[0] : end]
        words = {word.lower() for word in name.split()}
        if words & (NO_NAMES | NOT_LOWER) or not self._is_name(name) or not is_person(name):
            return None
        if self.addressee.is_named(name) or self._is_org(name):
            return None
        return Found(name, (found[0], end), 0.85)

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
