"""Reading plans."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Prefetch

from leeward.observations.sources import Entry
from leeward.people.models import YoungPerson
from leeward.plans.models import Plan, PlanVersion, Step, StepNews


@dataclass(frozen=True)
class PlanPage:
    """A plan as a page or a copy shows it: the newest words, and the steps."""

    plan: Plan | None
    words: PlanVersion | None
    open_steps: list[Step]
    done_steps: list[Step]
    versions: list[PlanVersion]


def plan_of(person: YoungPerson) -> PlanPage:
    """The plan of this person; empty when none has been started."""
    plan = Plan.objects.filter(person=person).first()
    if plan is None:
        return PlanPage(None, None, [], [], [])
    versions = list(plan.versions.select_related("recorded_by").order_by("-number"))
    steps = list(
        plan.steps.prefetch_related(
            Prefetch("news", StepNews.objects.order_by("on", "recorded_at"))
        ).order_by("recorded_at", "id")
    )
    ended = [step for step in steps if any(True for _each in step.news.all())]
    still = [step for step in steps if step not in ended]
    # Dated steps first, in order; "when I am ready" after them.
    still.sort(key=lambda step: (step.due_on or dt.date.max, step.recorded_at))
    return PlanPage(plan, versions[0] if versions else None, still, ended, versions)


def next_step(person: YoungPerson) -> Step | None:
    """The first open step: what the overview shows."""
    page = plan_of(person)
    return page.open_steps[0] if page.open_steps else None


def step_of(person: YoungPerson, step_id: uuid.UUID) -> Step:
    """One step of this person's plan. Raises Step.DoesNotExist for anybody else's."""
    return Step.objects.select_related("plan").get(pk=step_id, person=person)


def as_entries(person: YoungPerson) -> list[Entry]:
    """Steps done or celebrated, as lines of the timeline."""
    rows = (
        StepNews.objects.filter(person=person)
        .exclude(kind=StepNews.Kind.LET_GO)
        .select_related("step", "recorded_by")
    )
    return [
        Entry(
            on=row.on,
            recorded_at=row.recorded_at,
            kind="step",
            author_id=row.recorded_by_id,
            author=row.recorded_by.display_name,
            item=row,
        )
        for row in rows
    ]
