"""How and where: the mode, the place to go to, the link to join by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pamit.domain.terms import Mode
from pamit.reading.found import Found
from pamit.reading.letter import Letter
from pamit.reading.names import FRONT_TYPES, LEGAL_FRONT, fold_word
from pamit.reading.text import Hit, Line, Page
from pamit.reading.when import Schedule

__all__ = ["Place", "find_place"]


@dataclass(frozen=True)
class Place:
    """Mode, location and link; ``open`` where the message leaves the mode to the candidate."""

    mode: Mode | None
    mode_span: tuple[int, int] | None
    location: Found | None
    link: Found | None
    open: bool = False


_VIDEO = re.compile(
    r"\b(?:zoom(?:nya)?|google meet|g[- ]?meet|gmeet|meet\.google|ms\.? teams|microsoft teams|"
    r"teams|webex|skype|video ?call|video ?chat|video ?conference|videocall|vidcall|vc|"
    r"virtual|virtually|daring|online|on line|via video"
    r"|video interview|interview video|wawancara video|remote interview|"
    r"link (?:yang )?(?:masih )?sama|meeting link|join link|tautan (?:rapat|zoom|meet)|"
    r"ruang virtual|jitsi|whereby|facetime|google hangouts?|discord|kamera wajib|"
    r"voice \+ kamera)\b",
    re.I,
)
_PHONE = re.compile(
    r"\b(?:via|lewat|melalui|by|over|through|per) (?:sambungan )?(?:tele?phone?|telepon|telp|"
    r"telpon|phone|call|panggilan suara|voice call|whatsapp call|wa call)\b|\bphone (?:call|"
    r"interview|screen|screening|chat|conversation)\b|\btelephone (?:interview|call)\b"
    r"|\b(?:i|we)(?:'ll| will| shall| would)(?: then)? (?:call|ring|phone|give you a (?:call|"
    r"ring))\b|\b(?:ring|call|phone) you (?:on|at|between|from)\b|\bwill call you\b|"
    r"\bkami (?:akan )?(?:yang akan )?(?:menelepon|menelpon|telepon|telpon|telp|"
    r"hubungi via telepon|menghubungi (?:via|lewat|melalui) telepon)\b"
    r"|\bakan (?:menelepon|menelpon|di ?telepon|ditelpon)\b|\b(?:interview|wawancara) (?:by |"
    r"via |lewat |melalui |per )?(?:telepon|telp|telpon|phone)\b|\bgive you a (?:call|ring)\b|"
    r"\b(?:a |short |quick )call\b(?! center)|\bvoice call\b|\bpanggilan (?:suara|telepon)\b|"
    r"\bphone\.|\bvia phone\b|\b(?:saya|kami|aku) (?:telepon|telpon|telp)\b(?! (?:di|ke))|"
    r"\bditelepon\b|\bditelpon\b",
    re.I,
)
_VIDEO_WHATSAPP = re.compile(
    r"\b(?:video ?call|vc|vidcall)\b(?: (?:via|lewat|melalui|di|on|by))? ?(?:wa|whatsapp)\b|" r"\b(?:wa|whatsapp) video\b", re.I
)
_NO_VIDEO = re.compile(r"\b(?:no|without|not|tanpa|bukan|tidak perlu) video\b|\bvoice,? no video\b", re.I)
_ONSITE = re.compile(
    r"\b(?:tatap muka|bertatap muka|offline|off line|luring|on[- ]?site|onsite|in[- ]person|"
    r"in person|face[- ]to[- ]face|langsung di (?:kantor|tempat|lokasi)|di kantor kami|"
    r"our office|at our|on campus|walk[- ]?in|datang langsung|datang ke|dtg ke|hadir di|"
    r"bertempat di|bertempat)\b",
    re.I,
)
_TEST_ONLINE = re.compile(
    r"\b(?:psikotes|psikotest|tes|test|assessment|formulir|form|pendaftaran|daftar|registrasi|"
    r"loker|shop|store|toko|ojek|transportasi|marketing|media|akun|ujian|"
    r"lamaran)\s+(?:\w+\s+)?$",
    re.I,
)
_EITHER = re.compile(
    r"\bhybrid\b|\b(?:online|daring|virtual|video)\b[^.\n]{0,40}\b(?:atau|or|maupun|"
    r"/)\b[^.\n]{0,40}\b(?:offline|onsite|luring|office|kantor|langsung|in person|"
    r"tatap muka)\b|\b(?:offline|onsite|luring|office|kantor|in person|tatap muka|datang|"
    r"langsung)\b[^.\n]{0,40}\b(?:atau|or|maupun)\b[^.\n]{0,30}\b(?:online|daring|virtual|"
    r"video|zoom|call|telepon)\b",
    re.I,
)

_VIDEO_WORDS = frozenset(
    "zoom zoomnya google meet gmeet g ms microsoft teams webex skype video videocall vidcall "
    "vc virtual virtually daring online on remote link meeting join tautan ruang jitsi "
    "whereby"
    " facetime discord kamera voice interview wawancara via".split()
) - {"on", "ruang", "interview", "wawancara", "via", "g", "ms", "meeting"}
_PHONE_WORDS = frozenset(
    "phone telephone call voice ring telepon telp telpon telfon menelepon menelpon ditelepon ditelpon panggilan calling".split()
)
_ONSITE_WORDS = frozenset(
    "muka bertatap offline off luring site onsite person face langsung office our campus "
    "walk datang dtg hadir bertempat kantor".split()
)
_WHATSAPP = frozenset(("wa", "whatsapp"))
_EITHER_WORDS = frozenset("hybrid online daring virtual video offline onsite luring".split())
_AT_WORDS = frozenset(
    "bertempat berlokasi dilaksanakan diadakan tempatnya tempat tetap sama masih lokasi "
    "lokasinya alamat alamatnya datang dtg dateng hadir ke di wonten we we're at by come "
    "place venue in".split()
)
_STREET_WORDS = frozenset(
    "jl jln jalan gedung gd ruko rukan komplek kompleks komp kawasan menara wisma plaza mall "
    "graha tower pergudangan perum perumahan apartemen kampus gang gg building street road "
    "avenue square".split()
)
_MEETING_HOST = re.compile(
    r"(?:^|[/.])(?:meet\.google|zoom\.|us\d+web\.zoom|teams\.(?:microsoft|live|test)|teams\.|"
    r"webex\.|[\w-]+\.webex|whereby|meet\.jit|jitsi|skype|gotomeet|bluejeans|chime|facetime|"
    r"video\.|meet\.|join\.|ruang\.|meeting\.|vc\.|conf\.|bbb\.|lifesize|join\.skype|discord)",
    re.I,
)
_MEETING_PATH = re.compile(
    r"/(?:j|join|meet|meetup-join|l/meetup|room|wbxmjs|r|meeting|wc|video|conference|s)/|" r"/meet(?:up)?\b|wbxmjs|/l/", re.I
)
_OTHER_HOST = re.compile(
    r"(?:maps?\.|goo\.gl/maps|maps\.app|/maps?/|forms?\.|/forms?/|formulir|docs\.google|gform|"
    r"typeform|jotform|cal\.|calendly|calendar|/book|booking|slot|pilih|jadwal|/avail|"
    r"psikotes|tes\.|test\.|tpa\.|ujian|assess|quiz|hackerrank|codility|karir|career|"
    r"rekrut|recruit|jobs?\.|/home|status|apply|lamar|daftar|register|unsubscribe|linkedin|"
    r"instagram|facebook|tiktok|youtube|wa\.me|t\.me|privacy|konfirmasi|confirm|/rsvp|www\.|"
    r"drive\.google|dropbox|bantuan|help|support|waze|/survey|/app)",
    re.I,
)
_LINK_CUE = re.compile(
    r"\b(?:join|link|tautan|bergabung|gabung|masuk|klik|zoom|meet|teams|webex|video|where|"
    r"when|tempat|ruang|room|virtual|daring|online|call)\b",
    re.I,
)
_NOT_LINK_CUE = re.compile(
    r"\b(?:form|formulir|isi|mengisi|konfirmasi(?!.{0,30}link)|confirm|daftar|register|"
    r"registrasi|peta|maps?|lokasi|jika .{0,20}bermasalah|cadangan|backup|spare|"
    r"if .{0,20}(?:fails|trouble|problem)|alternat\w+|psikotes|tes|test|assessment|ujian|"
    r"calendar|pick|pilih|choose|book|grab|status|sign in|log ?in|portal|unduh|download|"
    r"wajib menyelesaikan|"
    r"interview online ai|rekaman|recorded|tata tertib|rincian kehadiran|panduan|petunjuk|"
    r"guide|website|situs|profil|instagram|batal|reschedule)\b",
    re.I,
)
_SPARE = re.compile(
    r"\b(?:cadangan|backup|spare|jika .{0,30}(?:bermasalah|gangguan|kendala)|"
    r"if .{0,24}(?:fails|trouble|problem)|alternative link|link alternatif|alternatif)\b",
    re.I,
)

_STREET = re.compile(
    r"(?<![\w/])(?:jl|jln|jalan|gedung|gd|ruko|rukan|kompleks?|komp|kawasan|menara|wisma|"
    r"plaza|mall|graha|tower|pergudangan|perum|perumahan|apartemen|kampus|gang|"
    r"gg)\b\.?(?=[ \t]+[\w\"])|\b\d{1,4}[ \t]+(?:jalan|jl)\b|\b[A-Z][\w'-]+[ \t]+(?:tower|"
    r"building|street|road|avenue|plaza|mall|square)\b",
    re.I,
)
_AT = re.compile(
    r"\b(?:bertempat di|berlokasi di|dilaksanakan di|diadakan di|tempatnya(?: di)?|"
    r"(?:tempat )?(?:tetap|sama|masih) di|lokasi(?:nya)?(?: di)?|alamat(?:nya)?(?: (?:yg|yang|"
    r"di) \w+)?[ \t]*:?|datang ke|dtg ke|dateng ke|hadir di|hadir ke|ke|di|wonten|we're at|"
    r"we are at|at our|at the|at|by the|come by|place is|place does not change:|venue is|"
    r"in our)[ \t:]+",
    re.I,
)
_MEDIUM = re.compile(
    r"\b(?:zoom|google meet|gmeet|g-meet|teams|online|daring|virtual|whatsapp|wa|video|webex|"
    r"skype|telepon|phone|tba|menyusul|akan dikirim|link)\b",
    re.I,
)
_PLACE_NOUN = frozenset(
    """
    room annexe kantor office gedung gudang pabrik toko kedai kafe cafe warung restoran resto hotel klinik rumah sekolah kampus ruang
    ruangan aula lobby lobi lantai outlet
    butik bengkel salon studio store shop showroom pool mess depo depot cabang tempat kitchen dapur panti sekretariat
    pendopo lab laboratorium plant site basecamp
    workshop ballroom hall kebun posko warehouse factory clinic school jetty building reception plaza mall ruko rukan unit
    pos balai puskesmas rs rsud masjid gereja
    r hrd campus premises branch headquarters hq café proyek perpustakaan museum stasiun bandara pelabuhan dermaga markas
    base ndalem studio kelurahan kecamatan
    """.split()
)
_ADDRESS_WORD = re.compile(
    r"\b(?:jl|jln|jalan|no|blok|lt|lantai|lot|kav|kec|kel|kab|kota|gedung|km|rt|rw|gg|gang|"
    r"ruko|kawasan|komplek|tower|floor|street|building|\d{5})\b",
    re.I,
)
_SURE_ADDRESS = re.compile(r"\b(?:jl|jln|jalan|lt|lantai|blok|kav|km|tower|floor|street|building|gedung|ruko)\b", re.I)
_LOCATION_END = re.compile(
    r"[.!?](?=[ \t\n]|$)|\n|[ \t]+(?=\bhttps?:)|[ \t](?:untuk|for the|for your|for an?|pada|"
    r"pukul|jam|pkl|tanggal|tgl|dengan membawa|dengan|dgn|on|bawa|membawa|next to|ask for|tks|"
    r"makasih|trims|terima kasih|thanks|ya|(?:yg|yang)(?!\s+(?-i:[A-Z]))|jika|kalau|kalo|klo|"
    r"bila|apabila|atau|or|dress|please|pls|mohon|harap|tolong|konfirmasi|hubungi|ketemu|"
    r"bertemu|kita|lagi|e|aja|saja|nggih|bisa|biar|selama|dari|from|with|between|starting|"
    r"mulai|sebelum|before|besok|hari|senin|selasa|rabu|kamis|jumat|sabtu|minggu|monday|"
    r"tuesday|wednesday|thursday|friday|saturday|sunday)\b"
    r"|[ \t]*[\u2014]|[ \t]-[ \t](?![A-Z])|[;]|\)[ \t]*(?=[A-Z])",
    re.I,
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:jl|jln|no|lt|kav|gd|kec|kab|kel|ds|dsn|km|blok|gg|st|prof|dr|pt|cv|h|a|i|r|jend|"
    r"ir|rs|moh|mt|kh|raden|perum|komp|kp|letjen|mayjen|brigjen|ry|rt|rw|bgd|tmn)|\b[a-z])$",
    re.I,
)
_PAREN_NOTE = re.compile(
    r"\s*\((?:[^()\n]*\b(?:patokan|seberang|sebelah|samping|depan|dekat|belakang|next to|near|"
    r"opposite|landmark|maps?|peta|lihat|link)\b[^()\n]*)\)",
    re.I,
)


def find_place(letter: Letter, schedule: Schedule) -> Place:
    """Mode, location and link of the interview."""
    page = letter.page
    link = _find_link(page, schedule)
    labelled = _mode_label(page)
    either = _EITHER.search(page.bare) if page.mentions(_EITHER_WORDS) else None
    venue = _find_venue(letter)
    if either and not link:
        return Place(None, None, None, None, open=True)
    mode, span = labelled or (None, None)
    if mode is None:
        mode, span = _mode_of_text(letter, link, venue)
    if mode in (Mode.VIDEO, Mode.PHONE):
        venue = None
    elif mode is None and venue is not None:
        mode, span = Mode.ONSITE, venue.span
    if mode == Mode.ONSITE:
        link = None
        venue = _completed(letter, venue)
    if mode == Mode.PHONE:
        link = None
    return Place(mode, span, venue, link)


# ---------------------------------------------------------------------- link


def _find_link(page: Page, schedule: Schedule) -> Found | None:
    best: tuple[float, Hit] | None = None
    # In a table of groups each row has its own link.
    own = page.line_at(schedule.chosen.begin) if schedule.chosen and not schedule.in_subject else None
    for url in page.urls:
        written = page.clean[url.begin : url.end]
        weight = _link_weight(page, url, written)
        if own and own.begin <= url.begin < own.end:
            weight += 3
        if weight > 0 and (best is None or weight > best[0]):
            best = (weight, url)
    if best is None:
        return None
    written = page.clean[best[1].begin : best[1].end]
    value = written if "://" in written else "https://" + written
    return Found(value, (best[1].begin, best[1].end), 0.95 if best[0] >= 3 else 0.8)


def _link_weight(page: Page, url: Hit, written: str) -> float:
    weight = 0.0
    host = written.split("://")[-1]
    meeting = bool(_MEETING_HOST.search(host.split("/")[0]) or _MEETING_HOST.search(host)) and "/" in host
    if meeting:
        weight += 3
    if _MEETING_PATH.search(host):
        weight += 1
    if _OTHER_HOST.search(written) and not re.match(r"meet\.google|[\w.]*zoom|teams\.|[\w.]*webex", host, re.I):
        weight -= 3
    line = page.line_at(url.begin)
    if line and line.label in ("link", "place", "mode") and "/" in host:
        weight += 2
    begin = max(page.sentence(url.begin, url.end)[0], url.begin - 90)
    before = page.prose[begin : url.begin]
    if line and line.begin == url.begin:
        index = page.line_index(url.begin)
        if index:
            above = page.lines[index - 1]
            if line.number - above.number <= 2:
                before = page.prose[above.begin : above.end] + " " + before
    if _SPARE.search(before):
        return -1
    if _NOT_LINK_CUE.search(before):
        weight -= 2.5
    elif _LINK_CUE.search(before) and "/" in host:
        weight += 1.5
    if "/" not in host.strip("/") or (host.endswith("/") and host.count("/") == 1):
        weight -= 3
    return weight


# ---------------------------------------------------------------------- mode


def _mode_label(page: Page) -> tuple[Mode | None, tuple[int, int] | None] | None:
    for line in page.lines:
        if line.label not in ("mode", "link", "place") or line.value >= line.end:
            continue
        value = page.clean[line.value : line.end]
        if _EITHER.search(value):
            return None
        if _VIDEO.search(value) and not _ADDRESS_WORD.search(value) and not _NO_VIDEO.search(value):
            return Mode.VIDEO, (line.value, line.end)
        if line.label == "mode":
            if _ONSITE.search(value):
                return Mode.ONSITE, (line.value, line.end)
            if _PHONE.search(value) or re.match(r"\W*(?:telepon|(?:tele)?phone|telp)\b", value, re.I):
                return Mode.PHONE, (line.value, line.end)
        if line.label == "place" and re.match(r"\W*(?:by |via )?(?:tele)?(?:phone|telepon|telp)\b", value, re.I):
            return Mode.PHONE, (line.value, line.end)
    return None


def _mode_of_text(letter: Letter, link: Found | None, venue: Found | None) -> tuple[Mode | None, tuple[int, int] | None]:
    page = letter.page
    bare = page.bare
    whatsapp = _VIDEO_WHATSAPP.search(bare) if page.mentions(_WHATSAPP) else None
    if whatsapp and not _NO_VIDEO.search(bare):
        return Mode.VIDEO, whatsapp.span()
    phone = _PHONE.search(bare) if page.mentions(_PHONE_WORDS) else None
    subject = letter.subject
    phone_subject = (
        phone is None and subject is not None and subject.mentions(_PHONE_WORDS) and bool(_PHONE.search(subject.bare))
    )
    if (
        phone
        and not link
        and not (venue and venue.confidence >= 0.9)
        and not re.search(
            r"\b(?:if|kalau|jika|kalo|bila|questions|pertanyaan)\b", page.prose[page.sentence(*phone.span())[0] : phone.start()]
        )
    ):
        return Mode.PHONE, phone.span()
    if link and not (venue and venue.confidence >= 0.9):
        return Mode.VIDEO, link.span
    if link and venue and _ONSITE.search(bare):
        return Mode.ONSITE, venue.span
    if link:
        return Mode.VIDEO, link.span
    onsite = _ONSITE.search(bare) if page.mentions(_ONSITE_WORDS) else None
    video = _video(page)
    if video and not (venue and venue.confidence >= 0.85) and not (onsite and onsite.start() < video[0]):
        return Mode.VIDEO, video
    if phone_subject and not venue:
        return Mode.PHONE, None
    if venue:
        return Mode.ONSITE, venue.span
    if onsite:
        return Mode.ONSITE, onsite.span()
    if letter.subject is not None and _video(letter.subject):
        return Mode.VIDEO, None
    return None, None


def _video(page: Page) -> tuple[int, int] | None:
    if not page.mentions(_VIDEO_WORDS):
        return None
    for match in _VIDEO.finditer(page.bare):
        before = page.bare[max(0, match.start() - 30) : match.start()]
        if _TEST_ONLINE.search(before) and match.group().lower() in ("online", "daring", "virtual"):
            continue
        if match.group().lower() == "online" and re.match(
            r"\s*(?:shop|store|marketing|media|test|tes|form|application)", page.bare[match.end() : match.end() + 14], re.I
        ):
            continue
        if match.group().lower() == "teams" and not re.search(
            r"microsoft|ms\b|via|link|on |over ", before + page.bare[match.end() : match.end() + 8], re.I
        ):
            continue
        if page.within("later_interview", *page.sentence(*match.span())):
            continue
        return match.span()
    return None


# ---------------------------------------------------------------------- venue


def _find_venue(letter: Letter) -> Found | None:
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
        if any(url.begin <= line.value < url.end for url in page.urls) or (
            _MEDIUM.search(value) and not _ADDRESS_WORD.search(value)
        ):
            continue
        begin, end = line.value, line.end
        if len(value) > 160:
            stop = _location_end(page.clean, begin, end)
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
    written = [_tidy(page.clean[begin:end]) for begin, end in pieces[:4]]
    written = [piece for piece in written if piece]
    if not written:
        return None
    unique = list(dict.fromkeys(written))
    return Found(", ".join(unique), pieces[0], 0.95)


def _continues(page: Page, line: Line, text: str) -> bool:
    if any(url.begin == line.begin for url in page.urls) or len(text) > 120:
        return False
    return bool(_ADDRESS_WORD.search(text) or (_STREET.search(text))) and not re.match(
        r"\W*(?:mohon|harap|bawa|catatan|note|please|demikian|jika|untuk)\b", text, re.I
    )


def _tidy(value: str) -> str:
    value = _PAREN_NOTE.sub("", value)
    value = re.split(r"[ \t]*\|[ \t]*|[ \t]{4,}", value.strip())[0]
    return re.sub(r"[ \t]+", " ", value).strip(" .,;-")


def _location_end(clean: str, begin: int, limit: int) -> int:
    at = begin
    while True:
        match = _LOCATION_END.search(clean, at, limit)
        if not match:
            return limit
        if (
            match.group()[0] == "."
            and _ABBREVIATED.search(clean[max(begin, match.start() - 8) : match.start()])
            and clean[match.end() : match.end() + 1] != "\n"
        ):
            at = match.end()
            continue
        if match.start() == begin:
            at = match.end()
            continue
        return match.start()


def _prose_venue(letter: Letter) -> Found | None:
    page = letter.page
    clean = page.bare
    best: tuple[float, int, int] | None = None
    signature = letter.signature[0].begin if letter.signature else len(clean)
    head = letter.head[-1].end if letter.head else 0
    reached = head
    for cue in page.places(_AT_WORDS):
        match = _AT.match(clean, cue.begin) if cue.begin >= reached else None
        if not match:
            continue
        begin = reached = match.end()
        if not (clean[begin : begin + 1].isalnum() or clean[begin : begin + 1] in "\"'"):
            continue
        end = _location_end(clean, begin, len(clean))
        text = clean[begin:end]
        if not text.strip() or len(text) > 200:
            continue
        weight = _venue_weight(page, match, begin, end, text)
        if begin >= signature:
            weight -= 2
        if weight > 0 and (best is None or weight > best[0]):
            best = (weight, begin, end)
    row = _venue_row(letter, signature, head)
    if row and (best is None or row[0] >= best[0]):
        best = row
    if (best is None or best[0] < 2) and page.mentions(_STREET_WORDS):
        street = next((m for m in _STREET.finditer(clean) if head <= m.start() < signature), None)
        if street and not (best and best[0] >= 2):
            line = page.line_at(street.start())
            if line and line.label not in ("name", "company"):
                begin = street.start()
                end = _location_end(clean, begin, len(clean))
                best = (2.0, begin, end)
    if best is None or best[0] < 1.5:
        return None
    begin, end = best[1], best[2]
    value = _tidy(page.clean[begin:end])
    if not value:
        return None
    end_street = _joined_street(page, end, len(clean))
    if end_street and not _ADDRESS_WORD.search(value):
        joined = _tidy(page.clean[end_street[0] : end_street[1]])
        if joined and joined not in value:
            value = f"{value}, {joined}"
    return Found(value, (begin, begin + len(page.clean[begin:end].rstrip())), 0.9 if best[0] >= 4 else 0.8)


def _joined_street(page: Page, after: int, limit: int) -> tuple[int, int] | None:
    """A street that follows a little later ("ke bengkel ya. jl sultan agung …")."""
    match = _STREET.search(page.bare, after, min(limit, after + 120))
    if not match or not re.match(r"(?:jl|jln|jalan|gg|ruko|\d)", match.group(), re.I):
        return None
    return match.start(), _location_end(page.bare, match.start(), len(page.bare))


def _venue_weight(page: Page, match: re.Match[str], begin: int, end: int, text: str) -> float:
    first = fold_word(text.split()[0].strip("\"',")) if text.split() else ""
    cue = match.group().strip().lower().rstrip(":")
    weight = 0.0
    if _STREET.match(text):
        weight += 3
    elif _STREET.search(text):
        weight += 2.5
    if first in _PLACE_NOUN or first.rstrip("nya") in _PLACE_NOUN:
        weight += 2
    elif first in LEGAL_FRONT or first in FRONT_TYPES:
        weight += 2 if text[:1].islower() else 1
    if weight == 0 and _SURE_ADDRESS.search(text) and "," in text:
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
    ) and not _ADDRESS_WORD.search(text):
        weight -= 2
    if page.within("void", sentence_begin, sentence_end):
        weight -= 4
    if _MEDIUM.search(text) and not _ADDRESS_WORD.search(text):
        weight -= 3
    if re.match(
        r"(?:kantor|gedung|telepon|nomor) (?:anda|saudara)|.*\b(?:ke|di) (?:email|nomor|" r"alamat (?:email|surel))\b",
        text,
        re.I,
    ):
        weight -= 3
    if cue in ("ke", "at", "di") and re.match(
        r"(?:alamat (?:ini|surel|email)|tempat (?:kerja|barunya|baru|anda)|rumah anda|bawah|atas|dalam)", text, re.I
    ):
        return 0.0
    return weight


def _venue_row(letter: Letter, signature: int, head: int) -> tuple[float, int, int] | None:
    """A line of its own that is a place, beside the day and hour ("📍 Kafe Rimbun, Jl. …")."""
    page = letter.page
    for index, line in enumerate(page.lines):
        if line.begin < head or (line.begin >= signature and not (line.begin < signature)):
            continue
        if line.label is not None and not _pin(page, line):
            continue
        text = page.clean[line.value if line.label is None else line.begin : line.end]
        lead = page.clean[line.begin : line.begin + 3]
        if any(url.begin <= line.value < url.end for url in page.urls) or len(text) > 140:
            continue
        pin = any(mark in lead for mark in _PINS)
        words = [fold_word(word.strip(',().:"')) for word in text.split()]
        if not words or not (
            pin or words[0] in _PLACE_NOUN or words[0] in FRONT_TYPES or words[0] in LEGAL_FRONT or words[0] in _STREET_WORDS
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
            _STREET.search(text)
            and (words[0] in _PLACE_NOUN or words[0] in FRONT_TYPES or words[0] in LEGAL_FRONT or _STREET.match(text))
            and not text.rstrip().endswith("?")
        ):
            return 4.0, _value_begin(page, line), line.end
        if (
            words
            and words[0] in _PLACE_NOUN | FRONT_TYPES
            and text.count(",") >= 1
            and len(words) <= 14
            and not text.rstrip().endswith(".")
        ):
            return 3.5, _value_begin(page, line), line.end
    return None


_PINS = ("\U0001f4cd", "\U0001f3e2", "\U0001f5fa", "\U0001f4cc")
_CLOCK = re.compile(r"\d{1,2}[.:]\d\d|\b(?:am|pm|pukul|jam)\b|\d/\d")


def _pin(page: Page, line: Line) -> bool:
    return any(mark in page.clean[line.begin : line.begin + 3] for mark in "\U0001f4cd\U0001f4cc") and line.label == ""


def _value_begin(page: Page, line: Line) -> int:
    at = line.begin
    while at < line.end and not page.clean[at].isalnum() and page.clean[at] != '"':
        at += 1
    return at


def _completed(letter: Letter, venue: Found | None) -> Found | None:
    """A room alone is completed by the letterhead's or footer's street; "alamat di atas" is the letterhead's."""
    page = letter.page
    above = _ABOVE.search(page.prose) if page.mentions(_ABOVE_WORDS) else None
    street = _letterhead_street(letter)
    if above and street and venue is not None and above.group() in venue.value.lower():
        at = venue.value.lower().find(above.group())
        value = venue.value[:at] + _tidy(page.clean[street[0] : street[1]]) + venue.value[at + len(above.group()) :]
        return Found(value, venue.span, 0.9)
    if above and street and (venue is None or not _ADDRESS_WORD.search(venue.value)):
        value = _tidy(page.clean[street[0] : street[1]])
        return Found(value, street, 0.9)
    if venue is None and street and _OWN_PLACE.search(page.prose):
        name = next((page.clean[line.begin : line.end].strip() for line in letter.head if line.end <= street[0]), "")
        value = _tidy(page.clean[street[0] : street[1]])
        return Found(f"{name}, {value}" if name else value, street, 0.75)
    if venue is None or street is None:
        return venue
    if re.search(r"\b(?:jl|jln|jalan|street|tower|kawasan|ruko|km|blok|plaza|mall|square)\b|\d{3,}|,", venue.value, re.I):
        return venue
    if re.match(
        r"(?:ruang|r\.|aula|sekretariat|kantor (?:kami|hrd)|lab|lobby|lobi|campus|on campus|our|" r"lantai)\b",
        venue.value,
        re.I,
    ):
        tail = _tidy(page.clean[street[0] : street[1]])
        if tail and tail not in venue.value:
            return Found(f"{venue.value}, {tail}", venue.span, venue.confidence * 0.95)
    return venue


