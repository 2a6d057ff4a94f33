"""The end: what waits is carried out by a clock set forward, then what was promised is compared with what is there."""

from __future__ import annotations

import io
import re
import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_bytes
from typing import TYPE_CHECKING

from soaking.load import CANARY, Ledger, domain_of
from soaking.world import ADDRESS, World

if TYPE_CHECKING:
    from pamit.domain.outbox import Outgoing
    from pamit.services.pamit import Pamit

__all__ = ["Reckoning", "reckon"]

_ID = re.compile(rb"^Message-ID:\s*(<[^>\s]+>)", re.IGNORECASE | re.MULTILINE)
_QUEUED = re.compile(rb"^Received:[^\n]*(?:\n[ \t][^\n]*)*?\bid ([0-9a-f]{6,})", re.IGNORECASE | re.MULTILINE)
_EXPECTED = (
    re.compile(r"Pamit runs on this machine alone\. Stop with Ctrl-C\."),
    re.compile(r"At work; stop it with Ctrl-C\."),
    re.compile(r"Stopped\. Nothing is lost\."),
    re.compile(
        r"The store cannot be used just now \[(disk-full|store-unreachable|store-busy|cannot-write)\]; trying again soon\."
    ),
    re.compile(r"The mailbox \S+ cannot be read \((mailbox-unreachable|disk-full|store-unreachable|store-busy)\)\."),
)


@dataclass
class Reckoning:
    """What came of it.

    Attributes:
        figures: what is shown, in order.
        wrong: what may not be.
    """

    figures: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def hold(self, what: str, found: Iterable[object]) -> None:
        """Nothing of this kind may be."""
        said = [str(one) for one in found]
        if said:
            more = f" and {len(said) - 5} more" if len(said) > 5 else ""
            self.wrong.append(f"{what}: {', '.join(said[:5])}{more}")


def reckon(world: World, ledger: Ledger, kills: int) -> Reckoning:
    """Carry out what waits, and compare."""
    from pamit.bootstrap import open_pamit
    from pamit.config import load_config

    found = Reckoning(wrong=list(ledger.wrong))
    with open_pamit(load_config(world.env)) as pamit:
        now = datetime.now(UTC) + timedelta(minutes=11)  # every lease has run out by then
        doubts, now = _send_what_waits(world, pamit, now)
        _file_copies(pamit, now)
        _take_in(pamit, now, found)
        heard = _remind(pamit, now, found)
        _reckon_cases(world, pamit, ledger, found)
        _reckon_messages(world, pamit, ledger, doubts, found)
        _reckon_invitations(world, pamit, ledger, found)
        _reckon_reminders(world, pamit, ledger, heard, kills, found)
        _reckon_store(world, pamit, found)
    _reckon_logs(world, found)
    return found


# -- carrying out -----------------------------------------------------------------------------------------------------


def _mails(folder: Path) -> list[bytes]:
    return [
        file.read_bytes() for part in ("new", "cur") if (folder / part).is_dir() for file in sorted((folder / part).iterdir())
    ]


def _ids(data: bytes) -> str:
    match = _ID.search(data.replace(b"\r\n", b"\n").partition(b"\n\n")[0])
    return match[1].decode() if match else ""


def _await_queue(world: World) -> None:
    """Until the mail server has put everything that it took where it belongs."""
    queue = Path("/var/spool/smtpd/queue")
    until = time.monotonic() + 60
    while time.monotonic() < until and any(one.is_file() for one in queue.rglob("*")):
        time.sleep(0.2)
    time.sleep(0.5)


def _send_what_waits(world: World, pamit: Pamit, now: datetime) -> tuple[int, datetime]:
    """How many were in doubt, and the moment at which nothing waits any more."""
    from pamit.bootstrap import make_transport, worker_name
    from pamit.config import load_config
    from pamit.domain.outbox import SendState

    doubts = 0
    for _ in range(60):
        pamit.deliver(make_transport(load_config(world.env)), now, owner=worker_name())
        _await_queue(world)
        for one in pamit.outbox((SendState.UNKNOWN,)):
            # The person asks the recipient whether it came.
            came = any(_ids(data) == one.message_id for to in one.recipients for data in _mails(world.mail / to))
            pamit.resolve_message(one.id, now, sent=came)
            doubts += 1
        waiting = pamit.outbox((SendState.APPROVED, SendState.QUEUED, SendState.RETRY, SendState.SENDING))
        if not waiting:
            break
        now += timedelta(minutes=5)
    return doubts, now


def _file_copies(pamit: Pamit, now: datetime) -> None:
    from pamit.adapters.imap import ImapMailbox
    from pamit.adapters.oauth import Credentials
    from pamit.bootstrap import make_secrets

    # OpenSMTPD files no copies of its own: there is nothing to wait for.
    pamit.settle_copies(ImapMailbox(Credentials(make_secrets()).secret_of, allow_plain=True, waits=()), now)


