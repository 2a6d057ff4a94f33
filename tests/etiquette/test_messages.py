"""Whole messages, good and faulty, in both languages and for every channel."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pamit.domain.message import CheckContext, Draft
from pamit.domain.terms import Channel, Language, Purpose, Severity
from pamit.etiquette import check_draft

from .conftest import CASES

DATA = Path(__file__).parent / "data"
GOOD = tomllib.loads((DATA / "good.toml").read_text("utf-8"))["message"]
FAULTY = tomllib.loads((DATA / "faulty.toml").read_text("utf-8"))["message"]


def _fact(name: str, value: str) -> Any:
    if name in ("now", "interview_start", "received"):
        return datetime.fromisoformat(value) if value else None
    return Channel(value) if name == "invited_via" else value


def _found(message: dict[str, Any]) -> set[str]:
    language = Language(message["language"])
    facts = {name: _fact(name, value) for name, value in message.get("facts", {}).items()}
    context: CheckContext = replace(CASES[language], **facts)
    draft = Draft(Channel(message["channel"]), message["text"], language, Purpose(message["purpose"]), message.get("subject"))
    return {finding.rule for finding in check_draft(draft, context).findings if finding.severity is not Severity.HINT}


def _name(message: dict[str, Any]) -> str:
    return f"{message['language']}-{message['channel']}-{message['purpose']}-{' '.join(message['text'].split())[-40:]}"


@pytest.mark.parametrize("message", GOOD, ids=_name)
def test_good_message_is_accused_of_nothing(message: dict[str, Any]) -> None:
    """No rule cries wolf."""
    assert _found(message) == set()


@pytest.mark.parametrize("message", FAULTY, ids=_name)
def test_faulty_message_is_found_to_have_its_faults_alone(message: dict[str, Any]) -> None:
    """Every fault is found, and nothing else."""
    tolerated = {"uninformative-subject"} if "unclear-decision" in message["found"] else set()
    assert _found(message) - tolerated == set(message["found"])
