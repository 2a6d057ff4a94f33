"""Until when the employer wants an answer.

Definition of the field: the deadline to confirm or decline; a day without an hour ends at 23:59 in the interview's zone;
"before D" is the end of the day before; "24 hours" counts from receipt; "as soon as possible" is none. Of an offer: the
deadline to answer it.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from pamit.domain.calendar.grammar import find_durations
from pamit.domain.calendar.zones import zone
from pamit.domain.terms import InvitationKind
from pamit.reading.letter import Letter
from pamit.reading.moments import Moment
from pamit.reading.text import Page
from pamit.reading.when import Schedule

__all__ = ["Deadline", "find_deadline"]


class Deadline(NamedTuple):
    """An aware moment with its place in the text."""

    value: datetime
    span: tuple[int, int] | None
    confidence: float


# "I am travelling until the 30th", "kami libur sampai Senin": how long somebody is away.
_AWAY = re.compile(
    r"\b(?:travel\w{0,80}|away|on leave|out of|abroad|busy|holiday|cuti|libur|dinas|luar kota|luar negeri|sibuk"
    r"|rapat)\b[^.!?\n]{0,200}$"
)
_DAYS_WITHIN = re.compile(
    r"\b(?:within|in|dalam(?: waktu| kurun waktu)?|maks(?:imal)?\.?|paling (?:lambat|lama|telat)|selambat(?:-lambat)?nya"
    r"|tunggu|ditunggu)"
    r"[ \t]+(?:the next[ \t]+)?"
    r"(?P<n>\d|satu|dua|tiga|empat|lima|one|two|three|four|five)(?:[ \t]*\(\w{1,6}\))?[ \t]+(?P<work>working |business"
    r" )?(?:days?|hari)\b"
    r"(?P<kerja>[ \t]+kerja)?(?![ \t]*(?:sebelum|before|prior|ahead|in advance))",
    re.I,
)
_HALF_DAY = 60 * 12
_END_OF_DAY = time(23, 59)
# A number may be spelt out behind itself: "7 (tujuh) hari sebelum".
_DAYS_BEFORE = re.compile(
    r"\bh[ \t]*-[ \t]*(?P<h>\d)\b|\b(?P<n>\d|satu|dua|tiga|empat|lima|enam|tujuh|se)(?:[ \t]*\([a-z]{2,9}\))?[ \t-]*"
    r"(?P<unit>hari|minggu) (?:kerja )?sebelum(?:nya)?\b|\b(?P<word>sehari|seminggu) sebelum(?:nya)?\b|"
    r"\b(?P<en>one|two|three|four|five|a|\d)(?:[ \t]*\([a-z\d]{1,6}\))? (?:working |business |full )?"
    r"(?P<en_unit>day|week)s?'? (?:before|prior|in advance|ahead)\b|"
    r"\b(?P<the>sebelum hari[ -]?h|before the day|the day before|the previous day|the (?:evening|night|afternoon) before)\b",
    re.I,
)
_NUMBER = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "se": 1, "sehari": 1, "seminggu": 7,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "a": 1,
}  # fmt: skip
_DAY_WORDS = frozenset("h h1 h2 h3 hari sehari minggu seminggu day days week weeks sebelum sebelumnya before".split())
# What the sender promises to do by a time ("jamnya akan kami kabari paling lambat Jumat") is no deadline of the candidate.
_PROMISE = re.compile(
    r"\b(?:akan|bakal|segera)\s{1,80}+(?:(?:kami|saya|sy|kita|aku|segera|tim|kembali|juga)\s{1,80}+)?(?:di|meng?|me)?"
    r"(?:kabar|sampaikan|nyampaikan|info|beri|umum|kirim|ngirim|hubung|susul|nyusul|konfirmasi|share|bagi|update)\w{0,80}"
    r"|\b(?:kami|saya|sy|kita|aku|tim|hrd?)\s{1,80}+(?:akan|segera|bakal)\s{1,80}+(?:\w{1,80}\s{1,80}+)?"
    r"(?:meng?|me)?(?:kabar|sampaikan|nyampaikan|info|beri|umum|kirim|ngirim|hubung|susul|nyusul|konfirmasi|share|bagi"
    r"|update)\w{0,80}"
    r"|\b(?:kami|saya|sy|aku)\s{1,80}+(?:kabar|info|share|kirim|umumkan|susulkan|update)\w{0,80}"
    r"|\b(?:diumumkan|pengumuman|hasilnya|menyusul|dibagikan|dishare)\b"
    r"|\b(?:we|i|team|hr|he|she|they|it|link|details|assistant|recruiter|coordinator|director)(?:'ll|\s{1,80}+will|"
    r"\s{1,80}+shall"
    r"|\s{1,80}+expect to|"
    r"\s{1,80}+aim to|\s{1,80}+hope to|\s{1,80}+plan to)\s{1,80}+(?:\w{1,80}\s{1,80}+){0,2}?(?:let you know|let"
    r"|confirm|send|sent|tell|email|get|be|share|"
    r"inform|contact|advise|reach|post|follow|have|know|decide|announce|call|text|message)\b"
    r"|\byou(?:'ll|\s{1,80}+will|\s{1,80}+should)\s{1,80}+(?:\w{1,80}\s{1,80}+)?(?:hear|receive|get|be (?:told"
    r"|informed|notified|contacted))\b",
    re.I,
)
_LENGTH_WORDS = frozenset("jam hours hour hari days day 24jam 1x24jam 24h".split())
_WITHIN = re.compile(
    r"\b(?:dalam(?: waktu| kurun waktu)?|within|maks(?:imal)?\.?|max\.?|paling (?:lambat|lama|"
    r"telat)|selambat-lambatnya|selambatnya|in|tunggu)[ \t]+(?:the next )?$",
    re.I,
)


# Kinds that ask for no answer.
_UNANSWERED = (InvitationKind.APPLICATION_RECEIVED, InvitationKind.REJECTION)


def find_deadline(letter: Letter, schedule: Schedule, kind: InvitationKind, zone_name: str) -> Deadline | None:
    """The deadline for the answer, or None."""
    if kind in _UNANSWERED:
        return None
    page = letter.page
    best: tuple[float, Moment] | None = None
    for moment in schedule.moments:
        weight = _weight(page, moment, kind, letter, schedule)
        if weight > 0 and (best is None or weight > best[0]):
            best = (weight, moment)
    if best and (best[1].day is None or best[1].lent):
        # "paling lambat H-2 pukul 23.59": the hour belongs to a day counted from the interview.
        counted = _counted(letter, schedule, zone_name, kind)
        if counted:
            return counted
    if best:
        moment = best[1]
        value = _value(moment, zone_name, letter)
        if value is not None:
            return Deadline(value, (moment.begin, moment.end), 0.95 if moment.clock else 0.9)
    return _counted(letter, schedule, zone_name, kind)


def _promised(page: Page, begin: int, end: int) -> bool:
    """Whether it is the sender who will act by then, as the last thing said before the limit."""
    at = -1
    for match in _PROMISE.finditer(page.prose, begin, end):
        at = match.end()
    return at >= 0 and page.within("reply", at, end) is None


def _ahead(moment: Moment, letter: Letter, schedule: Schedule) -> bool:
    """Whether a limit of which nothing else is said lies between receipt and interview: then it is the answer's."""
    if letter.now is None or moment.date is None or schedule.day is None:
        return False
    return letter.now.date() <= moment.date < schedule.day


