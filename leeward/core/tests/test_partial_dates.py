import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.core.partial_dates import age_range, bounds

DAY = dt.date(2025, 3, 10)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025-03-10", DAY, DAY),
        ("2025-02", dt.date(2025, 2, 1), dt.date(2025, 2, 28)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2025", dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
    ],
)
def test_a_date_spans_the_days_it_could_mean(text, earliest, latest):
    assert bounds(text) == (earliest, latest)


def test_no_date_spans_nothing():
    assert bounds("") is None
    assert age_range("", DAY) is None


@pytest.mark.parametrize(
    "text",
    [
        "2025-13", "2025-00", "2025-02-30", "2025-3-10", "25-03-10", "0000", "2025-03-10\n",
        " 2025", "2025-", "soon", "2025-03-10T00:00", "٢٠٢٥",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        bounds(text)


@given(st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)))
def test_every_day_lies_within_its_month_and_its_year(day):
    text = day.isoformat()
    for part in (text, text[:7], text[:4]):
        earliest, latest = bounds(part)
        assert earliest <= day <= latest


@pytest.mark.parametrize(
    ("born", "ages"),
    [
        ("2009-03-10", (16, 16)),
        ("2009-03-11", (15, 15)),
        ("2009-03", (15, 16)),
        ("2009", (15, 16)),
        ("2030", (0, 0)),
    ],
)
def test_an_age_is_a_range_when_the_birth_date_is(born, ages):
    assert age_range(born, DAY) == ages


def test_a_birthday_on_the_29th_of_february_is_kept_on_the_1st_of_march():
    assert age_range("2008-02-29", dt.date(2024, 2, 28)) == (15, 15)
    assert age_range("2008-02-29", dt.date(2025, 2, 28)) == (16, 16)
    assert age_range("2008-02-29", dt.date(2025, 3, 1)) == (17, 17)


@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2020, 12, 31)),
    st.dates(dt.date(2021, 1, 1), dt.date(2040, 1, 1)),
)
def test_knowing_less_of_a_birth_date_never_narrows_the_age(born, on):
    text = born.isoformat()
    youngest, oldest = age_range(text, on)
    for part in (text[:7], text[:4]):
        lower, upper = age_range(part, on)
        assert lower <= youngest <= oldest <= upper
