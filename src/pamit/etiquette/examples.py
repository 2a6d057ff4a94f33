"""The examples of the rules' pages as drafts that can be checked: the documentation that runs.

A page's ``Case:`` line tells the message that its examples stand in: the purpose, the channel and settings such as
``now=2026-12-02T09:00`` or ``subject="…"``. An example with " / " is a whole message (the slash is a line break), any
other is one sentence put into a message that has no fault of its own. An example may begin with a ``Case:`` of its own,
whose settings add to the page's.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, replace
from datetime import datetime

from pamit.domain.message import CheckContext, Draft, PreviousMessage
from pamit.domain.terms import Channel, Language, Purpose
from pamit.etiquette.rule import Rule

__all__ = ["Example", "examples_of"]

_OWN_CASE = re.compile(r"Case: ((?:\w+=(?:\"[^\"]*\"|\S+) )+)")
_ZONE = "+07:00"

_FACTS = CheckContext(
    company="PT Contoh Sejahtera",
    position="Staf Gudang",
    interview_start=datetime.fromisoformat("2026-11-26T10:00:00+07:00"),
    contact_name="Ibu Ratna Dewi",
    candidate="Sari Wulandari",
    now=datetime.fromisoformat("2026-11-24T09:00:00+07:00"),
    round=1,
)

_OPENINGS: dict[Purpose, tuple[str, str, str]] = {
    Purpose.CONFIRM: (
        "Konfirmasi wawancara Staf Gudang – Sari Wulandari",
        "Terima kasih atas undangannya. Saya mengonfirmasi akan hadir pada wawancara Staf Gudang, Kamis, 26 November 2026"
        " pukul 10.00 WIB.",
        "2026-11-24T09:00",
    ),
    Purpose.DECLINE: (
        "Penolakan undangan wawancara Staf Gudang – Sari Wulandari",
        "Terima kasih atas undangan wawancara Staf Gudang pada Kamis, 26 November 2026 pukul 10.00 WIB. Saya memutuskan untuk"
        " tidak mengikutinya.",
        "2026-11-24T09:00",
    ),
    Purpose.CANCEL: (
        "Pembatalan wawancara Staf Gudang – Sari Wulandari",
        "Terima kasih atas undangan wawancara Staf Gudang. Mohon maaf, saya membatalkan wawancara pada Kamis, 26 November 2026"
        " pukul 10.00 WIB. Mohon konfirmasi bahwa pembatalan ini sudah dicatat.",
        "2026-11-24T09:00",
    ),
    Purpose.RESCHEDULE: (
        "Permohonan penjadwalan ulang wawancara Staf Gudang – Sari Wulandari",
        "Terima kasih atas undangan wawancara Staf Gudang pada Kamis, 26 November 2026 pukul 10.00 WIB. Mohon maaf, apakah"
        " dapat dipindahkan ke Jumat, 27 November, pukul 10.00 WIB?",
        "2026-11-24T09:00",
    ),
    Purpose.WITHDRAW: (
        "Pengunduran diri dari seleksi Staf Gudang – Sari Wulandari",
        "Terima kasih atas wawancara Staf Gudang pada 26 November 2026. Saya mengundurkan diri dari seleksi ini.",
        "2026-11-28T09:00",
    ),
    Purpose.THANK_YOU: (
        "Terima kasih atas wawancara Staf Gudang – Sari Wulandari",
        "Terima kasih atas wawancara kemarin untuk posisi Staf Gudang. Saya semakin berminat untuk bergabung.",
        "2026-11-27T09:00",
    ),
    Purpose.FOLLOW_UP: (
        "Menanyakan hasil wawancara Staf Gudang – Sari Wulandari",
        "Terima kasih atas wawancara Staf Gudang pada 26 November 2026. Saya ingin menanyakan apakah sudah ada keputusan.",
        "2026-12-04T09:00",
    ),
}


@dataclass(frozen=True)
class Example:
    """One example of a page, ready to be checked.

    Attributes:
        is_good: whether no rule may find anything in it.
        allowed: rules that may also report what a bad example shows.
    """

    written: str
    is_good: bool
    draft: Draft
    context: CheckContext
    allowed: frozenset[str]


def examples_of(rule: Rule) -> tuple[Example, ...]:
    """The examples of a rule's page, the bad ones first."""
    made = [_make(rule, written, is_good=False) for written in rule.page.bad]
    return (*made, *(_make(rule, written, is_good=True) for written in rule.page.good))


def _make(rule: Rule, written: str, *, is_good: bool) -> Example:
    purpose, channel, *settings = shlex.split(rule.page.case)
    own = _OWN_CASE.match(written)
    message = written[own.end() :] if own else written
    given = dict(setting.split("=", 1) for setting in [*settings, *shlex.split(own.group(1) if own else "")])
    subject, opening, now = _OPENINGS[Purpose(purpose)]
    draft = Draft(
        channel=Channel(channel),
        text=_text(message, opening, Channel(channel), int(given.get("repeat", "1"))),
        language=Language.ID,
        purpose=Purpose(purpose),
        subject=given.get("subject", subject) or None if channel == "email" else None,
    )
    context = replace(_FACTS, now=_moment(given.get("now", now)))
    if "received" in given:
        context = replace(context, received=_moment(given["received"]))
    if "invited_via" in given:
        context = replace(context, invited_via=Channel(given["invited_via"]))
    if "previous" in given:
        at, _, sent = given["previous"].partition("/")
        context = replace(context, previous=(PreviousMessage(_moment(at), Purpose(sent)),))
    return Example(written, is_good, draft, context, frozenset(given.get("allow", "").split(",")) - {""})


def _text(message: str, opening: str, channel: Channel, repeat: int) -> str:
    if " / " in message:
        return message.replace(" / ", "\n")
    body = f"{opening} {' '.join([message] * repeat)}"
    if channel in (Channel.EMAIL, Channel.LETTER):
        return f"Yth. Ibu Ratna Dewi,\n\n{body}\n\nHormat saya,\nSari Wulandari"
    if message.startswith(("Selamat", "Saya Sari")):
        return message
    return f"Selamat pagi, Ibu Ratna. Saya Sari Wulandari. {body} Terima kasih."


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(f"{written}:00{_ZONE}")