def _weight(page: Page, moment: Moment, kind: InvitationKind, letter: Letter, schedule: Schedule) -> float:
    if moment.role == "void":
        return 0.0
    begin, end = page.sentence(moment.begin, moment.end)
    before = max(begin, moment.begin - 220)
    if _promised(page, max(begin, moment.zone_before[0]), moment.begin):
        return 0.0
    replies = page.within("reply", before, moment.begin) or page.within("reply", moment.end, min(end, moment.end + 160))
    offer = kind == InvitationKind.OFFER
    if offer and (page.within("offertake", before, moment.end) or replies) and moment.role == "limit":
        return 3.0
    if moment.role == "limit":
        line = page.line_at(moment.begin)
        handin = page.within("handin", before, moment.begin)
        reply = page.within("reply", before, moment.begin)
        if kind == InvitationKind.AVAILABILITY_REQUEST:
            if not replies and _AWAY.search(page.prose, begin, moment.begin):
                return 0.0
            return 2.5 if not handin or reply else 0.0
        if line and line.label == "deadline" and (replies or not handin):
            return 3.0
        if not replies:
            if handin or page.within("arrive", before, moment.begin):
                return 0.0
            if _answers_before(page, begin):
                return 1.0
            return 0.5 if _ahead(moment, letter, schedule) else 0.0
        if (
            handin
            and reply
            and handin.begin > reply.begin
            and page.prose[handin.begin : handin.end] not in ("hadir", "datang", "apply")
        ):
            return 0.0
        if handin and not reply:
            return 0.0
        return 3.0 if reply else 2.0
    if (
        moment.day
        and not page.prose.startswith("tadi", moment.begin)
        and moment.day.form == "relative"
        and moment.clock is None
        and letter.now
        and (moment.date == letter.now.date() or (offer and _ANSWER_ON.search(page.prose, before, moment.begin)))
        and replies
        and not page.within("interview", before, end)
    ):
        return 2.0
    if (
        moment.day
        and moment.clock is None
        and moment.day.form in ("relative", "weekday")
        and moment.date != schedule.day
        and schedule.day is not None
        and _ANSWER_THEN.search(page.prose, max(begin, moment.begin - 60), moment.begin)
        and _CLAUSE_ENDS.match(page.prose, moment.end)
    ):
        return 1.5
    return 0.0


