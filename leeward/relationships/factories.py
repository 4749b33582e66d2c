"""Invented circles for tests."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from leeward.people.factories import YoungPersonFactory
from leeward.relationships.models import Advocacy, AdvocacyNews, Anchor, Tie, TieVersion

SINCE = dt.date(2025, 3, 10)


class TieFactory(DjangoModelFactory[Tie]):
    """A tie of which nothing has been said."""

    class Meta:
        model = Tie

    person = factory.SubFactory(YoungPersonFactory)
    recorded_by = factory.SelfAttribute("person.opened_by")


class TieVersionFactory(DjangoModelFactory[TieVersion]):
    """Somebody in the circle; `weighing` when it is something to push against, `related` when
    they are family and it is said how."""

    class Meta:
        model = TieVersion

    class Params:
        weighing = factory.Trait(
            name="Being watched in shops",
            part="",
            answers={"kind": "system", "ring": "macro", "stands": "tense", "weighs": "racism"},
        )
        related = factory.Trait(answers={"family": True, "kin": "aunt"})

    tie = factory.SubFactory(TieFactory)
    person = factory.SelfAttribute("tie.person")
    recorded_by = factory.SelfAttribute("tie.recorded_by")
    number = 1
    on = SINCE
    name = "Auntie Example"
    part = "she always opens the door"
    answers = factory.LazyFunction(dict)


class AnchorFactory(DjangoModelFactory[Anchor]):
    """The one they count on."""

    class Meta:
        model = Anchor

    tie = factory.LazyAttribute(lambda anchor: TieVersionFactory(tie__person=anchor.person).tie)
    person = factory.SubFactory(YoungPersonFactory)
    recorded_by = factory.SelfAttribute("person.opened_by")
    since = SINCE


class AdvocacyFactory(DjangoModelFactory[Advocacy]):
    """Something to be done about what weighs on them."""

    class Meta:
        model = Advocacy

    person = factory.SubFactory(YoungPersonFactory)
    tie = factory.LazyAttribute(
        lambda task: TieVersionFactory(tie__person=task.person, weighing=True).tie
    )
    recorded_by = factory.SelfAttribute("person.opened_by")
    what = "Write to the shop together"


class AdvocacyNewsFactory(DjangoModelFactory[AdvocacyNews]):
    """What came of it."""

    class Meta:
        model = AdvocacyNews

    advocacy = factory.SubFactory(AdvocacyFactory)
    person = factory.SelfAttribute("advocacy.person")
    recorded_by = factory.SelfAttribute("advocacy.recorded_by")
    on = SINCE
    words = "They said sorry"
