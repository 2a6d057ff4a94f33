"""Calendar objects (RFC 5545) and their scheduling methods (RFC 5546): lenient reading without shared state.

Every content line stands for itself: a broken one loses only itself, and the loss is named. Time zones are resolved per
object in a fixed order and each time says how its zone was found, so the result never depends on what was read before.
"""

from pamit.formats.icalendar.lines import Component, ContentLine
from pamit.formats.icalendar.read import CalendarEvent, CalendarObject, CalendarUser, parse_calendars
from pamit.formats.icalendar.times import CalendarTime
from pamit.formats.icalendar.zones import ZoneDefinition, ZoneFound

__all__ = [
    "CalendarEvent",
    "CalendarObject",
    "CalendarTime",
    "CalendarUser",
    "Component",
    "ContentLine",
    "ZoneDefinition",
    "ZoneFound",
    "parse_calendars",
]
