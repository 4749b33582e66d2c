"""Quiet hours and the weekly day: across midnight, clock changes, and both zones of Ontario."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from leeward.reminders.channels.rules import DIGEST_AT, digest_day, quiet_until

# Most of Ontario; its west, an hour behind; and Atikokan, where clocks never change.
ZONES = ("America/Toronto", "America/Winnipeg", "America/Atikokan")
HOUR = dt.timedelta(hours=1)
# Any time of day, and more often one that comes twice, or not at all, when clocks change.
TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0)) | st.times(
    dt.time(0, 50), dt.time(3, 10)
).map(lambda time: time.replace(second=0, microsecond=0))
_BEGIN = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
_MINUTES = st.integers(0, 4 * 365 * 1440)
# Any minute of four years, and the nights in which clocks change more often than by chance.
CHANGES = [
    dt.datetime(2026, 3, 8, 7, tzinfo=dt.UTC),
    dt.datetime(2026, 11, 1, 6, tzinfo=dt.UTC),
    dt.datetime(2027, 3, 14, 8, tzinfo=dt.UTC),
]
_NEAR = st.tuples(st.sampled_from(CHANGES), st.integers(-150, 150))
MOMENTS = (st.tuples(st.just(_BEGIN), _MINUTES) | _NEAR).map(
    lambda pair: pair[0] + dt.timedelta(minutes=pair[1])
)


def shows_quiet(at, zone, start, end):
    """Whether the clock on the wall shows a quiet hour."""
    time = at.astimezone(ZoneInfo(zone)).time()
    return start <= time < end if start < end else time >= start or time < end


@given(MOMENTS, st.sampled_from(ZONES), TIMES, TIMES)
def test_whenever_the_clock_shows_a_quiet_hour_nothing_is_sent(now, zone, start, end):
    assume(start != end)
    if shows_quiet(now, zone, start, end):
        assert quiet_until(now, zone, start, end)


@example(CHANGES[1], "America/Winnipeg", dt.time(1, 1), dt.time(1, 0))
@given(MOMENTS, st.sampled_from(ZONES), TIMES, TIMES)
def test_quiet_hours_end_and_when_they_end_the_clock_shows_it(now, zone, start, end):
    ends = quiet_until(now, zone, start, end)
    if ends is None:
        return
    assert start != end
    assert now < ends <= now + 25 * HOUR
    # In the night in which an hour comes twice, what is loud for less than an hour is not loud.
    loud = dt.datetime.combine(now, start) - dt.datetime.combine(now, end)
    if loud % dt.timedelta(days=1) > HOUR:
        assert quiet_until(ends, zone, start, end) is None
    shown = ends.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    wanted = dt.datetime.combine(shown.date(), end)
    # In the night in which an hour is left out, an end within it is after it.
    assert dt.timedelta(0) <= shown - wanted <= HOUR
    if not shows_quiet(now, zone, start, end):
        # Only an hour that comes twice, or not at all, is quiet although no clock says so.
        day = now.astimezone(ZoneInfo(zone))
        around = {(day + step * HOUR).utcoffset() for step in (-26, 0, 26)}
        assert len(around) > 1


@given(MOMENTS, st.sampled_from(ZONES), TIMES)
def test_without_two_ends_nothing_is_quiet(now, zone, time):
    assert quiet_until(now, zone, time, time) is None
    assert quiet_until(now, zone, None, time) is None
    assert quiet_until(now, zone, time, None) is None


@pytest.mark.parametrize(
    ("now", "zone", "ends"),
    [
        # Across midnight, before and after it.
        ("2026-01-10T23:30-05:00", "America/Toronto", "2026-01-11T07:00-05:00"),
        ("2026-01-11T06:59-05:00", "America/Toronto", "2026-01-11T07:00-05:00"),
        ("2026-01-11T07:00-05:00", "America/Toronto", None),
        ("2026-01-11T21:59-05:00", "America/Toronto", None),
        # The night in which an hour is left out, and the one in which an hour comes twice.
        ("2026-03-07T23:00-05:00", "America/Toronto", "2026-03-08T07:00-04:00"),
        ("2026-10-31T23:00-04:00", "America/Toronto", "2026-11-01T07:00-05:00"),
        # The same moment is quiet in one zone and not in the other.
        ("2026-07-01T02:30+00:00", "America/Toronto", "2026-07-01T07:00-04:00"),
        ("2026-07-01T02:30+00:00", "America/Winnipeg", None),
        ("2026-07-01T02:30+00:00", "America/Atikokan", None),
    ],
)
def test_quiet_from_ten_at_night_to_seven(now, zone, ends):
    found = quiet_until(dt.datetime.fromisoformat(now), zone, dt.time(22), dt.time(7))
    assert found == (ends and dt.datetime.fromisoformat(ends))


@pytest.mark.parametrize(
    ("now", "start", "end", "ends"),
    [
        # 1:30 comes twice: quiet hours end at the second, and begin at the first.
        ("2026-11-01T01:15-04:00", "22:00", "01:30", "2026-11-01T01:30-05:00"),
        ("2026-11-01T01:45-04:00", "22:00", "01:30", "2026-11-01T01:30-05:00"),
        ("2026-11-01T01:15-05:00", "22:00", "01:30", "2026-11-01T01:30-05:00"),
        ("2026-11-01T01:30-05:00", "22:00", "01:30", None),
        ("2026-11-01T01:29-04:00", "01:30", "05:00", None),
        ("2026-11-01T01:30-04:00", "01:30", "05:00", "2026-11-01T05:00-05:00"),
        # 2:30 does not come: quiet hours that end there end an hour on, and begin an hour before.
        ("2026-03-08T03:29-04:00", "22:00", "02:30", "2026-03-08T03:30-04:00"),
        ("2026-03-08T03:30-04:00", "22:00", "02:30", None),
        ("2026-03-08T01:29-05:00", "02:30", "05:00", None),
        ("2026-03-08T01:30-05:00", "02:30", "05:00", "2026-03-08T05:00-04:00"),
    ],
)
def test_in_the_nights_in_which_clocks_change(now, start, end, ends):
    times = (dt.time.fromisoformat(start), dt.time.fromisoformat(end))
    found = quiet_until(dt.datetime.fromisoformat(now), "America/Toronto", *times)
    assert found == (ends and dt.datetime.fromisoformat(ends))


@given(MOMENTS, st.sampled_from(ZONES), st.integers(0, 6), st.integers(0, 400))
def test_a_weekly_day_is_the_newest_of_its_name_and_comes_after_it_was_asked_for(
    now, zone, weekday, hours
):
    since = now - hours * HOUR
    day = digest_day(now, zone, weekday, since)
    if day is None:
        return
    at = dt.datetime.combine(day, DIGEST_AT, tzinfo=ZoneInfo(zone))
    assert day.weekday() == weekday
    assert since <= at <= now
    assert now - at <= dt.timedelta(days=7, hours=1)
    # A minute before the next one it is still this one: each is there for the whole week.
    assert digest_day(at, zone, weekday, since) == day
    following = dt.datetime.combine(day + dt.timedelta(days=7), DIGEST_AT, tzinfo=ZoneInfo(zone))
    assert digest_day(following - dt.timedelta(minutes=1), zone, weekday, since) == day
    assert digest_day(following, zone, weekday, since) == following.date()


def test_a_day_before_it_was_asked_for_is_none():
    now = dt.datetime(2026, 1, 14, 12, tzinfo=dt.UTC)
    assert digest_day(now, "America/Toronto", 0, now - HOUR) is None
