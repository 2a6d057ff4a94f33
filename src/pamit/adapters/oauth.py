"""Signing in with the person's own client at Google or Microsoft: authorization code with PKCE over loopback (RFC 8252, 7636).

Access tokens live in memory, refresh tokens and client secrets among the secrets. Only the configured addresses are asked.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets as random
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from time import monotonic
from typing import Final

from pamit.adapters.connection import is_loopback, tls_context
from pamit.domain.account import Account, Auth, OAuthClient
from pamit.errors import ErrorKind, PamitError
from pamit.services.mail_ports import Secrets

__all__ = ["Credentials", "authorize", "client_of_json", "secret_names"]

_PATIENCE: Final = 300.0
"""Seconds that the listener waits for the browser to come back."""

_TIMEOUT: Final = 30.0
_MOST: Final = 65_536
_EARLY: Final = 60.0
_DONE: Final = "Selesai. Jendela ini boleh ditutup. / Done. You may close this window."
_FAILED: Final = "Tidak berhasil. Kembali ke Pamit. / That did not work. Go back to Pamit."


def secret_names(address: str) -> dict[str, str]:
    """Under which names an account's secrets lie."""
    return {kind: f"{kind}:{address.casefold()}" for kind in ("password", "refresh", "client")}


class Credentials:
    """Passwords and access tokens of accounts.

    Args:
        allow_plain: whether a token address on this very machine may go without TLS.
    """

    def __init__(self, secrets: Secrets, *, allow_plain: bool = False) -> None:
        self.secrets = secrets
        self.allow_plain = allow_plain
        self._tokens: dict[str, tuple[str, float]] = {}

    def secret_of(self, account: Account) -> str | None:
        """What an account signs in with: its password, or a token that is fresh.

        Raises:
            PamitError: UNAVAILABLE ``token-unreachable``; REFUSED ``token-refused``.
        """
        names = secret_names(account.address)
        if account.auth != Auth.XOAUTH2:
            return self.secrets.get(names["password"])
        kept = self._tokens.get(account.address)
        if kept is not None and kept[1] > monotonic():
            return kept[0]
        refresh = self.secrets.get(names["refresh"])
        if refresh is None or account.oauth is None:
            return None
        wanted = {"grant_type": "refresh_token", "refresh_token": refresh}
        found = _ask(account.oauth, wanted, self.secrets.get(names["client"]), allow_plain=self.allow_plain)
        token, length = found.get("access_token"), found.get("expires_in", 3600)
        if not isinstance(token, str):
            raise _refused()
        if isinstance(renewed := found.get("refresh_token"), str) and renewed != refresh:
            self.secrets.put(names["refresh"], renewed)
        seconds = float(length) if isinstance(length, (int, float)) else 3600.0
        self._tokens[account.address] = (token, monotonic() + seconds - _EARLY)
        return token


def client_of_json(data: bytes, authorize_url: str, token_url: str, scopes: tuple[str, ...]) -> tuple[OAuthClient, str | None]:
    """The person's own client from the JSON that Google gives, or a plain ``{"client_id": …}``; and its secret, if it has one.

    Raises:
        PamitError: INVALID ``bad-client``.
    """
    try:
        found = json.loads(data)
        table = found.get("installed") or found.get("web") or found
        client = table["client_id"]
        secret = table.get("client_secret")
        if not isinstance(client, str) or not isinstance(secret, (str, type(None))) or not client.strip():
            raise ValueError("client_id")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PamitError(ErrorKind.INVALID, "bad-client", "The file is no JSON of an OAuth client.") from error
    return OAuthClient(client.strip(), authorize_url, token_url, scopes), secret


