"""The part that a moment plays, told from the words around it: the interview, a test, a deadline, the old slot, a
letter's date."""

from __future__ import annotations

import re
from datetime import date

from pamit.reading.letter import Letter
from pamit.reading.moment import Moment, nearest
from pamit.reading.names import fold_word
from pamit.reading.office import FIRST_HEADS, LAST_HEADS
from pamit.reading.text import Hit, Line, Page

__all__ = ["NOT_AT", "is_conceded", "with_role"]


_ADJACENT = re.compile(
    r"(?:[^\w\n]|\b(?:pada|hari|dinten|dina|poe|tanggal|tgl|tgl\.|pukul|pkl|jam|jm|nanti|the|on|at|end|of|"
    r"close|cob|eod|ini|dengan|dgn|untuk|kami|tunggu|paling|lambat|telat|dari|day|business|di|"
    r"in|your|jadwal|"
    r"dalam|waktu|kita|h|[0-9]|latest|time|malam|siang|sore|pagi|lusa|saat|bulan|date|is|adalah|yaitu|than)\b)*"
)
_OR_BEFORE = re.compile(r"\b(?:on or|by or|at or|pada atau)\s+$")
_WIDE_LIMIT = re.compile(r"\b(?:batas|deadline|tenggat|rsvp)\b")
_STRICT_BEFORE = frozenset(
    (
        "sebelum",
        "sblm",
        "sebelom",
        "before",
        "prior to",
        "sateuacan",
        "samemeh",
        "saacan",
        "sadurunge",
        "sakdurunge",
        "saderenge",
    )
)
_LENGTH_BEFORE = re.compile(
    r"\d{1,9}+\s{0,9}+(?:-\s{0,9}+\d{1,9}+\s{0,9}+)?(?:menit|mnt|jam|minutes?|mins?|hours?|hari|"
    r"days?)\s*(?:lebih awal\s*)?$"
)
_LETTER_DATE = re.compile(r"\W*(?:[^\W\d_]+(?:[ \t]+[^\W\d_]+){0,2}[ \t]*,?)?\W*$")
_NUMBER_LINE = re.compile(r"\W*(?:no|nomor|nomer|lamp|lampiran|hal|perihal)\b", re.I)
_DATE_LABEL = re.compile(r"\W*(?:date|tanggal surat|tgl surat)\b", re.I)
_BRACKET = re.compile(r"[ \t]*\(([^()\n]{2,60})\)")
# "jgn jam 9 ya, jam 2 siang aja": an hour that is ruled out.
NOT_AT = re.compile(
    r"\b(?:bukan|jangan|jgn|(?:tidak|tdk|ga|gak|nggak|ngga|batal) jadi|instead of|rather than|not)\s+(?:lagi\s+)?"
    r"(?:(?:pada|di|yang|yg|at|on|the|hari|jam|pukul|tanggal|tgl|yang hari|besok)\s+){0,2}$"
)
_SHOULD = re.compile(
    r"\b(?:seharusnya|harusnya|semestinya|mestinya|yang (?:benar|betul)|yg (?:benar|betul)|benarnya|should (?:be|read"
    r"|have (?:been|read|said))"
    r"|correct(?:ed)? (?:date|time|day|slot|version)?|in fact|actually)\b[^.!?]{0,40}$"
)
_WRONG = re.compile(
    r"\b(?:tertulis|tercantum|ralat|meralat|koreksi|mengoreksi|keliru|kekeliruan|kesalahan|salah|typo|bukan|wrong"
    r"|mistake|error|"
    r"correction|instead of|not|said|written|stated)\b"
)
_CONDITIONS = frozenset("apabila jika bila kalau kalo klo bilamana if should".split())
# "The interview will be followed at 15.15 by a translation test."
_FOLLOWED = re.compile(
    r"\b(?:followed|dilanjutkan|dilanjut|disusul|diikuti)"
    r"(?: (?:pada|pukul|jam|pkl|at|from|mulai|then)){0,2}\W*$"
)
_BY_TEST = re.compile(
    r"[^\w\n]*(?:(?:hours|hrs|wib|wita|wit)\W{1,2})?(?:by|with|dengan|oleh) (?:an? |the )?(?:[\w-]{2,16} ){0,2}?"
    r"(?:tes|test|psikotes|exam|examination|exercise|ujian|assessment|quiz|tour)\b"
)
# That nothing ends the sentence is looked at first: it is soon seen.
_UNABLE = re.compile(
    r"\b(?:apabila|jika|bila|bilamana|kalau|kalo|klo|if|should)\b(?=[^.!?\n]{0,200}+$)[^.!?\n]{0,60}"
    r"\b(?:berhalangan|(?:tidak|tdk|ga|gak|nggak|belum) (?:bisa|dapat|memungkinkan|hadir|cocok)|gabisa"
    r"|can't|cannot|can not|unable|not|doesn't|don't|inconvenient|unavailable)\b[^.!?\n]{0,120}$"
)
_SPARE = re.compile(r"\b(?:pengganti|alternatif|cadangan|ulang|susulan|instead|alternative|backup|spare|lain)\b")
_COME_BY = re.compile(r"\b(?:come|coming|stop|drop|swing|pass|stand|go)\s+$")


