"""Invented putting off for tests."""

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from leeward.core.agency_time import today
from leeward.core.ids import new_id
from leeward.people.factories import YoungPersonFactory
from leeward.reminders.models import PutOff


class PutOffFactory(DjangoModelFactory[PutOff]):
    """A step of the plan that waits for three days."""

    class Meta:
        model = PutOff

    person = factory.SubFactory(YoungPersonFactory)
    recorded_by = factory.SelfAttribute("person.opened_by")
    kind = "plan-step"
    about: Any = factory.LazyFunction(new_id)
    on: Any = factory.LazyFunction(today)
    until: Any = factory.LazyAttribute(lambda each: each.on + dt.timedelta(days=3))
    reason = "The art room is closed until Friday."
