"""Whom to answer or ask: the contact person, the mail address, the phone number.

Order of the contact's name (definition of the field): the person named to answer or ask for; else the signer or
sender; else the person to meet on arrival. Someone who only interviews is none of these, nor is a team.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from pamit.domain.names import bare_name, same_person
from pamit.reading.found import Found
from pamit.reading.letter import Letter, is_noreply
from pamit.reading.names import (
    AGENCY,
    BACK_TYPES,
    FRONT_TYPES,
    LEGAL_BEHIND,
    LEGAL_FRONT,
    TEAM,
    TITLE,
    cut_team,
    fold_word,
    is_person,
    person_at,
    squeeze,
    words_of,
)
from pamit.reading.text import Hit

__all__ = ["Addressee", "Contacts", "find_addressee", "find_contacts"]


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


@dataclass(frozen=True)
class Contacts:
    """The three facts about the contact."""

    name: Found | None
    mail: Found | None
    phone: Found | None


_GREETED = re.compile(
    r"[^\w\n]*(?:(?:selamat |sl?mt )?(?:pagi|siang|sore|malam|malem)|kepada(?: yth)?|yth|ykh|"
    r"dear|halo+|hallo|hai|hi|hey|hello|g'day|om swastyastu|"
    r"assalamu?'?ala?ikum\w*(?: \w+){0,2}|shalom|syalom|salam \w+|nama|atas nama)"
    r"(?:[ \t]*[,:.][ \t]*\n?[ \t]*|[ \t]+(?:yth\.?[ \t]+)?|\.?[ \t]*\n[ \t]*(?:yth\.?[ \t]+)?|\.[ \t]+)",
    re.I,
)
_NAMING = frozenset("untuk kepada a an atas khusus mengundang memanggil kamu anda saudara sdr sdri saudari".split())
_NAMED = re.compile(
    r"(?:(?:untuk|kepada)(?=[ \t]*:)|(?P<for>a\.?[ \t]?n\.|an\.|atas nama)|khusus (?:utk|untuk)|(?:mengundang|"
    r"memanggil) (?:saudara/i|saudara|saudari|sdr/i|sdri?\.?|bapak/ibu|bapak|ibu)"
    r"|(?:kamu|anda|saudara) \(|(?P<address>sdri?\b\.?|saudara|saudari))[ \t]*:?[ \t]*(?=(?-i:[A-Z]))",
    re.I,
)
_PHONE = re.compile(
    r"(?<![\w/.,+-])(?:\+[ \t]?\(?\d{1,3}\)?|\(0\d{1,4}\)|0\d{2}|" r"62(?=[ \t-]?8\d))[\d \t().\u2013-]{4,20}\d"
)
_PHONE_START = re.compile(r"[+(]|0\d\d|62[ \t-]?8")
_CALLED_FROM = re.compile(r"\b(?:from|dari)[ \t]+(?:nomor |number )?$", re.I)
_CALLS = re.compile(r"\b(?:call|ring|phone|menelepon|menelpon|telepon|telpon|hubungi|menghubungi)\b")
_NOT_PHONE = re.compile(r"^\d\d[.:]\d\d\b|^\d{1,2}[-./]\d{1,2}[-./]\d{2,4}$")
_FAX = re.compile(r"\b(?:fax|faks|faksimile|facsimile)\w*[ \t.:]*$", re.I)
_DIAL = re.compile(
    r"\b(?:dial(?:[ -]?in)?|audio|conference|konferensi|sambungan telepon rapat|meeting id|"
    r"id rapat|one tap)\W*(?:\w+\W+){0,3}$",
    re.I,
)
_CALLING = re.compile(
    r"\b(?:nomor kami|nomer kami|dari nomor|dari nomer|dengan nomor|menggunakan nomor|"
    r"menelepon dari|from (?:the )?number|from our|call(?:ing)? (?:you )?from|"
    r"calls? will come from|our number)\W*(?:\w+\W+){0,3}$",
    re.I,
)
_NUMBERS = re.compile(
    r"\b(?:nip|nik|npwp|nidn|rek(?:ening)?|id|kode|pin|passcode|no(?:mor)? (?:surat|test|tes|"
    r"ujian|peserta|rekening|lamaran))\b[\W]*(?:\w+\W+){0,2}$",
    re.I,
)
_MOBILE = re.compile(r"\+62[ ]?8|\+(?!62)")
_INTRO = re.compile(
    r"(?:saya|sy|aku|gue|ini|i'm|i am|this is|it's|my name is|nama saya|dengan saya|dgn saya|"
    r"kulo|kula)[ \t]+(?:dengan |dgn |sama )?"
    r"(?=(?P<name>[^\W\d_][^\n,.!?;]{1,40}))",
    re.I,
)
_INTRO_WORDS = frozenset("saya sy aku gue ini i'm i this it's my nama dengan dgn kulo kula".split())
_HERE_WORDS = frozenset("here sini disini from dari".split())
_OPENING = 700
_GREETINGS = ("pagi", "siang", "sore", "malam", "halo", "hai", "hi", "hello", "perkenalkan", "kak", "mas", "mbak", "bu", "pak")
_LETTERS = re.compile(r"\w+")
_PASSIVE = re.compile(r"(?:di|ter|ber|men|mem)[a-z]{4,}$")
_INTRO_STRICT = re.compile(r"[ \t]+(?:dari|dr|from|hr|hrd|tim|team|here|di sini|yg|yang)\b", re.I)
_INTRO_FROM = re.compile(r"[ \t]+(?:dari|dr|from|yg|yang|here|hr|hrd|tim|team|di sini|,)\b|[ \t]*[,(.]", re.I)
_HERE = re.compile(
    r"(?:^|[\n,.!?][ \t]*|[ \t])(?P<name>[^\W\d_][\w'-]{1,20}(?: [A-Z][\w'-]{1,20})?)[ \t]+(?:here|"
    r"di ?sini|from|dari)\b[ \t]+(?:here[ \t]+)?(?=from|dari|[^\W\d_])",
    re.I,
)
_REGARDS_FROM = re.compile(r"\b(?:salam(?: \w+)?|regards|cheers|love) (?:dari|from)[ \t]+(?=[A-Z])", re.I)
_SIGN_OFF = re.compile(
    r"[-\u2013\u2014~][ \t]*(?P<name>[^\W\d_][^\W\d_']{1,15}(?: [A-Z][^\W\d_']{1,15})?)[ \t]*(?=[,(]|[^\w]*$)[^\n]{0,40}$"
)
_ADDRESS_LINE = re.compile(
    r"\b(?:jl|jln|jalan|gedung|lantai|kav|blok|street|floor|tower|building|ruko|km)\b\.?[ \t]+\w|\b\d{5}\b", re.I
)
_CALLED = re.compile(r"\b(?:saya|sy|aku|kulo|kula|kami)[ \t]*\((?P<name>[^\W\d_]{2,20})\)", re.I)
_TO_LOWER = re.compile(r"\b(?:ke|sama)[ \t]+(?P<name>[a-z]{3,12})[ \t]+(?:ya+|y|aja|dulu)\b")
_SEPARATORS = re.compile(
    r"[ \t]*(?:[|,;(){}\[\]:@=\u2022\u00b7]|[ \t][-\u2013\u2014][ \t]|[ \t]{3,}|/|\t)[ \t]*|"
    r"[ \t]+[-\u2013\u2014]|[-\u2013\u2014][ \t]+"
)
_NEAR = 42


def find_addressee(letter: Letter) -> Addressee:
    """The candidate's own name, as the salutation and the like give it."""
    clean = letter.page.clean
    lines = letter.page.lines
    names: list[str] = []
    starts = [match.end() for line in lines[: letter.greeting + 3] if (match := _GREETED.match(clean, line.begin))]
    for word in letter.page.places(_NAMING):
        match = _NAMED.match(clean, word.begin)
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


