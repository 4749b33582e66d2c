"""What is true of every reading, whatever the record."""

import copy
import datetime as dt
import json

from hypothesis import assume, given
from hypothesis import strategies as st

from leeward.practice_model.reading import read_record
from leeward.practice_model.record import parse_record
from leeward.practice_model.tests.strategies import (
    AS_OF,
    AT_RISK,
    HARM,
    MODEL,
    SIGNS,
    days,
    explanations,
    findings,
    partial_days,
    records,
    rule,
)
from leeward.practice_model.tests.strategies import born as birth_dates

LEVELS = {"limited": 1, "some": 2, "strong": 3}


def read(record):
    return read_record(parse_record(record, MODEL), MODEL).to_dict()


def supported(out):
    return {one["stage"]: one for one in out["supported"]}


def assert_no_more_support(before, after):
    """Every stage supported after was supported before, by at least as much."""
    for stage, found in supported(after).items():
        assert stage in supported(before)
        was = supported(before)[stage]
        assert LEVELS[found["evidence"]] <= LEVELS[was["evidence"]]
        assert set(found["threads"]) <= set(was["threads"])
        assert set(found["for"]) <= set(was["for"])


def note(name, on, indicators, **more):
    return {
        "id": name,
        "on": on,
        "source": "seen",
        "by": "A",
        "text": "",
        "indicators": indicators,
        "harm": "none",
        "about": "self",
        **more,
    }


@rule
@given(records(), st.randoms(use_true_random=False))
def test_order_never_matters(record, chance):
    shuffled = copy.deepcopy(record)
    for listed in ("observations", "away", "opinions"):
        chance.shuffle(shuffled[listed])
    for one in shuffled["observations"]:
        chance.shuffle(one["indicators"])
    assert json.dumps(read(shuffled)) == json.dumps(read(record))


@rule
@given(records())
def test_reading_is_deterministic_and_leaves_the_record_alone(record):
    before = copy.deepcopy(record)
    assert read(record) == read(record)
    assert record == before


@rule
@given(records(signs=AT_RISK, most=12))
def test_any_number_of_vulnerability_signs_supports_vulnerability_only(record):
    out = read(record)
    assert {MODEL.stages[stage].role for stage in supported(out)} <= {"vulnerability"}
    assert out["harm"] == []


@rule
@given(records(), partial_days, st.booleans(), findings(SIGNS, ("absent",)))
def test_adding_an_absent_never_adds_support(record, on, recorded, absents):
    more = copy.deepcopy(record)
    added = note("new", on, absents)
    if recorded:
        added["recorded"] = AS_OF.isoformat()
    more["observations"].append(added)
    before, after = read(record), read(more)
    before_for = supported(before)
    assert_no_more_support(before, after)
    assert all(stage in before_for for stage in supported(after))


@rule
@given(records(), explanations(), st.integers(0, 20))
def test_adding_an_explanation_never_adds_support(record, explanation, which):
    assume(record["observations"])
    more = copy.deepcopy(record)
    one = more["observations"][which % len(more["observations"])]
    assume("explained" not in one)
    one["explained"] = explanation
    assert_no_more_support(read(record), read(more))


@rule
@given(records(), birth_dates)
def test_changing_the_birth_date_changes_nothing(record, other):
    changed = {**record, "born": other}
    assert read(changed) == read(record)


@rule
@given(records())
def test_every_note_in_the_reading_is_one_of_the_record(record):
    out = read(record)
    names = {one["id"] for one in record["observations"]}
    corrected = {one.get("corrects") for one in record["observations"] if "recorded" not in one}
    for one in out["supported"]:
        assert set(one["for"]) | set(one["against"]) <= names
        assert not set(one["for"]) & corrected
    for listed in ("vulnerability", "harm", "away_signs", "faded", "explained"):
        assert set(out[listed]) <= names
        assert len(set(out[listed])) == len(out[listed])


@rule
@given(records())
def test_a_stage_stands_on_threads(record):
    for one in read(record)["supported"]:
        assert len(one["threads"]) >= 2
        assert one["threads"] == [name for name in MODEL.threads if name in one["threads"]]
        allowed = {2: {"limited"}, 3: {"some"}}.get(len(one["threads"]), {"some", "strong"})
        assert one["evidence"] in allowed


@rule
@given(records())
def test_threads_hold_every_thread_in_model_order(record):
    out = read(record)
    assert list(out["threads"]) == list(MODEL.threads)
    for name in out["unknown_threads"]:
        assert out["threads"][name] == {"stage": None, "movement": "unknown", "because": []}


