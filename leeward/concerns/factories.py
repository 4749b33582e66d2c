"""Invented concerns for tests."""

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from leeward.accounts.factories import WorkerFactory
from leeward.concerns.models import (
    Concern,
    ConcernNews,
    ConcernSource,
    Import,
    ImportRow,
    Referral,
)
from leeward.sealing import keyring


class ConcernFactory(DjangoModelFactory[Concern]):
    """A school called; nobody has settled it. `closed` when somebody has, with reasons."""

    class Meta:
        model = Concern

    class Params:
        closed = factory.Trait(state="closed", settled_at=dt.datetime(2025, 3, 11, tzinfo=dt.UTC))
        accepted = factory.Trait(
            state="accepted", settled_at=dt.datetime(2025, 3, 11, tzinfo=dt.UTC)
        )

    taken_by = factory.SubFactory(WorkerFactory)
    agency = factory.SelfAttribute("taken_by.agency")
    came_by = "phone"
    said_on = dt.date(2025, 3, 10)
    name = "Tamsin Pretend"
    age = "about 14"
    where = "Example School"
    words = "She comes to class with a new phone every week and sleeps at her desk."
    strengths = "Plays the drum"
    urgency = "today"

    @classmethod
    def _create(cls, model_class: type[Concern], *_args: Any, **kwargs: Any) -> Concern:
        concern = model_class(**kwargs)
        keyring.make_key(concern.pk, concern.agency_id)
        concern.save(force_insert=True)
        ConcernSourceFactory(concern=concern)
        return concern


class ConcernSourceFactory(DjangoModelFactory[ConcernSource]):
    """A teacher who asks not to be named."""

    class Meta:
        model = ConcernSource

    recorded_by = factory.SelfAttribute("concern.taken_by")
    kind = "school"
    name = "Morgan Sample"
    reach_at = "555-0123"
    withhold = "yes"


class ConcernNewsFactory(DjangoModelFactory[ConcernNews]):
    """They were told that it arrived."""

    class Meta:
        model = ConcernNews

    concern = factory.SubFactory(ConcernFactory)
    recorded_by = factory.SelfAttribute("concern.taken_by")
    kind = "told"
    on = dt.date(2025, 3, 10)
    words = "Thank you. We have it and we will look at it."


class ImportFactory(DjangoModelFactory[Import]):
    """A spreadsheet of one column and two names, which somebody has said where to put."""

    class Meta:
        model = Import

    started_by = factory.SubFactory(WorkerFactory, role="intake")
    agency = factory.SelfAttribute("started_by.agency")
    mapping = {"heading": 1, "columns": [{"goes": "name", "style": "ymd"}]}

    @classmethod
    def _create(cls, model_class: type[Import], *_args: Any, **kwargs: Any) -> Import:
        run = model_class(**kwargs)
        keyring.make_key(run.pk, run.agency_id)
        run.save(force_insert=True)
        for number, text in enumerate(("Name", "Wilmot Pretend", "Odalys Invented"), 1):
            cells = {"cells": [text], "marks": []}
            ImportRow.objects.create(of=run, number=number, cells=cells)
        return run


class ReferralFactory(DjangoModelFactory[Referral]):
    """A referral with the dated result of a tool, as its paper says it."""

    class Meta:
        model = Referral

    concern = factory.SubFactory(ConcernFactory)
    recorded_by = factory.SelfAttribute("concern.taken_by")
    unit = "Invented joint unit"
    tool = "sey"
    tool_on = dt.date(2025, 3, 9)
    outcome = "The paper says: talk with the joint unit."
    liaison = "not_yet"
    notice = "not_known"
