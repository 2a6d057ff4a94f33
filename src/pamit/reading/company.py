"""The employer: told apart from agencies, portals and schools that only pass the message on.

Every place that can name a company gives a candidate with a weight; candidates that mean one company are weighed together.
The employer's own words ("kami dari …", letterhead, signature) weigh more than an address line; the sender's domain
counts where nothing else does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from pamit.domain.names import company_core as fold_company
from pamit.domain.names import same_person
from pamit.reading.found import Found
from pamit.reading.letter import Letter
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
    squeeze,
    walk_company,
)
from pamit.reading.people import Addressee
from pamit.reading.text import Page

__all__ = ["find_company", "part_names"]

_LEGAL_WORDS = frozenset("pt cv ud pd firma perumda perum".split())
_AFTER_LEGAL = re.compile(r"\.?[ \t]*(?=[\w\"])")
_NOT_MIXED = frozenset("kantor gudang rumah pusat agen badan balai komisi travel outlet las pool".split())
_PREPOSITIONS = frozenset(
    "hari tanggal tgl jam pukul jm besok nanti pada saat di ke yang yg kami kita dan ini itu untuk utk dari pada dengan atau nya tsb".split()
)
_LOWER_WORD = re.compile(r"[ \t]+(?P<word>[a-z]{3,12})(?=[ \t]+[A-Z\"])")
_CAPITAL = re.compile(r"[ \t]+(?=[A-Z\"])")
_INTRODUCING = re.compile(r"(?:dari|dr|di|ke|punya|namanya|saya \w+|ini \w+)[ \t]+$")
_BACK_WORDS = BACK_TYPES | LEGAL_BEHIND
_NAME_BEFORE = re.compile(r"(?:[A-Z][\w&'-]*[ \t]+(?:&[ \t]+|of[ \t]+|and[ \t]+)?){1,4}$")
_SECOND_BACK = re.compile(r"[ \t]+(?:Ltd|Inc|GmbH|Pte|LLC|Oy|Co)\b")
_TEAM_WORDS = frozenset("team recruiting recruitment acquisition hr hrd resources careers".split())
_TEAM_NAME = re.compile(r"(?P<name>(?:[A-Z][\w&'.-]*[ \t]+(?:&[ \t]+|of[ \t]+|and[ \t]+)?){1,5})$")
# Words in front of the name, each with the words at which it is tried.
_CUES: tuple[tuple[frozenset[str], re.Pattern[str], float], ...] = tuple(
    (frozenset(words.split()), re.compile(pattern, re.I), weight)
    for words, pattern, weight in (
        ("klien kliennya", r"klien(?:nya)?(?: kami)?(?: (?:adalah|yaitu|ialah))?[,:]?[ \t]+", 10),
        ("client", r"client(?: kami)?(?: (?:is|adalah|yaitu))?[,:]?[ \t]+", 10),
        (
            "shortlisted selected invited interviewed employed hired",
            r"(?:shortlisted|selected|invited|interviewed|employed|hired) by[ \t]+(?:the )?",
            5,
        ),
        ("on", r"on behalf of[ \t]+", 7),
        ("mewakili atas", r"(?:mewakili|atas nama perusahaan)[ \t]+", 6),
        (
            "kami saya kita sy aku",
            r"(?:kami|saya|kita|sy|aku) (?:dari|dr)[ \t]+(?:tim \w+ |tim |pihak |hrd |hr |bagian \w+ |" r"rekrutmen )*",
            6,
        ),
        ("kami", r"kami,[ \t]+", 6),
        ("perkenalkan", r"perkenalkan,? (?:kami|saya)[ \t]+(?:adalah |dari )?", 4),
        ("dari dr", r"(?:dari|dr)[ \t]+(?:tim talent |tim hrd? |tim rekrutmen |tim |hrd |hr |pihak )*", 4),
        ("dr", r"dr[ \t]+(?:personalia |hrd |hr |tim )*", 4),
        ("from", r"from[ \t]+(?:the )?(?:hr team at |team at |recruiting at )?", 4),
        (
            "interest joining join applying apply applied career employment team interview",
            r"(?:interest in|joining|join|apply(?:ing)? (?:at|to|with)|applied (?:at|to|with)|"
            r"career (?:at|with)|employment (?:at|with)|team at|interview with|"
            r"interview at)[ \t]+(?:joining |the )?",
            3.5,
        ),
        ("at", r"at[ \t]+(?:the )?", 3.5),
        ("with", r"with[ \t]+(?:the )?", 2.5),
        (
            "position role vacancy opening job positions roles jobs",
            r"(?:position|role|vacancy|opening|job)s? (?:at|in|with)[ \t]+(?:the )?",
            2.5,
        ),
        ("applying application applied welcome apply", r"(?:applying|application|applied|welcome|apply) to[ \t]+(?:the )?", 3),
        ("di", r"di[ \t]+", 2.2),
        ("pada", r"pada[ \t]+(?=PT|CV|Yayasan|Bank)", 3),
        (
            "bergabung berkarir berkarier melamar lamaran tertarik ketertarikan minat",
            r"(?:bergabung|berkarir|berkarier|melamar|lamaran|tertarik|ketertarikan|"
            r"minat) (?:\w+ ){0,3}?(?:bersama|dengan|di|ke|kepada|pada)[ \t]+",
            3.5,
        ),
        (
            "tim team",
            r"(?:tim|team)[ \t]+(?:hrd? |rekrutmen |rekruitmen |recruitment |talent acquisition |"
            r"talent |seleksi |personalia |human capital )*",
            3.5,
        ),
        (
            "hrd hrga hr human personalia",
            r"(?:hrd|hrga|hr|human resources?|personalia|human capital)[ \t]+(?:-[ \t]*|"
            r"departe?men(?:t)? )?(?:department |dept\.? )?",
            3,
        ),
        ("rekrutmen rekruitmen recruitment recruiting", r"(?:rekrutmen|rekruitmen|recruitment|recruiting)[ \t]+(?:team )?", 3),
        ("punya owner pemilik", r"(?:punya|owner|pemilik)[ \t]+(?:di |dari )?", 3),
        ("ini", r"ini[ \t]+(?:dari |info )?", 1.5),
        ("info", r"info[ \t]+(?:interview |wawancara |lowongan )?(?:tahap \w+ )?(?:dari )?", 2.5),
        ("toko", r"toko[ \t]+(?=\")", 4),
        ("platform", r"platform[ \t]*-[ \t]*", 3),
    )
)
_CUES_OF: dict[str, list[tuple[re.Pattern[str], float]]] = {}
for _words, _pattern, _weight in _CUES:
    for _word in _words:
        _CUES_OF.setdefault(_word, []).append((_pattern, _weight))
_CUE_WORDS = frozenset(_CUES_OF)
_INVITES = frozenset(
    "mengundang meminta membuka telah ingin hendak memanggil mewawancarai has would invites have bermaksud akan".split()
)
_INVITING = re.compile(
    r"(?:(?:akan|ingin|bermaksud|hendak|telah|has|have|would like to|"
    r"is pleased to) ?(?:mengundang|meminta|membuka|memanggil|mewawancarai|invited?)|"
    r"mengundang|meminta|membuka|memanggil|mewawancarai|wawancara|has|would like|invites|"
    r"ingin|hendak|telah)\b"
)
_AGENT_AFTER = re.compile(
    r"(?:penyedia (?:jasa )?tenaga kerja|outsourcing|alih daya|agen(?:si)? (?:rekrutmen|"
    r"tenaga)|konsultan (?:rekrutmen|sdm|hr)|job portal|portal lowongan|platform|"
    r"mitra rekrutmen|recruitment (?:agency|partner|firm)|headhunt\w*|executive search|"
    r"staffing|career cent(?:er|re)|pusat karier|bursa kerja)",
    re.I,
)
_ADDRESS = re.compile(
    r"\b(?:jl|jln|jalan|gedung|lt|lantai|kav|blok|street|floor|tower|building|ruko|komplek|"
    r"kec|kab|kota|rt|rw|kode pos|telp|phone|www|http|fax|badan hukum|kampus|km)\b",
    re.I,
)
_CITY_TAIL = re.compile(r"\((?!Persero)[^()\n]{1,40}\)|,.*$")
_MAIL_HOST = re.compile(
    r"^(?:gmail|yahoo|ymail|hotmail|outlook|live|icloud|aol|proton\w*|surel|mail|email|kotak|" r"freebox|example|rocketmail)$"
)
_PIECES = re.compile(
    r"[ \t]*(?:[|;\[\]\u2022\u00b7]|[ \t][-\u2013\u2014][ \t]|[ \t]{3,}|\t|@|,[ \t])[ \t]*|"
    r"[ \t]*[/][ \t]*(?=[A-Z])|\s*[()]\s*"
)


company_core = lru_cache(maxsize=4096)(fold_company)
"""The same company is named many times in one message, and in many messages."""


@dataclass
class _Group:
    """Candidates that mean one company."""

    core: str
    weight: float = 0.0
    sources: set[str] = field(default_factory=set)
    variants: dict[str, tuple[float, str, tuple[int, int] | None]] = field(default_factory=dict)
    agency: bool = False


class _Ballot:
    """Collects candidates and groups those of one company."""

    def __init__(self, letter: Letter, addressee: Addressee, contact: str | None) -> None:
        self.letter = letter
        self.addressee = addressee
        self.contact = contact
        self.groups: list[_Group] = []
        self.spelt: str | None = None

    def add(self, written: str, span: tuple[int, int] | None, weight: float, source: str) -> None:
        text = written.strip(" \t\"'.,:;-–—|")
        text = re.sub(r"\s+", " ", text) if "\n" in text else text
        if len(text) < 2 or len(text) > 90 or not any(mark.isalpha() for mark in text):
            return
        core = company_core(text)
        words = core.split()
        if not words or all(word in TEAM or word in TITLE or word in _NO_COMPANY or word in LEGAL_FRONT for word in words):
            return
        if (words[0] in _NO_COMPANY and source != "spelt" and not (words[0] in FRONT_TYPES and len(words) > 2)) or (
            len(words) == 1 and (words[0] in FRONT_TYPES or words[0] in _NO_COMPANY)
        ):
            return
        if self.addressee.is_named(text) or _CODE.match(text):
            return
        if self.contact and source != "domain":
            inside = {word.lower() for word in text.split()} <= {word.lower() for word in self.contact.split()}
            if (
                inside
                and same_person(text, self.contact)
                and fold_word(text.split()[0]) not in LEGAL_FRONT
                and not _by_domain(self.letter, text)
            ):
                return
            head, _, tail = text.partition(" ")
            if (
                tail
                and head.lower() == self.contact.split()[0].lower()
                and fold_word(tail.split()[0]) in FRONT_TYPES | LEGAL_FRONT
            ):
                text = tail  # "Fahmi Bengkel Las" in a phone book
                weight *= 0.5
                core = company_core(text)
                words = core.split()
        if (
            self.spelt
            and source != "spelt"
            and len(text) > len(self.spelt) + 1
            and text.lower().endswith(" " + self.spelt.lower())
        ):
            first = fold_word(text.split()[0])
            if first not in LEGAL_FRONT and first not in FRONT_TYPES:
                text = text[-len(self.spelt) :]
                core = company_core(text)
                words = core.split()
        if span is not None and text != written:
            shift = written.find(text)
            span = (span[0] + shift, span[0] + shift + len(text)) if shift >= 0 else span
        group = self._group(core)
        if source not in group.sources:
            group.sources.add(source)
            group.weight += weight
        else:
            group.weight += 0.3
        old = group.variants.get(core)
        first = fold_word(text.split()[0])
        legal = 1.5 if first in LEGAL_FRONT else 1.2 if first in FRONT_TYPES and text[0].isupper() else 0.0
        score = weight + legal + (old[0] if old else 0.0)
        keep = old if old and _rank(old[1]) >= _rank(text) and not (old[2] is None and span) else None
        group.variants[core] = (score, keep[1] if keep else text, keep[2] if keep else span)
        if any(word in AGENCY for word in words) and not any(word in BACK_TYPES - AGENCY for word in words):
            group.agency = True

    def _group(self, core: str) -> _Group:
        tight = core.replace(" ", "")
        for group in self.groups:
            other = group.core.replace(" ", "")
            shorter, longer = sorted((tight, other), key=len)
            if _initials(core, group.core):
                group.core = max(core, group.core, key=len)
                return group
            if (
                shorter == longer
                or (len(shorter) >= 4 and longer.startswith(shorter))
                or (len(shorter) >= 6 and shorter in longer)
            ):
                if len(core) < len(group.core):
                    group.core = core
                return group
        group = _Group(core)
        self.groups.append(group)
        return group


def _initials(one: str, other: str) -> bool:
    """Whether one name is the initials of the other ("UNP" of "Universitas Nuri Pratama")."""
    short, long = sorted((one, other), key=len)
    words = long.split()
    return " " not in short and 3 <= len(short) == len(words) and short == "".join(word[0] for word in words)


def _rank(text: str) -> int:
    return 2 if fold_word(text.split()[0]) in LEGAL_FRONT else 1


_NO_COMPANY = frozenset(
    """
    anda kami kita saya interview wawancara undangan tempat lokasi kantor alamat link zoom google meet teams microsoft
    webex whatsapp online offline dear
    halo hai hi selamat terima kasih mohon the our your this a an hari tanggal jakarta bandung surabaya semarang medan
    makassar denpasar yogyakarta malang
    hrd hr bapak ibu kak mas mbak saudara senin selasa rabu kamis jumat sabtu minggu monday tuesday wednesday thursday
    friday saturday sunday
    linkedin jobstreet glints kalibrr indeed karir dealls loker email gmail berikut atas informasi jadwal panggilan
    pengumuman application invitation
    jalan jl jln gedung yes no maybe reply guests mungkin tidak opsi board committee perihal nomor kepada peserta calon
    trims makasih thx tks thks siang-nya indonesia january february march april may june july august september october
    november december gmt utc wib wita wit am pm pemberitahuan
    lowongan perusahaan company team tim user direksi internal pusat cabang kampus lobby lobi reception resepsionis satpam
    pos security on campus noon
    and or us you we i please regards best thanks cheers kind details date time venue position role location mobile phone
    capt dr mr mrs ms miss detail
    penyelenggara waktu calendar kalender web webinar google's your first second final hiring manager head dan untuk
    dengan dari yang di ke pada
    salam hormat indonesian western central eastern bali pagi siang sore malam here eod cob asap subject re fwd ya hasil
    proses tahap seleksi status reminder
    conference floor lantai gedung ruang ruangan room building meeting office kerja posisi jabatan staff staf konfirmasi
    kesempatan lamaran persetujuan
    """.split()
)


def find_company(letter: Letter, addressee: Addressee, position: Found | None, contact: str | None = None) -> Found | None:
    """The employer, or None where nothing names one.

    Args:
        addressee: the candidate, who is never the company.
        position: told apart from the company where both stand together.
        contact: the contact's name, which is no company either.
    """
    ballot = _Ballot(letter, addressee, contact)
    page = letter.page
    _from_spelling(ballot, letter)
    _from_labels(ballot, page)
    _from_text(ballot, page, letter)
    _from_head(ballot, letter)
    _from_signature(ballot, letter)
    _from_sender(ballot, letter)
    if letter.subject is not None:
        _from_subject(ballot, letter.subject)
    if position and position.span:
        _beside_position(ballot, page, position.span[1])
    if letter.rest is not None and not any(group.weight >= 4 for group in ballot.groups):
        _from_rest(ballot, letter.rest)
    _from_domain(ballot, letter)
    if position:
        taken = company_core(position.value)
        ballot.groups = [
            group
            for group in ballot.groups
            if group.core != taken or any(_rank(text) > 1 for _, text, _ in group.variants.values())
        ]
    if not ballot.groups:
        return None
    others = [group for group in ballot.groups if not group.agency and group.weight >= 2]
    best = max(ballot.groups, key=lambda group: group.weight - (6 if group.agency and others else 0))
    _, text, span = max(best.variants.values(), key=lambda variant: variant[0] + 0.25 * min(len(variant[1].split()), 5))
    return Found(text, span, max(0.4, min(0.98, 0.45 + best.weight / 16)))


def _beside_position(ballot: _Ballot, page: Page, at: int) -> None:
    """ "R-20931 HSE Supervisor - Tamarin Gas": the company behind a dash, closing the position's line."""
    match = _DASH.match(page.clean, at)
    if match:
        end = walk_company(page.clean, match.end())
        if end > match.end() and page.clean[end : end + 1] in ("", "\n"):
            ballot.add(page.clean[match.end() : end], (match.end(), end), 3.0, "beside")


