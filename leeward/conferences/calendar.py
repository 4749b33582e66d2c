"""A meeting as a file for calendars (iCalendar, RFC 5545 and 5546), in neutral words.

Whoever sees a calendar over somebody's shoulder learns of a meeting at a time, and nothing else:
no name, no place, no purpose, no agency, nobody who is asked.
"""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vUri
from icalendar.enums import STATUS

from leeward.conferences.before.models import Sitting

# Every summary, whatever the meeting is, and every file name.
WORDS = {"en": ("Meeting", "meeting.ics"), "fr": ("Rencontre", "rencontre.ics")}
# The law on when clocks are turned in Ontario has stood since then.
RULE_SINCE = 2007
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)


def calendar_name(language: str) -> str:
    """A file name that says nothing: meeting.ics or rencontre.ics."""
    return WORDS[language][1]


def calendar_file(sitting: Sitting, language: str) -> bytes:
    """The newest sitting of a meeting as one event; the same bytes every time.

    Its UID is the meeting's id, and stays when it is moved or called off; SEQUENCE rises by one
    each time, and METHOD says CANCEL for one that was called off.
    """
    off = sitting.kind == Sitting.Kind.CALLED_OFF
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//calendar//EN")
    calendar.add("method", "CANCEL" if off else "PUBLISH")
    zone = ZoneInfo(sitting.zone)
    starts = sitting.starts_at.astimezone(zone)
    # Over a night on which clocks are turned, so many minutes stay so many.
    ends = (sitting.starts_at + dt.timedelta(minutes=sitting.minutes)).astimezone(zone)
    calendar.add_component(_clocks(sitting.zone))
    event = Event()
    event.add("uid", str(sitting.meeting_id))
    event.add("dtstamp", sitting.recorded_at.astimezone(dt.UTC).replace(microsecond=0))
    event.add("sequence", sitting.number - 1)
    event.add("summary", WORDS[language][0])
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("status", STATUS.CANCELLED if off else STATUS.CONFIRMED)
    # RFC 5546 wants one. This says that it is the same as before, and not who.
    event["organizer"] = vUri(f"urn:uuid:{sitting.meeting_id}")
    event.add("class", "PRIVATE")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


@cache
def _clocks(name: str) -> Timezone:
    """How the clocks of a zone go, since the year of today's rule: each turn comes again on the
    same Sunday of its month.

    The library's own description lets summer begin an hour late (RFC 5545 counts each beginning by
    the clocks as they went before it), and lists of days are read by few calendars. The tests
    compare it, by other code, with what the zones' own tables say for years to come.
    """
    zone, at = ZoneInfo(name), dt.datetime(RULE_SINCE, 1, 1, tzinfo=dt.UTC)
    found = Timezone()
    found.add("tzid", name)
    found.add_component(_observance(at, zone, at.astimezone(zone).utcoffset(), again=False))
    while at.year == RULE_SINCE:
        offset, turned = at.astimezone(zone).utcoffset(), at
        if (at + DAY).astimezone(zone).utcoffset() != offset:
            while turned.astimezone(zone).utcoffset() == offset:
                turned += MINUTE
            found.add_component(_observance(turned, zone, offset, again=True))
        at += DAY
    return found


def _observance(
    since: dt.datetime, zone: ZoneInfo, before: dt.timedelta | None, *, again: bool
) -> TimezoneStandard | TimezoneDaylight:
    local = since.astimezone(zone)
    begins = (since + (before or dt.timedelta())).replace(tzinfo=None)
    part = TimezoneDaylight() if local.dst() else TimezoneStandard()
    part.add("dtstart", begins)
    if again:
        sunday = f"{(begins.day + 6) // 7}SU"
        part.add("rrule", {"freq": "yearly", "bymonth": begins.month, "byday": sunday})
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", local.utcoffset())
    part.add("tzname", local.tzname())
    return part