def _first(page: Page, tag: str, begin: int, end: int) -> Hit | None:
    for hit in page.spans(tag):
        if begin <= hit.begin and hit.end <= end:
            return hit
    return None


def _asks_in(page: Page, begin: int, end: int) -> bool:
    """Whether a sentence invites, or speaks of a talk."""
    return any(page.within(tag, begin, end) for tag in ("interview", "invite", "arrive", "meeting", "test"))


def with_role(letter: Letter, moment: Moment, previous: int, following: int, today: date | None) -> Moment:
    page = letter.page
    clean = page.clean
    begin, end = page.sentence(moment.begin, moment.end)
    before = (max(begin, previous), moment.begin)
    # What a colon opens ("kami geser ke:") is said of the row below; which act it is, but not what the row is called.
    opened = (max(_opening(page, begin, moment.begin), previous), moment.begin)
    after = (moment.end, min(end, following))
    line = page.line_at(moment.begin)
    leads = bool(line) and not any(mark.isalnum() for mark in clean[line.value if line else 0 : moment.begin])
    if moment.day and moment.clock and "\n" in clean[moment.day.end : moment.clock.begin]:
        # A day above a table of hours: the row begins with the hour.
        row = page.line_at(moment.clock.begin)
        leads = leads or (row is not None and row.begin == moment.clock.begin)
    moment = moment._replace(leads=leads and line is not None, zone_before=opened, zone_after=after)
    label = line.label if line else None
    if label in ("deadline",) and line and moment.begin >= line.value:
        return moment._replace(role="limit")
    if label in ("old", "note") and label == "old":
        return moment._replace(role="old")
    if _is_void(page, moment, begin, end, following):
        return moment._replace(role="void")
    limit = _limit(page, moment, before, after, begin)
    if limit:
        return moment._replace(role="limit", strict=limit == "strict")
    if _is_spare(page, begin, moment):
        if not is_conceded(letter, begin):
            return moment._replace(role="void")
        moment = moment._replace(weight=2.0)
    if _is_letter_date(letter, moment, line, today):
        return moment._replace(role="letter")
    if moment.clock is None and page.prose.startswith("tadi", moment.begin):
        return moment._replace(role="past")  # "pembicaraan kita tadi pagi"
    if (
        moment.clock is None
        and moment.day
        and moment.day.form in ("weekday", "relative")
        and page.mentions(_THANKS_WORDS)
        and _THANKED_FOR.search(page.prose, max(begin, moment.begin - 90), moment.begin)
    ):
        return moment._replace(role="past")  # "thank you for coming in on Tuesday"
    if moment.date and today and moment.date < today and not (moment.day and moment.day.contradicts):
        return moment._replace(role="past")
    if moment.date and moment.date == today and page.within("received", begin, moment.begin) and not _asks_in(page, begin, end):
        return moment._replace(role="past")  # "your application was received today at 20.30"
    if (
        moment.clock
        and not moment.day
        and previous > begin
        and _REASON.search(page.prose, max(previous, moment.begin - 60), moment.begin)
    ):
        return moment._replace(role="aside")
    if NOT_AT.search(page.prose, max(before[0], moment.begin - 32), moment.begin):
        return moment._replace(role="old")
    if moment.clock and page.mentions(_UNABLE_WORDS) and _is_missed(page, begin, moment):
        return moment._replace(role="old")
    if moment.clock and not moment.day and previous > (line.begin if line else begin) and _is_attendance(page, moment):
        return moment._replace(role="aside")
    if _corrects(page, opened):
        moment = moment._replace(new=True)
    elif _is_old(page, opened) and not _english_from(page, opened):
        return moment._replace(role="old")
    role, weight = _part(page, moment, before, after, line)
    if _FOLLOWED.search(page.prose, max(begin, moment.begin - 40), moment.begin) and _BY_TEST.match(page.prose, moment.end):
        role, weight = "test", 0.0
    if role == "interview" and weight >= 3:
        moment = moment._replace(named=True)
    if label in ("date", "time", "new") and role in ("plain", "interview"):
        weight += 3
    if label == "new":
        moment = moment._replace(new=True)
        weight += 3
    if role in ("plain", "interview"):
        if page.within("invite", begin, moment.begin):
            weight += 1
        if page.within("kept", begin, moment.begin):
            weight += 2
        if moment.day and moment.clock:
            weight += 1
    return moment._replace(role=role, weight=moment.weight + weight)


