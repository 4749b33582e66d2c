"""Invented plans for tests."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from leeward.people.factories import YoungPersonFactory
from leeward.plans.models import (
    Item,
    ItemNews,
    ItemVersion,
    Reader,
    SafetyReview,
    Suggestion,
    SuggestionAnswer,
    Wheel,
)
from leeward.plans.wheel.layout import Layout, Quarter


class ItemFactory(DjangoModelFactory[Item]):
    """A piece of a plan that says nothing yet."""

    class Meta:
        model = Item

    person = factory.SubFactory(YoungPersonFactory)
    recorded_by = factory.SelfAttribute("person.opened_by")
    section_key = "want"


class ItemVersionFactory(DjangoModelFactory[ItemVersion]):
    """What they want, shared with the team, a worker holding the pen.

    `own` when they typed it themselves, and `alone` when only they read it.
    """

    class Meta:
        model = ItemVersion

    class Params:
        person_of = factory.SubFactory(YoungPersonFactory)
        section = "want"
        own = factory.Trait(recorded_by=None)
        alone = factory.Trait(recorded_by=None, sees="me")

    item = factory.SubFactory(
        ItemFactory,
        person=factory.SelfAttribute("..person_of"),
        section_key=factory.SelfAttribute("..section"),
        recorded_by=factory.SelfAttribute("..recorded_by"),
    )
    person = factory.SelfAttribute("person_of")
    recorded_by = factory.SelfAttribute("person_of.opened_by")
    number = 1
    sees = "team"
    words = "A room with a door that locks"


class StepFactory(ItemVersionFactory):
    """A small next step, for when they are ready; `dated` when it has a day."""

    class Params:
        section = "step"
        dated = factory.Trait(due_on=dt.date(2025, 5, 1))

    words = "Visit the art room"
    who = "me"


class ItemNewsFactory(DjangoModelFactory[ItemNews]):
    """A step was done; `celebrated` when it was."""

    class Meta:
        model = ItemNews

    class Params:
        celebrated = factory.Trait(kind=ItemNews.Kind.CELEBRATED)

    item = factory.SubFactory(ItemFactory, section_key="step")
    person = factory.SelfAttribute("item.person")
    recorded_by = factory.SelfAttribute("item.person.opened_by")
    kind = ItemNews.Kind.DONE
    on = dt.date(2025, 4, 1)


class SuggestionFactory(DjangoModelFactory[Suggestion]):
    """A worker suggests something new."""

    class Meta:
        model = Suggestion

    person = factory.SubFactory(YoungPersonFactory)
    recorded_by = factory.SelfAttribute("person.opened_by")
    section_key = "hopes"
    words = "To paint the wall at the bus stop"
    why = "You told me about it on Tuesday."


class ReaderFactory(DjangoModelFactory[Reader]):
    """A worker with whom a piece is shared by name."""

    class Meta:
        model = Reader

    version = factory.SubFactory(ItemVersionFactory, sees="named")
    person = factory.SelfAttribute("version.person")
    worker = factory.SelfAttribute("version.person.opened_by")


class SuggestionAnswerFactory(DjangoModelFactory[SuggestionAnswer]):
    """They took it."""

    class Meta:
        model = SuggestionAnswer

    suggestion = factory.SubFactory(SuggestionFactory)
    person = factory.SelfAttribute("suggestion.person")
    took = True


class SafetyReviewFactory(DjangoModelFactory[SafetyReview]):
    """The day on which they want to look at their safety plan again."""

    class Meta:
        model = SafetyReview

    person = factory.SubFactory(YoungPersonFactory)
    on = dt.date(2025, 5, 1)


class WheelFactory(DjangoModelFactory[Wheel]):
    """They asked for their plan in four parts; `laid_out` when they named one and put what they
    want into it."""

    class Meta:
        model = Wheel

    class Params:
        laid_out = factory.Trait(
            kind=Wheel.Kind.LAID_OUT,
            recorded_by=None,
            asked_by="",
            said="",
            parts=Layout((Quarter("Waabanong", ("want",)), *[Quarter()] * 3)).as_json(),
        )

    person = factory.SubFactory(YoungPersonFactory)
    recorded_by = factory.SelfAttribute("person.opened_by")
    number = 1
    kind = Wheel.Kind.ASKED
    asked_by = "them"
    said = "My auntie draws hers so."