_ABOVE_WORDS = frozenset(("atas", "diatas", "above"))
_ABOVE = re.compile(
    r"\b(?:alamat|kantor|address) (?:kami )?(?:tersebut )?(?:di atas|diatas|tersebut di atas|"
    r"above)\b|\bat the above address\b"
)
_OWN_PLACE = re.compile(
    r"\b(?:on campus|our (?:office|premises|campus|store|school|clinic|hotel|head office)|"
    r"(?:di|ke) (?:kantor|kampus|sekolah|toko|klinik|tempat) kami)\b"
)
_LEGAL_STARTS = ("pt ", "pt. ", "cv ", "cv. ")
_TAIL = re.compile(
    r"[ \t]{2,}|[ \t]*[-\u2013|][ \t]*(?=telp|tel|phone|fax|hp)|[ \t]+(?:telp|telepon|tel|" r"phone|fax|hp|email|www)\b", re.I
)


def _letterhead_street(letter: Letter) -> tuple[int, int] | None:
    page = letter.page
    for line in (*letter.head, *letter.signature[-3:]):
        match = _STREET.search(page.clean, line.begin, line.end)
        if match and not (
            page.prose.startswith(_LEGAL_STARTS, line.begin)
            and match.group().lower() in ("graha", "menara", "wisma", "plaza", "mall")
        ):
            end = line.end
            cut = _TAIL.search(page.clean, match.end(), line.end)
            if cut:
                end = cut.start()
            return match.start(), end
    return None