_CODE = re.compile(r"[A-Z]{1,5}[-/]?\d[\w/-]*$|\d+$")
_DEPARTMENT = re.compile(r"\W*(?:department|faculty|division|departemen|fakultas|divisi|bagian)\b(?!.*\bPT\b)", re.I)
_DASH = re.compile(r"[ \t]+[-\u2013\u2014|@][ \t]+(?=[A-Z])")


def _from_labels(ballot: _Ballot, page: Page) -> None:
    for line in page.lines:
        if line.label == "company" and line.value < line.end:
            value = page.clean[line.value : line.end]
            value = re.split(r"[|;]|\s{3,}", value)[0]
            ballot.add(value, (line.value, line.value + len(value)), 12, "label")


def _from_text(ballot: _Ballot, page: Page, letter: Letter) -> None:
    _legal_names(ballot, page)
    _typed_names(ballot, page)
    _names_behind(ballot, page)
    _cued_names(ballot, page)
    _inviting_names(ballot, page)
    _team_names(ballot, page)


def _legal_names(ballot: _Ballot, page: Page) -> None:
    """ "PT Maju Jaya": a legal form in front."""
    clean = page.clean
    for word in page.places(_LEGAL_WORDS):
        match = _AFTER_LEGAL.match(clean, word.end)
        if not match or (clean[word.begin - 1 : word.begin] in "/-" and word.begin):
            continue
        if (
            clean[word.begin].islower()
            and not clean[match.end()].isupper()
            and (clean[word.begin : word.end] != "pt" or not clean[match.end()].isalpha())
        ):
            continue  # "cv nya": a curriculum vitae
        end = walk_company(clean, word.begin)
        if end <= match.end():
            end = walk_company(clean, word.begin, lower=clean[match.end() : match.end() + 1].islower())
        if end > match.end():
            _weigh(ballot, page, word.begin, end, 4.0, "legal")


