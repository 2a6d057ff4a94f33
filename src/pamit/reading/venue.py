"""The place to go to, as written: from its label, from the sentence that names it, or from a line of its own."""

from __future__ import annotations

import re

from pamit.reading.address import ADDRESS_WORD, STREET, SURE_ADDRESS, location_end, tidy
from pamit.reading.found import Found
from pamit.reading.letter import Letter
from pamit.reading.names import FRONT_TYPES, LEGAL_FRONT, fold_word
from pamit.reading.office import is_office
from pamit.reading.text import Line, Page

__all__ = ["find_venue"]

_AT_WORDS = frozenset(
    "the same bertempat berlokasi dilaksanakan diadakan tempatnya tempat tetap sama masih lokasi "
    "lokasinya alamat alamatnya datang dtg dateng hadir ke di wonten we we're at by come "
    "place venue location address our in to menuju ttp visit inside over mampir main merapat meluncur kumpul ketemu "
    "ketemuan warungnya tokonya kedainya bengkelnya kiosnya lapaknya rumahnya outletnya kantornya salonnya gudangnya warungku "
    "tokoku kedaiku bengkelku kiosku rumahku".split()
)

_STREET_WORDS = frozenset(
    "jl jln jalan gedung gd ruko rukan komplek kompleks komp kawasan menara wisma plaza mall "
    "graha tower pergudangan perum perumahan apartemen kampus gang gg building street road "
    "avenue square".split()
)

_AT = re.compile(
    r"\b(?:bertempat di|berlokasi di|dilaksanakan di|diadakan di|tempatnya(?: (?:masih|msh|tetap|tetep|ttp|sama) di| di)?|"
    r"(?:di )?(?:tempat|lokasi|alamat) (?:yang |yg )?sama(?: (?:ya|kak|mba|mbak|mas|pak|bu|y)){0,2}(?=[ \t]*\()|"
    r"(?:at )?(?:the )?same (?:place|venue|location|address|office)(?=[ \t]*\()|"
    r"(?:tempat )?(?:tetap|sama|masih) di|(?:tempat|lokasi)(?:nya)?,? (?:tetap|tetep|ttp|masih|msh|sama)(?= [A-Z\d])|"
    r"lokasi(?:nya)?(?: (?:masih|msh|tetap|tetep|ttp|sama) di| di)?|"
    r"alamat (?!e-?mail|surel|web|link)\w{3,14}[ \t]*:|alamat(?:nya)?(?: (?:yg|yang|di) \w+)?[ \t]*:?|"
    r"(?:warung|toko|kedai|bengkel|kios|lapak|rumah|outlet|kantor|salon|gudang)(?:nya|ku|e|ne)(?: ada)?(?: di| ning| ing)?"
    r"(?= (?:depan|seberang|sebrang|sebelah|samping|belakang|dekat|deket|mburi|ngarep|cedhak|pinggir|pojok)[ \t])|"
    r"datang ke|dtg ke|dateng ke|hadir di|hadir ke|menuju|ttp di|ttp|ke|di|wonten|we're at|"
    r"we are at|(?:place|venue|location|address) (?:remains|stays|is still|is unchanged:|will be|unchanged:)|at our|"
    r"to our|at the|at|by the|come by|place is|place does not change:|venue is|"
    r"visit(?: us)? (?:at|to)|visit|(?:the )?venue(?=[ \t]*\()|in our|in the|inside(?: the)?|over at|to the|our (?:studio|"
    r"office|shop|store|site|premises|place)(?=[ \t]*:))[ \t:]+\(?",
    re.I,
)

_MEDIUM = re.compile(
    r"\b(?:zoom|google meet|gmeet|g-meet|teams|online|daring|virtual|whatsapp|wa|video|webex|"
    r"skype|telepon|phone|tba|menyusul|akan dikirim|link)\b",
    re.I,
)

