"""What a draft claims about its case, against what the case says: company, reader, position, day."""

from __future__ import annotations

import re
from datetime import date
from itertools import islice

from pamit.domain.calendar.grammar import DateMention
from pamit.domain.names import HONORIFICS, bare_name, company_core, split_honorific
from pamit.domain.terms import Language, Move, Purpose
from pamit.etiquette.analysis import AnalysedDraft
from pamit.etiquette.moves.facts import core_of, interview_mentions
from pamit.etiquette.positions import are_two_positions
from pamit.etiquette.segments import name_words

__all__ = ["other_company", "other_position", "other_recipient", "proposes_times", "wrong_days", "wrong_subject_day"]

_NAME = r"(?:[A-ZÀ-Þ][\w’'\-.]*+|&|of|and|dan)"
_FIRM = rf"((?:The )?[A-ZÀ-Þ][\w’'\-]{{0,30}}+(?: {_NAME}){{1,5}})"
_LEGAL = re.compile(
    rf"\b(?:PT|CV|UD|Yayasan|Koperasi|Perum|RS|RSUD|Universitas|Bank|Hotel|Klinik)\b\.?(?= [A-ZÀ-Þ])(?: {_NAME}){{1,6}}"
)
_AT = re.compile(rf"\b(?:at|with|join|joining|for|of|from|to) {_FIRM}")
_JOINING = re.compile(
    rf"\b(?:bergabung (?:dengan|di|bersama|ke)|bagian dari|kerja sama dengan|undangan dari|lowongan di) {_FIRM}"
)
_PLACED = re.compile(
    rf"\b(?:di|dari|bagi|kantor|[Ss]emoga|tim|pihak|manajemen|keluarga besar|seluruh karyawan|rekan-rekan) {_FIRM}"
)
_IS_WHERE = re.compile(rf"(?<![A-ZÀ-Þ]){_FIRM} (?:is|would be|remains|adalah|merupakan) (?:where|the|a|my|tempat|perusahaan)")
_OWN = re.compile(
    r"(?:bekerja|kerja|diterima|magang|pengalaman|kuliah|tawaran|kontrak|dirawat|karyawan|mengajar|dinas|lulus|lulusan|alumni"
    r"|worked|working|employed|experience|internship|study|studying|studied|accepted|joined|hospital|appointment|degree"
    r"|employer|contract|graduate|graduated|alumnus)(?: [\w-]{1,80}){0,5} ?$",
    re.IGNORECASE,
)
"""Words that make the employer behind them the candidate's own, past or to come."""
_ROLE = re.compile(
    r"(?:wawancara|interview|posisi|lowongan|jabatan|undangan|seleksi|proses|pembicaraan|pertemuan|kesempatan|lamaran"
    r"|bergabung|sama|semoga|tim|kepada|role|position|post|opportunity|team|process|application|meeting|vacancy|join|joining"
    r"|job|everyone|everybody|all|staff|people|folks|colleagues|thought of|rekan|rekan-rekan|keluarga besar|semua|seluruh)\b",
    re.IGNORECASE,
)
_OWN_AFFAIR = re.compile(
    r"\b(?:sebab|berhubung|soalnya|lantaran|sudah|telah|juga|lain|baru saja|masih|sedang|lulusan|alumni|alumnus|mahasiswa"
    r"|mahasiswi|siswa)\b",
    re.IGNORECASE,
)
"""Words that make an employer named behind them the candidate's other affair rather than the reader."""
_STOP = re.compile(r"(?<=[\w’'\-]{3})\.(?: |$)")
_SELECTING = re.compile(r"\b(?:seleksi|lamaran|rekrutmen|pencalonan|proses) $", re.IGNORECASE)
_TITLE = rf"([A-ZÀ-Þ][\w&/\-]*(?: (?:{_NAME}|[A-Z0-9][\w&/\-]*)){{0,4}})"
# Before a noun each word reaches to a blank, and is read in one way alone.
_TITLE_BEFORE = rf"([A-ZÀ-Þ][\w&/\-]*+(?: (?>(?:{_NAME}|[A-Z0-9][\w&/\-]*)(?= ))){{0,4}})"
_POSITION = re.compile(
    rf"\b(?:[Pp]osisi|[Jj]abatan|[Ll]owongan|[Pp]eran|[Ff]ormasi|menjadi)(?: (?:sebagai|yaitu|untuk|seorang))? {_TITLE}"
)
_POSITION_EN = re.compile(
    rf"\b(?:[Pp]osition|[Rr]ole|[Pp]ost|[Jj]ob|[Vv]acancy) (?:of|as) (?:an? |the )?{_TITLE}"
    rf"|\b(?:be|become|becoming|being|as|for) (?:your|the|an?|your new|your next|the new|the next) {_TITLE}"
    rf"|\b(?:[Tt]he|[Yy]our|an?|[Mm]y) {_TITLE_BEFORE} (?:position|role|post|job|vacancy|interview|selection|opening"
    r"|opportunity)\b"
)
_INTERVIEW_FOR = re.compile(rf"\b(?:[Ww]awancara|[Ii]nterview|[Ss]eleksi)(?: (?:kerja|untuk))? {_TITLE}")
_INTERVIEW_FOR_POSITION = re.compile(
    r"\b(?:[Ww]awancara|[Ii]nterview|[Ss]eleksi|for)(?: kerja)?(?: untuk| for)?(?: the)?"
    rf" (?:posisi|jabatan|position of|role of|post of) {_TITLE}"
)
_POSITION_WORDS = (" posisi ", " jabatan ", " position of ", " role of ", " post of ")
_FEW = 40
"""So many names of companies at most are looked at."""
_REACH = 300
"""So many characters before a name or a day are looked at, so that one endless sentence costs no more than many."""


