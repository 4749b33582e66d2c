"""Partial dates, and days missing."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.practice_model.dates import DaysMissing, PartialDate
from leeward.practice_model.tests.strategies import rule

DAY = dt.date


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025-03-10", DAY(2025, 3, 10), DAY(2025, 3, 10)),
        ("2024-02", DAY(2024, 2, 1), DAY(2024, 2, 29)),
        ("2025", DAY(2025, 1, 1), DAY(2025, 12, 31)),
        ("9999-12", DAY(9999, 12, 1), DAY(9999, 12, 31)),
    ],
)
def test_partial_date_keeps_what_is_known(text, earliest, latest):
    date = PartialDate.from_text(text)
    assert (date.earliest, date.latest) == (earliest, latest)
    assert str(date) == text
    assert date.is_day == (len(text) == 10)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0000",
        "2025-00",
        "2025-W10-1",
        "20250310",
        "2025-03-32",
        " 2025",
        "2025-03-1x",
        "２０２５",
    ],
)
def test_anything_else_is_not_a_date(text):
    with pytest.raises(ValueError, match=r"^"):
        PartialDate.from_text(text)


def test_days_missing_count_each_day_once():
    away = DaysMissing(
        [
            (DAY(2025, 1, 1), DAY(2025, 1, 11)),
            (DAY(2025, 1, 5), DAY(2025, 1, 8)),
            (DAY(2025, 1, 10), DAY(2025, 1, 12)),
            (DAY(2025, 2, 1), None),
            (DAY(2025, 3, 2), DAY(2025, 3, 5)),
        ],
        as_of=DAY(2025, 3, 1),
    )
    assert away.between(DAY(2025, 1, 1), DAY(2025, 1, 31)) == 11
    assert away.between(DAY(2024, 12, 1), DAY(2025, 3, 1)) == 11 + 28
    assert away.between(DAY(2025, 2, 20), DAY(2025, 3, 1)) == 9
    assert away.between(DAY(2025, 1, 20), DAY(2025, 1, 25)) == 0


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4)


@rule
@given(spans, st.integers(0, 60), st.integers(0, 60))
def test_days_missing_equal_the_days_one_by_one(given_spans, one, other):
    start, end = sorted((one, other))
    first = DAY(2025, 1, 1).toordinal()
    episodes = [(min(each), max(each)) for each in given_spans]
    missing = {day for low, high in episodes for day in range(low, high)}
    away = DaysMissing(
        [(DAY.fromordinal(first + a), DAY.fromordinal(first + b)) for a, b in episodes],
        as_of=DAY.fromordinal(first + 60),
    )
    found = away.between(DAY.fromordinal(first + start), DAY.fromordinal(first + end))
    assert found == len(missing & set(range(start, end)))
