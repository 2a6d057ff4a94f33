"""The words and patterns around people's names: what introduces one, what stands beside one, what is none."""

from __future__ import annotations

import re

from pamit.reading.names import (
    BACK_TYPES,
    FRONT_TYPES,
    LEGAL_BEHIND,
    LEGAL_FRONT,
    fold_word,
    words_of,
)

__all__ = [
    "ADDRESS_LINE",
    "ASK_FILL",
    "ASK_GAP",
    "AS_PRONOUN",
    "AT_A_FIRM",
    "BEHIND",
    "BRACKETED",
    "BUTTONS",
    "CALLED",
    "CALLED_WORDS",
    "CLOSED",
    "GAP",
    "HERE",
    "HERE_SHORT",
    "HERE_WORDS",
    "INTRO",
    "INTRO_FROM",
    "INTRO_STRICT",
    "INTRO_WORDS",
    "IN_BRACKETS",
    "LAST_WORD",
    "LETTERS",
    "LET_KNOW",
    "LISTED",
    "LONE",
    "NAMES_TOO",
    "NAME_OF_COMPANY",
    "NAME_START",
    "NEAR",
    "NEGATED",
    "NEXT_WORD",
    "NOT_LOWER",
    "NO_NAMES",
    "OFFICE_BEFORE",
    "OFFICE_SIGNS",
    "OFFICE_THEN_NAME",
    "OPENING",
    "OWN",
    "PASSIVE",
    "PLACE_AND_DAY",
    "PRONOUN",
    "QUOTED",
    "REGARDS_FROM",
    "SEPARATORS",
    "SIGN_OFF",
    "TEAM_REST",
    "TITLED",
    "TO_LOWER",
    "WEAK_ASK",
    "follows",
    "is_company_line",
    "opens_clause",
    "short_for",
]

INTRO = re.compile(
    r"(?:saya|sy|aku|gue|ini|i'm|i am|this is|it's|my name is|nama saya|dengan saya|dgn saya|"
    r"kulo|kula)[ \t]+(?:dengan |dgn |sama )?"
    r"(?=(?P<name>[^\W\d_][^\n,.!?;]{1,40}))",
    re.I,
)

INTRO_WORDS = frozenset("saya sy aku gue ini i'm i this it's my nama dengan dgn kulo kula".split())

HERE_WORDS = frozenset("here sini disini from dari".split())

OPENING = 700

_GREETINGS = (
    "pagi",
    "siang",
    "sore",
    "malam",
    "halo",
    "hai",
    "hi",
    "hello",
    "perkenalkan",
    "kak",
    "mas",
    "mbak",
    "bu",
    "pak",
    "hormat",
)

LETTERS = re.compile(r"\w+")

PASSIVE = re.compile(r"(?:di|ter|ber|men|mem)[a-z]{4,}$")

INTRO_STRICT = re.compile(
    r"[ \t]+(?:dari|dr|from|fr?m|ti|saking|at|of|hr|hrd|tim|team|here|di sini|yg|yang|pemilik|owner|pengelola|selaku|"
    r"admin|kepala|punya|mandor)\b",
    re.I,
)

INTRO_FROM = re.compile(
    r"[ \t]+(?:dari|dr|from|fr?m|ti|saking|yg|yang|here|hr|hrd|tim|team|di sini|at|of|sama|dgn|,)\b|"
    r"[ \t]*[,(.]",
    re.I,
)

HERE = re.compile(
    r"(?:^|[\n,.!?][ \t]*|[ \t])(?P<name>[^\W\d_][\w'-]{1,20}(?: [A-Z][\w'-]{1,20})?)[ \t]+(?:here|"
    r"di ?sini|from|dari)\b[ \t]+(?:here[ \t]+)?(?=from|dari|[^\W\d_])",
    re.I,
)

REGARDS_FROM = re.compile(r"\b(?:salam(?: \w+)?|regards|cheers|love) (?:dari|from)[ \t]+(?=[A-Z])", re.I)

