"""The table of reminders, and how long anything may wait."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.reminders.models import PutOff
from leeward.reminders.rules import GROUPS, group_of, is_needed, last_day, place, rules

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31))
RULES = st.sampled_from(list(rules().values()))
WAIT = [each for each in rules().values() if each.may_wait]


def test_the_database_refuses_what_the_table_says_never_waits():
    (held,) = (each for each in PutOff._meta.constraints if "may_wait" in each.name)
    ((_field, kinds),) = held.condition.children
    assert sorted(kinds) == sorted(each.id for each in WAIT)


@pytest.mark.parametrize("never", ["duty", "missing-step", "return-talk", "request", "concern"])
def test_what_the_law_or_a_danger_asks_for_is_never_put_off(never):
    rule = rules()[never]
    today = dt.date(2026, 1, 15)
    assert not rule.may_wait
    assert last_day(rule, today, today) is None
    assert last_day(rule, None, today) is None


def test_every_row_says_where_it_comes_from_and_both_languages():
    for rule in rules().values():
        assert rule.kind in ("statute", "practice")
        assert rule.source
        assert rule.en
        assert rule.fr
        assert rule.words("fr") == rule.fr
        assert rule.words("en") == rule.en
        assert not (rule.kind == "statute" and rule.may_wait)


@given(RULES, st.none() | DAYS, DAYS, st.lists(st.integers(0, 30), max_size=8))
def test_putting_off_again_and_again_gains_nothing(rule, due, today, steps):
    first = None
    for step in steps:
        last = last_day(rule, due, today, first)
        if last is None:
            break
        assert today < last <= (first or today) + dt.timedelta(days=rule.put_off_days)
        if due and not rule.past_its_day:
            assert last < due
        first = first or today
        # It comes back on some day up to the last, and is put off once more.
        today = min(last, today + dt.timedelta(days=step + 1))
    if first:
        beyond = first + dt.timedelta(days=rule.put_off_days)
        assert last_day(rule, due, beyond, first) is None


@given(RULES, st.none() | DAYS, DAYS)
def test_what_is_late_is_always_shown_and_stands_above_what_comes(rule, due, today):
    group = group_of(rule, due, today)
    assert group in GROUPS
    if due and due <= today:
        assert is_needed(rule, due, today)
        coming = today + dt.timedelta(days=1)
        assert place(rule, due, today) < place(rule, coming, today)
    if rule.first:
        other = rules()["plan-step"]
        assert place(rule, due, today) < place(other, dt.date.min, today)


def test_a_consent_shows_two_weeks_before_it_ends_and_a_step_one():
    today = dt.date(2026, 1, 1)
    for name, days in (("consent", 14), ("plan-step", 7)):
        assert is_needed(rules()[name], today + dt.timedelta(days=days), today)
        assert not is_needed(rules()[name], today + dt.timedelta(days=days + 1), today)
