"""Companies named by the parts of a letter: label, letterhead, signature, sender, subject, thread, domain."""

from __future__ import annotations

import re

from pamit.reading.ballot import Ballot, by_domain, company_core, domain_label
from pamit.reading.company_words import ADDRESS, AGENT_AFTER, CUES, LEGAL_WORDS, inviting_names, is_title
from pamit.reading.letter import Letter
from pamit.reading.names import (
    AGENCY,
    FRONT_TYPES,
    LEGAL_FRONT,
    NAME_ENDS,
    TEAM,
    TITLE,
    cut_team,
    fold_word,
    is_person,
    squeeze,
    walk_company,
)
from pamit.reading.office import is_office
from pamit.reading.people_words import LISTED
from pamit.reading.text import Line, Page

__all__ = [
    "beside_position",
    "from_domain",
    "from_head",
    "from_labels",
    "from_rest",
    "from_sender",
    "from_signature",
    "from_spelling",
    "from_subject",
]

_PIECES = re.compile(
    r"[ \t]{0,30}(?:[|;\[\]\u2022\u00b7]|[ \t][-\u2013\u2014][ \t]|[ \t]{3,}|\t|@|,[ \t])[ \t]*|"
    r"[ \t]{0,30}[/][ \t]{0,30}(?=[A-Z])|(?:(?<!\s)\s{1,30})?[()]\s{0,30}"
)


def beside_position(ballot: Ballot, page: Page, at: int) -> None:
    """ "R-20931 HSE Supervisor - Tamarin Gas": the company behind a dash, closing the position's line."""
    match = _DASH.match(page.clean, at)
    if match:
        end = walk_company(page.clean, match.end())
        if end > match.end() and page.clean[end : end + 3].lstrip(" \t")[:1] in ("", "\n"):
            ballot.add(page.clean[match.end() : end], (match.end(), end), 3.0, "beside")


# A part of the house above it: "Unit Pendidikan", "Klasis Ternate", "Cabang Tegal".
_UNIT = re.compile(
    r"\W*(?:unit|bagian|divisi|seksi|sub ?bagian|bidang|departemen|klasis|jemaat|resor|ranting|cabang|wilayah|komisariat|"
    r"perwakilan|country office|regional office|branch|area)\b(?!.*\bPT\b)",
    re.I,
)
_DEPARTMENT = re.compile(
    r"\W*(?:department|faculty|division|departemen|fakultas|divisi|bagian|unit|seksi|bidang)\b(?!.*\bPT\b)", re.I
)

_DASH = re.compile(r"[ \t]+[-\u2013\u2014|@][ \t]+(?=[A-Z])")


def from_labels(ballot: Ballot, page: Page) -> None:
    for line in page.lines:
        if line.label == "company" and line.value < line.end:
            value = page.clean[line.value : line.end]
            value = re.split(r"[|;]|\s{3,}", value)[0]
            ballot.add(value, (line.value, line.value + len(value)), 12, "label")


def from_head(ballot: Ballot, letter: Letter) -> None:
    clean = letter.page.clean
    for index, line in enumerate(letter.head[:3] or _lone_head(letter)):
        body = clean[line.begin : line.end]
        if line.label or ADDRESS.search(body) or any(mark.isdigit() for mark in body) or len(body) > 80:
            continue
        lowered = body.lower()
        if re.match(
            r"\W*(?:undangan|panggilan|pengumuman|invitation|interview|reminder|info|surat|"
            r"pemberitahuan|date|"
            r"tanggal)\b",
            lowered,
        ):
            continue
        if _MATTER.search(lowered):
            continue
        at = line.begin
        for piece in _PIECES.split(body):
            begin = clean.find(piece, at, line.end) if piece else -1
            if piece and begin >= 0 and not (index and _UNIT.match(piece)):
                above = index == 0 and _ABOVE_ALL.match(piece) is not None and _houses_below(letter)
                ballot.add(piece, (begin, begin + len(piece)), 3.0 if above else 5.0 - index * 0.5, "head")
                at = begin + len(piece)
                if AGENT_AFTER.search(piece):
                    ballot._group(company_core(piece)).agency = True


# "Sales Engineer interview": what a calendar's mail is about.
_MATTER = re.compile(r"\b(?:interview|wawancara)\b")

# "KEMENTERIAN PERTANIAN", "PEMERINTAH KOTA …": above the house that hires.
_ABOVE_ALL = re.compile(r"\W*(?:kementerian|pemerintah|republik|dinas pendidikan|majelis|ministry of)\b", re.I)