def _typed_names(ballot: _Ballot, page: Page) -> None:
    """ "Klinik Sehat", "toko Lampu Terang", in chat spelling "salon mira cantik": a kind of organisation in front."""
    clean = page.clean
    for word in page.places(FRONT_TYPES):
        begin = word.begin
        written = page.prose[begin : word.end]
        if begin and (clean[begin - 1] in "/-" or _inside_name(clean, begin)):
            continue
        if clean[begin].isupper():
            end = walk_company(clean, begin)
            text = clean[begin:end]
            if " " not in text or _ADDRESS.match(text):
                continue
            office = (
                written in ("kantor", "gudang", "pool", "pusat")
                and "notaris" not in text.lower()
                and "hukum" not in text.lower()
            )
            if not office:
                _weigh(ballot, page, begin, end, 2.6, "front")
            continue
        lower = _LOWER_WORD.match(clean, word.end)
        if written not in _NOT_MIXED and (
            _CAPITAL.match(clean, word.end) or (lower and lower.group("word") not in _PREPOSITIONS)
        ):
            at = lower.end() if lower else word.end
            end = walk_company(clean, at)
            if end > at:
                ballot.add(clean[begin:end], (begin, end), 2.4, "mixed")
        elif _INTRODUCING.search(page.prose, max(0, begin - 24), begin):
            end = walk_company(clean, begin, lower=True)
            if " " in clean[begin:end] and not any(mark.isupper() for mark in clean[begin:end]):
                ballot.add(clean[begin:end], (begin, end), 3.0, "lower")


