"""The marks of a fake interview (rule S1): explained, never blocking.

Stop: money is asked for, or a named travel agent must be used. High: a list of all who passed, documents or codes asked for,
money for little work, free mail under a large company's name. Medium: a hotel as the place, a letter number of another year.
WhatsApp, a small shop's free mail address or an informal tone are no marks. Source: indonesia.md, "Scam invitations".
"""

from __future__ import annotations

import re

from pamit.domain.invitation import SafetyWarning
from pamit.domain.terms import Bilingual
from pamit.reading.hosts import find_hosts
from pamit.reading.letter import Letter
from pamit.reading.text import Hit, Page

__all__ = ["find_warnings"]

_MESSAGES: dict[str, Bilingual] = {
    "money-asked": Bilingual(
        "Pesan ini meminta uang. Perusahaan yang sungguh-sungguh merekrut tidak memungut biaya; "
        "jangan bayar, dan pastikan dulu lewat situs resmi perusahaan.",
        "The message asks for money. A genuine employer charges nothing; do not pay, and check "
        "with the company through its own website first.",
    ),
    "travel-agent": Bilingual(
        "Pesan ini mewajibkan agen perjalanan tertentu. Itu ciri penipuan yang sering terjadi; "
        "jangan memesan, dan pastikan dulu lewat situs resmi perusahaan.",
        "The message makes a certain travel agent compulsory. That is a common mark of fraud; do "
        "not book, and check with the company through its own website first.",
    ),
    "list-attached": Bilingual(
        "Daftar semua peserta yang lulus dilampirkan; perusahaan jarang melakukannya.",
        "A list of everybody who passed is attached, which companies rarely do.",
    ),
    "documents-asked": Bilingual(
        "Dokumen pribadi, data bank, atau kode rahasia diminta sebelum ada penawaran kerja.",
        "Personal documents, bank data or secret codes are asked for before any offer.",
    ),
    "never-applied": Bilingual(
        "Pekerjaan dijanjikan tanpa lamaran atau seleksi.", "Work is promised without an application or a selection."
    ),
    "easy-money": Bilingual(
        "Penghasilan dijanjikan untuk tugas yang sangat ringan, atau Anda diminta masuk grup pesan.",
        "Money is promised for very light tasks, or you are asked to join a messaging group.",
    ),
    "keep-away": Bilingual(
        "Anda diminta tidak menghubungi kantor perusahaan.", "You are asked not to contact the company's office."
    ),
    "free-mail": Bilingual(
        "Alamat pengirim memakai layanan surel umum padahal mengatasnamakan perusahaan besar.",
        "The sender uses a free mail service in the name of a large company.",
    ),
    "hotel-place": Bilingual(
        "Wawancara diadakan di hotel, bukan di kantor perusahaan; pastikan dulu ke perusahaan.",
        "The interview takes place in a hotel, not at the company; check with the company first.",
    ),
    "letter-year": Bilingual(
        "Tahun pada nomor surat tidak sesuai dengan tahun surat ini diterima.",
        "The year in the letter's number does not fit the year in which it was received.",
    ),
}
_FREE_MAIL = re.compile(
    r"@(?:gmail|yahoo|ymail|hotmail|outlook|live|icloud|aol|proton(?:mail)?|rocketmail|surel|"
    r"kotak|freebox|mail|"
    r"email)\.",
    re.I,
)
_LARGE = re.compile(r"\bpersero\b|\btbk\b|\bbumn\b|\bpertamina\b|\bbank\b|\bpln\b|\btelkom\b", re.I)
_PAYROLL = re.compile(r"\b(?:gaji|upah|salary|honor|tunjangan|thr|bonus|insentif|monthly pay|per month|per bulan)\b")
_LETTER_YEAR = re.compile(r"\b(?:no(?:mor)?|nomer)\b[ \t.:]*[\w./ -]{0,40}?/(?P<year>20\d\d)\b", re.I)