# "… karena kapal berangkat pukul 10", "… because I have a call at 3": why the hour before it was chosen.
_REASON = re.compile(
    r"\b(?:karena|krn|soalnya|sebab|lantaran|because|since|as (?:i|we|the|she|he|they))\b(?![^.!?\n,;]{0,60}\b(?:jadi|"
    r"menjadi|jd|ke|to|so)\b)"
    r"[^.!?\n,;]{1,50}$"
)

_THANKS_WORDS = frozenset(
    "thank thanks enjoyed loved great lovely good nice pleasure wonderful terima terimakasih makasih senang".split()
)
# Thanks or praise for a meeting: its day lies behind.
_THANKED_FOR = re.compile(
    r"\b(?:thank(?:s| you)(?: again| so much| very much)? for (?![^.!?\n]{0,50}\b(?:agree|accept|avail|confirm|will|offer))"
    r"[^.!?\n]{0,24}\b(?:coming|meeting|attending|joining|visiting|speaking|talking|chatting|seeing|time|interview|chat"
    r"|call|talk|conversation|visit)"
    r"|(?<!be )(?:enjoyed|loved|great|lovely|good|nice|pleasure|wonderful) (?:to see|to meet|seeing|meeting|to talk"
    r"|talking|speaking|chatting|to have|having|our)"
    r"|(?:terima ?kasih|makasih)(?: banyak)?(?: ya)? (?:sudah|telah|udah|sdh) (?!ber|mau|setuju|konfirm|meneri"
    r"|menyang)[^.!?\n]{0,16}\b(?:datang|dateng|hadir|ikut|mengikuti|interview|wawancara|ngobrol|mampir|main)"
    r"|(?<!akan )senang (?:bisa |sudah |udah )?(?:bertemu|ketemu|ngobrol|berbincang|mengenal))"
    r"\b[^.!?\n]{0,40}\W$"
)
# "I can't make 2 pm today", "saya ga bisa yang jam 9": the sender's own hour falls away.
_MISSED = re.compile(
    r"\b(?:can't|cannot|can not|won't|couldn't|unable to|not able to|(?:ga|gak|nggak|ngga|tidak|tdk) (?:bisa|bs)|gabisa)"
    r"[ \t]+(?:(?:be|able|to|make|do|manage|keep|attend|join|hold|meet|ketemu|interview|you|our|your|the|at|yang|yg|di|untuk"
    r"|utk|hari|besok|today's|tomorrow's|meeting|interview)[ \t]+){0,5}$"
)
_UNABLE_WORDS = frozenset("can't cannot can won't couldn't unable able bisa bs gabisa".split())
_ASKED = re.compile(r"[^.!?\n]{0,40}\?")
_NOT_THE_SENDERS = re.compile(
    r"\b(?:if|should|in case|kalau|kalo|klo|jika|bila|apabila|you|u|kamu|anda|kakak|kak|mas|mbak|sdr|saudara|bapak|ibu)\b"
)