def _houses_below(letter: Letter) -> bool:
    """Whether a house is named below the first line of the letterhead."""
    if len(letter.head) < _TWO:
        return False
    line = letter.head[1]
    body = letter.page.clean[line.begin : line.end]
    first = fold_word(body.split()[0])
    return first in FRONT_TYPES | LEGAL_FRONT and not any(map(str.isdigit, body))


_TWO = 2


def _lone_head(letter: Letter) -> tuple[Line, ...]:
    """The letterhead of a letter without salutation: its first lines, where they begin as names of organisations do."""
    clean = letter.page.clean
    found: list[Line] = []
    for line in letter.page.lines[:2]:
        words = clean[line.begin : line.end].split()
        if len(words) > 8 or not words or fold_word(words[0]) not in FRONT_TYPES | LEGAL_FRONT or clean[line.end - 1] in ".:?!":
            continue
        if walk_company(clean, line.begin) == line.end:
            found.append(line)
    # Of an office and its department the lower one hires.
    return tuple(reversed(found))


def from_signature(ballot: Ballot, letter: Letter) -> None:
    clean = letter.page.clean
    listed = [line for line in letter.signature if LISTED.match(clean, line.begin, line.end)]
    for line in letter.signature:
        if len(listed) > 1 and line in listed:
            continue
        body = clean[line.begin : line.end]
        if ADDRESS.match(body) or len(body) > 100 or letter.page.within("meet", line.begin, line.end):
            continue
        if line.label is not None and clean[line.label_end : line.label_end + 1] == ":":
            if line.label:
                continue
            body = clean[line.begin : line.label_end]  # "Balas: NAMA_HADIR" signs nothing
        at = line.begin
        pieces = [piece for piece in _PIECES.split(body) if piece and piece.strip()]
        for order, piece in enumerate(pieces[:4]):
            begin = clean.find(piece, at, line.end)
            if begin < 0:
                continue
            at = begin + len(piece)
            if (
                (ADDRESS.search(piece) and not _of_a_town(piece))
                or sum(mark.isdigit() for mark in piece) > 3
                or (piece.rstrip().endswith((".", "!", "?")) and " " in piece and len(piece) > 40)
            ):
                continue
            cut = cut_team(piece)
            if not cut or is_title(cut) or "@" in cut or _DEPARTMENT.match(piece):
                continue
            offset = begin + max(0, piece.find(cut))
            agency = bool(AGENT_AFTER.search(body))
            single = is_person(cut) and not by_domain(letter, cut) and not _shown(letter, cut)
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


_TOWN = re.compile(r"\b(?:kota|kab|kabupaten|kec|kecamatan|kampus)\b", re.I)


def _of_a_town(piece: str) -> bool:
    """Whether a house is named after its town, and no address: "Pusat Data Kota Larasati", "Dinas Pasar Kab. Nusa"."""
    first, _, rest = piece.strip().partition(" ")
    return fold_word(first) in FRONT_TYPES and not ADDRESS.search(_TOWN.sub(" ", rest)) and not any(map(str.isdigit, piece))


_OFFICE_MAIL = re.compile(
    r"(?:hrd?|hrga|hc|career\w*|karir|karier|recruit\w*|rekrut\w*|jobs?|info|admin|personalia|sdm|talent|hiring|halo|"
    r"hello)(?:[._-]\w+)?@",
    re.I,
)


def _shown(letter: Letter, written: str) -> bool:
    """Whether an office's display name names this company: its first word stands there."""
    words = [fold_word(word) for word in re.findall(r"[\w.]+", letter.sender.name or "")]
    return fold_word(written.split()[0]) in words and any(word in TEAM or word in TITLE for word in words)


_BEHALF = re.compile(
    r"\b(?:on behalf of\b|a\.n\.|a/n\b|atas nama\b|(?P<via>via)\b)[ \t]{1,30}+(?P<name>[^()]{1,200}+)\)?$", re.I
)


# "Dinar from Larch", "Mas Yoga dari Kopi Larch": a person of the house.
_PERSON_OF = re.compile(r"(?P<who>[^\s,@]{1,20}(?: [^\s,@]{1,20}){0,3}) (?:from|dari|dr|fr|@) ?(?P<name>[^()@]{2,60})", re.I)


