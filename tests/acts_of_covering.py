"""How to cover for somebody; `acts_of_reminders` joins it."""

from leeward.accounts.factories import WorkerFactory
from leeward.accounts.models import Worker
from leeward.core.agency_time import today
from leeward.people.covering import actions as covering
from leeward.people.factories import CoverFactory


def wren(case):
    """The worker of the case, whom its chief supervises."""
    return Worker.objects.get(pk=case.by.id)


DOES = {
    covering.arrange: lambda c: {
        "by": c.chief, "away": wren(c), "starts_on": today(), "ends_on": today(),
        "given": [
            covering.Given(c.person, WorkerFactory.create(agency=c.agency), "Call on Tuesday")
        ],
    },
    covering.say_first: lambda c: {
        "by": c.by, "cover": CoverFactory(person=c.person, away=wren(c)), "words": "Call first",
    },
    covering.end_cover: lambda c: {
        "by": c.chief, "cover": CoverFactory(person=c.person, away=wren(c)),
    },
}  # fmt: skip
READS = {
    covering.read_to_cover: lambda c: {"by": c.chief, "worker_id": c.by.id},
}
