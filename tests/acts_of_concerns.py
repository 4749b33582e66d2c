"""How to do everything that may be done with a concern; `acts` joins it to the rest."""

import datetime as dt

from leeward.accounts.models import Worker
from leeward.concerns import actions as concerns
from leeward.concerns.factories import ConcernFactory

DAY = dt.date(2025, 3, 10)
NOTED = concerns.Noted(text="She sleeps at her desk.")


def taken(c):
    """`by` and a concern that they took down."""
    return {"by": c.by, "concern": ConcernFactory(taken_by=Worker.objects.get(pk=c.by.id))}


DOES = {
    concerns.take: lambda c: {
        "by": c.by, "told": concerns.Told("Tamsin Pretend", "She sleeps.", DAY),
    },
    concerns.accept_as_new: lambda c: taken(c) | {"noted": NOTED, "name": "Tamsin"},
    concerns.accept_into: lambda c: taken(c) | {"noted": NOTED, "person": c.person},
    concerns.hand_to_team: lambda c: taken(c) | {"person_id": c.person.pk},
    concerns.send_on: lambda c: taken(c) | {"to_whom": "A society", "why": "It is theirs"},
    concerns.close: lambda c: taken(c) | {"why": "A mistake"},
    concerns.tell_back: lambda c: taken(c) | {"language": "en", "on": DAY},
}  # fmt: skip
READS = {
    concerns.read_concerns: lambda c: {"by": c.by},
    concerns.read_concern: lambda c: {"by": c.by, "concern_id": taken(c)["concern"].pk},
    concerns.read_who_said: lambda c: {"by": c.by, "concern_id": taken(c)["concern"].pk},
}
