"""Names of people and companies: titles told apart from the name, compared as people compare them.

No gender is ever guessed from a name; an honorific is known only where it is written.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["HONORIFICS", "bare_name", "company_core", "is_legal_form", "same_company", "same_person", "split_honorific"]

HONORIFICS: dict[str, str] = {
    "bapak": "Bapak", "bpk": "Bapak", "bp": "Bapak", "pak": "Pak", "ibu": "Ibu", "bu": "Bu",
    "saudara": "Saudara", "sdr": "Saudara", "saudari": "Saudari", "sdri": "Saudari",
    "kak": "Kak", "kakak": "Kak", "mas": "Mas", "mbak": "Mbak", "mba": "Mbak", "bang": "Bang", "bli": "Bli",
    "ustadz": "Ustadz", "ustaz": "Ustaz", "ustadzah": "Ustadzah", "ustazah": "Ustazah",
    "tuan": "Tuan", "nyonya": "Nyonya", "ny": "Nyonya", "nona": "Nona",
    "mr": "Mr", "mrs": "Mrs", "ms": "Ms", "miss": "Miss", "mx": "Mx",
}  # fmt: skip
"""Forms of address as written (folded, without the dot) to how they are written out."""

_TITLES = frozenset("dr drs dra drg ir prof professor h hj kh apt ns rr r rm st eng sir dipl".split())
# Degrees stand behind a comma: "S.T., M.M.", "Ph.D.", "SE", "CHRP".
_DEGREES = re.compile(r",\s{0,20}[A-Za-z][A-Za-z.\s]{0,12}(?:,[^\n]{0,80}+)?$")
_WORD = re.compile(r"[^\s,/]+")
_LEGAL_FORMS = frozenset(
    """
    pt cv ud tbk persero perusahaan perum firma fa pd yayasan koperasi the
    inc ltd llc limited pte plc gmbh bhd sdn corp corporation company co ag bv pty llp
    """.split()
)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def split_honorific(name: str) -> tuple[str | None, str]:
    """The form of address written before a name, written out, and the rest.

    >>> split_honorific("Ibu Ratna Dewi, S.Psi.")
    ('Ibu', 'Ratna Dewi, S.Psi.')
    >>> split_honorific("Bapak/Ibu Rangga")
    ('Bapak/Ibu', 'Rangga')
    """
    rest = name.strip()
    found: list[str] = []
    while match := _WORD.match(rest):
        written = HONORIFICS.get(_fold(match.group()).rstrip("."))
        if written is None or match.end() == len(rest):
            break
        found.append(written)
        rest = rest[match.end() :].lstrip(" /.")
    return ("/".join(found) if found else None), rest


def bare_name(name: str) -> str:
    """A name without form of address, academic or religious titles and degrees.

    >>> bare_name("Bapak Dr. H. Asep Sunandar, S.Pd.I., M.M.")
    'Asep Sunandar'
    """
    rest = _DEGREES.sub("", split_honorific(name)[1]).strip()
    words = rest.split()
    # "R." is Raden in front of two names and an initial in front of one; "H." (Haji) is always a title.
    while len(words) > 1 and _fold(words[0]).rstrip(".") in _TITLES and (_fold(words[0]) != "r." or len(words) > 2):
        words.pop(0)
    return " ".join(words).strip(" ,")


def same_person(one: str, other: str) -> bool:
    """Whether two written names can mean one person: every word of the shorter stands in the longer.

    >>> same_person("Ibu Ratna", "Ratna Dewi, S.E.")
    True
    """
    a = {_fold(word).strip(".") for word in bare_name(one).split()}
    b = {_fold(word).strip(".") for word in bare_name(other).split()}
    return bool(a and b) and (a <= b or b <= a)


def company_core(name: str) -> str:
    """A company's name without its legal form, folded for comparison.

    >>> company_core("PT. Nusa Logistik (Persero), Tbk")
    'nusa logistik'
    """
    words = re.findall(r"[\w&+'-]+", _fold(name))
    core = [word for word in words if word not in _LEGAL_FORMS]
    return " ".join(core or words)


def is_legal_form(word: str) -> bool:
    """Whether a folded word tells only what kind of company it is.

    >>> is_legal_form("pt"), is_legal_form("nusa")
    (True, False)
    """
    return word in _LEGAL_FORMS


def same_company(one: str, other: str) -> bool:
    """Whether two written names mean one company, apart from the legal form."""
    return company_core(one) == company_core(other)
