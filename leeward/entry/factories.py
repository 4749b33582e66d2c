"""Invented ways in, for tests and the demo."""

import datetime as dt
from typing import Any

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from factory.django import DjangoModelFactory

from leeward.accounts.factories import WorkerFactory
from leeward.entry.codes import pass_kept_as, words_kept_as
from leeward.entry.faces import FACES
from leeward.entry.models import AgencyChoice, CodeRequest, Entry, Offer, Passkey, Signpost, Visit
from leeward.people.factories import YoungPersonFactory

WORDS = "maple canoe lantern otter september"
OWN_NUMBER, OTHER_NUMBER = "704196", "583920"


class OfferFactory(DjangoModelFactory[Offer]):
    """It was offered: notes, in English, on a device of their own."""

    class Meta:
        model = Offer

    class Params:
        on_no_device = factory.Trait(where=Offer.Where.BORROWED, watched=Offer.Watched.YES)

    person = factory.SubFactory(YoungPersonFactory)
    recorded_by = factory.SelfAttribute("person.opened_by")
    face = Offer.Face.NOTES
    language = "en"
    watched = Offer.Watched.NO
    where = Offer.Where.OWN


class EntryFactory(DjangoModelFactory[Entry]):
    """They come in by WORDS and OWN_NUMBER; OTHER_NUMBER opens the second notebook."""

    class Meta:
        model = Entry
        skip_postgeneration_save = True

    class Params:
        unused = factory.Trait(begun_at=None)

    person = factory.SubFactory(YoungPersonFactory)
    lookup = factory.LazyFunction(lambda: words_kept_as(WORDS))
    made_at = factory.LazyFunction(timezone.now)
    begin_by = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(hours=72))
    begun_at = factory.LazyFunction(timezone.now)
    numbers = factory.LazyFunction(
        lambda: {
            "own": make_password(OWN_NUMBER),
            "other": make_password(OTHER_NUMBER),
            "back": make_password(WORDS),
        }
    )
    lines = factory.LazyFunction(lambda: FACES["notes"].lines_in("en"))

    @factory.post_generation
    def offer(obj: Entry, create: bool, _extracted: object, **said: object) -> None:  # noqa: N805
        """What was found when it was offered, and the signpost to the words."""
        if create and obj.lookup:
            OfferFactory.create(person=obj.person, **said)
            Signpost.objects.create(lookup=obj.lookup, agency_id=obj.person.agency_id)


class VisitFactory(DjangoModelFactory[Visit]):
    """They are in, by the cookie `token`; `other` where the second notebook is open."""

    class Meta:
        model = Visit

    class Params:
        token = "an invented cookie"  # noqa: S105  # nosec B105
        other = factory.Trait(opens=Visit.OTHER)

    person = factory.SubFactory(YoungPersonFactory)
    lookup = factory.LazyAttribute(lambda each: pass_kept_as(each.token))
    used_at = factory.LazyFunction(timezone.now)
    ends_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(hours=1))
    borrowed = False
    opens = Visit.OWN

    @classmethod
    def _create(cls, model_class: type[Visit], *args: Any, **kwargs: Any) -> Visit:
        visit: Visit = super()._create(model_class, *args, **kwargs)
        agency_id = visit.person.agency_id
        Signpost.objects.create(lookup=visit.lookup, agency_id=agency_id)
        return visit


class PasskeyFactory(DjangoModelFactory[Passkey]):
    """A phone of theirs opens it. `name` is what the phone called the passkey."""

    class Meta:
        model = Passkey

    class Params:
        name = "an invented phone"

    person = factory.SubFactory(YoungPersonFactory)
    lookup = factory.LazyAttribute(lambda each: pass_kept_as(each.name))
    public = "what its answers are checked with"

    @classmethod
    def _create(cls, model_class: type[Passkey], *args: Any, **kwargs: Any) -> Passkey:
        made: Passkey = super()._create(model_class, *args, **kwargs)
        Signpost.objects.create(lookup=made.lookup, agency_id=made.person.agency_id)
        return made


class AgencyChoiceFactory(DjangoModelFactory[AgencyChoice]):
    """The agency offers recipes alone, and leaving leads to an encyclopedia."""

    class Meta:
        model = AgencyChoice

    chosen_by = factory.SubFactory(WorkerFactory, role="agency_administrator")
    agency = factory.SelfAttribute("chosen_by.agency")
    faces = "recipes"
    leave_to = "https://www.wikipedia.org/"


class CodeRequestFactory(DjangoModelFactory[CodeRequest]):
    """A worker asks for words."""

    class Meta:
        model = CodeRequest

    person = factory.SubFactory(YoungPersonFactory)
    asked_by = factory.SelfAttribute("person.opened_by")
    ends_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(hours=24))
    reason = "her first words"
