"""Birthdays seen ahead, on the earliest day they could be."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.law.ages import youngest_age
from leeward.law.rules import builtin_rules
from leeward.law.tests.spans import Span, span
from leeward.law.turning import birthday, coming

AGES = (13, 15, 16, 18, 23)
days = st.dates(dt.date(1995, 1, 1), dt.date(2030, 12, 31))
leap_days = st.sampled_from([dt.date(year, 2, 29) for year in range(1996, 2029, 4)])
births = st.one_of(days, leap_days)
care = st.sampled_from([True, False, None])


@st.composite
def spans(draw):
    """A day, or a span of up to a year."""
    first = draw(births)
    return Span(first, first + dt.timedelta(days=draw(st.sampled_from([0, 0, 27, 30, 364]))))


def test_each_age_is_tabled_with_what_becomes_due():
    assert {one.age for one in builtin_rules().turning} == set(AGES)
    in_care = {one.age for one in builtin_rules().turning if one.applies == "in_care"}
    assert in_care == {13, 15, 18, 23}


@given(births, st.integers(0, 40))
def test_a_birthday_is_the_first_day_of_an_age(born, age):
    day = birthday(born, age)
    on = Span(born, born)
    assert youngest_age(on, day) == age
    assert age == 0 or youngest_age(on, day - dt.timedelta(days=1)) == age - 1


@pytest.mark.parametrize(
    ("age", "day"),
    [(13, "2021-03-01"), (16, "2024-02-29"), (18, "2026-03-01"), (23, "2031-03-01")],
)
def test_29_february(age, day):
    assert birthday(dt.date(2008, 2, 29), age).isoformat() == day


def test_the_end_of_the_calendar():
    assert birthday(dt.date(9999, 5, 1), 13) == dt.date.max


@given(days, care)
def test_an_unknown_birth_date_is_not_none_coming(as_of, in_care):
    assert coming(None, as_of, in_care=in_care) is None


@given(spans(), days, care)
def test_what_is_shown_has_not_surely_been_and_is_near(born, as_of, in_care):
    for one in coming(born, as_of, in_care=in_care):
        assert one.on == birthday(born.earliest, one.age)
        assert as_of <= one.latest
        assert one.is_exact == (born.earliest == born.latest)
        for row in (*one.rows, *one.if_in_care):
            assert (one.on - as_of).days <= row.ahead
            assert row.age == one.age


@given(spans(), st.sampled_from(builtin_rules().turning), st.integers(0, 364))
def test_every_birthday_is_seen_on_every_day_from_its_time_on(born, row, later):
    first = birthday(born.earliest, row.age) - dt.timedelta(days=row.ahead)
    day = min(first + dt.timedelta(days=later), birthday(born.latest, row.age))
    shown = [each for one in coming(born, day, in_care=True) for each in one.rows]
    assert row in shown


@given(spans(), days)
def test_care_that_is_not_known_shows_what_care_would_and_apart(born, as_of):
    inside = coming(born, as_of, in_care=True)
    unknown = coming(born, as_of, in_care=None)
    assert [{*one.rows} for one in inside] == [{*one.rows, *one.if_in_care} for one in unknown]
    outside = [row for one in coming(born, as_of, in_care=False) for row in one.rows]
    assert outside == [row for one in unknown for row in one.rows]
    assert all(row.applies == "any" for row in outside)


@given(spans(), days)
def test_knowing_less_of_a_birth_date_never_shows_less(born, as_of):
    wider = Span(born.earliest - dt.timedelta(days=40), born.latest + dt.timedelta(days=40))
    rows = {row for one in coming(born, as_of, in_care=True) for row in one.rows}
    assert rows <= {row for one in coming(wider, as_of, in_care=True) for row in one.rows}


def test_a_month_counts_from_its_first_day():
    (one,) = coming(span("2011-03"), dt.date(2026, 12, 20), in_care=False)
    assert (one.age, one.on, one.latest) == (16, dt.date(2027, 3, 1), dt.date(2027, 3, 31))
    assert not coming(span("2011-03"), dt.date(2026, 11, 29), in_care=False)
