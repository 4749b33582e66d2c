"""Ages on the day, and what holds at each."""

import datetime as dt

import pytest

from leeward.law.ages import age_rules, youngest_age
from leeward.law.tests.spans import span


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("2009-11-30", "2025-11-29", 15),
        ("2009-11-30", "2025-11-30", 16),
        ("2009-11", "2025-11-29", 15),
        ("2009-11", "2025-12-01", 16),
        ("2009", "2025-12-30", 15),
        ("2008-02-29", "2025-02-28", 16),
        ("2008-02-29", "2025-03-01", 17),
        ("2025", "2025-04-02", 0),
    ],
)
def test_youngest_age(born, on, age):
    assert youngest_age(span(born), dt.date.fromisoformat(on)) == age


def test_an_unknown_date_has_no_age():
    born = span("2009")
    assert youngest_age(None, dt.date(2025, 1, 1)) is None
    assert youngest_age(born, None) is None


def bands(age, **more):
    return {one.band for one in age_rules(age, **more)}


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (0, {"under-18", "under-12", "under-16-information"}),
        (11, {"under-18", "under-12", "under-16-information"}),
        (12, {"under-18", "12-15", "under-16-information"}),
        (15, {"under-18", "12-15", "under-16-information"}),
        (16, {"under-18", "16-17"}),
        (17, {"under-18", "16-17"}),
        (18, {"18-and-over"}),
        (40, {"18-and-over"}),
        (None, {"under-18", "under-12", "12-15", "under-16-information"}),
    ],
)
def test_bands_at_an_age(age, expected):
    assert bands(age) == expected


def ids(age, does, **more):
    return {one.id for one in age_rules(age, **more) if one.does == does}


def test_what_is_forbidden_at_an_age():
    assert "no-close-in-age-under-12" in ids(11, "forbid")
    assert "no-close-in-age-under-12" not in ids(12, "forbid")
    assert "no-waiting" in ids(12, "forbid")
    assert "no-parent-decides" in ids(16, "forbid")
    assert "no-other-use-of-twelve-hours" in ids(17, "forbid")
    assert "no-child-forms" in ids(18, "forbid")
    for age in range(18):
        assert "no-consent-to-exploitation" in ids(age, "forbid")


def test_closeness_in_age_is_shown_by_its_own_ages():
    assert {"close-in-age-12-13", "close-in-age-14-15"} & ids(13, "prompt") == {
        "close-in-age-12-13"
    }
    assert {"close-in-age-12-13", "close-in-age-14-15"} & ids(14, "prompt") == {
        "close-in-age-14-15"
    }


def test_care_has_its_own_rules_to_23():
    assert "in-care-to-23" not in bands(15)
    assert "in-care-to-23" in bands(15, in_care=True)
    assert "supports-to-23" in ids(22, "prompt", in_care=True)
    assert "in-care-to-23" not in bands(23, in_care=True)
    assert "transition-conference" not in ids(14, "prompt", in_care=True)
