"""Rules of meetings, whatever is given."""

import csv
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.conferences import rules
from leeward.conferences.before.forms import PrepareForm
from leeward.conferences.before.models import Saying
from leeward.conferences.in_words import ZONES
from leeward.people.rules import roman
from leeward.plans.sections import sections
from leeward.relationships.rules import ANYTHING, STANDS, TOPICS, Facts

facts = st.builds(
    Facts,
    kind=st.sampled_from(["person", "group"]),
    stands=st.sampled_from(STANDS),
    may=st.lists(st.sampled_from(TOPICS), unique=True).map(tuple),
    must_not=st.lists(st.sampled_from([*TOPICS, ANYTHING]), unique=True).map(tuple),
    of_concern=st.booleans(),
    gone=st.booleans(),
)
names = st.text("ABCDEFGHabcdefghéÉʔ -’", min_size=1, max_size=20).filter(
    lambda each: bool(roman(each))
)


@given(facts)
def test_whoever_is_a_concern_must_not_know_or_was_let_go_of_is_never_invited(one):
    if one.of_concern or one.must_not or one.gone:
        assert rules.never_invited(one)


@given(facts)
def test_from_whom_they_want_distance_comes_only_who_may_be_told_of_the_plan(one):
    if one.stands == "distance" and "plan" not in one.may:
        assert rules.never_invited(one)


@pytest.mark.parametrize("stands", ["strong", "thin", "tense", "ended"])
def test_anybody_else_may_be_asked(stands):
    assert not rules.never_invited(Facts(stands=stands))


@given(names, names)
def test_a_name_is_compared_the_same_from_either_side(one, other):
    assert rules.likeness(one, other) == rules.likeness(other, one)


@given(st.lists(names, min_size=1, max_size=4), st.randoms())
def test_order_case_and_marks_do_not_hide_a_name(parts, chance):
    name = " ".join(parts)
    mixed = list(parts)
    chance.shuffle(mixed)
    # Sharp s and its like change their letters when raised: those are alike, and so asked about.
    assert rules.likeness(" ".join(mixed).upper(), name) in ("same", "alike")
    assert rules.likeness(name, name) == "same"


@pytest.mark.parametrize(
    ("typed", "name", "found"),
    [
        ("Dale Pretend", "dale pretend", "same"),
        ("Pretend, Dale", "Dale Pretend", "same"),
        ("Dalé Pretend", "Dale Pretend", "same"),
        ("Dale", "Dale Pretend", "alike"),
        ("Uncle Dale", "Dale", "alike"),
        ("Dael Pretend", "Dale Pretend", "alike"),
        ("Robin Sample", "Dale Pretend", ""),
        ("", "Dale Pretend", ""),
    ],
)
def test_likeness(typed, name, found):
    assert rules.likeness(typed, name) == found


@pytest.mark.parametrize(
    ("asked", "why_not", "may"),
    [
        (None, "", False),
        (None, "a reason", False),
        (False, "", False),
        (False, "  ", False),
        (False, "she is away until Monday", True),
        (True, "", True),
    ],
)
def test_invitations_go_out_once_they_were_asked_or_it_is_said_why_not(asked, why_not, may):
    assert rules.may_go_out(asked=asked, why_not=why_not) is may


def test_what_is_never_packed_is_still_called_that():
    assert set(sections()) >= rules.NEVER_PACKED
    assert sections()["not_again"].title("en") == "What I do not want to be asked again"
    assert sections()["words"].title("en") == "My code words"
    assert [key for key in sections() if not rules.may_be_packed(key)] == ["not_again", "words"]


def test_roles_are_said_in_both_languages_with_their_source():
    text = resources.files("leeward.conferences").joinpath("roles.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == len(rules.roles()) >= 9
    assert all(all(row.values()) for row in rows)
    asked_for = "child_welfare police school health indigenous_agency band survivor_peer family"
    assert {*asked_for.split(), "chosen"} <= set(rules.roles())


def test_every_zone_and_saying_has_its_words():
    assert set(ZONES) == set(rules.ZONES)
    assert set(Saying.Kind.values) == set(rules.SAYINGS) <= set(PrepareForm.base_fields)
