"""Tokens of programs, and requests that are carried out once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from secrets import token_bytes

import pytest

from pamit.errors import ErrorKind, PamitError
from pamit.services import programs
from pamit.services.pamit import Pamit
from pamit.services.program_ports import Answer

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ANSWER = Answer(201, {"etag": '"1"'}, b"{}")


def refused(call: Callable[[], object]) -> tuple[ErrorKind, str]:
    with pytest.raises(PamitError) as caught:
        call()
    return caught.value.kind, caught.value.code


def test_a_token_opens_until_it_is_revoked(pamit: Pamit) -> None:
    """Shown once; of it only the digest is kept; another of its form opens nothing."""
    token, secret = pamit.add_token("  Skrip   saya ", "read", NOW, token_bytes)
    assert (token.name, token.scope, token.used_at) == ("Skrip saya", "read", None)
    assert len(secret) == len("pamit_") + 64
    found = programs.token_of(pamit.store, secret, NOW)
    assert found is not None
    assert (found.id, found.used_at) == (token.id, NOW)
    assert [secret in str(vars(one)) for one in pamit.tokens()] == [False]
    assert [programs.token_of(pamit.store, wrong, NOW) for wrong in ("", "pamit_", secret[:-1], f"pamit_{'0' * 64}")] == [
        None
    ] * 4
    assert pamit.revoke_token(token.id).name == "Skrip saya"
    assert programs.token_of(pamit.store, secret, NOW) is None
    assert refused(lambda: pamit.revoke_token(token.id)) == (ErrorKind.MISSING, "no-such-token")


def test_use_is_noted_every_few_minutes(pamit: Pamit) -> None:
    """Asking often does not write often."""
    _, secret = pamit.add_token("Skrip", "read", NOW, token_bytes)
    for minutes in (0, 4, 6):
        programs.token_of(pamit.store, secret, NOW + timedelta(minutes=minutes))
        assert pamit.tokens()[0].used_at == NOW + timedelta(minutes=6 if minutes == 6 else 0)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\x1b[2J"])
def test_a_token_needs_a_name(pamit: Pamit, name: str) -> None:
    """Nothing, too much, or signs that steer a terminal."""
    assert refused(lambda: pamit.add_token(name, "read", NOW, token_bytes)) == (ErrorKind.INVALID, "bad-token-name")


def test_a_request_is_carried_out_once(pamit: Pamit) -> None:
    """While it is worked on, once it is done, once it failed, and after a day."""
    store = pamit.store
    assert programs.begin_once(store, "k", "r", NOW) is None
    assert refused(lambda: programs.begin_once(store, "k", "r", NOW)) == (ErrorKind.CONFLICT, "key-in-use")
    programs.release_once(store, "k")
    assert programs.begin_once(store, "k", "r", NOW) is None
    programs.finish_once(store, "k", ANSWER)
    assert programs.begin_once(store, "k", "r", NOW) == ANSWER
    assert refused(lambda: programs.begin_once(store, "k", "other", NOW)) == (ErrorKind.INVALID, "key-reused")
    assert programs.begin_once(store, "k", "other", NOW + timedelta(hours=25)) is None