def _may_name(clean: str, at: int, match: re.Match[str]) -> bool:
    """ "a.n." behind a number names its holder; "Sdr." names the candidate only where a sentence begins with it."""
    before = clean[max(0, at - 3) : at]
    if match.group("for"):
        return not any(mark.isdigit() for mark in before)
    if match.group("address"):
        return at == 0 or before.rstrip(" \t")[-1:] in ("", "\n", ":", ".")
    return True


def find_contacts(letter: Letter, addressee: Addressee, *, region: str = "ID") -> Contacts:
    """The contact's name, mail address and phone number."""
    reader = _Reader(letter, addressee, region)
    phone = reader.phone()
    mail = reader.mail()
    return Contacts(reader.name(), mail, phone)


class _Reader:
    """One reading of one letter: what the three facts share."""

    def __init__(self, letter: Letter, addressee: Addressee, region: str) -> None:
        self.letter = letter
        self.page = letter.page
        self.addressee = addressee
        self.region = region
        self.cues = self.page.hits
        self.numbers = self._numbers()
        self.signature_from = letter.signature[0].begin if letter.signature else len(self.page.clean)
        self.head_to = letter.head[-1].end if letter.head else 0

    def cue_before(self, tag: str, at: int, reach: int) -> Hit | None:
        """The last phrase of a tag that ends at most ``reach`` before the offset, in the same sentence."""
        found = None
        for hit in self.cues.get(tag, ()):
            if hit.end > at:
                break
            if at - hit.end <= reach:
                found = hit
        if found is not None and self.page.clean.count("\n", found.end, at) > 1:
            return None
        return found

    # ------------------------------------------------------------------ phone

    def _numbers(self) -> list[Hit]:
        clean = self.page.clean
        numbers: list[Hit] = []
        reached = 0
        for start in _PHONE_START.finditer(clean):
            match = _PHONE.match(clean, start.start()) if start.start() >= reached else None
            if match is None:
                continue
            reached = match.end()
            written = match.group()
            digits = sum(mark.isdigit() for mark in written)
            if not 8 <= digits <= 15 or _NOT_PHONE.search(written):
                continue
            numbers.append(Hit(*match.span()))
        urls = self.page.urls
        return [n for n in numbers if not any(u.begin <= n.begin < u.end for u in urls)]

    def phone(self) -> Found | None:
        best: tuple[float, Hit] | None = None
        for number in self.numbers:
            weight = self._phone_weight(number)
            if weight is not None and (best is None or weight > best[0]):
                best = (weight, number)
        if best:
            written = self.page.clean[best[1].begin : best[1].end]
            value = _international(written, self.region)
            if value:
                return Found(value, (best[1].begin, best[1].end), 0.95 if best[0] >= 3 else 0.85)
        if self.letter.sender.phone:
            value = _international(self.letter.sender.phone, self.region)
            if value:
                return Found(value, None, 0.9)
        return None

    def _phone_weight(self, number: Hit) -> float | None:
        clean = self.page.clean
        before = clean[max(0, number.begin - 60) : number.begin]
        line_before = before.rsplit("\n", 1)[-1]
        if (
            _FAX.search(line_before)
            or _DIAL.search(line_before)
            or _CALLING.search(line_before)
            or _NUMBERS.search(line_before)
        ):
            return None
        line = self.page.line_at(number.begin)
        if _CALLED_FROM.search(line_before) and _CALLS.search(self.page.prose, max(0, number.begin - 120), number.begin):
            return None
        weight = 1.0
        if line and line.label in ("phone", "contact", "meet"):
            weight += 3
        begin, end = self.page.sentence(number.begin, number.end)
        begin = max(begin, number.begin - 160)
        if any(begin <= cue.begin < number.begin for cue in self.cues.get("ask", ())):
            weight += 4
        elif self.page.within("reply", begin, min(end, number.end + 60)):
            weight += 3
        if number.begin >= self.signature_from:
            weight += 2
        if self.page.within("aside", begin, number.begin) and self._within("gladi|operator|teknis", begin, end):
            weight -= 4
        if self._within("security|satpam|darurat|emergency", max(begin, number.begin - 40), number.begin):
            weight -= 2
        if self._within(r"jangan (?:telepon|telp|hubungi|wa)", begin, number.begin):
            weight -= 5
        if self._is_mobile(clean[number.begin : number.end]):
            weight += 0.5
        return weight

    def _within(self, pattern: str, begin: int, end: int) -> bool:
        return re.search(pattern, self.page.prose[begin:end]) is not None

    def _is_mobile(self, written: str) -> bool:
        digits = re.sub(r"[^\d+]", "", written)
        return digits.startswith(("08", "628", "+628")) or (digits.startswith("+") and not digits.startswith("+62"))

    # ------------------------------------------------------------------ mail

    def mail(self) -> Found | None:
        clean = self.page.clean
        sender = self.letter.sender.mail
        best: tuple[float, Hit] | None = None
        for mail in self.page.mails:
            address = clean[mail.begin : mail.end]
            if is_noreply(address) or self._is_guest(mail, address):
                continue
            weight = 2.0
            line = self.page.line_at(mail.begin)
            if line and line.label in ("email", "contact", "phone"):
                weight += 2
            begin, _end = self.page.sentence(mail.begin, mail.end)
            if any(begin <= cue.begin < mail.begin for cue in self.cues.get("ask", ())):
                weight += 2
            if mail.begin >= self.signature_from:
                weight += 1
            if sender and address.lower() == sender.lower():
                weight += 1
            local = address.split("@")[0].lower()
            if re.match(r"(?:support|help|helpdesk|bantuan|cs|customer|privacy|abuse)", local):
                weight -= 2.5
            if best is None or weight > best[0]:
                best = (weight, mail)
        if best and best[0] >= 1.5:
            return Found(clean[best[1].begin : best[1].end], (best[1].begin, best[1].end), 0.95)
        if not sender or self.letter.noreply or self._is_robot():
            return None
        return Found(sender, None, 0.95)

    def _is_robot(self) -> bool:
        """The message says itself that nobody reads answers to it."""
        return self.page.mentions(_ROBOT_WORDS) and _ROBOT.search(self.page.prose) is not None

    def _is_guest(self, mail: Hit, address: str) -> bool:
        local = address.split("@")[0].lower()
        if self.addressee.words & set(re.split(r"[^a-z]+", local)):
            return True
        line = self.page.line_at(mail.begin)
        if line is None:
            return False
        index = self.page.line_index(mail.begin)
        head = self.page.prose[line.begin : line.begin + 24]
        if _GUESTS.match(head):
            return True
        for above in self.page.lines[max(0, index - 6) : index]:
            written = self.page.prose[above.begin : above.end]
            if len(written) < 30 and _GUESTS.match(written):
                return True
            if _HOSTS.match(written):
                return False
        return False

    # ------------------------------------------------------------------ name

    def name(self) -> Found | None:
        asked = self._asked()
        signer = self._signer()
        if asked:
            return self._fuller(asked, signer)
        if signer:
            return signer
        return self._met()

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
        if name.lower() in _NO_NAMES or (name.islower() and (name in _NOT_LOWER or not titled)):
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
                    following = _SEPARATORS.search(clean, at, line.end)
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
        if "reply" not in self.cues:
            return None
        for pattern in (_CALLED, _TO_LOWER):
            for match in pattern.finditer(self.page.clean):
                begin, _end = self.page.sentence(*match.span())
                name = match.group("name")
                if name.lower() in _NO_NAMES or not self._is_name(name) or not self.page.within("reply", begin, match.end()):
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
        before = clean[max(begin, number.begin - _NEAR) : number.begin]
        offset = number.begin - len(before)
        asks = any(begin - 1 <= cue.begin < number.begin for cue in self.cues.get("ask", ())) or bool(
            self.page.within("reply", begin, number.begin)
        )
        if self.page.within("aside", begin, number.begin) and not asks:
            return None
        for match in _NAME_START.finditer(before):
            person = self._person(offset + match.start(), 0.93)
            if person is None or person.span is None or person.span[1] > number.begin or not self._is_name(person.value):
                continue
            gap = clean[person.span[1] : number.begin]
            if not _GAP.fullmatch(gap):
                continue
            inner = _IN_BRACKETS.search(gap)
            if inner and is_person(inner.group(1)):
                # "Krani Afdeling (Marbun) hp. …": the office first, its holder in brackets.
                start = person.span[1] + inner.start(1)
                return Found(inner.group(1), (start, start + len(inner.group(1))), 0.9)
            titled = person.confidence > 0.9
            if not titled and (self._in_address(person.span[0]) or not (asks or self._opens_line(person.span[0]))):
                continue
            return person
        behind = _BEHIND.match(clean, number.end)
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
        return at < self.head_to or (
            line is not None and _ADDRESS_LINE.search(self.page.clean, line.begin, line.end) is not None
        )

    def _opens_line(self, at: int) -> bool:
        """Whether a name stands first in its line, but for words of an office ("HRD - Novi (0852 …)")."""
        line = self.page.line_at(at)
        return line is not None and not re.sub(r"[^\w]", "", cut_team(self.page.clean[line.begin : at]))

    def _behind(self, cue: Hit) -> Found | None:
        """The person named directly behind a word of asking ("hubungi Bu Ratih")."""
        clean = self.page.clean
        at = cue.end
        for _ in range(4):
            gap = _ASK_GAP.match(clean, at)
            if gap:
                at = gap.end()
            person = self._person(at, 0.85)
            if person and self._is_name(person.value):
                titled = person.confidence >= 0.85
                weak = self.page.prose[cue.begin : cue.end] in _WEAK_ASK
                if titled and (not weak or self._sentence_replies(cue)):
                    return person
                if not titled and not weak and " " in person.value.strip():
                    return Found(person.value, person.span, 0.8)
                return None
            word = _NEXT_WORD.match(clean, at)
            if not word:
                return None
            if self.page.prose[at : word.end()].strip(" ,:\t") not in _ASK_FILL:
                return None
            at = word.end()
        return None

    def _sentence_replies(self, cue: Hit) -> bool:
        begin, end = self.page.sentence(cue.begin, cue.end)
        return self.page.within("reply", begin, end) is not None

    def _signer(self) -> Found | None:
        introduced = self._introduced()
        display = self.display
        signed = self._signed(display)
        if signed and display and (same_person(signed.value, display.value) or _short_for(signed.value, display.value)):
            return Found(display.value, signed.span, 0.93) if len(display.value) >= len(signed.value) else signed
        if introduced and display and same_person(introduced.value, display.value):
            return Found(display.value, introduced.span, 0.93) if len(display.value) > len(introduced.value) else introduced
        return signed or introduced or display

    @cached_property
    def display(self) -> Found | None:
        """The person in the sender's display name ("Nadhira - HCBP", "Bu Lilis", "Dani (Reefline)")."""
        written = self.letter.sender.name
        if not written or "@" in written:
            return None
        parts = [part for part in _SEPARATORS.split(written) if part.strip()]
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
            if not titled and ((rest and not _TEAM_REST.fullmatch(rest.lower())) or not is_person(name)):
                continue
            if not titled and not self._confirmed(name):
                continue
            return Found(name, None, 0.9)
        return None

    def _confirmed(self, name: str) -> bool:
        """Whether a display name is a person's: the text says it, the address is personal, or it has a first and a last name."""
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
            return not _follows(self.page.prose, name.lower(), _NAME_OF_COMPANY)
        return bool(mail) is False and " " not in name

    def _introduced(self) -> Found | None:
        """The writer who says who they are: "saya Andre dari …", "this is Sofia", "Grace here from …"."""
        head = self.page.clean[:_OPENING]
        for word in self.page.places(_INTRO_WORDS):
            match = _INTRO.match(head, word.begin)
            named = self._named_self(match.start("name"), clause=_opens_clause(head, word.begin)) if match else None
            if named:
                return named
        if self.page.mentions(_HERE_WORDS):
            for match in _HERE.finditer(head):
                named = self._named_self(match.start("name"), clause=False)
                if named:
                    return named
        return None

    def _named_self(self, begin: int, *, clause: bool) -> Found | None:
        clean = self.page.clean
        shown = _LETTERS.findall((self.letter.sender.name or "").lower())
        found = person_at(clean, begin, lower=True)
        lone = None if found else _LONE.match(clean, begin)
        if found:
            start, end, titled = found
        elif lone:
            start, end, titled = lone.start(), lone.end(), False
        else:
            return None
        name = clean[start:end]
        lowered = name.lower()
        if not self._is_name(name) or self.addressee.is_named(name) or lowered in _NO_NAMES:
            return None
        if lowered.split()[0] not in shown:
            if name.isupper() and not titled and len(name) > 1:
                return None
            if name[:1].islower():
                # A name in lower case that nothing else shows needs "saya rina dari …" at the head of its clause.
                if lowered in _NOT_LOWER or _PASSIVE.match(lowered) or not clause or not _INTRO_STRICT.match(clean, end):
                    return None
            elif not titled and not _INTRO_FROM.match(clean, end) and (" " not in name or not clause or name.isupper()):
                return None
        return Found(name, (start, end), 0.9)

    def _signed(self, display: Found | None) -> Found | None:
        clean = self.page.clean
        greeted = _REGARDS_FROM.search(clean) if "dari" in self.page.vocabulary or "from" in self.page.vocabulary else None
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
            for match in _SEPARATORS.finditer(body):
                pieces.append((at, clean[at : line.begin + match.start()]))
                at = line.begin + match.end()
            pieces.append((at, clean[at : line.end]))
            if _is_company_line(pieces[0][1]) or _ADDRESS_LINE.search(body):
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
                if written.lower() in _NO_NAMES or bare_name(written).lower() in _NO_NAMES or self.addressee.is_named(written):
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
        match = _SIGN_OFF.search(text, max(0, len(text) - 70))
        if match and display is None:
            name = match.group("name")
            if (
                self._is_name(name)
                and is_person(name)
                and name.lower() not in _NO_NAMES | _NOT_LOWER
                and not self._is_org(name)
            ):
                return Found(name, match.span("name"), 0.85)
        if display is None:
            return None
        first = display.value.split()[0]
        at = self.page.prose.rfind(first.lower())
        return Found(
            display.value,
            (at, at + len(display.value)) if self.page.clean[at : at + len(display.value)] == display.value else None,
            0.9,
        )

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
        return _follows(self.page.prose, written.lower(), _NAME_OF_COMPANY - {"dari", "from", "kami"})

    def _met(self) -> Found | None:
        clean = self.page.clean
        for line in self.page.lines:
            if line.label == "meet" and line.value < line.end:
                person = self._person(line.value, 0.85)
                if person and self._is_name(person.value):
                    return person
        for cue in self.cues.get("meet", ()):
            gap = _ASK_GAP.match(clean, cue.end)
            person = self._person(gap.end() if gap else cue.end, 0.8)
            if person and self._is_name(person.value) and (person.confidence >= 0.8 or " " in person.value):
                return person
        return None


