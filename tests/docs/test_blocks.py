"""Every block of commands and of Python on the hand-written pages runs as it stands, or says beside it why it cannot.

The blocks of a page run in its order, in one shell, in a home of their own with the folder ``examples/`` in it. ``k7m2p`` in a
command stands for the newest case and ``3f0a…`` for the digest last shown, as the pages tell their readers; a port that a page
takes is a free one here. Two comments may stand right before a block:
``<!-- not run: reason -->``, and ``<!-- status: 3 -->`` for commands that end with another status than 0 (``0 or 3``: either).
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"(?:^<!-- (?P<note>[^\n]*?) -->\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
STATUS = re.compile(r"status: (\d+(?: or \d+)*)")

ELSEWHERE = {
    "docs/api-examples.md": "tests/surfaces/api/test_examples.py, against the running app",
    "docs/how-to/install.md": "tests/packages, from the built packages in clean environments",
    "docs/how-to/windows.md": "nowhere: its commands are PowerShell's, as it says",
}
"""Pages that others run."""

GENERATED = (
    "docs/reference/commands",
    "docs/reference/settings",
    "docs/reference/mcp",
    "docs/reference/parity",
    "docs/gallery/",
    "docs/rules",
)
"""Made from the source by ``make docs``, and compared with it; they quote help texts and hold no commands of their own."""


@dataclass(frozen=True)
class Block:
    """One fenced block of a page, and what stands before it."""

    page: str
    number: int
    kind: str
    text: str
    note: str

    @property
    def reason(self) -> str | None:
        """Why it is not run, where it says so."""
        return self.note.removeprefix("not run: ") if self.note.startswith("not run: ") else None

    @property
    def statuses(self) -> tuple[int, ...]:
        """The exit statuses that it may end with."""
        found = STATUS.fullmatch(self.note)
        return tuple(int(number) for number in found[1].split(" or ")) if found else (0,)


OWN, STAYS, RUNNING = "sets up an environment of its own", "runs until it is stopped", "needs the running app"
README = [OWN, OWN, STAYS, "needs the network", OWN, RUNNING]
LEFT_OUT = {
    "README.md": README,
    "README.id.md": README,
    "docs/how-to/calendar.md": [STAYS],
    "docs/how-to/calendar.id.md": [STAYS],
    "docs/how-to/gmail.md": ["needs a Gmail account"] * 3,
    "docs/how-to/gmail.id.md": ["needs a Gmail account"] * 3,
    "docs/how-to/outlook.md": ["needs an Outlook account"],
    "docs/how-to/outlook.id.md": ["needs an Outlook account"],
    "docs/how-to/practice.md": [OWN, STAYS],
    "docs/how-to/practice.id.md": [OWN, STAYS],
    "docs/reference/batch.md": ["the files stand for yours"] * 2,
    "docs/tutorial/first-answer.md": [STAYS],
    "docs/tutorial/first-answer.id.md": [STAYS],
}
"""What is not run, and the reason that the page gives."""


def pages() -> list[str]:
    """The hand-written pages, relative to the root."""
    found = [ROOT / "README.md", ROOT / "README.id.md", *sorted((ROOT / "docs").rglob("*.md"))]
    names = [path.relative_to(ROOT).as_posix() for path in found]
    return [name for name in names if name not in ELSEWHERE and not name.startswith(GENERATED)]


def blocks(page: str) -> list[Block]:
    """The blocks of a page that are commands or Python."""
    found = enumerate(BLOCK.finditer((ROOT / page).read_text("utf-8")), start=1)
    every = [Block(page, number, one["kind"], one["text"], one["note"] or "") for number, one in found]
    return [block for block in every if block.kind in {"sh", "python"}]


PAGES = {page: blocks(page) for page in pages()}


def _bare(found: list[Block]) -> list[str]:
    """Commands that run, without what is said beside them, which is in the page's language."""
    return [re.sub(r" +#.*", "", block.text) for block in found if block.reason is None]


def _said_before(page: str) -> bool:
    """Whether a page in Indonesian holds no commands but those of the page in English, which are run there."""
    twin = page.replace(".id.md", ".md")
    return twin != page and set(_bare(PAGES[page])) <= set(_bare(PAGES[twin]))


RUN = [page for page, found in PAGES.items() if any(block.reason is None for block in found) and not _said_before(page)]


