"""Invented duties for tests."""

import factory
from factory.django import DjangoModelFactory

from leeward.legal.models import Duty
from leeward.legal.queries import origin_of
from leeward.observations.factories import ObservationFactory


class DutyFactory(DjangoModelFactory[Duty]):
    """A duty about the young person of an observation; `about_another_child` for the other."""

    class Meta:
        model = Duty

    class Params:
        observation = factory.SubFactory(ObservationFactory, danger_now=True)
        about_another_child = factory.Trait(person=None, child="a friend of about 13")

    agency = factory.SelfAttribute("observation.person.agency")
    person = factory.SelfAttribute("observation.person")
    origin = factory.LazyAttribute(lambda duty: origin_of(duty.observation.pk))
    asked_of = factory.SelfAttribute("observation.recorded_by")
    question = {"level": "now", "on": "2025-03-10"}
