"""Invented decisions about sharing, for tests."""

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from leeward.accounts.factories import AgencyFactory
from leeward.consents.models import Consent, ConsentEvent, Kind
from leeward.core.agency_time import today
from leeward.people.factories import YoungPersonFactory


class ConsentFactory(DjangoModelFactory[Consent]):
    """Given by the young person for a month; `ended`, or `said="refused"`."""

    class Meta:
        model = Consent
        skip_postgeneration_save = True

    class Params:
        ended = factory.Trait(
            decided_on=factory.LazyFunction(lambda: today() - dt.timedelta(days=9)),
            until=factory.LazyFunction(lambda: today() - dt.timedelta(days=1)),
        )

    person = factory.SubFactory(YoungPersonFactory)
    recorded_by = factory.SelfAttribute("person.opened_by")
    to_agency = factory.SubFactory(AgencyFactory)
    decided_on = factory.LazyFunction(today)
    until = factory.LazyFunction(lambda: today() + dt.timedelta(days=30))
    no_condition = True
    kinds = factory.LazyFunction(lambda: list(Kind.values))
    purpose = "So that the residence can get the room ready."
    decider = "own"
    capacity = "presumed"
    form = "written"
    facts: Any = factory.LazyFunction(dict)

    @factory.post_generation
    def said(self: Consent, create: bool, extracted: str | None, **_more: Any) -> None:
        """What was said of it first."""
        ConsentEvent.objects.create(
            person_id=self.person_id,
            consent=self,
            recorded_by=self.recorded_by,
            number=1,
            kind=extracted or "given",
        )
