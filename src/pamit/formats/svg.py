"""Pictures as SVG: shapes and words, with a title and a description for those who do not see them, in light and dark."""

from __future__ import annotations

import html
from collections.abc import Iterable

__all__ = ["circle", "line", "picture", "rect", "text"]

# The contrast of every colour for words with its ground is at least 4.5 to 1 (WCAG 2.2, 1.4.3); for shapes 3 to 1 (1.4.11).
_STYLE = """
svg{font-family:system-ui,sans-serif;font-size:14px}
.ground{fill:#ffffff}.ink{fill:#1b1b1b}.dim{fill:#595959}.head{fill:#1b1b1b;font-weight:600}
.good{fill:#1a7f4b}.fair{fill:#946200}.bad{fill:#b3261e}.plain{fill:#2457a6}.track{fill:#e6e6e6}
.rule{stroke:#767676;stroke-width:1.5}.ahead{stroke:#767676;stroke-width:1.5;stroke-dasharray:3 4}
.open{fill:#ffffff;stroke:#2457a6;stroke-width:2}.late{fill:#ffffff;stroke:#b3261e;stroke-width:2}
@media (prefers-color-scheme:dark){
.ground{fill:#16181d}.ink{fill:#ececec}.dim{fill:#a9adb5}.head{fill:#ffffff}
.good{fill:#52c98a}.fair{fill:#e0a93f}.bad{fill:#ff8a80}.plain{fill:#8ab4f8}.track{fill:#30343c}
.rule,.ahead{stroke:#8b909a}.open{fill:#16181d;stroke:#8ab4f8}.late{fill:#16181d;stroke:#ff8a80}
}
""".strip()


def picture(width: int, height: int, title: str, description: str, parts: Iterable[str]) -> str:
    """A whole picture.

    Args:
        title: what it is, in a few words.
        description: everything that the picture says, in words.
        parts: what is drawn, of the other functions of this module.
    """
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="title description">\n'
        f'<title id="title">{_escaped(title)}</title>\n<desc id="description">{_escaped(description)}</desc>\n'
        f"<style>{_STYLE}</style>\n"
    )
    ground = f'<rect class="ground" width="{width}" height="{height}" rx="8"/>'
    return head + "\n".join((ground, *parts)) + "\n</svg>\n"


def text(x: float, y: float, words: str, kind: str = "ink", anchor: str = "start") -> str:
    """Words, the left, middle or right of whose base line is at a point."""
    return f'<text class="{kind}" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{_escaped(words)}</text>'


def rect(x: float, y: float, width: float, height: float, kind: str) -> str:
    """A bar."""
    return f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="3"/>'


def circle(x: float, y: float, radius: float, kind: str) -> str:
    """A dot."""
    return f'<circle class="{kind}" cx="{x:g}" cy="{y:g}" r="{radius:g}"/>'


def line(x: float, top: float, bottom: float, kind: str) -> str:
    """An upright line."""
    return f'<line class="{kind}" x1="{x:g}" y1="{top:g}" x2="{x:g}" y2="{bottom:g}"/>'


def _escaped(words: str) -> str:
    # XML has no place for control characters and half characters, not even escaped.
    kept = (sign for sign in words if sign >= " " and not "\x7f" <= sign <= "\x9f" and not "\ud800" <= sign <= "\udfff")
    return html.escape("".join(sign for sign in kept if sign not in "\ufffe\uffff"))
