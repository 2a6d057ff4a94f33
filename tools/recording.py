"""The picture of a terminal (docs/pictures/terminal.svg): what `pamit answer` prints in colour, in a pseudo-terminal.

``make pictures`` draws it anew. The picture holds the words of the run and names no font of its own and nothing from elsewhere.
"""

from __future__ import annotations

import io
import os
import pty
import re
import select
import shlex
import struct
import subprocess
import sys
import termios
from fcntl import ioctl
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "pictures" / "terminal.svg"
WIDTH, HEIGHT = 100, 60
SHOWN = "pamit answer examples/undangan-surel.eml --decision confirm --name 'Rani Kusuma'"
"""The command as a reader would type it; the clock and the language are set beside it."""
RUN = [*shlex.split(SHOWN)[1:], "--now", "2026-11-24T09:00:00+07:00", "--language", "en"]


def run() -> str:
    """What the command prints on a terminal of our width."""
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
    known = {name: value for name, value in os.environ.items() if not name.startswith("PAMIT_") and name != "NO_COLOR"}
    known |= {"TERM": "xterm-256color", "COLUMNS": str(WIDTH), "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        [sys.executable, "-m", "pamit", *RUN], cwd=ROOT, env=known, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        told = b""
        while select.select([ours], [], [], 60)[0]:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # Linux ends a pseudo-terminal so
                break
            if not piece:
                break
            told += piece
    os.close(ours)
    if process.returncode != 0:
        raise SystemExit(f"pamit ended with status {process.returncode}")
    return told.decode("utf-8").replace("\r\n", "\n")


def drawn(told: str) -> str:
    """The SVG of a terminal that shows the command and what it told."""
    console = Console(width=WIDTH, record=True, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text(f"$ {SHOWN}", style="bold"))
    console.print(Text.from_ansi(told))
    svg = console.export_svg(title="pamit answer", unique_id="pamit")
    svg = svg.replace("<!-- Generated with Rich https://www.textualize.io -->", "")
    svg = re.sub(r"@font-face \{[^}]*\}\s*", "", svg).replace("Fira Code", "ui-monospace")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


if __name__ == "__main__":
    TARGET.write_text(drawn(run()), "utf-8")