def _is_missed(page: Page, begin: int, moment: Moment) -> bool:
    """Whether the sender says not to be able to keep an hour; a mere case, or one of the candidate's, is none."""
    match = _MISSED.search(page.prose, max(begin, moment.begin - 60), moment.begin)
    if match is None or _NOT_THE_SENDERS.search(page.prose, max(begin, match.start() - 40), match.start()):
        return False
    # "Can't make Tuesday at 2? Let us know" asks the candidate.
    asked = not page.prose[begin : match.start()].strip() and _ASKED.match(page.prose, moment.end)
    return not asked


# "pukul 14.00 (peserta hadir sejak pukul 13.00)", "09:30 (registration from 09:00)": a remark on when to be there.
_ATTENDANCE = re.compile(
    r"(?:\d[.:]\d\d|(?:jam|pukul|pkl\.?) \d{1,2}|\d ?[ap]\.?m\.?)\b[^()\n]{0,30}\([^()\n]{0,60}\b(?:hadir|datang|tiba"
    r"|kumpul|berkumpul|masuk|registrasi|regis|pendaftaran|daftar ulang|absen|absensi"
    r"|check[- ]?in|cek in|lapor|briefing|pengarahan|persiapan|stand ?by|login|log in|join|arrive|arrival|registration"
    r"|sign[- ]in|doors|gates?|be there|reception)\b[^()\n]{0,40}$"
)


def _is_attendance(page: Page, moment: Moment) -> bool:
    """Whether an hour behind another in its line is said in brackets to be that of arrival."""
    return _ATTENDANCE.search(page.prose, max(0, moment.begin - 150), moment.begin) is not None


_DUE = ("sedianya", "seharusnya", "harusnya")


def _is_old(page: Page, before: tuple[int, int]) -> bool:
    hit = nearest(page, "old", *before)
    if hit is None or nearest(page, "new", hit.end, before[1]):
        return False
    if _SAME_AS.match(page.prose, hit.begin):
        return False
    if page.prose.startswith(_DUE, hit.begin) and not page.has("rescheduled", "cancelled", "new"):
        return False  # "yang sedianya kami adakan Sabtu": where nothing changes, only what is due
    return not any(kept.begin <= hit.begin and hit.end <= kept.end for kept in page.spans("kept"))


_SAME_AS = re.compile(
    r"(?:original|previous|old) (?:time|hour|place|venue|room|location)\b|(?:jam|tempat|lokasi) (?:semula|awal|lama)\b"
)


def _opening(page: Page, begin: int, at: int) -> int:
    """Where the sentence begins that a row belongs to: "kami geser ke:", "berikut jadwalnya:" open what stands below."""
    above = page.clean[max(0, begin - 200) : begin].rstrip()
    if not above.endswith(":") or page.clean[begin:at].count("\n") > 2 or any(map(str.isalnum, page.clean[begin:at])):
        return begin
    end = max(0, begin - 200) + len(above)
    return page.sentence(end - 1, end)[0]


def _corrects(page: Page, before: tuple[int, int]) -> bool:
    """A correction: "tertulis Kamis; seharusnya Jumat", "instead of Monday it should be Tuesday"."""
    should = _SHOULD.search(page.prose, *before)
    if should is None:
        return False
    return _WRONG.search(page.prose, max(0, before[0] - 200), should.start()) is not None


def _english_from(page: Page, before: tuple[int, int]) -> bool:
    """English "from" marks an old slot only beside a "to"; alone it says nothing."""
    hit = nearest(page, "old", *before)
    return hit is not None and page.prose[hit.begin : hit.end] == "from"