SIGN_OFF = re.compile(
    r"[-\u2013\u2014~][ \t]*(?P<name>[^\W\d_][^\W\d_']{1,15}(?: [A-Z][^\W\d_']{1,15})?)[ \t]*(?=[,(]|[^\w]*$)[^\n]{0,40}$"
)

# "Salam, Sinta - HRD", "Ttd, Rudi", "Terima kasih. Yosef": formula and name in one line at the end.
CLOSED = re.compile(
    r"(?<!\w)(?:salam(?: hormat| hangat| kenal)?|hormat (?:kami|saya)|ttd|tertanda|tks|thx|thanks?|thank you|regards|"
    r"cheers|best|terima kasih|terimakasih|trima kasih|makasih|trims|b?rgds|brgd|suwun|matur nuwun|hatur nuhun|best regards|"
    r"kind regards|wassalam)"
    r"[ \t]*[,.!:]+[ \t]*(?P<name>(?-i:[A-Z])[^\W\d_']{1,15}(?: (?-i:[A-Z])[^\W\d_']{1,15}){0,2})"
    r"(?:[ \t]*[,(/|-][^\n]{0,40}|[ \t]+(?:HRD?|HRGA|admin|owner)\b[^\n]{0,24})?\W*$",
    re.I,
)

# "… Balas OK. Yosef": the name alone behind the last sentence of a chat message.
LAST_WORD = re.compile(
    r"[.!)\U0001F300-\U0001FAFF][ \t\n]+(?P<name>(?:(?:H|Hj|Pdt|"
    r"Ust)\.[ \t]+)?[A-Z][a-z']{1,14}(?: [A-Z][a-z']{1,14})?)\.?[ \t\n]*$"
)

# "Programme Coordinator": the word belongs to a position.
OFFICE_BEFORE = re.compile(r"\b[A-Z][a-z]+[ \t]+$")

# "hubungi saya Dewi": the writer names themselves.
OWN = frozenset("saya sy aku".split())

# "Your coordinator at Larch Ltd: Dewi Astuti": whom to ask, with the firm between.
OFFICE_THEN_NAME = re.compile(
    r"\b(?:coordinator|recruiter|contact(?: person)?|host|point of contact|narahubung|koordinator|rekruter|pic|"
    r"cp)\b[^\n:]{1,60}:[ \t]*"
    r"(?=[A-Z])",
    re.I,
)

# "recruiter at …": an office of the writer, nobody to ask.
AT_A_FIRM = re.compile(r"[ \t]+(?:at|from|dari|for|with|in)\b(?=[ \t]+[a-z])")

NEGATED = re.compile(r"\b(?:jangan|tidak|tdk|tanpa|do not|don't|never)(?: perlu| usah| please)?[ \t]+$")

PRONOUN = re.compile(r"(?:beliau|beliaunya|dia|her|him|them)\b", re.I)

TITLED = re.compile(
    r"(?<!\w)(?:bapak|ibu|bpk|pak|bu|sdri?|saudara|saudari|kak|mas|mbak|mbk|koh|cik|ci|mr|mrs|ms|miss|dr|bang|drh|pnt|"
    r"kades|"
    r"pakde|bude|ustadz?|ust|bli|gus|teh|kang|ce|cece|om|tante)\b\.?"
    r"(?=[ \t]+(?-i:[A-Z]))",
    re.I,
)

ADDRESS_LINE = re.compile(
    r"\b(?:jl|jln|jalan|gedung|lantai|kav|blok|street|floor|tower|building|ruko|km)\b\.?[ \t]+\w|\b\d{5}\b", re.I
)

# "Banjarmasin, 18 Desember 2026": where and when a letter was written, below its text too.
PLACE_AND_DAY = re.compile(
    r"[A-Z][\w' .-]{1,40},?[ \t]{1,9}(?:tgl\.?[ \t]|tanggal[ \t])?\d{1,2}(?:st|nd|rd|"
    r"th)?[ \t]{1,9}[A-Za-z]{3,10}\.?,?[ \t]{1,9}\d{4}\W{0,3}"
)

