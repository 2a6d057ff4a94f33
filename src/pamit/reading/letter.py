"""A message with its parts: letterhead, salutation, body, signature, and who sent it to whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from pamit.domain.hosts import ascii_address
from pamit.reading.text import Line, Page, lazy, read_page
from pamit.reading.thread import Thread, split_thread

__all__ = ["Letter", "Sender", "open_letter", "read_sender"]

_GREETING = re.compile(
    r"[^\w\n]{0,400}(?:\d{1,2}[.:]\d\d\W{1,80})?(?:kepada|yth|ykh|kpd|dear|halo|hallo|hai|hi|hey|hello|"
    r"g'day|dengan hormat|dgn hormat|selamat (?:pagi|siang|sore|malam)"
    r"|sl?mt|pagi|siang|sore|malam|malem|assalam\w{0,80}|salam|shalom|syalom|om swastyastu|"
    r"namo buddhaya|to whom|good (?:morning|afternoon|day|evening)"
    r"|up|attn|greetings|kak|mas|mbak|sdr|sdri|saudara|saudari)\b",
    re.I,
)
_CLOSING = re.compile(
    r"\W{0,80}(?:(?:salam(?: \w{1,80}){0,3}|hormat (?:kami|saya)|hormatnya|terima ?kasih(?: \w{1,80}){0,3}|"
    r"trims|makasih|wassalam\S{0,400}(?: \S{1,400}){0,3}|tertanda|ttd|suksma"
    r"|(?:best|kind|warm|warmest|many|with|yours|sincerely|kindest)(?: \w{1,80}){0,3}|regards|b?rgds|brgd|tks|thx|slm|"
    r"sincerely|thanks(?: \w{1,80}){0,3}|thank you(?: \w{1,80}){0,4}|cheers|warmly|respectfully"
    r"|talk soon|see (?:you|u)(?: \w{1,80}){0,2}|take care|berkah dalem|damai|matur ?nuwun|"
    r"hatur nuhun|groetjes|tuhan (?:memberkati|berkati)|jazakumullah(?: \w{1,80}){0,2})"
    r"(?: [&,] \w{1,80}(?: \w{1,80})?)?)[ \t]{0,80}[,.!]{0,80}[ \t]{0,80}$",
    re.I,
)
_HOUR = re.compile(r"\d\d[.:]\d\d\b")
_LONGEST_CLOSING = 60
_NUMBERED = re.compile(r"\W*(?:no(?:mor)?|nomer|lamp(?:iran)?|hal|perihal|sifat)\b\.?[ \t]*[:.]", re.I)
_ADDRESSED = re.compile(r"(?P<name>.*?)[ \t]{0,80}<(?P<address>[^<>]{0,400})>[ \t]{0,80}$")
_PHONE = re.compile(r"\+?\d[\d \-().]{6,18}\d$")


@dataclass(frozen=True)
class Sender:
    """The sender's line taken apart: display name, mail address, number of a chat."""

    name: str | None = None
    mail: str | None = None
    phone: str | None = None


def read_sender(written: str | None) -> Sender:
    """Take "Name <address or number>" apart; a bare name, address or number is recognised too."""
    if not written or not written.strip():
        return Sender()
    rest = written.strip()[:300]
    match = _ADDRESSED.match(rest)
    name, address = (match.group("name"), match.group("address")) if match else ("", rest)
    name = name.strip(" \t\"'")
    address = address.strip()
    if "@" in address and " " not in address:
        return Sender(name or None, ascii_address(address.removeprefix("mailto:")))
    if _PHONE.match(address):
        return Sender(name or None, None, address)
    return Sender(name or address or None)


@dataclass(frozen=True, eq=False)
class Letter:
    """What the reader looks at.

    Attributes:
        page: the message that counts.
        subject: the subject as a page of its own; offsets there are no offsets of the message.
        sender: who wrote it: of a forwarded mail the first author.
        rest: the thread below, or None.
        now: the aware moment of receipt in the local zone; None where unknown.
    """

    page: Page
    subject: Page | None
    sender: Sender
    thread: Thread
    now: datetime | None
    channel: str | None

    @lazy
    def rest(self) -> Page | None:
        """The rest of the thread as a page."""
        return read_page(self.thread.rest) if self.thread.rest and self.thread.rest.strip() else None

    @lazy
    def greeting(self) -> int:
        """The index of the salutation among the lines; 0 where there is none."""
        clean = self.page.clean
        for index, line in enumerate(self.page.lines[:24]):
            if _GREETING.match(clean, line.begin, line.end):
                return index
        return 0

    @lazy
    def head(self) -> tuple[Line, ...]:
        """The letterhead: lines above salutation, number and reference."""
        clean = self.page.clean
        head: list[Line] = []
        for line in self.page.lines[: min(self.greeting, 6)]:
            if _NUMBERED.match(clean, line.begin, line.end):
                break
            head.append(line)
        return tuple(head)

    @lazy
    def signature(self) -> tuple[Line, ...]:
        """The lines of the signature: behind the closing formula, else the short lines at the end."""
        lines = self.page.lines
        clean = self.page.clean
        first = max(self.greeting + 1, len(lines) - 14, 0)
        for index in range(len(lines) - 1, first - 1, -1):
            line = lines[index]
            if line.end - line.begin <= _LONGEST_CLOSING and _CLOSING.match(clean, line.begin, line.end):
                below = [line for line in lines[index + 1 :] if line.end - line.begin <= 120]
                if below:
                    return tuple(below)
        tail: list[Line] = []
        for line in reversed(lines[first:]):
            body = clean[line.begin : line.end]
            if len(body) > 75 or (body.endswith((".", "?", "!", ";")) and len(body) > 30) or body.count(" ") > 9:
                break
            if line.label not in (None, "", "phone", "email", "contact", "company") or len(tail) >= (
                2 if self.thread.chat else 7
            ):
                break
            if body.endswith("?") or (body[:2].isdigit() and _HOUR.match(body)):
                break
            tail.append(line)
        return tuple(reversed(tail))

    @lazy
    def noreply(self) -> bool:
        """Whether the sender's address does not read mail."""
        return bool(self.sender.mail) and is_noreply(self.sender.mail or "")


_NOREPLY = re.compile(
    r"(?:no-?_?\.?reply|do-?_?\.?not-?_?\.?reply|donotreply|notif\w{0,80}|mailer|mailer-daemon|"
    r"postmaster|bounce\w{0,80}|automated|auto|alerts?|jobs-noreply|invites?"
    r"|undangan|system|sistem|[\w.-]{0,80}-noreply|[\w.-]{0,80}noreply[\w.-]{0,80})@",
    re.I,
)


def is_noreply(address: str) -> bool:
    """Whether an address is one that nobody reads (rule C9)."""
    return bool(_NOREPLY.match(address))


def open_letter(text: str, *, subject: str | None, sender: str | None, now: datetime | None, channel: str | None) -> Letter:
    """Take a message apart into the part that counts, its sender and its thread."""
    thread = split_thread(text, subject)
    by = read_sender(thread.sender or sender)
    if thread.sender and thread.chat:
        outer = read_sender(sender)
        by = Sender(by.name, outer.mail, outer.phone)
    return Letter(
        page=read_page(thread.main),
        subject=read_page(subject) if subject and subject.strip() else None,
        sender=by,
        thread=thread,
        now=now,
        channel=channel,
    )
