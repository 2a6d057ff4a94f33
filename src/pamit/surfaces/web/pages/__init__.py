"""The pages, one module each, every one with a ``router``."""

from __future__ import annotations

__all__ = ["OPEN_PATHS", "PAGES"]

PAGES = (
    "today", "add", "cases", "case", "case_actions", "write", "draft", "farewell", "message", "proposal", "check", "guide",
    "settings", "settings_accounts", "settings_days", "settings_data", "settings_tokens", "language",
    "calendar", "subscribe", "install", "insight", "search",
)  # fmt: skip
"""The modules whose routes the app has."""

OPEN_PATHS: tuple[str, ...] = ("/feed/",)
"""Beginnings of paths that can be read without a session because they live by a secret of their own."""