def _is_void(page: Page, moment: Moment, begin: int, end: int, following: int) -> bool:
    hits = page.spans("void")
    if not hits or (page.has("cancelled") and not page.has("rescheduled")):
        return False
    for hit in hits:
        if page.prose.endswith("anggap ", 0, hit.begin):
            continue  # "yang tidak konfirmasi kami anggap batal"
        if begin <= hit.begin < moment.begin and not page.within("new", hit.end, moment.begin):
            return True
        if moment.end <= hit.begin and hit.end <= end and hit.begin < following:
            return True
    return False


_AGREED = re.compile(r"\W*(?:baik(?:lah)?|oke?|okay|siap|noted|sure|alright|all right|fine|no problem|of course|certainly)\b\W")
_REPLY = re.compile(r"\s*(?:re|bls|balas|sv|aw)\s*:", re.I)


def is_conceded(letter: Letter, begin: int) -> bool:
    """Whether the sentence answers a wish of the candidate: "Baik, kalau Rabu tidak bisa kita geser ke Kamis …"."""
    if _AGREED.match(letter.page.prose, begin) is None:
        return False
    replies = letter.subject is not None and _REPLY.match(letter.subject.clean) is not None
    return replies or letter.thread.rest is not None


def _is_spare(page: Page, begin: int, moment: Moment) -> bool:
    """Whether a moment is only for one who cannot come ("Apabila berhalangan, jadwal pengganti Kamis …")."""
    if not page.mentions(_CONDITIONS):
        return False
    match = _UNABLE.search(page.prose, max(begin, moment.begin - 160), moment.begin)
    if match is None:
        return False
    # "If not, tell me today" asks for an answer by then.
    return page.within("reply", match.start(), moment.begin) is None or _SPARE.search(match.group()) is not None


_PART = re.compile(
    r"\b(?:pagi|siang|sore|malam|malem|evening|afternoon|morning|night)\b"
)  # "sebelum besok malam" is still tomorrow


def _limit(page: Page, moment: Moment, before: tuple[int, int], after: tuple[int, int], begin: int) -> str | None:
    prose = page.prose
    hit = nearest(page, "limit", *before)
    if re.search(r"(?:\u2264|<=)[ \t]*$", prose[max(0, moment.begin - 4) : moment.begin]):
        return "limit"
    if hit:
        word = prose[hit.begin : hit.end]
        gap = prose[hit.end : moment.begin]
        if word == "by" and _COME_BY.search(prose, max(0, hit.begin - 12), hit.begin):
            return None
        if _ADJACENT.fullmatch(gap) and len(gap) <= 40:
            if (
                word in _STRICT_BEFORE
                and not _OR_BEFORE.search(prose, max(0, hit.begin - 14), hit.begin)
                and not (moment.clock is None and _PART.search(prose, moment.begin, moment.end + 8))
            ):
                return None if _LENGTH_BEFORE.search(prose[max(0, hit.begin - 24) : hit.begin].rstrip()) else "strict"
            if (
                word in ("hingga", "sampai", "until", "till", "s d", "sd", "berakhir", "tutup", "ditutup")
                and moment.clock
                and not moment.day
                and not page.within("reply", begin, moment.begin)
            ):
                return None
            return "limit"
        if _WIDE_LIMIT.search(prose, hit.begin, hit.end) and len(gap) <= 60:
            return "limit"
    tail = prose[after[0] : after[1]]
    if re.match(r"[\s,(]*(?:at the latest|paling (?:lambat|telat)|latest|selambat)", tail):
        return "limit"
    return None


def _is_letter_date(letter: Letter, moment: Moment, line: Line | None, today: date | None) -> bool:
    """A day alone in its line with a place, above the salutation or below the closing: the letter's own date."""
    if (
        line is None
        or moment.clock
        or not moment.day
        or moment.day.form == "relative"
        or (today and moment.date and moment.date > today)
    ):
        return False
    page = letter.page
    rest = page.clean[line.begin : moment.begin], page.clean[moment.end : line.end]
    if rest[1].strip(" .,"):
        return False
    index = page.line_index(moment.begin)
    outside = index < max(letter.greeting, 1) or (letter.signature and moment.begin >= letter.signature[0].begin - 120)
    if _DATE_LABEL.match(rest[0]) and outside and index < 4:
        return True
    if line.label in ("date", "time"):
        return False
    return bool(_LETTER_DATE.match(rest[0].rsplit("   ", 1)[-1]) or _NUMBER_LINE.match(rest[0]))


