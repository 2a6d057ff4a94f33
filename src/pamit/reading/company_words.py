"""Companies named in running text: by a legal form, a kind of organisation, or the words in front of the name."""

from __future__ import annotations

import re

from pamit.reading.ballot import NO_COMPANY, Ballot, company_core
from pamit.reading.names import (
    BACK_TYPES,
    FRONT_TYPES,
    LEGAL_BEHIND,
    LEGAL_FRONT,
    NAME_ENDS,
    TEAM,
    TITLE,
    cut_team,
    fold_word,
    is_person,
    walk_company,
)
from pamit.reading.text import Page

__all__ = [
    "ADDRESS",
    "AGENT_AFTER",
    "CUES",
    "LEGAL_WORDS",
    "from_text",
    "inviting_names",
    "is_title",
    "legal_names",
]

LEGAL_WORDS = frozenset("pt cv ud pd po firma perumda perum".split())

# A message names companies a few times; what repeats more is noise.
_MOST = 200
_AFTER_LEGAL = re.compile(r"\.?[ \t]*(?=[\w\"])")

# "Your CV was picked": a curriculum vitae, no firm.
_CURRICULUM = re.compile(
    r"\b(?:your|my|the|kirim|kirimkan|bawa|membawa|send|attach|lampirkan|seleksi|screening|skrining|review|scan|print|"
    r"cetak|lolos|lulus|"
    r"lamaran|berkas|dokumen|upload|unggah|tahap)[ \t]+$",
    re.I,
)
_CURRICULUM_IS = re.compile(
    r"[ \t]*(?:was|is|has|have|were|will|and|to|for|via|by|nya|kamu|anda|kakak|kak|saudara|yang|yg|dan|sudah|sdh|"
    r"telah|ke|di|terbaru)\b"
)

_NOT_MIXED = frozenset("kantor gudang rumah pusat agen badan balai komisi travel outlet las pool".split())

_PREPOSITIONS = frozenset(
    "hari tanggal tgl jam pukul jm besok nanti pada saat di ke yang yg kami kita dan ini itu untuk utk dari dengan atau nya"
    " tsb tempat ya aja saja atas nama jl jln jalan no oleh sama bersama adalah bagian posisi sebagai buat bu pak mas mbak "
    "kak tetap ning ing neng nang sing dinten dinane enjing enjang benjing sesuk sonten".split()
)

_LOWER_WORD = re.compile(r"(?P<words>(?:[ \t]+(?:[a-z]{3,12}|[A-Z]{2,3}(?=[ \t]+[a-z]))){1,3})(?=[ \t]+[A-Z\"])")

_CAPITAL = re.compile(r"[ \t]+(?=[A-Z\"])")

_INTRODUCING = re.compile(r"(?:dari|dr|di|ke|punya|namanya|(?:saya|sy|aku|ini)(?: \w+){1,2})[ \t]+$")

_BACK_WORDS = BACK_TYPES | LEGAL_BEHIND

_NAME_BEFORE = re.compile(r"(?:[A-Z][\w&'-]{0,20}[ \t]{1,20}(?:&[ \t]{1,20}|of[ \t]{1,20}|and[ \t]{1,20})?){1,4}$")

_SECOND_BACK = re.compile(r"[ \t]+(?:Ltd|Inc|GmbH|Pte|LLC|Oy|Co)\b")

_TEAM_WORDS = frozenset("team recruiting recruitment acquisition hr hrd resources careers".split())

_TEAM_NAME = re.compile(r"(?P<name>(?:[A-Z][\w&'.-]{0,20}[ \t]{1,20}(?:&[ \t]{1,20}|of[ \t]{1,20}|and[ \t]{1,20})?){1,5})$")

