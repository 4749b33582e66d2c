"""Invented requests for tests."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from leeward.core.agency_time import today
from leeward.people.factories import YoungPersonFactory
from leeward.requests.models import (
    Answer,
    Copy,
    Decision,
    Extension,
    FileRequest,
    Looked,
    Preparation,
    Statement,
)


class FileRequestFactory(DjangoModelFactory[FileRequest]):
    """A correction that a young person asks for in My space; a `copy`, or on `paper`."""

    class Meta:
        model = FileRequest

    class Params:
        copy = factory.Trait(kind="copy", words=None, instead=None, why=None)
        paper = factory.Trait(how="paper", recorded_by=factory.SelfAttribute("person.opened_by"))
        days_ago = 0

    person = factory.SubFactory(YoungPersonFactory)
    kind = "correction"
    how = "space"
    received_on = factory.LazyAttribute(lambda each: today() - dt.timedelta(days=each.days_ago))
    words = "She ran off with a boy."
    instead = "I went to my aunt."
    why = "It was not so."


class ExtensionFactory(DjangoModelFactory[Extension]):
    """More days, with a notice."""

    class Meta:
        model = Extension

    request = factory.SubFactory(FileRequestFactory)
    person = factory.SelfAttribute("request.person")
    recorded_by = factory.SelfAttribute("person.opened_by")
    days = 20
    told_on = factory.SelfAttribute("request.received_on")
    reason = "A part of the file lies elsewhere."


class AnswerFactory(DjangoModelFactory[Answer]):
    """A correction that was not made; it ends the request."""

    class Meta:
        model = Answer
        skip_postgeneration_save = True

    request = factory.SubFactory(FileRequestFactory)
    person = factory.SelfAttribute("request.person")
    recorded_by = factory.SelfAttribute("person.opened_by")
    outcome = "not_made"
    on = factory.LazyFunction(today)
    reasons = "The worker saw it so."

    @factory.post_generation
    def ends(self, _create, _extracted, **_more):
        """The request is open no longer."""
        FileRequest.objects.filter(pk=self.request.pk).update(answered_at=timezone.now())


class StatementFactory(DjangoModelFactory[Statement]):
    """What they say of a no."""

    class Meta:
        model = Statement

    request = factory.LazyAttribute(lambda _each: AnswerFactory().request)
    person = factory.SelfAttribute("request.person")
    number = 1
    words = "It was not so, and I say it here."


class PreparationFactory(DjangoModelFactory[Preparation]):
    """A worker goes through the file."""

    class Meta:
        model = Preparation

    request = factory.SubFactory(FileRequestFactory, copy=True)
    person = factory.SelfAttribute("request.person")
    recorded_by = factory.SelfAttribute("person.opened_by")


class _OfPreparation(DjangoModelFactory):  # type: ignore[type-arg]  # of three models
    class Meta:
        abstract = True

    preparation = factory.SubFactory(PreparationFactory)
    person = factory.SelfAttribute("preparation.person")
    recorded_by = factory.SelfAttribute("preparation.recorded_by")


class LookedFactory(_OfPreparation):
    """A part that was read through."""

    class Meta:
        model = Looked

    part = "papers"
    lines = factory.Dict({})


class DecisionFactory(_OfPreparation):
    """A name to look for."""

    class Meta:
        model = Decision

    kind = "look_for"
    what = factory.Dict({"words": "Kay Pretend"})


class CopyFactory(_OfPreparation):
    """A copy of a file in which nothing was written."""

    class Meta:
        model = Copy

    language = "en"
    content = factory.LazyAttribute(
        lambda each: {
            "name": each.person.name_used, "on": "2026-11-29", "parts": [], "empty": [],
            "held": [],
        }
    )  # fmt: skip
    lines = factory.Dict({})
    digest = "0" * 64