def find_warnings(letter: Letter) -> tuple[SafetyWarning, ...]:
    """The marks found, the gravest first."""
    page = letter.page
    found: list[SafetyWarning] = []
    money = _money_asked(page)
    if money:
        found.append(SafetyWarning("money-asked", "stop", _MESSAGES["money-asked"], money))
    agent = _agent_forced(page)
    if agent:
        found.append(SafetyWarning("travel-agent", "stop", _MESSAGES["travel-agent"], agent))
    for tag, code in (
        ("list_attached", "list-attached"),
        ("documents", "documents-asked"),
        ("unapplied", "never-applied"),
        ("easy", "easy-money"),
        ("keep_secret", "keep-away"),
    ):
        for hit in page.spans(tag):
            if not page.within("free", *page.sentence(*hit)):
                found.append(SafetyWarning(code, "high", _MESSAGES[code], (hit.begin, hit.end)))
                break
    if letter.sender.mail and _FREE_MAIL.search(letter.sender.mail) and _LARGE.search(page.prose):
        found.append(SafetyWarning("free-mail", "high", _MESSAGES["free-mail"]))
    hosts = find_hosts(letter)
    found += [one for one in hosts if one.tier == "high"]
    found += _lesser(letter)
    found += [one for one in hosts if one.tier != "high"]
    return tuple(found)


def _money_asked(page: Page) -> Hit | None:
    priced = _priced(page) or _advanced(page)
    if priced:
        return priced
    for pay in page.spans("pay"):
        begin, end = page.sentence(*pay)
        begin, end = max(begin, pay.begin - 220), min(end, pay.end + 220)
        money = page.within("money", begin, end)
        if not money or page.within("free", begin, end):
            continue
        purpose = page.within("purpose", begin, end)
        if purpose and _BROUGHT.match(page.prose, pay.begin):
            # "bawa uang parkir untuk interview": to carry money is harmless but for what an employer gives.
            purpose = next(
                (hit for hit in page.spans("purpose")[:_MOST] if begin <= hit.begin < end and _is_due(page, hit)), None
            )
        refund = page.within("refund", begin, min(len(page.clean), end + 120))
        if not purpose and not refund:
            continue
        if _PAYROLL.search(page.prose, begin, end) and not refund:
            continue
        return Hit(min(pay.begin, money.begin), max(pay.end, money.end))
    return None


# So many mentions tell; what repeats more is noise.
_MOST = 20
_BROUGHT = re.compile(r"(?:mem)?bawa|bw|(?:me(?:ny)?)?siap|di(?:siap|bawa)|sedia|bring|prepare|ready")


def _is_due(page: Page, hit: Hit) -> bool:
    return page.prose[hit.begin : hit.end] not in ("interview", "wawancara", "transport", "transportasi", "tiket", "hotel")


def _priced(page: Page) -> Hit | None:
    """A price named for what a genuine employer gives ("uang seragam Rp 350.000", "registration fee: USD 50")."""
    if not page.mentions(_PRICE_WORDS):
        return None
    for match in _PRICE.finditer(page.prose):
        begin, end = page.sentence(*match.span())
        begin, end = max(begin, match.start() - 160), min(end, match.end() + 160)
        if not (
            page.within("free", begin, end) or _GIVEN.search(page.prose, begin, end) or _PAYROLL.search(page.prose, begin, end)
        ):
            return Hit(*match.span())
    return None


_PRICE_WORDS = frozenset("biaya uang dana dp deposit ongkos tarif iuran jaminan fee fees charge charges cost payment".split())
_FOR_WHAT = (
    r"administrasi|admin|adm|pendaftaran|registrasi|seragam|baju|pelatihan|training|formulir|me?terai|mcu|"
    r"medical(?: check[- ]?up)?"
    r"|kesehatan|id ?card|kartu|modul|visa|aktivasi|pemberkasan|penempatan"
)
_SUM = r"(?:rp\b\.?|idr|usd|us\$|\$|sgd|s\$)[ \t]{0,20}\d|\d[\d.,]{0,20}[ \t]{0,20}(?:rb|ribu|k|jt|juta|dollars?|usd)\b"
_PRICE = re.compile(
    r"\b(?:biaya|uang|dana|dp|deposit|ongkos|tarif|iuran|jaminan)(?: untuk| utk| buat)?[ \t]{1,20}(?:"
    + _FOR_WHAT
    + r")\b(?:[ \t]{1,20}(?:dan|&|kerja|peserta|kit|sebesar|senilai|sejumlah|adalah|cuma|hanya|"
    + _FOR_WHAT
    + r")\b){0,4}[ \t]{0,20}[:=(]?[ \t]{0,20}(?:"
    + _SUM
    + r")"
    r"|\b(?:registration|processing|training|uniform|medical|visa|administration|admin|application|onboarding|"
    r"placement|background[ -]check)"
    r"[ \t]{1,20}(?:fees?|charges?|deposit|costs?|payment)\b(?:[ \t]{1,20}(?:is|of|only|just|amounts"
    r"|to)\b){0,3}[ \t]{0,20}[:=(]?[ \t]{0,20}(?:" + _SUM + r")"
)
# Money that is given, or that the message says nobody may ask for.
_GIVEN = re.compile(
    r"\b(?:diberikan|kami beri(?:kan)?|dapat|mendapat(?:kan)?|ditanggung|tanggungan perusahaan|subsidi|gratis|anda terima|"
    r"menerima|waspada|penipuan|hati-hati|jangan|you (?:will )?(?:receive|get)|covered|free|scam|beware|never)\b"
)


