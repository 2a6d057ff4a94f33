"""Limits: a count above its limit is refused with what and where."""

from __future__ import annotations

import pytest

from pamit.errors import ErrorKind, PamitError
from pamit.formats.limits import DEFAULT_LIMITS, Limits, refuse_above


def test_refuse_above_limit_names_what_and_where() -> None:
    """The error says what was counted, where, and the limit; at the limit nothing is raised."""
    refuse_above(500, 500, "too-many-parts", "parts")
    with pytest.raises(PamitError) as caught:
        refuse_above(501, 500, "too-many-parts", "parts", "body")
    assert caught.value.kind == ErrorKind.REFUSED
    assert caught.value.code == "too-many-parts"
    assert caught.value.facts == {"found": 501, "limit": 500, "where": "body"}


def test_default_limits_are_those_of_the_threat_model() -> None:
    """The documented defaults stand."""
    assert Limits() == DEFAULT_LIMITS
    assert (DEFAULT_LIMITS.message, DEFAULT_LIMITS.calendar, DEFAULT_LIMITS.text) == (25 * 2**20, 2 * 2**20, 2**20)
    assert (DEFAULT_LIMITS.nesting, DEFAULT_LIMITS.parts, DEFAULT_LIMITS.components) == (20, 500, 1_000)
