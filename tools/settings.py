"""Writes docs/reference/settings.md and settings.id.md from the table of settings."""

from __future__ import annotations

from pathlib import Path

from pamit.config import settings_page
from pamit.domain.terms import Language

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference"

for language, name in ((Language.EN, "settings.md"), (Language.ID, "settings.id.md")):
    (REFERENCE / name).write_text(settings_page(language), "utf-8")
