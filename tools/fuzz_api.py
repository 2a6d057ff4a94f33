"""Asks the HTTP interface everything its description allows, and much that it does not, with every check of schemathesis.

    python tools/fuzz_api.py --examples 400 --seed 7            with a token
    python tools/fuzz_api.py --examples 40 --without-token      as whoever has none

The memory is a fresh one in a temporary folder with a few invented cases; no mail account, so nothing is ever sent.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_bytes
from typing import Any
from zoneinfo import ZoneInfo

from pamit.domain.message import Draft
from pamit.domain.terms import Channel, Language, Purpose
from pamit.services.pamit import Pamit
from pamit.services.ports import Listing

__all__ = ["Outcome", "fuzz", "served"]

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))

# A description cannot say that an end lies after a start, that the body must be within a limit, or that a version is old.
SETTINGS = """\
[checks]
positive_data_acceptance.expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "412", "422"]
negative_data_rejection.expected-statuses = ["400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "428"]
missing_required_header.expected-statuses = ["400", "401", "428"]
"""


# Such an id stands for one of the cases or messages that are there, another one each time.
_KNOWN = """\

[parameters]
"path.case" = "k7m2p"
"path.message" = "0123456789"
"path.rule" = "T1"
"""


@dataclass(frozen=True)
class Outcome:
    """What a run came to.

    Attributes:
        cases: how many requests were generated.
        seconds: by the clock.
    """

    passed: bool
    cases: int
    seconds: float
    said: str


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, dict[str, str], Pamit]]:
    """The app on a fresh memory: its address, and a token of each kind, the memory."""
    import uvicorn

    os.environ["PAMIT_HOME"] = str(folder)
    from pamit.bootstrap import open_pamit
    from pamit.config import keep_settings, load_config
    from pamit.services.intake import read_source
    from pamit.services.origin import Given, source_of
    from pamit.surfaces.api.routes.verbs import MESSAGE
    from pamit.surfaces.web.app import create_app
    from pamit.surfaces.web.guard import Keys
    from pamit.surfaces.web.serving import listen
    from pamit.surfaces.web.site import Site

    keep_settings(load_config().home, {"name": "Rani Kusuma"})
    with open_pamit() as pamit:
        tokens = {scope: pamit.add_token(scope, scope, NOW, token_bytes)[1] for scope in ("read", "read-write")}
        for number in range(40):
            text = MESSAGE.replace("Lembah Cahaya", f"Lembah {_name(number)}")
            pamit.add(read_source(text, now=NOW), source_of(text.encode(), Given(None, NOW, None, None, "whatsapp")), NOW)
        site = Site(pamit, Keys(), load_config, lambda: NOW, lambda: NOW.tzinfo or ZoneInfo("UTC"), lambda _: None)
        listener = listen(0)
        port = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(_Helped(create_app(site, port), pamit), log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{port}/api/v1", tokens, pamit
        finally:
            server.should_exit = True
            thread.join(10)


def _handed(pamit: Pamit, case: str) -> None:
    """A message that waits for somebody to say whether it went."""
    draft = Draft(Channel.EMAIL, "Terima kasih.", Language.ID, Purpose.CONFIRM, "Konfirmasi")
    pamit.hand_over(case, draft, "text", b"Terima kasih.", NOW, token_bytes)


class _Helped:
    """What a generator cannot know.

    Most requests get a key of their own: it likes to repeat the simplest one, and would be refused ever after. Addresses of
    cases and messages are led to ones that are there, but for what deletes them.
    """

    def __init__(self, app: Any, pamit: Pamit) -> None:
        self.app = app
        self.pamit = pamit
        self.count = 0
        self.ids: dict[str, list[str]] = {}

    def _there(self, path: str) -> str:
        if self.count % 200 == 1 or not self.ids:
            cases = [row.case for row in self.pamit.list(Listing(), NOW)]
            self.ids = {"k7m2p": cases, "0123456789": [one.id for one in self.pamit.outbox()]}
        for placeholder, known in self.ids.items():
            if known:
                path = path.replace(placeholder, known[self.count % len(known)])
        return path

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.count += 1
        if scope["type"] == "http" and scope["method"] != "DELETE":
            scope["path"] = self._there(scope["path"])
        if scope["type"] == "http" and self.count % 5:
            fresh = f"-{self.count}".encode()
            scope["headers"] = [
                (name, value + fresh if name == b"idempotency-key" and 0 < len(value) < 240 else value)
                for name, value in scope["headers"]
            ]
        await self.app(scope, receive, send)


def _name(number: int) -> str:
    return f"{'BCDGJKLM'[number % 8]}a{'ntrsl'[number // 8]}ung"


def fuzz(
    *, examples: int, seed: int, token: bool = True, known: bool = False, phases: str = "examples,coverage,fuzzing,stateful"
) -> Outcome:
    """Run schemathesis against the app.

    Args:
        examples: how many for each operation in each phase that draws by chance.
        token: whether requests carry a token that reads and writes.
        known: whether they name cases and messages that are there; else made-up ones.
    """
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        folder = Path(name)
        settings = folder / "schemathesis.toml"
        with served(folder / "home") as (address, tokens, pamit):
            from pamit.surfaces.api.openapi import document

            for row in pamit.list(Listing(), NOW):
                _handed(pamit, row.case)
            settings.write_text(SETTINGS + _KNOWN if known else SETTINGS, "utf-8")
            described = folder / "openapi.json"
            described.write_bytes(document())
            command = [
                sys.executable, "-m", "schemathesis.cli", "--config-file", str(settings), "run", str(described),
                "--url", address,
                "--checks", "all", "--phases", phases, "--max-examples", str(examples), "--seed", str(seed), "--no-color",
                "--generation-database", "none", "--suppress-health-check", "all",
            ]  # fmt: skip
            if token:
                command += ["--header", f"Authorization: Bearer {tokens['read-write']}"]
            began = time.monotonic()
            done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
            seconds = time.monotonic() - began
    said = done.stdout + done.stderr
    counted = re.search(r"(\d[\d,]*) generated", said)
    return Outcome(done.returncode == 0, int(counted[1].replace(",", "")) if counted else 0, seconds, said)


def main() -> int:
    """Run by the options and print what came of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--examples", type=int, default=400)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--phases", default="examples,coverage,fuzzing,stateful")
    options.add_argument("--without-token", action="store_true")
    options.add_argument("--known", action="store_true", help="name cases and messages that are there")
    chosen: Any = options.parse_args()
    found = fuzz(
        examples=chosen.examples, seed=chosen.seed, token=not chosen.without_token, known=chosen.known, phases=chosen.phases
    )
    print(found.said)  # noqa: T201
    print(f"{found.cases} cases in {found.seconds:.0f} s: {'passed' if found.passed else 'FAILED'}")  # noqa: T201
    return 0 if found.passed else 1


if __name__ == "__main__":
    sys.exit(main())
