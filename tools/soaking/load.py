"""What people and programs do while everything breaks: pages, cases, drafts, messages approved, invitations by mail.

Whatever was acknowledged is put down here; the reckoning compares it with what is there in the end.
"""

from __future__ import annotations

import random
import re
import signal
import smtplib
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from html import unescape
from typing import Any

import httpx

from soaking.world import ADDRESS, App, World

__all__ = ["CANARY", "Ledger", "Load"]

CANARY = "zqxvkenari"
"""Stands in every message, note and subject, and may stand in no log."""

_SYLLABLES = "ba be da di fa gu ha ja ka ke la li ma mu na ni pa ra ro sa si ta te ti wa wi ya yu".split()
_POSITIONS = (
    "Staf Gudang",
    "Kasir",
    "Analis Data",
    "Perawat",
    "Guru Matematika",
    "Staf Pengadaan",
    "Teknisi",
    "Desainer Grafis",
)
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
_PAGES = (
    "/",
    "/cases",
    "/calendar",
    "/insight",
    "/guide",
    "/check",
    "/add",
    "/search?q=wawancara",
    "/settings",
    "/cases?stage=open",
)
_PURPOSES = ("confirm", "ask_details", "acknowledge", "decline")


@dataclass
class Ledger:
    """What was promised to whoever asked.

    Attributes:
        kept: the case of each company whose keeping was acknowledged.
        overdue: those of them whose answer was overdue when they were kept: a reminder is owed.
        doubtful: companies whose keeping was cut off: they are there once or not at all.
        approved: the recipient by message, of those to which a yes was acknowledged.
        half_approved: the recipient of those whose yes was cut off.
        told: what was refused or cut off, by kind; for the report.
        wrong: what may not happen.
    """

    kept: dict[str, str] = field(default_factory=dict)
    overdue: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    notes: Counter[str] = field(default_factory=Counter)
    approved: dict[str, str] = field(default_factory=dict)
    half_approved: dict[str, str] = field(default_factory=dict)
    invited: dict[str, str] = field(default_factory=dict)
    due_at: dict[str, float] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    pages: list[float] = field(default_factory=list)


class CutOffError(Exception):
    """The line broke: whether it was done nobody knows."""


class RefusedError(Exception):
    """It was said that it was not done."""


