"""Checking a record: every fault names its JSON path, and nothing of the person is accepted."""

import contextlib
import copy
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.practice_model.dates import PartialDate
from leeward.practice_model.loader import builtin_model
from leeward.practice_model.record import RecordFault, parse_record
from leeward.practice_model.tests.strategies import records, rule

MODEL = builtin_model()
GOOD = {
    "model": "2020",
    "born": "2009-11",
    "as_of": "2025-04-02",
    "strengths": ["bikes"],
    "opinions": [{"on": "2025-03-01", "by": "A", "stage": None, "reasons": "too soon"}],
    "observations": [
        {
            "id": "o0",
            "on": None,
            "source": "other",
            "by": "A",
            "text": "",
            "indicators": [],
            "harm": "possible",
            "about": "another_child",
            "other_child_age": 15,
            "recorded": "2025-03-09",
        },
        {
            "id": "o1",
            "on": "2025-03",
            "source": "seen",
            "by": "A",
            "text": "seen",
            "indicators": [
                {"id": "ti-friends", "finding": "present"},
                {"id": "ti-online", "finding": "unsure"},
            ],
            "harm": "none",
            "about": "self",
            "recorded": "2025-03-11",
            "corrects": "o0",
            "explained": {"on": "2025-03-12", "how": "asked", "indicators": ["ti-truancy"]},
            "answered": [
                {"on": "2025-03-12", "about": "self", "outcome": "reported", "reasons": ""}
            ],
        },
    ],
    "away": [{"from": "2025-03-01", "to": None}, {"from": "2025-01-01", "to": "2025-01-03"}],
}
_REMOVE = object()


def put(path, value):
    """The good record with one value set, or removed."""
    record = copy.deepcopy(GOOD)
    *way, last = path
    at = record
    for key in way:
        at = at[key]
    if value is _REMOVE:
        del at[last]
    else:
        at[last] = value
    return record


def test_a_good_record_is_read_whole():
    record = parse_record(GOOD, MODEL)
    assert record.as_of == dt.date(2025, 4, 2)
    assert record.born == PartialDate(dt.date(2009, 11, 1), dt.date(2009, 11, 30))
    first, second = record.observations
    assert first.on is None
    assert first.other_child_age == 15
    assert second.findings == (("ti-friends", "present"), ("ti-online", "unsure"))
    assert second.explained.indicators == {"ti-truancy"}
    assert second.answered[0].outcome == "reported"
    assert record.away == (
        (dt.date(2025, 3, 1), None),
        (dt.date(2025, 1, 1), dt.date(2025, 1, 3)),
    )


