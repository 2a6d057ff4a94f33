"""The comparison as a picture: how many times as quick Pamit is as each other tool, on a scale of powers."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

from pamit.formats.svg import line, picture, rect, text

__all__ = ["ratio_chart"]

_WIDTH, _ROW, _LEFT, _SCALE = 760, 26, 300, 110
_ONE = _LEFT + 120
"""Where the bar of a tool that is just as quick would end; to its left stand those that are quicker."""


def ratio_chart(ratios: Sequence[tuple[str, float]]) -> str:
    """Bars as SVG.

    Args:
        ratios: for each tool what it was compared in, and how many times as quick Pamit is.
    """
    parts = [text(24, 34, "Pamit is so many times as quick as …", "head")]
    bottom = 60 + _ROW * len(ratios)
    parts += [
        piece
        for power in (-1, 0, 1, 2)
        for piece in (
            line(_ONE + power * _SCALE, 48, bottom, "ahead"),
            text(_ONE + power * _SCALE, bottom + 18, f"{10.0**power:g} ×", "dim", "middle"),
        )
    ]
    for number, (name, ratio) in enumerate(ratios):
        top = 54 + _ROW * number
        end = _ONE + _SCALE * log10(ratio)
        parts.append(text(24, top + 14, name))
        parts.append(rect(min(end, _ONE), top, abs(end - _ONE), 16, "good" if ratio >= 1 else "bad"))
        parts.append(text(max(end, _ONE) + 6, top + 13, f"{ratio:.1f}"))
    said = "; ".join(f"{name}: {ratio:.1f} ×" for name, ratio in ratios)
    return picture(_WIDTH, bottom + 40, "Pamit beside other tools", said, parts)