def other_company(draft: AnalysedDraft) -> tuple[int, int] | None:
    """The place where another employer stands in the part of the case's, None where there is none.

    An employer of the candidate's own, past or to come, may be named beside; so a name counts only where it is joined
    to the interview, the position or the team, or where the case's company is named nowhere.
    """
    company = draft.context.company
    if company is None:
        return None
    named = draft.moves[Move.COMPANY_NAMED]
    if named and _only_ours(draft, core_of(company)):
        return None
    ours = set(name_words(core_of(company)))
    people = (draft.context.position, draft.context.candidate, bare_name(draft.context.contact_name or ""))
    theirs = set(name_words(" ".join(name for name in people if name)))
    for found in islice(_LEGAL.finditer(draft.text), _FEW):
        if found.group().split()[0] not in ("PT", "CV", "UD", "PT.", "CV.") and draft.language is Language.ID and named:
            continue
        if _is_venue(draft, found, company):
            continue
        if _is_other(found.group(), ours, theirs) and _plays_employer(draft, found.start(), strict=named):
            return found.span()
    if named:
        return None
    for pattern in (_AT, _IS_WHERE) if draft.language is Language.EN else (_JOINING, _IS_WHERE, _PLACED):
        for found in islice(pattern.finditer(draft.text), _FEW):
            place = _name_span(found)
            written = draft.text[slice(*place)]
            if not _is_other(written, ours, theirs) or _looks_place(draft, place):
                continue
            if pattern is _PLACED and not _is_known_employer(draft, found, written):
                continue
            if pattern not in (_AT, _PLACED) or _plays_employer(draft, place[0], strict=True):
                return place
    return None


def _name_span(found: re.Match[str], group: int = 1) -> tuple[int, int]:
    """The place of a name of capital words, which the full stop of a sentence ends ("Digital Marketing. Apakah")."""
    begin, end = found.span(group)
    stop = _STOP.search(found.group(group))
    return begin, begin + stop.start() if stop else end


