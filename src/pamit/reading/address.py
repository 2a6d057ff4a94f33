"""What addresses are made of: streets, where one ends in running text, and the letterhead's that completes a room."""

from __future__ import annotations

import re

from pamit.reading.found import Found
from pamit.reading.letter import Letter

__all__ = ["ADDRESS_WORD", "STREET", "SURE_ADDRESS", "completed", "location_end", "tidy"]

STREET = re.compile(
    r"(?<![\w/])(?:jl|jln|jalan|gedung|gd|ruko|rukan|kompleks?|komp|kawasan|menara|wisma|"
    r"plaza|mall|graha|tower|pergudangan|perum|perumahan|apartemen|kampus|gang|"
    r"gg)\b\.?(?=[ \t]{1,30}[\w\"])|\b\d{1,4}[ \t]{1,30}(?:jalan|jl)\b|\b(?<!\w['-])[A-Z][\w'-]{1,30}+[ \t]{1,30}(?:tower|"
    r"building|street|road|avenue|plaza|mall|square)\b",
    re.I,
)

ADDRESS_WORD = re.compile(
    r"\b(?:jl|jln|jalan|no|blok|lt|lantai|lot|kav|kec|kel|kab|kota|gedung|km|rt|rw|gg|gang|"
    r"ruko|kawasan|komplek|tower|floor|street|building|\d{5})\b",
    re.I,
)

SURE_ADDRESS = re.compile(r"\b(?:jl|jln|jalan|lt|lantai|blok|kav|km|tower|floor|street|building|gedung|ruko)\b", re.I)

_LOCATION_END = re.compile(
    r"[.!?](?=[ \t\n]|$)|\n|(?:(?<![ \t])[ \t]{1,80}|[ \t])(?=https?:)"
    # By their first letters, so that few are tried at each blank.
    r"|[ \t](?=[a-z])(?:(?:a(?:tau|pabila|ja|sk for|nd (?:ask|we))|b(?:awa|ila|isa|iar|ertemu|esok|e(?:tween|fore))"
    r"|d(?:engan(?: membawa)?|gn|ress|ulu|l|an cari|ari)|e|f(?:or (?:the|your|an?)|rom|riday)|h(?:arap|ubungi|ari)"
    r"|j(?:am|ika|di?|umat)|k(?:alau|a?lo|emudian|onfirmasi|etemu|ita|amis)|l(?:alu|agi)"
    r"|m(?:embawa|akasih|ohon|ulai|inggu|onday)|n(?:ext to|ggih)|o[nr]|p(?:ada|ukul|kl|lease|ls)|r(?:e:|abu)"
    r"|s(?:ampe|mp|aja|elama|tarting|ebelum|enin|elasa|abtu|aturday|unday)"
    r"|t(?:anggal|gl|ks|rims|erima kasih|hanks|olong|hen|uesday|hursday)|untuk|w(?:ith|ednesday)"
    r"|y(?:a|uks?|(?:an)?g(?!\s+(?-i:[A-Z]))))\b"
    r"|(?:sebut(?:kan)?|tanya(?:kan)?|cari|temui) (?:nama|saja|aja|ke|pak|bu|bapak|ibu|kak|mas|mbak)\b)"
    r"|,[ \t]*(?:sesudah|setelah|interview|wawancara|jgn|jangan|bukan|bw|kita|kami|nanti|and (?:the|we|our|please|ask))\b"
    r"|(?:(?<![ \t])[ \t]{1,80})?\u2014|[ \t]-[ \t](?![A-Z])|[;]|\)[ \t]*(?=[A-Z])",
    re.I,
)

_ABBREVIATED = re.compile(
    r"(?:\b(?:jl|jln|no|lt|kav|gd|kec|kab|kel|ds|dsn|km|blok|gg|st|prof|dr|pt|cv|h|a|i|r|jend|"
    r"ir|rs|moh|mt|kh|raden|perum|komp|kp|letjen|mayjen|brigjen|dg|hj|ki|nyi|kol|kapt|sgt|ry|rt|rw|bgd|tmn)|\b[a-z])$",
    re.I,
)

_PAREN_NOTE = re.compile(
    r"\s{0,80}\((?:[^()\n]{0,400}\b(?:patokan|seberang|sebelah|samping|depan|dekat|belakang|next to|near|"
    r"opposite|landmark|maps?|peta|lihat|link)\b[^()\n]{0,400})\)",
    re.I,
)


def tidy(value: str) -> str:
    value = _PAREN_NOTE.sub("", value)
    value = re.split(r"[ \t]*\|[ \t]*|[ \t]{4,}", value.strip())[0]
    return re.sub(r"[ \t]+", " ", value).strip(" .,;-")


def location_end(clean: str, begin: int, limit: int) -> int:
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


