"""Names of hosts that seem to be others: their ASCII form, the scripts they mix, the houses they look like (T11).

A name of a host is shown in its ASCII form wherever it could be taken for another, for no two of those look alike. What is
compared by look is compared by a skeleton: every letter by the one of a-z that it is taken for.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from pamit.tables import read_table

__all__ = [
    "HostJudgement", "ascii_address", "ascii_host", "ascii_link", "host_of_link", "is_public_house", "judge_host", "letters_of",
    "looks_like", "organisation_of",
]  # fmt: skip

# Second-level names under which countries give out domains; what stands before them is the organisation's own name.
_SECOND_LEVEL: Final = frozenset(
    "ac biz co com desa edu go gob gov gouv id info ltd me mil my name ne net nom or org plc ponpes sch web".split()
)
_EVERYBODY: Final = frozenset(
    """
    gmail.com googlemail.com yahoo.com yahoo.co.id yahoo.co.uk ymail.com rocketmail.com outlook.com outlook.co.id hotmail.com
    hotmail.co.uk live.com msn.com icloud.com me.com mac.com aol.com proton.me protonmail.com gmx.com gmx.de gmx.net mail.com
    mail.ru yandex.com yandex.ru zohomail.com fastmail.com qq.com 163.com plasa.com telkom.net
    """.split()
)

_LONGEST_LABEL: Final = 63
_LONGEST_HOST: Final = 253
# Full stops of other scripts part the labels as "." does (UTS 46), and signs without a shape of their own vanish.
_FOLDED: Final = {0x3002: ".", 0xFF0E: ".", 0xFF61: ".", **dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF), None)}
_HOST_OF_LINK = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]{0,20}://)?(?P<user>[^/?#@]{0,200}@)?(?P<host>[^/?#:]{1,300})", re.I)
# Scripts that are written together in one language; a name in them mixes nothing.
_TOGETHER: Final = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "HANGUL": "CJK", "BOPOMOFO": "CJK", "IDEOGRAPHIC": "CJK"}
_PREFIX: Final = "xn--"


def organisation_of(domain: str) -> str:
    """The part of a domain that one organisation owns, as far as that can be told without the list of public suffixes.

    >>> organisation_of("mail.karir.contoh.co.id"), organisation_of("eu.ats.example")
    ('contoh.co.id', 'ats.example')
    """
    labels = domain.lower().strip(".").split(".")
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL:
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])


def is_public_house(organisation: str) -> bool:
    """Whether anybody can have an address there, so that two addresses have nothing in common."""
    return organisation in _EVERYBODY


@dataclass(frozen=True)
class HostJudgement:
    """What is to be said of a name of a host.

    Attributes:
        flaw: ``mixed``: one of its parts mixes scripts; ``alike``: it is taken for another name; ``foreign``: it has letters
            beyond a-z and pretends nothing.
        ascii: the name as computers know it.
        letters: the name as it is meant to be seen, without signs that do not show.
        house: the known house that it is taken for.
    """

    flaw: Literal["mixed", "alike", "foreign"]
    ascii: str
    letters: str
    house: str | None = None


def ascii_host(host: str) -> str:
    """The name of a host in its ASCII form, in small letters; names that cannot be one are given without foreign letters too.

    >>> ascii_host("Bücher.Example"), ascii_host("gооgle.example")
    ('xn--bcher-kva.example', 'xn--ggle-55da.example')
    """
    if host.isascii():
        return host.lower()
    folded = unicodedata.normalize("NFKC", host[:_LONGEST_HOST].translate(_FOLDED)).lower()
    return ".".join(map(_ascii_label, unicodedata.normalize("NFC", folded).split(".")))


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label
    # RFC 3492 without the mappings of RFC 3490: "ß" is a letter of its own today.
    coded = _PREFIX + label[:_LONGEST_LABEL].encode("punycode", "replace").decode("ascii")
    return coded if len(label) <= _LONGEST_LABEL else f"{coded}-"


def ascii_address(address: str) -> str:
    """A mail address with the ASCII form of its house; what stands before the "@" is the house's own matter."""
    user, at, house = address.rpartition("@")
    return address if house.isascii() else f"{user}{at}{ascii_host(house)}"