_PLACE_NOUN = frozenset(
    """
    lounge boardroom coworking bar library terrace pavilion suite level villa resort bakery showroom counter desk
    study hall terminal gerai kios los garasi dealer stand booth aula teras pendapa wantilan bale gazebo paviliun
    room annexe kantor office gedung gudang pabrik toko kedai kafe cafe warung restoran resto hotel klinik rumah sekolah
    kampus ruang ruangan aula lobby lobi lantai outlet
    butik bengkel salon studio store shop showroom pool mess depo depot cabang tempat kitchen dapur panti sekretariat
    pendopo lab laboratorium plant site basecamp
    workshop ballroom hall kebun posko warehouse factory clinic school jetty building reception plaza mall ruko rukan unit
    konsistori pastoran sakristi surau musala mushola langgar vihara pura madrasah rektorat dekanat gor
    stadion lapangan basement
    kandang peternakan tambak ladang sawah cucian pangkalan lapak konter angkringan kantin penggilingan sekre
    pos balai puskesmas rs rsud masjid gereja
    r hrd campus premises branch headquarters hq café proyek perpustakaan museum stasiun bandara pelabuhan dermaga markas
    base ndalem studio kelurahan kecamatan
    """.split()
)


def find_venue(letter: Letter) -> Found | None:
    page = letter.page
    labelled = _labelled_venue(page)
    if labelled:
        return labelled
    return _prose_venue(letter)


def _labelled_venue(page: Page) -> Found | None:
    lines = page.lines
    pieces: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if line.label not in ("place", "address") or line.value >= line.end:
            continue
        if page.within("void", line.begin, line.end):
            continue
        value = page.clean[line.value : line.end]
        if page.in_link(line.value) or (_MEDIUM.search(value) and not ADDRESS_WORD.search(value)):
            continue
        begin, end = line.value, line.end
        kept = _KEPT.match(value)
        if kept:
            begin += kept.end()
            if begin >= end:
                continue
            value = page.clean[begin:end]
            if value.endswith(")") and "(" not in value:
                end -= 1
                value = value[:-1]
        if len(value) > 160:
            stop = location_end(page.clean, begin, end)
            end = stop
        if pieces and line.label == "place" and index and lines[index - 1].label not in ("place", "address", "company"):
            continue
        pieces.append((begin, end))
        follow = index + 1
        while follow < len(lines) and follow <= index + 3:
            below = lines[follow]
            text = page.clean[below.begin : below.end]
            if below.label is not None or below.number != lines[follow - 1].number + 1 or not _continues(page, below, text):
                break
            pieces.append((below.begin, below.end))
            follow += 1
    if not pieces:
        return None
    written = [tidy(page.clean[begin:end]) for begin, end in pieces[:4]]
    written = [piece for piece in written if piece]
    if not written:
        return None
    unique = list(dict.fromkeys(written))
    return Found(", ".join(unique), pieces[0], 0.95)


# "Tempat : tetap (Ruang Sidang)", "Venue: unchanged, Room 4"
_KEPT = re.compile(
    r"(?:masih )?(?:tetap|sama|tidak berubah|same(?: as before)?|unchanged|no change)(?: (?:di|seperti (?:semula|"
    r"sebelumnya)|at))?"
    r"(?:[ \t]*[,:;(\u2013-]+[ \t]*|[ \t]+(?=[A-Z])|[ \t.]*$)",
    re.I,
)


def _continues(page: Page, line: Line, text: str) -> bool:
    if page.in_link(line.begin) or len(text) > 120:
        return False
    return bool(ADDRESS_WORD.search(text) or (STREET.search(text))) and not re.match(
        r"\W*(?:mohon|harap|bawa|catatan|note|please|demikian|jika|untuk)\b", text, re.I
    )


# No place is written in so many characters; looking no further keeps the reading linear.
_FAR = 400


