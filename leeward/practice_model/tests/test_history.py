"""The dated findings behind each sign."""

import datetime as dt

from hypothesis import given

from leeward.practice_model.history import sign_history
from leeward.practice_model.record import parse_record
from leeward.practice_model.tests.strategies import AS_OF, MODEL, records, rule


def history(*notes):
    record = {"model": "2020", "as_of": str(AS_OF), "observations": list(notes)}
    return sign_history(parse_record(record, MODEL), MODEL)


def note(name, on, finding, **more):
    return {
        "id": name,
        "on": on,
        "source": "youth",
        "indicators": [{"id": "en-money", "finding": finding}],
        "harm": "none",
        "about": "self",
        **more,
    }


def test_every_recordable_sign_is_there_in_order():
    assert list(history()) == [name for name, sign in MODEL.signs.items() if sign.recordable]
    assert set(history().values()) == {()}


def test_findings_run_oldest_first_with_how_they_stand():
    found = history(
        note("o3", "2025-03-20", "unsure"),
        note("o1", "2024-11", "present"),
        note("o2", "2025-03-01", "present", explained={"on": "2025-03-02", "how": "pay slip"}),
        note("o4", None, "absent", recorded="2025-03-25"),
        note("o5", "2025-03-26", "absent", corrects="o4", recorded="2025-03-26"),
    )["en-money"]
    assert [one.observation for one in found] == ["o1", "o2", "o3", "o4", "o5"]
    assert [one.faded for one in found] == [True, False, False, False, False]
    assert [one.explained for one in found] == [False, True, False, False, False]
    assert [one.corrected for one in found] == [False, False, False, True, False]
    assert (found[0].earliest, found[0].latest) == (dt.date(2024, 11, 1), dt.date(2024, 11, 30))
    assert (found[3].earliest, found[3].latest) == (None, dt.date(2025, 3, 25))
    assert {one.source for one in found} == {"youth"}


@rule
@given(records())
def test_no_finding_is_lost(record):
    found = sign_history(parse_record(record, MODEL), MODEL)
    kept = sorted((one.indicator, one.observation) for each in found.values() for one in each)
    given_ones = sorted(
        (each["id"], one["id"]) for one in record["observations"] for each in one["indicators"]
    )
    assert kept == given_ones