# "Biaya ditanggung peserta terlebih dahulu sebesar Rp …": whoever must lay out a named sum is made to pay.
_ADVANCED = re.compile(
    r"\b(?:biaya|ongkos|dana|tiket|akomodasi|transportasi|penginapan|pembayaran|pelunasan)\b[^.;!?\n]{0,60}?"
    r"\b(?:di(?:tanggung|bayar\w*|talangi|transfer|keluarkan|lunasi|setor\w*)|me(?:nanggung|mbayar|nalangi|nggunakan))\b"
    r"[^;!?\n]{0,60}?\b(?:(?:ter)?lebih d(?:ahu)?lu|dahulu|dulu|di muka|dimuka|di awal|sementara)\b"
    r"|\b(?:cost|costs|fare|fares|ticket|tickets|expenses|accommodation)\b[^.;!?\n]{0,60}?"
    r"\b(?:paid|borne|covered|advanced|settled|prepaid)\b[^.;!?\n]{0,40}?\b(?:first|upfront|up front|in advance"
    r"|beforehand)\b"
)
_SUM_NEAR = re.compile(r"[^;!?\n]{0,80}?(?:" + _SUM + r")")


def _advanced(page: Page) -> Hit | None:
    """A journey that the candidate is to pay before the employer pays it back, at a price named in the message."""
    if not page.mentions(_ADVANCE_WORDS):
        return None
    for match in _ADVANCED.finditer(page.prose):
        if _SUM_NEAR.match(page.prose, match.end()) or re.search(_SUM, match.group()):
            return Hit(*match.span())
    return None


_ADVANCE_WORDS = frozenset("dahulu dulu dlu muka dimuka awal sementara first upfront up advance beforehand".split())


def _agent_forced(page: Page) -> Hit | None:
    for agent in page.spans("agent"):
        begin, end = page.sentence(*agent)
        begin, end = max(begin, agent.begin - 200), min(end, agent.end + 200)
        booking = page.within("booking", begin, agent.begin)
        if (
            booking
            and not page.within("free", begin, end)
            and re.search(r"\b(?:lewat|melalui|via|through|dengan|with|oleh|by|ke)\b", page.prose[booking.end : agent.begin])
        ):
            return Hit(booking.begin, agent.end)
    for booking in page.spans("booking")[:_MOST]:
        begin, end = page.sentence(*booking)
        begin, end = max(begin, booking.begin - 200), min(end, booking.end + 200)
        match = _APPOINTED.search(page.prose, begin, end)
        if match is None and _ORDERED.search(page.prose, begin, end) and _FORCED.search(page.prose, begin, end):
            through = _THROUGH.search(page.clean, begin, end)
            match = through if through and not _OWN_WAY.match(page.prose, through.end()) else None
        if match and not page.within("free", begin, end):
            return Hit(min(match.start(), booking.begin), max(match.end(), booking.end))
    return None


