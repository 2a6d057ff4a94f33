"""Which part of a text is the message: quoted replies cut off, forwarded mails opened, exported chats joined.

The newest message wins; what it stands on (older mails, the candidate's own lines of a chat) stays at hand as context,
for a position or company that only the thread names. Both are given as the text itself with everything else blanked
out, so that every offset stays true.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

__all__ = ["Thread", "split_thread"]

_FORWARD_MARK = re.compile(
    r"^[ \t>]{0,80}(?:-{2,}|_{2,}|\*{2,})?[ \t]{0,80}"
    r"(?:(?P<forward>forwarded message|begin forwarded message|pesan (?:yang )?(?:di)?terus(?:an|kan))"
    r"|original message|original appointment|pesan asli|pesan sebelumnya)\b[ \t]{0,80}:?[ \t]{0,80}(?:-{2,}"
    r"|_{2,})?[ \t]{0,80}$",
    re.I | re.M,
)
_HEADER = re.compile(
    r"^[ \t>*]{0,80}(?P<name>from|dari|pengirim|sent|date|dikirim|tanggal|to|kepada|untuk|tembusan|bcc|subject|subjek|"
    r"perihal|cc)\*?[ \t]{0,80}:\*?[ \t]{0,80}+"
    r"(?P<value>[^\n]*+)$",
    re.I,
)
_WROTE = re.compile(
    r"^[ \t>]*(?:(?:on|pada|op|am)\b[^\n]{6,160}?(?:\n[^\n]{1,100}?)?\b(?:wrote|menulis|" r"schreef|schrieb)[ \t]*:)[ \t]*$",
    re.I | re.M,
)
_CHAT = re.compile(
    r"^[ \t]*[\u200e\u200f]?\[?(?=[^\n]{0,12}\d{1,2}[.:]\d\d)(?=[^\n]{0,24}\d{1,2}/\d{1,2})"
    r"(?:\d{1,2}[.:]\d\d(?:[.:]\d\d)?[ \u202f]?[ap]m, [\d/]{6,10}|[\d/.:, \u202f]{8,24}(?:[ap]m)?)\]?"
    r"[ \t]*(?:-[ \t]*)?(?P<who>[^\n:\[\]]{1,48}):[ \t]",
    re.M | re.I,
)
_QUOTE_MARK = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.M)
_FORWARD_SUBJECT = re.compile(r"\s*(?:\w{1,3}:\s*)*(?:fwd?|fw|trs|terusan|wg)\s*:", re.I)
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d\d\b|\b(?:jam|pukul|pkl)\.? ?\d|\b\d{1,2} ?[ap]\.?m\b", re.I)
_EMPLOYER_SPEAKER = re.compile(r"\b(?:hrd?|hrga|recruit\w*|rekrut\w*|talent|personalia|admin|sdm|kantor|pt|cv|owner)\b", re.I)
_LONGEST_HEADER = 16
_DEEPEST = 10
"""Forwards of forwards are opened so far and no further."""


@dataclass(frozen=True)
class Thread:
    """A text taken apart.

    Attributes:
        main: the message that counts, with everything else blanked out.
        rest: all the rest, likewise; None where the message is all there is.
        sender: who wrote the message that counts, where the text itself says it (forwarded mails, chats).
        sent: the raw date line of a forwarded mail's header: where it stands.
        forwarded: the message was passed on by somebody else than its sender.
        chat: the text is an exported chat.
    """

    main: str
    rest: str | None = None
    sender: str | None = None
    sent: tuple[int, int] | None = None
    forwarded: bool = False
    chat: bool = False


def split_thread(text: str, subject: str | None = None) -> Thread:
    """Take a text apart into the message that counts and the thread below it."""
    if text.count(":") >= 2:
        chat = _CHAT.match(text) or (_CHAT.search(text) if "]" in text or "/" in text else None)
        if chat:
            joined = _join_chat(text)
            if joined:
                return joined
    return _cut(text, subject)


def _blank(text: str, keep: list[tuple[int, int]]) -> str:
    """The text with all but the kept ranges blanked out; line ends stay."""
    parts: list[str] = []
    at = 0
    for begin, end in keep:
        parts.append(_blanks(text[at:begin]))
        parts.append(text[begin:end])
        at = end
    parts.append(_blanks(text[at:]))
    return "".join(parts)


def _blanks(text: str) -> str:
    if "\n" not in text:
        return " " * len(text)
    return "\n".join(" " * len(line) for line in text.split("\n"))


def _invert(length: int, keep: list[tuple[int, int]]) -> list[tuple[int, int]]:
    rest: list[tuple[int, int]] = []
    at = 0
    for begin, end in keep:
        if begin > at:
            rest.append((at, begin))
        at = end
    if at < length:
        rest.append((at, length))
    return rest


def _join_chat(text: str) -> Thread | None:
    marks = list(_CHAT.finditer(text))
    if len(marks) < 2:
        return None
    turns = [
        (mark.group("who").strip(), mark.end(), marks[i + 1].start() if i + 1 < len(marks) else len(text))
        for i, mark in enumerate(marks)
    ]
    speakers = list(dict.fromkeys(who for who, _, _ in turns))
    named = [who for who in speakers if _EMPLOYER_SPEAKER.search(who)]
    said = {who: " ".join(text[b:e] for w, b, e in turns if w == who).lower() for who in speakers}
    asking = [who for who in speakers if re.search(r"undang|mengundang|invite|kami dari|saya dari|from", said[who])]
    employer = (named or asking or speakers)[0]
    keep = [(begin, end) for who, begin, end in turns if who == employer]
    others = [(begin, end) for who, begin, end in turns if who != employer]
    return Thread(_blank(text, keep), _blank(text, others) if others else None, sender=employer, chat=True)


def _cut(text: str, subject: str | None) -> Thread:
    cut = _first_break(text)
    if cut is None:
        return _without_quotes(text, forwarded=bool(subject and _FORWARD_SUBJECT.match(subject)))
    begin, body, header, forward_mark = cut
    above = text[:begin]
    forwarded = forward_mark or bool(header and subject and _FORWARD_SUBJECT.match(subject))
    if not above.strip() or (forwarded and not _CLOCK.search(above)):
        inner = _first_break(text, body)
        end = inner[0] if inner else len(text)
        depth = 0
        while inner and depth < _DEEPEST and not text[body:end].strip():
            depth += 1
            begin, body, header, _ = inner
            inner = _first_break(text, body)
            end = inner[0] if inner else len(text)
        keep = [(body, end)]
        sender = header.get("from") if header else None
        sent = header.get("sent") if header else None
        return Thread(
            _blank(text, keep),
            _blank(text, _invert(len(text), keep)),
            sender=text[sender[0] : sender[1]].strip() if sender else None,
            sent=sent,
            forwarded=forwarded,
        )
    top = _without_quotes(text[:begin])
    return Thread(top.main + _blanks(text[begin:]), _blank(text, [(begin, len(text))]))


_HEADER_FIELDS = {
    "from": "from",
    "dari": "from",
    "pengirim": "from",
    "sent": "sent",
    "date": "sent",
    "dikirim": "sent",
    "tanggal": "sent",
}


def _first_break(text: str, start: int = 0) -> tuple[int, int, dict[str, tuple[int, int]] | None, bool] | None:
    """The first place from ``start`` on where an older message begins: (its mark, its body, its header, forwarded)."""
    found: list[tuple[int, int, dict[str, tuple[int, int]] | None, bool]] = []
    lowered = text[start:].lower()
    if "messag" in lowered or "pesan" in lowered or "appointment" in lowered:
        mark = _FORWARD_MARK.search(text, start)
        if mark:
            fields, body = _header_at(text, mark.end())
            found.append((mark.start(), body, fields or None, bool(mark.group("forward"))))
    if "wrote" in lowered or "menulis" in lowered or "schr" in lowered:
        mark = _WROTE.search(text, start)
        if mark:
            found.append((mark.start(), mark.end(), None, False))
    if "from:" in lowered or "dari:" in lowered or "pengirim:" in lowered or "dari :" in lowered:
        for line in re.finditer(r"^[ \t>*]*(?:from|dari|pengirim)\*?[ \t]*:", text[start:], re.I | re.M):
            fields, body = _header_at(text, start + line.start())
            if len(fields) >= 2 or (fields and text[start : start + line.start()].rstrip().endswith("___")):
                found.append((start + line.start(), body, fields, False))
                break
    return min(found, key=lambda entry: entry[0], default=None)


def _header_at(text: str, at: int) -> tuple[dict[str, tuple[int, int]], int]:
    """The header lines of a quoted mail from ``at`` on: field to the value's place, and where the body begins."""
    fields: dict[str, tuple[int, int]] = {}
    body = at
    seen = 0
    lines = 0
    while at < len(text) and lines < _LONGEST_HEADER:
        lines += 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        match = _HEADER.match(line) if len(line) < 400 else None
        if match:
            name = match.group("name").lower()
            fields.setdefault(_HEADER_FIELDS.get(name, name), (at + match.start("value"), at + match.end("value")))
            seen += 1
        elif line.strip() and line.strip("-_ *") and not (seen and line.startswith((" ", "\t"))):
            break
        elif seen and not line.strip():
            body = end
            break
        body = end
        at = end + 1
    return fields, body