# The buttons of a calendar's mail: "Tanggapi: Ya - Tidak - Mungkin", "Going? Yes - No - Maybe".
BUTTONS = re.compile(
    r"\W{0,9}(?:(?:tanggapi|balas|hadir|respons?|reply|going|rsvp|accept|terima)\b[^\n\w]{0,9})?"
    r"(?:ya|yes|terima|accept)\b\W{1,9}(?:tidak|no|tolak|decline|mungkin|maybe|tentative)\b",
    re.I,
)

CALLED = re.compile(r"\b(?:saya|sy|aku|kulo|kula|kami)[ \t]*\((?P<name>[^\W\d_]{2,20})\)", re.I)

CALLED_WORDS = frozenset(
    "phone let tell ask text call ring email ping message notify inform contact kabari kabarin hubungi japri chat bilang "
    "kasih ke sama saya sy aku kulo kula kami".split()
)
# "let Hana know", "text Arini on …": English asks by the bare first name.
LET_KNOW = re.compile(
    r"\b(?:[Ll]et|[Tt]ell|[Aa]sk|[Tt]ext|[Cc]all|[Rr]ing|[Pp]hone|[Ee]mail|[Pp]ing|[Mm]essage|[Nn]otify|[Ii]nform|"
    r"[Cc]ontact|"
    r"[Kk]abari|[Kk]abarin|[Hh]ubungi|[Jj]apri|[Cc]hat|"
    r"[Bb]ilang ke|[Kk]asih tau)[ \t]+(?P<name>[A-Z][a-z']{2,15}(?: [A-Z][a-z']{2,15})?)"
    r"(?=[ \t]*(?:know|on|at|if|by|in|kalau|kalo|klo|bila|jika|di|ya|aja|[,:(]|\.(?:\s|$)))"
)
TO_LOWER = re.compile(r"\b(?:ke|sama)[ \t]+(?P<name>[a-z]{3,12})[ \t]+(?:ya+|y|aja|dulu)\b")

SEPARATORS = re.compile(
    r"[ \t]*(?:[|,;(){}\[\]:@=\u2022\u00b7]|[ \t][-\u2013\u2014][ \t]|[ \t]{3,}|/|\t)[ \t]*|"
    r"[ \t]+[-\u2013\u2014]|[-\u2013\u2014][ \t]+"
)

NEAR = 42

NAME_START = re.compile(r"(?<![\w'-])[^\W\d_]")

GAP = re.compile(
    r"[ \t]{0,80}(?:\([^()\n]{0,40}\)?|,[ \t]{0,80}\w{1,80}(?: \w{1,80}){0,4})?[ \t,:;(|/\u2013\u2014.-]{0,80}(?:(?:di|"
    r"ke|via|at|on|pada|nomor|no|hp|wa|telp|tlp|telepon|telepon/wa|telp/wa|wa/telp|hp/wa|"
    r"wa/hp|phone|tel|mobile|whatsapp|ext|pesawat|email|surel|"
    r"\d{1,4})[ \t.:/]{0,80}){0,4}[ \t(:,-]{0,80}",
    re.I,
)

BEHIND = re.compile(
    r"[ \t]*(?:\([ \t]*|,[ \t]*|/[ \t]*|[-\u2013\u2014][ \t]*|a\.?[ \t]?n\.?[ \t]*|(?:ext|"
    r"pesawat)\.?[ \t]*\d+[ \t]*\(?|u\.?p\.?[ \t]*|dengan[ \t]+|with[ \t]+)+"
    # "0812… bu Ratmi": an honorific tells the holder without any sign between.
    r"|[ \t]+(?=(?:bapak|ibu|bpk|pak|bu|kak|mas|mbak|mba|bang|koh|ci|teh|kang|ust)\.?[ \t]+[A-Z])",
    re.I,
)