_TRIP = (
    r"tiket|akomodasi|penginapan|hotel|transportasi|perjalanan|penerbangan|pesawat|keberangkatan|flights?|tickets?|"
    r"accommodation|"
    r"travel|lodging"
)
# "menunjuk PT X sebagai penyedia tiket", "X is our appointed travel provider": somebody is named for the journey.
_APPOINTED = re.compile(
    r"\b(?:sebagai|selaku|merupakan|adalah)[ \t]{1,20}(?:satu-satunya[ \t]{1,20})?(?:penyedia|pengurus|pengelola|pelaksana|"
    r"penanggung jawab|"
    r"mitra|rekanan|partner|vendor|agen)[ \t]{1,20}(?:[a-z]+[ \t]{1,20}){0,3}?(?:" + _TRIP + r")\b"
    r"|\b(?:menunjuk|ditunjuk|bekerja ?sama dengan|kerja ?sama dengan|bermitra dengan)\b[^.;!?\n]{2,60}?\b(?:untuk|"
    r"utk|dalam|terkait|guna)"
    r"[ \t]{1,20}(?:[a-z]+[ \t]{1,20}){0,3}?(?:" + _TRIP + r")\b"
    r"|\b(?:appointed|designated|assigned|contracted)\b[^.;!?\n]{2,60}?\b(?:for|to (?:handle|arrange|book|manage|issue)|as)"
    r"[ \t]{1,20}(?:[a-z]+[ \t]{1,20}){0,3}?(?:" + _TRIP + r")\b"
    r"|\b(?:agen|biro|travel|jasa|vendor|mitra|rekanan)\b[^.;!?\n]{0,40}?\b(?:yang|yg)[ \t]{1,20}(?:(?:telah|sudah|resmi"
    r"|kami|perusahaan"
    r"|panitia)[ \t]{1,20}){0,3}(?:tunjuk|ditunjuk|tentukan|ditentukan|tetapkan|ditetapkan|ditugaskan|tugaskan)\b"
    r"|\b(?:agent|agency|bureau|desk)[ \t]{1,20}(?:that[ \t]{1,20})?(?:we|the company)[ \t]{1,20}(?:have[ \t]{1,20}"
    r"|has[ \t]{1,20})?(?:appointed|designated|assigned|nominated|chosen)\b"
    r"|\b(?:sole|only|exclusive|official|appointed|designated|approved)[ \t]{1,20}(?:travel|ticketing|ticket|accommodation|"
    r"booking)[ \t]{1,20}"
    r"(?:provider|agent|agency|partner|vendor|desk)\b"
)
_ORDERED = re.compile(
    r"\b(?:pemesanan|pembelian|reservasi|pengurusan|(?:di|me)?pesan|memesan|dibeli|membeli|beli|booking|dibooking|"
    r"diurus|mengurus|"
    r"diterbitkan|book|booked|bookings?|reserved?|reservations?|purchased?|bought|arranged|issued)\b"
)
_FORCED = re.compile(
    r"\b(?:wajib|diwajibkan|harus|hanya|khusus|dilarang|tidak (?:boleh|diperkenankan|diizinkan|dapat)|satu-satunya|"
    r"must|only|"
    r"required|mandatory|compulsory|exclusively|solely|strictly|have to|not (?:allowed|permitted|accepted))\b"
)
_THROUGH = re.compile(
    r"\b(?:lewat|melalui|via|kepada|[Tt]hrough|with)[ \t]{1,20}(?:our[ \t]{1,20}(?:agent" r"|partner)[ \t,]+)?(?=\"?[A-Z])"
)
# Through one's own people or a channel, no agent.
_OWN_WAY = re.compile(
    r'"?(?:hrd?|wa|whatsapp|email|e-mail|google|zoom|link|aplikasi|website|kami|kak|ibu|bu|bapak|pak|mbak|mas|ms|mr|mrs)\b'
)


def _lesser(letter: Letter) -> list[SafetyWarning]:
    page = letter.page
    found: list[SafetyWarning] = []
    for line in page.lines:
        if line.label in ("place", "address") and re.match(r"\W*hotel\b", page.clean[line.value : line.end], re.I):
            name = (
                (letter.sender.name or "")
                + (letter.sender.mail or "")
                + " ".join(page.clean[part.begin : part.end] for part in (*letter.head, *letter.signature))
            )
            if "hotel" not in name.lower():
                found.append(SafetyWarning("hotel-place", "medium", _MESSAGES["hotel-place"], (line.value, line.end)))
            break
    match = _LETTER_YEAR.search(page.bare) if "/20" in page.bare else None
    if match and letter.now and abs(int(match.group("year")) - letter.now.year) > 1 - (letter.now.month > 2):
        found.append(SafetyWarning("letter-year", "medium", _MESSAGES["letter-year"], match.span()))
    return found
