"""What plans tell the floors below. Imported once, when every app is loaded."""

import uuid

from leeward.keeping import erasers
from leeward.observations.sources import register
from leeward.plans.models import Plan, PlanVersion, Step, StepNews
from leeward.plans.queries import as_entries


def erase(person_id: uuid.UUID) -> int:
    """The plan of one person with every version, step and news of a step."""
    return erasers.remove(
        StepNews.objects.filter(step__plan__person_id=person_id),
        Step.objects.filter(plan__person_id=person_id),
        PlanVersion.objects.filter(plan__person_id=person_id),
        Plan.objects.filter(person_id=person_id),
    )


register(timeline=as_entries)
erasers.register("plans", erase)
