"""The ballot for the employer: candidates collected, those that mean one company weighed together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from pamit.domain.names import company_core as fold_company
from pamit.domain.names import same_person
from pamit.reading.addressee import Addressee
from pamit.reading.letter import Letter
from pamit.reading.names import (
    AGENCY,
    BACK_TYPES,
    FRONT_TYPES,
    LEGAL_FRONT,
    TEAM,
    TITLE,
    fold_word,
    squeeze,
)

__all__ = ["NO_COMPANY", "Ballot", "by_domain", "company_core", "domain_label", "rank"]

_MAIL_HOST = re.compile(
    r"^(?:gmail|yahoo|ymail|hotmail|outlook|live|icloud|aol|proton\w*|surel|mail|email|kotak|"
    r"example|\w{0,12}mail\w{0,8}|free\w{1,8}|\w{0,10}inbox|surat(?:ku|kita|mu)|gmx|yandex|zoho|qq)$"
)

company_core = lru_cache(maxsize=4096)(fold_company)

"""The same company is named many times in one message, and in many messages."""


_SETTLED = 9.0


@dataclass
class _Group:
    """Candidates that mean one company."""

    core: str
    weight: float = 0.0
    sources: set[str] = field(default_factory=set)
    variants: dict[str, tuple[float, str, tuple[int, int] | None]] = field(default_factory=dict)
    agency: bool = False


class Ballot:
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
        seat = _SEAT.search(text)
        text = text[: seat.start()] if seat and seat.start() > 2 else text
        office = _OFFICE_BEFORE_LEGAL.match(text)
        text = text[office.end() :] if office else text
        if len(text) < 2 or len(text) > 90 or not any(mark.isalpha() for mark in text):
            return
        core = company_core(text)
        words = core.split()
        if not words or all(word in TEAM or word in TITLE or word in NO_COMPANY or word in LEGAL_FRONT for word in words):
            return
        named = source == "spelt" or (
            source in _PLAIN_SOURCES and words[0] in _NAME_STARTS and text.istitle() and len(words) > 1
        )
        if (words[0] in NO_COMPANY and not named and not (words[0] in FRONT_TYPES and len(words) > 2)) or (
            len(words) == 1 and (words[0] in FRONT_TYPES or words[0] in NO_COMPANY)
        ):
            return
        if self.addressee.is_named(text) or _CODE.match(text):
            return
        if source == "sender" and _KINDS.issuperset(words) and core != company_core(self.letter.sender.name or ""):
            return
        if source != "spelt" and len(words) == 1 and words[0] in _NO_NAME_ALONE:
            return
        if self.contact and source != "domain":
            inside = {word.lower() for word in text.split()} <= {word.lower() for word in self.contact.split()}
            if (
                inside
                and same_person(text, self.contact)
                and fold_word(text.split()[0]) not in LEGAL_FRONT
                and not by_domain(self.letter, text)
                and not (source.startswith("cue") and text.split()[0] != self.contact.split()[0])
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
                kind = text[: -len(self.spelt)].split()[-1]  # "UPT Karier Universitas Larch"
                text = text[-len(self.spelt) - (len(kind) + 1 if fold_word(kind) in FRONT_TYPES else 0) :]
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
        keep = old if old and rank(old[1]) >= rank(text) and not (old[2] is None and span) else None
        group.variants[core] = (score, keep[1] if keep else text, keep[2] if keep else span)
        if any(word in AGENCY for word in words) and not any(word in BACK_TYPES - AGENCY for word in words):
            group.agency = True

    @property
    def settled(self) -> bool:
        """One company is named so surely that looking further changes nothing."""
        top = max(self.groups, key=lambda group: group.weight, default=None)
        return top is not None and top.weight >= _SETTLED and not any(group.agency for group in self.groups)

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


# Which of its houses it is says nothing of the name: "BPR Arta Kantor Pusat", "Larch Beauty HQ".
_SEAT = re.compile(r"(?<![ ,])[ ,]{1,20}(?:\(?kantor pusat\)?|head ?office|headquarters|hq)$", re.I)


def _initials(one: str, other: str) -> bool:
    """Whether one name is the initials of the other ("UNP" of "Universitas Nuri Pratama")."""
    short, long = sorted((one, other), key=len)
    words = long.split()
    return " " not in short and 3 <= len(short) == len(words) and short == "".join(word[0] for word in words)


def rank(text: str) -> int:
    return 2 if fold_word(text.split()[0]) in LEGAL_FRONT else 1


NO_COMPANY = frozenset(
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
    client klien zona timezone penilai penguji penyelenggara waktu calendar kalender web webinar google's your
    first second final hiring manager head dan untuk
    dengan dari yang di ke pada
    salam hormat indonesian western central eastern bali pagi siang sore malam here eod cob asap subject re fwd ya hasil
    proses tahap seleksi status reminder
    conference floor lantai gedung ruang ruangan room building meeting office kerja posisi jabatan staff staf konfirmasi
    kesempatan lamaran persetujuan
    """.split()
)

# Words that names begin with too, where the sender or an introduction gives them ("Ruang …", "Bali …").
_NAME_STARTS = frozenset(
    "sore tempat halo noon minggu ruang kita pusat first second kampus salam bali jakarta bandung surabaya semarang "
    "medan makassar denpasar "
    "yogyakarta malang "
    "indonesia siang pagi malam karir your western eastern central kerja".split()
)
_PLAIN_SOURCES = frozenset(("sender", "signature", "head", "cue from", "cue dari dr", "cue kami", "opening"))

# A trade and nothing else names no house: "Toko Bangunan", "Bengkel AC" in a phone book.
_KINDS = frozenset(
    "toko bengkel warung rumah kedai depot konter salon usaha gudang pabrik agen bangunan ac motor mobil las bubut kue roti "
    "baju makan makanan kelontong sembako elektronik besi kayu hp pulsa galon kiloan catering katering laundry florist mebel "
    "kecantikan pangkas rambut jahit konveksi grosir buah sayur ikan ayam".split()
)
# What "HR Services", "Team Solutions" leave when the office is cut.
_NO_NAME_ALONE = frozenset("services service solutions group partners associates network holdings".split())

_OFFICE_BEFORE_LEGAL = re.compile(r"(?:Services?|Solutions|Team|Tim|Dept|Department|Division|Divisi) (?=(?:PT|CV|UD)\b)")

_CODE = re.compile(r"[A-Z]{1,5}[-/]?\d[\w/-]*$|\d+$")


def domain_label(mail: str | None) -> str:
    """The telling part of a mail domain; empty for a mail service that anybody uses."""
    domain = (mail or "").partition("@")[2].lower()
    parts = [part for part in domain.split(".") if part]
    telling = parts[:-1] or parts
    for index in range(len(telling) - 1, -1, -1):
        part = telling[index]
        if part not in ("co", "com", "ac", "or", "go", "sch", "net", "org", "web", "my"):
            if part in BACK_TYPES and index:
                return f"{telling[index - 1]} {part}"  # "larch.studio": the kind alone tells nothing
            return "" if _MAIL_HOST.match(part) else part
    return ""


def by_domain(letter: Letter, written: str) -> bool:
    label = squeeze(domain_label(letter.sender.mail))
    tight = squeeze(company_core(written))
    return bool(label) and len(tight) >= 3 and (tight in label or label in tight)