_NAME_START = re.compile(r"(?<![\w'-])[^\W\d_]")
_GAP = re.compile(
    r"[ \t]*(?:\([^()\n]{0,40}\)?|,[ \t]*\w+(?: \w+){0,4})?[ \t,:;(|/\u2013\u2014.-]*(?:(?:di|"
    r"ke|via|at|on|pada|nomor|no|hp|wa|telp|tlp|telepon|telepon/wa|telp/wa|wa/telp|hp/wa|"
    r"wa/hp|phone|tel|mobile|whatsapp|ext|pesawat|email|surel|"
    r"\d{1,4})[ \t.:/]*){0,4}[ \t(:,-]*",
    re.I,
)
_BEHIND = re.compile(
    r"[ \t]*(?:\([ \t]*|,[ \t]*|/[ \t]*|[-\u2013\u2014][ \t]*|a\.?[ \t]?n\.?[ \t]*|(?:ext|"
    r"pesawat)\.?[ \t]*\d+[ \t]*\(?|u\.?p\.?[ \t]*|dengan[ \t]+|with[ \t]+)+",
    re.I,
)
# A name in lower case is only taken where no common word can be meant ("kakak ada waktu").
_NOT_LOWER = (
    words_of("positions", "stop")
    | words_of("positions", "never")
    | words_of("teams", "stop")
    | frozenset(
        "ada sudah bisa mau dapat diundang lolos hadir datang tolong baik bagus lagi juga masih "
        "siap boleh perlu harus coba sempat kosong free punya ikut pilih balas kabari"
        " jawab kirim bawa cek lihat tunggu ambil yth dimohon diharapkan diminta lulus setuju "
        "berkenan bersedia berminat tertarik memiliki sekalian semua besar kecil kandung".split()
    )
)
_LONE = re.compile(r"[^\W\d_]{2,20}")
_NEXT_WORD = re.compile(r"[ \t]*[\w'/-]+[ \t,:]+")
_IN_BRACKETS = re.compile(
    r"\((?:[Bb]apak|[Ii]bu|[Pp]ak|[Bb]u|[Ss]dri?\.?|[Mm]bak|[Mm]as|[Kk]ak)?[ \t]*([^\W\d_][^()\n\d]{1,38}?)[ \t]*\)"
)
_ASK_GAP = re.compile(r"[ \t]*[:=,(-]?[ \t]*")
_ASK_FILL = frozenset(
    "ke kepada dengan sama dulu admin kami langsung via wa whatsapp our the your with to "
    "recruiter hr hrd staf staff narahubung pic cp sekretaris panitia mas mbak kak bu ibu "
    "bapak pak nomor krani petugas bagian posko call at person hp telp telepon tim secretary "
    "coordinator is know in touch out".split()
)
_WEAK_ASK = frozenset(
    "kepada melalui lewat via info up konfirmasi mail let ask reach call text email advise "
    "dituju a n wa chat telp telepon tanya recruiter".split()
) - {"chat", "wa", "tanya", "recruiter", "advise", "call", "text", "ask", "email"}
_ROBOT = re.compile(
    r"(?:jangan|tidak perlu|mohon (?:untuk )?tidak|mohon jangan|"
    r"tidak usah) (?:di)?(?:mem)?balas|replies (?:to this \w+ )?are not monitored|(?:do not|"
    r"don't) reply|not monitored|unmonitored|tidak dipantau|pesan sistem|email otomatis|"
    r"dikirim (?:secara )?otomatis|automatically generated"
)
_ROBOT_WORDS = frozenset("balas membalas dibalas monitored unmonitored reply dipantau sistem otomatis automatically".split())
_GUESTS = re.compile(
    r"\W*(?:tamu|guests?|attendees?|peserta rapat|required|optional|diperlukan|opsional|to|"
    r"kepada|cc|tembusan|who)\b[ \t]*(?:[:(]|$)"
)
_HOSTS = re.compile(r"\W*(?:penyelenggara|organi[sz]er|host)\b")
_NOBODY = frozenset(
    "peserta kandidat pelamar calon sobat alumni rekan tim team hrd hr saudara applicant "
    "candidate all everyone semua teman-teman kawan student job".split()
)
_TEAM_REST = re.compile(r"(?:[\w&/.-]+[ ]?){0,4}")
_NO_NAMES = frozenset(
    """
    tempat terima kasih salam hormat kami saya admin ya kak mas mbak bapak ibu sana sini kantor tim team besok siang pagi
    sore malam info notes note
    undangan interview wawancara regards best thanks cheers sincerely hi halo selamat reminder online offline zoom google
    meet teams pemberitahuan
    sudah mau tunggu dari yang akan sedang telah juga bisa hanya kirim coba lagi infokan undang here we you it available
    afraid writing sorry happy glad
    pleased looking just calling delighted very so a an the for from to at in hasil adalah jadwal pesan lamaran nomor
    detail link alamat posisi
    hrd hr recruiter rekrutmen owner ga jangan untuk dengan surat kesempatan merupakan daftar contact questions please
    phone mobile email website jakarta
    bandung surabaya medan semarang yogyakarta jogja denpasar bali makassar manado palembang batam bekasi depok tangerang
    bogor malang solo indonesia
    terlampir lampiran catatan perihal lanjutan kabar informasi pengumuman mohon harap tolong silakan silahkan konfirmasi
    kalau jika bila nanti anda
    kakak saudara saudari wa whatsapp telp telepon sehat sukses semangat gratis yth ok oke baik siap see join call reply
    ask where when date time
    """.split()
)