def _is_known_employer(draft: AnalysedDraft, found: re.Match[str], written: str) -> bool:
    """Whether a name behind "di" is an employer's for sure: a place of the interview stands there just as well.

    An employer is left, thanked and wished well in a second sentence, has a selection, or a trade in its name. What is
    said of another employer as the reason ("karena sudah ...") is the candidate's own.
    """
    sentence = draft.sentences[draft.sentence_at(found.start())]
    before = draft.text[max(sentence.begin, found.start() - _REACH) : found.start()]
    if _OWN_AFFAIR.search(before):
        return False
    name, sets = name_words(written), draft.words.sets
    if name[0] in sets["place_heads"] or not sets["offices"].isdisjoint(name):
        return False
    if found.group().split()[0].lower() not in ("di", "dari", "bagi", "kantor", "semoga"):
        return True
    if draft.text.count(written) > 1 or not sets["trades"].isdisjoint(name):
        return True
    return _SELECTING.search(before) is not None


def _is_venue(draft: AnalysedDraft, found: re.Match[str], company: str) -> bool:
    """Whether a hotel or a bank behind "di" is where one meets: where the case's company is of another kind, and once."""
    kind = found.group().split()[0].rstrip(".")
    if kind in ("PT", "CV", "UD") or kind.lower() in name_words(company):
        return False
    before = draft.text[max(0, found.start() - 4) : found.start()].lower().split()
    return before[-1:] in (["di"], ["at"], ["in"], ["ke"]) and draft.text.count(found.group()) == 1


def _only_ours(draft: AnalysedDraft, core: str) -> bool:
    """Whether every "PT" and "CV" of the text stands in front of the case's own company; a quick look before a long one."""
    low = draft.low
    return (" pt " not in low or low.count(" pt ") == low.count(f" pt {core} ")) and (
        " cv " not in low or low.count(" cv ") == low.count(f" cv {core} ")
    )


def _is_other(written: str, ours: set[str], theirs: set[str]) -> bool:
    words = {word for word in name_words(company_core(written)) if len(word) > 1}
    if not words or words & theirs:
        return False
    # "Delima" for "Delima Farma" is a short form; "Sejahtera Farma Utama" only shares the trade.
    return 2 * len(words & ours) <= min(len(words), len(ours)) and not (words <= ours or ours <= words)


def _plays_employer(draft: AnalysedDraft, at: int, *, strict: bool) -> bool:
    sentence = draft.sentences[draft.sentence_at(at)]
    before = draft.text[max(sentence.begin, at - _REACH) : at]
    if _OWN.search(before[-60:]):
        return False
    if draft.anatomy.closing is not None and at >= draft.sentences[draft.anatomy.closing].begin:
        return False
    if at < draft.body_begin:
        return not strict  # the addressee's lines of a letter
    return bool(_ROLE.search(before)) or not strict


def _looks_place(draft: AnalysedDraft, place: tuple[int, int]) -> bool:
    """Whether capital words are a day, a person or a street rather than a company."""
    words = name_words(draft.text[place[0] : place[1]])
    if any(word in HONORIFICS or word in draft.words.sets["not_positions"] for word in words):
        return True
    return words[-1] in ("road", "street", "avenue", "lane", "station", "floor", "building", "centre", "park", "square")


