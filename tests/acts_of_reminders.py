"""How to put something off; `acts` joins it to the rest."""

import datetime as dt

from leeward.core.agency_time import today
from leeward.plans.factories import SafetyReviewFactory
from leeward.reminders import actions as reminders


def may_wait(case):
    """`by` and the id of something that needs them, and may wait."""
    return {"by": case.by, "about": SafetyReviewFactory(person=case.person, on=today()).pk}


DOES = {
    reminders.put_off: lambda c: (
        may_wait(c) | {"until": today() + dt.timedelta(days=2), "reason": "She is away until then"}
    ),
}
READS = {reminders.read_one: may_wait}