_NAME_OF_COMPANY = frozenset("pt pt. cv cv. di at from dari tim team join kami".split())


def _follows(prose: str, name: str, words: frozenset[str]) -> bool:
    """Whether a name stands somewhere directly behind one of the words ("di Gelora", "PT Gelora")."""
    at = prose.find(name)
    while at >= 0:
        before = prose[max(0, at - 12) : at].split()
        if before and before[-1] in words and prose[at - 1] in " \t":
            return True
        at = prose.find(name, at + 1)
    return False


def _opens_clause(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t")
    return not before or before[-1] in ",.!?\n:;" or not before[-1].isalnum() or before.lower().endswith(_GREETINGS)


def _is_company_line(written: str) -> bool:
    words = [fold_word(word.strip("(),")) for word in written.split()]
    return len(words) > 1 and (
        words[0] in LEGAL_FRONT or words[0] in FRONT_TYPES or words[-1] in BACK_TYPES or words[-1] in LEGAL_BEHIND
    )


def _short_for(short: str, full: str) -> bool:
    """Whether a lone name is the beginning of a first name ("Steph" for "Stephanie")."""
    return " " not in short and len(short) >= 3 and full.lower().startswith(short.lower())


_NOT_DIGIT = re.compile(r"[^\d+]")


def _international(written: str, region: str) -> str | None:
    """A number in E.164, or None where it cannot be one."""
    if region == "ID":
        digits = _NOT_DIGIT.sub("", written)
        national = digits[1:] if digits.startswith("0") else digits[3:] if digits.startswith("+62") else ""
        if 8 <= len(national) <= 12 and national[0] != "0":
            return "+62" + national  # as phonenumbers would, a good deal faster
    # Imported here: most of a program's runs read no phone number, and the metadata takes a while to load.
    import phonenumbers

    written = written.replace("(0)", "").replace("\u2013", "-")
    if written.startswith("62"):
        written = "+" + written
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
