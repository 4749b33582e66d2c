"""How long a record is kept: the table, the agency's own periods, and the days they end on."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.keeping.rules import (
    OutsideTheLimits,
    Period,
    check_asked,
    due_on,
    kept_for,
    shipped,
)

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2500, 1, 1))
PERIODS = st.builds(Period, years=st.integers(0, 200), days=st.integers(0, 4000))
WITH_A_PERIOD = [name for name, row in shipped().items() if row.keep]


def test_every_row_says_what_since_when_and_by_which_source():
    for row in shipped().values():
        assert row.words["en"]
        assert row.words["fr"]
        assert row.since
        assert row.source["en"]
        assert row.source["fr"]
        assert row.kind in {"statute", "practice"}
        assert row.confirmed in {"to be confirmed by counsel", "house rule"}


@pytest.mark.parametrize("name", WITH_A_PERIOD)
def test_the_default_is_within_its_own_limits(name):
    row = shipped()[name]
    assert row.least <= row.keep
    assert row.most is None or row.keep <= row.most
    assert kept_for(name, {}) == row.keep


@given(since=DAYS, period=PERIODS)
def test_no_period_ends_before_it_begins(since, period):
    assert period.after(since) >= since


@given(since=DAYS, later=DAYS, period=PERIODS)
def test_what_began_later_never_ends_sooner(since, later, period):
    first, second = sorted((since, later))
    assert period.after(first) <= period.after(second)


@given(since=DAYS, years=st.integers(0, 200))
def test_a_year_is_over_on_its_anniversary_and_never_before(since, years):
    end = Period(years=years).after(since)
    assert end.year == since.year + years
    leap = (since.month, since.day) == (2, 29) and (end.month, end.day) == (3, 1)
    assert leap or (end.month, end.day) == (since.month, since.day)


def test_a_time_past_the_end_of_the_calendar_never_comes():
    assert Period(years=9000).after(dt.date(2026, 1, 1)) == dt.date.max
    assert Period(days=10**9).after(dt.date(2026, 1, 1)) == dt.date.max


@given(asked=st.integers(-5, 200), since=DAYS)
def test_an_agency_may_keep_longer_and_never_shorter_than_the_least(asked, since):
    least = shipped()["file"].least
    if asked < least.years:
        with pytest.raises(OutsideTheLimits, match=f"at least {least.years} years"):
            kept_for("file", {"file": asked})
    else:
        assert due_on("file", since, {"file": asked}) >= least.after(since)


@given(asked=st.integers(-5, 400))
def test_a_keyring_backup_is_never_kept_past_the_most(asked):
    row = shipped()["keyring_backup"]
    if row.least.days <= asked <= row.most.days:
        assert kept_for("keyring_backup", {"keyring_backup": asked}).days == asked
    else:
        with pytest.raises(OutsideTheLimits, match="at most 92 days"):
            kept_for("keyring_backup", {"keyring_backup": asked})


@pytest.mark.parametrize("asked", [{"audit": 3}, {"nothing": 3}, {"file": 0}])
def test_a_setting_that_cannot_be_is_refused_when_leeward_starts(asked):
    with pytest.raises(OutsideTheLimits):
        check_asked(asked)
