"""Serve a folder of static files to this machine alone, as a good host would: compressed, with the right media types."""

from __future__ import annotations

import gzip
from contextlib import suppress
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

__all__ = ["make_server", "serve"]

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'"
)
_TYPES = {
    ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".css": "text/css",
    ".html": "text/html; charset=utf-8", ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json",
    ".zip": "application/zip", ".pack": "application/octet-stream", ".png": "image/png",
}  # fmt: skip
_COMPRESSED = frozenset({".zip", ".pack", ".png"})


@cache
def _small(path: Path, _changed: float) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


class _Handler(SimpleHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """A file, or the page of a folder."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file() or not path.is_relative_to(Path(self.directory).resolve()):
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        zips = path.suffix not in _COMPRESSED and "gzip" in self.headers.get("accept-encoding", "")
        data = _small(path, path.stat().st_mtime) if zips else path.read_bytes()
        self.send_response(HTTPStatus.OK)
        self.send_header("content-type", _TYPES.get(path.suffix, "application/octet-stream"))
        self.send_header("content-length", str(len(data)))
        self.send_header("cache-control", "max-age=31536000, immutable" if "/assets/" in path.as_posix() else "no-cache")
        self.send_header("content-security-policy", POLICY)
        self.send_header("x-content-type-options", "nosniff")
        self.send_header("referrer-policy", "no-referrer")
        if zips:
            self.send_header("content-encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def make_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of that folder on this machine; port 0 for any that is free."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, directory=str(folder.resolve())))
    server.daemon_threads = True
    return server


def serve(folder: Path, port: int) -> None:
    """Serve until Ctrl-C."""
    if not (folder / "index.html").exists():
        raise SystemExit("There is no site yet: make site")
    print(f"http://127.0.0.1:{port}/")
    with suppress(KeyboardInterrupt):
        make_server(folder, port).serve_forever()
