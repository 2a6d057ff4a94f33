"""Hard-wrapped paragraphs: line ends that only fold a sentence are read as blanks, so that offsets stay true."""

from __future__ import annotations

import re

__all__ = ["unfold"]

# A line that ends with one of these goes on, however short it is.
_OPEN = frozenset(
    """
    sebagai untuk utk di ke dari dan atau yang yg pada dengan dgn kami calon posisi jabatan bagian oleh kepada bahwa serta dalam
    guna melalui hari tanggal pukul bapak ibu saudara saudari sdr sdri pak bu mengundang melamar lamaran wawancara agar
    the a an of for to at in and or with our your as on by from this that be is are mr mrs ms position role we you
    """.split()
)
_SHORTEST_OPEN = 25
_SHORTEST = 50
_WIDEST = 100
_SLACK = 14
"""Lines of a folded paragraph are nearly as wide as its widest, by at most a long word."""
_FIRST = re.compile(r"[ \t]*([^\W_][^\s]*|[(\"][^\s]*)")
_NUMBERED = re.compile(r"(?:\d{1,2}|[a-z])[.)]$|\d{1,2}[.:]\d\d")
_COLUMNS = re.compile(r"\S[ \t]{2,}\S|\||\t")
_LABEL = re.compile(r"[^\n:.]{1,30}[ \t]*:(?:[ \t]|$)")


def unfold(clean: str) -> str:
    """The text, as long as before, with a blank for every line end that only folds a paragraph."""
    if "\n" not in clean:
        return clean
    lines = clean.split("\n")
    bodies = [line.rstrip() for line in lines]
    widths = [len(body) for body in bodies]
    width = max(widths)
    folded = _SHORTEST <= width <= _WIDEST and sum(one >= width - _SLACK for one in widths) > 1
    parts: list[str] = []
    for index, line in enumerate(lines[:-1]):
        parts.append(line)
        parts.append(" " if _goes_on(bodies[index], bodies[index + 1], width if folded else 0) else "\n")
    parts.append(lines[-1])
    return "".join(parts)


def _goes_on(line: str, below: str, width: int) -> bool:
    """Whether a sentence goes on from a line to the one below; ``width`` is that of folded paragraphs, 0 for none."""
    if len(line) < _SHORTEST_OPEN or not below or line[-1] in ".:;!?|>" or line.lstrip()[:1] in ("-", ">", "|", "*", "\u2022"):
        return False
    first = _FIRST.match(below)
    if first is None or _NUMBERED.match(first.group(1)) or _LABEL.match(below) or _COLUMNS.search(below.lstrip()):
        return False
    if _COLUMNS.search(line.lstrip()) or len(below) - len(below.lstrip()) > len(line) - len(line.lstrip()) + 3:
        return False
    if line.rsplit(None, 1)[-1].lower() in _OPEN and not _LABEL.match(line):
        return True
    if not width or len(line) < _SHORTEST:
        return False
    return len(line) + 1 + len(first.group(1)) > width and (len(line) >= width - _SLACK or first.group(1)[0].islower())