def _inside_name(clean: str, begin: int) -> bool:
    """Whether a word belongs to a name begun before it: "Optik" in "toko Sinar Optik Galaxy"."""
    for word in reversed(clean[max(0, begin - 40) : begin].split(" ")[:-1]):
        if fold_word(word) in FRONT_TYPES - _NOT_MIXED or fold_word(word) in LEGAL_FRONT:
            return True
        if not word[:1].isupper() or not word.isalpha():
            return False
    return False


def _names_behind(ballot: _Ballot, page: Page) -> None:
    """ "Larkfield Media", "Loch Data Ltd": a kind of organisation or a legal form behind."""
    clean = page.clean
    for word in page.places(_BACK_WORDS):
        if not clean[word.begin].isupper():
            continue
        name = _NAME_BEFORE.search(clean, max(0, word.begin - 70), word.begin)
        if not name:
            continue
        begin, end = name.start(), word.end
        more = _SECOND_BACK.match(clean, end)
        end = more.end() if more else end
        for piece in _WORDS.finditer(clean, begin, word.begin):
            if fold_word(piece.group()) in TITLE:
                begin = piece.end()
        while begin < end:
            head = _WORDS.search(clean, begin, end)
            if head is None or fold_word(head.group()) not in _NO_COMPANY:
                break
            begin = head.end()
        while begin < end and not clean[begin].isalnum():
            begin += 1
        if " " in clean[begin:end].strip():
            _weigh(ballot, page, begin, end, 2.4, "behind")


