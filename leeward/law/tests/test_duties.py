"""What harm asks for: a truth table, and what is true of all of it."""

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leeward.law.duties import HarmFact, duty_wording, prompts, urgency, urgency_rule
from leeward.law.tests.spans import span

AS_OF = dt.date(2025, 4, 2)


def facts_of(row):
    if row["harm"] == "none":
        return []
    on = span(row["on"])
    as_of = dt.date.fromisoformat(row["as_of"])
    return [
        HarmFact(
            observation="o1",
            level=row["harm"],
            about=row["about"],
            earliest=on.earliest if on else None,
            latest=min(on.latest, as_of) if on else as_of,
            answered=row["answered"] == "yes",
            other_child_age=int(row["other_child_age"]) if row["other_child_age"] else None,
        )
    ]


with (Path(__file__).parent / "duties.csv").open(encoding="utf-8", newline="") as _lines:
    ROWS = list(csv.DictReader(_lines, strict=True))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_duty(row):
    as_of = dt.date.fromisoformat(row["as_of"])
    facts = facts_of(row)
    level, because = urgency(facts, as_of)
    found = prompts(facts, span(row["born"]), as_of)
    assert level == row["urgency"]
    assert because == (() if level == "routine" else ("o1",))
    assert [one.id for one in found] == row["prompts"].split()
    assert all(one.because == ("o1",) for one in found)
    sources = {one.source for one in found if one.kind == "statute"}
    assert sources == ({row["source"]} if row["source"] else set())


def harm(name, **more):
    day = more.pop("day", AS_OF)
    made = {"level": "possible", "about": "self", "earliest": day, "latest": day}
    return HarmFact(observation=name, **{**made, **more})


def test_another_child_is_worded_by_age_and_each_wording_has_its_notes():
    facts = [
        harm("o1", about="another_child", other_child_age=13),
        harm("o2", about="another_child", other_child_age=17),
        harm("o3", about="another_child"),
    ]
    young, older = prompts(facts, None, AS_OF)
    assert young.id == older.id == "report-other-child"
    assert young.because == ("o1", "o3")
    assert older.because == ("o2",)
    assert "under 16" in young.text.en
    assert "16 or 17" in older.text.en


def test_a_note_about_both_is_named_once_in_urgency():
    facts = [harm("o1"), harm("o1", about="another_child")]
    assert urgency(facts, AS_OF) == ("today", ("o1",))
    assert [one.id for one in prompts(facts, None, AS_OF)] == ["report-now", "report-other-child"]


def test_an_answer_about_one_child_leaves_the_other():
    facts = [harm("o1", answered=True), harm("o1", about="another_child")]
    assert [one.id for one in prompts(facts, None, AS_OF)] == ["report-other-child"]
    assert urgency(facts, AS_OF) == ("today", ("o1",))


def test_older_danger_gives_way_to_danger_now():
    older = harm("o1", level="now", day=AS_OF - dt.timedelta(days=5))
    today = harm("o2", level="now")
    assert urgency([older, today], AS_OF) == ("now", ("o2",))
    call, report = prompts([older, today], None, AS_OF)
    assert (call.id, call.because) == ("call-now", ("o2",))
    assert (report.id, report.because) == ("report-now", ("o1", "o2"))


def test_the_first_day_of_the_calendar_has_a_day_before():
    first = harm("o1", level="now", day=dt.date.min)
    assert urgency([first], dt.date.min) == ("now", ("o1",))


def test_every_prompt_is_in_both_languages_with_its_source():
    facts = [harm("o1", level="now"), harm("o1", about="another_child")]
    for one in prompts(facts, None, AS_OF):
        assert one.text.en
        assert one.text.fr
        assert one.source
        assert one.checked_on == dt.date(2026, 11, 23)


def test_urgency_has_its_words():
    assert "911" in urgency_rule("now").text.en
    with pytest.raises(KeyError):
        urgency_rule("soon")


@pytest.mark.parametrize(
    ("kind", "route"),
    [
        ("society", "in_house"),
        ("indigenous_agency", "in_house"),
        ("police", "elsewhere"),
        ("residence", "elsewhere"),
        ("community_service", "elsewhere"),
        ("school", "elsewhere"),
    ],
)
def test_a_duty_is_worded_for_the_agency(kind, route):
    wording = duty_wording(kind)
    assert wording.route == route
    named_first = "Indigenous society comes first" in wording.text.en
    assert named_first == (route == "elsewhere")
    assert ("does not make the report done" in wording.text.en) == (route == "in_house")


def test_an_unknown_kind_of_agency_is_an_error():
    with pytest.raises(KeyError):
        duty_wording("bank")


facts_made = st.lists(
    st.builds(
        HarmFact,
        observation=st.sampled_from(["o1", "o2", "o3"]),
        level=st.sampled_from(["possible", "now"]),
        about=st.sampled_from(["self", "another_child"]),
        earliest=st.dates(dt.date(2025, 3, 1), AS_OF),
        latest=st.just(AS_OF),
        answered=st.booleans(),
        other_child_age=st.one_of(st.none(), st.integers(0, 20)),
    ),
    max_size=5,
)
births = st.one_of(
    st.none(), st.dates(dt.date(2000, 1, 1), dt.date(2024, 1, 1)).map(str).map(span)
)
rule = settings(deadline=None, database=None, max_examples=60)


@rule
@given(facts_made, births, st.randoms(use_true_random=False))
def test_order_never_matters(facts, born, chance):
    shuffled = list(facts)
    chance.shuffle(shuffled)
    assert prompts(shuffled, born, AS_OF) == prompts(facts, born, AS_OF)
    assert urgency(shuffled, AS_OF) == urgency(facts, AS_OF)


@rule
@given(facts_made, births, facts_made)
def test_more_harm_never_asks_for_less(facts, born, more):
    before = {
        (one.id, one.text, name) for one in prompts(facts, born, AS_OF) for name in one.because
    }
    after = {
        (one.id, one.text, name)
        for one in prompts([*facts, *more], born, AS_OF)
        for name in one.because
    }
    order = ["routine", "today", "now"]
    assert before <= after
    assert order.index(urgency(facts, AS_OF)[0]) <= order.index(urgency([*facts, *more], AS_OF)[0])


@rule
@given(facts_made, births, st.integers(0, 4000))
def test_growing_older_removes_no_report(facts, born, later):
    then = AS_OF + dt.timedelta(days=later)
    ids = [one.id for one in prompts(facts, born, AS_OF) if one.id != "call-now"]
    assert [one.id for one in prompts(facts, born, then) if one.id != "call-now"] == ids


@rule
@given(facts_made, st.dates(dt.date(1960, 1, 1), dt.date(2006, 1, 1)), st.integers(0, 4000))
def test_whoever_is_an_adult_on_the_day_is_never_asked_to_be_reported(facts, born, later):
    """CYFSA s.125 is for children: of harm from the 18th birthday on, danger now alone is asked
    about. Another child of whom it tells is asked about as ever."""
    leap_day = (born.month, born.day) == (2, 29)
    grown = dt.date(born.year + 18, 3, 1) if leap_day else born.replace(year=born.year + 18)
    on = grown + dt.timedelta(days=later)
    of_them = [replace(each, about="self", earliest=on, latest=on) for each in facts]
    assert {one.id for one in prompts(of_them, span(str(born)), on)} <= {"call-now"}
    others = [replace(each, earliest=on, latest=on) for each in facts]
    asked = {one.id for one in prompts(others, span(str(born)), on)}
    assert asked <= {"call-now", "report-other-child"}