def host_of_link(link: str) -> str:
    """The host that a link names, as it is written; empty where it names none."""
    found = _HOST_OF_LINK.match(link)
    return found["host"] if found is not None else ""


def ascii_link(link: str) -> str:
    """A link with the ASCII form of its host; nothing else of it changes.

    >>> ascii_link("https://zооm.example/j/1?n=é")
    'https://xn--zm-fmca.example/j/1?n=é'
    """
    found = _HOST_OF_LINK.match(link)
    if found is None or found["host"].isascii():
        return link
    return f"{link[: found.start('host')]}{ascii_host(found['host'])}{link[found.end('host') :]}"


def letters_of(host: str) -> str:
    """The name of a host as it is meant to be seen: "xn--" undone, without signs that do not show or turn the writing."""
    shown = ".".join(map(_letters_of_label, ascii_host(host).split(".")))
    return "".join(sign for sign in shown if unicodedata.category(sign)[0] != "C")


def _letters_of_label(label: str) -> str:
    if not label.startswith(_PREFIX):
        return label
    try:
        letters = label[len(_PREFIX) :].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label
    return letters if 0 < len(letters) <= _LONGEST_LABEL else label


def judge_host(host: str) -> HostJudgement | None:
    """What is to be said of a name of a host; None for names that pretend nothing.

    >>> judge_host("mail.tunas.example"), judge_host("pаypal.example").flaw, judge_host("zo0m.us").house
    (None, 'mixed', 'zoom.us')
    """
    coded = ascii_host(host[:_LONGEST_HOST]).strip(".")
    house = looks_like(coded, _houses())
    if _PREFIX not in coded:
        return HostJudgement("alike", coded, coded, house) if house else None
    letters = letters_of(coded)
    labels = letters.split(".")
    if any(len(_scripts(label)) > 1 for label in labels):
        return HostJudgement("mixed", coded, letters, house)
    if house or any(_passes_for_latin(label) for label in labels):
        return HostJudgement("alike", coded, letters, house)
    return HostJudgement("foreign", coded, letters)


def looks_like(host: str, houses: frozenset[str]) -> str | None:
    """The house among some that the one of a host is taken for; None where it is one of them, or like none."""
    own = organisation_of(ascii_host(host))
    if own in houses:
        return None
    return _by_look(houses).get(_skeleton(letters_of(own)))


def _scripts(label: str) -> frozenset[str]:
    """The scripts of a part of a name, by the names of its letters in Unicode; figures and hyphens belong to all."""
    found = {unicodedata.name(sign, "UNKNOWN").split()[0] for sign in label if unicodedata.category(sign)[0] == "L"}
    return frozenset(_TOGETHER.get(one, one) for one in found)


def _passes_for_latin(label: str) -> bool:
    """Whether every letter of another script is one that is taken for a letter of a-z."""
    if label.isascii() or _scripts(label) == {"LATIN"}:
        return False
    return _skeleton(label).isascii()


@cache
def _table() -> dict[str, dict[str, str]]:
    return read_table("pamit.domain", "hosts.toml")


@cache
def _houses() -> frozenset[str]:
    return frozenset(" ".join(_table()["houses"].values()).split())


@cache
def _letters() -> dict[int, str]:
    return {ord(sign): letter for letter, signs in _table()["alike"].items() for sign in signs}


@lru_cache(maxsize=1_024)
def _skeleton(name: str) -> str:
    """A name with every letter as the one that it is taken for."""
    if not name.isascii():
        parts = unicodedata.normalize("NFKD", name.translate(_letters()))
        name = "".join(sign for sign in parts if not unicodedata.combining(sign))
    for written, seen in _table()["plain"].items():
        name = name.replace(written, seen)
    return name


@lru_cache(maxsize=64)
def _by_look(houses: frozenset[str]) -> dict[str, str]:
    return {_skeleton(house): house for house in sorted(houses, reverse=True)}
