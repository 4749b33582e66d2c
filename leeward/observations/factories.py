"""Invented observations and opinions for tests. No indicator is named: the model is asked."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from leeward.observations.models import Explanation, Observation, Opinion
from leeward.observations.queries import current_model
from leeward.people.factories import YoungPersonFactory
from leeward.practice_model.model import HARM


def signs_of_one_stage(count: int, role: str = HARM) -> list[str]:
    """`count` indicators of one stage of this role, each of another thread, the earliest stage
    that has so many first."""
    model = current_model()
    for stage in model.stages.values():
        by_thread: dict[str, str] = {}
        for sign in model.signs.values():
            if sign.speaks and sign.recordable and sign.indicator.stage == stage.id:
                by_thread.setdefault(str(sign.indicator.thread), sign.indicator.id)
        if stage.role == role and len(by_thread) >= count:
            return list(by_thread.values())[:count]
    raise LookupError(f"no stage with {count} threads")


class ObservationFactory(DjangoModelFactory[Observation]):
    """What somebody saw: `concerning` signs of one stage, `good_news`, or `harm` now."""

    class Meta:
        model = Observation

    class Params:
        concerning = factory.Trait(
            findings=factory.LazyFunction(lambda: dict.fromkeys(signs_of_one_stage(3), "present")),
            has_signs=True,
        )
        hopeful = factory.Trait(text="", good_news="back in art class")
        danger_now = factory.Trait(harm={"level": "now", "about": "self"})

    person = factory.SubFactory(YoungPersonFactory)
    recorded_by = factory.SelfAttribute("person.opened_by")
    on = "2025-03-10"
    sort_on = dt.date(2025, 3, 10)
    source = Observation.Source.SEEN
    model_version = factory.LazyFunction(lambda: current_model().version)
    text = "An invented note about an invented person."


class ExplanationFactory(DjangoModelFactory[Explanation]):
    """An ordinary reason for what was seen."""

    class Meta:
        model = Explanation

    observation = factory.SubFactory(ObservationFactory)
    person = factory.SelfAttribute("observation.person")
    recorded_by = factory.SelfAttribute("observation.recorded_by")
    on = dt.date(2025, 3, 12)
    how = "The phone came from an aunt, who showed the receipt."


class OpinionFactory(DjangoModelFactory[Opinion]):
    """What one worker thinks; `not_named` when they name no stage."""

    class Meta:
        model = Opinion

    class Params:
        not_named = factory.Trait(stage="")

    person = factory.SubFactory(YoungPersonFactory)
    recorded_by = factory.SelfAttribute("person.opened_by")
    on = dt.date(2025, 3, 14)
    model_version = factory.LazyFunction(lambda: current_model().version)
    stage = factory.LazyFunction(lambda: next(iter(current_model().stages)))
    confidence = Opinion.Confidence.FAIRLY
    reasons = "What I saw this month, and what she said."