def other_position(draft: AnalysedDraft) -> tuple[int, int] | None:
    """The place in the text where another position is named as the one applied for; (0, 0) for one in the subject."""
    position = draft.context.position
    if position is None:
        return None
    wanted = {word for word in name_words(position) if len(word) > 2}
    others = set(name_words(core_of(draft.context.company or "")))
    others |= set(name_words(draft.context.candidate or ""))
    patterns: tuple[re.Pattern[str], ...] = (_POSITION, _INTERVIEW_FOR) if draft.language is Language.ID else (_POSITION_EN,)
    if draft.moves[Move.POSITION_NAMED]:
        named = " ".join(name_words(position))
        low = draft.low
        if all(word not in low or low.count(word) == low.count(word + named) for word in _POSITION_WORDS):
            return None
        # The right one stands somewhere: another is wrong only where the interview itself is said to be for it.
        patterns = (_INTERVIEW_FOR_POSITION,)
    for text, in_text in ((draft.text, True), (draft.subject.text if draft.subject else "", False)):
        for pattern in patterns:
            for found in pattern.finditer(text):
                group = next(number for number in range(1, (found.lastindex or 0) + 1) if found.group(number))
                begin, end = _name_span(found, group)
                words = set(name_words(text[begin:end]))
                if not words or words & others or words & draft.words.sets["not_positions"]:
                    continue
                if not are_two_positions(words, wanted, draft.words.sets["same_positions"]):
                    continue
                if not in_text and text[begin:end].istitle() and words & {"kerja"}:
                    continue
                return (begin, end) if in_text else (0, 0)
    return None


def other_recipient(draft: AnalysedDraft) -> tuple[int, int] | None:
    """The greeting's name where it is somebody else's than the case's contact."""
    contact = draft.context.contact_name
    place = draft.anatomy.addressee
    if contact is None or place is None:
        return None
    written = draft.text[place[0] : place[1]]
    if contact in written:
        return None
    title, name = split_honorific(written)
    wanted = {word for word in name_words(bare_name(contact)) if len(word) > 1}
    told = {word for word in name_words(bare_name(name)) if len(word) > 1}
    if not wanted or not told or "/" in written or "[" in draft.text[place[1] : place[1] + 2]:
        return None
    if told & draft.words.sets["offices"] or told & set(name_words(draft.context.company or "")):
        return None
    if told & wanted:
        return place if _other_sex(title, split_honorific(contact)[0]) else None
    if any(_alike(one, other) for one in told for other in wanted):
        return None
    return place


_MEN = frozenset({"Bapak", "Pak", "Mas", "Bang", "Bli", "Mr", "Tuan", "Ustadz", "Ustaz"})
_WOMEN = frozenset({"Ibu", "Bu", "Mbak", "Ms", "Mrs", "Miss", "Nyonya", "Nona", "Ustadzah", "Ustazah"})


def _other_sex(one: str | None, other: str | None) -> bool:
    return (one in _MEN and other in _WOMEN) or (one in _WOMEN and other in _MEN)


def _alike(one: str, other: str) -> bool:
    """A short form or a slip of the pen: "Riz" for "Rizki", "Hesty" for "Hesti"."""
    if min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one)):
        return True
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 4:
        return False
    differing = sum(a != b for a, b in zip(one, other, strict=False)) + abs(len(one) - len(other))
    return differing <= 1


_MOVING = (Purpose.RESCHEDULE, Purpose.REQUEST_ONLINE)
"""The purposes whose messages name other days by nature."""
_INTERVIEW = re.compile(
    r"\b(?:wawancara|interview|undangan|jadwal|sesi|pertemuan|panggilan|hadir|dijadwalkan|meeting|appointment|attend|scheduled"
    r"|invitation|spoke|met)",
    re.IGNORECASE,
)
_ATTENDING = re.compile(r"\b(?:be (?:at|there)|come|see you|confirm|berada|tiba|mengonfirmasi|konfirmasi)\b", re.IGNORECASE)
"""Words that give the day behind them to the interview where a confirmation says them."""
_ELSEWHERE = re.compile(
    r"(?:mengirim|kirim|menulis|email|surel|surat|pesan|melamar|lamaran|menanyakan|mulai|sejak|sampai|hingga|pengumuman"
    r"|mengumumkan|diumumkan|hasil|menyebut|lahir|saya terima|diterima|batal|menolak|membatalkan|ganti|diganti|pindah"
    r"|dipindah\w{0,30}+|digeser|diundur\w{0,30}+|diubah|ulang|bersedia|tersedia|opsi|pilihan|usul\w{0,30}+"
    r"|wrote|sent|emailed|applied|application|letter|message|e-mail|received|announce\w{0,30}+|decision|start\w{0,30}+|until|since|from"
    r"|promised|declined|cancelled|available|free|move|moved|reschedule\w{0,30}+|instead|alternativ\w{0,30}+|suggest\w{0,30}+|propose\w{0,30}+|could"
    r"|would|begin\w{0,30}+)\b[^.?!]{0,40}+$"
)
"""Words that give the day behind them to something else than the interview; of a text in small letters."""