def _prose_venue(letter: Letter) -> Found | None:
    page = letter.page
    clean = page.bare
    best: tuple[float, int, int] | None = None
    signature = letter.signature[0].begin if letter.signature else len(clean)
    head = letter.head[-1].end if letter.head else 0
    # Between letterhead and salutation stands the candidate's own address.
    body = max(head, page.lines[letter.greeting].begin) if page.lines else head
    reached = head
    retraction = _TAKEN_BACK.search(page.prose) if page.mentions(_TAKEN_BACK_WORDS) else None
    taken_back = retraction.start() if retraction else -1
    for cue in page.places(_AT_WORDS):
        match = _AT.match(clean, cue.begin) if cue.begin >= reached else None
        if not match:
            continue
        begin = reached = match.end()
        if not (clean[begin : begin + 1].isalnum() or clean[begin : begin + 1] in "\"'") or _ELSEWHERE.match(clean, begin):
            continue
        end = location_end(clean, begin, min(len(clean), begin + _FAR))
        closed = clean.find(")", begin, end) if clean[begin - 1] == "(" else -1
        end = closed if closed > begin and "(" not in clean[begin:closed] else end
        if clean[end : end + 1] == ")" and clean.count("(", begin, end) > clean.count(")", begin, end):
            end += 1
        remark = _REMARK.search(clean, begin + 1, end)
        end = remark.start() if remark else end
        text = clean[begin:end]
        if not text.strip() or len(text) > 200:
            continue
        weight = _venue_weight(page, match, begin, end, text)
        if begin >= signature:
            weight -= 2
        if end < taken_back:
            weight -= 3
        if weight > 0 and (best is None or weight > best[0]):
            best = (weight, begin, end)
    row = _venue_row(letter, signature, head)
    if row and (best is None or row[0] >= best[0]):
        best = row
    if (best is None or best[0] < 2) and page.mentions(_STREET_WORDS):
        street = next((m for m in STREET.finditer(clean) if body <= m.start() < signature and not _within_name(clean, m)), None)
        if street and not (best and best[0] >= 2):
            line = page.line_at(street.start())
            if line and line.label not in ("name", "company"):
                house = _HOUSE_BEFORE.search(clean, max(line.begin, street.start() - 60), street.start())
                begin = house.start() if house else street.start()
                end = location_end(clean, begin, min(len(clean), begin + _FAR))
                best = (2.0, begin, end)
    if best is None or best[0] < 1.5:
        return None
    begin, end = best[1], best[2]
    value = tidy(page.clean[begin:end])
    if not value:
        return None
    end_street = _joined_street(page, end, len(clean))
    if end_street and not ADDRESS_WORD.search(value):
        joined = tidy(page.clean[end_street[0] : end_street[1]])
        if joined and joined not in value:
            value = f"{value}, {joined}"
    elif " " not in value and value.islower():
        beside = _BESIDE.match(clean, end)
        value = f"{value}, {tidy(page.clean[beside.start('where') : beside.end('where')])}" if beside else value
    return Found(value, (begin, begin + len(page.clean[begin:end].rstrip())), 0.9 if best[0] >= 4 else 0.8)


# "ikut ke proyek aja. engga deng, ke toko": what was said before is taken back.
_TAKEN_BACK_WORDS = frozenset("deng ding ralat salah maksudku maksudnya scratch".split())
_TAKEN_BACK = re.compile(
    r"\b(?:(?:eng|ng|n)?ga?k?(?:ak)? d[ei]ng|eh,? salah|sorry,? salah|maaf,? salah|salah (?:ketik|tulis|kirim)|ralat|"
    r"maksud(?:ku|nya)|scratch that)\b"
)

# "dtg ke toko? Sebelah apotek, cat kuning": a house that has no address is told by what stands beside it.
_BESIDE = re.compile(
    r"[ \t]{0,2}(?:ya|y|kak|mba|mbak|mas|nya)?[.?!,][ \t]{1,3}(?P<where>(?:sebelah|sblh|seblah|samping|depan|dpn|"
    r"seberang|sbrg|belakang|blkg|"
    r"dekat|deket|dkt|pinggir|pojok|lokasi(?:nya)? di|(?:yg|yang) (?:cabang|di|dekat|deket|sebelah|depan|"
    r"samping))\b[^.!?\n]{3,60})",
    re.I,
)


def _within_name(clean: str, match: re.Match[str]) -> bool:
    """Whether a word of streets belongs to a name begun before it: "Toko Graha Cahaya"."""
    if match.group().lower().rstrip(".") not in _HOUSES:
        return False
    before = _WORD_BEFORE.search(clean, max(0, match.start() - 24), match.start())
    return before is not None and fold_word(before.group(1)) in (FRONT_TYPES | LEGAL_FRONT) - _PLACE_NOUN | _SHOPS


_WORD_BEFORE = re.compile(r"([A-Za-z]{1,20}\.?)[ \t]{1,3}$")
_HOUSES = frozenset("graha menara wisma plaza mall tower kampus gedung".split())
_SHOPS = frozenset("toko apotek bank klinik hotel".split())