# "Balas besok ya kak.", "Let me know tomorrow.": the day closes its clause, and is not the interview's.
_ANSWER_THEN = re.compile(
    r"\b(?:balas|bales|jawab|kabari|kabarin|konfirmasi(?:kan)?|infokan|reply|respond|confirm|let (?:me|us) know|get "
    r"back to (?:me|us))"
    r"(?: (?:ya|kak|dulu|saya|kami|sy|aku|lagi|kembali|email ini|wa ini|ke saya|ke sini|di sini|to me|by email|your "
    r"answer)){0,3} $"
)
_CLAUSE_ENDS = re.compile(r"[ \t]*(?:(?:ya+|kak|mas|mbak|mba|bang|pak|bu|please|ok|oke)\b[ \t]*){0,3}(?:[.!\n]|$)")


# "Kasih jawaban ke ibu besok ya": of an offer, the day on which the answer is wanted.
_ANSWER_ON = re.compile(
    r"\b(?:jawab(?:an|annya)?|kabari|kabar(?:in|nya)?|keputusan(?:nya)?|answer|decision|let (?:me|us) know"
    r"|reply)\b[^.!?\n]{0,30}$"
)


def _answers_before(page: Page, begin: int) -> bool:
    """The sentence before asks for an answer ("Mohon konfirmasinya. Paling lambat besok.")."""
    above = page.sentence(max(0, begin - 2), max(1, begin - 1))
    return page.within("reply", *above) is not None


def _value(moment: Moment, zone_name: str, letter: Letter) -> datetime | None:
    clock = moment.clock
    zone_used = zone(clock.zone) if clock and clock.zone else zone(zone_name)
    day: date | None = moment.date
    if moment.day is not None and day is None and moment.day.candidates:
        return None
    if day is None:
        if clock is None or letter.now is None:
            return None
        local = letter.now.astimezone(zone_used)
        day = local.date() if clock.start > local.time().replace(tzinfo=None) else local.date() + timedelta(days=1)
    if clock is not None:
        return datetime.combine(day, clock.start, zone_used)
    if moment.day is not None and moment.day.until is not None:
        day = moment.day.until
    if moment.strict:
        day -= timedelta(days=1)
    return datetime.combine(day, _END_OF_DAY, zone_used)