# "raka here, I run …": at the head of a line or sentence.
HERE_SHORT = re.compile(
    r"(?:^|[.!?,][ \t])[ \t]*(?P<name>[^\W\d_][\w'-]{1,20})[ \t]+(?:here|di ?sini)[ \t]*[,.!:\u2013\u2014-]", re.I | re.M
)

# "… loved your work. - Tilda Marsh", within quotes: a person's note in a platform's mail.
QUOTED = re.compile(
    r"[\"\u201c][^\"\u201c\u201d\n]{5,300}[ \t\"\u201d][-\u2013\u2014~][ \t]*"
    r"(?P<name>[A-Z][^\W\d_']{1,15}(?: [A-Z][^\W\d_']{1,15}){0,2})[ \t]*[\"\u201d]?[ \t]*$",
    re.M,
)

# "Kades Larchsari," above the name: the office that signs.
OFFICE_SIGNS = re.compile(
    r"\W{0,9}(?:a\.?n\.? )?(?:kades|lurah|camat|kepala|ketua|pimpinan|direktur|rektor|dekan|sekretaris|"
    r"manajer)\b[^\n]{1,50},[ \t]{0,9}$",
    re.I,
)

LISTED = re.compile(r"[ \t]{0,9}[-*\u2022\u00b7\u2713\u2714][ \t]")

# Full words of address stand for "you" too: "nomor WA Kakak berubah".
AS_PRONOUN = frozenset("kakak saudara saudari bapak ibu adik".split())

# A name in lower case is only taken where no common word can be meant ("kakak ada waktu").
NOT_LOWER = (
    words_of("positions", "stop")
    | words_of("positions", "never")
    | words_of("teams", "stop")
    | frozenset(
        "ada sudah bisa mau dapat diundang lolos hadir datang tolong baik bagus lagi juga masih "
        "siap boleh perlu harus coba sempat kosong free punya ikut pilih balas kabari"
        " jawab kirim bawa cek lihat tunggu ambil yth dimohon diharapkan diminta lulus setuju "
        "berkenan bersedia berminat tertarik memiliki sekalian semua besar kecil kandung".split()
    )
)

LONE = re.compile(r"[^\W\d_]{2,20}")

NEXT_WORD = re.compile(r"[ \t]*[\w'/-]+[ \t,:]+")

BRACKETED = re.compile(
    r"\((?:(?:[Bb]apak|[Ii]bu|[Pp]ak|[Bb]u|[Ss]dri?\.?|[Mm]bak|[Mm]as|"
    r"[Kk]ak)[ \t]+)?([A-Z][^\W\d_]+(?: [A-Z][^\W\d_]+){0,2})\)[ \t,:/-]*"
    r"(?:(?:di|ke|via|at|on|nomor|no|hp|wa|telp|telepon|phone)[ \t.:/]*){0,3}\(?$"
)

IN_BRACKETS = re.compile(
    r"\((?:[Bb]apak|[Ii]bu|[Pp]ak|[Bb]u|[Ss]dri?\.?|[Mm]bak|[Mm]as|[Kk]ak)?[ \t]*([^\W\d_][^()\n\d]{1,38}?)[ \t]*\)"
)

ASK_GAP = re.compile(r"[ \t]*[:=,(.-]?[ \t]*")

ASK_FILL = frozenset(
    "ke kepada dengan sama dulu admin kami langsung via wa whatsapp our the your with to "
    "recruiter hr hrd staf staff narahubung pic cp sekretaris panitia mas mbak kak bu ibu "
    "bapak pak nomor krani petugas bagian posko call at person hp telp telepon tim secretary "
    "coordinator is know in touch out my assistant, assistant colleague colleague, secretary, rekan sekretaris, asisten saya "
    "bos owner sy aku me ini".split()
)

WEAK_ASK = frozenset(
    "kepada melalui lewat via info up konfirmasi mail let ask reach call text email advise "
    "dituju a n wa chat telp telepon tanya recruiter".split()
) - {"chat", "wa", "tanya", "recruiter", "advise", "call", "text", "ask", "email"}

