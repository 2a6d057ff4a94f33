"""A time bargained over in a chat: what the employer proposed and the candidate turned down no longer counts."""

from __future__ import annotations

import re

from pamit.reading.letter import Letter
from pamit.reading.moment import Moment

__all__ = ["without_refused"]

# What a candidate says who cannot come then, or asks for another time.
_REFUSED = re.compile(
    r"\b(?:(?:ga|gak|nggak|ngga|enggak|tidak|tdk|belum|blm|kurang) (?:bisa|bs|dapat|memungkinkan|sempat)|gabisa|gbs|bentrok"
    r"|berhalangan|tabrakan|ada (?:kuliah|kelas|ujian|jadwal|shift|kerja|acara|keperluan)|uas|uts"
    r"|(?:kalau|kalo|klo|gimana kalau)\b[^.!?\n]{0,60}\?|(?:can't|cannot|can not|won't|unable|not able|afraid"
    r"|(?:could|can) we|would\b[^.!?\n]{0,40}\binstead|rather|clash\w*|busy|exam|class))\b"
)
# "Jumat penuh", "Friday is full": a day that is named to be ruled out.
_FULL = re.compile(
    r"[ \t,]{0,3}(?:(?:nya|itu|is|kami|sudah|udah|sdh|already|we're|kita|dr|dokter) ?){0,2}"
    r"(?:penuh|full|fully booked|libur|tutup|closed|(?:ga|gak|nggak|tidak|tdk) (?:bisa|ada slot)|won't work|doesn't work"
    r"|is out|no good)\b"
)


def without_refused(letter: Letter, moments: list[Moment]) -> list[Moment]:
    """The moments of a chat, with those void that were turned down before the employer named another.

    Args:
        letter: an exported chat; its thread holds the candidate's turns as the rest.
        moments: with their roles, in the order of the text.
    """
    rest = (letter.thread.rest or "").lower().replace("\u2019", "'")
    open_roles = ("interview", "plain")
    ruled = [
        moment._replace(role="void", weight=0.0)
        if moment.role in open_roles and moment.clock is None and _FULL.match(letter.page.prose, moment.end)
        else moment
        for moment in moments
    ]
    for index, moment in enumerate(ruled):
        later = next((other for other in ruled[index + 1 :] if other.role in open_roles and other.clock), None)
        if moment.role not in open_roles or later is None or not _REFUSED.search(rest, moment.end, later.begin):
            continue
        if later.day is not None:
            ruled[index] = moment._replace(role="void", weight=0.0)
        elif moment.day is not None:
            ruled[index] = moment._replace(clock=None)  # "jam 10 aja ya": the day stands
    return ruled
