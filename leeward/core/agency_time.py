"""Times are stored in UTC and shown in the agency's zone (design.md, data rule 3)."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone


def today() -> dt.date:
    """The day it is now in the active zone (the middleware activates the agency's)."""
    return timezone.localdate()


def start_of_day(day: dt.date) -> dt.datetime:
    """The first moment of `day` in the active zone, aware."""
    return dt.datetime.combine(day, dt.time.min, tzinfo=timezone.get_current_timezone())


def moment(day: dt.date, time: dt.time) -> dt.datetime:
    """A day and a time of the clock on the wall, in the active zone, as a moment; aware.

    In the night when clocks change, a time that comes twice is the first of the two, and one that
    is left out is as long after midnight as it says.
    """
    return dt.datetime.combine(day, time, tzinfo=timezone.get_current_timezone())


def activate(zone_name: str) -> None:
    """Show times in this zone until the end of the request."""
    timezone.activate(ZoneInfo(zone_name))
