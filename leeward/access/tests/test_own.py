"""A young person's Actor: their own file, by their own table, and nothing else."""

import csv
import uuid
from importlib import resources

import pytest

from leeward.access import rules
from leeward.access.actors import NobodyWrites, actor_for, young_person
from leeward.access.rules import NotAllowed, UnknownAction, check, may, reach
from leeward.accounts.models import Worker
from leeward.people.factories import YoungPersonFactory
from leeward.people.models import YoungPerson

OWN = sorted(rules.own())


def test_every_row_of_theirs_says_it_in_plain_words():
    text = resources.files("leeward.access").joinpath("own.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert [set(row) for row in rows] == [{"action", "in plain words"}] * len(rows)
    assert all(row["in plain words"].strip() for row in rows)


def test_the_two_tables_share_no_action():
    assert not set(OWN) & set(rules.table())


@pytest.mark.parametrize("action", OWN)
@pytest.mark.parametrize("role", [*Worker.Role.values, "guest"])
def test_no_worker_may_do_what_is_a_young_persons(role, action):
    assert reach(role, action) == "no"
    with pytest.raises(NotAllowed):
        check(role, action)


@pytest.mark.parametrize("action", sorted(rules.table()))
def test_a_young_person_may_do_nothing_that_is_a_workers(action):
    assert not may(rules.YOUNG_PERSON, action)


def test_what_no_table_names_is_a_mistake_for_them_too():
    with pytest.raises(UnknownAction):
        reach(rules.YOUNG_PERSON, "space.fly")


@pytest.mark.django_db
@pytest.mark.parametrize("action", OWN)
def test_they_reach_their_own_file_and_no_other(person, action):
    YoungPersonFactory(agency=person.agency)
    me = young_person(person.pk, person.agency_id)
    assert list(YoungPerson.objects.visible_to(me, action)) == [person]
    elsewhere = young_person(person.pk, YoungPersonFactory().agency_id)
    assert not YoungPerson.objects.visible_to(elsewhere, action).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["file.open", "file.write", "people.find", "file.print"])
def test_they_come_upon_no_file_as_a_worker_does(person, action):
    me = young_person(person.pk, person.agency_id)
    assert not YoungPerson.objects.visible_to(me, action).exists()
    assert not YoungPerson.objects.findable_by(me).exists()


@pytest.mark.django_db
def test_a_worker_reaches_no_file_by_an_action_of_a_young_persons(wren, person):
    for action in OWN:
        assert not YoungPerson.objects.visible_to(actor_for(wren), action).exists()


def test_nothing_is_signed_by_them_as_if_by_a_worker():
    with pytest.raises(NobodyWrites):
        _ = young_person(uuid.uuid4(), uuid.uuid4()).author_id
