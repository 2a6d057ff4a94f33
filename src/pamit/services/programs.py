"""What lets a program ask, and keeps a request that comes twice from being carried out twice.

Tokens follow protocols.md T18: needed even on this machine, shown once, kept as a digest alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from pamit.errors import ErrorKind, PamitError
from pamit.services.ports import Store
from pamit.services.program_ports import Answer, Scope, Token

__all__ = ["KEPT_FOR", "add_token", "begin_once", "finish_once", "release_once", "revoke_token", "token_of", "tokens"]

KEPT_FOR: Final = timedelta(hours=24)
"""How long an answer is kept for a request that comes again."""

_PREFIX: Final = "pamit_"
_BYTES: Final = 32
_MAX_NAME: Final = 80
_MAX_TOKENS: Final = 100
_NOTED_EVERY: Final = timedelta(minutes=5)


def tokens(store: Store) -> list[Token]:
    """Every token, the first one made first; none can be shown again."""
    with store.reading() as view:
        return view.programs.tokens()


def add_token(store: Store, name: str, scope: Scope, now: datetime, random: Callable[[int], bytes]) -> tuple[Token, str]:
    """Make a token.

    Args:
        name: the person's own, to know it again.
        random: gives that many random bytes.

    Returns:
        what is kept of it, and the token itself, which is not.

    Raises:
        PamitError: INVALID ``bad-token-name``; REFUSED ``too-many-tokens``.
    """
    called = " ".join(name.split())
    if not called or len(called) > _MAX_NAME or not called.isprintable():
        raise PamitError(
            ErrorKind.INVALID, "bad-token-name", f"A token has a name of at most {_MAX_NAME} characters.", limit=_MAX_NAME
        )
    secret = _PREFIX + random(_BYTES).hex()
    token = Token(random(4).hex(), _digest(secret), called, scope, now)
    with store.writing() as unit:
        if len(unit.programs.tokens()) >= _MAX_TOKENS:
            raise PamitError(ErrorKind.REFUSED, "too-many-tokens", "There are too many tokens; revoke some.", limit=_MAX_TOKENS)
        unit.programs.put_token(token)
    return token, secret


def revoke_token(store: Store, token: str) -> Token:
    """Take a token back, by its id; it opens nothing from then on.

    Raises:
        PamitError: MISSING ``no-such-token``.
    """
    with store.writing() as unit:
        found = next((one for one in unit.programs.tokens() if one.id == token), None)
        if found is None or not unit.programs.drop_token(token):
            raise PamitError(ErrorKind.MISSING, "no-such-token", "There is no such token.", id=token[:12])
        return found


def token_of(store: Store, secret: str, now: datetime) -> Token | None:
    """The right that a token gives; None where it gives none."""
    if not secret.startswith(_PREFIX) or len(secret) != len(_PREFIX) + 2 * _BYTES:
        return None
    with store.reading() as view:
        # Looking for the digest of what cannot be guessed tells nothing by the time it takes.
        found = view.programs.token(_digest(secret))
    if found is None:
        return None
    if found.used_at is None or not found.used_at <= now < found.used_at + _NOTED_EVERY:
        with store.writing() as unit:
            unit.programs.mark_used(found.id, now)
        return replace(found, used_at=now)
    return found


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


# -- once -------------------------------------------------------------------------------------------------------------


def begin_once(store: Store, key: str, request: str, now: datetime) -> Answer | None:
    """Begin a request that may come again; the answer it was given, if it came before.

    Args:
        key: names the request, of whomever it is from.
        request: a digest of what is asked.

    Raises:
        PamitError: INVALID ``key-reused`` where another request has the key; CONFLICT ``key-in-use`` where it is being carried
            out or that was cut off, ``answer-gone`` where what it told of was deleted since.
    """
    with store.writing() as unit:
        unit.programs.forget_before(now - KEPT_FOR)
        known = unit.programs.answer(key)
        if known is None:
            unit.programs.begin(key, request, now)
            return None
    if known.request != request:
        raise PamitError(ErrorKind.INVALID, "key-reused", "Another request was made under this key.")
    if not known.is_done:
        raise PamitError(ErrorKind.CONFLICT, "key-in-use", "This request is being carried out, or that was cut off.")
    if known.answer is None:
        raise PamitError(ErrorKind.CONFLICT, "answer-gone", "This was carried out; what it told of was deleted since.")
    return known.answer


def finish_once(store: Store, key: str, answer: Answer) -> None:
    """Keep the answer of a request that was carried out."""
    with store.writing() as unit:
        unit.programs.finish(key, answer)


def release_once(store: Store, key: str) -> None:
    """A request failed and changed nothing: it may be made again under the same key."""
    with store.writing() as unit:
        unit.programs.release(key)
