"""The hosts that a message names, as its sender's, in addresses and in links: those that seem to be others (T11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pamit.domain.hosts import host_of_link, judge_host, organisation_of
from pamit.domain.invitation import SafetyWarning, Span
from pamit.domain.senders import warn_of_host, warn_of_name
from pamit.reading.letter import Letter
from pamit.reading.text import Page

__all__ = ["find_hosts"]

_NAME = re.compile(r"(?<![\w-])[\w-]{1,63}(?:[.\u3002\uff0e\uff61][\w-]{1,63}){1,8}")
_ENDINGS: Final = frozenset("com net org id co io me us app my sg uk eu de nl au info biz site online xyz example test".split())
_ADDRESS_IN_NAME = re.compile(
    r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}+@(?P<house>[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5})", re.I
)
_MOST: Final = 5
"""Warnings of hosts in one message; more say nothing more."""
_MOST_LOOKED_AT: Final = 500


def find_hosts(letter: Letter) -> tuple[SafetyWarning, ...]:
    """What is to be said of the hosts, each once: the sender's first, then those of the text in their order."""
    found: dict[str, SafetyWarning] = {}
    sender = letter.sender
    own = (sender.mail or "").rpartition("@")[2]
    for host, span in _hosts(own, letter.page):
        warning = warn_of_host(host, span)
        if warning is not None:
            found.setdefault(warning.message.en, warning)
            if len(found) == _MOST:
                break
    claimed = _ADDRESS_IN_NAME.search(sender.name) if own and sender.name and "@" in sender.name else None
    if claimed is not None and organisation_of(claimed["house"]) != organisation_of(own):
        return (warn_of_name(claimed[0], own), *found.values())
    return tuple(found.values())


def _hosts(own: str, page: Page) -> Iterator[tuple[str, Span | None]]:
    if own:
        yield own, None
    clean = page.clean
    for url in page.urls[:_MOST_LOOKED_AT]:
        yield host_of_link(clean[url.begin : url.end]), (url.begin, url.end)
    for mail in page.mails[:_MOST_LOOKED_AT]:
        yield clean[mail.begin : mail.end].rpartition("@")[2], (mail.begin, mail.end)
    if not clean.isascii() or "xn--" in clean:
        yield from _spelled(page)


def _spelled(page: Page) -> Iterator[tuple[str, Span]]:
    """Names with letters beyond a-z, which the patterns for addresses and links pass over."""
    clean = page.clean
    looked = 0
    for match in _NAME.finditer(clean):
        name = match[0]
        if name.isascii() and "xn--" not in name.lower():
            continue
        looked += 1
        if looked > _MOST_LOOKED_AT:
            return
        begin, end = match.span()
        if page.in_link(begin):
            continue
        joined = (
            clean[max(0, begin - 1) : begin] in ("@", "/") or clean[end : end + 1] == "/" or name.lower().startswith("www.")
        )
        judged = judge_host(name)
        # Words that a full stop joins are no name of a host unless they are used as one or end like one.
        if judged and (joined or "xn--" in name.lower() or (judged.flaw != "foreign" and _ends_like_one(name))):
            yield name, (begin, end)


def _ends_like_one(name: str) -> bool:
    return name.rpartition(".")[2] in _ENDINGS
