"""The contact's phone number and mail address.

Definition of the fields: the number to answer or ask, else the signature's or letterhead's (mobile before landline), never a
fax or dial-in, nor a number that a call will only come from; the address in the text, else the sender's, never one that
nobody reads.
"""

from __future__ import annotations

import re

from pamit.reading.addressee import Addressee
from pamit.reading.found import Found
from pamit.reading.letter import Letter, is_noreply
from pamit.reading.text import Hit

__all__ = ["Reach"]

_PHONE = re.compile(
    r"(?<![\w/.,+-])(?:\+[ \t]?\(?\d{1,3}\)?|\(0\d{1,4}\)|0\d{2}|"
    r"62(?=[ \t-]?8\d)|6[05][1-9]{0,2}(?=-))[\d \t().\u2013-]{4,20}\d"
)

_PHONE_START = re.compile(r"[+(]|0\d\d|62[ \t-]?8|6[05][1-9]{0,2}-")

_CALLED_FROM = re.compile(r"\b(?:from|dari)[ \t]+(?:nomor |number )?$", re.I)

_CALLS = re.compile(r"\b(?:call|ring|phone|menelepon|menelpon|telepon|telpon|hubungi|menghubungi)\b")

_PIN = re.compile(r",{1,4}\d{4}|[ \t,;(]*(?:pin|passcode|kode|conference id|meeting id|id rapat|access code|ext id)\b", re.I)

# So far behind a number a sentence is read for what forbids calling it.
_FAR_BEHIND = 400

_NOT_PHONE = re.compile(r"^\d{4}-\d{4}$|^\d\d[.:]\d\d\b|^\d{1,2}[-./]\d{1,2}[-./]\d{2,4}$")

_FAX = re.compile(r"\b(?:fax|faks|faksimile|facsimile)\w*[ \t.:]*$", re.I)

_DIAL = re.compile(
    r"\b(?:dial(?:[ -]?in)?|audio|conference|konferensi|sambungan telepon rapat|meeting id|"
    r"id rapat|one tap)\W*(?:\w+\W+){0,3}$",
    re.I,
)

# The line above a dial-in number: "One tap mobile", "Dial by your location", "Join by phone".
_DIAL_ABOVE = re.compile(r"\b(?:one tap mobile|dial[ -]?in|dial by|join by phone|bergabung (?:lewat|melalui) telepon)\b")
_DIAL_LINES = 8
_NOT_DIGIT_OR_SIGN = re.compile(r"[^\W\d_]")

_CALLING = re.compile(
    r"\b(?:nomor kami|nomer kami|(?:nomor|nomer|no) beliau|(?:his|her) number(?: is)?|dari nomor|dari nomer|dengan nomor|"
    r"menggunakan nomor|"
    r"menelepon dari|from (?:the |this |my |our )?(?:following )?(?:number|line|mobile)|dari nomor (?:ini|berikut)|from our|"
    r"call(?:ing)? (?:you )?from|"
    r"calls? will come from|our number)\W*(?:\w+\W+){0,3}$",
    re.I,
)

# "saya di 0812 …", "I'm on …": the writer's own.
_OWN = re.compile(
    r"\b(?:saya|sy|aku|kami|i'm|i am|me|us)(?: bisa| dapat)?(?: dihubungi)?(?: available| reachable)? (?:di|on|"
    r"at)\W*(?:\w+\W+)?$",
    re.I,
)

_PERSON = re.compile(
    r"\b(?:pak|bu|ibu|bapak|bpk|sdri?|saudara|saudari|kak|mas|mbak|mr|mrs|ms|"
    r"miss)\b\.?[ \t]++[A-Z][\w']+(?:[ \t]++[A-Z][\w']+){0,3}"
    r"[ \t,:(/-]*+(?:(?=[adhnoptw])(?:di|on|at|no(?:mor)?|hp|w(?:a|hatsapp)|tel(?:p|epon)|phone)[ \t.:/]*+){0,4}\(?$",
    re.I,
)

_REHEARSAL = re.compile(r"gladi|operator|teknis")
_GUARD = re.compile(r"security|satpam|darurat|emergency")
_FORBIDDEN = re.compile(
    r"jangan (?:di)?(?:telepon|telp|hubungi|wa|dibalas|balas|chat)|(?:do not|don't|please don't) (?:call|text|reply|ring)"
)

_NUMBERS = re.compile(
    r"\b(?:nip|nik|npwp|nidn|rek(?:ening)?|id|kode|pin|passcode|no(?:mor)? (?:surat|test|tes|"
    r"ujian|peserta|rekening|lamaran))\b[\W]*(?:\w+\W+){0,2}$",
    re.I,
)


