"""The subject of an answer: one "Re: " before what was there (protocols.md §2.1)."""

from __future__ import annotations

import re
from typing import Final

from pamit.formats.email.write import one_line

__all__ = ["reply_subject"]

# How mail programs of the world write "Re": German, Dutch, Scandinavian, Finnish, Icelandic, Hungarian, Polish, Czech, Turkish,
# Portuguese, French, Italian, Welsh, Greek, Hebrew, Arabic, Russian, Indonesian (Yahoo's "Bls"), Chinese, Japanese, Korean.
_ANSWERED: Final = (
    "re", "aw", "antw", "sv", "svar", "vs", "vl", "vá", "odp", "ynt", "yan", "cevap", "res", "resp", "rép", "rif", "atb",
    "απ", "σχετ", "תגובה", "השב", "رد", "отв", "ответ", "bls", "balas", "balasan",
    "回复", "回覆", "答复", "答覆", "回信", "返信", "답장", "회신",
)  # fmt: skip
_FORMS = "|".join(sorted(map(re.escape, _ANSWERED), key=len, reverse=True))
# A count may follow: "Re[2]:", "AW(3):", "Re^2:".
_COUNT = r"(?:[\[(]\d{1,3}[\])]|[\^*]\d{1,3})?"
_RUN = re.compile(rf"(?:(?:{_FORMS})\.? ?{_COUNT} ?[:：] ?)+", re.IGNORECASE)
_TAG = re.compile(r"\[[^\[\]]{1,80}\] ?")


def reply_subject(original: str | None) -> str:
    """The subject of an answer to a mail with that subject.

    Runs of "Re:" in whatever language are one; tags of ticket systems and mailing lists stay.

    >>> reply_subject("[#4711] RE: AW: Undangan wawancara")
    'Re: [#4711] Undangan wawancara'
    >>> reply_subject("Fwd: Undangan")
    'Re: Fwd: Undangan'
    """
    rest = one_line(original or "")
    tags = ""
    while True:
        run = _RUN.match(rest)
        if run:
            rest = rest[run.end() :]
        tag = _TAG.match(rest)
        if tag is None:
            break
        tags += tag[0].rstrip() + " "
        rest = rest[tag.end() :]
    return f"Re: {tags}{rest}".rstrip()