def _free_port() -> str:
    """A port of this machine that nobody listens on just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return str(one.getsockname()[1])


def _script(found: list[Block]) -> str:
    """One shell for all of a page's commands; it stops at the first that ends otherwise than it should, and names it."""
    port = _free_port()
    lines = [
        "set -e -o pipefail",
        "trap 'kill $(jobs -p) 2> /dev/null || :' EXIT",
        # The case's id is taken from what `pamit add` says: asking the memory for it would cost a start on each page.
        'pamit() { case $1 in add | send) command pamit "$@" | tee "said-$1" ;; *) command pamit "$@" ;; esac; }',
    ]
    for block in found:
        if block.kind != "sh" or block.reason is not None:
            continue
        text = block.text
        lines.append(f"echo '# block {block.number} of {block.page}' >&2")
        text = text.replace("k7m2p", "$(sed -n 's/.* \\([a-z0-9]\\{5\\}\\): .*/\\1/p' said-add)")
        text = text.replace("3f0a…", "$(sed -n 's/.* --digest \\([0-9a-f]\\{64\\}\\)$/\\1/p' said-send)").replace("8025", port)
        if block.statuses == (0,):
            lines.append(text)
            if text.endswith("&\n"):
                lines.append(f"until (: > /dev/tcp/127.0.0.1/{port}) 2> /dev/null; do kill -0 $!; sleep 0.1; done")
        else:
            wanted = " || ".join(f"[ $status = {number} ]" for number in block.statuses)
            lines += ["set +e", text + "status=$?", f"{{ {wanted}; }} || exit 1", "set -e"]
    return "\n".join(lines)


def _ran(page: str, home: Path) -> str:
    """Run a page; what went wrong."""
    home.mkdir()
    shutil.copytree(ROOT / "examples", home / "examples")
    # The interpreter of the tests has the command beside it.
    near = str(Path(sys.executable).parent)
    known = {name: value for name, value in os.environ.items() if not name.startswith("PAMIT_")}
    known |= {
        "HOME": str(home),
        "PAMIT_HOME": str(home / "memory"),
        "PATH": near + os.pathsep + known["PATH"],
        "TZ": "Asia/Jakarta",
    }
    (home / "script").write_text(_script(PAGES[page]), "utf-8")
    commands = [["bash", "script"]]
    commands += [[sys.executable, "-c", one.text] for one in PAGES[page] if one.kind == "python" and one.reason is None]
    for command in commands:
        done = subprocess.run(
            command, cwd=home, env=known, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300, check=False
        )
        if done.returncode != 0:
            return f"status {done.returncode}\n{done.stderr}"
    return ""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What went wrong on each page; two at a time."""
    if shutil.which("pamit", path=str(Path(sys.executable).parent)) is None:
        pytest.skip("the command pamit is not beside this interpreter")
    folder = tmp_path_factory.mktemp("pages")
    with ThreadPoolExecutor(2) as pool:
        told = pool.map(lambda numbered: _ran(numbered[1], folder / str(numbered[0])), enumerate(RUN))
        return dict(zip(RUN, told, strict=True))


@pytest.mark.parametrize("page", RUN)
def test_blocks_run_as_they_stand(ran: dict[str, str], page: str) -> None:
    """In the order of the page, each with the status it promises."""
    assert ran[page] == ""


def test_every_block_runs_or_says_why_not() -> None:
    """A note before a block has one of two forms; only what needs `make` or says so is left out."""
    odd = [
        f"{block.page} block {block.number}: {block.note}"
        for found in PAGES.values()
        for block in found
        if block.note and not block.note.startswith("not run: ") and not STATUS.fullmatch(block.note)
    ]
    assert odd == []


def test_blocks_left_out_are_few_and_have_reasons() -> None:
    """Whoever marks another block has to say so here."""
    left = {
        page: reasons
        for page, found in PAGES.items()
        if (reasons := [block.reason for block in found if block.reason is not None])
    }
    assert left == LEFT_OUT
    assert sum(len(found) for found in PAGES.values()) > 2 * sum(map(len, left.values()))


def test_pages_that_others_run_exist() -> None:
    """No page is excused that is not there."""
    assert [page for page in ELSEWHERE if not (ROOT / page).is_file()] == []


def test_make_targets_named_exist() -> None:
    """What the pages tell people to make can be made."""
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        match.split()[1]
        for found in PAGES.values()
        for block in found
        for match in re.findall(r"^make [\w-]+", block.text, re.MULTILINE)
    }
    assert named - targets == set()


def test_make_minds_no_variable_of_the_desktop() -> None:
    """Desktops set LANGUAGE, and WSL sets NAME to the machine's: neither is an answer's language or signature."""
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    known = {**os.environ, "LANGUAGE": "en_US:en", "NAME": "LAPTOP-7"}
    shown = [
        subprocess.run(
            ["make", "--dry-run", "run", *more], cwd=ROOT, env=known, capture_output=True, text=True, check=False
        ).stdout
        for more in ((), ("LANGUAGE=en", "NAME=Ayu Lestari"))
    ]
    found = [re.findall(r"--name \"([^\"]*)\"|--language (\S+)", one) for one in shown]
    assert found == [[("Rani Kusuma", "")], [("Ayu Lestari", ""), ("", "en")]]