def from_sender(ballot: Ballot, letter: Letter) -> None:
    name = letter.sender.name
    if not name:
        return
    of = _PERSON_OF.fullmatch(name)
    if of and is_person(of["who"]) and cut_team(of["name"]):
        ballot.add(cut_team(of["name"]), None, 4.0, "sender")
        return
    behalf = _BEHALF.search(name)
    if behalf and behalf["via"]:
        # "PT Lembah via a job site", "HR via PT Lembah": whoever stands before passes it on only where it is no house.
        before = name[: behalf.start()].strip(" (")
        if cut_team(before) and not is_person(before):
            name, behalf = before, None
    if behalf:
        if not (behalf["via"] and letter.noreply and by_domain(letter, behalf["name"])):  # else the platform's own mail
            ballot.add(behalf["name"], None, 4.0, "sender")
        return
    portal = _TESTING.match(letter.sender.mail or "") is not None or (
        letter.noreply and bool({fold_word(word) for word in re.findall(r"[\w-]+", name)} & AGENCY)
    )
    pieces = [piece.strip() for piece in _PIECES.split(name) if piece and piece.strip()]
    for piece in pieces[:3]:
        piece = re.sub(r"\.(?:com|co|id|test|example|org|net|io)\b", "", piece)
        cut = cut_team(piece)
        if not cut or is_title(cut):
            continue
        cut = _of_owner(_behind_office(cut), before=cut != piece)
        person = (
            is_person(cut.title() if cut.islower() else cut)
            and not by_domain(letter, cut)
            and not _OFFICE_MAIL.match(letter.sender.mail or "")
        )
        if person and cut == piece and len(pieces) == 1 and fold_word(cut.split()[0]) not in FRONT_TYPES and not letter.noreply:
            continue
        if fold_word(cut.split()[0]) in _HONORED:
            # "Kak Jessy Maison Kue", "Pak Herman Bengkel": the shop stands behind the name in a phone book.
            rest = cut.split()[2:]
            cut = " ".join(rest)
            if len(rest) < 2:
                continue
        weight = 0.6 if portal else 3.0 if cut != piece or not person else 1.6
        if letter.noreply and not by_domain(letter, cut):
            weight = min(weight, 1.0)
        full = cut if person and cut == piece else _in_full(letter.page, cut)
        ballot.add(full, None, weight, "sender")
        if portal or AGENT_AFTER.search(name):
            ballot._group(company_core(cut)).agency = True


def _in_full(page: Page, name: str) -> str:
    """A short name of the sender's line as the text has it in full ("Glow" for "Glow Sepekan")."""
    at = page.clean.find(name) if " " not in name else -1
    if at < 0 or (at and page.clean[at - 1].isalnum()):
        return name
    return page.clean[at : max(walk_company(page.clean, at), at + len(name))]


def _behind_office(written: str) -> str:
    """What stands behind the office in "Darsono HRD Cahaya Plafon": person, office, company."""
    words = written.split()
    for index in range(len(words) - 2, 0, -1):
        if fold_word(words[index]) in _OFFICES and is_person(" ".join(words[:index])):
            return " ".join(words[index + 1 :])
    return written


def _of_owner(written: str, *, before: bool) -> str:
    """Without whose the house is, or what part of it: "Owner Laundry Larch", "Gudang Ritel Larch"."""
    first, _, rest = written.partition(" ")
    if (fold_word(first) in _OWNERS or (before and fold_word(first) in _PARTS)) and rest[:1].isupper():
        return rest
    return written


# "HRD Gudang Larch": of an office's house the part.
_PARTS = frozenset("gudang pabrik cabang area regional proyek plant site".split())
_OWNERS = frozenset("owner pemilik pengelola juragan bos boss founder mandor juru pimpinan".split())
_OFFICES = frozenset(
    "ta hr hrd hrga admin recruiter rekrutmen recruitment talent personalia sdm hc owner adm staf staff spv".split()
)

# Mail that only passes a test on: the platform is no employer.
_TESTING = re.compile(
    r"(?:tests?|assessments?|exams?|quiz|coding|invites?|candidates?|calendars?|kalender|meetings?|rapat|agenda|schedul\w{2,4})@",
    re.I,
)

_HONORED = frozenset(
    "chef ci lae ito amang inang mang uwak wak encik datuk daeng "
    "uni uda mami mpok teteh kapten capt gus pakde bude mandor suster cici mak bang koko abang ce cece tuan teh "
    "mba mbk kk kaka ka ms neng nona non nn nyonya bpk abah bang bro sis "
    "kang bli bunda babah haji hj h bu ibu pak bapak kak mas mbak tante om ko koh cik bidan "
    "ustadz mr mrs ms pdt".split()
)


