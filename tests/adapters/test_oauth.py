"""Signing in with one's own client: PKCE, state, one request, and nothing written anywhere it does not belong."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from pamit.adapters.oauth import Credentials, authorize, client_of_json, secret_names
from pamit.adapters.secrets import FileSecrets
from pamit.domain.account import Account, Auth, OAuthClient
from pamit.errors import PamitError


class Provider(HTTPServer):
    """A token address that remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Tokens)
        self.asked: list[dict[str, str]] = []
        self.answer: tuple[int, dict[str, object]] = (200, {"access_token": "t1", "refresh_token": "r1", "expires_in": 3600})

    @property
    def client(self) -> OAuthClient:
        return OAuthClient("klien", "https://masuk.example/auth", f"http://127.0.0.1:{self.server_port}/token", ("surel",))


class _Tokens(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append(dict(urllib.parse.parse_qsl(body)))
        status, answer = self.server.answer
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quiet."""


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider on loopback."""
    with Provider() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def browser(page: str, **answer: str) -> int:
    """What a browser does after the person agreed."""
    asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(page).query))
    query = urllib.parse.urlencode({"state": asked["state"], "code": "kode", **answer})
    try:
        with urllib.request.urlopen(f"{asked['redirect_uri']}/?{query}") as found:
            return int(found.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def in_background(page: str, **answer: str) -> None:
    threading.Thread(target=browser, args=(page,), kwargs=answer, daemon=True).start()


def test_code_is_exchanged_with_the_proof_of_who_asked(provider: Provider) -> None:
    """The challenge on the page is the hash of the verifier at the token address (RFC 7636)."""
    pages: list[str] = []

    def show(page: str) -> None:
        pages.append(page)
        in_background(page)

    assert authorize(provider.client, "rani@kirim.example", show, client_secret="s", allow_plain=True) == "r1"
    asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(pages[0]).query))
    (given,) = provider.asked
    digest = hashlib.sha256(given["code_verifier"].encode()).digest()
    assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert (asked["code_challenge_method"], asked["response_type"]) == ("S256", "code")
    assert urllib.parse.urlsplit(asked["redirect_uri"]).hostname == "127.0.0.1"
    assert (given["code"], given["client_secret"], given["redirect_uri"]) == ("kode", "s", asked["redirect_uri"])


def test_other_state_is_turned_away_and_the_wait_goes_on(provider: Provider) -> None:
    """A page of somebody else's cannot slip in a code of theirs."""
    statuses: list[int] = []

    def come(page: str) -> None:
        statuses.append(browser(page, state="palsu", code="kode-palsu"))
        statuses.append(browser(page))

    def show(page: str) -> None:
        threading.Thread(target=come, args=(page,), daemon=True).start()

    assert authorize(provider.client, "a@b.example", show, allow_plain=True) == "r1"
    assert [one["code"] for one in provider.asked] == ["kode"]
    assert statuses[0] == 400


def test_refusal_of_the_person_is_said(provider: Provider) -> None:
    """Nothing is asked of the token address."""
    with pytest.raises(PamitError) as caught:
        authorize(provider.client, "a@b.example", lambda page: in_background(page, error="access_denied"), allow_plain=True)
    assert (caught.value.code, provider.asked) == ("token-refused", [])


def test_browser_that_never_comes_back_ends_the_wait(provider: Provider) -> None:
    """The port is closed again."""
    with pytest.raises(PamitError) as caught:
        authorize(provider.client, "a@b.example", lambda _: None, allow_plain=True, patience=0.05)
    assert caught.value.code == "no-browser-answer"


def test_token_is_fetched_once_and_a_new_refresh_token_kept(provider: Provider, tmp_path: Path) -> None:
    """Microsoft gives a new one each time; the old one soon ends."""
    secrets = FileSecrets(tmp_path)
    names = secret_names("rani@kirim.example")
    secrets.put(names["refresh"], "r0")
    account = Account("rani@kirim.example", auth=Auth.XOAUTH2, oauth=provider.client)
    credentials = Credentials(secrets, allow_plain=True)
    assert [credentials.secret_of(account) for _ in range(3)] == ["t1"] * 3
    assert [one["refresh_token"] for one in provider.asked] == ["r0"]
    assert secrets.get(names["refresh"]) == "r1"


@pytest.mark.parametrize(
    ("status", "answer", "code"),
    [
        (400, {"error": "invalid_grant"}, "token-refused"),
        (200, {}, "token-refused"),
        (503, {}, "token-unreachable"),
        (429, {}, "token-unreachable"),
        (302, {}, "token-refused"),
    ],
)
def test_answers_of_the_token_address(
    provider: Provider, tmp_path: Path, status: int, answer: dict[str, object], code: str
) -> None:
    """What may pass is told from what will not; nobody is sent elsewhere."""
    provider.answer = (status, answer)
    secrets = FileSecrets(tmp_path)
    secrets.put(secret_names("a@b.example")["refresh"], "r0")
    with pytest.raises(PamitError) as caught:
        Credentials(secrets, allow_plain=True).secret_of(Account("a@b.example", auth=Auth.XOAUTH2, oauth=provider.client))
    assert caught.value.code == code
    assert "r0" not in str(caught.value)


def test_plain_token_address_is_refused(provider: Provider, tmp_path: Path) -> None:
    """A token is said over TLS only."""
    secrets = FileSecrets(tmp_path)
    secrets.put(secret_names("a@b.example")["refresh"], "r0")
    with pytest.raises(PamitError) as caught:
        Credentials(secrets).secret_of(Account("a@b.example", auth=Auth.XOAUTH2, oauth=provider.client))
    assert (caught.value.code, provider.asked) == ("not-protected", [])


@pytest.mark.parametrize(
    ("data", "secret"),
    [(b'{"installed": {"client_id": "k", "client_secret": "s"}}', "s"), (b'{"client_id": "k"}', None)],
)
def test_client_is_read_from_the_file_of_the_provider(data: bytes, secret: str | None) -> None:
    """As Google gives it, or as one writes it for Microsoft."""
    client, found = client_of_json(data, "https://a.example", "https://t.example", ("s",))
    assert (client.client_id, found) == ("k", secret)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"client_id": 1}', b'{"client_id": " "}', b"\xff"])
def test_other_files_are_no_client(data: bytes) -> None:
    """It is said."""
    with pytest.raises(PamitError) as caught:
        client_of_json(data, "https://a.example", "https://t.example", ())
    assert caught.value.code == "bad-client"