def _cued_names(ballot: _Ballot, page: Page) -> None:
    """Names behind words such as "kami dari", "at", "on behalf of"."""
    clean = page.clean
    for key in page.vocabulary & _CUE_WORDS:
        for word in page.places(frozenset((key,)))[:8]:
            for pattern, weight in _CUES_OF[key]:
                match = pattern.match(clean, word.begin)
                if match:
                    _weigh_cued(ballot, page, word.begin, match.end(), weight, key)
    at = clean.find("@ ")
    while at >= 0:
        end = walk_company(clean, at + 2)
        if end > at + 2:
            _weigh(ballot, page, at + 2, end, 4, "cue @", context=False)
        at = clean.find("@ ", at + 1)


def _weigh_cued(ballot: _Ballot, page: Page, cue: int, begin: int, weight: float, key: str) -> None:
    clean = page.clean
    first = clean[begin : begin + 1]
    if not (first.isupper() or first == '"' or clean[begin : begin + 2] in ("pt", "cv")):
        return
    end = walk_company(clean, begin)
    if end <= begin:
        return
    text = clean[begin:end]
    if key == "di" and fold_word(text.split()[0]) in _NOT_MIXED and "notaris" not in text.lower():
        return
    if _STREET_BEFORE.search(page.prose, max(0, cue - 10), cue):
        return
    if weight < 4.5 and key in _PLAIN_CUES and (_ADDRESS.search(text) or (weight < 3.6 and is_person(text))):
        return
    _weigh(ballot, page, begin, end, weight, "cue " + key, context=False)


_STREET_BEFORE = re.compile(r"\b(?:jl|jln|jalan|jend)\b\.?[ \t]+$")
_PLAIN_CUES = frozenset("with at di from dari to ini applying".split())


def _inviting_names(ballot: _Ballot, page: Page) -> None:
    """ "Halcyon Foods has invited you", "Yayasan Mentari mengundang Kakak": the name opens its sentence."""
    clean = page.clean
    for word in page.places(_INVITES)[:8]:
        begin = page.sentence(word.begin, word.end)[0]
        while begin < word.begin and clean[begin] in " \t\n":
            begin += 1
        if not 2 < word.begin - begin <= 50 or not clean[begin].isupper() or not _INVITING.match(page.prose, word.begin):
            continue
        end = walk_company(clean, begin)
        if begin < end <= word.begin and not clean[end : word.begin].strip():
            _weigh(ballot, page, begin, end, 5, "cue inviting", context=False)


