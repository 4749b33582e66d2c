"""Quiet hours and the day of the week, in the agency's zone; pure.

A time of the clock on the wall comes twice in the night when clocks go back, and not at all in the
one when they go forward. Quiet hours then begin at the earlier moment and end at the later one:
whenever the clock shows a quiet hour, it is quiet.
"""

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

# On the chosen day of the week, not before this time.
DIGEST_AT: Final = dt.time(8, 0)


def _moments(day: dt.date, time: dt.time, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    at = dt.datetime.combine(day, time, tzinfo=zone)
    both = [at.replace(fold=fold).astimezone(dt.UTC) for fold in (0, 1)]
    return min(both), max(both)


def quiet_until(
    now: dt.datetime, zone: str, start: dt.time | None, end: dt.time | None
) -> dt.datetime | None:
    """When the quiet hours end that it is in now (an aware moment); None when it is in none.

    `end` before `start` is on the next day. Without both of them nothing is quiet.
    """
    if start is None or end is None or start == end:
        return None
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    for days in (-1, 0):
        opens = today + dt.timedelta(days=days)
        closes = opens if end > start else opens + dt.timedelta(days=1)
        first, last = _moments(opens, start, here)[0], _moments(closes, end, here)[1]
        if first <= now < last:
            return last
    return None


def digest_day(now: dt.datetime, zone: str, weekday: int, since: dt.datetime) -> dt.date | None:
    """The newest day of this weekday (0 is Monday) whose time has come; None where that was
    before `since`, when it was asked for."""
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    day = today - dt.timedelta(days=(today.weekday() - weekday) % 7)
    if now < _moments(day, DIGEST_AT, here)[1]:
        day -= dt.timedelta(days=7)
    return day if _moments(day, DIGEST_AT, here)[1] >= since else None