TEAM_REST = re.compile(r"(?:[\w&/.-]+(?:[ ][\w&/.-]+){0,3}[ ]?)?")

NO_NAMES = frozenset(
    """
    faks fax faksimile facsimile hunting ext pesawat web kode pos po box attn kantor pusat cabang narahubung hotline
    tempat terima kasih salam hormat kami saya admin ya kak mas mbak bapak ibu sana sini kantor tim team besok siang pagi
    sore malam info notes note
    undangan interview wawancara regards best thanks cheers sincerely hi halo selamat reminder online offline zoom google
    meet teams pemberitahuan
    sudah mau tunggu dari yang akan sedang telah juga bisa hanya kirim coba lagi infokan undang here we you it available
    afraid writing sorry happy glad
    pleased looking just calling delighted very so a an the for from to at in hasil adalah jadwal pesan lamaran nomor
    detail link alamat posisi
    hrd hr recruiter rekrutmen owner ga jangan untuk dengan surat kesempatan merupakan daftar contact questions please
    phone mobile email website jakarta
    bandung surabaya medan semarang yogyakarta jogja denpasar bali makassar manado palembang batam bekasi depok tangerang
    bogor malang solo indonesia
    terlampir lampiran catatan perihal lanjutan kabar informasi pengumuman mohon harap tolong silakan silahkan konfirmasi
    kalau jika bila nanti anda
    kakak saudara saudari wa whatsapp telp telepon sehat sukses semangat gratis yth ok oke baik siap see join call reply
    ask where when date time wib wita wit am pm gmt utc sgt noon midnight
    cp pic wa hp affairs general kampus redaksi pengelola pemilik penanggung informasi
    hadir setuju bersedia ya tidak office mobile bantuan sekretaris satpam resepsionis penjaga gerbang
    gate reception bantu lapor kontak
    penyelenggara organizer organiser attendees deskripsi description
    tanggapi mungkin maybe decline accept tentative respon hris
    hai hey hello malem tamu catatan suksma sip siap oke bls blz mksh tq ty wassalam amin aamiin yuk bye pos
    text mob ph dial hape nomer hub balas japri komite hormati nuhun nuwun suwun maklum tks thx trims makasih
    rt rw konfirm confirm konfir message messages update updates news greetings subject mr mrs ms miss tn ny sdr sdri
    luck rgds brgds brgd slm
    umum pertanyaan fax hotline cell direct desk security lobby lobi assistant pos
    lurah camat bos haji dokter guru ketua bendahara
    """.split()
)

# Words that people are called by too, where an honorific says so: "Pak Undang", "Mbak Happy".
NAMES_TOO = frozenset("Undang Happy Glad Sukses Solo Malang Bagus Baik Joy Hasil Siap Sehat Semangat".split())

NAME_OF_COMPANY = frozenset("pt pt. cv cv. di at from dari tim team join kami".split())


def follows(prose: str, name: str, words: frozenset[str]) -> bool:
    """Whether a name stands somewhere directly behind one of the words ("di Gelora", "PT Gelora")."""
    at = prose.find(name)
    while at >= 0:
        before = prose[max(0, at - 12) : at].split()
        if before and before[-1] in words and prose[at - 1] in " \t":
            return True
        at = prose.find(name, at + 1)
    return False


def opens_clause(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t")
    return not before or before[-1] in ",.!?\n:;" or not before[-1].isalnum() or before.lower().endswith(_GREETINGS)


def is_company_line(written: str) -> bool:
    words = [fold_word(word.strip("(),")) for word in written.split()]
    return len(words) > 1 and (
        words[0] in LEGAL_FRONT or words[0] in FRONT_TYPES or words[-1] in BACK_TYPES or words[-1] in LEGAL_BEHIND
    )


def short_for(short: str, full: str) -> bool:
    """Whether a lone name is the beginning of a first name ("Steph" for "Stephanie")."""
    return " " not in short and len(short) >= 3 and full.lower().startswith(short.lower())
