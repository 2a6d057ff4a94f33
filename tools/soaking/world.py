"""What the soak runs against: two mail servers, a small disk, two apps and two workers, each a process of its own."""

from __future__ import annotations

import importlib.util
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "rani@kirim.example"
"""Whose memory it is."""
DISK_MIB = 192


def load_servers() -> ModuleType:
    """The mail servers of the tests."""
    found = importlib.util.spec_from_file_location("pamit_servers", ROOT / "tests" / "mail" / "servers.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[found.name] = module
    found.loader.exec_module(module)
    return module


# -- the disk ---------------------------------------------------------------------------------------------------------


class SmallDisk:
    """A file system in memory that can be filled to the last byte."""

    name = f"a file system of {DISK_MIB} MiB in memory, filled to the last byte"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self, _processes: Sequence[int]) -> None:
        """Leave not a byte."""
        descriptor = os.open(self._ballast, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        try:
            for size in (2**20, 4096, 1):
                with suppress(OSError):
                    while os.write(descriptor, b"\0" * size) == size:
                        pass
        finally:
            os.close(descriptor)

    def heal(self, _processes: Sequence[int]) -> None:
        """Give the room back."""
        self._ballast.unlink(missing_ok=True)


class LimitedFiles:
    """Where nothing may be mounted: files that may not grow beyond their first page, for each running process."""

    name = "a limit on the size of files (nothing can be mounted here)"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, processes: Sequence[int]) -> None:
        """No write beyond the first 4 KiB of a file succeeds."""
        self._limit(processes, 4096)

    def heal(self, processes: Sequence[int]) -> None:
        """As before."""
        self._limit(processes, resource.RLIM_INFINITY)

    def _limit(self, processes: Sequence[int], most: int) -> None:
        for one in processes:
            with suppress(ProcessLookupError):
                _, hard = resource.prlimit(one, resource.RLIMIT_FSIZE)
                resource.prlimit(one, resource.RLIMIT_FSIZE, (most if most != resource.RLIM_INFINITY else hard, hard))


Disk = SmallDisk | LimitedFiles


def make_disk(folder: Path) -> Disk:
    """A small disk where one can be mounted (by root, in mounts of one's own), else limits."""
    folder.mkdir()
    if os.environ.get("PAMIT_SOAK_MOUNTS") == "1":
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m,mode=0700", "tmpfs", str(folder)],
            capture_output=True,
            check=False,
        )
        if done.returncode == 0:
            return SmallDisk(folder)
    return LimitedFiles(folder)


def with_own_mounts(command: Sequence[str]) -> None:
    """Run again with mounts of its own, so that nothing of it is seen by others or stays; returns where that cannot be."""
    if os.environ.get("PAMIT_SOAK_MOUNTS") is not None or os.getuid() != 0 or shutil.which("unshare") is None:
        return
    unshare = ["unshare", "--mount", "--propagation", "private"]
    probe = [*unshare, "sh", "-c", "mount -t tmpfs tmpfs /mnt"]
    if subprocess.run(probe, capture_output=True, check=False).returncode != 0:
        return
    # The queue of OpenSMTPD and its control socket are the machine's: another one may run beside ours.
    queue = 'mount -t tmpfs -o mode=0711 tmpfs /var/spool/smtpd && mount -t tmpfs -o mode=0755 tmpfs /run && exec "$@"'
    os.environ["PAMIT_SOAK_MOUNTS"] = "1"
    os.execvp("unshare", [*unshare, "sh", "-c", queue, "sh", *command])


# -- processes --------------------------------------------------------------------------------------------------------


@dataclass
class Process:
    """One of Pamit's processes.

    Attributes:
        out, err: where it writes, over all of its lives.
        lives: how often it was started.
        broken: ends that nobody asked for, with the exit status.
    """

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    folder: Path
    lives: int = 0
    broken: list[int] = field(default_factory=list)
    _running: subprocess.Popen[bytes] | None = None
    _turn: threading.RLock = field(default_factory=threading.RLock)

    @property
    def out(self) -> Path:
        return self.folder / f"{self.name}.out"

    @property
    def err(self) -> Path:
        return self.folder / f"{self.name}.err"

    @property
    def pid(self) -> int | None:
        """Of its present life; None where it has none."""
        running = self._running
        return running.pid if running is not None and running.poll() is None else None

    def start(self) -> None:
        """Begin a life."""
        with self._turn, self.out.open("ab") as out, self.err.open("ab") as err:
            self.lives += 1
            self._running = subprocess.Popen(self.command, env=dict(self.env), stdout=out, stderr=err, stdin=subprocess.DEVNULL)

    def kill(self) -> None:
        """SIGKILL."""
        with self._turn:
            self.look()
            if self._running is not None:
                self._running.kill()
                self._running.wait()
                self._running = None

    def stop(self, seconds: float = 90) -> int | None:
        """SIGTERM; its exit status, None where it did not heed it."""
        with self._turn:
            self.look()
            running, self._running = self._running, None
        if running is None:
            return 0
        running.send_signal(signal.SIGTERM)
        try:
            return running.wait(seconds)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
            return None

    def look(self) -> None:
        """Note an end that nobody asked for, and start anew."""
        with self._turn:
            if self._running is not None and (status := self._running.poll()) is not None:
                self.broken.append(status)
                self._running = None


