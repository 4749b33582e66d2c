"""Invented missing episodes for tests."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from leeward.missing.models import Episode, EpisodeNote, ReturnTalk, StepNews
from leeward.people.factories import YoungPersonFactory


class EpisodeFactory(DjangoModelFactory[Episode]):
    """An episode that is still open; `ended` when they are back."""

    class Meta:
        model = Episode

    class Params:
        ended = factory.Trait(
            until=dt.date(2025, 2, 12), back_at=dt.datetime(2025, 2, 12, 8, 0, tzinfo=dt.UTC)
        )

    person = factory.SubFactory(YoungPersonFactory)
    recorded_by = factory.SelfAttribute("person.opened_by")
    since = dt.date(2025, 2, 10)
    noticed_at = dt.datetime(2025, 2, 10, 22, 15, tzinfo=dt.UTC)


class StepNewsFactory(DjangoModelFactory[StepNews]):
    """The police were told, in time; `excused` when a parent was not, and why."""

    class Meta:
        model = StepNews

    class Params:
        excused = factory.Trait(
            step="guardian", done_at=None, told="", why_not="She asks us not to."
        )

    episode = factory.SubFactory(EpisodeFactory)
    person = factory.SelfAttribute("episode.person")
    recorded_by = factory.SelfAttribute("episode.person.opened_by")
    step = "police"
    done_at = dt.datetime(2025, 2, 10, 22, 40, tzinfo=dt.UTC)
    told = "Constable Sample"
    reference = "invented 25-117"


class EpisodeNoteFactory(DjangoModelFactory[EpisodeNote]):
    """Somebody tried to reach them."""

    class Meta:
        model = EpisodeNote

    episode = factory.SubFactory(EpisodeFactory)
    person = factory.SelfAttribute("episode.person")
    recorded_by = factory.SelfAttribute("episode.person.opened_by")
    kind = "tried"
    at = dt.datetime(2025, 2, 10, 23, 0, tzinfo=dt.UTC)
    words = "Called twice, no answer."


class ReturnTalkFactory(DjangoModelFactory[ReturnTalk]):
    """They talked with somebody they chose."""

    class Meta:
        model = ReturnTalk

    episode = factory.SubFactory(EpisodeFactory, ended=True)
    person = factory.SelfAttribute("episode.person")
    recorded_by = factory.SelfAttribute("episode.person.opened_by")
    outcome = "held"
    on = dt.date(2025, 2, 13)
    with_whom = "Auntie Pretend"
    push = "The noise at night"
    pull = "Somebody who listens"
    changed = "A room at the back"
