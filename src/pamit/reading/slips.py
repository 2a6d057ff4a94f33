"""Hours that the writer takes back: the one that stands comes right after."""

from __future__ import annotations

import re

from pamit.domain.calendar.grammar import TimeMention
from pamit.reading.moment import Moment
from pamit.reading.text import Page

__all__ = ["without_slips", "without_unsaid"]

# "eh maaf, jam 8 ada apel. jam 10 saja": an hour that is taken back, and the one that stands instead.
_TAKEN_BACK = re.compile(
    r"[ ,]{1,2}(?:(?:ternyata|udah|sudah|sdh|ga|gak|nggak|tidak|tdk|masih|saya|sy|kami) ){0,2}"
    r"(?:ada|penuh|full|bentrok|bisa|dipakai|kepakai|keisi|terisi|tabrakan|clashes|is taken|is full)\b"
)
_SORRY = re.compile(r"\b(?:maaf|sori|sorry|eh|ralat|ternyata|oops|ups)\b[^.!?\n]{0,20}$")
_THEN = re.compile(r"[ ,]{1,2}(?:pagi |siang |sore |malam )?(?:saja|aja|ajah|deh|instead)\b")


def without_unsaid(page: Page, clocks: tuple[TimeMention, ...]) -> tuple[TimeMention, ...]:
    """The hours without one that the writer takes back for another right after."""
    for index, clock in enumerate(clocks[:-1]):
        other = clocks[index + 1]
        if (
            other.begin - clock.end <= 60
            and other.start != clock.start
            and _TAKEN_BACK.match(page.prose, clock.end)
            and _SORRY.search(page.prose, max(0, clock.begin - 40), clock.begin)
            and _THEN.match(page.prose, other.end)
        ):
            return tuple(one for one in clocks if one.start != clock.start or one.begin > other.begin)
    return clocks


# "Rabu jam 8 … engga deng, jam 4 sore", "at nine, sorry, I mean ten": what stands right before the words that count.
_SLIP = re.compile(
    r"\b(?:(?:en|ng)?g+[ae]?k? (?:deng|ding|dink|denk)|(?:ber|be)?canda(?:in)?(?: (?:deng|ding|kok|doang|ya|aja))?"
    r"|(?:just |only )?kidding|(?:scratch|strike|forget) that|(?:eh|ups|upss|oops|whoops|sori|sorry|maaf|aduh|waduh"
    r"|hmm|no|wait)\b[ ,.:!]{0,3}(?:(?:eh|maaf|sori|sorry|no|wait)[ ,.]{1,3})?"
    r"(?:salah|keliru|maksud(?:nya|ku|q)?(?: (?:saya|sy|aku|kami|gue|gua|gw))?|i mean|i meant|(?:let's )?make (?:that|it)))"
    r"\b[^.!?\n\d]{0,30}[!.]?[ ,:]{0,3}$"
)


def without_slips(page: Page, moments: list[Moment]) -> list[Moment]:
    """The moments without one that the writer takes back with a word of slip or joke before the next."""
    kept = moments[:1]
    for moment in moments[1:]:
        last = kept[-1]
        if moment.begin - last.end <= _SLIP_NEAR and _SLIP.search(page.prose, last.end, moment.begin):
            day = moment.day or last.day
            moment = moment._replace(day=day, clock=moment.clock or last.clock, lent=moment.day is None and day is not None)
            kept[-1] = moment
        else:
            kept.append(moment)
    return kept


_SLIP_NEAR = 120