# Words in front of the name, each with the words at which it is tried.
CUES: tuple[tuple[frozenset[str], re.Pattern[str], float], ...] = tuple(
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
        ("dari dr", r"(?:dari|dr)[ \t]+(?:(?:tim|team) (?:[a-z]+ ){0,2}|hrd |hr |pihak |manajemen |management )*", 4),
        ("dr", r"dr[ \t]+(?:personalia |hrd |hr |tim )*", 4),
        (
            "from fm frm",
            r"(?:from|fr?m)[ \t]+(?:the )?(?:(?:\w+ )?(?:office|branch|team|desk|studio|people) (?:of|at) )?(?:hr team at |"
            r"team at |recruiting at )?",
            4,
        ),
        (
            "interest joining join applying apply applied career employment team interview",
            r"(?:interest in|joining|join|apply(?:ing)? (?:at|to|with)|applied (?:at|to|with)|"
            r"career (?:at|with)|employment (?:at|with)|team at|interview with|"
            r"interview at)[ \t]+(?:joining |the )?",
            3.5,
        ),
        ("at", r"at[ \t]+(?:the )?", 3.5),
        (
            "recruiter hr hrd talent manager owner founder lead partner here working",
            r"\w+(?: \w+)?,? (?:at|of|di|from)[ \t]+(?:the )?",
            4,
        ),
        ("of", r"of[ \t]+(?:the )?", 4),
        ("with", r"with[ \t]+(?:the )?", 2.5),
        (
            "position role vacancy opening job positions roles jobs",
            r"(?:position|role|vacancy|opening|job)s? (?:at|in|with)[ \t]+(?:the )?",
            2.5,
        ),
        ("applying application applied welcome apply", r"(?:applying|application|applied|welcome|apply) to[ \t]+(?:the )?", 3),
        (
            "interview wawancara interviewmu wawancaramu",
            r"(?:(?:interview|wawancara)mu|(?:interview|wawancara) (?:kakak|kak|anda|kamu|mas|mbak|saudara|saudari|bapak|ibu))"
            r" di[ \t]+(?!(?:jl|jalan|gedung|ruang|lantai|graha|menara|wisma|plaza|mall)\b)"
            r"(?=(?-i:[A-Z][\w&']*[ \t]+[A-Z]))",
            3.7,
        ),
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
        (
            "acquisition-nya acquisition nya hrnya hrdnya recruiternya adminnya ownernya",
            r"(?:acquisition[ -]?nya|nya|\w{2,9}nya)[ \t]+",
            3.5,
        ),
        ("info", r"info[ \t]+(?:interview |wawancara |lowongan )?(?:tahap \w+ )?(?:dari )?", 2.5),
        ("toko", r"toko[ \t]+(?=\")", 4),
        ("platform", r"platform[ \t]*-[ \t]*", 3),
    )
)

_CUES_OF: dict[str, list[tuple[re.Pattern[str], float]]] = {}

for _words, _pattern, _weight in CUES:
    for _word in _words:
        _CUES_OF.setdefault(_word, []).append((_pattern, _weight))

_CUE_WORDS = frozenset(_CUES_OF)

_INVITES = frozenset(
    "is are asks wants invited menjadwalkan memberitahukan menyampaikan membatalkan mengonfirmasi mengkonfirmasi mengharapkan "
    "mengucapkan memohon mengajak menawarkan cannot regrets thanks dengan menunggu menanti mencari "
    "mengundang meminta membuka telah ingin hendak memanggil mewawancarai has would invites have bermaksud akan".split()
)

_INVITING = re.compile(
    r"(?:(?:akan|ingin|bermaksud|hendak|telah|has|have|would like to|"
    r"is pleased to) ?(?:mengundang|meminta|membuka|memanggil|mewawancarai|invited?)|"
    r"mengundang|meminta|membuka|memanggil|mewawancarai|wawancara|has|would like|invites|"
    r"ingin|hendak|telah|menjadwalkan|memberitahukan|menyampaikan|membatalkan|meng?konfirmasi|mengharapkan|"
    r"mengucapkan|memohon|"
    r"mengajak|menawarkan|(?:is|are) (?:pleased|delighted|happy|glad|excited|hiring|looking|inviting|seeking|offering|keen|"
    r"sorry)|"
    r"asks|wants|regrets|cannot offer|thanks you|dengan (?:ini|senang|hormat)|menunggu|menanti|mencari)\b"
)

AGENT_AFTER = re.compile(
    r"(?:penyedia (?:jasa )?tenaga kerja|outsourcing|alih daya|agen(?:si)? (?:rekrutmen|"
    r"tenaga)|konsultan (?:rekrutmen|sdm|hr)|job portal|portal lowongan|platform|"
    r"mitra rekrutmen|recruitment (?:agency|partner|firm)|headhunt\w*|executive search|"
    r"staffing|career cent(?:er|re)|pusat karier|bursa kerja)",
    re.I,
)

ADDRESS = re.compile(
    r"\b(?:jl|jln|jalan|gedung|lt|lantai|kav|blok|street|floor|tower|building|ruko|komplek|"
    r"kec|kab|kota|rt|rw|kode pos|telp|phone|www|http|fax|badan hukum|kampus|km)\b",
    re.I,
)


