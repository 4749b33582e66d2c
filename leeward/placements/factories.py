"""Invented placements for tests."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from leeward.people.factories import YoungPersonFactory
from leeward.placements.models import Placement


class PlacementFactory(DjangoModelFactory[Placement]):
    """Where they live now."""

    class Meta:
        model = Placement

    person = factory.SubFactory(YoungPersonFactory)
    recorded_by = factory.SelfAttribute("person.opened_by")
    kind = Placement.Kind.FOSTER
    since = dt.date(2024, 6, 1)