def _team_names(ballot: _Ballot, page: Page) -> None:
    """ "The Peregrine Team", "Kestrel Recruiting": an office behind the name."""
    clean = page.clean
    for word in page.places(_TEAM_WORDS):
        if not clean[word.begin].isupper():
            continue
        match = _TEAM_NAME.search(clean, max(0, word.begin - 70), word.begin)
        cut = cut_team(match.group("name")) if match else ""
        if match and cut and not is_title(cut):
            begin = match.start() + max(0, match.group().find(cut))
            ballot.add(cut, (begin, begin + len(cut)), 3.0, "team")


def is_title(written: str) -> bool:
    """Whether a line is an office or a title rather than a name."""
    words = [fold_word(word.strip(",()")) for word in written.split()]
    return bool(words) and sum(word in TITLE or word in TEAM for word in words) * 2 >= len(words)


def _weigh(ballot: _Ballot, page: Page, begin: int, end: int, weight: float, source: str, *, context: bool = True) -> None:
    clean = page.clean
    text = clean[begin:end]
    before = page.prose[max(0, begin - 40) : begin]
    after = page.prose[end : end + 90]
    if context:
        line = page.line_at(begin)
        if line and line.label in ("place", "address"):
            weight -= 1.0
        if re.search(r"(?:klien|client)(?: kami| we)?[ ,:]*$", before):
            weight += 6
    if _AGENT_AFTER.search(after.split("\n")[0][:80]) and re.match(r"[ \t]*(?:,|\(|-|adalah|is|sebagai|merupakan)", after):
        weight -= 4
        ballot.add(text, (begin, end), max(weight, 0.5), source)
        ballot._group(company_core(text)).agency = True
        return
    if re.search(r"(?:agen|travel|tour|hotel|bank|rekening|via|lewat|partner|mitra)[ \t\"']*$", before) and weight < 6:
        weight -= 2
    if re.search(r"(?:yayasan|bsdm|nip|wa|tel)[ \t]*$", before):
        weight -= 0.5
    if clean[end : end + 1] == ":" and not clean[clean.rfind("\n", 0, begin) + 1 : begin].strip("* \t"):
        weight += 3  # "PT Maju: Sdr. … dipanggil interview": the sender of a short message
    if weight > 0:
        ballot.add(text, (begin, end), weight, source)


def _from_head(ballot: _Ballot, letter: Letter) -> None:
    clean = letter.page.clean
    for index, line in enumerate(letter.head[:3]):
        body = clean[line.begin : line.end]
        if line.label or _ADDRESS.search(body) or any(mark.isdigit() for mark in body) or len(body) > 80:
            continue
        lowered = body.lower()
        if re.match(
            r"\W*(?:undangan|panggilan|pengumuman|invitation|interview|reminder|info|surat|" r"pemberitahuan|date|tanggal)\b",
            lowered,
        ):
            continue
        at = line.begin
        for piece in _PIECES.split(body):
            begin = clean.find(piece, at, line.end) if piece else -1
            if piece and begin >= 0:
                ballot.add(piece, (begin, begin + len(piece)), 5.0 - index * 0.5, "head")
                at = begin + len(piece)
                if _AGENT_AFTER.search(piece):
                    ballot._group(company_core(piece)).agency = True


def _from_signature(ballot: _Ballot, letter: Letter) -> None:
    clean = letter.page.clean
    for line in letter.signature:
        body = clean[line.begin : line.end]
        if _ADDRESS.match(body) or len(body) > 100:
            continue
        at = line.begin
        pieces = [piece for piece in _PIECES.split(body) if piece and piece.strip()]
        for order, piece in enumerate(pieces[:4]):
            begin = clean.find(piece, at, line.end)
            if begin < 0:
                continue
            at = begin + len(piece)
            if (
                _ADDRESS.search(piece)
                or sum(mark.isdigit() for mark in piece) > 3
                or (piece.rstrip().endswith((".", "!", "?")) and " " in piece and len(piece) > 40)
            ):
                continue
            cut = cut_team(piece)
            if not cut or is_title(cut) or "@" in cut or _DEPARTMENT.match(piece):
                continue
            offset = begin + max(0, piece.find(cut))
            agency = bool(_AGENT_AFTER.search(body))
            single = is_person(cut) and not _by_domain(letter, cut) and not _shown(letter, cut)
            if not cut[0].isupper() and fold_word(cut.split()[0]) not in LEGAL_FRONT:
                continue
            if single and cut == piece.strip() and order == 0:
                continue
            capitals = sum(word[:1].isupper() or word in ("&", "of", "dan", "and") for word in cut.split())
            if capitals < len(cut.split()) * 0.7:
                continue
            weight = 3.4 if cut != piece.strip() or not single else 1.6
            if order and len(pieces) > 2 and order == len(pieces) - 1 and is_person(cut) and single:
                weight = 0.4  # the city at the end of "Name, Company, City"
            ballot.add(cut, (offset, offset + len(cut)), weight, "signature")
            if agency and cut:
                ballot._group(company_core(cut)).agency = True