_HOURS_BEFORE = re.compile(
    r"[ \t]*(?:sebelum(?:nya)?|before(?:hand)?|prior|in advance|ahead)\b(?![ \t]+(?:tiba|berangkat|datang|masuk|arriv|leav))",
    re.I,
)
_SINCE_RECEIPT = re.compile(
    r"[ \t]*(?:sejak|setelah|sesudah|dari|semenjak|from|after|of|since)\b[^.!?\n]{0,40}\b(?:terima|diterima(?:nya)?"
    r"|menerima|receipt|receiving|"
    r"received|reading|dibaca|ini|now|sekarang|this (?:e-?mail|message|letter))\b",
    re.I,
)


def _days_on(now: datetime, days: int, working: bool, zone_name: str) -> datetime:
    """The end of the day so many days on; of working days Saturday and Sunday are none."""
    where = zone(zone_name)
    day = now.astimezone(where).date()
    while days:
        day += timedelta(days=1)
        if not working or day.weekday() < _SATURDAY:
            days -= 1
    return datetime.combine(day, _END_OF_DAY, where)


_SATURDAY = 5


def _counted(letter: Letter, schedule: Schedule, zone_name: str, kind: InvitationKind) -> Deadline | None:
    """Deadlines counted from the interview ("H-1") or from receipt ("dalam 24 jam")."""
    page = letter.page
    prose = page.prose
    asked = ("reply", "offertake") if kind == InvitationKind.OFFER else ("reply",)
    for match in _DAYS_BEFORE.finditer(prose) if page.mentions(_DAY_WORDS) else ():
        begin, end = page.sentence(*match.span())
        line = page.line_at(match.start())
        if not (page.within("reply", begin, end) or (line is not None and line.label == "deadline")):
            continue
        if _promised(page, begin, match.start()):
            continue
        if schedule.day is None or (
            page.within("handin", begin, match.start()) and not page.within("reply", begin, match.start())
        ):
            continue
        groups = match.groupdict()
        number = groups["h"] or groups["n"] or groups["word"] or groups["en"] or "1"
        days = int(number) if number.isdigit() else _NUMBER.get(number.lower(), 1)
        if groups["unit"] == "minggu" or (groups["en_unit"] or "").lower() == "week":
            days *= 7
        if days == 0:
            continue
        clock = next(
            (m.clock for m in schedule.moments if m.clock and match.end() <= m.begin <= min(end, match.end() + 24)), None
        )
        used = zone(clock.zone) if clock and clock.zone else zone(zone_name)
        value = datetime.combine(schedule.day - timedelta(days=days), clock.start if clock else _END_OF_DAY, used)
        return Deadline(value, match.span(), 0.9)
    if letter.now is None or not page.mentions(_LENGTH_WORDS):
        return None
    for match in _DAYS_WITHIN.finditer(prose):
        begin, end = page.sentence(*match.span())
        if not any(page.within(tag, begin, end) for tag in asked) or _promised(page, begin, match.start()):
            continue
        written = match.group("n").lower()
        days = int(written) if written.isdigit() else _NUMBER[written]
        working = bool(match.group("work") or match.group("kerja"))
        return Deadline(_days_on(letter.now, days, working, zone_name), match.span(), 0.85)
    for length in find_durations(page.bare):
        if not length.minutes or not 30 <= length.minutes <= 60 * 24 * 7:
            continue
        begin, end = page.sentence(length.begin, length.end)
        if _HOURS_BEFORE.match(prose, length.end) and length.minutes >= _HALF_DAY and page.within("reply", begin, end):
            if schedule.day is None or schedule.start is None or _promised(page, begin, length.begin):
                continue
            start = datetime.combine(schedule.day, schedule.start, zone(zone_name))
            return Deadline(start - timedelta(minutes=length.minutes), (length.begin, length.end), 0.85)
        since = _SINCE_RECEIPT.match(prose, length.end) is not None
        if not since and not _WITHIN.search(prose[max(begin, length.begin - 40) : length.begin]):
            continue
        if not any(page.within(tag, begin, end) for tag in asked) or page.within("pay", begin, end):
            continue
        if page.within("cancelled", begin, length.begin) or re.match(
            r"[ \t]*(?:sebelum|before|prior)", prose[length.end : length.end + 12]
        ):
            continue
        return Deadline(letter.now + timedelta(minutes=length.minutes), (length.begin, length.end), 0.9)
    return None