@rule
@given(records())
def test_unknown_is_never_a_thread_that_was_asked(record):
    asked = {
        MODEL.indicators[each["id"]].thread
        for one in record["observations"]
        for each in one["indicators"]
    }
    assert set(read(record)["unknown_threads"]) == set(MODEL.threads) - asked


@rule
@given(records())
def test_nothing_in_a_reading_rates_the_person(record):
    def walk(value):
        if isinstance(value, dict):
            assert not {"score", "percent", "rank", "level", "risk", "count", "total"} & set(value)
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)
        else:
            assert isinstance(value, str | bool | None)

    walk(read(record))


away_signs = st.sampled_from([name for name in SIGNS if MODEL.signs[name].role == "movement_away"])


@rule
@given(away_signs, st.data(), st.lists(days, min_size=2, max_size=6, unique=True))
def test_one_setback_does_not_undo_a_movement_away_and_two_do(away_sign, data, on):
    thread = MODEL.indicators[away_sign].thread
    harm = data.draw(
        st.sampled_from([one for one in HARM if MODEL.indicators[one].thread == thread])
    )
    *walked, first, second = sorted(on)
    before = [note(f"o{day}", day, [{"id": away_sign, "finding": "present"}]) for day in walked]
    setbacks = [
        note(f"o{day}", day, [{"id": harm, "finding": "present"}]) for day in (first, second)
    ]

    def moves(notes):
        out = read({"model": "2020", "as_of": str(AS_OF), "observations": notes})
        return out["threads"][thread]["movement"]

    assume(moves(before) == "away")
    assert moves([*before, setbacks[0]]) == "away"
    assert moves([*before, *setbacks]) == "in"


@rule
@given(records(), away_signs, st.data())
def test_one_later_sign_of_harm_never_turns_a_thread_that_moved_away(record, away_sign, data):
    thread = MODEL.indicators[away_sign].thread
    harm = data.draw(
        st.sampled_from([one for one in HARM if MODEL.indicators[one].thread == thread])
    )
    for one in record["observations"]:
        to_the_day = one["on"] if one["on"] and len(one["on"]) == 10 else "2024-07-01"
        one["on"] = min(to_the_day, "2025-03-01")
        one.pop("recorded", None)
    record["observations"] += [
        note("start", "2024-05-01", [{"id": harm, "finding": "present"}]),
        note("away", "2025-03-10", [{"id": away_sign, "finding": "present"}]),
    ]
    assert read(record)["threads"][thread]["movement"] == "away"
    record["observations"].append(note("back", "2025-03-20", [{"id": harm, "finding": "present"}]))
    assert read(record)["threads"][thread]["movement"] == "away"


@rule
@given(st.sampled_from(SIGNS), st.integers(0, 400))
def test_patterns_fade_after_ninety_days_and_nothing_else_does(sign, age):
    on = (AS_OF - dt.timedelta(days=age)).isoformat()
    out = read(
        {
            "model": "2020",
            "as_of": str(AS_OF),
            "observations": [note("o1", on, [{"id": sign, "finding": "present"}])],
        }
    )
    gone = MODEL.signs[sign].fades and age > 90
    assert out["faded"] == (["o1"] if gone else [])
    assert (out["vulnerability"] + out["harm"] + out["away_signs"] == []) == gone


@rule
@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_days_missing_do_not_age_a_sign(age, missing_from, missing_days):
    start = AS_OF - dt.timedelta(days=missing_from)
    end = start + dt.timedelta(days=missing_days)
    on = AS_OF - dt.timedelta(days=age)
    out = read(
        {
            "model": "2020",
            "as_of": str(AS_OF),
            "observations": [note("o1", str(on), [{"id": "en-away", "finding": "present"}])],
            "away": [{"from": str(start), "to": str(end)}, {"from": str(start), "to": str(end)}],
        }
    )
    at_home = [
        day
        for day in (on + dt.timedelta(days=number) for number in range(age))
        if not start <= day < min(end, AS_OF)
    ]
    assert (out["faded"] == ["o1"]) == (len(at_home) > 90)


@rule
@given(records())
def test_what_was_recorded_later_is_not_read(record):
    later = copy.deepcopy(record)
    later["observations"].append(
        note(
            "later",
            "2025-04-01",
            [{"id": name, "finding": "present"} for name in HARM],
            recorded="2025-04-03",
        )
    )
    assert read(later) == read(record)
