"""A program that asks, with a token of each kind, on a memory of its own and by a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from secrets import token_bytes
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from pamit.bootstrap import open_pamit
from pamit.config import Config
from pamit.surfaces.api.operation import API, Operation
from pamit.surfaces.api.routes import OPERATIONS
from pamit.surfaces.web.app import create_app
from pamit.surfaces.web.guard import Keys
from pamit.surfaces.web.site import Site

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
BY_NAME = {one.name: one for one in OPERATIONS}


@dataclass
class Program:
    """Asks with a token; every POST has a key of its own."""

    client: TestClient
    site: Site
    tokens: Mapping[str, str]
    numbers: Iterator[int]

    def ask(self, method: str, path: str, status: int, body: Any = None, scope: str = "read-write", **headers: str) -> Response:
        """One request; header names are written with underscores."""
        given = {"authorization": f"Bearer {self.tokens[scope]}", "accept-language": "en"}
        if method == "POST":
            given["idempotency-key"] = f"key-{next(self.numbers)}"
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.request(method, f"{API}{path}", headers=given, json=body)
        assert answer.status_code == status, (method, path, answer.status_code, answer.text[:400])
        return answer

    def keep(self, **changes: Any) -> str:
        """Keep the invitation of the examples; the id of its case."""
        found: str = self.ask("POST", "/cases", 201, {**BY_NAME["keepMessage"].example, **changes}).json()["case"]
        return found

    def code(self, answer: Response) -> str:
        """The code of a problem, whose form is looked at."""
        problem = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert (problem["type"], problem["status"]) == (f"urn:pamit:problem:{problem['code']}", answer.status_code)
        assert problem["title"]
        assert problem["detail"]
        found: str = problem["code"]
        return found


def address(operation: Operation) -> str:
    """The address of an operation with something in its places."""
    places = {"case": "k7m2p", "digest": "0" * 64, "message": "0123456789", "proposal": "0123456789", "rule": "T1"}
    return operation.path.format_map(places)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """A program that may do everything a program may."""
    monkeypatch.setenv("PAMIT_HOME", str(tmp_path))
    config = Config(tmp_path, f"sqlite:///{tmp_path}/pamit.db", name="Rani Kusuma", email="rani@surel.example")
    with open_pamit(config) as pamit:
        tokens = {scope: pamit.add_token(scope, scope, NOW, token_bytes)[1] for scope in ("read", "read-write")}
        site = Site(pamit, Keys(), lambda: config, lambda: NOW, lambda: ZoneInfo("Asia/Jakarta"), lambda _: None)
        yield Program(TestClient(create_app(site, 8477), base_url="http://127.0.0.1:8477"), site, tokens, count())