def _joined_street(page: Page, after: int, limit: int) -> tuple[int, int] | None:
    """A street that follows a little later ("ke bengkel ya. jl sultan agung …")."""
    match = STREET.search(page.bare, after, min(limit, after + 120))
    if not match or not re.match(r"(?:jl|jln|jalan|gg|ruko|\d)", match.group(), re.I):
        return None
    return match.start(), location_end(page.bare, match.start(), len(page.bare))


_OWNED_PLACES = frozenset(
    house + owner
    for house in "warung toko kedai bengkel kios lapak rumah outlet kantor salon gudang".split()
    for owner in ("nya", "ku", "e", "ne")
)


def _venue_weight(page: Page, match: re.Match[str], begin: int, end: int, text: str) -> float:
    first = fold_word(text.split()[0].strip("\"',")) if text.split() else ""
    cue = match.group().strip().lower().rstrip(":")
    weight = 0.0
    if cue.split()[0] in _OWNED_PLACES:
        return 4.0  # "warungnya depan bengkel": told by what it stands before
    if STREET.match(text):
        weight += 3
    elif STREET.search(text):
        weight += 2.5
    if first in _PLACE_NOUN or first.rstrip("nya") in _PLACE_NOUN:
        weight += 2
    elif first in LEGAL_FRONT or first in FRONT_TYPES:
        weight += 2 if text[:1].islower() else 1
    if weight == 0 and text[:1].isupper() and _HOUSE_NUMBER.match(text):
        weight += 2
    if weight == 0 and SURE_ADDRESS.search(text) and "," in text:
        weight += 1.5
    words = {fold_word(word.strip(',()."')) for word in text.split()[:6]}
    if words & _PLACE_NOUN and first not in _PLACE_NOUN:
        weight += 1
    if weight == 0:
        if cue.startswith(
            ("bertempat", "berlokasi", "tempat", "lokasi", "alamat", "we", "place", "venue", "datang ke", "dtg ke", "hadir di")
        ) and (text[:1].isupper() or cue.startswith(("alamat", "tempat"))):
            weight = 1
        else:
            return 0.0
    sentence_begin, sentence_end = page.sentence(match.start(), match.end())
    if cue.startswith(
        (
            "bertempat",
            "berlokasi",
            "dilaksanakan",
            "diadakan",
            "tempat",
            "tetap",
            "sama",
            "masih",
            "lokasi",
            "alamat",
            "we",
            "place",
            "venue",
            "datang",
            "dtg",
            "hadir",
            "visit",
            "menuju",
            "ttp",
        )
    ):
        weight += 2
    if page.within("interview", sentence_begin, match.start()) or page.within("meeting", sentence_begin, match.start()):
        weight += 1
    if page.within("invite", sentence_begin, match.start()):
        weight += 0.5
    if re.search(
        r"\d[.:]\d\d|\b(?:jam|pukul|pkl|am|pm|wib|wita|wit)\b|\b\d{4}\b",
        page.prose[max(sentence_begin, match.start() - 60) : match.start()],
    ):
        weight += 1.5
    if re.search(
        r"(?:posisi|position|sebagai|melamar|bergabung|lowongan|role|lamaran|cabang baru)[^.,\n]{0,40}$",
        page.prose[sentence_begin : match.start()],
    ) and not ADDRESS_WORD.search(text):
        weight -= 2
    if page.within("void", sentence_begin, sentence_end):
        weight -= 4
    if _MEDIUM.search(text) and not ADDRESS_WORD.search(text):
        weight -= 3
    if re.match(
        r"(?:kantor|gedung|telepon|nomor) (?:anda|saudara)|.*\b(?:ke|di) (?:email|nomor|" r"alamat (?:email|surel))\b",
        text,
        re.I,
    ):
        weight -= 3
    if (
        cue in ("di", "at")
        and not ADDRESS_WORD.search(text)
        and is_office(page.clean[max(sentence_begin, match.start() - 24) : match.start()])
    ):
        weight -= 2.5  # "interview kasir di Kedai …" names the employer
    if _VAGUE.match(text):
        return 0.0
    if _ONWARD.search(text):
        weight -= 2
    if text.strip(" .,").lower() in _DOORS:
        weight = min(weight, 1.5)
    if weight and page.within("aside", sentence_begin, match.start()) and not ADDRESS_WORD.search(text):
        weight -= 3
    if cue in ("ke", "at", "di") and re.match(
        r"(?:alamat (?:ini|surel|email)|tempat (?:kerja|barunya|baru|anda)|rumah anda|bawah|atas|dalam)", text, re.I
    ):
        return 0.0
    return weight


