"""What is said of the addresses in a message: names that seem to be others, and two houses where one is expected (T11)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from pamit.domain.hosts import ascii_host, judge_host, organisation_of
from pamit.domain.invitation import SafetyWarning, Span
from pamit.domain.terms import Bilingual
from pamit.tables import read_table

__all__ = ["house_warnings", "warn_of_host", "warn_of_name"]

_LONGEST_SHOWN: Final = 80


def warn_of_host(host: str, span: Span | None = None) -> SafetyWarning | None:
    """What is to be said of a host that a message names as its sender or in a link; None for names that pretend nothing.

    Args:
        span: where it stands in the plain text.
    """
    found = judge_host(host)
    if found is None:
        return None
    said = {"letters": _shown(found.letters), "ascii": _shown(found.ascii), "house": found.house or ""}
    if found.flaw == "foreign":
        key = "foreign" if found.letters != found.ascii else "unshown"
        return SafetyWarning("foreign-letters", "note", _sentence(key, **said), span)
    key = f"{found.flaw}_house" if found.house else found.flaw
    return SafetyWarning("look-alike", "high", _sentence(key, **said), span)


def warn_of_name(claimed: str, house: str) -> SafetyWarning:
    """What is said of a sender whose display name is the address of another house."""
    return SafetyWarning("address-in-name", "medium", _sentence("name", claimed=_shown(claimed), sender=_shown(house)))


def house_warnings(senders: Iterable[str], reply_to: Iterable[str], organizers: Iterable[str]) -> tuple[SafetyWarning, ...]:
    """The facts of a mail that answers to another house than it came from. Whoever sends by a recruiting system does that too.

    Args:
        senders, reply_to, organizers: the addresses of From, of Reply-To, and of ORGANIZER in the calendar objects inside.
    """
    homes = _houses_of(senders)
    if not homes:
        return ()
    first = next(iter(homes))
    found: list[SafetyWarning] = []
    for code, key, addresses in (
        ("reply-elsewhere", "reply_elsewhere", reply_to),
        ("organizer-elsewhere", "organizer_elsewhere", organizers),
    ):
        other = next((house for house in _houses_of(addresses) if house not in homes), None)
        if other is not None:
            found.append(SafetyWarning(code, "note", _sentence(key, sender=_shown(first), other=_shown(other))))
    return tuple(found)


def _houses_of(addresses: Iterable[str]) -> dict[str, None]:
    """The organisations of addresses, in order, each once."""
    hosts = (address.rpartition("@")[2].strip() for address in addresses if "@" in address)
    return {organisation_of(ascii_host(host)): None for host in hosts if host}


def _shown(name: str) -> str:
    """A name that a stranger chose, short enough to stand in a sentence."""
    return name if len(name) <= _LONGEST_SHOWN else f"{name[: _LONGEST_SHOWN - 1]}…"


@cache
def _sentences() -> dict[str, dict[str, str]]:
    return read_table("pamit.domain", "senders.toml")


def _sentence(key: str, **places: str) -> Bilingual:
    texts = _sentences()[key]
    return Bilingual(texts["id"].format(**places), texts["en"].format(**places))
