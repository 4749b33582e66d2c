"""The clock of a request: counted in days of the agency, whatever the hour or the season."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.law.requests import (
    NoSuchExtension,
    clock,
    days_of,
    grounds,
    may_extend,
    received_on,
    rule,
)
from leeward.law.rules import builtin_rules

# Both zones of Ontario: Eastern, and Central in the north-west.
ZONES = ("America/Toronto", "America/Winnipeg")
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1))
SECONDS = st.integers(946_684_800, 3_700_000_000)
MOMENTS = SECONDS.map(lambda each: dt.datetime.fromtimestamp(each, dt.UTC))


@given(DAYS, st.integers(0, 90), st.integers(-5, 400))
def test_the_last_day_is_thirty_days_after_day_0_and_what_was_added(received, more, since):
    as_of = received + dt.timedelta(days=since)
    found = clock(received, as_of, more)
    assert found.due_on == received + dt.timedelta(days=30 + more)
    assert found.day == since
    assert found.days_left == 30 + more - since
    assert found.past == (as_of > found.due_on) == (found.days_late > 0)
    # Five days before the end and from then on, for good: nothing that is late goes from sight.
    assert found.soon == (since >= 25 + more)
    assert may_extend(found) == (more == 0 and since <= 30)


def with_days(**days):
    """The rules of an agency that counts otherwise; None for a row that is switched off."""
    rows = (replace(each, days=days.get(each.id, each.days)) for each in builtin_rules().requests)
    kept = tuple(each for each in rows if days.get(each.id, "") is not None)
    return replace(builtin_rules(), requests=kept)


@given(DAYS, st.integers(0, 90), st.integers(0, 400), st.integers(1, 30), st.integers(1, 30))
def test_an_agency_may_promise_less_time_and_the_law_still_counts(
    received, more, since, answer, remind
):
    as_of = received + dt.timedelta(days=since)
    found = clock(received, as_of, more, with_days(answer=answer, remind=remind))
    assert found.due_on == received + dt.timedelta(days=answer + more)
    assert found.law_until == received + dt.timedelta(days=30 + more)
    assert found.past == (since > answer + more)
    assert found.refused == (since > 30 + more)
    assert found.past or not found.refused
    ahead = answer - remind if remind < answer else 5
    assert found.soon == (since >= answer + more - ahead)
    assert found.answer_by == (found.law_until if found.past else found.due_on)
    # What the law allows after the agency's own day stays allowed.
    assert may_extend(found) == (more == 0 and since <= 30)


@given(DAYS, st.integers(0, 400))
def test_without_a_day_to_remind_on_what_is_late_is_still_seen(received, since):
    as_of = received + dt.timedelta(days=since)
    found = clock(received, as_of, 0, with_days(remind=None))
    assert found.soon == found.past == (since > 30)


@given(DAYS, st.integers(0, 400))
def test_a_day_later_there_is_a_day_less(received, since):
    as_of = received + dt.timedelta(days=since)
    tomorrow = as_of + dt.timedelta(days=1)
    assert clock(received, tomorrow).days_left == clock(received, as_of).days_left - 1


@given(MOMENTS, st.sampled_from(ZONES))
def test_day_0_is_the_day_on_the_wall_of_the_agency(moment, zone):
    wall = moment.astimezone(ZoneInfo(zone))
    day = received_on(moment, zone)
    assert day == wall.date()
    start = dt.datetime.combine(day, dt.time.min, tzinfo=ZoneInfo(zone))
    assert start <= wall < start + dt.timedelta(days=1)
    # The same moment, however it is written.
    assert received_on(wall, zone) == day


@pytest.mark.parametrize(
    ("moment", "toronto", "winnipeg"),
    [
        # A minute before and after midnight in Toronto: in the north-west it is still the day.
        ("2026-11-05T04:59:00+00:00", "2026-11-04", "2026-11-04"),
        ("2026-11-05T05:00:00+00:00", "2026-11-05", "2026-11-04"),
        ("2026-11-05T06:00:00+00:00", "2026-11-05", "2026-11-05"),
        # The night the clocks go forward, and the hour that comes twice in the fall.
        ("2026-03-08T04:59:00+00:00", "2026-03-07", "2026-03-07"),
        ("2026-03-08T07:30:00+00:00", "2026-03-08", "2026-03-08"),
        ("2026-03-09T03:59:00+00:00", "2026-03-08", "2026-03-08"),
        ("2026-11-01T05:30:00+00:00", "2026-11-01", "2026-11-01"),
        ("2026-11-01T06:30:00+00:00", "2026-11-01", "2026-11-01"),
        ("2026-11-02T04:59:00+00:00", "2026-11-01", "2026-11-01"),
    ],
)
def test_midnight_and_the_change_of_the_clocks(moment, toronto, winnipeg):
    found = [received_on(dt.datetime.fromisoformat(moment), zone).isoformat() for zone in ZONES]
    assert found == [toronto, winnipeg]


def test_thirty_days_over_the_change_of_the_clocks_are_thirty_days():
    # From the winter hour to the summer hour, and back.
    assert clock(dt.date(2026, 2, 20), dt.date(2026, 3, 22)).days_left == 0
    assert clock(dt.date(2026, 10, 10), dt.date(2026, 11, 9)).days_left == 0
    assert clock(dt.date(2026, 10, 10), dt.date(2026, 11, 10)).past


@pytest.mark.parametrize("more", [-1, 91, 400])
def test_no_more_than_the_law_allows(more):
    with pytest.raises(NoSuchExtension):
        clock(dt.date(2026, 1, 1), dt.date(2026, 1, 2), more)


def test_no_section_is_invented_and_what_is_statute_says_so():
    for each in (rule("answer"), rule("extension"), rule("silence"), *grounds().values()):
        assert each.kind == "statute"
        assert each.source.endswith("section to be confirmed by counsel")
    assert rule("remind").kind == "practice"
    with pytest.raises(KeyError):
        days_of("silence")


def test_who_must_be_named_where_somebody_is_protected():
    assert {key for key, each in grounds().items() if each.protects == "person"} == {
        "reporter",
        "third-party",
    }
