"""From when until when somebody covers. Pure: days of the agency's wall, and moments."""

import datetime as dt
from typing import Final

# So long at once: who is away for longer needs somebody on the team in their place.
MOST_DAYS: Final = 30
PAST, ORDER, LONG = "past", "order", "long"


def fault(starts_on: dt.date, ends_on: dt.date, today: dt.date) -> str:
    """Why nobody can cover for these days, both of them included: one of PAST, ORDER and LONG;
    empty where somebody can."""
    if starts_on < today:
        return PAST
    if ends_on < starts_on:
        return ORDER
    return LONG if (ends_on - starts_on).days >= MOST_DAYS else ""


def window(
    starts_on: dt.date, ends_on: dt.date, zone: dt.tzinfo
) -> tuple[dt.datetime, dt.datetime]:
    """From the first moment of the first day to the first moment after the last, as clocks in this
    zone have them; in UTC, so that two moments differ by the time between them."""
    begins, over = (
        dt.datetime.combine(day, dt.time.min, tzinfo=zone).astimezone(dt.UTC)
        for day in (starts_on, ends_on + dt.timedelta(days=1))
    )
    return begins, over


def is_live(
    since: dt.datetime, until: dt.datetime, ended_at: dt.datetime | None, now: dt.datetime
) -> bool:
    """Whether somebody covers at this moment. `CoverQuerySet.live` asks the database the same."""
    return ended_at is None and since <= now < until


def last_day(until: dt.datetime, zone: dt.tzinfo) -> dt.date:
    """The last day of one that is over at this moment."""
    return (until - dt.timedelta(microseconds=1)).astimezone(zone).date()