class Load:
    """Threads that do all of it until they are told to stop.

    Args:
        pace: how much quicker than usual; the short form has little time.

    Attributes:
        grown: from then on no new case begins: the same invitations come again, and memory can be seen to be flat.
    """

    def __init__(self, world: World, seed: int, pace: float) -> None:
        self.world = world
        self.pace = pace
        self.ledger = Ledger()
        self.seed = seed
        self.grown = threading.Event()
        self._stop = threading.Event()
        self._turn = threading.Lock()
        self._names = random.Random(f"{seed}-names")
        self._used: set[str] = set()
        self._threads: list[threading.Thread] = []
        self._bodies: dict[str, dict[str, str]] = {}
        self._mails: dict[str, bytes] = {}

    def start(self) -> None:
        """Begin."""
        jobs: tuple[tuple[str, float, Callable[[random.Random], None]], ...] = (
            ("page", 0.8, self.look_at_page),
            ("case", 3.0, self.keep_case),
            ("draft", 1.5, self.check_draft),
            ("message", 9.0, self.approve_in_app),
            ("command", 16.0, self.approve_by_command),
            ("invitation", 10.0, self.invite),
            ("proposal", 12.0, self.accept_proposals),
        )
        for name, pause, work in jobs:
            one = threading.Thread(target=self._repeat, args=(name, pause / self.pace, work), name=name, daemon=True)
            self._threads.append(one)
            one.start()

    def stop(self) -> None:
        """End what is at hand, and no more."""
        self._stop.set()
        for one in self._threads:
            one.join(150)
            if one.is_alive():
                self.ledger.wrong.append(f"the load's thread {one.name} hangs")

    def _repeat(self, name: str, pause: float, work: Callable[[random.Random], None]) -> None:
        chance = random.Random(f"{self.seed}-{name}")
        while not self._stop.wait(pause * chance.uniform(0.5, 1.5)):
            try:
                work(chance)
            except (CutOffError, RefusedError) as error:
                self._told(f"{name}: {error}")
            except Exception as error:  # a mistake of the soak's own must not pass for quiet
                self.ledger.wrong.append(f"the load's thread {name}: {type(error).__name__}: {error}")
            else:
                with self._turn:
                    self.ledger.done[name] += 1

    def _told(self, what: str) -> None:
        with self._turn:
            self.ledger.told[what] += 1

    # -- asking ---------------------------------------------------------------------------------------------------

    def _app(self, chance: random.Random) -> App:
        return chance.choice(self.world.apps)

    def _program(self, app: App, method: str, path: str, body: Any = None, key: str | None = None) -> httpx.Response:
        headers = {"authorization": f"Bearer {self.world.token}", "accept-language": "en"}
        if key is not None:
            headers["idempotency-key"] = key
        return self._ask(app, method, f"/api/v1{path}", headers=headers, json=body)

    def _browser(self, app: App, method: str, path: str, form: dict[str, str] | None = None) -> httpx.Response:
        try:
            cookies = {"pamit": app.cookie()}
        except httpx.TransportError as error:
            raise CutOffError("cut off") from error
        headers = {"origin": app.address} if method == "POST" else {}
        return self._ask(app, method, path, headers=headers, cookies=cookies, data=form)

    def _ask(self, app: App, method: str, path: str, **more: Any) -> httpx.Response:
        cookies = more.pop("cookies", None)
        try:
            # Nothing is TLS here, and reading the list of authorities takes longer than most requests.
            with httpx.Client(base_url=app.address, timeout=90, cookies=cookies, verify=False) as client:
                answer = client.request(method, path, **more)
        except httpx.TransportError as error:
            raise CutOffError("cut off") from error
        if answer.status_code == 500:
            self.ledger.wrong.append(f"{method} {_shape(path)} answered 500")
        return answer

    # -- pages ----------------------------------------------------------------------------------------------------

    def look_at_page(self, chance: random.Random) -> None:
        """Any page, or a case's."""
        with self._turn:
            cases = list(self.ledger.kept.values())
        path = chance.choice(_PAGES) if not cases or chance.random() < 0.6 else f"/cases/{chance.choice(cases)}"
        begun = time.perf_counter()
        answer = self._browser(self._app(chance), "GET", path)
        if answer.status_code != 200:
            raise RefusedError(str(answer.status_code))
        with self._turn:
            self.ledger.pages.append(time.perf_counter() - begun)

    # -- cases ----------------------------------------------------------------------------------------------------

    def _company(self) -> str:
        with self._turn:
            while True:
                words = ["".join(self._names.choices(_SYLLABLES, k=3)).capitalize() for _ in range(2)]
                if not self._used & set(words):
                    self._used |= set(words)
                    return f"PT {' '.join(words)}"

    def keep_case(self, chance: random.Random) -> None:
        """An invitation is pasted; asked again under the same key until an answer comes. Half are overdue already."""
        if self.grown.is_set():
            self._keep_again(chance)
            return
        company, app = self._company(), self._app(chance)
        late = chance.random() < 0.5
        received = datetime.now(UTC) - timedelta(hours=30 if late else 1)
        body = {"text": invitation(company, chance), "channel": "email", "received": received.isoformat()}
        answer = self._until_answered(app, "/cases", body, company)
        if answer is None:
            with self._turn:
                self.ledger.doubtful.add(company)
            return
        if answer.status_code != 201:
            self.ledger.wrong.append(f"a case of its own was answered {answer.status_code} {code_of(answer)}")
            return
        case = answer.json()["case"]
        with self._turn:
            self.ledger.kept[company] = case
            self._bodies[company] = body
            if late:
                self.ledger.overdue.add(case)
        noted = self._until_answered(app, f"/cases/{case}/notes", {"words": f"Bawa CV. {CANARY}"}, f"{company} note")
        if noted is not None and noted.status_code < 300:
            with self._turn:
                self.ledger.notes[case] += 1

    def _keep_again(self, chance: random.Random) -> None:
        """The same message is pasted another day: it is known, and changes nothing."""
        with self._turn:
            company = chance.choice(sorted(self._bodies))
        answer = self._until_answered(
            self._app(chance), "/cases", self._bodies[company], f"{company} {chance.randrange(10**9)}"
        )
        if answer is not None and (answer.status_code != 200 or answer.json()["case"] != self.ledger.kept[company]):
            self.ledger.wrong.append(f"a known invitation was answered {answer.status_code} {code_of(answer)}")

    def _until_answered(self, app: App, path: str, body: Any, key: str) -> httpx.Response | None:
        """Ask until it is done; None where a kill left it in doubt."""
        cut = refused = False
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                answer = self._program(app, "POST", path, body, key.replace(" ", "-"))
            except CutOffError:
                cut = True
                self._told("asked again after a cut")
                time.sleep(0.3)
                continue
            if answer.status_code == 503:
                refused = True
                self._told(f"asked again after 503 {code_of(answer)}")
                time.sleep(0.5)
                continue
            if answer.status_code == 409 and code_of(answer) == "key-in-use":
                if refused and not cut:
                    self.ledger.wrong.append("a request that was told to have failed cannot be made again under its key")
                return None
            return answer
        return None

    def check_draft(self, chance: random.Random) -> None:
        """A draft is checked, now and then in the app."""
        text = (
            f"Yth. Ibu Sinta,\n\nTerima kasih atas undangannya. {CANARY} Saya bersedia hadir pada hari Jumat.\n\n"
            "Hormat saya,\nRani Kusuma"
        )
        app = self._app(chance)
        answer = self._program(app, "POST", "/check", {"text": text, "purpose": "confirm"})
        if answer.status_code != 200:
            raise RefusedError(f"{answer.status_code} {code_of(answer)}")

    # -- messages -------------------------------------------------------------------------------------------------

    def _unanswered(self, chance: random.Random) -> tuple[str, str]:
        """A case to which nothing was written, and an address that nobody else has."""
        with self._turn:
            free = sorted(company for company in self.ledger.kept if company not in self._used)
            if not free:
                raise RefusedError("no case to write about")
            company = chance.choice(free)
            self._used.add(company)
            return self.ledger.kept[company], recipient_of(company)

    def approve_in_app(self, chance: random.Random) -> None:
        """A program prepares, the person says yes on the page."""
        case, to = self._unanswered(chance)
        app = self._app(chance)
        body = {"purpose": chance.choice(_PURPOSES), "candidate": {"name": "Rani Kusuma"}, "to": [f"Ibu Sinta <{to}>"]}
        if body["purpose"] == "decline":
            body["reason"] = "other_offer"
        answer = self._until_answered(app, f"/cases/{case}/messages", body, f"{case} message")
        if answer is None:
            raise CutOffError("cut off")
        if answer.status_code != 201:
            raise RefusedError(f"{answer.status_code} {code_of(answer)}")
        message = answer.json()["id"]
        page = self._browser(app, "GET", f"/messages/{message}")
        if page.status_code != 200:
            raise RefusedError(str(page.status_code))
        with self._turn:
            self.ledger.half_approved[message] = to
        form = form_of(page.text, f"/messages/{message}/approve")
        if "override" in form:
            form["override"] = "soak"
        yes = self._browser(app, "POST", f"/messages/{message}/approve", form)
        if yes.status_code != 303:
            raise RefusedError(f"yes {yes.status_code}")
        with self._turn:
            self.ledger.approved[message] = self.ledger.half_approved.pop(message)
            self.ledger.due_at[message] = time.monotonic() + 15

    def approve_by_command(self, chance: random.Random) -> None:
        """From processes of their own: for a little later, or at once, which some do not survive."""
        case, to = self._unanswered(chance)
        wanted = ("send", case, "--purpose", "confirm", "--to", f"Ibu Sinta <{to}>", "--json")
        shown = self.world.run(*wanted, "--preview")
        if shown.returncode != 0:
            raise RefusedError(f"status {shown.returncode}")
        found = httpx.Response(200, content=shown.stdout).json()
        message, digest = found["id"], found["digest"]
        with self._turn:
            self.ledger.half_approved[message] = to
        yes = ["--yes", "--digest", digest, "--override", "soak"]
        if chance.random() < 0.5:
            yes += ["--later", (datetime.now(UTC) + timedelta(seconds=3)).isoformat()]
            done = self.world.run(*wanted, *yes)
            status = done.returncode
        else:
            status = self._sent_at_once([*wanted, *yes], chance)
        if status in (0, 75):
            with self._turn:
                self.ledger.approved[message] = self.ledger.half_approved.pop(message)
        else:
            raise RefusedError(f"status {status}")

    def _sent_at_once(self, arguments: list[str], chance: random.Random) -> int:
        sender = subprocess.Popen(
            [sys.executable, "-m", "pamit", *arguments],
            env=dict(self.world.env),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        with suppress(subprocess.TimeoutExpired):
            # Sending takes it about half a second to a second and a half, and the copy longer.
            sender.communicate(timeout=chance.uniform(0.5, 2.0) if chance.random() < 0.6 else 60)
        if sender.poll() is None:
            sender.send_signal(signal.SIGKILL)
            sender.communicate()
            self._told("command killed while it sent")
        return sender.returncode

    # -- invitations by mail --------------------------------------------------------------------------------------

    def invite(self, chance: random.Random) -> None:
        """An employer's mail goes in by SMTP, now and then twice; after a cut it is sent again, as mail servers do."""
        if self.grown.is_set():
            with self._turn:
                name = chance.choice(sorted(self._mails))
            self._mail(name, self.ledger.invited[name], self._mails[name])
            return
        company = self._company()
        name = f"<undangan.{chance.randrange(10**12)}@{domain_of(company)}>"
        mail = EmailMessage(SMTP.clone(max_line_length=998))
        mail["From"], mail["To"] = f"Sinta Wulandari <{recipient_of(company)}>", f"Rani Kusuma <{ADDRESS}>"
        mail["Subject"] = f"Undangan Wawancara - {company} - {CANARY}"
        mail["Date"], mail["Message-ID"] = datetime.now(UTC) - timedelta(minutes=1), name
        mail.set_content(invitation(company, chance))
        for _ in range(2 if chance.random() < 0.2 else 1):
            self._mail(name, company, mail.as_bytes())

    def _mail(self, name: str, company: str, data: bytes) -> None:
        while not self._stop.is_set():
            try:
                with smtplib.SMTP("127.0.0.1", self.world.smtp.port, local_hostname="soak", timeout=20) as session:
                    session.sendmail(recipient_of(company), [ADDRESS], data)
            except (OSError, smtplib.SMTPException):
                self._told("employer's server tries again")
                self._stop.wait(1)
            else:
                with self._turn:
                    self.ledger.invited[name] = company
                    self._mails[name] = data
                return

    def accept_proposals(self, chance: random.Random) -> None:
        """The mailbox is looked into, and what it proposes is accepted."""
        app = self._app(chance)
        if chance.random() < 0.3:
            looked = self._program(app, "POST", "/sync", key=f"sync-{chance.random()}")
            self._told(f"looked into the mailbox by the app: {looked.status_code}")
        answer = self._program(app, "GET", "/proposals")
        if answer.status_code != 200:
            raise RefusedError(f"{answer.status_code} {code_of(answer)}")
        for one in answer.json()["proposals"]:
            self._until_answered(app, f"/proposals/{one['id']}/accept", None, f"accept-{one['id']}")


# -- words ------------------------------------------------------------------------------------------------------------


def domain_of(company: str) -> str:
    """The company's domain."""
    return f"{company.removeprefix('PT ').replace(' ', '').lower()}.example"


def recipient_of(company: str) -> str:
    """The one who is written to."""
    return f"hr@{domain_of(company)}"


def invitation(company: str, chance: random.Random) -> str:
    """An invitation's words."""
    day = datetime.now(UTC) + timedelta(days=chance.randint(4, 25))
    return (
        f"Yth. Rani Kusuma,\n\nKami mengundang Anda untuk wawancara posisi {chance.choice(_POSITIONS)} di {company} pada:\n\n"
        f"Hari/tanggal: {_DAYS[day.weekday()]}, {day.day} {_MONTHS[day.month - 1]} {day.year}\n"
        f"Pukul: {chance.randint(8, 15):02}.00 WIB\nTempat: Jl. Melati No. {chance.randint(1, 90)}, Bandung\n\n"
        f"Kode berkas: {CANARY}{chance.randrange(10**6)}\n\nMohon konfirmasi dengan membalas ke {recipient_of(company)}.\n\n"
        f"Hormat kami,\nSinta Wulandari\n{company}\n"
    )


def code_of(answer: httpx.Response) -> str:
    """The code of a problem."""
    with suppress(ValueError):
        return str(answer.json().get("code", ""))
    return ""


def form_of(page: str, action: str) -> dict[str, str]:
    """The fields of the form that leads there, as they stand."""
    found = re.search(rf'<form\b[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', page, re.DOTALL)
    fields = {}
    for tag in re.findall(r"<input\b[^>]*>", found[1] if found else ""):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and not re.search(r'type="(checkbox|radio)"', tag):
            fields[name[1]] = unescape(value[1]) if value else ""
    return fields


def _shape(path: str) -> str:
    return re.sub(r"/[0-9a-z]{5,}(?=/|$)", "/…", path.partition("?")[0])
