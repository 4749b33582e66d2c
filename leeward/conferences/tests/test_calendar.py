"""The file for calendars, read back by other code than what wrote it: vobject, which goes by the
description of the clocks inside the file."""

import datetime as dt
import io
import uuid
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st

from leeward.conferences.before.models import Sitting
from leeward.conferences.calendar import calendar_file, calendar_name
from leeward.conferences.rules import ZONES, ComesTwice, NoSuchTime, moment

MEETING = uuid.UUID(int=77)


def sitting(starts_at, zone="America/Toronto", minutes=60, number=1, kind="set"):
    return Sitting(
        meeting_id=MEETING,
        number=number,
        kind=kind,
        starts_at=starts_at,
        minutes=minutes,
        zone=zone,
        recorded_at=dt.datetime(2026, 1, 5, 15, 0, 7, tzinfo=dt.UTC),
    )


def read(row, language="en"):
    return vobject.readOne(calendar_file(row, language).decode())


def by_its_own_clocks(text, line):
    """The moment that a local time stands for by the VTIMEZONE of the file, read by dateutil."""
    part = text[text.index("BEGIN:VTIMEZONE") : text.index("END:VTIMEZONE") + 15]
    local = dt.datetime.strptime(line.split(":")[-1], "%Y%m%dT%H%M%S")  # noqa: DTZ007
    return local.replace(tzinfo=tzical(io.StringIO(part)).get()).astimezone(dt.UTC)


moments = st.datetimes(
    dt.datetime(2024, 1, 2),  # noqa: DTZ001 - hypothesis adds the zone
    dt.datetime(2039, 12, 30),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
).map(lambda at: at.replace(second=0, microsecond=0))


@given(moments, st.sampled_from(ZONES), st.integers(10, 600))
def test_other_code_reads_the_same_moment(at, zone, minutes):
    text = calendar_file(sitting(at, zone, minutes), "en").decode().replace("\r\n ", "")
    event = vobject.readOne(text).vevent
    lines = dict(
        each.split(";", 1)
        for each in text.splitlines()
        if each[:5] in ("DTSTA", "DTEND") and ";" in each
    )
    assert event.uid.value == str(MEETING)
    for name, found, right in (
        ("DTSTART", event.dtstart.value, at),
        ("DTEND", event.dtend.value, at + dt.timedelta(minutes=minutes)),
    ):
        assert lines[name].startswith(f"TZID={zone}:")
        local = right.astimezone(ZoneInfo(zone))
        # In the hour that comes twice a local time alone cannot say which of the two it is.
        if local.replace(fold=1).utcoffset() == local.replace(fold=0).utcoffset():
            assert found.astimezone(dt.UTC) == right
            assert by_its_own_clocks(text, lines[name]) == right


@pytest.mark.parametrize(
    ("zone", "day", "time", "utc"),
    [
        # Clocks go forward on 8 March 2026, back on 1 November.
        ("America/Toronto", "2026-03-08", "01:59", "2026-03-08T06:59"),
        ("America/Toronto", "2026-03-08", "03:00", "2026-03-08T07:00"),
        ("America/Toronto", "2026-03-08", "03:30", "2026-03-08T07:30"),
        ("America/Winnipeg", "2026-03-08", "03:30", "2026-03-08T08:30"),
        ("America/Thunder_Bay", "2026-11-01", "02:00", "2026-11-01T07:00"),
        ("America/Winnipeg", "2026-11-01", "02:00", "2026-11-01T08:00"),
        # Midnight is of the day that begins; there it is still the day before, an hour west.
        ("America/Toronto", "2026-07-01", "00:00", "2026-07-01T04:00"),
        ("America/Winnipeg", "2026-07-01", "00:00", "2026-07-01T05:00"),
        # Atikokan never turns its clocks.
        ("America/Atikokan", "2026-07-01", "00:00", "2026-07-01T05:00"),
        ("America/Atikokan", "2026-01-01", "00:00", "2026-01-01T05:00"),
    ],
)
def test_a_time_on_the_wall_is_the_right_moment_and_comes_back(zone, day, time, utc):
    day, time = dt.date.fromisoformat(day), dt.time.fromisoformat(time)
    at = moment(day, time, zone)
    assert at.isoformat() == f"{utc}:00+00:00"
    found = read(sitting(at, zone)).vevent.dtstart.value
    assert (found.date(), found.time()) == (day, time)
    assert found.astimezone(dt.UTC) == at


@pytest.mark.parametrize(
    ("day", "time", "fault"),
    [("2026-03-08", "02:30", NoSuchTime), ("2026-11-01", "01:30", ComesTwice)],
)
@pytest.mark.parametrize("zone", ["America/Toronto", "America/Winnipeg"])
def test_a_time_that_is_not_there_or_comes_twice_is_said(zone, day, time, fault):
    with pytest.raises(fault):
        moment(dt.date.fromisoformat(day), dt.time.fromisoformat(time), zone)


def test_a_meeting_over_the_turn_of_the_clocks_is_as_long_as_it_is():
    at = moment(dt.date(2026, 3, 8), dt.time(1, 30), "America/Toronto")
    event = read(sitting(at, minutes=90)).vevent
    assert event.dtend.value - event.dtstart.value.astimezone(dt.UTC) == dt.timedelta(minutes=90)
    assert (event.dtend.value.hour, event.dtend.value.minute) == (4, 0)


def test_moved_and_called_off_it_stays_the_same_event():
    at = dt.datetime(2026, 5, 5, 14, tzinfo=dt.UTC)
    first = read(sitting(at))
    moved = read(sitting(at + dt.timedelta(days=1), number=2, kind="moved"))
    off = read(sitting(at + dt.timedelta(days=1), number=3, kind="called_off"))
    assert {each.vevent.uid.value for each in (first, moved, off)} == {str(MEETING)}
    assert [each.vevent.sequence.value for each in (first, moved, off)] == ["0", "1", "2"]
    assert [each.method.value for each in (first, moved, off)] == ["PUBLISH", "PUBLISH", "CANCEL"]
    assert off.vevent.status.value == "CANCELLED"


@pytest.mark.parametrize(
    ("language", "word", "name"),
    [("en", "Meeting", "meeting.ics"), ("fr", "Rencontre", "rencontre.ics")],
)
def test_it_says_a_neutral_word_and_a_time_alone(language, word, name):
    row = sitting(dt.datetime(2026, 5, 5, 14, tzinfo=dt.UTC))
    row.person_id = uuid.UUID(int=5)
    row.place, row.why = "Room 4, Example House", "the bus"
    event = read(row, language).vevent
    assert event.summary.value == word
    assert calendar_name(language) == name
    assert {each.name for each in event.getChildren()} == set(
        "UID DTSTAMP SEQUENCE SUMMARY DTSTART DTEND STATUS ORGANIZER CLASS".split()
    )
    text = calendar_file(row, language).decode()
    assert "Example" not in text
    assert "leeward" not in text.casefold()
    assert str(row.person_id) not in text
