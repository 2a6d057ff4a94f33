"""A memory on a real database in memory, and messages to put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from pamit.adapters.archive import ZipArchive
from pamit.adapters.seal import AgeSeal
from pamit.adapters.store import open_store
from pamit.domain.facts import FACT_NAMES
from pamit.domain.invitation import Fact, Invitation
from pamit.domain.terms import InvitationKind, Language
from pamit.services.adding import Added
from pamit.services.origin import source_of
from pamit.services.pamit import Pamit

WIB = timezone(timedelta(hours=7))
NOW = datetime(2026, 11, 24, 9, tzinfo=WIB)


def invitation(kind: InvitationKind = InvitationKind.INVITATION, received: datetime = NOW, **facts: Any) -> Invitation:
    """An invitation as if it had been read."""
    found = {"company": "PT Toko Baru", "position": "Kasir", "timezone": "Asia/Jakarta", **facts}
    known = {name: Fact(value) for name, value in found.items() if value is not None}
    assert set(known) <= set(FACT_NAMES)
    return Invitation("", kind, Language.ID, known, received=received, channel="email")  # type: ignore[arg-type]


@pytest.fixture
def pamit() -> Iterator[Pamit]:
    """An empty memory."""
    with Pamit(open_store("sqlite://"), ZipArchive(), AgeSeal()) as opened:
        yield opened


@pytest.fixture
def other() -> Iterator[Pamit]:
    """A second one."""
    with Pamit(open_store("sqlite://"), ZipArchive(), AgeSeal()) as opened:
        yield opened


@pytest.fixture
def added(pamit: Pamit) -> Callable[..., Added]:
    """Add an invitation; its bytes are the words given, else ever new ones."""
    count = iter(range(10_000))

    def add(read: Invitation, words: str | bytes | None = None, now: datetime | None = None, **settings: Any) -> Added:
        data = f"pesan {next(count)}" if words is None else words
        source = source_of(data.encode() if isinstance(data, str) else data)
        return pamit.add(read, source, now or read.received or NOW, **settings)

    return add
