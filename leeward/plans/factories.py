"""Invented plans for tests."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from leeward.people.factories import YoungPersonFactory
from leeward.plans.models import Plan, PlanVersion, Step, StepNews


class PlanFactory(DjangoModelFactory[Plan]):
    """A plan without words yet."""

    class Meta:
        model = Plan

    person = factory.SubFactory(YoungPersonFactory)


class PlanVersionFactory(DjangoModelFactory[PlanVersion]):
    """The words of a plan at one time."""

    class Meta:
        model = PlanVersion

    plan = factory.SubFactory(PlanFactory)
    person = factory.SelfAttribute("plan.person")
    recorded_by = factory.SelfAttribute("plan.person.opened_by")
    number = 1
    matters = "My little brother"
    good_at = "Drawing, listening"
    want = "A room with a door that locks"
    anchor = "Auntie Example"


class StepFactory(DjangoModelFactory[Step]):
    """A small next step, for when they are ready; `dated` when it has a day."""

    class Meta:
        model = Step

    class Params:
        dated = factory.Trait(due_on=dt.date(2025, 5, 1))

    plan = factory.SubFactory(PlanFactory)
    person = factory.SelfAttribute("plan.person")
    recorded_by = factory.SelfAttribute("plan.person.opened_by")
    what = "Visit the art room"
    who = "me"


class StepNewsFactory(DjangoModelFactory[StepNews]):
    """A step was done; `celebrated` when it was."""

    class Meta:
        model = StepNews

    class Params:
        celebrated = factory.Trait(kind=StepNews.Kind.CELEBRATED)

    step = factory.SubFactory(StepFactory)
    person = factory.SelfAttribute("step.person")
    recorded_by = factory.SelfAttribute("step.recorded_by")
    kind = StepNews.Kind.DONE
    on = dt.date(2025, 4, 1)
