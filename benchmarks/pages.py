"""The app in the browser with 1,000 cases: server time of every page over a real socket, size and start of the first one.

    .venv/bin/python benchmarks/pages.py

Beside it stands a bare FastAPI page, served in the same way. The clock of the pages stands still; nothing else is faked.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

CASES = 1_000
ROUNDS = 60
DRAFT = "Selamat pagi Kak Sinta, maaf saya gak bisa dateng wawancara besok ya. Bisa diganti hari Kamis?"


@dataclass
class Server:
    """A server in a process of its own, and who speaks with it."""

    port: int
    cookie: str = ""

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes, dict[str, str]]:
        """One request on a connection of its own, as a browser's first one."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        origin = f"http://127.0.0.1:{self.port}"
        headers = {"cookie": self.cookie, "origin": origin, "accept-encoding": "identity"}
        if form is None:
            line.request("GET", path, headers=headers)
        else:
            headers["content-type"] = "application/x-www-form-urlencoded"
            line.request("POST", path, urlencode(form), headers)
        answer = line.getresponse()
        body = answer.read()
        line.close()
        return answer.status, body, {name.lower(): value for name, value in answer.getheaders()}


@contextmanager
def served(arguments: list[str], environment: dict[str, str] | None = None) -> Iterator[tuple[str, float]]:
    """A process that prints one line once it listens. Gives the line, and when the process was started."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={key: value for key, value in {**os.environ, **(environment or {})}.items() if key != "PYTHONDONTWRITEBYTECODE"},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip(), begun
    finally:
        process.terminate()
        process.wait(10)


def opened(link: str) -> Server:
    """Let in by the link of the start."""
    found = re.search(r"http://127\.0\.0\.1:(\d+)(/start\S+)", link)
    assert found, link
    server = Server(int(found[1]))
    _, _, headers = server.ask(found[2])
    server.cookie = headers["set-cookie"].partition(";")[0]
    return server


def serve(database: str) -> None:
    """The app on a database, with the clock of the filled cases; prints its link."""
    from store_scale import NOW
    import uvicorn

    from pamit.adapters.archive import ZipArchive
    from pamit.adapters.seal import AgeSeal
    from pamit.adapters.store import open_store
    from pamit.config import load_config
    from pamit.services.pamit import Pamit
    from pamit.surfaces.web.app import create_app
    from pamit.surfaces.web.guard import Keys
    from pamit.surfaces.web.serving import listen, warm_up
    from pamit.surfaces.web.site import Site

    listener = listen(0)
    port = listener.getsockname()[1]
    with Pamit(open_store(database), ZipArchive(), AgeSeal()) as pamit:
        zone = NOW.tzinfo
        assert zone is not None
        site = Site(
            pamit, Keys(), settings=load_config, clock=lambda: NOW, here=lambda: zone, keep_settings=lambda _: None
        )
        app = create_app(site, port)
        warm_up()
        print(f"http://127.0.0.1:{port}/start?token={site.keys.start}", flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False)).run(sockets=[listener])


def bare() -> None:
    """One page of FastAPI and nothing else."""
    import uvicorn
    from fastapi import FastAPI
    from fastapi.responses import HTMLResponse

    from pamit.surfaces.web.serving import listen

    app = FastAPI()

    @app.get("/")
    def page() -> HTMLResponse:
        return HTMLResponse("<!doctype html><title>Halo</title><p>Halo")

    listener = listen(0)
    print(f"http://127.0.0.1:{listener.getsockname()[1]}/", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False)).run(sockets=[listener])


def percentiles(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered):.1f} | {ordered[int(len(ordered) * 0.95)]:.1f}"


def pages() -> str:
    """The table of the pages."""
    from store_scale import fill

    from pamit.adapters.store import SqlStore, open_store

    here = str(Path(__file__).resolve())
    with tempfile.TemporaryDirectory() as folder:
        home = {"PAMIT_HOME": folder, "PAMIT_NAME": "Rani Kusuma"}
        database = f"sqlite:///{Path(folder) / 'pamit.db'}"
        store = open_store(database)
        assert isinstance(store, SqlStore)
        fill(store, CASES)
        with store.reading() as view:
            cases = list(view.cases())
        store.close()
        chance = random.Random(3)
        with served([here, "serve", database], home) as (link, _):
            server = opened(link)
            _, body, _ = server.ask("/check")
            token = re.findall(r'data-form-token="([^"]+)"', body.decode())[0]
            form = {"form_token": token, "text": DRAFT, "channel": "whatsapp"}
            fixed = {
                "/": "Hari ini", "/add": "Tambah", "/cases": "Lamaran", "/cases?q=Posisi+7": "Lamaran, disaring",
                "/calendar": "Kalender, daftar", "/calendar?view=month": "Kalender, bulan", "/insight": "Wawasan",
                "/search?q=posisi": "Pencarian",
            }  # fmt: skip
            of_case = {
                "": "Kasus", "/edit": "Ubah fakta", "/decide": "Pertimbangan", "/write": "Tulis",
                "/write?purpose=decline&reason=other_offer": "Tulis: menolak",
                "/write?purpose=reschedule&reason=illness": "Tulis: jadwal ulang",
            }  # fmt: skip
            times: dict[str, list[float]] = {}
            sizes: dict[str, int] = {}
            for turn in range(ROUNDS + 3):
                rows = [(name, path, None) for path, name in fixed.items()]
                rows += [(name, f"/cases/{chance.choice(cases)}{path}", None) for path, name in of_case.items()]
                for name, path, sent in [*rows, ("pemeriksaan sambil menulis", "/check/live", form)]:
                    begun = time.perf_counter()
                    status, body, _ = server.ask(path, sent)
                    spent = 1_000 * (time.perf_counter() - begun)
                    if status != 200:
                        raise SystemExit(f"{path} answered {status}")
                    if turn >= 3:
                        times.setdefault(name, []).append(spent)
                        sizes[name] = max(sizes.get(name, 0), len(body))
            _, first, _ = server.ask("/")
            files = sorted(set(re.findall(r'(?:href|src)="(/static/[^"#]+)', first.decode())))
            total = len(first) + sum(len(server.ask(path)[1]) for path in files)
        started, floor, floor_times = [], [], []
        for _ in range(5):
            with served(["-m", "pamit", "serve", "--no-browser", "--port", "0"], home) as (link, begun):
                opened(link).ask("/")
                started.append(time.perf_counter() - begun)
            with served([here, "bare"], home) as (link, begun):
                plain = Server(int(link.rstrip("/").rpartition(":")[2]))
                plain.ask("/")
                floor.append(time.perf_counter() - begun)
                for _ in range(20):
                    begun = time.perf_counter()
                    plain.ask("/")
                    floor_times.append(1_000 * (time.perf_counter() - begun))
    start, bare_start = statistics.median(started), statistics.median(floor)
    lines = [
        f"### Pages of the app, {CASES:,} cases", "",
        "| page | median ms | p95 ms | largest, bytes |", "| --- | ---: | ---: | ---: |",
        *(f"| {name} | {percentiles(all_)} | {sizes[name]:,} |" for name, all_ in times.items()),
        f"| a bare FastAPI page | {percentiles(floor_times)} | 42 |", "",
        f"From `pamit serve` to the first page: {start:.2f} s, {start / bare_start:.1f} × a bare FastAPI page ({bare_start:.2f} s). "
        f"The first page with its {len(files)} files: {total:,} bytes, uncompressed.",
    ]  # fmt: skip
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["serve", database]:
            serve(database)
        case ["bare"]:
            bare()
        case _:
            print(pages())
