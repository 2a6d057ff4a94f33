"""The labels of a letter, and what its files say of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pamit.domain.terms import Language
from pamit.errors import ErrorKind, PamitError

__all__ = ["LABELS", "Labels", "check_picture", "missing_package"]

_PICTURE_LIMIT: Final = 2 * 1024 * 1024


@dataclass(frozen=True)
class Labels:
    """The fixed words of a layout.

    Attributes:
        signature: the description of a picture of the signature, for those who cannot see it.
        locale: the language tag that word processors know.
    """

    subject: str
    enclosures: str
    copies: str
    signature: str
    locale: str


LABELS: Final = {
    Language.ID: Labels("Hal", "Lampiran", "Tembusan", "Tanda tangan {name}", "id-ID"),
    Language.EN: Labels("Re", "Enclosures", "cc", "Signature of {name}", "en-GB"),
}


def missing_package(package: str) -> PamitError:
    """What to say where an optional package is not there."""
    return PamitError(
        ErrorKind.MISSING,
        "letters-not-installed",
        f"Letters as files need the package {package}: pip install 'pamit[letters]'.",
        package=package,
    )


def check_picture(data: bytes) -> None:
    """Refuse what is no picture of a signature: PNG or JPEG, of at most 2 MiB.

    Raises:
        PamitError: INVALID ``bad-picture``.
    """
    if not data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) or len(data) > _PICTURE_LIMIT:
        raise PamitError(
            ErrorKind.INVALID,
            "bad-picture",
            "The picture of the signature must be PNG or JPEG, of at most 2 MiB.",
            size=len(data),
        )