def _take_in(pamit: Pamit, now: datetime, found: Reckoning) -> None:
    from pamit.bootstrap import make_mailbox

    for _ in range(20):
        synced = pamit.sync(make_mailbox(), now, random=token_bytes)
        found.hold("a mailbox that cannot be read in the end", synced.failed)
        if not synced.looked:
            break
    for one in pamit.proposals():
        pamit.accept(one.id, now)


def _remind(pamit: Pamit, now: datetime, found: Reckoning) -> str:
    """What is told in the end."""
    from pamit.bootstrap import here, make_notifier, worker_name
    from pamit.domain.terms import Language

    heard = io.StringIO()
    notifier = make_notifier("line", Language.EN, heard)
    for _ in range(10_000):
        done = pamit.give_reminders(notifier, here(), now, owner=worker_name())
        if not done.given or done.next_at is None or done.next_at > now:
            break
    else:
        found.wrong.append("reminders without end")
    return heard.getvalue()


# -- comparing --------------------------------------------------------------------------------------------------------


def _domains(pamit: Pamit) -> dict[str, list[str]]:
    """The cases by the company's domain that stands in their first message."""
    cases: dict[str, list[str]] = defaultdict(list)
    with pamit.store.reading() as view:
        for case in view.cases():
            texts = (view.source(one.digest) for one in view.sources(case))
            names = {name.decode() for text in texts for name in re.findall(rb"hr@([a-z]+\.example)", text)}
            for name in names or {""}:
                cases[name].append(case)
    return cases


def _reckon_cases(world: World, pamit: Pamit, ledger: Ledger, found: Reckoning) -> None:
    cases = _domains(pamit)
    lost = [company for company, case in ledger.kept.items() if case not in cases[domain_of(company)]]
    found.hold("cases that were acknowledged and are lost", lost)
    twice = [name for name, those in cases.items() if len(those) > 1]
    found.hold("companies with two cases", twice)
    known = {domain_of(one) for one in (*ledger.kept, *ledger.doubtful, *ledger.invited.values())}
    found.hold("cases of nobody's", (name for name in cases if name not in known and cases[name]))
    notes = Counter[str]()
    with pamit.store.reading() as view:
        for dossier in view.dossiers(list(ledger.notes)):
            notes[dossier.id] = sum(1 for entry in dossier.entries if entry.note and CANARY in entry.note)
    found.hold(
        "notes that were acknowledged and are lost", (case for case, count in ledger.notes.items() if notes[case] < count)
    )
    found.hold("notes that stand twice", (case for case, count in notes.items() if count > 1))
    halves = sum(1 for one in ledger.doubtful if cases[domain_of(one)])
    found.figures["cases acknowledged / there / twice"] = f"{len(ledger.kept)} / {len(ledger.kept) - len(lost)} / {len(twice)}"
    found.figures["cases whose keeping was cut off, of these kept"] = f"{len(ledger.doubtful)}, {halves}"
    found.figures["notes acknowledged"] = str(sum(ledger.notes.values()))


def _reckon_messages(world: World, pamit: Pamit, ledger: Ledger, doubts: int, found: Reckoning) -> None:
    from pamit.domain.outbox import SendState
    from pamit.domain.terms import EventKind

    sent = Counter(_ids(data) for data in _mails(world.mail / ADDRESS / ".Sent"))
    rows = {one.id: one for one in pamit.outbox()}
    never, twice, again, unfiled, undone, entries = [], [], 0, [], [], []
    approved = dict(ledger.approved)
    approved |= {message: to for message, to in ledger.half_approved.items() if rows[message].state != SendState.DRAFT}
    for message, to in approved.items():
        row: Outgoing = rows[message]
        copies = [data for data in _mails(world.mail / to) if _ids(data) == row.message_id]
        handed = {match[1] for data in copies if (match := _QUEUED.search(data.replace(b"\r\n", b"\n")))}
        if not copies:
            never.append(f"{message} ({row.state}, {row.trouble})")
        elif len(handed) != 1:
            twice.append(f"{message} ({len(handed)} times)")
        again += len(copies) - len(handed)
        if row.state != SendState.ACCEPTED:
            undone.append(f"{message} ({row.state}, {row.trouble})")
        if sent[row.message_id] != 1:
            unfiled.append(f"{message} ({sent[row.message_id]} copies)")
        events = pamit.case(row.case).case.events
        if sum(1 for one in events if one.kind == EventKind.MESSAGE_SENT) != 1:
            entries.append(row.case)
    drafts = {one.id for one in rows.values() if one.id not in approved}
    stray = [one.name for one in world.mail.iterdir() if one.name not in {*approved.values(), ADDRESS} and _mails(one)]
    found.hold("messages that were approved and never came", never)
    found.hold("messages that were handed over twice", twice)
    found.hold("messages that are not settled", undone)
    found.hold("messages without exactly one copy among the sent mails", unfiled)
    found.hold("cases without exactly one entry of their message", entries)
    found.hold("mails that nobody approved", stray)
    found.hold("drafts that went", (one for one in drafts if rows[one].reached))
    found.figures["messages approved / delivered once"] = f"{len(approved)} / {len(approved) - len(never) - len(twice)}"
    found.figures["of these by a yes that was cut off"] = str(len(approved) - len(ledger.approved))
    found.figures["messages in doubt, asked about in the end"] = str(doubts)
    found.figures["messages tried more than once"] = str(sum(1 for one in approved if rows[one].attempts > 1))
    found.figures["copies that the mail server itself doubled"] = str(again)


