"""Who may be told what, and the circle as of a day."""

import datetime as dt
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.relationships.kin import kin
from leeward.relationships.rules import (
    ANYTHING,
    KINDS,
    PAID,
    RINGS,
    STANDS,
    TOPICS,
    WEIGHTS,
    Facts,
    Impossible,
    among,
    as_of,
    check,
    may_be_anchor,
    may_be_told,
)

DAY = dt.date(2025, 3, 10)
FACTS = st.builds(
    Facts,
    kind=st.sampled_from(KINDS),
    ring=st.sampled_from(RINGS),
    stands=st.sampled_from(STANDS),
    family=st.booleans(),
    paid=st.sampled_from(PAID),
    weighs=st.sampled_from(("", *WEIGHTS)),
    may=st.lists(st.sampled_from(TOPICS), unique=True).map(tuple),
    must_not=st.lists(st.sampled_from((*TOPICS, ANYTHING)), unique=True).map(tuple),
    of_concern=st.booleans(),
    gone=st.booleans(),
    kin=st.sampled_from(("", *kin())),
    through=st.sampled_from(("", "0" * 36)),
)


@given(FACTS)
def test_facts_come_back_as_they_were_kept(facts):
    assert Facts.from_json(facts.as_json()) == facts


def test_facts_of_a_later_version_are_read_without_what_is_not_known():
    assert Facts.from_json({"ring": "meso", "of_later": 1}) == Facts(ring="meso")
    assert Facts.from_json(None) == Facts()


@given(FACTS, st.sampled_from(TOPICS))
def test_nobody_is_told_what_the_young_person_did_not_name(facts, what):
    if what not in facts.may:
        assert may_be_told(facts, what) != "yes"


@given(FACTS, st.sampled_from(TOPICS))
def test_must_not_wins_over_may(facts, what):
    assert may_be_told(replace(facts, must_not=(what,)), what) == "no"
    assert may_be_told(replace(facts, must_not=(ANYTHING,)), what) == "no"


@given(FACTS, st.sampled_from(TOPICS))
def test_a_person_of_concern_and_whoever_is_let_go_of_are_told_nothing(facts, what):
    assert may_be_told(replace(facts, of_concern=True), what) == "no"
    assert may_be_told(replace(facts, gone=True), what) == "no"


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        (Facts(), "ask"),
        (Facts(may=("where",)), "yes"),
        (Facts(stands="distance"), "no"),
        (Facts(stands="distance", may=("where",)), "yes"),
        (Facts(kind="system", may=("where",)), "no"),
    ],
)
def test_who_may_be_told_where_they_live(facts, answer):
    assert may_be_told(facts, "where") == answer


def test_what_is_no_topic_is_told_to_nobody():
    assert may_be_told(Facts(may=("everything",)), "everything") == "no"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (Facts(kind="robot"), "kind"),
        (Facts(ring="orbit"), "ring"),
        (Facts(stands="owned"), "stands"),
        (Facts(paid="much"), "paid"),
        (Facts(weighs="weather", kind="system"), "weighs"),
        (Facts(weighs="poverty"), "weighs"),
        (Facts(may=("gossip",)), "may"),
        (Facts(must_not=("gossip",)), "must_not"),
        (Facts(kin="overlord"), "kin"),
        (Facts(through="somebody"), "through"),
    ],
)
def test_answers_that_cannot_be_are_refused_by_name(facts, field):
    with pytest.raises(Impossible, match=field):
        check(facts)


@given(FACTS)
def test_an_anchor_is_somebody_near_whatever_a_worker_marked(facts):
    assert may_be_anchor(facts) == may_be_anchor(replace(facts, of_concern=not facts.of_concern))
    if may_be_anchor(facts):
        assert facts.kind in ("person", "group")
        assert facts.stands not in ("ended", "distance")
    else:
        with pytest.raises(Impossible):
            check(replace(facts, weighs="", through=""), anchor=True)


@dataclass(frozen=True)
class Row:
    tie_id: str
    on: dt.date
    number: int


def test_the_circle_of_a_day_is_each_ties_newest_row_of_then():
    rows = [
        Row("a", DAY, 1),
        Row("a", DAY + dt.timedelta(days=5), 2),
        Row("a", DAY + dt.timedelta(days=5), 3),
        Row("b", DAY + dt.timedelta(days=2), 1),
    ]
    assert as_of(rows, DAY) == [rows[0]]
    assert as_of(rows, DAY + dt.timedelta(days=2)) == [rows[0], rows[3]]
    assert as_of(rows, DAY + dt.timedelta(days=9)) == [rows[2], rows[3]]
    assert as_of(rows, DAY - dt.timedelta(days=1)) == []


def test_one_steps_from_one_change_to_the_next():
    days = [DAY + dt.timedelta(days=nth) for nth in (0, 4, 9)]
    found = among([*days, days[0]], days[1], DAY + dt.timedelta(days=30))
    assert (found.before, found.after, found.all) == (days[0], days[2], tuple(days))
    assert among(days, days[0], DAY).after is None
