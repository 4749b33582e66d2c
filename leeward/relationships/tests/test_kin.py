"""Saying how somebody of the family is related, and what the young person sees of it: nothing."""

import datetime as dt

import pytest

from leeward.access.actors import Actor, actor_for
from leeward.access.rules import NotAllowed
from leeward.audit.models import AuditRow
from leeward.core.agency_time import today
from leeward.people.factories import YoungPersonFactory
from leeward.relationships.actions import (
    ChangedMeanwhile,
    RoundInCircle,
    Told,
    add_tie,
    change_tie,
    let_go,
    say_kin,
)
from leeward.relationships.kin_in_words import family_of
from leeward.relationships.queries import (
    anchor_of,
    circle_as_they_see,
    circle_of,
    newest_of,
    versions_as_they_see,
)
from leeward.relationships.rules import Facts, Impossible

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 3, 10)
FAMILY = Facts(family=True)


@pytest.fixture
def actor(wren):
    return actor_for(wren)


@pytest.fixture
def relative(actor, person):
    """Somebody of the family, of whom a name is said."""

    def add(name, of=person, **said):
        return add_tie(by=actor, person=of, told=Told(name, facts=FAMILY, **said), on=DAY).tie

    return add


def family(person, on=None):
    return family_of(circle_of(person, on or today(), today()))


def test_a_relative_is_placed_from_today_on_and_it_is_in_the_audit(actor, person, relative):
    mum, gran = relative("Mum", anchor=True), relative("Gran")
    say_kin(by=actor, tie=mum, version=1, kin="mother")
    row = say_kin(by=actor, tie=gran, version=1, kin="grandmother", through=mum)
    assert (row.number, row.name, row.on) == (2, "Gran", today())
    assert row.facts == Facts(family=True, kin="grandmother", through=str(mum.pk))
    assert [each.name for each in family(person).placed] == ["Mum", "Gran"]
    assert family(person).of(gran.pk).through.version.name == "Mum"
    assert AuditRow.objects.filter(action="circle.kin", subject_id=person.pk).count() == 2
    # Nothing else about them changes: whom they count on, and the day before.
    assert anchor_of(person).tie_id == mum.pk
    then = family(person, DAY)
    assert [each.version.name for each in then.unplaced] == ["Mum", "Gran"]


def test_it_can_be_left_unsaid_again(actor, person, relative):
    mum = relative("Mum")
    say_kin(by=actor, tie=mum, version=1, kin="mother")
    say_kin(by=actor, tie=mum, version=2)
    assert [each.version.name for each in family(person).unplaced] == ["Mum"]


def test_who_is_not_family_by_the_young_persons_word_is_not_placed(actor, person):
    friend = add_tie(by=actor, person=person, told=Told("Pat"), on=DAY).tie
    with pytest.raises(Impossible, match="family"):
        say_kin(by=actor, tie=friend, version=1, kin="brother")
    assert newest_of(friend).number == 1


@pytest.mark.parametrize(
    ("kin", "through", "wrong"),
    [
        ("overlord", False, "kin"),
        ("", True, "through"),
        ("grandmother", True, "through"),  # through somebody whose kin is not said
    ],
)
def test_what_does_not_go_together_is_refused_by_name(actor, relative, kin, through, wrong):
    mum, gran = relative("Mum"), relative("Gran")
    with pytest.raises(Impossible, match=wrong):
        say_kin(by=actor, tie=gran, version=1, kin=kin, through=mum if through else None)


def test_through_a_cousin_there_is_no_grandmother_and_through_another_file_nobody(
    actor, relative, wren
):
    cousin, gran = relative("Pip"), relative("Gran")
    say_kin(by=actor, tie=cousin, version=1, kin="cousin")
    elsewhere = YoungPersonFactory(agency=wren.agency, opened_by=wren, team=[wren])
    other = relative("Mum", of=elsewhere)
    say_kin(by=actor, tie=other, version=1, kin="mother")
    for through in (cousin, other):
        with pytest.raises(Impossible, match="through"):
            say_kin(by=actor, tie=gran, version=1, kin="grandmother", through=through)


def test_a_way_round_is_refused(actor, relative):
    one, two, three = relative("One"), relative("Two"), relative("Three")
    for each in (one, two, three):
        say_kin(by=actor, tie=each, version=1, kin="aunt")
    say_kin(by=actor, tie=two, version=2, kin="aunt", through=one)
    say_kin(by=actor, tie=three, version=2, kin="aunt", through=two)
    for through in (one, three):
        with pytest.raises(RoundInCircle):
            say_kin(by=actor, tie=one, version=2, kin="aunt", through=through)


def test_whoever_is_slower_overwrites_nothing(actor, relative):
    mum = relative("Mum")
    say_kin(by=actor, tie=mum, version=1, kin="mother")
    with pytest.raises(ChangedMeanwhile):
        say_kin(by=actor, tie=mum, version=1, kin="aunt")


def test_the_young_person_neither_sees_it_nor_loses_it(actor, person, relative):
    themselves = Actor("young_person", person.pk, person.agency_id, "young_person")
    mum = relative("Mum")
    before = circle_as_they_see(person, today(), today())
    say_kin(by=actor, tie=mum, version=1, kin="adoptive_mother")
    assert circle_as_they_see(person, today(), today()).days == before.days
    assert [row.facts for row in versions_as_they_see(mum)] == [FAMILY]

    # They say that she is not family: she stands nowhere. When they say so again, she is back.
    change_tie(by=themselves, tie=mum, version=1, told=Told("Mum"))
    assert (family(person).placed, family(person).unplaced) == ([], [])
    change_tie(by=themselves, tie=mum, version=2, told=Told("Mum!", facts=FAMILY))
    assert [(each.name, each.kin.key) for each in family(person).placed] == [
        ("Mum!", "adoptive_mother")
    ]
    with pytest.raises(NotAllowed):
        say_kin(by=themselves, tie=mum, version=3, kin="mother")


def test_a_worker_who_changes_a_tie_keeps_it_and_whoever_is_let_go_of_joins_nobody(
    actor, person, relative
):
    mum, gran = relative("Mum"), relative("Gran")
    say_kin(by=actor, tie=mum, version=1, kin="mother")
    say_kin(by=actor, tie=gran, version=1, kin="grandmother", through=mum)
    change_tie(by=actor, tie=gran, version=2, told=Told("Granny", facts=FAMILY))
    assert family(person).of(gran.pk).through.version.name == "Mum"
    let_go(by=actor, tie=mum, version=2)
    assert [(each.name, each.through) for each in family(person).placed] == [("Granny", None)]
