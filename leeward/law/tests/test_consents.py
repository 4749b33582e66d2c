"""Who decides about sharing: by age on that day, and never somebody who may be implicated."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from leeward.law.consents import (
    CUSTODY,
    DECIDERS,
    OWN,
    PARENT,
    SOCIETY,
    Deciding,
    authorities,
    authority,
    latest_end,
    oldest_age,
    who_may_decide,
)
from leeward.law.rules import builtin_rules
from leeward.law.tests.spans import span

DAY = dt.date(2026, 6, 15)
dates = st.dates(dt.date(2001, 1, 1), dt.date(2026, 1, 1))
births = st.one_of(
    st.none(),
    dates.map(lambda day: span(day.isoformat())),
    dates.map(lambda day: span(f"{day:%Y-%m}")),
    dates.map(lambda day: span(f"{day:%Y}")),
)
anyones = st.builds(
    Deciding,
    decider=st.sampled_from(DECIDERS),
    on=st.dates(dt.date(2026, 1, 2), dt.date(2030, 1, 1)),
    born=births,
    capable=st.booleans(),
    own_decided=st.booleans(),
    counselling=st.booleans(),
    implicated=st.sampled_from(["no", "yes", "unsure"]),
    custody=st.sampled_from(CUSTODY),
)


def parent(**more):
    asked = {"implicated": "no", "custody": "alone", "born": span("2012-01-01")} | more
    return Deciding(decider=PARENT, on=DAY, **asked)


def reasons(asked):
    found = who_may_decide(asked)
    return found.may, {each.id for each in found.because}


@given(anyones)
def test_there_is_always_a_row_that_says_so_or_nobody_may(asked):
    found = who_may_decide(asked)
    assert {each.does for each in found.because} <= {"may" if found.may else "forbid"}
    assert found.because or not found.may


@given(anyones)
def test_a_capable_young_person_decides_at_any_age_and_one_who_is_not_does_not(asked):
    if asked.decider == OWN:
        assert who_may_decide(asked).may is asked.capable


@given(anyones)
def test_whoever_may_be_implicated_never_decides(asked):
    if asked.decider == PARENT and asked.implicated != "no":
        assert not who_may_decide(asked).may


@given(anyones)
def test_nobody_decides_for_somebody_who_may_be_sixteen(asked):
    oldest = oldest_age(asked.born, asked.on)
    if asked.decider != OWN and (oldest is None or oldest >= 16):
        assert not who_may_decide(asked).may


@given(anyones)
def test_what_the_young_person_decided_or_chose_alone_nobody_else_decides(asked):
    if asked.decider != OWN and (asked.own_decided or asked.counselling):
        assert not who_may_decide(asked).may


@given(anyones)
def test_what_somebody_else_decided_is_over_before_they_could_be_sixteen(asked):
    last = latest_end(asked)
    assert (last is None) is (asked.decider == OWN or asked.born is None)
    if last is not None:
        assert oldest_age(asked.born, last) == 15
        assert oldest_age(asked.born, last + dt.timedelta(days=1)) == 16


@given(anyones, st.randoms())
def test_the_order_of_the_rows_changes_nothing(asked, chance):
    rules = builtin_rules()
    shuffled = list(rules.consents)
    chance.shuffle(shuffled)
    other = replace(rules, consents=tuple(shuffled))
    assert who_may_decide(asked, other).may is who_may_decide(asked).may


def test_a_parent_of_a_child_under_sixteen_with_custody():
    assert reasons(parent()) == (True, {"parent-under-16"})
    assert reasons(parent(custody="both"))[0]
    assert reasons(parent(custody="one_of_two")) == (False, {"custody-shared"})
    assert reasons(parent(custody="none")) == (False, {"no-custody"})
    assert reasons(parent(implicated="unsure")) == (False, {"never-implicated"})
    assert reasons(parent(own_decided=True)) == (False, {"own-decision-wins"})
    assert reasons(parent(counselling=True)) == (False, {"counselling-alone"})


def test_the_birthday_itself_is_the_first_day_on_which_nobody_else_decides():
    assert reasons(parent(born=span("2010-06-16")))[0]
    assert reasons(parent(born=span("2010-06-15"))) == (False, {"own-from-16"})
    assert "age-not-sure" in reasons(parent(born=span("2010")))[1]
    assert "age-not-sure" in reasons(parent(born=None))[1]


def test_a_society_decides_under_sixteen_if_they_have_not():
    society = Deciding(decider=SOCIETY, on=DAY, born=span("2014-01-01"))
    assert reasons(society) == (True, {"society-under-16"})


def test_a_section_fits_the_kind_of_agency():
    given_to = {
        kind: {each.id for each in authorities("give", kind)}
        for kind in ("police", "society", "indigenous_agency", "residence")
    }
    assert "police-investigation" in given_to["police"]
    assert "police-investigation" not in given_to["residence"]
    assert given_to["society"] == given_to["indigenous_agency"]
    assert "duty-to-report" in given_to["society"] - given_to["police"]
    assert {each.use for each in authorities("keep", "police")} == {"keep"}
    assert authority("protection").use == "give"
    by_police = {kind: {each.id for each in authorities("police_give", kind)} for kind in given_to}
    assert by_police["society"] - by_police["police"] == {"police-duty-to-report"}
    assert not by_police["society"] & given_to["society"]


def test_no_section_is_invented():
    rules = builtin_rules()
    known = {"CYFSA s.125"}
    for each in (*rules.consents, *rules.authorities):
        unsure = "to be" in each.source or each.kind == "practice"
        assert unsure or each.source in known, each.id
        assert each.text.fr