def from_text(ballot: Ballot, page: Page) -> None:
    """Every way but a legal form in which running text names a company."""
    _typed_names(ballot, page)
    _names_behind(ballot, page)
    _cued_names(ballot, page)
    inviting_names(ballot, page)
    _team_names(ballot, page)
    _signed_off(ballot, page)


def _signed_off(ballot: Ballot, page: Page) -> None:
    """ "… Togar, Ekspedisi Sinabung Raya": name and company close a message that has no lines for them."""
    text = page.clean.rstrip()
    match = _SIGNED_OFF.search(text, max(0, len(text) - 90))
    if match is None or not is_person(match.group("name")) or is_title(match.group("firm")):
        return
    begin = match.start("firm")
    end = walk_company(page.clean, begin)
    if end == match.end("firm"):
        _weigh(ballot, page, begin, end, 4.0, "signed off", context=False)


_SIGNED_OFF = re.compile(
    r"(?:[.!?\n)~\u2013\u2014-]"
    r"|[^\w\s,.])[ \t\n]{0,30}(?P<name>[A-Z][\w'.]{0,30}(?: [A-Z][\w']{0,30}){0,3})[ \t]{0,30}(?:,|\||/|"
    r"[ \t][-\u2013\u2014][ \t]|\()"
    r"[ \t]{0,30}(?P<firm>[A-Z][\w&'.-]{0,30}(?: (?:[A-Z&][\w&'.-]{0,30}|of|and|dan)){0,5})\)?\W{0,30}$"
)


def legal_names(ballot: Ballot, page: Page) -> None:
    """ "PT Maju Jaya": a legal form in front."""
    clean = page.clean
    for word in page.places(LEGAL_WORDS)[:_MOST]:
        match = _AFTER_LEGAL.match(clean, word.end)
        if not match or (clean[word.begin - 1 : word.begin] in "/-" and word.begin):
            continue
        if (
            clean[word.begin].islower()
            and not clean[match.end()].isupper()
            and (clean[word.begin : word.end] != "pt" or not clean[match.end()].isalpha())
        ):
            continue  # "cv nya": a curriculum vitae
        if clean[word.begin : word.end] == "CV" and (
            _CURRICULUM_IS.match(clean, word.end) or _CURRICULUM.search(clean, max(0, word.begin - 14), word.begin)
        ):
            continue
        end = walk_company(clean, word.begin)
        if end <= match.end():
            end = walk_company(clean, word.begin, lower=clean[match.end() : match.end() + 1].islower())
        if end > match.end():
            _weigh(ballot, page, word.begin, end, 4.0, "legal")


def _typed_names(ballot: Ballot, page: Page) -> None:
    """ "Klinik Sehat", "toko Lampu Terang", in chat spelling "salon mira cantik": a kind of organisation in front."""
    clean = page.clean
    for word in page.places(FRONT_TYPES)[:_MOST]:
        begin = word.begin
        written = page.prose[begin : word.end]
        if begin and (clean[begin - 1] in "/-" or _inside_name(clean, begin)):
            continue
        if clean[begin].isupper():
            end = walk_company(clean, begin)
            text = clean[begin:end]
            if " " not in text or ADDRESS.match(text) or (written in BACK_TYPES and _goes_before(clean, begin)):
                continue
            office = (
                written in ("kantor", "gudang", "pool", "pusat")
                and "notaris" not in text.lower()
                and "hukum" not in text.lower()
            )
            if not office:
                hired = written in _VENUES and (
                    _AT_BEFORE.search(page.prose, max(0, begin - 14), begin) is not None
                    or (clean[max(0, begin - 2) : begin] == ", " and _STREET_NEXT.match(clean, end) is not None)
                )
                _weigh(ballot, page, begin, end, 1.0 if hired else 2.6, "front")
            continue
        compound = _COMPOUND.match(clean, word.begin)
        if compound:
            end = walk_company(clean, compound.end())
            if end > compound.end():
                ballot.add(clean[begin:end], (begin, end), 2.6, "mixed")
            continue
        lower = _LOWER_WORD.match(clean, word.end)
        if written not in _NOT_MIXED and (
            _CAPITAL.match(clean, word.end) or (lower and _PREPOSITIONS.isdisjoint(lower.group("words").split()))
        ):
            at = lower.end() if lower else word.end
            end = walk_company(clean, at)
            if end > at:
                ballot.add(clean[begin:end], (begin, end), 2.4, "mixed")
        elif _INTRODUCING.search(page.prose, max(0, begin - 24), begin) and not (
            written in _NOT_MIXED and page.prose[max(0, begin - 3) : begin] in ("di ", "ke ")
        ):
            end = walk_company(clean, begin, lower=True)
            if " " in clean[begin:end] and not any(mark.isupper() for mark in clean[begin:end]):
                ballot.add(clean[begin:end], (begin, end), 3.0, "lower")


