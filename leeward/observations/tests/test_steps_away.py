import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from leeward.observations.steps_away import Step, steps_away
from leeward.practice_model.model import HARM, MOVEMENT_AWAY, VULNERABILITY


def day(number):
    return dt.date(2025, 1, 1) + dt.timedelta(days=number)


def test_step_begins_with_an_opinion_of_movement_away_and_goes_on():
    assert steps_away([(day(3), MOVEMENT_AWAY)], []) == [Step(day(3), None)]


def test_step_ends_on_the_day_harm_is_named_again():
    named = [(day(3), MOVEMENT_AWAY), (day(40), HARM)]
    assert steps_away(named, []) == [Step(day(3), day(40))]


def test_step_ends_where_the_last_missing_episode_before_that_began():
    named = [(day(3), MOVEMENT_AWAY), (day(40), HARM)]
    away = [(day(1), day(2)), (day(10), day(12)), (day(35), day(39))]
    assert steps_away(named, away) == [Step(day(3), day(35))]


def test_missing_episode_alone_ends_nothing():
    assert steps_away([(day(3), MOVEMENT_AWAY)], [(day(10), day(12))]) == [Step(day(3), None)]


def test_vulnerability_named_in_between_ends_nothing():
    named = [(day(3), MOVEMENT_AWAY), (day(9), VULNERABILITY)]
    assert steps_away(named, []) == [Step(day(3), None)]


def test_opinions_that_differ_on_one_day_change_nothing():
    both = [(day(3), MOVEMENT_AWAY), (day(3), HARM)]
    assert steps_away(both, []) == []
    assert steps_away([(day(1), MOVEMENT_AWAY), *both], []) == [Step(day(1), None)]


NAMED = st.lists(
    st.tuples(st.integers(0, 400).map(day), st.sampled_from([HARM, MOVEMENT_AWAY, VULNERABILITY])),
    max_size=20,
)
AWAY = st.lists(st.integers(0, 400).map(lambda n: (day(n), day(n + 2))), max_size=8)


@given(NAMED, AWAY, st.randoms())
def test_steps_never_depend_on_order_and_never_overlap(named, away, random):
    expected = steps_away(named, away)
    random.shuffle(named)
    random.shuffle(away)
    assert steps_away(named, away) == expected
    for before, after in itertools.pairwise(expected):
        assert before.until is not None
        assert before.since < before.until <= after.since
    assert all(step.until is not None for step in expected[:-1])