def authorize(
    client: OAuthClient,
    address: str,
    show: Callable[[str], None],
    *,
    client_secret: str | None = None,
    allow_plain: bool = False,
    patience: float = _PATIENCE,
) -> str:
    """Ask the person, in their browser, for the right to use the mailbox.

    Args:
        show: opens or shows the page to go to.

    Returns:
        the refresh token.

    Raises:
        PamitError: REFUSED ``token-refused``; UNAVAILABLE ``no-browser-answer``, ``token-unreachable``.
    """
    verifier, state = random.token_urlsafe(64), random.token_urlsafe(32)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    with _Listener(state) as listener:
        place = f"http://127.0.0.1:{listener.server_port}"
        asked = {
            "client_id": client.client_id, "redirect_uri": place, "response_type": "code", "scope": " ".join(client.scopes),
            "state": state, "code_challenge": challenge, "code_challenge_method": "S256", "access_type": "offline",
            "prompt": "consent", "login_hint": address,
        }  # fmt: skip
        show(f"{client.authorize_url}?{urllib.parse.urlencode(asked)}")
        code = listener.wait(patience)
    wanted = {"grant_type": "authorization_code", "code": code, "redirect_uri": place, "code_verifier": verifier}
    found = _ask(client, wanted, client_secret, allow_plain=allow_plain)
    refresh = found.get("refresh_token")
    if not isinstance(refresh, str):
        raise _refused()
    return refresh


class _Listener(HTTPServer):
    """Waits on a random port of loopback for the one request that brings the code."""

    def __init__(self, state: str) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.state = state
        self.code: str | None = None
        self.heard = False

    def wait(self, patience: float) -> str:
        """The code; whatever else comes in is turned away and does not end the wait."""
        until = monotonic() + patience
        while not self.heard and (left := until - monotonic()) > 0:
            self.timeout = left
            self.handle_request()
        if not self.heard:
            raise PamitError(ErrorKind.UNAVAILABLE, "no-browser-answer", "The browser did not come back in time.")
        if self.code is None:
            raise _refused()
        return self.code

    def handle_error(self, request: object, client_address: object) -> None:
        """A broken request is nobody's business."""


class _Answer(BaseHTTPRequestHandler):
    server: _Listener
    timeout = 10

    def do_GET(self) -> None:
        found = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        state = (found.get("state") or [""])[0]
        hosts = {f"127.0.0.1:{self.server.server_port}", f"localhost:{self.server.server_port}"}
        if not hmac.compare_digest(state.encode(), self.server.state.encode()) or self.headers.get("Host") not in hosts:
            self._say(400, _FAILED)
            return
        self.server.heard = True
        self.server.code = next(iter(found.get("code", [])), None) if "error" not in found else None
        self._say(200, _DONE if self.server.code else _FAILED)

    def _say(self, status: int, words: str) -> None:
        body = words.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """The request holds the code: it is written nowhere."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A token address that points elsewhere is not followed."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def _ask(client: OAuthClient, wanted: dict[str, str], secret: str | None, *, allow_plain: bool) -> dict[str, object]:
    """Ask the token address."""
    url = urllib.parse.urlsplit(client.token_url)
    if url.scheme != "https" and not (allow_plain and url.scheme == "http" and is_loopback(url.hostname or "")):
        raise PamitError(ErrorKind.REFUSED, "not-protected", "The token address must be https.", host=url.hostname)
    form = {**wanted, "client_id": client.client_id, **({"client_secret": secret} if secret else {})}
    request = urllib.request.Request(client.token_url, urllib.parse.urlencode(form).encode())
    opener = urllib.request.build_opener(
        _NoRedirect, urllib.request.ProxyHandler(), urllib.request.HTTPSHandler(context=tls_context())
    )
    try:
        with opener.open(request, timeout=_TIMEOUT) as answer:
            found = json.loads(answer.read(_MOST))
    except urllib.error.HTTPError as error:
        error.close()
        if error.code >= 500 or error.code == 429:
            raise _unreachable() from None
        raise _refused() from None
    except (OSError, ValueError):
        raise _unreachable() from None
    return found if isinstance(found, dict) else {}


def _refused() -> PamitError:
    return PamitError(ErrorKind.REFUSED, "token-refused", "The provider gave no right to use the mailbox; sign in again.")


def _unreachable() -> PamitError:
    return PamitError(ErrorKind.UNAVAILABLE, "token-unreachable", "The provider's sign-in does not answer.")
