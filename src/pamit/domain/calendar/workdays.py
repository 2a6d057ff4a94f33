"""Working days in Indonesia: Monday to Friday without national holidays and cuti bersama (rule T12).

Source of the days: the yearly joint decree of three ministers, as far as the ``holidays`` package has it; days of one's own
(decreed in mid-year, or of a company) are added by the person as a TOML file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from pamit.errors import ErrorKind, PamitError
from pamit.tables import parse_table

__all__ = ["OwnDays", "Workdays"]


@dataclass(frozen=True)
class OwnDays:
    """Days that a person or centre sets for themselves.

    Attributes:
        off: day to name, free although the decree does not say so.
        on: worked although the decree makes them free.
    """

    off: Mapping[date, str] = field(default_factory=dict)
    on: frozenset[date] = frozenset()

    @classmethod
    def from_toml(cls, text: str) -> OwnDays:
        """Read own days from TOML.

        >>> OwnDays.from_toml('work = [2026-12-24]\\n[off]\\n2026-11-30 = "Libur daerah"').off
        {datetime.date(2026, 11, 30): 'Libur daerah'}

        Raises:
            PamitError: ``own-days`` where the text is no TOML of that form; the message names the place.
        """
        try:
            data = parse_table(text)
        except ValueError as error:
            raise PamitError(ErrorKind.INVALID, "own-days", f"The file of own days is not valid TOML: {error}.") from error
        unknown = sorted(set(data) - {"off", "work"})
        off, on = data.get("off", {}), data.get("work", [])
        if unknown or not isinstance(off, dict) or not isinstance(on, list):
            raise PamitError(
                ErrorKind.INVALID,
                "own-days",
                f"The file of own days has a table 'off' and a list 'work', not {', '.join(unknown) or 'other types'}.",
            )
        try:
            days = {date.fromisoformat(str(day)): str(name) for day, name in off.items()}
            worked = frozenset(date.fromisoformat(str(day)) for day in on)
        except ValueError as error:
            raise PamitError(ErrorKind.INVALID, "own-days", f"A day in the file of own days is impossible: {error}.") from error
        return cls(days, worked)

    def to_toml(self) -> str:
        """As :meth:`from_toml` reads it.

        >>> OwnDays.from_toml(OwnDays({date(2026, 11, 30): "Libur"}).to_toml()).off
        {datetime.date(2026, 11, 30): 'Libur'}
        """
        # A JSON string is a basic string of TOML.
        off = [f"{day} = {json.dumps(name, ensure_ascii=False)}" for day, name in sorted(self.off.items())]
        return "\n".join([f"work = [{', '.join(str(day) for day in sorted(self.on))}]", "", "[off]", *off, ""])

    def with_off(self, day: date, name: str) -> OwnDays:
        """With one more free day; it is no longer a worked one."""
        return OwnDays({**self.off, day: name}, self.on - {day})

    def with_work(self, day: date) -> OwnDays:
        """With one more worked day; it is no longer a free one."""
        return OwnDays({free: name for free, name in self.off.items() if free != day}, self.on | {day})

    def without(self, day: date) -> OwnDays:
        """As the decree has that day."""
        return OwnDays({free: name for free, name in self.off.items() if free != day}, self.on - {day})


@cache
def _decreed(year: int) -> Mapping[date, str]:
    # Loaded only when a plan needs it: the package costs tens of milliseconds.
    from holidays.countries.indonesia import Indonesia

    days = Indonesia(years=year, categories=("public", "government"), language="id")
    return {day: name for day, name in days.items() if day.year == year}


@dataclass(frozen=True)
class Workdays:
    """The working calendar of an employer in Indonesia.

    Attributes:
        saturday: whether Saturday is worked (until 13:00).
        own: days added or taken back by the person.
    """

    saturday: bool = False
    own: OwnDays = field(default_factory=OwnDays)

    def holiday(self, day: date) -> str | None:
        """The Indonesian name of the holiday or cuti bersama on that day; None on any other."""
        if day in self.own.on:
            return None
        return self.own.off.get(day) or _decreed(day.year).get(day)

    def is_workday(self, day: date) -> bool:
        """Whether people work on that day, half Saturdays included where they are worked."""
        weekday = day.weekday()
        if weekday == 6 or (weekday == 5 and not self.saturday and day not in self.own.on):
            return day in self.own.on
        return self.holiday(day) is None

    def from_day(self, day: date) -> Iterator[date]:
        """The working days from that day on, itself included, without end."""
        while True:
            if self.is_workday(day):
                yield day
            day += timedelta(days=1)