# "Larch x Nadia - interview", "Nadia <> Larch": a calendar names both sides.
_BETWEEN_TWO = re.compile(
    r"(?:^|[:\[-][ \t]?)(?P<one>[A-Z][\w.&']{1,24}(?: [A-Z][\w.&']{1,24}){0,3}) (?:x|X|\u00d7|<>|<->|/) "
    r"(?P<other>[A-Z][\w.&']{1,24}(?: [A-Z][\w.&']{1,24}){0,3})(?=[ \t]?(?:[-:@(|\u2013\u2014,\]]|$))"
)


def from_subject(ballot: Ballot, subject: Page) -> None:
    clean = subject.clean
    bracket = re.match(r"[ \t]*(?:(?:re|fwd?)[ \t]*:[ \t]*)*\[(?P<name>[^\]\n]{2,50})\]", clean, re.I)
    if bracket:
        ballot.add(bracket.group("name"), None, 3.0, "subject")
    for word in subject.places(LEGAL_WORDS):
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
    for match in re.finditer(r"\b(?:for|untuk)[ \t]+(?=[A-Z0-9])", clean):
        end = walk_company(clean, match.end())
        if end > match.end() and not is_title(clean[match.end() : end]) and not is_office(clean[match.end() : end]):
            ballot.add(clean[match.end() : end], None, 1.8, "subject for")
    bar = [piece.strip() for piece in re.split(r"[|]", clean)]
    if len(bar) > 1 and len(bar[0].split()) <= 3:
        ballot.add(bar[0], None, 1.5, "subject")
    between = _BETWEEN_TWO.search(clean)
    if between:
        for one, other in (between.group("one", "other"), between.group("other", "one")):
            if ballot.addressee.is_named(one) and not is_title(other):
                ballot.add(other, None, 3.0, "subject")
    wants = re.match(
        r"(?P<name>[A-Z][^\n:|]{2,40}?)[ \t]{1,80}(?:wants to|would like|invites|is inviting" r"|" r"mengundang)", clean
    )
    if wants:
        ballot.add(wants.group("name"), None, 3.0, "subject")


def from_rest(ballot: Ballot, rest: Page) -> None:
    clean = rest.clean
    for word in rest.places(LEGAL_WORDS):
        end = walk_company(clean, word.begin)
        if end > word.end and clean[word.begin].isupper():
            ballot.add(clean[word.begin : end], (word.begin, end), 1.5, "rest")
    for words, pattern, weight in CUES:
        if weight < 3:
            continue
        for word in rest.places(words)[:4]:
            match = pattern.match(clean, word.begin)
            if match and clean[match.end() : match.end() + 1].isupper():
                end = walk_company(clean, match.end())
                if end > match.end():
                    ballot.add(clean[match.end() : end], (match.end(), end), weight * 0.4, "rest")
    inviting_names(ballot, rest)


def _telling_label(letter: Letter) -> str:
    """The label of the sender's domain; where nobody reads the sender's mail, of an address in the text."""
    label = domain_label(letter.sender.mail) if not letter.noreply else ""
    for hit in letter.page.mails:
        label = label or domain_label(letter.page.clean[hit.begin : hit.end])
    return label


def from_spelling(ballot: Ballot, letter: Letter) -> None:
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


def from_domain(ballot: Ballot, letter: Letter) -> None:
    """Names whose letters make the domain count for more; the domain itself counts where nothing else does."""
    label = _telling_label(letter)
    tight = squeeze(label)
    if len(tight) < 3:
        return
    known = False
    for group in ballot.groups:
        joined = [squeeze(core) for core in (group.core, *group.variants)]
        if any(len(one) >= 3 and (one in tight or tight in one) for one in joined) or any(
            _shortens(tight, core.split()) for core in (group.core, *group.variants)
        ):
            known = True
            if not group.agency:
                group.weight += 3.0
    if not known and not any(group.weight >= 2.4 for group in ballot.groups):
        ballot.add(label, None, 1.0, "domain")


def _shortens(tight: str, words: list[str]) -> bool:
    """Whether a label is put together from beginnings of the words ("perpuskota" for "Perpustakaan Kota")."""
    at = used = 0
    for word in words:
        length = 0
        while length < len(word) and at + length < len(tight) and word[length] == tight[at + length]:
            length += 1
        if length >= 3:
            at += length
            used += 1
    return used >= 2 and at == len(tight)


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
    tail = clean[end:walked].strip()
    tail = tail if fold_word(tail) in NAME_ENDS else cut_team(tail)
    return begin, (clean.find(tail, end) + len(tail)) if tail else end


_NAME_GAPS = frozenset((" ", "-", "&", ".", " & ", "'"))

_TYPE_BEFORE = re.compile(r"(?<![A-Za-z])([A-Za-z]{1,20}\.?)[ \t]{1,20}$")
