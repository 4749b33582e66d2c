"""The reading and the law together, in exactly the shape that `leeward read --json` prints."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.observations.rules import harm_facts, read_with_law
from leeward.practice_model.record import parse_record
from leeward.practice_model.tests.strategies import (
    AS_OF,
    MODEL,
    born,
    explanations,
    records,
    rule,
)


def word(*choices):
    """One of a closed set of values."""

    def check(value):
        assert value in choices, value

    return check


def kind(*types, least=None):
    """A value of one of some types (a bool is not an int)."""

    def check(value):
        assert type(value) in types, value
        assert least is None or value is None or value >= least

    return check


def each(check_one, *, least=0):
    """A list, every entry of a shape."""

    def check(value):
        assert type(value) is list
        assert len(value) >= least
        for one in value:
            check_one(one)

    return check


def ids(value):
    """A list of observation ids, each once."""
    each(kind(str))(value)
    assert len(set(value)) == len(value)


def some_ids(value):
    """The same, and not empty."""
    ids(value)
    assert value


def closed(**shape):
    """An object with exactly these keys, in this order."""

    def check(value):
        assert list(value) == list(shape)
        for key, check_one in shape.items():
            check_one(value[key])

    return check


NOTHING = type(None)
LANGUAGES = closed(en=kind(str), fr=kind(str))
PROMPT = word("call-now", "report-now", "report-may", "report-other-child")
STAGE_OR_NONE = word(None, *MODEL.stages)
MOVEMENT = word("in", "away", "steady", "unknown")
THREAD = closed(stage=STAGE_OR_NONE, movement=MOVEMENT, because=ids)

agreed_shape = closed(
    model=word("2020"),
    as_of=kind(str),
    age=kind(int, NOTHING, least=0),
    enough=kind(bool),
    supported=each(
        closed(
            stage=word(*MODEL.stages),
            evidence=word("limited", "some", "strong"),
            threads=each(word(*MODEL.threads), least=2),
            **{"for": some_ids, "against": ids, "unknown": each(word(*MODEL.threads))},
        )
    ),
    vulnerability=ids,
    harm=ids,
    away_signs=ids,
    faded=ids,
    strengths=each(kind(str)),
    threads=closed(**dict.fromkeys(MODEL.threads, THREAD)),
    unknown_threads=each(word(*MODEL.threads)),
    explained=ids,
    opinions=each(
        closed(on=kind(str, NOTHING), by=kind(str), stage=STAGE_OR_NONE, reasons=kind(str))
    ),
    urgency=word("now", "today", "routine"),
    urgency_because=ids,
    prompts=each(closed(id=PROMPT, because=some_ids, source=kind(str), text=LANGUAGES)),
)


def read(record):
    return read_with_law(parse_record(record, MODEL), MODEL)


def note(name, on="2025-03-10", **more):
    return {
        "id": name,
        "on": on,
        "source": "seen",
        "by": "A",
        "text": "",
        "indicators": [],
        "harm": "none",
        "about": "self",
        **more,
    }


def record_of(*notes, **more):
    return {"model": "2020", "as_of": str(AS_OF), "observations": list(notes), **more}


def prompts(out):
    return [one["id"] for one in out["prompts"]]


@rule
@given(records())
def test_output_has_exactly_the_agreed_shape(record):
    out = read(record)
    agreed_shape(out)
    assert json.loads(json.dumps(out)) == out


@rule
@given(records(), st.randoms(use_true_random=False))
def test_shuffled_input_gives_the_same_output(record, chance):
    shuffled = copy.deepcopy(record)
    for listed in ("observations", "away", "opinions"):
        chance.shuffle(shuffled[listed])
    assert json.dumps(read(shuffled)) == json.dumps(read(record))


@rule
@given(records(), explanations(), st.integers(0, 20))
def test_an_explanation_or_a_correction_never_ends_a_duty(record, explanation, which):
    before = read(record)
    after = copy.deepcopy(record)
    after["observations"].append(note("later", on="2024-06-01"))
    if record["observations"]:
        one = after["observations"][which % len(record["observations"])]
        one["explained"] = explanation
        after["observations"][-1]["corrects"] = one["id"]
    out = read(after)
    for key in ("urgency", "urgency_because", "prompts"):
        assert out[key] == before[key]


@rule
@given(records(), born)
def test_the_birth_date_reaches_the_law_alone(record, other):
    changed = read({**record, "born": other})
    for key, value in read(record).items():
        if key not in ("age", "prompts"):
            assert changed[key] == value


@rule
@given(records(), st.data())
def test_signs_never_move_urgency_or_prompts(record, data):
    bare = copy.deepcopy(record)
    for one in bare["observations"]:
        one["indicators"] = []
    for key in ("urgency", "urgency_because", "prompts"):
        assert read(bare)[key] == read(record)[key]


@rule
@given(records())
def test_answering_everything_ends_every_prompt(record):
    for one in record["observations"]:
        one["answered"] = [
            {"on": "2025-04-02", "about": about, "outcome": "reported", "reasons": ""}
            for about in ("self", "another_child")
        ]
    out = read(record)
    assert (out["urgency"], out["urgency_because"], out["prompts"]) == ("routine", [], [])


@pytest.mark.parametrize(
    ("answer", "ends"),
    [
        ({"outcome": "reported"}, True),
        ({"outcome": "not_reported", "reasons": "she is 19"}, True),
        ({"outcome": "not_reported", "reasons": "  "}, False),
        ({"outcome": "not_reported"}, False),
        ({"outcome": "reported", "about": "another_child"}, False),
        ({"outcome": "reported", "on": "2025-04-03"}, False),
        ({"outcome": "reported", "on": "2025-04-02"}, True),
        ({"outcome": "reported", "on": None}, True),
    ],
)
def test_only_a_recorded_answer_ends_a_duty(answer, ends):
    answered = [{"on": "2025-03-11", "about": "self", **answer}]
    out = read(record_of(note("o1", harm="possible", answered=answered)))
    assert prompts(out) == ([] if ends else ["report-now"])
    assert out["urgency"] == ("routine" if ends else "today")


def test_a_note_about_both_is_two_duties():
    both = note("o1", on="2025-04-02", harm="now", about="both", other_child_age=17)
    out = read(record_of(both, born="2005-01-01"))
    assert prompts(out) == ["call-now", "report-other-child"]
    assert "16 or 17" in out["prompts"][1]["text"]["en"]
    assert out["urgency_because"] == ["o1"]
    assert len(list(harm_facts(parse_record(record_of(both), MODEL)))) == 2


def test_harm_recorded_later_is_not_known_yet():
    out = read(record_of(note("o1", harm="now", recorded="2025-04-03")))
    assert (out["urgency"], out["prompts"]) == ("routine", [])


def test_danger_on_an_unknown_day_counts_from_the_day_it_was_recorded():
    fresh = read(record_of(note("o1", on=None, harm="now", recorded="2025-04-01")))
    assert fresh["urgency"] == "now"
    older = read(record_of(note("o1", on=None, harm="now", recorded="2025-03-30")))
    assert older["urgency"] == "today"
    assert prompts(older) == ["report-now"]


def test_the_contract_example():
    example = {
        "model": "2020",
        "born": "2009-11-30",
        "as_of": "2025-04-02",
        "strengths": ["says what she means"],
        "opinions": [{"on": "2025-03-01", "by": "A", "stage": "entrenched", "reasons": "r"}],
        "observations": [
            note("o0", on="2025-03-09"),
            {
                **note("o1"),
                "indicators": [{"id": "ti-friends", "finding": "present"}],
                "harm": "possible",
                "about": "self",
                "other_child_age": 15,
                "recorded": "2025-03-11",
                "corrects": "o0",
                "explained": {"on": "2025-03-12", "how": "h", "indicators": ["ti-truancy"]},
                "answered": [],
            },
        ],
        "away": [{"from": "2025-03-01", "to": None}],
    }
    out = read(example)
    agreed_shape(out)
    assert out["age"] == 15
    assert out["harm"] == ["o1"]
    assert out["explained"] == ["o1"]
    assert out["opinions"] == example["opinions"]
    assert out["threads"]["friends"] == {
        "stage": "transitioning_in",
        "movement": "unknown",
        "because": ["o1"],
    }


def test_the_law_names_no_sign_stage_or_thread():
    law = Path(__file__).resolve().parents[2] / "law"
    files = [*law.glob("*.py"), *(law / "tables").glob("*.csv")]
    assert len(files) > 6
    for file in files:
        text = file.read_text(encoding="utf-8")
        for name in (*MODEL.indicators, *MODEL.stages):
            assert name not in text, f"{file.name}: {name}"


def test_the_floors_below_know_nothing_of_django():
    here = Path(__file__).resolve().parents[2]
    files = [
        *(here / "practice_model").glob("*.py"),
        *(here / "law").glob("*.py"),
        *(here / "observations" / name for name in ("rules.py", "in_words.py", "read_command.py")),
    ]
    assert len(files) > 12
    for file in files:
        assert "django" not in file.read_text(encoding="utf-8").lower().replace("no django", "")
