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
# The years for which the clocks are described at least.
FIRST, LAST = 2024, 2040
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
    calendar.add_component(_clocks(sitting.zone, starts.year))
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


def _clocks(name: str, year: int) -> Timezone:
    """How the clocks of a zone go, as it is known today, for long enough that a calendar which
    keeps the first description it is given is right about later meetings too. No rule is given
    for ever: laws change.

    The library's own description lets summer begin an hour late (RFC 5545 counts each beginning by
    the clocks as they went before it), so it is written here; the tests read it by other code.
    """
    first = dt.datetime(min(FIRST, year - 1), 1, 1, tzinfo=dt.UTC)
    zone = ZoneInfo(name)
    found = Timezone()
    found.add("tzid", name)
    found.add_component(_observance([first], zone, first.astimezone(zone).utcoffset()))
    turned: dict[tuple[dt.timedelta | None, ...], list[dt.datetime]] = {}
    for at in _turns(name, first, max(LAST, year + 1)):
        before = (at - MINUTE).astimezone(zone).utcoffset()
        turned.setdefault((before, at.astimezone(zone).utcoffset()), []).append(at)
    for (before, _after), days in turned.items():
        found.add_component(_observance(days, zone, before))
    return found


@cache
def _turns(name: str, first: dt.datetime, last: int) -> list[dt.datetime]:
    """The moments, from `first` to the end of a year, at which the clocks of a zone are turned."""
    zone, at, found = ZoneInfo(name), first, []
    while at.year <= last:
        offset = at.astimezone(zone).utcoffset()
        if (at + DAY).astimezone(zone).utcoffset() != offset:
            turned = at
            while turned.astimezone(zone).utcoffset() == offset:
                turned += MINUTE
            found.append(turned)
        at += DAY
    return found


def _observance(
    since: list[dt.datetime], zone: ZoneInfo, before: dt.timedelta | None
) -> TimezoneStandard | TimezoneDaylight:
    local = since[0].astimezone(zone)
    part = TimezoneDaylight() if local.dst() else TimezoneStandard()
    begins = [(each + (before or dt.timedelta())).replace(tzinfo=None) for each in since]
    part.add("dtstart", begins[0])
    if begins[1:]:
        part.add("rdate", begins[1:])
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", local.utcoffset())
    part.add("tzname", local.tzname())
    return part
