"""The gallery in docs/ shows what the phrasebook says now."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from pamit.domain.terms import Language, Purpose, Reason, Register, Severity
from pamit.services.checking import check_message, context_of
from pamit.services.gallery import NOW, WRITER, case_for, channels_for, example

SOURCE = Path(__file__).resolve().parents[2] / "tools" / "gallery.py"


@pytest.fixture(scope="module")
def gallery() -> ModuleType:
    """The tool as a module."""
    spec = importlib.util.spec_from_file_location("gallery", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_gallery_is_fresh(gallery: ModuleType) -> None:
    """Run `make docs` after changing a phrase."""
    present = {str(file.relative_to(gallery.FOLDER)): file.read_text("utf-8") for file in gallery.FOLDER.rglob("*.md")}
    wanted = gallery.pages()
    assert sorted(present) == sorted(wanted)
    assert [name for name, text in wanted.items() if present[name] != text] == []


def test_gallery_shows_everything(gallery: ModuleType) -> None:
    """Every purpose in every sensible channel and both registers, and every reason of a refusal, in both languages."""
    pages = gallery.pages()
    assert len(pages) == 1 + len(Language) * (1 + len(Purpose))
    for language in Language:
        for purpose in Purpose:
            messages = len(channels_for(purpose)) * len(Register)
            assert pages[f"{language}/{purpose}.md"].count("\n## ") == messages + (purpose == Purpose.DECLINE)
        assert pages[f"{language}/decline.md"].count("\n### ") == 1 + len(Reason)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_gallery_is_clean(gallery: ModuleType, purpose: Purpose) -> None:
    """What is shown as an example passes the checker: no error, no warning."""
    case = case_for(purpose)
    found = set()
    for channel in channels_for(purpose):
        # A text message answers an invitation that came as one (C3).
        context = replace(context_of(case, WRITER, NOW), invited_via=channel)
        for language in Language:
            for register in Register:
                report = check_message(example(purpose, language, channel, register), context)
                graver = [finding.rule for finding in report.findings if finding.severity != Severity.HINT]
                found |= {(str(channel), str(language), str(register), rule) for rule in graver}
    assert found == set()
