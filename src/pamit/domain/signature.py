"""The signature: a few lines of the person's own under their mails, below the name."""

from __future__ import annotations

from typing import Final

from pamit.errors import ErrorKind, PamitError

__all__ = ["MAX_LINES", "MAX_WIDTH", "read_signature", "without_signature"]

MAX_LINES: Final = 4
"""As netiquette has it (RFC 1855, 2.1.1: "keep it short. Rule of thumb is no longer than 4 lines")."""

MAX_WIDTH: Final = 70
"""Characters of a line: it is never broken by a mail program that wraps at 72."""


def read_signature(written: str) -> str:
    """A signature as it is kept: without blanks at the ends of lines and without empty lines around it.

    >>> read_signature("  S1 Akuntansi \\r\\n\\r\\nlinkedin.com/in/rani  ")
    'S1 Akuntansi\\nlinkedin.com/in/rani'

    Raises:
        PamitError: INVALID ``bad-signature`` where it has more lines or longer ones than it may, or signs that are none.
    """
    lines = [line.strip() for line in written.replace("\r\n", "\n").split("\n")]
    kept = [line for line in lines if line]
    if len(kept) > MAX_LINES or any(len(line) > MAX_WIDTH or not line.isprintable() for line in kept):
        raise PamitError(
            ErrorKind.INVALID,
            "bad-signature",
            f"A signature has at most {MAX_LINES} lines of {MAX_WIDTH} characters.",
            lines=MAX_LINES,
            width=MAX_WIDTH,
        )
    return "\n".join(kept)


def without_signature(text: str, signature: str | None) -> str:
    """A message without the signature it ends with; as it is where it ends otherwise."""
    if not signature or not text.rstrip().endswith(f"\n{signature}"):
        return text
    return text.rstrip().removesuffix(signature).rstrip("\n")
