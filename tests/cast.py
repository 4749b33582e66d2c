"""One young person's file with something of everything in it, for tests that walk every page."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from leeward.accounts.models import Worker
from leeward.core.agency_time import today
from leeward.legal.factories import DutyFactory
from leeward.missing.factories import EpisodeFactory
from leeward.observations.factories import (
    ExplanationFactory,
    ObservationFactory,
    OpinionFactory,
)
from leeward.people.factories import ContactFactory, SafeContactFactory, StrengthFactory
from leeward.people.models import OwnWords, YoungPerson
from leeward.placements.factories import PlacementFactory
from leeward.plans.factories import (
    PlanFactory,
    PlanVersionFactory,
    StepFactory,
    StepNewsFactory,
)
from leeward.plans.models import Plan


@dataclass
class FullFile:
    """The ids that addresses take."""

    person: YoungPerson
    note: Any
    opinion: Any
    duty: Any
    step: Any
    assignment: Any

    def ids(self) -> dict[str, Any]:
        """By the name each has in an address."""
        return {
            "person_id": self.person.pk,
            "note_id": self.note.pk,
            "opinion_id": self.opinion.pk,
            "duty_id": self.duty.pk,
            "step_id": self.step.pk,
            "assignment_id": self.assignment.pk,
            "form": "record",
        }


def full_file(person: YoungPerson, worker: Worker, other: Worker) -> FullFile:
    """Fill a file whose team `worker` is on; `other` thinks differently."""
    SafeContactFactory(person=person, watched_phone=True)
    OwnWords.objects.create(
        person=person, recorded_by=worker, said_on=today(), text="Call me Noʔeli."
    )
    PlacementFactory(person=person)
    EpisodeFactory(person=person, ended=True)
    plan = PlanVersionFactory(plan__person=person).plan
    step = StepFactory(plan=plan, dated=True)
    note = ObservationFactory(person=person, concerning=True)
    opinion = OpinionFactory(person=person)
    OpinionFactory(person=person, recorded_by=other, not_named=True)
    duty = DutyFactory(observation__person=person)
    grow(person, 1)
    return FullFile(person, note, opinion, duty, step, person.team.get(worker=worker))


def grow(person: YoungPerson, by: int) -> None:
    """Make a file longer by as many of everything that can be many, up to a week ago."""
    plan = Plan.objects.filter(person=person).first() or PlanFactory(person=person)
    for n in range(by):
        on = today() - dt.timedelta(days=7 + n)
        said = {"person": person, "on": on.isoformat(), "sort_on": on}
        ExplanationFactory(observation=ObservationFactory(concerning=True, **said), on=on)
        ObservationFactory(hopeful=True, own_words="so so", **said)
        OpinionFactory(person=person, on=on)
        StrengthFactory(person=person, text=f"strength {n}")
        ContactFactory(person=person, on=on)
        DutyFactory(observation__person=person)
        EpisodeFactory(person=person, since=on, until=on)
        StepNewsFactory(step=StepFactory(plan=plan), on=on)