def completed(letter: Letter, venue: Found | None) -> Found | None:
    """A room alone is completed by the letterhead's or footer's street; "alamat di atas" is the letterhead's."""
    page = letter.page
    above = _ABOVE.search(page.prose) if page.mentions(_ABOVE_WORDS) else None
    street = _letterhead_street(letter)
    if above and street and venue is not None and above.group() in venue.value.lower():
        at = venue.value.lower().find(above.group())
        room = venue.value[:at].rstrip(" ,(-")
        value = (f"{room}, " if room else "") + tidy(page.clean[street[0] : street[1]])
        value += venue.value[at + len(above.group()) :].lstrip(")")
        return Found(value, venue.span, 0.9)
    if above and street and (venue is None or not ADDRESS_WORD.search(venue.value)):
        value = tidy(page.clean[street[0] : street[1]])
        if venue is not None and _ROOM.match(venue.value):
            return Found(f"{venue.value}, {value}", venue.span, 0.9)
        return Found(value, street, 0.9)
    if venue is None and street and _OWN_PLACE.search(page.prose):
        name = next((page.clean[line.begin : line.end].strip() for line in letter.head if line.end <= street[0]), "")
        value = tidy(page.clean[street[0] : street[1]])
        return Found(f"{name}, {value}" if name else value, street, 0.75)
    if venue is None or street is None:
        return venue
    if venue.value.islower() and venue.value.count(" ") < 2 and street[0] < letter.page.lines[letter.greeting].begin:
        return Found(f"{venue.value}, {tidy(page.clean[street[0] : street[1]])}", venue.span, venue.confidence * 0.95)
    if re.search(r"\b(?:jl|jln|jalan|street|tower|kawasan|ruko|km|blok|plaza|mall|square)\b|\d{3,}|,", venue.value, re.I):
        return venue
    if re.match(
        r"(?:ruang|r\.|aula|sekretariat|kantor (?:kami|hrd)|lab|lobby|lobi|campus|on campus|our|" r"lantai)\b",
        venue.value,
        re.I,
    ):
        tail = tidy(page.clean[street[0] : street[1]])
        if tail and tail not in venue.value:
            return Found(f"{venue.value}, {tail}", venue.span, venue.confidence * 0.95)
    return venue


_ROOM = re.compile(
    r"(?:ruang|r\.|aula|sekretariat|lab|lobby|lobi|konsistori|gedung|lantai|pendopo|perpustakaan|kantor (?:tata usaha|tu)\b|"
    r"(?:the )?(?:board|meeting|conference|seminar|staff) ?room|(?:the )?(?:main )?hall\b|room\b)",
    re.I,
)
_ABOVE_WORDS = frozenset(("atas", "diatas", "above", "surat", "kop", "top", "head", "letterhead"))

_ABOVE = re.compile(
    r"\b(?:alamat|kantor|address)[, ]{1,2}(?:kami )?(?:(?:seperti|sebagaimana|sesuai|yang|yg|adalah) )?"
    r"(?:(?:tersebut|tercantum|tertera|tertulis) )?(?:(?:di|pada) )?(?:atas|diatas|(?:kepala|kop) surat(?: ini)?|kop|above)\b"
    r"|\b(?:at )?(?:the )?address (?:as )?(?:given |shown |stated |printed )?(?:above|(?:on|in|at) (?:the |this |our "
    r")?(?:top|head|"
    r"letterhead)(?: of (?:this|the) letter)?)\b|\bat the above address\b"
)

_OWN_PLACE = re.compile(
    r"\b(?:on campus|(?:this|these) (?:office|offices|premises|address|chambers)|kantor ini|our (?:office|premises|"
    r"campus|store|school|clinic|hotel|head office)|"
    r"(?:di|ke) (?:kantor|kampus|sekolah|toko|klinik|tempat) kami)\b"
)

_LEGAL_STARTS = ("pt ", "pt. ", "cv ", "cv. ")

_TAIL = re.compile(
    r"[ \t]{2,}|[ \t]*[-\u2013|][ \t]*(?=telp|tel|phone|fax|hp)|[ \t]+(?:telp|telepon|tel|"
    r"phone|fax|hp|email|"
    r"www)\b",
    re.I,
)


def _letterhead_street(letter: Letter) -> tuple[int, int] | None:
    page = letter.page
    for line in (*letter.head, *letter.signature[-3:]):
        match = STREET.search(page.clean, line.begin, line.end)
        if match and not (
            page.prose.startswith(_LEGAL_STARTS, line.begin)
            and match.group().lower() in ("graha", "menara", "wisma", "plaza", "mall")
        ):
            end = line.end
            cut = _TAIL.search(page.clean, match.end(), line.end)
            if cut:
                end = cut.start()
            before = page.clean[line.begin : match.start()]
            # "Larch Park Tower": the building's name begins the line.
            named = before and match.group()[:1].isupper() and before.istitle() and "," not in before
            return line.begin if named else match.start(), end
    return None
