"""What a full file holds of concerns, and a caseload that is being brought in."""

from typing import Any

from leeward.accounts.models import Worker
from leeward.concerns.factories import (
    ConcernFactory,
    ConcernNewsFactory,
    ImportFactory,
    ReferralFactory,
)
from leeward.people.models import YoungPerson


def told(person: YoungPerson, worker: Worker, other: Worker) -> dict[str, Any]:
    """A concern in the file, one handed to its team, and an import; by the name each has in
    `FullFile`."""
    accepted = ConcernFactory(taken_by=worker, person=person, accepted=True)
    ConcernNewsFactory(concern=accepted)
    ReferralFactory(concern=accepted)
    waits = ConcernFactory(taken_by=worker, person=person)
    run = ImportFactory.create(started_by=other)
    return {"concern": waits, "run": run, "row": run.rows.get(number=2)}
