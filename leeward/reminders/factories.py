"""Invented putting off for tests."""

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from leeward.core.agency_time import today
from leeward.core.ids import new_id
from leeward.people.factories import YoungPersonFactory
from leeward.reminders.channels.models import Channel, Sending
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


class ChannelFactory(DjangoModelFactory[Channel]):
    """A worker's own address, at which nothing is quiet; give `worker`."""

    class Meta:
        model = Channel

    agency = factory.SelfAttribute("worker.agency")
    number = factory.Sequence(lambda n: n + 1)
    address = factory.LazyAttribute(lambda each: f"{each.worker.username}@example.org")
    mine_alone = True
    hidden_when_locked = True


class SendingFactory(DjangoModelFactory[Sending]):
    """A try to send a weekly reminder; give `worker`."""

    class Meta:
        model = Sending

    agency = factory.SelfAttribute("worker.agency")
    what = "digest"
    key = "2025-03-10"
    number = factory.Sequence(lambda n: n + 1)
    began_at = dt.datetime(2025, 3, 10, 12, 0, tzinfo=dt.UTC)
