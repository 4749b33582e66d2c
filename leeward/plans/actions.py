"""Everything that adds to a plan. Each is atomic and audited; no version is ever overwritten."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.core.agency_time import today
from leeward.people.models import YoungPerson
from leeward.plans.models import Plan, PlanVersion, Step, StepNews


class ChangedMeanwhile(Exception):
    """Somebody saved a newer version since this form was opened. `newest` holds it."""

    def __init__(self, newest: PlanVersion) -> None:
        super().__init__()
        self.newest = newest


class StepMissing(ValueError):
    """A step needs to say what happens."""


def _plan(person: YoungPerson) -> Plan:
    Plan.objects.get_or_create(person=person)
    return Plan.objects.select_for_update().get(person=person)


@transaction.atomic
def write_plan(
    *, by: Actor, person: YoungPerson, version: int, words: Mapping[str, str]
) -> PlanVersion:
    """Save the plan's words exactly as given, as a new version.

    `version` is the one the form was filled from (0 for a first plan); `words` maps
    PlanVersion.SECTIONS to text. Raises ChangedMeanwhile when a newer one stands.
    """
    check(by.role, "file.write")
    plan = _plan(person)
    newest = plan.versions.order_by("-number").first()
    if newest and newest.number != version:
        raise ChangedMeanwhile(newest)
    given = {section: words.get(section, "") for section in PlanVersion.SECTIONS}
    if newest and all(getattr(newest, section) == text for section, text in given.items()):
        return newest
    row = PlanVersion.objects.create(
        person_id=person.pk,
        plan=plan,
        recorded_by_id=by.author_id,
        number=(newest.number if newest else 0) + 1,
        **given,
    )
    plan.version = row.number
    plan.save(update_fields=["version"])
    audit.record(by=by, action="plan.write", subject=person.pk)
    return row


@transaction.atomic
def add_step(
    *, by: Actor, person: YoungPerson, what: str, who: str = "", due_on: dt.date | None = None
) -> Step:
    """Add a small step. Without a day it is for when they are ready. Raises StepMissing."""
    check(by.role, "file.write")
    if not what.strip():
        raise StepMissing
    row = Step.objects.create(
        person_id=person.pk,
        plan=_plan(person),
        recorded_by_id=by.author_id,
        what=what,
        who=who,
        due_on=due_on,
    )
    audit.record(by=by, action="plan.add_step", subject=person.pk)
    return row


@transaction.atomic
def tell_how_it_went(
    *, by: Actor, step: Step, kind: str, words: str = "", on: dt.date | None = None
) -> StepNews:
    """Say that a step was done, celebrated or let go of. `kind` is one of StepNews.Kind."""
    check(by.role, "file.write")
    row = StepNews.objects.create(
        person_id=step.person_id,
        step=step,
        recorded_by_id=by.author_id,
        kind=StepNews.Kind(kind),
        on=on or today(),
        words=words,
    )
    audit.record(by=by, action="plan.step_news", subject=step.person_id)
    return row