# "Suryapati no 21": a street without the word.
_HOUSE_NUMBER = re.compile(r"(?:[A-Z][\w']+ ){1,4}(?:[Nn]o|[Nn]omor|[Nn]mr)\.? ?\d")

# "aula (alamat tertera pada kop surat)"
_REMARK = re.compile(r"[ \t]{0,3}\((?:di |pada |at )?(?:the )?(?:alamat|address)\b", re.I)

# "tempat yang sama", "alamat tercantum di kepala surat": no place itself, but the way to one.
_ELSEWHERE = re.compile(
    r"(?:tempat|lokasi|alamat|ruang(?:an)?|kantor|venue|place|address) (?:(?:yang|yg) )?(?:sama|tersebut|semula|itu|biasa)\b|"
    r"(?:the )?(?:same|usual|above) (?:place|venue|address|location|room|office)\b|"
    r"(?:ter(?:cantum|tera|tulis|sebut|lampir)|se(?:perti|suai|bagaimana)|menyusul|di(?:kirim|infokan|kabari|share)|"
    r"akan|as (?:above|given)|e-?mail|surel)\b|"
    r"(?:walk[ -]?in|interview|wawancara|sesi|psikotes|undangan|job ?fair)\b(?! (?:room|hall|centre|center))",
    re.I,
)

# "di tempat dengan sinyal baik": where to be for a call, no address.
# "ke gudang dulu", "di toko yuk": the sentence goes on.
_ONWARD = re.compile(r"\b(?:dulu|dl|yuk|yuks|sampe|sampai|smp|biar|soalnya|karena|krn)\b", re.I)
_DOORS = frozenset(
    "lobby lobi reception resepsionis gate gerbang satpam security kasir door pintu the lobby the reception".split()
)
_VAGUE = re.compile(
    r"(?:tempat|ruang(?:an)?|lokasi|room|place|spot)\W+(?:dengan|yang|yg|tenang|sepi|nyaman|kondusif|with|that|where|"
    r"bersinyal|sunyi)\b|"
    r"a (?:quiet|good|calm)\b|quiet\b|(?:bottom|top|end|start|same|first|last|moment|time|beginning|afternoon|morning|"
    r"evening|meantime)\b",
    re.I,
)


def _venue_row(letter: Letter, signature: int, head: int) -> tuple[float, int, int] | None:
    """A line of its own that is a place, beside the day and hour ("📍 Kafe Rimbun, Jl. …")."""
    page = letter.page
    for index, line in enumerate(page.lines):
        if line.begin < head or (line.begin >= signature and not _under_hour(page, index)):
            continue
        if line.label is not None and not _pin(page, line):
            continue
        text = page.clean[line.value if line.label is None else line.begin : line.end]
        lead = page.clean[line.begin : line.begin + 3]
        if page.in_link(line.value) or len(text) > 140:
            continue
        pin = any(mark in lead for mark in _PINS)
        words = [fold_word(word.strip(',().:"')) for word in text.split()]
        named = _NAMED_STREET.match(text) if ", " in text else None
        if not words or not (
            pin
            or words[0] in _PLACE_NOUN
            or words[0] in FRONT_TYPES
            or words[0] in LEGAL_FRONT
            or words[0] in _STREET_WORDS
            or _is_address_line(text)
            or named
        ):
            continue
        near = any(
            abs(other.number - line.number) <= 3 and other is not line and _CLOCK.search(page.prose, other.begin, other.end)
            for other in page.lines[max(0, index - 2) : index + 3]
        )
        if not near:
            continue
        if pin and words and not re.search(r"^\W*\d{1,2}[/.]\d", text) and not _MEDIUM.search(text):
            return 4.5, _value_begin(page, line), line.end
        if (
            STREET.search(text)
            and (words[0] in _PLACE_NOUN or words[0] in FRONT_TYPES or words[0] in LEGAL_FRONT or STREET.match(text))
            and not text.rstrip().endswith("?")
        ):
            return 4.0, _value_begin(page, line), line.end
        if named:
            note = _ROW_NOTE.search(text)
            return 5.0, _value_begin(page, line), line.end - (len(text) - note.start() if note else 0)
        if _is_address_line(text):
            return 3.5, _value_begin(page, line), line.end
        if (
            words
            and words[0] in _PLACE_NOUN | FRONT_TYPES
            and text.count(",") >= 1
            and len(words) <= 14
            and not text.rstrip().endswith(".")
        ):
            return 3.5, _value_begin(page, line), line.end
    return None


