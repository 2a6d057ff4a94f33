"""How the interview is held: on site, by video or by phone; left open where the message leaves it open.

A WhatsApp video call is video (definition of the field).
"""

from __future__ import annotations

import re

from pamit.domain.terms import Mode
from pamit.reading.address import ADDRESS_WORD
from pamit.reading.found import Found
from pamit.reading.letter import Letter
from pamit.reading.text import Page

__all__ = ["left_open", "mode_label", "mode_of_text"]

_VIDEO = re.compile(
    r"\b(?:zoom(?:nya)?|google meet|g[- ]?meet|gmeet|meet\.google|ms\.? teams|microsoft teams|"
    r"teams|webex|skype|video ?call|video ?chat|video ?conference|videocall|vidcall|vc|"
    r"virtual|virtually|daring|online|on line|via video|panggilan video|video panggilan|konferensi video|telekonferensi"
    r"|tatap maya"
    r"|video interview|interview video|wawancara video|remote interview|"
    r"link (?:yang )?(?:masih )?sama|meeting link|join link|tautan (?:rapat|zoom|meet)|"
    r"ruang virtual|jitsi|whereby|facetime|google hangouts?|discord|kamera wajib|"
    r"voice \+ kamera)\b"
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
    r"\b(?:a |short |quick )call\b(?! center)|\bvoice call\b|\b(?:menghubungi|hubungi|kontak) (?:anda|saudara|saudari"
    r"|kakak|kak|kamu|bapak|ibu|mas|mbak) "
    r"(?:\w{1,80} )?(?:dari|via|lewat|melalui|pada|di) (?:nomor|no|telepon|sambungan)\b|\bexpect (?:a|our|my) call\b"
    r"|\b(?:tunggu|angkat) "
    r"(?:telepon|telpon|telp)(?:nya)?\b|\bpanggilan (?:suara|telepon)\b|"
    r"\bphone\.|\bvia phone\b|\b(?:saya|kami|aku) (?:telepon|telpon|telp)\b(?! (?:di|ke))|"
    r"\bditelepon\b|\bditelpon\b"
)