O1 = ("observations", 1)


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("gender",), "x", "gender: unknown key"),
        (("nation",), "x", "nation: unknown key"),
        (("model",), "1999", "model: unknown model '1999'"),
        (("model",), _REMOVE, "model: missing"),
        (("as_of",), _REMOVE, "as_of: missing"),
        (("as_of",), "2025-04", "as_of: must be a day"),
        (("as_of",), None, "as_of: must be a day"),
        (("observations",), _REMOVE, "observations: missing"),
        (("observations",), {}, "observations: must be a list"),
        (("born",), "30 November", "born: must be YYYY-MM-DD"),
        (("born",), "2025-04-03", "born: is after as_of"),
        (("strengths", 0), 3, "strengths[0]: must be a string"),
        (("opinions", 0, "stage"), "worse", "opinions[0].stage: unknown stage 'worse'"),
        (("opinions", 0, "on"), "2025-05", "opinions[0].on: is after as_of"),
        (("opinions", 0, "score"), 3, "opinions[0].score: unknown key"),
        (O1, [], "observations[1]: must be an object"),
        ((*O1, "id"), "o0", "observations[1].id: 'o0' is already used"),
        ((*O1, "id"), "", "observations[1].id: must not be empty"),
        ((*O1, "on"), "2025-04-03", "observations[1].on: is after as_of"),
        ((*O1, "on"), "2025-13", "observations[1].on: must be YYYY-MM-DD"),
        ((*O1, "on"), "2025-02-30", "observations[1].on: must be YYYY-MM-DD"),
        ((*O1, "on"), "2025-3-1", "observations[1].on: must be YYYY-MM-DD"),
        ((*O1, "on"), "2025-03-10\n", "observations[1].on: must be YYYY-MM-DD"),
        ((*O1, "on"), "٢٠٢٥-٠٣-١٠", "observations[1].on: must be YYYY-MM-DD"),
        ((*O1, "on"), "", "observations[1].on: must be YYYY-MM-DD"),
        ((*O1, "on"), 20250310, "observations[1].on: must be a date or null"),
        ((*O1, "on"), _REMOVE, "observations[1].on: missing"),
        ((*O1, "harm"), _REMOVE, "observations[1].harm: missing"),
        ((*O1, "harm"), "yes", "observations[1].harm: unknown harm 'yes'"),
        ((*O1, "harm"), None, "observations[1].harm: must be a string"),
        ((*O1, "source"), "heard", "observations[1].source: unknown source 'heard'"),
        ((*O1, "about"), "them", "observations[1].about: unknown about 'them'"),
        ((*O1, "about"), "another_child", "observations[1].indicators: signs of another child"),
        ((*O1, "other_child_age"), -1, "observations[1].other_child_age: must be an age"),
        ((*O1, "other_child_age"), True, "observations[1].other_child_age: must be an age"),
        ((*O1, "recorded"), "2025-03", "observations[1].recorded: must be a day"),
        ((*O1, "corrects"), "o9", "observations[1].corrects: no observation 'o9'"),
        ((*O1, "corrects"), "o1", "observations[1].corrects: corrects itself"),
        ((*O1, "text"), "\ud800", "observations[1].text: holds half a character"),
        (
            (*O1, "indicators", 0, "id"),
            "ti-freinds",
            "observations[1].indicators[0].id: unknown indicator 'ti-freinds'",
        ),
        (
            (*O1, "indicators", 0, "id"),
            "ti-most-at-risk",
            "observations[1].indicators[0].id: 'ti-most-at-risk' is wording only",
        ),
        (
            (*O1, "indicators", 1, "id"),
            "ti-friends",
            "observations[1].indicators[1].id: 'ti-friends' is given twice",
        ),
        ((*O1, "indicators", 0, "id"), [], "observations[1].indicators[0].id: must be a string"),
        (
            (*O1, "indicators", 0, "finding"),
            "yes",
            "observations[1].indicators[0].finding: unknown finding 'yes'",
        ),
        ((*O1, "explained", "why"), "x", "observations[1].explained.why: unknown key"),
        ((*O1, "explained", "how"), _REMOVE, "observations[1].explained.how: missing"),
        (
            (*O1, "explained", "indicators", 0),
            "x",
            "observations[1].explained.indicators[0]: unknown indicator 'x'",
        ),
        (
            (*O1, "answered", 0, "outcome"),
            "later",
            "observations[1].answered[0].outcome: unknown outcome 'later'",
        ),
        ((*O1, "answered", 0, "about"), "both", "observations[1].answered[0].about: unknown"),
        (("away", 0, "from"), None, "away[0].from: must be a day"),
        (("away", 1, "to"), "2024-12-31", "away[1].to: is before from"),
    ],
)
def test_a_fault_names_its_path(path, value, fault):
    with pytest.raises(RecordFault) as caught:
        parse_record(put(path, value), MODEL)
    assert str(caught.value).startswith(fault), str(caught.value)


@pytest.mark.parametrize("given", [None, [], "x", 3])
def test_a_record_that_is_not_an_object_is_a_fault(given):
    with pytest.raises(RecordFault, match=r"^record: must be an object"):
        parse_record(given, MODEL)


def test_corrections_in_a_circle_are_a_fault():
    record = put(("observations", 0, "corrects"), "o1")
    with pytest.raises(RecordFault, match=r"observations\[0\]\.corrects: corrects itself"):
        parse_record(record, MODEL)


@pytest.mark.parametrize("key", ["born", "strengths", "opinions", "away"])
def test_what_a_record_may_leave_out(key):
    record = parse_record(put((key,), _REMOVE), MODEL)
    assert not getattr(record, key)


def test_the_latest_day_is_never_after_it_was_recorded_or_read():
    as_of = dt.date(2025, 4, 2)

    def latest(**changes):
        record = put((*O1, "corrects"), None)
        record["observations"][1].update(changes)
        return str(parse_record(record, MODEL).observations[1].latest_day(as_of))

    assert latest(on="2025-03-05", recorded=None) == "2025-03-05"
    assert latest(on="2025-02", recorded="2025-03-11") == "2025-02-28"
    assert latest(on="2025-03", recorded="2025-03-11") == "2025-03-11"
    assert latest(on="2025", recorded=None) == "2025-04-02"
    assert latest(on=None, recorded="2025-03-11") == "2025-03-11"
    assert latest(on=None, recorded=None) == "2025-04-02"
    assert latest(on="2025-03-20", recorded="2025-03-11") == "2025-03-20"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


def _places(value, path=()):
    yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    if isinstance(value, dict | list):
        for key, each in pairs:
            if isinstance(each, dict | list):
                yield from _places(each, (*path, key))
            else:
                yield (*path, key)


PLACES = [path for path in _places(GOOD) if path]


@rule
@given(st.sampled_from(PLACES), json_values)
def test_any_value_anywhere_is_read_or_is_a_fault_with_a_path(path, value):
    with contextlib.suppress(RecordFault):
        parse_record(put(path, value), MODEL)
        return
    with pytest.raises(RecordFault, match=r"^[a-z_]+.*: ."):
        parse_record(put(path, value), MODEL)


@rule
@given(records())
def test_what_the_strategies_make_is_a_record(record):
    assert len(parse_record(record, MODEL).observations) == len(record["observations"])
