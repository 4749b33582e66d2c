"""Invented young people for tests."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from leeward.accounts.factories import AgencyFactory, WorkerFactory
from leeward.accounts.models import Worker
from leeward.people.actions import index_names
from leeward.people.covering.models import Cover, CoverWords
from leeward.people.models import Assignment, Contact, SafeContact, Strength, YoungPerson
from leeward.people.standing.models import BreakGlass, ConflictLock
from leeward.sealing import keyring

HOUR = dt.timedelta(hours=1)


class YoungPersonFactory(DjangoModelFactory[YoungPerson]):
    """An invented young person, found by name. `team=[worker, …]` puts workers on their team."""

    class Meta:
        model = YoungPerson
        skip_postgeneration_save = True

    class Params:
        closed = factory.Trait(state=YoungPerson.State.CLOSED)
        well_known = factory.Trait(
            other_names=["ᓄᐁᓖ", "Nelly Example"],
            pronouns="they / them",
            languages="English, French",
            communities="an invented Nation, in their own words",
            caring="an aunt, Auntie Example",
        )

    agency = factory.SubFactory(AgencyFactory)
    opened_by = factory.SubFactory(WorkerFactory, agency=factory.SelfAttribute("..agency"))
    name_used = factory.Sequence(lambda n: f"Noʔeli Example {n}")
    born = "2009-11-30"

    @classmethod
    def _create(cls, model_class: type[YoungPerson], *_args: Any, **kwargs: Any) -> YoungPerson:
        person = model_class(**kwargs)
        keyring.make_key(person.pk, person.agency_id)
        person.save(force_insert=True)
        return person

    @factory.post_generation
    def team(self, create: bool, extracted: Iterable[Worker] | None, **_: object) -> None:
        """Find them by name, and put these workers on their team."""
        if create:
            index_names(self)  # type: ignore[arg-type]
        for worker in extracted or ():
            AssignmentFactory(person=self, worker=worker)


class AssignmentFactory(DjangoModelFactory[Assignment]):
    """Somebody works with a young person; `ended` for somebody who did."""

    class Meta:
        model = Assignment

    class Params:
        ended = factory.Trait(
            until=dt.date(2025, 2, 1), ended_by=factory.SelfAttribute("recorded_by")
        )

    person = factory.SubFactory(YoungPersonFactory)
    worker = factory.SubFactory(WorkerFactory, agency=factory.SelfAttribute("..person.agency"))
    recorded_by = factory.SelfAttribute("worker")
    works_as = Assignment.As.WORKER
    since = dt.date(2024, 9, 1)


class ConflictLockFactory(DjangoModelFactory[ConflictLock]):
    """A file does not exist for a worker; `ended` when it does again."""

    class Meta:
        model = ConflictLock

    class Params:
        ended = factory.Trait(
            until=factory.LazyFunction(timezone.now), ended_by=factory.SelfAttribute("set_by")
        )

    person = factory.SubFactory(YoungPersonFactory)
    worker = factory.SubFactory(WorkerFactory, agency=factory.SelfAttribute("..person.agency"))
    set_by = factory.SubFactory(WorkerFactory, agency=factory.SelfAttribute("..person.agency"))
    why = ConflictLock.Why.NOT_THEM


class BreakGlassFactory(DjangoModelFactory[BreakGlass]):
    """Somebody opened a file in an emergency; `over` when its hours have run out."""

    class Meta:
        model = BreakGlass

    class Params:
        over = factory.Trait(
            until=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(minutes=1))
        )

    person = factory.SubFactory(YoungPersonFactory)
    worker = factory.SubFactory(WorkerFactory, agency=factory.SelfAttribute("..person.agency"))
    until = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(hours=4))
    reason = "She called from a payphone and asked for help."


class CoverFactory(DjangoModelFactory[Cover]):
    """Somebody covers for another, now; `over` when that is past, `ahead` before it begins,
    `ended` when it was ended early."""

    class Meta:
        model = Cover

    class Params:
        over = factory.Trait(until=factory.LazyFunction(lambda: timezone.now() - HOUR))
        ahead = factory.Trait(since=factory.LazyFunction(lambda: timezone.now() + HOUR))
        ended = factory.Trait(
            ended_at=factory.LazyFunction(timezone.now),
            ended_by=factory.SelfAttribute("arranged_by"),
        )

    person = factory.SubFactory(YoungPersonFactory)
    worker = factory.SubFactory(WorkerFactory, agency=factory.SelfAttribute("..person.agency"))
    away = factory.SelfAttribute("person.opened_by")
    arranged_by = factory.SelfAttribute("away")
    since = factory.LazyFunction(lambda: timezone.now() - 24 * HOUR)
    until = factory.LazyFunction(lambda: timezone.now() + 48 * HOUR)


class CoverWordsFactory(DjangoModelFactory[CoverWords]):
    """What matters first; give `cover`."""

    class Meta:
        model = CoverWords

    person = factory.SelfAttribute("cover.person")
    recorded_by = factory.SelfAttribute("cover.away")
    words = "She expects a call on Tuesday. Text before you come."


class SafeContactFactory(DjangoModelFactory[SafeContact]):
    """How to reach them; `watched_phone` when somebody else may be reading."""

    class Meta:
        model = SafeContact

    class Params:
        watched_phone = factory.Trait(watched="yes", voicemail="no")

    person = factory.SubFactory(YoungPersonFactory)
    recorded_by = factory.SelfAttribute("person.opened_by")
    confirmed_on = dt.date(2025, 3, 1)
    channel = "text only"
    code_word = "blue canoe"


class StrengthFactory(DjangoModelFactory[Strength]):
    """Something they are good at."""

    class Meta:
        model = Strength

    person = factory.SubFactory(YoungPersonFactory)
    recorded_by = factory.SelfAttribute("person.opened_by")
    text = "draws what she cannot say"


class ContactFactory(DjangoModelFactory[Contact]):
    """A meeting; `by_phone` or only `tried`."""

    class Meta:
        model = Contact

    class Params:
        by_phone = factory.Trait(how=Contact.How.PHONE_OR_MESSAGE)
        tried = factory.Trait(how=Contact.How.TRIED)

    person = factory.SubFactory(YoungPersonFactory)
    recorded_by = factory.SelfAttribute("person.opened_by")
    how = Contact.How.IN_PERSON
    on = dt.date(2025, 3, 1)