def _reckon_invitations(world: World, pamit: Pamit, ledger: Ledger, found: Reckoning) -> None:
    inbox = Counter(_ids(data) for data in _mails(world.mail / ADDRESS))
    lost = [name for name in ledger.invited if name not in inbox]
    found.hold("invitations that the mail server took and lost", lost)
    with pamit.store.reading() as view:
        cases = {name: list(dict.fromkeys(view.by_message_id([name]))) for name in inbox}
    found.hold("invitations without exactly one case", (name for name, those in cases.items() if len(those) != 1))
    several = sum(1 for count in inbox.values() if count > 1)
    found.figures["invitations delivered by mail / cases of them"] = f"{len(inbox)} / {sum(map(len, cases.values()))}"
    found.figures["invitations that came more than once"] = str(several)


def _reckon_reminders(world: World, pamit: Pamit, ledger: Ledger, heard: str, kills: int, found: Reckoning) -> None:
    from pamit.domain.reminder import MarkState

    text = heard + "".join(one.out.read_text("utf-8", "replace") for one in world.workers)
    told = Counter(re.findall(r"pamit show ([0-9a-z]+)", text))
    with pamit.store.reading() as view:
        marks = view.reminders.marks(list(view.cases()))
    given = {case: sum(1 for mark in those.values() if mark.state == MarkState.GIVEN) for case, those in marks.items()}
    found.hold("reminders that were marked and not told", (case for case, count in given.items() if told[case] < count))
    claimed = [case for case, those in marks.items() if any(mark.state == MarkState.CLAIMED for mark in those.values())]
    found.hold("reminders that stay claimed", claimed)
    answered = {one.case for one in pamit.outbox()}
    found.hold("reminders that were owed and never told", (case for case in ledger.overdue - answered if not told[case]))
    surplus = sum((told - Counter(given)).values())
    if surplus > kills:
        found.wrong.append(f"{surplus} reminders told twice by {kills} kills")
    found.figures["reminders given / told twice (one a kill is allowed)"] = f"{sum(given.values())} / {surplus}"


def _reckon_store(world: World, pamit: Pamit, found: Reckoning) -> None:
    file = world.home / "pamit.db"
    with sqlite3.connect(file) as connection:
        (said,) = connection.execute("PRAGMA integrity_check").fetchone()
    if said != "ok":
        found.wrong.append("the database is damaged")
    done = world.run("doctor")
    if done.returncode != 0:
        found.wrong.append(f"pamit doctor ended with {done.returncode}")
    found.figures["the database in the end"] = f"{file.stat().st_size / 2**20:.1f} MiB, whole; `pamit doctor` finds nothing"


def _reckon_logs(world: World, found: Reckoning) -> None:
    lines = Counter[str]()
    for one in world.processes:
        for line in one.err.read_text("utf-8", "replace").splitlines():
            lines[f"{one.name.partition('-')[0]}: {line}"] += 1
        texts = (one.err, one.out)
        found.hold(
            "words of messages in what is written", (file.name for file in texts if CANARY.encode() in file.read_bytes())
        )
        broken = [f"{one.name} (status {status})" for status in one.broken]
        found.hold("processes that ended by themselves", broken)
    unexplained = [line for line in lines if not any(form.fullmatch(line.partition(": ")[2]) for form in _EXPECTED)]
    found.hold("unexplained lines in the logs", unexplained)
    expected = {line: count for line, count in lines.items() if "[" in line or "mailbox" in line}
    codes = Counter[str]()
    for line, count in expected.items():
        match = re.search(r"[\[(]([a-z-]+)[\])]", line)
        codes[match[1] if match else "?"] += count
    found.figures["troubles told in the logs"] = ", ".join(f"{code} {count}" for code, count in codes.most_common()) or "none"
