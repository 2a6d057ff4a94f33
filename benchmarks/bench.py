"""Measures Pamit beside other tools, in one run on one core, and writes docs/benchmarks.md.

    python benchmarks/bench.py            everything
    python benchmarks/bench.py reading    one part: reading, checking, writing, planning, starting, pages, scan, mcp, phone or growth

Each tool reads the same texts; the rounds of the tools are interleaved, the first of each is not counted, and the median is
shown. A peer that is not installed is named as absent, never left out silently. `make bench` installs them.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from assistants import assistants
from chart import ratio_chart
from growth import growth, mail_growth
from pages import pages
from scan import Comparison, scan
from phone import phone
from store_scale import NOW, fill

from pamit.adapters.store import SqlStore, open_store

ROOT = Path(__file__).resolve().parent.parent
PEERS = Path(__file__).resolve().parent / "peers"
SHARED = ROOT.parent / "shared" / "data"
DATA = ROOT / "tests" / "data"
ROUNDS = 5


@dataclass
class Table:
    """One measured comparison."""

    title: str
    unit: str
    amount: int
    seconds: dict[str, list[float]] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)

    def rate(self, name: str) -> float:
        return self.amount / statistics.median(self.seconds[name])

    def markdown(self) -> str:
        ours = self.rate("pamit")
        lines = [f"### {self.title}", "", f"| tool | {self.unit} a second | Pamit is |", "| --- | ---: | ---: |"]
        for name in self.seconds:
            ratio = "1" if name == "pamit" else f"{ours / self.rate(name):.1f} × as quick"
            lines.append(f"| {name} | {self.rate(name):,.0f} | {ratio} |")
        lines += [f"| {name} | not installed | |" for name in self.absent]
        return "\n".join([*lines, ""])


def rows(name: str) -> list[dict[str, Any]]:
    """Labelled rows: those beside the repository where they are, else the project's own."""
    path = SHARED / name if (SHARED / name).exists() else DATA / name
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def timed(run: Callable[[], None]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def interleave(
    table: Table, ours: dict[str, Callable[[], None]], peers: dict[str, list[str]], texts: list[dict[str, str]]
) -> Table:
    """Run everything in turn, a warming round first."""
    for run in ours.values():
        run()
    fed = "\n".join(json.dumps(text) for text in texts).encode()
    for _ in range(ROUNDS):
        for name, run in ours.items():
            table.seconds.setdefault(name, []).append(timed(run))
        for name, command in peers.items():
            if name in table.absent:
                continue
            done = subprocess.run(command, input=fed, capture_output=True, check=False)
            if done.returncode:
                table.absent.append(name)
            else:
                table.seconds.setdefault(name, []).append(float(done.stdout.split()[-1]))
    return table


def node(tool: str) -> list[str]:
    return [shutil.which("node") or "node", str(PEERS / "peer.mjs"), tool, "1"]


def python_peer(tool: str) -> list[str]:
    return [os.environ.get("PEER_PYTHON", sys.executable), str(PEERS / "peer.py"), tool]


def reading() -> Table:
    """Invitations read whole, against tools that only look for dates."""
    from pamit.services.intake import read_source

    given = [row for row in rows("invitations.jsonl") if row.get("text")]
    texts = [{"text": row["text"], "now": row["received"]} for row in given]

    def pamit() -> None:
        for row in given:
            read_source(
                row["text"], subject=row.get("subject"), sender=row.get("from"),
                received=datetime.fromisoformat(row["received"]), channel=row.get("channel"),
            )  # fmt: skip

    table = Table("Reading invitations (peers only search for dates)", "texts", len(given))
    peers = {"dateparser search_dates": python_peer("dateparser"), "chrono-node (id)": node("chrono-node")}
    return interleave(table, {"pamit": pamit}, peers, texts)


def checking() -> Table:
    """The English drafts, against checkers of English style."""
    from pamit.services.checking import check_message
    from pamit.surfaces.records import CheckRow, context_from

    import msgspec

    given = [msgspec.convert(row, CheckRow, strict=False) for row in rows("messages.jsonl") if row["lang"] == "en"]
    ready = [(row, context_from(row.context)) for row in given]

    def pamit() -> None:
        for row, context in ready:
            check_message(
                row.text, context, channel=row.channel or "email", purpose=row.purpose, language=row.lang, subject=row.subject
            )

    table = Table("Checking English drafts", "drafts", len(given))
    peers = {"write-good": node("write-good"), "alex": node("alex"), "harper": node("harper"), "proselint": python_peer("proselint")}
    return interleave(table, {"pamit": pamit}, peers, [{"text": row.text} for row in given])


def checking_all() -> Table:
    """All drafts in both languages; no other tool checks Indonesian."""
    from pamit.services.checking import check_message
    from pamit.surfaces.records import CheckRow, context_from

    import msgspec

    ready = [
        (row, context_from(row.context))
        for row in (msgspec.convert(one, CheckRow, strict=False) for one in rows("messages.jsonl"))
    ]

    def pamit() -> None:
        for row, context in ready:
            check_message(
                row.text, context, channel=row.channel or "email", purpose=row.purpose, language=row.lang, subject=row.subject
            )

    return interleave(Table("Checking drafts in both languages", "drafts", len(ready)), {"pamit": pamit}, {}, [])


def writing() -> Table:
    """Messages composed and checked; no peer composes such messages."""
    from pamit.domain.interview import Candidate, Case, Contact, Interview
    from pamit.domain.terms import Channel, Language, Purpose, Reason
    from pamit.services.checking import check_message, context_of
    from pamit.services.writing import write_message

    now = datetime.fromisoformat("2026-11-23T12:00:00+07:00")
    start = datetime.fromisoformat("2026-11-27T09:00:00+07:00")
    case = Case(
        Interview(
            company="PT Samudra Teknik Abadi", position="Staf Pengadaan", start=start, timezone="Asia/Jakarta", received=now,
            invited_via=Channel.EMAIL, contact=Contact("Ibu Ratih", "ratih@samudrateknik.example"),
        )
    )  # fmt: skip
    me = Candidate("Rani Kusuma", "rani@example.com", "0812-0000-1234", "Surabaya")
    context = context_of(case, me, now)
    jobs = [
        (purpose, language, channel, reason, variant)
        for purpose in (Purpose.CONFIRM, Purpose.DECLINE, Purpose.CANCEL, Purpose.RESCHEDULE, Purpose.WITHDRAW)
        for language in Language
        for channel in (Channel.EMAIL, Channel.TEXT, Channel.LETTER)
        for reason in (None, Reason.OTHER_OFFER, Reason.SCHEDULE)
        for variant in range(3)
    ]

    def pamit() -> None:
        for purpose, language, channel, reason, variant in jobs:
            draft = write_message(
                case, purpose, candidate=me, now=now, language=language, channel=channel, reason=reason, variant=variant
            )
            check_message(draft, context)

    return interleave(Table("Writing a message and checking it", "messages", len(jobs)), {"pamit": pamit}, {}, [])


def planning() -> Table:
    """Plans of whole cases."""
    import msgspec

    from pamit.domain.plan import make_plan
    from pamit.surfaces.records import PlanRow, case_from, intent_from

    given = [msgspec.convert(row, PlanRow) for row in map(json.loads, (DATA / "plans.jsonl").read_text("utf-8").splitlines())]
    ready = [(case_from(row.interview, row.events), row.now, intent_from(row.intent)) for row in given]

    def pamit() -> None:
        for case, now, intent in ready:
            make_plan(case, now, intent)

    return interleave(Table("Planning a case", "plans", len(ready)), {"pamit": pamit}, {}, [])


def starting() -> str:
    """Whole processes beside bare Python; ``today`` with a memory of 10,000 cases."""
    with tempfile.TemporaryDirectory() as home:
        store = open_store(f"sqlite:///{Path(home) / 'pamit.db'}")
        assert isinstance(store, SqlStore)
        fill(store, 10_000)
        store.close()
        return _starting(home)


def _starting(home: str) -> str:
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -c 'import pamit'": [sys.executable, "-c", "import pamit"],
        "python -c 'import click'": [sys.executable, "-c", "import click"],
        "pamit --version": [sys.executable, "-m", "pamit", "--version"],
        "pamit check draf.txt": [sys.executable, "-m", "pamit", "check", str(ROOT / "examples" / "draf.txt")],
        "pamit read undangan-surel.eml": [sys.executable, "-m", "pamit", "read", str(ROOT / "examples" / "undangan-surel.eml")],
        "pamit today": [sys.executable, "-m", "pamit", "today", "--now", NOW.isoformat()],
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PAMIT_HOME"] = home
    for turn in range(ROUNDS * 2 + 1):
        for name, command in commands.items():
            spent = timed(lambda c=command: subprocess.run(c, capture_output=True, env=environment, check=False))  # type: ignore[misc]
            if turn:
                seconds[name].append(spent)
    bare = statistics.median(seconds["python -c pass"])
    lines = ["### Starting", "", "| command | milliseconds | × bare Python |", "| --- | ---: | ---: |"]
    lines += [
        f"| `{name}` | {1000 * statistics.median(all_):.0f} | {statistics.median(all_) / bare:.1f} |"
        for name, all_ in seconds.items()
    ]
    return "\n".join([*lines, ""])


PARTS: dict[str, list[Callable[[], Table | Comparison | str]]] = {
    "reading": [reading], "checking": [checking, checking_all], "writing": [writing], "planning": [planning],
    "starting": [starting], "pages": [pages], "scan": [scan], "mcp": [assistants],
    "phone": [phone], "growth": [growth, mail_growth],
}  # fmt: skip


def main() -> None:
    wanted = sys.argv[1:] or list(PARTS)
    pages: list[str] = []
    ratios: list[tuple[str, float]] = []
    for part in wanted:
        for measure in PARTS[part]:
            print(f"measuring {measure.__name__} …", file=sys.stderr, flush=True)
            found = measure()
            page = found if isinstance(found, str) else found.markdown()
            if isinstance(found, Comparison):
                ratios += [(f"{name} · {part}", ratio) for name, ratio in found.ratios]
            if isinstance(found, Table):
                ratios += [(f"{name} · {part}", found.rate("pamit") / found.rate(name)) for name in found.seconds if name != "pamit"]
            print(page)
            pages.append(page)
    if not sys.argv[1:]:
        head = (
            "# Benchmarks\n\n"
            "Written by `make bench`: every tool in one run on one core, rounds interleaved, medians of "
            f"{ROUNDS}, bytecode compiled. Times belong to this machine; ratios travel further.\n\n"
            f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores.\n\n"
        )
        (ROOT / "docs" / "benchmarks.svg").write_text(ratio_chart(ratios), "utf-8")
        (ROOT / "docs" / "benchmarks.md").write_text(head + "![Pamit beside other tools](benchmarks.svg)\n\n" + "\n".join(pages), "utf-8")


if __name__ == "__main__":
    main()