_LONGEST_INSET = 400
# "Kamu menulis:", "your message:": what follows is quoted indeed.
_QUOTES = re.compile(
    r"\b(?:menulis|tulis|bilang|wrote|writes|said|pesan|email|e-mail|surel|message|mail"
    r"|pertanyaan)\b[^\n]{0,400}:\s{0,80}$",
    re.I,
)


def _inset(text: str, keep: list[tuple[int, int]]) -> tuple[int, int] | None:
    """A marked passage that the writer set in: opened by a colon, with an hour in it, and the own text going on below."""
    for (begin, end), (following, last) in itertools.pairwise(keep):
        above = text[begin:end].rstrip()
        if (
            above.endswith(":")
            and following - end <= _LONGEST_INSET
            and text[following:last].strip()
            and _CLOCK.search(text, end, following)
            and not re.search(r"^[ \t]*>[ \t]*>", text[end:following], re.M)
            and not _QUOTES.search(above[above.rfind("\n") + 1 :])
        ):
            return end, following
    return None


def _unmark(text: str, place: tuple[int, int]) -> str:
    """The text with the quote marks of a passage blanked out."""
    begin, end = place
    return text[:begin] + _QUOTE_MARK.sub(lambda mark: " " * len(mark.group()), text[begin:end]) + text[end:]


def _without_quotes(text: str, *, forwarded: bool = False) -> Thread:
    """Lines marked with ``>`` belong to the thread; of a forwarded mail they are the message itself."""
    if ">" not in text or not re.search(r"^[ \t]*>", text, re.M):
        return Thread(text)
    keep: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        end = min(at + len(line) + 1, len(text))
        if not line.lstrip().startswith(">"):
            if keep and keep[-1][1] == at:
                keep[-1] = (keep[-1][0], end)
            else:
                keep.append((at, end))
        at = end
    inset = _inset(text, keep)
    if inset:
        return _without_quotes(_unmark(text, inset), forwarded=forwarded)
    quoted = _invert(len(text), keep)
    own = " ".join(text[begin:end] for begin, end in keep)
    if forwarded and not _CLOCK.search(own) and any(_CLOCK.search(text[begin:end]) for begin, end in quoted):
        main = _QUOTE_MARK.sub(lambda mark: " " * len(mark.group()), _blank(text, quoted))
        return Thread(main, _blank(text, keep), forwarded=True)
    if not own.strip():
        return Thread(_QUOTE_MARK.sub(lambda mark: " " * len(mark.group()), text))
    return Thread(_blank(text, keep), _blank(text, _invert(len(text), keep)))
