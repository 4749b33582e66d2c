"""Looking for many at once finds, for each, whom looking for one would have found."""

import random

import pytest

from leeward.access.actors import actor_for
from leeward.people import neighbours, queries
from leeward.people.actions import change_details
from leeward.people.factories import ConflictLockFactory, YoungPersonFactory
from leeward.people.neighbours import Met, Neighbours
from leeward.people.queries import find

pytestmark = pytest.mark.django_db

GIVEN = "Noʔeli Noelie Sélu7 Marie-Ève Marieeve Katherine Catherine ᓄᐁᓖ Jo Wren".split()
FAMILY = "Example Exemple Sample Samples Pretend Made-Up".split()
BORN = ["", "2009", "2009-11-30", "2010-03-04", "2010-03"]


def somebody(chance):
    return f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}", chance.choice(BORN)


def one_by_one(actor, asked):
    return {
        (name, born): [
            (each.person.pk, each.why) for each in find(actor, name, born=born, limit=5)
        ]
        for name, born in asked
    }


def test_many_find_whom_each_would_find(agency, wren, actor, monkeypatch):
    # Few may be opened, so that who is opened at all is put to the test too.
    for module in (queries, neighbours):
        monkeypatch.setattr(module, "OPENED_TO_RANK", 9)
    chance = random.Random(7)
    given = {"agency": agency, "opened_by": wren}
    people = []
    for place in range(45):
        name, born = somebody(chance)
        closed = {"state": "closed"} if place % 9 == 0 else {}
        people.append(YoungPersonFactory(name_used=name, born=born, **closed, **given))
    for hidden in people[:3]:
        ConflictLockFactory(person=hidden, worker=wren)
    asked = {somebody(chance) for _ in range(25)} | {("…", ""), ("NE", "2009"), ("noeli", "")}
    met = Met()
    near = Neighbours(actor, asked, met)
    expected = one_by_one(actor, asked)
    assert {each: near.find(*each, limit=5) for each in asked} == expected
    assert sum(bool(each) for each in expected.values()) > 15
    # Those who come to be beside them, and whose name is another meanwhile.
    for _ in range(6):
        name, born = somebody(chance)
        near.add(YoungPersonFactory(name_used=name, born=born, **given))
    expected = one_by_one(actor, asked)
    assert {each: near.find(*each, limit=5) for each in asked} == expected
    change_details(by=actor, person=people[5], version=1, details={"name_used": "Zed Other"})
    again = Neighbours(actor, [*asked, ("Zed Other", "")], met)
    assert [pk for pk, _why in again.find("Zed Other", "", limit=5)] == [people[5].pk]


def test_whom_one_may_not_come_upon_is_not_met(agency, wren, outsider):
    YoungPersonFactory(agency=agency, opened_by=wren, name_used="Jo Sample")
    near = Neighbours(actor_for(outsider), [("Jo Sample", "")])
    assert near.find("Jo Sample", "", limit=5) == []
