"""Invented releases for tests."""

import factory
from factory.django import DjangoModelFactory

from leeward.missing.factories import StepNewsFactory
from leeward.observations.factories import ObservationFactory
from leeward.releases.models import Release, Side, StepRelease
from leeward.releases.rules import NO, QUESTIONS


class ReleaseFactory(DjangoModelFactory[Release]):
    """A note that may be read in My space; `not_now` where it may not."""

    class Meta:
        model = Release

    class Params:
        not_now = factory.Trait(
            kind=Release.Kind.NOT_NOW, answers=dict.fromkeys(QUESTIONS, "unsure")
        )

    note = factory.SubFactory(ObservationFactory)
    person = factory.SelfAttribute("note.person")
    recorded_by = factory.SelfAttribute("note.recorded_by")
    number = 1
    kind = Release.Kind.RELEASED
    answers = factory.LazyFunction(lambda: dict.fromkeys(QUESTIONS, NO))


class SideFactory(DjangoModelFactory[Side]):
    """What they say of a note themselves."""

    class Meta:
        model = Side

    note = factory.SubFactory(ObservationFactory)
    person = factory.SelfAttribute("note.person")
    number = 1
    words = "It was my own idea to leave early."


class StepReleaseFactory(DjangoModelFactory[StepRelease]):
    """A step that may be read in My space."""

    class Meta:
        model = StepRelease

    step = factory.SubFactory(StepNewsFactory)
    person = factory.SelfAttribute("step.person")
    recorded_by = factory.SelfAttribute("step.recorded_by")
    number = 1
    kind = Release.Kind.RELEASED
    answers = factory.LazyFunction(lambda: dict.fromkeys(QUESTIONS, NO))
