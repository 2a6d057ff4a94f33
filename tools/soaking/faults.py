"""What breaks, and when: a timeline made from a seed before anything begins."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass

from soaking.load import Load
from soaking.world import World, wait_for_app

__all__ = ["KINDS", "Fault", "Faults", "timeline"]

KINDS = {
    "worker killed": 4, "app killed": 3, "app killed as it sends": 3,
    "SMTP server gone": 2, "IMAP server gone": 2, "disk full": 2,
}  # fmt: skip
"""How often each happens beside the others."""


@dataclass(frozen=True)
class Fault:
    """Something that breaks: seconds from the beginning, and how many seconds it stays broken."""

    at: float
    kind: str
    lasts: float


def timeline(seed: int, seconds: float) -> tuple[Fault, ...]:
    """The faults of a run: each kind at least once, the others by their weight."""
    chance = random.Random(f"{seed}-faults")
    gap = min(max(seconds / 8, 3.0), 14.0)
    longest = 4.0 if seconds < 120 else 25.0
    kinds = list(KINDS)
    chance.shuffle(kinds)
    found: list[Fault] = []
    at = gap
    while at < seconds - gap / 2:
        kind = kinds[len(found)] if len(found) < len(kinds) else chance.choices(list(KINDS), list(KINDS.values()))[0]
        found.append(Fault(at, kind, chance.uniform(1.5, longest)))
        at += gap * chance.uniform(0.5, 1.3)
    return tuple(found)


class Faults:
    """Lets them happen; different kinds may overlap."""

    def __init__(self, world: World, load: Load, seed: int) -> None:
        self.world = world
        self.load = load
        self.happened: Counter[str] = Counter()
        self.kills = 0
        self._chance = random.Random(f"{seed}-moments")
        self._turns = {kind: threading.Lock() for kind in KINDS} | {"app killed as it sends": threading.Lock()}
        self._turns["app killed as it sends"] = self._turns["app killed"]
        self._threads: list[threading.Thread] = []

    def begin(self, fault: Fault) -> None:
        """Let one happen, aside."""
        work = {
            "worker killed": self._worker, "app killed": self._app, "app killed as it sends": self._app_as_it_sends,
            "SMTP server gone": self._smtp, "IMAP server gone": self._imap, "disk full": self._disk,
        }[fault.kind]  # fmt: skip

        def run() -> None:
            with self._turns[fault.kind]:
                try:
                    work(fault)
                except Exception as error:
                    self.load.ledger.wrong.append(f"{fault.kind}: {type(error).__name__}: {error}")
                self.happened[fault.kind] += 1

        thread = threading.Thread(target=run, daemon=True)
        self._threads.append(thread)
        thread.start()

    def end(self) -> None:
        """Wait until all is whole again."""
        for one in self._threads:
            one.join(180)

    def _worker(self, fault: Fault) -> None:
        """Most of its work is done just after it started, so it is killed there again and again."""
        worker = self.world.workers[1]
        for _ in range(3):
            worker.kill()
            self.kills += 1
            worker.start()
            time.sleep(self._chance.uniform(0.6, 4.0 if self.load.pace == 1 else 1.5))

    def _app(self, fault: Fault) -> None:
        app = self.world.apps[1]
        app.kill()
        time.sleep(min(fault.lasts, 4.0) / 4)
        app.start()
        wait_for_app(app, 90)

    def _app_as_it_sends(self, fault: Fault) -> None:
        self._await_sending()
        self._app(fault)

    def _await_sending(self) -> None:
        """Until about the moment at which the next message is due, if that is soon."""
        now = time.monotonic()
        ahead = sorted(due - now for due in list(self.load.ledger.due_at.values()) if now < due < now + 16 / self.load.pace)
        if ahead:
            time.sleep(max(ahead[0] + self._chance.uniform(-0.3, 0.6), 0))

    def _smtp(self, fault: Fault) -> None:
        if self._chance.random() < 0.5:
            self._await_sending()
        self.world.smtp.program.kill()
        time.sleep(fault.lasts)
        self.world.smtp.program.start()

    def _imap(self, fault: Fault) -> None:
        self.world.imap.program.kill()
        time.sleep(fault.lasts)
        self.world.imap.program.start()

    def _disk(self, fault: Fault) -> None:
        self.world.disk.fill(self.world.pids())
        time.sleep(fault.lasts)
        self.world.disk.heal(self.world.pids())