def wrong_days(draft: AnalysedDraft) -> list[tuple[int, int]]:
    """The places where the text gives the interview a day or weekday that is not the case's."""
    start = draft.context.interview_start
    found = [(mention.begin, mention.end) for mention in draft.dates if _contradicts(draft, mention)]
    if found or start is None or draft.context.now is None:
        return found
    if interview_mentions(draft):
        return found
    for mention in draft.dates:
        if mention.form not in ("absolute", "no_year", "numeric") or mention.day is None or mention.until is not None:
            continue
        if _is_interview_day(draft, mention, mention.day, start.date()):
            found.append((mention.begin, mention.end))
            break
    return found


def wrong_subject_day(draft: AnalysedDraft) -> str | None:
    """The words by which the subject gives the interview another day than the case's."""
    start = draft.context.interview_start
    if start is None or draft.subject is None or draft.purpose in _MOVING:
        return None
    subject = draft.subject.text
    for mention in draft.subject_dates:
        if mention.contradicts:
            return subject[mention.begin : mention.end]
        if mention.form == "weekday" or mention.form == "relative" or mention.day in (None, start.date()):
            continue
        before = subject[: mention.begin]
        if _INTERVIEW.search(before) and not _ELSEWHERE.search(before.lower()):
            return subject[mention.begin : mention.end]
    return None


def _contradicts(draft: AnalysedDraft, mention: DateMention) -> bool:
    """A weekday that is not its date's."""
    if not mention.contradicts:
        return False
    start = draft.context.interview_start
    if start is not None and mention.candidates and start.date() in mention.candidates:
        return (mention.stated_weekday is not None and mention.stated_weekday != start.date().weekday()) or (
            mention.candidates[0] != start.date()
        )
    return mention.form in ("absolute", "no_year", "numeric")


def _is_interview_day(draft: AnalysedDraft, mention: DateMention, day: date, true_day: date) -> bool:
    sentence = draft.sentences[draft.sentence_at(mention.begin)]
    before = draft.text[max(sentence.begin, mention.begin - _REACH) : mention.begin]
    if mention.begin < draft.body_begin:
        return False
    words = list(_INTERVIEW.finditer(before))
    if not words and draft.purpose is Purpose.CONFIRM and draft.parts.words[sentence.first] != "on":
        words = list(_ATTENDING.finditer(before))
    if not words or _ELSEWHERE.search(before[words[-1].end() :].lower()):
        return False
    if draft.purpose in _MOVING and (
        sentence.is_question
        or _ELSEWHERE.search(before.lower())
        or draft.tags[draft.sentence_at(mention.begin)] & {"says_move", "asks_slot"}
    ):
        return False
    if _ELSEWHERE.search(before[: words[-1].start()][-30:].lower()) and draft.purpose is not Purpose.FOLLOW_UP:
        return False
    return abs((day - true_day).days) <= 366


def proposes_times(draft: AnalysedDraft) -> bool:
    """Whether a day or hour other than the interview's own is named: an option for another time."""
    start = draft.context.interview_start
    own = {(mention.begin, in_text) for mention, in_text in interview_mentions(draft)}
    for mention in draft.dates:
        if (mention.begin, True) in own or (start is not None and mention.day == start.date()):
            continue
        if draft.context.now is not None and mention.day is not None and mention.day < draft.context.now.date():
            continue
        return True
    if start is None:
        return len(draft.dates) + len(draft.times) > 2
    return any((time.start.hour % 12, time.start.minute) != (start.hour % 12, start.minute) for time in draft.times)
