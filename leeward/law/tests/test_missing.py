"""Clocks while somebody is missing: across midnight, the change of the clocks, and both zones."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.law.missing import EpisodeFacts, due_at, return_talk, standing, steps_for
from leeward.law.rules import builtin_rules

ZONES = ("America/Toronto", "America/Thunder_Bay", "America/Winnipeg", "America/Rainy_River")
facts = st.builds(EpisodeFacts, st.booleans(), st.booleans(), st.booleans())
START = dt.datetime.fromisoformat("2024-01-01")
moments = st.datetimes(
    START,
    START.replace(year=2028),
    timezones=st.just(dt.UTC),
)


@given(facts)
def test_police_are_told_of_those_whom_nobody_can_find_and_of_no_others(known):
    found = [one.id for one in steps_for(known)]
    assert ("police" in found) == known.unknown
    assert ("serious-occurrence" in found) == known.placed
    assert ("community" in found) == known.community
    assert {"society", "guardian"} <= set(found)
    assert "return-talk" not in found


@given(facts)
def test_knowing_less_never_takes_a_step_away(known):
    more = set(steps_for(replace(known, unknown=True)))
    assert set(steps_for(known)) <= more


@given(st.sampled_from(builtin_rules().missing_steps), moments, moments)
def test_a_step_is_late_only_after_its_time_and_done_is_done(step, noticed, now):
    due = due_at(step, noticed)
    assert due - noticed == dt.timedelta(minutes=step.within)
    waiting = standing(due, now, done_at=None, excused=False)
    assert waiting == ("late" if now > due else "waiting")
    for excused in (True, False):
        done = standing(due, now, done_at=now, excused=excused)
        assert done == ("in_time" if now <= due else "done_late")
    assert standing(due, now, done_at=None, excused=True) == "not_done"


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("noticed", "fold"),
    [
        ("2026-03-08 01:40", 0),  # an hour is left out
        ("2026-11-01 01:40", 0),  # the hour that comes twice, the first time
        ("2026-11-01 01:40", 1),  # and the second
        ("2026-12-31 23:50", 0),
    ],
)
def test_an_hour_is_an_hour_in_the_night_when_the_clocks_change(zone, noticed, fold):
    at = dt.datetime.fromisoformat(noticed).replace(tzinfo=ZoneInfo(zone), fold=fold)
    police = next(one for one in steps_for(EpisodeFacts(True, True, True)) if one.id == "police")
    due = due_at(police, at)
    assert due.timestamp() - at.timestamp() == police.within * 60
    assert standing(due, due, done_at=None, excused=False) == "waiting"
    later = due + dt.timedelta(minutes=1)
    assert standing(due, later, done_at=None, excused=False) == "late"


def test_toronto_and_winnipeg_agree_on_the_moment_and_not_on_the_clock():
    at = dt.datetime(2026, 7, 1, 23, 30, tzinfo=ZoneInfo("America/Toronto"))
    same = at.astimezone(ZoneInfo("America/Winnipeg"))
    talk = return_talk()
    assert due_at(talk, at) == due_at(talk, same)
    assert due_at(talk, at) - at == dt.timedelta(hours=72)
