"""Invented duties and changes of rules for tests."""

from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from leeward.accounts.factories import WorkerFactory
from leeward.accounts.models import Worker
from leeward.administration.factories import AdministratorFactory
from leeward.administration.rules import open_until
from leeward.legal.models import Duty, RuleChange, origin_of
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


class RuleChangeFactory(DjangoModelFactory[RuleChange]):
    """An administrator asks that police be told within half an hour; `agreed` for one in force."""

    class Meta:
        model = RuleChange

    class Params:
        agreed = factory.Trait(
            answer="agreed",
            answered_at=factory.LazyFunction(timezone.now),
            answered_by=factory.SubFactory(
                WorkerFactory,
                agency=factory.SelfAttribute("..agency"),
                role=Worker.Role.PRIVACY_OFFICER,
            ),
        )

    asked_by = factory.SubFactory(AdministratorFactory)
    agency = factory.SelfAttribute("asked_by.agency")
    rule = "missing_steps/police"
    kind = "practice"
    what = RuleChange.What.TIME
    number = factory.LazyAttribute(lambda each: 30 if each.what == "time" else None)
    ends_at = factory.LazyFunction(open_until)
    reason = "What the police here ask of us"
