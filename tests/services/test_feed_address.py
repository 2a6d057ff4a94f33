"""The secret address of the calendar."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from pamit.adapters.secrets import FileSecrets
from pamit.domain.terms import Language
from pamit.services.feed_address import FeedAddress, feed_address, make_feed_address, opened_feed, switch_feed_off


@pytest.fixture
def secrets(tmp_path: Path) -> FileSecrets:
    """Where secrets lie in a file."""
    return FileSecrets(tmp_path / "home")


def test_there_is_none_before_it_is_made(secrets: FileSecrets) -> None:
    """And nothing opens it."""
    assert feed_address(secrets) is None
    assert [opened_feed(secrets, given) for given in ("", "-" * 32, "x")] == [None] * 3


def test_it_is_kept_for_its_owner_alone(secrets: FileSecrets) -> None:
    """With what was chosen for it, in a file that others cannot read, long enough not to be guessed."""
    made = make_feed_address(secrets, os.urandom, Language.EN, with_links=True)
    assert feed_address(FileSecrets(secrets.file.parent)) == made == FeedAddress(made.secret, Language.EN, with_links=True)
    assert (len(made.secret), set(made.secret) - set("-_") == {one for one in made.secret if one.isalnum()}) == (32, True)
    assert stat.S_IMODE(secrets.file.stat().st_mode) == 0o600


def test_it_is_made_of_what_cannot_be_guessed(secrets: FileSecrets) -> None:
    """Of at least 128 random bits, all of which stand in it."""
    asked: list[int] = []

    def random(count: int) -> bytes:
        asked.append(count)
        return bytes(range(len(asked), count + len(asked)))

    one, two = (make_feed_address(secrets, random, Language.ID).secret for _ in range(2))
    assert (asked, one == two) == ([24, 24], False)


def test_renewed_one_takes_the_place_of_the_old(secrets: FileSecrets) -> None:
    """At once."""
    old = make_feed_address(secrets, os.urandom, Language.ID)
    new = make_feed_address(secrets, os.urandom, Language.ID)
    assert (opened_feed(secrets, old.secret), opened_feed(secrets, new.secret)) == (None, new)


@pytest.mark.parametrize("wrong", ["", "x", "é", "\x00", "\ud800", "a" * 100_000])
def test_any_other_opens_nothing(secrets: FileSecrets, wrong: str) -> None:
    """Nor what begins or ends like it."""
    made = make_feed_address(secrets, os.urandom, Language.ID)
    assert [opened_feed(secrets, one) for one in (wrong, made.secret[:-1], made.secret + "A", made.secret.lower() + "x")] == [
        None,
    ] * 4


def test_switched_off_it_opens_nothing(secrets: FileSecrets) -> None:
    """And what else is secret stays."""
    secrets.put("other", "kept")
    made = make_feed_address(secrets, os.urandom, Language.ID)
    switch_feed_off(secrets)
    assert (opened_feed(secrets, made.secret), feed_address(secrets), secrets.get("other")) == (None, None, "kept")


@pytest.mark.parametrize("kept", ["", "x", "[]", "{}", '{"secret": "x", "language": "fr", "with_links": false}', "null"])
def test_what_cannot_be_read_is_none(secrets: FileSecrets, kept: str) -> None:
    """A file that somebody has changed by hand opens nothing."""
    secrets.put("calendar-feed", kept)
    assert (feed_address(secrets), opened_feed(secrets, "x")) == (None, None)
