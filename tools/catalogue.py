"""Compiles src/pamit/locale/*/LC_MESSAGES/messages.po to the .mo file that gettext reads."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parents[1] / "src" / "pamit" / "locale"


def compiled() -> dict[Path, bytes]:
    """Each .mo file with the bytes it should have."""
    found: dict[Path, bytes] = {}
    for source in FOLDER.glob("*/LC_MESSAGES/*.po"):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3], abort_invalid=True)
        out = BytesIO()
        write_mo(out, catalogue)
        found[source.with_suffix(".mo")] = out.getvalue()
    return found


if __name__ == "__main__":
    for path, data in compiled().items():
        path.write_bytes(data)