_VIDEO_WHATSAPP = re.compile(
    r"\b(?:video ?call|vc|vidcall)\b(?: (?:via|lewat|melalui|di|on|by))? ?(?:wa|whatsapp)\b|"
    r"\b(?:wa|whatsapp) (?:with |pakai |dengan )?video\b",
    re.I,
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

_AFAR = r"\b(?:online|d(?:aring|ial[ -]in|ari rumah)|vi(?:rtual|deo)|zoom|call|telepon|remote(?:ly)?|from home)\b"
_THITHER = r"\b(?:o(?:ffline|nsite|ffice)|l(?:uring|angsung)|kantor|in person|tatap muka)\b"
# Of prose. That "or" and the other way stand behind it is looked at first: each is soon seen to be absent.
EITHER = re.compile(
    r"\b(?:wawancara|interview|sesi|pertemuan|format|metode|media|mode)\b[^.\n]{0,24}\bhybrid\b"
    r"|\bhybrid (?:interview|wawancara)\b"
    r"|\b(?:online|daring|virtual|video)\b(?=[^.\n]{0,40}\b(?:atau|or|maupun|/)\b)"
    rf"(?=[^.\n]{{0,90}}{_THITHER})[^.\n]{{0,40}}\b(?:atau|or|maupun|/)\b[^.\n]{{0,40}}{_THITHER}"
    r"|\b(?:offline|onsite|luring|office|kantor|in person|tatap muka|datang|come|langsung)\b(?:[ ]\([^()\n]{1,80}\))?"
    r"(?=[^.\n]{0,40}\b(?:atau|or|maupun)\b)"
    rf"(?=[^.\n]{{0,90}}{_AFAR})[^.\n]{{0,40}}\b(?:atau|or|maupun)\b[^.\n]{{0,30}}{_AFAR}"
)

_VIDEO_WORDS = frozenset(
    "zoom zoomnya google meet gmeet g ms microsoft teams webex skype video videocall vidcall "
    "vc virtual virtually daring online on remote link meeting join tautan ruang jitsi "
    "whereby"
    " facetime discord kamera konferensi telekonferensi maya voice interview wawancara via".split()
) - {"on", "ruang", "interview", "wawancara", "via", "g", "ms", "meeting"}

_PHONE_WORDS = frozenset(
    "phone telephone call voice ring telepon telp telpon telfon menelepon menelpon ditelepon ditelpon panggilan "
    "calling menghubungi hubungi".split()
)

_ONSITE_WORDS = frozenset(
    "muka bertatap offline off luring site onsite person face langsung office our campus "
    "walk datang dtg hadir bertempat kantor".split()
)

_WHATSAPP = frozenset(("wa", "whatsapp"))

EITHER_WORDS = frozenset("hybrid online daring virtual video offline onsite luring dial remotely remote home rumah".split())

# Last resort: words of coming, and a kind of place that the meeting is at.
_THERE = re.compile(
    r"\btempat(?:nya)?[ ]?:[ ]?(?:di )?(?:kantor|rumah|toko|gudang|pabrik|sekretariat|balai|aula|ruang|gedung)\b"
    r"|"
    r"\b(?:datang|dtg|dateng|menghadap|mampir|merapat|main) ?(?:langsung |aja |saja )?(?:ke|di)?\b|\bdi (?:tempat|toko"
    r"|kantor|workshop|"
    r"bengkel|gudang|pabrik|kafe|cafe|kedai|warung|klinik|sekolah|balai|rumah|outlet|ruko|kampus|studio|salon|hotel"
    r"|resto|restoran|restaurant|"
    r"lantai|lt|gedung|ruang|aula|lobi|lobby|cabang|showroom|site|basecamp|sekretariat|laboratorium|puskesmas|rs|rumah"
    r" sakit)\b|"
    r"\b(?:come (?:to|by|in|over|along|and see)|still come|drop by|stop by|swing by|visit us|report to|the venue)\b|"
    r"\b(?:in|at) (?:the|our|my) (?:[\w']+ ){0,3}(?:study|office|bar|shop|store|room|hall|school|college|campus|clinic"
    r"|hotel|restaurant|"
    r"caf\u00e9|cafe|factory|plant|warehouse|lobby|branch|building|studio|workshop|site|yard|kitchen|headquarters|hq"
    r"|premises|gallery|library|"
    r"villa|camp|farm|lounge|boardroom|reception|showroom|floor)\b"
    r"|\bpresent yourself\b|\bat the (?:above|following|below|same) (?:address|place|venue|location)\b"
    r"|\b(?:mriki|mrene|kadieu|ka dieu|rawuh|sumping|teka ning|teka neng|teko ning)\b",
    re.I,
)
_THERE_WORDS = frozenset(
    "mriki mrene kadieu dieu rawuh sumping teka teko tempat tempatnya datang dtg dateng menghadap mampir merapat main di come"
    " drop stop swing visit report venue in at present".split()
)


def left_open(page: Page) -> bool:
    """Whether the candidate may choose between coming and talking from afar; ways to answer are no such choice."""
    if page.mentions(_MANNER_WORDS) and _UNDECIDED.search(page.prose):
        return True
    if not page.mentions(EITHER_WORDS):
        return False
    for match in EITHER.finditer(page.prose):
        begin, end = page.sentence(*match.span())
        if page.within("reply", begin, match.end()) is None or _PREFERS.search(page.prose, begin, end):
            return True
    return False


_PREFERS = re.compile(
    r"\b(?:lebih (?:memilih|suka|nyaman|senang|pilih|enak)|apakah|terserah|bebas|boleh pilih|bisa pilih|silakan pilih"
    r"|whether|prefer\w*"
    r"|up to you|rather|either way|your choice)\b"
)
_MANNER_WORDS = frozenset(
    "bentuk bentuknya format formatnya metode metodenya mode modenya teknis teknisnya cara caranya tempat tempatnya online "
    "whether".split()
)
# "Bentuknya masih kami tentukan", "online atau tatap muka menyusul", "whether it is online is still to be decided".
_UNDECIDED = re.compile(
    r"\b(?:bentuk|format|metode|mode|teknis|cara|online atau offline|offline atau online|online/offline|daring atau luring"
    r"|luring atau daring|tatap muka atau (?:online|daring)|(?:online|daring) atau tatap muka)(?:nya)?\b[^.!?\n]{0,32}?"
    r"\b(?:masih|belum|nanti|menyusul|akan|baru)\b(?:[^.!?\n]{0,24}?\b(?:ditentukan|tentukan|diputuskan|putuskan"
    r"|pasti|dibahas|bahas|diatur"
    r"|atur|menyusul|dikabari|kabari|dikabarkan|diinfokan|infokan|diinformasikan|diberitahukan|fix|jelas)\b)?"
    r"|\b(?:format\b[^.!?\n]{0,24}?|whether (?:it|this|the interview|we)\b[^.!?\n]{0,84}?)\b(?:to be (?:confirmed"
    r"|decided|advised)|tb[cad]"
    r"|not (?:yet )?(?:been )?(?:decided|confirmed|settled|fixed)|still (?:deciding|to be|open|undecided)"
    r"|haven't decided|undecided)\b"
)


# "Cara konfirmasi: …", "Metode pendaftaran: …"
_OTHER_WAY = re.compile(r"\b(?:konfirmasi|pendaftaran|daftar|registrasi|confirmation|registration)\b")


def mode_label(page: Page) -> tuple[Mode | None, tuple[int, int] | None] | None:
    for line in page.lines:
        if line.label not in ("mode", "link", "place") or line.value >= line.end:
            continue
        if line.label == "mode" and _OTHER_WAY.search(page.prose, line.begin, line.value):
            continue
        value = page.clean[line.value : line.end]
        if EITHER.search(value.lower()):
            return None
        if _VIDEO.search(value.lower()) and not ADDRESS_WORD.search(value) and not _NO_VIDEO.search(value):
            return Mode.VIDEO, (line.value, line.end)
        if line.label == "mode":
            if _ONSITE.search(value):
                return Mode.ONSITE, (line.value, line.end)
            if _PHONE.search(value.lower()) or re.match(r"\W*(?:telepon|(?:tele)?phone|telp)\b", value, re.I):
                return Mode.PHONE, (line.value, line.end)
        if line.label == "place" and re.match(r"\W*(?:by |via )?(?:tele)?(?:phone|telepon|telp)\b", value, re.I):
            return Mode.PHONE, (line.value, line.end)
    return None


_CONDITION = re.compile(r"\b(?:if|kalau|jika|kalo|bila|questions|pertanyaan)\b")


def _find(page: Page, words: frozenset[str], pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The first match of a pattern that holds one of the words; not tried where none stands in the text."""
    return pattern.search(page.prose) if page.mentions(words) else None


def mode_of_text(letter: Letter, link: Found | None, venue: Found | None) -> tuple[Mode | None, tuple[int, int] | None]:
    page = letter.page
    bare = page.bare
    whatsapp = _VIDEO_WHATSAPP.search(bare) if page.mentions(_WHATSAPP) else None
    if whatsapp and not _NO_VIDEO.search(bare):
        return Mode.VIDEO, whatsapp.span()
    sure = venue is not None and venue.confidence >= 0.9
    if venue is not None and sure and link is None:
        return Mode.ONSITE, venue.span
    subject = letter.subject
    phone = None if sure or link else _phone(page)
    if phone and not _CONDITION.search(page.prose, page.sentence(*phone.span())[0], phone.start()):
        return Mode.PHONE, phone.span()
    phone_subject = phone is None and link is None and subject is not None and _find(subject, _PHONE_WORDS, _PHONE) is not None
    if phone_subject and not sure:
        return Mode.PHONE, None
    if link and not sure:
        return Mode.VIDEO, link.span
    if link and venue and _ONSITE.search(bare):
        return Mode.ONSITE, venue.span
    if link:
        return Mode.VIDEO, link.span
    onsite = _find(page, _ONSITE_WORDS, _ONSITE)
    video = _video(page)
    if video and not (venue and venue.confidence >= 0.85) and not (onsite and onsite.start() < video[0]):
        return Mode.VIDEO, video
    if venue:
        return Mode.ONSITE, venue.span
    if onsite:
        return Mode.ONSITE, onsite.span()
    if letter.subject is not None and _video(letter.subject):
        return Mode.VIDEO, None
    there = _find(page, _THERE_WORDS, _THERE)
    return (Mode.ONSITE, there.span()) if there else (None, None)


# "jamnya kami kabarkan lewat telepon", "following your telephone interview": how one is told, and what lies behind.
_TOLD = re.compile(
    r"\b(?:kabar\w*|dikabar\w*|info\w*|diinfo\w*|konfirmasi\w*|beritahu\w*|diberitahu\w*|sampaikan|disampaikan"
    r"|confirm\w*|let you know|told|announced?|advise\w?|notif\w+)\b[^.!?,\n]{0,24}$"
)
_BEHIND = re.compile(
    r"\b(?:following|after|setelah|sesudah|hasil|menindaklanjuti|thank(?:s| you) for|successful|last|previous|recent"
    r"|passed|lolos|lulus|enjoyed)\b[^.!?\n]{0,24}$"
)
# "your reply in writing or by telephone", "jawaban lewat telepon": how one answers.
_ANSWERED = re.compile(
    r"\b(?:reply|replies|answer|response|respond|rsvp|acknowledge\w*|balas\w*|jawab\w*|tanggapan\w*)\b[^.!?,\n]{0,24}$"
)
_BY = ("by ", "via ", "lewat ", "melalui ", "over ", "through ", "per ")
_WITH_VIDEO = re.compile(r"[^.!?\n]{0,40}\b(?:with|dengan|pakai|via) video\b|[^.!?\n]{0,40}\bvideo call\b", re.I)


def _phone(page: Page) -> re.Match[str] | None:
    """The first word of a talk by phone that is not about how the hour is told, a talk gone by, or a video call."""
    if not page.mentions(_PHONE_WORDS):
        return None
    for match in _PHONE.finditer(page.prose):
        before = max(0, match.start() - 48)
        if _TOLD.search(page.prose, before, match.start()) or _BEHIND.search(page.prose, before, match.start()):
            continue
        if match.group().startswith(_BY) and _ANSWERED.search(page.prose, before, match.start()):
            continue
        if _WITH_VIDEO.match(page.bare, match.end()) and not _NO_VIDEO.search(page.bare):
            continue
        return match
    return None


_TEAMS = re.compile(r"microsoft|ms\b|via|link|on |over ", re.I)
_INVITE_OF = re.compile(r"\b(?:invite|invitation|undangan|kalender|calendar|meeting|room) $")


def _video(page: Page) -> tuple[int, int] | None:
    if not page.mentions(_VIDEO_WORDS):
        return None
    for match in _VIDEO.finditer(page.prose):
        before = page.prose[max(0, match.start() - 30) : match.start()]
        if _TEST_ONLINE.search(before) and match.group() in ("online", "daring", "virtual"):
            continue
        if match.group() == "online" and re.match(
            r"\s*(?:shop|store|marketing|media|test|tes|form|application)", page.bare[match.end() : match.end() + 14], re.I
        ):
            continue
        beside = before + page.bare[match.end() : match.end() + 8]
        if match.group() == "teams" and not (_TEAMS.search(beside) or _INVITE_OF.search(before)):
            continue
        if page.within("later_interview", *page.sentence(*match.span())):
            continue
        return match.span()
    return None