def _label(mail: str | None) -> str:
    """The telling part of a mail domain; empty for a mail service that anybody uses."""
    domain = (mail or "").partition("@")[2].lower()
    parts = [part for part in domain.split(".") if part]
    for part in reversed(parts[:-1] or parts):
        if part not in ("co", "com", "ac", "or", "go", "sch", "net", "org", "web", "my"):
            return "" if _MAIL_HOST.match(part) else part
    return ""


def _by_domain(letter: Letter, written: str) -> bool:
    label = squeeze(_label(letter.sender.mail))
    tight = squeeze(company_core(written))
    return bool(label) and len(tight) >= 3 and (tight in label or label in tight)


_OFFICE_MAIL = re.compile(
    r"(?:hrd?|hrga|hc|career\w*|karir|karier|recruit\w*|rekrut\w*|jobs?|info|admin|personalia|sdm|talent|hiring|halo|hello)(?:[._-]\w+)?@",
    re.I,
)


def _shown(letter: Letter, written: str) -> bool:
    """Whether an office's display name names this company: its first word stands there."""
    words = [fold_word(word) for word in re.findall(r"[\w.]+", letter.sender.name or "")]
    return fold_word(written.split()[0]) in words and any(word in TEAM or word in TITLE for word in words)


def _from_sender(ballot: _Ballot, letter: Letter) -> None:
    name = letter.sender.name
    if not name:
        return
    behalf = re.search(r"\b(?:on behalf of|a\.n\.|atas nama|via)\b[ \t]+(?P<name>.+)$", name, re.I)
    if behalf:
        ballot.add(behalf.group("name"), None, 4.0, "sender")
        return
    portal = letter.noreply and bool({fold_word(word) for word in re.findall(r"[\w-]+", name)} & AGENCY)
    pieces = [piece.strip() for piece in _PIECES.split(name) if piece and piece.strip()]
    for piece in pieces[:3]:
        piece = re.sub(r"\.(?:com|co|id|test|example|org|net|io)\b", "", piece)
        cut = cut_team(piece)
        if not cut or is_title(cut):
            continue
        person = is_person(cut) and not _by_domain(letter, cut) and not _OFFICE_MAIL.match(letter.sender.mail or "")
        if person and cut == piece and len(pieces) == 1 and fold_word(cut.split()[0]) not in FRONT_TYPES and not letter.noreply:
            continue
        if fold_word(cut.split()[0]) in _HONORED:
            # "Kak Jessy Maison Kue", "Pak Herman Bengkel": the shop stands behind the name in a phone book.
            rest = cut.split()[2:]
            cut = " ".join(rest)
            if len(rest) < 2:
                continue
        weight = 0.6 if portal else 3.0 if cut != piece or not person else 1.6
        if letter.noreply and not _by_domain(letter, cut):
            weight = min(weight, 1.0)
        ballot.add(cut, None, weight, "sender")
        if portal or _AGENT_AFTER.search(name):
            ballot._group(company_core(cut)).agency = True


_HONORED = frozenset("bu ibu pak bapak kak mas mbak tante om ko koh cik bidan ustadz mr mrs ms pdt".split())


def _from_subject(ballot: _Ballot, subject: Page) -> None:
    clean = subject.clean
    bracket = re.match(r"[ \t]*(?:(?:re|fwd?|fw)[ \t]*:[ \t]*)*\[(?P<name>[^\]\n]{2,50})\]", clean, re.I)
    if bracket:
        ballot.add(bracket.group("name"), None, 3.0, "subject")
    for word in subject.places(_LEGAL_WORDS):
        end = walk_company(clean, word.begin)
        if end > word.end:
            ballot.add(clean[word.begin : end], None, 3.5, "subject")
    for word in subject.places(FRONT_TYPES):
        end = walk_company(clean, word.begin) if clean[word.begin].isupper() else word.begin
        if " " in clean[word.begin : end]:
            ballot.add(clean[word.begin : end], None, 2.0, "subject")
    for match in re.finditer(r"\b(?:at|with|from|di|dari|to|with)[ \t]+(?=[A-Z0-9])", clean):
        end = walk_company(clean, match.end())
        if end > match.end() and not is_title(clean[match.end() : end]):
            ballot.add(clean[match.end() : end], None, 2.2, "subject")
    bar = [piece.strip() for piece in re.split(r"[|]", clean)]
    if len(bar) > 1 and len(bar[0].split()) <= 3:
        ballot.add(bar[0], None, 1.5, "subject")
    wants = re.match(r"(?P<name>[A-Z][^\n:|]{2,40}?)[ \t]+(?:wants to|would like|invites|is inviting|" r"mengundang)", clean)
    if wants:
        ballot.add(wants.group("name"), None, 3.0, "subject")


