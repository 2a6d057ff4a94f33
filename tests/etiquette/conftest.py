"""What the tests of the checker share: one case and a way to check a message of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from pamit.domain.message import CheckContext, Draft, Report
from pamit.domain.terms import Channel, Language, Purpose
from pamit.etiquette import check_draft

CASES = {
    Language.ID: CheckContext(
        company="PT Tunas Karya Mandiri",
        position="Staf Gudang",
        interview_start=datetime.fromisoformat("2026-11-26T10:00:00+07:00"),
        contact_name="Ibu Ratna Dewi",
        candidate="Sari Wulandari",
        now=datetime.fromisoformat("2026-11-24T09:00:00+07:00"),
        round=1,
    ),
    Language.EN: CheckContext(
        company="Willowbrook Foods",
        position="Warehouse Clerk",
        interview_start=datetime.fromisoformat("2026-11-26T10:00:00+07:00"),
        contact_name="Ms. Taylor",
        candidate="Sari Wulandari",
        now=datetime.fromisoformat("2026-11-24T09:00:00+07:00"),
        round=1,
    ),
}

Check = Callable[..., Report]


@pytest.fixture
def check() -> Check:
    """Checks a message: ``check(purpose, text, language="id", channel="email", subject=..., **facts)``."""

    def run(
        purpose: str | None,
        text: str,
        language: str = "id",
        channel: str = "email",
        subject: str | None = "Penolakan wawancara – Sari Wulandari",
        **facts: Any,
    ) -> Report:
        known = {
            name: datetime.fromisoformat(value) if isinstance(value, str) and value[:4].isdigit() else value
            for name, value in facts.items()
        }
        draft = Draft(Channel(channel), text, Language(language), Purpose(purpose) if purpose else None, subject)
        return check_draft(draft, replace(CASES[Language(language)], **known))

    return run