class App(Process):
    """``pamit serve``, with the session of one browser for each life."""

    port: int = 0
    _session: tuple[int, str] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cookie(self) -> str:
        """The session of this life; signs in by the link that was printed last.

        Raises:
            httpx.TransportError: where it does not answer.
        """
        with self._turn:
            if self._session is not None and self._session[0] == self.lives:
                return self._session[1]
            links = re.findall(r"http://\S+/start\?token=\S+", self.out.read_text("utf-8", "replace"))
            if not links:
                raise httpx.ConnectError("no link yet")
            answer = httpx.get(links[-1], timeout=40, verify=False)
            cookie = answer.cookies.get("pamit")
            if cookie is None:
                raise httpx.ConnectError("the link is of an earlier life")
            self._session = (self.lives, cookie)
            return cookie


@dataclass
class World:
    """All of it.

    Attributes:
        steady: an app and a worker that no fault kills: their memory is measured.
        mortal: an app and a worker on the same memory that are killed.
    """

    folder: Path
    disk: Disk
    home: Path
    mail: Path
    imap: Any
    smtp: Any
    env: Mapping[str, str]
    apps: tuple[App, App]
    workers: tuple[Process, Process]
    token: str = ""

    @property
    def steady(self) -> tuple[Process, ...]:
        return self.apps[0], self.workers[0]

    @property
    def processes(self) -> tuple[Process, ...]:
        return *self.apps, *self.workers

    def pids(self) -> list[int]:
        """Of all of Pamit's processes that live."""
        return [one.pid for one in self.processes if one.pid is not None]

    def run(self, *arguments: str, stdin: str = "", timeout: float = 120) -> subprocess.CompletedProcess[bytes]:
        """A command of ``pamit`` in a process of its own."""
        command = [sys.executable, "-m", "pamit", *arguments]
        return subprocess.run(
            command, env=dict(self.env), input=stdin.encode(), capture_output=True, check=False, timeout=timeout
        )


@contextmanager
def make_world() -> Iterator[World]:
    """Start everything but the apps and workers; end everything."""
    servers = load_servers()
    folder = servers.own_folder()
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        disk = make_disk(folder / "disk")
        if isinstance(disk, SmallDisk):
            stack.callback(subprocess.run, ["umount", "--lazy", str(disk.folder)], capture_output=True, check=False)
        mail = folder / "mail"
        imap = stack.enter_context(servers.dovecot(mail=mail))
        smtp = stack.enter_context(servers.opensmtpd(mail=mail))
        home = disk.folder / "home"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PAMIT_", "LC_", "LANG"))}
        env = {
            **kept, "PAMIT_HOME": str(home), "PAMIT_LANGUAGE": "en", "PAMIT_SECRETS": "file", "PAMIT_ALLOW_PLAIN_LOOPBACK": "1",
            "PAMIT_TIMEZONE": "Asia/Jakarta", "PAMIT_QUIET": "none", "PAMIT_NAME": "Rani Kusuma", "PAMIT_EMAIL": ADDRESS,
            "PYTHONPATH": str(ROOT / "src"), "LANG": "C.UTF-8",
        }  # fmt: skip
        world = World(folder, disk, home, mail, imap, smtp, env, _apps(env, folder, servers), _workers(env, folder))
        for one in world.processes:
            stack.callback(one.kill)
        _prepare(world, servers.PASSWORD)
        yield world


def _apps(env: Mapping[str, str], folder: Path, servers: Any) -> tuple[App, App]:
    found = []
    for name in ("app-steady", "app-mortal"):
        port = servers.free_port()
        command = [sys.executable, "-m", "pamit", "serve", "--no-browser", "--port", str(port)]
        app = App(name, command, env, folder)
        app.port = port
        found.append(app)
    return found[0], found[1]


def _workers(env: Mapping[str, str], folder: Path) -> tuple[Process, Process]:
    command = [sys.executable, "-m", "pamit", "worker", "--notify", "line"]
    feed = ["--feed", str(folder / "pamit.ics")]
    return Process("worker-steady", command, env, folder), Process("worker-mortal", [*command, *feed], env, folder)


def _prepare(world: World, password: str) -> None:
    """The account, its password, and a token for the programs; in this process, by the world's own settings."""
    from datetime import UTC, datetime
    from secrets import token_bytes

    from pamit.adapters.oauth import secret_names
    from pamit.bootstrap import make_secrets, open_pamit
    from pamit.config import load_config
    from pamit.domain.account import Account, Auth, Security, Server

    # OpenSMTPD asks nobody here who they are, so sending needs no sign-in; the mailbox does.
    smtp = Server("127.0.0.1", world.smtp.port, Security.PLAIN)
    imap = Server("127.0.0.1", world.imap.port, Security.PLAIN)
    config = load_config(world.env)
    with open_pamit(config) as pamit:
        make_secrets(config).put(secret_names(ADDRESS)["password"], password)
        pamit.put_account(Account(ADDRESS, smtp, imap, Auth.NONE, name="Rani Kusuma"))
        _, world.token = pamit.add_token("soak", "read-write", datetime.now(UTC), token_bytes)


def wait_for_app(app: App, seconds: float = 40) -> None:
    """Until it lets a browser in."""
    until = time.monotonic() + seconds
    while True:
        try:
            app.cookie()
        except httpx.TransportError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