# Houses that others hold their interviews in: "wawancara di Hotel Mahkota".
_VENUES = frozenset("hotel resort restoran resto kafe cafe kedai".split())
_STREET_NEXT = re.compile(r",[ \t](?:jl|jln|jalan)\b", re.I)


def _goes_before(clean: str, begin: int) -> bool:
    """Whether the kind stands within a name: "Grand Larch Hotel Kupang"."""
    before = _CAPITAL_BEFORE.search(clean, max(0, begin - 24), begin)
    word = fold_word(before.group(1)) if before else ""
    return bool(word) and not (word in NO_COMPANY or word in TITLE or word in TEAM or word in LEGAL_FRONT)


_CAPITAL_BEFORE = re.compile(r"(?<![\w-])([A-Z][a-z']{2,20})[ \t]$")
_AT_BEFORE = re.compile(r"\b(?:di|at|bertempat di|ke|in)(?: the)?[ \t]$")

_COMPOUND = re.compile(r"rumah (?:makan|sakit|produksi|potong|kos|tahfidz|belajar|jahit)[ \t]+(?=[A-Z])")


def _inside_name(clean: str, begin: int) -> bool:
    """Whether a word belongs to a name begun before it: "Optik" in "toko Sinar Optik Galaxy"."""
    for word in reversed(clean[max(0, begin - 40) : begin].rpartition("\n")[2].split(" ")[:-1]):
        if fold_word(word) in FRONT_TYPES - _NOT_MIXED or fold_word(word) in LEGAL_FRONT:
            return True
        if not word[:1].isupper() or not word.isalpha():
            return False
    return False


def _names_behind(ballot: Ballot, page: Page) -> None:
    """ "Larkfield Media", "Loch Data Ltd": a kind of organisation or a legal form behind."""
    clean = page.clean
    for word in page.places(_BACK_WORDS)[:_MOST]:
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
            if head is None or fold_word(head.group()) not in NO_COMPANY:
                break
            begin = head.end()
        while begin < end and not clean[begin].isalnum():
            begin += 1
        if " " in clean[begin:end].strip():
            _weigh(ballot, page, begin, end, 2.4, "behind")


def _cued_names(ballot: Ballot, page: Page) -> None:
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


def _weigh_cued(ballot: Ballot, page: Page, cue: int, begin: int, weight: float, key: str) -> None:
    clean = page.clean
    office = _OFFICE_OF.match(clean, begin)
    if office and fold_word(office.group(1)) in TEAM:
        begin = office.end()  # "dari tim People-nya Kopi Senja"
    team = _TEAM_BEFORE.match(clean, begin)
    if team:
        begin = team.end()
    first = clean[begin : begin + 1]
    if not (first.isupper() or first == '"' or clean[begin : begin + 2] in ("pt", "cv")):
        return
    end = walk_company(clean, begin)
    if end <= begin:
        return
    text = clean[begin:end]
    if key in ("with", "at") and _POST_OF.search(page.prose, max(0, cue - 70), cue):
        weight = 4.6  # "the post of Rig Administrator with Larch Petroleum"
    if key == "of" and not _PRESENTED.search(clean, max(0, cue - 60), cue):
        return
    if key == "di" and fold_word(text.split()[0]) in _NOT_MIXED and "notaris" not in text.lower():
        return
    if _STREET_BEFORE.search(page.prose, max(0, cue - 10), cue):
        return
    if weight < 4.5 and key in _PLAIN_CUES and (ADDRESS.search(text) or (weight < 3.6 and is_person(text))):
        return
    _weigh(ballot, page, begin, end, weight, "cue " + key, context=False)


