"""Invented duties for tests."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from leeward.legal.models import Duty, origin_of
from leeward.observations.factories import ObservationFactory
from leeward.sealing import keyring


class DutyFactory(DjangoModelFactory[Duty]):
    """A duty about the young person of an observation; `about_another_child` for the other."""

    class Meta:
        model = Duty

    class Params:
        observation = factory.SubFactory(ObservationFactory, danger_now=True)
        about_another_child = factory.Trait(person=None, child="a friend of about 13")

    agency = factory.SelfAttribute("observation.person.agency")
    person = factory.SelfAttribute("observation.person")
    origin = factory.LazyAttribute(lambda duty: origin_of(duty.observation.pk, duty.agency.pk))
    asked_of = factory.SelfAttribute("observation.recorded_by")
    question = {"level": "now", "on": "2025-03-10"}

    @classmethod
    def _create(cls, model_class: type[Duty], *_args: Any, **kwargs: Any) -> Duty:
        duty = model_class(**kwargs)
        if duty.person_id is None:
            keyring.make_key(duty.pk, duty.agency_id)
        duty.save(force_insert=True)
        return duty