def _part(page: Page, moment: Moment, before: tuple[int, int], after: tuple[int, int], line: Line | None) -> tuple[str, float]:
    """The role that the nearest words give: interview, test, aside or plain; with its weight."""
    last = page.line_at(moment.end - 1) or line
    line_end = last.end if last else after[1]
    behind = (after[0], min(after[1], line_end)) if moment.leads else after
    opened = page.clean.find("(", *behind) if behind[1] > behind[0] else -1
    if opened >= 0 and page.clean.find(")", opened, behind[1]) < 0:
        behind = (behind[0], opened)  # what follows belongs to the hour inside the brackets
    zones: list[tuple[int, int, bool]] = []
    bracket = _BRACKET.match(page.clean, after[0], after[1]) if after[1] > after[0] else None
    if moment.leads:
        zones = [(*behind, True), (*before, False)]
    elif bracket and not moment.leads:
        zones = [(bracket.start(1), bracket.end(1), True), (*before, False), (*behind, True)]
    else:
        zones = [(*before, False), (*behind, True)]
    arrival = nearest(page, "arrive", max(before[0], moment.begin - 40), moment.begin)
    if arrival and moment.clock and not moment.day and _ADJACENT.fullmatch(page.prose[arrival.end : moment.begin]):
        return "aside", 0.0
    for begin, end, forward in zones:
        found: list[tuple[int, str]] = []
        for tag in ("interview", "test", "aside"):
            hit = _first(page, tag, begin, end) if forward else nearest(page, tag, begin, end)
            if (
                hit
                and not (tag == "interview" and _negated(page, hit))
                and not (tag != "interview" and _in_office(page, hit))
                and not (tag == "aside" and page.prose[max(0, hit.begin - 4) : hit.begin] == "jam ")
            ):
                found.append((hit.begin if forward else -hit.end, tag))
        if found:
            found.sort()
            tags = {tag for _, tag in found}
            closest = found[0][1]
            if tags == {"interview", "test"} and not moment.leads:
                # One appointment for both ("tes dan wawancara") begins with its first part.
                return "interview", 3.0
            if closest == "test" and "interview" in tags and _joined(page, begin, end):
                return "interview", 3.0
            if closest == "interview":
                return "interview", 3.0
            if not forward or moment.leads or (bracket and begin == bracket.start(1)):
                return closest, 0.0
            return "plain", 0.0
    for begin, end, forward in zones:
        if nearest(page, "meeting", begin, end):
            return "interview" if not forward else "plain", 1.5
        if moment.clock and not moment.day and nearest(page, "arrive", begin, end):
            return "aside", 0.0
    return "plain", 0.0


def _in_office(page: Page, hit: Hit) -> bool:
    """Whether a word of something else belongs to an office: "Direktur Operasional", "Tour Leader", "Training Manager"."""
    clean = page.clean
    if not clean[hit.begin].isupper():
        return False
    before = _CAPITAL_BEFORE.search(clean, max(0, hit.begin - 24), hit.begin)
    if before is not None and fold_word(before.group(1)) in FIRST_HEADS:
        return True
    behind = _CAPITAL_BEHIND.match(clean, hit.end)
    return behind is not None and fold_word(behind.group(1)) in LAST_HEADS


_CAPITAL_BEFORE = re.compile(r"\b([A-Z][a-z]{2,20})[ \t]$")
_CAPITAL_BEHIND = re.compile(r"[ \t]([A-Z][a-z]{2,20})\b")


def _negated(page: Page, hit: Hit) -> bool:
    return re.search(r"\b(?:not an?|bukan|no)\s+$", page.prose[max(0, hit.begin - 12) : hit.begin]) is not None


def _joined(page: Page, begin: int, end: int) -> bool:
    return re.search(r"\b(?:dan|and|serta|sekalian|skalian|plus|sekaligus)\b|[&+]", page.prose[begin:end]) is not None
