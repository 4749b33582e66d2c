"""Invented houses for tests."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from leeward.people.factories import YoungPersonFactory
from leeward.residences.models import ForShift, FreeBeds, Presence, Residence, Stay


class ResidenceFactory(DjangoModelFactory[Residence]):
    """A house."""

    class Meta:
        model = Residence

    agency = factory.SelfAttribute("opened_by.agency")
    name = factory.Sequence(lambda n: f"Made-Up House {n}")


class FreeBedsFactory(DjangoModelFactory[FreeBeds]):
    """Two are free."""

    class Meta:
        model = FreeBeds

    said_by = factory.SelfAttribute("residence.opened_by")
    count = 2


class StayFactory(DjangoModelFactory[Stay]):
    """They live there since a day in March."""

    class Meta:
        model = Stay

    person = factory.SubFactory(YoungPersonFactory)
    recorded_by = factory.SelfAttribute("person.opened_by")
    residence = factory.SubFactory(
        ResidenceFactory, opened_by=factory.SelfAttribute("..person.opened_by")
    )
    since = dt.date(2025, 3, 10)


class PresenceFactory(DjangoModelFactory[Presence]):
    """They are in; `out` at the skate park."""

    class Meta:
        model = Presence

    class Params:
        out = factory.Trait(kind="out", where="the invented skate park")

    stay = factory.SubFactory(StayFactory)
    person = factory.SelfAttribute("stay.person")
    recorded_by = factory.SelfAttribute("stay.recorded_by")
    kind = "in"


class ForShiftFactory(DjangoModelFactory[ForShift]):
    """Words for whoever comes on next."""

    class Meta:
        model = ForShift

    stay = factory.SubFactory(StayFactory)
    person = factory.SelfAttribute("stay.person")
    recorded_by = factory.SelfAttribute("stay.recorded_by")
    words = "She was promised a call to Auntie at 19:00."
