"""Invented meetings for tests."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from leeward.conferences.after.models import (
    Decision,
    DecisionNews,
    Disagreement,
    MeetingSide,
    Reading,
    Telling,
)
from leeward.conferences.before.models import (
    Invitation,
    InvitationNews,
    Meeting,
    Pack,
    PackItem,
    Preparation,
    Saying,
    Sitting,
)
from leeward.people.factories import YoungPersonFactory
from leeward.plans.factories import ItemVersionFactory
from leeward.releases.rules import NO, QUESTIONS

STARTS = dt.datetime(2025, 4, 2, 14, 0, tzinfo=dt.UTC)


class SittingFactory(DjangoModelFactory[Sitting]):
    """As it was set."""

    class Meta:
        model = Sitting

    person = factory.SelfAttribute("meeting.person")
    recorded_by = factory.SelfAttribute("meeting.recorded_by")
    number = 1
    kind = Sitting.Kind.SET
    starts_at = STARTS
    minutes = 60
    zone = "America/Toronto"
    place = "the blue room, Example House"


class MeetingFactory(DjangoModelFactory[Meeting]):
    """A meeting that was called; `asked` when the young person was asked about it."""

    class Meta:
        model = Meeting
        skip_postgeneration_save = True

    class Params:
        asked = factory.Trait(
            preparation=factory.RelatedFactory(
                "leeward.conferences.factories.PreparationFactory", "meeting"
            )
        )

    person = factory.SubFactory(YoungPersonFactory)
    recorded_by = factory.SelfAttribute("person.opened_by")
    shape = "conference"
    purpose = "Where to live after the summer"
    sitting = factory.RelatedFactory(SittingFactory, "meeting")


class OfMeeting(DjangoModelFactory):  # type: ignore[type-arg]
    """A row about a meeting."""

    class Meta:
        abstract = True

    meeting = factory.SubFactory(MeetingFactory)
    person = factory.SelfAttribute("meeting.person")
    recorded_by = factory.SelfAttribute("meeting.recorded_by")


class PreparationFactory(OfMeeting):
    """The young person was asked."""

    class Meta:
        model = Preparation

    number = 1
    asked = True
    presence = "there"
    words = "I want to know who comes."


class SayingFactory(OfMeeting):
    """What they typed before it, for themselves alone."""

    class Meta:
        model = Saying

    recorded_by = None  # type: ignore[assignment]
    kind = "say"
    number = 1
    hears = "me"
    words = "I want to stay at my school."


class InvitationFactory(OfMeeting):
    """Somebody is asked."""

    class Meta:
        model = Invitation

    name = "Robin Sample"
    role_key = "school"
    why = "knows her teachers"


class InvitationNewsFactory(DjangoModelFactory[InvitationNews]):
    """It went out."""

    class Meta:
        model = InvitationNews

    invitation = factory.SubFactory(InvitationFactory)
    person = factory.SelfAttribute("invitation.person")
    recorded_by = factory.SelfAttribute("invitation.recorded_by")
    kind = "sent"


class PackFactory(OfMeeting):
    """A pack in which nothing lies."""

    class Meta:
        model = Pack

    number = 1
    together = True


class PackItemFactory(DjangoModelFactory[PackItem]):
    """A piece of the plan in it."""

    class Meta:
        model = PackItem

    pack = factory.SubFactory(PackFactory)
    person = factory.SelfAttribute("pack.person")
    version = factory.SubFactory(
        ItemVersionFactory, person_of=factory.SelfAttribute("..pack.person")
    )


class DecisionFactory(OfMeeting):
    """A decision of somebody at another house; `on_a_desk` for whoever called the meeting."""

    class Meta:
        model = Decision

    class Params:
        on_a_desk = factory.Trait(
            owner=factory.SelfAttribute("meeting.recorded_by"), owner_name=""
        )

    what = "Find a bus pass"
    owner_name = "Robin Sample"
    due_on = dt.date(2025, 4, 9)
    agrees = "yes"
    view = "Good."


class DecisionNewsFactory(DjangoModelFactory[DecisionNews]):
    """It was done."""

    class Meta:
        model = DecisionNews

    decision = factory.SubFactory(DecisionFactory)
    person = factory.SelfAttribute("decision.person")
    recorded_by = factory.SelfAttribute("decision.recorded_by")
    kind = "done"


class DisagreementFactory(OfMeeting):
    """Somebody saw it another way."""

    class Meta:
        model = Disagreement

    who = "Robin Sample"
    what = "The bus is too long a way."


class ReadingFactory(OfMeeting):
    """Whoever called it has read what was decided."""

    class Meta:
        model = Reading


class TellingFactory(OfMeeting):
    """What was decided may be read in My space."""

    class Meta:
        model = Telling

    number = 1
    kind = "released"
    words = "You get a bus pass."
    answers = factory.LazyFunction(lambda: dict.fromkeys(QUESTIONS, NO))


class MeetingSideFactory(OfMeeting):
    """What they say of it themselves."""

    class Meta:
        model = MeetingSide

    recorded_by = None  # type: ignore[assignment]
    number = 1
    words = "I asked for the bus pass myself."
