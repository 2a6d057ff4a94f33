"""The secret address under which calendar programs fetch what is open, for as long as the person wants it.

Whoever knows the address can read the calendar, and nothing else: so it is made only when asked for, cannot be guessed, is
compared in constant time, and is worth nothing from the moment it is renewed or switched off. It lies in a file of mode 0600
and never in the keyring, which may be locked while a calendar program asks in the background.
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Final

from pamit.domain.terms import Language
from pamit.services.mail_ports import Secrets

__all__ = ["FeedAddress", "feed_address", "make_feed_address", "opened_feed", "switch_feed_off"]

_NAME: Final = "calendar-feed"
_BYTES: Final = 24


@dataclass(frozen=True)
class FeedAddress:
    """An address as it is kept.

    Attributes:
        secret: 192 random bits, in letters that may stand in an address.
        language: of the calendar.
        with_links: whether links to join a call stand in it.
    """

    secret: str
    language: Language = Language.ID
    with_links: bool = False


def feed_address(secrets: Secrets) -> FeedAddress | None:
    """The address that holds now; None where there is none."""
    kept = secrets.get(_NAME)
    if kept is None:
        return None
    try:
        found = json.loads(kept)
        return FeedAddress(str(found["secret"]), Language(found["language"]), found["with_links"] is True)
    except (ValueError, KeyError, TypeError):
        # What somebody wrote in its place opens nothing; a new address can be made.
        return None


def make_feed_address(
    secrets: Secrets, random: Callable[[int], bytes], language: Language, *, with_links: bool = False
) -> FeedAddress:
    """Make an address; the one before it is worth nothing any more.

    Args:
        random: gives that many bytes that nobody can guess.
    """
    made = FeedAddress(urlsafe_b64encode(random(_BYTES)).decode(), language, with_links)
    secrets.put(_NAME, json.dumps(asdict(made)))
    return made


def switch_feed_off(secrets: Secrets) -> None:
    """Let there be no address."""
    secrets.drop(_NAME)


def opened_feed(secrets: Secrets, given: str) -> FeedAddress | None:
    """What a secret opens; None for any other than the one that holds now."""
    address = feed_address(secrets)
    # Without an address the comparison is made all the same, so that its absence takes as long as a wrong secret.
    known = address.secret if address else "-" * 32
    same = hmac.compare_digest(given.encode("utf-8", "replace"), known.encode())
    return address if same else None