def _under_hour(page: Page, index: int) -> bool:
    """Whether a line stands directly below one with an hour: then it is no signature's."""
    line, above = page.lines[index], page.lines[index - 1]
    return index > 0 and line.number - above.number == 1 and _HOUR.search(page.prose, above.begin, above.end) is not None


_HOUR = re.compile(r"\b\d{1,2}[.:]\d\d\b|\b(?:jam|pukul)[ \t]\d|\d[ \t]?[ap]m\b")
_NUMBERED_ROAD = re.compile(
    r"\b\d{1,4}[A-Z]?,? (?:[A-Z][\w']+ ){1,3}(?:Street|St|Road|Rd|Crescent|Lane|Drive|Way|Quay|Avenue|Ave|Boulevard|"
    r"Terrace|"
    r"Square|"
    r"Place|Link|Close|Court|Park|View|Walk)\b|, (?:Level|Floor|Unit|Suite|Lantai|Lt\.?) \w"
)


def _is_address_line(text: str) -> bool:
    """Whether a line is nothing but a name with an address: "Larch House, 18 Mill Lane, Level 3, Singapore"."""
    parts = text.split(",")
    return (
        len(parts) > 2
        and not text.rstrip().endswith((".", "?", "!", ":"))
        and all(part.strip()[:1].isupper() or part.strip()[:1].isdigit() for part in parts)
        and _NUMBERED_ROAD.search(text) is not None
    )


# "10 am, Hotel Larch, Jalan Mawar 3": the house without a word of place in front.
_HOUSE_BEFORE = re.compile(
    r"\b(?:Hotel|Gedung|Wisma|Menara|Graha|Kantor|Klinik|Kafe|Cafe|Plaza|Mall|Ruko|Apotek|Resto|Kedai)[ ][A-Z][\w' ]{2,40}, $"
)
# "Larch HQ, Wisma Elm Lt. 9, Jl. Mawar 7 (titip KTP di lobi)": a name and its street, then what to do there.
_NAMED_STREET = re.compile(
    r"[A-Z][\w&'.-]{1,20}(?: [A-Z&][\w&'.-]{0,20}){0,4}, (?:[A-Z][^,\n]{2,40}, ){0,2}(?:Jl|Jln|Jalan|Wisma|Menara|Gedung)\b\.? "
    r"[A-Z][^\n(]{3,80}(?:\([^()\n]*\)?)?$"
)
_ROW_NOTE = re.compile(
    r"[ \t]\((?:kasih|beri|titip|tunjuk|bilang|lapor|tinggal|isi|ambil|parkir|masuk|naik|cari|tanya|minta|ask|show|leave|"
    r"take|bring|sign|tell|report)\w{0,6}\b"
)

_PINS = ("\U0001f4cd", "\U0001f3e2", "\U0001f5fa", "\U0001f4cc")

_CLOCK = re.compile(r"\d{1,2}[.:]\d\d|\b(?:am|pm|pukul|jam)\b|\d/\d")


def _pin(page: Page, line: Line) -> bool:
    return any(mark in page.clean[line.begin : line.begin + 3] for mark in "\U0001f4cd\U0001f4cc") and line.label == ""


_PLACED = re.compile(r"\W{0,6}(?:bertempat|berlokasi|tempat(?:nya)?|lokasi(?:nya)?|alamat(?:nya)?)[ \t]+di[ \t]+(?=\w)", re.I)


def _value_begin(page: Page, line: Line) -> int:
    at = line.begin
    named = _PLACED.match(page.clean, at, line.end)
    if named:
        return named.end()
    while at < line.end and not page.clean[at].isalnum() and page.clean[at] != '"':
        at += 1
    return at
