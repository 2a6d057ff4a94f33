"""Tokens in the settings: shown once, taken back with a button."""

from __future__ import annotations

import re

from .conftest import Visitor, words_of


def test_a_token_is_shown_once_and_opens_until_it_is_revoked(visitor: Visitor) -> None:
    """Made, seen on the next page alone, used, revoked."""
    made = visitor.post("/settings/tokens/add", {"name": "Skrip <b>", "scope": "read"})
    secret = re.search(r"pamit_[0-9a-f]{64}", made.text)
    assert secret is not None
    page = visitor.get("/settings/tokens")
    assert secret[0] not in page.text
    assert "Skrip <b>" in words_of(page)
    headers = {"authorization": f"Bearer {secret[0]}"}
    assert visitor.client.get("/api/v1/stats", headers=headers).status_code == 200
    token = visitor.site.pamit.tokens()[0]
    assert token.scope == "read"
    visitor.post(f"/settings/tokens/{token.id}/revoke")
    assert visitor.site.pamit.tokens() == []
    assert visitor.client.get("/api/v1/stats", headers=headers).status_code == 401


def test_a_token_without_a_name_is_asked_for_one(visitor: Visitor) -> None:
    """What was chosen stays chosen."""
    asked = visitor.post("/settings/tokens/add", {"name": " ", "scope": "read-write"}, status=422)
    assert 'value="read-write" checked' in asked.text
    assert visitor.site.pamit.tokens() == []