def _from_rest(ballot: _Ballot, rest: Page) -> None:
    clean = rest.clean
    for word in rest.places(_LEGAL_WORDS):
        end = walk_company(clean, word.begin)
        if end > word.end and clean[word.begin].isupper():
            ballot.add(clean[word.begin : end], (word.begin, end), 1.5, "rest")
    for words, pattern, weight in _CUES:
        if weight < 3:
            continue
        for word in rest.places(words)[:4]:
            match = pattern.match(clean, word.begin)
            if match and clean[match.end() : match.end() + 1].isupper():
                end = walk_company(clean, match.end())
                if end > match.end():
                    ballot.add(clean[match.end() : end], (match.end(), end), weight * 0.4, "rest")
    _inviting_names(ballot, rest)


def _telling_label(letter: Letter) -> str:
    """The label of the sender's domain; where nobody reads the sender's mail, of an address in the text."""
    label = _label(letter.sender.mail) if not letter.noreply else ""
    for hit in letter.page.mails:
        label = label or _label(letter.page.clean[hit.begin : hit.end])
    return label


def _from_spelling(ballot: _Ballot, letter: Letter) -> None:
    """Words that spell the domain are the company's name, wherever they stand and however written."""
    tight = squeeze(_telling_label(letter))
    if len(tight) < 3:
        return
    for page, inside in ((letter.page, True), (letter.subject, False)):
        spelt = _spelt(page, tight) if page is not None else None
        if page is not None and spelt:
            ballot.spelt = page.clean[spelt[0] : spelt[1]]
            ballot.add(ballot.spelt, spelt if inside else None, 3.5, "spelt")
            return


def _from_domain(ballot: _Ballot, letter: Letter) -> None:
    """Names whose letters make the domain count for more; the domain itself counts where nothing else does."""
    label = _telling_label(letter)
    tight = squeeze(label)
    if len(tight) < 3:
        return
    known = False
    for group in ballot.groups:
        joined = [squeeze(core) for core in (group.core, *group.variants)]
        if any(len(one) >= 3 and (one in tight or tight in one) for one in joined):
            known = True
            if not group.agency:
                group.weight += 3.0
    if not known and not any(group.weight >= 2.4 for group in ballot.groups):
        ballot.add(label, None, 1.0, "domain")


_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def _beginnings(tight: str) -> frozenset[str]:
    """The words with which a spelling of the label can begin; up to five letters ("pt", "toko") may stand before it."""
    heads = {tight[:end] for end in range(2, min(len(tight), 24) + 1)}
    inner = {tight[begin:end] for begin in range(1, 6) for end in range(begin + 4, min(len(tight), begin + 16) + 1)}
    return frozenset(heads | inner)


def _spelt(page: Page, tight: str) -> tuple[int, int] | None:
    """Words beside each other that spell the domain's label, or the most of it, with what belongs to the name around them."""
    words, begins, ends = page.tokens
    clean = page.clean
    best: tuple[int, int] | None = None
    length = 0
    for first in page.numbers(_beginnings(tight)):
        word = words[first]
        rest = tight if tight.startswith(word) else tight[tight.find(word) :]
        spelt = word
        last = first
        while last + 1 < len(words) and len(spelt) < len(rest):
            if clean[ends[last] : begins[last + 1]] not in _NAME_GAPS or not rest.startswith(spelt + words[last + 1]):
                break
            last += 1
            spelt += words[last]
        if len(spelt) >= max(4, 0.6 * len(tight)) and len(spelt) > length:
            best, length = (begins[first], ends[last]), len(spelt)
    if best is None:
        return None
    begin, end = best
    walked = walk_company(page.clean, begin)
    before = _TYPE_BEFORE.search(page.clean, max(0, begin - 24), begin)
    if before and fold_word(before.group(1)) in FRONT_TYPES | LEGAL_FRONT and before.end() == begin:
        begin = before.start(1)
    return begin, max(end, walked)


_NAME_GAPS = frozenset((" ", "-", "&", ".", " & ", "'"))
_TYPE_BEFORE = re.compile(r"([A-Za-z]+\.?)[ \t]+$")


def part_names(company: Found, position: Found) -> tuple[Found, Found]:
    """Cut company and position apart where one was read into the other ("Area Manager Pusaka Retail")."""
    name, office = company.value, position.value
    lowered = office.lower()
    for tail in (name.lower(), company_core(name)):
        if lowered.endswith(" " + tail) and len(lowered) > len(tail) + 2:
            kept = office[: -len(tail)].rstrip(" ,-")
            span = (position.span[0], position.span[0] + len(kept)) if position.span else None
            return company, Found(kept, span, position.confidence)
    if name.lower().startswith(lowered + " "):
        kept = name[len(office) :].strip()
        begin = company.span[0] + name.find(kept) if company.span else 0
        return Found(kept, (begin, begin + len(kept)) if company.span else None, company.confidence), position
    return company, position