class Reach:
    """How the contact can be reached: the phone number and the mail address of one letter."""

    def __init__(self, letter: Letter, addressee: Addressee, region: str) -> None:
        self.letter = letter
        self.page = letter.page
        self.addressee = addressee
        self.region = region
        self.cues = self.page.hits
        self.numbers = self._numbers()
        self.signature_from = letter.signature[0].begin if letter.signature else len(self.page.clean)
        self.head_to = letter.head[-1].end if letter.head else 0

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
            if not 8 <= digits <= 15 or _NOT_PHONE.search(written) or _PIN.match(clean, match.end()):
                continue
            numbers.append(Hit(*match.span()))
        return [number for number in numbers if not self.page.in_link(number.begin)]

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
        if line and not _NOT_DIGIT_OR_SIGN.search(clean[line.begin : number.begin]):
            own = index = self.page.line_index(number.begin)
            index -= 1
            while (
                index > 0 and own - index < _DIAL_LINES and clean[self.page.lines[index].begin] in "+(0123456789\u2022*-\u00b7"
            ):
                index -= 1
            above = self.page.lines[max(0, index)]
            if above.begin < line.begin and _DIAL_ABOVE.search(self.page.prose, above.begin, above.end):
                return None
        if _CALLED_FROM.search(line_before) and _CALLS.search(self.page.prose, max(0, number.begin - 120), number.begin):
            return None
        weight = 1.0
        if line and line.label in ("phone", "contact", "meet"):
            weight += 1 if line.label == "phone" and number.begin >= self.signature_from else 3
        begin, end = self.page.sentence(number.begin, number.end)
        begin, end = max(begin, number.begin - 160), min(end, number.end + _FAR_BEHIND)
        labelled = line.begin if line and line.label == "phone" else -1
        if any(cue.begin != labelled for cue in self.page.beginning("ask", begin, number.begin)):
            weight += 4
        elif labelled < self.signature_from and any(
            self.page.within(tag, begin, min(end, number.end + 60)) for tag in ("reply", "answer")
        ):
            weight += 3
        if _OWN.search(line_before) or _PERSON.search(line_before):
            weight += 1.5
        if number.begin >= self.signature_from:
            weight += 1.5
        if self.page.within("aside", begin, number.begin) and _REHEARSAL.search(self.page.prose, begin, end):
            weight -= 4
        if _GUARD.search(self.page.prose, max(begin, number.begin - 40), number.begin):
            weight -= 2
        if _FORBIDDEN.search(self.page.prose, begin, end):
            weight -= 5
        if self._is_mobile(clean[number.begin : number.end]):
            weight += 0.5
        return weight

    def _is_mobile(self, written: str) -> bool:
        digits = _NOT_DIGIT.sub("", written)
        return digits.startswith(("08", "628", "+628")) or (digits.startswith("+") and not digits.startswith("+62"))

    def mail(self) -> Found | None:
        clean = self.page.clean
        sender = self.letter.sender.mail
        best: tuple[float, Hit] | None = None
        for mail in self.page.mails:
            address = clean[mail.begin : mail.end]
            if is_noreply(address) or _COMPLAINTS.match(address) or self._is_guest(mail, address):
                continue
            weight = 2.0
            line = self.page.line_at(mail.begin)
            if line and line.label in ("email", "contact", "phone"):
                weight += 2
            begin, _end = self.page.sentence(mail.begin, mail.end)
            if self.page.beginning("ask", begin, mail.begin):
                weight += 2
            if mail.begin >= self.signature_from:
                weight += 1
            if sender and address.lower() == sender.lower():
                weight += 1
            local = address.split("@")[0].lower()
            if re.match(
                r"(?:support|help|helpdesk|bantuan|cs|customer)",
                local,
            ):
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


_ROBOT = re.compile(
    r"(?:jangan|tidak perlu|mohon (?:untuk )?tidak|mohon jangan|"
    r"tidak usah) (?:di)?(?:mem)?balas|replies (?:to this \w+ )?are not monitored|(?:do not|"
    r"don't) reply|not monitored|unmonitored|tidak dipantau|pesan sistem|email otomatis|"
    r"dikirim (?:secara )?otomatis|automatically generated"
)

_ROBOT_WORDS = frozenset("balas membalas dibalas monitored unmonitored reply dipantau sistem otomatis automatically".split())

# Addresses of disclaimers and warnings, for complaints and data protection.
_COMPLAINTS = re.compile(
    r"(?:priva|abuse|dpo|pengaduan|aduan|lapor|whistle|antifraud|fraud|unsubscribe|berhenti)[\w.-]{0,20}@", re.I
)

_GUESTS = re.compile(
    r"\W*(?:tamu|guests?|attendees?|peserta rapat|required|optional|diperlukan|opsional|to|"
    r"kepada|cc|tembusan|who)\b[ \t]*(?:[:(]|$)"
)

_HOSTS = re.compile(r"\W*(?:penyelenggara|organi[sz]er|host)\b")

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
    if written.startswith(("62", "60", "65")):
        written = "+" + written
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
