"""Compiles src/pamit/locale/*/LC_MESSAGES/messages.po to the .mo file that gettext reads."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parents[1] / "src" / "pamit" / "locale"


class _Plain(Catalog):
    """A catalogue whose header names neither the moment nor the tool: the same source gives the same bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        return [("Content-Type", "text/plain; charset=utf-8"), ("Plural-Forms", self.forms)]

    forms = ""
    """How many plurals the language has, as its source says: the library takes two where it does not know better."""


def compiled() -> dict[Path, bytes]:
    """Each .mo file with the bytes it should have."""
    found: dict[Path, bytes] = {}
    for source in FOLDER.glob("*/LC_MESSAGES/*.po"):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3], abort_invalid=True)
        plain = _Plain(locale=catalogue.locale)
        plain.forms = catalogue.plural_forms
        for message in catalogue:
            if message.id:
                plain.add(message.id, message.string)
        out = BytesIO()
        write_mo(out, plain)
        found[source.with_suffix(".mo")] = out.getvalue()
    return found


if __name__ == "__main__":
    for path, data in compiled().items():
        path.write_bytes(data)
