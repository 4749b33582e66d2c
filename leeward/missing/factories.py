"""Invented missing episodes for tests."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from leeward.missing.models import Episode
from leeward.people.factories import YoungPersonFactory


class EpisodeFactory(DjangoModelFactory[Episode]):
    """An episode that is still open; `ended` when they are back."""

    class Meta:
        model = Episode

    class Params:
        ended = factory.Trait(until=dt.date(2025, 2, 12))

    person = factory.SubFactory(YoungPersonFactory)
    recorded_by = factory.SelfAttribute("person.opened_by")
    since = dt.date(2025, 2, 10)