_POST_OF = re.compile(
    r"\b(?:post|position|role|job|vacancy) (?:of|as) (?:an? |the |our )?(?:[\w/&-]{1,20} ){1,5}$"
    r"|\b(?:applying|applied|application|apply) (?:to be|for|as) (?:an? |the |our )?(?:[\w/&-]{1,20} ){1,5}$"
    r"|\b(?:work|employed|employment|hired|selected|shortlisted|chosen) as (?:an? |the |our )?(?:[\w/&-]{1,20} ){1,5}$"
)
# "from TA Larch", "dari HRD Gudang Larch"
_TEAM_BEFORE = re.compile(r"(?:TA|HRD?|HRGA|HC|GA|People|Talent|Recruitment|Rekrutmen)[ \t]+(?=[A-Z])(?!Team\b|Tim\b|Acq)")
_OFFICE_OF = re.compile(r"([A-Za-z]{2,14})-?nya[ \t]+(?=[A-Z\"])")

# "Declan Murphy of …" at the head of a message: the writer presents themselves.
_PRESENTED = re.compile(r"(?:^|[,.!\n:]|\b(?:I'm|I am|is|it's|saya))[ \t]*[A-Z][a-z']+(?: [A-Z][a-z']+){0,2}[ \t]$", re.M)

_STREET_BEFORE = re.compile(r"\b(?:jl|jln|jalan|jend)\b\.?[ \t]+$")

_PLAIN_CUES = frozenset("with at di from dari to ini applying".split())


def inviting_names(ballot: Ballot, page: Page) -> None:
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


def _team_names(ballot: Ballot, page: Page) -> None:
    """ "The Peregrine Team", "Kestrel Recruiting": an office behind the name."""
    clean = page.clean
    for word in page.places(_TEAM_WORDS)[:_MOST]:
        if not clean[word.begin].isupper():
            continue
        match = _TEAM_NAME.search(clean, max(0, word.begin - 70), word.begin)
        if match and fold_word(clean[word.begin : word.end]) in NAME_ENDS and "Human" not in match.group("name"):
            continue
        cut = cut_team(match.group("name")) if match else ""
        if match and cut and not is_title(cut):
            begin = match.start() + max(0, match.group().find(cut))
            ballot.add(cut, (begin, begin + len(cut)), 3.0, "team")


def is_title(written: str) -> bool:
    """Whether a line is an office or a title rather than a name."""
    words = [fold_word(word.strip(",()")) for word in written.split()]
    return bool(words) and sum(word in TITLE or word in TEAM for word in words) * 2 >= len(words)


def _weigh(ballot: Ballot, page: Page, begin: int, end: int, weight: float, source: str, *, context: bool = True) -> None:
    clean = page.clean
    text = clean[begin:end]
    before = page.prose[max(0, begin - 40) : begin]
    after = page.prose[end : end + 90]
    if context:
        line = page.line_at(begin)
        if line and line.label in ("place", "address"):
            weight -= 1.0
        if _CLIENT_BEFORE.search(before):
            weight += 6
    if AGENT_AFTER.search(after.split("\n")[0][:80]) and _SAID_OF.match(after):
        weight -= 4
        ballot.add(text, (begin, end), max(weight, 0.5), source)
        ballot._group(company_core(text)).agency = True
        return
    if _VIA_BEFORE.search(before) and weight < 6:
        weight -= 2
    if _NUMBER_BEFORE.search(before):
        weight -= 0.5
    if clean[end : end + 1] == ":" and not clean[clean.rfind("\n", 0, begin) + 1 : begin].strip("* \t"):
        weight += 3  # "PT Maju: Sdr. … dipanggil interview": the sender of a short message
    if _TRAVEL.match(text) and _BOOKED.search(page.prose, max(0, begin - 90), begin):
        return  # the bureau that is to be used for the journey
    if weight > 0:
        ballot.add(text, (begin, end), weight, source)


_TRAVEL = re.compile(r"(?:biro|agen|travel|tour|cv|pt)\b", re.I)
_BOOKED = re.compile(
    r"\b(?:tiket|ticket|hotel|akomodasi|penginapan|pesawat|travel)\b[^.!?\n]{0,70}\b(?:melalui|lewat|via|through|di|ke|"
    r"oleh|by)[ \t]{1,3}$"
)
_CLIENT_BEFORE = re.compile(r"(?:klien|client)(?: kami| we)?[ ,:]*$")
_SAID_OF = re.compile(r"[ \t]*(?:,|\(|-|adalah|is|sebagai|merupakan)")
_VIA_BEFORE = re.compile(r"(?:agen|travel|tour|hotel|bank|rekening|via|lewat|partner|mitra)[ \t\"']*$")
_NUMBER_BEFORE = re.compile(r"(?:yayasan|bsdm|nip|wa|tel)[ \t]*$")
_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
