"""The words in front of a position, the surest first, each with how sure it makes what follows."""

from __future__ import annotations

import re

from pamit.reading.text import Page

__all__ = ["tried"]

# Words directly in front of a position, the surest first. Each has a literal that must occur before it is tried.
BEFORE: tuple[tuple[frozenset[str], re.Pattern[str], float], ...] = tuple(
    (frozenset(words.split()), re.compile(pattern, re.I), sure)
    for words, pattern, sure in (
        ("posisi", r"posisi(?: pekerjaan| jabatan| tetap| yang dilamar| sebagai)?[ \t]*[:=]?[ \t\n\"']+", 0.95),
        ("jabatan", r"jabatan[ \t]*[:=]?[ \t\n\"']+", 0.93),
        ("formasi", r"formasi[ \t]*[:=]?[ \t\n\"']+", 0.93),
        ("position role", r"(?:position|role) (?:of|as)(?: an?| the| our)? ", 0.95),
        ("role", r"role of(?: an?| the| our)? ", 0.95),
        ("position", r"position[ \t]*:[ \t\n]*", 0.93),
        ("post", r"post of(?: an?| the)? ", 0.93),
        ("lowongan", r"lowongan(?: kerja| pekerjaan)?[ \t]*[:=]?[ \t\n\"']+", 0.88),
        ("kebutuhan", r"kebutuhan (?:akan |karyawan |tenaga )?", 0.7),
        ("penerimaan", r"penerimaan (?:calon |karyawan |pegawai )?", 0.75),
        (
            "seleksi rekrutmen peserta",
            r"(?:seleksi|rekrutmen|peserta wawancara|peserta interview) (?:calon |penerimaan |"
            r"penerimaan calon |akhir |terbuka |jabatan |terbuka jabatan )?(?=(?-i:[A-Z]))",
            0.55,
        ),
        ("calon", r"calon (?=[^\W\d]|[23]D\b)", 0.72),
        ("sebagai", r"sebagai (?:calon |seorang |tenaga )?", 0.75),
        ("sbg", r"sbg[ \t]+", 0.75),
        ("buat mau untuk utk bisa kerja", r"(?:buat|mau|untuk|utk|bisa|kerja)[ \t]+(?:jadi|menjadi|sbg|jd)[ \t]+", 0.72),
        (
            "melamar dilamar lamar ngelamar nglamar ngalamar apply",
            r"(?:melamar|dilamar|ng[ae]?lamar|gelamar|lamar|apply)(?: sebagai| jadi| untuk| utk| posisi| bagian| kerja|"
            r" pekerjaan| kanggo| kangge| kagem| dados| dadi|"
            r" lowongan)*[ \t]+",
            0.7,
        ),
        ("daftar mendaftar ndaftar ngedaftar", r"\w+[ \t]+(?:jadi|sebagai|sbg|buat|untuk|utk|posisi)[ \t]+", 0.7),
        (
            "lolos lulus",
            r"(?:lolos|lulus)(?: tahap| seleksi| screening| administrasi| berkas| cv| dokumen| awal)+[ \t]+(?=[^\W\d])",
            0.45,
        ),
        ("di untuk utk pada", r"(?:di|untuk|utk|pada) bagian[ \t]+", 0.66),
        (
            "lamaran",
            r"lamaran(?:nya| anda| sdri?| saudarai?| saudari| kakak| kak| ibu| bapak|"
            r" kerja)*(?: untuk| utk| sebagai| sbg| jadi| posisi| ke posisi| bagian)+[ \t]+",
            0.75,
        ),
        ("lamaran", r"lamaran[ \t]+(?=[^\W\d]|[23]D\b)", 0.55),
        # "lamaranmu yg kernet itu", "untuk lamaran TTK nya"
        (
            "lamaran lamaranmu lamarannya",
            r"lamaran(?:mu|nya)?(?: kamu| mas| mbak| kak| pak| bu)? (?:yg|yang)[ \t]+(?:jadi |sebagai |posisi |buat )?",
            0.6,
        ),
        ("lamaran", r"lamaran[ \t]+(?=(?-i:[A-Z]{2,5}[ -]?nya)\b)", 0.75),
        # "lamaran desain grafisnya sudah saya lihat"
        ("lamaran", r"lamaran[ \t]+(?=(?-i:[a-z]{3,14} [a-z]{4,14}nya)\b)", 0.75),
        ("berkas", r"berkas(?: lamaran)?[ \t]+(?=(?-i:[A-Z]))", 0.5),
        (
            "wawancara",
            r"wawancara(?: kerja| user| awal| akhir| final| online| offline| direksi| hrd?|"
            r" tahap \w+)*(?: (?:untuk|utk|sebagai|sbg|calon|pelamar|posisi|"
            r"buat))*(?: jadi)?[ \t]+(?=[^\W\d]|[23]D\b)",
            0.6,
        ),
        (
            "interview",
            r"(?<!the )interview(?: kerja| user| awal| akhir| final| online| offline| direksi| hrd?|"
            r" untuk| utk| sebagai| sbg| calon| posisi| buat| jadi| tahap \w+)*[ \t]+(?=[^\W\d]|[23]D\b)",
            0.58,
        ),
        (
            "interview interviewing",
            r"interview(?:ing)?(?: session| call| slot| process)? (?:you )?(?:for|re|as)(?: an?| the|" r" our)? ",
            0.72,
        ),
        (
            "applying applied apply",
            r"(?:applying|applied|apply) (?:to|for|as)(?: an?| the| our| be our| be an?| become an?| work as an?)? ",
            0.85,
        ),
        ("application", r"application (?:for|as|to)(?: an?| the| our)? ", 0.85),
        (
            "vacancy opening opportunity selection candidature candidacy",
            r"\w+ (?:of|for|as)(?: an?| the| our)? ",
            0.72,
        ),
        ("interview wawancara", r"(?:interview|wawancara)[ \t]*[:\u2013][ \t]*(?=[^\s])", 0.5),
        ("vacancy", r"vacancy[ \t]*[:,][ \t]*", 0.92),
        # "shortlisted for Vacancy 2026-31, Nursery Manager", "Lowongan No. 12/2027 - Staf Gudang"
        (
            "vacancy requisition lowongan posting job",
            r"(?:vacancy|requisition|lowongan|posting|job)[ \t]{1,9}(?:announcement |notice |ad |nomor |no\.? |number |ref\.? |"
            r"id |code |kode )?[#:]?[ \t]{0,9}(?=[\w/.-]{0,20}\d)[\w/.-]{2,24}[ \t]{0,9}[,:(\u2013-][ \t]{0,9}(?=(?-i:[A-Z]))",
            0.9,
        ),
        ("as", r"as (?:an? |our |the )?(?=(?-i:[A-Z]))", 0.6),
        ("have having offer hire", r"(?:have|having|offer|hire) you (?:the role of |as )(?:an? |our |the )?", 0.85),
        (
            "meet interview see considering shortlisted",
            r"(?:meet|interview|see|considering|shortlisted) you for (?:an? |our |the )?",
            0.75,
        ),
        ("offer offering", r"(?:offer|offering) you the (?:role of |position of |post of |job of )?", 0.8),
        ("buat yg untuk yang", r"(?:buat yg|yg buat|untuk yg|yang buat)[ \t]+", 0.45),
        ("utk", r"utk[ \t]+(?=[^\W\d]|[23]D\b)", 0.4),
        ("untuk", r"untuk[ \t]+(?=(?-i:[A-Z]))", 0.45),
        ("buat", r"buat[ \t]+(?=[^\W\d]|[23]D\b)", 0.45),
        ("for", r"for (?:an? |our |the )?(?=(?-i:[A-Z]))", 0.42),
        (
            "lolos lulus passed",
            r"(?:lolos|lulus|passed)(?: the| tahap| seleksi| screening| administrasi| berkas| cv| dokumen| awal|"
            r" resume| review)+"
            r"(?: utk| untuk| buat| sebagai| for| posisi)*[ \t]+(?=(?-i:[A-Z]))",
            0.5,
        ),
        ("form formulir pendaftaran", r"(?:form|formulir|pendaftaran)[ \t]+(?:utk |untuk |sebagai |jadi |calon )?", 0.45),
        ("dibutuhkan", r"dibutuhkan[ \t]+", 0.5),
        ("bagian", r"bagian[ \t]+(?=[^\W\d]|[23]D\b)", 0.5),
        ("iklan", r"iklan(?: lowongan| loker)?[ \t]+", 0.6),
        ("loker", r"loker[ \t]+", 0.5),
        ("untuk", r"untuk mengajar[ \t]+", 0.4),
        ("role peran", r"(?:role|peran)(?: sebagai)?[ \t]{0,80}[:=]?[ \t]{1,80}(?=(?-i:[A-Z0-9]))", 0.85),
        (
            "role position post posisi jabatan posisinya vacancy",
            r"\w+(?: (?:is|remains|stays|tetap|masih|tidak|not|unchanged|berubah|sama|the|same|yang|dituju|dimaksud|itu|"
            r"still)){1,4}"
            r"[,: \t]+",
            0.62,
        ),
        ("role peran", r"(?:role|peran)(?: sebagai)?[ \t]{0,80}[:=]?[ \t]{1,80}(?=[^\W\d]|[23]D\b)", 0.6),
        (
            "mencari cari nyari nyariin membutuhkan butuh butuhkan dicari kekurangan merekrut rekrut menerima terima "
            "memerlukan perlu",
            r"(?:mencari|cari|nyari|nyariin|membutuhkan|butuh|butuhkan|dicari|kekurangan|merekrut|rekrut|menerima|terima|"
            r"memerlukan|perlu)[ \t]+(?:seorang |orang (?:utk|untuk|buat) |calon |tenaga |karyawan |kandidat )*",
            0.45,
        ),
        (
            "seeking hiring recruiting need hire find looking",
            r"(?:seeking|hiring|recruiting|need|hire|find|looking for)[ \t]+(?:for )?(?:an? |our |the |another |one )?"
            r"(?!manager|team|coordinator|process|partner|lead|officer|specialist|assistant)",
            0.45,
        ),
        ("another", r"another[ \t]+", 0.3),
        ("kandidat pelamar peserta tenaga", r"(?:kandidat|pelamar|peserta|tenaga)[ \t]+(?:untuk |utk |posisi )?", 0.45),
        ("adalah is as be", r"(?:adalah|is|as|be)[ \t]+(?:an? |our |the )?", 0.42),
        ("interviewmu wawancaramu interviewnya wawancaranya", r"\w+[ \t]+(?:untuk |utk |sebagai |sbg |buat )?", 0.45),
        ("jadi menjadi jd", r"(?:jadi|menjadi|jd)[ \t]+", 0.45),
        ("calon", r"calon[ \t]+", 0.5),
        ("lowongan loker", r"(?:lowongan|loker)[ \t]+(?:utk |untuk |kerja |sebagai )*", 0.5),
        ("application applied", r"(?:application|applied)[ \t]+", 0.42),
        ("re", r"re(?:[ \t]|:[ \t])(?:an? |our |the )?", 0.42),
        ("for", r"for[ \t]+(?:an? |our |the )?", 0.42),
        ("bagian", r"bagian[ \t]+", 0.5),
        ("untuk buat utk bwt", r"\w+[ \t]+(?:jadi |posisi |bagian |kerja )*", 0.3),
        (
            "pekerjaan jabatannya posisinya bagiannya",
            r"(?:pekerjaan|(?:jabatan|posisi|bagian)nya)[ \t]{1,30}(?:sebagai |adalah |sbg )?",
            0.5,
        ),
        ("tes test psikotes psikotest assessment", r"\w+[ \t]+(?:dan wawancara |& wawancara |untuk |calon |for )*", 0.42),
    )
)
# Which patterns a word can begin: only those whose word stands in the text are tried.
_TRIED_AT: dict[str, list[int]] = {}
for _number, _tried_entry in enumerate(BEFORE):
    for _word in _tried_entry[0]:
        _TRIED_AT.setdefault(_word, []).append(_number)
_TRIED_WORDS = frozenset(_TRIED_AT)


def tried(page: Page) -> list[tuple[frozenset[str], re.Pattern[str], float]]:
    """The patterns to try on a page, in their order."""
    numbers = {number for word in page.vocabulary & _TRIED_WORDS for number in _TRIED_AT[word]}
    return [BEFORE[number] for number in sorted(numbers)]
