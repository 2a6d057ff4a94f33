"""The HTTP interface for programs: the verbs and the memory as JSON, under ``/api/v1``."""

from __future__ import annotations

__all__: list[str] = []
