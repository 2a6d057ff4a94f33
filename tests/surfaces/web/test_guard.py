"""Who is let in, on every route that there is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from pamit.surfaces.web.app import create_app
from pamit.surfaces.web.guard import COOKIE
from pamit.surfaces.web.pages import OPEN_PATHS
from pamit.surfaces.web.site import Site

from .conftest import ORIGIN, Visitor


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every method and path of the app, and what belongs to no route."""
    for path, methods in app.openapi()["paths"].items():
        for method in methods:
            if not path.startswith(OPEN_PATHS or ("//",)):
                yield method.upper(), path.replace("{", "").replace("}", "")
    yield from (("GET", "/static/pamit.css"), ("GET", "/nowhere"), ("POST", "/nowhere"), ("PUT", "/"), ("DELETE", "/cases"))


def test_wrong_host_is_refused_everywhere(site: Site) -> None:
    """A name that leads here by the tricks of others opens nothing, with a valid session or without."""
    app = create_app(site, 8477)
    session = site.keys.open(site.keys.start)
    for method, path in routes(app):
        for host in ("evil.example:8477", "127.0.0.1:8478", "127.0.0.1", "127.0.0.1.evil.example:8477", ""):
            client = TestClient(app, base_url=ORIGIN, cookies={COOKIE: session or ""})
            answer = client.request(method, path, headers={"host": host, "origin": ORIGIN})
            assert answer.status_code == 421, (method, path, host)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:8478"},
        {"origin": "https://127.0.0.1:8477"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
        {"origin": ORIGIN, "sec-fetch-site": "cross-site"},
    ],
)  # fmt: skip
def test_foreign_page_is_refused_everywhere(site: Site, headers: dict[str, str]) -> None:
    """What another page asks for is not done, whoever is signed in."""
    app = create_app(site, 8477)
    session = site.keys.open(site.keys.start)
    client = TestClient(app, base_url=ORIGIN, cookies={COOKIE: session or ""}, follow_redirects=False)
    refused = {path: client.request(method, path, headers=headers).status_code for method, path in routes(app)}
    assert set(refused.values()) == {403}


def test_without_session_nothing_is_shown(stranger: TestClient, site: Site) -> None:
    """Files and unknown addresses included; the page of refusal says nothing of what is there."""
    for method, path in routes(create_app(site, 8477)):
        answer = stranger.request(method, path, headers={"origin": ORIGIN})
        assert (answer.status_code, "Hari ini" in answer.text) == (403, False), (method, path)
        assert stranger.request(method, path, headers={"origin": ORIGIN, "cookie": "pamit=made-up"}).status_code == 403


def test_without_form_token_nothing_is_done(visitor: Visitor) -> None:
    """Each route that changes something asks for the token of this session's forms."""
    app = create_app(visitor.site, 8477)
    for method, path in routes(app):
        if method != "POST" or path == "/nowhere":
            continue
        for data in ({}, {"form_token": "made-up"}, {"form_token": "é"}):
            answer = visitor.client.post(path, data=data, headers={"origin": ORIGIN})
            assert answer.status_code == 403, (path, data)
    answer = visitor.client.post("/check", data=visitor.tokens() | {"text": "Halo"})
    assert answer.status_code == 403, "a form without Origin and Sec-Fetch-Site"


def test_start_link_works_once(site: Site, stranger: TestClient) -> None:
    """It is worth nothing after it was used, and the next one is told."""
    told: list[str] = []
    site.keys._on_used = told.append
    token = site.keys.start
    first = stranger.get(f"/start?token={token}")
    cookie = first.headers["set-cookie"]
    assert (first.status_code, first.headers["location"]) == (303, "/")
    assert [mark in cookie for mark in ("HttpOnly", "SameSite=strict", "Path=/")] == [True] * 3
    assert stranger.get(f"/start?token={token}").status_code == 403
    assert told == [site.keys.start]
    for wrong in ("", "?token=", "?token=é", "?token=a&token=b", "?token=%00"):
        assert stranger.get(f"/start{wrong}").status_code == 403
    assert stranger.head(f"/start?token={site.keys.start}").status_code == 403


def test_every_answer_carries_the_policy(visitor: Visitor, stranger: TestClient) -> None:
    """No inline script or style, nothing from elsewhere, no frame, no sniffing, no referrer to others, nothing cached."""
    for answer in (
        visitor.get("/"),
        visitor.get("/nowhere", 404),
        visitor.get("/static/pamit.js"),
        visitor.get("/cases/none0/sources/x", 404),
        stranger.get("/"),
        visitor.post("/add", {"text": ""}, 422),
    ):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert [word for word in ("unsafe", "http:", "https:", "*") if word in policy] == []
        assert ["frame-ancestors 'none'" in policy, "base-uri 'none'" in policy] == [True, True]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "access-control-allow-origin" not in answer.headers
    assert visitor.get("/").headers["cache-control"] == "no-store"


def test_failure_within_shows_no_words_of_its_own(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an exception says may quote a stranger; the page says something of its own, under the same policy."""

    def fail(*_: object) -> None:
        raise RuntimeError("<script>alert(1)</script>")

    client = TestClient(
        create_app(visitor.site, 8477), base_url=ORIGIN, cookies=dict(visitor.client.cookies), raise_server_exceptions=False
    )
    monkeypatch.setattr(visitor.site.pamit, "due", fail)
    answer = client.get("/")
    assert (answer.status_code, "alert(1)" in answer.text) == (500, False)
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_large_request_is_refused(visitor: Visitor) -> None:
    """Before any of it is read."""
    answer = visitor.client.post("/add", content=b"", headers={"origin": ORIGIN, "content-length": str(30 * 2**20)})
    assert answer.status_code == 413
    assert visitor.client.get("/", headers={"content-length": "x"}).status_code == 413
