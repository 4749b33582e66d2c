"""Invented holds and disposals for tests."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from leeward.keeping.models import Disposal, Hold


class HoldFactory(DjangoModelFactory[Hold]):
    """A hold that stands; give `person_id` and `set_by`."""

    class Meta:
        model = Hold

    agency_id = factory.SelfAttribute("set_by.agency_id")
    why = "They asked to see it."


class DisposalFactory(DjangoModelFactory[Disposal]):
    """A disposal that was asked for; give `person_id` and `asked_by`. `refused` turns it down."""

    class Meta:
        model = Disposal

    class Params:
        refused = factory.Trait(
            refused_at=dt.datetime(2025, 3, 10, tzinfo=dt.UTC),
            refused_by=factory.SelfAttribute("asked_by"),
        )

    agency_id = factory.SelfAttribute("asked_by.agency_id")
    due_on = dt.date(2019, 3, 10)
