"""Pictures as PNG, for where SVG is not taken: drawn by typst, which also sets the letters."""

from __future__ import annotations

from typing import Any

from pamit.errors import ErrorKind, PamitError

__all__ = ["svg_png"]

_DOTS_PER_INCH = 144
_PAGE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.picture), format: "svg")\n'


def svg_png(svg: str) -> bytes:
    """Draw an SVG picture of our own, in its light colours.

    Raises:
        PamitError: MISSING ``png-not-installed``; INVALID ``picture-not-drawn``.
    """
    try:
        import typst  # an optional package
    except ImportError as error:
        raise PamitError(
            ErrorKind.MISSING, "png-not-installed", "PNG needs the extra: pip install 'pamit[letters]'; SVG needs nothing."
        ) from error
    draw: Any = typst.compile
    try:
        data: bytes | list[bytes] = draw(_PAGE, sys_inputs={"picture": svg}, format="png", ppi=_DOTS_PER_INCH)
    except RuntimeError as error:
        raise PamitError(ErrorKind.INVALID, "picture-not-drawn", "The picture cannot be drawn.") from error
    return data if isinstance(data, bytes) else data[0]
