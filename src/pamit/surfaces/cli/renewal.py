"""Files that are made from the memory and written anew whenever it changes: calendars and pictures."""

from __future__ import annotations

from pathlib import Path

from pamit.errors import ErrorKind, PamitError
from pamit.surfaces.cli.memory import written_file

__all__ = ["picture_bytes", "renew"]


def renew(file: Path, data: bytes) -> None:
    """Write a file whole, over an older one of its own kind only; one that would stay as it is is not touched.

    Raises:
        PamitError: REFUSED ``other-file`` where something else is there; UNAVAILABLE ``cannot-write``.
    """
    head = data.split(b"\n", 1)[0].split(b" ", 1)[0]
    there = file.read_bytes() if file.is_file() else None
    if there == data:
        return
    if there is not None and not there.startswith(head):
        raise PamitError(ErrorKind.REFUSED, "other-file", f"{file} holds something else.", file=str(file))
    with written_file(file, force=there is not None) as out:
        out.write(data)


def picture_bytes(svg: str, file: Path) -> bytes:
    """A picture in the form that the name of its file asks for: PNG for ``.png``, else SVG.

    Raises:
        PamitError: as :func:`pamit.formats.png.svg_png`.
    """
    if file.suffix.lower() != ".png":
        return svg.encode()
    from pamit.formats.png import svg_png

    return svg_png(svg)
