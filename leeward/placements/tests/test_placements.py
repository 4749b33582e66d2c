import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from leeward.placements.actions import StartsTooEarly, move
from leeward.placements.factories import PlacementFactory
from leeward.placements.models import Placement
from leeward.placements.queries import current, history

pytestmark = pytest.mark.django_db
MARCH, APRIL = dt.date(2025, 3, 1), dt.date(2025, 4, 1)


def test_nobody_has_recorded_where_they_live(person):
    assert current(person) is None
    assert history(person) == []


def test_a_move_ends_the_place_before_on_that_day(actor, person):
    move(by=actor, person=person, kind="foster", since=MARCH)
    move(by=actor, person=person, kind="own_or_kin", since=APRIL, with_whom="Auntie Example")
    assert [(each.kind, each.since, each.until) for each in history(person)] == [
        ("own_or_kin", APRIL, None),
        ("foster", MARCH, APRIL),
    ]
    assert current(person).with_whom == "Auntie Example"


def test_two_moves_in_one_day_are_possible(actor, person):
    move(by=actor, person=person, kind="foster", since=MARCH)
    move(by=actor, person=person, kind="residence", since=MARCH)
    assert current(person).kind == "residence"


def test_a_place_cannot_start_before_the_one_it_follows(actor, person):
    move(by=actor, person=person, kind="foster", since=APRIL)
    with pytest.raises(StartsTooEarly):
        move(by=actor, person=person, kind="residence", since=MARCH)
    assert current(person).kind == "foster"


def test_an_unknown_kind_of_place_is_refused(actor, person):
    with pytest.raises(ValueError, match="castle"):
        move(by=actor, person=person, kind="castle", since=MARCH)
    assert not Placement.objects.exists()


def test_the_database_keeps_one_current_place(person):
    PlacementFactory(person=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlacementFactory(person=person)


def test_the_database_refuses_a_place_that_ends_before_it_starts(person):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlacementFactory(person=person, since=APRIL, until=MARCH)
