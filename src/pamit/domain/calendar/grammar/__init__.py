"""The date grammar: the days, clock times and lengths that a text names, in Indonesian and English.

Reads what people write in letters, mails and chats: day first and never month first, dots and colons, "pukul" and "jam",
"setengah sepuluh", "s/d selesai", "besok", "Senin depan" (source: indonesia.md, "Time"). What is only half read is refused,
as a wrong date is far worse than none.
"""

from __future__ import annotations

from pamit.domain.calendar.grammar.dates import find_dates
from pamit.domain.calendar.grammar.durations import find_durations
from pamit.domain.calendar.grammar.mentions import DateForm, DateMention, DurationMention, TimeMention
from pamit.domain.calendar.grammar.times import find_times
from pamit.domain.calendar.grammar.words import named_zone

__all__ = [
    "DateForm",
    "DateMention",
    "DurationMention",
    "TimeMention",
    "find_dates",
    "find_durations",
    "find_times",
    "named_zone",
]
