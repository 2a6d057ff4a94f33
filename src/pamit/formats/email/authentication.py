"""What the receiving server found out about a mail's sender (Authentication-Results, RFC 8601)."""

from __future__ import annotations

import re
from typing import Final

from pamit.domain.scheduling.trust import Authentication
from pamit.formats.email.read import EmailMessageParts

__all__ = ["read_authentication"]

_LONGEST: Final = 4_000
_COMMENT = re.compile(r"\([^()]{0,500}\)")
_RESULT = re.compile(r"^\s*(dmarc|dkim)\s*=\s*([a-z]+)", re.IGNORECASE)
_DOMAIN = re.compile(r"\bheader\.(d|i|from)\s*=\s*\"?([^\s;\"]{1,255})", re.IGNORECASE)
_SERVER = re.compile(r"\s*([A-Za-z0-9.:_-]{1,255})(?:\s+\d+)?\s*$")


def read_authentication(mail: EmailMessageParts, server: str | None = None) -> Authentication | None:
    """The results that the receiving server wrote; None where it wrote none.

    A sender can write such a field too, but only below those of the servers on the way, which remove what bears their own
    name: so the topmost counts, and of it one server's alone.

    Args:
        server: the authserv-id of the person's own server, where it is known; any other is passed over.
    """
    for name, value in mail.fields:
        if name != "authentication-results" or len(value) > _LONGEST:
            continue
        head, *results = _COMMENT.sub(" ", value).split(";")
        found = _SERVER.match(head)
        if found is not None and (server is None or found[1].lower() == server.lower()):
            return _results(found[1].lower(), results)
        if server is None:
            return None
    return None


def _results(server: str, results: list[str]) -> Authentication:
    dmarc = judged = None
    signed: list[str] = []
    for result in results[:50]:
        found = _RESULT.match(result)
        if found is None:
            continue
        domains = {key.lower(): value.rpartition("@")[2].lower().rstrip(".") for key, value in _DOMAIN.findall(result)}
        if found[1].lower() == "dmarc":
            dmarc = dmarc or found[2].lower()
            judged = judged or domains.get("from")
        elif found[2].lower() == "pass" and (domain := domains.get("d") or domains.get("i")):
            signed.append(domain)
    return Authentication(server, dmarc, tuple(dict.fromkeys(signed)), judged)
